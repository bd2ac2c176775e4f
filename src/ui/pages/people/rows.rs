//! The rows of the people table: their cells, their menu, and what a clerk does to them.

use super::bar::Batch;
use super::columns::{Column, Layout};
use super::{Go, People};
use crate::ledger::PersonId;
use crate::ui::action::Action;
use crate::ui::app::{Cx, Wish};
use crate::ui::snapshot::{PersonLine, Snapshot};
use crate::ui::widgets::check::Tick;
use crate::ui::widgets::table::{self, Col, Rows};
use crate::ui::words;
use eframe::egui::Ui;
use std::collections::HashSet;

/// What was chosen from a row's menu.
enum Chosen {
    Go(Go),
    Batch(Batch),
}

struct PeopleRows<'a> {
    snapshot: &'a Snapshot,
    shown: &'a [u32],
    columns: &'a [Column],
    year: Option<i32>,
    picked: &'a HashSet<PersonId>,
    shown_picked: usize,
    chosen: Option<(PersonId, Chosen)>,
}

impl PeopleRows<'_> {
    fn line(&self, row: usize) -> &PersonLine {
        &self.snapshot.people[self.shown[row] as usize]
    }

    /// Whether what is done to this person is done to all who are picked.
    fn is_of_many(&self, person: PersonId) -> bool {
        self.picked.len() > 1 && self.picked.contains(&person)
    }
}

impl Rows for PeopleRows<'_> {
    fn count(&self) -> usize {
        self.shown.len()
    }

    fn name(&self, row: usize) -> String {
        let row = &self.line(row).row;
        format!("{}，{}", row.name, words::masked(&row.id_number))
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize) {
        self.columns[col].cell(ui, self.line(row), self.snapshot, self.year);
    }

    fn picks(&self) -> bool {
        true
    }

    fn picked(&self, row: usize) -> bool {
        !self.picked.is_empty() && self.picked.contains(&self.line(row).row.id)
    }

    fn picked_of_all(&self) -> Tick {
        match (self.picked.len(), self.shown_picked) {
            (0, _) => Tick::Off,
            (_, shown) if shown == self.shown.len() && shown > 0 => Tick::On,
            _ => Tick::Some,
        }
    }

    fn has_menu(&self) -> bool {
        true
    }

    fn menu_heading(&self, row: usize) -> Option<String> {
        self.is_of_many(self.line(row).row.id).then(|| format!("已选 {} 人", self.picked.len()))
    }

    fn menu(&mut self, ui: &mut Ui, row: usize) {
        let row = self.line(row).row.clone();
        let many = self.is_of_many(row.id);
        let mut chosen = None;
        if many {
            for batch in Batch::offered(self.picked.len(), false) {
                if ui.button(batch.name()).clicked() {
                    chosen = Some(Chosen::Batch(batch));
                }
            }
            ui.separator();
        }
        if ui.button("打开手册").clicked() {
            chosen = Some(Chosen::Go(Go::Person(row.id, None)));
        }
        if ui.button(Action::AddRecord.name()).clicked() {
            chosen = Some(Chosen::Go(Go::Record(row.id, None)));
        }
        if !many {
            let leave = if row.retired { Batch::Return } else { Batch::Retire };
            for batch in [Batch::Apply, Batch::Review, Batch::Print, leave] {
                if ui.button(batch.name()).clicked() {
                    chosen = Some(Chosen::Batch(batch));
                }
            }
        }
        ui.separator();
        if ui.button("复制姓名").clicked() {
            ui.ctx().copy_text(row.name.clone());
        }
        if ui.button("复制身份证号").clicked() {
            ui.ctx().copy_text(row.id_number.as_str().to_owned());
        }
        if let Some(chosen) = chosen {
            self.chosen = Some((row.id, chosen));
            ui.close();
        }
    }
}

impl People {
    pub(super) fn rows(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let mut columns = cx.remembered.people.columns();
        if self.asked.year.is_some() {
            columns.push(Column::Short);
        }
        let cols: Vec<Col<'_>> = columns.iter().map(|column| column.col()).collect();
        let place = |column: Column| columns.iter().position(|it| *it == column);
        let sorted = self.asked.sort;
        self.table.sort = sorted.and_then(|(column, down)| Some((place(column)?, down)));
        self.table.widths.clone_from(&cx.remembered.people.widths);
        let mut rows = PeopleRows {
            snapshot: cx.snap,
            shown: &self.list.shown,
            columns: &columns,
            year: self.asked.year,
            picked: &self.picked,
            shown_picked: self.shown_picked,
            chosen: None,
        };
        let done = table::table(ui, "人员名册", &cols, &mut self.table, &mut rows);
        let chosen = rows.chosen;
        if done.sorted {
            self.asked.sort = self.table.sort.map(|(nr, down)| (columns[nr], down));
        }
        if done.resized {
            let widths = self.table.widths.clone();
            let layout = Layout { widths, ..cx.remembered.people.clone() };
            cx.wishes.push(Wish::PeopleLayout(layout));
        }
        if let Some(pick) = done.pick {
            self.pick(cx.snap, pick);
        }
        match chosen {
            Some((_, Chosen::Go(go))) => cx.go(go),
            Some((person, Chosen::Batch(batch))) => {
                let many = self.picked.len() > 1 && self.picked.contains(&person);
                let people = if many { self.chosen(cx.snap) } else { vec![person] };
                self.begin(batch, people, cx);
            }
            None => {}
        }
        if let Some(person) = done.opened.and_then(|row| self.list.person(cx.snap, row)) {
            cx.go(Go::Person(person, None));
        }
    }
}
