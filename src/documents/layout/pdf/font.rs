//! A face cut down to the characters that are printed, and embedded with the way back from glyph to
//! character.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};
use sha2::{Digest, Sha256};
use skrifa::raw::FontRef;
use skrifa::raw::types::Tag;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use subsetter::GlyphRemapper;

use super::{Section, packed};
use crate::documents::layout::face::Face;
use crate::documents::layout::page::Mark;

/// A face in the document.
pub struct Embedded {
    pub face: Face,
    pub id: ObjectId,
    /// The six letters that mark it as cut down.
    tag: String,
    /// Codes of characters, in order.
    codes: Vec<(char, u16)>,
}

impl Embedded {
    /// The face for all characters that the sections set in it, or `None` when they set none.
    pub fn of(
        face: Face,
        sections: &[Section],
        document: &mut Document,
    ) -> Result<Option<Self>, String> {
        let used = used(face, sections);
        if used.is_empty() {
            return Ok(None);
        }
        let mut remapper = GlyphRemapper::new();
        let (mut codes, mut widths) = (Vec::with_capacity(used.len()), BTreeMap::new());
        for character in used {
            // What is on a page was measured in this face, so the glyph is there.
            let Some((old, width)) = face.glyph_in_units(character) else { continue };
            let new = remapper.remap(old);
            codes.push((character, new));
            widths.insert(new, width);
        }
        let bytes = subsetter::subset(face.bytes(), 0, &remapper)
            .map_err(|error| format!("{}: {error}", face.name()))?;
        let font = FontRef::new(&bytes).map_err(|error| error.to_string())?;
        // A reader wants the bare outlines; the subset's glyph numbers are its character numbers.
        let outlines = font.table_data(Tag::new(b"CFF ")).ok_or("no CFF outlines")?;
        let outlines = outlines.as_bytes();
        let tag = tag(&codes, outlines);
        let id = add((face, &tag), &codes, &widths, outlines, document)
            .map_err(|error| error.to_string())?;
        Ok(Some(Self { face, id, tag, codes }))
    }

    /// Its name on every page: made of the very font, so that where ours stands on a page of another PDF
    /// the name means nothing else there, even if that PDF is of our own making.
    pub fn name(&self) -> Vec<u8> {
        format!("Xs{}", self.tag).into_bytes()
    }

    /// A character's code; 0, the empty glyph, for one that is not there.
    pub fn code(&self, character: char) -> u16 {
        let at = self.codes.binary_search_by_key(&character, |(known, _)| *known);
        at.map_or(0, |at| self.codes[at].1)
    }
}

fn used(face: Face, sections: &[Section]) -> BTreeSet<char> {
    let marks = sections.iter().flat_map(|section| &section.pages).flat_map(|page| &page.marks);
    let mut used = BTreeSet::new();
    for mark in marks {
        let (text, glyphs) = match mark {
            Mark::Text { text, line, .. } => (text, line.glyphs.clone()),
            Mark::Stamp { text } => (text, 0..text.glyphs.len()),
            _ => continue,
        };
        if text.face == face {
            used.extend(text.slice(glyphs).chars());
        }
    }
    used
}

fn add(
    (face, tag): (Face, &str),
    codes: &[(char, u16)],
    widths: &BTreeMap<u16, u16>,
    outlines: &[u8],
    document: &mut Document,
) -> Result<ObjectId, lopdf::Error> {
    let name = format!("{tag}+{}", face.name());
    let metrics = face.metrics();
    let em = f32::from(metrics.units_per_em);
    let thousandth = |units: f32| Object::Integer((units * 1000.0 / em).round() as i64);
    let bounds = metrics.bounds.unwrap_or_default();
    let program = packed(dictionary! { "Subtype" => "CIDFontType0C" }, outlines)?;
    let program = document.add_object(program);
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(thousandth);
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.clone().into()),
        // Serif, and not the standard Latin set.
        "Flags" => 6,
        "FontBBox" => bounds.to_vec(),
        "ItalicAngle" => Object::Integer(metrics.italic_angle as i64),
        "Ascent" => thousandth(metrics.ascent),
        "Descent" => thousandth(metrics.descent),
        "CapHeight" => thousandth(metrics.cap_height.unwrap_or(metrics.ascent)),
        "StemV" => if face == Face::Serif { 80 } else { 120 },
        "FontFile3" => program,
    });
    let system = dictionary! {
        "Registry" => Object::string_literal("Adobe"),
        "Ordering" => Object::string_literal("Identity"),
        "Supplement" => 0,
    };
    let glyphs = document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType0",
        "BaseFont" => Object::Name(name.clone().into()),
        "CIDSystemInfo" => system,
        "FontDescriptor" => descriptor,
        "DW" => 1000,
        "W" => narrow(widths, |units| thousandth(f32::from(units))),
    });
    let characters = packed(Dictionary::new(), to_unicode(codes).as_bytes())?;
    let characters = document.add_object(characters);
    Ok(document.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => Object::Name(name.into()),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![glyphs.into()],
        "ToUnicode" => characters,
    }))
}

/// Widths of what is not a full em, run after run.
fn narrow(widths: &BTreeMap<u16, u16>, thousandth: impl Fn(u16) -> Object) -> Vec<Object> {
    let mut runs: Vec<(u16, Vec<Object>)> = Vec::new();
    for (&glyph, &units) in widths {
        let width = thousandth(units);
        if width == Object::Integer(1000) {
            continue;
        }
        match runs.last_mut() {
            Some((first, run)) if usize::from(glyph - *first) == run.len() => run.push(width),
            _ => runs.push((glyph, vec![width])),
        }
    }
    let written = runs.into_iter();
    written.flat_map(|(first, run)| [Object::Integer(first.into()), Object::Array(run)]).collect()
}

/// The six letters that mark a font as cut down, made from what was kept.
fn tag(codes: &[(char, u16)], outlines: &[u8]) -> String {
    let mut hash = Sha256::new_with_prefix(outlines);
    for (character, code) in codes {
        hash.update(u32::from(*character).to_be_bytes());
        hash.update(code.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// The map from codes to characters, for whoever searches and copies.
fn to_unicode(codes: &[(char, u16)]) -> String {
    let mut text = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    let mut by_code: Vec<(u16, char)> = codes.iter().map(|&(c, code)| (code, c)).collect();
    by_code.sort_unstable();
    // Where two characters look the same and share a glyph, the first stands for both.
    by_code.dedup_by_key(|(code, _)| *code);
    // A String takes all that is written to it.
    for part in by_code.chunks(100) {
        let _ = writeln!(text, "{} beginbfchar", part.len());
        for (code, character) in part {
            let _ = write!(text, "<{code:04X}> <");
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(text, "{unit:04X}");
            }
            text.push_str(">\n");
        }
        text.push_str("endbfchar\n");
    }
    text.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    text
}
