//! Conversion (折算, annex 1 part 2): from the facts of one activity to hours, with clause and reason.
//! What several activities of one person decide together (day parts, once a year, the same award twice)
//! is settled in `ledger`; here each activity is looked at alone.

mod measure;
mod posting;
mod remark;
mod serial;

pub use posting::months_between;
pub use remark::CODES as REMARK_CODES;

use super::ask::folded;
use super::{Activity, Clause, FormId, Hours, Notice, Subject};
use chrono::Datelike;
use remark::Remarks;

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
    /// Subjects as entered that it answers to; empty = any.
    pub entered: Vec<Subject>,
    /// 来源 / 级别 / 任务 words it answers to; empty = any.
    pub sources: Vec<String>,
    pub levels: Vec<String>,
    pub tasks: Vec<String>,
    /// The subject credited; `None` = as entered.
    pub subject: Option<Subject>,
    pub kind: ConversionKind,
    /// The hours count, but somebody has to confirm.
    pub needs_confirmation: bool,
    /// A blank 来源 / 级别 / 任务 answers too, with a remark.
    pub accepts_blank: bool,
    /// The 级别 that a blank one means (援藏 / 援疆 / 援外 = 省级).
    pub blank_level: Option<String>,
    /// The journal's serial is checked ([`super::SerialRule`]).
    pub needs_serial: bool,
    /// Of several records of the same title in one year only the highest counts.
    pub best_of_same: bool,
    /// A certificate counts in the year printed on it; otherwise in the year of study.
    pub by_certificate_year: bool,
    /// What one item is called: 篇, 项, 个模块.
    pub unit: String,
    /// What the first in rank are called: 独立或第一作者.
    pub first_name: String,
    /// What the others are called: 其他作者.
    pub others_name: String,
    pub clause: Clause,
}

/// The kinds of rule. What a notice can change is their parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum ConversionKind {
    /// By dated day parts ([`DayPartRule`]).
    DayParts,
    /// `hours` per unit of 数量 (default 1), at most `cap` per item.
    PerItem { hours: Hours, cap: Option<Hours> },
    /// Per unit of 数量 (default 1): the first `first_n` in rank get `first`, others `others`;
    /// 主持 and 独立 are first.
    Rank { first_n: u32, first: Hours, others: Hours },
    /// At least one of 通过 gives `hours`, once per person, year and rule.
    OncePassed { hours: Hours },
    /// 证书学时, else minutes ÷ `minutes_per_hour` rounded down.
    Certified { minutes_per_hour: u32, yearly_cap: Option<Hours> },
    /// A posting that completes years: `at_least_months` completes the year with more days,
    /// `more_than_months` every year touched (C7, A-17).
    Completes {
        at_least_months: u32,
        more_than_months: u32,
        level_required: Vec<String>,
        passing: Vec<String>,
        /// Exactly `more_than_months` completes every year touched, too.
        or_equal: bool,
        /// Of two years with as many days the later one is completed.
        later_of_equal: bool,
    },
    /// Work that a deeming rule names completes that rule's year (B4-08); a 考核结果, where
    /// given, must be one of `passing`.
    Deems { rule: String, passing: Vec<String> },
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
    /// One of [`REMARK_CODES`].
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
    /// Of several records of the same title in one year only the highest counts.
    pub best_of_same: bool,
    /// The most that all records under this rule give one person in one year.
    pub yearly_cap: Option<Hours>,
    pub needs_confirmation: bool,
    pub clause: Clause,
    pub remarks: Vec<Remark>,
}

/// Applies a notice to one activity.
pub fn convert(notice: &Notice, activity: &Activity) -> Converted {
    let rule = rule_for(notice, activity);
    let mut remarks = Remarks::new(notice, activity, rule);
    let form = notice.form(activity.form);
    let fixed = form.and_then(|form| form.fixed_subject.clone());
    if let Some(fixed) = &fixed
        && *fixed != activity.subject
    {
        remarks.subject_ignored(fixed);
    }
    let subject = fixed
        .or_else(|| rule.and_then(|rule| rule.subject.clone()))
        .unwrap_or_else(|| activity.subject.clone());
    let year = year_under(rule, activity);
    let clause = rule
        .map(|rule| &rule.clause)
        .or_else(|| form.map(|form| &form.clause))
        .unwrap_or(&notice.annual.clause)
        .clone();
    let (outcome, from_minutes) = match rule {
        Some(rule) => measure::measure(notice, rule, activity, year, &subject, &mut remarks),
        None => (Outcome::NotCounted { why: remarks.no_rule() }, false),
    };
    let outcome = remarks.platform(year, outcome);
    remarks.circumstances(rule, year, &subject);
    Converted {
        rule: rule.map_or_else(String::new, |rule| rule.id.clone()),
        year,
        subject,
        once_per_year: rule.is_some_and(|r| matches!(r.kind, ConversionKind::OncePassed { .. })),
        best_of_same: rule.is_some_and(|rule| rule.best_of_same),
        yearly_cap: rule.and_then(|rule| match rule.kind {
            ConversionKind::Certified { yearly_cap, .. } => yearly_cap,
            _ => None,
        }),
        needs_confirmation: from_minutes || rule.is_some_and(|rule| rule.needs_confirmation),
        outcome,
        clause,
        remarks: remarks.into_vec(),
    }
}

/// The year an activity belongs to by the kind of its rule (rulings, "Year of a record"): a certificate
/// by 年度, else 结束日期, else 开始日期; anything else by 结束日期, else 开始日期. Sessions have their
/// own years: here the first of them.
pub fn year_of(notice: &Notice, activity: &Activity) -> i32 {
    year_under(rule_for(notice, activity), activity)
}

fn year_under(rule: Option<&Conversion>, activity: &Activity) -> i32 {
    let last = activity.last_day().year();
    match rule.map(|rule| &rule.kind) {
        Some(ConversionKind::DayParts) => {
            activity.sessions.first().map_or(last, |session| session.date.year())
        }
        Some(ConversionKind::Certified { .. })
            if rule.is_some_and(|rule| rule.by_certificate_year) =>
        {
            activity.year.unwrap_or(last)
        }
        _ => last,
    }
}

/// The first rule that answers to an activity: one that names its words, else one that takes blanks.
pub fn rule_for<'a>(notice: &'a Notice, activity: &Activity) -> Option<&'a Conversion> {
    let mut rules = notice.conversions.iter().filter(|rule| {
        rule.forms.contains(&activity.form)
            && (rule.entered.is_empty() || rule.entered.contains(&activity.subject))
    });
    let answers = |rule: &&Conversion, blanks: bool| {
        let fits = |list: &[String], word: &Option<String>| match spoken(word) {
            Some(word) => list.is_empty() || notice.word(word, list).is_some(),
            None => list.is_empty() || blanks,
        };
        fits(&rule.sources, &activity.source)
            && fits(&rule.levels, &activity.level)
            && fits(&rule.tasks, &activity.task)
    };
    let named = rules.clone().find(|rule| answers(rule, false));
    named.or_else(|| {
        rules.find(|rule| {
            let serial_tells = rule.needs_serial && spoken(&activity.serial).is_some();
            (rule.accepts_blank || serial_tells) && answers(rule, true)
        })
    })
}

/// A word that is there and not blank.
fn spoken(word: &Option<String>) -> Option<&str> {
    word.as_deref().map(str::trim).filter(|word| !folded(word).is_empty())
}
