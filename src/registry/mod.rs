//! The open registry (登记库): a folder with a database, an evidence vault and backups.
//! `transact` is the single door through which anything changes; reads are plain queries.
//! Only this floor knows SQL.

pub mod campaign;
pub mod vault;

use crate::failure::Result;
use crate::ledger::*;
use crate::notice::{Calendar, Notice};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An open registry; one process writes at a time.
pub struct Registry {
    dir: PathBuf,
}

/// A registry being changed. Everything done to it is one undo step.
pub struct Tx<'a> {
    _registry: &'a mut Registry,
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
    pub section: String,
    pub title: String,
    pub retired: bool,
    pub records: u32,
}

/// A problem that `doctor` found.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    pub code: String,
    pub message: String,
    pub fix: String,
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
    /// Makes a new registry in `dir`. `notice` is a built-in id or the path of a notice file, which is copied in.
    ///
    /// # Errors
    /// The folder is in use, its parent does not exist, the unit's facts do not fit the notice, I/O.
    pub fn create(_dir: &Path, _unit: &Unit, _notice: &str) -> Result<Self> {
        todo!()
    }

    /// # Errors
    /// Not a registry, damaged, made by a newer program, or open in another process.
    pub fn open(_dir: &Path) -> Result<Self> {
        todo!()
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Bumped by every change.
    pub fn revision(&self) -> u64 {
        todo!()
    }

    /// # Errors
    /// Damage.
    pub fn unit(&self) -> Result<Unit> {
        todo!()
    }

    /// The registry's current notice (the latest campaign year it has).
    pub fn notice(&self) -> Arc<Notice> {
        todo!()
    }

    /// The notice of a campaign year.
    ///
    /// # Errors
    /// There is none: a year without a notice is refused.
    pub fn notice_of(&self, _campaign: i32) -> Result<Arc<Notice>> {
        todo!()
    }

    /// holiday-cn, the notice's patches and the registry's `calendar/*.toml`.
    pub fn calendar(&self) -> Calendar {
        todo!()
    }

    /// The single door. `action` is its Chinese name in the undo menu: `登记一条`.
    /// An error rolls everything back.
    ///
    /// # Errors
    /// What `change` returned, a locked year, or the database's own refusal.
    pub fn transact<T>(
        &mut self,
        _action: &str,
        _change: impl FnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        todo!()
    }

    /// The name of what undo would take back.
    pub fn can_undo(&self) -> Option<String> {
        todo!()
    }
    pub fn can_redo(&self) -> Option<String> {
        todo!()
    }
    /// # Errors
    /// I/O or damage.
    pub fn undo(&mut self) -> Result<Option<Done<String>>> {
        todo!()
    }
    /// # Errors
    /// I/O or damage.
    pub fn redo(&mut self) -> Result<Option<Done<String>>> {
        todo!()
    }

    /// Every person in name order.
    ///
    /// # Errors
    /// Damage.
    pub fn people(&self) -> Result<Vec<PersonRow>> {
        todo!()
    }
    /// # Errors
    /// Damage.
    pub fn person_by_id_number(&self, _id: &IdNumber) -> Result<Option<Person>> {
        todo!()
    }
    /// # Errors
    /// No such person; damage.
    pub fn handbook(&self, _person: PersonId) -> Result<Handbook> {
        todo!()
    }
    /// All handbooks in person-id order, read in a handful of queries.
    ///
    /// # Errors
    /// Damage.
    pub fn handbooks(&self) -> Result<Vec<Handbook>> {
        todo!()
    }
    /// The handbooks of one campaign's applicants.
    ///
    /// # Errors
    /// Damage.
    pub fn applicant_handbooks(&self, _campaign: i32) -> Result<Vec<Handbook>> {
        todo!()
    }
    /// # Errors
    /// Damage.
    pub fn events(&self) -> Result<Vec<Event>> {
        todo!()
    }
    /// # Errors
    /// Damage.
    pub fn publicity(&self, _campaign: i32) -> Result<Vec<Publicity>> {
        todo!()
    }
    /// # Errors
    /// Damage.
    pub fn packages(&self) -> Result<Vec<PackageEntry>> {
        todo!()
    }
    /// The changes of one person's handbook, newest first.
    ///
    /// # Errors
    /// Damage.
    pub fn history(&self, _person: PersonId) -> Result<Vec<HistoryLine>> {
        todo!()
    }

    /// Where evidence files are kept.
    pub fn vault(&self) -> vault::Vault {
        vault::Vault::at(self.dir.join("evidence"))
    }

    /// A verified snapshot (never a file copy); `to` defaults to `backups/<time>.sqlite3`. Returns its path.
    ///
    /// # Errors
    /// I/O; the snapshot fails its own check.
    pub fn backup(&self, _to: Option<&Path>) -> Result<PathBuf> {
        todo!()
    }

    /// Database integrity, evidence files present and unchanged, strays, locks, disk space.
    ///
    /// # Errors
    /// It cannot be examined at all.
    pub fn doctor(&self) -> Result<Vec<Problem>> {
        todo!()
    }
}

/// Changes. Ids of 0 insert, others update; the stored id is returned. Equal content changes nothing.
/// Changing a record, deemed entry or slip of a confirmed (locked) year is refused.
impl Tx<'_> {
    pub fn save_unit(&mut self, _unit: &Unit) -> Result<()> {
        todo!()
    }
    pub fn save_person(&mut self, _person: &Person) -> Result<PersonId> {
        todo!()
    }
    pub fn delete_person(&mut self, _person: PersonId) -> Result<()> {
        todo!()
    }
    /// Finds the event of this name or makes it.
    pub fn event(&mut self, _name: &str) -> Result<EventId> {
        todo!()
    }
    /// Name and shared files.
    pub fn save_event(&mut self, _event: &Event) -> Result<EventId> {
        todo!()
    }
    /// The record's own fields and files (`event_attachments` is ignored: they belong to the event).
    pub fn save_record(&mut self, _record: &Record) -> Result<RecordId> {
        todo!()
    }
    pub fn delete_record(&mut self, _record: RecordId) -> Result<()> {
        todo!()
    }
    pub fn save_deemed(&mut self, _deemed: &Deemed) -> Result<DeemedId> {
        todo!()
    }
    pub fn delete_deemed(&mut self, _deemed: DeemedId) -> Result<()> {
        todo!()
    }
    pub fn save_slip(&mut self, _slip: &PriorSlip) -> Result<SlipId> {
        todo!()
    }
    pub fn delete_slip(&mut self, _slip: SlipId) -> Result<()> {
        todo!()
    }
    pub fn save_year_review(&mut self, _review: &YearReview) -> Result<()> {
        todo!()
    }
    pub fn save_override(&mut self, _override: &FindingOverride) -> Result<()> {
        todo!()
    }
    pub fn save_applicant(&mut self, _applicant: &Applicant) -> Result<ApplicantId> {
        todo!()
    }
    pub fn delete_applicant(&mut self, _applicant: ApplicantId) -> Result<()> {
        todo!()
    }
    pub fn save_publicity(&mut self, _publicity: &Publicity) -> Result<PublicityId> {
        todo!()
    }
    pub fn save_package(&mut self, _package: &PackageEntry) -> Result<()> {
        todo!()
    }
    /// Reads inside the transaction.
    pub fn registry(&self) -> &Registry {
        self._registry
    }
}
