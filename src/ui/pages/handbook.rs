//! 手册: one person, year by year; the records of a year; why each gives its hours.

use super::declared::Declared;
use super::person_form::PersonForm;
use super::reason::Reason;
use super::{Go, Page, View};
use crate::ledger::{PersonId, Record, RecordCredit, RecordId, YearTotal};
use crate::notice::{Hours, Notice, SlotId};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::desk::Desk;
use crate::ui::shell;
use crate::ui::snapshot::{Mark, PersonView};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::table::{self, Col, Rows, TableState, words as cell_words};
use crate::ui::widgets::{
    Tone, bar, card_in, empty, link, plain, primary, quiet, rows_of, small, tag,
};
use crate::ui::words;
use chrono::NaiveDate;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, CursorIcon, Label, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use std::path::PathBuf;
use std::sync::Arc;

/// The page.
#[derive(Default)]
pub struct Handbook {
    person: Option<PersonId>,
    year: Option<i32>,
    record: Option<RecordId>,
    /// Show the record once its handbook is here.
    wanted: Option<RecordId>,
    /// How many years further back the cards are turned.
    back: usize,
    table: TableState,
    reason: Reason,
    form: Option<PersonForm>,
    declared: Option<Declared>,
}

/// One line of the year's table.
struct Line<'a> {
    record: &'a Record,
    credits: Vec<&'a RecordCredit>,
}

impl Line<'_> {
    fn hours(&self) -> Hours {
        self.credits.iter().filter(|c| c.counted).map(|c| c.hours).sum()
    }
    fn counted(&self) -> bool {
        self.credits.iter().any(|credit| credit.counted)
    }
}

const CARDS: usize = 6;

impl Handbook {
    pub fn open(&mut self, person: PersonId, record: Option<RecordId>, year: Option<i32>) {
        if self.person != Some(person) {
            *self = Self { person: Some(person), ..Self::default() };
        }
        self.wanted = record;
        if year.is_some() {
            self.year = year;
            self.record = None;
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        self.person
    }

    /// Files chosen in a dialog for the 视同 or 认定单 that is being registered.
    pub fn attach_declared(&mut self, slot: &SlotId, files: Vec<PathBuf>) {
        if let Some(declared) = &mut self.declared {
            declared.add_files(slot, files);
        }
    }

    /// Files chosen in a dialog for the record that is shown.
    pub fn attach(&self, slot: &SlotId, files: Vec<PathBuf>, desk: &mut Desk) {
        if let Some(record) = self.record {
            let files = files.into_iter().map(|file| (slot.clone(), file)).collect();
            super::reason::attach(desk, record, files);
        }
    }

    fn settle(&mut self, view: &PersonView, campaign: i32) {
        if let Some(wanted) = self.wanted.take() {
            if let Some(total) =
                view.years.iter().rev().find(|y| y.credits.iter().any(|c| c.record == wanted))
            {
                self.year = Some(total.year);
            }
            self.record = Some(wanted);
        }
        let years = years_of(view, campaign);
        if self.year.is_none_or(|year| !years.contains(&year)) {
            let worst = view
                .years
                .iter()
                .filter(|y| view.result.as_ref().is_none_or(|r| r.span.contains(y.year)))
                .filter(|y| !y.met_evidenced)
                .map(|y| y.year)
                .next_back();
            let last = view.years.iter().rev().find(|y| !y.credits.is_empty()).map(|y| y.year);
            self.year = worst.or(last).or(Some(campaign));
            self.record = None;
        }
        if let Some(year) = self.year
            && let Some(at) = years.iter().position(|&y| y == year)
        {
            let from_end = years.len() - 1 - at;
            if from_end < self.back {
                self.back = from_end;
            } else if from_end >= self.back + CARDS {
                self.back = from_end + 1 - CARDS;
            }
        }
    }

    fn cards(&mut self, ui: &mut Ui, room: Rect, view: &PersonView, cx: &Cx<'_>) {
        let campaign = cx.snap.campaign.year;
        let years = years_of(view, campaign);
        let end = years.len().saturating_sub(self.back);
        let shown = &years[end.saturating_sub(CARDS)..end];
        let gap = 8.0;
        let width = (room.width() - gap * (CARDS - 1) as f32) / CARDS as f32;
        for (nr, &year) in shown.iter().enumerate() {
            let left = room.left() + (width + gap) * nr as f32;
            let rect = Rect::from_min_size(pos2(left, room.top()), vec2(width, room.height()));
            let total = view.years.iter().find(|total| total.year == year);
            if year_card(
                ui,
                rect,
                &cx.snap.notice,
                view,
                total,
                year,
                campaign,
                self.year == Some(year),
            ) {
                self.year = Some(year);
                self.record = None;
                self.table.chosen = None;
            }
        }
        if years.len() > CARDS {
            let (earlier, later) = (end > CARDS, self.back > 0);
            let turn =
                Rect::from_min_size(room.right_bottom() + vec2(-110.0, -2.0), vec2(110.0, 16.0));
            let mut turn = ui.new_child(
                UiBuilder::new().max_rect(turn).layout(Layout::right_to_left(Align::Center)),
            );
            if later && link(&mut turn, "以后 ›").clicked() {
                self.back -= 1;
                self.year = years.get(years.len() - 1 - self.back).copied();
            }
            if earlier && link(&mut turn, "以前 ›").clicked() {
                self.back += 1;
                self.year = years.get((years.len() - self.back).saturating_sub(CARDS)).copied();
            }
        }
    }

    fn records(&mut self, ui: &mut Ui, view: &PersonView, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let year = self.year.unwrap_or(cx.snap.campaign.year);
        let total = view.years.iter().find(|total| total.year == year);
        let mut lines = lines_of(view, total);
        lines.sort_by_key(|line| (line.record.activity.start, line.record.id));
        let counted = lines.iter().filter(|line| line.counted()).count();
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            ui.label(
                RichText::new(format!("{year} 年")).font(theme::bold(size::TEXT)).color(t.ink),
            );
            let words = if lines.is_empty() {
                "没有记录".to_owned()
            } else {
                format!("{} 条，计 {counted} 条", lines.len())
            };
            small(ui, format!("{words} · {}", review_words(view, year)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(8.0);
                if quiet(ui, "年度情况").on_hover_text("这一年的合计、年度审核和修改历史").clicked()
                {
                    self.record = None;
                    self.table.chosen = None;
                }
            });
        });
        ui.add_space(4.0);
        if lines.is_empty() {
            let how = "登记一条学习，程序按形式问所需的内容，当场算出学时并列出要的材料。";
            empty(ui, &format!("{year} 年还没有记录"), how, |ui| {
                if plain(ui, "登记这一年的学习").clicked() {
                    cx.go(Go::Record(view.handbook.person.id, Some(year)));
                }
            });
            return;
        }
        if self.record.is_some_and(|id| !lines.iter().any(|line| line.record.id == id)) {
            self.record = None;
        }
        self.table.chosen =
            self.record.and_then(|id| lines.iter().position(|line| line.record.id == id));
        let all = ui.available_rect_before_wrap();
        let foot = 40.0;
        let rows_room = Rect::from_min_max(all.min, pos2(all.right(), all.bottom() - foot));
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rows_room).id_salt("records"));
        inside.shrink_clip_rect(rows_room);
        let cols = [
            Col::new("日期", 124.0),
            Col::new("内容", 150.0).grow(),
            Col::new("科目", 60.0),
            Col::new("形式", 130.0),
            Col::new("学时", 60.0).right(),
            Col::new("材料", 120.0),
        ];
        let mut rows = Records { notice: &cx.snap.notice, view, lines: &lines, go: None };
        let done = table::table(&mut inside, "学习记录", &cols, &mut self.table, &mut rows);
        if let Some(go) = rows.go {
            cx.go(go);
        }
        if done.chosen {
            self.record = self.table.chosen.map(|row| lines[row].record.id);
        }
        if let Some(row) = done.opened {
            cx.go(Go::Edit(Box::new(lines[row].record.clone())));
        }
        let hint = Rect::from_min_max(pos2(all.left() + 16.0, rows_room.bottom()), all.max);
        let mut hint = ui.new_child(
            UiBuilder::new().max_rect(hint).layout(Layout::left_to_right(Align::Center)),
        );
        small(
            &mut hint,
            "点一条看为什么是这些学时　·　把扫描件拖进来就是它的证明材料　·　Enter 编辑",
        );
    }
}

/// All years that are shown: the last six to the campaign's, and any other with something in it.
fn years_of(view: &PersonView, campaign: i32) -> Vec<i32> {
    let mut years: Vec<i32> = (campaign - 5..=campaign).collect();
    years.extend(view.years.iter().map(|total| total.year));
    years.sort_unstable();
    years.dedup();
    years
}

fn lines_of<'a>(view: &'a PersonView, total: Option<&'a YearTotal>) -> Vec<Line<'a>> {
    let Some(total) = total else { return Vec::new() };
    let mut lines: Vec<Line<'a>> = Vec::new();
    for credit in &total.credits {
        if let Some(line) = lines.iter_mut().find(|line| line.record.id == credit.record) {
            line.credits.push(credit);
        } else if let Some(record) = view.handbook.records.iter().find(|r| r.id == credit.record) {
            lines.push(Line { record, credits: vec![credit] });
        }
    }
    lines
}

fn review_words(view: &PersonView, year: i32) -> String {
    use crate::ledger::ReviewState as S;
    let review = view.handbook.reviews.iter().find(|review| review.year == year);
    match review.map(|review| review.state) {
        Some(S::UnitReviewed) => "年度审核：单位已审核".to_owned(),
        Some(S::DepartmentConfirmed) => "年度审核：主管部门已确认，已锁定".to_owned(),
        Some(S::Draft) | None => "年度审核：未审核".to_owned(),
    }
}

/// The state of a year in a word, as a tag.
fn year_tag(
    notice: &Notice,
    view: &PersonView,
    total: Option<&YearTotal>,
    year: i32,
    campaign: i32,
) -> (Tone, String) {
    let Some(total) = total else {
        return if year == campaign {
            (Tone::Mute, "本年度".to_owned())
        } else {
            (Tone::Mute, "无记录".to_owned())
        };
    };
    match Mark::of(total) {
        Mark::Met => (Tone::Ok, "达标".to_owned()),
        Mark::Deemed if !total.slips.is_empty() => (Tone::Info, "认定单".to_owned()),
        Mark::Deemed => {
            let why = total.deemed_reasons.first().cloned().unwrap_or_else(|| "视同".to_owned());
            (Tone::Info, why)
        }
        Mark::Pending => {
            let lacking = total.credits.iter().filter(|c| c.counted && !c.evidenced).count();
            (Tone::Wait, format!("缺材料 {lacking}"))
        }
        Mark::Short
            if year == campaign && view.result.as_ref().is_none_or(|r| !r.span.contains(year)) =>
        {
            (Tone::Mute, "本年度".to_owned())
        }
        Mark::Short => {
            let short: Hours = notice
                .subjects
                .iter()
                .map(|rule| {
                    total.hours.get(&rule.id).copied().unwrap_or_default().short_of(rule.minimum)
                })
                .sum();
            (Tone::Bad, format!("差 {}", short.max(total.total.short_of(notice.annual.total))))
        }
    }
}

#[allow(clippy::too_many_arguments)]
fn year_card(
    ui: &mut Ui,
    rect: Rect,
    notice: &Notice,
    view: &PersonView,
    total: Option<&YearTotal>,
    year: i32,
    campaign: i32,
    on: bool,
) -> bool {
    let t = Tokens::of(ui);
    let (tone, word) = year_tag(notice, view, total, year, campaign);
    let response = ui.interact(rect, ui.scope_id().with(("year", year)), Sense::click());
    let ground = if year == campaign { t.sunken } else { t.surface };
    let line = if on || response.has_focus() {
        Stroke::new(2.0, t.ink)
    } else if response.hovered() {
        Stroke::new(1.0, t.ink3)
    } else {
        Stroke::new(1.0, t.line)
    };
    ui.painter().rect(rect, size::CARD_RADIUS, ground, line, StrokeKind::Inside);
    let mut inside = ui.new_child(
        UiBuilder::new().max_rect(rect.shrink2(vec2(10.0, 8.0))).id_salt(("card", year)),
    );
    inside.shrink_clip_rect(rect);
    let ui = &mut inside;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(year.to_string()).font(theme::bold(size::TEXT)).color(t.ink));
        if year == campaign && tone == Tone::Mute {
            small(ui, word.clone());
        } else {
            tag(ui, tone, &word);
        }
    });
    ui.add_space(4.0);
    let full = (notice.annual.total.as_halves() as f32 * 4.0 / 3.0).max(1.0);
    let mut parts = Vec::new();
    let mut figures = Vec::new();
    for (nr, rule) in notice.subjects.iter().enumerate() {
        let hours = total.and_then(|y| y.hours.get(&rule.id)).copied().unwrap_or_default();
        let deemed = total.and_then(|y| y.deemed.get(&rule.id)).is_some_and(|h| !h.is_zero())
            || total.and_then(|y| y.recognised.get(&rule.id)).is_some_and(|h| !h.is_zero());
        let color = match (nr, deemed) {
            (0, false) => t.bar_public,
            (0, true) => t.bar_public_deemed,
            (_, false) => t.bar_ok,
            (_, true) => t.bar_ok_deemed,
        };
        parts.push((hours.as_halves() as f32 / full, color));
        figures.push(format!("{} {hours}{}", rule.name, if deemed { "※" } else { "" }));
    }
    bar::shares(ui, ui.available_width(), 6.0, &parts);
    ui.add_space(3.0);
    let sum = total.map_or(Hours::ZERO, |total| total.total);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for figure in &figures {
            ui.label(RichText::new(figure).size(12.0).color(t.ink3));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(
                Label::new(RichText::new(format!("共 {sum}")).size(12.0).color(t.ink3)).truncate(),
            );
        });
    });
    let name = format!("{year} 年，{word}，{}，共 {sum}", figures.join("，"));
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, &name));
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}

struct Records<'a> {
    notice: &'a Notice,
    view: &'a PersonView,
    lines: &'a [Line<'a>],
    /// Chosen from a row's menu.
    go: Option<Go>,
}

impl Rows for Records<'_> {
    fn count(&self) -> usize {
        self.lines.len()
    }

    fn name(&self, row: usize) -> String {
        let line = &self.lines[row];
        format!("{}，{} 学时", line.record.activity.title, line.hours())
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize) {
        let t = Tokens::of(ui);
        let line = &self.lines[row];
        let activity = &line.record.activity;
        let ink = if line.counted() { t.ink } else { t.ink3 };
        match col {
            0 => cell_words(ui, &words::period(activity.start, activity.end), ink),
            1 => cell_words(ui, &activity.title, ink),
            2 => {
                let subject = line.credits.first().map_or(&activity.subject, |c| &c.subject);
                cell_words(ui, self.notice.subject_name(subject), ink);
            }
            3 => cell_words(ui, &words::form_name(self.notice, line.record), ink),
            4 => {
                let hours = RichText::new(line.hours().to_string()).color(ink);
                let hours =
                    if line.record.hours_override.is_some() { hours.underline() } else { hours };
                ui.label(hours);
            }
            _ if !line.counted() => {
                tag(ui, Tone::Mute, "不计");
            }
            _ => {
                let state = self.view.evidence.get(&line.record.id);
                match state {
                    Some(state) if state.complete => {
                        let files = line.record.all_attachments().count();
                        tag(ui, Tone::Ok, &format!("齐 {files}"));
                    }
                    Some(state) => {
                        let missing = state.missing();
                        let words = match missing.first() {
                            Some(first) if missing.len() == 1 => format!("缺{first}"),
                            Some(_) => format!("缺 {} 项", missing.len()),
                            None => "未齐".to_owned(),
                        };
                        tag(ui, Tone::Bad, &words).on_hover_text(missing.join("、"));
                    }
                    None => {}
                }
            }
        }
    }

    fn has_menu(&self) -> bool {
        true
    }

    fn menu(&mut self, ui: &mut Ui, row: usize) {
        let record = self.lines[row].record;
        if ui.button("修改").clicked() {
            self.go = Some(Go::Edit(Box::new(record.clone())));
        }
        if ui.button("照此登记别人").clicked() {
            self.go = Some(Go::Copy(Box::new(record.clone())));
        }
        if ui.button("复制内容").clicked() {
            ui.ctx().copy_text(record.activity.title.clone());
        }
    }
}

impl View for Handbook {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        if link(ui, "人员 ›").accessible_name("回到人员").clicked() {
            cx.go(Go::Page(Page::People));
        }
        let Some(view) = cx.desk.person.clone() else {
            shell::heading(ui, "登记手册", "");
            return;
        };
        let person = &view.handbook.person;
        ui.label(RichText::new(&person.name).font(theme::bold(size::TITLE)).color(t.ink));
        if let Some(result) = &view.result {
            let applicant = &result.applicant;
            let words = words::joined(&[
                &format!("{} {}", applicant.campaign, applicant.level),
                &applicant.speciality,
            ]);
            tag(ui, Tone::Info, &words);
        }
        if person.retired {
            tag(ui, Tone::Mute, "不再登记");
        }
        ui.add(Label::new(RichText::new(words::person_line(person)).color(t.ink3)).truncate());
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(view) = cx.desk.person.clone() else { return };
        if primary(ui, "登记一条").on_hover_text(Action::AddRecord.tip()).clicked() {
            cx.go(Go::Record(view.handbook.person.id, self.year));
        }
        if plain(ui, "打印手册").on_hover_text(Action::HandbookPdf.tip()).clicked() {
            cx.act(Action::HandbookPdf);
        }
        if quiet(ui, "证明材料合订").on_hover_text(Action::EvidencePdf.tip()).clicked() {
            cx.act(Action::EvidencePdf);
        }
        if quiet(ui, "资料").on_hover_text("查看和修改这个人的资料").clicked() {
            self.form = Some(PersonForm::edit(&view.handbook.person));
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let Some(view) = cx.desk.person.clone() else {
            card_in(ui, room, 0.0, |ui| {
                let waiting = cx.desk.waiting();
                let title = if waiting { "正在打开" } else { "没有打开的手册" };
                empty(
                    ui,
                    title,
                    "在人员页双击一个人，或按 Ctrl K 输入姓名。",
                    |ui| {
                        if plain(ui, "去人员页").clicked() {
                            cx.go(Go::Page(Page::People));
                        }
                    },
                );
            });
            return;
        };
        self.settle(&view, cx.snap.campaign.year);
        let [cards, rest] = rows_of(room, [Some(90.0), None]);
        self.cards(ui, cards, &view, cx);
        let (left, right) = beside(rest, 372.0);
        card_in(ui, left, 0.0, |ui| self.records(ui, &view, cx));
        let year = self.year.unwrap_or(cx.snap.campaign.year);
        let record = self.record;
        let view_of = Arc::clone(&view);
        card_in(ui, right, size::CARD, |ui| self.reason.show(ui, &view_of, year, record, cx));
        super::evidence::veil_while_dragging(ui, rest);
        if let Some(kind) = self.reason.wants.take() {
            self.declared = Some(Declared::new(kind, view.handbook.person.id, year));
        }
        if let Some(declared) = &mut self.declared
            && declared.show(ui, cx)
        {
            self.declared = None;
        }
        if let Some(form) = &mut self.form
            && form.show(ui, cx)
        {
            self.form = None;
        }
    }
}

/// The day a new record of a year starts with.
pub fn first_day(year: i32, today: NaiveDate) -> NaiveDate {
    if chrono::Datelike::year(&today) == year {
        today
    } else {
        NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today)
    }
}
