//! Receiving other units' packages into the department's registry (A-30, B3-13, B3-14): what is asked,
//! what came of it, and the order of the steps. Reading a package, planning and writing stand beside it.

mod facts;
mod grants;
mod plan;
mod read;
mod write;

use super::statement::Statement;
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{ApplicantResult, Verdict};
use crate::registry::{Registry, Tx, campaign};
use chrono::NaiveDateTime;
use read::{Incoming, WHAT};
use serde::Serialize;
use std::cell::Cell;
use std::collections::HashMap;
use std::path::PathBuf;

/// Who wins where a package and the registry differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Side {
    /// What the package says.
    #[serde(rename = "新的")]
    New,
    /// What the registry says; whatever does not differ is still taken in.
    #[serde(rename = "原有的")]
    Old,
}

impl Side {
    pub const ALL: [Self; 2] = [Self::New, Self::Old];

    pub fn name(self) -> &'static str {
        match self {
            Self::New => "新的",
            Self::Old => "原有的",
        }
    }
}

/// What to receive.
#[derive(Debug, Clone)]
pub struct ReceiveRequest {
    /// Folders or zips, in this order.
    pub packages: Vec<PathBuf>,
    /// Without it a package with conflicts is left alone.
    pub accept: Option<Side>,
    /// Single conflicts decided otherwise.
    pub settled: HashMap<ConflictKey, Side>,
    /// Only tell what would happen.
    pub dry_run: bool,
    pub now: NaiveDateTime,
}

/// By what a conflict is known again when the same packages are looked at once more.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ConflictKey(String);

/// Which side wins where.
pub(super) struct Decided {
    accept: Option<Side>,
    settled: HashMap<ConflictKey, Side>,
}

impl Decided {
    pub fn of(&self, conflict: &Conflict) -> Option<Side> {
        self.settled.get(&conflict.key()).copied().or(self.accept)
    }
}

/// What came of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Receipt {
    /// The packages that are in the registry now (or would be).
    pub received: Vec<Received>,
    /// Where a package and the registry differ, also those that were settled.
    pub conflicts: Vec<Conflict>,
    /// Worth knowing, but no conflict.
    #[serde(skip)]
    pub notes: Vec<String>,
}

impl Receipt {
    /// Whether something was left alone because nobody said which side wins.
    pub fn unsettled(&self) -> bool {
        self.conflicts.iter().any(|conflict| conflict.settled.is_none())
    }
}

/// A received package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Received {
    /// The package's id.
    pub package: String,
    pub unit: String,
    pub people: u64,
    pub records: u64,
    /// Files of evidence.
    pub evidence: u64,
    /// It was in the registry before; nothing changed.
    pub already: bool,
}

/// Something in which a package and the registry differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The package's id, and who sent it.
    pub package: String,
    pub unit: String,
    /// A stable kebab-case word.
    pub code: &'static str,
    /// Whom it concerns; empty for the package as a whole.
    pub name: String,
    pub id_number: String,
    pub message: String,
    /// What is here, and what comes; a line for each fact.
    pub old: String,
    pub new: String,
    pub settled: Option<Side>,
}

/// A confirmed year that would have to change.
pub(super) const LOCKED: &str = "year-locked";

impl Conflict {
    /// Whether it can be settled so: only leaving a confirmed year as it is settles that.
    pub fn allows(&self, side: Side) -> bool {
        self.code != LOCKED || side == Side::Old
    }

    pub fn key(&self) -> ConflictKey {
        let Self { package, code, id_number, message, .. } = self;
        ConflictKey(format!("{package}\n{code}\n{id_number}\n{message}"))
    }
}

/// A sound package before it is taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub path: PathBuf,
    /// 高级 / 中级
    pub level: String,
    pub made_at: NaiveDateTime,
    pub facts: Received,
}

/// Packages looked at before anything changes.
#[derive(Debug, Default)]
pub struct Looked {
    /// In the order given.
    pub sound: Vec<Seen>,
    /// Those that cannot be received, and why.
    pub damaged: Vec<(PathBuf, Failure)>,
    /// Where they differ from the registry, or from each other; decided as the request says.
    pub conflicts: Vec<Conflict>,
    pub notes: Vec<String>,
}

/// Looks at packages and tells what receiving them would bring; one that is damaged is named and does not
/// stop the others. Nothing changes. Later packages are held against what earlier ones would make of it.
///
/// # Errors
/// I/O of the registry; cancelled.
pub fn look(
    registry: &mut Registry,
    request: &ReceiveRequest,
    progress: Progress<'_>,
) -> Result<Looked> {
    let stopped = Cell::new(false);
    let watched = |done: u64, total: u64, what: &str| {
        let on = progress(done, total, what);
        stopped.set(stopped.get() || !on);
        on
    };
    let mut looked = Looked::default();
    let mut packages = Vec::new();
    for path in &request.packages {
        match Incoming::read(registry, path, &watched) {
            Ok(package) => {
                let told = &package.statement;
                looked.sound.push(Seen {
                    path: path.clone(),
                    level: told.level.clone(),
                    made_at: told.made_at,
                    facts: facts(told),
                });
                packages.push(package);
            }
            Err(failure) if stopped.get() => return Err(failure),
            Err(failure) => looked.damaged.push((path.clone(), failure)),
        }
    }
    // What nobody has decided yet is rehearsed as if the new side won, so that what follows is told too.
    let accept = request.accept.or(Some(Side::New));
    let rehearsed = ReceiveRequest { accept, ..request.clone() };
    let mut receipt = Receipt::default();
    rehearse(registry, &rehearsed, &mut packages, &mut receipt)?;
    let asked = Decided { accept: request.accept, settled: request.settled.clone() };
    for conflict in &mut receipt.conflicts {
        conflict.settled = asked.of(conflict).filter(|side| conflict.allows(*side));
    }
    for seen in &mut looked.sound {
        let known = |it: &Received| it.package == seen.facts.package && it.already;
        seen.facts.already = receipt.received.iter().any(known);
    }
    looked.conflicts = receipt.conflicts;
    looked.notes = receipt.notes;
    Ok(looked)
}

/// What a package brings.
fn facts(statement: &Statement) -> Received {
    Received {
        package: statement.id.clone(),
        unit: statement.unit.name.clone(),
        people: statement.people.len() as u64,
        records: statement.people.iter().map(|it| it.handbook.records.len() as u64).sum(),
        evidence: statement.people.iter().map(|it| it.evidence.len() as u64).sum(),
        already: false,
    }
}

/// Receives packages, all in one undo step or not at all; one whose conflicts nobody decided is left alone.
/// All are verified before anything changes; one that is broken, unfinished, a draft or does not make sense
/// refuses all.
///
/// # Errors
/// A package that cannot be received, with its reasons; I/O; cancelled.
pub fn receive(
    registry: &mut Registry,
    request: &ReceiveRequest,
    progress: Progress<'_>,
) -> Result<Receipt> {
    let mut packages = Vec::new();
    for path in &request.packages {
        packages.push(Incoming::read(registry, path, progress)?);
    }
    let mut receipt = Receipt::default();
    if request.dry_run {
        rehearse(registry, request, &mut packages, &mut receipt)?;
        return Ok(receipt);
    }
    let vault = registry.vault();
    let mut shelf = write::Shelf::new(&vault, progress);
    let action = match packages.as_slice() {
        [only] => format!("接收报送包：{}", only.statement.unit.name),
        many => format!("接收报送包：{} 个", many.len()),
    };
    registry.transact(&action, |tx| {
        packages
            .iter_mut()
            .try_for_each(|package| one(tx, request, package, Some(&mut shelf), &mut receipt))
    })?;
    shelf.keep();
    Ok(receipt)
}

/// Does everything and takes it all back, so that packages which disagree with each other are told too.
fn rehearse(
    registry: &mut Registry,
    request: &ReceiveRequest,
    packages: &mut [Incoming],
    receipt: &mut Receipt,
) -> Result<()> {
    let mut went = Ok(());
    let _rolled_back = registry.transact(WHAT, |tx| {
        went = packages.iter_mut().try_for_each(|it| one(tx, request, it, None, receipt));
        // Refusing is how a transaction is taken back.
        Err::<(), _>(Failure::refused(WHAT, "", "只是试收", ""))
    });
    went
}

fn one(
    tx: &mut Tx<'_>,
    request: &ReceiveRequest,
    package: &mut Incoming,
    shelf: Option<&mut write::Shelf<'_>>,
    receipt: &mut Receipt,
) -> Result<()> {
    let statement = &package.statement;
    let own = tx.registry().unit()?;
    let mut received = facts(statement);
    // What this registry wrote itself it has already.
    let known = tx.registry().received()?.iter().any(|it| it.id == statement.id)
        || tx.registry().packages()?.iter().any(|it| it.id == statement.id);
    if known {
        received.already = true;
        receipt.received.push(received);
        return Ok(());
    }
    if statement.recipient != own.name {
        receipt.notes.push(format!(
            "{} 的包上写的是报送至 {}，不是本单位，请留意",
            statement.unit.name, statement.recipient
        ));
    }
    let decided = Decided { accept: request.accept, settled: request.settled.clone() };
    let (plan, mut conflicts) = plan::plan(tx, package, &decided)?;
    let settled = conflicts.iter().all(|conflict| conflict.settled.is_some());
    receipt.conflicts.append(&mut conflicts);
    if settled {
        write::write(tx, package, plan, request.now, shelf)?;
        receipt.received.push(received);
        seen_otherwise(tx, &package.statement, request, &mut receipt.notes)?;
    }
    Ok(())
}

/// Whoever was met at the sender's and is not met here: the two registries may know platforms differently.
fn seen_otherwise(
    tx: &Tx<'_>,
    statement: &Statement,
    request: &ReceiveRequest,
    notes: &mut Vec<String>,
) -> Result<()> {
    let level = Some(statement.level.as_str());
    let report = campaign::check(tx.registry(), statement.campaign, level, request.now.date())?;
    let came = |found: &ApplicantResult| {
        let number = &found.person.id_number;
        statement.people.iter().any(|told| told.handbook.person.id_number == *number)
    };
    let doubtful = |found: &&ApplicantResult| {
        found.applicant.withdrawn.is_none() && found.verdict != Verdict::Met && came(found)
    };
    notes.extend(report.applicants.iter().filter(doubtful).map(|found| {
        let (unit, name) = (&statement.unit.name, &found.person.name);
        format!("{unit} 的 {name} 在本登记库体检没有达标：{}", campaign::unmet(found))
    }));
    Ok(())
}
