//! 公示: who is to be posted, how the five working days are counted, runs open and closed.

use super::View;
use super::form_row;
use crate::ledger::{ApplicantResult, Publicity as Run, Stage};
use crate::notice::Calendar;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::shell;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{
    TextField, Tone, card_in, empty, h2, hairline, note, plain, primary, quiet, rows_of, segment,
    serif_quote, small, tag,
};
use crate::ui::words;
use chrono::{Datelike, Days, NaiveDate};
use eframe::egui::{Align2, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

/// The page.
#[derive(Default)]
pub struct Publicity {
    group: Option<String>,
    posted: Option<NaiveDate>,
    place: String,
    /// The run that is being closed: the day, and objections one a line.
    closing: Option<(String, Option<NaiveDate>, String)>,
}

impl View for Publicity {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let days = cx.snap.notice.publicity.workdays;
        shell::heading(ui, "公示", &format!("合格人员名单在本单位公示不少于 {days} 个工作日"));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let why = Action::PublicityPdf.disabled(&cx.standing);
        let button = ui.add_enabled_ui(why.is_none(), |ui| plain(ui, "打印公示名单")).inner;
        if button.on_disabled_hover_text(why.unwrap_or_default()).clicked() {
            cx.act(Action::PublicityPdf);
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let (left, right) = beside(room, 400.0);
        let [post, runs] = rows_of(left, [Some((left.height() * 0.56).max(330.0)), None]);
        let waiting: Vec<ApplicantResult> = cx
            .snap
            .campaign
            .applicants()
            .iter()
            .filter(|result| result.stage == Stage::Reviewed)
            .cloned()
            .collect();
        if self.group.is_none() {
            self.group = waiting
                .first()
                .map(|result| result.level_group.clone())
                .or_else(|| cx.snap.campaign.groups.first().map(|(group, _)| group.clone()));
        }
        let group = self.group.clone().unwrap_or_default();
        let here: Vec<&ApplicantResult> =
            waiting.iter().filter(|result| result.level_group == group).collect();
        card_in(ui, post, size::CARD, |ui| self.post(ui, &group, &here, cx));
        card_in(ui, runs, size::CARD, |ui| self.runs(ui, cx));
        card_in(ui, right, size::CARD, |ui| list(ui, &group, &here, cx));
    }
}

impl Publicity {
    fn post(&mut self, ui: &mut Ui, group: &str, here: &[&ApplicantResult], cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        h2(ui, "张贴公示", "");
        form_row(ui, "级别", |ui| {
            ui.horizontal(|ui| {
                for (name, _) in &cx.snap.campaign.groups {
                    if segment(ui, name, group == name).clicked() {
                        self.group = Some(name.clone());
                    }
                }
            });
        });
        form_row(ui, "张贴日期", |ui| {
            let mut posted = self.posted.or(Some(cx.snap.today));
            date_field(ui, "张贴日期", cx.snap.today.year(), &mut posted);
            self.posted = posted;
        });
        form_row(ui, "张贴地点", |ui| {
            TextField::new("张贴地点").hint("例如 门诊楼一楼公示栏").show(ui, &mut self.place);
        });
        let rule = &cx.snap.notice.publicity;
        let posted = self.posted.unwrap_or(cx.snap.today);
        ui.add_space(4.0);
        match cx.snap.calendar.publicity(posted, rule.workdays) {
            Ok(dates) => {
                days(ui, &cx.snap.calendar, posted, dates.close_strict, rule.count_posting_day);
                ui.horizontal_wrapped(|ui| {
                    ui.label(
                        RichText::new(format!("{}满", words::long_day(dates.close_strict)))
                            .font(theme::bold(size::TEXT)),
                    );
                    small(
                        ui,
                        format!(
                            "张贴当天不算，满 {} 个工作日。若连张贴当天算，{}满。",
                            rule.workdays,
                            words::long_day(dates.close_inclusive)
                        ),
                    );
                });
                if let Ok(plan) = &cx.snap.plan
                    && dates.close_strict >= plan.to_department
                {
                    note(
                        ui,
                        format!(
                            "期满时已过送主管部门复审的日子（{}）",
                            words::long_day(plan.to_department)
                        ),
                        t.wait,
                    );
                }
            }
            Err(failure) => {
                note(ui, failure.to_string(), t.seal);
            }
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            let words = format!("公示 {group} {} 人", here.len());
            let button = ui.add_enabled_ui(!here.is_empty(), |ui| primary(ui, &words)).inner;
            if button.on_disabled_hover_text("没有初审合格、还未公示的人").clicked() {
                let (year, group) = (cx.snap.campaign.year, group.to_owned());
                let place = self.place.trim().to_owned();
                cx.desk.work("张贴公示", move |registry, today, _| {
                    chores::post(registry, year, &group, posted, &place, today)
                });
            }
        });
    }

    fn runs(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        h2(ui, "公示批次", "");
        let runs = std::sync::Arc::clone(&cx.snap.publicity);
        if runs.is_empty() {
            small(ui, "还没有公示过。张贴后，这里记下起止日期、异议和结果。");
            return;
        }
        ScrollArea::vertical().id_salt("runs").show(ui, |ui| {
            for (nr, run) in runs.iter().rev().enumerate() {
                if nr > 0 {
                    hairline(ui);
                }
                ui.add_space(6.0);
                self.run(ui, run, cx);
                ui.add_space(6.0);
            }
        });
    }

    fn run(&mut self, ui: &mut Ui, run: &Run, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        ui.horizontal_wrapped(|ui| {
            match run.closed {
                Some(_) => tag(ui, Tone::Ok, "期满"),
                None if run.close_strict < cx.snap.today => tag(ui, Tone::Wait, "可结束"),
                None => tag(ui, Tone::Info, "公示中"),
            };
            ui.label(
                RichText::new(format!("{} {} 人", run.level_group, run.members.len()))
                    .font(theme::bold(size::TEXT)),
            );
            let place =
                if run.place.is_empty() { String::new() } else { format!("，{}", run.place) };
            let end = match run.closed {
                Some(day) => format!("{} 结束", words::short_day(day)),
                None => format!("{} 满", words::short_day(run.close_strict)),
            };
            small(ui, format!("{} 张贴{place}，{end}", words::short_day(run.posted)));
        });
        for objection in &run.objections {
            note(ui, format!("异议：{objection}"), t.seal);
        }
        if run.closed.is_some() {
            return;
        }
        let closing = self.closing.as_ref().is_some_and(|(group, ..)| *group == run.level_group);
        if !closing {
            let ready = cx.snap.today >= run.close_strict;
            let button = ui.add_enabled_ui(ready, |ui| plain(ui, "结束公示")).inner;
            let why = format!("{}这一天过完才满", words::long_day(run.close_strict));
            if button.on_disabled_hover_text(why).clicked() {
                let day = run.close_strict.max(cx.snap.today.min(run.close_strict));
                self.closing = Some((run.level_group.clone(), Some(day), String::new()));
            }
            return;
        }
        let mut done = false;
        if let Some((group, day, objections)) = &mut self.closing {
            form_row(ui, "结束日期", |ui| {
                date_field(ui, "结束日期", cx.snap.today.year(), day);
            });
            form_row(ui, "异议", |ui| {
                TextField::new("异议").hint("没有就空着；每行一条").rows(2).show(ui, objections);
            });
            ui.horizontal(|ui| {
                ui.add_space(104.0);
                if let (true, Some(day)) = (primary(ui, "公示期满，结束").clicked(), *day) {
                    let (year, group) = (cx.snap.campaign.year, group.clone());
                    let lines: Vec<String> = objections
                        .lines()
                        .map(|line| line.trim().to_owned())
                        .filter(|line| !line.is_empty())
                        .collect();
                    cx.desk.work("结束公示", move |registry, today, _| {
                        chores::close_run(registry, year, &group, day, &lines, today)
                    });
                    done = true;
                }
                done |= quiet(ui, "取消").clicked();
            });
        }
        if done {
            self.closing = None;
        }
    }
}

/// The days from posting to close, working days numbered as they are counted.
fn days(ui: &mut Ui, calendar: &Calendar, posted: NaiveDate, close: NaiveDate, inclusive: bool) {
    let t = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        let mut day = posted;
        let mut counted = 0;
        while day <= close && (day - posted).num_days() < 40 {
            let works = calendar.is_workday(day).unwrap_or(false);
            let counts = works && (inclusive || day > posted);
            counted += u32::from(counts);
            let (rect, response) = ui.allocate_exact_size(vec2(48.0, 44.0), Sense::hover());
            let (fill, ink) = if counts { (t.ok_wash, t.ok) } else { (t.sunken, t.ink3) };
            let edge = if day == close { Stroke::new(1.5, t.ok) } else { Stroke::NONE };
            ui.painter().rect(rect, 4.0, fill, edge, StrokeKind::Inside);
            let at = rect.center() - vec2(0.0, 9.0);
            let date = words::short_day(day);
            ui.painter().text(at, Align2::CENTER_CENTER, date, theme::text(12.0), ink);
            let word = match (day == posted && !inclusive, counts) {
                (true, _) => "张贴".to_owned(),
                (_, true) => format!("第 {counted} 天"),
                (_, false) => "休".to_owned(),
            };
            let at = rect.center() + vec2(0.0, 9.0);
            ui.painter().text(at, Align2::CENTER_CENTER, word, theme::text(11.0), ink);
            response.on_hover_text(words::long_day(day));
            day = day.checked_add_days(Days::new(1)).unwrap_or(close);
        }
    });
    ui.add_space(4.0);
}

fn list(ui: &mut Ui, group: &str, here: &[&ApplicantResult], cx: &Cx<'_>) {
    let t = Tokens::of(ui);
    h2(ui, &format!("待公示的{group}人员"), &format!("{} 人", here.len()));
    if here.is_empty() {
        let how = "单位初审合格的人会列在这里。先到申报页办初审。";
        empty(ui, "没有待公示的人", how, |_| {});
        return;
    }
    ScrollArea::vertical().id_salt("members").show(ui, |ui| {
        for (nr, result) in here.iter().enumerate() {
            if nr > 0 {
                hairline(ui);
            }
            ui.horizontal(|ui| {
                ui.set_min_height(34.0);
                ui.label(RichText::new(format!("{}", nr + 1)).color(t.ink3));
                ui.label(RichText::new(&result.person.name).font(theme::bold(size::TEXT)));
                let a = &result.applicant;
                small(ui, words::joined(&[&result.person.section, &a.level, &a.speciality]));
            });
        }
        ui.add_space(12.0);
        let clause = &cx.snap.notice.publicity.clause;
        serif_quote(ui, &clause.quote);
        small(ui, clause.place.clone());
    });
}
