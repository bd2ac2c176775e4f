//! What the window looks at: immutable pictures of the registry, made by the worker after every
//! change and shared by pointer. Nothing here reads the registry by itself or draws.

mod campaign;

pub use campaign::{CampaignView, YearBar, code_words};

use super::index::Index;
use super::rules_view::RulesView;
use crate::failure::Result;
use crate::ledger::*;
use crate::notice::evidence::EvidenceState;
use crate::notice::{Calendar, Hours, Notice, Platform};
use crate::registry::{AwaitedUnit, Owing, PackageEntry, PersonRow, ReceivedEntry};
use chrono::NaiveDate;
use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// How one year of a person stands, for the small squares of the people table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    Short,
    /// Hours suffice, evidence does not.
    Pending,
    Deemed,
    Met,
}

impl Mark {
    pub fn of(total: &YearTotal) -> Self {
        if !total.met {
            Self::Short
        } else if !total.met_evidenced {
            Self::Pending
        } else if total.deemed.values().chain(total.recognised.values()).any(|h| !h.is_zero()) {
            Self::Deemed
        } else {
            Self::Met
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Short => "不够",
            Self::Pending => "缺材料",
            Self::Deemed => "视同",
            Self::Met => "达标",
        }
    }
}

/// One year in a person's line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearMark {
    pub year: i32,
    pub total: Hours,
    pub mark: Mark,
    /// Records of the year whose evidence is incomplete.
    pub lacking: u32,
    /// Hours that are lacking, per subject in the notice's order and in all; empty when none are.
    pub short: Box<[Hours]>,
}

/// A line of the people table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    pub row: PersonRow,
    /// For each character of the name, the letters its pinyin may begin with, as bits a = 1, b = 2 …
    pub initials: Box<[u32]>,
    /// All of them together.
    pub letters: u32,
    /// The name's pinyin, by which lists are sorted.
    pub sounds: Box<str>,
    /// `None` until the worker has counted this person.
    pub years: Option<Vec<YearMark>>,
    /// Level and speciality, when an applicant of the current campaign.
    pub applies: Option<String>,
}

impl PersonLine {
    pub fn new(row: PersonRow) -> Self {
        let initials: Box<[u32]> = row.name.chars().map(initials_of).collect();
        let letters = initials.iter().fold(0, |all, letters| all | letters);
        let sounds = sounds_of(&row.name).into();
        Self { row, initials, letters, sounds, years: None, applies: None }
    }

    /// The worst of the years that have records, for sorting and chips.
    pub fn worst(&self) -> Option<Mark> {
        self.years.as_ref()?.iter().map(|year| year.mark).min()
    }

    pub fn lacking(&self) -> u32 {
        self.years.iter().flatten().map(|year| year.lacking).sum()
    }

    /// The mark of a year that has one.
    pub fn year(&self, year: i32) -> Option<&YearMark> {
        self.years.as_ref()?.iter().find(|mark| mark.year == year)
    }
}

/// The name as it sounds: `zhang1 wei3`; characters without pinyin stay.
fn sounds_of(name: &str) -> String {
    let mut sounds = String::new();
    for character in name.chars() {
        match character.to_pinyin() {
            Some(reading) => sounds += reading.with_tone_num_end(),
            None => sounds.push(character),
        }
        sounds.push(' ');
    }
    sounds
}

/// Every letter by which a character may be found: the initials of all its readings, or itself.
fn initials_of(character: char) -> u32 {
    let mut letters = 0;
    let mut add = |letter: Option<char>| {
        if let Some(letter) =
            letter.map(|c| c.to_ascii_lowercase()).filter(char::is_ascii_lowercase)
        {
            letters |= 1 << (letter as u32 - 'a' as u32);
        }
    };
    add(Some(character));
    add(character.to_pinyin().and_then(|reading| reading.plain().chars().next()));
    for reading in character.to_pinyin_multi().into_iter().flatten() {
        add(reading.plain().chars().next());
    }
    letters
}

/// The dates of the campaign, counted back from its last working day (B3-15, A-28, A-29).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub today: NaiveDate,
    pub deadline: NaiveDate,
    pub last_working_day: NaiveDate,
    /// When the department should have it, and how many working days that leaves.
    pub to_department: NaiveDate,
    pub review_workdays: u32,
    /// The last day on which the list can be posted, and the strict close that follows.
    pub post_by: NaiveDate,
    pub post_close: NaiveDate,
}

impl Plan {
    /// # Errors
    /// The calendar has no data for a year that is needed.
    pub fn make(
        notice: &Notice,
        calendar: &Calendar,
        unit: &Unit,
        today: NaiveDate,
    ) -> Result<Self> {
        let rule = &notice.deadline;
        let review_workdays = unit.review_workdays.unwrap_or(rule.review_workdays);
        let last = calendar.last_workday_on_or_before(rule.date)?;
        let to_department = calendar.workdays_before(last, review_workdays)?;
        let days = notice.publicity.workdays;
        let mut post_by = to_department;
        let post_close = loop {
            let dates = calendar.publicity(post_by, days)?;
            if dates.close_strict < to_department {
                break dates.close_strict;
            }
            post_by -= chrono::Duration::days(1);
        };
        Ok(Self {
            today,
            deadline: rule.date,
            last_working_day: last,
            to_department,
            review_workdays,
            post_by,
            post_close,
        })
    }

    pub fn days_left(&self) -> i64 {
        (self.last_working_day - self.today).num_days()
    }
}

/// The whole registry as the window sees it at one revision.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// A number of its own for every picture: what was made from one can be kept by it.
    pub serial: u64,
    pub revision: u64,
    pub dir: PathBuf,
    pub today: NaiveDate,
    pub unit: Arc<Unit>,
    pub notice: Arc<Notice>,
    pub calendar: Arc<Calendar>,
    pub people: Arc<Vec<Arc<PersonLine>>>,
    /// The same people in a few bytes each.
    pub index: Arc<Index>,
    /// Records of all people together.
    pub records: u64,
    /// People whose years are counted so far.
    pub counted: usize,
    pub undo: Option<String>,
    pub redo: Option<String>,
    pub plan: Result<Plan, String>,
    pub campaign: Arc<CampaignView>,
    pub publicity: Arc<Vec<Publicity>>,
    /// What is still owed of earlier campaigns (B3-09).
    pub owing: Arc<Vec<Owing>>,
    pub packages: Arc<Vec<PackageEntry>>,
    /// Packages that came from other units.
    pub received: Arc<Vec<ReceivedEntry>>,
    /// The department's list of units.
    pub awaited: Arc<Vec<AwaitedUnit>>,
    /// Whether a department reviews between the unit and the bureau.
    pub has_department: bool,
    pub events: Arc<Vec<Event>>,
    /// The unit's own training platforms; the notice has them among its own.
    pub platforms: Arc<Vec<Platform>>,
    /// The notices and what can be chosen about the one in work.
    pub rules: Arc<RulesView>,
}

impl Snapshot {
    /// Who signs what is done here: the unit's 经办人, else the unit.
    pub fn signer(&self) -> String {
        let unit = &self.unit;
        if unit.contact.is_empty() { unit.name.clone() } else { unit.contact.clone() }
    }

    pub fn person(&self, id: PersonId) -> Option<&Arc<PersonLine>> {
        self.people.iter().find(|line| line.row.id == id)
    }
}

/// One person opened: the handbook and what follows from it.
#[derive(Debug, Clone)]
pub struct PersonView {
    pub handbook: Handbook,
    pub years: Vec<YearTotal>,
    /// Where each record's evidence stands.
    pub evidence: HashMap<RecordId, EvidenceState>,
    pub history: Vec<HistoryLine>,
    /// What applying for titles has left to be supplied, of every campaign, open or met.
    pub obligations: Vec<Obligation>,
    /// As applicant of the current campaign.
    pub result: Option<ApplicantResult>,
}

impl PersonView {
    pub fn of(
        notice: &Notice,
        handbook: Handbook,
        history: Vec<HistoryLine>,
        obligations: Vec<Obligation>,
        result: Option<ApplicantResult>,
    ) -> Self {
        let mut years = ledger_years(notice, &handbook);
        if let Some(result) = &result {
            for total in &result.years {
                match years.iter_mut().find(|year| year.year == total.year) {
                    Some(year) => *year = total.clone(),
                    None => years.push(total.clone()),
                }
            }
            years.sort_by_key(|year| year.year);
        }
        let evidence = handbook
            .records
            .iter()
            .map(|record| (record.id, evidence_of(notice, record)))
            .collect();
        Self { handbook, years, evidence, history, obligations, result }
    }
}

fn ledger_years(notice: &Notice, handbook: &Handbook) -> Vec<YearTotal> {
    years(notice, handbook)
}

/// Where a record's evidence stands under its form's sets.
pub fn evidence_of(notice: &Notice, record: &Record) -> EvidenceState {
    use crate::notice::evidence::{Proof, state};
    let proofs: Vec<Proof> = record
        .all_attachments()
        .map(|attachment| Proof {
            slot: attachment.slot.clone(),
            stamped: attachment.stamped,
            reasoned: !attachment.reason.is_empty(),
        })
        .collect();
    let waived: Vec<_> = record.waived.keys().cloned().collect();
    let sets = notice.form(record.activity.form).map_or(&[][..], |form| &form.evidence);
    state(notice, sets, record.activity.source.as_deref(), &proofs, &waived)
}

/// The marks of a person's line from their totals.
pub fn marks(notice: &Notice, totals: &[YearTotal]) -> Vec<YearMark> {
    totals
        .iter()
        .map(|total| YearMark {
            year: total.year,
            total: total.total,
            mark: Mark::of(total),
            short: if total.met {
                Box::default()
            } else {
                gap::shortage(notice, Some(total)).into()
            },
            lacking: total.credits.iter().filter(|c| c.counted && !c.evidenced).count() as u32,
        })
        .collect()
}
