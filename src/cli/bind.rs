//! `export … evidence`: each person's evidence bound into one file of their own. One person's goes into the
//! file that is named, several people's into a folder.

use super::answer::{Answer, Meter, value};
use super::arguments::Export;
use super::papers::Printing;
use crate::failure::Result;
use crate::ledger::years;
use crate::package::binders::{Whose, bind, of_applicants};
use crate::registry::Registry;
use chrono::NaiveDate;

/// Of applicants their span; of others, asked for by name alone, everything.
fn wanted(printing: &Printing<'_>) -> Result<Vec<Whose>> {
    let export = printing.export;
    if export.campaign.is_none() && export.level.is_none() && !export.people.is_empty() {
        let handbooks = printing.wanted.iter().map(|&id| printing.registry.handbook(id));
        let whose = handbooks.map(|handbook| {
            let handbook = handbook?;
            Ok(Whose { years: years(&printing.notice, &handbook), handbook })
        });
        return whose.collect();
    }
    let handbooks = printing.registry.applicant_handbooks(printing.campaign)?;
    Ok(of_applicants(printing.applicants()?, handbooks))
}

/// # Errors
/// Nobody; as [`bind`].
pub fn export(export: &Export, today: NaiveDate) -> Result<Answer> {
    let registry = Registry::open(&export.at.dir)?;
    let printing = Printing::begin(&registry, export, today)?;
    let people = wanted(&printing)?;
    if people.is_empty() {
        let year = printing.campaign;
        return Err(printing.nobody(format!("{year} 年度没有这样的参评人员")));
    }
    let context = printing.context(false);
    let meter = Meter::new();
    let step = |done, of, what: &str| meter.step(done, of, what);
    let bound = bind(&registry, &context, &people, &export.out, &step)?;
    drop(meter);
    let mut lines = Vec::new();
    for binder in &bound.people {
        let (name, files, file) = (&binder.name, binder.files, binder.file.display());
        lines.push(format!("已合订 {name} 的证明材料 {files} 份：{file}"));
        lines.extend(binder.unbound.iter().map(|why| format!("  没有订入 {name} {why}")));
    }
    let missing = bound.left_out.iter();
    lines.extend(missing.map(|(name, why)| format!("  没有列入 {name}：{why}")));
    let findings = lines.len() > bound.people.len();
    Ok(Answer::with_findings(lines.join("\n"), value(&bound)?, findings))
}
