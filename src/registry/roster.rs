//! What is done to many people at once: particulars changed, a year reviewed. Window and command line
//! call these; each is one undo step.

use super::Registry;
use super::campaign::Outcome;
use crate::failure::{Failure, Result};
use crate::ledger::gap::{YearGaps, year_gaps};
use crate::ledger::{Particular, PersonId, Vouched, YearReview};
use crate::registry::Done;
use chrono::NaiveDate;

/// What many people get alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A particular that is text; empty text clears it.
    Says(Particular, String),
    /// No longer on the staff, or back on it.
    Retired(bool),
}

/// Changes particulars of many people; the value is how many were not so before.
///
/// # Errors
/// Nothing to change; one of them is gone.
pub fn change_people(
    registry: &mut Registry,
    people: &[PersonId],
    settings: &[Setting],
) -> Result<Done<usize>> {
    const WHAT: &str = "批量修改";
    if settings.is_empty() {
        return Err(Failure::refused(WHAT, "", "没有选要改的项目", "请先勾选要改哪几项"));
    }
    let action = match settings {
        [Setting::Retired(true)] => format!("标记退休或离职 {} 人", people.len()),
        [Setting::Retired(false)] => format!("恢复在职 {} 人", people.len()),
        [Setting::Says(it, _)] => format!("批量修改{} {} 人", it.name(), people.len()),
        _ => format!("{WHAT} {} 人", people.len()),
    };
    registry.transact(&action, |tx| {
        let mut changed = 0;
        for &id in people {
            let before = tx.registry().person(id)?;
            let mut person = before.clone();
            for setting in settings {
                match setting {
                    Setting::Says(it, text) => it.set(&mut person, text),
                    Setting::Retired(retired) => person.retired = *retired,
                }
            }
            if person != before {
                tx.save_person(&person)?;
                changed += 1;
            }
        }
        Ok(changed)
    })
}

/// The unit's review of one year (B2-11) of many people; who cannot be reviewed is named with the reason.
///
/// # Errors
/// One of them is gone; nobody's name.
pub fn review_year(
    registry: &mut Registry,
    people: &[PersonId],
    year: i32,
    by: &Vouched,
) -> Result<(Outcome, Vec<PersonId>)> {
    let notice = registry.notice();
    let mut outcome = Outcome::default();
    let mut reviews = Vec::new();
    for &id in people {
        let handbook = registry.handbook(id)?;
        let person = handbook.person.clone();
        let spoken = crate::ledger::years(&notice, &handbook).iter().any(|it| it.year == year);
        let review = handbook.reviews.into_iter().find(|review| review.year == year);
        if !spoken {
            outcome.refused.push((person, format!("{year} 年没有登记，无可审核")));
            continue;
        }
        match review.unwrap_or_else(|| YearReview::draft(id, year)).unit_reviewed(by.clone()) {
            Ok(review) => {
                reviews.push(review);
                outcome.done.push(person);
            }
            Err(refusal) if by.by.trim().is_empty() => return Err(refusal),
            Err(refusal) => outcome.refused.push((person, refusal.why)),
        }
    }
    let action = format!("{year} 年单位审核 {} 人", reviews.len());
    let done = registry.transact(&action, |tx| {
        reviews.iter().try_for_each(|review| tx.save_year_review(review))
    })?;
    Ok((outcome, done.people))
}

/// Who on the staff is short of what in a year (X1-00); in name order.
///
/// # Errors
/// Damage.
pub fn gaps(registry: &Registry, year: i32, today: NaiveDate) -> Result<YearGaps> {
    let notice = registry.notice();
    let (unit, calendar) = (registry.unit()?, registry.calendar());
    let handbooks = registry.handbooks()?;
    let mut found = year_gaps(&notice, &calendar, &unit, &handbooks, year, today);
    found.gaps.sort_by(|a, b| {
        let key = |gap: &crate::ledger::Gap| (gap.person.section.clone(), gap.person.name.clone());
        key(a).cmp(&key(b)).then(a.person.id.cmp(&b.person.id))
    });
    Ok(found)
}
