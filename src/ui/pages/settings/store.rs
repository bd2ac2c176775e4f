//! Where the data lies: the registry's folder, its examination, its calendar years.

use crate::registry::{Problem, Tidied};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::pages::Go;
use crate::ui::places;
use crate::ui::reveal;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Tone, h2, link, note, plain, quiet, small, tag};
use crate::ui::words;
use eframe::egui::Ui;
use std::path::PathBuf;

/// The part of the page.
#[derive(Default)]
pub struct Store {
    problems: Option<Vec<Problem>>,
    tidied: Option<Tidied>,
    /// The registry that was examined.
    of: Option<PathBuf>,
}

impl Store {
    pub fn examined(&mut self, problems: Vec<Problem>, tidied: Option<Tidied>) {
        self.problems = Some(problems);
        self.tidied = tidied;
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.of.as_ref().is_some_and(|of| *of != cx.snap.dir) {
            self.problems = None;
            self.tidied = None;
        }
        self.of = Some(cx.snap.dir.clone());
        folder(ui, cx);
        ui.add_space(16.0);
        self.examination(ui, cx);
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
        if let Some(tidied) = self.tidied {
            let (files, bytes) = (tidied.files, words::bytes(tidied.bytes));
            small(ui, format!("已清理 {files} 个用不到的文件，{bytes}"));
        }
        for problem in self.problems.iter().flatten() {
            ui.add_space(6.0);
            let t = Tokens::of(ui);
            note(ui, problem.message.clone(), t.seal);
            small(ui, problem.fix.clone());
        }
        if self.problems.iter().flatten().any(Problem::tidies) {
            ui.add_space(6.0);
            let what = "只删除没有任何记录、撤销和备份用到的文件，以及写到一半留下的文件";
            if plain(ui, "清理").on_hover_text(what).clicked() {
                cx.desk.work("清理登记库", |registry, _, _| chores::tidy(registry));
            }
        }
    }
}

fn folder(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    h2(ui, "登记库", "所有内容都在这个文件夹里");
    note(ui, cx.snap.dir.display().to_string(), t.ink);
    small(
        ui,
        "换电脑或换盘：关闭程序，把整个文件夹拷过去，再用“打开登记库”打开。不要只拷其中的数据库文件。",
    );
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
