//! The faces that papers are set in, and a text measured in one of them.
//! One face serves a whole text: a cell is never patched together from two, and a character that no
//! face has is an error before anything is written. Breaking lines is `paragraph`'s business.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::Metrics;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::failure::Failure;

/// How strong a text stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text, cells, names.
    Plain,
    /// Titles and headings.
    Strong,
}

/// One embedded face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    Serif,
    SerifStrong,
}

/// What laying out and embedding need to know of a face.
struct Loaded {
    bytes: &'static [u8],
    /// Characters in order, each with its glyph and the glyph's width in font units.
    glyphs: Vec<(char, u16, u16)>,
    /// In font units.
    metrics: Metrics,
}

/// Reading them costs some milliseconds, so it is done once for the life of the program.
static FACES: LazyLock<[Loaded; 2]> =
    LazyLock::new(|| [load(xueshi_fonts::SERIF), load(xueshi_fonts::SERIF_SEMIBOLD)]);

fn load(bytes: &'static [u8]) -> Loaded {
    // The bytes are compiled in and every test of papers reads them: they cannot be bad at run time.
    let font = FontRef::new(bytes).expect("an embedded font is readable");
    let widths = font.hmtx().expect("an embedded font knows its widths");
    let mut glyphs: Vec<(char, u16, u16)> = font
        .charmap()
        .mappings()
        .filter_map(|(code, glyph)| {
            let id = u16::try_from(glyph.to_u32()).ok().filter(|id| *id != 0)?;
            Some((char::from_u32(code)?, id, widths.advance(glyph)?))
        })
        .collect();
    glyphs.sort_unstable();
    glyphs.dedup_by_key(|(character, ..)| *character);
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    Loaded { bytes, glyphs, metrics }
}

impl Face {
    pub const ALL: [Self; 2] = [Self::Serif, Self::SerifStrong];

    fn loaded(self) -> &'static Loaded {
        &FACES[self as usize]
    }

    /// The font file.
    pub fn bytes(self) -> &'static [u8] {
        self.loaded().bytes
    }

    /// Its height, slant and box, in font units.
    pub fn metrics(self) -> &'static Metrics {
        &self.loaded().metrics
    }

    /// Its PostScript name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Serif => "NotoSerifSC-Regular",
            Self::SerifStrong => "NotoSerifSC-SemiBold",
        }
    }

    /// The glyph of a character and its width in em, or `None` when this face lacks it.
    fn glyph(self, c: char) -> Option<(u16, f32)> {
        let (id, width) = self.glyph_in_units(c)?;
        Some((id, f32::from(width) / f32::from(self.metrics().units_per_em)))
    }

    /// The glyph of a character and its width in font units.
    pub fn glyph_in_units(self, c: char) -> Option<(u16, u16)> {
        let glyphs = &self.loaded().glyphs;
        let at = glyphs.binary_search_by_key(&c, |&(c, _, _)| c).ok()?;
        Some((glyphs[at].1, glyphs[at].2))
    }
}

impl Weight {
    /// The faces that may serve, the best first.
    fn candidates(self) -> &'static [Face] {
        match self {
            Weight::Plain => &[Face::Serif],
            Weight::Strong => &[Face::SerifStrong, Face::Serif],
        }
    }
}

/// A character that no embedded face can draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub character: char,
    pub text: String,
}

impl Missing {
    /// The sentence for the clerk: `what` was being made, `whose` text holds the character.
    pub fn of(&self, what: &str, whose: &str) -> Failure {
        let character = self.character;
        let code = format!("U+{:04X}", u32::from(character));
        let shown = if character.is_control() { code } else { format!("「{character}」{code}") };
        Failure::cannot(
            what,
            whose,
            format!("“{}”里的字符{shown}没有字体能印出来", self.line()),
            "请核对这个字是否录错，改用通用的写法后再试",
        )
    }

    /// The one line that holds the character, as it would be read: a paper's whole paragraph says less.
    fn line(&self) -> String {
        let line = self.text.lines().find(|line| line.contains(self.character));
        let words = line.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        words.chars().filter(|c| !c.is_control()).collect()
    }
}

/// One character, set.
#[derive(Debug, Clone, Copy)]
pub struct Glyph {
    /// Where its character begins in the text, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Width in em.
    pub advance: f32,
    /// The character is a line feed: it takes no room and ends the line.
    pub feed: bool,
}

/// A text in one face and size, each character measured.
#[derive(Debug, Clone)]
pub struct Text {
    pub text: Box<str>,
    pub face: Face,
    /// In points.
    pub size: f32,
    pub glyphs: Vec<Glyph>,
}

impl Text {
    /// Sets a text in the first face that has every one of its characters.
    pub fn set(text: &str, weight: Weight, size: f32) -> Result<Arc<Self>, Missing> {
        let text: Box<str> = plain(text).into();
        let mut lacking = None;
        for &face in weight.candidates() {
            match glyphs(&text, face) {
                Ok(glyphs) => return Ok(Arc::new(Self { text, face, size, glyphs })),
                Err(character) => lacking = Some(character),
            }
        }
        // `candidates` is never empty, so the loop has found something lacking.
        let character = lacking.unwrap_or(char::REPLACEMENT_CHARACTER);
        Err(Missing { character, text: text.into() })
    }

    /// The characters of some of its glyphs.
    pub fn slice(&self, glyphs: std::ops::Range<usize>) -> &str {
        match (self.glyphs.get(glyphs.start), self.glyphs[..glyphs.end].last()) {
            (Some(first), Some(last)) if !glyphs.is_empty() => {
                &self.text[first.start as usize..last.end as usize]
            }
            _ => "",
        }
    }

    /// Width of some of its glyphs, in points.
    pub fn width_of(&self, glyphs: std::ops::Range<usize>) -> f32 {
        self.glyphs[glyphs].iter().map(|glyph| glyph.advance).sum::<f32>() * self.size
    }

    /// Width of the whole text on one line, in points.
    pub fn width(&self) -> f32 {
        self.width_of(0..self.glyphs.len())
    }
}

/// Composed characters, one kind of space, and no carriage returns: what is copied out of the PDF is
/// then the same text, since characters that share a glyph cannot be told apart there.
pub fn plain(text: &str) -> Cow<'_, str> {
    let odd = |c| matches!(c, '\r' | '\t' | '\u{A0}');
    if is_nfc_quick(text.chars()) == IsNormalized::Yes && !text.contains(odd) {
        return text.into();
    }
    let plain = text.nfc().filter(|c| *c != '\r').map(|c| if odd(c) { ' ' } else { c });
    plain.collect::<String>().into()
}

fn glyphs(text: &str, face: Face) -> Result<Vec<Glyph>, char> {
    let mut glyphs = Vec::with_capacity(text.len() / 2);
    for (start, character) in text.char_indices() {
        let feed = character == '\n';
        let advance = if feed { 0.0 } else { face.glyph(character).ok_or(character)?.1 };
        let end = start + character.len_utf8();
        glyphs.push(Glyph { start: start as u32, end: end as u32, advance, feed });
    }
    Ok(glyphs)
}
