//! 班次: one training of many people, changed for all of them at once.

use super::NewFile;
use super::files::take_in;
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{Attachment, Event, EventId, PersonId, Record};
use crate::notice::Activity;
use crate::registry::Registry;
use crate::ui::desk::{Finished, Outcome};
use serde_json::Value;

/// A 班次 opened to be changed.
#[derive(Debug, Clone)]
pub struct EventView {
    pub event: Event,
    /// In name order.
    pub people: Vec<(PersonId, String)>,
    /// The facts of the first of its records, for which the form stands.
    pub activity: Activity,
    /// How many people's facts differ from those, apart from what is each person's own.
    pub differing: usize,
}

/// What becomes of a 班次.
#[derive(Debug, Clone)]
pub struct EventEdit {
    pub id: EventId,
    pub name: String,
    pub before: Activity,
    pub after: Activity,
    /// Who is in it afterwards.
    pub people: Vec<PersonId>,
    /// Shared files afterwards, and those that come in.
    pub kept: Vec<Attachment>,
    pub files: Vec<NewFile>,
}

fn event_of(registry: &Registry, id: EventId) -> Result<Event> {
    registry.events()?.into_iter().find(|event| event.id == id).ok_or_else(|| {
        Failure::refused("打开班次", "", "这个班次已经不在了", "它可能刚被撤销，请重新找一下")
    })
}

/// Opens a 班次 to be changed.
///
/// # Errors
/// It is gone; nobody is in it.
pub fn open_event(registry: &Registry, id: EventId) -> Result<Outcome> {
    let event = event_of(registry, id)?;
    let records = registry.event_records(id)?;
    let Some(activity) = records.first().map(|record| record.activity.clone()) else {
        let remedy = "请重新登记这个班次";
        return Err(Failure::refused("打开班次", &event.name, "这个班次里没有人", remedy));
    };
    let shared = |activity: &Activity| Activity { certificate_number: None, ..activity.clone() };
    let differing = records.iter().filter(|it| shared(&it.activity) != shared(&activity)).count();
    let mut people = Vec::with_capacity(records.len());
    let names = registry.people()?;
    for row in names {
        if records.iter().any(|record| record.person == row.id) {
            people.push((row.id, row.name));
        }
    }
    Ok(Outcome::Event(Box::new(EventView { event, people, activity, differing })))
}

/// The 班次 that there are, for choosing one.
///
/// # Errors
/// Damage.
pub fn list_events(registry: &Registry) -> Result<Outcome> {
    Ok(Outcome::Events(registry.event_lines()?))
}

/// An activity with the facts that were changed from `before` to `after`; its others stay its own.
fn changed(own: &Activity, before: &Activity, after: &Activity) -> Activity {
    let facts = |activity: &Activity| match serde_json::to_value(activity) {
        Ok(Value::Object(facts)) => facts,
        // A struct becomes an object.
        _ => serde_json::Map::new(),
    };
    let (mut own_facts, before, after) = (facts(own), facts(before), facts(after));
    for (fact, value) in after {
        if before.get(&fact) != Some(&value) {
            own_facts.insert(fact, value);
        }
    }
    serde_json::from_value(Value::Object(own_facts)).unwrap_or_else(|_| own.clone())
}

/// Changes a 班次 for everybody in it: shared facts, name, files; who left loses the record, who came gets
/// one. One undo step.
///
/// # Errors
/// Nobody is left; a year of somebody is confirmed; a file cannot be taken in.
pub fn save_event(
    registry: &mut Registry,
    edit: &EventEdit,
    progress: Progress<'_>,
) -> Result<Finished> {
    const WHAT: &str = "修改班次";
    if edit.people.is_empty() {
        let remedy = "全部不要时，请在各人的手册里删除，或撤销当初的登记";
        return Err(Failure::refused(WHAT, &edit.name, "一个人也没有了", remedy));
    }
    let mut attachments = edit.kept.clone();
    attachments.extend(take_in(registry, &edit.files, progress)?);
    attachments.sort();
    attachments.dedup();
    let records = registry.event_records(edit.id)?;
    let all = records.len().max(edit.people.len()) as u64;
    let done = registry.transact(WHAT, |tx| {
        let event =
            Event { id: edit.id, name: edit.name.clone(), attachments: attachments.clone() };
        tx.save_event(&event)?;
        for (nr, record) in records.iter().enumerate() {
            if !progress(nr as u64, all, WHAT) {
                return Err(Failure::refused(WHAT, "", "已停下", "没有写入，可重新来"));
            }
            if edit.people.contains(&record.person) {
                let activity = changed(&record.activity, &edit.before, &edit.after);
                tx.save_record(&Record { activity, ..record.clone() })?;
            } else {
                tx.delete_record(record.id)?;
            }
        }
        let there = |person: &PersonId| records.iter().any(|record| record.person == *person);
        for &person in edit.people.iter().filter(|person| !there(person)) {
            let mut record = Record::new(person, edit.after.clone());
            record.event = Some(edit.id);
            tx.save_record(&record)?;
        }
        Ok(())
    })?;
    let text = match done.people.len() {
        0 => "没有改动".to_owned(),
        _ => format!("班次已修改，共 {} 人", edit.people.len()),
    };
    // Shared files touch everybody in it.
    let touched = if done.people.is_empty() { Vec::new() } else { edit.people.clone() };
    let mut touched = touched;
    touched.extend(done.people);
    touched.sort_unstable();
    touched.dedup();
    Ok(Finished {
        outcome: Outcome::Said { text, undoable: !touched.is_empty() },
        touched: Some(touched),
    })
}
