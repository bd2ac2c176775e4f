//! The runs that were opened: where each stands, its list to print, objections, and its end.

use super::Publicity;
use crate::ledger::{Publicity as Run, PublicityId};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::dialog::Paper;
use crate::ui::office;
use crate::ui::pages::{Page, form_row};
use crate::ui::papers::{Whose, look};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{
    TextField, Tone, h2, hairline, link, note, plain, primary, quiet, small, tag,
};
use crate::ui::words;
use chrono::{Datelike, NaiveDate};
use eframe::egui::{RichText, ScrollArea, Ui};
use std::sync::Arc;

/// What is being filled in for a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    Objection(PublicityId, String),
    End(PublicityId, Option<NaiveDate>),
}

impl Filling {
    fn of(&self) -> PublicityId {
        match self {
            Self::Objection(id, _) | Self::End(id, _) => *id,
        }
    }
}

/// `8-17 高级`, by which a run's controls are told apart.
pub fn name_of(run: &Run) -> String {
    format!("{} {}", words::short_day(run.posted), run.level_group)
}

impl Publicity {
    pub(super) fn runs(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let runs = Arc::clone(&cx.snap.publicity);
        let note = if runs.is_empty() { "" } else { "新的在前；后加的人另行公示" };
        h2(ui, "公示批次", note);
        if runs.is_empty() {
            small(ui, "还没有公示过。张贴后，这里记下起止日期、异议和结果，可以打印公示名单。");
            return;
        }
        ScrollArea::vertical().id_salt("runs").auto_shrink(false).show(ui, |ui| {
            for (nr, run) in runs.iter().rev().enumerate() {
                if nr > 0 {
                    hairline(ui);
                }
                ui.add_space(6.0);
                ui.push_id(run.id, |ui| self.run(ui, run, cx));
                ui.add_space(6.0);
            }
        });
    }

    fn run(&mut self, ui: &mut Ui, run: &Run, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let name = name_of(run);
        let last = run.last_day(&cx.snap.notice.publicity);
        ui.horizontal(|ui| {
            match run.closed {
                Some(_) => tag(ui, Tone::Ok, "已期满"),
                None if cx.snap.today >= last => tag(ui, Tone::Wait, "可以结束"),
                None => tag(ui, Tone::Info, "公示中"),
            };
            let words = format!("{} {} 人", run.level_group, run.members.len());
            ui.label(RichText::new(words).font(theme::bold(size::TEXT)));
            let end = match run.closed {
                Some(day) => format!("{} 结束", words::short_day(day)),
                None => format!("{} 下班后期满", words::long_day(last)),
            };
            let posted = format!("{} 张贴", words::short_day(run.posted));
            small(ui, words::joined(&[&posted, &run.place, &end]));
        });
        for objection in &run.objections {
            note(ui, format!("异议：{objection}"), t.seal);
        }
        ui.add_space(2.0);
        ui.horizontal(|ui| {
            ui.set_min_height(size::CONTROL);
            let shown = self.shown == Some(run.id);
            let words = if shown { "收起" } else { "看名单和日历" };
            if link(ui, words).accessible_name(format!("{words} {name}")).clicked() {
                self.shown = if shown { None } else { Some(run.id) };
            }
            let print = plain(ui, "打印公示名单").accessible_name(format!("打印公示名单 {name}"));
            let whose =
                Whose { person: None, group: Some(run.level_group.clone()), run: Some(run.id) };
            if print.on_hover_text("不含身份证号，可直接张贴").clicked() {
                look(cx.desk, Paper::Publicity, whose.clone(), Page::Publicity);
            }
            if run.closed.is_some() {
                let result = plain(ui, "打印公示结果说明");
                let result = result.accessible_name(format!("打印公示结果说明 {name}"));
                if result.on_hover_text(Action::PublicityResult.tip()).clicked() {
                    look(cx.desk, Paper::PublicityResult, whose, Page::Publicity);
                }
                return;
            }
            let object = quiet(ui, "记录异议").accessible_name(format!("记录异议 {name}"));
            if object.clicked() {
                self.filling = Some(Filling::Objection(run.id, String::new()));
            }
            let ready = cx.snap.today >= last;
            let end = ui.add_enabled_ui(ready, |ui| plain(ui, "结束公示")).inner;
            let end = end.accessible_name(format!("结束公示 {name}"));
            let why = format!("{}这一天过完才满 {} 个工作日", words::long_day(last), run.days);
            if end.on_disabled_hover_text(&why).clicked() {
                self.filling = Some(Filling::End(run.id, Some(cx.snap.today)));
            }
            if !ready {
                small(ui, format!("要等{why}"));
            }
        });
        if self.filling.as_ref().is_some_and(|filling| filling.of() == run.id) {
            self.fill(ui, run, last, cx);
        }
    }

    fn fill(&mut self, ui: &mut Ui, run: &Run, last: NaiveDate, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let id = run.id;
        let mut done = false;
        ui.add_space(6.0);
        match &mut self.filling {
            Some(Filling::Objection(_, text)) => {
                form_row(ui, "异议", |ui| {
                    let hint = "谁、对谁、什么事；核查结果也可以写在这里";
                    TextField::new("异议").hint(hint).rows(2).show(ui, text);
                });
                ui.horizontal(|ui| {
                    ui.add_space(104.0);
                    let written = !text.trim().is_empty();
                    let button = ui.add_enabled_ui(written, |ui| primary(ui, "记下异议")).inner;
                    if button.on_disabled_hover_text("请先写下异议").clicked() {
                        let text = text.clone();
                        cx.desk.work("记录公示异议", move |registry, _, _| {
                            office::object(registry, id, &text)
                        });
                        done = true;
                    }
                    done |= quiet(ui, "取消").clicked();
                });
            }
            Some(Filling::End(_, day)) => {
                form_row(ui, "结束日期", |ui| {
                    date_field(ui, "结束日期", cx.snap.today.year(), day);
                });
                let why = match *day {
                    None => Some("请填写结束日期".to_owned()),
                    Some(day) if day < last => {
                        Some(format!("要到 {} 才满 {} 个工作日", words::long_day(last), run.days))
                    }
                    Some(day) if day > cx.snap.today => Some("这一天还没有到".to_owned()),
                    Some(_) => None,
                };
                if let Some(why) = &why {
                    note(ui, why.clone(), t.seal);
                }
                if run.objections.is_empty() {
                    small(ui, "没有记录异议。有异议的，请先点“记录异议”。");
                }
                ui.horizontal(|ui| {
                    ui.add_space(104.0);
                    let ready = why.is_none();
                    let button = ui.add_enabled_ui(ready, |ui| primary(ui, "公示期满，结束")).inner;
                    if let (true, Some(day)) = (button.clicked(), *day) {
                        cx.desk.work("结束公示", move |registry, today, _| {
                            office::end_run(registry, id, day, today)
                        });
                        done = true;
                    }
                    done |= quiet(ui, "取消").clicked();
                });
            }
            None => {}
        }
        if done {
            self.filling = None;
        }
    }

    /// Opens a run for the group that is shown.
    pub(super) fn open_run(&self, group: &str, posted: NaiveDate, cx: &mut Cx<'_>) {
        let (year, group) = (cx.snap.campaign.year, group.to_owned());
        let place = self.place.trim().to_owned();
        cx.desk.work("张贴公示", move |registry, today, _| {
            chores::post(registry, year, &group, posted, &place, today)
        });
    }
}
