//! The pre-flight check (体检) of a campaign: spans, verdicts, findings, obligations.

use super::findings::{self, Look, gates};
use super::year::Book;
use super::{
    Applicant, Finding, Handbook, Obligation, Person, Publicity, Severity, Stage, Unit, YearTotal,
    obligation,
};
use crate::failure::Result;
use crate::notice::{Calendar, Clause, Notice, Span};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Whether an applicant's years suffice (contract §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Met,
    /// Even all records do not reach.
    Short,
    /// Hours reach, but a Block finding stands.
    Blocked,
}

impl Verdict {
    /// 达标 / 学时不够 / 有问题须解决
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "达标",
            Self::Short => "学时不够",
            Self::Blocked => "有问题须解决",
        }
    }
}

/// One applicant's result.
#[derive(Debug, Clone)]
pub struct ApplicantResult {
    pub person: Person,
    pub applicant: Applicant,
    pub level_group: String,
    pub span: Span,
    /// The clause of the span, and its quotation.
    pub span_clause: Clause,
    pub verdict: Verdict,
    /// The span's years and the campaign year, with the deeming of applicants.
    pub years: Vec<YearTotal>,
    /// What is owed afterwards, open or met (B3-09).
    pub obligations: Vec<Obligation>,
    /// Block first, then by year.
    pub findings: Vec<Finding>,
    pub stage: Stage,
}

impl ApplicantResult {
    /// What is still owed afterwards, in words.
    pub fn owed(&self) -> impl Iterator<Item = &str> {
        self.obligations.iter().filter(|it| it.open()).map(|it| it.text.as_str())
    }

    /// The Block findings that the verdict rests on; not those of review, publicity and roster.
    pub fn verdict_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|it| it.severity == Severity::Block && !gates::CODES.contains(&it.code))
    }
}

/// The whole campaign's result.
#[derive(Debug, Clone)]
pub struct CampaignReport {
    pub campaign: i32,
    pub deadline: NaiveDate,
    pub last_working_day: NaiveDate,
    /// Nothing blocks: everybody who has not withdrawn can be packed (and there is somebody).
    pub ready: bool,
    /// In the order of the handbooks; those who withdrew stay, without findings.
    pub applicants: Vec<ApplicantResult>,
}

/// Checks the applicants of `campaign` (optionally one level group) among `handbooks`.
///
/// # Errors
/// The calendar lacks a year that the deadline needs.
#[allow(clippy::too_many_arguments)]
pub fn check(
    notice: &Notice,
    calendar: &Calendar,
    unit: &Unit,
    campaign: i32,
    level_group: Option<&str>,
    handbooks: &[Handbook],
    publicity: &[Publicity],
    today: NaiveDate,
) -> Result<CampaignReport> {
    let deadline = notice.deadline.date;
    let last_working_day = calendar.last_workday_on_or_before(deadline)?;
    let last_posting_day = calendar.workdays_before(last_working_day, notice.publicity.workdays);
    let dates = gates::Dates { last_working_day, last_posting_day: last_posting_day.ok() };
    let asked = |applicant: &&Applicant| {
        applicant.campaign == campaign
            && level_group.is_none_or(|group| notice.level_group(&applicant.level) == Some(group))
    };
    let standing: Vec<&Handbook> = handbooks
        .iter()
        .filter(|book| book.applications.iter().filter(asked).any(|it| it.withdrawn.is_none()))
        .collect();
    let across = findings::across::find(notice, &standing);
    let region = notice.expected_region(&unit.kind, &unit.county);
    let mut applicants = Vec::new();
    for handbook in handbooks {
        for applicant in handbook.applications.iter().filter(asked) {
            let (span, span_clause) = span_of(notice, &handbook.person, applicant);
            let book = Book::open(notice, handbook, Some(campaign));
            let look = Look {
                notice,
                calendar,
                unit,
                region: region.as_deref(),
                book: &book,
                person: handbook.person.id,
                span,
                current: campaign,
                today,
            };
            let mut result = result_of(&look, handbook, applicant, span_clause);
            result.stage = applicant.stage(publicity, notice);
            if result.stage == Stage::Withdrawn {
                result.findings.clear();
                result.obligations.clear();
            } else {
                let mut found = across.get(&handbook.person.id).cloned().unwrap_or_default();
                found.retain(|finding| finding.year.is_none_or(|year| look.looks_at(year)));
                gates::find(&look, handbook, applicant, publicity, &dates, &mut found);
                set_aside(&mut found, handbook, campaign);
                result.findings.extend(found);
                result.findings.sort_by_key(|finding| (finding.severity, finding.year));
            }
            applicants.push(result);
        }
    }
    let mut staying =
        applicants.iter().filter(|result| result.stage != Stage::Withdrawn).peekable();
    let ready = staying.peek().is_some()
        && staying.all(|result| {
            result.verdict == Verdict::Met
                && result.findings.iter().all(|finding| finding.severity != Severity::Block)
        });
    Ok(CampaignReport { campaign, deadline, last_working_day, ready, applicants })
}

/// An applicant's years, verdict and obligations, with the findings that the verdict looks at.
fn result_of(
    look: &Look<'_>,
    handbook: &Handbook,
    applicant: &Applicant,
    span_clause: Clause,
) -> ApplicantResult {
    let mut findings = of_person(look, handbook);
    set_aside(&mut findings, handbook, look.current);
    let verdict = verdict(&findings);
    let obligations = obligation::of_book(look.book, handbook, look.current);
    findings.extend(obligations.iter().filter(|it| it.open()).map(|it| {
        let fix = "在手册里放入合格证明，或登记当年的学习并附上材料，就不再提示";
        look.finding(Severity::Info, "obligation-open", &it.clause.place, it.text.clone(), fix)
            .of_year(it.year)
    }));
    let current = Some(look.current).filter(|year| !look.span.contains(*year));
    let years = look.span.years().chain(current);
    let group = look.notice.level_group(&applicant.level).unwrap_or_default();
    ApplicantResult {
        person: handbook.person.clone(),
        applicant: applicant.clone(),
        level_group: group.to_owned(),
        span: look.span,
        span_clause,
        verdict,
        years: years.map(|year| look.book.year(year)).collect(),
        obligations,
        findings,
        stage: Stage::Collecting,
    }
}

/// What is found about anybody's years, applicant or not (X1-00): gaps, papers, records, identity.
/// Nothing is required of a person who applies for nothing, so that nothing blocks.
pub fn examine(
    notice: &Notice,
    calendar: &Calendar,
    unit: &Unit,
    handbook: &Handbook,
    span: Span,
    today: NaiveDate,
) -> Vec<Finding> {
    let book = Book::open(notice, handbook, None);
    let person = handbook.person.id;
    let current = span.last;
    let region = notice.expected_region(&unit.kind, &unit.county);
    let region = region.as_deref();
    let look = Look { notice, calendar, unit, region, book: &book, person, span, current, today };
    of_anybody(&look, handbook)
}

/// As [`examine`], on a book that is open already.
pub(super) fn of_anybody(look: &Look<'_>, handbook: &Handbook) -> Vec<Finding> {
    let mut found = of_person(look, handbook);
    if handbook.person.retired {
        found.retain(|it| !it.code.starts_with("hours-short") && it.code != "year-unfinished");
    }
    set_aside(&mut found, handbook, look.current);
    for finding in &mut found {
        finding.severity = finding.severity.max(Severity::Warn);
    }
    found.sort_by_key(|finding| (finding.severity, finding.year));
    found
}

fn of_person(look: &Look<'_>, handbook: &Handbook) -> Vec<Finding> {
    let mut found = Vec::new();
    findings::hours::find(look, &mut found);
    findings::papers::find(look, &mut found);
    findings::records::find(look, &mut found);
    findings::person::find(look, handbook, &mut found);
    found
}

/// First and last year that an applicant must show, and the clause: the applicant's own 起始年度 stands
/// above the rule. A level that the notice does not know must show the year before the campaign.
pub fn span_of(notice: &Notice, person: &Person, applicant: &Applicant) -> (Span, Clause) {
    let series = match applicant.series.trim() {
        "" => person.series.as_str(),
        series => series,
    };
    let campaign = applicant.campaign;
    let (mut span, clause) =
        match notice.span_for(&applicant.level, &person.degree, series, campaign) {
            Some((span, rule)) => (span, rule.clause.clone()),
            None => {
                (Span { first: campaign - 1, last: campaign - 1 }, notice.annual.clause.clone())
            }
        };
    if let Some(first) = applicant.start_override {
        span.first = first.min(span.last);
    }
    (span, clause)
}

/// The verdict looks only at hours, evidence, platform and region: at what `of_person` finds.
fn verdict(found: &[Finding]) -> Verdict {
    let blocks = || found.iter().filter(|it| it.severity == Severity::Block);
    if blocks().any(|it| it.code.starts_with("hours-short")) {
        Verdict::Short
    } else if blocks().next().is_some() {
        Verdict::Blocked
    } else {
        Verdict::Met
    }
}

/// Findings that somebody set aside with a reason: told, but they no longer block.
fn set_aside(found: &mut [Finding], handbook: &Handbook, campaign: i32) {
    for finding in found.iter_mut().filter(|it| it.severity != Severity::Info) {
        let year = finding.year.unwrap_or(campaign);
        let by = handbook.overrides.iter().find(|it| it.code == finding.code && it.year == year);
        if let Some(by) = by {
            finding.overridden = true;
            finding.severity = Severity::Info;
            finding.message.push_str(&format!(
                "（{}于 {} 放行：{}）",
                by.vouched.by, by.vouched.at, by.vouched.reason
            ));
        }
    }
}
