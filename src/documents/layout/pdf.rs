//! Pages to PDF bytes. Fonts are subset and embedded with their characters, so that what is printed
//! can be found, copied and read aloud. The same pages and the same day give the same bytes: nothing
//! here looks at a clock.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use lopdf::{Object, StringFormat, dictionary};
use printpdf::{
    Color, Date, DateTime, FontId, Greyscale, Line as Stroke, LineDashPattern, LinePoint, Mm,
    Offset, Op, PageAnnotId, PageAnnotation, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Pt, TextItem, TextMatrix, Time,
};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::face::{Face, Text};
use super::page::{MM, Mark, Page, Paper, Pen};
use crate::failure::{Failure, Result};

/// What a PDF says about itself.
#[derive(Debug, Clone)]
pub struct Colophon<'a> {
    pub title: &'a str,
    /// The unit.
    pub author: &'a str,
    /// Stands as the day of creation and of the last change.
    pub date: NaiveDate,
}

/// Pages that belong together, e.g. one person's.
#[derive(Debug)]
pub struct Section {
    /// Its line in the outline.
    pub label: String,
    pub paper: Paper,
    pub pages: Vec<Page>,
}

/// Writes the sections one after another. More than one section makes an outline.
///
/// # Errors
/// A font cannot be embedded or the PDF library refuses: a fault of ours, nothing was written.
pub fn write(colophon: &Colophon<'_>, sections: Vec<Section>) -> Result<Vec<u8>> {
    let fault = |why: String| {
        Failure::cannot(
            "生成 PDF",
            colophon.title,
            "排版内部出错",
            "请把这份数据的备份交给程序维护者",
        )
        .because(why)
    };
    let mut document = PdfDocument::new(colophon.title);
    describe(&mut document, colophon);
    for face in Face::ALL {
        if let Some(font) = embed(face, &sections).map_err(&fault)? {
            document.resources.fonts.map.insert(font_id(face), PdfFont::new(font));
        }
    }
    let outlined = sections.len() > 1;
    let labels = labels(&sections);
    // Each page's marks are let go as soon as they are written.
    for (at, section) in sections.into_iter().enumerate() {
        if outlined {
            let place = PageAnnotation { name: section.label, page: document.pages.len() + 1 };
            document.bookmarks.map.insert(PageAnnotId(format!("{at:08}")), place);
        }
        let paper = &section.paper;
        for page in section.pages {
            document.pages.push(PdfPage::new(
                Mm(paper.width / MM),
                Mm(paper.height / MM),
                operations(&page, paper),
            ));
        }
    }
    let options = PdfSaveOptions {
        subset_fonts: false,
        image_optimization: None,
        ..PdfSaveOptions::default()
    };
    let mut warnings = Vec::new();
    let mut raw = document.to_lopdf_document(&options, &mut warnings);
    drop(document);
    finish(&mut raw, outlined, labels).map_err(|error| fault(error.to_string()))?;
    let mut bytes = Vec::new();
    raw.save_to(&mut bytes).map_err(|error| fault(error.to_string()))?;
    Ok(bytes)
}

fn font_id(face: Face) -> FontId {
    FontId(format!("F{}", face as usize))
}

fn describe(document: &mut PdfDocument, colophon: &Colophon<'_>) {
    let day = DateTime {
        date: Date {
            year: colophon.date.year(),
            month: colophon.date.month() as u8,
            day: colophon.date.day() as u8,
        },
        time: Time { hour: 0, minute: 0, second: 0, millisecond: 0 },
        offset: Offset { hours: 8, minutes: 0, seconds: 0, milliseconds: 0 },
    };
    let info = &mut document.metadata.info;
    info.author = colophon.author.to_owned();
    info.creator = "学时".to_owned();
    info.producer = concat!("xueshi ", env!("CARGO_PKG_VERSION")).to_owned();
    (info.creation_date, info.modification_date, info.metadata_date) = (day, day, day);
}

/// A face cut down to the characters that the sections use, or `None` when they use none of it.
fn embed(face: Face, sections: &[Section]) -> Result<Option<printpdf::ParsedFont>, String> {
    let marks = sections.iter().flat_map(|section| &section.pages).flat_map(|page| &page.marks);
    let mut used = std::collections::BTreeSet::new();
    for mark in marks {
        let (text, glyphs) = match mark {
            Mark::Text { text, line, .. } => (text, line.glyphs.clone()),
            Mark::Stamp { text } => (text, 0..text.glyphs.len()),
            Mark::Rule { .. } => continue,
        };
        if text.face == face {
            used.extend(slice(text, glyphs).chars());
        }
    }
    if used.is_empty() {
        return Ok(None);
    }
    let mut remapper = GlyphRemapper::new();
    let mut characters = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for character in used {
        // What is on a page was measured in this face, so the glyph is there.
        let Some((old, width)) = face.glyph_in_units(character) else { continue };
        let new = remapper.remap(old);
        characters.insert(u32::from(character), new);
        widths.insert(new, width);
    }
    let shell = face.shell();
    Ok(Some(printpdf::ParsedFont {
        original_bytes: subsetter::subset(face.bytes(), 0, &remapper)
            .map_err(|error| error.to_string())?,
        font_name: Some(format!("{}+{}", tag(face, &characters), face.name())),
        codepoint_to_glyph: characters,
        glyph_widths: widths,
        ..shell
    }))
}

/// The six letters that mark a font as cut down, made from what was kept.
fn tag(face: Face, characters: &BTreeMap<u32, u16>) -> String {
    let mut hash = Sha256::new_with_prefix(face.name());
    for code in characters.keys() {
        hash.update(code.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

fn slice(text: &Text, glyphs: std::ops::Range<usize>) -> &str {
    match (text.glyphs.get(glyphs.start), text.glyphs[..glyphs.end].last()) {
        (Some(first), Some(last)) if !glyphs.is_empty() => {
            &text.text[first.start as usize..last.end as usize]
        }
        _ => "",
    }
}

/// What a page says in PDF, whose upward axis begins at the lower edge.
fn operations(page: &Page, paper: &Paper) -> Vec<Op> {
    let mut ops = Vec::with_capacity(page.marks.len() * 3 + 8);
    let grey = |percent| Op::SetFillColor {
        col: Color::Greyscale(Greyscale { percent, icc_profile: None }),
    };
    for mark in &page.marks {
        if let Mark::Stamp { text } = mark {
            // Thirty degrees up, its middle on the middle of the sheet.
            let (sin, cos) = 30f32.to_radians().sin_cos();
            let (along, across) = (text.width() / 2.0, text.size * 0.38);
            let x = paper.width / 2.0 - along * cos + across * sin;
            let y = paper.height / 2.0 - along * sin - across * cos;
            ops.extend([Op::SaveGraphicsState, grey(0.88), Op::StartTextSection, font(text)]);
            ops.push(Op::SetTextMatrix {
                matrix: TextMatrix::Raw([cos, sin, -sin, cos, near(x), near(y)]),
            });
            ops.push(Op::ShowText { items: vec![TextItem::Text(text.text.to_string())] });
            ops.extend([Op::EndTextSection, Op::RestoreGraphicsState]);
        }
    }
    for pen in [Pen::HAIR, Pen::FRAME, Pen::CUT] {
        rules(&mut ops, page, paper, pen);
    }
    ops.extend([grey(0.0), Op::StartTextSection]);
    let (mut set, mut spread) = (None, 0.0);
    for mark in &page.marks {
        if let Mark::Text { x, y, text, line, stretch } = mark {
            if set != Some((text.face, text.size)) {
                set = Some((text.face, text.size));
                ops.push(font(text));
            }
            if spread != *stretch {
                spread = *stretch;
                ops.push(Op::SetCharacterSpacing { multiplier: spread });
            }
            let matrix = TextMatrix::Translate(Pt(near(*x)), Pt(near(paper.height - y)));
            ops.push(Op::SetTextMatrix { matrix });
            let words = slice(text, line.glyphs.clone()).to_owned();
            ops.push(Op::ShowText { items: vec![TextItem::Text(words)] });
        }
    }
    ops.push(Op::EndTextSection);
    ops
}

/// Hundredths of a point are finer than any printer.
fn near(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

fn font(text: &Text) -> Op {
    Op::SetFont { font: PdfFontHandle::External(font_id(text.face)), size: Pt(text.size) }
}

/// All lines of one pen.
fn rules(ops: &mut Vec<Op>, page: &Page, paper: &Paper, wanted: Pen) {
    let mut first = true;
    for mark in &page.marks {
        let Mark::Rule { from, to, pen } = mark else { continue };
        if *pen != wanted {
            continue;
        }
        if std::mem::take(&mut first) {
            let pattern = if wanted.dashed { vec![5.0, 3.0] } else { Vec::new() };
            ops.push(Op::SetOutlineThickness { pt: Pt(wanted.width) });
            ops.push(Op::SetLineDashPattern {
                dash: LineDashPattern { offset: 0.0, pattern: pattern.into() },
            });
            ops.push(Op::SetLineCapStyle {
                cap: if wanted.dashed {
                    printpdf::LineCapStyle::Butt
                } else {
                    printpdf::LineCapStyle::ProjectingSquare
                },
            });
        }
        let points = [from, to].map(|&(x, y)| LinePoint {
            p: Point { x: Pt(near(x)), y: Pt(near(paper.height - y)) },
            bezier: false,
        });
        ops.push(Op::DrawLine { line: Stroke { points: points.to_vec(), is_closed: false } });
    }
}

/// What a viewer calls each page: its number in its section, with the section's name before it where there
/// are several.
fn labels(sections: &[Section]) -> lopdf::Dictionary {
    let (mut numbers, mut first) = (Vec::new(), 0);
    for section in sections {
        let mut range = dictionary! { "S" => "D", "St" => 1 };
        if sections.len() > 1 {
            range.set("P", lopdf::text_string(&format!("{} ", section.label)));
        }
        numbers.extend([Object::Integer(first), Object::Dictionary(range)]);
        first += section.pages.len() as i64;
    }
    dictionary! { "Nums" => numbers }
}

/// Puts right what the writer leaves open or makes at random, and compresses.
fn finish(
    raw: &mut lopdf::Document,
    outlined: bool,
    labels: lopdf::Dictionary,
) -> Result<(), lopdf::Error> {
    raw.version = "1.7".to_owned();
    let catalog = raw.catalog_mut()?;
    catalog.set("Lang", Object::string_literal("zh-CN"));
    catalog.set("PageLabels", labels);
    catalog.set("PageMode", if outlined { "UseOutlines" } else { "UseNone" });
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let info = raw.trailer.get(b"Info")?.as_reference()?;
    let info = raw.get_object_mut(info)?.as_dict_mut()?;
    for empty in ["GTS_PDFXVersion", "Identifier", "Subject", "Keywords", "Trapped"] {
        info.remove(empty.as_bytes());
    }
    let mut hash = Sha256::new();
    for (id, object) in &raw.objects {
        hash.update(id.0.to_be_bytes());
        if let Object::Stream(stream) = object {
            hash.update(&stream.content);
        }
    }
    let id = Object::String(hash.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    raw.trailer.set("ID", vec![id.clone(), id]);
    raw.prune_objects();
    raw.compress();
    Ok(())
}
