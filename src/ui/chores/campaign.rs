//! The campaign: applicants, review, publicity, package.

use super::said;
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{Applicant, ApplicantId, IdNumber, PersonId, ReviewResult};
use crate::package::{self, PackageRequest};
use crate::registry::{Registry, campaign};
use crate::ui::desk::{Finished, Outcome};
use chrono::NaiveDate;
use std::path::Path;

/// Makes people applicants; an empty speciality is each person's own.
///
/// # Errors
/// What the registry refuses.
pub fn add_applicants(
    registry: &mut Registry,
    people: &[PersonId],
    like: &Applicant,
) -> Result<Finished> {
    let mut already = 0;
    let done = registry.transact("添加参评人员", |tx| {
        let mut added = 0;
        for &person in people {
            let handbook = tx.registry().handbook(person)?;
            if handbook.applications.iter().any(|a| a.campaign == like.campaign) {
                already += 1;
                continue;
            }
            let own = if handbook.person.speciality.is_empty() {
                &handbook.person.title
            } else {
                &handbook.person.speciality
            };
            let speciality =
                if like.speciality.is_empty() { own.clone() } else { like.speciality.clone() };
            tx.save_applicant(&Applicant { person, speciality, ..like.clone() })?;
            added += 1;
        }
        Ok(added)
    })?;
    let left = if already > 0 { format!("，{already} 人原已在列") } else { String::new() };
    Ok(Finished::said(format!("已添加参评人员 {} 人{left}", done.value), done.people))
}

fn applicant_of(registry: &Registry, id: ApplicantId) -> Result<Applicant> {
    let year = registry.notice().campaign_year;
    let handbooks = registry.applicant_handbooks(year)?;
    let mut all = handbooks.into_iter().flat_map(|handbook| handbook.applications);
    all.find(|applicant| applicant.id == id).ok_or_else(|| {
        let why = "这个人已经不在参评人员里";
        Failure::refused("修改参评信息", "", why, "请在申报页重新找一下")
    })
}

fn change_applicant(
    registry: &mut Registry,
    id: ApplicantId,
    action: &str,
    text: &str,
    change: impl FnOnce(&mut Applicant),
) -> Result<Finished> {
    let mut applicant = applicant_of(registry, id)?;
    change(&mut applicant);
    let done = registry.transact(action, |tx| tx.save_applicant(&applicant))?;
    Ok(Finished::said(text, done.people))
}

/// Gives an applicant another first year with its reason, or the rule's again.
///
/// # Errors
/// What the registry refuses.
pub fn set_start(
    registry: &mut Registry,
    id: ApplicantId,
    start: Option<i32>,
    reason: &str,
) -> Result<Finished> {
    change_applicant(registry, id, "改起始年度", "起始年度已改", |applicant| {
        applicant.start_override = start;
        if start.is_some() {
            reason.trim().clone_into(&mut applicant.note);
        }
    })
}

/// # Errors
/// What the registry refuses.
pub fn set_speciality(
    registry: &mut Registry,
    id: ApplicantId,
    speciality: &str,
) -> Result<Finished> {
    change_applicant(registry, id, "补申报专业", "申报专业已补", |applicant| {
        speciality.trim().clone_into(&mut applicant.speciality);
    })
}

/// The unit's review of some applicants.
///
/// # Errors
/// What the registry refuses.
pub fn review(
    registry: &mut Registry,
    year: i32,
    people: &[IdNumber],
    result: ReviewResult,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let outcome = campaign::review(registry, year, None, people, result, by, reason, today)?;
    let mut text = format!("单位初审{} {} 人", result.name(), outcome.done.len());
    if let Some((person, why)) = outcome.refused.first() {
        text += &format!("；{} 人没有办：{}，{why}", outcome.refused.len(), person.name);
    }
    Ok(Finished {
        outcome: Outcome::Said { text, undoable: !outcome.done.is_empty() },
        touched: Some(outcome.done.iter().map(|person| person.id).collect()),
    })
}

/// Takes an applicant out of the campaign.
///
/// # Errors
/// What the registry refuses.
pub fn withdraw(
    registry: &mut Registry,
    year: i32,
    person: &IdNumber,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    campaign::withdraw(registry, year, person, reason, today)?;
    Ok(Finished { outcome: said("已退出申报"), touched: touched(registry, person)? })
}

/// Sets a finding aside with a reason.
///
/// # Errors
/// What the registry refuses.
pub fn set_aside(
    registry: &mut Registry,
    person: &IdNumber,
    year: i32,
    code: &str,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    campaign::override_finding(registry, person, year, code, by, reason, today)?;
    Ok(Finished { outcome: said("已带理由放行"), touched: touched(registry, person)? })
}

fn touched(registry: &Registry, person: &IdNumber) -> Result<Option<Vec<PersonId>>> {
    Ok(registry.person_by_id_number(person)?.map(|person| vec![person.id]))
}

/// Opens a publicity run.
///
/// # Errors
/// Nobody to post; a calendar year without data.
pub fn post(
    registry: &mut Registry,
    year: i32,
    group: &str,
    posted: NaiveDate,
    place: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let run = campaign::open_publicity(registry, year, group, posted, place, today)?;
    let text = format!(
        "{group} {} 人公示中，{} 满",
        run.members.len(),
        run.close_strict.format("%-m 月 %-d 日")
    );
    Ok(Finished { outcome: said(text), touched: Some(run.members) })
}

/// Writes a package and reads it back.
///
/// # Errors
/// Nobody remains; I/O; cancelled.
pub fn pack(
    registry: &mut Registry,
    request: &PackageRequest,
    progress: Progress<'_>,
) -> Result<Finished> {
    let written = package::write_beside(registry, request, progress)?;
    Ok(Finished { outcome: Outcome::Packed(written), touched: Some(Vec::new()) })
}

/// Verifies a package.
///
/// # Errors
/// It cannot be read at all.
pub fn verify(path: &Path, progress: Progress<'_>) -> Result<Outcome> {
    let verification = package::verify(path, progress)?;
    Ok(Outcome::Verified { path: path.to_path_buf(), verification })
}
