//! What another reading (口径) would change, looked at before it is chosen: whose verdict, whose years,
//! which dates. Nothing is written here.

use super::Registry;
use super::campaign;
use crate::failure::{Failure, Result};
use crate::ledger::{self, Verdict};
use crate::notice::{Notice, Ruling};
use chrono::NaiveDate;

/// An applicant whose verdict would be another.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Turned {
    pub name: String,
    pub before: Verdict,
    pub after: Verdict,
}

/// What would change.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Effect {
    pub was: String,
    pub now: String,
    /// Applicants looked at.
    pub applicants: usize,
    pub verdicts: Vec<Turned>,
    /// Applicants whose hours or span would change, their verdict or not.
    pub applicants_changed: usize,
    /// People, applicants or not, whose hours of some year would change.
    pub people_changed: usize,
    /// Dates that would be others: deadline, close of publicity.
    pub dates: Vec<String>,
}

impl Effect {
    /// In one or a few sentences.
    pub fn told(&self) -> String {
        let mut parts = Vec::new();
        match self.verdicts.as_slice() {
            [] => parts.push(format!("{} 名参评人员的结论都不变", self.applicants)),
            turned => {
                let names: Vec<String> = turned
                    .iter()
                    .take(5)
                    .map(|it| format!("{}由{}变为{}", it.name, it.before.name(), it.after.name()))
                    .collect();
                let more = if turned.len() > 5 { "等" } else { "" };
                let count = turned.len();
                parts.push(format!("{count} 人的结论会变：{}{more}", names.join("，")));
            }
        }
        if self.applicants_changed > 0 {
            parts.push(format!("{} 名参评人员的学时或年度会变", self.applicants_changed));
        }
        match self.people_changed {
            0 => parts.push("没有人的各年学时会变".to_owned()),
            people => parts.push(format!("{people} 人的各年学时会变")),
        }
        parts.extend(self.dates.iter().cloned());
        format!("{}。", parts.join("；"))
    }
}

/// Looks at what a choice would change. `progress` is told of people looked at and may stop it.
///
/// # Errors
/// As [`Registry::notice_under`]; a calendar year without data; stopped.
pub fn of_ruling(
    registry: &Registry,
    year: i32,
    typed: &Ruling,
    today: NaiveDate,
    progress: &dyn Fn(u64, u64, &str) -> bool,
) -> Result<Effect> {
    let reason = if typed.reason.trim().is_empty() { "先看影响" } else { &typed.reason };
    let by = if typed.by.trim().is_empty() { "先看影响" } else { &typed.by };
    let typed = Ruling { reason: reason.to_owned(), by: by.to_owned(), ..typed.clone() };
    let ruling = registry.ruling(year, &typed)?;
    let before = registry.notice_of(year)?;
    let after = registry.notice_under(year, &ruling)?;
    let standing = registry
        .standings(year)?
        .into_iter()
        .find(|it| it.decision == ruling.decision && it.switch.id == ruling.switch);
    let mut effect = between(registry, year, [&before, &after.notice], today, progress)?;
    if let Some(standing) = standing {
        effect.was = standing.switch.words(&standing.now);
        effect.now = standing.switch.words(&ruling.choice);
    }
    Ok(effect)
}

/// Looks at what another notice of the same year would change.
///
/// # Errors
/// As [`of_ruling`].
pub fn between(
    registry: &Registry,
    year: i32,
    [before, after]: [&Notice; 2],
    today: NaiveDate,
    progress: &dyn Fn(u64, u64, &str) -> bool,
) -> Result<Effect> {
    let mut effect = Effect::default();
    let was = campaign::check_under(registry, before, year, None, today)?;
    let is = campaign::check_under(registry, after, year, None, today)?;
    effect.applicants = was.applicants.len();
    for was in &was.applicants {
        let same = |it: &&ledger::ApplicantResult| it.applicant.id == was.applicant.id;
        let Some(is) = is.applicants.iter().find(same) else { continue };
        if was.verdict != is.verdict {
            effect.verdicts.push(Turned {
                name: was.person.name.clone(),
                before: was.verdict,
                after: is.verdict,
            });
        }
        let hours = |result: &ledger::ApplicantResult| -> Vec<_> {
            result.years.iter().map(|year| (year.year, year.hours.clone())).collect()
        };
        effect.applicants_changed += usize::from(was.span != is.span || hours(was) != hours(is));
    }
    if was.last_working_day != is.last_working_day {
        let (was, is) = (was.last_working_day, is.last_working_day);
        effect.dates.push(format!("报送的最后一个工作日由 {was} 变为 {is}"));
    }
    let calendar = registry.calendar();
    let close = |notice: &Notice| {
        let dates = calendar.publicity(today, notice.publicity.workdays).ok()?;
        let counted = notice.publicity.count_posting_day;
        Some(if counted { dates.close_inclusive } else { dates.close_strict })
    };
    if let (Some(was), Some(is)) = (close(before), close(after))
        && was != is
    {
        effect.dates.push(format!("今天张贴的公示由 {was} 期满变为 {is}"));
    }
    let people = registry.people()?;
    for (nr, row) in people.iter().enumerate() {
        if nr % 64 == 0 && !progress(nr as u64, people.len() as u64, "看影响") {
            return Err(Failure::refused("看影响", "", "已停下", "没有改动，可以再看一次"));
        }
        let handbook = registry.handbook(row.id)?;
        let hours = |notice: &Notice| -> Vec<_> {
            let years = ledger::years(notice, &handbook).into_iter();
            years.map(|year| (year.year, year.hours)).collect()
        };
        effect.people_changed += usize::from(hours(before) != hours(after));
    }
    Ok(effect)
}
