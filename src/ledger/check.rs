//! The pre-flight check (体检) of a campaign: spans, verdicts, findings, obligations.

use super::{Applicant, Finding, Handbook, Person, Publicity, Stage, Unit, YearTotal};
use crate::failure::Result;
use crate::notice::{Calendar, Notice, Span};
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

/// One applicant's result.
#[derive(Debug, Clone)]
pub struct ApplicantResult {
    pub person: Person,
    pub applicant: Applicant,
    pub level_group: String,
    pub span: Span,
    /// The clause of the span, and its quotation.
    pub span_clause: crate::notice::Clause,
    pub verdict: Verdict,
    /// The span's years and the campaign year, with the deeming of applicants.
    pub years: Vec<YearTotal>,
    pub obligations: Vec<String>,
    pub findings: Vec<Finding>,
    pub stage: Stage,
}

/// The whole campaign's result.
#[derive(Debug, Clone)]
pub struct CampaignReport {
    pub campaign: i32,
    pub deadline: NaiveDate,
    pub last_working_day: NaiveDate,
    /// Nothing blocks: everybody can be packed.
    pub ready: bool,
    pub applicants: Vec<ApplicantResult>,
}

/// Checks the applicants of `campaign` (optionally one level group) among `handbooks`.
///
/// # Errors
/// The calendar lacks a year that the deadline needs.
#[allow(clippy::too_many_arguments)]
pub fn check(
    _notice: &Notice,
    _calendar: &Calendar,
    _unit: &Unit,
    _campaign: i32,
    _level_group: Option<&str>,
    _handbooks: &[Handbook],
    _publicity: &[Publicity],
    _today: NaiveDate,
) -> Result<CampaignReport> {
    todo!()
}
