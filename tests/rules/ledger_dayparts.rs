//! Day parts (C1, A-08, A-10, A-43): the vectors of the trace, and why a record gives what it gives.

use crate::support::*;
use xueshi::ledger::*;

/// Total specialty hours of 2019 for trainings at these times.
fn worth(trainings: &[(&str, &str)]) -> i32 {
    let book = handbook(trainings.iter().map(|(title, when)| training(title, when)));
    year_of(&book, 2019).total.as_halves() / 2
}

#[test]
fn a_full_day_is_ten_a_half_four_an_evening_two() {
    assert_eq!(worth(&[("甲", "2019-06-03 全天")]), 10);
    assert_eq!(worth(&[("甲", "2019-06-03 上午")]), 4);
    assert_eq!(worth(&[("甲", "2019-06-03 晚上")]), 2);
    assert_eq!(worth(&[("甲", "2019-06-03 上午; 2019-06-03 晚上")]), 6);
}

#[test]
fn morning_and_afternoon_of_one_event_are_a_full_day() {
    assert_eq!(worth(&[("甲", "2019-06-03 上午; 2019-06-03 下午")]), 10);
}

#[test]
fn two_events_in_one_day_are_two_halves() {
    assert_eq!(worth(&[("甲", "2019-06-03 上午"), ("乙", "2019-06-03 下午")]), 8);
    let with_evening =
        [("甲", "2019-06-03 上午"), ("乙", "2019-06-03 下午"), ("丙", "2019-06-03 晚上")];
    assert_eq!(worth(&with_evening), 10);
}

#[test]
fn a_day_never_gives_more_than_ten() {
    assert_eq!(worth(&[("甲", "2019-06-03 全天; 2019-06-03 晚上")]), 10);
    assert_eq!(worth(&[("甲", "2019-06-03 全天"), ("乙", "2019-06-03 晚上")]), 10);
}

#[test]
fn two_and_a_half_days_are_twenty_four_and_say_how() {
    let book = handbook([training("甲", "2019-06-02~2019-06-03 全天; 2019-06-04 上午")]);
    let year = year_of(&book, 2019);
    assert_eq!(year.total, h(24));
    assert_eq!(year.credits[0].why, "6月2日 全天 10 ＋ 6月3日 全天 10 ＋ 6月4日 上午 4 ＝ 24");
    assert_eq!(year.credits[0].clause.place, "附件1·二·1");
}

#[test]
fn an_event_over_new_year_stands_in_each_year() {
    let book = handbook([training("冬训", "2018-12-30~2019-01-02 全天")]);
    let totals: Vec<_> = years(&NOTICE, &book).iter().map(|it| (it.year, it.total)).collect();
    assert_eq!(totals, [(2018, h(20)), (2019, h(20))]);
}

#[test]
fn the_event_covering_more_of_the_day_goes_first() {
    let book = handbook([
        training("早开始的半天班", "2019-06-01 上午; 2019-06-03 上午"),
        training("全天班", "2019-06-03 全天"),
    ]);
    let year = year_of(&book, 2019);
    assert_eq!(year.total, h(14));
    let half = year.credits.iter().find(|it| it.title == "早开始的半天班").unwrap();
    assert_eq!(half.hours, h(4));
    assert_eq!(half.why, "6月1日 上午 4；6月3日上午已由「全天班」计入，不重复计");
}

#[test]
fn ties_go_to_the_earlier_start_then_public_then_the_title() {
    let taker = |one: Record, other: Record| {
        let book = handbook([one, other]);
        let year = year_of(&book, 2019);
        year.credits.into_iter().find(|credit| credit.counted).unwrap().title
    };
    let at = "2019-06-03 上午";
    let earlier = training("乙", at).with(|it| it.start = date("2019-06-01"));
    assert_eq!(taker(training("甲", at), earlier), "乙");
    assert_eq!(taker(training("甲", at), training("乙", at).public()), "乙");
    assert_eq!(taker(training("乙", at), training("甲", at)), "乙");
}

#[test]
fn a_record_that_loses_everything_says_who_took_it() {
    let book = handbook([training("甲", "2019-06-03 全天"), training("乙", "2019-06-03 下午")]);
    let year = year_of(&book, 2019);
    let lost = year.credits.iter().find(|credit| credit.title == "乙").unwrap();
    assert!(!lost.counted);
    assert_eq!(lost.why, "不计：6月3日下午已由「甲」计入，不重复计");
}

#[test]
fn rows_of_one_training_are_one_event() {
    let rows = [
        training("上午课", "2019-06-03 上午").event("骨干班"),
        training("下午课", "2019-06-03 下午").event("骨干班"),
    ];
    let year = year_of(&handbook(rows.clone()), 2019);
    assert_eq!(year.total, h(10));
    let given: Vec<_> = year.credits.iter().map(|credit| credit.hours).collect();
    assert_eq!(given.into_iter().sum::<xueshi::notice::Hours>(), h(10));
    assert!(year.credits.iter().any(|it| it.why.contains("同班次")), "{:#?}", year.credits);
    let apart = rows.map(|row| row.event(""));
    assert_eq!(year_of(&handbook(apart), 2019).total, h(8));
}

#[test]
fn a_long_course_tells_runs_of_days() {
    let book = handbook([training("长班", "2019-06-03~2019-06-14 全天; 2019-06-15 上午")]);
    let year = year_of(&book, 2019);
    assert_eq!(year.total, h(124));
    assert_eq!(year.credits[0].why, "6月3日至6月14日 每天全天 10 × 12 天 ＋ 6月15日 上午 4 ＝ 124");
}

#[test]
fn with_papers_the_loser_may_win() {
    let whole = training("全天班", "2019-06-03 全天");
    let half = training("半天班", "2019-06-03 上午").with_papers();
    let year = year_of(&handbook([whole, half]), 2019);
    assert_eq!((year.total, year.evidenced_total), (h(10), h(4)));
}

#[test]
fn no_sessions_no_hours() {
    let bare = record(1, "没有时段", "2019-06-03").with(|it| it.certified = Some(h(24)));
    let year = year_of(&handbook([bare]), 2019);
    assert_eq!(year.total, h(0));
    assert!(year.credits[0].why.contains("时段"), "{}", year.credits[0].why);
}

#[test]
fn hours_set_by_somebody_stand_beside_the_computed_ones() {
    let mut book = handbook([training("甲", "2019-06-03 全天")]);
    book.records[0].hours_override = Some(HoursOverride { hours: h(12), vouched: vouched() });
    let year = year_of(&book, 2019);
    assert_eq!(year.total, h(12));
    assert!(year.credits[0].why.contains("李科"), "{}", year.credits[0].why);
    assert!(year.credits[0].why.contains("改认 12"), "{}", year.credits[0].why);
}
