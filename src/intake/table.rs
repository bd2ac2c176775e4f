//! A sheet whose headers are understood: which column stands where, and reading one row's cells with every
//! trouble told. Knows the columns' names, not what a row of them makes.

use super::BadCell;
use super::book::{Cell, RawSheet};
use super::reading::{ColumnFound, Reading, SheetFound};
use super::schema::{Column, EXAMPLE_MARK, HELP_SHEET, LISTS_SHEET, Sheet};
use super::text;
use crate::ledger::IdNumber;
use chrono::NaiveDate;

/// Headers are looked for in this many rows: above them people put a title.
const HEADER_ROWS: usize = 10;

/// A sheet of ours as it stands in the file.
#[derive(Debug)]
pub struct Table {
    pub sheet: Sheet,
    /// Its name in the file.
    pub name: String,
    /// Where each of [`Sheet::columns`] stands.
    places: Vec<Option<usize>>,
    /// Rows of content, without example rows and blank ones.
    pub rows: Vec<(u32, Vec<Cell>)>,
    /// Example rows that were passed over.
    pub examples: Vec<u32>,
    /// Required columns that are not there; then no row can be read.
    pub missing: Vec<BadCell>,
    /// What the file's own columns were taken for.
    pub found: SheetFound,
}

/// Finds our sheets; what is not ours goes to `strange`, and `notes` says so.
pub fn tables(
    sheets: Vec<RawSheet>,
    reading: &Reading,
    notes: &mut Vec<String>,
    strange: &mut Vec<SheetFound>,
) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut strangers: Vec<RawSheet> = Vec::new();
    for raw in sheets {
        let plain = text::code(&raw.name);
        if plain == HELP_SHEET || plain == LISTS_SHEET || plain.starts_with("WpsReserved") {
            continue;
        }
        match reading.sheets.get(&raw.name).copied().or_else(|| Sheet::named(&raw.name)) {
            Some(sheet) if tables.iter().any(|table| table.sheet == sheet) => {
                notes.push(format!("「{}」与前面的表是同一种，没有导入；请合到一张表里", raw.name));
                strange.push(stranger(&raw));
            }
            Some(sheet) => tables.push(Table::new(sheet, raw, reading, notes)),
            None => strangers.push(raw),
        }
    }
    let ours = !tables.is_empty();
    for raw in strangers {
        if raw.rows.is_empty() {
            continue;
        }
        // A roster saved as Sheet1 is known by its headers, as long as no sheet bears a name of ours.
        let known = if ours { None } else { by_headers(&raw, reading) };
        match known {
            Some(sheet) if tables.iter().all(|table| table.sheet != sheet) => {
                notes.push(format!("「{}」按表头认作「{}」", raw.name, sheet.name()));
                tables.push(Table::new(sheet, raw, reading, notes));
            }
            _ => {
                notes.push(format!("「{}」不是导入用的表，没有导入", raw.name));
                strange.push(stranger(&raw));
            }
        }
    }
    // People come first, whatever the order of the sheets: the others refer to them.
    tables.sort_by_key(|table| table.sheet);
    tables
}

/// A sheet of which nothing is taken: its first row, as if it were the headers.
fn stranger(raw: &RawSheet) -> SheetFound {
    let first = raw.rows.first().map(|(_, cells)| cells.as_slice()).unwrap_or_default();
    let columns = first
        .iter()
        .filter(|cell| !cell.is_blank())
        .map(|cell| ColumnFound {
            header: cell.shown(),
            column: None,
            told: false,
            sample: String::new(),
        })
        .collect();
    SheetFound {
        name: raw.name.clone(),
        kind: None,
        rows: raw.rows.len().saturating_sub(1) as u32,
        columns,
        missing: Vec::new(),
    }
}

/// The one kind of sheet whose required columns are all here; the richest when several are.
fn by_headers(raw: &RawSheet, reading: &Reading) -> Option<Sheet> {
    Sheet::ALL
        .into_iter()
        .filter_map(|sheet| {
            let (_, places) = headers(sheet, raw, reading)?;
            Some((sheet, places.iter().flatten().count()))
        })
        // The first of equals: 人员 before the others.
        .max_by_key(|(sheet, known)| (*known, std::cmp::Reverse(*sheet)))
        .map(|(sheet, _)| sheet)
}

/// The first row that has every required column: its place among the rows, and where the columns stand.
fn headers(sheet: Sheet, raw: &RawSheet, reading: &Reading) -> Option<(usize, Vec<Option<usize>>)> {
    raw.rows.iter().take(HEADER_ROWS).enumerate().find_map(|(at, (_, cells))| {
        let places = places(sheet, &raw.name, cells, reading);
        let complete = sheet
            .columns()
            .iter()
            .zip(&places)
            .all(|(column, place)| !column.required || place.is_some());
        complete.then_some((at, places))
    })
}

/// Where our columns stand in a header row; an exact name goes before another word for it.
/// What the clerk said goes before both.
fn places(sheet: Sheet, name: &str, cells: &[Cell], reading: &Reading) -> Vec<Option<usize>> {
    let columns = sheet.columns();
    let mut places = vec![None; columns.len()];
    let named = |cell: &Cell| reading.column(sheet, name, &cell.shown());
    let told = |at: usize| matches!(reading.told(name, &cells[at].shown()), Some(Some(_)));
    for (at, cell) in cells.iter().enumerate() {
        if let Some(column) = named(cell) {
            let exact = text::code(&cell.shown()).trim_matches('*') == columns[column].name;
            let slot: &mut Option<usize> = &mut places[column];
            if slot.is_none() || told(at) {
                *slot = Some(at);
            } else if exact && !slot.is_some_and(told) {
                let held = slot.map(|held| text::code(&cells[held].shown()));
                if held.is_none_or(|held| held.trim_matches('*') != columns[column].name) {
                    *slot = Some(at);
                }
            }
        }
    }
    places
}

impl Table {
    fn new(sheet: Sheet, raw: RawSheet, reading: &Reading, notes: &mut Vec<String>) -> Self {
        let mut table = Self {
            sheet,
            name: raw.name.clone(),
            places: Vec::new(),
            rows: Vec::new(),
            examples: Vec::new(),
            missing: Vec::new(),
            found: SheetFound { kind: Some(sheet), ..stranger(&raw) },
        };
        let Some((first_row, first)) = raw.rows.first() else {
            return table;
        };
        let (at, places) = headers(sheet, &raw, reading)
            .unwrap_or_else(|| (0, places(sheet, &raw.name, first, reading)));
        let header_row = raw.rows.get(at).map_or(*first_row, |(number, _)| *number);
        for (column, place) in sheet.columns().iter().zip(&places) {
            if column.required && place.is_none() {
                table.missing.push(BadCell {
                    sheet: raw.name.clone(),
                    row: header_row,
                    column: column.name.to_owned(),
                    value: String::new(),
                    message: format!(
                        "没有「{}」这一列，整张表读不了；请补上这一列（表头放在第 1 行）",
                        column.name
                    ),
                });
            }
        }
        let header = &raw.rows[at].1;
        let strange: Vec<String> = header
            .iter()
            .enumerate()
            .filter(|(at, cell)| !cell.is_blank() && !places.contains(&Some(*at)))
            .map(|(_, cell)| format!("「{}」", cell.shown()))
            .collect();
        if !strange.is_empty() {
            notes.push(format!("「{}」里的列 {} 没有导入", raw.name, strange.join("")));
        }
        table.found.columns = found_columns(sheet, &raw, at, &places, reading);
        table.found.missing = sheet
            .columns()
            .iter()
            .zip(&places)
            .filter(|(column, place)| column.required && place.is_none())
            .map(|(column, _)| column.name)
            .collect();
        table.places = places;
        let id = sheet.columns().iter().position(|column| column.name == "身份证号");
        for (number, cells) in raw.rows.into_iter().skip(at + 1) {
            let known = |place: &Option<usize>| {
                place.and_then(|place| cells.get(place)).is_some_and(|cell| !cell.is_blank())
            };
            if !table.places.iter().any(known) {
                continue;
            }
            let place = id.and_then(|id| table.places[id]);
            let shown =
                place.and_then(|place| cells.get(place)).map(Cell::shown).unwrap_or_default();
            if shown.starts_with(EXAMPLE_MARK) {
                table.examples.push(number);
            } else {
                table.rows.push((number, cells));
            }
        }
        table.found.rows = table.rows.len() as u32;
        table
    }
}

/// What each column of the file was taken for; `at` is the header's place among the rows.
fn found_columns(
    sheet: Sheet,
    raw: &RawSheet,
    at: usize,
    places: &[Option<usize>],
    reading: &Reading,
) -> Vec<ColumnFound> {
    /// So far down a column is looked through for a sample of what it holds.
    const SAMPLE_ROWS: usize = 50;
    raw.rows[at]
        .1
        .iter()
        .enumerate()
        .filter(|(_, cell)| !cell.is_blank())
        .map(|(nr, cell)| {
            let header = cell.shown();
            let ours = places.iter().position(|place| *place == Some(nr));
            let below = raw.rows.iter().skip(at + 1).take(SAMPLE_ROWS);
            let sample = below
                .filter_map(|(_, cells)| cells.get(nr))
                .find(|cell| !cell.is_blank() && !cell.shown().starts_with(EXAMPLE_MARK))
                .map(Cell::shown)
                .unwrap_or_default();
            ColumnFound {
                told: reading.told(&raw.name, &header).is_some(),
                column: ours.map(|column| sheet.columns()[column].name),
                header,
                sample,
            }
        })
        .collect()
}

/// One row being read; every cell that cannot be read is kept in `bad`.
pub struct RowReader<'a> {
    table: &'a Table,
    pub row: u32,
    cells: &'a [Cell],
    pub bad: Vec<BadCell>,
    /// What can be read but should be looked at.
    pub notes: Vec<String>,
}

impl<'a> RowReader<'a> {
    pub fn new(table: &'a Table, row: u32, cells: &'a [Cell]) -> Self {
        Self { table, row, cells, bad: Vec::new(), notes: Vec::new() }
    }

    fn column(&self, name: &str) -> Option<(usize, &'static Column)> {
        self.table.sheet.columns().iter().enumerate().find(|(_, column)| column.name == name)
    }

    /// The cell of a column; `None` when it is blank or the column is not there.
    fn cell(&self, name: &str) -> Option<&'a Cell> {
        let (at, _) = self.column(name)?;
        let cell = self.cells.get((*self.table.places.get(at)?)?)?;
        (!cell.is_blank()).then_some(cell)
    }

    /// What stands in a column, for messages.
    pub fn shown(&self, name: &str) -> String {
        self.cell(name).map(Cell::shown).unwrap_or_default()
    }

    /// Says that the row should be looked at; it is imported all the same.
    pub fn remark(&mut self, message: impl std::fmt::Display) {
        self.notes.push(format!("「{}」第 {} 行：{message}", self.table.name, self.row));
    }

    /// Says that a cell is bad.
    pub fn reject(&mut self, name: &str, message: impl Into<String>) {
        self.bad.push(BadCell {
            sheet: self.table.name.clone(),
            row: self.row,
            column: name.to_owned(),
            value: self.shown(name),
            message: message.into(),
        });
    }

    /// Reads a cell by `read`; a blank cell is `None`, and a bad one when the column is required.
    pub fn read<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&Cell) -> Result<T, String>,
    ) -> Option<T> {
        let Some(cell) = self.cell(name) else {
            if self.column(name).is_some_and(|(_, column)| column.required) {
                self.reject(name, format!("「{name}」必须填写"));
            }
            return None;
        };
        let value = match cell {
            Cell::Error(error) => Err(format!("单元格是公式错误 {error}，请改成具体内容")),
            cell => read(cell),
        };
        value.map_err(|message| self.reject(name, message)).ok()
    }

    /// A text cell, as typed but for stray spaces.
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.read(name, |cell| match cell {
            Cell::Number(number) if number.abs() >= 1e15 => {
                Err("按数字存放，末几位已经丢失；请把这一列设为文本格式再填写".to_owned())
            }
            cell => Ok(cell.shown()),
        })
    }

    /// A number, code or word that no date can mean; line breaks are kept for the grammars that part at them.
    pub fn typed<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        self.read(name, |cell| match cell {
            Cell::Date(date) => {
                Err(format!("这里是日期 {date}，不应是日期；请核对，并把单元格设为文本"))
            }
            Cell::Text(text) => read(text),
            cell => read(&cell.shown()),
        })
    }

    /// A text cell of which nothing is normalised: file names are taken as they are.
    pub fn typed_raw<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        self.read(name, |cell| match cell {
            Cell::Text(text) => read(text),
            cell => read(&cell.shown()),
        })
    }

    pub fn sheet_name(&self) -> &'a str {
        &self.table.name
    }

    /// A date: a date cell, an Excel serial, or text.
    pub fn date(&mut self, name: &str) -> Option<NaiveDate> {
        self.read(name, |cell| match cell {
            Cell::Date(date) => super::parse::date(&date.to_string()),
            Cell::Number(number) if (19_000_101.0..=21_001_231.0).contains(number) => {
                super::parse::date(&cell.shown())
            }
            Cell::Number(number) if (20_000.0..100_000.0).contains(number) => {
                super::parse::serial(*number)
            }
            cell => super::parse::date(&cell.shown()),
        })
    }

    /// An ID number. A number cell has lost its last digits: Excel keeps fifteen.
    pub fn id_number(&mut self, name: &str) -> Option<IdNumber> {
        const LOST: &str =
            "按数字存放，身份证号末几位已经丢失；请把这一列设为文本格式，再照身份证重新填写";
        self.read(name, |cell| {
            let shown = cell.shown();
            if matches!(cell, Cell::Number(number) if number.abs() >= 1e15)
                || text::fold(&shown).contains("e+")
            {
                return Err(LOST.to_owned());
            }
            IdNumber::parse(&text::code(&shown)).ok_or_else(|| {
                let digits = text::code(&shown).chars().count();
                if digits == 18 {
                    "身份证号应是 17 位数字加 1 位数字或 X，请核对".to_owned()
                } else {
                    format!("身份证号应是 18 位，这里是 {digits} 位，请核对")
                }
            })
        })
    }
}
