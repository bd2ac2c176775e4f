//! White cards with a 1-point line, the hairlines between their rows, and empty states that teach.

use super::label::small;
use crate::ui::theme::{self, Tokens, size};
use eframe::egui::{
    Align, Frame, InnerResponse, Layout, Margin, Rect, RichText, Stroke, StrokeKind, Ui, UiBuilder,
    pos2, vec2,
};

/// A card that is as high as its contents and as wide as there is room.
pub fn card<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let t = Tokens::of(ui);
    Frame::NONE
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(size::CARD_RADIUS)
        .inner_margin(Margin::same(size::CARD as i8))
        .show(ui, |ui| {
            ui.take_available_width();
            add(ui)
        })
}

/// A card of a given place; `padding` 0 for cards that hold a table.
pub fn card_in<R>(ui: &mut Ui, rect: Rect, padding: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let t = Tokens::of(ui);
    ui.painter().rect(
        rect,
        size::CARD_RADIUS,
        t.surface,
        Stroke::new(1.0, t.line),
        StrokeKind::Inside,
    );
    let inner = rect.shrink(padding.max(1.0));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(rect_salt(rect, ui)));
    inside.shrink_clip_rect(rect.shrink(1.0));
    add(&mut inside)
}

/// The place on the page names the card: pages lay out by fixed columns, so it is stable.
fn rect_salt(rect: Rect, ui: &Ui) -> (i32, i32) {
    let at = rect.min - ui.max_rect().min;
    (at.x.round() as i32, at.y.round() as i32)
}

/// The 1-point line between two rows.
pub fn hairline(ui: &mut Ui) {
    let t = Tokens::of(ui);
    let rect = ui.available_rect_before_wrap();
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, t.hair));
    ui.add_space(1.0);
}

/// Splits a rectangle into rows of the given heights (`None` takes the rest), with gaps.
pub fn rows_of<const N: usize>(rect: Rect, heights: [Option<f32>; N]) -> [Rect; N] {
    let fixed: f32 = heights.iter().flatten().sum();
    let open = heights.iter().filter(|height| height.is_none()).count().max(1) as f32;
    let gaps = size::GAP * (N.saturating_sub(1)) as f32;
    let rest = ((rect.height() - fixed - gaps) / open).max(0.0);
    let mut top = rect.top();
    heights.map(|height| {
        let height = height.unwrap_or(rest);
        let row = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + height));
        top += height + size::GAP;
        row
    })
}

/// Splits a rectangle into a left part and a right part of fixed width; in a narrow window the right
/// part takes no more than its share.
pub fn beside(rect: Rect, right: f32) -> (Rect, Rect) {
    let most = if rect.width() < size::LEAST_X + 20.0 { 0.4 } else { 0.5 };
    let split = rect.right() - right.min((rect.width() * most).floor());
    (
        Rect::from_min_max(rect.min, pos2(split - size::GAP, rect.bottom())),
        Rect::from_min_max(pos2(split, rect.top()), rect.max),
    )
}

/// An empty state: what would stand here, and how it gets there.
pub fn empty(ui: &mut Ui, title: &str, how: &str, actions: impl FnOnce(&mut Ui)) {
    let t = Tokens::of(ui);
    let room = (ui.available_height() / 2.0 - 72.0).clamp(16.0, 160.0);
    ui.vertical_centered(|ui| {
        ui.add_space(room);
        ui.label(RichText::new(title).font(theme::bold(16.0)).color(t.ink));
        ui.add_space(4.0);
        ui.scope(|ui| {
            ui.set_max_width(460.0);
            small(ui, how);
        });
        ui.add_space(12.0);
        actions(ui);
    });
}

/// A line of buttons, about `width` points wide, in the middle of an empty state.
pub fn middle_row(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    let room = vec2(ui.available_width(), size::CONTROL);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.add_space((room.x - width).max(0.0) / 2.0);
        add(ui);
    });
}
