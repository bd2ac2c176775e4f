//! The faces of a book as printpdf takes them: while pages are written a character gets its number when it
//! first occurs, and at the end each face is cut down to what occurred and embedded. So no page waits for
//! the last one.

use lopdf::{Dictionary, ObjectId};
use printpdf::{
    FontId, FontMetrics, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Pt, TextItem,
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::content::millimetres;
use crate::documents::layout::face::Face;
use crate::documents::layout::page::{Mark, Page};

/// All faces, and what has been set in them so far.
pub struct Fonts([Cut; 2]);

/// A face being cut down.
struct Cut {
    face: Face,
    /// Where it will stand in the document.
    id: ObjectId,
    numbers: GlyphRemapper,
    /// Numbers and widths of the characters, without outlines.
    known: ParsedFont,
}

impl Fonts {
    pub fn new(mut id: impl FnMut() -> ObjectId) -> Self {
        Self(Face::ALL.map(|face| {
            let (numbers, known) = (GlyphRemapper::new(), bare(face));
            Cut { face, id: id(), numbers, known }
        }))
    }

    /// Gives numbers to the characters of a page.
    pub fn learn(&mut self, page: &Page) {
        for mark in &page.marks {
            let (text, words) = match mark {
                Mark::Text { text, line, .. } => (text, text.slice(line.glyphs.clone())),
                Mark::Stamp { text } => (text, &*text.text),
                _ => continue,
            };
            let Some(cut) = self.0.iter_mut().find(|cut| cut.face == text.face) else { continue };
            words.chars().for_each(|character| cut.learn(character));
        }
    }

    /// The faces that have been used, under the names that `name` gives them.
    pub fn named(&self, name: impl Fn(Face) -> String) -> Dictionary {
        let used = self.0.iter().filter(|cut| cut.used());
        used.map(|cut| (name(cut.face), cut.id.into())).collect()
    }

    /// A document of printpdf's that can set what is known, its faces under the same names.
    pub fn document(&self, name: impl Fn(Face) -> String) -> PdfDocument {
        let mut document = PdfDocument::new("");
        for cut in self.0.iter().filter(|cut| cut.used()) {
            let font = PdfFont::new(cut.known.clone());
            document.resources.fonts.map.insert(FontId(name(cut.face)), font);
        }
        document
    }

    /// Embeds the faces into `document`, each cut down to what was learnt, by a page that shows all of it.
    /// Returns each one's place in a book and its name on that page.
    pub fn specimen(&self, document: &mut PdfDocument) -> Result<Vec<(ObjectId, String)>, String> {
        let mut ops = vec![Op::StartTextSection];
        let mut places = Vec::new();
        for cut in self.0.iter().filter(|cut| cut.used()) {
            let name = cut.face.name();
            let id = FontId(name.to_owned());
            document.resources.fonts.map.insert(id.clone(), PdfFont::new(cut.whole()?));
            // Where two characters share a glyph the last one shown stands for both: it is to be the first.
            let known = cut.known.codepoint_to_glyph.keys().rev();
            let words: String = known.filter_map(|&code| char::from_u32(code)).collect();
            ops.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(10.0) });
            ops.push(Op::ShowText { items: vec![TextItem::Text(words)] });
            places.push((cut.id, name.to_owned()));
        }
        ops.push(Op::EndTextSection);
        document.pages.push(PdfPage::new(millimetres(100.0), millimetres(100.0), ops));
        Ok(places)
    }
}

/// How printpdf is to write: the faces have been cut down, and pictures are none of its business.
pub fn options() -> PdfSaveOptions {
    PdfSaveOptions { subset_fonts: false, image_optimization: None, ..PdfSaveOptions::default() }
}

impl Cut {
    fn used(&self) -> bool {
        !self.known.codepoint_to_glyph.is_empty()
    }

    fn learn(&mut self, character: char) {
        let code = u32::from(character);
        if self.known.codepoint_to_glyph.contains_key(&code) {
            return;
        }
        // What is on a page was measured in this face, so the glyph is there.
        let Some((glyph, width)) = self.face.glyph_in_units(character) else { return };
        let number = self.numbers.remap(glyph);
        self.known.set_codepoint_mapping(code, number);
        self.known.set_glyph_width(number, width);
    }

    /// The face with the outlines of what was learnt.
    fn whole(&self) -> Result<ParsedFont, String> {
        let name = self.face.name();
        let bytes = subsetter::subset(self.face.bytes(), 0, &self.numbers)
            .map_err(|error| format!("{name}: {error}"))?;
        // Pages were written with glyph numbers; readers take them for the numbers in the outlines' own list.
        let listed = printpdf::cff_charset_gid_to_cid_map(&bytes, 0).unwrap_or_default();
        if listed.iter().any(|(glyph, number)| glyph != number) {
            return Err(format!("{name}: glyphs are renumbered"));
        }
        let name = format!("{}+{name}", self.tag(&bytes));
        Ok(ParsedFont { original_bytes: bytes, font_name: Some(name), ..self.known.clone() })
    }

    /// The six letters that mark a font as cut down, made from what was kept.
    fn tag(&self, bytes: &[u8]) -> String {
        let mut hash = Sha256::new_with_prefix(bytes);
        for (code, number) in &self.known.codepoint_to_glyph {
            hash.update(code.to_be_bytes());
            hash.update(number.to_be_bytes());
        }
        hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
    }
}

/// A face's measures, no character in it yet.
fn bare(face: Face) -> ParsedFont {
    let metrics = face.metrics();
    let (em, bounds) = (metrics.units_per_em, metrics.bounds.unwrap_or_default());
    let height = FontMetrics { ascent: metrics.ascent as i16, descent: metrics.descent as i16 };
    let nothing = (Vec::new(), Default::default(), Default::default());
    let mut bare =
        ParsedFont::with_glyph_data(nothing.0, 0, None, nothing.1, nothing.2, em, height);
    let shape = &mut bare.pdf_font_metrics;
    (shape.x_min, shape.x_max) = (bounds.x_min as i16, bounds.x_max as i16);
    (shape.y_min, shape.y_max) = (bounds.y_min as i16, bounds.y_max as i16);
    shape.us_weight_class = if face == Face::Serif { 400 } else { 600 };
    bare
}
