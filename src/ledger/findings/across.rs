//! What only several people's handbooks together show: the same file or certificate number used for
//! different things, the same name twice (A-42, S-06).

use super::cite;
use crate::ledger::{Finding, Handbook, Person, PersonId, Record, Severity};
use crate::notice::Notice;
use std::collections::{HashMap, HashSet};

/// Findings by person.
pub(in crate::ledger) type ByPerson = HashMap<PersonId, Vec<Finding>>;

/// A record that uses a file or number.
#[derive(Clone, Copy)]
struct Use<'a> {
    person: &'a Person,
    record: &'a Record,
}

pub(in crate::ledger) fn find(notice: &Notice, handbooks: &[&Handbook]) -> ByPerson {
    let mut found = ByPerson::new();
    let mut files: HashMap<&str, Vec<Use<'_>>> = HashMap::new();
    let mut numbers: HashMap<&str, Vec<Use<'_>>> = HashMap::new();
    let mut names: HashMap<&str, usize> = HashMap::new();
    for handbook in handbooks {
        let person = &handbook.person;
        *names.entry(person.name.trim()).or_default() += 1;
        for record in &handbook.records {
            let this = Use { person, record };
            for file in record.all_attachments() {
                files.entry(&file.evidence.sha256).or_default().push(this);
            }
            let number = record.activity.certificate_number.as_deref().map(str::trim);
            if let Some(number) = number.filter(|number| !number.is_empty()) {
                numbers.entry(number).or_default().push(this);
            }
        }
    }
    let mut told: HashSet<(PersonId, i64, i64)> = HashSet::new();
    let mut reused: Vec<(Use<'_>, Use<'_>)> = Vec::new();
    for uses in files.values().filter(|uses| uses.len() > 1) {
        // A few trainings stand for all: a list of signatures may serve thousands of people.
        let mut trainings: Vec<Use<'_>> = Vec::new();
        for this in uses {
            let known = trainings.iter().any(|other| one_event(this.record, other.record));
            if !known && trainings.len() < 8 {
                trainings.push(*this);
            }
        }
        for this in uses.iter().filter(|_| trainings.len() > 1) {
            let other = trainings.iter().find(|other| !one_event(this.record, other.record));
            if let Some(other) = other {
                reused.push((*this, *other));
            }
        }
    }
    for (number, uses) in numbers.iter().filter(|(_, uses)| uses.len() > 1) {
        for this in uses {
            if let Some(other) = uses.iter().find(|other| other.person.id != this.person.id) {
                let message = format!("证书编号 {number} 也出现在{}名下", other.person.name);
                push(&mut found, notice, *this, "certificate-reused", message, "请照证书核对编号");
            }
        }
    }
    for (this, other) in reused {
        let key = (this.person.id, this.record.id.0, other.record.id.0);
        if !told.insert(key) {
            continue;
        }
        let whose = if this.person.id == other.person.id {
            String::new()
        } else {
            format!("{}的", other.person.name)
        };
        let message = format!(
            "「{}」与{whose}「{}」用了同一份材料",
            this.record.activity.title.trim(),
            other.record.activity.title.trim()
        );
        let fix = "请核对是不是放错了；同一次培训的请填同一班次";
        push(&mut found, notice, this, "evidence-reused", message, fix);
    }
    for handbook in handbooks {
        let person = &handbook.person;
        if names.get(person.name.trim()).is_some_and(|count| *count > 1) {
            found.entry(person.id).or_default().push(Finding {
                severity: Severity::Info,
                code: "name-duplicate",
                clause: cite(notice, "S-01"),
                year: None,
                message: format!("参评人员里不止一个{}", person.name),
                fix: "请按身份证号分清，纸面上可用科室区分".to_owned(),
                person: person.id,
                record: None,
                overridden: false,
            });
        }
    }
    found
}

/// Shared papers are normal among records of one training: the same 班次, or the same title and start.
fn one_event(one: &Record, other: &Record) -> bool {
    if std::ptr::eq(one, other) {
        return true;
    }
    let same_event = match (one.event, other.event) {
        (Some(a), Some(b)) => a == b,
        _ => !one.event_name.is_empty() && one.event_name == other.event_name,
    };
    let (a, b) = (&one.activity, &other.activity);
    same_event || (one.person != other.person && a.title == b.title && a.start == b.start)
}

fn push(
    found: &mut ByPerson,
    notice: &Notice,
    this: Use<'_>,
    code: &'static str,
    message: String,
    fix: &str,
) {
    let year = crate::notice::convert::year_of(notice, &this.record.activity);
    found.entry(this.person.id).or_default().push(Finding {
        severity: Severity::Warn,
        code,
        clause: cite(notice, "A-42"),
        year: Some(year),
        message,
        fix: fix.to_owned(),
        person: this.person.id,
        record: Some(this.record.id),
        overridden: false,
    });
}
