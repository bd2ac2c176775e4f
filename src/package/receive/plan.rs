//! What receiving a package would change, and where it and the registry differ. Nothing is written here.

use super::facts::{self as compare, Differs};
use super::grants::Grant;
use super::read::{Incoming, posts};
use super::{Conflict, Decided, LOCKED, Side};
use crate::failure::Result;
use crate::intake::text::fold;
use crate::ledger::*;
use crate::notice::{Activity, Notice, Subject};
use crate::package::statement::{PersonTold, Statement};
use crate::registry::{Registry, Tx, record_years};
use std::collections::BTreeSet;

/// All that is to be written.
#[derive(Default)]
pub(super) struct Plan {
    pub people: Vec<PlannedPerson>,
    /// Runs as they will be; the members that come with this package stand beside them, as places in `people`.
    pub runs: Vec<(Publicity, Vec<usize>)>,
    /// Applicants of an earlier package of this unit who are no longer in it.
    pub gone: Vec<ApplicantId>,
}

/// One person and what is to be written of the handbook. The ids are the registry's, 0 for what is new;
/// `person` in the entries is set when the person is written.
pub(super) struct PlannedPerson {
    pub person: Person,
    pub changed: bool,
    pub records: Vec<Record>,
    pub deemed: Vec<Deemed>,
    pub slips: Vec<PriorSlip>,
    pub changes: Vec<PostChange>,
    pub reviews: Vec<YearReview>,
    pub overrides: Vec<FindingOverride>,
    pub application: Option<Applicant>,
    pub gone: Gone,
    /// Whether the runs that post this person count.
    posted: bool,
}

/// # Errors
/// Damage.
pub(super) fn plan(
    tx: &Tx<'_>,
    package: &Incoming,
    decided: &Decided,
) -> Result<(Plan, Vec<Conflict>)> {
    let registry = tx.registry();
    let statement = &package.statement;
    let own = registry.unit()?.name;
    let mut planner = Planner {
        package,
        statement,
        decided,
        notice: registry.notice(),
        own,
        conflicts: Vec::new(),
        replaced: BTreeSet::new(),
    };
    let mut plan = Plan::default();
    planner.earlier(registry, &mut plan)?;
    for told in &statement.people {
        plan.people.push(planner.person(tx, told)?);
    }
    planner.runs(registry, &mut plan)?;
    Ok((plan, planner.conflicts))
}

/// Entries that an earlier package of the unit brought and this one no longer has.
#[derive(Default)]
pub(super) struct Gone {
    pub records: Vec<RecordId>,
    pub deemed: Vec<DeemedId>,
    pub slips: Vec<SlipId>,
    pub changes: Vec<PostChangeId>,
}

struct Planner<'a> {
    package: &'a Incoming,
    statement: &'a Statement,
    decided: &'a Decided,
    /// The notice that locks years.
    notice: std::sync::Arc<Notice>,
    /// The receiving unit.
    own: String,
    conflicts: Vec<Conflict>,
    /// Whom an earlier package of the same unit brought.
    replaced: BTreeSet<IdNumber>,
}

impl Planner<'_> {
    /// Tells of a conflict, both sides as a clerk reads them (what is here, what comes); true when what
    /// comes wins.
    fn conflict(
        &mut self,
        code: &'static str,
        person: Option<&Person>,
        message: String,
        sides: (String, String),
    ) -> bool {
        let mut conflict = Conflict {
            package: self.statement.id.clone(),
            unit: self.statement.unit.name.clone(),
            code,
            name: person.map_or_else(String::new, |it| it.name.clone()),
            id_number: person.map_or_else(String::new, |it| it.id_number.to_string()),
            message,
            old: sides.0,
            new: sides.1,
            settled: None,
        };
        conflict.settled = self.decided.of(&conflict).filter(|side| conflict.allows(*side));
        let wins = conflict.settled == Some(Side::New);
        self.conflicts.push(conflict);
        wins
    }

    /// Packages of the same unit, year and level that were received before.
    fn earlier(&mut self, registry: &Registry, plan: &mut Plan) -> Result<()> {
        let told = self.statement;
        let earlier: Vec<_> = registry
            .received()?
            .into_iter()
            .filter(|it| {
                it.unit == told.unit.name
                    && it.campaign == told.campaign
                    && it.level_group == told.level
            })
            .collect();
        let Some(last) = earlier.iter().map(|it| it.made_at).max() else { return Ok(()) };
        self.replaced = earlier.into_iter().flat_map(|it| it.members).collect();
        let staying: BTreeSet<&IdNumber> =
            told.people.iter().map(|it| &it.handbook.person.id_number).collect();
        let mut names = Vec::new();
        for number in self.replaced.iter().filter(|it| !staying.contains(it)) {
            let Some(person) = registry.person_by_id_number(number)? else { continue };
            let applications = registry.handbook(person.id)?.applications.into_iter();
            let of_this = applications.filter(|it| {
                it.campaign == told.campaign
                    && self.notice.level_group(&it.level) == Some(told.level.as_str())
            });
            let before = plan.gone.len();
            plan.gone.extend(of_this.map(|it| it.id));
            if plan.gone.len() > before {
                names.push(person.name);
            }
        }
        let (this, that) = (at(told.made_at, last), at(last, told.made_at));
        let mut message = match told.made_at >= last {
            true => format!("已收过这个单位 {that} 写的包，这一包是 {this} 写的，更新"),
            false => format!("已收过这个单位 {that} 写的包，这一包是 {this} 写的，反而更旧"),
        };
        if !names.is_empty() {
            message.push_str(&format!("；这一包里没有了：{}", names.join("、")));
        }
        let sides = (format!("{that} 写的包"), format!("{this} 写的包"));
        if !self.conflict("package-replaced", None, message, sides) {
            plan.gone.clear();
        }
        Ok(())
    }

    fn person(&mut self, tx: &Tx<'_>, told: &PersonTold) -> Result<PlannedPerson> {
        let mut incoming = told.handbook.person.clone();
        // The picture itself does not come along: it stands on the printed handbook.
        incoming.photo = None;
        if incoming.workplace.trim().is_empty() {
            incoming.workplace.clone_from(&self.statement.unit.name);
        }
        let stored = match tx.registry().person_by_id_number(&incoming.id_number)? {
            Some(person) => Some(tx.registry().handbook(person.id)?),
            None => None,
        };
        let locked = match &stored {
            Some(book) => tx.locked_years(book.person.id)?,
            None => BTreeSet::new(),
        };
        let mut person = incoming.clone();
        person.id = PersonId::default();
        let mut changed = true;
        if let Some(book) = &stored {
            let mut present = book.person.clone();
            // A person without 工作单位 is of the registry's own unit.
            if present.workplace.trim().is_empty() {
                present.workplace.clone_from(&self.own);
            }
            person = compare::merged(&present, &incoming, |fact, differs| {
                let code = match fact {
                    "name" => "name-differs",
                    "workplace" => "unit-differs",
                    _ => "person-differs",
                };
                let Differs { label, one, other } = differs;
                let message = format!("{label}原有「{one}」，新的「{other}」");
                self.conflict(code, Some(&present), message, (one, other))
            });
            changed = person != present;
        }
        let stored = stored.unwrap_or_else(|| Handbook::blank(person.clone()));
        let mut planned = PlannedPerson {
            person,
            changed,
            records: Vec::new(),
            deemed: Vec::new(),
            slips: Vec::new(),
            changes: Vec::new(),
            reviews: Vec::new(),
            overrides: Vec::new(),
            application: None,
            gone: Gone::default(),
            posted: true,
        };
        self.records(&stored, &told.handbook, &locked, &mut planned);
        let (here, told_book) = (&stored.person, &told.handbook);
        let (deemed, gone) = self.grants(here, &stored.deemed, &told_book.deemed, &locked);
        planned.gone.deemed.extend(gone.iter().map(|it| it.id));
        planned.deemed = deemed;
        let (slips, gone) = self.grants(here, &stored.slips, &told_book.slips, &locked);
        planned.gone.slips.extend(gone.iter().map(|it| it.id));
        planned.slips = slips;
        let (changes, gone) = self.grants(here, &stored.changes, &told_book.changes, &locked);
        planned.gone.changes.extend(gone.iter().map(|it| it.id));
        planned.changes = changes;
        self.reviews(&stored, &told.handbook, &mut planned);
        self.application(&stored, &told.application, &mut planned);
        Ok(planned)
    }

    fn records(
        &mut self,
        stored: &Handbook,
        incoming: &Handbook,
        locked: &BTreeSet<i32>,
        planned: &mut PlannedPerson,
    ) {
        let suffix = suffix(&self.statement.unit.name);
        let plain = |event: &str| event.strip_suffix(&suffix).unwrap_or(event).to_owned();
        let mut left: Vec<&Record> = stored.records.iter().collect();
        let notice = self.notice.clone();
        let years = |record: &Record| record_years(&notice, record);
        let title = |record: &Record| {
            format!("学习记录「{}」（{}）", record.activity.title, record.activity.start)
        };
        let mut wanted: Vec<Record> = Vec::new();
        for record in &incoming.records {
            let mut record = record.clone();
            let twin = left.iter().find(|it| key(&it.activity) == key(&record.activity));
            record.origin_stamped |= twin.is_some_and(|it| it.origin_stamped);
            // What another unit registered says so from now on.
            if record.origin.is_empty() && self.statement.unit.name != self.own {
                record.origin.clone_from(&self.statement.unit.name);
            }
            self.carried(&mut record.attachments, twin.map(|it| it.attachments.as_slice()));
            let shared = twin.map(|it| it.event_attachments.as_slice());
            self.carried(&mut record.event_attachments, shared);
            // The same to the letter goes before the same by name.
            let same = |it: &&Record| compare::of_records(it, &record, plain).is_empty();
            match left.iter().position(same) {
                Some(place) => drop(left.remove(place)),
                None => wanted.push(record),
            }
        }
        for mut record in wanted {
            let twin = left.iter().position(|it| key(&it.activity) == key(&record.activity));
            let twin = twin.map(|place| left.remove(place));
            record.id = twin.map_or_else(RecordId::default, |it| it.id);
            record.event = None;
            let touched = twin.map(years).into_iter().flatten().chain(years(&record));
            if self.is_locked(&stored.person, locked, touched, &title(&record)) {
                continue;
            }
            if let Some(twin) = twin {
                let facts = compare::of_records(twin, &record, plain);
                let message =
                    format!("{}与登记库里的不同：{}", title(&record), compare::labels(&facts));
                let sides = compare::sides(&facts);
                if !self.conflict("record-differs", Some(&stored.person), message, sides) {
                    continue;
                }
            }
            planned.records.push(record);
        }
        for record in left {
            if self.is_gone(&stored.person, locked, years(record), &title(record)) {
                planned.gone.records.push(record.id);
            }
        }
    }

    /// The entries to be written, and those that go.
    fn grants<T: Grant>(
        &mut self,
        person: &Person,
        stored: &[T],
        incoming: &[T],
        locked: &BTreeSet<i32>,
    ) -> (Vec<T>, Vec<T>) {
        let mut left: Vec<&T> = stored.iter().collect();
        let mut wanted = Vec::new();
        for entry in incoming {
            let mut entry = entry.clone();
            let twin = left.iter().position(|it| it.is_twin(&entry));
            let twin = twin.map(|place| left.remove(place));
            if let Some(files) = entry.files_mut() {
                self.carried(files, twin.map(T::files));
            }
            entry.replaces(twin);
            let differing = twin.map(|twin| twin.differing(&entry));
            if differing.as_ref().is_some_and(Vec::is_empty) {
                continue;
            }
            let years = twin.map(T::years).into_iter().flatten().chain(entry.years());
            if self.is_locked(person, locked, years, &entry.title()) {
                continue;
            }
            if let Some(facts) = differing {
                let message =
                    format!("{}与登记库里的不同：{}", entry.title(), compare::labels(&facts));
                let sides = compare::sides(&facts);
                if !self.conflict("record-differs", Some(person), message, sides) {
                    continue;
                }
            }
            wanted.push(entry);
        }
        left.retain(|it| self.is_gone(person, locked, it.years(), &it.title()));
        (wanted, left.into_iter().cloned().collect())
    }

    /// Whether an entry that only the registry has goes: an earlier package of the unit brought it.
    fn is_gone(
        &mut self,
        person: &Person,
        locked: &BTreeSet<i32>,
        years: impl IntoIterator<Item = i32>,
        title: &str,
    ) -> bool {
        if !self.replaced.contains(&person.id_number)
            || self.is_locked(person, locked, years, title)
        {
            return false;
        }
        let message = format!("{title}在这一包里没有了");
        let sides = ("留着".to_owned(), "删除".to_owned());
        self.conflict("record-gone", Some(person), message, sides)
    }

    /// Tells of a confirmed year that would have to change.
    fn is_locked(
        &mut self,
        person: &Person,
        locked: &BTreeSet<i32>,
        years: impl IntoIterator<Item = i32>,
        title: &str,
    ) -> bool {
        let Some(year) = years.into_iter().find(|year| locked.contains(year)) else { return false };
        let message = format!("{title}要改动已确认的 {year} 年度，须先重开该年度");
        let sides = ("照已确认的".to_owned(), "须先重开该年度".to_owned());
        self.conflict(LOCKED, Some(person), message, sides);
        true
    }

    /// Leaves out files that did not come along and are not there either: those of years that the campaign
    /// does not look at.
    fn carried(&self, attachments: &mut Vec<Attachment>, stored: Option<&[Attachment]>) {
        let stored = stored.unwrap_or_default();
        attachments.retain(|it| {
            self.package.files.contains_key(&it.evidence.sha256)
                || stored.iter().any(|kept| kept.evidence.sha256 == it.evidence.sha256)
        });
        for attachment in attachments {
            let sha256 = &attachment.evidence.sha256;
            if let Some(kept) = stored.iter().find(|kept| kept.evidence.sha256 == *sha256) {
                attachment.evidence = kept.evidence.clone();
            }
        }
    }

    fn reviews(&mut self, stored: &Handbook, incoming: &Handbook, planned: &mut PlannedPerson) {
        for review in &incoming.reviews {
            let present = stored.reviews.iter().find(|it| it.year == review.year);
            // The later step stands: a year that the department has confirmed stays so.
            if present.is_none_or(|it| it.state < review.state) {
                planned.reviews.push(review.clone());
            }
        }
        for set_aside in &incoming.overrides {
            let same =
                |it: &&FindingOverride| it.year == set_aside.year && it.code == set_aside.code;
            let present = stored.overrides.iter().find(same);
            let facts = present.map(|it| compare::of_overrides(it, set_aside));
            let wins = match &facts {
                None => true,
                Some(facts) if facts.is_empty() => false,
                Some(facts) => {
                    let message = format!(
                        "{} 年放过的问题 {}与登记库里的不同",
                        set_aside.year, set_aside.code
                    );
                    let sides = compare::sides(facts);
                    self.conflict("record-differs", Some(&stored.person), message, sides)
                }
            };
            if wins {
                planned.overrides.push(set_aside.clone());
            }
        }
    }

    fn application(
        &mut self,
        stored: &Handbook,
        incoming: &Applicant,
        planned: &mut PlannedPerson,
    ) {
        let mut of_year: Vec<&Applicant> =
            stored.applications.iter().filter(|it| it.campaign == incoming.campaign).collect();
        of_year.sort_by_key(|it| it.withdrawn.is_some());
        let Some(present) = of_year.first() else {
            // What the department says it says itself, of its own units' people.
            planned.application = Some(Applicant {
                id: ApplicantId::default(),
                department: None,
                sent: None,
                issued: None,
                ..incoming.clone()
            });
            return;
        };
        // The department's steps are its own: what the unit knows of them says nothing new.
        let theirs = Applicant {
            department: present.department.clone(),
            sent: present.sent.clone(),
            issued: present.issued.clone(),
            ..incoming.clone()
        };
        let facts = compare::of_applicants(present, &theirs);
        let resent = present.returned().is_some();
        if facts.is_empty() {
            // Handed in anew after it was given back: it waits for the review again.
            if resent {
                planned.application = Some(Applicant { department: None, ..(*present).clone() });
            }
            return;
        }
        let person = Some(&stored.person);
        let wins = if present.level == incoming.level {
            let message = format!("参评信息与登记库里的不同：{}", compare::labels(&facts));
            self.conflict("applicant-differs", person, message, compare::sides(&facts))
        } else {
            let message = format!(
                "登记库里已申报 {} 年度{}，这一包申报{}",
                present.campaign, present.level, incoming.level
            );
            let sides = (present.level.clone(), incoming.level.clone());
            planned.posted = self.conflict("applied-twice", person, message, sides);
            planned.posted
        };
        if wins {
            // Reviewed was what stood there before.
            planned.application = Some(Applicant {
                id: present.id,
                department: None,
                sent: None,
                issued: None,
                ..incoming.clone()
            });
        }
    }

    /// The runs that are over, each under its unit's name; one that is there already gains members.
    fn runs(&self, registry: &Registry, plan: &mut Plan) -> Result<()> {
        let told = self.statement;
        let stored = registry.publicity(told.campaign)?;
        for run in told.publicity.iter().filter(|run| run.closed.is_some()) {
            let members: Vec<usize> = (0..told.people.len())
                .filter(|place| plan.people[*place].posted && posts(run, &told.people[*place]))
                .collect();
            if members.is_empty() {
                continue;
            }
            let unit = &told.unit.name;
            let place = match run.place.trim() {
                "" => unit.clone(),
                place => format!("{unit}（{place}）"),
            };
            let same = |it: &&Publicity| {
                it.level_group == told.level && it.posted == run.posted && it.place == place
            };
            let run = stored.iter().find(same).cloned().unwrap_or_else(|| Publicity {
                campaign: told.campaign,
                level_group: told.level.clone(),
                posted: run.posted,
                place,
                days: run.days,
                close_strict: run.close_strict,
                close_inclusive: run.close_inclusive,
                closed: run.closed,
                objections: run.objections.iter().map(|it| Objection::from(it.as_str())).collect(),
                ..Publicity::default()
            });
            plan.runs.push((run, members));
        }
        Ok(())
    }
}

/// What tells one unit's 班次 from another's of the same name.
pub(super) fn suffix(unit: &str) -> String {
    format!("（{unit}）")
}

/// By what an import knows a record again, the person apart.
fn key(activity: &Activity) -> (Subject, crate::notice::FormId, String, chrono::NaiveDate, String) {
    let number = activity.certificate_number.as_deref().unwrap_or_default();
    (activity.subject.clone(), activity.form, fold(&activity.title), activity.start, fold(number))
}

fn at(time: chrono::NaiveDateTime, other: chrono::NaiveDateTime) -> String {
    let minutes = |time: chrono::NaiveDateTime| time.format("%Y-%m-%d %H:%M").to_string();
    match minutes(time) {
        same if same == minutes(other) => time.format("%Y-%m-%d %H:%M:%S").to_string(),
        differing => differing,
    }
}
