//! 人员: everybody in the registry; find, filter, open, add, and do one thing for many. The columns stand
//! in `people/columns`, who is shown in `people/list`, what is done for many in `people/bar` and `batch`, two
//! entries of one person in `people/twins`.

mod bar;
mod batch;
mod columns;
mod filters;
mod list;
mod rows;
mod twins;

use columns::Column;
pub use columns::Layout;

use super::applicants::AddApplicants;
use super::person_form::PersonForm;
use super::{Go, View};
use crate::ledger::PersonId;
use crate::registry::Merge;
use crate::registry::roster::Setting;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::composing;
use crate::ui::desk::Pair;
use crate::ui::dialog::Paper;
use crate::ui::papers::{self, Whose};
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::widgets::table::{Pick, TableState};
use crate::ui::widgets::{card::middle_row, card_in, empty, plain, primary, quiet, search_box};
use bar::{Batch, Picked};
use batch::{Edit, LeftOut, Review};
use chrono::Datelike;
use eframe::egui::{Key, Modifiers, Rect, Ui, UiBuilder};
use list::{Asked, Filter, List};
use std::collections::HashSet;
use twins::Twins;

/// A dialog over the page.
enum Open {
    Form(Box<PersonForm>),
    Edit(Edit),
    Review(Review),
    Apply(Box<AddApplicants>),
    LeftOut(LeftOut),
    Twins(Box<Twins>),
}

/// The page.
#[derive(Default)]
pub struct People {
    asked: Asked,
    list: List,
    table: TableState,
    picked: HashSet<PersonId>,
    /// How many of those shown are picked, and whether all picked have left the staff.
    shown_picked: usize,
    all_retired: bool,
    /// People in the picture that picks were last held against.
    people: usize,
    open: Option<Open>,
}

/// The line at the card's foot.
const FOOT: f32 = 48.0;

impl People {
    pub fn add(&mut self) {
        self.open = Some(Open::Form(Box::new(PersonForm::add())));
    }

    /// Who was left out of what was done for many.
    pub fn tell(&mut self, text: String, lines: Vec<String>) {
        self.open = Some(Open::LeftOut(LeftOut { text, lines }));
    }

    pub fn twins(&mut self, pairs: Vec<Pair>) {
        self.open = Some(Open::Twins(Box::new(Twins::found(pairs))));
    }

    pub fn merge(&mut self, merge: Result<Merge, String>) {
        if let Some(Open::Twins(twins)) = &mut self.open {
            twins.take(merge);
        }
    }

    /// Only those who have a record of this title.
    pub fn only(&mut self, title: String, people: Vec<PersonId>) {
        let with = Some((title, people.into_iter().collect()));
        self.asked = Asked { with, sort: self.asked.sort, ..Asked::default() };
    }

    /// Whose gaps are printed: the year, and the people of the list when it is a part.
    pub fn whose_gaps(&self, snapshot: &Snapshot) -> (Option<i32>, Vec<PersonId>) {
        let part = self.asked.section.is_some()
            || self.asked.with.is_some()
            || !self.asked.text.is_empty()
            || self.asked.filter != Filter::All;
        let people = if part { self.all_shown(snapshot).collect() } else { Vec::new() };
        (self.asked.year, people)
    }

    fn all_shown<'a>(&'a self, snapshot: &'a Snapshot) -> impl Iterator<Item = PersonId> + 'a {
        self.list.shown.iter().map(|&place| snapshot.people[place as usize].row.id)
    }

    fn make(&mut self, snapshot: &Snapshot) {
        let chosen = self.table.chosen.and_then(|row| self.list.person(snapshot, row));
        if !self.list.make(snapshot, &self.asked) {
            return;
        }
        self.table.anchor = None;
        self.table.chosen = chosen.and_then(|id| self.list.row_of(snapshot, id));
        if self.people != snapshot.people.len() && !self.picked.is_empty() {
            let there: HashSet<PersonId> = snapshot.people.iter().map(|line| line.row.id).collect();
            self.picked.retain(|id| there.contains(id));
        }
        self.people = snapshot.people.len();
        self.count_picked(snapshot);
    }

    fn count_picked(&mut self, snapshot: &Snapshot) {
        self.shown_picked = 0;
        self.all_retired = false;
        if self.picked.is_empty() {
            return;
        }
        self.shown_picked = self.all_shown(snapshot).filter(|id| self.picked.contains(id)).count();
        let mut lines = snapshot.people.iter().filter(|line| self.picked.contains(&line.row.id));
        self.all_retired = lines.all(|line| line.row.retired);
    }

    fn pick(&mut self, snapshot: &Snapshot, pick: Pick) {
        match pick {
            Pick::Toggle(row) => {
                if let Some(id) = self.list.person(snapshot, row)
                    && !self.picked.insert(id)
                {
                    self.picked.remove(&id);
                }
            }
            Pick::Range(from, to) => {
                let rows = from.min(to)..=from.max(to);
                self.picked.extend(rows.filter_map(|row| self.list.person(snapshot, row)));
            }
            Pick::All => {
                let all: Vec<PersonId> = self.all_shown(snapshot).collect();
                self.picked.extend(all);
            }
            Pick::Nothing => self.picked.clear(),
        }
        self.count_picked(snapshot);
    }

    /// Those that are picked, in the order of the roster.
    fn chosen(&self, snapshot: &Snapshot) -> Vec<PersonId> {
        let all = snapshot.people.iter().map(|line| line.row.id);
        all.filter(|id| self.picked.contains(id)).collect()
    }

    fn begin(&mut self, batch: Batch, people: Vec<PersonId>, cx: &mut Cx<'_>) {
        match batch {
            Batch::Record => cx.go(Go::RecordAll(people)),
            Batch::Edit => self.open = Some(Open::Edit(Edit::of(people))),
            Batch::Apply => {
                self.open = Some(Open::Apply(Box::new(AddApplicants::of(cx.snap, people))));
            }
            Batch::Review => {
                let last = cx.snap.notice.campaign_year;
                let year = self.asked.year.unwrap_or_else(|| last.min(cx.snap.today.year() - 1));
                self.open = Some(Open::Review(Review::of(people, year, cx.signer())));
            }
            Batch::Print => {
                let whose = Whose { people, ..Whose::default() };
                papers::look(cx.desk, Paper::Handbook, whose, super::Page::People);
            }
            Batch::Retire | Batch::Return => {
                batch::change(cx, people, vec![Setting::Retired(batch == Batch::Retire)]);
                self.pick(cx.snap, Pick::Nothing);
            }
            Batch::Merge => {
                if let [one, other] = people[..] {
                    self.open = Some(Open::Twins(Box::new(Twins::chosen())));
                    twins::look(cx, one, other);
                }
            }
            Batch::Nothing => self.pick(cx.snap, Pick::Nothing),
        }
    }

    /// Ctrl+A and Escape where nothing else has the keyboard.
    fn keys(&mut self, ui: &Ui, cx: &Cx<'_>) {
        let elsewhere = ui.ctx().text_edit_focused()
            || self.open.is_some()
            || ui.ctx().memory(|memory| memory.top_modal_layer().is_some());
        if elsewhere || composing::active(ui.ctx()) {
            return;
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
            self.pick(cx.snap, Pick::All);
        }
        if !self.picked.is_empty()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.pick(cx.snap, Pick::Nothing);
        }
    }
}

impl View for People {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let people = cx.snap.people.len();
        let records = cx.snap.records;
        let sub = if cx.snap.counted < people {
            format!("{people} 人，{records} 条记录，正在计算学时 {} / {people}", cx.snap.counted)
        } else {
            format!("{people} 人，{records} 条记录")
        };
        shell::heading(ui, "人员", &sub);
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if primary(ui, Action::AddPerson.name()).on_hover_text(Action::AddPerson.tip()).clicked() {
            self.add();
        }
        if plain(ui, Action::Import.name()).on_hover_text(Action::Import.tip()).clicked() {
            cx.act(Action::Import);
        }
        // In a narrow header the search and the page's name come first; this is under Ctrl K too.
        if ui.available_width() > 420.0
            && quiet(ui, Action::Twins.name()).on_hover_text(Action::Twins.tip()).clicked()
        {
            cx.act(Action::Twins);
        }
        let hint = "姓名、拼音首字母、身份证尾号";
        let wide = (ui.available_width() - 96.0).clamp(120.0, 260.0);
        let typed = search_box(ui, "查找人员", hint, wide, &mut self.asked.text);
        if cx.find {
            typed.response.request_focus();
        }
        if typed.changed {
            self.table.chosen = None;
        }
        if typed.entered
            && self.list.shown.len() == 1
            && let Some(person) = self.list.person(cx.snap, 0)
        {
            cx.go(Go::Person(person, None));
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        if !composing::active(ui.ctx()) || self.people == 0 {
            self.make(cx.snap);
        }
        self.keys(ui, cx);
        card_in(ui, room, 0.0, |ui| {
            if cx.snap.people.is_empty() {
                return self.nobody(ui, cx);
            }
            self.filters(ui, cx);
            let all = ui.available_rect_before_wrap();
            let foot = all.with_min_y(all.bottom() - FOOT);
            let above = all.with_max_y(foot.top());
            let mut above = ui.new_child(UiBuilder::new().max_rect(above).id_salt("above"));
            if self.list.shown.is_empty() {
                self.nobody_found(&mut above);
            } else {
                self.rows(&mut above, cx);
            }
            let picked = Picked {
                people: self.picked.len(),
                hidden: self.picked.len() - self.shown_picked,
                all_retired: self.all_retired,
            };
            let years = cx.remembered.people.columns().contains(&Column::Years);
            if let Some(batch) = bar::show(ui, foot, picked, self.list.found(), years) {
                let people = self.chosen(cx.snap);
                self.begin(batch, people, cx);
            }
        });
        self.dialogs(ui, cx);
    }
}

impl People {
    /// A photo for the person who is being added.
    pub fn photo(&mut self, file: std::path::PathBuf) {
        if let Some(Open::Form(form)) = &mut self.open {
            form.take_photo(file);
        }
    }

    fn dialogs(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let done = match &mut self.open {
            None => return,
            Some(Open::Form(form)) => form.show(ui, cx),
            Some(Open::Edit(edit)) => edit.show(cx),
            Some(Open::Review(review)) => review.show(cx),
            Some(Open::Apply(form)) => form.show(ui, cx),
            Some(Open::LeftOut(left)) => left.show(cx),
            Some(Open::Twins(twins)) => twins.show(cx),
        };
        if done {
            self.open = None;
        }
    }

    fn nobody(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let how = "从 Excel 名册导入最快：先存一份导入模板，填好再导入。也可以一个一个添加。";
        empty(ui, "还没有人员", how, |ui| {
            middle_row(ui, 360.0, |ui| {
                if primary(ui, "从 Excel 导入名册").clicked() {
                    cx.act(Action::Import);
                }
                if plain(ui, "保存导入模板").clicked() {
                    cx.act(Action::Template);
                }
                if quiet(ui, "添加一个人").clicked() {
                    self.add();
                }
            });
        });
    }

    fn nobody_found(&mut self, ui: &mut Ui) {
        let good = self.asked.text.is_empty() && self.asked.year.is_some();
        let (title, how) = match self.asked.filter {
            Filter::Short if good => ("没有人不够", "这一年在职的人学时都够了。"),
            Filter::Lacking if good => ("没有人缺材料", "这一年登记的学习材料都齐了。"),
            _ => ("没有符合的人", "换一个查找词或筛选条件。拼音首字母、身份证最后几位都可以找。"),
        };
        empty(ui, title, how, |ui| {
            if plain(ui, "显示全部").clicked() {
                let (year, sort) = (self.asked.year, self.asked.sort);
                self.asked = Asked { year, sort, ..Asked::default() };
            }
        });
    }
}
