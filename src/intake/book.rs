//! A workbook or csv file as plain sheets of cells. Knows file formats and nothing of what the cells mean.

use super::text;
use crate::failure::{Failure, Result};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, Xls, Xlsx, XlsxError};
use chrono::NaiveDate;
use std::io::Cursor;
use std::path::Path;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Date(NaiveDate),
    /// An Excel error such as `#N/A`.
    Error(String),
}

/// One sheet; rows bear their number as Excel shows it.
#[derive(Debug, Clone, Default)]
pub struct RawSheet {
    pub name: String,
    pub rows: Vec<(u32, Vec<Cell>)>,
}

/// Beyond this a column is no column of ours; a stray cell far to the right must not cost memory.
const MOST_COLUMNS: u32 = 512;
/// Larger files are no rosters.
const MOST_BYTES: u64 = 512 << 20;
const WHAT: &str = "导入";

impl Cell {
    /// The cell as a person reads it; empty for an empty cell.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text::clean(text),
            Self::Number(number) => shown_number(*number),
            Self::Date(date) => date.to_string(),
            Self::Error(error) => error.clone(),
        }
    }

    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text::clean(text).is_empty(),
            _ => false,
        }
    }
}

/// A number without the exponent and the `.0` that nobody typed.
fn shown_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e21 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// Reads every sheet of a workbook, or the one sheet of a csv file, which is named by the file.
///
/// # Errors
/// Missing, empty, locked, encrypted or damaged; neither a workbook nor a csv file.
pub fn read(file: &Path) -> Result<Vec<RawSheet>> {
    let place = file.display().to_string();
    let metadata = std::fs::metadata(file).map_err(|error| Failure::io(WHAT, file, error))?;
    if metadata.is_dir() {
        return Err(Failure::cannot(
            WHAT,
            place,
            "这是文件夹，不是工作簿",
            "请选择 .xlsx 或 .csv 文件",
        ));
    }
    if metadata.len() > MOST_BYTES {
        return Err(Failure::cannot(
            WHAT,
            place,
            "文件超过 512 MB，不像名册",
            "请核对是否选错了文件，或拆成几个再导入",
        ));
    }
    let bytes = std::fs::read(file).map_err(|error| match error.raw_os_error() {
        // Windows: sharing or lock violation.
        Some(32 | 33) if cfg!(windows) => Failure::cannot(
            WHAT,
            place.clone(),
            "文件正被别的程序打开",
            "请在 Excel 或 WPS 里关闭它再导入",
        )
        .because(error),
        _ => Failure::io(WHAT, file, error),
    })?;
    if bytes.is_empty() {
        return Err(Failure::cannot(WHAT, place, "文件是空的", "请核对文件，或重新另存一份"));
    }
    let extension = file.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    match (bytes.as_slice(), extension.as_str()) {
        ([b'P', b'K', 3, 4, ..], "xlsx" | "xlsm" | "xls" | "et" | "") => {
            guarded(file, || xlsx(file, bytes))
        }
        ([0xD0, 0xCF, 0x11, 0xE0, ..], "xlsx" | "xlsm" | "xls" | "et" | "") => {
            if contains_utf16(&bytes, "EncryptedPackage") {
                return Err(encrypted(file));
            }
            guarded(file, || xls(file, bytes))
        }
        ([b'P', b'K', ..] | [0xD0, 0xCF, 0x11, 0xE0, ..], "csv" | "txt") => Err(Failure::cannot(
            WHAT,
            place,
            "扩展名是 csv，内容却是 Excel 工作簿",
            "请把扩展名改为 .xlsx，或另存为 csv",
        )),
        (_, "csv" | "txt") => csv(file, &bytes),
        (_, "xlsx" | "xlsm" | "xls" | "et") => Err(Failure::cannot(
            WHAT,
            place,
            "内容不是 Excel 工作簿，或文件已损坏",
            "请用 Excel 或 WPS 打开它，另存为 .xlsx 再导入",
        )),
        _ => {
            Err(Failure::cannot(WHAT, place, "不是能导入的文件", "请选择 .xlsx、.xls 或 .csv 文件"))
        }
    }
}

/// Readers of damaged workbooks have panicked before; a clerk gets the sentence instead.
fn guarded(file: &Path, read: impl FnOnce() -> Result<Vec<RawSheet>>) -> Result<Vec<RawSheet>> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(damaged(file)))
}

fn damaged(file: &Path) -> Failure {
    Failure::cannot(
        WHAT,
        file.display().to_string(),
        "工作簿已损坏，读不出来",
        "请用 Excel 或 WPS 打开它，另存为新的 .xlsx 再导入",
    )
}

fn encrypted(file: &Path) -> Failure {
    Failure::cannot(
        WHAT,
        file.display().to_string(),
        "工作簿设了打开密码",
        "请在 Excel 或 WPS 里去掉密码，另存后再导入",
    )
}

/// Compound files name their streams in UTF-16.
fn contains_utf16(bytes: &[u8], word: &str) -> bool {
    let needle: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Cell by cell: a stray cell in the last row and column must not make a table of a billion.
fn xlsx(file: &Path, bytes: Vec<u8>) -> Result<Vec<RawSheet>> {
    let wrong = |error: XlsxError| match error {
        XlsxError::Password => encrypted(file),
        other => damaged(file).because(other),
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(wrong)?;
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut sheets = Vec::new();
    for name in names {
        let mut sheet = RawSheet { name: name.clone(), rows: Vec::new() };
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(wrong(error)),
        };
        while let Some(cell) = cells.next_cell().map_err(wrong)? {
            let (row, column) = cell.get_position();
            let value = match cell.get_value() {
                DataRef::Empty => Cell::Empty,
                DataRef::Int(number) => Cell::Number(*number as f64),
                DataRef::Float(number) => Cell::Number(*number),
                DataRef::String(text) => Cell::Text(text.clone()),
                DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
                DataRef::Bool(value) => truth(*value),
                DataRef::DateTime(value) => moment(value),
                DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Cell::Text(text.clone()),
                DataRef::Error(error) => Cell::Error(error.to_string()),
            };
            put(&mut sheet, row, column, value);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn xls(file: &Path, bytes: Vec<u8>) -> Result<Vec<RawSheet>> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => encrypted(file),
        other => damaged(file).because(other),
    })?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| damaged(file).because(error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut sheet = RawSheet { name, rows: Vec::new() };
        for (row, column, value) in range.used_cells() {
            let value = match value {
                Data::Empty => Cell::Empty,
                Data::Int(number) => Cell::Number(*number as f64),
                Data::Float(number) => Cell::Number(*number),
                Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                    Cell::Text(text.clone())
                }
                Data::Bool(value) => truth(*value),
                Data::DateTime(value) => moment(value),
                Data::Error(error) => Cell::Error(error.to_string()),
            };
            put(&mut sheet, top + row as u32, left + column as u32, value);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn truth(value: bool) -> Cell {
    Cell::Text(if value { "是" } else { "否" }.to_owned())
}

fn moment(value: &ExcelDateTime) -> Cell {
    if value.is_duration() {
        return Cell::Number(value.as_f64());
    }
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        .map_or(Cell::Number(value.as_f64()), Cell::Date)
}

/// Rows come in order; `row` and `column` count from 0.
fn put(sheet: &mut RawSheet, row: u32, column: u32, value: Cell) {
    if value == Cell::Empty || column >= MOST_COLUMNS {
        return;
    }
    let number = row + 1;
    if sheet.rows.last().is_none_or(|(last, _)| *last != number) {
        sheet.rows.push((number, Vec::new()));
    }
    if let Some((_, cells)) = sheet.rows.last_mut() {
        if cells.len() <= column as usize {
            cells.resize(column as usize + 1, Cell::Empty);
        }
        cells[column as usize] = value;
    }
}

fn csv(file: &Path, bytes: &[u8]) -> Result<Vec<RawSheet>> {
    let text = decoded(file, bytes)?;
    if text::clean(&text).is_empty() {
        return Err(Failure::cannot(
            WHAT,
            file.display().to_string(),
            "文件里没有内容",
            "请核对文件，或重新另存一份",
        ));
    }
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b'\t', b';']
        .into_iter()
        .max_by_key(|delimiter| {
            // On a tie the comma, which csv is named for.
            (first.bytes().filter(|byte| byte == delimiter).count(), *delimiter == b',')
        })
        .unwrap_or(b',');
    let text = with_blank_lines(&text, char::from(delimiter));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut sheet = RawSheet {
        name: file.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        rows: Vec::new(),
    };
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|error| {
            Failure::cannot(
                WHAT,
                file.display().to_string(),
                "csv 文件的引号或分隔不完整",
                "请用 Excel 或 WPS 重新另存为 csv 再导入",
            )
            .because(error)
        })?;
        for (column, field) in record.iter().enumerate() {
            if !field.trim().is_empty() {
                put(&mut sheet, row as u32, column as u32, Cell::Text(unquoted(field).to_owned()));
            }
        }
    }
    Ok(vec![sheet])
}

/// `="433101…"`, `'433101…` and a trailing tab are how people keep Excel from rounding digits in csv.
fn unquoted(field: &str) -> &str {
    let field = field.trim();
    let field =
        field.strip_prefix("=\"").and_then(|inner| inner.strip_suffix('"')).unwrap_or(field);
    match field.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => field,
    }
}

/// UTF-8 with or without mark, UTF-16 with its mark (Excel's Unicode text), else GB18030.
fn decoded(file: &Path, bytes: &[u8]) -> Result<String> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, wrong) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if !wrong {
            return Ok(text.into_owned());
        }
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    } else {
        let (text, _, wrong) = encoding_rs::GB18030.decode(bytes);
        if !wrong {
            return Ok(text.into_owned());
        }
    }
    Err(Failure::cannot(
        WHAT,
        file.display().to_string(),
        "文字编码既不是 UTF-8 也不是 GB18030，或文件已损坏",
        "请用 Excel 或 WPS 打开它，另存为「CSV UTF-8」再导入",
    ))
}

/// The csv reader passes over blank lines; a lone delimiter keeps the row numbers those of Excel.
fn with_blank_lines(text: &str, delimiter: char) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut quoted = false;
    for line in text.split_inclusive('\n') {
        if !quoted && line.trim_end_matches(['\r', '\n']).is_empty() {
            out.push(delimiter);
        }
        quoted ^= line.matches('"').count() % 2 == 1;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_keep_their_row() {
        let text = "姓名,备注\n\n张三,\"两\n\n行\"\r\n\r\n李四,\n";
        assert_eq!(with_blank_lines(text, ','), "姓名,备注\n,\n张三,\"两\n\n行\"\r\n,\r\n李四,\n");
    }

    #[test]
    fn numbers_are_shown_as_typed() {
        assert_eq!(Cell::Number(13_907_430_000.0).shown(), "13907430000");
        assert_eq!(Cell::Number(4.5).shown(), "4.5");
        assert_eq!(unquoted("=\"433101199003070012\""), "433101199003070012");
        assert_eq!(unquoted("'433101"), "433101");
        assert_eq!(unquoted("'援藏'"), "'援藏'");
    }
}
