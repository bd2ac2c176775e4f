//! Breaking a text into lines as Chinese is broken, and a paragraph made of such lines.
//! Where a line may end comes from Unicode's line breaking (UAX 14), which already keeps 、。」） off
//! the head of a line and 「（ off its end. Two of its rules are for Western text and are put right
//! here: the dot of a minority name is never left at a line's head, and a Chinese quotation mark may
//! begin or end a line like any other bracket. A number also stays with the 年, 月, 日 or 号 behind it.

use std::ops::Range;
use std::sync::Arc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::face::Text;

/// Where a line stands between its edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
    /// Both edges straight, but for a paragraph's last line.
    Justify,
}

/// One line of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which glyphs stand on it, trailing spaces left off.
    pub glyphs: Range<usize>,
    /// In points.
    pub width: f32,
    /// The paragraph ends here, so the line is not stretched.
    pub last: bool,
}

/// Breaks a text into lines no wider than `width` points, the first one `indent` points narrower.
/// Nothing is ever cut: a word wider than the line is broken between two characters.
pub fn wrap(text: &Text, width: f32, indent: f32) -> Vec<Line> {
    // A hair of tolerance, so that a text measured to fit does fit.
    let width = width + 0.01;
    if let Some(one) = whole(text, width - indent) {
        return vec![one];
    }
    let mut ends = line_ends(text);
    // In running text there is room for a telephone number on one line.
    let digit = |at: usize| text.slice(at..at + 1).starts_with(|c: char| c.is_ascii_digit());
    for at in 1..ends.len().saturating_sub(1) {
        if text.slice(at..at + 1) == "-" && digit(at - 1) && digit(at + 1) {
            ends[at] = None;
        }
    }
    fill(text, &ends, width, indent)
}

/// As [`wrap`], but the lines come out about equally long instead of leaving one character over, and
/// a minority name breaks at its dots where its parts fit.
pub fn wrap_evenly(text: &Text, width: f32) -> Vec<Line> {
    if let Some(one) = whole(text, width + 0.01) {
        return vec![one];
    }
    let mut ends = line_ends(text);
    let lines = fill(text, &ends, width + 0.01, 0.0);
    if lines.len() < 2 || lines[..lines.len() - 1].iter().any(|line| line.last) {
        return lines;
    }
    if text.text.contains('·') {
        let mut dotted = ends.clone();
        for (end, glyph) in dotted.iter_mut().zip(&text.glyphs) {
            if !text.text[..glyph.end as usize].ends_with('·') {
                *end = None;
            }
        }
        if longest_part(text, &dotted) <= width {
            ends = dotted;
        }
    }
    let lines = fill(text, &ends, width + 0.01, 0.0);
    let (mut low, mut high) = (text.width() / lines.len() as f32, width + 0.01);
    // What fits on a line is not broken for the sake of evenness.
    let part = longest_part(text, &ends);
    if part <= width {
        low = low.max(part);
    }
    let mut best = lines;
    while high - low > text.size / 4.0 {
        let middle = (low + high) / 2.0;
        let tried = fill(text, &ends, middle, 0.0);
        if tried.len() <= best.len() {
            (high, best) = (middle, tried);
        } else {
            low = middle;
        }
    }
    best
}

/// Width of the longest part of a text that has no place for a line to end.
fn longest_part(text: &Text, ends: &[Option<BreakOpportunity>]) -> f32 {
    let parts = ends.split_inclusive(Option::is_some).scan(0, |start, part| {
        let from = *start;
        *start += part.len();
        Some(text.width_of(from..*start))
    });
    parts.fold(0.0, f32::max)
}

/// The text as one line, where it is one: most cells are.
fn whole(text: &Text, width: f32) -> Option<Line> {
    let feeds = text.glyphs.iter().any(|glyph| glyph.feed);
    (!feeds && text.width() <= width).then(|| line(text, 0..text.glyphs.len(), true))
}

fn fill(text: &Text, ends: &[Option<BreakOpportunity>], width: f32, indent: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut room = width - indent;
    let mut used = 0.0;
    let mut chance = None;
    let mut at = 0;
    while at < text.glyphs.len() {
        let glyph = text.glyphs[at];
        used += glyph.advance * text.size;
        let space = &text.text[glyph.start as usize..glyph.end as usize] == " ";
        if used > room && !space && at > start {
            // Back to the last place where the line may end, or, in one long word, to right here.
            let end = chance.filter(|&end| end > start).unwrap_or(at);
            lines.push(line(text, start..end, false));
            (start, at, used, chance, room) = (end, end, 0.0, None, width);
            continue;
        }
        at += 1;
        match ends[at - 1] {
            Some(BreakOpportunity::Mandatory) if at < text.glyphs.len() => {
                lines.push(line(text, start..at, true));
                (start, used, chance, room) = (at, 0.0, None, width - indent);
            }
            Some(BreakOpportunity::Allowed) => chance = Some(at),
            _ => {}
        }
    }
    lines.push(line(text, start..text.glyphs.len(), true));
    lines
}

fn line(text: &Text, glyphs: Range<usize>, last: bool) -> Line {
    let Range { start, mut end } = glyphs;
    let blank = |at: usize| {
        let glyph = text.glyphs[at];
        glyph.feed || &text.text[glyph.start as usize..glyph.end as usize] == " "
    };
    while end > start && blank(end - 1) {
        end -= 1;
    }
    Line { width: text.width_of(start..end), glyphs: start..end, last }
}

/// For each glyph, whether a line may or must end behind it.
fn line_ends(text: &Text) -> Vec<Option<BreakOpportunity>> {
    let mut ends = vec![None; text.glyphs.len()];
    let mut found = linebreaks(&text.text).peekable();
    for (at, glyph) in text.glyphs.iter().enumerate() {
        if let Some((_, kind)) = found.next_if(|&(byte, _)| byte == glyph.end as usize) {
            ends[at] = Some(kind);
        }
    }
    let chars: Vec<char> = text.text.chars().collect();
    for at in 0..chars.len().saturating_sub(1) {
        let (here, next) = (chars[at], chars[at + 1]);
        let counted = here.is_ascii_digit() && matches!(next, '年' | '月' | '日' | '号' | '个');
        if counted || matches!(next, '·' | '•' | '‧' | '※' | '△') {
            ends[at] = None;
        } else if matches!(here, '·' | '•' | '‧') {
            // Between the parts of a name, but not inside `附件1·二·1`.
            let between = at > 0 && han(chars[at - 1]) && han(next);
            ends[at] = between.then_some(BreakOpportunity::Allowed);
        } else if here == '-' && next.is_ascii_alphanumeric() {
            // A number too long for its cell parts behind its hyphen, not wherever the cell ends.
            ends[at] = Some(BreakOpportunity::Allowed);
        } else if han(here) && matches!(next, '“' | '‘') || matches!(here, '”' | '’') && han(next)
        {
            ends[at] = ends[at].or(Some(BreakOpportunity::Allowed));
        }
    }
    ends
}

fn han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// A text broken into lines that stand under each other.
#[derive(Debug, Clone)]
pub struct Paragraph {
    pub text: Arc<Text>,
    pub lines: Vec<Line>,
    pub align: Align,
    /// From one base line to the next, in points.
    pub leading: f32,
    /// Indent of the first line, in points.
    pub indent: f32,
}

impl Paragraph {
    /// Breaks `text` for a column of `width` points; `indent` is in em, `leading` in em.
    pub fn new(text: Arc<Text>, align: Align, width: f32, indent: f32, leading: f32) -> Self {
        let indent = indent * text.size;
        let leading = leading * text.size;
        Self { lines: wrap(&text, width, indent), text, align, leading, indent }
    }

    /// A cell's text: as [`Paragraph::new`], its lines about equally long.
    pub fn even(text: Arc<Text>, align: Align, width: f32, leading: f32) -> Self {
        let leading = leading * text.size;
        Self { lines: wrap_evenly(&text, width), text, align, leading, indent: 0.0 }
    }

    /// In points.
    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.leading
    }
}
