//! The single door through which anything changes: one immediate transaction, one step, all or nothing.

use super::trouble::trouble;
use super::{Done, Registry, Tx, platforms, rulings};
use crate::failure::{Failure, Result};
use crate::ledger::PersonId;
use crate::notice::{Platform, Ruling};
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
        let told = self.trouble(action);
        let open = self.begin().map_err(&told)?;
        let step = start(&open, action).map_err(&told)?;
        let value = change(&mut Tx { registry: self })?;
        if !ended(&open, step).map_err(&told)? {
            open.rollback().map_err(&told)?;
            return Ok(Done { value, revision: self.revision, people: Vec::new() });
        }
        let people = touched(&open, step).map_err(&told)?;
        let now = conclude(open, step).map_err(&told)?;
        let revision = now.revision;
        self.accept(now);
        Ok(Done { value, revision, people })
    }

    /// An immediate transaction that rolls back unless committed.
    pub(super) fn begin(&self) -> rusqlite::Result<Transaction<'_>> {
        Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)
    }

    /// Takes over what a committed step made true.
    pub(super) fn accept(&mut self, now: Now) {
        self.revision = now.revision;
        self.undo = now.undo;
        self.redo = now.redo;
        if let Some((rulings, platforms)) = now.rules {
            self.rules.lay(rulings, platforms);
        }
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

/// Stops recording. True: something changed, and what could be redone no longer can.
fn ended(db: &Connection, step: i64) -> rusqlite::Result<bool> {
    db.execute("DELETE FROM recording", [])?;
    let changed = db.prepare_cached("SELECT 1 FROM change WHERE step = ?1")?.exists([step])?;
    if changed {
        db.execute("UPDATE step SET state = 'cleared' WHERE state = 'undone'", [])?;
    }
    Ok(changed)
}

/// The unit's choices and its own platforms.
type Laid = (Vec<(String, Ruling)>, Vec<Platform>);

/// What is true once a step is done, or taken back.
pub(super) struct Now {
    pub revision: u64,
    undo: Option<(i64, String)>,
    redo: Option<(i64, String)>,
    /// What is laid over the notices, when the step changed it.
    rules: Option<Laid>,
}

/// Bumps the revision and commits `step`; the commit is the last thing that can fail.
pub(super) fn conclude(open: Transaction<'_>, step: i64) -> rusqlite::Result<Now> {
    let bump = "UPDATE registry SET revision = revision + 1 RETURNING revision";
    let revision: i64 = open.query_row(bump, [], |row| row.get(0))?;
    let ruled = open
        .prepare_cached("SELECT 1 FROM change WHERE step = ?1 AND noun IN ('platform', 'ruling')")?
        .exists([step])?;
    let now = Now {
        revision: revision.cast_unsigned(),
        undo: next(&open, UNDO)?,
        redo: next(&open, REDO)?,
        rules: if ruled { Some((rulings::read(&open)?, platforms::read(&open)?)) } else { None },
    };
    open.commit()?;
    Ok(now)
}
