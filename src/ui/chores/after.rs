//! What a department asks for: packages looked at and taken in, its list of units, the steps after publicity;
//! and a run's evidence and objections.

use super::{NewFile, said, take_in};
use crate::failure::Result;
use crate::intake::Progress;
use crate::ledger::{IdNumber, PersonId, PublicityId, RunFile, RunFileKind, Unit};
use crate::notice::SlotId;
use crate::package::{self, ReceiveRequest};
use crate::registry::campaign::{self, Step};
use crate::registry::{AwaitedUnit, Registry};
use crate::ui::desk::{Finished, Outcome};
use chrono::{Local, NaiveDate};
use std::path::PathBuf;

/// Looks at packages; nothing changes.
///
/// # Errors
/// What the registry refuses; cancelled.
pub fn look_at_packages(
    registry: &mut Registry,
    request: ReceiveRequest,
    today: NaiveDate,
    progress: Progress<'_>,
) -> Result<Finished> {
    let looked = package::look(registry, &received_now(request, today), progress)?;
    Ok(Finished::unchanged(Outcome::Looked(looked)))
}

/// Takes packages in, all in one step.
///
/// # Errors
/// One cannot be received; I/O; cancelled.
pub fn take_in_packages(
    registry: &mut Registry,
    request: ReceiveRequest,
    today: NaiveDate,
    progress: Progress<'_>,
) -> Result<Finished> {
    let receipt = package::receive(registry, &received_now(request, today), progress)?;
    Ok(Finished { outcome: Outcome::Received(receipt), touched: None })
}

fn received_now(request: ReceiveRequest, today: NaiveDate) -> ReceiveRequest {
    ReceiveRequest { now: today.and_time(Local::now().time()), ..request }
}

/// Keeps the department's list of units.
///
/// # Errors
/// What the registry refuses.
pub fn save_units(registry: &mut Registry, units: &[AwaitedUnit]) -> Result<Finished> {
    registry.transact("修改单位名单", |tx| tx.save_awaited_units(units))?;
    Ok(Finished::said("单位名单已修改", Vec::new()))
}

/// Takes a step after publicity for some applicants.
///
/// # Errors
/// What the registry refuses.
pub fn step(
    registry: &mut Registry,
    year: i32,
    people: &[IdNumber],
    step: &Step,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let outcome = campaign::step(registry, year, None, people, step, by, reason, today)?;
    let mut text = format!("{} {} 人", step.name(), outcome.done.len());
    if let Some((person, why)) = outcome.refused.first() {
        text += &format!("；{} 人没有办：{}，{why}", outcome.refused.len(), person.name);
    }
    Ok(Finished {
        outcome: Outcome::Said { text, undoable: !outcome.done.is_empty() },
        touched: Some(outcome.done.iter().map(|person| person.id).collect()),
    })
}

/// Chooses whom the unit hands in to.
///
/// # Errors
/// What the registry refuses.
pub fn choose_recipient(
    registry: &mut Registry,
    recipient: &str,
    reason: &str,
) -> Result<Finished> {
    campaign::choose_recipient(registry, recipient, reason)?;
    let to = registry.unit()?.recipient(&registry.notice());
    Ok(Finished::said(format!("报送给 {to}"), Vec::new()))
}

/// Changes one of the unit's settings, under its own name in the undo menu.
///
/// # Errors
/// What the registry refuses.
pub fn save_unit_as(
    registry: &mut Registry,
    unit: &Unit,
    action: &str,
    done: &str,
) -> Result<Finished> {
    registry.transact(action, |tx| tx.save_unit(unit))?;
    Ok(Finished { outcome: said(done), touched: Some(Vec::new()) })
}

/// Keeps files with a publicity run.
///
/// # Errors
/// A file cannot be taken in; the run is gone; cancelled.
pub fn attach_to_run(
    registry: &mut Registry,
    run: PublicityId,
    kind: RunFileKind,
    files: &[PathBuf],
    progress: Progress<'_>,
) -> Result<Finished> {
    let slot = SlotId(String::new());
    let new = |path: &PathBuf| NewFile { slot: slot.clone(), path: path.clone(), stamped: false };
    let taken = take_in(registry, &files.iter().map(new).collect::<Vec<_>>(), progress)?;
    let count = taken.len();
    let year = registry.notice().campaign_year;
    campaign::change_run(registry, year, run, &format!("放入{}", kind.name()), |run| {
        let fresh = taken.into_iter().map(|it| RunFile { kind, evidence: it.evidence });
        run.files.extend(fresh);
        run.files.sort();
        run.files.dedup();
    })?;
    Ok(Finished::said(format!("已放入 {count} 个文件"), Vec::new()))
}

/// Takes a file out of a publicity run.
///
/// # Errors
/// The run is gone.
pub fn detach_from_run(
    registry: &mut Registry,
    run: PublicityId,
    file: &RunFile,
) -> Result<Finished> {
    let year = registry.notice().campaign_year;
    campaign::change_run(registry, year, run, &format!("移除{}", file.kind.name()), |run| {
        run.files.retain(|it| it != file);
    })?;
    Ok(Finished::said("已移除", Vec::new()))
}

/// Notes how an objection was settled.
///
/// # Errors
/// What the registry refuses.
pub fn settle(
    registry: &mut Registry,
    run: PublicityId,
    objection: usize,
    by: &str,
    outcome: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let year = registry.notice().campaign_year;
    campaign::settle_objection(registry, year, run, objection, by, outcome, today)?;
    Ok(Finished::said("已记下处理结果", Vec::new()))
}

/// Somebody on a posted list is 不合格 after all.
///
/// # Errors
/// What the registry refuses.
pub fn fail_member(
    registry: &mut Registry,
    run: PublicityId,
    person: PersonId,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let year = registry.notice().campaign_year;
    campaign::fail_member(registry, year, run, person, by, reason, today)?;
    Ok(Finished::said("已改为不合格，不再报送", vec![person]))
}
