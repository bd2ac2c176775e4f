//! Conversion (折算, annex 1 part 2): from the facts of one activity to hours, with clause and reason.
//! What several activities of one person decide together (day parts, once a year, the same award twice)
//! is settled in `ledger`; here each activity is looked at alone.

use super::{Activity, Clause, FormId, Hours, Notice, Subject};
use chrono::NaiveDate;

/// How day parts convert (C1, A-08).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayPartRule {
    pub full: Hours,
    pub half: Hours,
    pub evening: Hours,
    pub day_cap: Hours,
    /// Morning and afternoon of one event make a full day; otherwise two halves.
    pub two_halves_same_event_full: bool,
    pub clause: Clause,
}

/// One conversion rule: which activities it answers to, and how. The first that answers is applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    /// `C3-c`
    pub id: String,
    pub forms: Vec<FormId>,
    /// 来源 / 级别 / 任务 words it answers to; empty = any.
    pub sources: Vec<String>,
    pub levels: Vec<String>,
    pub tasks: Vec<String>,
    /// The subject credited; `None` = as entered.
    pub subject: Option<Subject>,
    pub kind: ConversionKind,
    /// The hours count, but somebody has to confirm.
    pub needs_confirmation: bool,
    pub clause: Clause,
}

/// The kinds of rule. What a notice can change is their parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum ConversionKind {
    /// By dated day parts ([`DayPartRule`]).
    DayParts,
    /// `hours` per unit of 数量 (default 1), at most `cap` per item.
    PerItem { hours: Hours, cap: Option<Hours> },
    /// The first `first_n` in rank get `first`, others `others`; 主持 and 独立 are first.
    Rank { first_n: u32, first: Hours, others: Hours },
    /// At least one of 通过 gives `hours`, once per person, year and rule.
    OncePassed { hours: Hours },
    /// 证书学时, else minutes ÷ `minutes_per_hour` rounded down.
    Certified { minutes_per_hour: u32, yearly_cap: Option<Hours> },
    /// A posting that completes years: `at_least_months` completes the year with more days,
    /// `more_than_months` every year touched (C7, A-17).
    Completes { at_least_months: u32, more_than_months: u32, level_required: Vec<String> },
    /// Stored, 0 hours, with the reason (unit-internal projects, unmapped awards …).
    Nothing { why: String },
}

/// What one activity is worth in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    pub year: i32,
    pub subject: Subject,
    pub hours: Hours,
    pub clause: Clause,
    /// A Chinese sentence: the arithmetic, or why it is not counted.
    pub why: String,
}

/// What the rules make of one activity looked at alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Its sessions compete with the person's other sessions: the ledger credits them.
    Sessions,
    /// Hours in one year.
    Credited(Credit),
    /// It completes these years in every subject (C7, B4-08).
    Completes { years: Vec<i32>, why: String },
    /// Nothing, and why not.
    NotCounted { why: String },
}

/// Something to be told about an activity, by finding code (severity is decided in the ledger).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// e.g. `platform-not-filed`, `sessions-missing`, `serial-odd`, `theme-mismatch`, `year-disagrees`
    pub code: &'static str,
    pub clause: Clause,
    pub message: String,
    pub fix: String,
}

/// The whole answer for one activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The rule applied: its id groups what counts once (C8, C9).
    pub rule: String,
    /// The year by the rulings; sessions have their own years.
    pub year: i32,
    pub subject: Subject,
    pub outcome: Outcome,
    pub once_per_year: bool,
    pub needs_confirmation: bool,
    pub clause: Clause,
    pub remarks: Vec<Remark>,
}

/// Applies a notice to one activity.
pub fn convert(_notice: &Notice, _activity: &Activity) -> Converted {
    todo!()
}

/// The year an activity belongs to by its kind (rulings, "Year of a record"); sessions have their own.
pub fn year_of(_activity: &Activity) -> i32 {
    todo!()
}

/// Full calendar months from `start` to `end`, both days counted (1 Jan–30 Jun is six).
pub fn months_between(_start: NaiveDate, _end: NaiveDate) -> u32 {
    todo!()
}
