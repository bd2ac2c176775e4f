//! The small days on which sessions are picked: 上午, 下午, 晚上, or the whole day at once.

use super::ActivityForm;
use crate::notice::{DayPart, Session};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{icon_button, line, link, note, small};
use crate::ui::words;
use chrono::{Days, NaiveDate};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CursorIcon, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

impl ActivityForm {
    /// Seven small days with 上 / 下 / 晚; a click on the date takes the whole day.
    pub(super) fn days(&mut self, ui: &mut Ui, year: i32) {
        let t = Tokens::of(ui);
        line(ui, |ui| {
            if icon_button(ui, Icon::Left, "上一周", true, false).clicked() {
                self.monday = self.monday.checked_sub_days(Days::new(7)).unwrap_or(self.monday);
            }
            let mut from = Some(self.monday);
            if date_field(ui, "从哪天起", year, &mut from)
                && let Some(day) = from
            {
                self.monday = day;
            }
            if icon_button(ui, Icon::Right, "下一周", true, false).clicked() {
                self.monday = self.monday.checked_add_days(Days::new(7)).unwrap_or(self.monday);
            }
            if !self.sessions.is_empty() && link(ui, "清空时段").clicked() {
                self.sessions.clear();
            }
        });
        let room = ui.available_width();
        let gap = if room < 400.0 { 4.0 } else { 6.0 };
        // Where a week does not fit into one row it takes as many as it needs.
        let row = (((room + gap) / (50.0 + gap)) as u64).clamp(2, 7);
        let width = ((room - gap * (row - 1) as f32) / row as f32).min(84.0);
        for start in (0..7).step_by(row as usize) {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = gap;
                for nr in start..(start + row).min(7) {
                    if let Some(day) = self.monday.checked_add_days(Days::new(nr)) {
                        self.day(ui, day, width);
                    }
                }
            });
        }
        if !self.sessions.is_empty() {
            small(ui, words::sessions(&self.sessions));
        } else {
            note(ui, "点日期选全天，点 上、下、晚 选半天和晚上", t.ink3);
        }
    }

    fn day(&mut self, ui: &mut Ui, day: NaiveDate, width: f32) {
        let t = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(width, 72.0), Sense::click());
        let session = |part| Session { date: day, part };
        let any = DayPart::ALL.iter().any(|&part| self.sessions.contains(&session(part)));
        let line = if response.has_focus() {
            Stroke::new(2.0, t.ink)
        } else if response.hovered() {
            Stroke::new(1.0, t.ink3)
        } else {
            Stroke::new(1.0, t.line)
        };
        ui.painter().rect(rect, size::RADIUS, t.surface, line, StrokeKind::Inside);
        let ink = if any { t.ink } else { t.ink3 };
        let at = pos2(rect.center().x, rect.top() + 4.0);
        ui.painter().text(at, Align2::CENTER_TOP, words::weekday(day), theme::text(12.0), ink);
        let at = pos2(rect.center().x, rect.top() + 20.0);
        let date = day.format("%-m-%d").to_string();
        ui.painter().text(at, Align2::CENTER_TOP, date, theme::bold(14.0), ink);
        let whole = [session(DayPart::Morning), session(DayPart::Afternoon)];
        let all = whole.iter().all(|session| self.sessions.contains(session));
        let name = format!("{} 全天", day.format("%Y-%m-%d"));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, all, &name));
        let side = if rect.width() < 54.0 { 4.0 } else { 6.0 };
        let inner = rect.width() - 2.0 * side;
        let seg = (inner - 4.0) / 3.0;
        let mut on_part = false;
        for (nr, part) in DayPart::ALL.into_iter().enumerate() {
            let left = rect.left() + side + (seg + 2.0) * nr as f32;
            let place = Rect::from_min_size(pos2(left, rect.bottom() - 26.0), vec2(seg, 20.0));
            let id = response.id.with(nr);
            let part_response = ui.interact(place, id, Sense::click());
            let on = self.sessions.contains(&session(part));
            let (fill, ink) = match (on, part_response.hovered()) {
                (true, _) => (t.chosen, t.on_chosen),
                (false, true) => (t.line, t.ink),
                (false, false) => (t.sunken, t.ink3),
            };
            ui.painter().rect_filled(place, 3.0, fill);
            if part_response.has_focus() {
                ui.painter().rect_stroke(place, 3.0, Stroke::new(2.0, t.seal), StrokeKind::Inside);
            }
            let short: String = part.name().chars().take(1).collect();
            ui.painter().text(place.center(), Align2::CENTER_CENTER, short, theme::text(12.0), ink);
            let name = format!("{} {}", day.format("%Y-%m-%d"), part.name());
            part_response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
            if part_response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                on_part = true;
                if !self.sessions.remove(&session(part)) {
                    self.sessions.insert(session(part));
                }
            }
        }
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() && !on_part {
            if all {
                whole.iter().for_each(|session| {
                    self.sessions.remove(session);
                });
            } else {
                self.sessions.extend(whole);
            }
        }
    }
}
