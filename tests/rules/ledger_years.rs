//! Conversions taken together, deeming and prior slips: the vectors of the trace.

use crate::support::*;
use xueshi::ledger::*;
use xueshi::notice::*;

fn specialty_of(records: impl IntoIterator<Item = Record>, year: i32) -> Hours {
    year_of(&handbook(records), year).specialty()
}

fn paper(title: &str, rank: Rank) -> Record {
    record(6, title, "2019-05-01").with(|it| {
        it.source = Some("论文".into());
        it.rank = Some(rank);
        it.serial = Some("CN 43-1234/R".into());
    })
}

fn award(title: &str, level: &str, place: u32) -> Record {
    record(8, title, "2019-05-01").with(|it| {
        it.level = Some(level.into());
        it.source = Some("政府".into());
        it.rank = Some(Rank::Place(place));
    })
}

#[test]
fn a_led_project_gives_ninety_but_the_year_fails_without_public() {
    let project = record(5, "州课题", "2018-01-01").with(|it| {
        it.end = Some(date("2019-11-30"));
        it.source = Some("政府".into());
        it.rank = Some(Rank::Lead);
    });
    let alone = year_of(&handbook([project.clone()]), 2019);
    assert_eq!((alone.specialty(), alone.public(), alone.total), (h(90), h(0), h(90)));
    assert!(!alone.met);
    let both = year_of(&handbook([project, online_public(2019, 30)]), 2019);
    assert_eq!(both.total, h(120));
    assert!(both.met);
}

#[test]
fn three_papers_are_fifty_and_ten_short() {
    let papers = [
        paper("甲文", Rank::Place(2)),
        paper("乙文", Rank::Place(2)),
        paper("丙文", Rank::Place(1)),
    ];
    let year = year_of(&handbook(papers), 2019);
    assert_eq!(year.specialty(), h(50));
    assert!(!year.met);
}

#[test]
fn an_award_of_the_prefecture_counts_by_rank() {
    assert_eq!(specialty_of([award("成果", "地厅级", 5)], 2019), h(60));
    assert_eq!(specialty_of([award("成果", "地厅级", 6)], 2019), h(30));
}

#[test]
fn only_the_highest_award_of_one_achievement_counts() {
    let book = handbook([award("成果", "地厅级", 2), award(" 成果", "省部级", 9)]);
    let year = year_of(&book, 2019);
    assert_eq!(year.specialty(), h(90));
    let lost = year.credits.iter().find(|credit| !credit.counted).unwrap();
    assert!(lost.why.contains("同一成果"), "{}", lost.why);
    let apart = [award("成果", "地厅级", 2), award("另一成果", "省部级", 9)];
    assert_eq!(specialty_of(apart, 2019), h(150));
}

#[test]
fn three_computer_modules_are_sixty() {
    let modules = record(9, "计算机考试", "2019-05-01").with(|it| it.quantity = Some(3));
    assert_eq!(specialty_of([modules], 2019), h(60));
}

#[test]
fn courses_towards_a_degree_count_once_a_year() {
    let course = |title: &str, passed: u32| {
        record(11, title, "2018-06-01").with(|it| {
            it.source = Some("学历教育".into());
            it.passed = Some(passed);
        })
    };
    assert_eq!(specialty_of([course("在职硕士", 3)], 2018), h(90));
    let several = handbook([course("上学期", 1), course("下学期", 2)]);
    let year = year_of(&several, 2018);
    assert_eq!(year.specialty(), h(90));
    assert!(year.credits.iter().any(|credit| credit.why.contains("同一年只计一次")));
    let exam = record(11, "会计师考试", "2018-09-01").with(|it| {
        it.source = Some("职业资格考试".into());
        it.passed = Some(1);
    });
    assert_eq!(specialty_of([course("上学期", 1), exam], 2018), h(180));
}

#[test]
fn a_patent_counts_in_the_year_it_is_granted() {
    let patent = record(7, "一种装置", "2018-03-01").with(|it| {
        it.end = Some(date("2019-08-01"));
        it.rank = Some(Rank::Place(1));
    });
    let book = handbook([patent]);
    assert_eq!(year_of(&book, 2019).specialty(), h(90));
    assert!(years(&NOTICE, &book).iter().all(|year| year.year == 2019));
}

#[test]
fn a_long_posting_completes_every_year_it_touches() {
    let book = handbook([posting("援藏", "2016-07-01", "2018-12-31").with_papers()]);
    let years = years(&NOTICE, &book);
    assert_eq!(years.iter().map(|year| year.year).collect::<Vec<_>>(), [2016, 2017, 2018]);
    for year in years {
        assert!(year.met && year.met_evidenced);
        assert_eq!((year.public(), year.specialty(), year.total), (h(30), h(60), h(90)));
        assert_eq!(year.deemed_of(&Subject::specialty()), h(60));
        assert_eq!(year.deemed_reasons, ["援藏视同"]);
    }
}

#[test]
fn a_posting_of_eight_months_completes_one_year() {
    let book = handbook([posting("援疆", "2018-09-01", "2019-04-30")]);
    let years = years(&NOTICE, &book);
    assert_eq!(years.iter().map(|year| (year.year, year.met)).collect::<Vec<_>>(), [(2018, true)]);
    assert!(!years[0].met_evidenced);
    let five = handbook([posting("援疆", "2018-02-01", "2018-06-30")]);
    assert!(!year_of(&five, 2018).met);
}

#[test]
fn the_front_line_completes_2020_and_nothing_else() {
    let by_form = handbook([posting("疫情防控一线", "2020-02-01", "2020-03-31")]);
    let by_sheet = handbook([]).deemed(2020, "疫情防控一线", true);
    for book in [&by_form, &by_sheet] {
        let year = year_of(book, 2020);
        assert!(year.met);
        assert_eq!((year.public(), year.specialty()), (h(30), h(60)));
        assert_eq!(year.deemed_reasons, ["疫情防控一线视同"]);
    }
    let other_year = handbook([]).deemed(2019, "疫情防控一线", true);
    assert_eq!(year_of(&other_year, 2019).total, h(0));
}

#[test]
fn deeming_fills_up_to_the_minimum_and_no_further() {
    let book = handbook([online_public(2020, 40), online_specialty(2020, 25)]);
    let year = year_of(&book.deemed(2020, "疫情防控一线", true), 2020);
    assert_eq!((year.public(), year.specialty()), (h(40), h(60)));
    assert_eq!(year.deemed_of(&Subject::public()), h(0));
    assert_eq!(year.deemed_of(&Subject::specialty()), h(35));
}

#[test]
fn a_ruling_of_its_own_gives_its_hours_in_its_subject() {
    let mut book = handbook([online_specialty(2017, 30)]).deemed(2017, "另有规定", true);
    book.deemed[0].subject = Some(Subject::specialty());
    book.deemed[0].hours = Some(h(20));
    let year = year_of(&book, 2017);
    assert_eq!((year.public(), year.specialty()), (h(0), h(50)));
    book.deemed[0].hours = Some(h(200));
    assert_eq!(year_of(&book, 2017).specialty(), h(60));
}

#[test]
fn deeming_counts_as_evidenced_only_with_its_own_papers() {
    let with = year_of(&handbook([]).deemed(2020, "疫情防控一线", true), 2020);
    let without = year_of(&handbook([]).deemed(2020, "疫情防控一线", false), 2020);
    assert!(with.met_evidenced && without.met && !without.met_evidenced);
    assert_eq!(without.evidenced_total, h(0));
}

#[test]
fn a_prior_slip_completes_its_years_and_the_larger_number_is_shown() {
    let book = handbook([online_public(2016, 36), online_specialty(2016, 20)]);
    let book = book.slip(2015, 2017, true);
    let year = year_of(&book, 2016);
    assert!(year.met && year.met_evidenced);
    assert_eq!((year.public(), year.specialty()), (h(36), h(60)));
    assert_eq!(year.recognised_of(&Subject::public()), h(30));
    assert_eq!(year.slips, ["州认定2015"]);
    assert_eq!(year.credits.len(), 2, "the year's records stay visible");
    assert_eq!(year_of(&book, 2015).total, h(90));
    assert!(!years(&NOTICE, &book).iter().any(|year| year.year == 2018));
}

#[test]
fn a_slip_s_own_hours_are_taken() {
    let mut book = handbook([]).slip(2015, 2016, true);
    let written = [(Subject::public(), h(30)), (Subject::specialty(), h(72))].into();
    book.slips[0].hours.insert(2016, written);
    assert_eq!(year_of(&book, 2016).total, h(102));
    assert_eq!(year_of(&book, 2015).total, h(90));
    let bare = handbook([]).slip(2015, 2016, false);
    assert!(!year_of(&bare, 2016).met_evidenced);
}

#[test]
fn hours_and_verdict_know_nothing_of_applicants_deeming_outside_a_campaign() {
    let book = handbook([]).applies("副高");
    assert!(years(&NOTICE, &book).is_empty());
    let applying = years_as_applicant(&NOTICE, &book, 2020, [2019]);
    assert_eq!(applying.iter().map(|it| it.year).collect::<Vec<_>>(), [2019, 2020]);
    assert_eq!(applying[1].public(), h(30));
    assert_eq!(applying[1].specialty(), h(0));
}

#[test]
fn a_platform_that_is_not_filed_gives_nothing_and_says_why() {
    let course = online_public(2019, 30).with(|it| it.platform = Some("某某网校".into()));
    let year = year_of(&handbook([course]), 2019);
    assert_eq!(year.public(), h(0));
    assert!(year.credits[0].why.contains("不予认可"), "{}", year.credits[0].why);
}

#[test]
fn evidenced_totals_count_complete_records_only() {
    let book = handbook([online_public(2019, 30).with_papers(), online_specialty(2019, 60)]);
    let year = year_of(&book, 2019);
    assert!(year.met && !year.met_evidenced);
    assert_eq!((year.total, year.evidenced_total), (h(90), h(30)));
    let bare = year.credits.iter().find(|credit| !credit.evidenced).unwrap();
    assert!(!bare.missing.is_empty());
}
