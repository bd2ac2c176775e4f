//! Working days by the PRC calendar including 调休, and the days a publicity run must last.

use super::CalendarYear;
use crate::failure::Result;
use chrono::NaiveDate;
use serde::Serialize;

/// holiday-cn's years, plus years that a notice or the user adds (which stand above it).
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
    pub fn with(_added: Vec<CalendarYear>) -> Self {
        todo!()
    }

    /// # Errors
    /// The year has no data: refused, never guessed.
    pub fn is_workday(&self, _date: NaiveDate) -> Result<bool> {
        todo!()
    }

    /// # Errors
    /// As [`Calendar::is_workday`].
    pub fn publicity(&self, _posted: NaiveDate, _days: u32) -> Result<PublicityDates> {
        todo!()
    }

    /// The last working day on or before a date.
    ///
    /// # Errors
    /// As [`Calendar::is_workday`].
    pub fn last_workday_on_or_before(&self, _date: NaiveDate) -> Result<NaiveDate> {
        todo!()
    }

    /// The working day `days` working days before `date`.
    ///
    /// # Errors
    /// As [`Calendar::is_workday`].
    pub fn workdays_before(&self, _date: NaiveDate, _days: u32) -> Result<NaiveDate> {
        todo!()
    }
}
