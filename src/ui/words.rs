//! Small phrases that several pages write the same way.

use crate::ledger::{IdNumber, Person, Record};
use crate::notice::{DayPart, Notice, Session};
use chrono::{Datelike, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

pub use crate::notice::workdays::weekday;

/// `8-28`
pub fn short_day(date: NaiveDate) -> String {
    format!("{}-{}", date.month(), date.day())
}

/// `8 月 28 日（周五）`
pub fn long_day(date: NaiveDate) -> String {
    format!("{} 月 {} 日（{}）", date.month(), date.day(), weekday(date))
}

/// `06-02 → 06-04`, or one day.
pub fn period(start: NaiveDate, end: Option<NaiveDate>) -> String {
    match end {
        Some(end) if end != start => {
            if end.year() == start.year() {
                format!("{} → {}", start.format("%m-%d"), end.format("%m-%d"))
            } else {
                format!("{} → {}", start.format("%m-%d"), end.format("%Y-%m-%d"))
            }
        }
        _ => start.format("%m-%d").to_string(),
    }
}

/// `内科 · 主治医师`, leaving out what is empty.
pub fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// The sessions as people say them: `6-2 全天，6-4 上午`.
pub fn sessions(sessions: &BTreeSet<Session>) -> String {
    let mut days: BTreeMap<NaiveDate, Vec<DayPart>> = BTreeMap::new();
    for session in sessions {
        days.entry(session.date).or_default().push(session.part);
    }
    let words: Vec<String> = days
        .into_iter()
        .map(|(date, parts)| {
            let whole = parts.contains(&DayPart::Morning) && parts.contains(&DayPart::Afternoon);
            let mut names: Vec<&str> = Vec::new();
            if whole {
                names.push("全天");
            }
            names.extend(
                parts
                    .iter()
                    .filter(|&&part| !whole || part == DayPart::Evening)
                    .map(|part| part.name()),
            );
            format!("{} {}", short_day(date), names.join("、"))
        })
        .collect();
    words.join("，")
}

/// The form's name, or its number where the notice does not know it.
pub fn form_name(notice: &Notice, record: &Record) -> String {
    notice
        .form(record.activity.form)
        .map_or_else(|| format!("形式 {}", record.activity.form.0), |form| form.name.clone())
}

/// `4331 **** 0021`: the masked number in the width of a column.
pub fn masked(id: &IdNumber) -> String {
    let masked = id.masked();
    let (head, tail) = (&masked[..4], &masked[masked.len() - 4..]);
    format!("{head} **** {tail}")
}

/// `内科 · 主治医师 · 手册 HN000187 · 4331 **** 0021`
pub fn person_line(person: &Person) -> String {
    let handbook = if person.handbook_number.is_empty() {
        String::new()
    } else {
        format!("手册 {}", person.handbook_number)
    };
    joined(&[&person.section, &person.title, &handbook, &masked(&person.id_number)])
}

/// `12.3 MB`
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} 字节"),
        1024..1_048_576 => format!("{:.0} KB", bytes as f64 / 1024.0),
        1_048_576..1_073_741_824 => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
        _ => format!("{:.2} GB", bytes as f64 / 1_073_741_824.0),
    }
}
