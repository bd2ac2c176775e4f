//! What stands on one page, in printpdf's operations, whose upward axis begins at the lower edge.

use image::metadata::Orientation;
use lopdf::ObjectId;
use printpdf::{
    Color, CurTransMat, FontId, Greyscale, Line, LineCapStyle, LineDashPattern, LinePoint, Mm, Op,
    PaintMode, PdfFontHandle, Point, Pt, Rect, TextItem, TextMatrix, XObjectId, XObjectTransform,
};
use std::sync::Arc;

use super::picture;
use crate::documents::layout::face::{Face, Text};
use crate::documents::layout::page::{Mark, Page, Pen};
use crate::documents::layout::paper::{MM, Paper};
use crate::documents::layout::picture::Picture;

/// A page's operations. `name` says what a face is called there.
pub fn of(
    page: &Page,
    paper: &Paper,
    name: impl Fn(Face) -> String + Copy,
    shown: &[(ObjectId, Arc<Picture>)],
) -> Vec<Op> {
    let mut ops = Vec::with_capacity(page.marks.len() * 3 + 16);
    stamps(&mut ops, page, paper, name);
    for mark in &page.marks {
        match mark {
            Mark::Blank { x, y, width, height } => {
                let rectangle = Rect {
                    x: near(*x),
                    y: near(paper.height - y - height),
                    width: near(*width),
                    height: near(*height),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                };
                ops.extend([grey(1.0), Op::DrawRectangle { rectangle }, grey(0.0)]);
            }
            Mark::Picture { x, y, width, height, picture } => {
                // What the page shows was gathered from these very marks.
                let at = shown.iter().position(|(_, known)| Arc::ptr_eq(known, picture));
                let id = XObjectId(picture::name(at.unwrap_or_default()));
                let place =
                    placed(picture.turn, (*x, paper.height - y - height), (*width, *height));
                let transform = XObjectTransform { no_auto_scale: true, ..Default::default() };
                ops.extend([Op::SaveGraphicsState, matrix(place.map(|number| near(number).0))]);
                ops.extend([Op::UseXobject { id, transform }, Op::RestoreGraphicsState]);
            }
            _ => {}
        }
    }
    for pen in [Pen::HAIR, Pen::FRAME, Pen::CUT] {
        rules(&mut ops, page, paper, pen);
    }
    texts(&mut ops, page, paper, name);
    ops
}

/// The same operations above those of another PDF, led to its page's units.
pub fn above(ops: Vec<Op>, lead: [f32; 6]) -> Vec<Op> {
    // What was drawn there first stands between a saved state and the one that is restored here.
    let before = [Op::RestoreGraphicsState, Op::SaveGraphicsState, matrix(lead)];
    before.into_iter().chain(ops).chain([Op::RestoreGraphicsState]).collect()
}

/// Points as printpdf's sheets are measured.
pub fn millimetres(points: f32) -> Mm {
    Mm(points / MM)
}

fn matrix(numbers: [f32; 6]) -> Op {
    Op::SetTransformationMatrix { matrix: CurTransMat::Raw(numbers) }
}

fn grey(percent: f32) -> Op {
    Op::SetFillColor { col: Color::Greyscale(Greyscale { percent, icc_profile: None }) }
}

/// Hundredths of a point are finer than any printer.
fn near(points: f32) -> Pt {
    Pt((points * 100.0).round() / 100.0)
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

fn stamps(ops: &mut Vec<Op>, page: &Page, paper: &Paper, name: impl Fn(Face) -> String + Copy) {
    for mark in &page.marks {
        let Mark::Stamp { text } = mark else { continue };
        // Thirty degrees up, its middle on the middle of the sheet.
        let (sin, cos) = 30f32.to_radians().sin_cos();
        let (along, across) = (text.width() / 2.0, text.size * 0.38);
        let x = paper.width / 2.0 - along * cos + across * sin;
        let y = paper.height / 2.0 - along * sin - across * cos;
        let slant = TextMatrix::Raw([cos, sin, -sin, cos, near(x).0, near(y).0]);
        ops.extend([Op::SaveGraphicsState, grey(0.88), Op::StartTextSection]);
        ops.extend([font(text, name), Op::SetTextMatrix { matrix: slant }, show(&text.text)]);
        ops.extend([Op::EndTextSection, Op::RestoreGraphicsState]);
    }
}

fn texts(ops: &mut Vec<Op>, page: &Page, paper: &Paper, name: impl Fn(Face) -> String + Copy) {
    ops.push(Op::StartTextSection);
    let (mut set, mut spread): (Option<(Face, f32)>, f32) = (None, 0.0);
    for mark in &page.marks {
        let Mark::Text { x, y, text, line, stretch } = mark else { continue };
        if set != Some((text.face, text.size)) {
            set = Some((text.face, text.size));
            ops.push(font(text, name));
        }
        if spread != *stretch {
            spread = *stretch;
            // It adds up along the line, so it needs more digits than a place does.
            let multiplier = (spread * 10_000.0).round() / 10_000.0;
            ops.push(Op::SetCharacterSpacing { multiplier });
        }
        let matrix = TextMatrix::Translate(near(*x), near(paper.height - y));
        ops.extend([Op::SetTextMatrix { matrix }, show(text.slice(line.glyphs.clone()))]);
    }
    ops.push(Op::EndTextSection);
}

/// Makes a text's face and size the current ones.
fn font(text: &Text, name: impl Fn(Face) -> String) -> Op {
    let font = PdfFontHandle::External(FontId(name(text.face)));
    Op::SetFont { font, size: Pt(text.size) }
}

fn show(words: &str) -> Op {
    Op::ShowText { items: vec![TextItem::Text(words.to_owned())] }
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
            // Dashes end where they end; a frame's corners are filled.
            let (pattern, cap) = match wanted.dashed {
                true => (vec![5.0, 3.0], LineCapStyle::Butt),
                false => (Vec::new(), LineCapStyle::ProjectingSquare),
            };
            let dash = LineDashPattern { offset: 0.0, pattern: pattern.into() };
            ops.push(Op::SetOutlineThickness { pt: Pt(wanted.width) });
            ops.extend([Op::SetLineDashPattern { dash }, Op::SetLineCapStyle { cap }]);
        }
        let points = [from, to].map(|&(x, y)| LinePoint {
            p: Point { x: near(x), y: near(paper.height - y) },
            bezier: false,
        });
        ops.push(Op::DrawLine { line: Line { points: points.to_vec(), is_closed: false } });
    }
}
