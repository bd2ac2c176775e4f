//! Filling pages from top to bottom: paragraphs, forms, and tables whose header stands on every page.
//! Rows are kept whole; only a row taller than a page goes on overleaf.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::face::{Missing, Text, Weight};
use super::grid::Grid;
use super::page::{Mark, Page, Pen};
use super::paper::Paper;
use super::paragraph::{Align, Paragraph};

/// Pages being filled.
#[derive(Debug)]
pub struct Flow {
    pub paper: Paper,
    pages: Vec<Page>,
    /// Where the next thing goes, in points from the top edge.
    y: f32,
}

impl Flow {
    pub fn new(paper: Paper) -> Self {
        Self { y: paper.top, pages: vec![Page::default()], paper }
    }

    /// The page being filled.
    pub fn page(&mut self) -> &mut Page {
        let last = self.pages.len() - 1; // there is always one
        &mut self.pages[last]
    }

    /// Where the next thing goes, in points from the top edge.
    pub fn y(&self) -> f32 {
        self.y
    }

    /// The left edge of the text on this page, in points.
    pub fn left(&self) -> f32 {
        self.paper.side(self.pages.len()).left
    }

    /// Leaves `points` free.
    pub fn space(&mut self, points: f32) {
        self.y += points;
    }

    /// Points left on this page.
    pub fn room(&self) -> f32 {
        self.paper.height - self.paper.bottom - self.y
    }

    /// Turns over unless `points` are left (or the page is fresh anyway).
    pub fn need(&mut self, points: f32) {
        if self.room() + 0.01 < points && self.y > self.paper.top + 0.01 {
            self.turn();
        }
    }

    /// Begins a new page.
    pub fn turn(&mut self) {
        self.pages.push(Page::default());
        self.y = self.paper.top;
    }

    /// A paragraph over the whole measure; it goes on overleaf where it must. `size` is in points,
    /// `indent` (of each first line) and `leading` (from base line to base line) are in em.
    ///
    /// # Errors
    /// A character that no font has.
    pub fn paragraph(
        &mut self,
        text: &str,
        weight: Weight,
        size: f32,
        align: Align,
        indent: f32,
        leading: f32,
    ) -> Result<(), Missing> {
        let text = Text::set(text, weight, size)?;
        let paragraph = Paragraph::new(text, align, self.paper.measure(), indent, leading);
        for at in 0..paragraph.lines.len() {
            self.need(paragraph.leading);
            let (left, measure, y) = (self.left(), self.paper.measure(), self.y);
            self.page().paragraph(&paragraph, at..at + 1, left, y, measure);
            self.y += paragraph.leading;
        }
        Ok(())
    }

    /// A form of framed cells, kept whole on one page.
    pub fn form(&mut self, grid: &Grid) {
        self.need(grid.height());
        let (x, y) = (self.left(), self.y);
        grid.draw(self.page(), x, y);
        self.y += grid.height();
    }

    /// A table: `header` on every page, then the rows, each laid out over the header's columns by
    /// `row`. Rows are laid out one at a time, so ten thousand of them cost no more memory than their
    /// pages.
    pub fn table<T>(
        &mut self,
        header: &Grid,
        rows: impl IntoIterator<Item = T>,
        mut row: impl FnMut(T) -> Result<Grid, crate::failure::Failure>,
    ) -> Result<(), crate::failure::Failure> {
        let (mut top, mut texts) = (None, BTreeMap::new());
        for item in rows {
            let grid = row(item)?;
            let mut from = vec![0; grid.places.len()];
            loop {
                let need = grid.rest(&from);
                let body = self.paper.depth() - header.height();
                let up = match top {
                    Some(up) if need <= self.room() + 0.01 => up,
                    open => {
                        if let Some(up) = open {
                            self.close(header, up);
                            self.turn();
                        } else {
                            self.need(header.height() + need.min(body));
                        }
                        let up = self.y;
                        let x = self.left();
                        header.draw(self.page(), x, up);
                        self.y += header.height();
                        top = Some(up);
                        up
                    }
                };
                let height = need.min(self.room());
                let (x, y) = (self.left(), self.y);
                if y > up + header.height() + 0.01 {
                    self.page().rule((x, y), (x + header.width(), y), Pen::HAIR);
                }
                let drawn = self.page().marks.len();
                grid.draw_row(self.page(), x, y, height, &mut from);
                share(&mut texts, &mut self.page().marks[drawn..]);
                self.y += height;
                if height + 0.01 >= need {
                    break;
                }
            }
        }
        if let Some(up) = top {
            self.close(header, up);
        } else {
            self.form(header);
        }
        Ok(())
    }

    /// The outer frame of a table's part on this page.
    fn close(&mut self, header: &Grid, up: f32) {
        let (x, y) = (self.left(), self.y);
        self.page().frame(x, up, header.width(), y - up, Pen::FRAME);
    }

    /// The filled pages; `furnish` adds to each what depends on its number and on how many there are.
    pub fn finish(
        mut self,
        mut furnish: impl FnMut(&mut Page, &Paper, usize, usize) -> Result<(), Missing>,
    ) -> Result<Vec<Page>, Missing> {
        let count = self.pages.len();
        for (at, page) in self.pages.iter_mut().enumerate() {
            furnish(page, &self.paper.side(at + 1), at + 1, count)?;
        }
        Ok(self.pages)
    }
}

/// The same words in ten thousand rows are kept once.
fn share(texts: &mut BTreeMap<(Box<str>, u32), Arc<Text>>, marks: &mut [Mark]) {
    /// Long texts are seldom said twice, and so many different ones are not worth keeping.
    const LONG: usize = 64;
    const MANY: usize = 4096;
    for mark in marks {
        let Mark::Text { text, .. } = mark else { continue };
        if text.text.len() > LONG {
            continue;
        }
        let key = (text.text.clone(), text.size.to_bits());
        match texts.get(&key) {
            Some(known) if known.face == text.face => *text = Arc::clone(known),
            None if texts.len() < MANY => {
                texts.insert(key, Arc::clone(text));
            }
            _ => {}
        }
    }
}

impl Page {
    /// A pale word across the sheet, under everything that stands on it.
    pub fn stamp(&mut self, text: &Arc<Text>) {
        self.marks.push(Mark::Stamp { text: Arc::clone(text) });
    }
}
