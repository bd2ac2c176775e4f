//! Which facts two versions of the same entry differ in. Ids say nothing, for they are of two registries;
//! a file is the same when its content, its slot and its seal are.

use crate::ledger::{
    Applicant, Attachment, Deemed, FindingOverride, Person, PostChange, PriorSlip, Record,
};
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

/// A fact in which two versions differ, in the clerk's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Differs {
    pub label: String,
    /// What the first version says, and what the second.
    pub one: String,
    pub other: String,
}

/// `内容、学时`
pub(super) fn labels(differing: &[Differs]) -> String {
    differing.iter().map(|it| it.label.as_str()).collect::<Vec<_>>().join("、")
}

/// Either version's side of the facts, a line each.
pub(super) fn sides(differing: &[Differs]) -> (String, String) {
    let side = |value: fn(&Differs) -> &str| {
        let lines: Vec<_> =
            differing.iter().map(|it| format!("{}：{}", it.label, value(it))).collect();
        lines.join("\n")
    };
    (side(|it| &it.one), side(|it| &it.other))
}

fn differing(table: &str, one: &Map<String, Value>, other: &Map<String, Value>) -> Vec<Differs> {
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let mut differing: Vec<Differs> = keys
        .into_iter()
        .filter(|key| one.get(*key) != other.get(*key))
        .map(|key| Differs {
            label: label(table, key),
            one: said_of(key, one.get(key)),
            other: said_of(key, other.get(key)),
        })
        .collect();
    differing.dedup_by(|later, earlier| later.label == earlier.label);
    differing
}

/// A fact as a clerk reads it; what is made of many parts is counted.
fn said_of(fact: &str, value: Option<&Value>) -> String {
    let counted = |count: usize| match fact {
        "sessions" => format!("{count} 个时段"),
        "attachments" | "event_attachments" => format!("{count} 个文件"),
        _ => format!("{count} 项"),
    };
    match value {
        None | Some(Value::Null) => "未填".to_owned(),
        Some(Value::String(text)) if text.trim().is_empty() => "未填".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(yes)) => if *yes { "是" } else { "否" }.to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Array(items)) => match items.as_slice() {
            // A result, and who vouched for it when.
            [Value::String(result), Value::Object(vouched)] => {
                format!("{result}（{}）", said_of("vouched", Some(&vouched.clone().into())))
            }
            // Files are told apart by their content.
            files if fact.ends_with("attachments") && !files.is_empty() => {
                let start = |it: &Value| said(it).chars().take(6).collect::<String>();
                let marks: Vec<_> = files.iter().take(3).map(start).collect();
                let more = if files.len() > 3 { "…" } else { "" };
                format!("{}（{}{more}）", counted(files.len()), marks.join("、"))
            }
            items => counted(items.len()),
        },
        Some(Value::Object(parts)) => match (parts.get("by"), parts.get("at")) {
            (Some(by), Some(at)) => format!("{} {}", said(by), said(at)),
            _ => counted(parts.len()),
        },
    }
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
        "department" => "复审",
        "sent" => "送核验",
        "issued" => "发证",
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
) -> Vec<Differs> {
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

pub(super) fn of_deemed(one: &Deemed, other: &Deemed) -> Vec<Differs> {
    let told = |entry: &Deemed| {
        let mut told = facts(entry);
        told.insert("attachments".to_owned(), files(entry.attachments.iter()));
        told
    };
    differing("deemed", &told(one), &told(other))
}

pub(super) fn of_slips(one: &PriorSlip, other: &PriorSlip) -> Vec<Differs> {
    let told = |entry: &PriorSlip| {
        let mut told = facts(entry);
        told.insert("attachments".to_owned(), files(entry.attachments.iter()));
        told
    };
    differing("slip", &told(one), &told(other))
}

pub(super) fn of_changes(one: &PostChange, other: &PostChange) -> Vec<Differs> {
    differing("post_change", &facts(one), &facts(other))
}

pub(super) fn of_overrides(one: &FindingOverride, other: &FindingOverride) -> Vec<Differs> {
    differing("finding_override", &facts(one), &facts(other))
}

pub(super) fn of_applicants(one: &Applicant, other: &Applicant) -> Vec<Differs> {
    differing("applicant", &facts(one), &facts(other))
}

/// A stored person with what the incoming one adds. Of each fact in which both say something different
/// `wins` is told its name and both sides, and says whether what comes stands there from now on.
pub(super) fn merged(
    stored: &Person,
    incoming: &Person,
    mut wins: impl FnMut(&str, Differs) -> bool,
) -> Person {
    let blank = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    };
    let mut merged = facts(stored);
    for (fact, value) in facts(incoming) {
        let Some(present) = merged.get_mut(&fact) else { continue };
        if *present == value || blank(&value) {
            continue;
        }
        let differs =
            || Differs { label: label("person", &fact), one: said(present), other: said(&value) };
        if blank(present) || wins(&fact, differs()) {
            *present = value;
        }
    }
    merged.insert("id".to_owned(), stored.id.0.into());
    // It came from a person and holds the same fields.
    serde_json::from_value(Value::Object(merged)).unwrap_or_else(|_| stored.clone())
}

fn said(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
