//! Words on the page: headings, secondary lines, quotations of the notice.

use super::breaking::broken;
use crate::ui::theme::{self, Tokens, size};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    self, Align, Color32, Frame, Label, Layout, Margin, Response, RichText, Ui, WidgetInfo, vec2,
};

/// A card's heading with a quiet note behind it.
pub fn h2(ui: &mut Ui, title: &str, note: &str) -> Response {
    let t = Tokens::of(ui);
    let response = ui
        .horizontal(|ui| {
            let title = ui.label(RichText::new(title).font(theme::bold(size::TEXT)).color(t.ink));
            if !note.is_empty() {
                ui.add(Label::new(RichText::new(note).small().color(t.ink3)).truncate());
            }
            title
        })
        .inner;
    ui.add_space(4.0);
    response
}

/// Words and controls of all heights side by side on one middle line.
pub fn line<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let room = vec2(ui.available_width(), size::FIELD);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), add).inner
}

/// A 12-point line in the third ink; wraps.
pub fn small(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = Tokens::of(ui);
    note(ui, text, t.ink3)
}

/// A 12-point line in a colour of the theme; wraps.
pub fn note(ui: &mut Ui, text: impl Into<String>, color: Color32) -> Response {
    let text = text.into();
    let words = broken(ui, &text, &theme::text(size::SMALL));
    let response = ui.add(Label::new(RichText::new(words).small().color(color)).wrap());
    said(&response, &text);
    response
}

/// A screen reader says the words without the line breaks that they needed.
fn said(response: &Response, text: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
}

/// Semibold text; wraps.
pub fn strong(ui: &mut Ui, text: impl Into<String>) -> Response {
    let t = Tokens::of(ui);
    ui.add(Label::new(RichText::new(text).font(theme::bold(size::TEXT)).color(t.ink)).wrap())
}

/// A sentence of the notice: serif, with the red line beside it.
pub fn serif_quote(ui: &mut Ui, text: &str) -> Response {
    let t = Tokens::of(ui);
    let framed =
        Frame::NONE.inner_margin(Margin { left: 13, right: 0, top: 2, bottom: 2 }).show(ui, |ui| {
            let words = broken(ui, text, &theme::quote(size::QUOTE));
            ui.add(
                Label::new(
                    RichText::new(words)
                        .font(theme::quote(size::QUOTE))
                        .line_height(Some(21.0))
                        .color(t.ink2),
                )
                .wrap(),
            )
        });
    let rect = framed.response.rect;
    let bar = egui::Rect::from_min_max(rect.min, egui::pos2(rect.left() + 3.0, rect.bottom()));
    ui.painter().rect_filled(bar, 0.0, t.seal);
    said(&framed.inner, text);
    framed.inner
}
