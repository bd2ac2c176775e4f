//! An invented region loads and computes from its file alone: other hours a day, minutes per hour,
//! a cumulative test, a yearly online cap, three subjects.

use crate::support;
use chrono::{Days, NaiveDate};
use xueshi::ledger::{self, Record};
use xueshi::notice::convert::{self, Outcome};
use xueshi::notice::{
    Activity, AnnualMode, Calendar, FormId, Hours, Notice, Span, Subject, evidence, load,
};

const TEXT: &str = include_str!("../fixtures/notices/invented-region.toml");

fn yunxi() -> Notice {
    load::load("invented-region.toml", TEXT).unwrap_or_else(|failure| panic!("{failure}"))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn activity(form: u16, subject: &str, start: &str) -> Activity {
    Activity::new(FormId(form), Subject(subject.into()), "一件事", day(start))
}

fn hours(notice: &Notice, activity: &Activity) -> (String, f64) {
    match convert::convert(notice, activity).outcome {
        Outcome::Credited(credit) => (credit.subject.0, credit.hours.as_f64()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_is_sound_and_says_what_it_says() {
    assert_eq!(load::check("invented-region.toml", TEXT), []);
    let notice = yunxi();
    assert_eq!(notice.annual.mode, AnnualMode::Cumulative);
    let names: Vec<_> = notice.subjects.iter().map(|subject| subject.name.as_str()).collect();
    assert_eq!(names, ["公需", "专业", "选修"]);
    assert_eq!(notice.subject_by_text("选修科目").unwrap().id.id(), "elective");
    let rule = notice.dayparts.clone().unwrap();
    assert_eq!((rule.full, rule.evening), (Hours::whole(8), Hours::halves(5)));
    assert_eq!((notice.publicity.workdays, notice.summary_groups), (7, 3));
    assert_eq!(notice.issued, day("2023-03-01"));
}

#[test]
fn its_rules_compute() {
    let notice = yunxi();
    let mut online = activity(2, "specialty", "2022-05-01");
    online.minutes = Some(400);
    assert_eq!(hours(&notice, &online), ("specialty".into(), 8.0));
    let converted = convert::convert(&notice, &online);
    assert_eq!(converted.yearly_cap, Some(Hours::whole(30)));
    assert!(converted.needs_confirmation);

    let mut teaching = activity(3, "public", "2022-05-01");
    teaching.quantity = Some(5);
    assert_eq!(hours(&notice, &teaching), ("elective".into(), 15.0));
    teaching.quantity = Some(9);
    assert_eq!(hours(&notice, &teaching), ("elective".into(), 20.0));

    let mut village = activity(21, "specialty", "2022-01-10");
    village.end = Some(day("2022-04-09"));
    village.assessment = Some("达标".into());
    let Outcome::Completes { years, .. } = convert::convert(&notice, &village).outcome else {
        panic!("three months complete the year")
    };
    assert_eq!(years, [2022]);
    village.end = Some(day("2022-04-08"));
    let outcome = convert::convert(&notice, &village).outcome;
    assert!(matches!(outcome, Outcome::NotCounted { .. }), "{outcome:?}");
}

#[test]
fn its_spans_recipients_evidence_and_calendar_work() {
    let notice = yunxi();
    let (span, _) = notice.span_for("初级", "", "", 2023).unwrap();
    assert_eq!(span, Span { first: 2020, last: 2022 });
    assert_eq!(notice.recipient("省直", "", "", "厅"), "省厅专技处");
    assert_eq!(notice.recipient("市县", "青石", "", "学校"), "青石县人社局");
    assert_eq!(notice.expected_region("市县", "白水市").as_deref(), Some("云溪省白水市"));
    let form = notice.form(FormId(1)).unwrap();
    let state = evidence::state(&notice, &form.evidence, None, &[], &[]);
    assert_eq!(state.missing(), ["证书或点名册"]);
    let calendar = Calendar::with(notice.calendar.clone());
    assert!(!calendar.is_workday(day("2031-01-01")).unwrap());
    assert!(calendar.is_workday(day("2031-01-02")).unwrap());
}

/// A training of whole days from a date on.
fn training(subject: &str, start: &str, days: u64) -> Record {
    let last = day(start) + Days::new(days - 1);
    let mut training = support::training(subject, &format!("{start}~{last} 全天"));
    training.activity.subject = Subject(subject.into());
    training
}

fn online(start: &str, hours: i32) -> Record {
    let mut course = support::record(2, start, start);
    course.activity.certified = Some(Hours::whole(hours));
    course
}

#[test]
fn the_ledger_computes_by_it() {
    let notice = yunxi();
    let evening = support::training("晚课", "2020-03-05 晚上; 2020-03-06 全天; 2020-03-06 晚上");
    let mut teaching = support::record(3, "授课", "2022-06-01");
    teaching.activity.quantity = Some(5);
    let book = support::handbook([
        evening,
        training("specialty", "2020-03-10", 10),
        training("public", "2021-05-10", 7),
        training("elective", "2022-05-10", 3),
        teaching,
        online("2022-03-01", 20),
        online("2022-04-01", 20),
    ]);
    let years = ledger::years(&notice, &book);
    let of = |year: i32, subject: &str| {
        let total = years.iter().find(|total| total.year == year).unwrap();
        total.hours.get(&Subject(subject.into())).copied().unwrap_or_default().as_f64()
    };
    assert_eq!(of(2020, "specialty"), 2.5 + 8.0 + 80.0);
    assert_eq!(of(2021, "public"), 56.0);
    assert_eq!(of(2022, "elective"), 24.0 + 15.0);
    assert_eq!(of(2022, "specialty"), 30.0, "the online cap");
    assert!(years.iter().all(|year| !year.met), "no year has all three subjects");

    // 90.5 + 30 of 专业 do not reach 126 over three years; one more day does.
    let span: Vec<_> = years.iter().collect();
    assert!(!ledger::cumulative(&notice, &span).met);
    let mut fuller = book;
    fuller.records.push(training("specialty", "2021-09-01", 1));
    let years = ledger::years(&notice, &fuller);
    let span: Vec<_> = years.iter().collect();
    let sum = ledger::cumulative(&notice, &span);
    assert_eq!(sum.total.as_f64(), 90.5 + 56.0 + 39.0 + 30.0 + 8.0);
    assert!(sum.met, "{sum:?}");
}
