//! The made-up papers of the sample: the import workbook from the tables in `assets/sample`, and for
//! every file that it names a small scan with readable words on it.

use crate::durable;
use crate::failure::{Failure, Result};
use crate::notice::Notice;
use rust_xlsxwriter::{Format, Workbook};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Sheets of the workbook, in order.
const SHEETS: &[(&str, &str)] = &[
    ("人员", include_str!("../../../assets/sample/人员.csv")),
    ("学习记录", include_str!("../../../assets/sample/学习记录.csv")),
    ("视同", include_str!("../../../assets/sample/视同.csv")),
    ("认定单", include_str!("../../../assets/sample/认定单.csv")),
    ("参评人员", include_str!("../../../assets/sample/参评人员.csv")),
];

/// Scans that are pictures.
const PICTURES: &[(&str, &[u8])] =
    &[("班次/2019/签到表.png", include_bytes!("../../../assets/sample/签到表.png"))];

/// What was written.
pub struct Made {
    pub workbook: PathBuf,
    pub folder: PathBuf,
    pub scans: usize,
}

/// A row by its headers.
type Row = BTreeMap<String, String>;

/// Writes workbook and scans into `dir`.
///
/// # Errors
/// I/O.
pub fn write(dir: &Path, notice: &Notice) -> Result<Made> {
    let folder = dir.join("导入资料");
    let workbook = folder.join("导入表.xlsx");
    let scans_folder = folder.join("扫描件");
    make_folder(&scans_folder)?;
    let tables = SHEETS.iter().map(|(name, text)| read(name, text)).collect::<Result<Vec<_>>>()?;
    durable::write(
        "写文件",
        &workbook,
        &workbook_of(&tables).map_err(|error| unwritten(&workbook, error))?,
    )?;
    let scans = scans(&tables);
    for (name, sheet) in &scans {
        let path = scans_folder.join(name);
        if let Some(parent) = path.parent() {
            make_folder(parent)?;
        }
        let bytes = match PICTURES.iter().find(|(picture, _)| picture == name) {
            Some((_, bytes)) => bytes.to_vec(),
            None => scan(notice, sheet)?,
        };
        durable::write("写文件", &path, &bytes)?;
    }
    Ok(Made { workbook, folder: scans_folder, scans: scans.len() })
}

/// A file's rows: every row that names it, and as what.
#[derive(Default)]
struct Scan {
    slot: String,
    rows: Vec<Row>,
}

/// Every file that the tables name. Rows without a name get it by their ID number.
fn scans(tables: &[(&str, Vec<Vec<String>>)]) -> BTreeMap<String, Scan> {
    let mut scans: BTreeMap<String, Scan> = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (_, rows) in tables {
        let Some((headers, rows)) = rows.split_first() else { continue };
        for row in rows {
            let mut row: Row = headers.iter().cloned().zip(row.iter().cloned()).collect();
            let number = row.get("身份证号").cloned().unwrap_or_default();
            match row.get("姓名") {
                Some(name) => {
                    names.insert(number, name.clone());
                }
                None => {
                    row.extend(names.get(&number).map(|name| ("姓名".to_owned(), name.clone())));
                }
            }
            let named = row.get("证明材料").cloned().unwrap_or_default();
            for (slot, file) in named.split(';').filter_map(|pair| pair.split_once('=')) {
                let scan = scans.entry(file.trim().to_owned()).or_default();
                scan.slot = slot.replace("[盖章]", "（已盖章）").trim().to_owned();
                scan.rows.push(row.clone());
            }
        }
    }
    scans
}

/// What a scan says, from the first row that names it.
const TOLD: &[&str] = &[
    "内容",
    "单号",
    "主办单位",
    "出具单位",
    "平台",
    "开始日期",
    "结束日期",
    "时段",
    "名次",
    "级别",
    "来源",
    "数量",
    "通过",
    "证书学时",
    "刊号",
    "任务",
    "考核结果",
    "证书编号",
    "年度",
    "事由",
    "依据",
    "起始年度",
    "截止年度",
    "学时",
];

/// A made-up scan: what kind of paper it is, about whom, and the facts that it proves.
fn scan(notice: &Notice, scan: &Scan) -> Result<Vec<u8>> {
    let mut names: Vec<&str> = Vec::new();
    for row in &scan.rows {
        let name = row.get("姓名").map_or("", String::as_str);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let mut lines = vec![format!("姓名：{}", names.join("、"))];
    if let Some(row) = scan.rows.first() {
        let told = TOLD.iter().filter_map(|key| row.get_key_value(*key));
        lines.extend(
            told.filter(|(_, value)| !value.is_empty())
                .map(|(key, value)| format!("{key}：{value}")),
        );
    }
    lines.push(String::new());
    lines.push("样例材料，单位、人员和内容都是虚构的。".to_owned());
    crate::documents::sheet_pdf(&scan.slot, &lines, notice.issued)
}

/// A table of `assets/sample` by rows, the headers first.
fn read<'a>(name: &'a str, text: &str) -> Result<(&'a str, Vec<Vec<String>>)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = reader
        .records()
        .map(|record| Ok(record?.iter().map(str::to_owned).collect()))
        .collect::<Result<Vec<Vec<String>>, csv::Error>>()
        .map_err(|error| unwritten(Path::new(name), error))?;
    Ok((name, rows))
}

/// The tables as a workbook, all cells text, as people hand them in.
fn workbook_of(tables: &[(&str, Vec<Vec<String>>)]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    for (name, rows) in tables {
        let sheet = workbook.add_worksheet().set_name(*name)?;
        for (at, row) in (0u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(row) {
                if at == 0 {
                    sheet.write_string_with_format(at, column, cell, &bold)?;
                } else if !cell.is_empty() {
                    sheet.write_string(at, column, cell)?;
                }
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.autofit();
    }
    workbook.save_to_buffer()
}

fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::io("做样例", folder, error))
}

fn unwritten(place: &Path, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    let place = place.display().to_string();
    Failure::cannot("做样例", place, "样例的表格写不出来", "请把这句话告诉程序的维护人")
        .because(error)
}
