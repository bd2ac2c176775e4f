//! The steps of a campaign as changes to the registry: check, review, withdrawal, override, publicity.
//! Window and command line call these; each is one undo step.

use super::Registry;
use crate::failure::Result;
use crate::ledger::*;
use chrono::NaiveDate;

/// Checks a campaign (`level_group`: 高级 / 中级 / all).
///
/// # Errors
/// No notice for the year; a calendar year without data; an unknown level.
pub fn check(
    _registry: &Registry,
    _campaign: i32,
    _level_group: Option<&str>,
    _today: NaiveDate,
) -> Result<CampaignReport> {
    todo!()
}

/// What a batch step did and whom it left out, with the reason.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub done: Vec<Person>,
    pub refused: Vec<(Person, String)>,
}

/// The unit's review (初审). Without `people`: everybody whose verdict is met.
///
/// # Errors
/// No applicants; an ID that is not an applicant; a step that the state does not allow.
#[allow(clippy::too_many_arguments)]
pub fn review(
    _registry: &mut Registry,
    _campaign: i32,
    _level_group: Option<&str>,
    _people: &[IdNumber],
    _result: ReviewResult,
    _by: &str,
    _reason: &str,
    _today: NaiveDate,
) -> Result<Outcome> {
    todo!()
}

/// Takes an applicant out of the campaign; the entry stays in the log.
///
/// # Errors
/// Not an applicant; no reason.
pub fn withdraw(
    _registry: &mut Registry,
    _campaign: i32,
    _person: &IdNumber,
    _reason: &str,
    _today: NaiveDate,
) -> Result<()> {
    todo!()
}

/// Sets a Block finding of a person's year aside.
///
/// # Errors
/// Unknown person or code; no reason; no name.
#[allow(clippy::too_many_arguments)]
pub fn override_finding(
    _registry: &mut Registry,
    _person: &IdNumber,
    _year: i32,
    _code: &str,
    _by: &str,
    _reason: &str,
    _today: NaiveDate,
) -> Result<()> {
    todo!()
}

/// Opens a publicity run for all reviewed 合格 and not yet in one.
///
/// # Errors
/// Nobody to post; a calendar year without data.
pub fn open_publicity(
    _registry: &mut Registry,
    _campaign: i32,
    _level_group: &str,
    _posted: NaiveDate,
    _place: &str,
    _today: NaiveDate,
) -> Result<Publicity> {
    todo!()
}

/// Closes the open run; refused before the last required working day has ended
/// (accepted when close_strict ≤ date ≤ today).
///
/// # Errors
/// None open; too early.
pub fn close_publicity(
    _registry: &mut Registry,
    _campaign: i32,
    _level_group: &str,
    _date: NaiveDate,
    _objections: &[String],
    _today: NaiveDate,
) -> Result<Publicity> {
    todo!()
}
