//! What every change stands on: the door's key, and the checks that turn a missing row into a sentence.

use super::people::PERSON;
use super::rows::Table;
use super::{Registry, Tx};
use crate::failure::{Failure, Result};
use crate::ledger::PersonId;
use rusqlite::Connection;
use rusqlite::types::Value;

impl Tx<'_> {
    /// Reads inside the transaction.
    pub fn registry(&self) -> &Registry {
        self.registry
    }

    pub(super) fn db(&self) -> &Connection {
        &self.registry.db
    }

    pub(super) fn trouble(&self, what: &str) -> impl Fn(rusqlite::Error) -> Failure + use<> {
        self.registry.trouble(what)
    }

    /// Inserts (id 0) or updates a row; gives its id.
    pub(super) fn put(&self, table: &Table, what: &str, id: i64, row: Vec<Value>) -> Result<i64> {
        let told = self.trouble(what);
        if id == 0 {
            return table.insert(self.db(), row).map_err(told);
        }
        let found = table.update(self.db(), id, row).map_err(told)?;
        self.must_exist(what, "要修改的这一条", found).map(|()| id)
    }

    pub(super) fn must_exist(&self, what: &str, noun: &str, found: bool) -> Result<()> {
        if found {
            return Ok(());
        }
        Err(Failure::refused(
            what,
            noun,
            "登记库里已经没有这一条",
            "它可能刚被删除或撤销，请刷新后再试",
        ))
    }

    pub(super) fn person_must_exist(&self, what: &str, person: PersonId) -> Result<()> {
        let found = PERSON.has(self.db(), person.0).map_err(self.trouble(what))?;
        self.must_exist(what, "人员", found)
    }
}
