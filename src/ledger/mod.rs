//! A person's handbook and what follows from it under a notice: hours, year totals, verdicts,
//! findings, states. Pure: no I/O, no database, no window.

pub mod campaign;
mod career;
pub mod check;
mod dayparts;
mod deem;
pub mod finding;
mod findings;
pub mod gap;
pub mod handbook;
pub mod identity;
mod obligation;
pub mod particulars;
pub mod publicity;
pub mod report;
mod review;
mod tally;
pub mod twins;
mod unprintable;
pub mod year;

pub use campaign::*;
pub use career::{CareerLine, Moved, PostChange, career, noted};
pub use check::{ApplicantResult, CampaignReport, Verdict, check, examine, span_of};
pub use finding::{Finding, FindingCode, Severity};
pub use gap::{Gap, YearGaps, year_gaps};
pub use handbook::*;
pub use identity::IdNumber;
pub use obligation::{MetBy, Obligation, obligations};
pub use particulars::Particular;
pub use publicity::{Objection, Publicity, RunFile, RunFileKind};
pub use unprintable::{is_pdf, unprintable};
pub use year::{Cumulative, RecordCredit, YearTotal, cumulative, years, years_as_applicant};
