//! Years that the department has confirmed (B2-11): what stands in them is not changed until they are reopened.

use super::Tx;
use crate::failure::{Failure, Result};
use crate::ledger::{EventId, PersonId, Record, RecordId};
use crate::notice::Notice;
use crate::notice::convert::{Outcome, convert};
use std::collections::BTreeSet;

/// The years of which a record gives hours, or could: those whose confirmation locks it.
pub fn years_of(notice: &Notice, record: &Record) -> BTreeSet<i32> {
    use chrono::Datelike;
    let converted = convert(notice, &record.activity);
    let mut years: BTreeSet<i32> =
        record.activity.sessions.iter().map(|session| session.date.year()).collect();
    match converted.outcome {
        Outcome::Sessions if !years.is_empty() => {}
        Outcome::Completes { years: completed, .. } => years.extend(completed),
        Outcome::Sessions | Outcome::Credited(_) | Outcome::NotCounted { .. } => {
            years.insert(converted.year);
        }
    }
    years
}

/// The sentence for a confirmed year.
pub(super) fn refusal(what: &str, name: &str, year: i32) -> Failure {
    Failure::refused(
        what,
        name,
        format!("{year} 年度已经主管部门确认，内容已锁定"),
        format!("确需改动时，请先在年度审核里重开 {year} 年度并写明理由"),
    )
}

impl Tx<'_> {
    /// The confirmed years of a person.
    ///
    /// # Errors
    /// Damage.
    pub fn locked_years(&self, person: PersonId) -> Result<BTreeSet<i32>> {
        let read = || {
            self.db()
                .prepare_cached(
                    "SELECT year FROM year_review WHERE person = ?1 AND state = 'department-confirmed'",
                )?
                .query_map([person.0], |row| row.get(0))?
                .collect::<rusqlite::Result<BTreeSet<i32>>>()
        };
        read().map_err(self.trouble("读取年度审核"))
    }

    /// Whether anybody's year is confirmed at all: most registries need not ask further.
    pub(super) fn any_locked(&self) -> Result<bool> {
        self.db()
            .prepare_cached("SELECT 1 FROM year_review WHERE state = 'department-confirmed'")
            .and_then(|mut query| query.exists([]))
            .map_err(self.trouble("读取年度审核"))
    }

    /// Refuses if one of `years` of the person is confirmed.
    pub(super) fn years_are_open(
        &self,
        what: &str,
        person: PersonId,
        years: impl IntoIterator<Item = i32>,
    ) -> Result<()> {
        let locked = self.locked_years(person)?;
        match years.into_iter().find(|year| locked.contains(year)) {
            None => Ok(()),
            Some(year) => Err(refusal(what, &self.name_of(person)?, year)),
        }
    }

    /// Refuses if one of these records (as stored, as wanted) lies in a confirmed year.
    pub(super) fn record_is_open<'r>(
        &self,
        what: &str,
        records: impl IntoIterator<Item = &'r Record>,
    ) -> Result<()> {
        for record in records {
            if !self.locked_years(record.person)?.is_empty() {
                self.years_are_open(
                    what,
                    record.person,
                    years_of(&self.registry.notice(), record),
                )?;
            }
        }
        Ok(())
    }

    /// Refuses if a record of the event lies in a confirmed year: its evidence would change.
    pub(super) fn event_is_open(&self, what: &str, event: EventId) -> Result<()> {
        if !self.any_locked()? {
            return Ok(());
        }
        let read = || {
            self.db()
                .prepare_cached("SELECT id FROM record WHERE event = ?1")?
                .query_map([event.0], |row| row.get(0).map(RecordId))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        for record in read().map_err(self.trouble(what))? {
            self.record_is_open(what, self.registry.record(record)?.iter())?;
        }
        Ok(())
    }

    fn name_of(&self, person: PersonId) -> Result<String> {
        self.db()
            .prepare_cached("SELECT name FROM person WHERE id = ?1")
            .and_then(|mut query| query.query_row([person.0], |row| row.get(0)))
            .map_err(self.trouble("读取人员"))
    }
}
