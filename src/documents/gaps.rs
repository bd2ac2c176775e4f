//! 年度还差名单: who on the staff is short of hours or papers in one year (X1-00), to hand to the sections.
//! It bears no ID numbers. The same list as a workbook.

use super::Context;
use super::furniture::{day, lacking, page_number};
use super::layout::{Align, Cell, Colophon, Flow, Grid, MM, Paper, Section, Text, Weight, write};
use crate::failure::{Failure, Result};
use crate::ledger::gap::{shortage, shortage_words};
use crate::ledger::{Gap, YearGaps};
use crate::notice::Notice;
use chrono::Datelike;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

const WHAT: &str = "生成年度还差名单";
const SIZE: f32 = 9.5;
/// Widths in millimetres, 180 in all; the subjects' columns and that of the total share what is between.
const NUMBER: f32 = 9.0;
const NAME: f32 = 20.0;
const SECTION: f32 = 24.0;
const HOURS: f32 = 13.0;
const ALL: f32 = 180.0;

/// One person's line.
struct Line {
    name: String,
    section: String,
    hours: Vec<String>,
    short: String,
    papers: String,
}

impl Line {
    fn of(notice: &Notice, gap: &Gap) -> Self {
        let total = &gap.total;
        let hours = notice.subjects.iter().map(|rule| total.hours_of(&rule.id));
        let late = gap.person.employed.filter(|date| date.year() > total.year);
        let mut short = shortage_words(notice, &shortage(notice, Some(total)));
        if let (Some(date), false) = (late, short.is_empty()) {
            short = format!("{short}（{} 参加工作）", date.format("%Y-%m"));
        }
        Self {
            name: gap.person.name.clone(),
            section: gap.person.section.clone(),
            hours: hours.chain([total.total]).map(|hours| hours.to_string()).collect(),
            short: if gap.short() { short } else { String::new() },
            papers: gap.papers().map(|it| it.message.as_str()).collect::<Vec<_>>().join("；"),
        }
    }

    fn heads(notice: &Notice) -> Vec<String> {
        let subjects = notice.subjects.iter().map(|rule| rule.name.clone());
        let before = ["序号", "姓名", "科室"].map(str::to_owned);
        let after = ["合计", "还差学时", "还缺材料"].map(str::to_owned);
        before.into_iter().chain(subjects).chain(after).collect()
    }
}

fn title(found: &YearGaps) -> String {
    format!("{}年度继续教育还差名单", found.year)
}

fn summary(context: &Context<'_>, found: &YearGaps) -> String {
    let short = found.short();
    let under_way = if found.under_way { "这一年还没有过完。" } else { "" };
    format!(
        "单位：{}　　在职{}人，学时不够{short}人，只缺材料{}人　　{}　　{under_way}",
        context.unit.name,
        found.people,
        found.gaps.len() - short,
        day(context.date),
    )
}

fn somebody(found: &YearGaps) -> Result<()> {
    if !found.gaps.is_empty() {
        return Ok(());
    }
    let place = format!("{} 年", found.year);
    Err(Failure::refused(WHAT, place, "没有人还差学时或材料", "不用打印"))
}

/// The list as PDF.
pub(super) fn pdf(context: &Context<'_>, found: &YearGaps) -> Result<Vec<u8>> {
    somebody(found)?;
    let notice = context.notice;
    let plain = lacking(WHAT, &context.unit.name);
    let title = title(found);
    let paper = Paper::a4(16.0, 15.0, 16.0, 15.0);
    let mut flow = Flow::new(paper);
    flow.paragraph(&title, Weight::Strong, 20.0, Align::Centre, 0.0, 1.6).map_err(&plain)?;
    let head = summary(context, found);
    flow.paragraph(&head, Weight::Plain, 10.5, Align::Left, 0.0, 1.8).map_err(&plain)?;
    let hours = (notice.subjects.len() + 1) as f32 * HOURS;
    let rest = ALL - NUMBER - NAME - SECTION - hours;
    let mut columns = vec![NUMBER, NAME, SECTION];
    columns.extend(std::iter::repeat_n(HOURS, notice.subjects.len() + 1));
    columns.extend([rest * 0.42, rest * 0.58]);
    let columns: Vec<f32> = columns.into_iter().map(|width| width * MM).collect();
    let heads = Line::heads(notice);
    let heads = heads.iter().map(|head| Cell::new(head, SIZE)).collect();
    let header = Grid::new(&columns, &[heads], &[8.0 * MM]).map_err(&plain)?;
    flow.table(&header, found.gaps.iter().zip(1..), |(gap, number): (_, usize)| {
        let line = Line::of(notice, gap);
        let number = number.to_string();
        let mut cells = vec![
            Cell::new(&number, SIZE),
            Cell::new(&line.name, SIZE),
            Cell::new(&line.section, SIZE),
        ];
        cells.extend(line.hours.iter().map(|hours| Cell::new(hours, SIZE)));
        cells.push(Cell::new(&line.short, SIZE).left());
        cells.push(Cell::new(&line.papers, 9.0).left());
        Grid::new(&columns, &[cells], &[8.0 * MM]).map_err(lacking(WHAT, &line.name))
    })?;
    let pages = flow
        .finish(|page, paper, number, count| page_number(page, paper, &title, number, count))
        .map_err(&plain)?;
    let colophon = Colophon { title: &title, author: &context.unit.name, date: context.date };
    write(&colophon, [Ok(Section::new(title.clone(), paper, pages))])
}

/// The list as xlsx; numbers stay numbers.
pub(super) fn xlsx(context: &Context<'_>, found: &YearGaps) -> Result<Vec<u8>> {
    somebody(found)?;
    for gap in &found.gaps {
        let name = &gap.person.name;
        // What the PDF could not print would be a box in somebody's workbook too.
        Text::set(name, Weight::Plain, 10.0).map_err(lacking(WHAT, name))?;
    }
    book(context, found).map_err(|error| {
        Failure::cannot(WHAT, title(found), "写表格时出错", "请把这份数据的备份交给程序维护者")
            .because(error)
    })
}

fn book(context: &Context<'_>, found: &YearGaps) -> std::result::Result<Vec<u8>, XlsxError> {
    let notice = context.notice;
    let cell = Format::new()
        .set_font_name("宋体")
        .set_font_size(10.0)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin);
    let wrap = cell.clone().set_text_wrap();
    let bold = cell.clone().set_bold().set_align(FormatAlign::Center);
    let heads = Line::heads(notice);
    let last = heads.len() as u16 - 1;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(format!("{}年", found.year))?;
    let head = Format::new().set_font_name("宋体").set_font_size(16.0).set_bold();
    sheet.merge_range(0, 0, 0, last, &title(found), &head.set_align(FormatAlign::Center))?;
    let line = Format::new().set_font_name("宋体").set_font_size(10.0);
    sheet.merge_range(1, 0, 1, last, &summary(context, found), &line)?;
    for (x, text) in (0..).zip(&heads) {
        sheet.write_string_with_format(2, x, text, &bold)?;
    }
    for (at, gap) in found.gaps.iter().enumerate() {
        let (y, line) = (3 + at as u32, Line::of(notice, gap));
        sheet.write_number_with_format(y, 0, at as u32 + 1, &cell)?;
        sheet.write_string_with_format(y, 1, &line.name, &cell)?;
        sheet.write_string_with_format(y, 2, &line.section, &cell)?;
        let subjects = notice.subjects.iter().map(|rule| gap.total.hours_of(&rule.id));
        for (x, hours) in (3..).zip(subjects.chain([gap.total.total])) {
            sheet.write_number_with_format(y, x, hours.as_f64(), &cell)?;
        }
        sheet.write_string_with_format(y, last - 1, &line.short, &wrap)?;
        sheet.write_string_with_format(y, last, &line.papers, &wrap)?;
    }
    for (x, width) in [(0, 6.0), (1, 14.0), (2, 16.0), (last - 1, 24.0), (last, 60.0)] {
        sheet.set_column_width(x, width)?;
    }
    sheet.set_freeze_panes(3, 2)?;
    sheet.autofilter(2, 0, 2 + found.gaps.len() as u32, last)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(2, 2)?;
    book.save_to_buffer()
}
