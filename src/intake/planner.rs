//! Drafts held against the registry: what is new, what changes, what stays, which rows cannot be.
//!
//! A record is the person + 科目 + 形式 + 内容 + 开始日期 + 证书编号; blank cells keep what is there. Rows of one file
//! with the same key are one record: a later cell goes before an earlier one, and their 时段 are a union.

use super::attach::{Hashes, join, shared};
use super::drafts::{
    ApplicantDraft, DeemedDraft, Drafts, Origin, PersonDraft, RecordDraft, SlipDraft,
};
use super::lay::{set, set_if};
use super::plan::{Plan, Planned, PlannedPerson};
use super::{BadCell, confirmed, text};
use crate::ledger::{
    Applicant, ApplicantId, Attachment, Deemed, DeemedId, Event, EventId, Handbook, IdNumber,
    Person, PriorSlip, Record, ReviewState, SlipId,
};
use crate::notice::{FormId, Notice, SlotId, Subject};
use crate::registry::record_years;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

type RecordKey = (usize, Subject, FormId, String, NaiveDate, String);

fn record_key(person: usize, record: &crate::notice::Activity) -> RecordKey {
    (
        person,
        record.subject.clone(),
        record.form,
        text::fold(&record.title),
        record.start,
        text::fold(record.certificate_number.as_deref().unwrap_or_default()),
    )
}

/// Holds drafts against what is stored.
pub fn plan(
    notice: &Notice,
    handbooks: &[Handbook],
    events: Vec<Event>,
    drafts: Drafts,
    hashes: &Hashes,
) -> Plan {
    let mut planner = Planner {
        notice,
        handbooks,
        by_id: handbooks
            .iter()
            .enumerate()
            .map(|(at, handbook)| (handbook.person.id_number.clone(), at))
            .collect(),
        places: HashMap::new(),
        bad_people: drafts.bad_people,
        plan: Plan { bad: drafts.bad, notes: drafts.notes, ..Plan::default() },
    };
    for draft in drafts.people {
        planner.person(draft);
    }
    planner.records(drafts.records, events, hashes);
    planner.deemed(drafts.deemed, hashes);
    planner.slips(drafts.slips, hashes);
    planner.applicants(drafts.applicants);
    let mut plan = planner.plan;
    confirmed::refuse(notice, &mut plan);
    plan.unchanged = plan.count_unchanged();
    plan.say_merged();
    plan
}

struct Planner<'a> {
    notice: &'a Notice,
    handbooks: &'a [Handbook],
    by_id: HashMap<IdNumber, usize>,
    /// Where a person stands in the plan.
    places: HashMap<IdNumber, usize>,
    bad_people: BTreeMap<IdNumber, u32>,
    plan: Plan,
}

impl Planner<'_> {
    /// The person's place in the plan, if stored or in 人员.
    fn place(&mut self, id: &IdNumber) -> Option<usize> {
        if let Some(place) = self.places.get(id) {
            return Some(*place);
        }
        let at = *self.by_id.get(id)?;
        let stored = &self.handbooks[at];
        let confirmed = stored
            .reviews
            .iter()
            .filter(|review| review.state == ReviewState::DepartmentConfirmed)
            .map(|review| review.year);
        self.plan.people.push(PlannedPerson {
            before: Some(stored.person.clone()),
            after: stored.person.clone(),
            row: None,
            locked: confirmed.collect(),
            handbook: Some(at),
        });
        let place = self.plan.people.len() - 1;
        self.places.insert(id.clone(), place);
        Some(place)
    }

    /// As [`Self::place`]; an unknown person makes the row bad.
    fn known(&mut self, id: &IdNumber, origin: &Origin) -> Option<usize> {
        let place = self.place(id);
        if place.is_none() {
            let message = match self.bad_people.get(id) {
                Some(row) => format!("这个人在「人员」第 {row} 行有错，还没有导入；请先改好那一行"),
                None => "登记库和「人员」表里都没有这个身份证号；请核对，或先在「人员」表里加上"
                    .to_owned(),
            };
            self.plan.bad.push(BadCell {
                sheet: origin.sheet.clone(),
                row: origin.row,
                column: "身份证号".to_owned(),
                value: origin.id_typed.clone(),
                message,
            });
        }
        place
    }

    fn handbook(&self, place: usize) -> Option<&Handbook> {
        self.plan.people[place].handbook.map(|at| &self.handbooks[at])
    }

    fn person(&mut self, draft: PersonDraft) {
        let (row, sheet) = (draft.origin.row, draft.origin.sheet.clone());
        let id = draft.id_number.clone();
        let place = self.place(&id).unwrap_or_else(|| {
            self.plan.people.push(PlannedPerson {
                before: None,
                after: Person::new(draft.name.clone(), id.clone()),
                row: None,
                locked: BTreeSet::new(),
                handbook: None,
            });
            let place = self.plan.people.len() - 1;
            self.places.insert(id.clone(), place);
            place
        });
        let person = &mut self.plan.people[place];
        match person.row {
            None => {
                person.row = Some(row);
                if let Some(before) = person.before.as_ref().filter(|it| it.name != draft.name) {
                    self.plan.notes.push(format!(
                        "「{sheet}」第 {row} 行：这个身份证号原来登记的姓名是「{}」，按表改为「{}」，请核对",
                        before.name, draft.name
                    ));
                }
            }
            Some(first) => {
                let mut note = format!("「{sheet}」第 {row} 行与第 {first} 行身份证号相同，已合并");
                if person.after.name != draft.name {
                    note.push_str(&format!("；两行姓名不同，按第 {row} 行，请核对"));
                }
                self.plan.notes.push(note);
            }
        }
        draft.lay_over(&mut person.after);
    }

    fn records(&mut self, drafts: Vec<RecordDraft>, events: Vec<Event>, hashes: &Hashes) {
        let mut stored_events: HashMap<String, Event> =
            events.into_iter().map(|event| (text::fold(&event.name), event)).collect();
        let mut rows: Vec<(usize, RecordDraft, Vec<Attachment>)> = Vec::new();
        let mut other_names = 0_u32;
        for draft in drafts {
            if let Some(place) = self.known(&draft.id_number, &draft.origin) {
                let differs = |name: &String| *name != self.plan.people[place].after.name;
                other_names += u32::from(draft.name.as_ref().is_some_and(differs));
                let files = hashes.attachments(&draft.files);
                rows.push((place, draft, files));
            }
        }
        if other_names > 0 {
            self.plan.notes.push(format!(
                "学习记录里有 {other_names} 行的姓名与名册不同，按身份证号登记；请核对"
            ));
        }
        self.share(&mut rows, &mut stored_events);
        let mut stored: HashMap<RecordKey, &Record> = HashMap::new();
        let places: BTreeSet<usize> = rows.iter().map(|(place, ..)| *place).collect();
        for place in places {
            if let Some(at) = self.plan.people[place].handbook {
                for record in &self.handbooks[at].records {
                    // Of records that were entered twice the first is meant.
                    stored.entry(record_key(place, &record.activity)).or_insert(record);
                }
            }
        }
        let mut planned: HashMap<RecordKey, usize> = HashMap::new();
        let mut with_sessions: HashSet<usize> = HashSet::new();
        for (place, draft, files) in rows {
            let key = record_key(place, &draft.activity);
            let (at, first) = match planned.get(&key) {
                Some(at) => (*at, false),
                None => {
                    let before = stored.get(&key).map(|record| (*record).clone());
                    let after = before.clone().unwrap_or_else(|| {
                        let person = self.plan.people[place].after.id;
                        let mut activity = crate::notice::Activity::new(
                            draft.activity.form,
                            draft.activity.subject.clone(),
                            draft.activity.title.clone(),
                            draft.activity.start,
                        );
                        activity.certificate_number.clone_from(&draft.activity.certificate_number);
                        Record::new(person, activity)
                    });
                    let origin = draft.origin.clone();
                    self.plan.records.push(Planned {
                        before,
                        after,
                        person: place,
                        origin,
                        repeated: 0,
                        merged: Vec::new(),
                    });
                    planned.insert(key, self.plan.records.len() - 1);
                    (self.plan.records.len() - 1, true)
                }
            };
            let was = (!first).then(|| self.plan.records[at].after.clone());
            let union = with_sessions.contains(&at);
            let sessions = !draft.activity.sessions.is_empty();
            let entry = &mut self.plan.records[at];
            draft.lay_over(&mut entry.after, union);
            if sessions {
                with_sessions.insert(at);
            }
            let event =
                draft.event.as_ref().and_then(|name| self.plan.events.get(&text::fold(name)));
            if let Some((before, after)) = event {
                entry.after.event_name.clone_from(&after.name);
                entry.after.event = Some(before.as_ref().map_or(EventId(0), |event| event.id));
                entry.after.event_attachments.clone_from(&after.attachments);
            }
            let Record { attachments, event_attachments, .. } = &mut entry.after;
            join(attachments, event_attachments, &files);
            if was.is_some_and(|was| was == entry.after) {
                entry.repeated += 1;
            } else if !first {
                entry.merged.push(draft.origin.row);
            }
        }
        // What a 班次 came to share meanwhile belongs to every record of it.
        for entry in &mut self.plan.records {
            if let (Some(before), Some((_, event))) =
                (&mut entry.before, self.plan.events.get(&text::fold(&entry.after.event_name)))
                && before.event_name == entry.after.event_name
            {
                before.event_attachments.clone_from(&event.attachments);
                entry.after.event_attachments.clone_from(&event.attachments);
            }
        }
    }

    /// Makes the 班次 of the rows, and moves to them the files that their rows share.
    fn share(
        &mut self,
        rows: &mut [(usize, RecordDraft, Vec<Attachment>)],
        stored: &mut HashMap<String, Event>,
    ) {
        let mut of: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
        for (at, (_, draft, _)) in rows.iter().enumerate() {
            if let Some(name) = &draft.event {
                of.entry(text::fold(name)).or_insert((name.clone(), Vec::new())).1.push(at);
            }
        }
        for (fold, (name, members)) in of {
            let before = stored.remove(&fold);
            let mut after = before.clone().unwrap_or_else(|| Event {
                id: EventId(0),
                name,
                attachments: Vec::new(),
            });
            let locked = before.as_ref().is_some_and(|event| self.has_locked_records(event.id));
            let files: Vec<&[Attachment]> =
                members.iter().map(|at| rows[*at].2.as_slice()).collect();
            let personal = |id: &SlotId| self.notice.slot(id).is_some_and(|slot| slot.personal);
            let common = if locked { Vec::new() } else { shared(&files, personal) };
            join(&mut after.attachments, &[], &common);
            for at in members {
                rows[at].2.retain(|file| !common.contains(file));
            }
            self.plan.events.insert(fold, (before, after));
        }
    }

    /// Whether a confirmed year rests on an event's files.
    fn has_locked_records(&self, event: EventId) -> bool {
        self.handbooks.iter().any(|handbook| {
            handbook.reviews.iter().any(|review| {
                review.state == ReviewState::DepartmentConfirmed
                    && handbook.records.iter().any(|record| {
                        record.event == Some(event)
                            && record_years(self.notice, record).contains(&review.year)
                    })
            })
        })
    }

    fn deemed(&mut self, drafts: Vec<DeemedDraft>, hashes: &Hashes) {
        for draft in drafts {
            let Some(place) = self.known(&draft.id_number, &draft.origin) else { continue };
            let subject = draft.subject.clone().flatten();
            let same = |entry: &Deemed| {
                entry.year == draft.year
                    && text::fold(&entry.reason) == text::fold(&draft.reason)
                    && entry.subject == subject
            };
            let before = self
                .handbook(place)
                .and_then(|handbook| handbook.deemed.iter().find(|entry| same(entry)))
                .cloned();
            let person = self.plan.people[place].after.id;
            let fresh = || Deemed {
                id: DeemedId(0),
                person,
                year: draft.year,
                reason: draft.reason.clone(),
                subject: subject.clone(),
                hours: None,
                basis: String::new(),
                attachments: Vec::new(),
            };
            lay(&mut self.plan.deemed, place, &draft.origin, same, before, fresh, |entry| {
                set_if(&mut entry.hours, draft.hours);
                set(&mut entry.basis, draft.basis.clone());
                join(&mut entry.attachments, &[], &hashes.attachments(&draft.files));
            });
        }
    }

    fn slips(&mut self, drafts: Vec<SlipDraft>, hashes: &Hashes) {
        for draft in drafts {
            let Some(place) = self.known(&draft.id_number, &draft.origin) else { continue };
            let same = |entry: &PriorSlip| text::fold(&entry.number) == text::fold(&draft.number);
            let before = self
                .handbook(place)
                .and_then(|handbook| handbook.slips.iter().find(|entry| same(entry)))
                .cloned();
            let person = self.plan.people[place].after.id;
            let fresh = || PriorSlip {
                id: SlipId(0),
                person,
                number: draft.number.clone(),
                issuer: String::new(),
                issued: None,
                first_year: draft.first_year,
                last_year: draft.last_year,
                hours: BTreeMap::new(),
                attachments: Vec::new(),
            };
            lay(&mut self.plan.slips, place, &draft.origin, same, before, fresh, |entry| {
                set(&mut entry.issuer, draft.issuer.clone());
                set_if(&mut entry.issued, draft.issued);
                entry.first_year = draft.first_year;
                entry.last_year = draft.last_year;
                set(&mut entry.hours, draft.hours.clone());
                join(&mut entry.attachments, &[], &hashes.attachments(&draft.files));
            });
        }
    }

    fn applicants(&mut self, drafts: Vec<ApplicantDraft>) {
        for draft in drafts {
            let Some(place) = self.known(&draft.id_number, &draft.origin) else { continue };
            let same = |entry: &Applicant| entry.campaign == draft.campaign;
            let before = self
                .handbook(place)
                .and_then(|handbook| handbook.applications.iter().find(|entry| same(entry)))
                .cloned();
            let planned =
                self.plan.applicants.iter().find(|it| it.person == place && same(&it.after));
            if let Some(standing) = planned.map(|it| &it.after).or(before.as_ref()) {
                let name = &self.plan.people[place].after.name;
                self.plan.notes.extend(differing(standing, &draft, name));
            }
            let person = self.plan.people[place].after.id;
            let fresh = || Applicant {
                id: ApplicantId(0),
                person,
                campaign: draft.campaign,
                level: String::new(),
                series: String::new(),
                speciality: String::new(),
                start_override: None,
                note: String::new(),
                review: None,
                withdrawn: None,
                department: None,
                sent: None,
                issued: None,
            };
            lay(&mut self.plan.applicants, place, &draft.origin, same, before, fresh, |entry| {
                entry.level.clone_from(&draft.level);
                entry.speciality.clone_from(&draft.speciality);
                set(&mut entry.series, draft.series.clone());
                set_if(&mut entry.start_override, draft.start_override);
                set(&mut entry.note, draft.note.clone());
            });
        }
    }
}

/// What a clerk should look at where somebody applies already: one campaign knows a person once.
fn differing(standing: &Applicant, draft: &ApplicantDraft, name: &str) -> Option<String> {
    let (year, origin) = (draft.campaign, &draft.origin);
    let why = if standing.withdrawn.is_some() {
        format!("{name} 已退出 {year} 年度申报，导入不使其重新申报")
    } else if standing.level != draft.level {
        let (old, new) = (&standing.level, &draft.level);
        format!("{name} {year} 年度原来申报「{old}」，按表改为「{new}」，请核对")
    } else {
        return None;
    };
    Some(format!("「{}」第 {} 行：{why}", origin.sheet, origin.row))
}

/// Lays a row over the entry of the same key in the plan, else over the stored one, else over a fresh one.
fn lay<T: PartialEq + Clone>(
    entries: &mut Vec<Planned<T>>,
    person: usize,
    origin: &Origin,
    same: impl Fn(&T) -> bool,
    before: Option<T>,
    fresh: impl FnOnce() -> T,
    change: impl FnOnce(&mut T),
) {
    match entries.iter_mut().find(|entry| entry.person == person && same(&entry.after)) {
        Some(entry) => {
            let was = entry.after.clone();
            change(&mut entry.after);
            if was == entry.after {
                entry.repeated += 1;
            } else {
                entry.merged.push(origin.row);
            }
        }
        None => {
            let mut after = before.clone().unwrap_or_else(fresh);
            change(&mut after);
            entries.push(Planned {
                before,
                after,
                person,
                origin: origin.clone(),
                repeated: 0,
                merged: Vec::new(),
            });
        }
    }
}
