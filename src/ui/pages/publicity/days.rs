//! The days of a publicity run, each marked as it is counted: 张贴日, 第 1 天 … 第 5 天, 休息日, 放假,
//! 调休上班. Whole weeks, Monday first.

use crate::failure::Result;
use crate::notice::{Calendar, PublicityDates, PublicityRule};
use crate::ui::theme::{self, Tokens};
use crate::ui::words;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, Color32, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

/// How a day is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// Before the posting or after the last day.
    Outside,
    /// The posting day, not counted.
    Posted,
    /// The nth working day.
    Counted(u32),
    /// A Saturday or Sunday.
    Weekend,
    /// A weekday off.
    Holiday,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Day {
    date: NaiveDate,
    mark: Mark,
    /// A Saturday or Sunday that is worked.
    shifted: bool,
    posting: bool,
}

/// A run's days, counted as the notice counts, and both readings' last days.
#[derive(Debug, Clone)]
pub struct Counting {
    pub dates: PublicityDates,
    /// The last day by the reading that the notice follows.
    pub last: NaiveDate,
    days: Vec<Day>,
}

impl Counting {
    /// # Errors
    /// A year without calendar data.
    pub fn of(calendar: &Calendar, posted: NaiveDate, rule: &PublicityRule) -> Result<Self> {
        let dates = calendar.publicity(posted, rule.workdays)?;
        let last = if rule.count_posting_day { dates.close_inclusive } else { dates.close_strict };
        let end = dates.close_strict.max(dates.close_inclusive).week(Weekday::Mon).last_day();
        let mut days = Vec::new();
        let mut counted = 0;
        let mut date = posted.week(Weekday::Mon).first_day();
        while date <= end {
            let mut day = Day { date, mark: Mark::Outside, shifted: false, posting: false };
            if (posted..=last).contains(&date) {
                let works = calendar.is_workday(date)?;
                let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
                day.shifted = works && weekend;
                day.posting = date == posted;
                day.mark = match (works, weekend) {
                    _ if day.posting && !rule.count_posting_day => Mark::Posted,
                    (true, _) => {
                        counted += 1;
                        Mark::Counted(counted)
                    }
                    (false, true) => Mark::Weekend,
                    (false, false) => Mark::Holiday,
                };
            }
            days.push(day);
            date = date.checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
        }
        Ok(Self { dates, last, days })
    }

    /// Draws the weeks in all the width there is.
    pub fn show(&self, ui: &mut Ui, today: NaiveDate) {
        let t = Tokens::of(ui);
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            let wide = ((ui.available_width() - 6.0 * 4.0) / 7.0).floor();
            ui.horizontal(|ui| {
                for name in ["一", "二", "三", "四", "五", "六", "日"] {
                    let (rect, _) = ui.allocate_exact_size(vec2(wide, 16.0), Sense::hover());
                    let at = rect.center();
                    ui.painter().text(at, Align2::CENTER_CENTER, name, theme::text(12.0), t.ink3);
                }
            });
            for week in self.days.chunks(7) {
                ui.horizontal(|ui| {
                    for day in week {
                        let (rect, response) =
                            ui.allocate_exact_size(vec2(wide, 44.0), Sense::hover());
                        day.paint(ui, rect, day.date == self.last, day.date == today);
                        let words = day.words(day.date == self.last);
                        if words.is_empty() {
                            continue;
                        }
                        let words = format!("{}：{words}", words::long_day(day.date));
                        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
                        response.on_hover_text(words);
                    }
                });
            }
        });
    }
}

impl Day {
    fn paint(self, ui: &Ui, rect: Rect, last: bool, today: bool) {
        let t = Tokens::of(ui);
        let (fill, ink) = match self.mark {
            Mark::Outside => (Color32::TRANSPARENT, t.ink3),
            Mark::Posted => (t.info_wash, t.info),
            Mark::Counted(_) => (t.ok_wash, t.ok),
            Mark::Weekend | Mark::Holiday => (t.sunken, t.ink3),
        };
        let edge = if last { Stroke::new(1.5, t.ok) } else { Stroke::NONE };
        ui.painter().rect(rect, 4.0, fill, edge, StrokeKind::Inside);
        let date = match today {
            true => format!("{} 今天", words::short_day(self.date)),
            false => words::short_day(self.date),
        };
        let words = self.short(last);
        let lift = if words.is_empty() { 0.0 } else { 9.0 };
        let at = rect.center() - vec2(0.0, lift);
        ui.painter().text(at, Align2::CENTER_CENTER, date, theme::text(12.0), ink);
        let at = rect.center() + vec2(0.0, 9.0);
        let letters = if rect.width() < 68.0 { 10.5 } else { 12.0 };
        ui.painter().text(at, Align2::CENTER_CENTER, words, theme::bold(letters), ink);
    }

    fn short(self, last: bool) -> String {
        let shifted = if self.shifted { " 调休上班" } else { "" };
        match self.mark {
            Mark::Outside => String::new(),
            Mark::Posted => format!("张贴日 不计{shifted}"),
            Mark::Counted(nr) if last => format!("第 {nr} 天 期满{shifted}"),
            Mark::Counted(nr) => format!("第 {nr} 天{shifted}"),
            Mark::Weekend => "休息日".to_owned(),
            Mark::Holiday => "放假".to_owned(),
        }
    }

    fn words(self, last: bool) -> String {
        let words = self.short(last);
        if self.posting && matches!(self.mark, Mark::Counted(_)) {
            return format!("张贴日，{words}");
        }
        words
    }
}
