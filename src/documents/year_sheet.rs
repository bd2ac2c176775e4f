//! One year of a handbook in words: what each of its lines says, and what the year comes to. The
//! handbook, the card and the checklist all speak through this, so they cannot contradict each other.

use super::furniture::short_day;
use crate::ledger::{Handbook, Record, RecordCredit, YearTotal};
use crate::notice::{FormId, Hours, Notice};

/// The record behind a credit.
pub fn record<'a>(handbook: &'a Handbook, credit: &RecordCredit) -> Option<&'a Record> {
    handbook.records.iter().find(|record| record.id == credit.record)
}

/// 形式, by its name in the notice.
pub fn form_name(notice: &Notice, form: FormId) -> String {
    notice.form(form).map_or_else(|| format!("形式{}", form.0), |form| form.name.clone())
}

/// 起止时间: one day, or the first and the last.
pub fn period(record: &Record) -> String {
    let (start, end) = (record.activity.start, record.activity.over_on());
    if start == end {
        short_day(start)
    } else {
        format!("{}—\n{}", short_day(start), short_day(end))
    }
}

/// 学时 with its arithmetic and clause, or why it is not counted.
pub fn arithmetic(credit: &RecordCredit) -> String {
    let why = credit.why.trim_end_matches('。');
    let hours = if credit.counted { credit.hours.to_string() } else { "不计".to_owned() };
    if why.is_empty() { hours } else { format!("{hours}\n{why}\n（{}）", credit.clause) }
}

/// 证明材料: 齐, or what is missing.
pub fn evidence(credit: &RecordCredit) -> String {
    if credit.evidenced {
        "齐".to_owned()
    } else if credit.missing.is_empty() {
        "缺".to_owned()
    } else {
        format!("缺：{}", credit.missing.join("、"))
    }
}

/// `公需 30　专业 72　合计 102　达标`, with deemed and recognised hours and what is still to come.
pub fn totals(notice: &Notice, total: &YearTotal) -> String {
    let mut parts: Vec<String> = notice
        .subjects
        .iter()
        .map(|subject| {
            let hours = total.evidenced.get(&subject.id).copied().unwrap_or_default();
            format!("{} {hours}（应满 {}）", subject.name, subject.minimum)
        })
        .collect();
    parts.push(format!("合计 {}（应满 {}）", total.evidenced_total, notice.annual.total));
    parts.push(if total.met_evidenced { "达标" } else { "未达标" }.to_owned());
    let mut text = parts.join("　");
    for line in remarks(notice, total) {
        text.push('\n');
        text.push_str(&line);
    }
    text
}

/// What must be said beside a year's numbers.
pub fn remarks(notice: &Notice, total: &YearTotal) -> Vec<String> {
    let mut lines = Vec::new();
    let named = |map: &std::collections::BTreeMap<_, Hours>| {
        let subjects = notice.subjects.iter().filter_map(|subject| {
            let hours = map.get(&subject.id).filter(|hours| !hours.is_zero())?;
            Some(format!("{}{hours}", subject.name))
        });
        subjects.collect::<Vec<_>>().join("、")
    };
    let deemed = named(&total.deemed);
    if !deemed.is_empty() {
        let why = match total.deemed_reasons.join("、") {
            why if why.is_empty() => why,
            why => format!("（{why}）"),
        };
        lines.push(format!("其中视同 {deemed}{why}"));
    }
    let recognised = named(&total.recognised);
    if !recognised.is_empty() || !total.slips.is_empty() {
        lines.push(format!("按学时认定单计 {recognised}（单号 {}）", total.slips.join("、")));
    }
    let waiting = total.evidenced_total.short_of(total.total);
    if !waiting.is_zero() {
        lines.push(format!("另有 {waiting} 学时证明材料待补，未计入"));
    }
    lines
}
