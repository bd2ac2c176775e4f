//! 附件2 as a workbook: the table as the first sheet, its footnotes as the second. Numbers stay
//! numbers: the mark beside one is part of its number format, so sums and filters still work.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::Context;
use super::furniture::{basis, day, lacking};
use super::layout::{Text, Weight};
use super::summary::{Sheet, Table, Value, WHAT};
use crate::failure::{Failure, Result};
use crate::ledger::ApplicantResult;
use crate::notice::Hours;
use chrono::Datelike;
use std::ops::Range;

/// Rows above the data: title, 填报单位, and the header's two.
const HEAD: u32 = 4;
/// A sheet of paper as Excel knows it, and how wide columns are on it, in Excel's characters: a table of five
/// years fills it and is printed as large as it is written.
#[derive(Clone, Copy)]
struct Paper {
    number: u8,
    /// 序号, 工作单位, 姓名, 申报专业
    texts: [f64; 4],
    /// A column of hours.
    hours: f64,
}

const A4: Paper = Paper { number: 9, texts: [4.5, 22.0, 10.5, 12.0], hours: 5.6 };
const A3: Paper = Paper { number: 8, texts: [6.0, 40.0, 18.0, 20.0], hours: 7.6 };

/// How many lines a text takes in a column of so many characters, a Han character being two.
fn lines(text: &str, width: f64) -> u32 {
    let used: f64 = text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
    (used / width).ceil().max(1.0) as u32
}

/// The table as xlsx.
pub(super) fn xlsx(
    context: &Context<'_>,
    group: &str,
    results: &[&ApplicantResult],
    sheet: Sheet,
) -> Result<Vec<u8>> {
    let mut table = Table::new(context, group, results)?;
    let a3 = table.settle(sheet);
    printable(context, &table)?;
    build(context, &table, a3).map_err(|error| {
        Failure::cannot(WHAT, &table.title, "写表格时出错", "请把这份数据的备份交给程序维护者")
            .because(error)
    })
}

/// A character that the PDF could not print would be a box, or nothing, in somebody's workbook too.
fn printable(context: &Context<'_>, table: &Table<'_>) -> Result<()> {
    let check = |text: &str, whose: &str| {
        Text::set(text, Weight::Plain, 10.0).map(drop).map_err(lacking(WHAT, whose))
    };
    let unit = context.unit.name.as_str();
    for text in [unit, context.filled_by, &table.title] {
        check(text, unit)?;
    }
    for row in &table.rows {
        for text in [row.name, row.workplace, row.speciality] {
            check(text, row.name)?;
        }
    }
    for note in &table.notes {
        check(&note.text, note.name)?;
    }
    let below = table.footnotes().into_iter().chain(basis(context));
    below.into_iter().try_for_each(|note| check(&note, unit))
}

fn build(
    context: &Context<'_>,
    table: &Table<'_>,
    a3: bool,
) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = context.date;
    let day = ExcelDateTime::from_ymd(
        date.year().clamp(1900, 9999) as u16,
        date.month() as u8,
        date.day() as u8,
    )?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&table.title)
            .set_author(&context.unit.name)
            .set_creation_datetime(&day),
    );
    let paper = if a3 { A3 } else { A4 };
    for (at, groups) in table.sheets().into_iter().enumerate() {
        sheet(book.add_worksheet(), context, table, (at, groups), paper)?;
    }
    notes(book.add_worksheet(), context, table)?;
    book.save_to_buffer()
}

fn font(size: f64) -> Format {
    Format::new().set_font_name("宋体").set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

fn cell() -> Format {
    font(10.0).set_align(FormatAlign::Center).set_border(FormatBorder::Thin)
}

/// Whole hours without a point, half ones with it, the mark behind.
fn number_format(hours: Hours, mark: &str) -> String {
    let digits = if hours.as_halves() % 2 == 0 { "0" } else { "0.0" };
    if mark.is_empty() { digits.to_owned() } else { format!("{digits}\"{mark}\"") }
}

/// The table with some of its groups; `at` is 0 for the table's own sheet.
fn sheet(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    table: &Table<'_>,
    (at, groups): (usize, Range<usize>),
    paper: Paper,
) -> std::result::Result<(), XlsxError> {
    let wide = table.subjects.len() as u16 + 1;
    let last = 3 + groups.len() as u16 * wide;
    let (name, more) = match at {
        0 => ("汇总表".to_owned(), ""),
        1 => ("续表".to_owned(), "（续表）"),
        _ => (format!("续表{at}"), "（续表）"),
    };
    sheet.set_name(name)?;
    sheet.merge_range(0, 0, 0, last, &format!("{}{more}", table.title), &title())?;
    sheet.set_row_height(0, 34)?;
    let line = font(10.5);
    let unit = format!("填报单位（盖章）：{}", context.unit.name);
    let split = 4 + (last - 3) / 2;
    sheet.merge_range(1, 0, 1, 3, &unit, &line.clone().set_text_wrap())?;
    sheet.merge_range(1, 4, 1, split, &format!("填报人：{}", context.filled_by), &line)?;
    let on = format!("填报时间：{}", day(context.date));
    sheet.merge_range(1, split + 1, 1, last, &on, &line.set_align(FormatAlign::Right))?;
    sheet.set_row_height(1, 36)?;
    header(sheet, table, groups.clone(), wide)?;

    let centre = cell().set_text_wrap();
    let left = centre.clone().set_align(FormatAlign::Left);
    for (at, row) in table.rows.iter().enumerate() {
        let y = HEAD + at as u32;
        // Not every program fits rows by itself when it opens a file.
        let texts = [row.workplace, row.name, row.speciality].into_iter().zip(&paper.texts[1..]);
        let lines = texts.map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
        sheet.set_row_height(y, 13.5 * f64::from(lines) + 8.0)?;
        sheet.write_with_format(y, 0, row.number as u32, &centre)?;
        sheet.write_string_with_format(y, 1, row.workplace, &left)?;
        sheet.write_string_with_format(y, 2, row.name, &centre)?;
        sheet.write_string_with_format(y, 3, row.speciality, &centre)?;
        for (column, value) in table.values(row, groups.clone()).iter().enumerate() {
            let x = 4 + column as u16;
            match *value {
                Value::Blank => sheet.write_blank(y, x, &cell())?,
                Value::Outside => sheet.write_string_with_format(y, x, "—", &cell())?,
                Value::Hours(hours, sign) => {
                    let format = number_format(hours, sign.map_or("", |sign| sign.mark()));
                    // A long number with a mark shrinks; else it would stand there as ####.
                    let cell = cell().set_num_format(format).set_shrink();
                    sheet.write_number_with_format(y, x, hours.as_f64(), &cell)?
                }
            };
        }
    }
    let mut y = HEAD + table.rows.len() as u32;
    for note in table.footnotes().into_iter().chain(basis(context)) {
        let width = paper.texts.iter().sum::<f64>() + paper.hours * f64::from(last - 3);
        let lines = f64::from(lines(&note, width));
        sheet.merge_range(y, 0, y, last, &note, &font(9.0).set_text_wrap())?;
        sheet.set_row_height(y, 13.0 * lines + 3.0)?;
        y += 1;
    }

    for (x, width) in (0..).zip(paper.texts) {
        sheet.set_column_width(x, width)?;
    }
    sheet.set_column_range_width(4, last, paper.hours)?;
    sheet.set_freeze_panes(HEAD, 3)?;
    sheet.set_repeat_rows(2, 3)?;
    sheet.set_print_area(0, 0, y - 1, last)?;
    page(sheet, context, paper.number);
    Ok(())
}

fn title() -> Format {
    font(18.0).set_bold().set_align(FormatAlign::Center)
}

/// The two merged rows of the annex.
fn header(
    sheet: &mut Worksheet,
    table: &Table<'_>,
    groups: Range<usize>,
    wide: u16,
) -> std::result::Result<(), XlsxError> {
    let head = cell().set_bold();
    for (x, text) in (0..).zip(["序号", "工作单位", "姓名", "申报专业"]) {
        sheet.merge_range(2, x, 3, x, text, &head)?;
    }
    for (group, x) in table.groups[groups].iter().zip((4..).step_by(usize::from(wide))) {
        sheet.merge_range(2, x, 2, x + wide - 1, &Table::group_head(*group), &head)?;
        for (x, text) in (x..).zip(table.subjects.iter().copied().chain(["总学时"])) {
            sheet.write_string_with_format(3, x, text, &head)?;
        }
    }
    sheet.set_row_height(2, 20)?;
    sheet.set_row_height(3, 20)?;
    Ok(())
}

fn page(sheet: &mut Worksheet, context: &Context<'_>, paper: u8) {
    sheet.set_landscape().set_paper_size(paper).set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.4, 0.4, 0.55, 0.6, 0.3, 0.3).set_print_center_horizontally(true);
    sheet.set_footer("&C第 &P 页 共 &N 页");
    sheet.set_header(if context.draft { "&L附件2&R&16草稿" } else { "&L附件2" });
}

/// 说明: what the marks mean, and one line for each marked number.
fn notes(
    sheet: &mut Worksheet,
    context: &Context<'_>,
    table: &Table<'_>,
) -> std::result::Result<(), XlsxError> {
    sheet.set_name("说明")?;
    sheet.merge_range(0, 0, 0, 5, "说明", &title())?;
    let wrap = font(10.0).set_text_wrap();
    let mut y = 1;
    let hours = format!("学时数为证明材料齐全的学时，单位：{}。", context.notice.hours_label);
    // The marked numbers follow one by one below; here only what is about the whole table.
    let to = context.unit.recipient(context.notice);
    let to = (!to.is_empty()).then(|| format!("报送至：{to}。"));
    for line in basis(context).into_iter().chain(to).chain([hours]).chain(table.remarks()) {
        sheet.merge_range(y, 0, y, 5, &line, &wrap)?;
        let lines = lines(&line, 122.0);
        sheet.set_row_height(y, 14.0 * f64::from(lines) + 4.0)?;
        y += 1;
    }
    let head = cell().set_bold();
    for (x, text) in (0..).zip(["标记", "序号", "姓名", "年度", "含义", "事由"]) {
        sheet.write_string_with_format(y, x, text, &head)?;
    }
    let left = cell().set_align(FormatAlign::Left).set_text_wrap();
    for note in &table.notes {
        y += 1;
        sheet.write_string_with_format(y, 0, note.sign.mark(), &cell())?;
        sheet.write_with_format(y, 1, note.row as u32, &cell())?;
        sheet.write_string_with_format(y, 2, note.name, &cell().set_text_wrap())?;
        sheet.write_with_format(y, 3, note.year, &cell())?;
        sheet.write_string_with_format(y, 4, note.sign.meaning(), &left)?;
        sheet.write_string_with_format(y, 5, &note.text, &left)?;
        let lines = lines(note.name, 14.0).max(lines(&note.text, 50.0));
        sheet.set_row_height(y, 13.5 * f64::from(lines) + 4.0)?;
    }
    for (x, width) in [(0, 6.0), (1, 6.0), (2, 14.0), (3, 8.0), (4, 44.0), (5, 50.0)] {
        sheet.set_column_width(x, width)?;
    }
    page(sheet, context, A4.number);
    Ok(())
}
