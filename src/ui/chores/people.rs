//! One person: particulars, what stands in for study, the yearly review.

use super::files::{take_in, take_in_photo};
use super::{NewFile, vouch};
use crate::failure::Result;
use crate::intake::Progress;
use crate::ledger::{
    self, Deemed, DeemedId, Discharge, DischargeId, Person, PersonId, PriorSlip, SlipId, YearReview,
};
use crate::registry::Registry;
use crate::ui::desk::{Finished, Outcome};
use chrono::NaiveDate;
use std::path::Path;

/// Adds a person and opens the handbook; `photo` is taken in first.
///
/// # Errors
/// What the registry refuses.
pub fn add_person(
    registry: &mut Registry,
    person: Person,
    photo: Option<&Path>,
) -> Result<Finished> {
    let (person, hint) = ready(registry, person, photo)?;
    let done = registry.transact("添加人员", |tx| tx.save_person(&person))?;
    let text = format!("已添加 {}{hint}", person.name);
    Ok(Finished { outcome: Outcome::Person { text, id: done.value }, touched: Some(done.people) })
}

/// The person as the registry keeps it: a new photo taken in, the workplace spelled as others spell it.
fn ready(
    registry: &Registry,
    mut person: Person,
    photo: Option<&Path>,
) -> Result<(Person, String)> {
    if let Some(file) = photo {
        person.photo = Some(take_in_photo(&registry.vault(), file)?);
    }
    spelled(registry, &person)
}

/// The person with the workplace spelled as others spell it (S-05), and what is to be said about that.
fn spelled(registry: &Registry, person: &Person) -> Result<(Person, String)> {
    let spellings = registry.spellings()?;
    let Some(known) = spellings.of(&person.workplace) else {
        return Ok((person.clone(), String::new()));
    };
    // Whoever is alone in a spelling may mend it.
    let alone = registry.workplaces()?.iter().any(|(name, people)| name == known && *people == 1);
    if alone && person.id != PersonId::default() {
        let before = registry.handbook(person.id)?.person.workplace;
        if before == known {
            return Ok((person.clone(), String::new()));
        }
    }
    let hint = format!("；工作单位统一写作“{known}”");
    Ok((Person { workplace: known.to_owned(), ..person.clone() }, hint))
}

/// When post or title changed with the particulars, and why.
#[derive(Debug, Clone)]
pub struct Noted {
    pub date: NaiveDate,
    pub note: String,
}

/// Changes a person's particulars; a new `photo` is taken in first. What is `noted` goes into 职务、职称变动
/// in the same step.
///
/// # Errors
/// What the registry refuses.
pub fn save_person(
    registry: &mut Registry,
    person: Person,
    photo: Option<&Path>,
    noted: Option<Noted>,
) -> Result<Finished> {
    let (person, hint) = ready(registry, person, photo)?;
    let changes = match &noted {
        None => Vec::new(),
        Some(noted) => {
            let (before, unit) = (registry.handbook(person.id)?, registry.unit()?);
            ledger::noted(&before, &person, &unit.name, noted.date, &noted.note)
        }
    };
    let done = registry.transact("修改资料", |tx| {
        changes.iter().try_for_each(|it| tx.save_post_change(it).map(drop))?;
        tx.save_person(&person)
    })?;
    let text = match (done.people.is_empty(), changes.is_empty()) {
        (true, _) => "没有改动",
        (false, true) => "资料已修改",
        (false, false) => "资料已修改，变动已记下",
    };
    Ok(Finished {
        outcome: Outcome::Said { text: format!("{text}{hint}"), undoable: !done.people.is_empty() },
        touched: Some(done.people),
    })
}

/// Registers hours granted without study, or changes what was registered; `files` are added.
///
/// # Errors
/// As [`register`].
pub fn save_deemed(
    registry: &mut Registry,
    mut deemed: Deemed,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Finished> {
    deemed.attachments.extend(take_in(registry, files, progress)?);
    let (action, done) = match deemed.id {
        DeemedId(0) => ("登记视同", "已登记"),
        _ => ("修改视同", "已修改"),
    };
    registry.transact(action, |tx| tx.save_deemed(&deemed))?;
    Ok(Finished::said(format!("{done} {} 年视同", deemed.year), vec![deemed.person]))
}

/// # Errors
/// What the registry refuses.
pub fn delete_deemed(registry: &mut Registry, id: DeemedId, person: PersonId) -> Result<Finished> {
    registry.transact("删除视同", |tx| tx.delete_deemed(id))?;
    Ok(Finished::said("已删除视同", vec![person]))
}

/// Registers a slip of earlier years, or changes what was registered; `files` are added.
///
/// # Errors
/// As [`register`].
pub fn save_slip(
    registry: &mut Registry,
    mut slip: PriorSlip,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Finished> {
    slip.attachments.extend(take_in(registry, files, progress)?);
    let (action, done) = match slip.id {
        SlipId(0) => ("登记认定单", "已登记"),
        _ => ("修改认定单", "已修改"),
    };
    registry.transact(action, |tx| tx.save_slip(&slip))?;
    Ok(Finished::said(format!("{done}认定单 {}", slip.number), vec![slip.person]))
}

/// Closes an obligation with the papers that were handed in (B3-09).
///
/// # Errors
/// As [`register`].
pub fn discharge(
    registry: &mut Registry,
    mut discharge: Discharge,
    files: &[NewFile],
    by: &str,
    today: NaiveDate,
    progress: Progress<'_>,
) -> Result<Finished> {
    discharge.attachments.extend(take_in(registry, files, progress)?);
    let reason = std::mem::take(&mut discharge.vouched.reason);
    discharge.vouched = vouch(by, &reason, today);
    registry.transact("登记补交", |tx| tx.save_discharge(&discharge))?;
    let text = format!("已收到 {} 年度合格证明，这件事办完了", discharge.year);
    Ok(Finished::said(text, vec![discharge.person]))
}

/// The obligation is open again.
///
/// # Errors
/// What the registry refuses.
pub fn reopen_obligation(
    registry: &mut Registry,
    id: DischargeId,
    person: PersonId,
) -> Result<Finished> {
    registry.transact("撤回补交", |tx| tx.delete_discharge(id))?;
    Ok(Finished::said("已撤回，这件事又待补", vec![person]))
}

/// # Errors
/// What the registry refuses.
pub fn delete_slip(registry: &mut Registry, id: SlipId, person: PersonId) -> Result<Finished> {
    registry.transact("删除认定单", |tx| tx.delete_slip(id))?;
    Ok(Finished::said("已删除认定单", vec![person]))
}

/// A step of the yearly review (B2-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewStep {
    Unit,
    Department,
    /// Back to draft, with the reason.
    Reopen(String),
}

/// Takes a step of a year's review.
///
/// # Errors
/// What the registry refuses.
pub fn review_year(
    registry: &mut Registry,
    person: PersonId,
    year: i32,
    step: ReviewStep,
    by: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let handbook = registry.handbook(person)?;
    let review = handbook
        .reviews
        .into_iter()
        .find(|review| review.year == year)
        .unwrap_or_else(|| YearReview::draft(person, year));
    let (review, text) = match step {
        ReviewStep::Unit => {
            (review.unit_reviewed(vouch(by, "", today))?, format!("{year} 年单位已审核"))
        }
        ReviewStep::Department => {
            (review.confirmed(vouch(by, "", today))?, format!("{year} 年已由主管部门确认并锁定"))
        }
        ReviewStep::Reopen(why) => {
            (review.reopened(vouch(by, &why, today))?, format!("{year} 年已重新打开"))
        }
    };
    registry.transact("年度审核", |tx| tx.save_year_review(&review))?;
    Ok(Finished::said(text, vec![person]))
}
