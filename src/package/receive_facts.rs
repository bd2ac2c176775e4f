//! Which facts two versions of the same entry differ in. Ids say nothing, for they are of two registries;
//! a file is the same when its content, its slot and its seal are.

use crate::ledger::{Applicant, Attachment, Deemed, FindingOverride, Person, PriorSlip, Record};
use crate::registry::field_label;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// An entry's facts by name.
fn facts(entry: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(entry) {
        Ok(Value::Object(mut facts)) => {
            for id in ["id", "person", "event"] {
                facts.remove(id);
            }
            facts
        }
        // Our entries are all structs, which become objects.
        _ => Map::new(),
    }
}

fn files<'a>(attachments: impl Iterator<Item = &'a Attachment>) -> Value {
    let files: BTreeSet<String> = attachments
        .map(|it| format!("{} {} {} {}", it.evidence.sha256, it.slot.0, it.stamped, it.reason))
        .collect();
    files.into_iter().map(Value::String).collect()
}

/// The clerk's names of the facts that differ.
fn differing(table: &str, one: &Map<String, Value>, other: &Map<String, Value>) -> Vec<String> {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let mut labels: Vec<String> = keys
        .into_iter()
        .filter(|key| one.get(*key) != other.get(*key))
        .map(|key| label(table, key))
        .collect();
    labels.dedup();
    labels
}

fn label(table: &str, fact: &str) -> String {
    let told = match fact {
        "start" => "开始日期",
        "end" => "结束日期",
        "sessions" => "时段",
        "attachments" | "event_attachments" => "证明材料",
        "event_name" => "班次",
        "confirmed" => "确认",
        "waived" => "免交材料",
        "hours_override" => "另定学时",
        "review" => "初审",
        "withdrawn" => "退出",
        "vouched" => "经办和理由",
        _ => field_label(table, fact).unwrap_or(fact),
    };
    told.to_owned()
}

/// How two versions of a record differ. `event` is the 班次's name without what receiving adds to it.
pub(super) fn of_records(
    one: &Record,
    other: &Record,
    event: impl Fn(&str) -> String,
) -> Vec<String> {
    let told = |record: &Record| {
        let mut told = facts(record);
        // Where it came from is the receiving unit's own remark.
        for own in ["origin", "origin_stamped"] {
            told.remove(own);
        }
        if let Some(Value::Object(activity)) = told.remove("activity") {
            told.extend(activity);
        }
        told.insert("attachments".to_owned(), files(record.attachments.iter()));
        told.insert("event_attachments".to_owned(), files(record.event_attachments.iter()));
        told.insert("event_name".to_owned(), event(&record.event_name).into());
        told
    };
    differing("record", &told(one), &told(other))
}

pub(super) fn of_deemed(one: &Deemed, other: &Deemed) -> Vec<String> {
    let told = |entry: &Deemed| {
        let mut told = facts(entry);
        told.insert("attachments".to_owned(), files(entry.attachments.iter()));
        told
    };
    differing("deemed", &told(one), &told(other))
}

pub(super) fn of_slips(one: &PriorSlip, other: &PriorSlip) -> Vec<String> {
    let told = |entry: &PriorSlip| {
        let mut told = facts(entry);
        told.insert("attachments".to_owned(), files(entry.attachments.iter()));
        told
    };
    differing("slip", &told(one), &told(other))
}

pub(super) fn of_overrides(one: &FindingOverride, other: &FindingOverride) -> Vec<String> {
    differing("finding_override", &facts(one), &facts(other))
}

pub(super) fn of_applicants(one: &Applicant, other: &Applicant) -> Vec<String> {
    differing("applicant", &facts(one), &facts(other))
}

/// A stored person with what the incoming one adds, and the facts in which both say something different:
/// their names, what was there and what comes. `new` lets what comes win there.
pub(super) fn merged(
    stored: &Person,
    incoming: &Person,
    new: bool,
) -> (Person, Vec<(String, String)>) {
    let blank = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    };
    let mut merged = facts(stored);
    let mut differing = Vec::new();
    for (fact, value) in facts(incoming) {
        let Some(present) = merged.get_mut(&fact) else { continue };
        if *present == value || blank(&value) {
            continue;
        }
        let agree = blank(present);
        if !agree {
            let told = format!(
                "{}原有「{}」，新的「{}」",
                label("person", &fact),
                said(present),
                said(&value)
            );
            differing.push((fact, told));
        }
        if agree || new {
            *present = value;
        }
    }
    merged.insert("id".to_owned(), stored.id.0.into());
    // It came from a person and holds the same fields.
    let person = serde_json::from_value(Value::Object(merged)).unwrap_or_else(|_| stored.clone());
    (person, differing)
}

fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
