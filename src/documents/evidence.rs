//! 证明材料合订: a person's evidence in one file, in the order and under the names of the 材料清单, a table
//! of contents before it and a page number on every page. PDFs and pictures go in as they are; what cannot
//! be bound is told by name, and a sheet stands in its place.

use super::Context;
use super::checklist::{self, Item};
use super::furniture::{day, lacking, put, stamp};
use super::layout::{
    Align, Cell, Colophon, Flow, Foreign, Grid, MM, Missing, Page, Paper, Picture, Section, Source,
    Text, Unreadable, Weight, write,
};
use crate::failure::{Failure, Result};
use crate::ledger::{Attachment, Evidence, Handbook, YearTotal, is_pdf, unprintable};
use std::sync::Arc;

const WHAT: &str = "合订证明材料";
const SIZE: f32 = 10.0;
/// Widths of the columns in millimetres: 177 in all.
const COLUMNS: [f32; 6] = [11.0, 20.0, 15.0, 62.0, 49.0, 20.0];
const HEADS: [&str; 6] = ["序号", "年度", "科目", "学习内容", "材料", "页码"];

/// Evidence bound into one file.
#[derive(Debug)]
pub struct Bound {
    pub bytes: Vec<u8>,
    /// Files that are in it.
    pub files: usize,
    /// What is not: `2018年「护理新进展」培训通知（扫描3.pdf）：PDF 设有密码`.
    pub unbound: Vec<String>,
}

/// One file: what it is called, and its pages.
struct Leaf<'a> {
    item: usize,
    attachment: &'a Attachment,
    body: std::result::Result<Body, String>,
}

enum Body {
    Pages(Arc<Source>),
    /// A picture, or those of a TIFF's pages.
    Pictures(Vec<Arc<Picture>>),
}

impl Leaf<'_> {
    fn pages(&self) -> usize {
        match &self.body {
            Ok(Body::Pages(source)) => source.len(),
            Ok(Body::Pictures(pictures)) => pictures.len(),
            Err(_) => 1,
        }
    }
}

/// Binds the evidence of some years of a handbook. `read` gives a file's content, or why it cannot.
///
/// # Errors
/// There is no evidence; a character that no font has.
pub(super) fn bind(
    context: &Context<'_>,
    handbook: &Handbook,
    years: &[&YearTotal],
    read: &mut dyn FnMut(&Evidence) -> std::result::Result<Vec<u8>, String>,
) -> Result<Bound> {
    let name = handbook.person.name.as_str();
    let lacks = lacking(WHAT, name);
    let items = checklist::items_of(context, handbook, years);
    let mut leaves = Vec::new();
    for (at, item) in items.iter().enumerate() {
        for attachment in &item.files {
            let body = read(&attachment.evidence).and_then(|bytes| opened(&bytes, attachment));
            leaves.push(Leaf { item: at, attachment, body });
        }
    }
    if leaves.is_empty() {
        return Err(Failure::refused(WHAT, name, "没有附证明材料", "请先在登记手册里附上扫描件"));
    }
    let book = Binding { context, handbook, items, leaves };
    // Where the evidence begins depends on how long the contents are, and they name the pages.
    let before = book.contents(0)?.len();
    let mut pages = book.contents(before)?;
    let all = before + book.leaves.iter().map(Leaf::pages).sum::<usize>();
    let mut parts = vec![("目录".to_owned(), 0)];
    for leaf in &book.leaves {
        parts.push((book.outlined(leaf), pages.len()));
        book.leaf(leaf, all, &mut pages).map_err(&lacks)?;
    }
    for page in &mut pages {
        stamp(page, context.draft).map_err(&lacks)?;
    }
    let title = format!("{name} 继续教育证明材料");
    let colophon = Colophon { title: &title, author: &context.unit.name, date: context.date };
    let section = Section { parts, ..Section::new(name, contents_paper(), pages) };
    let files = book.leaves.iter().filter(|leaf| leaf.body.is_ok()).count();
    let unbound = book.leaves.iter().filter_map(|leaf| {
        let why = leaf.body.as_ref().err()?;
        Some(format!("{}：{why}", book.called(leaf)))
    });
    let unbound = unbound.collect();
    Ok(Bound { bytes: write(&colophon, [Ok(section)])?, files, unbound })
}

/// A file as pages or a picture, or why it is neither.
fn opened(bytes: &[u8], attachment: &Attachment) -> std::result::Result<Body, String> {
    if is_pdf(bytes) {
        return match Source::open(bytes) {
            Ok(source) => Ok(Body::Pages(source)),
            Err(Unreadable::Locked) => Err("PDF 设有密码，请去掉密码后重新附上".to_owned()),
            Err(Unreadable::Broken) => Err("PDF 已损坏，打不开，请重新扫描".to_owned()),
        };
    }
    if let Some(pictures) = Picture::read_all(bytes) {
        return Ok(Body::Pictures(pictures.into_iter().map(Arc::new).collect()));
    }
    // A phone's picture may bear another kind's name.
    let inside = infer::get(bytes).map(|kind| kind.extension());
    let kind = match inside {
        Some("heif" | "heic" | "avif") => "heic",
        _ => attachment.evidence.extension.as_str(),
    };
    Err(unprintable(kind).unwrap_or_else(|| {
        let broken = match kind.to_ascii_lowercase().as_str() {
            "pdf" => "PDF 已损坏，打不开，请重新扫描",
            "tif" | "tiff" => "TIFF 图片打不开，已损坏或存法少见，请重新扫描成 PDF 或 JPG",
            _ => "图片已损坏，打不开，请重新扫描",
        };
        broken.to_owned()
    }))
}

fn contents_paper() -> Paper {
    Paper::a4(18.0, 15.0, 18.0, 18.0)
}

struct Binding<'a> {
    context: &'a Context<'a>,
    handbook: &'a Handbook,
    items: Vec<Item<'a>>,
    leaves: Vec<Leaf<'a>>,
}

impl Binding<'_> {
    /// `2018年「护理新进展」培训通知（扫描3.pdf）`
    fn called(&self, leaf: &Leaf<'_>) -> String {
        let item = &self.items[leaf.item];
        let slot = checklist::named(self.context.notice, leaf.attachment);
        format!("{}年「{}」{slot}（{}）", item.year, item.title, leaf.attachment.evidence.name)
    }

    fn outlined(&self, leaf: &Leaf<'_>) -> String {
        let item = &self.items[leaf.item];
        let slot = checklist::named(self.context.notice, leaf.attachment);
        format!("{} {} {}：{slot}", item.year, item.subject, item.title)
    }

    /// The table of contents when so many pages stand before the evidence.
    fn contents(&self, before: usize) -> Result<Vec<Page>> {
        let person = &self.handbook.person;
        let lacks = lacking(WHAT, &person.name);
        let mut flow = Flow::new(contents_paper());
        let title = "继续教育证明材料";
        flow.paragraph(title, Weight::Strong, 20.0, Align::Centre, 0.0, 1.5).map_err(&lacks)?;
        let head = format!(
            "姓名：{}　　登记证书编号：{}\n工作单位：{}　　合订日期：{}",
            person.name,
            person.handbook_number,
            self.context.workplace(person),
            day(self.context.date),
        );
        flow.paragraph(&head, Weight::Plain, 10.5, Align::Left, 0.0, 1.6).map_err(&lacks)?;
        flow.space(2.0 * MM);
        let columns = COLUMNS.map(|width| width * MM);
        let heads = HEADS.map(|head| Cell::new(head, SIZE)).to_vec();
        let header = Grid::new(&columns, &[heads], &[8.0 * MM]).map_err(&lacks)?;
        let mut next = before + 1;
        flow.table(&header, self.leaves.iter().zip(1..), |(leaf, number): (_, usize)| {
            let item = &self.items[leaf.item];
            let (first, last) = (next, next + leaf.pages() - 1);
            next = last + 1;
            let pages = if first == last { first.to_string() } else { format!("{first}—{last}") };
            let slot = checklist::named(self.context.notice, leaf.attachment);
            let slot = if leaf.body.is_ok() { slot } else { format!("{slot}（未能合订）") };
            let number = number.to_string();
            let cells = vec![
                Cell::new(&number, SIZE),
                Cell::new(&item.year, SIZE),
                Cell::new(&item.subject, SIZE),
                Cell::new(&item.title, SIZE).left(),
                Cell::new(&slot, SIZE).left(),
                Cell::new(&pages, SIZE),
            ];
            Grid::new(&columns, &[cells], &[8.0 * MM]).map_err(&lacks)
        })?;
        let all = before + self.leaves.iter().map(Leaf::pages).sum::<usize>();
        let numbered = flow.finish(|page, paper, number, _| {
            foot(page, paper, &format!("{}　目录", person.name), number, all)
        });
        numbered.map_err(&lacks)
    }

    /// The pages of one file.
    fn leaf(
        &self,
        leaf: &Leaf<'_>,
        all: usize,
        pages: &mut Vec<Page>,
    ) -> std::result::Result<(), Missing> {
        let item = &self.items[leaf.item];
        let slot = checklist::named(self.context.notice, leaf.attachment);
        let words = format!("{} {} {}　{slot}", item.year, item.subject, short(&item.title));
        match &leaf.body {
            Ok(Body::Pages(source)) => {
                for page in 0..source.len() {
                    let paper = source.paper(page);
                    let under = Some(Foreign { source: Arc::clone(source), page });
                    let mut page = Page { under, ..Page::default() };
                    foot(&mut page, &paper, &words, pages.len() + 1, all)?;
                    pages.push(page);
                }
            }
            Ok(Body::Pictures(pictures)) => {
                for picture in pictures {
                    let paper = contents_paper().turned(picture.width > picture.height);
                    let (side, low) = (8.0 * MM, 13.0 * MM);
                    let (width, height) = (paper.width - 2.0 * side, paper.height - side - low);
                    let size = Some((paper.width, paper.height));
                    let mut page = Page { size, ..Page::default() };
                    page.picture(picture, side, side, width, height);
                    foot(&mut page, &paper, &words, pages.len() + 1, all)?;
                    pages.push(page);
                }
            }
            Err(why) => {
                let mut flow = Flow::new(contents_paper());
                flow.space(60.0 * MM);
                let heading = "此处应有的材料未能合订";
                flow.paragraph(heading, Weight::Strong, 20.0, Align::Centre, 0.0, 2.0)?;
                let text = format!("{}。{why}。", self.called(leaf));
                flow.paragraph(&text, Weight::Plain, 12.0, Align::Justify, 2.0, 1.8)?;
                let number = pages.len() + 1;
                pages.extend(
                    flow.finish(|page, paper, _, _| foot(page, paper, &words, number, all))?,
                );
            }
        }
        Ok(())
    }
}

/// A title short enough for one line under a page.
fn short(title: &str) -> String {
    const LONGEST: usize = 24;
    match title.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

/// What it is and its number, on white at the lower edge: it can be read on any scan.
fn foot(
    page: &mut Page,
    paper: &Paper,
    words: &str,
    number: usize,
    all: usize,
) -> std::result::Result<(), Missing> {
    const HIGH: f32 = 5.0 * MM;
    let y = paper.height - 4.0 * MM - HIGH;
    for (words, align) in
        [(words.to_owned(), Align::Left), (format!("第 {number} 页 共 {all} 页"), Align::Right)]
    {
        let wide = Text::set(&words, Weight::Plain, 9.0)?.width();
        let left = match align {
            Align::Right => paper.width - 10.0 * MM - wide,
            _ => 10.0 * MM,
        };
        page.blank(left - 1.0 * MM, y, wide + 2.0 * MM, HIGH);
        put(page, &words, (Weight::Plain, 9.0), Align::Left, (left, y, wide, HIGH))?;
    }
    Ok(())
}
