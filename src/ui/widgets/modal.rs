//! A dialog over the page: the same frame, veil and padding everywhere.

use crate::ui::theme::{Tokens, size};
use eframe::egui::{Context, Frame, Id, Margin, Modal, Stroke, Theme, Ui};

/// What came of a dialog in this frame.
pub struct Shown<R> {
    pub inner: R,
    /// Escape, or a click beside it.
    pub dismissed: bool,
}

/// Shows a dialog as wide as that.
pub fn modal<R>(ctx: &Context, name: &str, width: f32, add: impl FnOnce(&mut Ui) -> R) -> Shown<R> {
    let t = Tokens::when(ctx.theme() == Theme::Dark);
    let frame = Frame::NONE
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(size::CARD_RADIUS)
        .inner_margin(Margin::same(20));
    let modal = Modal::new(Id::unique(("dialog", name))).backdrop_color(t.veil).frame(frame);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 80.0));
        add(ui)
    });
    let dismissed = shown.should_close();
    Shown { inner: shown.inner, dismissed }
}

/// How high what is scrolled in a dialog may be, beside `rest` of headings and buttons.
pub fn room(ctx: &Context, rest: f32) -> f32 {
    (ctx.content_rect().height() - 120.0 - rest).max(120.0)
}
