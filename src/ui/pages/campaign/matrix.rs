//! The verdict matrix: people by years, each cell leading to its year.

use super::conclusion;
use crate::ledger::{ApplicantResult, PersonId, YearTotal};
use crate::notice::Notice;
use crate::ui::icons::{self, Icon};
use crate::ui::pages::Go;
use crate::ui::snapshot::Mark;
use crate::ui::theme::{self, Tokens};
use crate::ui::widgets::table::{Rows, name_words, small_words};
use crate::ui::widgets::{Tone, tag};
use crate::ui::words;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Color32, CursorIcon, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2,
};
use std::collections::BTreeSet;

/// `高级认定 2015–2019；博士副高 2018–2019`, for the spans that occur.
pub fn spans(notice: &Notice, applicants: &[ApplicantResult]) -> String {
    let mut seen: Vec<(String, i32, i32)> = Vec::new();
    for result in applicants {
        let degree = if notice.spans.iter().any(|rule| {
            rule.degrees.contains(&result.person.degree) && rule.clause == result.span_clause
        }) {
            result.person.degree.as_str()
        } else {
            ""
        };
        let who = if degree.is_empty() {
            result.level_group.clone()
        } else {
            format!("{degree}{}", result.applicant.level)
        };
        let one = (who, result.span.first, result.span.last);
        if result.applicant.start_override.is_none() && !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen.sort_by_key(|(_, first, _)| *first);
    let words: Vec<String> =
        seen.iter().map(|(who, first, last)| format!("{who}认定 {first}–{last}")).collect();
    words.join("；")
}

pub struct Matrix<'a> {
    /// Without the column of what is applied for.
    pub narrow: bool,
    pub notice: &'a Notice,
    pub applicants: &'a [ApplicantResult],
    pub shown: &'a [usize],
    pub years: &'a [i32],
    pub checked: &'a mut BTreeSet<PersonId>,
    pub opened: &'a mut Option<(PersonId, i32)>,
    /// Chosen from a row's menu.
    pub go: Option<Go>,
}

impl Rows for Matrix<'_> {
    fn count(&self) -> usize {
        self.shown.len()
    }

    fn name(&self, row: usize) -> String {
        let result = &self.applicants[self.shown[row]];
        format!("{}，{}，{}", result.person.name, result.applicant.level, conclusion(result).1)
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize) {
        let t = Tokens::of(ui);
        let result = &self.applicants[self.shown[row]];
        match if self.narrow && col > 1 { col + 1 } else { col } {
            0 => {
                let on = self.checked.contains(&result.person.id);
                if check(ui, &result.person.name, on).clicked()
                    && !self.checked.remove(&result.person.id)
                {
                    self.checked.insert(result.person.id);
                }
            }
            1 => name_words(ui, &result.person.name, t.ink),
            2 => {
                let applicant = &result.applicant;
                let degree = match result.person.degree.as_str() {
                    "学士" => "",
                    degree => degree,
                };
                let words = words::joined(&[&applicant.level, degree, &applicant.speciality]);
                small_words(ui, &words, t.ink);
            }
            col if col - 3 < self.years.len() => {
                let year = self.years[col - 3];
                if verdict_cell(ui, self.notice, result, year).clicked() {
                    *self.opened = Some((result.person.id, year));
                }
            }
            _ => {
                let (tone, word) = conclusion(result);
                tag(ui, tone, word);
            }
        }
    }

    fn has_menu(&self) -> bool {
        true
    }

    fn menu(&mut self, ui: &mut Ui, row: usize) {
        let id = self.applicants[self.shown[row]].person.id;
        if ui.button("打开手册").clicked() {
            self.go = Some(Go::Person(id, None));
        }
        if ui.button("登记一条").clicked() {
            self.go = Some(Go::Record(id, None));
        }
        let on = self.checked.contains(&id);
        if ui.button(if on { "取消勾选" } else { "勾选" }).clicked() && !self.checked.remove(&id)
        {
            self.checked.insert(id);
        }
    }
}

/// A box with a tick, named by whom it chooses.
fn check(ui: &mut Ui, name: &str, on: bool) -> eframe::egui::Response {
    let t = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click());
    let square = Rect::from_center_size(rect.center(), Vec2::splat(14.0));
    let fill = if on { t.chosen } else { t.surface };
    let line =
        if response.has_focus() { Stroke::new(2.0, t.ink) } else { Stroke::new(1.2, t.ink3) };
    ui.painter().rect(square, 2.0, fill, line, StrokeKind::Inside);
    if on {
        icons::paint(ui.painter(), Icon::Check, square, t.on_chosen);
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("选中 {name}")));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One person's year: the hours by subject, coloured by what they amount to.
fn verdict_cell(
    ui: &mut Ui,
    notice: &Notice,
    result: &ApplicantResult,
    year: i32,
) -> eframe::egui::Response {
    let t = Tokens::of(ui);
    let total = result.years.iter().find(|total| total.year == year);
    let counts = result.span.contains(year);
    let (text, tone, why) = match total {
        _ if !counts => ("—".to_owned(), Tone::Mute, "不在认定起止之内".to_owned()),
        None => ("0 / 0".to_owned(), Tone::Bad, "没有记录".to_owned()),
        Some(total) => {
            let mark = Mark::of(total);
            let recognised = total.recognised.values().any(|hours| !hours.is_zero());
            let tone = match mark {
                Mark::Short => Tone::Bad,
                Mark::Pending => Tone::Wait,
                Mark::Deemed => Tone::Info,
                Mark::Met => Tone::Ok,
            };
            let lead = if recognised { "认 " } else { "" };
            (format!("{lead}{}", hours_words(notice, total)), tone, mark.word().to_owned())
        }
    };
    let (ink, ground) = tone.colors(t);
    let font = if tone == Tone::Bad { theme::bold(12.0) } else { theme::text(12.0) };
    let (rect, response) =
        ui.allocate_exact_size(vec2(66.0_f32.min(ui.available_width()), 22.0), Sense::click());
    ui.painter().rect_filled(rect, 4.0, ground);
    let galley = ui.painter().layout_no_wrap(text.clone(), font, Color32::PLACEHOLDER);
    let ink = if tone == Tone::Mute { t.ink3 } else { ink };
    ui.painter().with_clip_rect(rect).galley(rect.center() - galley.size() / 2.0, galley, ink);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(2.0, t.ink), StrokeKind::Inside);
    }
    let name = format!("{} {year} 年 {text}，{why}", result.person.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response
        .on_hover_text(format!("{year} 年：{why}。点开看记录"))
        .on_hover_cursor(CursorIcon::PointingHand)
}

/// `30 / 72`, `30※/60※`
pub fn hours_words(notice: &Notice, total: &YearTotal) -> String {
    let deemed_any = total.deemed.values().any(|hours| !hours.is_zero());
    let parts: Vec<String> = notice
        .subjects
        .iter()
        .map(|rule| {
            let hours = total.hours.get(&rule.id).copied().unwrap_or_default();
            let deemed = total.deemed.get(&rule.id).is_some_and(|deemed| !deemed.is_zero());
            format!("{hours}{}", if deemed { "※" } else { "" })
        })
        .collect();
    parts.join(if deemed_any { "/" } else { " / " })
}
