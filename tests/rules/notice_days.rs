//! Working days and publicity dates (A-28, A-29; trace part 5).

use chrono::NaiveDate;
use proptest::prelude::*;
use xueshi::notice::workdays::LATER_YEARS;
use xueshi::notice::{Calendar, CalendarYear, load};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn publicity_closes_as_the_vectors_say() {
    let calendar = Calendar::default();
    for (posted, strict, inclusive) in [
        ("2020-08-17", "2020-08-24", "2020-08-21"),
        ("2020-08-21", "2020-08-28", "2020-08-27"),
        ("2020-08-22", "2020-08-28", "2020-08-28"),
        ("2020-09-25", "2020-10-09", "2020-09-30"),
        ("2020-04-29", "2020-05-09", "2020-05-08"),
        ("2020-06-22", "2020-06-30", "2020-06-29"),
        ("2020-01-22", "2020-02-06", "2020-02-05"),
        ("2018-12-28", "2019-01-07", "2019-01-04"),
        ("2024-02-02", "2024-02-08", "2024-02-07"),
    ] {
        let dates = calendar.publicity(day(posted), 5).unwrap();
        assert_eq!(dates.close_strict, day(strict), "{posted} strict");
        assert_eq!(dates.close_inclusive, day(inclusive), "{posted} inclusive");
    }
}

#[test]
fn the_latest_posting_is_counted_back_from_the_deadline() {
    let calendar = Calendar::default();
    let deadline = calendar.last_workday_on_or_before(day("2020-08-30")).unwrap();
    assert_eq!(deadline, day("2020-08-28"));
    assert_eq!(calendar.workdays_before(deadline, 5).unwrap(), day("2020-08-21"));
    assert_eq!(calendar.workdays_before(deadline, 4).unwrap(), day("2020-08-24"));
}

#[test]
fn the_last_working_day_before_the_end_of_august() {
    let calendar = Calendar::default();
    let days = [30, 28, 30, 30, 30, 30, 29, 28];
    for (year, last) in (2019..).zip(days) {
        let wanted = NaiveDate::from_ymd_opt(year, 8, last).unwrap();
        let from = NaiveDate::from_ymd_opt(year, 8, 30).unwrap();
        assert_eq!(calendar.last_workday_on_or_before(from).unwrap(), wanted);
    }
}

#[test]
fn moved_days_are_known() {
    let calendar = Calendar::default();
    for (date, works) in [
        ("2018-12-29", true),
        ("2018-12-31", false),
        ("2020-01-31", false),
        ("2020-02-01", false),
        ("2020-06-28", true),
        ("2020-09-27", true),
        ("2016-10-09", true),
        ("2016-12-30", true),
        ("2024-02-04", true),
    ] {
        assert_eq!(calendar.is_workday(day(date)).unwrap(), works, "{date}");
    }
}

#[test]
fn a_year_without_data_is_refused() {
    let calendar = Calendar::default();
    for date in ["2027-03-01", "2006-03-01"] {
        let refusal = calendar.is_workday(day(date)).unwrap_err();
        assert_eq!(refusal.exit_code(), 3);
        let year = &date[..4];
        let wanted = format!("计算工作日没有成功（{year} 年）：没有 {year} 年的放假安排，不能推算");
        assert!(refusal.to_string().starts_with(&wanted), "{refusal}");
    }
    assert!(calendar.publicity(day("2026-12-29"), 5).is_err());
    assert!(calendar.publicity(day("2026-12-24"), 5).is_ok());
    assert!(calendar.publicity(day("2020-08-17"), u32::MAX).is_err());
}

#[test]
fn years_that_a_user_adds_are_used_and_stand_above_the_published() {
    let year = |year, off: &[&str], work: &[&str]| CalendarYear {
        year,
        off: off.iter().map(|text| day(text)).collect(),
        work: work.iter().map(|text| day(text)).collect(),
    };
    let calendar = Calendar::with(vec![
        year(2027, &["2027-01-01", "2026-12-31"], &["2027-01-03"]),
        year(2020, &["2020-08-21"], &["2020-08-22"]),
    ]);
    assert!(calendar.knows(2027));
    assert!(!calendar.is_workday(day("2026-12-31")).unwrap());
    assert!(!calendar.is_workday(day("2027-01-01")).unwrap());
    assert!(calendar.is_workday(day("2027-01-03")).unwrap());
    assert!(calendar.is_workday(day("2027-01-04")).unwrap());
    assert!(!calendar.is_workday(day("2020-08-21")).unwrap());
    assert!(calendar.is_workday(day("2020-08-22")).unwrap());
    assert!(calendar.is_workday(day("2020-10-10")).unwrap(), "the rest of 2020 stays");
}

#[test]
fn calendar_files_are_checked() {
    let years = load::load_calendar("workdays.toml", LATER_YEARS).unwrap();
    assert_eq!(years.iter().map(|year| year.year).collect::<Vec<_>>(), [2026]);
    let one = "year = 2027\noff = [2027-01-01]\nwork = [\"2027-01-03\"]\n";
    assert_eq!(load::load_calendar("a.toml", one).unwrap()[0].work, [day("2027-01-03")]);
    let told = load::load_calendar("a.toml", "year = 2027\noff = [\"2027-01-02\"]\n").unwrap_err();
    assert_eq!(
        told.to_string(),
        "读取工作日历没有成功（a.toml 第 2 行 off）：2027-01-02 本来就是周末。off 只写周一到周五放假的日子。"
    );
}

proptest! {
    /// The strict close has exactly so many working days after the posting day, and is one itself.
    #[test]
    fn strict_close_counts_full_days(offset in 0i64..6900, days in 1u32..15) {
        let calendar = Calendar::default();
        let posted = day("2007-01-05") + chrono::Days::new(offset.unsigned_abs());
        let dates = calendar.publicity(posted, days).unwrap();
        let counted = posted
            .iter_days()
            .skip(1)
            .take_while(|date| *date <= dates.close_strict)
            .filter(|date| calendar.is_workday(*date).unwrap())
            .count();
        prop_assert_eq!(counted, days as usize);
        prop_assert!(calendar.is_workday(dates.close_strict).unwrap());
        prop_assert!(dates.close_inclusive <= dates.close_strict);
        prop_assert_eq!(
            calendar.workdays_before(dates.close_strict, days).unwrap() <= posted,
            true
        );
    }
}
