//! What a finished job has to show to the window: sentences, papers, findings, pages to open. How it comes to
//! the window is the desk's (`desk`).

use super::chores::EventView;
use super::dialog::For;
use super::drives::Drive;
use super::pages::evidence::arrive::Spot;
use super::pages::preview::Paper;
use super::pages::settings::TemplateFound;
use super::titles::Titles;
use crate::intake::ImportReport;
use crate::ledger::twins::Likeness;
use crate::ledger::{PersonId, Record, RecordId};
use crate::package::{Looked, Receipt, Verification, Written};
use crate::registry::{EventLine, Merge, PersonRow, Problem, Tidied};
use eframe::egui;
use std::path::PathBuf;

/// What a finished job has to show.
#[derive(Debug)]
pub enum Outcome {
    /// Only the registry changed; nothing more to say.
    Quiet,
    /// One sentence for a toast; `undoable` adds 撤销 to it.
    Said {
        text: String,
        undoable: bool,
    },
    /// A person was added or changed: open the handbook.
    Person {
        text: String,
        id: PersonId,
    },
    Imported {
        report: ImportReport,
        file: PathBuf,
        dry_run: bool,
        /// The registry's revision afterwards: as long as it stands, undoing undoes the import.
        revision: u64,
    },
    /// A record to be changed on 登记.
    Edit(Box<Record>),
    Packed(Written),
    /// Packages of other units, before they are taken in.
    Looked(Looked),
    Received(Receipt),
    Verified {
        path: PathBuf,
        verification: Verification,
    },
    /// What is wrong with the registry; what was removed before.
    Examined {
        problems: Vec<Problem>,
        tidied: Option<Tidied>,
    },
    /// Who would get less than the others from what is being registered, and why; by the question.
    Overlaps {
        asked: u64,
        lines: Vec<String>,
    },
    /// The 班次 that there are.
    Events(Vec<EventLine>),
    /// One of them, opened to be changed.
    Event(Box<EventView>),
    /// Files that were pasted: for what, among which slots, and where the pointer was.
    Pasted {
        to: For,
        spots: Vec<Spot>,
        at: Option<egui::Pos2>,
        files: Vec<PathBuf>,
    },
    /// Of the files that a form holds these cannot be evidence, each with why.
    Unfit {
        to: For,
        files: Vec<(PathBuf, String)>,
    },
    /// A batch was done for some and not for others: what was done, and who was left out and why.
    Partly {
        text: String,
        undoable: bool,
        lines: Vec<String>,
    },
    /// The titles of all records.
    Titles(Titles),
    /// Everybody who has a record of this title, and the latest such record.
    With {
        title: String,
        record: RecordId,
        people: Vec<PersonId>,
    },
    /// Entries that may be the same person twice.
    Twins(Vec<Pair>),
    /// What merging two entries would do, or why they cannot be merged.
    Merge(Result<Box<Merge>, String>),
    /// Where a package can go.
    Room(Room),
    /// The registry's own backups; with the one that was just made.
    Backups {
        made: Option<PathBuf>,
        all: Vec<BackupFile>,
    },
    /// What another reading (口径) would change, by the question.
    Effect {
        asked: u64,
        told: String,
    },
    /// What checking a backup gave.
    Checked {
        name: String,
        told: Result<String, String>,
    },
    /// How the certificate's template stands.
    Template(TemplateFound),
    /// The spellings of workplaces, with how many people bear each.
    Units(Vec<(String, u32)>),
    /// A notice's words, read from a file.
    NoticeWords(String),
    /// The registry has to be opened again to go by what was changed beside it.
    Reopen {
        text: String,
        dir: PathBuf,
    },
    /// A paper to be looked at.
    Preview(Paper),
    /// A file was written here.
    Saved {
        text: String,
        path: PathBuf,
    },
}

/// Two entries that may be one person.
#[derive(Debug, Clone)]
pub struct Pair {
    pub one: PersonRow,
    pub other: PersonRow,
    pub likeness: Likeness,
}

/// Where a package can go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// How many bytes the chosen folder has left; `None` when it is not there (any more).
    pub free: Option<u64>,
    /// What is plugged in.
    pub drives: Vec<Drive>,
}

/// A backup in the registry's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupFile {
    pub name: String,
    pub bytes: u64,
    pub made: chrono::DateTime<chrono::Local>,
}

/// A job's result and whose handbooks it touched (`None`: unknown, look at all).
#[derive(Debug)]
pub struct Finished {
    pub outcome: Outcome,
    pub touched: Option<Vec<PersonId>>,
}

impl Finished {
    pub fn said(text: impl Into<String>, touched: Vec<PersonId>) -> Self {
        Self {
            outcome: Outcome::Said { text: text.into(), undoable: true },
            touched: Some(touched),
        }
    }

    /// Nothing in the registry changed.
    pub fn unchanged(outcome: Outcome) -> Self {
        Self { outcome, touched: Some(Vec::new()) }
    }
}
