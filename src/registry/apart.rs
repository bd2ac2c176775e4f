//! Entries that look like one person and are not: what a clerk once said of a pair holds until it is undone.

use super::rows::{Table, cell, date_cell};
use super::{Registry, Tx};
use crate::failure::{Failure, Result};
use crate::ledger::{PersonId, Vouched};
use std::collections::HashSet;

const APART: Table = Table { name: "apart", columns: &["person", "other", "said_by", "said_at"] };

/// Two entries, whichever is named first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TwoPeople(PersonId, PersonId);

impl TwoPeople {
    pub fn of(one: PersonId, other: PersonId) -> Self {
        Self(one.min(other), one.max(other))
    }
}

impl Registry {
    /// The pairs that somebody said are two people.
    ///
    /// # Errors
    /// I/O or damage.
    pub fn told_apart(&self) -> Result<HashSet<TwoPeople>> {
        let read = || {
            self.db
                .prepare_cached("SELECT person, other FROM apart")?
                .query_map([], |row| {
                    Ok(TwoPeople::of(PersonId(row.get(0)?), PersonId(row.get(1)?)))
                })?
                .collect::<rusqlite::Result<_>>()
        };
        read().map_err(self.trouble("查找重复的人"))
    }
}

impl Tx<'_> {
    /// Remembers that two entries are two people.
    ///
    /// # Errors
    /// The same entry twice; one of them is gone.
    pub fn tell_apart(&mut self, one: PersonId, other: PersonId, by: &Vouched) -> Result<()> {
        let what = "记下不是同一个人";
        if one == other {
            return Err(Failure::refused(what, "", "选的是同一个人", "请选两个人"));
        }
        self.person_must_exist(what, one)?;
        self.person_must_exist(what, other)?;
        let told = self.trouble(what);
        let TwoPeople(one, other) = TwoPeople::of(one, other);
        let both = vec![cell(one.0), cell(other.0)];
        if APART.find(self.db(), &["person", "other"], both.clone()).map_err(&told)?.is_some() {
            return Ok(());
        }
        let row = [both, vec![cell(by.by.clone()), date_cell(by.at)]].concat();
        APART.insert(self.db(), row).map(drop).map_err(told)
    }

    /// What was said of an entry that becomes another one is said of that one.
    pub(super) fn hand_over_apart(&mut self, from: PersonId, to: PersonId) -> Result<()> {
        let told = self.trouble("合并重复人员");
        let rows: Vec<(PersonId, String, String)> = self
            .db()
            .prepare_cached(
                "SELECT iif(person = ?1, other, person), said_by, said_at FROM apart
                 WHERE person = ?1 OR other = ?1 ORDER BY id",
            )
            .and_then(|mut query| {
                query
                    .query_map([from.0], |row| {
                        Ok((PersonId(row.get(0)?), row.get(1)?, row.get(2)?))
                    })?
                    .collect()
            })
            .map_err(&told)?;
        self.forget_apart(from)?;
        for (other, by, at) in rows.into_iter().filter(|(other, ..)| *other != to) {
            let TwoPeople(one, other) = TwoPeople::of(to, other);
            let both = vec![cell(one.0), cell(other.0)];
            if APART.find(self.db(), &["person", "other"], both.clone()).map_err(&told)?.is_none() {
                let row = [both, vec![cell(by), cell(at)]].concat();
                APART.insert(self.db(), row).map_err(&told)?;
            }
        }
        Ok(())
    }

    /// Nothing is said any more of an entry that goes.
    pub(super) fn forget_apart(&mut self, person: PersonId) -> Result<()> {
        let told = self.trouble("删除人员");
        APART.delete(self.db(), "person", person.0).map_err(&told)?;
        APART.delete(self.db(), "other", person.0).map(drop).map_err(told)
    }
}
