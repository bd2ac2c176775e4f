//! What is found about a person: one file per thing looked at. Verdicts and severities that depend on
//! the whole span are `check`'s.

pub(super) mod across;
pub(super) mod gates;
pub(super) mod hours;
pub(super) mod papers;
pub(super) mod person;
pub(super) mod records;

use super::year::Book;
use super::{Finding, FindingCode, PersonId, RecordId, Severity, Unit};
use crate::notice::{Calendar, Notice, Span};
use chrono::NaiveDate;

/// What every look at one person's book needs.
pub(super) struct Look<'a> {
    pub notice: &'a Notice,
    pub calendar: &'a Calendar,
    pub unit: &'a Unit,
    /// The 注册地区 that the unit's staff should have.
    pub region: Option<&'a str>,
    pub book: &'a Book<'a>,
    pub person: PersonId,
    /// The years that have to be shown.
    pub span: Span,
    /// The year under way; told about, not required.
    pub current: i32,
    pub today: NaiveDate,
}

impl Look<'_> {
    /// The years looked at: the span and the year under way.
    pub fn looks_at(&self, year: i32) -> bool {
        self.span.contains(year) || year == self.current
    }

    /// A finding of the person.
    pub fn finding(
        &self,
        severity: Severity,
        code: FindingCode,
        clause: impl Into<String>,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) -> Finding {
        Finding {
            severity,
            code,
            clause: clause.into(),
            year: None,
            message: message.into(),
            fix: fix.into(),
            person: self.person,
            record: None,
            overridden: false,
        }
    }

    /// Where a row of the requirement trace stands in the notice, as a clerk would cite it.
    pub fn cite(&self, id: &str) -> String {
        cite(self.notice, id)
    }
}

/// Where a row of the requirement trace stands in the notice; decided readings are cited as 口径. A notice
/// that has no such row is cited as a whole.
pub(super) fn cite(notice: &Notice, id: &str) -> String {
    if let Some(clause) = notice.clause(id) {
        return clause.place.clone();
    }
    if notice.decisions.iter().any(|decision| decision.id == id) {
        return format!("口径 {id}");
    }
    notice.document.clone()
}

impl Finding {
    pub(super) fn of_year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    pub(super) fn of_record(mut self, record: RecordId) -> Self {
        self.record = Some(record);
        self
    }
}
