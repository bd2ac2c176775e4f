//! What every intake test starts from: workbooks written cell by cell, and importing them.

use crate::registry_desk::Desk;
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};
use xueshi::failure::Failure;
use xueshi::intake::{self, BadCell, ImportOptions, ImportReport, Reading};
use xueshi::ledger::Handbook;
use xueshi::registry::Registry;

/// Made-up people with right check characters.
pub const ZHANG: &str = "433101199003070019";
pub const LI: &str = "433101198505120026";
pub const OTHER_ZHANG: &str = "433127198811230032";

pub type Rows<'a> = &'a [&'a [&'a str]];

pub const PEOPLE: Rows<'static> =
    &[&["姓名", "身份证号", "科室"], &["张三", ZHANG, "内科"], &["李四", LI, "外科"]];

pub const RECORD_HEADERS: &[&str] =
    &["身份证号", "科目", "形式", "内容", "开始日期", "时段", "班次", "证明材料", "备注"];

/// Writes a workbook of text cells beside the registry.
pub fn book(desk: &Desk, name: &str, sheets: &[(&str, Rows<'_>)]) -> PathBuf {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let page = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                page.write_string(row as u32, column as u16, *text).unwrap();
            }
        }
    }
    let path = desk.folder.path().join(name);
    book.save(&path).unwrap();
    path
}

/// A workbook of people and records with [`RECORD_HEADERS`].
pub fn records(desk: &Desk, name: &str, rows: Rows<'_>) -> PathBuf {
    let all: Vec<&[&str]> = [RECORD_HEADERS].into_iter().chain(rows.iter().copied()).collect();
    book(desk, name, &[("人员", PEOPLE), ("学习记录", &all)])
}

pub fn options() -> ImportOptions {
    ImportOptions {
        evidence: None,
        skip_bad_rows: false,
        dry_run: false,
        today: "2020-08-03".parse().unwrap(),
        reading: Reading::default(),
    }
}

pub fn try_import(
    registry: &mut Registry,
    file: &Path,
    options: &ImportOptions,
) -> Result<ImportReport, Failure> {
    intake::import(registry, file, options, &|_, _, _| true)
}

/// Imports, with bad cells allowed.
pub fn told(registry: &mut Registry, file: &Path) -> ImportReport {
    try_import(registry, file, &options()).unwrap()
}

/// Imports a file that has nothing bad in it.
pub fn import(registry: &mut Registry, file: &Path) -> ImportReport {
    let report = told(registry, file);
    assert_eq!(report.errors, [], "bad cells");
    report
}

pub fn handbook(registry: &Registry, id: &str) -> Handbook {
    let id = xueshi::ledger::IdNumber::parse(id).unwrap();
    let person = registry.person_by_id_number(&id).unwrap().expect("the person is there");
    registry.handbook(person.id).unwrap()
}

/// The one bad cell of a report.
pub fn only(report: &ImportReport) -> &BadCell {
    match report.errors.as_slice() {
        [bad] => bad,
        other => panic!("one bad cell wanted: {other:#?}"),
    }
}

/// Files in the vault.
pub fn vault_files(registry: &Registry) -> usize {
    walkdir::WalkDir::new(registry.dir().join("evidence"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .count()
}
