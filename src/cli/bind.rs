//! `export … evidence`: each person's evidence bound into one file of their own. One person's goes into the
//! file that is named, several people's into a folder.

use super::answer::{Answer, Meter};
use super::arguments::Export;
use super::papers::Printing;
use super::registry::has_extension;
use crate::documents;
use crate::durable;
use crate::failure::{Failure, Result};
use crate::ledger::{Handbook, YearTotal, years};
use crate::package::names::component;
use crate::registry::Registry;
use chrono::NaiveDate;
use serde_json::json;
use std::path::PathBuf;

const WHAT: &str = "合订证明材料";
/// The longest name in a file's name, in UTF-16 units.
const NAME_CAP: usize = 40;

/// What a person's binder is made of: the handbook and the years that are looked at.
struct Whose {
    handbook: Handbook,
    years: Vec<YearTotal>,
}

/// Of applicants their span; of others everything.
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
    let found = printing.applicants()?;
    let mut handbooks = printing.registry.applicant_handbooks(printing.campaign)?;
    let whose = found.into_iter().filter_map(|result| {
        let at = handbooks.iter().position(|book| book.person.id == result.person.id)?;
        let span = result.span;
        let years = result.years.into_iter().filter(|total| span.contains(total.year)).collect();
        Some(Whose { handbook: handbooks.swap_remove(at), years })
    });
    Ok(whose.collect())
}

/// # Errors
/// Several people and one file; nobody; nothing to bind; I/O.
pub fn export(export: &Export, today: NaiveDate) -> Result<Answer> {
    let registry = Registry::open(&export.at.dir)?;
    let printing = Printing::begin(&registry, export, today)?;
    let people = wanted(&printing)?;
    let into_file = has_extension(&export.out, "pdf");
    if people.is_empty() {
        let year = printing.campaign;
        return Err(printing.nobody(format!("{year} 年度没有这样的参评人员")));
    }
    if into_file && people.len() > 1 {
        let why = format!("有 {} 个人，一个文件只装一个人的", people.len());
        let remedy = "请把 --out 写成一个文件夹，或用 --person 指定一个人";
        return Err(Failure::usage(WHAT, export.out.display().to_string(), why, remedy));
    }
    if !into_file && !export.out.is_dir() {
        let why = "没有这个文件夹";
        let remedy = "请先建好文件夹；只要一个人的，写成 .pdf 文件";
        return Err(Failure::cannot(WHAT, export.out.display().to_string(), why, remedy));
    }
    let (vault, context) = (registry.vault(), printing.context(false));
    let (mut lines, mut told, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
    let meter = Meter::new();
    let width = people.len().to_string().len().max(3);
    for (whose, number) in people.iter().zip(1..) {
        let name = &whose.handbook.person.name;
        meter.step(number - 1, people.len() as u64, name);
        let years: Vec<&YearTotal> = whose.years.iter().collect();
        let read = &mut |evidence: &_| vault.read(evidence);
        let bound = match documents::evidence_pdf(&context, &whose.handbook, &years, read) {
            Ok(bound) => bound,
            // Somebody without evidence stops nobody else's.
            Err(failure) if failure.exit_code() == 1 && people.len() > 1 => {
                left_out.push((name.clone(), failure.why));
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let file: PathBuf = match into_file {
            true => export.out.clone(),
            false => {
                let name = component(name, NAME_CAP);
                export.out.join(format!("{number:0width$} {name} 证明材料.pdf"))
            }
        };
        durable::write("写文件", &file, &bound.bytes)?;
        lines.push(format!("已合订 {name} 的证明材料 {} 份：{}", bound.files, file.display()));
        lines.extend(bound.unbound.iter().map(|why| format!("  没有订入 {name} {why}")));
        told.push(json!({
            "name": name, "file": file, "files": bound.files, "unbound": bound.unbound,
        }));
    }
    drop(meter);
    if told.is_empty() {
        return Err(printing.nobody("没有人附了证明材料"));
    }
    let findings = lines.len() > told.len() || !left_out.is_empty();
    lines.extend(left_out.iter().map(|(name, why)| format!("  没有列入 {name}：{why}")));
    let left_out: Vec<_> =
        left_out.iter().map(|(name, why)| json!({ "name": name, "reason": why })).collect();
    let document = json!({ "people": told, "left_out": left_out });
    Ok(Answer::with_findings(lines.join("\n"), document, findings))
}
