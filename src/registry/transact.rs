//! The single door through which anything changes: one immediate transaction, one step, all or nothing.

use super::trouble::trouble;
use super::{Done, Registry, Tx};
use crate::failure::{Failure, Result};
use crate::ledger::PersonId;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};

impl Registry {
    /// The single door. `action` is its Chinese name in the undo menu: `登记一条`.
    /// An error or a panic in `change` rolls everything back; when nothing changed, no step is made.
    ///
    /// # Errors
    /// What `change` returned, a locked year, or the database's own refusal.
    pub fn transact<T>(
        &mut self,
        action: &str,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        let (value, step, revision, people) = {
            let told = self.trouble(action);
            let open = self.begin().map_err(&told)?;
            let step = start(&open, action).map_err(&told)?;
            let value = change(&mut Tx { registry: self })?;
            open.execute("DELETE FROM recording", []).map_err(&told)?;
            let changed: bool = open
                .query_row("SELECT EXISTS (SELECT 1 FROM change WHERE step = ?1)", [step], |row| {
                    row.get(0)
                })
                .map_err(&told)?;
            if !changed {
                open.rollback().map_err(&told)?;
                return Ok(Done { value, revision: self.revision, people: Vec::new() });
            }
            open.execute("UPDATE step SET state = 'cleared' WHERE state = 'undone'", [])
                .map_err(&told)?;
            let people = touched(&open, step).map_err(&told)?;
            let revision = bump(&open).map_err(&told)?;
            open.commit().map_err(&told)?;
            (value, step, revision, people)
        };
        self.settle(step, revision)?;
        Ok(Done { value, revision, people })
    }

    /// An immediate transaction that rolls back unless committed.
    pub(super) fn begin(&self) -> rusqlite::Result<Transaction<'_>> {
        Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)
    }

    /// Takes over what is true after `step` was committed, or taken back.
    pub(super) fn settle(&mut self, step: i64, revision: u64) -> Result<()> {
        self.revision = revision;
        let platforms = self
            .db
            .prepare_cached("SELECT 1 FROM change WHERE step = ?1 AND noun = 'platform'")
            .and_then(|mut query| query.exists([step]))
            .map_err(self.trouble("读取平台"))?;
        if platforms {
            let added = self.platforms()?;
            self.rules.add(&added);
        }
        self.undo = next(&self.db, UNDO).map_err(self.trouble("读取撤销记录"))?;
        self.redo = next(&self.db, REDO).map_err(self.trouble("读取撤销记录"))?;
        Ok(())
    }

    /// Words for a database error of this registry while doing `what`.
    pub(super) fn trouble(&self, what: &str) -> impl Fn(rusqlite::Error) -> Failure + use<> {
        let (what, dir) = (what.to_owned(), self.dir.clone());
        move |error| trouble(&what, &dir, error)
    }
}

/// The step that undo would take back.
pub(super) const UNDO: &str =
    "SELECT id, action FROM step WHERE state = 'done' ORDER BY id DESC LIMIT 1";
/// The step that redo would bring again.
pub(super) const REDO: &str =
    "SELECT id, action FROM step WHERE state = 'undone' ORDER BY id LIMIT 1";

/// Finds the step of `UNDO` or `REDO`.
pub(super) fn next(db: &Connection, which: &str) -> rusqlite::Result<Option<(i64, String)>> {
    db.prepare_cached(which)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()
}

fn start(db: &Connection, action: &str) -> rusqlite::Result<i64> {
    let at = super::rows::time_cell(chrono::Local::now().naive_local());
    let step = db
        .prepare_cached("INSERT INTO step (action, at, state) VALUES (?1, ?2, 'done')")?
        .insert(rusqlite::params![action, at])?;
    db.execute("INSERT INTO recording (step) VALUES (?1)", [step])?;
    Ok(step)
}

/// The people whose handbooks a step changed: their own rows, and shared files of their events.
pub(super) fn touched(db: &Connection, step: i64) -> rusqlite::Result<Vec<PersonId>> {
    db.prepare_cached(include_str!("sql/touched.sql"))?
        .query_map([step], |row| row.get(0).map(PersonId))?
        .collect()
}

pub(super) fn bump(db: &Connection) -> rusqlite::Result<u64> {
    db.query_row("UPDATE registry SET revision = revision + 1 RETURNING revision", [], |row| {
        row.get::<_, i64>(0).map(i64::cast_unsigned)
    })
}
