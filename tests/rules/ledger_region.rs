//! The ledger under the invented region: other hours a day, a yearly online cap, three subjects, the sum
//! over the span tested instead of each year.

use crate::support::*;
use std::sync::LazyLock;
use xueshi::ledger::*;
use xueshi::notice::*;

static REGION: LazyLock<Notice> = LazyLock::new(|| {
    let text = include_str!("../fixtures/notices/invented-region.toml");
    load::load("invented-region.toml", text).unwrap_or_else(|failure| panic!("{failure}"))
});

fn with_certificate(mut record: Record) -> Record {
    record.attachments = vec![file(&SlotId("certificate".into()))];
    record
}

fn online(title: &str, year: i32, hours: i32) -> Record {
    let course = record(2, title, &format!("{year}-03-01"));
    with_certificate(course.with(|it| it.certified = Some(h(hours))))
}

fn teaching(year: i32, lessons: u32) -> Record {
    let lessons = |it: &mut Activity| it.quantity = Some(lessons);
    with_certificate(record(3, "授课", &format!("{year}-05-01")).with(lessons))
}

fn applicant(records: Vec<Record>) -> Handbook {
    let mut book = handbook(records).applies("高级");
    book.applications[0].campaign = 2023;
    book
}

fn check_in_2023(book: &Handbook) -> ApplicantResult {
    let unit = Unit { name: "省厅".into(), kind: "省直".into(), ..Unit::default() };
    let calendar = Calendar::default();
    let books = std::slice::from_ref(book);
    check(&REGION, &calendar, &unit, 2023, None, books, &[], date("2023-08-10"))
        .unwrap()
        .applicants
        .remove(0)
}

#[test]
fn its_days_are_worth_eight() {
    let book = handbook([training("面授", "2022-06-06~2022-06-07 全天; 2022-06-08 晚上")]);
    let years = years(&REGION, &book);
    assert_eq!(years[0].total, Hours::halves(37));
    assert!(years[0].credits[0].why.ends_with("＝ 18.5"), "{}", years[0].credits[0].why);
}

#[test]
fn its_online_hours_are_capped_by_year() {
    let book = handbook([
        online("甲", 2022, 20),
        online("乙", 2022, 20),
        online("丙", 2022, 5),
        online("丁", 2021, 20),
    ]);
    let totals: Vec<_> = years(&REGION, &book).iter().map(|it| (it.year, it.total)).collect();
    assert_eq!(totals, [(2021, h(20)), (2022, h(30))]);
    let years = years(&REGION, &book);
    let capped: Vec<_> =
        years[1].credits.iter().filter(|credit| credit.why.contains("全年最多计 30")).collect();
    assert_eq!(capped.iter().map(|credit| credit.hours).sum::<Hours>(), h(5));
}

#[test]
fn it_tests_the_sum_of_the_years() {
    // 216 in all, of which public 54, specialty 126, elective 36; nothing in 2021.
    let mut records = vec![teaching(2020, 6), teaching(2022, 6)];
    for (first, last) in [("2020-06-01", "2020-06-16"), ("2022-06-01", "2022-06-01")] {
        let days = format!("{first}~{last} 全天");
        records.push(with_certificate(training("面授", &days)));
    }
    let public = training("公需面授", "2022-07-01~2022-07-07 全天").public();
    records.push(with_certificate(public));
    let book = applicant(records);
    let result = check_in_2023(&book);
    let sum = cumulative(&REGION, &result.years.iter().take(3).collect::<Vec<_>>());
    assert_eq!(sum.hours[&Subject("elective".into())], h(36));
    assert_eq!(sum.hours[&Subject::specialty()], h(136));
    assert_eq!((sum.total, sum.total_minimum), (h(228), h(216)));
    assert!(sum.met && sum.met_evidenced);
    assert!(!result.years[1].met, "2021 alone does not reach");
    assert_eq!(result.verdict, Verdict::Met, "{:#?}", result.findings);

    let mut bare = book.clone();
    bare.records[2].attachments.clear();
    let result = check_in_2023(&bare);
    assert_eq!(result.verdict, Verdict::Blocked);
    assert!(result.has(Severity::Block, "evidence-missing"));

    let mut poorer = book;
    poorer.records.remove(0);
    let result = check_in_2023(&poorer);
    assert_eq!(result.verdict, Verdict::Short);
    let found = result.findings.iter().find(|it| it.code == "hours-short-subject").unwrap();
    assert_eq!(found.message, "2020—2022 年累计选修 18 学时，要求 36，还缺 18");
}
