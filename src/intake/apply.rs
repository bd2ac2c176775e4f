//! A plan becomes true: files into the vault first, then every change in one undo step. Stopped or failed half-way,
//! nothing stays.

use super::attach::Hashes;
use super::plan::{OfPerson, Plan, Planned};
use super::{Progress, cancelled};
use crate::failure::{Failure, Result};
use crate::ledger::{Attachment, Event, EventId, PersonId};
use crate::registry::vault::Vault;
use crate::registry::{Registry, Tx};
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

/// The undo step's name.
pub const ACTION: &str = "导入 Excel";

/// Files taken in side by side.
const AT_A_TIME: usize = 8;

/// Carries a plan out.
///
/// # Errors
/// Cancelled; the vault's or the database's refusal. Nothing was changed then.
pub fn apply(
    registry: &mut Registry,
    mut plan: Plan,
    hashes: &Hashes,
    progress: Progress<'_>,
) -> Result<()> {
    let vault = registry.vault();
    let mut taken = TakenIn { vault: &vault, fresh: Vec::new(), kept: false };
    let extensions = taken.take(&needed(&plan), &hashes.paths(), progress)?;
    for attachment in attachments_mut(&mut plan) {
        if let Some(extension) = extensions.get(&attachment.evidence.sha256) {
            attachment.evidence.extension.clone_from(extension);
        }
    }
    registry.transact(ACTION, |tx| write(tx, &mut plan, progress))?;
    taken.kept = true;
    Ok(())
}

/// Files that came into the vault for this import; they go again unless it comes true.
struct TakenIn<'a> {
    vault: &'a Vault,
    fresh: Vec<PathBuf>,
    kept: bool,
}

impl TakenIn<'_> {
    /// Takes contents in; returns under which extension each is kept. Several at a time, since each waits for the
    /// disk to have written it for good.
    fn take(
        &mut self,
        needed: &BTreeSet<String>,
        paths: &HashMap<&str, &Path>,
        progress: Progress<'_>,
    ) -> Result<HashMap<String, String>> {
        // What an entry names is either a file of this import or in the vault already.
        let files: Vec<(&str, &Path)> = needed
            .iter()
            .filter_map(|sha256| Some((sha256.as_str(), *paths.get(sha256.as_str())?)))
            .collect();
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let (said, heard) = mpsc::channel();
        let vault = self.vault;
        std::thread::scope(|scope| {
            for _ in 0..AT_A_TIME.min(files.len()) {
                let (said, next, stop, files) = (said.clone(), &next, &stop, &files);
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some((sha256, path)) = files.get(at) else { break };
                        let before = vault.holds(sha256);
                        // Nobody listens only when this import has failed already.
                        let _ = said.send((*sha256, before, vault.take_in(path)));
                    }
                });
            }
            drop(said);
            let mut extensions = HashMap::new();
            let mut failure = None;
            // Every answer is heard, even after a failure: what came in must be known to be removed.
            for (done, (sha256, before, taken)) in heard.iter().enumerate() {
                let go_on = progress(done as u64, files.len() as u64, "正在存入证明材料");
                match taken {
                    Ok(evidence) => {
                        if evidence.sha256 != sha256 {
                            failure.get_or_insert_with(|| changed_meanwhile(paths.get(sha256)));
                        } else {
                            if !before {
                                self.fresh.push(vault.path_of(&evidence));
                            }
                            extensions.insert(evidence.sha256, evidence.extension);
                        }
                    }
                    Err(error) => {
                        failure.get_or_insert(error);
                    }
                }
                if !go_on {
                    failure.get_or_insert_with(cancelled);
                }
                stop.store(failure.is_some(), Ordering::Relaxed);
            }
            failure.map_or(Ok(extensions), Err)
        })
    }
}

fn changed_meanwhile(path: Option<&&Path>) -> Failure {
    Failure::cannot(
        "导入",
        path.map_or(String::new(), |path| path.display().to_string()),
        "这份材料在导入时被改动了",
        "请等别的程序写完它，再导入一次",
    )
}

impl Drop for TakenIn<'_> {
    fn drop(&mut self) {
        if !self.kept {
            for path in &self.fresh {
                // A stray that cannot be removed now is told by the registry's check.
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

/// The contents that changed entries name.
fn needed(plan: &Plan) -> BTreeSet<String> {
    fn of<'a, T: PartialEq>(
        entries: &'a [Planned<T>],
        files: impl Fn(&'a T) -> &'a [Attachment],
    ) -> impl Iterator<Item = &'a Attachment> {
        entries.iter().filter(|entry| entry.changed()).flat_map(move |entry| files(&entry.after))
    }
    let events = plan.events.values().filter(|(before, after)| before.as_ref() != Some(after));
    of(&plan.records, |record| &record.attachments)
        .chain(of(&plan.deemed, |deemed| &deemed.attachments))
        .chain(of(&plan.slips, |slip| &slip.attachments))
        .chain(events.flat_map(|(_, after)| &after.attachments))
        .map(|attachment| attachment.evidence.sha256.clone())
        .collect()
}

fn attachments_mut(plan: &mut Plan) -> impl Iterator<Item = &mut Attachment> {
    plan.records
        .iter_mut()
        .flat_map(|entry| &mut entry.after.attachments)
        .chain(plan.deemed.iter_mut().flat_map(|entry| &mut entry.after.attachments))
        .chain(plan.slips.iter_mut().flat_map(|entry| &mut entry.after.attachments))
        .chain(plan.events.values_mut().flat_map(|(_, event)| &mut event.attachments))
}

/// Counts entries written and asks whether to go on.
struct Meter<'a> {
    done: u64,
    total: u64,
    progress: Progress<'a>,
}

impl Meter<'_> {
    fn step(&mut self) -> Result<()> {
        self.done += 1;
        // Often enough to feel at once, seldom enough to cost nothing.
        if self.done % 64 == 1 && !(self.progress)(self.done, self.total, "正在登记") {
            return Err(cancelled());
        }
        Ok(())
    }
}

fn write(tx: &mut Tx<'_>, plan: &mut Plan, progress: Progress<'_>) -> Result<()> {
    let total = plan.people.len()
        + plan.records.len()
        + plan.deemed.len()
        + plan.slips.len()
        + plan.applicants.len();
    let mut meter = Meter { done: 0, total: total as u64, progress };
    let mut people: Vec<PersonId> = Vec::with_capacity(plan.people.len());
    for person in &plan.people {
        meter.step()?;
        people.push(if person.before.as_ref() == Some(&person.after) {
            person.after.id
        } else {
            tx.save_person(&person.after)?
        });
    }
    let mut events: HashMap<String, EventId> = HashMap::new();
    for (before, event) in plan.events.values() {
        let id = match before {
            Some(before) => before.id,
            None => tx.event(&event.name)?,
        };
        let held = before.as_ref().map(|before| before.attachments.as_slice()).unwrap_or_default();
        if held != event.attachments.as_slice() {
            tx.save_event(&Event { id, ..event.clone() })?;
        }
        events.insert(event.name.clone(), id);
    }
    for entry in &mut plan.records {
        meter.step()?;
        if entry.changed() {
            if let Some(id) = events.get(&entry.after.event_name) {
                entry.after.event = Some(*id);
            }
            entry.after.belongs_to(people[entry.person]);
            tx.save_record(&entry.after)?;
        }
    }
    save(&mut plan.deemed, &people, &mut meter, |deemed| tx.save_deemed(deemed).map(drop))?;
    save(&mut plan.slips, &people, &mut meter, |slip| tx.save_slip(slip).map(drop))?;
    save(&mut plan.applicants, &people, &mut meter, |one| tx.save_applicant(one).map(drop))
}

fn save<T: PartialEq + OfPerson>(
    entries: &mut [Planned<T>],
    people: &[PersonId],
    meter: &mut Meter<'_>,
    mut save: impl FnMut(&T) -> Result<()>,
) -> Result<()> {
    for entry in entries {
        meter.step()?;
        if entry.changed() {
            entry.after.belongs_to(people[entry.person]);
            save(&entry.after)?;
        }
    }
    Ok(())
}
