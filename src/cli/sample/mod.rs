//! The sample job: a made-up unit and a whole year's work on it, step by step through the public floors.

use super::answer::Answer;
use crate::failure::Result;
use chrono::NaiveDate;
use std::path::Path;

/// `sample`
///
/// # Errors
/// The folder is in use; a step fails.
pub fn run(_dir: &Path, _believed: Option<NaiveDate>, _json: bool) -> Result<Answer> {
    todo!()
}
