//! The years at a glance: a card each, with its hours as bars and its state in a word.

use super::Handbook;
use crate::ledger::YearTotal;
use crate::notice::{Hours, Notice};
use crate::ui::app::Cx;
use crate::ui::icons::Icon;
use crate::ui::snapshot::{Mark, PersonView};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Tone, bar, icon_button, small, tag};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, CursorIcon, Label, Layout, Pos2, Rect, RichText, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

pub(super) const CARDS: usize = 6;

impl Handbook {
    pub(super) fn cards(&mut self, ui: &mut Ui, room: Rect, view: &PersonView, cx: &Cx<'_>) {
        let campaign = cx.snap.campaign.year;
        let years = years_of(view, campaign);
        let end = years.len().saturating_sub(self.back);
        let shown = &years[end.saturating_sub(CARDS)..end];
        let gap = 8.0;
        let row = if years.len() > CARDS {
            self.turn(ui, room, &years);
            room.shrink2(vec2(size::CONTROL + gap, 0.0))
        } else {
            room
        };
        let width = (row.width() - gap * (CARDS - 1) as f32) / CARDS as f32;
        for (nr, &year) in shown.iter().enumerate() {
            let left = row.left() + (width + gap) * nr as f32;
            let rect = Rect::from_min_size(pos2(left, row.top()), vec2(width, row.height()));
            let total = view.years.iter().find(|total| total.year == year);
            if year_card(
                ui,
                rect,
                &cx.snap.notice,
                view,
                total,
                year,
                campaign,
                self.year == Some(year),
            ) {
                self.year = Some(year);
                self.record = None;
                self.table.chosen = None;
            }
        }
    }

    /// To the years before and after those shown, at both ends of their row.
    fn turn(&mut self, ui: &mut Ui, room: Rect, years: &[i32]) {
        let end = years.len().saturating_sub(self.back);
        let button = Vec2::splat(size::CONTROL);
        let half = vec2(size::CONTROL / 2.0, 0.0);
        let mut put = |at: Pos2, icon: Icon, name: &str, there: bool| {
            let rect = Rect::from_center_size(at, button);
            let mut place = ui.new_child(UiBuilder::new().max_rect(rect));
            icon_button(&mut place, icon, name, there, false).clicked()
        };
        if put(room.left_center() + half, Icon::Left, "更早的年度", end > CARDS) {
            self.back += 1;
            self.year = years.get((years.len() - self.back).saturating_sub(CARDS)).copied();
        }
        if put(room.right_center() - half, Icon::Right, "以后的年度", self.back > 0) {
            self.back -= 1;
            self.year = years.get(years.len() - 1 - self.back).copied();
        }
    }
}

/// All years that are shown: the last six to the campaign's, and any other with something in it.
pub(super) fn years_of(view: &PersonView, campaign: i32) -> Vec<i32> {
    let mut years: Vec<i32> = (campaign - 5..=campaign).collect();
    years.extend(view.years.iter().map(|total| total.year));
    years.sort_unstable();
    years.dedup();
    years
}

/// The state of a year in a word, as a tag.
fn year_tag(
    notice: &Notice,
    view: &PersonView,
    total: Option<&YearTotal>,
    year: i32,
    campaign: i32,
) -> (Tone, String) {
    let Some(total) = total else {
        return if year == campaign {
            (Tone::Mute, "本年度".to_owned())
        } else {
            (Tone::Mute, "无记录".to_owned())
        };
    };
    match Mark::of(total) {
        Mark::Met => (Tone::Ok, "达标".to_owned()),
        Mark::Deemed if !total.slips.is_empty() => (Tone::Info, "认定单".to_owned()),
        Mark::Deemed => {
            let why = total.deemed_reasons.first().cloned().unwrap_or_else(|| "视同".to_owned());
            (Tone::Info, why)
        }
        Mark::Pending => {
            let lacking = total.credits.iter().filter(|c| c.counted && !c.evidenced).count();
            (Tone::Wait, format!("缺材料 {lacking}"))
        }
        Mark::Short
            if year == campaign && view.result.as_ref().is_none_or(|r| !r.span.contains(year)) =>
        {
            (Tone::Mute, "本年度".to_owned())
        }
        Mark::Short => {
            let short: Hours = notice
                .subjects
                .iter()
                .map(|rule| {
                    total.hours.get(&rule.id).copied().unwrap_or_default().short_of(rule.minimum)
                })
                .sum();
            (Tone::Bad, format!("差 {}", short.max(total.total.short_of(notice.annual.total))))
        }
    }
}

#[allow(clippy::too_many_arguments)]
fn year_card(
    ui: &mut Ui,
    rect: Rect,
    notice: &Notice,
    view: &PersonView,
    total: Option<&YearTotal>,
    year: i32,
    campaign: i32,
    on: bool,
) -> bool {
    let t = Tokens::of(ui);
    let (tone, word) = year_tag(notice, view, total, year, campaign);
    let response = ui.interact(rect, ui.scope_id().with(("year", year)), Sense::click());
    let ground = if year == campaign { t.sunken } else { t.surface };
    let line = if on || response.has_focus() {
        Stroke::new(2.0, t.ink)
    } else if response.hovered() {
        Stroke::new(1.0, t.ink3)
    } else {
        Stroke::new(1.0, t.line)
    };
    ui.painter().rect(rect, size::CARD_RADIUS, ground, line, StrokeKind::Inside);
    let mut inside = ui.new_child(
        UiBuilder::new().max_rect(rect.shrink2(vec2(10.0, 8.0))).id_salt(("card", year)),
    );
    inside.shrink_clip_rect(rect);
    let ui = &mut inside;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(year.to_string()).font(theme::bold(size::TEXT)).color(t.ink));
        if year == campaign && tone == Tone::Mute {
            small(ui, word.clone());
        } else {
            tag(ui, tone, &word);
        }
    });
    ui.add_space(4.0);
    let full = (notice.annual.total.as_halves() as f32 * 4.0 / 3.0).max(1.0);
    let mut parts = Vec::new();
    let mut figures = Vec::new();
    for (nr, rule) in notice.subjects.iter().enumerate() {
        let hours = total.and_then(|y| y.hours.get(&rule.id)).copied().unwrap_or_default();
        let deemed = total.and_then(|y| y.deemed.get(&rule.id)).is_some_and(|h| !h.is_zero())
            || total.and_then(|y| y.recognised.get(&rule.id)).is_some_and(|h| !h.is_zero());
        let color = match (nr, deemed) {
            (0, false) => t.bar_public,
            (0, true) => t.bar_public_deemed,
            (_, false) => t.bar_ok,
            (_, true) => t.bar_ok_deemed,
        };
        parts.push((hours.as_halves() as f32 / full, color));
        figures.push(format!("{} {hours}{}", rule.name, if deemed { "※" } else { "" }));
    }
    bar::shares(ui, ui.available_width(), 6.0, &parts);
    ui.add_space(3.0);
    let sum = total.map_or(Hours::ZERO, |total| total.total);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for figure in &figures {
            ui.label(RichText::new(figure).size(12.0).color(t.ink3));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(
                Label::new(RichText::new(format!("共 {sum}")).size(12.0).color(t.ink3)).truncate(),
            );
        });
    });
    let name = format!("{year} 年，{word}，{}，共 {sum}", figures.join("，"));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &name));
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}
