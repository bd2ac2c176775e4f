//! Undo and redo: the images of a step are put back row by row, newest first, or brought again, oldest first.
//! Which tables and columns there are is read from the schema; no noun is known here.

use super::transact::{REDO, UNDO, conclude, next, touched};
use super::{Done, Registry, tracking};
use crate::failure::Result;
use rusqlite::Connection;
use std::collections::HashMap;

impl Registry {
    /// The name of what undo would take back.
    pub fn can_undo(&self) -> Option<String> {
        self.undo.as_ref().map(|(_, action)| action.clone())
    }

    /// The name of what redo would bring again.
    pub fn can_redo(&self) -> Option<String> {
        self.redo.as_ref().map(|(_, action)| action.clone())
    }

    /// Takes the last step back; it stays in the history.
    ///
    /// # Errors
    /// I/O or damage; then nothing was changed.
    pub fn undo(&mut self) -> Result<Option<Done<String>>> {
        self.replay("撤销", UNDO, Way::Back)
    }

    /// Brings the step that was taken back last again.
    ///
    /// # Errors
    /// I/O or damage; then nothing was changed.
    pub fn redo(&mut self) -> Result<Option<Done<String>>> {
        self.replay("重做", REDO, Way::Forth)
    }

    fn replay(&mut self, what: &str, which: &str, way: Way) -> Result<Option<Done<String>>> {
        let told = self.trouble(what);
        let open = self.begin().map_err(&told)?;
        let Some((step, action)) = next(&open, which).map_err(&told)? else {
            return Ok(None);
        };
        // The people as they stand before and after: an event's people are found by its records.
        let mut people = touched(&open, step).map_err(&told)?;
        put(&open, step, way).map_err(&told)?;
        people.extend(touched(&open, step).map_err(&told)?);
        people.sort_unstable();
        people.dedup();
        let now = conclude(open, step).map_err(&told)?;
        let revision = now.revision;
        self.accept(now);
        Ok(Some(Done { value: action, revision, people }))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Back,
    Forth,
}

/// A table's three statements.
struct Verbs {
    insert: String,
    update: String,
    delete: String,
}

impl Verbs {
    fn of(db: &Connection, table: &str) -> rusqlite::Result<Self> {
        let columns = tracking::columns(db, table)?;
        let values: Vec<_> = columns.iter().map(|column| format!("?1 ->> '{column}'")).collect();
        let sets: Vec<_> = columns
            .iter()
            .zip(&values)
            .map(|(column, value)| format!("{column} = {value}"))
            .collect();
        Ok(Self {
            insert: format!(
                "INSERT INTO {table} ({}) SELECT {}",
                columns.join(", "),
                values.join(", ")
            ),
            update: format!("UPDATE {table} SET {} WHERE id = ?1 ->> 'id'", sets.join(", ")),
            delete: format!("DELETE FROM {table} WHERE id = ?1"),
        })
    }
}

fn put(db: &Connection, step: i64, way: Way) -> rusqlite::Result<()> {
    // Rows come back one by one, children perhaps before their parents: keys are judged at commit.
    db.pragma_update(None, "defer_foreign_keys", true)?;
    let (columns, order, state) = match way {
        Way::Back => ("after, before", "DESC", "undone"),
        Way::Forth => ("before, after", "ASC", "done"),
    };
    let mut verbs: HashMap<String, Verbs> = HashMap::new();
    let mut changes = db.prepare(&format!(
        "SELECT noun, row, {columns} FROM change WHERE step = ?1 ORDER BY id {order}"
    ))?;
    let mut changes = changes.query([step])?;
    while let Some(change) = changes.next()? {
        let table: String = change.get(0)?;
        let verbs = match verbs.entry(table) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let found = Verbs::of(db, new.key())?;
                new.insert(found)
            }
        };
        let (from, to) = (change.get_ref(2)?, change.get_ref(3)?);
        let done = match (from.as_str_or_null()?, to.as_str_or_null()?) {
            (Some(_), None) => {
                db.prepare_cached(&verbs.delete)?.execute([change.get::<_, i64>(1)?])?
            }
            (None, Some(image)) => db.prepare_cached(&verbs.insert)?.execute([image])?,
            (Some(_), Some(image)) => db.prepare_cached(&verbs.update)?.execute([image])?,
            (None, None) => 1,
        };
        if done != 1 {
            // The row is not as the step left it: something else wrote to the file.
            return Err(rusqlite::Error::StatementChangedRows(done));
        }
    }
    db.execute("UPDATE step SET state = ?2 WHERE id = ?1", (step, state))?;
    Ok(())
}
