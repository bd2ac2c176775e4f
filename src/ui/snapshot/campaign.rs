//! A campaign as the pages show it: counted once per change, never while drawing.

use super::Mark;
use crate::failure::Result;
use crate::ledger::*;
use crate::notice::{Hours, Notice, Subject};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
