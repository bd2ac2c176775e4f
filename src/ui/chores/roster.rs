//! Many people at once: particulars, the yearly review, entries that are one person.

use super::vouch;
use crate::failure::Result;
use crate::ledger::twins::{Known, twins};
use crate::ledger::{Particular, PersonId};
use crate::registry::roster::{self, Setting};
use crate::registry::{PersonRow, Registry, TwoPeople};
use crate::ui::desk::{Finished, Outcome, Pair};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Changes particulars of many people; one undo step.
///
/// # Errors
/// What the registry refuses.
pub fn change_people(
    registry: &mut Registry,
    people: &[PersonId],
    settings: &[Setting],
) -> Result<Finished> {
    let done = roster::change_people(registry, people, settings)?;
    let verb = match settings {
        [Setting::Retired(true)] => "已标记退休或离职",
        [Setting::Retired(false)] => "已恢复在职",
        _ => "已修改",
    };
    let same = people.len() - done.value;
    let rest = if same > 0 { format!("，{same} 人原本就是这样") } else { String::new() };
    let text = format!("{verb} {} 人{rest}", done.value);
    let undoable = done.value > 0;
    Ok(Finished { outcome: Outcome::Said { text, undoable }, touched: Some(done.people) })
}

/// The unit's review of a year of many people.
///
/// # Errors
/// What the registry refuses.
pub fn review_years(
    registry: &mut Registry,
    people: &[PersonId],
    year: i32,
    by: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let (outcome, touched) = roster::review_year(registry, people, year, &vouch(by, "", today))?;
    let text = format!("{year} 年单位已审核 {} 人", outcome.done.len());
    let lines: Vec<String> =
        outcome.refused.iter().map(|(person, why)| format!("{}：{why}", person.name)).collect();
    let undoable = !outcome.done.is_empty();
    let outcome = if lines.is_empty() {
        Outcome::Said { text, undoable }
    } else {
        Outcome::Partly { text, undoable, lines }
    };
    Ok(Finished { outcome, touched: Some(touched) })
}

/// Looks for entries that may be the same person twice, but for those that somebody told apart.
///
/// # Errors
/// Damage.
pub fn find_twins(registry: &Registry) -> Result<Finished> {
    let rows = registry.people()?;
    let known: Vec<Known<'_>> = rows
        .iter()
        .map(|row| Known {
            id: row.id,
            name: &row.name,
            id_number: &row.id_number,
            birth_date: row.birth_date,
        })
        .collect();
    let by_id: HashMap<PersonId, &PersonRow> = rows.iter().map(|row| (row.id, row)).collect();
    let apart = registry.told_apart()?;
    let pairs = twins(&known)
        .into_iter()
        .filter(|it| !apart.contains(&TwoPeople::of(it.one, it.other)))
        .map(|it| Pair {
            one: by_id[&it.one].clone(),
            other: by_id[&it.other].clone(),
            likeness: it.likeness,
        })
        .collect();
    Ok(Finished::unchanged(Outcome::Twins(pairs)))
}

/// Remembers that two entries are two people.
///
/// # Errors
/// What the registry refuses.
pub fn tell_apart(
    registry: &mut Registry,
    one: PersonId,
    other: PersonId,
    by: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let said = vouch(by, "", today);
    registry.transact("记下不是同一个人", |tx| tx.tell_apart(one, other, &said))?;
    Ok(Finished::said("已记下不是同一个人，以后不再问", Vec::new()))
}

/// Makes one person of two entries.
///
/// # Errors
/// What the registry refuses.
pub fn merge_people(
    registry: &mut Registry,
    keep: PersonId,
    gone: PersonId,
    from_gone: &[Particular],
    by: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let done = registry.merge_people(keep, gone, from_gone, &vouch(by, "", today))?;
    let name = registry.person(keep)?.name;
    Ok(Finished::said(format!("已合并为一人：{name}"), done.people))
}
