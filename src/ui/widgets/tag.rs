//! Small coloured words: tags, chips, dots. Colour never stands alone; the word says it.

use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Tokens, size};
use eframe::egui::accesskit::Role;
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Color32, CursorIcon, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};

/// What a tag's colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Ok,
    Wait,
    Bad,
    Info,
    /// Not counted, or nothing to say.
    Mute,
}

impl Tone {
    /// Text and ground.
    pub fn colors(self, t: &Tokens) -> (Color32, Color32) {
        match self {
            Self::Ok => (t.ok, t.ok_wash),
            Self::Wait => (t.wait, t.wait_wash),
            Self::Bad => (t.seal, t.seal_wash),
            Self::Info => (t.info, t.info_wash),
            Self::Mute => (t.ink2, t.sunken),
        }
    }
}

/// A rounded word on its wash.
pub fn tag(ui: &mut Ui, tone: Tone, text: &str) -> Response {
    let (ink, ground) = tone.colors(Tokens::of(ui));
    // In a cell that is narrower it is cut with …; where lines break it goes to the next one.
    let room = if ui.layout().main_wrap { f32::INFINITY } else { ui.available_width() - 16.0 };
    let mut job = LayoutJob::simple_singleline(text.to_owned(), theme::text(size::SMALL), ink);
    job.wrap = TextWrapping::truncate_at_width(room.max(24.0));
    let galley = ui.painter().layout_job(job);
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 16.0, 20.0), Sense::hover());
    ui.painter().rect_filled(rect, 10.0, ground);
    let cut = galley.elided;
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, ink);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    if cut { response.on_hover_text(text) } else { response }
}

/// A small filled circle before a line.
pub fn dot(ui: &mut Ui, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(8.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.0, color);
}

/// A filter that is on or off, with the number of lines it would show.
pub fn filter_chip(
    ui: &mut Ui,
    text: &str,
    count: Option<usize>,
    tone: Option<Tone>,
    on: bool,
) -> Response {
    let t = Tokens::of(ui);
    let words = count.map_or_else(|| text.to_owned(), |count| format!("{text} {count}"));
    let galley =
        ui.painter().layout_no_wrap(words.clone(), theme::text(size::TEXT), Color32::PLACEHOLDER);
    let lead = if tone.is_some() { 16.0 } else { 0.0 };
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 24.0 + lead, 28.0), Sense::click());
    let (fill, ink, line) = match (on, response.hovered()) {
        (true, _) => (t.chosen, t.on_chosen, t.chosen),
        (false, true) => (t.row, t.ink, t.ink3),
        (false, false) => (t.surface, t.ink, t.line),
    };
    let line = Stroke::new(1.0, line);
    ui.painter().rect(rect, 14.0, fill, line, StrokeKind::Inside);
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.expand(2.0),
            16.0,
            Stroke::new(2.0, t.ink),
            StrokeKind::Inside,
        );
    }
    if let Some(tone) = tone {
        let center = pos2(rect.left() + 18.0, rect.center().y);
        ui.painter().circle_filled(center, 5.0, tone.colors(t).0);
    }
    let at = pos2(rect.left() + 12.0 + lead, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &words));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A thing in a list that can be taken out again; true when its cross was clicked.
pub fn chip(ui: &mut Ui, text: &str) -> bool {
    let t = Tokens::of(ui);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::text(size::TEXT), t.ink);
    let (rect, _) = ui.allocate_exact_size(vec2(galley.size().x + 40.0, 26.0), Sense::hover());
    ui.painter().rect_filled(rect, 13.0, t.sunken);
    ui.painter().galley(
        pos2(rect.left() + 10.0, rect.center().y - galley.size().y / 2.0),
        galley,
        t.ink,
    );
    let cross =
        Rect::from_center_size(pos2(rect.right() - 16.0, rect.center().y), Vec2::splat(20.0));
    let id = ui.next_auto_id().with(text);
    let response = ui.interact(cross, id, Sense::click());
    let color = if response.hovered() || response.has_focus() { t.seal } else { t.ink3 };
    icons::paint(ui.painter(), Icon::Close, cross, color);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("移除 {text}")));
    response.clicked()
}
