//! Workbooks and csv files become people and records: the blank template, reading, checking, importing.
//! Forgiving of what people type, all or nothing, every bad cell told (contract §2).

use crate::failure::Result;
use crate::registry::Registry;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How an import is done.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Where the files of 证明材料 lie; default: the workbook's folder.
    pub evidence: Option<PathBuf>,
    pub skip_bad_rows: bool,
    pub dry_run: bool,
    pub today: NaiveDate,
}

/// One bad cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadCell {
    pub sheet: String,
    /// As Excel counts, 1 is the header.
    pub row: u32,
    pub column: String,
    pub value: String,
    pub message: String,
}

/// What an import did, or would do. Keys: people, records, deemed, slips, applicants, evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub added: BTreeMap<String, u32>,
    pub updated: BTreeMap<String, u32>,
    pub unchanged: u32,
    pub errors: Vec<BadCell>,
    /// Unknown columns and sheets that were left alone, and other things worth saying.
    pub notes: Vec<String>,
}

/// Tells how far long work is; returns false when the user has cancelled.
pub type Progress<'a> = &'a dyn Fn(u64, u64, &str) -> bool;

/// Imports a workbook or csv file as one undo step. With errors and without `skip_bad_rows` nothing is changed
/// and the report tells every bad cell.
///
/// # Errors
/// The file cannot be read, is no workbook, has none of our sheets; cancelled; I/O.
pub fn import(
    _registry: &mut Registry,
    _file: &Path,
    _options: &ImportOptions,
    _progress: Progress<'_>,
) -> Result<ImportReport> {
    todo!()
}

/// Writes the blank import workbook (drop-downs, notes, one example row greyed).
///
/// # Errors
/// I/O.
pub fn template(_notice: &crate::notice::Notice, _file: &Path) -> Result<()> {
    todo!()
}
