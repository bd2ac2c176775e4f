//! What pages ask the worker to do to the registry, one verb each. They run on the worker's thread;
//! each is one undo step and says in one sentence what it did.

mod after;
mod campaign;
mod career;
mod events;
mod files;
mod keeping;
mod people;
mod records;
mod roster;

pub use after::*;
pub use campaign::*;
pub use career::*;
pub use events::*;
pub use files::*;
pub use keeping::*;
pub use people::*;
pub use records::*;
pub use roster::*;

use super::desk::Outcome;
use crate::ledger::Vouched;
use chrono::NaiveDate;
fn said(text: impl Into<String>) -> Outcome {
    Outcome::Said { text: text.into(), undoable: true }
}

fn vouch(by: &str, reason: &str, today: NaiveDate) -> Vouched {
    Vouched { by: by.to_owned(), at: today, reason: reason.trim().to_owned() }
}
