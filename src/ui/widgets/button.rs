//! Buttons: one primary for the main action, plain ones, quiet ones without a frame, links. The ring of
//! one that the keyboard has reached is drawn for all controls alike (`in_view`).

use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Tokens, size};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Button, Color32, CursorIcon, Label, Response, RichText, Sense, Stroke, StrokeKind, Ui, Vec2,
    WidgetInfo, vec2,
};

fn shaped<'a>(text: RichText) -> Button<'a> {
    Button::new(text).min_size(vec2(0.0, size::CONTROL)).corner_radius(size::RADIUS)
}

/// The one main action of a page: seal red.
pub fn primary(ui: &mut Ui, text: &str) -> Response {
    let t = Tokens::of(ui);
    let words = RichText::new(text).font(theme::bold(size::TEXT)).color(t.on_seal);
    let button = shaped(words).fill(t.seal_fill).stroke(Stroke::new(1.0, t.seal_fill));
    shown(ui, button)
}

/// An ordinary button.
pub fn plain(ui: &mut Ui, text: &str) -> Response {
    let t = Tokens::of(ui);
    let button = shaped(RichText::new(text).color(t.ink)).stroke(Stroke::new(1.0, t.line));
    shown(ui, button)
}

/// A button without a frame, for what is seldom wanted.
pub fn quiet(ui: &mut Ui, text: &str) -> Response {
    let t = Tokens::of(ui);
    let button = shaped(RichText::new(text).color(t.ink2)).frame_when_inactive(false);
    shown(ui, button)
}

fn shown(ui: &mut Ui, button: Button<'_>) -> Response {
    ui.add(button).on_hover_cursor(CursorIcon::PointingHand)
}

/// Blue words that lead somewhere.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    let t = Tokens::of(ui);
    let label = Label::new(RichText::new(text).color(t.info)).sense(Sense::click());
    // Broken over two lines it would be two controls.
    let label = if ui.layout().main_wrap { label.extend() } else { label };
    let response = ui.add(label.selectable(false));
    if response.hovered() || response.has_focus() {
        let bottom = response.rect.bottom() - 1.0;
        ui.painter().hline(response.rect.x_range(), bottom, Stroke::new(1.0, t.info));
    }
    let label = text.trim_end_matches([' ', '›']).to_owned();
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &label));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A square button with an icon; `name` is said and shown on hover.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str, enabled: bool, framed: bool) -> Response {
    let t = Tokens::of(ui);
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(size::CONTROL), sense);
    let fill = match (enabled && response.hovered(), framed) {
        (true, _) => t.row,
        (false, true) => t.surface,
        (false, false) => Color32::TRANSPARENT,
    };
    let line = if framed { Stroke::new(1.0, t.line) } else { Stroke::NONE };
    ui.painter().rect(rect, size::RADIUS, fill, line, StrokeKind::Inside);
    let color = if enabled { t.ink2 } else { t.field };
    icons::paint(ui.painter(), icon, rect, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    response.on_hover_text(name)
}

/// A cross of the height of a line, for taking one thing out of a list.
pub fn cross(ui: &mut Ui, name: &str) -> Response {
    let t = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(18.0), Sense::click());
    let color = if response.hovered() || response.has_focus() { t.seal } else { t.ink3 };
    icons::paint(ui.painter(), Icon::Close, rect.shrink(1.0), color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.on_hover_text(name)
}

/// One of several words of which one is chosen (科目, 级别): a pill, ink when chosen, in the middle of
/// a line as high as a field.
pub fn segment(ui: &mut Ui, text: &str, chosen: bool) -> Response {
    let t = Tokens::of(ui);
    let galley = ui.painter().layout_no_wrap(
        text.to_owned(),
        theme::text(size::SMALL + 1.0),
        Color32::PLACEHOLDER,
    );
    let (line, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 28.0, size::FIELD), Sense::click());
    let rect = line.shrink2(vec2(0.0, 4.0));
    let (fill, ink) = match (chosen, response.hovered()) {
        (true, _) => (t.chosen, t.on_chosen),
        (false, true) => (t.line, t.ink),
        (false, false) => (t.sunken, t.ink2),
    };
    ui.painter().rect_filled(rect, 13.0, fill);
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, ink);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, text));
    response.on_hover_cursor(CursorIcon::PointingHand)
}
