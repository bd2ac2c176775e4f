//! A date: typed the way people type dates, or picked from a small calendar.

use super::field::TextField;
use super::{icon_button, segment};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, Tokens, size};
use chrono::{Datelike, Months, NaiveDate, Weekday};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Color32, Id, Popup, PopupCloseBehavior, RichText, Sense, Ui, Vec2, WidgetInfo,
};

/// Reads `2020-8-3`, `2020.8.3`, `2020/8/3`, `2020年8月3日`, `20200803`, and `8.3` of `year`.
pub fn read(text: &str, year: i32) -> Option<NaiveDate> {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from(b'0' + (c as u32 - '０' as u32) as u8),
            '年' | '月' | '.' | '/' | '．' | '／' | '－' | '—' | '–' | ' ' | '、' => '-',
            other => other,
        })
        .filter(|&c| c != '日' && c != '号')
        .collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().ok();
    match parts[..] {
        [all] if all.len() == 8 => {
            NaiveDate::from_ymd_opt(all[..4].parse().ok()?, number(&all[4..6])?, number(&all[6..])?)
        }
        [month, day] => NaiveDate::from_ymd_opt(year, number(month)?, number(day)?),
        [long, month, day] if long.len() == 4 => {
            NaiveDate::from_ymd_opt(long.parse().ok()?, number(month)?, number(day)?)
        }
        _ => None,
    }
}

/// A date field; true when another date (or none) was settled.
pub fn date_field(ui: &mut Ui, name: &str, year: i32, date: &mut Option<NaiveDate>) -> bool {
    let id = ui.make_persistent_id(("date", name));
    let before = *date;
    let written = |date: Option<NaiveDate>| date.map(|d| d.format("%Y-%m-%d").to_string());
    // The words being typed, and the date they were made from: another date from outside wins.
    let kept: Option<(String, Option<NaiveDate>)> = ui.data(|data| data.get_temp(id));
    let mut text = match kept {
        Some((text, of)) if of == *date => text,
        _ => written(*date).unwrap_or_default(),
    };
    let unread = |text: &str| !text.trim().is_empty() && read(text, year).is_none();
    let mut told = false;
    ui.horizontal(|ui| {
        ui.set_height(size::FIELD);
        let typing = ui.data(|data| data.get_temp::<bool>(id.with("focus"))).unwrap_or(false);
        let field = TextField::new(name).hint("年-月-日").width(128.0);
        let typed = field.bad(unread(&text) && !typing).show(ui, &mut text);
        let typing = typed.response.has_focus();
        ui.data_mut(|data| data.insert_temp(id.with("focus"), typing));
        if typed.left {
            if text.trim().is_empty() {
                *date = None;
            } else if let Some(read) = read(&text, year) {
                *date = Some(read);
                text = written(*date).unwrap_or_default();
            }
        }
        // A date half typed is no wrong date.
        told = unread(&text) && !typing;
        let button = icon_button(ui, Icon::Calendar, &format!("{name}：日历"), true, false);
        Popup::from_toggle_button_response(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                if let Some(picked) = calendar(ui, id, date.unwrap_or_else(|| start_of(year))) {
                    *date = Some(picked);
                    text = written(*date).unwrap_or_default();
                    ui.close();
                }
            });
    });
    if told {
        let t = Tokens::of(ui);
        super::note(ui, "认不出这个日期，可写 2020-8-3 或 8.3", t.seal);
    }
    ui.data_mut(|data| data.insert_temp(id, (text, *date)));
    *date != before
}

fn start_of(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

/// A month of days, Monday first; the day that was clicked.
fn calendar(ui: &mut Ui, id: Id, around: NaiveDate) -> Option<NaiveDate> {
    let t = Tokens::of(ui);
    let month_id = id.with("month");
    let mut month: NaiveDate =
        ui.data(|data| data.get_temp(month_id)).unwrap_or(around).with_day(1).unwrap_or(around);
    let mut picked = None;
    ui.horizontal(|ui| {
        if icon_button(ui, Icon::Left, "上个月", true, false).clicked() {
            month = month.checked_sub_months(Months::new(1)).unwrap_or(month);
        }
        let words = format!("{} 年 {} 月", month.year(), month.month());
        ui.add_sized(
            Vec2::new(120.0, size::CONTROL),
            eframe::egui::Label::new(RichText::new(words).font(theme::bold(size::TEXT))),
        );
        if icon_button(ui, Icon::Right, "下个月", true, false).clicked() {
            month = month.checked_add_months(Months::new(1)).unwrap_or(month);
        }
        if segment(ui, "本日", false).clicked() {
            month = chrono::Local::now().date_naive();
        }
    });
    let first = month.with_day(1).unwrap_or(month);
    let mut day = first.week(Weekday::Mon).first_day();
    ui.spacing_mut().item_spacing = Vec2::splat(2.0);
    ui.horizontal(|ui| {
        for name in ["一", "二", "三", "四", "五", "六", "日"] {
            let words = RichText::new(name).small().color(t.ink3);
            ui.add_sized(Vec2::new(32.0, 18.0), eframe::egui::Label::new(words));
        }
    });
    for _ in 0..6 {
        ui.horizontal(|ui| {
            for _ in 0..7 {
                let (rect, response) =
                    ui.allocate_exact_size(Vec2::new(32.0, 28.0), Sense::click());
                let chosen = day == around;
                let fill = match (chosen, response.hovered()) {
                    (true, _) => t.chosen,
                    (false, true) => t.sunken,
                    (false, false) => Color32::TRANSPARENT,
                };
                ui.painter().rect_filled(rect, size::RADIUS, fill);
                let color = match (chosen, day.month() == first.month()) {
                    (true, _) => t.on_chosen,
                    (false, true) => t.ink,
                    (false, false) => t.ink3,
                };
                let words = day.day().to_string();
                ui.painter().text(
                    rect.center(),
                    Align2::CENTER_CENTER,
                    words,
                    theme::text(13.0),
                    color,
                );
                let label = day.format("%Y-%m-%d").to_string();
                response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &label));
                if response.clicked() {
                    picked = Some(day);
                }
                day = day.succ_opt().unwrap_or(day);
            }
        });
    }
    ui.data_mut(|data| data.insert_temp(month_id, month));
    picked
}
