//! A person's handbook and what follows from it under a notice: hours, year totals, verdicts,
//! findings, states. Pure: no I/O, no database, no window.

pub mod campaign;
pub mod check;
pub mod finding;
pub mod handbook;
pub mod identity;
pub mod year;

pub use campaign::*;
pub use check::{ApplicantResult, CampaignReport, Verdict, check};
pub use finding::{Finding, FindingCode, Severity};
pub use handbook::*;
pub use identity::IdNumber;
pub use year::{RecordCredit, YearTotal, years};
