//! Hours granted without study: deemed entries (视同) and prior slips (学时认定单).

use super::Tx;
use super::attachments::{self, ATTACHMENT, Owner};
use super::rows::{Cells, Table, cell, date_cell, read_date};
use crate::failure::Result;
use crate::ledger::{Deemed, DeemedId, PersonId, PriorSlip, SlipId};
use crate::notice::{Hours, Subject};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeMap;

pub(super) const DEEMED: Table =
    Table { name: "deemed", columns: &["person", "year", "reason", "subject", "hours", "basis"] };
pub(super) const SLIP: Table = Table {
    name: "slip",
    columns: &["person", "number", "issuer", "issued", "first_year", "last_year"],
};
pub(super) const SLIP_HOURS: Table =
    Table { name: "slip_hours", columns: &["slip", "year", "subject", "hours"] };

pub(super) fn read_deemed(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Deemed> {
    Ok(Deemed {
        id: DeemedId(cells.next()?),
        person: PersonId(cells.next()?),
        year: cells.next()?,
        reason: cells.next()?,
        subject: cells.next::<Option<String>>()?.map(Subject),
        hours: cells.next::<Option<i32>>()?.map(Hours::halves),
        basis: cells.next()?,
        attachments: Vec::new(),
    })
}

/// Reads a slip's own row; hours and files are added by whoever read them.
pub(super) fn read_slip(cells: &mut Cells<'_, '_>) -> rusqlite::Result<PriorSlip> {
    Ok(PriorSlip {
        id: SlipId(cells.next()?),
        person: PersonId(cells.next()?),
        number: cells.next()?,
        issuer: cells.next()?,
        issued: cells.maybe(read_date)?,
        first_year: cells.next()?,
        last_year: cells.next()?,
        hours: BTreeMap::new(),
        attachments: Vec::new(),
    })
}

pub(super) fn delete_deemed(db: &Connection, deemed: DeemedId) -> rusqlite::Result<bool> {
    ATTACHMENT.delete(db, "deemed", deemed.0)?;
    Ok(DEEMED.delete(db, "id", deemed.0)? > 0)
}

pub(super) fn delete_slip(db: &Connection, slip: SlipId) -> rusqlite::Result<bool> {
    SLIP_HOURS.delete(db, "slip", slip.0)?;
    ATTACHMENT.delete(db, "slip", slip.0)?;
    Ok(SLIP.delete(db, "id", slip.0)? > 0)
}

impl Tx<'_> {
    /// # Errors
    /// Its year is, or was, a confirmed one; no such entry or person.
    pub fn save_deemed(&mut self, deemed: &Deemed) -> Result<DeemedId> {
        let what = "保存视同";
        self.person_must_exist(what, deemed.person)?;
        if self.any_locked()? {
            let before = self.stored_deemed(deemed.id)?;
            let mut wanted = deemed.clone();
            wanted.attachments.sort_unstable();
            wanted.attachments.dedup();
            if before.as_ref() == Some(&wanted) {
                return Ok(deemed.id);
            }
            for entry in before.iter().chain([deemed]) {
                self.years_are_open(what, entry.person, [entry.year])?;
            }
        }
        let row = vec![
            cell(deemed.person.0),
            cell(deemed.year),
            cell(deemed.reason.clone()),
            cell(deemed.subject.as_ref().map(|subject| subject.0.clone())),
            cell(deemed.hours.map(Hours::as_halves)),
            cell(deemed.basis.clone()),
        ];
        let id = self.put(&DEEMED, what, deemed.id.0, row)?;
        attachments::own(self.db(), Owner::Deemed, id, &deemed.attachments)
            .map_err(self.trouble(what))?;
        Ok(DeemedId(id))
    }

    /// # Errors
    /// Its year is confirmed; no such entry.
    pub fn delete_deemed(&mut self, deemed: DeemedId) -> Result<()> {
        let what = "删除视同";
        if let Some(entry) = self.stored_deemed(deemed)? {
            self.years_are_open(what, entry.person, [entry.year])?;
        }
        let found = delete_deemed(self.db(), deemed).map_err(self.trouble(what))?;
        self.must_exist(what, "视同", found)
    }

    /// A slip whose years are the wrong way round is kept and grants nothing, until somebody corrects it.
    ///
    /// # Errors
    /// A year of it is, or was, a confirmed one; no such slip or person.
    pub fn save_slip(&mut self, slip: &PriorSlip) -> Result<SlipId> {
        let what = "保存认定单";
        self.person_must_exist(what, slip.person)?;
        if self.any_locked()? {
            let before = self.stored_slip(slip.id)?;
            let mut wanted = slip.clone();
            wanted.hours.retain(|_, hours| !hours.is_empty());
            wanted.attachments.sort_unstable();
            wanted.attachments.dedup();
            if before.as_ref() == Some(&wanted) {
                return Ok(slip.id);
            }
            for entry in before.iter().chain([slip]) {
                self.years_are_open(what, entry.person, entry.first_year..=entry.last_year)?;
            }
        }
        let row = vec![
            cell(slip.person.0),
            cell(slip.number.clone()),
            cell(slip.issuer.clone()),
            slip.issued.map_or(Value::Null, date_cell),
            cell(slip.first_year),
            cell(slip.last_year),
        ];
        let id = self.put(&SLIP, what, slip.id.0, row)?;
        let hours = slip.hours.iter().flat_map(|(year, subjects)| {
            subjects.iter().map(|(subject, hours)| {
                vec![cell(id), cell(*year), cell(subject.0.clone()), cell(hours.as_halves())]
            })
        });
        let told = self.trouble(what);
        SLIP_HOURS.own(self.db(), "slip", id, hours.collect()).map_err(&told)?;
        attachments::own(self.db(), Owner::Slip, id, &slip.attachments).map_err(&told)?;
        Ok(SlipId(id))
    }

    /// # Errors
    /// A year of it is confirmed; no such slip.
    pub fn delete_slip(&mut self, slip: SlipId) -> Result<()> {
        let what = "删除认定单";
        if let Some(entry) = self.stored_slip(slip)? {
            self.years_are_open(what, entry.person, entry.first_year..=entry.last_year)?;
        }
        let found = delete_slip(self.db(), slip).map_err(self.trouble(what))?;
        self.must_exist(what, "认定单", found)
    }

    fn stored_deemed(&self, id: DeemedId) -> Result<Option<Deemed>> {
        let Some(person) = self.owner(&DEEMED, id.0)? else { return Ok(None) };
        Ok(self.registry.handbook(person)?.deemed.into_iter().find(|entry| entry.id == id))
    }

    fn stored_slip(&self, id: SlipId) -> Result<Option<PriorSlip>> {
        let Some(person) = self.owner(&SLIP, id.0)? else { return Ok(None) };
        Ok(self.registry.handbook(person)?.slips.into_iter().find(|entry| entry.id == id))
    }

    /// Whose row this is.
    fn owner(&self, table: &Table, id: i64) -> Result<Option<PersonId>> {
        self.db()
            .prepare_cached(&format!("SELECT person FROM {} WHERE id = ?1", table.name))
            .and_then(|mut query| query.query_row([id], |row| row.get(0).map(PersonId)).optional())
            .map_err(self.trouble("读取手册"))
    }
}
