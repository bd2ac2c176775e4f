//! What stands on one page, in the words of PDF, whose upward axis begins at the lower edge.

use image::metadata::Orientation;
use lopdf::ObjectId;
use std::io::Write as _;
use std::sync::Arc;

use super::font::Embedded;
use crate::documents::layout::face::{Face, Text};
use crate::documents::layout::page::{Mark, Page, Paper, Pen};
use crate::documents::layout::picture::Picture;

/// A page's stream, not yet packed.
pub fn of(
    page: &Page,
    paper: &Paper,
    faces: &[Embedded],
    shown: &[(ObjectId, Arc<Picture>)],
) -> Vec<u8> {
    let mut out = Vec::with_capacity(page.marks.len() * 48 + 256);
    stamps(&mut out, page, paper, faces);
    for mark in &page.marks {
        match mark {
            Mark::Blank { x, y, width, height } => {
                let up = paper.height - y - height;
                put(&mut out, b"1 g ", &[*x, up, *width, *height], b"re f 0 g\n");
            }
            Mark::Picture { x, y, width, height, picture } => {
                // What the page shows was gathered from these very marks.
                let at = shown.iter().position(|(_, known)| Arc::ptr_eq(known, picture));
                let place =
                    placed(picture.turn, (*x, paper.height - y - height), (*width, *height));
                out.extend(b"q ");
                matrix(&mut out, place);
                out.extend(format!("/I{} Do Q\n", at.unwrap_or_default()).as_bytes());
            }
            _ => {}
        }
    }
    for pen in [Pen::HAIR, Pen::FRAME, Pen::CUT] {
        rules(&mut out, page, paper, pen);
    }
    texts(&mut out, page, paper, faces);
    out
}

/// Six numbers and `cm`.
pub fn matrix(out: &mut Vec<u8>, numbers: [f32; 6]) {
    put(out, b"", &numbers, b"cm ");
}

/// A picture's unit square turned and stretched into its box.
fn placed(turn: Orientation, (x, y): (f32, f32), (w, h): (f32, f32)) -> [f32; 6] {
    match turn {
        Orientation::NoTransforms => [w, 0.0, 0.0, h, x, y],
        Orientation::Rotate90 => [0.0, -h, w, 0.0, x, y + h],
        Orientation::Rotate180 => [-w, 0.0, 0.0, -h, x + w, y + h],
        Orientation::Rotate270 => [0.0, h, -w, 0.0, x + w, y],
        Orientation::FlipHorizontal => [-w, 0.0, 0.0, h, x + w, y],
        Orientation::FlipVertical => [w, 0.0, 0.0, -h, x, y + h],
        Orientation::Rotate90FlipH => [0.0, -h, -w, 0.0, x + w, y + h],
        Orientation::Rotate270FlipH => [0.0, h, w, 0.0, x, y],
    }
}

fn stamps(out: &mut Vec<u8>, page: &Page, paper: &Paper, faces: &[Embedded]) {
    for mark in &page.marks {
        let Mark::Stamp { text } = mark else { continue };
        // Thirty degrees up, its middle on the middle of the sheet.
        let (sin, cos) = 30f32.to_radians().sin_cos();
        let (along, across) = (text.width() / 2.0, text.size * 0.38);
        let x = paper.width / 2.0 - along * cos + across * sin;
        let y = paper.height / 2.0 - along * sin - across * cos;
        out.extend(b"q 0.88 g BT\n");
        let font = select(out, text, faces);
        put(out, b"", &[cos, sin, -sin, cos, x, y], b"Tm ");
        show(out, font, &text.text);
        out.extend(b"ET Q\n");
    }
}

fn texts(out: &mut Vec<u8>, page: &Page, paper: &Paper, faces: &[Embedded]) {
    out.extend(b"BT\n");
    let (mut set, mut spread): (Option<(Face, f32)>, f32) = (None, 0.0);
    let mut font = None;
    for mark in &page.marks {
        let Mark::Text { x, y, text, line, stretch } = mark else { continue };
        if set != Some((text.face, text.size)) {
            set = Some((text.face, text.size));
            font = select(out, text, faces);
        }
        if spread != *stretch {
            spread = *stretch;
            put(out, b"", &[spread], b"Tc ");
        }
        put(out, b"1 0 0 1 ", &[*x, paper.height - y], b"Tm ");
        show(out, font, text.slice(line.glyphs.clone()));
    }
    out.extend(b"ET\n");
}

/// Makes a text's face and size the current ones.
fn select<'f>(out: &mut Vec<u8>, text: &Text, faces: &'f [Embedded]) -> Option<&'f Embedded> {
    let font = faces.iter().find(|font| font.face == text.face)?;
    out.push(b'/');
    out.extend(font.name());
    put(out, b" ", &[text.size], b"Tf ");
    Some(font)
}

fn show(out: &mut Vec<u8>, font: Option<&Embedded>, words: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let Some(font) = font else { return };
    out.push(b'<');
    for character in words.chars() {
        let code = font.code(character);
        out.extend([12, 8, 4, 0].map(|shift| HEX[usize::from(code >> shift & 0xF)]));
    }
    out.extend(b"> Tj\n");
}

/// All lines of one pen.
fn rules(out: &mut Vec<u8>, page: &Page, paper: &Paper, wanted: Pen) {
    let mut first = true;
    for mark in &page.marks {
        let Mark::Rule { from, to, pen } = mark else { continue };
        if *pen != wanted {
            continue;
        }
        if std::mem::take(&mut first) {
            put(out, b"", &[wanted.width], b"w ");
            // Dashes end where they end; a frame's corners are filled.
            out.extend_from_slice(if wanted.dashed { b"[5 3] 0 d 0 J\n" } else { b"[] 0 d 2 J\n" });
        }
        put(out, b"", &[from.0, paper.height - from.1], b"m ");
        put(out, b"", &[to.0, paper.height - to.1], b"l S\n");
    }
}

/// Numbers to a hundredth of a point, which is finer than any printer, between two words.
fn put(out: &mut Vec<u8>, before: &[u8], numbers: &[f32], after: &[u8]) {
    out.extend_from_slice(before);
    for number in numbers {
        number_to(out, *number);
        out.push(b' ');
    }
    out.extend_from_slice(after);
}

fn number_to(out: &mut Vec<u8>, number: f32) {
    // The slant of a stamp needs more digits than a place does.
    let fine: i64 = if number.abs() < 2.0 { 10_000 } else { 100 };
    let whole = (f64::from(number) * fine as f64).round() as i64;
    let (sign, whole) = if whole < 0 { ("-", -whole) } else { ("", whole) };
    let (front, back) = (whole / fine, whole % fine);
    // A Vec takes all that is written to it.
    let _ = match (back, fine) {
        (0, _) => write!(out, "{sign}{front}"),
        (_, 100) => write!(out, "{sign}{front}.{back:02}"),
        _ => write!(out, "{sign}{front}.{back:04}"),
    };
}

#[cfg(test)]
mod tests {
    use super::number_to;

    #[test]
    fn numbers_are_short_and_exact() {
        for (number, words) in [
            (0.0, "0"),
            (595.276, "595.28"),
            (-3.5, "-3.50"),
            (0.866_025_4, "0.8660"),
            (-0.001, "-0.0010"),
            (12.0, "12"),
        ] {
            let mut out = Vec::new();
            number_to(&mut out, number);
            assert_eq!(String::from_utf8_lossy(&out), words);
        }
    }
}
