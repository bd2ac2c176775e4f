//! A person's handbook and what follows from it under a notice: hours, year totals, verdicts,
//! findings, states. Pure: no I/O, no database, no window.

pub mod campaign;
pub mod check;
mod dayparts;
mod deem;
pub mod finding;
mod findings;
pub mod handbook;
pub mod identity;
mod obligation;
pub mod publicity;
pub mod report;
mod review;
mod tally;
pub mod year;

pub use campaign::*;
pub use check::{ApplicantResult, CampaignReport, Verdict, check, examine, span_of};
pub use finding::{Finding, FindingCode, Severity};
pub use handbook::*;
pub use identity::IdNumber;
pub use obligation::{MetBy, Obligation, obligations};
pub use publicity::{Objection, Publicity, RunFile, RunFileKind};
pub use year::{Cumulative, RecordCredit, YearTotal, cumulative, years, years_as_applicant};
