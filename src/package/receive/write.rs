//! Writes what was planned: files into the vault first, then the rows that name them, all in the one
//! step that the caller opened. Files that came in for a step that did not come true go again.

use super::plan::{Plan, suffix};
use super::read::{Incoming, WHAT};
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{Attachment, Event, EventId, Evidence, PersonId, Record};
use crate::package::cancelled;
use crate::registry::vault::Vault;
use crate::registry::{ReceivedEntry, Tx};
use chrono::NaiveDateTime;
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

/// Files on their way into the vault.
pub(super) struct Shelf<'a> {
    vault: &'a Vault,
    progress: Progress<'a>,
    fresh: Vec<PathBuf>,
}

impl<'a> Shelf<'a> {
    pub fn new(vault: &'a Vault, progress: Progress<'a>) -> Self {
        Self { vault, progress, fresh: Vec::new() }
    }

    /// The step came true: the files stay.
    pub fn keep(mut self) {
        self.fresh.clear();
    }

    /// Takes in the contents that are named; gives each as it is kept.
    fn take(
        &mut self,
        package: &mut Incoming,
        wanted: &BTreeSet<String>,
    ) -> Result<HashMap<String, Evidence>> {
        let mut kept = HashMap::new();
        for (done, sha256) in wanted.iter().enumerate() {
            if !(self.progress)(done as u64, wanted.len() as u64, "正在存入证明材料") {
                return Err(cancelled(WHAT));
            }
            let Some(path) = package.files.get(sha256).cloned() else { continue };
            let damaged =
                |why: String| Failure::cannot(WHAT, path.clone(), why, "请向报送单位重新索取");
            let at = package
                .source
                .position(&path)
                .ok_or_else(|| damaged("包里的这份证明材料不见了".to_owned()))?;
            let before = self.vault.holds(sha256);
            let evidence = self.vault.take_in_parts(&path, |take| {
                let mut taken = Ok(());
                let read = package.source.stream(at, &mut |piece| {
                    taken = take(piece);
                    taken.is_ok()
                });
                taken?;
                read.map(drop).map_err(damaged)
            })?;
            if !before {
                self.fresh.push(self.vault.path_of(&evidence));
            }
            if evidence.sha256 != *sha256 {
                return Err(damaged("核对以后又被改动了".to_owned()));
            }
            kept.insert(sha256.clone(), evidence);
        }
        Ok(kept)
    }
}

impl Drop for Shelf<'_> {
    fn drop(&mut self) {
        for path in &self.fresh {
            // A stray that cannot be removed now is told by the registry's check.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Writes a plan. Without a `shelf` (a rehearsal, which is taken back) no file is touched.
///
/// # Errors
/// I/O, cancelled, the registry's own refusals.
pub(super) fn write(
    tx: &mut Tx<'_>,
    package: &mut Incoming,
    mut plan: Plan,
    now: NaiveDateTime,
    shelf: Option<&mut Shelf<'_>>,
) -> Result<()> {
    if let Some(shelf) = shelf {
        let wanted = attachments(&mut plan).map(|it| it.evidence.sha256.clone()).collect();
        let kept = shelf.take(package, &wanted)?;
        for attachment in attachments(&mut plan) {
            if let Some(evidence) = kept.get(&attachment.evidence.sha256) {
                // The name is the sender's; size and extension are the vault's.
                let name = std::mem::take(&mut attachment.evidence.name);
                attachment.evidence = evidence.clone();
                attachment.evidence.name = name;
            }
        }
    }
    let statement = &package.statement;
    let mut events = Events::read(tx, &statement.unit.name)?;
    let mut ids = Vec::new();
    for planned in &mut plan.people {
        let id = match planned.changed {
            true => tx.save_person(&planned.person)?,
            false => planned.person.id,
        };
        ids.push(id);
        let gone = std::mem::take(&mut planned.gone);
        gone.records.into_iter().try_for_each(|it| tx.delete_record(it))?;
        gone.deemed.into_iter().try_for_each(|it| tx.delete_deemed(it))?;
        gone.slips.into_iter().try_for_each(|it| tx.delete_slip(it))?;
        gone.changes.into_iter().try_for_each(|it| tx.delete_post_change(it))?;
        for record in &mut planned.records {
            record.person = id;
            record.event = events.of(tx, record)?;
            tx.save_record(record)?;
        }
        for deemed in &mut planned.deemed {
            deemed.person = id;
            tx.save_deemed(deemed)?;
        }
        for slip in &mut planned.slips {
            slip.person = id;
            tx.save_slip(slip)?;
        }
        for change in &mut planned.changes {
            change.person = id;
            tx.save_post_change(change)?;
        }
        for set_aside in &mut planned.overrides {
            set_aside.person = id;
            tx.save_override(set_aside)?;
        }
        // Last, for a confirmed year is locked.
        for review in &mut planned.reviews {
            review.person = id;
            tx.save_year_review(review)?;
        }
        if let Some(application) = &mut planned.application {
            application.person = id;
            tx.save_applicant(application)?;
        }
    }
    for application in plan.gone {
        tx.delete_applicant(application)?;
    }
    for (mut run, members) in plan.runs {
        let coming: Vec<PersonId> = members.into_iter().map(|place| ids[place]).collect();
        for id in coming {
            if !run.members.contains(&id) {
                run.members.push(id);
            }
        }
        tx.save_publicity(&run)?;
    }
    tx.save_received(&ReceivedEntry {
        id: statement.id.clone(),
        unit: statement.unit.name.clone(),
        campaign: statement.campaign,
        level_group: statement.level.clone(),
        made_at: statement.made_at,
        members: statement.people.iter().map(|it| it.handbook.person.id_number.clone()).collect(),
        at: now,
    })
}

fn attachments(plan: &mut Plan) -> impl Iterator<Item = &mut Attachment> {
    plan.people.iter_mut().flat_map(|planned| {
        let of_records = planned
            .records
            .iter_mut()
            .flat_map(|it| it.attachments.iter_mut().chain(&mut it.event_attachments));
        let of_deemed = planned.deemed.iter_mut().flat_map(|it| &mut it.attachments);
        let of_slips = planned.slips.iter_mut().flat_map(|it| &mut it.attachments);
        of_records.chain(of_deemed).chain(of_slips)
    })
}

/// 班次 by name. Two units may each have one of the same name with other files: then the later one bears
/// its unit's name as well.
struct Events {
    suffix: String,
    known: HashMap<String, Event>,
}

impl Events {
    fn read(tx: &Tx<'_>, unit: &str) -> Result<Self> {
        let events = tx.registry().events()?.into_iter();
        let known = events.map(|event| (event.name.clone(), event)).collect();
        Ok(Self { suffix: suffix(unit), known })
    }

    /// The event of an incoming record, made if need be.
    fn of(&mut self, tx: &mut Tx<'_>, record: &Record) -> Result<Option<EventId>> {
        let name = record.event_name.trim();
        if name.is_empty() {
            return Ok(None);
        }
        let contents = |files: &[Attachment]| -> BTreeSet<(String, String, bool)> {
            let of = |it: &Attachment| (it.evidence.sha256.clone(), it.slot.0.clone(), it.stamped);
            files.iter().map(of).collect()
        };
        let wanted = contents(&record.event_attachments);
        let own = format!("{name}{}", self.suffix);
        for known in [name, own.as_str()].into_iter().filter_map(|it| self.known.get(it)) {
            if contents(&known.attachments) == wanted {
                return Ok(Some(known.id));
            }
        }
        let name = if self.known.contains_key(name) { own } else { name.to_owned() };
        let id = match self.known.get(&name) {
            Some(event) => event.id,
            None => tx.event(&name)?,
        };
        let event = Event { id, name: name.clone(), attachments: record.event_attachments.clone() };
        tx.save_event(&event)?;
        self.known.insert(name, event);
        Ok(Some(id))
    }
}
