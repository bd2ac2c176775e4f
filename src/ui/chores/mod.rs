//! What pages ask the worker to do to the registry, one verb each. They run on the worker's thread;
//! each is one undo step and says in one sentence what it did.

mod after;
mod campaign;
mod keeping;
mod people;
mod records;

pub use after::*;
pub use campaign::*;
pub use keeping::*;
pub use people::*;
pub use records::*;

use super::desk::Outcome;
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{Attachment, Vouched};
use crate::notice::SlotId;
use crate::registry::Registry;
use chrono::NaiveDate;
use std::path::PathBuf;

/// A file to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    pub slot: SlotId,
    pub path: PathBuf,
    pub stamped: bool,
}

fn take_in(
    registry: &Registry,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Vec<Attachment>> {
    let vault = registry.vault();
    let mut taken = Vec::with_capacity(files.len());
    for (nr, file) in files.iter().enumerate() {
        if !progress(nr as u64, files.len() as u64, "放入材料") {
            return Err(Failure::refused("放入证明材料", "", "已停下", "没有写入，可重新来"));
        }
        taken.push(Attachment {
            slot: file.slot.clone(),
            stamped: file.stamped,
            evidence: vault.take_in(&file.path)?,
            reason: String::new(),
        });
    }
    taken.sort();
    Ok(taken)
}

fn said(text: impl Into<String>) -> Outcome {
    Outcome::Said { text: text.into(), undoable: true }
}

fn vouch(by: &str, reason: &str, today: NaiveDate) -> Vouched {
    Vouched { by: by.to_owned(), at: today, reason: reason.trim().to_owned() }
}
