//! A person's years under a notice: which record gives how many hours, by which clause, and why;
//! real, deemed and recognised kept apart.

use super::{Handbook, RecordId};
use crate::notice::{Clause, FormId, Hours, Notice, Subject};
use std::collections::BTreeMap;

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

/// Every year in which the handbook says something, ascending, without the deeming of applicants.
pub fn years(_notice: &Notice, _handbook: &Handbook) -> Vec<YearTotal> {
    todo!()
}
