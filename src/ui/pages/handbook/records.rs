//! The records of a year as a table.

use super::Handbook;
use crate::ledger::{Record, RecordCredit, RecordId, YearTotal};
use crate::notice::{Hours, Notice};
use crate::ui::app::Cx;
use crate::ui::pages::Go;
use crate::ui::snapshot::PersonView;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::table::{self, Col, Rows, words as cell_words};
use crate::ui::widgets::{Tone, empty, plain, quiet, small, tag};
use crate::ui::words;
use eframe::egui::{Align, Layout, Pos2, Rect, RichText, Ui, UiBuilder, pos2};

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

impl Handbook {
    pub(super) fn records(&mut self, ui: &mut Ui, view: &PersonView, cx: &mut Cx<'_>) {
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
        self.rows.0.clear();
        let mut rows = Records {
            notice: &cx.snap.notice,
            view,
            lines: &lines,
            go: None,
            places: &mut self.rows,
        };
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
            "点一条看为什么是这些学时　·　扫描件拖到哪一行，就是哪一条的材料　·　Enter 编辑",
        );
    }
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

/// Where each record's row was drawn last.
#[derive(Default)]
pub struct RowPlaces(Vec<(Rect, RecordId)>);

impl RowPlaces {
    pub fn at(&self, at: Pos2) -> Option<RecordId> {
        self.0.iter().find(|(rect, _)| rect.contains(at)).map(|(_, record)| *record)
    }
}

struct Records<'a> {
    notice: &'a Notice,
    view: &'a PersonView,
    lines: &'a [Line<'a>],
    /// Chosen from a row's menu.
    go: Option<Go>,
    places: &'a mut RowPlaces,
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

    fn placed(&mut self, row: usize, rect: Rect) {
        self.places.0.push((rect, self.lines[row].record.id));
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
        if let Some(event) = record.event
            && ui.button("修改整个班次").clicked()
        {
            self.go = Some(Go::Event(event));
        }
        if ui.button("复制内容").clicked() {
            ui.ctx().copy_text(record.activity.title.clone());
        }
    }
}
