//! An invented region loads and computes from its file alone: other hours a day, minutes per hour,
//! a cumulative test, a yearly online cap, three subjects.

use chrono::NaiveDate;
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
