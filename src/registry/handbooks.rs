//! Handbooks put together from their rows, in a handful of queries however many people there are.

use super::Registry;
use super::applicants::{self, APPLICANT};
use super::attachments::{self, ATTACHMENT, Owner};
use super::career::{self, POST_CHANGE};
use super::discharges::{self, DISCHARGE};
use super::grants::{self, DEEMED, SLIP, SLIP_HOURS};
use super::people::{PERSON, read_person};
use super::records::{self, RECORD, SESSION, WAIVER};
use super::reviews::{self, OVERRIDE, REVIEW};
use super::rows::{Cells, Table};
use super::vouched;
use crate::failure::{Failure, Result};
use crate::ledger::{Attachment, EventId, Handbook, PersonId, Record, RecordId};
use crate::notice::{Hours, SlotId, Subject};
use rusqlite::Connection;
use std::collections::{BTreeMap, HashMap};

/// Which rows are read: those whose `column` lies between two ids, both included.
#[derive(Clone, Copy)]
struct Scope {
    column: &'static str,
    range: (i64, i64),
}

const EVERYBODY: Scope = Scope { column: "person", range: (i64::MIN, i64::MAX) };

impl Scope {
    fn person(person: i64) -> Self {
        Self { column: "person", range: (person, person) }
    }

    fn record(record: i64) -> Self {
        Self { column: "id", range: (record, record) }
    }

    /// Of records only.
    fn event(event: i64) -> Self {
        Self { column: "event", range: (event, event) }
    }

    /// The condition on `table`.
    fn on(self, table: &str) -> String {
        format!("{table}.{} BETWEEN ?1 AND ?2", self.column)
    }
}

impl Registry {
    /// # Errors
    /// No such person; damage.
    pub fn handbook(&self, person: PersonId) -> Result<Handbook> {
        let what = "读取手册";
        let found = read(&self.db, Scope::person(person.0)).map_err(self.trouble(what))?;
        found.into_iter().next().ok_or_else(|| self.nobody(what))
    }

    /// A person who is asked for by an id that nobody has (any more).
    pub(super) fn nobody(&self, what: &str) -> Failure {
        Failure::refused(
            what,
            self.dir.display().to_string(),
            "登记库里没有这个人",
            "它可能刚被删除或撤销，请刷新后再试",
        )
    }

    /// One record with everything it has, or nothing.
    ///
    /// # Errors
    /// Damage.
    pub fn record(&self, record: RecordId) -> Result<Option<Record>> {
        let found = records(&self.db, Scope::record(record.0));
        let found = found.map_err(self.trouble("读取学习记录"))?;
        Ok(found.into_values().flatten().next())
    }

    /// The records of a 班次, in person-id order.
    ///
    /// # Errors
    /// Damage.
    pub fn event_records(&self, event: EventId) -> Result<Vec<Record>> {
        let found = records(&self.db, Scope::event(event.0));
        let found = found.map_err(self.trouble("读取班次"))?;
        let mut all: Vec<Record> = found.into_values().flatten().collect();
        all.sort_by_key(|record| (record.person, record.id));
        Ok(all)
    }

    /// All handbooks in person-id order, read in a handful of queries.
    ///
    /// # Errors
    /// Damage.
    pub fn handbooks(&self) -> Result<Vec<Handbook>> {
        read(&self.db, EVERYBODY).map_err(self.trouble("读取手册"))
    }

    /// The handbooks of one campaign's applicants, in person-id order.
    ///
    /// # Errors
    /// Damage.
    pub fn applicant_handbooks(&self, campaign: i32) -> Result<Vec<Handbook>> {
        /// Above this many, reading everybody is quicker than asking for each.
        const MANY: usize = 500;
        let people = || -> rusqlite::Result<Vec<i64>> {
            self.db
                .prepare_cached(
                    "SELECT DISTINCT person FROM applicant WHERE campaign = ?1 ORDER BY person",
                )?
                .query_map([campaign], |row| row.get(0))?
                .collect()
        };
        let handbooks = || {
            let people = people()?;
            if people.len() > MANY {
                let mut all = read(&self.db, EVERYBODY)?;
                all.retain(|handbook| people.binary_search(&handbook.person.id.0).is_ok());
                return Ok(all);
            }
            let mut some = Vec::with_capacity(people.len());
            for person in people {
                some.extend(read(&self.db, Scope::person(person))?);
            }
            Ok(some)
        };
        handbooks().map_err(self.trouble("读取参评人员"))
    }
}

fn read(db: &Connection, scope: Scope) -> rusqlite::Result<Vec<Handbook>> {
    let sql =
        format!("SELECT {} FROM person WHERE id BETWEEN ?1 AND ?2 ORDER BY id", PERSON.selection());
    let mut handbooks: Vec<Handbook> = db
        .prepare_cached(&sql)?
        .query_map(scope.range, |row| read_person(&mut Cells::of(row)).map(Handbook::blank))?
        .collect::<Result<_, _>>()?;
    let mut lines = Lines::read(db, scope)?;
    for handbook in &mut handbooks {
        let id = handbook.person.id;
        handbook.records = lines.records.remove(&id).unwrap_or_default();
        handbook.deemed = lines.deemed.remove(&id).unwrap_or_default();
        handbook.slips = lines.slips.remove(&id).unwrap_or_default();
        handbook.reviews = lines.reviews.remove(&id).unwrap_or_default();
        handbook.overrides = lines.overrides.remove(&id).unwrap_or_default();
        handbook.applications = lines.applications.remove(&id).unwrap_or_default();
        handbook.discharges = lines.discharges.remove(&id).unwrap_or_default();
        handbook.changes = lines.changes.remove(&id).unwrap_or_default();
    }
    Ok(handbooks)
}

type ByPerson<T> = HashMap<PersonId, Vec<T>>;

/// What handbooks hold, by person.
struct Lines {
    records: ByPerson<Record>,
    deemed: ByPerson<crate::ledger::Deemed>,
    slips: ByPerson<crate::ledger::PriorSlip>,
    reviews: ByPerson<crate::ledger::YearReview>,
    overrides: ByPerson<crate::ledger::FindingOverride>,
    applications: ByPerson<crate::ledger::Applicant>,
    discharges: ByPerson<crate::ledger::Discharge>,
    changes: ByPerson<crate::ledger::PostChange>,
}

impl Lines {
    fn read(db: &Connection, scope: Scope) -> rusqlite::Result<Self> {
        let mut deemed_files = owned_files(db, scope, Owner::Deemed)?;
        let mut slip_files = owned_files(db, scope, Owner::Slip)?;
        let mut met_with = owned_files(db, scope, Owner::Discharge)?;
        let mut hours = slip_hours(db, scope)?;
        Ok(Self {
            records: records(db, scope)?,
            deemed: by_person(db, scope, &DEEMED, "year, id", grants::read_deemed, |deemed| {
                deemed.attachments = deemed_files.remove(&deemed.id.0).unwrap_or_default();
                deemed.person
            })?,
            slips: by_person(db, scope, &SLIP, "first_year, id", grants::read_slip, |slip| {
                slip.hours = hours.remove(&slip.id.0).unwrap_or_default();
                slip.attachments = slip_files.remove(&slip.id.0).unwrap_or_default();
                slip.person
            })?,
            reviews: by_person(db, scope, &REVIEW, "year", reviews::read_review, |it| it.person)?,
            overrides: by_person(
                db,
                scope,
                &OVERRIDE,
                "year, code",
                reviews::read_override,
                |it| it.person,
            )?,
            applications: by_person(
                db,
                scope,
                &APPLICANT,
                "campaign, id",
                applicants::read,
                |it| it.person,
            )?,
            discharges: by_person(
                db,
                scope,
                &DISCHARGE,
                "campaign, year",
                discharges::read,
                |discharge| {
                    discharge.attachments = met_with.remove(&discharge.id.0).unwrap_or_default();
                    discharge.person
                },
            )?,
            changes: by_person(db, scope, &POST_CHANGE, "date, id", career::read, |it| it.person)?,
        })
    }
}

/// A table's rows of these people; `finish` completes each and says whose it is.
fn by_person<T>(
    db: &Connection,
    scope: Scope,
    table: &Table,
    order: &str,
    read: impl Fn(&mut Cells<'_, '_>) -> rusqlite::Result<T>,
    mut finish: impl FnMut(&mut T) -> PersonId,
) -> rusqlite::Result<ByPerson<T>> {
    let mut of: ByPerson<T> = HashMap::new();
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM {} WHERE {} ORDER BY person, {order}",
        table.selection(),
        table.name,
        scope.on(table.name)
    ))?;
    let mut rows = statement.query(scope.range)?;
    while let Some(row) = rows.next()? {
        let mut it = read(&mut Cells::of(row))?;
        of.entry(finish(&mut it)).or_default().push(it);
    }
    Ok(of)
}

fn records(db: &Connection, scope: Scope) -> rusqlite::Result<ByPerson<Record>> {
    let mut files = owned_files(db, scope, Owner::Record)?;
    let shared = shared_files(db, scope)?;
    let names = event_names(db, scope)?;
    let mut sessions = HashMap::<i64, Vec<_>>::new();
    children(db, scope, &SESSION, "record", |owner, cells| {
        sessions.entry(owner).or_default().extend(records::read_sessions(cells)?);
        Ok(())
    })?;
    let mut waived = HashMap::<i64, BTreeMap<_, _>>::new();
    children(db, scope, &WAIVER, "record", |owner, cells| {
        let slot = SlotId(cells.next()?);
        waived.entry(owner).or_default().insert(slot, vouched::read_required(cells)?);
        Ok(())
    })?;
    by_person(db, scope, &RECORD, "start_date, id", records::read, |record| {
        let id = record.id.0;
        record.activity.sessions = sessions.remove(&id).unwrap_or_default().into_iter().collect();
        record.waived = waived.remove(&id).unwrap_or_default();
        record.attachments = files.remove(&id).unwrap_or_default();
        if let Some(event) = record.event {
            record.event_name = names.get(&event.0).cloned().unwrap_or_default();
            record.event_attachments = shared.get(&event.0).cloned().unwrap_or_default();
        }
        record.person
    })
}

/// The rows of a child table whose owners belong to these people.
fn children(
    db: &Connection,
    scope: Scope,
    table: &Table,
    owner: &str,
    mut take: impl FnMut(i64, &mut Cells<'_, '_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let name = table.name;
    let mut statement = db.prepare_cached(&format!(
        "SELECT {} FROM {owner} JOIN {name} ON {name}.{owner} = {owner}.id
         WHERE {}",
        table.selection(),
        scope.on(owner)
    ))?;
    let mut rows = statement.query(scope.range)?;
    while let Some(row) = rows.next()? {
        let mut cells = Cells::of(row);
        cells.next::<i64>()?;
        let owner = cells.next()?;
        take(owner, &mut cells)?;
    }
    Ok(())
}

fn owned_files(
    db: &Connection,
    scope: Scope,
    owner: Owner,
) -> rusqlite::Result<HashMap<i64, Vec<Attachment>>> {
    let column = owner.column();
    let sql = format!(
        "SELECT {} FROM {column} JOIN attachment ON attachment.{column} = {column}.id
         WHERE {}",
        ATTACHMENT.selection(),
        scope.on(column)
    );
    attachments::read(db, &sql, owner, scope.range)
}

/// Files of the events that these people attended.
fn shared_files(db: &Connection, scope: Scope) -> rusqlite::Result<HashMap<i64, Vec<Attachment>>> {
    let sql = format!(
        "SELECT {} FROM attachment WHERE event IN
         (SELECT event FROM record WHERE {} AND event IS NOT NULL)",
        ATTACHMENT.selection(),
        scope.on("record")
    );
    attachments::read(db, &sql, Owner::Event, scope.range)
}

fn event_names(db: &Connection, scope: Scope) -> rusqlite::Result<HashMap<i64, String>> {
    db.prepare_cached(&format!(
        "SELECT id, name FROM event WHERE id IN
         (SELECT event FROM record WHERE {} AND event IS NOT NULL)",
        scope.on("record")
    ))?
    .query_map(scope.range, |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}

/// The hours written on slips, by slip, year and subject.
type SlipHours = HashMap<i64, BTreeMap<i32, BTreeMap<Subject, Hours>>>;

fn slip_hours(db: &Connection, scope: Scope) -> rusqlite::Result<SlipHours> {
    let mut of = SlipHours::new();
    children(db, scope, &SLIP_HOURS, "slip", |owner, cells| {
        let (year, subject) = (cells.next()?, Subject(cells.next()?));
        let hours = Hours::halves(cells.next()?);
        of.entry(owner).or_default().entry(year).or_default().insert(subject, hours);
        Ok(())
    })?;
    Ok(of)
}
