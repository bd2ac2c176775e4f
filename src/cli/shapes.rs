//! The JSON of contract §3, made from the ledger's own results, so that a number here is the number
//! on paper and in the window.

use crate::ledger::{
    ApplicantResult, CampaignReport, Handbook, Person, Publicity, RecordCredit, YearTotal,
};
use crate::notice::{Hours, Notice, Subject};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// `hours`
pub fn hours<'a>(
    notice: &Notice,
    people: impl Iterator<Item = (&'a Handbook, &'a [YearTotal])>,
) -> Value {
    let people: Vec<Value> = people
        .map(|(handbook, years)| {
            let mut person = named(&handbook.person);
            person.insert(
                "years".into(),
                years
                    .iter()
                    .map(|year| {
                        let mut shape = year_total(notice, year);
                        let records = year.credits.iter().map(|credit| record(notice, credit));
                        shape.insert("records".into(), records.collect());
                        Value::Object(shape)
                    })
                    .collect(),
            );
            Value::Object(person)
        })
        .collect();
    json!({ "notice": notice.id, "people": people })
}

/// `check`
pub fn campaign(notice: &Notice, report: &CampaignReport) -> Value {
    let applicants: Vec<Value> =
        report.applicants.iter().map(|result| applicant(notice, result)).collect();
    json!({
        "campaign": report.campaign,
        "deadline": report.deadline,
        "last_working_day": report.last_working_day,
        "ready": report.ready,
        "applicants": applicants,
    })
}

/// `publicity`
pub fn publicity(run: &Publicity) -> Value {
    json!({
        "posted": run.posted,
        "days": run.days,
        "close_strict": run.close_strict,
        "close_inclusive": run.close_inclusive,
        "closed": run.closed,
        "place": run.place,
        "people": run.members.len(),
        "objections": run.objections,
    })
}

/// A person's name and number, to which more is added.
pub fn named(person: &Person) -> Map<String, Value> {
    let mut shape = Map::new();
    shape.insert("id_number".into(), json!(person.id_number));
    shape.insert("name".into(), json!(person.name));
    shape
}

fn applicant(notice: &Notice, result: &ApplicantResult) -> Value {
    let mut shape = named(&result.person);
    let years = result.years.iter().map(|year| Value::Object(year_total(notice, year)));
    shape.insert("level".into(), json!(result.applicant.level));
    shape.insert("span".into(), json!([result.span.first, result.span.last]));
    shape.insert("verdict".into(), json!(result.verdict));
    shape.insert("years".into(), years.collect());
    shape.insert("obligations".into(), json!(result.obligations));
    shape.insert("findings".into(), json!(result.findings));
    Value::Object(shape)
}

fn year_total(notice: &Notice, year: &YearTotal) -> Map<String, Value> {
    let mut shape = Map::new();
    shape.insert("year".into(), json!(year.year));
    shape.extend(by_subject(notice, &year.hours));
    shape.insert("total".into(), json!(year.total));
    shape.insert("deemed".into(), by_subject(notice, &year.deemed).into());
    let mut recognised = by_subject(notice, &year.recognised);
    recognised.insert("slips".into(), json!(year.slips));
    shape.insert("recognised".into(), recognised.into());
    let mut evidenced = by_subject(notice, &year.evidenced);
    evidenced.insert("total".into(), json!(year.evidenced_total));
    shape.insert("evidenced".into(), evidenced.into());
    shape.insert("met".into(), json!(year.met));
    shape
}

fn record(notice: &Notice, credit: &RecordCredit) -> Value {
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

/// Every subject of the notice, those without hours as 0.
fn by_subject(notice: &Notice, hours: &BTreeMap<Subject, Hours>) -> Map<String, Value> {
    notice
        .subjects
        .iter()
        .map(|subject| {
            let hours = hours.get(&subject.id).copied().unwrap_or_default();
            (subject.id.id().to_owned(), json!(hours))
        })
        .collect()
}
