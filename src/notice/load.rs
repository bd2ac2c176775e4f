//! Reads and checks a notice file; every fault names file, key, line and remedy.

use super::Notice;
use crate::failure::Result;

/// The notices that the program carries: id and TOML text.
pub const BUILTIN: &[(&str, &str)] =
    &[("xiangxi-2020", include_str!("../../assets/notices/xiangxi-2020.toml"))];

/// One fault of a notice file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    pub line: Option<usize>,
    pub key: String,
    pub message: String,
    pub fix: String,
}

/// Loads a notice; `file` is only named in messages.
///
/// # Errors
/// The first fault, as one sentence; [`check`] tells them all.
pub fn load(_file: &str, _text: &str) -> Result<Notice> {
    todo!()
}

/// Every fault of a notice file (empty: it is sound).
pub fn check(_file: &str, _text: &str) -> Vec<Fault> {
    todo!()
}
