//! Taking in a workbook: choose it, see what would be written and what cannot be read, then import
//! as one step that can be undone. Which column is which stands in `import_sheets`.

use super::{Go, Page, View, import_sheets};
use crate::intake::{BadCell, ImportReport, KEYS, Reading};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores::{self, Taking};
use crate::ui::desk::Desk;
use crate::ui::shell;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::{beside, middle_row};
use crate::ui::widgets::table::{self, Col, Rows, TableState};
use crate::ui::widgets::{
    Tone, card_in, empty, filter_chip, h2, note, plain, primary, quiet, small, tag,
};
use eframe::egui::{
    Align, Align2, Layout, Rect, RichText, ScrollArea, Shape, Stroke, Ui, UiBuilder, pos2,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What a file brought, or would bring.
struct Found {
    file: PathBuf,
    report: ImportReport,
    dry_run: bool,
    /// The registry's revision after it.
    revision: u64,
}

/// What the left side shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Columns,
    Errors,
}

/// The page.
#[derive(Default)]
pub struct Import {
    found: Option<Found>,
    reading: Reading,
    tab: Tab,
    /// Only errors of this sheet.
    sheet: Option<String>,
    table: TableState,
}

/// Whether a file looks like a workbook that can be taken in.
pub fn is_workbook(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["xlsx", "xlsm", "xls", "csv"].contains(&extension.as_str())
}

impl Import {
    /// Reads a workbook without writing; what was said of another one is forgotten.
    pub fn look_at(&mut self, desk: &mut Desk, file: PathBuf) {
        self.reading = Reading::default();
        self.tab = Tab::Columns;
        self.start(desk, file, true, false);
    }

    fn start(&self, desk: &mut Desk, file: PathBuf, dry_run: bool, skip_bad_rows: bool) {
        let name = if dry_run { "读 Excel" } else { "从 Excel 导入" };
        let taking = Taking { file, reading: self.reading.clone(), dry_run, skip_bad_rows };
        desk.work(name, move |registry, today, progress| {
            chores::import(registry, taking, today, progress)
        });
    }

    pub fn take(&mut self, file: PathBuf, report: ImportReport, dry_run: bool, revision: u64) {
        self.table = TableState::default();
        self.sheet = None;
        let same = self.found.as_ref().is_some_and(|found| found.file == file && found.dry_run);
        if report.errors.is_empty() || report.sheets.iter().any(|s| !s.missing.is_empty()) {
            self.tab = Tab::Columns;
        } else if !same || !dry_run {
            self.tab = Tab::Errors;
        }
        self.found = Some(Found { file, report, dry_run, revision });
    }
}

/// `人员 300`, `学习记录 14400`
pub fn counts(counts: &BTreeMap<String, u32>) -> Vec<(String, u32)> {
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
    let number = |key: &str| counts.get(key).copied().filter(|number| *number > 0);
    KEYS.iter().filter_map(|key| Some((name(key), number(key)?))).collect()
}

/// Rows that have a bad cell.
fn bad_rows(errors: &[BadCell]) -> usize {
    errors.iter().map(|cell| (&cell.sheet, cell.row)).collect::<BTreeSet<_>>().len()
}

/// One line to paste into a workbook or a message.
fn as_line(cell: &BadCell) -> String {
    format!("{}\t{}\t{}\t{}\t{}", cell.sheet, cell.row, cell.column, cell.value, cell.message)
}

struct Errors<'a>(Vec<&'a BadCell>);

impl Rows for Errors<'_> {
    fn count(&self) -> usize {
        self.0.len()
    }

    fn name(&self, row: usize) -> String {
        let cell = self.0[row];
        format!("{} 第 {} 行 {}", cell.sheet, cell.row, cell.column)
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize) {
        let t = Tokens::of(ui);
        let cell = self.0[row];
        match col {
            0 => table::words(ui, &cell.sheet, t.ink),
            1 => table::words(ui, &cell.row.to_string(), t.ink),
            2 => table::words(ui, &cell.column, t.ink),
            3 => table::words(ui, &cell.value, t.ink2),
            _ => {
                let words = RichText::new(&cell.message).color(t.seal);
                ui.add(eframe::egui::Label::new(words).truncate().selectable(false));
            }
        }
    }

    fn has_menu(&self) -> bool {
        true
    }

    fn menu(&mut self, ui: &mut Ui, row: usize) {
        if ui.button("复制这一行").clicked() {
            ui.ctx().copy_text(as_line(self.0[row]));
            ui.close();
        }
    }
}

impl View for Import {
    fn title(&mut self, ui: &mut Ui, _cx: &mut Cx<'_>) {
        let file = self.found.as_ref().and_then(|found| found.file.file_name());
        let name = file.unwrap_or_default().to_string_lossy();
        shell::heading(ui, "从 Excel 导入", &name);
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.found.is_some() && plain(ui, "换一个文件").clicked() {
            cx.act(Action::Import);
        }
        if quiet(ui, Action::Template.name()).on_hover_text(Action::Template.tip()).clicked() {
            cx.act(Action::Template);
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let dropped =
            ui.input(|input| input.raw.dropped_files.first().map(|f| f.path().to_path_buf()));
        if let Some(file) = dropped {
            self.look_at(cx.desk, file);
        }
        let Some(found) = &self.found else {
            card_in(ui, room, 0.0, |ui| choose(ui, room, cx));
            return;
        };
        let (left, right) = beside(room, 320.0);
        let mut go = None;
        card_in(ui, right, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("summary").show(ui, |ui| go = summary(ui, found, cx));
        });
        let (tab, sheet, table, reading) =
            (&mut self.tab, &mut self.sheet, &mut self.table, &mut self.reading);
        let mut told = false;
        card_in(ui, left, 0.0, |ui| {
            told = left_side(ui, found, tab, sheet, table, reading);
        });
        let file = found.file.clone();
        if told {
            self.start(cx.desk, file.clone(), true, false);
        }
        match go {
            Some(Choice::Import { skip }) => self.start(cx.desk, file, false, skip),
            Some(Choice::Again) => self.start(cx.desk, file, true, false),
            Some(Choice::Undo) => {
                cx.desk.undo();
                self.start(cx.desk, file, true, false);
            }
            Some(Choice::People) => cx.go(Go::Page(Page::People)),
            None => {}
        }
    }
}

/// Nothing chosen yet: where a file can be dropped, and how to get one to fill.
fn choose(ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let over = ui.input(|input| !input.raw.hovered_files.is_empty());
    let edge = room.shrink(24.0);
    let line = Stroke::new(1.5, if over { t.seal } else { t.ink3 });
    let corners = [
        edge.left_top(),
        edge.right_top(),
        edge.right_bottom(),
        edge.left_bottom(),
        edge.left_top(),
    ];
    ui.painter().extend(Shape::dashed_line(&corners, line, 6.0, 5.0));
    let how = "人员名册、学习记录、参评人员都可以。先看会写入什么、哪里不对，再决定导入；导入是一步，可以撤销。";
    empty(ui, "把 Excel 或 csv 文件拖到这里", how, |ui| {
        middle_row(ui, 240.0, |ui| {
            if primary(ui, "选择文件").clicked() {
                cx.act(Action::Import);
            }
            if plain(ui, "保存导入模板").clicked() {
                cx.act(Action::Template);
            }
        });
        ui.add_space(12.0);
        small(ui, "自己的名册也认得：有「姓名」「身份证号」两列就行，别的列名下一步可以指定");
    });
}

fn left_side(
    ui: &mut Ui,
    found: &Found,
    tab: &mut Tab,
    only: &mut Option<String>,
    table: &mut TableState,
    reading: &mut Reading,
) -> bool {
    let t = Tokens::of(ui);
    let report = &found.report;
    let over = ui.input(|input| !input.raw.hovered_files.is_empty());
    if !found.dry_run && report.errors.is_empty() {
        empty(ui, "已导入", "写入的内容在右边。这一步可以撤销。", |_| {});
        return false;
    }
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        if found.dry_run && filter_chip(ui, "表和列", None, None, *tab == Tab::Columns).clicked()
        {
            *tab = Tab::Columns;
        }
        if !report.errors.is_empty() {
            let name = if found.dry_run { "有问题的格子" } else { "跳过的格子" };
            let tone = Some(Tone::Bad);
            let on = *tab == Tab::Errors && only.is_none();
            if filter_chip(ui, name, Some(report.errors.len()), tone, on).clicked() {
                *tab = Tab::Errors;
                *only = None;
            }
        }
        if *tab == Tab::Errors {
            let mut sheets: BTreeMap<&str, usize> = BTreeMap::new();
            for cell in &report.errors {
                *sheets.entry(&cell.sheet).or_default() += 1;
            }
            for (&name, &count) in sheets.iter().filter(|_| sheets.len() > 1) {
                let on = only.as_deref() == Some(name);
                if filter_chip(ui, name, Some(count), None, on).clicked() {
                    *only = (!on).then(|| name.to_owned());
                    *table = TableState::default();
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(16.0);
                if quiet(ui, "全部复制").on_hover_text("可粘贴到 Excel 里").clicked() {
                    let lines: Vec<String> = shown(report, only).into_iter().map(as_line).collect();
                    ui.ctx().copy_text(lines.join("\r\n"));
                }
            });
        }
    });
    ui.add_space(8.0);
    if *tab == Tab::Errors {
        let cols = [
            Col::new("工作表", 90.0),
            Col::new("行", 56.0),
            Col::new("列", 110.0),
            Col::new("填的是", 172.0),
            Col::new("为什么不行", 240.0).grow(),
        ];
        let mut rows = Errors(shown(report, only));
        let chosen = table.chosen.and_then(|row| rows.0.get(row).copied());
        // The whole sentence of the chosen row stands below: it seldom fits its cell.
        let (all, foot) = match chosen {
            Some(_) => {
                let all = ui.available_rect_before_wrap();
                let split = all.bottom() - 64.0;
                (all.with_max_y(split), Some(all.with_min_y(split)))
            }
            None => (ui.available_rect_before_wrap(), None),
        };
        let mut above = ui.new_child(UiBuilder::new().max_rect(all));
        table::table(&mut above, "有问题的格子", &cols, table, &mut rows);
        if let (Some(cell), Some(foot)) = (chosen, foot) {
            ui.painter().hline(foot.x_range(), foot.top(), Stroke::new(1.0, t.line));
            let mut below = ui
                .new_child(UiBuilder::new().max_rect(foot.shrink2(eframe::egui::vec2(16.0, 8.0))));
            let place =
                format!("「{}」第 {} 行，{}：{}", cell.sheet, cell.row, cell.column, cell.value);
            small(&mut below, place);
            note(&mut below, cell.message.clone(), t.seal);
        }
        return false;
    }
    let room = ui.available_rect_before_wrap().shrink2(eframe::egui::vec2(16.0, 0.0));
    let mut inside = ui.new_child(UiBuilder::new().max_rect(room));
    let told = import_sheets::show(&mut inside, &report.sheets, reading);
    if over {
        let at = pos2(room.center().x, room.bottom() - 16.0);
        let words = "松开即换成这个文件";
        ui.painter().text(at, Align2::CENTER_BOTTOM, words, theme::bold(size::TEXT), t.seal);
    }
    told
}

fn shown<'a>(report: &'a ImportReport, only: &Option<String>) -> Vec<&'a BadCell> {
    report.errors.iter().filter(|c| only.as_ref().is_none_or(|only| c.sheet == *only)).collect()
}

enum Choice {
    Import { skip: bool },
    Again,
    Undo,
    People,
}

fn summary(ui: &mut Ui, found: &Found, cx: &Cx<'_>) -> Option<Choice> {
    let Found { report, dry_run, revision, .. } = found;
    let t = Tokens::of(ui);
    let mut choice = None;
    h2(ui, if *dry_run { "会写入" } else { "已写入" }, "");
    let (added, updated) = (counts(&report.added), counts(&report.updated));
    for (tone, word, lines) in [(Tone::Ok, "新增", &added), (Tone::Info, "修改", &updated)] {
        for (name, number) in lines {
            ui.horizontal(|ui| {
                tag(ui, tone, word);
                ui.label(RichText::new(format!("{name} {number}")).color(t.ink));
            });
        }
    }
    let nothing = added.is_empty() && updated.is_empty();
    let unread = report.sheets.iter().all(|sheet| sheet.kind.is_none());
    if unread {
        note(ui, "还不知道各表是什么。请在左边指出，例如名册是「人员」。", t.seal);
    } else if nothing && report.errors.is_empty() {
        small(ui, "没有新的内容，登记库里已经都有了。");
    } else if nothing {
        small(ui, "还没有一行能写入。");
    }
    if report.unchanged > 0 {
        small(ui, format!("{} 行与登记库里的一样，不动", report.unchanged));
    }
    let bad = bad_rows(&report.errors);
    if bad > 0 {
        ui.add_space(6.0);
        let words = if *dry_run {
            format!("{bad} 行里有 {} 个格子不对", report.errors.len())
        } else {
            format!("跳过了 {bad} 行，没有写入；改好后可以再导入一次")
        };
        note(ui, words, t.seal);
    }
    ui.add_space(12.0);
    let busy = cx.desk.waiting();
    ui.add_enabled_ui(!busy, |ui| {
        if !*dry_run {
            if primary(ui, "去看人员").clicked() {
                choice = Some(Choice::People);
            }
            ui.add_space(4.0);
            let still = cx.snap.revision == *revision && cx.snap.undo.is_some();
            let undo = ui.add_enabled_ui(still, |ui| plain(ui, "撤销这次导入")).inner;
            let why = "导入之后又有改动，请用右上角的撤销一步步退回";
            if undo.on_disabled_hover_text(why).clicked() {
                choice = Some(Choice::Undo);
            }
            if bad > 0 && quiet(ui, "改好了，再读一遍").clicked() {
                choice = Some(Choice::Again);
            }
        } else if bad == 0 {
            if !nothing && primary(ui, "导入").clicked() {
                choice = Some(Choice::Import { skip: false });
            }
            if nothing && !unread && plain(ui, "再读一遍").clicked() {
                choice = Some(Choice::Again);
            }
        } else {
            if primary(ui, "改好了，再读一遍").clicked() {
                choice = Some(Choice::Again);
            }
            ui.add_space(4.0);
            if !nothing && plain(ui, &format!("跳过这 {bad} 行，导入其余")).clicked() {
                choice = Some(Choice::Import { skip: true });
            }
        }
    });
    if busy {
        small(ui, "正在读写");
    }
    if !report.notes.is_empty() {
        ui.add_space(12.0);
        h2(ui, "另外", "");
        for line in &report.notes {
            small(ui, line.clone());
            ui.add_space(2.0);
        }
    }
    choice
}
