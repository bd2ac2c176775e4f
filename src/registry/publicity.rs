//! Publicity runs (公示) and the packages that were written.

use super::rows::{Cells, Table, cell, date_cell, read_date, read_time, time_cell};
use super::{PackageEntry, Registry, Tx};
use crate::failure::Result;
use crate::ledger::{PersonId, Publicity, PublicityId};
use rusqlite::types::Value;

const PUBLICITY: Table = Table {
    name: "publicity",
    columns: &[
        "campaign",
        "level_group",
        "posted",
        "place",
        "days",
        "close_strict",
        "close_inclusive",
        "closed",
    ],
};
pub(super) const MEMBER: Table =
    Table { name: "publicity_member", columns: &["publicity", "person", "position"] };
const OBJECTION: Table =
    Table { name: "publicity_objection", columns: &["publicity", "position", "text"] };
const PACKAGE: Table = Table {
    name: "package",
    columns: &[
        "package",
        "campaign",
        "level_group",
        "path",
        "people",
        "draft",
        "manifest_sha256",
        "at",
    ],
};

fn place(position: usize) -> Value {
    cell(i64::try_from(position).unwrap_or(i64::MAX))
}

impl Registry {
    /// The publicity runs of a campaign, in the order in which they were opened.
    ///
    /// # Errors
    /// Damage.
    pub fn publicity(&self, campaign: i32) -> Result<Vec<Publicity>> {
        let list = |table: &str, column: &str| {
            format!("SELECT {column} FROM {table} WHERE publicity = ?1 ORDER BY position")
        };
        let read = || {
            let db = &self.db;
            let mut runs: Vec<Publicity> = db
                .prepare_cached(&format!(
                    "SELECT {} FROM publicity WHERE campaign = ?1 ORDER BY id",
                    PUBLICITY.selection()
                ))?
                .query_map([campaign], |row| {
                    let mut cells = Cells::of(row);
                    Ok(Publicity {
                        id: PublicityId(cells.next()?),
                        campaign: cells.next()?,
                        level_group: cells.next()?,
                        posted: cells.parse(read_date)?,
                        place: cells.next()?,
                        days: cells.next()?,
                        close_strict: cells.parse(read_date)?,
                        close_inclusive: cells.parse(read_date)?,
                        closed: cells.maybe(read_date)?,
                        objections: Vec::new(),
                        members: Vec::new(),
                    })
                })?
                .collect::<Result<_, _>>()?;
            for run in &mut runs {
                run.members = db
                    .prepare_cached(&list("publicity_member", "person"))?
                    .query_map([run.id.0], |row| row.get(0).map(PersonId))?
                    .collect::<Result<_, _>>()?;
                run.objections = db
                    .prepare_cached(&list("publicity_objection", "text"))?
                    .query_map([run.id.0], |row| row.get(0))?
                    .collect::<Result<_, _>>()?;
            }
            Ok(runs)
        };
        read().map_err(self.trouble("读取公示"))
    }

    /// The packages that were written, oldest first.
    ///
    /// # Errors
    /// Damage.
    pub fn packages(&self) -> Result<Vec<PackageEntry>> {
        let read = || {
            self.db
                .prepare_cached(&format!(
                    "SELECT {} FROM package ORDER BY id",
                    PACKAGE.selection()
                ))?
                .query_map([], |row| {
                    let mut cells = Cells::of(row);
                    cells.next::<i64>()?;
                    Ok(PackageEntry {
                        id: cells.next()?,
                        campaign: cells.next()?,
                        level_group: cells.next()?,
                        path: cells.next()?,
                        people: cells.next()?,
                        draft: cells.next()?,
                        manifest_sha256: cells.next()?,
                        at: cells.parse(read_time)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取报送记录"))
    }
}

impl Tx<'_> {
    /// The run with its members and objections, in their order.
    ///
    /// # Errors
    /// No such run; a member is not in the registry.
    pub fn save_publicity(&mut self, publicity: &Publicity) -> Result<PublicityId> {
        let what = "保存公示";
        for member in &publicity.members {
            self.person_must_exist(what, *member)?;
        }
        let row = vec![
            cell(publicity.campaign),
            cell(publicity.level_group.clone()),
            date_cell(publicity.posted),
            cell(publicity.place.clone()),
            cell(publicity.days),
            date_cell(publicity.close_strict),
            date_cell(publicity.close_inclusive),
            publicity.closed.map_or(Value::Null, date_cell),
        ];
        let id = self.put(&PUBLICITY, what, publicity.id.0, row)?;
        let members = publicity.members.iter().enumerate();
        let members = members.map(|(n, person)| vec![cell(id), cell(person.0), place(n)]);
        let objections = publicity.objections.iter().enumerate();
        let objections = objections.map(|(n, text)| vec![cell(id), place(n), cell(text.clone())]);
        let told = self.trouble(what);
        MEMBER.own(self.db(), "publicity", id, members.collect()).map_err(&told)?;
        OBJECTION.own(self.db(), "publicity", id, objections.collect()).map_err(&told)?;
        Ok(PublicityId(id))
    }

    /// The one entry of this package id.
    pub fn save_package(&mut self, package: &PackageEntry) -> Result<()> {
        let what = "记录报送包";
        let row = vec![
            cell(package.id.clone()),
            cell(package.campaign),
            cell(package.level_group.clone()),
            cell(package.path.clone()),
            cell(package.people),
            cell(package.draft),
            cell(package.manifest_sha256.clone()),
            time_cell(package.at),
        ];
        let present = PACKAGE
            .find(self.db(), &["package"], vec![cell(package.id.clone())])
            .map_err(self.trouble(what))?;
        self.put(&PACKAGE, what, present.unwrap_or(0), row).map(drop)
    }
}
