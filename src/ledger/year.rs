//! A person's years under a notice: which record gives how many hours, by which clause, and why;
//! real, deemed and recognised kept apart.

use super::deem::{self, Declared, Grant, Ground, Slip};
use super::tally::{self, Entry, Share};
use super::{Handbook, RecordId};
use crate::notice::{AnnualMode, Clause, FormId, Hours, Notice, Subject};
use std::collections::{BTreeMap, BTreeSet};

/// What one record gives in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordCredit {
    pub record: RecordId,
    pub title: String,
    pub form: FormId,
    pub year: i32,
    pub subject: Subject,
    pub hours: Hours,
    pub counted: bool,
    pub clause: Clause,
    /// The arithmetic, or why not counted.
    pub why: String,
    /// Evidence complete.
    pub evidenced: bool,
    /// What is missing, by evidence set, in words: `签到表或其他签到形式`.
    pub missing: Vec<String>,
}

/// One year of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearTotal {
    pub year: i32,
    /// Countable hours per subject in the notice's order, with deemed and recognised ones.
    pub hours: BTreeMap<Subject, Hours>,
    pub total: Hours,
    /// How much of each subject is deemed.
    pub deemed: BTreeMap<Subject, Hours>,
    /// Why deemed: `援藏视同`, for the year card.
    pub deemed_reasons: Vec<String>,
    /// Hours of prior slips per subject.
    pub recognised: BTreeMap<Subject, Hours>,
    pub slips: Vec<String>,
    /// As `hours`, counting only records whose evidence is complete.
    pub evidenced: BTreeMap<Subject, Hours>,
    pub evidenced_total: Hours,
    /// The annual test on `hours`.
    pub met: bool,
    /// The annual test on `evidenced`.
    pub met_evidenced: bool,
    pub credits: Vec<RecordCredit>,
}

impl YearTotal {
    /// Countable hours of a subject.
    pub fn hours_of(&self, subject: &Subject) -> Hours {
        self.hours.get(subject).copied().unwrap_or_default()
    }

    /// Hours of a subject with complete papers.
    pub fn evidenced_of(&self, subject: &Subject) -> Hours {
        self.evidenced.get(subject).copied().unwrap_or_default()
    }

    /// How much of a subject is deemed.
    pub fn deemed_of(&self, subject: &Subject) -> Hours {
        self.deemed.get(subject).copied().unwrap_or_default()
    }

    /// How much of a subject prior slips recognise.
    pub fn recognised_of(&self, subject: &Subject) -> Hours {
        self.recognised.get(subject).copied().unwrap_or_default()
    }

    /// Hours of a subject from records alone: neither deemed nor recognised.
    pub fn real_of(&self, subject: &Subject) -> Hours {
        let counted = self.credits.iter().filter(|credit| credit.subject == *subject);
        counted.map(|credit| credit.hours).sum()
    }

    /// 公需
    pub fn public(&self) -> Hours {
        self.hours_of(&Subject::public())
    }

    /// 专业
    pub fn specialty(&self) -> Hours {
        self.hours_of(&Subject::specialty())
    }
}

/// Every year in which the handbook says something, ascending, without the deeming of applicants.
pub fn years(notice: &Notice, handbook: &Handbook) -> Vec<YearTotal> {
    Book::open(notice, handbook, None).years()
}

/// As [`years`], with the deeming that the notice grants applicants of `campaign` (B3-08); the years of
/// `also` are there even when the handbook says nothing about them.
pub fn years_as_applicant(
    notice: &Notice,
    handbook: &Handbook,
    campaign: i32,
    also: impl IntoIterator<Item = i32>,
) -> Vec<YearTotal> {
    let book = Book::open(notice, handbook, Some(campaign));
    let wanted: BTreeSet<i32> = book.spoken_years().into_iter().chain(also).collect();
    wanted.into_iter().map(|year| book.year(year)).collect()
}

/// A handbook read once under a notice; its years are asked for one by one.
pub(super) struct Book<'a> {
    pub notice: &'a Notice,
    pub entries: Vec<Entry<'a>>,
    pub declared: Vec<Declared<'a>>,
    pub slips: Vec<Slip<'a>>,
    pub shares: Vec<Share>,
    grants: Vec<Grant>,
    sums: BTreeMap<i32, Vec<Hours>>,
    evidenced_sums: BTreeMap<i32, Vec<Hours>>,
}

/// Hours per subject of one year, and whether they suffice.
pub(super) struct Reached {
    pub hours: Vec<Hours>,
    pub met: bool,
    deemed: Vec<Hours>,
    pub labels: Vec<String>,
    recognised: Option<Vec<Hours>>,
    /// What fell away because the year has a cap.
    pub capped: Hours,
}

/// Brings a year down to the notice's cap; what fell away. It is taken from what the last subjects
/// have over their minima: a cap is never below the sum of those.
fn cap(notice: &Notice, hours: &mut [Hours]) -> Hours {
    let Some(cap) = notice.annual.year_cap else { return Hours::ZERO };
    let over = cap.short_of(hours.iter().copied().sum());
    let mut left = over;
    for (has, rule) in hours.iter_mut().zip(&notice.subjects).rev() {
        let given = left.min(rule.minimum.short_of(*has));
        *has = *has - given;
        left = left - given;
    }
    over - left
}

impl Reached {
    pub fn total(&self) -> Hours {
        self.hours.iter().copied().sum()
    }
}

impl<'a> Book<'a> {
    pub fn open(notice: &'a Notice, handbook: &'a Handbook, campaign: Option<i32>) -> Self {
        let entries = tally::entries(notice, handbook);
        let shares = tally::tally(notice, &entries, |_| true);
        let sums = tally::sums(notice, &entries, &shares);
        let evidenced_sums = if entries.iter().all(|entry| entry.evidenced) {
            sums.clone()
        } else {
            let complete = tally::tally(notice, &entries, |at| entries[at].evidenced);
            tally::sums(notice, &entries, &complete)
        };
        let declared = deem::declared(notice, handbook);
        let grants = deem::grants(notice, &entries, &declared, campaign);
        let slips = deem::slips(notice, handbook);
        Self { notice, entries, declared, slips, shares, grants, sums, evidenced_sums }
    }

    /// Every year in which the handbook says something.
    pub fn spoken_years(&self) -> BTreeSet<i32> {
        let mut years: BTreeSet<i32> = self.sums.keys().copied().collect();
        years.extend(self.declared.iter().map(|entry| entry.deemed.year));
        years.extend(self.grants.iter().map(|grant| grant.year));
        years.extend(self.slips.iter().flat_map(Slip::years));
        years
    }

    pub fn years(&self) -> Vec<YearTotal> {
        self.spoken_years().into_iter().map(|year| self.year(year)).collect()
    }

    /// What a year comes to on given real hours and on the deeming and slips that `allow` lets stand.
    pub fn reach(
        &self,
        year: i32,
        real: Option<&Vec<Hours>>,
        allow: impl Fn(Ground) -> bool,
    ) -> Reached {
        let notice = self.notice;
        let mut base = real.cloned().unwrap_or_else(|| vec![Hours::ZERO; notice.subjects.len()]);
        let slips = self.slips.iter().enumerate();
        let slips = slips.filter(|(at, _)| allow(Ground::Slip(*at))).map(|(_, slip)| slip);
        let recognised = deem::recognised(notice, year, slips);
        if let Some(hours) = &recognised {
            for (real, on_slip) in base.iter_mut().zip(hours) {
                *real = (*real).max(*on_slip);
            }
        }
        let grants = self.grants.iter().filter(|grant| grant.year == year && allow(grant.ground));
        let (deemed, labels, all_deemed) = deem::fill(notice, &base, grants);
        let mut hours: Vec<Hours> = base.iter().zip(&deemed).map(|(a, b)| *a + *b).collect();
        let capped = cap(notice, &mut hours);
        let total: Hours = hours.iter().copied().sum();
        let each = hours.iter().zip(&notice.subjects).all(|(h, rule)| *h >= rule.minimum);
        let met = recognised.is_some() || (each && (total >= notice.annual.total || all_deemed));
        Reached { hours, met, deemed, labels, recognised, capped }
    }

    pub fn reached(&self, year: i32) -> Reached {
        self.reach(year, self.sums.get(&year), |_| true)
    }

    pub fn reached_with_papers(&self, year: i32) -> Reached {
        self.reach(year, self.evidenced_sums.get(&year), |ground| self.has_papers(ground))
    }

    /// Whether what hours rest on has its own papers.
    pub fn has_papers(&self, ground: Ground) -> bool {
        match ground {
            Ground::Record(at) => self.entries[at].evidenced,
            Ground::Declared(at) => self.declared[at].papers,
            Ground::Slip(at) => self.slips[at].papers,
            Ground::Campaign => true,
        }
    }

    /// Whether `years` pass together on the grounds that `allow` lets stand: each year by itself, or
    /// their sum where the notice tests the sum.
    pub fn passes(&self, years: &[i32], allow: impl Fn(Ground) -> bool) -> bool {
        let shares = tally::tally(self.notice, &self.entries, |at| allow(Ground::Record(at)));
        let sums = tally::sums(self.notice, &self.entries, &shares);
        let reached = years.iter().map(|year| self.reach(*year, sums.get(year), &allow));
        match self.notice.annual.mode {
            AnnualMode::PerYear => reached.into_iter().all(|year| year.met),
            AnnualMode::Cumulative => self.suffice(&reached.collect::<Vec<_>>()),
        }
    }

    /// Whether years suffice together (cumulative test).
    pub fn suffice(&self, years: &[Reached]) -> bool {
        let count = i32::try_from(years.len()).unwrap_or(i32::MAX);
        let total: Hours = years.iter().map(Reached::total).sum();
        let enough = |(at, rule): (usize, &crate::notice::SubjectRule)| {
            years.iter().map(|year| year.hours[at]).sum::<Hours>() >= rule.minimum * count
        };
        total >= self.notice.annual.total * count
            && self.notice.subjects.iter().enumerate().all(enough)
    }

    /// As [`Self::reached_with_papers`], as if the person applied for nothing.
    pub fn reached_without_campaign(&self, year: i32) -> Reached {
        self.reach(year, self.evidenced_sums.get(&year), |ground| {
            ground != Ground::Campaign && self.has_papers(ground)
        })
    }

    pub fn year(&self, year: i32) -> YearTotal {
        let all = self.reached(year);
        let papers = self.reached_with_papers(year);
        let mut credits: Vec<(usize, RecordCredit)> = self
            .shares
            .iter()
            .filter(|share| share.year == year)
            .map(|share| (share.entry, self.credit(share)))
            .collect();
        credits.sort_by_key(|(entry, _)| *entry);
        let zero = vec![Hours::ZERO; self.notice.subjects.len()];
        YearTotal {
            year,
            total: all.total(),
            hours: self.by_subject(&all.hours),
            deemed: self.nonzero(&all.deemed),
            deemed_reasons: all.labels,
            recognised: self.nonzero(all.recognised.as_ref().unwrap_or(&zero)),
            slips: self
                .slips
                .iter()
                .filter(|slip| slip.covers(year))
                .map(|slip| slip.slip.number.clone())
                .collect(),
            evidenced_total: papers.total(),
            evidenced: self.by_subject(&papers.hours),
            met: all.met,
            met_evidenced: papers.met,
            credits: credits.into_iter().map(|(_, credit)| credit).collect(),
        }
    }

    fn credit(&self, share: &Share) -> RecordCredit {
        let entry = &self.entries[share.entry];
        let (clause, why) = tally::explain(self.notice, &self.entries, share);
        let subject = tally::subject_of(self.notice, entry).map_or_else(
            || entry.converted.subject.clone(),
            |at| self.notice.subjects[at].id.clone(),
        );
        RecordCredit {
            record: entry.record.id,
            title: entry.record.activity.title.clone(),
            form: entry.record.activity.form,
            year: share.year,
            subject,
            hours: share.hours,
            counted: !share.hours.is_zero() || matches!(share.reason, tally::Reason::Completes),
            clause,
            why,
            evidenced: entry.evidenced,
            missing: entry.missing.clone(),
        }
    }

    fn by_subject(&self, hours: &[Hours]) -> BTreeMap<Subject, Hours> {
        self.notice.subjects.iter().map(|rule| rule.id.clone()).zip(hours.iter().copied()).collect()
    }

    fn nonzero(&self, hours: &[Hours]) -> BTreeMap<Subject, Hours> {
        let mut map = self.by_subject(hours);
        map.retain(|_, hours| !hours.is_zero());
        map
    }
}

/// Several years taken together, for a notice that tests the sum over the span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cumulative {
    pub hours: BTreeMap<Subject, Hours>,
    /// What the years ask for in all, per subject.
    pub minimum: BTreeMap<Subject, Hours>,
    pub total: Hours,
    pub total_minimum: Hours,
    pub evidenced: BTreeMap<Subject, Hours>,
    pub evidenced_total: Hours,
    pub met: bool,
    pub met_evidenced: bool,
}

/// Adds years up and holds the sums against the sums of the yearly minima
/// ([`AnnualMode::Cumulative`]); in a notice that tests each year, `met` says that every year is met.
pub fn cumulative(notice: &Notice, years: &[&YearTotal]) -> Cumulative {
    let count = i32::try_from(years.len()).unwrap_or(i32::MAX);
    let sum = |pick: fn(&YearTotal, &Subject) -> Hours| -> BTreeMap<Subject, Hours> {
        let subjects = notice.subjects.iter();
        subjects
            .map(|rule| (rule.id.clone(), years.iter().map(|year| pick(year, &rule.id)).sum()))
            .collect()
    };
    let hours = sum(YearTotal::hours_of);
    let evidenced = sum(YearTotal::evidenced_of);
    let minimum: BTreeMap<Subject, Hours> =
        notice.subjects.iter().map(|rule| (rule.id.clone(), rule.minimum * count)).collect();
    let total: Hours = hours.values().copied().sum();
    let evidenced_total: Hours = evidenced.values().copied().sum();
    let total_minimum = notice.annual.total * count;
    let reaches = |hours: &BTreeMap<Subject, Hours>, total: Hours| {
        total >= total_minimum && minimum.iter().all(|(subject, least)| hours[subject] >= *least)
    };
    let (met, met_evidenced) = match notice.annual.mode {
        AnnualMode::PerYear => {
            (years.iter().all(|year| year.met), years.iter().all(|year| year.met_evidenced))
        }
        AnnualMode::Cumulative => (reaches(&hours, total), reaches(&evidenced, evidenced_total)),
    };
    Cumulative {
        met,
        met_evidenced,
        hours,
        minimum,
        total,
        total_minimum,
        evidenced,
        evidenced_total,
    }
}
