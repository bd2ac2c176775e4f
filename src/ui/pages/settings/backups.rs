//! Backups: of the database alone, and of everything; each can be checked, and restored after a warning.

use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::desk::BackupFile;
use crate::ui::dialog::Ask;
use crate::ui::theme::Tokens;
use crate::ui::widgets::modal::modal;
use crate::ui::widgets::{h2, hairline, link, note, plain, primary, small, strong};
use crate::ui::{office, words};
use eframe::egui::{Align, Layout, RichText, Ui};
use std::collections::HashMap;
use std::path::PathBuf;

/// Backups that are listed one by one.
const TOLD: usize = 40;

/// The part of the page.
#[derive(Default)]
pub struct Backups {
    all: Option<Vec<BackupFile>>,
    /// The registry whose backups were asked for.
    asked: Option<PathBuf>,
    /// What checking gave, by name.
    checked: HashMap<String, Result<String, String>>,
    /// Waits for a yes to restore from this.
    restoring: Option<PathBuf>,
}

impl Backups {
    pub fn listed(&mut self, all: Vec<BackupFile>) {
        self.all = Some(all);
    }

    pub fn checked(&mut self, name: String, told: Result<String, String>) {
        self.checked.insert(name, told);
    }

    pub fn ask(&mut self, file: PathBuf) {
        self.restoring = Some(file);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.asked.as_ref() != Some(&cx.snap.dir) {
            *self = Self { asked: Some(cx.snap.dir.clone()), ..Self::default() };
            cx.desk.work("列出备份", |registry, _, _| office::backups(registry));
        }
        h2(ui, "备份", "写好后自动核对");
        let unit = &cx.snap.unit.name;
        ui.horizontal_wrapped(|ui| {
            if primary(ui, "现在备份").on_hover_text(Action::Backup.tip()).clicked() {
                cx.act(Action::Backup);
            }
            let elsewhere = plain(ui, "备份到别处").on_hover_text("例如 U 盘、移动硬盘");
            if elsewhere.clicked() {
                let name = format!("{unit} 备份 {}.sqlite3", cx.snap.today);
                cx.dialogs.ask(Ask::BackupTo, &name);
            }
        });
        small(
            ui,
            "这里备份的是数据库：人员、记录、审核和申报。扫描件不在里面，要一起备份，用下面的完整备份。",
        );
        ui.add_space(12.0);
        strong(ui, "完整备份");
        small(ui, "数据库、全部证明材料、通知和模板一起。每年报送以后做一份，放到移动硬盘上。");
        ui.horizontal_wrapped(|ui| {
            if plain(ui, "写成一个文件夹").on_hover_text("这个文件夹本身就能打开").clicked()
            {
                cx.dialogs.ask(Ask::BackupWholeInto, "");
            }
            if plain(ui, "写成一个 zip").clicked() {
                let name = format!("{unit} 完整备份 {}.zip", cx.snap.today);
                cx.dialogs.ask(Ask::BackupWholeZip, &name);
            }
        });
        ui.add_space(16.0);
        h2(ui, "恢复", "换回以前的内容");
        if plain(ui, "从别处的备份恢复")
            .on_hover_text("备份文件（sqlite3）或完整备份（zip）")
            .clicked()
        {
            cx.dialogs.ask(Ask::RestoreFrom, "");
        }
        ui.add_space(6.0);
        self.list(ui, cx);
        self.confirm(ui, cx);
    }

    fn list(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let Some(all) = &self.all else {
            small(ui, "正在列出");
            return;
        };
        if all.is_empty() {
            small(ui, "还没有备份。点“现在备份”做第一份。");
        }
        let folder = cx.snap.dir.join("backups");
        for (nr, backup) in all.iter().take(TOLD).enumerate() {
            if nr > 0 {
                hairline(ui);
            }
            let file = folder.join(&backup.name);
            ui.horizontal(|ui| {
                ui.set_min_height(28.0);
                let made = backup.made.format("%Y-%m-%d %H:%M").to_string();
                ui.label(RichText::new(made).color(t.ink)).on_hover_text(&backup.name);
                small(ui, kind(&backup.name));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add_space(4.0);
                    let restore = link(ui, "恢复");
                    let name = &backup.name;
                    if restore.accessible_name(format!("恢复 {name}")).clicked() {
                        self.restoring = Some(file.clone());
                    }
                    let check = link(ui, "核对");
                    if check.accessible_name(format!("核对 {name}")).clicked() {
                        let name = name.clone();
                        let file = file.clone();
                        cx.desk.work("核对备份", move |_, _, _| {
                            Ok(office::check_backup(name, &file))
                        });
                    }
                    let size = words::bytes(backup.bytes);
                    ui.label(RichText::new(size).small().color(t.ink3));
                });
            });
            match self.checked.get(&backup.name) {
                Some(Ok(told)) => drop(note(ui, told.clone(), t.ok)),
                Some(Err(why)) => drop(note(ui, why.clone(), t.seal)),
                None => {}
            }
        }
        if let Some(more) = all.len().checked_sub(TOLD).filter(|more| *more > 0) {
            small(ui, format!("还有更早的 {more} 份，在 backups 文件夹里"));
        }
    }

    /// Asks before anything is restored.
    fn confirm(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(file) = self.restoring.clone() else { return };
        let t = Tokens::of(ui);
        let shown = modal(ui.ctx(), "restore", 460.0, |ui| {
            strong(ui, "用这份备份换掉现在的内容？");
            ui.add_space(6.0);
            note(ui, file.display().to_string(), t.ink);
            small(
                ui,
                "备份以后登记、修改的内容都会换回备份时的样子，不能用“撤销”退回。现在的数据会先移进 backups 文件夹，名字里有“恢复前”，换错了可以再从它恢复。",
            );
            ui.add_space(10.0);
            ui.horizontal(|ui| {
                if primary(ui, "恢复").clicked() {
                    cx.desk.restore(file.clone());
                    // What stood there before is a backup, too: list them again.
                    self.asked = None;
                    return true;
                }
                plain(ui, "不恢复").clicked()
            })
            .inner
        });
        if shown.inner || shown.dismissed {
            self.restoring = None;
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
