//! What applying for a title leaves to be supplied afterwards (B3-09): open until the certificate has been
//! handed in, or until study with its papers stands where the deeming stood.

use super::deem::Slip;
use super::findings::cite;
use super::year::Book;
use super::{Discharge, Handbook, tally};
use crate::notice::{Clause, DeemRule, Notice, SlotId, Subject};
use chrono::NaiveDate;

/// One thing owed after a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    pub campaign: i32,
    /// The year that has to be proved.
    pub year: i32,
    /// `补交 2020 年度继续教育合格证明（资格确认或聘任时）`
    pub text: String,
    pub clause: Clause,
    /// What closes it is put here.
    pub slot: SlotId,
    /// `None`: open.
    pub met: Option<MetBy>,
}

/// What closed an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetBy {
    /// The certificate was handed in.
    Papers(Discharge),
    /// What was learnt suffices by itself: what, and when it was over.
    Study { what: Vec<String>, on: Option<NaiveDate> },
}

impl Obligation {
    pub fn open(&self) -> bool {
        self.met.is_none()
    }

    /// When and by what it was closed, as a clerk reads it; empty while it is open.
    pub fn closed_by(&self) -> String {
        match &self.met {
            None => String::new(),
            Some(MetBy::Papers(discharge)) => {
                let files: Vec<&str> =
                    discharge.attachments.iter().map(|it| it.evidence.name.as_str()).collect();
                let by = &discharge.vouched;
                format!("{} 由 {} 收到：{}", by.at, by.by, files.join("、"))
            }
            Some(MetBy::Study { what, on }) => {
                let on = on.map_or_else(String::new, |on| format!("{on} "));
                format!("{on}由 {} 补齐", what.join("、"))
            }
        }
    }
}

/// What the person owes because of an application in `campaign`; nothing for those who apply for nothing
/// or withdrew.
pub fn obligations(notice: &Notice, handbook: &Handbook, campaign: i32) -> Vec<Obligation> {
    let applies = |it: &super::Applicant| it.campaign == campaign && it.withdrawn.is_none();
    if !handbook.applications.iter().any(applies) {
        return Vec::new();
    }
    of_book(&Book::open(notice, handbook, Some(campaign)), handbook, campaign)
}

/// As [`obligations`], for a person who is known to apply.
pub(super) fn of_book(book: &Book<'_>, handbook: &Handbook, campaign: i32) -> Vec<Obligation> {
    let notice = book.notice;
    let rules = notice.applicant_deeming(campaign);
    rules.filter_map(|rule| of_rule(book, handbook, campaign, rule)).collect()
}

fn of_rule(
    book: &Book<'_>,
    handbook: &Handbook,
    campaign: i32,
    rule: &DeemRule,
) -> Option<Obligation> {
    let notice = book.notice;
    let year = rule.year.unwrap_or(campaign);
    let text = rule.obligation.as_ref()?.replace("{year}", &year.to_string());
    let text = match rule.obligation_due.as_deref().unwrap_or_default() {
        "" => text,
        due => format!("{text}（{due}）"),
    };
    let clause = notice
        .clause("B3-09")
        .cloned()
        .unwrap_or_else(|| Clause { place: cite(notice, "B3-09"), ..rule.clause.clone() });
    let handed_in = handbook
        .discharges
        .iter()
        .find(|it| it.campaign == campaign && it.year == year && !it.attachments.is_empty());
    let met = match handed_in {
        Some(discharge) => Some(MetBy::Papers(discharge.clone())),
        None => by_study(book, rule, year),
    };
    let wanted = rule.evidence.iter().flat_map(|set| &set.needs).flat_map(|need| &need.any_of);
    let slot = wanted.into_iter().next().cloned();
    let slot = slot.unwrap_or_else(|| SlotId("year-certificate".to_owned()));
    Some(Obligation { campaign, year, text, clause, slot, met })
}

/// Whether the year suffices with its papers, as if the person applied for nothing; and by what.
fn by_study(book: &Book<'_>, rule: &DeemRule, year: i32) -> Option<MetBy> {
    let notice = book.notice;
    let asked = |id: &Subject| rule.subjects.is_empty() || rule.subjects.contains(id);
    let without = book.reached_without_campaign(year);
    let lacking = notice
        .subjects
        .iter()
        .enumerate()
        .any(|(at, subject)| asked(&subject.id) && without.hours[at] < subject.minimum);
    if lacking {
        return None;
    }
    let mut what: Vec<String> = Vec::new();
    let mut on = None;
    for share in book.shares.iter().filter(|it| it.year == year && !it.hours.is_zero()) {
        let entry = &book.entries[share.entry];
        let subject = tally::subject_of(notice, entry).map(|at| &notice.subjects[at].id);
        if entry.evidenced && subject.is_some_and(asked) {
            what.push(format!("「{}」", entry.name()));
            on = on.max(Some(entry.record.activity.over_on()));
        }
    }
    what.extend(without.labels.iter().cloned());
    let slips = book.slips.iter().filter(|slip: &&Slip<'_>| slip.papers && slip.covers(year));
    what.extend(slips.map(|slip| format!("认定单 {}", slip.slip.number)));
    Some(MetBy::Study { what, on })
}
