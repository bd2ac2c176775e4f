//! Hours without study: postings that complete years (C7), declared deeming (B4-08, C7-c), the deeming
//! of applicants (B3-08), and prior slips (B4-02, A-25). Kept apart from real hours.

use super::tally::{Entry, Papers, papers, position};
use super::{Deemed, Handbook, PriorSlip};
use crate::notice::convert::Outcome;
use crate::notice::{DeemRule, Hours, Notice};

/// Years that a slip may name; anything else is a slip of the pen.
const SENSIBLE_YEARS: std::ops::RangeInclusive<i32> = 1950..=2150;

/// A paper-bearing thing that hours rest on, by its place in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    Record(usize),
    Declared(usize),
    Slip(usize),
    /// The campaign itself (B3-08).
    Campaign,
}

/// One reason for deeming in one year.
pub(super) struct Grant {
    pub year: i32,
    pub ground: Ground,
    /// Subjects by their place in the notice.
    subjects: Vec<usize>,
    /// At most so many hours; `None` = up to the yearly minimum.
    hours: Option<Hours>,
    /// `援藏视同`
    label: String,
}

/// What a declared entry comes to.
pub(super) struct Declared<'a> {
    pub deemed: &'a Deemed,
    pub rule: Option<&'a DeemRule>,
    /// The rule answers, and in this year.
    pub applies: bool,
    pub papers: bool,
    pub missing: Vec<String>,
}

/// Every declared entry against the notice.
pub(super) fn declared<'a>(notice: &'a Notice, handbook: &'a Handbook) -> Vec<Declared<'a>> {
    let judge = |deemed: &'a Deemed| {
        let rule = notice.deem_rule(&deemed.reason);
        let applies = rule.is_some_and(|rule| rule.year.is_none_or(|year| year == deemed.year));
        let papers = rule.map_or_else(Papers::default, |rule| {
            papers(notice, &rule.evidence, None, deemed.attachments.iter(), &[])
        });
        Declared { deemed, rule, applies, papers: papers.complete, missing: papers.missing }
    };
    handbook.deemed.iter().map(judge).collect()
}

/// Every grant of a person; those of applicants only with a campaign, and last, since they oblige. The
/// order does not depend on the order of entry.
pub(super) fn grants(
    notice: &Notice,
    entries: &[Entry<'_>],
    declared: &[Declared<'_>],
    campaign: Option<i32>,
) -> Vec<Grant> {
    let all: Vec<usize> = (0..notice.subjects.len()).collect();
    let listed = |rule: &DeemRule| -> Vec<usize> {
        if rule.subjects.is_empty() {
            return all.clone();
        }
        rule.subjects.iter().filter_map(|subject| position(notice, subject)).collect()
    };
    let mut grants = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Outcome::Completes { years, .. } = &entry.converted.outcome
            && entry.record.hours_override.is_none()
        {
            let task = entry.record.activity.task.as_deref().map(str::trim).unwrap_or_default();
            let task = if task.is_empty() { "特定工作任务" } else { task };
            grants.extend(years.iter().map(|year| Grant {
                year: *year,
                ground: Ground::Record(at),
                subjects: all.clone(),
                hours: None,
                label: format!("{task}视同"),
            }));
        }
    }
    for (at, entry) in declared.iter().enumerate() {
        let Some(rule) = entry.rule.filter(|_| entry.applies) else { continue };
        let mut subjects = listed(rule);
        if let Some(only) = &entry.deemed.subject {
            subjects.retain(|at| notice.subjects[*at].id == *only);
        }
        grants.push(Grant {
            year: entry.deemed.year,
            ground: Ground::Declared(at),
            subjects,
            hours: entry.deemed.hours,
            label: format!("{}视同", entry.deemed.reason.trim()),
        });
    }
    if let Some(campaign) = campaign {
        grants.extend(notice.applicant_deeming(campaign).map(|rule| Grant {
            year: rule.year.unwrap_or(campaign),
            ground: Ground::Campaign,
            subjects: listed(rule),
            hours: None,
            label: "参评先视同".to_owned(),
        }));
    }
    grants.sort_by(|a, b| {
        let key = |grant: &Grant| {
            let campaign = grant.ground == Ground::Campaign;
            (campaign, grant.hours.is_some(), grant.subjects.len(), grant.hours)
        };
        key(a).cmp(&key(b)).then_with(|| a.label.cmp(&b.label))
    });
    grants
}

/// Fills `base` up to the yearly minima and no further; what was added per subject, the labels that
/// added something, and whether every subject is deemed without a limit.
pub(super) fn fill<'g>(
    notice: &Notice,
    base: &[Hours],
    grants: impl Iterator<Item = &'g Grant>,
) -> (Vec<Hours>, Vec<String>, bool) {
    let mut added = vec![Hours::ZERO; base.len()];
    let mut unlimited = vec![false; base.len()];
    let mut labels: Vec<String> = Vec::new();
    for grant in grants {
        let mut left = grant.hours;
        for &at in &grant.subjects {
            let gap = (base[at] + added[at]).short_of(notice.subjects[at].minimum);
            let given = left.map_or(gap, |left| gap.min(left));
            added[at] += given;
            left = left.map(|left| left - given);
            unlimited[at] |= grant.hours.is_none();
            if !given.is_zero() && !labels.contains(&grant.label) {
                labels.push(grant.label.clone());
            }
        }
    }
    (added, labels, unlimited.iter().all(|deemed| *deemed))
}

/// A prior slip with whether its scan is there.
pub(super) struct Slip<'a> {
    pub slip: &'a PriorSlip,
    pub papers: bool,
}

impl Slip<'_> {
    pub fn covers(&self, year: i32) -> bool {
        (self.slip.first_year..=self.slip.last_year).contains(&year)
    }

    /// The years it covers, as far as they are years.
    pub fn years(&self) -> std::ops::RangeInclusive<i32> {
        let first = self.slip.first_year.max(*SENSIBLE_YEARS.start());
        first..=self.slip.last_year.min(*SENSIBLE_YEARS.end())
    }
}

/// The person's slips, those issued last last.
pub(super) fn slips<'a>(notice: &Notice, handbook: &'a Handbook) -> Vec<Slip<'a>> {
    let mut slips: Vec<Slip<'a>> = handbook
        .slips
        .iter()
        .map(|slip| {
            let sets = &notice.prior_slip.evidence;
            let papers = papers(notice, sets, None, slip.attachments.iter(), &[]);
            Slip { slip, papers: papers.complete && !slip.attachments.is_empty() }
        })
        .collect();
    slips.sort_by(|a, b| {
        (a.slip.first_year, &a.slip.number).cmp(&(b.slip.first_year, &b.slip.number))
    });
    slips
}

/// What slips recognise in a year, per subject: the hours written on them, else the yearly minimum.
/// `None` = no slip covers the year.
pub(super) fn recognised<'s>(
    notice: &Notice,
    year: i32,
    slips: impl Iterator<Item = &'s Slip<'s>>,
) -> Option<Vec<Hours>> {
    let mut best: Option<Vec<Hours>> = None;
    for slip in slips.filter(|slip| slip.covers(year)) {
        let written = slip.slip.hours.get(&year);
        let hours = best.get_or_insert_with(|| vec![Hours::ZERO; notice.subjects.len()]);
        for (at, subject) in notice.subjects.iter().enumerate() {
            let on_slip = written.and_then(|hours| hours.get(&subject.id)).copied();
            hours[at] = hours[at].max(on_slip.unwrap_or(subject.minimum));
        }
    }
    best
}
