//! What the records of one person are worth together: day parts once, once-a-year rules, the highest of
//! the same achievement, yearly caps, overrides. The worth of one activity alone is `notice::convert`'s.

use super::dayparts::{self, Claim, DayShare};
use super::{EventId, Handbook, Record};
use crate::notice::ask::folded;
use crate::notice::convert::{Converted, Outcome, convert};
use crate::notice::evidence::{self, Proof};
use crate::notice::{Clause, EvidenceSet, Hours, Notice, Subject};
use chrono::Datelike;
use std::collections::{BTreeMap, HashMap};

/// One record with what the notice makes of it alone.
pub(super) struct Entry<'a> {
    pub record: &'a Record,
    pub converted: Converted,
    /// Its place among the notice's subjects; `None` = the notice does not know the subject.
    pub subject: Option<usize>,
    /// Evidence complete.
    pub evidenced: bool,
    pub missing: Vec<String>,
    /// Complete, but with less than is recommended.
    pub thin: bool,
}

/// Where the papers of a record, deemed entry or slip stand.
#[derive(Default)]
pub(super) struct Papers {
    pub complete: bool,
    pub missing: Vec<String>,
    pub thin: bool,
}

impl Entry<'_> {
    /// What other records call this one.
    pub fn name(&self) -> String {
        if self.record.activity.title.trim().is_empty() {
            format!("{}的一条记录", dayparts::day(self.record.activity.start))
        } else {
            self.record.activity.title.trim().to_owned()
        }
    }
}

/// What one record gives in one year.
pub(super) struct Share {
    pub entry: usize,
    pub year: i32,
    pub hours: Hours,
    pub reason: Reason,
}

/// Why it gives so much.
pub(super) enum Reason {
    Days(Vec<DayShare>),
    /// As converted.
    Plain,
    /// Another record already gives what counts once a year.
    Once(usize),
    /// Another award of the same achievement counts more.
    Best(usize),
    /// The year's cap leaves no more.
    Capped(Hours),
    /// Set by somebody beside the computed value.
    Overridden,
    /// Completes these years instead of giving hours.
    Completes,
    Nothing,
}

/// Converts every record; the answer is in canonical order, whatever the order of entry.
pub(super) fn entries<'a>(notice: &Notice, handbook: &'a Handbook) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> =
        handbook.records.iter().map(|record| entry(notice, record)).collect();
    entries.sort_by(|a, b| {
        let (x, y) = (&a.record.activity, &b.record.activity);
        (x.start, a.subject.unwrap_or(usize::MAX), &x.title)
            .cmp(&(y.start, b.subject.unwrap_or(usize::MAX), &y.title))
            .then_with(|| x.certificate_number.cmp(&y.certificate_number))
            .then_with(|| a.record.id.cmp(&b.record.id))
            .then_with(|| (x.end, &x.sessions, x.form).cmp(&(y.end, &y.sessions, y.form)))
    });
    entries
}

fn entry<'a>(notice: &Notice, record: &'a Record) -> Entry<'a> {
    let converted = convert(notice, &record.activity);
    let papers = match notice.form(record.activity.form) {
        Some(form) => {
            let source = record.activity.source.as_deref();
            let waived: Vec<_> = record.waived.keys().cloned().collect();
            papers(notice, &form.evidence, source, record.all_attachments(), &waived)
        }
        None => Papers::default(),
    };
    let subject = notice.subjects.iter().position(|rule| rule.id == converted.subject);
    Entry {
        record,
        converted,
        subject,
        evidenced: papers.complete,
        missing: papers.missing,
        thin: papers.thin,
    }
}

/// Holds papers against what is asked; nothing asked is complete.
pub(super) fn papers<'p>(
    notice: &Notice,
    sets: &[EvidenceSet],
    source: Option<&str>,
    attachments: impl Iterator<Item = &'p super::Attachment>,
    waived: &[crate::notice::SlotId],
) -> Papers {
    if sets.is_empty() {
        return Papers { complete: true, ..Papers::default() };
    }
    let proofs: Vec<Proof> = attachments
        .map(|file| Proof {
            slot: file.slot.clone(),
            stamped: file.stamped,
            reasoned: !file.reason.trim().is_empty(),
        })
        .collect();
    let state = evidence::state(notice, sets, source, &proofs, waived);
    let ample = state
        .sets
        .iter()
        .any(|set| set.complete && set.needs.iter().all(|need| need.advice.is_none()));
    Papers { complete: state.complete, missing: state.missing(), thin: state.complete && !ample }
}

/// What the included records give, year by year. `include` answers by canonical place.
pub(super) fn tally(
    notice: &Notice,
    entries: &[Entry<'_>],
    include: impl Fn(usize) -> bool,
) -> Vec<Share> {
    let mut shares = Vec::with_capacity(entries.len() + 4);
    let mut claims: Vec<Claim<'_>> = Vec::new();
    let mut events: HashMap<EventKey<'_>, usize> = HashMap::new();
    let mut credited: Vec<usize> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if !include(at) {
            continue;
        }
        let alone = |reason, hours| Share { entry: at, year: entry.converted.year, hours, reason };
        if entry.subject.is_none() {
            shares.push(alone(Reason::Nothing, Hours::ZERO));
            continue;
        }
        if let Some(set) = &entry.record.hours_override {
            shares.push(alone(Reason::Overridden, set.hours));
            continue;
        }
        match &entry.converted.outcome {
            Outcome::Sessions
                if notice.dayparts.is_some() && !entry.record.activity.sessions.is_empty() =>
            {
                let event = match EventKey::of(entry.record) {
                    Some(key) => *events.entry(key).or_insert(at),
                    None => at,
                };
                claims.push(Claim { entry: at, event, sessions: &entry.record.activity.sessions });
            }
            Outcome::Sessions | Outcome::NotCounted { .. } => {
                shares.push(alone(Reason::Nothing, Hours::ZERO));
            }
            Outcome::Credited(_) => credited.push(at),
            Outcome::Completes { years, .. } => {
                shares.extend(
                    years
                        .iter()
                        .map(|year| Share { year: *year, ..alone(Reason::Completes, Hours::ZERO) }),
                );
            }
        }
    }
    if let Some(rule) = &notice.dayparts {
        let mut by_year: BTreeMap<(usize, i32), Vec<DayShare>> = BTreeMap::new();
        for (entry, share) in dayparts::compete(rule, &claims) {
            by_year.entry((entry, share.date.year())).or_default().push(share);
        }
        shares.extend(by_year.into_iter().map(|((entry, year), days)| Share {
            entry,
            year,
            hours: days.iter().map(|day| day.hours).sum(),
            reason: Reason::Days(days),
        }));
    }
    limit(entries, credited, &mut shares);
    shares
}

/// Rows of the same 班次 of one person are one event.
#[derive(PartialEq, Eq, Hash)]
enum EventKey<'a> {
    Id(EventId),
    Name(&'a str),
}

impl<'a> EventKey<'a> {
    fn of(record: &'a Record) -> Option<Self> {
        let name = record.event_name.trim();
        match record.event {
            Some(id) => Some(Self::Id(id)),
            None if !name.is_empty() => Some(Self::Name(name)),
            None => None,
        }
    }
}

/// Once a year, the highest of the same achievement, the year's cap.
fn limit(entries: &[Entry<'_>], mut credited: Vec<usize>, shares: &mut Vec<Share>) {
    let hours_of = |at: usize| match &entries[at].converted.outcome {
        Outcome::Credited(credit) => credit.hours,
        _ => Hours::ZERO,
    };
    // Records with papers go first, so that what is shown as counted is what can be handed in.
    credited.sort_by_key(|at| (!entries[*at].evidenced, *at));
    let mut once: HashMap<(&str, i32), usize> = HashMap::new();
    let mut best: HashMap<(u16, i32, String), usize> = HashMap::new();
    let same = |at: usize| {
        let activity = &entries[at].record.activity;
        (activity.form.0, entries[at].converted.year, folded(&activity.title))
    };
    for &at in &credited {
        let converted = &entries[at].converted;
        let known = if converted.once_per_year {
            once.entry((&converted.rule, converted.year)).or_insert(at)
        } else if converted.best_of_same {
            best.entry(same(at)).or_insert(at)
        } else {
            continue;
        };
        if hours_of(at) > hours_of(*known) {
            *known = at;
        }
    }
    let mut left: HashMap<(&str, i32), Hours> = HashMap::new();
    for at in credited {
        let converted = &entries[at].converted;
        let year = converted.year;
        let mut share = Share { entry: at, year, hours: hours_of(at), reason: Reason::Plain };
        let taker = if converted.once_per_year {
            once.get(&(converted.rule.as_str(), year)).map(|taker| (*taker, true))
        } else if converted.best_of_same {
            best.get(&same(at)).map(|taker| (*taker, false))
        } else {
            None
        };
        if let Some((taker, is_once)) = taker.filter(|(taker, _)| *taker != at) {
            share.hours = Hours::ZERO;
            share.reason = if is_once { Reason::Once(taker) } else { Reason::Best(taker) };
        } else if let Some(cap) = converted.yearly_cap {
            let left = left.entry((&converted.rule, year)).or_insert(cap);
            let given = share.hours.min(*left);
            if given < share.hours {
                share.reason = Reason::Capped(cap);
            }
            share.hours = given;
            *left = *left - given;
        }
        shares.push(share);
    }
}

/// Clause, and the Chinese sentence that explains a share.
pub(super) fn explain(notice: &Notice, entries: &[Entry<'_>], share: &Share) -> (Clause, String) {
    let entry = &entries[share.entry];
    let converted = &entry.converted;
    let own_clause = || converted.clause.clone();
    let name = |at: usize| entries[at].name();
    let (credit_clause, credit_why) = match &converted.outcome {
        Outcome::Credited(credit) => (credit.clause.clone(), credit.why.clone()),
        Outcome::Completes { why, .. } | Outcome::NotCounted { why } => (own_clause(), why.clone()),
        Outcome::Sessions => (own_clause(), "没有填时段，无法折算".to_owned()),
    };
    if entry.subject.is_none() {
        let why = format!("不计：本通知没有科目“{}”", converted.subject.id());
        return (own_clause(), why);
    }
    match (&share.reason, &notice.dayparts) {
        (Reason::Days(days), Some(rule)) => {
            (rule.clause.clone(), dayparts::explain(rule, days, name))
        }
        (Reason::Once(taker), _) => {
            (credit_clause, format!("不计：同一年只计一次，已由「{}」计入", name(*taker)))
        }
        (Reason::Best(taker), _) => (
            credit_clause,
            format!("不计：同一成果当年只计最高的一项，已由「{}」计入", name(*taker)),
        ),
        (Reason::Capped(cap), _) => {
            (credit_clause, format!("{credit_why}；这一类全年最多计 {cap}，此条计 {}", share.hours))
        }
        (Reason::Overridden, _) => {
            let computed = match &converted.outcome {
                Outcome::Credited(credit) => format!("按规则为 {}（{credit_why}）", credit.hours),
                Outcome::Sessions => "原按时段折算".to_owned(),
                _ => format!("按规则不折算学时（{credit_why}）"),
            };
            let by = entry.record.hours_override.as_ref().map(|set| {
                format!(
                    "由{}于{}认定，理由：{}",
                    set.vouched.by, set.vouched.at, set.vouched.reason
                )
            });
            let why = format!("改认 {} 学时，{}；{computed}", share.hours, by.unwrap_or_default());
            (credit_clause, why)
        }
        _ => (credit_clause, credit_why),
    }
}

/// Hours per subject of the notice, by year.
pub(super) fn sums(
    notice: &Notice,
    entries: &[Entry<'_>],
    shares: &[Share],
) -> BTreeMap<i32, Vec<Hours>> {
    let mut sums: BTreeMap<i32, Vec<Hours>> = BTreeMap::new();
    for share in shares {
        let year = sums.entry(share.year);
        let year = year.or_insert_with(|| vec![Hours::ZERO; notice.subjects.len()]);
        if let Some(subject) = subject_of(notice, &entries[share.entry]) {
            year[subject] += share.hours;
        }
    }
    sums
}

/// The subject that an entry's hours go to, by its place among the notice's subjects.
pub(super) fn subject_of(notice: &Notice, entry: &Entry<'_>) -> Option<usize> {
    match &entry.converted.outcome {
        Outcome::Credited(credit) if credit.subject != entry.converted.subject => {
            position(notice, &credit.subject)
        }
        _ => entry.subject,
    }
}

pub(super) fn position(notice: &Notice, subject: &Subject) -> Option<usize> {
    notice.subjects.iter().position(|rule| rule.id == *subject)
}
