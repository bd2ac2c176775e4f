//! What the window looks at: immutable pictures of the registry, made by the worker after every
//! change and shared by pointer. Nothing here reads the registry by itself or draws.

use crate::failure::Result;
use crate::ledger::*;
use crate::notice::evidence::EvidenceState;
use crate::notice::{Calendar, Hours, Notice, Platform, Subject};
use crate::registry::{AwaitedUnit, PackageEntry, PersonRow, ReceivedEntry};
use chrono::NaiveDate;
use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::{BTreeMap, BTreeSet, HashMap};
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

/// One year of the applicants' picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct YearBar {
    pub met: u32,
    pub pending: u32,
    pub short: u32,
}

impl YearBar {
    pub fn all(self) -> u32 {
        self.met + self.pending + self.short
    }
}

/// The campaign as the pages show it, counted once per change.
#[derive(Debug, Clone, Default)]
pub struct CampaignView {
    pub year: i32,
    pub report: Option<CampaignReport>,
    /// Why there is no report.
    pub trouble: Option<String>,
    pub bars: BTreeMap<i32, YearBar>,
    /// People by subject, over all years of each one's span; the total last.
    pub subjects: Vec<(String, YearBar)>,
    /// Short applicants, and how many lack which subject.
    pub short: u32,
    pub short_why: Vec<(String, u32)>,
    /// Records of applicants without complete evidence, and what they lack.
    pub lacking_records: u32,
    pub lacking_why: Vec<(String, u32)>,
    /// Applicants whose hours and evidence suffice but who are not reviewed.
    pub to_review: u32,
    pub reviewed: u32,
    /// Reviewed, and in no run yet.
    pub to_post: u32,
    pub publicised: u32,
    /// Publicised, and the department has neither confirmed nor given back.
    pub to_confirm: u32,
    /// Given back, and not yet reviewed again.
    pub returned: u32,
    /// Confirmed, and not yet with the bureau.
    pub to_send: u32,
    /// With the bureau, without a certificate.
    pub with_bureau: u32,
    pub issued: u32,
    /// Findings by code that are neither hours nor evidence, worst first.
    pub others: Vec<(&'static str, String, u32)>,
    pub obligations: u32,
    /// (level group, people)
    pub groups: Vec<(String, u32)>,
}

impl CampaignView {
    pub fn of(notice: &Notice, report: Result<CampaignReport>) -> Self {
        let mut view = Self { year: notice.campaign_year, ..Self::default() };
        let report = match report {
            Ok(report) => report,
            Err(failure) => {
                view.trouble = Some(failure.to_string());
                return view;
            }
        };
        view.groups =
            notice.level_groups().into_iter().map(|group| (group.to_owned(), 0)).collect();
        let mut short_why: HashMap<String, u32> = HashMap::new();
        let mut lacking: HashMap<String, u32> = HashMap::new();
        let mut others: BTreeMap<&'static str, (String, BTreeSet<PersonId>, bool)> =
            BTreeMap::new();
        for result in report.applicants.iter().filter(|r| r.stage != Stage::Withdrawn) {
            if let Some(group) = view.groups.iter_mut().find(|(g, _)| *g == result.level_group) {
                group.1 += 1;
            }
            view.count_years(notice, result, &mut short_why, &mut lacking);
            view.obligations += u32::from(result.owed().next().is_some());
            match result.stage {
                Stage::Collecting if result.verdict == Verdict::Met => view.to_review += 1,
                Stage::Reviewed => {
                    view.reviewed += 1;
                    view.to_post += 1;
                }
                Stage::Posted => view.reviewed += 1,
                after @ (Stage::Publicised | Stage::Confirmed | Stage::Sent | Stage::Issued) => {
                    view.reviewed += 1;
                    view.publicised += 1;
                    match after {
                        _ if result.applicant.returned().is_some() => view.returned += 1,
                        Stage::Publicised => view.to_confirm += 1,
                        Stage::Confirmed => view.to_send += 1,
                        Stage::Sent => view.with_bureau += 1,
                        _ => view.issued += 1,
                    }
                }
                Stage::Collecting | Stage::Withdrawn => {}
            }
            view.short += u32::from(result.verdict == Verdict::Short);
            for finding in result.findings.iter().filter(|f| !f.overridden) {
                if finding.severity == Severity::Info || is_counted_elsewhere(finding.code) {
                    continue;
                }
                let entry = others
                    .entry(finding.code)
                    .or_insert_with(|| (code_words(finding), BTreeSet::new(), false));
                entry.1.insert(result.person.id);
                entry.2 |= finding.severity == Severity::Block;
            }
        }
        view.subjects = by_subject(notice, &report);
        view.short_why = most_first(short_why);
        view.lacking_why = most_first(lacking);
        let mut others: Vec<_> = others
            .into_iter()
            .map(|(code, (words, people, block))| (block, code, words, people.len() as u32))
            .collect();
        others.sort_by_key(|&(block, _, _, people)| std::cmp::Reverse((block, people)));
        view.others =
            others.into_iter().map(|(_, code, words, people)| (code, words, people)).collect();
        view.report = Some(report);
        view
    }

    fn count_years(
        &mut self,
        notice: &Notice,
        result: &ApplicantResult,
        short_why: &mut HashMap<String, u32>,
        lacking: &mut HashMap<String, u32>,
    ) {
        for total in result.years.iter().filter(|total| result.span.contains(total.year)) {
            let bar = self.bars.entry(total.year).or_default();
            match Mark::of(total) {
                Mark::Short => bar.short += 1,
                Mark::Pending => bar.pending += 1,
                Mark::Deemed | Mark::Met => bar.met += 1,
            }
            if !total.met {
                for rule in &notice.subjects {
                    let has = total.hours.get(&rule.id).copied().unwrap_or_default();
                    if has < rule.minimum {
                        *short_why
                            .entry(format!("缺 {} 年{}", total.year, rule.name))
                            .or_default() += 1;
                    }
                }
            }
            for credit in total.credits.iter().filter(|c| c.counted && !c.evidenced) {
                self.lacking_records += 1;
                for label in &credit.missing {
                    *lacking.entry(label.clone()).or_default() += 1;
                }
            }
        }
    }

    pub fn applicants(&self) -> &[ApplicantResult] {
        self.report.as_ref().map_or(&[], |report| &report.applicants)
    }

    pub fn result_of(&self, person: PersonId) -> Option<&ApplicantResult> {
        self.applicants().iter().find(|result| result.person.id == person)
    }

    /// The red number beside 申报: people who cannot be handed in yet because of hours or findings.
    pub fn waiting(&self) -> u32 {
        let stuck = |result: &&ApplicantResult| {
            result.verdict != Verdict::Met && result.stage != Stage::Withdrawn
        };
        self.applicants().iter().filter(stuck).count() as u32
    }
}

/// How many people each subject's minimum, and the total's, is met, pending or short for.
fn by_subject(notice: &Notice, report: &CampaignReport) -> Vec<(String, YearBar)> {
    let mut bars: Vec<(String, YearBar)> = notice
        .subjects
        .iter()
        .map(|rule| (rule.name.clone(), YearBar::default()))
        .chain([("合计".to_owned(), YearBar::default())])
        .collect();
    for result in report.applicants.iter().filter(|r| r.stage != Stage::Withdrawn) {
        let years = || result.years.iter().filter(|total| result.span.contains(total.year));
        let reaches = |hours: &dyn Fn(&YearTotal) -> Hours, least: Hours| {
            years().all(|total| hours(total) >= least)
        };
        for (place, (_, bar)) in bars.iter_mut().enumerate() {
            let (all, evidenced) = match notice.subjects.get(place) {
                Some(rule) => {
                    let of = |hours: &BTreeMap<Subject, Hours>| {
                        hours.get(&rule.id).copied().unwrap_or_default()
                    };
                    (
                        reaches(&|total| of(&total.hours), rule.minimum),
                        reaches(&|total| of(&total.evidenced), rule.minimum),
                    )
                }
                None => {
                    let least = notice.annual.total;
                    (
                        reaches(&|total| total.total, least),
                        reaches(&|total| total.evidenced_total, least),
                    )
                }
            };
            match (all, evidenced) {
                (_, true) => bar.met += 1,
                (true, false) => bar.pending += 1,
                (false, false) => bar.short += 1,
            }
        }
    }
    bars
}

fn is_counted_elsewhere(code: &str) -> bool {
    code.starts_with("evidence-missing")
        || code.contains("short")
        || code.contains("hours")
        || code.contains("not-reviewed")
        || code.contains("not-publicised")
        || code.contains("review")
        || code.contains("publicity")
}

/// What a code means in a few words; the finding's own message where nobody wrote them.
pub fn code_words(finding: &Finding) -> String {
    finding::CODES
        .iter()
        .find(|(known, _)| *known == finding.code)
        .map_or_else(|| finding.message.clone(), |(_, words)| (*words).to_owned())
}

fn most_first(counts: HashMap<String, u32>) -> Vec<(String, u32)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
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
    /// Records of all people together.
    pub records: u64,
    /// People whose years are counted so far.
    pub counted: usize,
    pub undo: Option<String>,
    pub redo: Option<String>,
    pub plan: Result<Plan, String>,
    pub campaign: Arc<CampaignView>,
    pub publicity: Arc<Vec<Publicity>>,
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
}

impl Snapshot {
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
    /// As applicant of the current campaign.
    pub result: Option<ApplicantResult>,
}

impl PersonView {
    pub fn of(
        notice: &Notice,
        handbook: Handbook,
        history: Vec<HistoryLine>,
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
        Self { handbook, years, evidence, history, result }
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
pub fn marks(totals: &[YearTotal]) -> Vec<YearMark> {
    totals
        .iter()
        .map(|total| YearMark {
            year: total.year,
            total: total.total,
            mark: Mark::of(total),
            lacking: total.credits.iter().filter(|c| c.counted && !c.evidenced).count() as u32,
        })
        .collect()
}
