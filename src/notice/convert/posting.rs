//! Postings that complete years (C7, A-17): how many months, and which calendar years.

use chrono::{Datelike, Days, Months, NaiveDate};

/// Full calendar months from `start` to `end`, both days counted (1 Jan–30 Jun is six).
pub fn months_between(start: NaiveDate, end: NaiveDate) -> u32 {
    let Some(after) = end.checked_add_days(Days::new(1)) else { return 0 };
    let years = (after.year() - start.year()).max(0).unsigned_abs();
    // One too many at most on either side: the calendar decides.
    let guess = (years * 12 + after.month()).saturating_sub(start.month());
    (guess.saturating_sub(1)..=guess + 1)
        .rev()
        .find(|months| *months == 0 || reaches(start, after, *months))
        .unwrap_or(0)
}

/// Whether a posting lasts longer than so many months, even by a day; or just as long, where that is enough.
pub(super) fn exceeds(start: NaiveDate, end: NaiveDate, months: u32, or_equal: bool) -> bool {
    let Some(after) = end.checked_add_days(Days::new(1)) else { return true };
    start
        .checked_add_months(Months::new(months))
        .is_some_and(|full| full < after || (or_equal && full == after))
}

fn reaches(start: NaiveDate, after: NaiveDate, months: u32) -> bool {
    start.checked_add_months(Months::new(months)).is_some_and(|full| full <= after)
}

/// The calendar year that holds most days of a posting; of equals the earlier, or the later.
pub(super) fn year_with_most_days(start: NaiveDate, end: NaiveDate, later_of_equal: bool) -> i32 {
    let days_in = |year: i32| {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).map_or(start, |day| day.max(start));
        let last = NaiveDate::from_ymd_opt(year, 12, 31).map_or(end, |day| day.min(end));
        (last - first).num_days()
    };
    let mut best = start.year();
    for year in start.year()..=end.year() {
        let (days, most) = (days_in(year), days_in(best));
        if days > most || (later_of_equal && days == most) {
            best = year;
        }
    }
    best
}
