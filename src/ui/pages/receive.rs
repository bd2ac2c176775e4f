//! 接收: a department takes in its units' packages. They are looked at first, conflicts are decided side by
//! side, then all come in as one step. Beside it the units that are still awaited, below it the merged table.

mod conflicts;
mod merged;
mod units;

use super::View;
use crate::package::{ConflictKey, Looked, Receipt, ReceiveRequest, Seen, Side};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::Desk;
use crate::ui::dialog::Ask;
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{
    Tone, card_in, h2, hairline, note, plain, primary, quiet, rows_of, small, tag,
};
use eframe::egui::{Label, Rect, RichText, ScrollArea, Ui};
use merged::Merged;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use units::Units;

/// The page.
#[derive(Default)]
pub struct Receive {
    /// Packages that were looked at, until they are taken in or put aside.
    looked: Option<Looked>,
    choices: HashMap<ConflictKey, Side>,
    /// What was taken in last.
    last: Option<Receipt>,
    merged: Merged,
    units: Units,
}

impl Receive {
    /// Has packages looked at; nothing is taken in yet.
    pub fn look_at(&self, packages: Vec<PathBuf>, desk: &mut Desk) {
        let request = self.request(packages, true);
        desk.work("核对报送包", move |registry, today, progress| {
            chores::look_at_packages(registry, request, today, progress)
        });
    }

    fn request(&self, packages: Vec<PathBuf>, dry_run: bool) -> ReceiveRequest {
        ReceiveRequest {
            packages,
            accept: None,
            settled: self.choices.clone(),
            dry_run,
            now: chrono::NaiveDateTime::default(),
        }
    }

    pub fn looked(&mut self, looked: Looked) {
        self.choices.retain(|key, _| looked.conflicts.iter().any(|it| it.key() == *key));
        self.looked = Some(looked);
        self.last = None;
    }

    /// Packages were taken in; those whose conflicts nobody had decided stay to be looked at.
    pub fn received(&mut self, receipt: Receipt, desk: &mut Desk) {
        let left: Vec<PathBuf> = match self.looked.take() {
            Some(looked) if receipt.unsettled() => {
                let came = |seen: &&Seen| {
                    receipt.received.iter().any(|it| it.package == seen.facts.package)
                };
                looked.sound.iter().filter(|seen| !came(seen)).map(|it| it.path.clone()).collect()
            }
            _ => Vec::new(),
        };
        self.last = Some(receipt);
        if left.is_empty() {
            self.choices.clear();
        } else {
            self.look_at(left, desk);
        }
    }

    fn take_in(&mut self, desk: &mut Desk) {
        let Some(looked) = &self.looked else { return };
        let packages = looked.sound.iter().map(|seen| seen.path.clone()).collect();
        let request = self.request(packages, false);
        desk.work("接收报送包", move |registry, today, progress| {
            chores::take_in_packages(registry, request, today, progress)
        });
    }

    /// Files and folders let go over the page are looked at as packages.
    fn dropped(&self, ui: &Ui, desk: &mut Desk) {
        let dropped: Vec<PathBuf> = ui.input(|input| {
            input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect()
        });
        if !dropped.is_empty() {
            self.look_at(dropped, desk);
        }
    }

    /// Where packages come from, and what came of the last ones.
    fn intake(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        h2(ui, "收报送包", "可以一次选几个；先核对，看清有没有出入，再收进来");
        ui.horizontal(|ui| {
            choosers(ui, cx);
            ui.add_space(8.0);
            small(ui, "也可以把文件夹或压缩包拖到这一页上");
        });
        let Some(last) = &self.last else { return };
        ui.add_space(4.0);
        ScrollArea::vertical().id_salt("last").show(ui, |ui| {
            for it in &last.received {
                let words = match it.already {
                    true => format!("{}：以前收过，没有改动", it.unit),
                    false => format!(
                        "{}：已收 {} 人，学习记录 {} 条，证明材料 {} 份",
                        it.unit, it.people, it.records, it.evidence
                    ),
                };
                note(ui, words, if it.already { t.ink3 } else { t.ok });
            }
            for words in &last.notes {
                note(ui, words.clone(), t.wait);
            }
        });
    }

    /// What receiving would bring; nothing has changed yet.
    fn before(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let Some(looked) = &self.looked else { return };
        let packages = looked.sound.len() + looked.damaged.len();
        let lines = packages as f32 + looked.notes.len() as f32;
        let high = (84.0 + 40.0 * lines).min(room.height() * 0.45);
        let [first, second] = rows_of(room, [Some(high), None]);
        card_in(ui, first, size::CARD, |ui| {
            h2(ui, "核对过的报送包", "还没有改动登记库");
            ScrollArea::vertical().id_salt("packages").auto_shrink(false).show(ui, |ui| {
                for (nr, seen) in looked.sound.iter().enumerate() {
                    if nr > 0 {
                        hairline(ui);
                    }
                    sound(ui, seen, looked);
                }
                for (path, failure) in &looked.damaged {
                    hairline(ui);
                    damaged(ui, path, &failure.why);
                }
                let t = Tokens::of(ui);
                for words in &looked.notes {
                    note(ui, words.clone(), t.wait);
                }
            });
        });
        let (mut take, mut aside) = (false, false);
        card_in(ui, second, size::CARD, |ui| {
            let open = conflicts::open(&looked.conflicts, &self.choices);
            let fresh = looked.sound.iter().filter(|seen| !seen.facts.already);
            let (units, people) =
                fresh.fold((0, 0), |(units, people), it| (units + 1, people + it.facts.people));
            let why = match (units, open) {
                (0, _) => Some("没有新的包可收".to_owned()),
                (_, 0) => None,
                (_, open) => Some(format!("还有 {open} 处出入没有定用哪一边")),
            };
            let words = format!("收进来：{units} 个包 {people} 人");
            let ready = why.is_none() && !cx.desk.waiting();
            ui.horizontal(|ui| {
                let button = ui.add_enabled_ui(ready, |ui| primary(ui, &words)).inner;
                take = button.clicked();
                aside = quiet(ui, "先不收").clicked();
                match why {
                    Some(why) => small(ui, why),
                    None => small(ui, "合并成一步，收错了可以撤销"),
                };
            });
            ui.add_space(8.0);
            conflicts::show(ui, &looked.conflicts, &mut self.choices);
        });
        if take {
            self.take_in(cx.desk);
        } else if aside {
            self.looked = None;
            self.choices.clear();
        }
    }
}

fn choosers(ui: &mut Ui, cx: &mut Cx<'_>) {
    if plain(ui, "选择文件夹").on_hover_text("报送包是文件夹的").clicked() {
        cx.dialogs.ask(Ask::ReceiveFolders, "");
    }
    if plain(ui, "选择压缩包").on_hover_text("报送包是 zip 文件的").clicked() {
        cx.dialogs.ask(Ask::ReceiveZips, "");
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn sound(ui: &mut Ui, seen: &Seen, looked: &Looked) {
    let t = Tokens::of(ui);
    let facts = &seen.facts;
    let differing = looked.conflicts.iter().filter(|it| it.package == facts.package).count();
    ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        match (facts.already, differing) {
            (true, _) => tag(ui, Tone::Mute, "已收过"),
            (false, 0) => tag(ui, Tone::Ok, "完好"),
            (false, count) => tag(ui, Tone::Wait, &format!("{count} 处出入")),
        };
        ui.label(RichText::new(&facts.unit).font(theme::bold(size::TEXT)).color(t.ink));
        let words = format!(
            "{} {} 人，学习记录 {} 条，证明材料 {} 份，{} 写成",
            seen.level,
            facts.people,
            facts.records,
            facts.evidence,
            seen.made_at.format("%m-%d %H:%M")
        );
        let words = RichText::new(words).small().color(t.ink2);
        ui.add(Label::new(words).truncate()).on_hover_text(seen.path.display().to_string());
    });
}

fn damaged(ui: &mut Ui, path: &Path, why: &str) {
    let t = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.set_min_height(36.0);
        tag(ui, Tone::Bad, "不能收");
        ui.label(RichText::new(file_name(path)).font(theme::bold(size::TEXT)).color(t.ink));
        let words = RichText::new(format!("{why}。请向报送单位重新索取")).small().color(t.seal);
        ui.add(Label::new(words).truncate()).on_hover_text(format!("{}\n{why}", path.display()));
    });
}

/// Whether the unit takes in packages: a department, or whoever has received any or waits for some.
pub fn is_for(snapshot: &Snapshot) -> bool {
    !snapshot.received.is_empty()
        || !snapshot.awaited.is_empty()
        || snapshot.unit.above().is_none() && snapshot.has_department
}

impl View for Receive {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let year = cx.snap.campaign.year;
        shell::heading(ui, "接收", &format!("{year} 年度，各单位报来的合成一份"));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        self.dropped(ui, cx.desk);
        let snapshot = Arc::clone(cx.snap);
        let (left, right) = beside(room, 304.0);
        if self.looked.is_some() {
            self.before(ui, left, cx);
        } else {
            let told = self.last.as_ref().map_or(0, |it| it.received.len() + it.notes.len());
            let high = 88.0 + (20.0 * told as f32).min(80.0);
            let [intake, table] = rows_of(left, [Some(high), None]);
            card_in(ui, intake, size::CARD, |ui| self.intake(ui, cx));
            card_in(ui, table, 0.0, |ui| self.merged.show(ui, &snapshot, cx));
        }
        card_in(ui, right, size::CARD, |ui| self.units.show(ui, &snapshot, cx));
    }
}
