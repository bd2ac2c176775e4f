//! What a workbook would bring, before anything is written; every bad cell; then the import itself.

use super::{Go, Page, View};
use crate::intake::{BadCell, ImportReport};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::Desk;
use crate::ui::shell;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::table::{self, Col, Rows, TableState};
use crate::ui::widgets::{Tone, card_in, empty, h2, note, plain, primary, quiet, small, tag};
use eframe::egui::{Rect, RichText, ScrollArea, Ui};
use std::path::{Path, PathBuf};

/// The page.
#[derive(Default)]
pub struct Import {
    found: Option<(PathBuf, ImportReport, bool)>,
    table: TableState,
}

/// Reads a workbook without writing.
pub fn look_at(desk: &mut Desk, file: &Path) {
    start(desk, file.to_path_buf(), true, false);
}

fn start(desk: &mut Desk, file: PathBuf, dry_run: bool, skip_bad_rows: bool) {
    let name = if dry_run { "读 Excel" } else { "从 Excel 导入" };
    desk.work(name, move |registry, today, progress| {
        chores::import(registry, &file, dry_run, skip_bad_rows, today, progress)
    });
}

impl Import {
    pub fn take(&mut self, file: PathBuf, report: ImportReport, dry_run: bool) {
        self.table = TableState::default();
        self.found = Some((file, report, dry_run));
    }
}

/// `人员 300，学习记录 14,400`
pub fn counts(counts: &std::collections::BTreeMap<String, u32>) -> Vec<(String, u32)> {
    let name = |key: &str| {
        match key {
            "people" => "人员",
            "records" => "学习记录",
            "deemed" => "视同",
            "slips" => "认定单",
            "applicants" => "参评人员",
            "evidence" => "证明材料",
            other => other,
        }
        .to_owned()
    };
    counts.iter().filter(|(_, n)| **n > 0).map(|(key, n)| (name(key), *n)).collect()
}

struct Errors<'a>(&'a [BadCell]);

impl Rows for Errors<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn name(&self, row: usize) -> String {
        let cell = &self.0[row];
        format!("{} 第 {} 行 {}", cell.sheet, cell.row, cell.column)
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize) {
        let t = Tokens::of(ui);
        let cell = &self.0[row];
        match col {
            0 => table::words(ui, &cell.sheet, t.ink),
            1 => table::words(ui, &cell.row.to_string(), t.ink),
            2 => table::words(ui, &cell.column, t.ink),
            3 => table::words(ui, &cell.value, t.ink2),
            _ => table::words(ui, &cell.message, t.seal),
        }
    }
}

impl View for Import {
    fn title(&mut self, ui: &mut Ui, _cx: &mut Cx<'_>) {
        let file = self.found.as_ref().and_then(|(file, ..)| file.file_name());
        let name = file.unwrap_or_default().to_string_lossy();
        shell::heading(ui, "从 Excel 导入", &name);
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if plain(ui, "换一个文件").clicked() {
            cx.act(Action::Import);
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let Some((file, report, dry_run)) = &self.found else {
            card_in(ui, room, 0.0, |ui| {
                let how =
                    "选一个填好的导入表（xlsx 或 csv）。先看会导入什么、哪里不对，再决定导入。";
                empty(ui, "还没有选文件", how, |ui| {
                    if plain(ui, "选择文件").clicked() {
                        cx.act(Action::Import);
                    }
                });
            });
            return;
        };
        let (left, right) = beside(room, 320.0);
        let mut go = None;
        card_in(ui, right, size::CARD, |ui| {
            ScrollArea::vertical().show(ui, |ui| {
                go = summary(ui, report, *dry_run, cx);
            });
        });
        let table = &mut self.table;
        card_in(ui, left, 0.0, |ui| {
            if report.errors.is_empty() {
                let (title, how) = if *dry_run {
                    ("每一格都读懂了", "右边是会写入的内容。导入是一步，不合适可以撤销。")
                } else {
                    ("已导入", "写入的内容在右边。这一步可以撤销。")
                };
                empty(ui, title, how, |_| {});
                return;
            }
            let cols = [
                Col::new("工作表", 90.0),
                Col::new("行", 48.0),
                Col::new("列", 96.0),
                Col::new("填的是", 120.0).grow(),
                Col::new("为什么不行", 220.0).grow(),
            ];
            table::table(ui, "有问题的格子", &cols, table, &mut Errors(&report.errors));
        });
        match go {
            Some(Choice::Import { skip }) => start(cx.desk, file.clone(), false, skip),
            Some(Choice::Again) => look_at(cx.desk, file),
            Some(Choice::People) => cx.go(Go::Page(Page::People)),
            None => {}
        }
    }
}

enum Choice {
    Import { skip: bool },
    Again,
    People,
}

fn summary(ui: &mut Ui, report: &ImportReport, dry_run: bool, cx: &Cx<'_>) -> Option<Choice> {
    let t = Tokens::of(ui);
    let mut choice = None;
    h2(ui, if dry_run { "会写入" } else { "已写入" }, "");
    let (added, updated) = (counts(&report.added), counts(&report.updated));
    for (tone, word, lines) in [(Tone::Ok, "新增", &added), (Tone::Info, "修改", &updated)] {
        for (name, number) in lines {
            ui.horizontal(|ui| {
                tag(ui, tone, word);
                ui.label(RichText::new(format!("{name} {number}")).color(t.ink));
            });
        }
    }
    if added.is_empty() && updated.is_empty() {
        small(ui, "没有新的内容，登记库里已经都有了。");
    }
    if report.unchanged > 0 {
        small(ui, format!("{} 行与登记库里的一样，不动", report.unchanged));
    }
    for line in &report.notes {
        ui.add_space(4.0);
        small(ui, line.clone());
    }
    ui.add_space(12.0);
    let nothing = added.is_empty() && updated.is_empty();
    if !dry_run {
        if primary(ui, "去看人员").clicked() {
            choice = Some(Choice::People);
        }
    } else if report.errors.is_empty() {
        if !nothing && primary(ui, "导入").clicked() {
            choice = Some(Choice::Import { skip: false });
        }
    } else {
        let words =
            format!("{} 个格子读不懂。改好再读，或跳过这些行先导入其余的。", report.errors.len());
        note(ui, words, t.seal);
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if plain(ui, "改好了，再读一遍").clicked() {
                choice = Some(Choice::Again);
            }
            if !nothing && quiet(ui, "跳过这些行导入").clicked() {
                choice = Some(Choice::Import { skip: true });
            }
        });
    }
    if cx.desk.waiting() {
        small(ui, "正在读写");
    }
    choice
}
