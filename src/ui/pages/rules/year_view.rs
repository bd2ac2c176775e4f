//! A whole year in little: twelve months of days, which are worked and which are not.

use crate::ui::theme::{self, Tokens};
use chrono::{Datelike, NaiveDate, Weekday};
use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Color32, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

/// A day's cell, and a month's, in points.
const CELL: f32 = 20.0;
const MONTH: [f32; 2] = [CELL * 7.0 + 18.0, CELL * 6.0 + 34.0];

/// Shows a year; the day that was clicked.
pub fn show(ui: &mut Ui, year: i32, works: &dyn Fn(NaiveDate) -> bool) -> Option<NaiveDate> {
    let across = ((ui.available_width() / MONTH[0]).floor() as usize).clamp(1, 6);
    let down = 12_usize.div_ceil(across);
    let size = vec2(across as f32 * MONTH[0], down as f32 * MONTH[1]);
    let (room, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut clicked = None;
    for month in 1..=12_u32 {
        let nr = month as usize - 1;
        let at = vec2((nr % across) as f32 * MONTH[0], (nr / across) as f32 * MONTH[1]);
        let found = month_of(ui, room.min + at, year, month, works);
        clicked = clicked.or(found);
    }
    clicked
}

fn month_of(
    ui: &mut Ui,
    at: eframe::egui::Pos2,
    year: i32,
    month: u32,
    works: &dyn Fn(NaiveDate) -> bool,
) -> Option<NaiveDate> {
    let t = Tokens::of(ui);
    let name = format!("{month} 月");
    ui.painter().text(at, Align2::LEFT_TOP, name, theme::bold(13.0), t.ink);
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let mut clicked = None;
    for day in first.iter_days().take_while(|day| day.month() == month) {
        let column = day.weekday().num_days_from_monday();
        let row = (day.day0() + first.weekday().num_days_from_monday()) / 7;
        let corner = pos2(at.x + column as f32 * CELL, at.y + 20.0 + row as f32 * CELL);
        let cell = Rect::from_min_size(corner, vec2(CELL - 1.0, CELL - 1.0));
        let response = ui.interact(cell, ui.scope_id().with(("day", day)), Sense::click());
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let (fill, ink, word) = match (weekend, works(day)) {
            (false, false) => (t.seal_wash, t.seal, "放假"),
            (true, true) => (t.ok_wash, t.ok, "上班"),
            (true, false) => (Color32::TRANSPARENT, t.ink3, "周末"),
            (false, true) => (Color32::TRANSPARENT, t.ink, "工作日"),
        };
        ui.painter().rect_filled(cell, 3.0, fill);
        if response.has_focus() || response.hovered() {
            let ring = Stroke::new(1.0, t.ink3);
            ui.painter().rect_stroke(cell, 3.0, ring, StrokeKind::Inside);
        }
        let number = day.day().to_string();
        ui.painter().text(cell.center(), Align2::CENTER_CENTER, number, theme::text(12.0), ink);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{day} {word}")));
        if response.clicked() {
            clicked = Some(day);
        }
    }
    clicked
}
