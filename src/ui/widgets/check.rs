//! A tick before a row: on, off, or on for some of those below it.

use crate::ui::icons::{self, Icon};
use crate::ui::theme::Tokens;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    CursorIcon, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
};

/// How a tick stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tick {
    #[default]
    Off,
    Some,
    On,
}

/// A tick in the middle of `rect`. It takes no focus of its own: the table has it, and Space ticks there.
pub fn tick(ui: &Ui, id: Id, rect: Rect, state: Tick, name: &str) -> Response {
    let t = Tokens::of(ui);
    let response = ui.interact(rect, id, Sense::CLICK);
    let boxed = Rect::from_center_size(rect.center(), Vec2::splat(16.0));
    let (fill, line) = match (state, response.hovered()) {
        (Tick::Off, false) => (t.surface, t.field),
        (Tick::Off, true) => (t.surface, t.ink3),
        _ => (t.chosen, t.chosen),
    };
    ui.painter().rect(boxed, 3.0, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    match state {
        Tick::Off => {}
        Tick::On => icons::paint(ui.painter(), Icon::Check, boxed, t.on_chosen),
        Tick::Some => {
            let bar = Stroke::new(2.0, t.on_chosen);
            ui.painter().hline(boxed.shrink(4.0).x_range(), boxed.center().y, bar);
        }
    }
    let on = state == Tick::On;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    response.on_hover_cursor(CursorIcon::PointingHand)
}
