//! 人员: everybody in the registry; find, filter, open, add.

use super::person_form::PersonForm;
use super::{Go, View};
use crate::ledger::PersonId;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::search::Query;
use crate::ui::shell;
use crate::ui::snapshot::{Mark, PersonLine, Snapshot};
use crate::ui::theme::{self, Tokens};
use crate::ui::widgets::table::{self, Col, Rows, TableState, bold_words, small_words};
use crate::ui::widgets::{
    Tone, card::middle_row, card_in, empty, filter_chip, plain, primary, quiet, search_box, tag,
};
use crate::ui::words;
use eframe::egui::{Align2, Layout, Rect, RichText, Sense, Ui, vec2};

/// Which people are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Applicants,
    /// A year that falls short.
    Short,
    /// A record without complete evidence.
    Lacking,
    Retired,
}

impl Filter {
    const ALL: [(Self, &'static str, Option<Tone>); 5] = [
        (Self::All, "在职", None),
        (Self::Applicants, "参评", Some(Tone::Info)),
        (Self::Short, "有年度不够", Some(Tone::Bad)),
        (Self::Lacking, "缺材料", Some(Tone::Wait)),
        (Self::Retired, "不再登记", None),
    ];

    fn keeps(self, line: &PersonLine) -> bool {
        match self {
            Self::Retired => line.row.retired,
            _ if line.row.retired => false,
            Self::All => true,
            Self::Applicants => line.applies.is_some(),
            Self::Short => line.worst() == Some(Mark::Short),
            Self::Lacking => line.lacking() > 0,
        }
    }
}

/// What a list was made from: the picture, the words, the filter, the order.
type Made = (u64, String, Filter, Option<(usize, bool)>);

/// The page.
#[derive(Default)]
pub struct People {
    text: String,
    filter: Filter,
    table: TableState,
    /// Places in the snapshot's list, filtered and sorted.
    shown: Vec<u32>,
    counts: [usize; 5],
    /// What `shown` was made from.
    made: Option<Made>,
    adding: Option<PersonForm>,
}

const COLS: [Col<'static>; 7] = [
    Col::new("姓名", 172.0).sorts(),
    Col::new("身份证号", 140.0).sorts(),
    Col::new("科室", 120.0).grow().sorts(),
    Col::new("职称", 120.0).grow().sorts(),
    Col::new("参评", 150.0).grow(),
    Col::new("记录", 64.0).right().sorts(),
    Col::new("近六年", 156.0),
];

impl People {
    pub fn add(&mut self) {
        self.adding = Some(PersonForm::add());
    }

    fn make(&mut self, snapshot: &Snapshot) {
        let key = (snapshot.serial, self.text.clone(), self.filter, self.table.sort);
        if self.made.as_ref() == Some(&key) {
            return;
        }
        let chosen = self.table.chosen.and_then(|row| self.person_at(snapshot, row));
        let query = Query::new(&self.text);
        let people = &snapshot.people;
        let same_people = self.made.as_ref().is_some_and(|made| made.0 == key.0);
        if !same_people {
            self.counts = Filter::ALL
                .map(|(filter, _, _)| people.iter().filter(|line| filter.keeps(line)).count());
        }
        // One more letter can only take people away: look at those that are left.
        let narrower = same_people
            && self.made.as_ref().is_some_and(|(_, text, filter, sort)| {
                *filter == key.2
                    && *sort == key.3
                    && !text.is_empty()
                    && key.1.starts_with(text.as_str())
                    && !key.1.contains(char::is_whitespace)
                    && !text.bytes().any(|b| b.is_ascii_digit())
                    && !key.1.bytes().any(|b| b.is_ascii_digit())
            });
        if narrower {
            self.shown.retain(|&place| query.finds(&people[place as usize]));
        } else {
            self.shown = people
                .iter()
                .enumerate()
                .filter(|(_, line)| self.filter.keeps(line) && query.finds(line))
                .map(|(place, _)| place as u32)
                .collect();
            self.sort(snapshot);
        }
        self.table.chosen = chosen.and_then(|id| {
            self.shown.iter().position(|&place| people[place as usize].row.id == id)
        });
        self.made = Some(key);
    }

    fn sort(&mut self, snapshot: &Snapshot) {
        let people = &snapshot.people;
        if let Some((col, down)) = self.table.sort {
            let line = |place: &u32| &people[*place as usize].row;
            match col {
                0 => {} // The snapshot is in name order.
                1 => self.shown.sort_by(|a, b| line(a).id_number.cmp(&line(b).id_number)),
                2 => self.shown.sort_by(|a, b| line(a).section.cmp(&line(b).section)),
                3 => self.shown.sort_by(|a, b| line(a).title.cmp(&line(b).title)),
                _ => self.shown.sort_by_key(|place| line(place).records),
            }
            if down {
                self.shown.reverse();
            }
        }
    }

    fn person_at(&self, snapshot: &Snapshot, row: usize) -> Option<PersonId> {
        let place = *self.shown.get(row)? as usize;
        snapshot.people.get(place).map(|line| line.row.id)
    }
}

struct PeopleRows<'a> {
    snapshot: &'a Snapshot,
    shown: &'a [u32],
    /// Chosen from a row's menu.
    go: Option<Go>,
}

impl PeopleRows<'_> {
    fn line(&self, row: usize) -> &PersonLine {
        &self.snapshot.people[self.shown[row] as usize]
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
        let t = Tokens::of(ui);
        let line = self.line(row);
        match col {
            0 => bold_words(ui, &line.row.name, if line.row.retired { t.ink3 } else { t.ink }),
            1 => table::words(ui, &words::masked(&line.row.id_number), t.ink2),
            2 => table::words(ui, &line.row.section, t.ink2),
            3 => table::words(ui, &line.row.title, t.ink2),
            4 => {
                if let Some(applies) = &line.applies {
                    tag(ui, Tone::Info, applies);
                }
            }
            5 => table::words(ui, &line.row.records.to_string(), t.ink2),
            _ => marks(ui, line, self.snapshot.notice.campaign_year),
        }
    }

    fn has_menu(&self) -> bool {
        true
    }

    fn menu(&mut self, ui: &mut Ui, row: usize) {
        let row = &self.line(row).row;
        let (id, name) = (row.id, row.name.clone());
        if ui.button("打开手册").clicked() {
            self.go = Some(Go::Person(id, None));
        }
        if ui.button(Action::AddRecord.name()).clicked() {
            self.go = Some(Go::Record(id, None));
        }
        if ui.button("复制姓名").clicked() {
            ui.ctx().copy_text(name);
        }
    }
}

/// Six small squares, the last six years: green met, blue deemed, amber pending, red short.
fn marks(ui: &mut Ui, line: &PersonLine, campaign: i32) {
    let t = Tokens::of(ui);
    let Some(years) = &line.years else {
        small_words(ui, "正在计算", t.ink3);
        return;
    };
    ui.spacing_mut().item_spacing.x = 3.0;
    for year in campaign - 5..=campaign {
        let (rect, response) = ui.allocate_exact_size(vec2(20.0, 18.0), Sense::hover());
        let found = years.iter().find(|mark| mark.year == year);
        let (ink, ground) = match found.map(|mark| mark.mark) {
            Some(Mark::Met) => Tone::Ok.colors(t),
            Some(Mark::Deemed) => Tone::Info.colors(t),
            Some(Mark::Pending) => Tone::Wait.colors(t),
            Some(Mark::Short) => Tone::Bad.colors(t),
            None => (t.ink3, t.sunken),
        };
        ui.painter().rect_filled(rect, 4.0, ground);
        let digits = format!("{:02}", year % 100);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, digits, theme::text(11.0), ink);
        if response.hovered() {
            let words = match found {
                Some(mark) => format!("{year} 年 {} 学时，{}", mark.total, mark.mark.word()),
                None => format!("{year} 年没有记录"),
            };
            response.on_hover_text(words);
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
        let hint = "姓名、拼音首字母、身份证尾号";
        let typed = search_box(ui, "查找人员", hint, 260.0, &mut self.text);
        if cx.find {
            typed.response.request_focus();
        }
        if typed.changed {
            self.table.chosen = None;
        }
        if typed.entered
            && self.shown.len() == 1
            && let Some(person) = self.person_at(cx.snap, 0)
        {
            cx.go(Go::Person(person, None));
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        if !crate::ui::composing::active(ui.ctx()) || self.made.is_none() {
            self.make(cx.snap);
        }
        card_in(ui, room, 0.0, |ui| {
            if cx.snap.people.is_empty() {
                let how =
                    "从 Excel 名册导入最快：先存一份导入模板，填好再导入。也可以一个一个添加。";
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
                return;
            }
            self.chips(ui);
            if self.shown.is_empty() {
                empty(
                    ui,
                    "没有符合的人",
                    "换一个查找词或筛选条件。拼音首字母、身份证最后几位都可以找。",
                    |ui| {
                        if plain(ui, "显示全部").clicked() {
                            self.text.clear();
                            self.filter = Filter::All;
                        }
                    },
                );
                return;
            }
            let mut rows = PeopleRows { snapshot: cx.snap, shown: &self.shown, go: None };
            let done = table::table(ui, "人员名册", &COLS, &mut self.table, &mut rows);
            if let Some(go) = rows.go {
                cx.go(go);
            }
            if let Some(person) = done.opened.and_then(|row| self.person_at(cx.snap, row)) {
                cx.go(Go::Person(person, None));
            }
        });
        if let Some(form) = &mut self.adding
            && form.show(ui, cx)
        {
            self.adding = None;
        }
    }
}

impl People {
    /// A photo for the person who is being added.
    pub fn photo(&mut self, file: std::path::PathBuf) {
        if let Some(form) = &mut self.adding {
            form.take_photo(file);
        }
    }

    fn chips(&mut self, ui: &mut Ui) {
        let t = Tokens::of(ui);
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            for (nr, (filter, name, tone)) in Filter::ALL.into_iter().enumerate() {
                let hidden = filter != Filter::All && self.counts[nr] == 0 && self.filter != filter;
                if hidden {
                    continue;
                }
                let on = self.filter == filter;
                if filter_chip(ui, name, Some(self.counts[nr]), tone, on).clicked() {
                    self.filter = filter;
                }
            }
            ui.with_layout(Layout::right_to_left(eframe::egui::Align::Center), |ui| {
                ui.add_space(16.0);
                let sought = self.made.as_ref().is_some_and(|(_, text, ..)| !text.is_empty());
                let words = if !sought {
                    "双击或按 Enter 打开手册".to_owned()
                } else {
                    format!("找到 {} 人", self.shown.len())
                };
                ui.label(RichText::new(words).small().color(t.ink3));
            });
        });
        ui.add_space(8.0);
    }
}
