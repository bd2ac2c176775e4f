//! 手册: one person, year by year; the records of a year; why each gives its hours.

mod records;
mod years;

use super::declared::Declared;
use super::evidence::arrive;
use super::person_form::PersonForm;
use super::reason::Reason;
use super::{Go, Page, View};
use crate::ledger::{Discharge, DischargeId, PersonId, RecordId, Vouched};
use crate::notice::SlotId;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores::{self, NewFile};
use crate::ui::desk::Desk;
use crate::ui::dialog::For;
use crate::ui::shell;
use crate::ui::snapshot::PersonView;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::table::TableState;
use crate::ui::widgets::{Tone, card_in, empty, link, plain, primary, quiet, rows_of, tag};
use crate::ui::words;
use chrono::NaiveDate;
use eframe::egui::{Label, Rect, RichText, Ui};
use records::RowPlaces;
use std::path::PathBuf;
use std::sync::Arc;
use years::{CARDS, years_of};

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
    /// Where the rows of records are drawn, for files that are let go on one.
    rows: RowPlaces,
}

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

    /// Files for the 视同 or 认定单 that is being registered.
    pub fn attach_declared(&mut self, files: Vec<(SlotId, PathBuf)>, desk: &mut Desk) {
        if let Some(declared) = &mut self.declared {
            declared.add_files(files, desk);
        }
    }

    pub fn drop_declared(&mut self, unfit: &[(PathBuf, String)]) {
        if let Some(declared) = &mut self.declared {
            declared.drop_files(unfit);
        }
    }

    /// Files for a record: its own, or shared where that was chosen.
    pub fn attach(&self, record: RecordId, files: Vec<(SlotId, PathBuf)>, desk: &mut Desk) {
        super::reason::attach(desk, record, self.reason.shares(record), files);
    }

    /// A photo for the person whose particulars are open.
    pub fn photo(&mut self, file: PathBuf) {
        if let Some(form) = &mut self.form {
            form.take_photo(file);
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
}

impl Handbook {
    /// Files that were let go or pasted: on a row they go to its record, else to what stands on the right.
    fn arrivals(&mut self, ui: &Ui, view: &PersonView, cx: &mut Cx<'_>) {
        let spots = arrive::spots(ui.ctx());
        let row = arrive::pointer(ui.ctx()).and_then(|at| self.rows.at(at));
        let (to, spots) = match (row.or(self.record), self.reason.owed(view)) {
            (Some(record), _) if Some(record) == self.record => (For::Record(record), spots),
            (Some(record), _) => {
                let Some(state) = view.evidence.get(&record) else { return };
                (For::Record(record), arrive::spots_of(state))
            }
            (None, Some(to)) => (to, spots),
            (None, None) => return,
        };
        let files = cx.arrivals(to, &spots);
        if files.is_empty() {
            return;
        }
        match to {
            For::Record(record) => {
                self.record = Some(record);
                self.attach(record, files, cx.desk);
            }
            For::Discharge { person, campaign, year } => {
                discharge(cx.desk, person, campaign, year, files);
            }
            For::Entry | For::Declared | For::Photo => {}
        }
    }
}

impl View for Handbook {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let from = cx.from.name();
        if link(ui, &format!("{from} ›")).accessible_name(format!("回到{from}")).clicked() {
            cx.go(Go::Page(cx.from));
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
        arrive::veil_while_dragging(ui, rest);
        let over_the_page =
            self.declared.is_some() || self.form.is_some() || self.reason.change.is_some();
        if !over_the_page {
            self.arrivals(ui, &view, cx);
        }
        if let Some(wanted) = self.reason.wants.take() {
            self.declared = Some(Declared::open(wanted, view.handbook.person.id, year));
        }
        if let Some(declared) = &mut self.declared
            && declared.show(ui, cx)
        {
            self.declared = None;
        }
        if let Some(form) = &mut self.reason.change
            && form.show(ui, cx)
        {
            self.reason.change = None;
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

/// Closes an obligation with what was handed in.
pub fn discharge(
    desk: &mut Desk,
    person: PersonId,
    campaign: i32,
    year: i32,
    files: Vec<(SlotId, PathBuf)>,
) {
    let by = desk.snapshot.as_ref().map_or_else(String::new, |snapshot| snapshot.signer());
    let files: Vec<NewFile> =
        files.into_iter().map(|(slot, path)| NewFile { slot, path, stamped: true }).collect();
    desk.work("登记补交", move |registry, today, progress| {
        let discharge = Discharge {
            id: DischargeId(0),
            person,
            campaign,
            year,
            vouched: Vouched { by: String::new(), at: today, reason: String::new() },
            attachments: Vec::new(),
        };
        chores::discharge(registry, discharge, &files, &by, today, progress)
    });
}
