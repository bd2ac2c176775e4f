//! Workbooks and csv files become people and records: the blank template, reading, checking, importing.
//! Forgiving of what people type, all or nothing, every bad cell told (contract §2).
//!
//! The way of a file: `book` (cells) → `table` (our sheets and columns) → `rows` (`drafts` and bad cells) →
//! `planner` (`plan`, held against the registry) → `apply` (one undo step).

mod apply;
mod attach;
mod book;
mod confirmed;
mod drafts;
mod files;
mod lay;
pub mod parse;
mod plan;
mod planner;
mod reading;
mod report;
mod rows;
pub mod schema;
mod sessions;
mod spelling;
mod table;
mod template;
pub mod text;

pub use reading::{ColumnFound, Reading, SheetFound};
pub use sessions::{sessions, write_sessions};
pub use template::template;

use crate::failure::{Failure, Result};
use crate::registry::Registry;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How an import is done.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Where the files of 证明材料 lie; default: the workbook's folder.
    pub evidence: Option<PathBuf>,
    pub skip_bad_rows: bool,
    pub dry_run: bool,
    pub today: NaiveDate,
    /// What the clerk says of headers and sheets that are not understood by themselves.
    pub reading: Reading,
}

/// One bad cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadCell {
    /// As the sheet is named in the file.
    pub sheet: String,
    /// As Excel counts, 1 is the header.
    pub row: u32,
    /// The column's name in the contract, whatever the file calls it.
    pub column: String,
    pub value: String,
    pub message: String,
}

/// What an import did, or would do. Keys: people, records, deemed, slips, applicants, evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    pub added: BTreeMap<String, u32>,
    pub updated: BTreeMap<String, u32>,
    /// Rows that say what is there already.
    pub unchanged: u32,
    pub errors: Vec<BadCell>,
    /// Unknown columns and sheets that were left alone, and other things worth saying.
    pub notes: Vec<String>,
    /// What the file's sheets and columns were taken for.
    #[serde(skip)]
    pub sheets: Vec<SheetFound>,
}

/// Tells how far long work is; returns false when the user has cancelled.
pub type Progress<'a> = &'a dyn Fn(u64, u64, &str) -> bool;

/// The keys of [`ImportReport::added`] and [`ImportReport::updated`]; every one is always there.
pub const KEYS: [&str; 6] = ["people", "records", "deemed", "slips", "applicants", "evidence"];

/// Imports a workbook or csv file as one undo step. With errors and without `skip_bad_rows` nothing is changed
/// and the report tells every bad cell. A dry run tells what the good rows would do, and changes nothing.
///
/// # Errors
/// The file cannot be read, is no workbook, has none of our sheets; cancelled; I/O.
pub fn import(
    registry: &mut Registry,
    file: &Path,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<ImportReport> {
    go_on(progress(0, 0, "正在打开文件"))?;
    let mut notes = Vec::new();
    let mut strange = Vec::new();
    let tables = table::tables(book::read(file)?, &options.reading, &mut notes, &mut strange);
    if tables.is_empty() {
        return Err(no_sheet_of_ours(file));
    }
    let sheets: Vec<SheetFound> =
        tables.iter().map(|table| table.found.clone()).chain(strange).collect();
    let folder = match (&options.evidence, file.parent()) {
        (Some(folder), _) => folder.clone(),
        (None, Some(parent)) if !parent.as_os_str().is_empty() => parent.to_owned(),
        (None, _) => PathBuf::from("."),
    };
    if options.evidence.is_some() && !folder.is_dir() {
        return Err(Failure::cannot(
            "导入",
            folder.display().to_string(),
            "材料文件夹不存在，或不是文件夹",
            "请核对材料文件夹的位置",
        ));
    }
    let notice = registry.notice();
    let rows: u64 = tables.iter().map(|table| table.rows.len() as u64).sum();
    let mut at = 0;
    let mut reading = || {
        at += 1;
        at % 64 != 1 || progress(at, rows, "正在读取各行")
    };
    let mut folder = files::Folder::at(&folder);
    let mut drafts =
        rows::read(&notice, &tables, &mut folder, &mut reading).ok_or_else(cancelled)?;
    spelling::unify(&mut drafts, registry.spellings()?);
    let named = drafts
        .records
        .iter()
        .flat_map(|draft| &draft.files)
        .chain(drafts.deemed.iter().flat_map(|draft| &draft.files))
        .chain(drafts.slips.iter().flat_map(|draft| &draft.files));
    let total = named.clone().count() as u64;
    let mut at = 0;
    let mut hashing = || {
        at += 1;
        progress(at, total, "正在核对证明材料")
    };
    let hashes = attach::Hashes::of(named, &mut hashing)?.ok_or_else(cancelled)?;
    go_on(progress(0, 0, "正在与登记库比对"))?;
    let known = registry.campaigns();
    let applied = drafts.applicants.iter().map(|draft| draft.campaign);
    let early: BTreeSet<i32> = applied.filter(|year| !known.contains(year)).collect();
    let plan = planner::plan(&notice, &registry.handbooks()?, registry.events()?, drafts, &hashes);
    say_examples(&tables, &mut notes);
    let mut report = report::report(&plan);
    notes.extend(plan.notes.iter().cloned());
    notes.extend(hashes.note().into_iter().chain(hashes.unprintable()));
    if !early.is_empty() {
        let years = early.iter().map(i32::to_string).collect::<Vec<_>>().join("、");
        notes.push(format!(
            "参评人员里有 {years} 年度的，还没有这个年度的通知；有了通知才能体检和报送"
        ));
    }
    report.notes = notes;
    report.sheets = sheets;
    let refused = !report.errors.is_empty() && !options.skip_bad_rows;
    if options.dry_run {
        return Ok(report);
    }
    if refused {
        return Ok(ImportReport {
            errors: report.errors,
            notes: report.notes,
            sheets: report.sheets,
            ..report::nothing()
        });
    }
    if plan.changes_anything() {
        apply::apply(registry, plan, &hashes, progress)?;
    }
    Ok(report)
}

/// What stands in a file by its headers, before any row is read: for files of which nothing is understood yet.
///
/// # Errors
/// The file cannot be read or is no workbook.
pub fn look(file: &Path, reading: &Reading) -> Result<Vec<SheetFound>> {
    let (mut notes, mut strange) = (Vec::new(), Vec::new());
    let tables = table::tables(book::read(file)?, reading, &mut notes, &mut strange);
    Ok(tables.into_iter().map(|table| table.found).chain(strange).collect())
}

fn go_on(wanted: bool) -> Result<()> {
    if wanted { Ok(()) } else { Err(cancelled()) }
}

fn cancelled() -> Failure {
    Failure::cannot("导入", "", "已经取消", "登记库没有任何变化，可以重新导入")
}

fn no_sheet_of_ours(file: &Path) -> Failure {
    let names: Vec<String> =
        schema::Sheet::ALL.iter().map(|sheet| format!("「{}」", sheet.name())).collect();
    Failure::cannot(
        "导入",
        file.display().to_string(),
        format!("里面没有{}中的任何一张表", names.join("")),
        "请用导入模板填写，或把表名和第 1 行的表头改成模板里的名称",
    )
}

/// Example rows are passed over, and that is told.
fn say_examples(tables: &[table::Table], notes: &mut Vec<String>) {
    let examples: Vec<String> = tables
        .iter()
        .flat_map(|table| table.examples.iter().map(|row| format!("「{}」第 {row} 行", table.name)))
        .collect();
    if !examples.is_empty() {
        notes.push(format!("{}是示例，没有导入", examples.join("、")));
    }
    if tables.iter().all(|table| table.rows.is_empty() && table.missing.is_empty()) {
        notes.push("各表都没有填写内容，没有可导入的".to_owned());
    }
}
