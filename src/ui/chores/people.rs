//! One person: particulars, what stands in for study, the yearly review.

use super::{NewFile, take_in, vouch};
use crate::failure::Result;
use crate::intake::Progress;
use crate::ledger::{Deemed, DeemedId, Person, PersonId, PriorSlip, SlipId, YearReview};
use crate::registry::Registry;
use crate::ui::desk::{Finished, Outcome};
use chrono::NaiveDate;

/// Adds a person and opens the handbook.
///
/// # Errors
/// What the registry refuses.
pub fn add_person(registry: &mut Registry, person: &Person) -> Result<Finished> {
    let (person, hint) = spelled(registry, person)?;
    let done = registry.transact("添加人员", |tx| tx.save_person(&person))?;
    let text = format!("已添加 {}{hint}", person.name);
    Ok(Finished { outcome: Outcome::Person { text, id: done.value }, touched: Some(done.people) })
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

/// Changes a person's particulars.
///
/// # Errors
/// What the registry refuses.
pub fn save_person(registry: &mut Registry, person: &Person) -> Result<Finished> {
    let (person, hint) = spelled(registry, person)?;
    let done = registry.transact("修改资料", |tx| tx.save_person(&person))?;
    let text = if done.people.is_empty() { "没有改动" } else { "资料已修改" };
    Ok(Finished {
        outcome: Outcome::Said { text: format!("{text}{hint}"), undoable: !done.people.is_empty() },
        touched: Some(done.people),
    })
}

/// Registers hours granted without study.
///
/// # Errors
/// As [`register`].
pub fn add_deemed(
    registry: &mut Registry,
    mut deemed: Deemed,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Finished> {
    deemed.attachments = take_in(registry, files, progress)?;
    registry.transact("登记视同", |tx| tx.save_deemed(&deemed))?;
    Ok(Finished::said(format!("已登记 {} 年视同", deemed.year), vec![deemed.person]))
}

/// # Errors
/// What the registry refuses.
pub fn delete_deemed(registry: &mut Registry, id: DeemedId, person: PersonId) -> Result<Finished> {
    registry.transact("删除视同", |tx| tx.delete_deemed(id))?;
    Ok(Finished::said("已删除视同", vec![person]))
}

/// Registers a slip of earlier years.
///
/// # Errors
/// As [`register`].
pub fn add_slip(
    registry: &mut Registry,
    mut slip: PriorSlip,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Finished> {
    slip.attachments = take_in(registry, files, progress)?;
    registry.transact("登记认定单", |tx| tx.save_slip(&slip))?;
    Ok(Finished::said(format!("已登记认定单 {}", slip.number), vec![slip.person]))
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
