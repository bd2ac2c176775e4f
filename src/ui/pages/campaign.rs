//! 申报: the applicants by year (`campaign/matrix`) or the findings by kind (`campaign/kinds`), what the check
//! finds about each, and the unit's review.

mod filter;
mod kinds;
mod matrix;

pub use filter::{Filter, conclusion};

use super::applicants::AddApplicants;
use super::{Go, View, findings};
use crate::ledger::{ApplicantResult, Person, PersonId, ReviewResult, Stage, Verdict};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::search::Query;
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::table::{self, Col, TableState};
use crate::ui::widgets::{card_in, empty, filter_chip, plain, primary, search_box, segment, small};
use eframe::egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, pos2};
use kinds::Kinds;
use matrix::{Matrix, spans};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// The page.
#[derive(Default)]
pub struct Campaign {
    group: Option<String>,
    filter: Filter,
    text: String,
    table: TableState,
    chosen: Option<PersonId>,
    checked: BTreeSet<PersonId>,
    shown: Vec<usize>,
    counts: [usize; 9],
    made: Option<(u64, Option<String>, Filter, String)>,
    /// Of which picture `places` tells where each applicant stands among the people.
    placed: Option<u64>,
    places: Vec<Option<usize>>,
    adding: Option<AddApplicants>,
    /// The findings are grouped by kind instead of by person.
    by_kind: bool,
    kinds: Kinds,
    side: findings::Side,
}

impl Campaign {
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
        self.text.clear();
        self.group = None;
    }

    pub fn add(&mut self, snapshot: &Snapshot) {
        self.adding = Some(AddApplicants::new(snapshot));
    }

    /// The level group that is shown: the chosen one, else all.
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    fn make(&mut self, snapshot: &Snapshot) {
        let key = (snapshot.serial, self.group.clone(), self.filter, self.text.clone());
        if self.made.as_ref() == Some(&key) {
            return;
        }
        let query = Query::new(&self.text);
        let applicants = snapshot.campaign.applicants();
        let in_group = |result: &&ApplicantResult| {
            self.group.as_ref().is_none_or(|group| *group == result.level_group)
        };
        let only_words = self
            .made
            .as_ref()
            .is_some_and(|(serial, group, ..)| *serial == key.0 && *group == key.1);
        if !only_words {
            self.counts = Filter::ALL.map(|(filter, ..)| {
                applicants.iter().filter(in_group).filter(|result| filter.keeps(result)).count()
            });
        }
        if self.placed != Some(snapshot.serial) {
            self.placed = Some(snapshot.serial);
            let at: HashMap<PersonId, usize> =
                applicants.iter().enumerate().map(|(nr, result)| (result.person.id, nr)).collect();
            self.places = vec![None; applicants.len()];
            for (place, line) in snapshot.people.iter().enumerate() {
                if line.applies.is_some()
                    && let Some(&nr) = at.get(&line.row.id)
                {
                    self.places[nr] = Some(place);
                }
            }
        }
        let search = query.among(snapshot);
        let found = |nr: usize| self.places[nr].is_some_and(|place| search.finds(place));
        self.shown = (0..applicants.len())
            .filter(|&nr| {
                let result = &applicants[nr];
                in_group(&result) && self.filter.keeps(result) && (query.is_empty() || found(nr))
            })
            .collect();
        if !self.checked.is_empty() {
            let there: HashSet<PersonId> = applicants.iter().map(|r| r.person.id).collect();
            self.checked.retain(|person| there.contains(person));
        }
        let at =
            |person: PersonId| self.shown.iter().position(|&nr| applicants[nr].person.id == person);
        self.table.chosen =
            self.chosen.and_then(at).or_else(|| (!self.shown.is_empty()).then_some(0));
        self.chosen = self.table.chosen.map(|row| applicants[self.shown[row]].person.id);
        self.made = Some(key);
    }

    fn left(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.add_space(12.0);
        if header_is_tight(cx) {
            ui.horizontal(|ui| {
                ui.add_space(16.0);
                self.levels(ui, cx);
                self.search(ui, ui.available_width() - 16.0, cx);
            });
            ui.add_space(6.0);
        }
        let room = ui.available_width() - 32.0;
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            ui.allocate_ui_with_layout(
                eframe::egui::vec2(room, 28.0),
                Layout::left_to_right(Align::Center).with_main_wrap(true),
                |ui| self.chips(ui, cx),
            );
        });
        ui.add_space(8.0);
        let foot = 56.0;
        let all = ui.available_rect_before_wrap();
        let rows = Rect::from_min_max(all.min, pos2(all.right(), all.bottom() - foot));
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("matrix"));
        inside.shrink_clip_rect(rows);
        if self.by_kind {
            self.kinds(&mut inside, cx);
        } else {
            self.matrix(&mut inside, cx);
        }
        let below = Rect::from_min_max(pos2(all.left() + 16.0, rows.bottom()), all.max);
        let mut under = ui.new_child(
            UiBuilder::new()
                .max_rect(below)
                .layout(Layout::left_to_right(Align::Center))
                .id_salt("batch"),
        );
        self.batch(&mut under, cx);
    }

    /// How to look, and which applicants.
    fn chips(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let t = Tokens::of(ui);
        for (name, by_kind, tip) in [
            ("逐人", false, "一人一行，各年学时和结论"),
            ("按问题", true, "同一种问题的人放在一起，逐个去办"),
        ] {
            if segment(ui, name, self.by_kind == by_kind).on_hover_text(tip).clicked() {
                self.by_kind = by_kind;
            }
        }
        if self.by_kind {
            return;
        }
        for (nr, (filter, name, tone)) in Filter::ALL.into_iter().enumerate() {
            if filter != Filter::All && self.counts[nr] == 0 && self.filter != filter {
                continue;
            }
            let on = self.filter == filter;
            if filter_chip(ui, name, Some(self.counts[nr]), tone, on).clicked() {
                self.filter = filter;
            }
        }
        if let Filter::Kind(code) = self.filter {
            let words = kinds::words_of(code);
            filter_chip(ui, words, Some(self.shown.len()), None, true);
        }
        let names: Vec<&str> = cx.snap.notice.subjects.iter().map(|s| s.name.as_str()).collect();
        let words = format!("{} · ※ 视同 · 认 学时认定单", names.join(" / "));
        let galley = ui.painter().layout_no_wrap(words, theme::text(size::SMALL), t.ink3);
        // On a line of its own it would push the table down.
        if galley.size().x <= ui.available_size_before_wrap().x {
            ui.label(galley);
        }
    }

    fn levels(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let view = &cx.snap.campaign;
        let all: u32 = view.groups.iter().map(|(_, people)| people).sum();
        if all == 0 {
            return;
        }
        if filter_chip(ui, "不分级", Some(all as usize), None, self.group.is_none()).clicked() {
            self.group = None;
        }
        for (group, people) in &view.groups {
            let on = self.group.as_ref() == Some(group);
            if filter_chip(ui, group, Some(*people as usize), None, on).clicked() {
                self.group = Some(group.clone());
            }
        }
    }

    fn search(&mut self, ui: &mut Ui, width: f32, cx: &Cx<'_>) {
        let hint = "姓名、拼音首字母、身份证尾号";
        let typed = search_box(ui, "查找参评人员", hint, width.clamp(80.0, 240.0), &mut self.text);
        if cx.find {
            typed.response.request_focus();
        }
    }

    fn kinds(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let Some(led) = self.kinds.show(ui, &snapshot, self.group.as_deref()) else { return };
        match led {
            kinds::Led::Person(person) => {
                self.filter = Filter::All;
                self.text.clear();
                self.chosen = Some(person);
                self.made = None;
            }
            kinds::Led::All(code) => {
                self.by_kind = false;
                self.filter = Filter::Kind(code);
            }
        }
    }

    fn matrix(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let applicants = cx.snap.campaign.applicants();
        if self.shown.is_empty() {
            empty(ui, "没有符合的人", "换一个筛选条件或查找词。", |ui| {
                if plain(ui, "显示全部").clicked() {
                    self.filter = Filter::All;
                    self.text.clear();
                }
            });
            return;
        }
        let years: Vec<i32> = {
            let spans = self.shown.iter().map(|&nr| applicants[nr].span);
            let first = spans.clone().map(|span| span.first).min().unwrap_or_default();
            let last = spans.map(|span| span.last).max().unwrap_or_default();
            (first.max(last - 7)..=last).collect()
        };
        let titles: Vec<String> = years.iter().map(i32::to_string).collect();
        let widths = Widths::within(ui.available_width(), years.len());
        let mut cols = vec![Col::new("", widths.ticks), Col::new("姓名", widths.name).grow()];
        cols.extend(widths.applies.map(|width| Col::new("申报", width).grow()));
        cols.extend(titles.iter().map(|title| Col::new(title, widths.year)));
        cols.push(Col::new("结论", widths.conclusion));
        let mut opened = None;
        let mut rows = Matrix {
            narrow: widths.applies.is_none(),
            notice: &cx.snap.notice,
            applicants,
            shown: &self.shown,
            years: &years,
            checked: &mut self.checked,
            opened: &mut opened,
            go: None,
        };
        let done = table::table_of(ui, "参评人员", &cols, 33.0, &mut self.table, &mut rows);
        if let Some(go) = rows.go {
            cx.wishes.push(crate::ui::app::Wish::Go(go));
        }
        if done.chosen {
            self.chosen = self.table.chosen.map(|row| applicants[self.shown[row]].person.id);
        }
        if let Some(row) = done.opened {
            cx.wishes.push(crate::ui::app::Wish::Go(Go::Person(
                applicants[self.shown[row]].person.id,
                None,
            )));
        } else if let Some((person, year)) = opened {
            cx.wishes.push(crate::ui::app::Wish::Go(Go::Year(person, year)));
        }
    }

    fn batch(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let view = &cx.snap.campaign;
        let reviewable: Vec<&Person> = view
            .applicants()
            .iter()
            .filter(|r| r.verdict == Verdict::Met && r.stage == Stage::Collecting)
            .filter(|r| self.group.as_ref().is_none_or(|group| *group == r.level_group))
            .filter(|r| match self.checked.is_empty() {
                // Who was judged 不合格 by name, say on an objection, is passed by name only.
                true => !r.applicant.failed(),
                false => self.checked.contains(&r.person.id),
            })
            .map(|r| &r.person)
            .collect();
        let words = if self.checked.is_empty() {
            format!("单位初审合格：待初审的 {} 人", reviewable.len())
        } else {
            format!("对所选 {} 人：单位初审合格", self.checked.len())
        };
        let ready = !reviewable.is_empty();
        let ids: Vec<_> = reviewable.iter().map(|person| person.id_number.clone()).collect();
        let response = ui.add_enabled_ui(ready, |ui| plain(ui, &words)).inner;
        if response
            .on_hover_text("专业科目培训情况由用人单位初审；只对学时和材料都齐的人")
            .on_disabled_hover_text("没有学时和材料都齐、等着初审的人")
            .clicked()
        {
            let (year, by) = (view.year, cx.signer());
            cx.desk.work("单位初审", move |registry, today, _| {
                chores::review(registry, year, &ids, ReviewResult::Passed, &by, "", today)
            });
            self.checked.clear();
        }
        if plain(ui, Action::Checklist.name()).on_hover_text(Action::Checklist.tip()).clicked() {
            cx.act(Action::Checklist);
        }
        let spans = spans(&cx.snap.notice, view.applicants());
        let t = Tokens::of(ui);
        ui.add(eframe::egui::Label::new(RichText::new(&spans).small().color(t.ink3)).truncate());
    }
}

/// How wide the columns of the matrix are.
struct Widths {
    ticks: f32,
    name: f32,
    /// `None` where it is left out.
    applies: Option<f32>,
    year: f32,
    conclusion: f32,
}

impl Widths {
    /// Where room is short they stand closer; where that is not enough the years and the conclusion come before
    /// what is applied for.
    fn within(room: f32, years: usize) -> Self {
        let full =
            Self { ticks: 40.0, name: 84.0, applies: Some(110.0), year: 82.0, conclusion: 82.0 };
        let close =
            Self { ticks: 36.0, name: 84.0, applies: Some(96.0), year: 70.0, conclusion: 70.0 };
        let least = Self { name: 70.0, applies: None, ..close };
        let fits = |widths: &Self| widths.all(years) + table::EDGE <= room;
        [full, close].into_iter().find(fits).unwrap_or(least)
    }

    fn all(&self, years: usize) -> f32 {
        let applies = self.applies.unwrap_or_default();
        self.ticks + self.name + applies + self.year * years as f32 + self.conclusion
    }
}

/// Whether a person's findings have less room beside the matrix.
fn tight(cx: &Cx<'_>) -> bool {
    cx.ctx.content_rect().width() < 1120.0
}

/// Whether the header has no room for more than its title and buttons.
fn header_is_tight(cx: &Cx<'_>) -> bool {
    cx.ctx.content_rect().width() < 1250.0
}

impl View for Campaign {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let view = &cx.snap.campaign;
        shell::heading(ui, &format!("{} 年度申报", view.year), "");
        if !header_is_tight(cx) {
            self.levels(ui, cx);
        }
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let none = cx.snap.campaign.applicants().is_empty();
        if !none && primary(ui, "导出汇总表").on_hover_text(Action::SummaryXlsx.tip()).clicked()
        {
            cx.act(Action::SummaryXlsx);
        }
        let add = Action::AddApplicants;
        // While there is nobody the page itself asks for them.
        if !none && plain(ui, add.name()).on_hover_text(add.tip()).clicked() {
            self.add(cx.snap);
        }
        shell::year(ui, cx);
        if none {
            shell::finder(ui, cx);
            return;
        }
        if !header_is_tight(cx) {
            // The levels beside the title come first.
            let short = (1366.0 - cx.ctx.content_rect().width()).max(0.0);
            self.search(ui, 240.0 - short, cx);
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        if !crate::ui::composing::active(ui.ctx()) || self.made.is_none() {
            self.make(cx.snap);
        }
        if let Some(trouble) = &cx.snap.campaign.trouble {
            card_in(ui, room, size::CARD, |ui| {
                small(ui, trouble.clone());
            });
        } else if cx.snap.campaign.applicants().is_empty() {
            card_in(ui, room, 0.0, |ui| {
                let how = "从人员中选出本年度参评职称的人，这里就按认定起止逐年列出学时，\
                           并指出还缺什么、去哪里补。";
                empty(ui, "本年度还没有参评人员", how, |ui| {
                    if primary(ui, Action::AddApplicants.name()).clicked() {
                        self.add(cx.snap);
                    }
                });
            });
        } else {
            let (left, right) = beside(room, if tight(cx) { 268.0 } else { 352.0 });
            card_in(ui, left, 0.0, |ui| self.left(ui, cx));
            let snapshot = Arc::clone(cx.snap);
            card_in(ui, right, size::CARD, |ui| {
                match self.chosen.and_then(|person| snapshot.campaign.result_of(person)) {
                    Some(result) => self.side.show(ui, result, cx),
                    None => {
                        small(ui, "在左边点一个人，这里就列出体检结果和办法。");
                    }
                }
            });
        }
        if let Some(adding) = &mut self.adding
            && adding.show(ui, cx)
        {
            self.adding = None;
        }
    }
}
