//! Working days by the PRC calendar including 调休, and the days a publicity run must last.

use super::CalendarYear;
use super::load::load_calendar;
use crate::failure::{Failure, Result};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Years that the holiday-cn crate does not hold yet.
pub const LATER_YEARS: &str = include_str!("../../assets/notices/workdays.toml");

static LATER: LazyLock<Vec<CalendarYear>> = LazyLock::new(|| {
    // The file is embedded and a test loads it; without it those years are refused.
    load_calendar("workdays.toml", LATER_YEARS).unwrap_or_default()
});

/// What holiday-cn publishes, read once: asked, it copies a whole year.
struct Published {
    years: HashSet<i32>,
    /// Whether a day that differs from its weekday is worked.
    works: HashMap<NaiveDate, bool>,
}

static PUBLISHED: LazyLock<Published> = LazyLock::new(|| {
    let mut published = Published { years: HashSet::new(), works: HashMap::new() };
    for year in 2000..=2100 {
        for (date, (_, off)) in holiday_cn::get_year_data(year).unwrap_or_default() {
            if let Ok(date) = date.parse() {
                published.years.insert(year);
                published.works.insert(date, !off);
            }
        }
    }
    published
});

/// holiday-cn's years and [`LATER_YEARS`], plus years that a notice or the user adds (which stand above it).
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    pub added: Vec<CalendarYear>,
}

/// When a publicity run may close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PublicityDates {
    pub posted: NaiveDate,
    pub days: u32,
    /// The posting day is not counted.
    pub close_strict: NaiveDate,
    /// The posting day counts if it is a working day.
    pub close_inclusive: NaiveDate,
}

impl Calendar {
    /// Added years; of two that speak of the same day the later one stands.
    pub fn with(added: Vec<CalendarYear>) -> Self {
        Self { added }
    }

    /// Added years, what stands above first.
    fn years(&self) -> impl Iterator<Item = &CalendarYear> {
        self.added.iter().rev().chain(LATER.iter())
    }

    /// Whether anything is known about a year's holidays.
    pub fn knows(&self, year: i32) -> bool {
        self.years().any(|added| added.year == year) || PUBLISHED.years.contains(&year)
    }

    /// # Errors
    /// The year has no data: refused, never guessed.
    pub fn is_workday(&self, date: NaiveDate) -> Result<bool> {
        for added in self.years() {
            if added.off.contains(&date) {
                return Ok(false);
            }
            if added.work.contains(&date) {
                return Ok(true);
            }
        }
        if !self.knows(date.year()) {
            return Err(no_data(date.year()));
        }
        let weekday = !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        Ok(PUBLISHED.works.get(&date).copied().unwrap_or(weekday))
    }

    /// # Errors
    /// As [`Calendar::is_workday`].
    pub fn publicity(&self, posted: NaiveDate, days: u32) -> Result<PublicityDates> {
        let close_strict = self.walk(posted, days, NaiveDate::succ_opt)?;
        let counted_today = u32::from(self.is_workday(posted)?).min(days);
        let close_inclusive = self.walk(posted, days - counted_today, NaiveDate::succ_opt)?;
        Ok(PublicityDates { posted, days, close_strict, close_inclusive })
    }

    /// The last working day on or before a date.
    ///
    /// # Errors
    /// As [`Calendar::is_workday`].
    pub fn last_workday_on_or_before(&self, date: NaiveDate) -> Result<NaiveDate> {
        if self.is_workday(date)? { Ok(date) } else { self.workdays_before(date, 1) }
    }

    /// The working day `days` working days before `date`.
    ///
    /// # Errors
    /// As [`Calendar::is_workday`].
    pub fn workdays_before(&self, date: NaiveDate, days: u32) -> Result<NaiveDate> {
        self.walk(date, days, NaiveDate::pred_opt)
    }

    /// The last of so many working days after (or before) a date.
    fn walk(
        &self,
        from: NaiveDate,
        days: u32,
        step: impl Fn(&NaiveDate) -> Option<NaiveDate>,
    ) -> Result<NaiveDate> {
        let mut date = from;
        let mut left = days;
        while left > 0 {
            date = step(&date).ok_or_else(|| no_data(date.year()))?;
            left -= u32::from(self.is_workday(date)?);
        }
        Ok(date)
    }
}

/// `周五`
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "周一",
        Weekday::Tue => "周二",
        Weekday::Wed => "周三",
        Weekday::Thu => "周四",
        Weekday::Fri => "周五",
        Weekday::Sat => "周六",
        Weekday::Sun => "周日",
    }
}

fn no_data(year: i32) -> Failure {
    Failure::cannot(
        "计算工作日",
        format!("{year} 年"),
        format!("没有 {year} 年的放假安排，不能推算"),
        "请在“规则”的工作日历里填上这一年的放假安排，或检查日期是否写对",
    )
}
