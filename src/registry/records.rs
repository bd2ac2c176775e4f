//! Learning records with their sessions, waived slots and files; and the events (班次) they share.

use super::attachments::{self, ATTACHMENT, Owner};
use super::rows::{Cells, Table, cell, date_cell, read_date};
use super::{EventLine, Registry, Tx, vouched};
use crate::failure::{Failure, Result};
use crate::ledger::{Event, EventId, HoursOverride, PersonId, Record, RecordId};
use crate::notice::{Activity, DayPart, FormId, Hours, Mode, Rank, Session, Subject};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const RECORD: Table = Table {
    name: "record",
    columns: &[
        "person",
        "event",
        "form",
        "subject",
        "title",
        "year",
        "organiser",
        "organiser_kind",
        "start_date",
        "end_date",
        "rank",
        "level",
        "source",
        "quantity",
        "passed",
        "certified",
        "minutes",
        "serial",
        "task",
        "assessment",
        "certificate_number",
        "platform",
        "region",
        "mode",
        "filing_number",
        "filing_date",
        "related",
        "proof_kind",
        "in_paper_handbook",
        "confirmed_by",
        "confirmed_at",
        "confirmed_reason",
        "override_hours",
        "override_by",
        "override_at",
        "override_reason",
        "note",
        "origin",
        "origin_stamped",
    ],
};
pub(super) const SESSION: Table =
    Table { name: "session", columns: &["record", "date", "morning", "afternoon", "evening"] };
pub(super) const WAIVER: Table =
    Table { name: "waiver", columns: &["record", "slot", "by", "at", "reason"] };
const EVENT: Table = Table { name: "event", columns: &["name"] };

fn cells(record: &Record) -> Vec<Value> {
    let activity = &record.activity;
    let hours = record.hours_override.as_ref();
    let [confirmed_by, confirmed_at, confirmed_reason] = vouched::cells(record.confirmed.as_ref());
    let [override_by, override_at, override_reason] = vouched::cells(hours.map(|set| &set.vouched));
    vec![
        cell(record.person.0),
        cell(record.event.map(|event| event.0)),
        cell(activity.form.0),
        cell(activity.subject.0.clone()),
        cell(activity.title.clone()),
        cell(activity.year),
        cell(activity.organiser.clone()),
        cell(activity.organiser_kind.clone()),
        date_cell(activity.start),
        activity.end.map_or(Value::Null, date_cell),
        cell(activity.rank.map(rank_word)),
        cell(activity.level.clone()),
        cell(activity.source.clone()),
        cell(activity.quantity),
        cell(activity.passed),
        cell(activity.certified.map(Hours::as_halves)),
        cell(activity.minutes),
        cell(activity.serial.clone()),
        cell(activity.task.clone()),
        cell(activity.assessment.clone()),
        cell(activity.certificate_number.clone()),
        cell(activity.platform.clone()),
        cell(activity.region.clone()),
        cell(activity.mode.map(|mode| mode_word(mode).to_owned())),
        cell(activity.filing_number.clone()),
        activity.filing_date.map_or(Value::Null, date_cell),
        cell(activity.related),
        cell(activity.proof_kind.clone()),
        cell(activity.in_paper_handbook),
        confirmed_by,
        confirmed_at,
        confirmed_reason,
        cell(hours.map(|set| set.hours.as_halves())),
        override_by,
        override_at,
        override_reason,
        cell(record.note.clone()),
        cell(record.origin.clone()),
        cell(record.origin_stamped),
    ]
}

/// Reads a record's own row; sessions, waivers and files are added by whoever read them.
pub(super) fn read(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Record> {
    Ok(Record {
        id: RecordId(cells.next()?),
        person: PersonId(cells.next()?),
        event: cells.next::<Option<i64>>()?.map(EventId),
        event_name: String::new(),
        activity: Activity {
            form: FormId(cells.next()?),
            subject: Subject(cells.next()?),
            title: cells.next()?,
            year: cells.next()?,
            organiser: cells.next()?,
            organiser_kind: cells.next()?,
            start: cells.parse(read_date)?,
            end: cells.maybe(read_date)?,
            sessions: BTreeSet::new(),
            rank: cells.maybe(read_rank)?,
            level: cells.next()?,
            source: cells.next()?,
            quantity: cells.next()?,
            passed: cells.next()?,
            certified: cells.next::<Option<i32>>()?.map(Hours::halves),
            minutes: cells.next()?,
            serial: cells.next()?,
            task: cells.next()?,
            assessment: cells.next()?,
            certificate_number: cells.next()?,
            platform: cells.next()?,
            region: cells.next()?,
            mode: cells.maybe(read_mode)?,
            filing_number: cells.next()?,
            filing_date: cells.maybe(read_date)?,
            related: cells.next()?,
            proof_kind: cells.next()?,
            in_paper_handbook: cells.next()?,
        },
        attachments: Vec::new(),
        event_attachments: Vec::new(),
        confirmed: vouched::read(cells)?,
        waived: BTreeMap::new(),
        hours_override: {
            let hours = cells.next::<Option<i32>>()?.map(Hours::halves);
            let vouched = vouched::read(cells)?;
            hours.zip(vouched).map(|(hours, vouched)| HoursOverride { hours, vouched })
        },
        note: cells.next()?,
        origin: cells.next()?,
        origin_stamped: cells.next()?,
    })
}

fn rank_word(rank: Rank) -> String {
    match rank {
        Rank::Lead => "lead".to_owned(),
        Rank::Member => "member".to_owned(),
        Rank::Sole => "sole".to_owned(),
        Rank::Place(place) => place.to_string(),
    }
}

fn read_rank(word: &str) -> Option<Rank> {
    Some(match word {
        "lead" => Rank::Lead,
        "member" => Rank::Member,
        "sole" => Rank::Sole,
        place => Rank::Place(place.parse().ok()?),
    })
}

fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::FaceToFace => "face-to-face",
        Mode::Online => "online",
    }
}

fn read_mode(word: &str) -> Option<Mode> {
    match word {
        "face-to-face" => Some(Mode::FaceToFace),
        "online" => Some(Mode::Online),
        _ => None,
    }
}

/// One row for each attended date.
fn session_cells(record: i64, sessions: &BTreeSet<Session>) -> Vec<Vec<Value>> {
    let mut days: BTreeMap<_, [bool; 3]> = BTreeMap::new();
    for session in sessions {
        let place = DayPart::ALL.iter().position(|part| *part == session.part);
        if let Some(part) = place.and_then(|n| days.entry(session.date).or_default().get_mut(n)) {
            *part = true;
        }
    }
    days.into_iter()
        .map(|(date, parts)| {
            [cell(record), date_cell(date)].into_iter().chain(parts.map(cell)).collect()
        })
        .collect()
}

/// The sessions of one row, after `id` and `record`.
pub(super) fn read_sessions(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Vec<Session>> {
    let date = cells.parse(read_date)?;
    let mut sessions = Vec::new();
    for part in DayPart::ALL {
        if cells.next()? {
            sessions.push(Session { date, part });
        }
    }
    Ok(sessions)
}

/// Deletes a record with what it owns.
pub(super) fn delete(db: &Connection, record: RecordId) -> rusqlite::Result<bool> {
    for owned in [&SESSION, &WAIVER, &ATTACHMENT] {
        owned.delete(db, "record", record.0)?;
    }
    Ok(RECORD.delete(db, "id", record.0)? > 0)
}

impl Registry {
    /// Every event in name order.
    ///
    /// # Errors
    /// Damage.
    pub fn events(&self) -> Result<Vec<Event>> {
        let read = || {
            let sql = format!(
                "SELECT {} FROM attachment WHERE event IS NOT NULL",
                ATTACHMENT.selection()
            );
            let mut files = attachments::read(&self.db, &sql, Owner::Event, [])?;
            self.db
                .prepare_cached("SELECT id, name FROM event ORDER BY name")?
                .query_map([], |row| {
                    let id: i64 = row.get(0)?;
                    let attachments = files.remove(&id).unwrap_or_default();
                    Ok(Event { id: EventId(id), name: row.get(1)?, attachments })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取班次"))
    }
}

impl Registry {
    /// The 班次 that somebody attended, the latest first.
    ///
    /// # Errors
    /// Damage.
    pub fn event_lines(&self) -> Result<Vec<EventLine>> {
        let read = || {
            self.db
                .prepare_cached(include_str!("sql/event_lines.sql"))?
                .query_map([], |row| {
                    let mut cells = Cells::of(row);
                    Ok(EventLine {
                        id: EventId(cells.next()?),
                        name: cells.next()?,
                        people: cells.next()?,
                        start: cells.parse(read_date)?,
                        files: cells.next()?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取班次"))
    }
}

impl Tx<'_> {
    /// Finds the event of this name or makes it.
    pub fn event(&mut self, name: &str) -> Result<EventId> {
        let what = "登记班次";
        let name = name.trim();
        if name.is_empty() {
            return Err(Failure::refused(what, "班次", "班次名称是空的", "请填写班次名称"));
        }
        let told = self.trouble(what);
        let row = || vec![cell(name.to_owned())];
        match EVENT.find(self.db(), &["name"], row()).map_err(&told)? {
            Some(id) => Ok(EventId(id)),
            None => EVENT.insert(self.db(), row()).map(EventId).map_err(&told),
        }
    }

    /// Name and shared files.
    ///
    /// # Errors
    /// The name is empty or taken; a record of the event lies in a confirmed year.
    pub fn save_event(&mut self, event: &Event) -> Result<EventId> {
        let what = "保存班次";
        let name = event.name.trim();
        if name.is_empty() {
            return Err(Failure::refused(what, "班次", "班次名称是空的", "请填写班次名称"));
        }
        let told = self.trouble(what);
        let row = vec![cell(name.to_owned())];
        let same = EVENT.find(self.db(), &["name"], row.clone()).map_err(&told)?;
        if same.is_some_and(|id| id != event.id.0) {
            return Err(Failure::refused(
                what,
                name,
                "已有同名的班次",
                "请换一个名称，或打开已有的班次",
            ));
        }
        if event.id.0 != 0 {
            let present = self.registry.events()?.into_iter().find(|found| found.id == event.id);
            let mut wanted = event.clone();
            wanted.attachments.sort_unstable();
            wanted.attachments.dedup();
            if present.as_ref() == Some(&wanted) {
                return Ok(event.id);
            }
            self.event_is_open(what, event.id)?;
        }
        let id = self.put(&EVENT, what, event.id.0, row)?;
        attachments::own(self.db(), Owner::Event, id, &event.attachments).map_err(&told)?;
        Ok(EventId(id))
    }

    /// The record's own fields and files (`event_attachments` is ignored: they belong to the event).
    ///
    /// # Errors
    /// It lies, or lay, in a confirmed year; no such record or person.
    pub fn save_record(&mut self, record: &Record) -> Result<RecordId> {
        let what = "保存学习记录";
        if self.any_locked()? {
            let before = match record.id.0 {
                0 => None,
                _ => self.registry.record(record.id)?,
            };
            if before.as_ref().is_some_and(|before| same(before, record)) {
                return Ok(record.id);
            }
            self.record_is_open(what, before.iter().chain([record]))?;
        }
        let told = self.trouble(what);
        self.person_must_exist(what, record.person)?;
        let id = self.put(&RECORD, what, record.id.0, cells(record))?;
        let db = self.db();
        SESSION
            .own(db, "record", id, session_cells(id, &record.activity.sessions))
            .map_err(&told)?;
        let waived = record.waived.iter().map(|(slot, by)| {
            let [by, at, reason] = vouched::cells(Some(by));
            vec![cell(id), cell(slot.0.clone()), by, at, reason]
        });
        WAIVER.own(db, "record", id, waived.collect()).map_err(&told)?;
        attachments::own(db, Owner::Record, id, &record.attachments).map_err(&told)?;
        Ok(RecordId(id))
    }

    /// # Errors
    /// It lies in a confirmed year; no such record.
    pub fn delete_record(&mut self, record: RecordId) -> Result<()> {
        let what = "删除学习记录";
        if self.any_locked()? {
            let before = self.registry.record(record)?;
            self.record_is_open(what, before.iter())?;
        }
        let found = delete(self.db(), record).map_err(self.trouble(what))?;
        self.must_exist(what, "学习记录", found)
    }
}

/// Whether a record says what is stored, apart from what it does not own.
fn same(stored: &Record, record: &Record) -> bool {
    let own = |record: &Record| {
        let mut own = record.clone();
        own.event_name.clear();
        own.event_attachments.clear();
        own.attachments.sort_unstable();
        own.attachments.dedup();
        own
    };
    own(stored) == own(record)
}
