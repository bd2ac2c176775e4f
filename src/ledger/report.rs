//! The ledger's results as JSON values, as the contract's `hours` and `check` say. Keys stand in a fixed
//! order and subjects by their ids, so that two reports can be compared line by line. Who prints or
//! stores them is decided above.

use super::{ApplicantResult, CampaignReport, Person, RecordCredit, Stage, YearGaps, YearTotal};
use crate::notice::{Hours, Notice, Subject};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// `hours`: people with their years, each year with its records.
pub fn hours<'a>(
    notice: &Notice,
    people: impl IntoIterator<Item = (&'a Person, &'a [YearTotal])>,
) -> Value {
    let people = people.into_iter().map(|(person, years)| {
        let mut shape = named(person);
        let years = years.iter().map(|total| {
            let mut shape = year(notice, total);
            let records = total.credits.iter().map(|credit| record(notice, credit));
            shape.insert("records".into(), records.collect());
            Value::Object(shape)
        });
        shape.insert("years".into(), years.collect());
        Value::Object(shape)
    });
    json!({
        "notice": notice.id,
        "rulings": notice.changed,
        "people": people.collect::<Value>(),
    })
}

/// `check`: applicants with spans, verdicts and findings. Who withdrew stands apart, without a verdict.
pub fn check(notice: &Notice, report: &CampaignReport) -> Value {
    let (withdrawn, standing): (Vec<_>, Vec<_>) =
        report.applicants.iter().partition(|result| result.stage == Stage::Withdrawn);
    let withdrawn = withdrawn.into_iter().map(|result| {
        let mut shape = named(&result.person);
        let reason = result.applicant.withdrawn.as_ref().map(|vouched| &vouched.reason);
        shape.insert("level".into(), json!(result.applicant.level));
        shape.insert("reason".into(), json!(reason));
        Value::Object(shape)
    });
    json!({
        "campaign": report.campaign,
        "deadline": report.deadline,
        "last_working_day": report.last_working_day,
        "rulings": notice.changed,
        "ready": report.ready,
        "applicants": standing.into_iter().map(|it| applicant(notice, it)).collect::<Value>(),
        "withdrawn": withdrawn.collect::<Value>(),
    })
}

/// `check --year`: who on the staff is short of what.
pub fn gaps(notice: &Notice, found: &YearGaps) -> Value {
    let people = found.gaps.iter().map(|gap| {
        let mut shape = named(&gap.person);
        shape.insert("section".into(), json!(gap.person.section));
        shape.insert("short".into(), json!(gap.short()));
        shape.insert("year".into(), Value::Object(year(notice, &gap.total)));
        shape.insert("findings".into(), json!(gap.findings));
        Value::Object(shape)
    });
    json!({
        "year": found.year,
        "people": found.people,
        "short": found.short(),
        "gaps": people.collect::<Value>(),
    })
}

/// One applicant of `check`.
pub fn applicant(notice: &Notice, result: &ApplicantResult) -> Value {
    let mut shape = named(&result.person);
    let years = result.years.iter().map(|total| Value::Object(year(notice, total)));
    shape.insert("level".into(), json!(result.applicant.level));
    shape.insert("span".into(), json!([result.span.first, result.span.last]));
    shape.insert("verdict".into(), json!(result.verdict));
    shape.insert("stage".into(), json!(result.stage));
    shape.insert("years".into(), years.collect());
    shape.insert("obligations".into(), json!(result.owed().collect::<Vec<_>>()));
    shape.insert("findings".into(), json!(result.findings));
    Value::Object(shape)
}

/// One year without its records: countable hours per subject and in all, how much of them is deemed or
/// recognised, and what has its papers.
pub fn year(notice: &Notice, total: &YearTotal) -> Map<String, Value> {
    let mut shape = Map::new();
    shape.insert("year".into(), json!(total.year));
    shape.extend(by_subject(notice, &total.hours));
    shape.insert("total".into(), json!(total.total));
    shape.insert("deemed".into(), by_subject(notice, &total.deemed).into());
    let mut recognised = by_subject(notice, &total.recognised);
    recognised.insert("slips".into(), json!(total.slips));
    shape.insert("recognised".into(), recognised.into());
    let mut evidenced = by_subject(notice, &total.evidenced);
    evidenced.insert("total".into(), json!(total.evidenced_total));
    shape.insert("evidenced".into(), evidenced.into());
    shape.insert("met".into(), json!(total.met));
    shape
}

/// One record's credit in a year.
pub fn record(notice: &Notice, credit: &RecordCredit) -> Value {
    json!({
        "title": credit.title,
        "form": credit.form,
        "subject": credit.subject,
        "subject_name": notice.subject_name(&credit.subject),
        "hours": credit.hours,
        "counted": credit.counted,
        "clause": credit.clause.place,
        "why": credit.why,
        "evidenced": credit.evidenced,
        "missing": credit.missing,
    })
}

/// A person's number and name, to which more is added.
pub fn named(person: &Person) -> Map<String, Value> {
    let mut shape = Map::new();
    shape.insert("id_number".into(), json!(person.id_number));
    shape.insert("name".into(), json!(person.name));
    shape
}

/// Every subject of the notice, those without hours as 0.
fn by_subject(notice: &Notice, hours: &BTreeMap<Subject, Hours>) -> Map<String, Value> {
    let subjects = notice.subjects.iter();
    subjects
        .map(|rule| {
            let hours = hours.get(&rule.id).copied().unwrap_or_default();
            (rule.id.id().to_owned(), json!(hours))
        })
        .collect()
}
