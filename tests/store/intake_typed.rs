//! Typed values: whatever is typed is answered, and what we write we read.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeSet;
use xueshi::intake::{parse, sessions, write_sessions};
use xueshi::notice::{DayPart, Session};

fn any_sessions() -> impl Strategy<Value = BTreeSet<Session>> {
    let first = NaiveDate::from_ymd_opt(2019, 12, 20).unwrap();
    let session = (0_u64..40, 0_usize..3).prop_map(move |(day, part)| Session {
        date: first.checked_add_days(Days::new(day)).unwrap(),
        part: DayPart::ALL[part],
    });
    proptest::collection::btree_set(session, 1..30)
}

proptest! {
    #[test]
    fn sessions_written_are_read_back(wanted in any_sessions()) {
        prop_assert_eq!(sessions(&write_sessions(&wanted), None), Ok(wanted));
    }

    #[test]
    fn sessions_in_any_punctuation_are_the_same(wanted in any_sessions(), mark in 0_usize..4) {
        let plain = write_sessions(&wanted);
        let other = match mark {
            0 => plain.replace('-', ".").replace(';', "；").replace('、', "，"),
            1 => plain.replace('~', "至").replace(' ', "\u{3000}"),
            2 => plain.replace('-', "").replace("; ", "\n"),
            _ => plain.replace('~', " —— ").replace('2', "２"),
        };
        prop_assert_eq!(sessions(&other, None), Ok(wanted));
    }

    #[test]
    fn anything_typed_is_answered(text in "[0-9年月日号.~至、;，： 全天上下午晚半-]{0,40}|\\PC{0,30}") {
        let _ = sessions(&text, Some(2020));
        let _ = parse::date_near(&text, Some(2020));
        let _ = (parse::rank(&text), parse::hours(&text), parse::count(&text), parse::year(&text));
        let _ = (parse::yes_no(&text), parse::mode(&text));
    }

    #[test]
    fn a_date_is_read_in_every_spelling(days in 0_u64..40_000) {
        let first = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap();
        let date = first.checked_add_days(Days::new(days)).unwrap();
        for spelling in ["%Y-%m-%d", "%Y.%-m.%-d", "%Y/%-m/%-d", "%Y年%-m月%-d日", "%Y%m%d", "%Y-%m-%d 08:30:00"] {
            let text = date.format(spelling).to_string();
            prop_assert_eq!(parse::date(&text), Ok(date), "{}", text);
        }
    }
}
