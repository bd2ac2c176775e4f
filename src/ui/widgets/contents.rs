//! A line of a table of contents beside a page's parts.

use crate::ui::theme::{self, Tokens, size};
use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Color32, CursorIcon, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

/// A part by its name, with how much is in it; `of` says whose contents they are. True when it was clicked.
pub fn contents(ui: &mut Ui, of: &str, name: &str, count: usize, on: bool) -> bool {
    let t = Tokens::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::click());
    let fill = match (on, response.hovered()) {
        (true, _) => t.sunken,
        (false, true) => t.row,
        (false, false) => Color32::TRANSPARENT,
    };
    let line = if response.has_focus() { Stroke::new(2.0, t.ink) } else { Stroke::NONE };
    ui.painter().rect(rect, size::RADIUS, fill, line, StrokeKind::Inside);
    let (font, ink) = if on { (theme::bold(14.0), t.ink) } else { (theme::text(14.0), t.ink2) };
    let at = rect.left_center() + vec2(10.0, 0.0);
    ui.painter().text(at, Align2::LEFT_CENTER, name, font, ink);
    if count > 0 {
        let at = rect.right_center() - vec2(10.0, 0.0);
        let count = count.to_string();
        ui.painter().text(at, Align2::RIGHT_CENTER, count, theme::text(12.0), t.ink3);
    }
    let said = format!("{of}：{name}");
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &said));
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}
