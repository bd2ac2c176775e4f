//! Where the data lies: the registry's folder, its backups, its examination.

use crate::registry::Problem;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::desk::BackupFile;
use crate::ui::dialog::Ask;
use crate::ui::pages::Go;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Tone, h2, hairline, link, note, plain, primary, quiet, small, tag};
use crate::ui::{office, places, reveal, words};
use eframe::egui::{Align, Layout, RichText, Ui};
use std::path::PathBuf;

/// Backups that are listed one by one.
const TOLD: usize = 40;

/// The part of the page.
#[derive(Default)]
pub struct Store {
    problems: Option<Vec<Problem>>,
    backups: Option<Vec<BackupFile>>,
    /// The registry whose backups were asked for.
    asked: Option<PathBuf>,
}

impl Store {
    pub fn examined(&mut self, problems: Vec<Problem>) {
        self.problems = Some(problems);
    }

    pub fn listed(&mut self, all: Vec<BackupFile>) {
        self.backups = Some(all);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.asked.as_ref() != Some(&cx.snap.dir) {
            self.asked = Some(cx.snap.dir.clone());
            self.backups = None;
            self.problems = None;
            cx.desk.work("列出备份", |registry, _, _| office::backups(registry));
        }
        folder(ui, cx);
        ui.add_space(16.0);
        self.examination(ui, cx);
        ui.add_space(16.0);
        self.copies(ui, cx);
        ui.add_space(16.0);
        h2(ui, "放假安排", "公示和期限按它数工作日");
        if link(ui, "看有哪些年份，添加一年 ›").clicked() {
            cx.go(Go::Calendar);
        }
    }

    fn examination(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        h2(ui, "体检", "数据库、证明材料、备份、磁盘空间");
        ui.horizontal(|ui| {
            let doctor = Action::Doctor;
            if plain(ui, doctor.name()).on_hover_text(doctor.tip()).clicked() {
                cx.act(doctor);
            }
            match self.problems.as_deref() {
                None => {
                    small(ui, "每月查一次；换电脑、拷贝以后也查一次");
                }
                Some([]) => {
                    tag(ui, Tone::Ok, "完好");
                    small(ui, "数据库和证明材料都核对过");
                }
                Some(problems) => {
                    tag(ui, Tone::Bad, &format!("{} 处要处理", problems.len()));
                }
            }
        });
        for problem in self.problems.iter().flatten() {
            ui.add_space(6.0);
            let t = Tokens::of(ui);
            note(ui, problem.message.clone(), t.seal);
            small(ui, problem.fix.clone());
        }
    }

    fn copies(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        h2(ui, "备份", "写好后自动核对");
        ui.horizontal(|ui| {
            if primary(ui, "现在备份").on_hover_text(Action::Backup.tip()).clicked() {
                cx.act(Action::Backup);
            }
            let elsewhere = plain(ui, "备份到别处").on_hover_text("例如 U 盘、移动硬盘");
            if elsewhere.clicked() {
                let name = format!("{} 备份 {}.sqlite3", cx.snap.unit.name, cx.snap.today);
                cx.dialogs.ask(Ask::BackupTo, &name);
            }
        });
        small(ui, "备份里是数据库；证明材料在 evidence 文件夹，整个登记库文件夹也请定期拷到别处。");
        ui.add_space(6.0);
        match self.backups.as_deref() {
            None => {
                small(ui, "正在列出");
            }
            Some([]) => {
                small(ui, "还没有备份。点“现在备份”做第一份。");
            }
            Some(all) => {
                for (nr, backup) in all.iter().take(TOLD).enumerate() {
                    if nr > 0 {
                        hairline(ui);
                    }
                    ui.horizontal(|ui| {
                        ui.set_min_height(28.0);
                        let made = backup.made.format("%Y-%m-%d %H:%M").to_string();
                        ui.label(RichText::new(made).color(t.ink)).on_hover_text(&backup.name);
                        small(ui, kind(&backup.name));
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            ui.add_space(12.0);
                            let size = words::bytes(backup.bytes);
                            ui.label(RichText::new(size).small().color(t.ink3));
                        });
                    });
                }
                if let Some(more) = all.len().checked_sub(TOLD).filter(|more| *more > 0) {
                    small(ui, format!("还有更早的 {more} 份，在 backups 文件夹里"));
                }
            }
        }
    }
}

/// What a backup's name says of why it was made.
fn kind(name: &str) -> &str {
    let stem = name.trim_end_matches(".sqlite3");
    match stem.rsplit_once('-') {
        Some((_, word)) if word.chars().any(|c| !c.is_ascii_digit()) => word,
        _ => "",
    }
}

fn folder(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    h2(ui, "登记库", "所有内容都在这个文件夹里");
    note(ui, cx.snap.dir.display().to_string(), t.ink);
    let people = cx.snap.people.len();
    small(ui, format!("{people} 人，{} 条学习记录", cx.snap.records));
    if let Some(cloud) = places::cloud(&cx.snap.dir) {
        let told = format!(
            "{cloud} 会把它传到网上，同步时还可能弄坏数据：请关掉程序，把整个文件夹搬到别处再打开"
        );
        note(ui, told, t.seal);
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        if plain(ui, "打开文件夹").clicked() {
            reveal::folder(&cx.snap.dir);
        }
        for action in [Action::OpenRegistry, Action::NewRegistry] {
            if quiet(ui, action.name()).on_hover_text(action.tip()).clicked() {
                cx.act(action);
            }
        }
    });
}
