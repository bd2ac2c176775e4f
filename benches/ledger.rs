//! How long a person's years and a whole campaign's check take.

#[allow(dead_code)]
#[path = "../tests/rules/support.rs"]
mod support;

use support::*;
use xueshi::ledger::*;
use xueshi::notice::Calendar;

fn main() {
    divan::main();
}

/// An applicant with ten records over five years, two trainings overlapping, one gap in the papers.
fn applicant() -> Handbook {
    let mut records = full_years(2016..=2019);
    records.push(training("骨干班", "2019-06-03~2019-06-05 全天").with_papers());
    records.push(training("夜校", "2019-06-05 下午; 2019-06-05 晚上"));
    handbook(records).applies("中级").reviewed(ReviewResult::Passed)
}

#[divan::bench]
fn years_of_one_person(bencher: divan::Bencher) {
    let book = applicant();
    bencher.bench(|| years(&NOTICE, &book));
}

#[divan::bench(sample_count = 3)]
fn check_of_ten_thousand(bencher: divan::Bencher) {
    let books: Vec<Handbook> = (0..10_000).map(|_| applicant()).collect();
    let calendar = Calendar::default();
    let (unit, today) = (unit(), date(TODAY));
    bencher.bench(|| {
        check(&NOTICE, &calendar, &unit, 2020, None, &books, &[], today).map(|report| report.ready)
    });
}
