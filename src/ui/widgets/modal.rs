//! A dialog over the page: the same frame, veil and padding everywhere.

use crate::ui::theme::{Tokens, size};
use eframe::egui::{Align2, Context, Frame, Id, Margin, Modal, Stroke, Theme, Ui, vec2};

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
    let id = Id::unique(("dialog", name));
    let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, top(ctx, id)));
    let modal = Modal::new(id).area(area).backdrop_color(t.veil).frame(frame);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 80.0));
        add(ui)
    });
    let dismissed = shown.should_close();
    Shown { inner: shown.inner, dismissed }
}

/// Where a dialog begins: in the middle when it opens, and from then on in its place, whatever appears or
/// goes away in it; only what would leave the window moves it.
fn top(ctx: &Context, id: Id) -> f32 {
    let (high, now) = (ctx.content_rect().height(), ctx.cumulative_pass_nr());
    let own = ctx.memory(|memory| memory.area_rect(id)).map_or(high, |rect| rect.height());
    let middle = (high - own) / 2.0;
    let kept = ctx.data(|data| data.get_temp::<Place>(id)).filter(|it| now <= it.shown + 1);
    let opened = kept.map_or(now, |it| it.opened);
    // The first passes only measure.
    let settled = kept.filter(|_| now > opened + 2).map_or(middle, |it| it.top);
    let top = settled.min(high - own - MARGIN).max(middle.clamp(0.0, MARGIN));
    ctx.data_mut(|data| data.insert_temp(id, Place { opened, shown: now, top }));
    top
}

/// Where a dialog began, in which pass, and the last one that showed it.
#[derive(Clone, Copy)]
struct Place {
    opened: u64,
    shown: u64,
    top: f32,
}

/// Between a dialog and the window's edge.
const MARGIN: f32 = 16.0;

/// How high what is scrolled in a dialog may be, beside `rest` of headings and buttons.
pub fn room(ctx: &Context, rest: f32) -> f32 {
    (ctx.content_rect().height() - 120.0 - rest).max(120.0)
}
