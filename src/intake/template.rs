//! The blank import workbook: our five sheets with drop-downs, notes and one greyed example row, and a sheet that
//! explains every column, form and slot. What it says comes from the schema and the notice.

use super::schema::{Column, HELP_SHEET, Holds, LISTS_SHEET, Listed, Sheet};
use crate::durable;
use crate::failure::{Failure, Result};
use crate::notice::Notice;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, Formula,
    IgnoreError, Note, Workbook, Worksheet, XlsxError,
};
use std::path::Path;

/// Drop-downs and formats reach down to this row.
const LAST_ROW: u32 = 20_000;
const FONT: &str = "宋体";
const WHAT: &str = "写导入模板";
/// Widths of the explanations' columns, in half-width characters; heights in points.
const HELP_WIDTHS: [u32; 4] = [22, 40, 26, 84];
const LINE_HEIGHT: f64 = 15.0;

/// Writes the blank import workbook (drop-downs, notes, one example row greyed).
///
/// # Errors
/// I/O.
pub fn template(notice: &Notice, file: &Path) -> Result<()> {
    let bytes = workbook(notice).map_err(|error| {
        Failure::cannot(WHAT, file.display().to_string(), "生成工作簿时出错", "请换一个通知再试")
            .because(error)
    })?;
    durable::write(WHAT, file, &bytes)
}

fn workbook(notice: &Notice) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let looks = Looks::new();
    let mut lists = Lists::default();
    for sheet in Sheet::ALL {
        write_sheet(book.add_worksheet(), sheet, notice, &looks, &mut lists)?;
    }
    write_help(book.add_worksheet(), notice, &looks)?;
    lists.write(book.add_worksheet())?;
    book.save_to_buffer()
}

struct Looks {
    header: Format,
    required: Format,
    example: Format,
    example_text: Format,
    text: Format,
    date: Format,
    plain: Format,
    title: Format,
    wrapped: Format,
    heading: Format,
}

impl Looks {
    fn new() -> Self {
        let base = || Format::new().set_font_name(FONT).set_font_size(11);
        let header = || {
            base()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00CF_C9BC))
        };
        let example = || {
            base()
                .set_align(FormatAlign::VerticalCenter)
                .set_font_color(Color::RGB(0x0088_8888))
                .set_background_color(Color::RGB(0x00F2_F2F2))
        };
        Self {
            header: header().set_background_color(Color::RGB(0x00EE_EAE2)),
            required: header()
                .set_background_color(Color::RGB(0x00F6_DDD9))
                .set_font_color(Color::RGB(0x00A6_1C1C)),
            example: example(),
            example_text: example().set_num_format("@"),
            text: base().set_num_format("@"),
            date: base().set_num_format("yyyy-mm-dd"),
            plain: base(),
            title: base().set_bold().set_font_size(14),
            wrapped: base().set_text_wrap().set_align(FormatAlign::Top),
            heading: base().set_bold().set_background_color(Color::RGB(0x00EE_EAE2)),
        }
    }
}

/// Lists of words, each a column of the hidden sheet.
#[derive(Default)]
struct Lists {
    columns: Vec<Vec<String>>,
}

impl Lists {
    /// The range that holds these words.
    fn range(&mut self, words: Vec<String>) -> String {
        let at = self.columns.iter().position(|held| *held == words).unwrap_or_else(|| {
            self.columns.push(words);
            self.columns.len() - 1
        });
        let column = rust_xlsxwriter::utility::column_number_to_name(at as u16);
        format!("={LISTS_SHEET}!${column}$1:${column}${}", self.columns[at].len())
    }

    fn write(&self, sheet: &mut Worksheet) -> std::result::Result<(), XlsxError> {
        sheet.set_name(LISTS_SHEET)?.set_hidden(true);
        for (column, words) in self.columns.iter().enumerate() {
            for (row, word) in words.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, word)?;
            }
        }
        Ok(())
    }
}

fn write_sheet(
    page: &mut Worksheet,
    sheet: Sheet,
    notice: &Notice,
    looks: &Looks,
    lists: &mut Lists,
) -> std::result::Result<(), XlsxError> {
    page.set_name(sheet.name())?.set_freeze_panes(1, 0)?;
    page.set_row_height(0, 30)?.set_row_height(1, 22)?;
    page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    let offered = sheet.columns().iter().filter(|column| column.offered);
    for (at, column) in offered.enumerate() {
        let at = at as u16;
        let format = match column.holds {
            Holds::Text | Holds::Digits => &looks.text,
            Holds::Date => &looks.date,
            Holds::Number => &looks.plain,
        };
        page.set_column_width(at, f64::from(column.width))?.set_column_format(at, format)?;
        let header = if column.required { &looks.required } else { &looks.header };
        page.write_string_with_format(0, at, title(column), header)?;
        page.insert_note(0, at, &note(column, notice))?;
        let example = example(column, notice);
        let greyed = match column.holds {
            Holds::Digits | Holds::Text | Holds::Date => &looks.example_text,
            Holds::Number => &looks.example,
        };
        match (column.holds, example.parse::<f64>()) {
            (Holds::Number, Ok(number)) => page.write_number_with_format(1, at, number, greyed)?,
            _ if example.is_empty() => page.write_blank(1, at, greyed)?,
            _ => page.write_string_with_format(1, at, &example, greyed)?,
        };
        if column.holds == Holds::Digits {
            // No green corner for numbers that are meant to be text.
            page.ignore_error_range(1, at, LAST_ROW, at, IgnoreError::NumberStoredAsText)?;
        }
        if let Some(validation) = validation(column, notice, lists)? {
            page.add_data_validation(2, at, LAST_ROW, at, &validation)?;
        }
    }
    Ok(())
}

/// The header: an asterisk marks what must be filled in.
fn title(column: &Column) -> String {
    if column.required { format!("{}*", column.name) } else { column.name.to_owned() }
}

/// The example's value, in the notice's own words where it lists them.
fn example(column: &Column, notice: &Notice) -> String {
    let words = column.listed.words(notice);
    let strict = !matches!(column.listed, Listed::Free | Listed::Offered(_));
    match column.listed {
        Listed::Forms => words.first().cloned().unwrap_or_default(),
        _ if strict && !column.example.is_empty() && !words.iter().any(|w| w == column.example) => {
            words.last().cloned().unwrap_or_default()
        }
        _ => column.example.to_owned(),
    }
}

fn note(column: &Column, notice: &Notice) -> Note {
    let mut text = String::new();
    if column.required {
        text.push_str("必填。");
    }
    text.push_str(column.help);
    if column.name == "证明材料" {
        let names: Vec<&str> = notice.slots.iter().map(|slot| slot.name.as_str()).collect();
        text.push_str(&format!("\n材料项：{}", names.join("、")));
    }
    if text.is_empty() {
        text.push_str(column.name);
    }
    // About 14 characters a line.
    let lines = text.chars().count().div_ceil(14) as u32 + 1;
    Note::new(text).add_author_prefix(false).set_width(230).set_height((lines * 18).clamp(60, 420))
}

fn validation(
    column: &Column,
    notice: &Notice,
    lists: &mut Lists,
) -> std::result::Result<Option<DataValidation>, XlsxError> {
    let words = column.listed.words(notice);
    if words.is_empty() {
        return Ok(None);
    }
    let validation = DataValidation::new().allow_list_formula(Formula::new(lists.range(words)));
    Ok(Some(if column.listed.strict() {
        validation
            .set_error_style(DataValidationErrorStyle::Stop)
            .set_error_title("不在可选范围内")?
            .set_error_message("请从下拉列表里选一个")?
    } else {
        // Other words may be right too: 第七作者, a platform that was filed later.
        validation.show_error_message(false)
    }))
}

fn write_help(
    page: &mut Worksheet,
    notice: &Notice,
    looks: &Looks,
) -> std::result::Result<(), XlsxError> {
    page.set_name(HELP_SHEET)?;
    for (column, width) in HELP_WIDTHS.into_iter().enumerate() {
        page.set_column_width(column as u16, f64::from(width))?;
    }
    let mut lines = Lines { page, row: 0, looks };
    lines.title("学时登记 导入模板填写说明")?;
    for text in [
        format!("规则：{}（{}）", notice.title, notice.document),
        "第 1 行是表头，红色带 * 的列必填。列的先后可以调换，多出来的列不导入。".to_owned(),
        "第 2 行灰色的是示例（身份证号以「示例」开头），不会导入，可以删掉。".to_owned(),
        "同一个文件导入两次，不会重复登记；改过的单元格会更新，空白单元格保留原来的内容。".to_owned(),
        "同一条学习记录：身份证号、科目、形式、内容、开始日期、证书编号都相同。".to_owned(),
        "有一处填错，整个文件都不导入，并逐一说明是哪张表、哪一行、哪一列；可以选择跳过有错的行。".to_owned(),
        "同一班次各行都写了同一份材料的，存为班次共用的材料；只在个别行写的，归那一条记录。已有的材料不会被导入删掉。".to_owned(),
        "每张表也可以另存为同名的 csv 文件分别导入（人员.csv、学习记录.csv 等），先导入人员。".to_owned(),
    ] {
        lines.text(&text)?;
    }
    for sheet in Sheet::ALL {
        lines.heading(&format!("表「{}」的列", sheet.name()), &["可填内容", "必填", "说明"])?;
        for column in sheet.columns().iter().filter(|column| column.offered) {
            let words = match column.listed {
                Listed::Forms => "1–12 的编号或名称，见下".to_owned(),
                listed => listed.words(notice).join(" / "),
            };
            let must = if column.required { "必填" } else { "" };
            lines.row(&[column.name, &words, must, column.help])?;
        }
    }
    lines.heading("形式", &["名称", "折算", "也可写作"])?;
    for form in &notice.forms {
        lines.row(&[&form.id.0.to_string(), &form.name, &form.hint, &form.synonyms.join("、")])?;
    }
    lines.heading("材料项", &["也可写作", "", "说明"])?;
    for slot in &notice.slots {
        let open = if slot.open { "须写明理由：材料项[理由：…]=文件" } else { "" };
        lines.row(&[&slot.name, &slot.synonyms.join("、"), "", open])?;
    }
    lines.page.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The explanations, written downwards.
struct Lines<'a> {
    page: &'a mut Worksheet,
    row: u32,
    looks: &'a Looks,
}

impl Lines<'_> {
    fn title(&mut self, text: &str) -> std::result::Result<(), XlsxError> {
        self.page.write_string_with_format(self.row, 0, text, &self.looks.title)?;
        self.row += 1;
        Ok(())
    }

    fn text(&mut self, text: &str) -> std::result::Result<(), XlsxError> {
        self.page.write_string_with_format(self.row, 0, text, &self.looks.plain)?;
        self.row += 1;
        Ok(())
    }

    fn heading(&mut self, name: &str, rest: &[&str]) -> std::result::Result<(), XlsxError> {
        self.row += 1;
        for (column, text) in [name].iter().chain(rest).enumerate() {
            self.page.write_string_with_format(
                self.row,
                column as u16,
                *text,
                &self.looks.heading,
            )?;
        }
        self.row += 1;
        Ok(())
    }

    fn row(&mut self, cells: &[&str]) -> std::result::Result<(), XlsxError> {
        // Not every program makes room for wrapped text by itself.
        let lines = cells.iter().zip(HELP_WIDTHS).map(|(text, width)| {
            let taken: u32 = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
            taken.div_ceil(width - 2)
        });
        let height = f64::from(lines.max().unwrap_or(1).max(1)) * LINE_HEIGHT + 3.0;
        self.page.set_row_height(self.row, height)?;
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            self.page.write_string_with_format(
                self.row,
                column as u16,
                *text,
                &self.looks.wrapped,
            )?;
        }
        self.row += 1;
        Ok(())
    }
}
