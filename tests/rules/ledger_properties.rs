//! What must hold for any handbook: the order of records never matters, another record never lowers what
//! study gives, totals are the sum of what is explained, deeming fills up and no further.

use crate::support::*;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeSet;
use xueshi::ledger::*;
use xueshi::notice::*;

/// A day of a fortnight over New Year.
fn a_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..14).prop_map(|day| date("2018-12-25") + Days::new(day))
}

fn some_sessions() -> impl Strategy<Value = BTreeSet<Session>> {
    proptest::collection::btree_set(
        (a_day(), 0usize..3).prop_map(|(date, part)| Session { date, part: DayPart::ALL[part] }),
        1..6,
    )
}

fn a_training() -> impl Strategy<Value = Record> {
    (some_sessions(), 0u64..3, any::<bool>(), "[甲乙丙]", 0usize..4, any::<bool>()).prop_map(
        |(sessions, earlier, public, title, event, papers)| {
            let mut training = record(1, &title, "2018-12-25");
            training.activity.start = sessions.first().unwrap().date - Days::new(earlier);
            training.activity.sessions = sessions;
            let training = if public { training.public() } else { training };
            let training = training.event(["", "", "骨干班", "轮训班"][event]);
            if papers { training.with_papers() } else { training }
        },
    )
}

fn anything() -> impl Strategy<Value = Record> {
    let day = || a_day().prop_map(|day| day.to_string());
    let item = (day(), 0u16..5, "[甲乙丙]", 1u32..8, any::<bool>()).prop_map(
        |(start, kind, title, number, papers)| {
            let form = [6, 7, 8, 9, 11][usize::from(kind)];
            let item = record(form, &title, &start).with(|it| {
                it.rank = Some(Rank::Place(number));
                it.quantity = Some(number);
                it.passed = Some(number - 1);
                it.serial = Some("CN 43-1234/R".into());
                it.level = (form == 8).then(|| ["省部级", "地厅级"][number as usize % 2].into());
                it.source = Some(["论文", "", "政府", "", "学历教育"][usize::from(kind)].into());
            });
            if papers { item.with_papers() } else { item }
        },
    );
    let course = (2018i32..2020, 1i32..40, any::<bool>()).prop_map(|(year, hours, public)| {
        if public { online_public(year, hours) } else { online_specialty(year, hours) }
    });
    let set = a_training().prop_map(|mut training| {
        training.hours_override = Some(HoursOverride { hours: h(7), vouched: vouched() });
        training
    });
    prop_oneof![6 => a_training(), 3 => item, 2 => course, 1 => set]
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    proptest::collection::vec(anything(), 0..9)
}

fn studied(year: &YearTotal) -> Hours {
    year.credits.iter().map(|credit| credit.hours).sum()
}

fn total_in(years: &[YearTotal], year: i32, of: impl Fn(&YearTotal) -> Hours) -> Hours {
    years.iter().filter(|it| it.year == year).map(of).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_records_never_matters(
        (records, shuffled) in records().prop_flat_map(|it| (Just(it.clone()), Just(it).prop_shuffle()))
    ) {
        let book = handbook(records);
        let mut other = book.clone();
        let id = book.person.id;
        other.records = shuffled.into_iter().map(|it| Record { person: id, ..it }).collect();
        prop_assert_eq!(years(&NOTICE, &book), years(&NOTICE, &other));
    }

    #[test]
    fn another_record_never_lowers_what_study_gives(records in records(), more in anything()) {
        let book = handbook(records);
        let mut richer = book.clone();
        richer.records.push(Record { person: book.person.id, ..more });
        let (before, after) = (years(&NOTICE, &book), years(&NOTICE, &richer));
        for year in &before {
            prop_assert!(total_in(&after, year.year, studied) >= studied(year), "{} {:#?}", year.year, after);
            let with_papers = total_in(&after, year.year, |it| it.evidenced_total);
            prop_assert!(with_papers >= year.evidenced_total);
        }
    }

    #[test]
    fn another_training_never_lowers_a_day(
        parts in proptest::collection::vec((1u8..8, 0u64..3, "[甲乙丙]", any::<bool>()), 1..7)
    ) {
        let on_one_day = |(parts, earlier, title, public): (u8, u64, String, bool)| {
            let day = date("2019-06-03");
            let mut training = record(1, &title, "2019-06-03");
            training.activity.start = day - Days::new(earlier);
            let parts = DayPart::ALL.into_iter().enumerate().filter(|(at, _)| parts & (1 << at) != 0);
            training.activity.sessions = parts.map(|(_, part)| Session { date: day, part }).collect();
            if public { training.public() } else { training }
        };
        let all: Vec<Record> = parts.into_iter().map(on_one_day).collect();
        let mut last = Hours::ZERO;
        for count in 1..=all.len() {
            let total = year_of(&handbook(all[..count].to_vec()), 2019).total;
            prop_assert!(total >= last && total <= h(10), "{total} after {last}");
            last = total;
        }
    }

    #[test]
    fn totals_are_the_sum_of_what_is_explained(
        records in records(),
        deemed in any::<bool>(),
        slip in any::<bool>(),
        papers in any::<bool>(),
    ) {
        let mut book = handbook(records);
        if deemed {
            book = book.deemed(2019, "另有规定", papers);
        }
        if slip {
            book = book.slip(2018, 2018, papers);
        }
        for year in years(&NOTICE, &book) {
            for rule in &NOTICE.subjects {
                let real = year.real_of(&rule.id);
                let base = real.max(year.recognised_of(&rule.id));
                prop_assert_eq!(year.hours_of(&rule.id), base + year.deemed_of(&rule.id));
                let filled = !year.deemed_of(&rule.id).is_zero();
                prop_assert!(!filled || year.hours_of(&rule.id) == base.max(rule.minimum));
            }
            prop_assert_eq!(year.total, year.hours.values().copied().sum());
            prop_assert_eq!(year.evidenced_total, year.evidenced.values().copied().sum());
            prop_assert!(year.met || !year.met_evidenced);
            for credit in &year.credits {
                prop_assert!(!credit.why.is_empty());
                prop_assert!(!credit.clause.place.is_empty());
                prop_assert_eq!(credit.counted, !credit.hours.is_zero());
            }
        }
    }

    #[test]
    fn a_verdict_agrees_with_its_years(records in records()) {
        let result = check_one(&handbook(records).applies("中级"));
        let span = || result.years.iter().filter(|it| result.span.contains(it.year));
        let expected = if span().all(|it| it.met_evidenced) {
            [Verdict::Met, Verdict::Blocked]
        } else if span().all(|it| it.met) {
            [Verdict::Blocked; 2]
        } else {
            [Verdict::Short; 2]
        };
        prop_assert!(expected.contains(&result.verdict), "{:?}", result.verdict);
        prop_assert!(result.years.windows(2).all(|pair| pair[0].year < pair[1].year));
    }
}
