//! Bars: a year's hours against its minimum, shares of people, progress of long work.

use crate::ui::theme::Tokens;
use eframe::egui::{Color32, Rect, Response, Sense, Ui, Vec2, pos2, vec2};

/// A trough filled from the left by shares of 1.
pub fn shares(ui: &mut Ui, width: f32, height: f32, parts: &[(f32, Color32)]) -> Response {
    sensing(ui, vec2(width, height), parts, Sense::hover())
}

/// As [`shares`], one that leads somewhere.
pub fn leading(ui: &mut Ui, width: f32, height: f32, parts: &[(f32, Color32)]) -> Response {
    sensing(ui, vec2(width, height), parts, Sense::click())
}

fn sensing(ui: &mut Ui, size: Vec2, parts: &[(f32, Color32)], sense: Sense) -> Response {
    let t = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let radius = (size.y / 2.0).min(4.0);
    ui.painter().rect_filled(rect, radius, t.sunken);
    let mut left = rect.left();
    let clip = ui.painter().with_clip_rect(rect);
    for &(share, color) in parts {
        let right = (left + rect.width() * share.clamp(0.0, 1.0)).min(rect.right());
        if right > left {
            let part = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
            clip.rect_filled(part, if parts.len() == 1 { radius } else { 0.0 }, color);
            left = right;
        }
    }
    response
}
