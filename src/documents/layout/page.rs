//! What stands on a sheet of paper, in points from its upper left corner.
//! Laying out makes pages; only `pdf` knows how they become bytes.

use std::ops::Range;
use std::sync::Arc;

use super::face::Text;
use super::foreign::Foreign;
use super::paragraph::{Align, Line, Paragraph};
use super::picture::Picture;

/// The pen of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pen {
    /// In points.
    pub width: f32,
    pub dashed: bool,
}

impl Pen {
    pub const HAIR: Self = Self { width: 0.5, dashed: false };
    pub const FRAME: Self = Self { width: 1.0, dashed: false };
    pub const CUT: Self = Self { width: 0.8, dashed: true };
}

/// One thing that stands on a page.
#[derive(Debug, Clone)]
pub enum Mark {
    /// Glyphs of a text on a base line.
    Text {
        x: f32,
        y: f32,
        text: Arc<Text>,
        line: Line,
        /// Points added behind every glyph, so that the line fills its measure.
        stretch: f32,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        pen: Pen,
    },
    /// A large pale text across the page, under everything else.
    Stamp {
        text: Arc<Text>,
    },
    /// A picture that fills a box, under rules and texts.
    Picture {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        picture: Arc<Picture>,
    },
    /// A white box under rules and texts: what stands on it can be read whatever lies below.
    Blank {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
}

/// What stands on one side of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// A page of another PDF on which the marks stand; it brings its own size.
    pub under: Option<Foreign>,
    /// Width and height in points where they are not the section's.
    pub size: Option<(f32, f32)>,
    pub marks: Vec<Mark>,
}

/// How far a line's base line lies below the middle of its height, in em: Han characters then stand
/// in the middle of it.
const BASE_BELOW_MIDDLE: f32 = 0.38;

impl Page {
    /// A line from one point to another. One that goes straight on where an upright one ended makes that
    /// one longer: a table's columns are then one line a page and not one a row.
    pub fn rule(&mut self, from: (f32, f32), to: (f32, f32), pen: Pen) {
        /// Marks of a row of the widest table.
        const NEAR: usize = 96;
        if from.0 == to.0 {
            let before = self.marks.iter_mut().rev().take(NEAR).find_map(|mark| match mark {
                Mark::Rule { from: start, to: end, pen: drawn }
                    if start.0 == end.0 && *end == from && *drawn == pen =>
                {
                    Some(end)
                }
                _ => None,
            });
            if let Some(end) = before {
                *end = to;
                return;
            }
        }
        self.marks.push(Mark::Rule { from, to, pen });
    }

    /// A frame.
    pub fn frame(&mut self, x: f32, y: f32, width: f32, height: f32, pen: Pen) {
        let (right, below) = (x + width, y + height);
        self.rule((x, y), (right, y), pen);
        self.rule((right, y), (right, below), pen);
        self.rule((right, below), (x, below), pen);
        self.rule((x, below), (x, y), pen);
    }

    /// A picture as large as fits into a box, in the middle of it.
    pub fn picture(&mut self, picture: &Arc<Picture>, x: f32, y: f32, width: f32, height: f32) {
        let (wide, high) = (picture.width as f32, picture.height as f32);
        let scale = (width / wide).min(height / high);
        let (wide, high) = (wide * scale, high * scale);
        self.marks.push(Mark::Picture {
            x: x + (width - wide) / 2.0,
            y: y + (height - high) / 2.0,
            width: wide,
            height: high,
            picture: Arc::clone(picture),
        });
    }

    /// A white box.
    pub fn blank(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.marks.push(Mark::Blank { x, y, width, height });
    }

    /// One unbroken text whose line is `height` points high, between `x` and `x + width`.
    pub fn text(&mut self, text: Arc<Text>, align: Align, x: f32, y: f32, width: f32, height: f32) {
        let line = Line { glyphs: 0..text.glyphs.len(), width: text.width(), last: true };
        self.line(&text, &line, align, x, y, width, height);
    }

    /// Some lines of a paragraph, the first at `y`, in a column of `width` points.
    pub fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        lines: Range<usize>,
        x: f32,
        y: f32,
        width: f32,
    ) {
        for (row, at) in lines.enumerate() {
            let line = &paragraph.lines[at];
            let fresh = at == 0 || paragraph.lines[at - 1].last;
            let indent = if fresh { paragraph.indent } else { 0.0 };
            let above = y + row as f32 * paragraph.leading;
            self.line(
                &paragraph.text,
                line,
                paragraph.align,
                x + indent,
                above,
                width - indent,
                paragraph.leading,
            );
        }
    }

    /// A line under some glyphs of a paragraph drawn with [`Page::paragraph`] at the same place.
    pub fn underline(
        &mut self,
        paragraph: &Paragraph,
        glyphs: Range<usize>,
        x: f32,
        y: f32,
        width: f32,
    ) {
        for (row, line) in paragraph.lines.iter().enumerate() {
            let start = glyphs.start.max(line.glyphs.start);
            let end = glyphs.end.min(line.glyphs.end);
            if start >= end {
                continue;
            }
            let fresh = row == 0 || paragraph.lines[row - 1].last;
            let indent = if fresh { paragraph.indent } else { 0.0 };
            let (shift, stretch) = spread(line, paragraph.align, width - indent);
            let text = &paragraph.text;
            let at = |glyph: usize| {
                let before = line.glyphs.start..glyph;
                x + indent + shift + stretch * before.len() as f32 + text.width_of(before)
            };
            let below = y + (row as f32 + 0.5) * paragraph.leading + 0.62 * text.size;
            self.rule((at(start), below), (at(end), below), Pen::HAIR);
        }
    }

    #[allow(clippy::too_many_arguments)] // a place and a size; a struct would only rename them
    fn line(
        &mut self,
        text: &Arc<Text>,
        line: &Line,
        align: Align,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    ) {
        if line.glyphs.is_empty() {
            return;
        }
        let (shift, stretch) = spread(line, align, width);
        self.marks.push(Mark::Text {
            x: x + shift,
            y: y + height / 2.0 + BASE_BELOW_MIDDLE * text.size,
            text: Arc::clone(text),
            line: line.clone(),
            stretch,
        });
    }
}

/// How far a line begins from its left edge, and what is added behind each of its glyphs.
fn spread(line: &Line, align: Align, width: f32) -> (f32, f32) {
    let spare = width - line.width;
    match align {
        Align::Left => (0.0, 0.0),
        Align::Centre => (spare / 2.0, 0.0),
        Align::Right => (spare, 0.0),
        Align::Justify if line.last || line.glyphs.len() < 2 => (0.0, 0.0),
        Align::Justify => (0.0, spare / (line.glyphs.len() - 1) as f32),
    }
}
