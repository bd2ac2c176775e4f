//! Reads and checks a notice file; every fault names file, key, line and remedy.
//! `cursor` walks the parsed file and puts faults into a `sink`; `shape`, `applicants` and `rules` make a notice of it.

mod applicants;
mod cursor;
mod rules;
mod shape;
mod sink;
mod switches;

pub(crate) use cursor::Cursor;

use super::{CalendarYear, Notice};
use crate::failure::{Failure, Result};
use sink::Sink;
use toml::Spanned;
use toml::de::DeTable;

/// A notice that the program carries.
#[derive(Debug)]
pub struct Builtin {
    pub id: &'static str,
    /// The rules, as TOML.
    pub rules: &'static str,
    /// The notice's own words, in full.
    pub words: &'static str,
}

/// The notices that the program carries.
pub const BUILTIN: &[Builtin] = &[Builtin {
    id: "xiangxi-2020",
    rules: include_str!("../../assets/notices/xiangxi-2020.toml"),
    words: include_str!("../../assets/notices/xiangxi-2020.txt"),
}];

/// One fault of a notice file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    pub line: Option<usize>,
    pub key: String,
    pub message: String,
    pub fix: String,
}

/// Loads a notice; `file` is only named in messages.
///
/// # Errors
/// The first fault, as one sentence; [`check`] tells them all.
pub fn load(file: &str, text: &str) -> Result<Notice> {
    let (notice, faults) = read(text, shape::notice);
    sound("读取通知规则", file, notice, faults)
}

/// Every fault of a notice file, by line (empty: it is sound).
pub fn check(_file: &str, text: &str) -> Vec<Fault> {
    let (notice, faults) = read(text, shape::notice);
    match notice {
        // Whether every alternative makes a sound notice is asked of a sound one.
        Some(notice) if faults.is_empty() => super::switch::faults(text, &notice),
        _ => faults,
    }
}

/// Loads years of working days: one year (`year`, `off`, `work`) or several `[[calendar]]`.
///
/// # Errors
/// The first fault, as one sentence.
pub fn load_calendar(file: &str, text: &str) -> Result<Vec<CalendarYear>> {
    let (years, faults) = read(text, shape::calendar_file);
    sound("读取工作日历", file, years, faults)
}

/// Loads another data file that is told of its faults as a notice is, e.g. a paper's template. `what` is
/// being done, `shape` makes the value out of the file's root.
///
/// # Errors
/// The first fault, as one sentence.
pub(crate) fn load_other<T>(
    what: &str,
    file: &str,
    text: &str,
    shape: impl FnOnce(&Cursor<'_, '_>) -> T,
) -> Result<T> {
    let (value, faults) = read(text, |sink, root| shape(&sink.root(root)));
    sound(what, file, value, faults)
}

fn read<'t, T>(
    text: &'t str,
    shape: impl FnOnce(&Sink<'t>, &Spanned<DeTable<'t>>) -> T,
) -> (Option<T>, Vec<Fault>) {
    let sink = Sink::new(text);
    let value = sink.parse().map(|root| shape(&sink, &root));
    let mut faults = sink.into_faults();
    faults.sort_by(|a, b| (a.line, &a.key).cmp(&(b.line, &b.key)));
    faults.dedup();
    (value, faults)
}

fn sound<T>(what: &str, file: &str, value: Option<T>, mut faults: Vec<Fault>) -> Result<T> {
    if faults.is_empty()
        && let Some(value) = value
    {
        return Ok(value);
    }
    let others = faults.len().saturating_sub(1);
    let first = if faults.is_empty() { sink::unreadable() } else { faults.swap_remove(0) };
    let line = first.line.map_or_else(String::new, |line| format!(" 第 {line} 行"));
    let key = if first.key.is_empty() { String::new() } else { format!(" {}", first.key) };
    let why = match others {
        0 => first.message,
        _ => format!("{}（另有 {others} 处问题）", first.message),
    };
    Err(Failure::cannot(what, format!("{file}{line}{key}"), why, first.fix))
}
