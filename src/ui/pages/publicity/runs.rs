//! The runs that were opened: where each stands, its list to print, what was objected and how it was
//! settled, what proves it, and its end. What is being typed for one stands in `runs/filling`.

mod filling;

pub use filling::Filling;

use super::Publicity;
use crate::ledger::{Publicity as Run, RunFileKind};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::dialog::{Ask, Paper};
use crate::ui::pages::Page;
use crate::ui::papers::{Whose, look};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Tone, cross, h2, hairline, link, note, plain, quiet, small, tag};
use crate::ui::words;
use chrono::NaiveDate;
use eframe::egui::{RichText, ScrollArea, Ui};
use std::sync::Arc;

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
        self.heard(ui, run, cx);
        proofs(ui, run, cx);
        ui.add_space(2.0);
        ui.horizontal_wrapped(|ui| {
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
            }
            let object = quiet(ui, "记录异议").accessible_name(format!("记录异议 {name}"));
            if object.clicked() {
                self.begin(Filling::Objection(run.id, None, String::new()));
            }
            if run.closed.is_some() {
                return;
            }
            let ready = cx.snap.today >= last;
            let end = ui.add_enabled_ui(ready, |ui| plain(ui, "结束公示")).inner;
            let end = end.accessible_name(format!("结束公示 {name}"));
            let why = format!("{}这一天过完才满 {} 个工作日", words::long_day(last), run.days);
            if end.on_disabled_hover_text(&why).clicked() {
                self.begin(Filling::End(run.id, Some(cx.snap.today)));
            }
            if !ready {
                small(ui, format!("要等{why}"));
            }
        });
        if self.filling.as_ref().is_some_and(|filling| filling.of() == run.id) {
            let form = ui.scope(|ui| self.fill(ui, run, last, cx)).response;
            if std::mem::take(&mut self.reveal) {
                form.scroll_to_me(Some(eframe::egui::Align::BOTTOM));
            }
        }
    }

    /// Begins to fill something in for a run, in view.
    pub(super) fn begin(&mut self, filling: Filling) {
        self.filling = Some(filling);
        self.reveal = true;
    }

    /// What was objected and how it was settled; who was found 不合格.
    fn heard(&mut self, ui: &mut Ui, run: &Run, cx: &Cx<'_>) {
        let t = Tokens::of(ui);
        for (nr, objection) in run.objections.iter().enumerate() {
            let about = objection.about.and_then(|id| cx.snap.person(id));
            let about = about.map_or_else(String::new, |line| format!("（{}）", line.row.name));
            let Some(settled) = &objection.settled else {
                ui.horizontal_wrapped(|ui| {
                    note(ui, format!("异议{about}：{}", objection.text), t.seal);
                    let words = "记下处理结果";
                    let name = format!("{words} {} {}", name_of(run), nr + 1);
                    if link(ui, words).accessible_name(name).clicked() {
                        self.begin(Filling::Settle(run.id, nr, String::new()));
                    }
                });
                continue;
            };
            note(ui, format!("异议{about}：{}", objection.text), t.ink2);
            let by = format!("处理：{}（{}，{}）", settled.reason, settled.by, settled.at);
            small(ui, by);
        }
        for (person, why) in &run.failed {
            let name = cx.snap.person(*person).map_or("", |line| line.row.name.as_str());
            note(ui, format!("公示后不合格：{name}，{why}"), t.seal);
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

/// The photo of the posting and the sealed statement, kept with the run.
fn proofs(ui: &mut Ui, run: &Run, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    ui.horizontal_wrapped(|ui| {
        for kind in RunFileKind::ALL {
            let files: Vec<_> = run.files.iter().filter(|file| file.kind == kind).collect();
            if files.is_empty() && kind == RunFileKind::Result && run.closed.is_none() {
                continue;
            }
            small_mark(ui, kind.name(), !files.is_empty());
            for file in files {
                note(ui, file.evidence.name.clone(), t.ink2);
                if cross(ui, &format!("移除{}", file.evidence.name)).clicked() {
                    let (id, file) = (run.id, file.clone());
                    cx.desk.work("移除材料", move |registry, _, _| {
                        chores::detach_from_run(registry, id, &file)
                    });
                }
            }
            let words = "放入…";
            let name = format!("放入{} {}", kind.name(), name_of(run));
            if link(ui, words).accessible_name(name).clicked() {
                cx.dialogs.ask(Ask::RunFile { run: run.id, kind }, "");
            }
            ui.add_space(8.0);
        }
    });
}

fn small_mark(ui: &mut Ui, words: &str, there: bool) {
    let t = Tokens::of(ui);
    note(ui, words, if there { t.ok } else { t.ink3 });
}
