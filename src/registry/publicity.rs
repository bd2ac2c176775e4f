//! Publicity runs (公示) and the packages that were written.

use super::rows::{Cells, Table, cell, date_cell, read_date, read_time, time_cell};
use super::{PackageEntry, Registry, Tx, vouched};
use crate::failure::Result;
use crate::ledger::{Evidence, Objection, PersonId, Publicity, PublicityId, RunFile, RunFileKind};
use rusqlite::Row;
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
    Table { name: "publicity_member", columns: &["publicity", "person", "position", "failed"] };
const OBJECTION: Table = Table {
    name: "publicity_objection",
    columns: &[
        "publicity",
        "position",
        "text",
        "about",
        "settled_by",
        "settled_at",
        "settled_reason",
    ],
};
const FILE: Table = Table {
    name: "publicity_file",
    columns: &["publicity", "kind", "sha256", "size", "name", "extension"],
};
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

fn read_objection(row: &Row<'_>) -> rusqlite::Result<Objection> {
    let mut cells = Cells::of(row);
    let _: (i64, i64, i64) = (cells.next()?, cells.next()?, cells.next()?);
    Ok(Objection {
        text: cells.next()?,
        about: cells.next::<Option<i64>>()?.map(PersonId),
        settled: vouched::read(&mut cells)?,
    })
}

fn kind_word(kind: RunFileKind) -> &'static str {
    match kind {
        RunFileKind::Photo => "photo",
        RunFileKind::Result => "result",
    }
}

fn read_file(row: &Row<'_>) -> rusqlite::Result<RunFile> {
    let mut cells = Cells::of(row);
    let _: (i64, i64) = (cells.next()?, cells.next()?);
    let known = |word: &str| RunFileKind::ALL.into_iter().find(|kind| kind_word(*kind) == word);
    Ok(RunFile {
        kind: cells.parse(known)?,
        evidence: Evidence {
            sha256: cells.next()?,
            size: cells.next::<i64>()?.unsigned_abs(),
            name: cells.next()?,
            extension: cells.next()?,
        },
    })
}

fn file_cells(run: i64, file: &RunFile) -> Vec<Value> {
    let evidence = &file.evidence;
    vec![
        cell(run),
        cell(kind_word(file.kind).to_owned()),
        cell(evidence.sha256.clone()),
        cell(i64::try_from(evidence.size).unwrap_or(i64::MAX)),
        cell(evidence.name.clone()),
        cell(evidence.extension.clone()),
    ]
}

impl Registry {
    /// The publicity runs of a campaign, in the order in which they were opened.
    ///
    /// # Errors
    /// Damage.
    pub fn publicity(&self, campaign: i32) -> Result<Vec<Publicity>> {
        let list = |table: &Table, order: &str| {
            let (name, columns) = (table.name, table.selection());
            format!("SELECT {columns} FROM {name} WHERE publicity = ?1 ORDER BY {order}")
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
                        ..Publicity::default()
                    })
                })?
                .collect::<Result<_, _>>()?;
            for run in &mut runs {
                let members: Vec<(PersonId, Option<String>)> = db
                    .prepare_cached(&list(&MEMBER, "position"))?
                    .query_map([run.id.0], |row| Ok((PersonId(row.get(2)?), row.get(4)?)))?
                    .collect::<Result<_, _>>()?;
                run.members = members.iter().map(|(person, _)| *person).collect();
                run.failed =
                    members.into_iter().filter_map(|(person, why)| Some((person, why?))).collect();
                run.objections = db
                    .prepare_cached(&list(&OBJECTION, "position"))?
                    .query_map([run.id.0], read_objection)?
                    .collect::<Result<_, _>>()?;
                run.files = db
                    .prepare_cached(&list(&FILE, "kind, name, id"))?
                    .query_map([run.id.0], read_file)?
                    .collect::<Result<_, _>>()?;
                run.files.sort();
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
        let members = members.map(|(n, person)| {
            let failed = publicity.failed.get(person).cloned();
            vec![cell(id), cell(person.0), place(n), cell(failed)]
        });
        let objections = publicity.objections.iter().enumerate();
        let objections = objections.map(|(n, objection)| {
            let said = [
                cell(id),
                place(n),
                cell(objection.text.clone()),
                cell(objection.about.map(|person| person.0)),
            ];
            said.into_iter().chain(vouched::cells(objection.settled.as_ref())).collect()
        });
        let files = publicity.files.iter().map(|file| file_cells(id, file));
        let told = self.trouble(what);
        MEMBER.own(self.db(), "publicity", id, members.collect()).map_err(&told)?;
        OBJECTION.own(self.db(), "publicity", id, objections.collect()).map_err(&told)?;
        FILE.own(self.db(), "publicity", id, files.collect()).map_err(&told)?;
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
