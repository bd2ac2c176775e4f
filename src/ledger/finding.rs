//! What a pre-flight check (体检) finds: code, severity, clause, and what to do.

use super::{PersonId, RecordId};
use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Block,
    Warn,
    Info,
}

/// A stable kebab-case word, e.g. `evidence-missing`.
pub type FindingCode = &'static str;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub code: FindingCode,
    /// The clause it rests on, as a clerk would cite it.
    pub clause: String,
    pub year: Option<i32>,
    pub message: String,
    /// What to do.
    pub fix: String,
    /// Where to go.
    #[serde(skip)]
    pub person: PersonId,
    #[serde(skip)]
    pub record: Option<RecordId>,
    /// Set aside by somebody.
    #[serde(skip)]
    pub overridden: bool,
}

/// Every finding code with a short Chinese description, for `--help` and the window.
pub const CODES: &[(FindingCode, &str)] = &[];
