//! 登记: one activity for one or many people. The form asks only what its kind needs; hours and
//! missing evidence stand beside it as they arise.

use super::activity_form::ActivityForm;
use super::evidence::{self, Deed, Item, Panel};
use super::picker::Picker;
use super::{Go, View, form_row};
use crate::ledger::{self, Person, PersonId, Record, RecordCredit};
use crate::notice::evidence::{Proof, state};
use crate::notice::{Activity, FormId, Hours, Notice, SlotId};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores::{self, Entry as Registering, NewFile};
use crate::ui::composing;
use crate::ui::desk::Outcome;
use crate::ui::dialog::{Ask, For};
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{TextField, card_in, h2, note, plain, primary, quiet, serif_quote, small};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CursorIcon, Label, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};
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
    pub fn copy(&mut self, snapshot: &Snapshot, record: &Record) {
        *self = Self {
            form: Some(ActivityForm::of(&snapshot.notice, &record.activity)),
            event: if record.event_name.is_empty() {
                record.activity.title.clone()
            } else {
                record.event_name.clone()
            },
            ..Self::default()
        };
    }

    pub fn change(&mut self, snapshot: &Snapshot, record: Box<Record>) {
        *self = Self {
            form: Some(ActivityForm::of(&snapshot.notice, &record.activity)),
            note: record.note.clone(),
            changing: Some(record),
            ..Self::default()
        };
    }

    pub fn add_files(&mut self, slot: &SlotId, files: Vec<PathBuf>) {
        self.files.extend(files.into_iter().map(|path| NewFile {
            slot: slot.clone(),
            path,
            stamped: false,
        }));
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

    fn middle(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let notice = &snapshot.notice;
        let region = region_of(&snapshot);
        ScrollArea::vertical().id_salt("fields").show(ui, |ui| {
            if let Some(form) = &mut self.form {
                form.show(ui, notice, self.told, snapshot.campaign.year, &region);
            }
            let people = self.picker.people();
            if self.changing.is_none() {
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
            form_row(ui, "备注", |ui| {
                TextField::new("备注").show(ui, &mut self.note);
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                ui.add_space(104.0);
                self.buttons(ui, cx, &people);
            });
            ui.add_space(8.0);
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, people: &[PersonId]) {
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
        if (one || again) && self.ready(cx, !people.is_empty()) {
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

    fn side(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let snapshot = Arc::clone(cx.snap);
        let notice = &snapshot.notice;
        let people = self.picker.people().len();
        ScrollArea::vertical().id_salt("worth").show(ui, |ui| {
            h2(ui, if people > 1 { "每人得到" } else { "得到" }, "");
            let credits = self.activity(notice).map(|activity| worth(notice, &activity));
            match credits.as_deref() {
                None => {
                    big(ui, "0", "学时");
                    small(ui, "填好日期，这里就算出学时并说明依据。");
                }
                Some([]) => {
                    big(ui, "0", "学时");
                    small(ui, "按通知折算不出学时。");
                }
                Some(credits) => {
                    let hours: Hours = credits.iter().filter(|c| c.counted).map(|c| c.hours).sum();
                    let subject =
                        credits.first().map(|credit| notice.subject_name(&credit.subject));
                    big(ui, &hours.to_string(), &format!("{}学时", subject.unwrap_or_default()));
                    for credit in credits {
                        let lead = if credits.len() > 1 {
                            format!("{} 年：", credit.year)
                        } else {
                            String::new()
                        };
                        let color = if credit.counted { t.ink } else { t.seal };
                        note(ui, format!("{lead}{}", credit.why), color);
                    }
                    if let Some(credit) = credits.first() {
                        ui.add_space(4.0);
                        serif_quote(ui, &credit.clause.quote);
                        small(ui, format!("{}　{}", credit.clause.place, notice.document));
                    }
                }
            }
            ui.add_space(16.0);
            self.proofs(ui, notice, people, cx);
        });
    }

    fn proofs(&mut self, ui: &mut Ui, notice: &Notice, people: usize, cx: &mut Cx<'_>) {
        let Some(form) = self.form.as_ref().and_then(|form| notice.form(form.form)) else { return };
        let kept: Vec<Item> = self
            .changing
            .iter()
            .flat_map(|record| record.all_attachments())
            .map(|a| Item {
                slot: a.slot.clone(),
                name: a.evidence.name.clone(),
                stamped: a.stamped,
                shared: true,
                reason: a.reason.clone(),
            })
            .collect();
        let new = self.files.iter().map(|file| Item {
            slot: file.slot.clone(),
            name: file.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            stamped: file.stamped,
            shared: false,
            reason: String::new(),
        });
        let items: Vec<Item> = new.chain(kept).collect();
        let proofs: Vec<Proof> = items
            .iter()
            .map(|item| Proof {
                slot: item.slot.clone(),
                stamped: item.stamped,
                reasoned: !item.reason.is_empty(),
            })
            .collect();
        let source = self.activity(notice).and_then(|activity| activity.source);
        let state = state(notice, &form.evidence, source.as_deref(), &proofs, &[]);
        let shared = if people > 1 { format!("{people} 人共用") } else { String::new() };
        let panel = Panel {
            notice,
            state: &state,
            items: &items,
            note: &shared,
            can_open: false,
            waivable: &[],
        };
        match panel.show(ui) {
            Some(Deed::Choose(slot)) => {
                let name = notice.slot(&slot).map_or_else(String::new, |slot| slot.name.clone());
                cx.dialogs.ask(Ask::Evidence { slot, name, to: For::Entry }, "");
            }
            Some(Deed::Remove(nr)) if nr < self.files.len() => {
                self.files.remove(nr);
            }
            Some(Deed::Stamp(nr, stamped)) if nr < self.files.len() => {
                self.files[nr].stamped = stamped;
            }
            _ => {}
        }
        for (slot, path) in evidence::dropped(ui, notice) {
            self.add_files(&slot, vec![path]);
        }
        if !state.complete {
            ui.add_space(6.0);
            small(ui, "现在不齐也能登记，报送前补齐即可。");
        }
    }
}

fn big(ui: &mut Ui, number: &str, unit: &str) {
    let t = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(number).font(theme::quote(size::RESULT)).color(t.ink));
        ui.add(Label::new(RichText::new(unit).color(t.ink3)));
    });
}

/// What an activity would give somebody who has nothing else.
pub fn worth(notice: &Notice, activity: &Activity) -> Vec<RecordCredit> {
    // Any readable number: the hours do not look at it.
    let Some(id) = ledger::IdNumber::parse("110101199001010015") else { return Vec::new() };
    let person = Person::new("", id);
    let record = Record::new(PersonId::default(), activity.clone());
    let handbook = ledger::Handbook { records: vec![record], ..ledger::Handbook::blank(person) };
    ledger::years(notice, &handbook).into_iter().flat_map(|total| total.credits).collect()
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

impl View for Entry {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let who = self.changing.as_ref().and_then(|record| cx.snap.person(record.person));
        match who {
            Some(line) => shell::heading(ui, "修改记录", &line.row.name),
            None => shell::heading(ui, "登记", "一次学习，可多人同时登记"),
        }
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if plain(ui, Action::Import.name()).on_hover_text(Action::Import.tip()).clicked() {
            cx.act(Action::Import);
        }
        if quiet(ui, Action::Template.name()).on_hover_text(Action::Template.tip()).clicked() {
            cx.act(Action::Template);
        }
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        if self.form.is_none() {
            self.form = Some(fresh(cx.snap, None));
        }
        let kinds = Rect::from_min_max(room.min, pos2(room.left() + 216.0, room.bottom()));
        let rest = Rect::from_min_max(pos2(kinds.right() + size::GAP, room.top()), room.max);
        let (middle, right) = beside(rest, 332.0);
        let snapshot = Arc::clone(cx.snap);
        card_in(ui, kinds, 10.0, |ui| self.kinds(ui, &snapshot));
        card_in(ui, middle, size::CARD, |ui| self.middle(ui, cx));
        card_in(ui, right, size::CARD, |ui| self.side(ui, cx));
        evidence::veil_while_dragging(ui, right);
    }
}
