//! What all papers share besides layout: the draft stamp, page numbers, dates in Chinese, and how a
//! missing character becomes a sentence.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::Context;
use super::layout::{
    Align, Flow, MM, Missing, Page, Paper, Paragraph, Pen, Section, Sections, Text, Weight,
};
use crate::failure::{Failure, Result};

/// `2020年8月3日`
pub fn day(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// `2020.08.03`, for narrow columns.
pub fn short_day(date: NaiveDate) -> String {
    date.format("%Y.%m.%d").to_string()
}

/// What a paper rests on (B0-03), as a line below it; none where the notice names nothing.
pub fn basis(context: &Context<'_>) -> Option<String> {
    let notice = context.notice;
    let own = format!("{}《{}》（{}）", notice.issuer, notice.title, notice.document);
    let all: Vec<&str> = notice.basis.iter().map(String::as_str).chain([own.as_str()]).collect();
    (!notice.basis.is_empty()).then(|| format!("依据：{}。", all.join("、")))
}

/// Turns a missing character into a sentence that names the paper and the person.
pub fn lacking<'a>(paper: &'a str, whose: &'a str) -> impl Fn(Missing) -> Failure + 'a {
    move |missing| missing.of(paper, whose)
}

/// The word that every page of a draft bears: across the sheet, and again in its upper corner on an even
/// line, where a search of the text finds it.
pub fn stamp(page: &mut Page, draft: bool) -> std::result::Result<(), Missing> {
    if draft {
        page.stamp(&Text::set("草稿", Weight::Strong, 150.0)?);
        let note = Text::set("草稿，不作报送用", Weight::Plain, 9.0)?;
        page.text(note, Align::Left, 16.0 * MM, 7.0 * MM, 60.0 * MM, 12.0);
    }
    Ok(())
}

/// What stands under the pages of a section.
#[derive(Debug, Clone, Copy)]
pub struct Foot<'a> {
    pub words: &'a str,
    /// The first page is a cover and bears no number.
    pub cover: bool,
}

impl<'a> Foot<'a> {
    pub fn new(words: &'a str) -> Self {
        Self { words, cover: false }
    }
}

/// A section of pages, usually one person's: filled, stamped when it is a draft, numbered. `label` stands in
/// the outline and, should a character have no font, in the sentence that says so.
///
/// # Errors
/// What `fill` says; a character that no font has.
pub fn section(
    context: &Context<'_>,
    what: &str,
    label: &str,
    paper: Paper,
    foot: Foot<'_>,
    fill: impl FnOnce(&mut Flow) -> Result<()>,
) -> Result<Section> {
    let mut flow = Flow::new(paper);
    fill(&mut flow)?;
    let pages = flow.finish(|page, paper, number, count| {
        stamp(page, context.draft)?;
        match foot.cover && number == 1 {
            true => Ok(()),
            false => page_number(page, paper, foot.words, number, count),
        }
    });
    Ok(Section::new(label, paper, pages.map_err(lacking(what, label))?))
}

/// A paper of a single section.
pub fn only<'a>(section: Result<Section>) -> Sections<'a> {
    Box::new(std::iter::once(section))
}

/// `第 1 页 共 3 页` under the body, and the paper's name at the left when there are several pages.
pub fn page_number(
    page: &mut Page,
    paper: &Paper,
    name: &str,
    number: usize,
    count: usize,
) -> std::result::Result<(), Missing> {
    let y = paper.height - paper.bottom + 2.0 * MM;
    let number = Text::set(&format!("第 {number} 页 共 {count} 页"), Weight::Plain, 9.0)?;
    page.text(number, Align::Right, paper.left, y, paper.measure(), 12.0);
    let name = Text::set(name, Weight::Plain, 9.0)?;
    page.text(name, Align::Left, paper.left, y, paper.measure(), 12.0);
    Ok(())
}

/// A text on one line at a place, in points from the upper left corner.
pub fn put(
    page: &mut Page,
    text: &str,
    (weight, size): (Weight, f32),
    align: Align,
    (x, y, width, height): (f32, f32, f32, f32),
) -> std::result::Result<(), Missing> {
    let text: Arc<Text> = Text::set(text, weight, size)?;
    page.text(text, align, x, y, width, height);
    Ok(())
}

/// A label and its value on a line that fills the measure; returns the height used.
pub fn field(
    page: &mut Page,
    (label, value): (&str, &str),
    (x, y, width): (f32, f32, f32),
    size: f32,
) -> std::result::Result<f32, Missing> {
    const LEADING: f32 = 8.0 * MM;
    let label = Text::set(label, Weight::Plain, size)?;
    let indent = label.width() + 2.0 * MM;
    page.text(label, Align::Left, x, y, width, LEADING);
    let room = width - indent;
    let mut paragraph =
        Paragraph::even(Text::set(value, Weight::Plain, size)?, Align::Centre, room, 1.0);
    if paragraph.lines.len() > 2 {
        // Long unit names stand smaller, but never below 9 points.
        paragraph =
            Paragraph::even(Text::set(value, Weight::Plain, 10.5)?, Align::Centre, room, 1.0);
    }
    paragraph.leading = LEADING;
    page.paragraph(&paragraph, 0..paragraph.lines.len(), x + indent, y, room);
    for row in 0..paragraph.lines.len() {
        let below = y + (row + 1) as f32 * LEADING - 0.5 * MM;
        page.rule((x + indent, below), (x + width, below), Pen::HAIR);
    }
    Ok(paragraph.height() + 4.5 * MM)
}
