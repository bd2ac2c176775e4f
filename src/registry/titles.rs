//! Titles of records, for finding what somebody remembers only by its name.

use super::Registry;
use super::rows::{Cells, read_date};
use crate::failure::Result;
use crate::ledger::{PersonId, RecordId};
use chrono::NaiveDate;

/// A title with its latest record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitleRow {
    pub title: String,
    pub record: RecordId,
    pub people: u32,
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Registry {
    /// Every title once, the latest first.
    ///
    /// # Errors
    /// Damage.
    pub fn titles(&self) -> Result<Vec<TitleRow>> {
        let read = || {
            self.db
                .prepare_cached(include_str!("sql/titles.sql"))?
                .query_map([], |row| {
                    let mut cells = Cells::of(row);
                    Ok(TitleRow {
                        title: cells.next()?,
                        record: RecordId(cells.next()?),
                        people: cells.next()?,
                        first: cells.parse(read_date)?,
                        last: cells.parse(read_date)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取学习记录"))
    }

    /// Everybody who has a record of this title.
    ///
    /// # Errors
    /// Damage.
    pub fn people_with(&self, title: &str) -> Result<Vec<PersonId>> {
        let read = || {
            self.db
                .prepare_cached("SELECT DISTINCT person FROM record WHERE title = ?1 ORDER BY 1")?
                .query_map([title], |row| row.get(0).map(PersonId))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取学习记录"))
    }
}
