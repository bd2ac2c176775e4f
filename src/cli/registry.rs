//! Commands about one registry: make it, fill it, look at its hours, keep it safe.

use super::answer::{Answer, Meter, size, value};
use super::arguments::{Import, NewUnit};
use super::notices;
use super::rulings::differing;
use crate::documents::CertificateTemplate;
use crate::durable;
use crate::failure::{Failure, Result};
use crate::intake::{self, ImportOptions, ImportReport};
use crate::ledger::{Handbook, IdNumber, Unit, YearTotal, report, years};
use crate::notice::Notice;
use crate::registry::Registry;
use crate::template;
use chrono::NaiveDate;
use serde_json::json;
use std::path::Path;

/// `new`
///
/// # Errors
/// The folder is in use or its parent missing; the unit does not fit the notice.
pub fn new(new: &NewUnit) -> Result<Answer> {
    let newest = notices::newest()?;
    let notice = new.notice.as_deref().unwrap_or(&newest.id);
    let unit = &Unit {
        name: new.unit.trim().to_owned(),
        // Where none is given the registry takes the kind that its notice is chiefly addressed to.
        kind: new.kind.clone().unwrap_or_default(),
        county: new.county.clone(),
        department: new.department.clone(),
        contact: new.contact.clone(),
        phone: new.phone.clone(),
        ..Unit::default()
    };
    let registry = Registry::create(&new.at.dir, unit, notice)?;
    let (notice, unit) = (registry.notice(), registry.unit()?);
    let text = format!(
        "登记库已建好：{}\n  单位：{}（{}）\n  所依通知：{} {}\n下一步：xueshi template 导入表.xlsx，填好后 xueshi import {0} 导入表.xlsx",
        new.at.dir.display(),
        unit.name,
        unit.kind,
        notice.document,
        notice.title
    );
    Ok(Answer::clean(
        text,
        json!({ "registry": new.at.dir, "unit": value(&unit)?, "notice": notice.id }),
    ))
}

/// `template`
///
/// # Errors
/// Neither an xlsx name nor a toml one; I/O.
pub fn template(file: &Path) -> Result<Answer> {
    if has_extension(file, "toml") {
        durable::write("写文件", file, CertificateTemplate::BUILTIN.as_bytes())?;
        let name = CertificateTemplate::FILE;
        let text = format!(
            "证书模板已写好：{}。请改好后放进登记库的 templates 文件夹，名为 {name}",
            file.display()
        );
        return Ok(Answer::clean(text, json!({ "file": file })));
    }
    if !has_extension(file, "xlsx") {
        return Err(Failure::usage(
            "写导入表",
            file.display().to_string(),
            "导入表只能是 .xlsx 文件",
            "请写成 导入表.xlsx 这样的名字",
        ));
    }
    intake::template(&notices::newest()?, file)?;
    Ok(Answer::clean(format!("空白导入表已写好：{}", file.display()), json!({ "file": file })))
}

/// `import`
///
/// # Errors
/// As [`intake::import`].
pub fn import(import: &Import, today: NaiveDate) -> Result<Answer> {
    let mut registry = Registry::open(&import.at.dir)?;
    let options = ImportOptions {
        evidence: import.evidence.clone(),
        skip_bad_rows: import.skip_bad_rows,
        dry_run: import.dry_run,
        today,
        reading: intake::Reading::default(),
    };
    let meter = Meter::new();
    let report = intake::import(&mut registry, &import.file, &options, &|done, of, what| {
        meter.step(done, of, what)
    })?;
    drop(meter);
    let findings = !report.errors.is_empty();
    Ok(Answer::with_findings(told(&report, import), value(&report)?, findings))
}

/// What an import counts, in the order it is told.
const COUNTED: &[(&str, &str)] = &[
    ("people", "人员"),
    ("records", "学习记录"),
    ("deemed", "视同"),
    ("slips", "认定单"),
    ("applicants", "参评人员"),
    ("evidence", "证明材料"),
];

/// An import's report in words.
fn told(report: &ImportReport, import: &Import) -> String {
    let counted = |counts: &std::collections::BTreeMap<String, u32>| {
        let parts: Vec<String> = COUNTED
            .iter()
            .filter_map(|(key, name)| Some((name, *counts.get(*key)?)))
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        if parts.is_empty() { "没有".to_owned() } else { parts.join("，") }
    };
    let mut lines = Vec::new();
    if !report.errors.is_empty() {
        lines.push(format!("有 {} 处要改：", report.errors.len()));
        lines.extend(report.errors.iter().map(|bad| {
            let value = if bad.value.is_empty() {
                "空".to_owned()
            } else {
                format!("“{}”", bad.value)
            };
            format!("  {} 第 {} 行 {}：{value} {}", bad.sheet, bad.row, bad.column, bad.message)
        }));
    }
    let refused = !report.errors.is_empty() && !import.skip_bad_rows;
    lines.push(match (refused, import.dry_run) {
        (true, _) => "一行也没有导入。请改好再导入，或加 --skip-bad-rows 跳过这些行。".to_owned(),
        (false, true) => "这是试导入，什么都没有写入。照此导入将会：".to_owned(),
        (false, false) => "导入完成：".to_owned(),
    });
    if !refused {
        lines.push(format!("  新增：{}", counted(&report.added)));
        lines.push(format!("  更新：{}", counted(&report.updated)));
        lines.push(format!("  没有变化：{} 行", report.unchanged));
    }
    lines.extend(report.notes.iter().map(|note| format!("注意：{note}")));
    lines.join("\n")
}

/// `hours`
///
/// # Errors
/// The registry cannot be read; nobody has this number.
pub fn hours(dir: &Path, year: Option<i32>, person: Option<&IdNumber>) -> Result<Answer> {
    let registry = Registry::open(dir)?;
    let notice = registry.notice();
    let handbooks = match person {
        None => registry.handbooks()?,
        Some(number) => vec![registry.handbook(known(&registry, number, "查看学时")?)?],
    };
    let totals: Vec<Vec<YearTotal>> = handbooks
        .iter()
        .map(|handbook| {
            let mut totals = years(&notice, handbook);
            totals.retain(|total| year.is_none_or(|year| total.year == year));
            totals
        })
        .collect();
    let people = || handbooks.iter().zip(totals.iter().map(Vec::as_slice));
    let text = people()
        .map(|(handbook, totals)| spoken_hours(&notice, handbook, totals))
        .collect::<Vec<_>>()
        .join("\n");
    let mut text = if text.is_empty() { "登记库里还没有人员。".to_owned() } else { text };
    for line in differing(&notice) {
        text.push_str(&format!("\n{line}"));
    }
    let people = people().map(|(handbook, totals)| (&handbook.person, totals));
    Ok(Answer::clean(text, report::hours(&notice, people)))
}

/// The row of the person with this number.
///
/// # Errors
/// Nobody has it.
pub fn known(
    registry: &Registry,
    number: &IdNumber,
    what: &str,
) -> Result<crate::ledger::PersonId> {
    registry.person_by_id_number(number)?.map(|person| person.id).ok_or_else(|| {
        Failure::refused(
            what,
            number.masked(),
            "登记库里没有这个身份证号的人",
            "请核对身份证号，或先导入这个人",
        )
    })
}

fn spoken_hours(notice: &Notice, handbook: &Handbook, totals: &[YearTotal]) -> String {
    let person = &handbook.person;
    let mut lines = vec![format!("{}  {}", person.name, person.id_number)];
    if totals.is_empty() {
        lines.push("  没有登记学时".to_owned());
    }
    for total in totals {
        lines.push(format!("  {}", spoken_year(notice, total)));
        for credit in &total.credits {
            let lacking = match credit.missing.is_empty() {
                true => String::new(),
                false => format!("；还差 {}", credit.missing.join("、")),
            };
            lines.push(format!(
                "      {} {}  {}（{}：{}{lacking}）",
                notice.subject_name(&credit.subject),
                credit.hours,
                credit.title,
                credit.clause,
                credit.why
            ));
        }
    }
    lines.join("\n")
}

/// `2019 年  公需 30  专业 60  合计 90  达标`
pub fn spoken_year(notice: &Notice, total: &YearTotal) -> String {
    let mut parts = vec![format!("{} 年", total.year)];
    for subject in &notice.subjects {
        let hours = total.hours.get(&subject.id).copied().unwrap_or_default();
        let deemed = total.deemed.get(&subject.id).copied().unwrap_or_default();
        let deemed =
            if deemed.is_zero() { String::new() } else { format!("（视同 {deemed}）") };
        parts.push(format!("{} {hours}{deemed}", subject.name));
    }
    parts.push(format!("合计 {}", total.total));
    if !total.slips.is_empty() {
        parts.push(format!("认定单 {}", total.slips.join("、")));
    }
    parts.push(if !total.met {
        "未达标".to_owned()
    } else if !total.met_evidenced {
        format!("学时够，证明材料齐全的只有 {}", total.evidenced_total)
    } else {
        "达标".to_owned()
    });
    parts.join("  ")
}

/// `doctor`
///
/// # Errors
/// The registry cannot be examined at all.
pub fn doctor(dir: &Path, fix: bool) -> Result<Answer> {
    let registry = Registry::open(dir)?;
    let tidied = if fix { Some(registry.tidy()?) } else { None };
    let problems = template::doctor(&registry)?;
    let mut lines = Vec::new();
    if let Some(tidied) = tidied {
        lines.push(match tidied.files {
            0 => "没有要清理的文件。".to_owned(),
            files => format!("已清理 {files} 个用不到的文件（{}）。", size(tidied.bytes)),
        });
    }
    lines.push(match problems.len() {
        0 => "登记库完好。".to_owned(),
        count => format!("发现 {count} 个问题："),
    });
    lines.extend(
        problems
            .iter()
            .map(|problem| format!("  {}（{}）。{}", problem.message, problem.code, problem.fix)),
    );
    let mut document = json!({ "ok": problems.is_empty(), "problems": value(&problems)? });
    if let Some(tidied) = tidied {
        document["removed"] = value(&tidied)?;
    }
    Ok(Answer::with_findings(lines.join("\n"), document, !problems.is_empty()))
}

/// `backup`
///
/// # Errors
/// I/O; the snapshot fails its own check.
pub fn backup(dir: &Path, to: Option<&Path>) -> Result<Answer> {
    let written = Registry::open(dir)?.backup(to)?;
    Ok(Answer::clean(
        format!("备份已写好并核对过：{}", written.display()),
        json!({ "file": written }),
    ))
}

/// `backup --full`
///
/// # Errors
/// As [`Registry::backup_whole`].
pub fn backup_whole(dir: &Path, to: &Path) -> Result<Answer> {
    let meter = Meter::new();
    let scans =
        Registry::open(dir)?.backup_whole(to, &|done, of, what| meter.step(done, of, what))?;
    drop(meter);
    let text = format!("完整备份已写好并核对过：{}，证明材料 {scans} 个", to.display());
    Ok(Answer::clean(text, json!({ "file": to, "evidence": scans })))
}

/// `restore`
///
/// # Errors
/// As [`crate::registry::restore`].
pub fn restore(file: &Path, dir: &Path) -> Result<Answer> {
    match crate::registry::is_whole(file) {
        true => crate::registry::restore_whole(file, dir)?,
        false => crate::registry::restore(file, dir)?,
    }
    let registry = Registry::open(dir)?;
    let problems = template::doctor(&registry)?;
    let mut lines = vec![format!("登记库已从备份恢复：{}", dir.display())];
    lines.extend(problems.iter().map(|problem| format!("  {}。{}", problem.message, problem.fix)));
    let findings = !problems.is_empty();
    let document = json!({ "registry": dir, "file": file, "problems": value(&problems)? });
    Ok(Answer::with_findings(lines.join("\n"), document, findings))
}

/// Whether a name ends in `.extension`, in capitals or not.
pub fn has_extension(file: &Path, extension: &str) -> bool {
    file.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
