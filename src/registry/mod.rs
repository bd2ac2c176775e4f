//! The open registry (登记库): a folder with a database, an evidence vault and backups.
//! `transact` is the single door through which anything changes; reads are plain queries.
//! Only this floor knows SQL. Here stand the shapes; each verb has a file of its own.

pub mod campaign;
pub mod effect;
pub mod vault;

mod apart;
mod applicants;
mod attachments;
mod awaited;
mod backup;
mod career;
mod create;
mod discharges;
mod doctor;
mod grants;
mod handbooks;
mod history;
mod locked;
mod merge;
mod migrate;
mod notices;
mod open;
mod people;
mod platforms;
mod publicity;
mod received;
mod records;
mod restore;
mod reviews;
pub mod roster;
mod rows;
mod rules;
mod rulings;
mod strays;
mod templates;
mod titles;
mod tracking;
mod transact;
mod trouble;
mod tx;
mod undo;
mod vouched;
mod whole;
mod words;
mod workplaces;

pub use apart::TwoPeople;
pub use awaited::AwaitedUnit;
pub use discharges::Owing;
pub use merge::Merge;
pub use notices::NoticeEntry;
pub use received::ReceivedEntry;
pub use restore::{BackupTold, examine, restore};
pub use strays::Tidied;
pub use whole::{is_whole, restore_whole};
pub use workplaces::Spellings;

pub use locked::years_of as record_years;
pub use titles::TitleRow;
pub use words::field_label;

use crate::ledger::{EventId, IdNumber, PersonId};
use std::fs::File;
use std::path::{Path, PathBuf};

/// The database's file name in a registry's folder.
const DATABASE: &str = "registry.sqlite3";
/// Held while a registry is open.
const LOCK: &str = "registry.lock";

/// An open registry; one process writes at a time.
pub struct Registry {
    dir: PathBuf,
    db: rusqlite::Connection,
    revision: u64,
    /// The steps that undo and redo would replay: id and name.
    undo: Option<(i64, String)>,
    redo: Option<(i64, String)>,
    rules: rules::Rules,
    /// Released when it is closed, or by the system when the program dies.
    _lock: File,
}

/// A registry being changed. Everything done to it is one undo step.
///
/// Ids of 0 insert, others update; the stored id is returned. Equal content changes nothing.
/// Changing a record, deemed entry or slip of a confirmed (locked) year is refused.
pub struct Tx<'a> {
    registry: &'a Registry,
}

/// What a transaction did.
#[derive(Debug)]
pub struct Done<T> {
    pub value: T,
    /// The registry's revision afterwards; unchanged when nothing changed.
    pub revision: u64,
    /// People whose handbook changed.
    pub people: Vec<PersonId>,
}

/// A line of the people table, cheap to hold for 100,000 people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    pub id: PersonId,
    pub name: String,
    pub id_number: IdNumber,
    pub birth_date: Option<chrono::NaiveDate>,
    pub workplace: String,
    pub section: String,
    pub education: String,
    pub degree: String,
    pub title: String,
    pub series: String,
    pub speciality: String,
    pub handbook_number: String,
    pub employed: Option<chrono::NaiveDate>,
    pub phone: String,
    pub retired: bool,
    pub records: u32,
}

impl PersonRow {
    /// The line of a person with so many records.
    pub fn of(person: &crate::ledger::Person, records: u32) -> Self {
        let person = person.clone();
        Self {
            id: person.id,
            name: person.name,
            id_number: person.id_number,
            birth_date: person.birth_date,
            workplace: person.workplace,
            section: person.section,
            education: person.education,
            degree: person.degree,
            title: person.title,
            series: person.series,
            speciality: person.speciality,
            handbook_number: person.handbook_number,
            employed: person.employed,
            phone: person.phone,
            retired: person.retired,
            records,
        }
    }
}

/// A 班次 in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    pub id: EventId,
    pub name: String,
    pub people: u32,
    /// The first day of the first of its records.
    pub start: chrono::NaiveDate,
    /// Shared files.
    pub files: u32,
}

/// A problem that `doctor` found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    pub code: String,
    pub message: String,
    pub fix: String,
}

/// A file of rules that cannot be read: a notice or a calendar of the registry's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenRule {
    pub file: PathBuf,
    /// The whole sentence, with line and key.
    pub why: String,
}

/// A package that was written or handed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PackageEntry {
    pub id: String,
    pub campaign: i32,
    pub level_group: String,
    pub path: String,
    pub people: u32,
    pub draft: bool,
    pub manifest_sha256: String,
    pub at: chrono::NaiveDateTime,
}

impl Registry {
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Bumped by every change, undo and redo included.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Where evidence files are kept.
    pub fn vault(&self) -> vault::Vault {
        vault::Vault::at(self.dir.join("evidence"))
    }
}

impl std::fmt::Debug for Registry {
    /// Neither names nor numbers of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Registry").field("revision", &self.revision).finish_non_exhaustive()
    }
}
