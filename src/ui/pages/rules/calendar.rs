//! The years whose working days are known, each to be looked at day by day, and the form by which a later
//! year's days off are entered: typed as they stand in the State Council's notice, or by clicking days.
//! The small year itself stands in `year_view`.

use super::year_view;
use crate::notice::{Calendar, CalendarYear};
use crate::ui::app::Cx;
use crate::ui::dialog::Ask;
use crate::ui::office;
use crate::ui::pages::form_row;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::Tokens;
use crate::ui::widgets::date_field::read;
use crate::ui::widgets::{TextField, h2, note, plain, primary, quiet, segment, small};
use chrono::{Datelike, NaiveDate, Weekday};
use eframe::egui::{Ui, vec2};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Years that are looked up; the first of the published data to some years ahead.
const SOUGHT: RangeInclusive<i32> = 2007..=2040;

/// The part of the page.
#[derive(Default)]
pub struct Years {
    known: Option<(Arc<Snapshot>, Vec<i32>)>,
    /// The year that is looked at.
    shown: Option<i32>,
    year: String,
    off: String,
    work: String,
}

impl Years {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        if !self.known.as_ref().is_some_and(|(of, _)| Arc::ptr_eq(of, &snapshot)) {
            let years = SOUGHT.filter(|&year| snapshot.calendar.knows(year)).collect();
            self.known = Some((Arc::clone(&snapshot), years));
        }
        let known = self.known.as_ref().map_or(&[][..], |(_, years)| years);
        let next = known.last().map_or(snapshot.today.year(), |year| year + 1);
        let shown = self.shown.unwrap_or_else(|| snapshot.today.year());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
            for &year in known {
                let own = snapshot.calendar.added.iter().any(|added| added.year == year);
                let words = if own { format!("{year} 自己录入") } else { year.to_string() };
                if segment(ui, &words, year == shown).clicked() {
                    self.shown = Some(year);
                }
            }
        });
        small(ui, "不在上面的年份没有放假安排，程序不推算，公示和期限会停下来说明。");
        ui.add_space(8.0);
        let typed = !(self.year.trim().is_empty() && self.off.trim().is_empty());
        if !typed && snapshot.calendar.knows(shown) {
            h2(ui, &format!("{shown} 年"), "红色放假，绿色是周末上班");
            let works = |day| snapshot.calendar.is_workday(day).unwrap_or(true);
            year_view::show(ui, shown, &works);
            if quiet(ui, &format!("改 {shown} 年的安排")).clicked() {
                self.change(shown, &snapshot.calendar);
            }
        }
        ui.add_space(14.0);
        h2(ui, "添加一年", "照国务院办公厅关于部分节假日安排的通知填写");
        form_row(ui, "年份", |ui| {
            let hint = next.to_string();
            TextField::new("放假年份").hint(&hint).width(96.0).show(ui, &mut self.year);
        });
        form_row(ui, "放假", |ui| {
            let hint = "放假的日子，例如 1.1-1.3，2.15-2.23，5.1-5.5；周末写进去也可以";
            TextField::new("放假的日子").hint(hint).rows(2).show(ui, &mut self.off);
        });
        form_row(ui, "上班", |ui| {
            let hint = "调休上班的周六、周日，例如 1.4，2.14，2.28";
            TextField::new("上班的周末").hint(hint).rows(2).show(ui, &mut self.work);
        });
        // The button stands above the days: a year of them is higher than the screen.
        self.ending(ui, next, cx);
        self.clicked_days(ui, next);
    }

    /// Puts a year's days into the form.
    fn change(&mut self, year: i32, calendar: &Calendar) {
        let days = NaiveDate::from_ymd_opt(year, 1, 1).into_iter().flat_map(|day| day.iter_days());
        let days: Vec<NaiveDate> = days.take_while(|day| day.year() == year).collect();
        let works = |day: &NaiveDate| calendar.is_workday(*day).unwrap_or(true);
        let off = days.iter().filter(|day| !is_weekend(day) && !works(day));
        let work = days.iter().filter(|day| is_weekend(day) && works(day));
        self.off = written(&off.copied().collect());
        self.work = written(&work.copied().collect());
        self.year = year.to_string();
    }

    /// The year that is being entered, day by day; a click on a day changes what it is.
    fn clicked_days(&mut self, ui: &mut Ui, next: i32) {
        let text = self.year.trim();
        let year = if text.is_empty() { Some(next) } else { text.parse().ok() };
        let Some(year) = year.filter(|year| SOUGHT.contains(year)) else { return };
        let (Ok(off), Ok(work)) = (days_of(&self.off, year), days_of(&self.work, year)) else {
            return;
        };
        let typed = !(text.is_empty() && self.off.trim().is_empty());
        if !typed {
            small(ui, "也可以在下面的年历上点：工作日点一下放假，周末点一下上班。");
        }
        ui.add_space(4.0);
        let works = |day: NaiveDate| match is_weekend(&day) {
            true => work.contains(&day),
            false => !off.contains(&day),
        };
        if let Some(day) = year_view::show(ui, year, &works) {
            let (mut off, mut work) = (off.clone(), work.clone());
            let set = if is_weekend(&day) { &mut work } else { &mut off };
            if !set.remove(&day) {
                set.insert(day);
            }
            off.retain(|day| !is_weekend(day));
            (self.off, self.work) = (written(&off), written(&work));
            self.year = year.to_string();
        }
        ui.add_space(6.0);
    }

    fn ending(&mut self, ui: &mut Ui, next: i32, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let typed = !(self.year.trim().is_empty() && self.off.trim().is_empty());
        let year = if self.year.trim().is_empty() { next.to_string() } else { self.year.clone() };
        let made = made_of(year.trim(), &self.off, &self.work);
        match &made {
            Ok(year) if typed => {
                let words = format!(
                    "周一到周五放假 {} 天，周末上班 {} 天",
                    year.off.len(),
                    year.work.len()
                );
                note(ui, words, t.ink2);
            }
            Err(why) if typed => {
                note(ui, why.clone(), t.seal);
            }
            _ => {}
        }
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            let button = ui.add_enabled_ui(typed && made.is_ok(), |ui| primary(ui, "记下这一年"));
            if let (true, Ok(year)) = (button.inner.clicked(), made) {
                cx.desk.work("保存放假安排", move |registry, _, _| {
                    office::save_calendar(registry, &year)
                });
                *self = Self::default();
            }
            if plain(ui, "从文件导入").on_hover_text("别人给的放假安排文件（toml）").clicked()
            {
                cx.dialogs.ask(Ask::Calendar, "");
            }
            if typed && quiet(ui, "清空").clicked() {
                *self = Self::default();
            }
        });
    }
}

/// The days off on weekdays and the weekend days worked, or what cannot be read.
fn made_of(year: &str, off: &str, work: &str) -> Result<CalendarYear, String> {
    let Ok(year) = year.parse::<i32>() else {
        return Err("年份请写四位数字".to_owned());
    };
    if !SOUGHT.contains(&year) {
        return Err(format!("年份请写 {} 到 {} 之间", SOUGHT.start(), SOUGHT.end()));
    }
    let work_days = days_of(work, year)?;
    if let Some(day) = work_days.iter().find(|day| !is_weekend(day)) {
        return Err(format!("{day} 本来就是工作日，“上班”一栏只写周六、周日"));
    }
    let mut off_days = days_of(off, year)?;
    if let Some(day) = off_days.intersection(&work_days).next() {
        return Err(format!("{day} 两栏里都有"));
    }
    off_days.retain(|day| !is_weekend(day));
    if off_days.is_empty() {
        return Err("请填写放假的日子".to_owned());
    }
    Ok(CalendarYear {
        year,
        off: off_days.into_iter().collect(),
        work: work_days.into_iter().collect(),
    })
}

fn is_weekend(day: &NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Days as they are typed: `1.1-1.3，5.1`.
fn written(days: &BTreeSet<NaiveDate>) -> String {
    let days: Vec<NaiveDate> = days.iter().copied().collect();
    let runs = days.chunk_by(|one, next| one.succ_opt() == Some(*next));
    let runs: Vec<String> = runs
        .map(|run| {
            let day = |day: NaiveDate| format!("{}.{}", day.month(), day.day());
            match run {
                [only] => day(*only),
                [first, .., last] => format!("{}-{}", day(*first), day(*last)),
                [] => String::new(),
            }
        })
        .collect();
    runs.join("，")
}

/// Reads `1.1-1.3，2.15 至 2.23；5月1日`.
fn days_of(text: &str, year: i32) -> Result<BTreeSet<NaiveDate>, String> {
    let mut days = BTreeSet::new();
    let parts = text.split(['，', ',', '；', ';', '、', '\n', ' ', '　']);
    for part in parts.map(str::trim).filter(|part| !part.is_empty()) {
        let ends: Vec<&str> = part.split(['-', '~', '～', '—', '–', '至', '到']).collect();
        let day = |text: &str| read(text, year).filter(|day| day.year() == year);
        let range = match ends[..] {
            [from, to] => day(from).zip(day(to)),
            _ => day(part).map(|day| (day, day)),
        };
        let Some((from, to)) = range.filter(|(from, to)| from <= to) else {
            return Err(format!("认不出“{part}”，请写成 1.1 或 1.1-1.3"));
        };
        days.extend(from.iter_days().take_while(|day| *day <= to));
    }
    Ok(days)
}
