//! A plan counted, for the clerk and for JSON.

use super::plan::{Plan, Planned};
use super::{ImportReport, KEYS};
use crate::ledger::Attachment;
use std::collections::BTreeSet;

/// A report of nothing done, with every key.
pub fn nothing() -> ImportReport {
    let zero = || KEYS.iter().map(|key| ((*key).to_owned(), 0)).collect();
    ImportReport { added: zero(), updated: zero(), ..ImportReport::default() }
}

/// What a plan will do.
pub fn report(plan: &Plan) -> ImportReport {
    let mut report = nothing();
    let mut files = Files::default();
    for person in plan.people.iter().filter(|one| one.before.as_ref() != Some(&one.after)) {
        count(&mut report, "people", person.before.is_none());
    }
    tally(&mut report, "records", &plan.records);
    tally(&mut report, "deemed", &plan.deemed);
    tally(&mut report, "slips", &plan.slips);
    tally(&mut report, "applicants", &plan.applicants);
    for entry in &plan.records {
        files.compare(entry.before.as_ref().map(|it| &it.attachments), &entry.after.attachments);
    }
    for entry in &plan.deemed {
        files.compare(entry.before.as_ref().map(|it| &it.attachments), &entry.after.attachments);
    }
    for entry in &plan.slips {
        files.compare(entry.before.as_ref().map(|it| &it.attachments), &entry.after.attachments);
    }
    for (before, after) in plan.events.values() {
        files.compare(before.as_ref().map(|it| &it.attachments), &after.attachments);
    }
    report.added.insert("evidence".to_owned(), files.added.len() as u32);
    report.updated.insert("evidence".to_owned(), files.updated.len() as u32);
    report.unchanged = plan.unchanged;
    report.errors.clone_from(&plan.bad);
    report
}

fn count(report: &mut ImportReport, key: &str, new: bool) {
    let counts = if new { &mut report.added } else { &mut report.updated };
    *counts.entry(key.to_owned()).or_default() += 1;
}

fn tally<T: PartialEq>(report: &mut ImportReport, key: &str, entries: &[Planned<T>]) {
    for entry in entries.iter().filter(|entry| entry.changed()) {
        count(report, key, entry.before.is_none());
    }
}

/// Distinct contents that are put somewhere for the first time, or marked anew where they are.
#[derive(Default)]
struct Files<'a> {
    added: BTreeSet<&'a str>,
    updated: BTreeSet<&'a str>,
}

impl<'a> Files<'a> {
    fn compare(&mut self, before: Option<&Vec<Attachment>>, after: &'a [Attachment]) {
        let before = before.map(Vec::as_slice).unwrap_or_default();
        for file in after.iter().filter(|file| !before.contains(file)) {
            let held = before
                .iter()
                .any(|held| held.slot == file.slot && held.evidence.sha256 == file.evidence.sha256);
            let files = if held { &mut self.updated } else { &mut self.added };
            files.insert(&file.evidence.sha256);
        }
    }
}
