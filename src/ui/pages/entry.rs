//! 登记: one activity for one or many people. The form asks only what its kind needs; hours and
//! missing evidence stand beside it as they arise.

mod event;
mod side;

use super::activity_form::ActivityForm;
use super::evidence::arrive;
use super::picker::Picker;
use super::{Go, View, form_row};
use crate::ledger::{PersonId, Record};
use crate::notice::{Activity, FormId, Notice, SlotId};
use crate::registry::EventLine;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores::{self, Entry as Registering, EventView, NewFile};
use crate::ui::composing;
use crate::ui::desk::{Desk, Outcome};
use crate::ui::dialog::For;
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::field::go_to_fault;
use crate::ui::widgets::{TextField, card_in, combo, note, plain, primary, quiet, small};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CursorIcon, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2,
    vec2,
};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

/// The page.
#[derive(Default)]
pub struct Entry {
    form: Option<ActivityForm>,
    picker: Picker,
    event: String,
    note: String,
    files: Vec<NewFile>,
    /// The record that is being changed instead of making new ones.
    changing: Option<Box<Record>>,
    /// The 班次 that is being changed for everybody in it, and who is to leave it.
    event_edit: Option<Box<EventView>>,
    gone: BTreeSet<PersonId>,
    /// The 班次 that can be chosen, while they are shown; and what is searched for among them.
    former: Option<Vec<EventLine>>,
    /// The chosen one is to be registered again, not changed.
    again: bool,
    sought_event: String,
    told: bool,
    /// The last question about overlaps, and its answer.
    asked: u64,
    sought: Option<(Vec<PersonId>, Activity)>,
    fewer: Vec<String>,
}

impl Entry {
    /// The worker's answer to [`Entry::ask_overlaps`]; an older question's is dropped.
    pub fn overlaps(&mut self, asked: u64, lines: Vec<String>) {
        if asked == self.asked {
            self.fewer = lines;
        }
    }

    /// Asks the worker whose other sessions lie at the same time.
    fn ask_overlaps(&mut self, cx: &mut Cx<'_>, people: &[PersonId]) {
        if people.is_empty() || composing::active(cx.ctx) {
            return;
        }
        let Some(activity) = self.activity(&cx.snap.notice) else { return };
        let sought = (people.to_vec(), activity);
        if self.sought.as_ref() == Some(&sought) {
            return;
        }
        self.asked += 1;
        let (asked, (people, activity)) = (self.asked, sought.clone());
        self.sought = Some(sought);
        self.fewer.clear();
        cx.desk.glance(move |registry| {
            let lines = chores::overlaps(registry, &people, &activity)?;
            Ok(Outcome::Overlaps { asked, lines })
        });
    }

    /// A fresh form for a person and year.
    pub fn for_person(&mut self, snapshot: &Snapshot, person: PersonId, year: Option<i32>) {
        *self = Self {
            picker: Picker::with(snapshot, &[person]),
            form: Some(fresh(snapshot, year)),
            ..Self::default()
        };
    }

    /// A fresh form for many people.
    pub fn for_people(&mut self, snapshot: &Snapshot, people: Vec<PersonId>) {
        *self = Self {
            picker: Picker::of(snapshot, people),
            form: Some(fresh(snapshot, None)),
            ..Self::default()
        };
    }

    /// The same activity for other people.
    pub fn copy(&mut self, record: &Record) {
        *self = Self {
            form: Some(ActivityForm::for_others(&record.activity)),
            event: if record.event_name.is_empty() {
                record.activity.title.clone()
            } else {
                record.event_name.clone()
            },
            ..Self::default()
        };
    }

    pub fn change(&mut self, record: Box<Record>) {
        *self = Self {
            form: Some(ActivityForm::of(&record.activity)),
            note: record.note.clone(),
            changing: Some(record),
            ..Self::default()
        };
    }

    pub fn add_files(&mut self, files: Vec<(SlotId, PathBuf)>, desk: &mut Desk) {
        NewFile::hold(&mut self.files, files, For::Entry, desk);
    }

    /// Files that turned out not to be evidence go again.
    pub fn drop_files(&mut self, unfit: &[(PathBuf, String)]) {
        self.files.retain(|file| unfit.iter().all(|(path, _)| *path != file.path));
    }

    /// Everybody for whom it is registered; of a 班次 that is being changed, who is in it afterwards.
    fn people(&self) -> Vec<PersonId> {
        let mut people = self.picker.people();
        if let Some(edit) = &self.event_edit {
            people.extend(edit.people.iter().map(|(id, _)| *id));
            people.retain(|id| !self.gone.contains(id));
            people.sort_unstable();
            people.dedup();
        }
        people
    }

    fn kinds(&mut self, ui: &mut Ui, snapshot: &Snapshot) {
        let t = Tokens::of(ui);
        let notice = &snapshot.notice;
        let Some(form) = &mut self.form else { return };
        ScrollArea::vertical().id_salt("kinds").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for kind in &notice.forms {
                let on = form.form == kind.id;
                let (rect, response) =
                    ui.allocate_exact_size(vec2(ui.available_width(), 49.0), Sense::click());
                let (fill, ink, ink2) = match (on, response.hovered()) {
                    (true, _) => (t.chosen, t.on_chosen, t.on_chosen2),
                    (false, true) => (t.row, t.ink, t.ink3),
                    (false, false) => (t.surface, t.ink, t.ink3),
                };
                let line =
                    if response.has_focus() { Stroke::new(2.0, t.ink) } else { Stroke::NONE };
                ui.painter().rect(rect, size::RADIUS, fill, line, StrokeKind::Inside);
                let clipped = ui.painter().with_clip_rect(rect.shrink2(vec2(8.0, 0.0)));
                let at = rect.left_top() + vec2(10.0, 6.0);
                clipped.text(at, Align2::LEFT_TOP, &kind.name, theme::text(14.0), ink);
                let at = rect.left_top() + vec2(10.0, 27.0);
                clipped.text(at, Align2::LEFT_TOP, &kind.hint, theme::text(12.0), ink2);
                let name = format!("形式：{}", kind.name);
                response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &name));
                if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                    form.form = kind.id;
                }
            }
        });
    }

    /// The form's kind as a drop-down, where there is no room for the list.
    fn kind(&mut self, ui: &mut Ui, snapshot: &Snapshot) {
        let Some(form) = &mut self.form else { return };
        let forms = &snapshot.notice.forms;
        let mut chosen =
            forms.iter().find(|kind| kind.id == form.form).map_or("", |it| &it.name).to_owned();
        let names: Vec<&str> = forms.iter().map(|kind| kind.name.as_str()).collect();
        form_row(ui, "形式", |ui| {
            let width = (ui.available_width() - 16.0).clamp(120.0, 260.0);
            if combo(ui, "形式", width, &names, &mut chosen)
                && let Some(kind) = forms.iter().find(|kind| kind.name == chosen)
            {
                form.form = kind.id;
            }
        });
    }

    fn middle(&mut self, ui: &mut Ui, narrow: bool, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let notice = &snapshot.notice;
        let region = region_of(&snapshot);
        let high = (ui.available_height() - FOOT * if narrow { 2.0 } else { 1.0 }).max(80.0);
        let fields = ScrollArea::vertical().id_salt("fields").max_height(high);
        fields.show(ui, |ui| {
            if narrow {
                self.kind(ui, &snapshot);
            }
            if self.event_edit.is_some() {
                self.members(ui, &snapshot);
            }
            if let Some(form) = &mut self.form {
                form.show(ui, notice, self.told, snapshot.campaign.year, &region);
            }
            let people = self.people();
            if self.event_edit.is_none() && self.changing.is_none() {
                form_row(ui, "参加人员", |ui| {
                    self.picker.show(ui, "参加人员", &snapshot);
                    let t = Tokens::of(ui);
                    if self.told && people.is_empty() {
                        note(ui, "请选参加的人", t.seal);
                    }
                    self.ask_overlaps(cx, &people);
                    for line in &self.fewer {
                        note(ui, line.clone(), t.wait);
                    }
                    if people.len() > 1 {
                        small(ui, format!("共 {} 人，同一班次，材料共用", people.len()));
                    }
                });
                if people.len() > 1 {
                    form_row(ui, "班次名称", |ui| {
                        let hint = "不填就用内容";
                        TextField::new("班次名称").hint(hint).show(ui, &mut self.event);
                    });
                }
            }
            if self.event_edit.is_none() {
                form_row(ui, "备注", |ui| {
                    TextField::new("备注").show(ui, &mut self.note);
                });
            }
        });
        ui.add_space(8.0);
        let people = self.people();
        ui.horizontal_wrapped(|ui| {
            ui.add_space(if narrow { 0.0 } else { 104.0 });
            self.buttons(ui, cx, &people);
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, people: &[PersonId]) {
        if self.event_edit.is_some() {
            self.event_buttons(ui, cx, people);
            return;
        }
        if let Some(record) = self.changing.clone() {
            if primary(ui, "改好了").clicked() && self.ready(cx, true) {
                let mut changed = (*record).clone();
                if let Some(activity) = self.activity(&cx.snap.notice) {
                    changed.activity = activity;
                }
                self.note.trim().clone_into(&mut changed.note);
                let (person, id) = (changed.person, changed.id);
                let files = std::mem::take(&mut self.files);
                cx.desk.work("修改记录", move |registry, _, progress| {
                    chores::save_record(registry, &changed, &files, progress)
                });
                *self = Self::default();
                cx.go(Go::Person(person, Some(id)));
            }
            if quiet(ui, "取消").clicked() {
                let (person, id) = (record.person, record.id);
                *self = Self::default();
                cx.go(Go::Person(person, Some(id)));
            }
            return;
        }
        let words = match people.len() {
            0 | 1 => "登记".to_owned(),
            many => format!("登记 {many} 人"),
        };
        let one = primary(ui, &words).clicked();
        let again = plain(ui, "登记并再来一条").clicked();
        let go = one || again;
        if go && !self.ready(cx, !people.is_empty()) {
            go_to_fault(ui.ctx());
        } else if go {
            self.register(cx, people);
            let single = (people.len() == 1).then(|| people[0]);
            if again {
                let form = self.form.as_ref().map(|form| form.form);
                let picker = self.picker.clone();
                *self = Self { picker, ..Self::default() };
                let mut fresh = fresh(cx.snap, None);
                if let Some(kind) = form {
                    fresh.form = kind;
                }
                self.form = Some(fresh);
            } else {
                *self = Self::default();
                if let Some(person) = single {
                    cx.go(Go::Person(person, None));
                }
            }
        }
        if quiet(ui, "清空").clicked() {
            *self = Self::default();
        }
    }

    fn ready(&mut self, cx: &Cx<'_>, people: bool) -> bool {
        self.told = true;
        let lacking = self.form.as_ref().map(|form| form.lacking(&cx.snap.notice));
        people && lacking.is_some_and(|lacking| lacking.is_empty())
    }

    fn activity(&self, notice: &Notice) -> Option<Activity> {
        self.form.as_ref()?.activity(notice)
    }

    fn register(&mut self, cx: &mut Cx<'_>, people: &[PersonId]) {
        let Some(activity) = self.activity(&cx.snap.notice) else { return };
        let mut record = Record::new(people[0], activity);
        self.note.trim().clone_into(&mut record.note);
        let event = (people.len() > 1).then(|| {
            let name = self.event.trim();
            if name.is_empty() { record.activity.title.clone() } else { name.to_owned() }
        });
        let entry = Registering {
            people: people.to_vec(),
            record,
            files: std::mem::take(&mut self.files),
            event,
        };
        cx.desk.work("登记", move |registry, _, progress| {
            chores::register(registry, &entry, progress)
        });
    }
}

/// The 注册地区 that this unit's staff must bear (B2-04).
pub fn region_of(snapshot: &Snapshot) -> String {
    snapshot
        .notice
        .recipients
        .iter()
        .find(|recipient| recipient.unit_kind == snapshot.unit.kind)
        .map_or_else(String::new, |recipient| {
            recipient.region.replace("{county}", &snapshot.unit.county)
        })
}

fn fresh(snapshot: &Snapshot, year: Option<i32>) -> ActivityForm {
    let first = snapshot.notice.forms.first().map_or(FormId(1), |form| form.id);
    let year = year.unwrap_or_else(|| chrono::Datelike::year(&snapshot.today));
    let day = super::handbook::first_day(year, snapshot.today);
    ActivityForm::new(&snapshot.notice, first, day)
}

/// Room for a line of buttons below the fields.
const FOOT: f32 = 44.0;
/// Below this width the kinds are a drop-down over the form.
const NARROW: f32 = 860.0;

impl View for Entry {
    fn least(&self) -> Vec2 {
        vec2(620.0, 440.0)
    }

    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let who = self.changing.as_ref().and_then(|record| cx.snap.person(record.person));
        match (who, &self.event_edit) {
            (Some(line), _) => shell::heading(ui, "修改记录", &line.row.name),
            (None, Some(edit)) => {
                let more = format!("{}，改动对班次里的人都算数", edit.event.name);
                shell::heading(ui, "修改班次", &more);
            }
            (None, None) => shell::heading(ui, "登记", "一次学习，可多人同时登记"),
        }
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let tip = "照以前的班次再登记一次，或修改它";
        if plain(ui, "以前的班次").on_hover_text(tip).clicked() {
            cx.desk.glance(chores::list_events);
        }
        if plain(ui, Action::Import.name()).on_hover_text(Action::Import.tip()).clicked() {
            cx.act(Action::Import);
        }
        // It is also on the page of the import, and under Ctrl K.
        if ui.available_width() > 360.0
            && quiet(ui, Action::Template.name()).on_hover_text(Action::Template.tip()).clicked()
        {
            cx.act(Action::Template);
        }
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        if self.form.is_none() {
            self.form = Some(fresh(cx.snap, None));
        }
        let narrow = room.width() < NARROW;
        let rest = if narrow {
            room
        } else {
            let kinds = Rect::from_min_max(room.min, pos2(room.left() + 216.0, room.bottom()));
            let snapshot = Arc::clone(cx.snap);
            card_in(ui, kinds, 10.0, |ui| self.kinds(ui, &snapshot));
            Rect::from_min_max(pos2(kinds.right() + size::GAP, room.top()), room.max)
        };
        let (middle, right) = beside(rest, if narrow { 272.0 } else { 332.0 });
        card_in(ui, middle, size::CARD, |ui| self.middle(ui, narrow, cx));
        card_in(ui, right, size::CARD, |ui| self.side(ui, cx));
        arrive::veil_while_dragging(ui, right);
        self.former_events(ui, cx);
    }
}
