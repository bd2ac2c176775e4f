//! 班次: choosing a former one, to register the same again or to change it for everybody in it.

use super::Entry;
use crate::ledger::PersonId;
use crate::registry::EventLine;
use crate::ui::app::Cx;
use crate::ui::chores::{self, EventEdit, EventView};
use crate::ui::pages::activity_form::ActivityForm;
use crate::ui::pages::{Go, Page, form_modal, form_row};
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{
    TextField, chip, h2, hairline, link, note, plain, primary, quiet, search_box, small,
};
use eframe::egui::{ScrollArea, Ui, vec2};

/// What is done with a former 班次.
enum Pick {
    Change,
    Again,
}

impl Entry {
    /// The former 班次 have come.
    pub fn events(&mut self, lines: Vec<EventLine>) {
        self.former = Some(lines);
    }

    /// Opens a 班次 to be changed for everybody in it; or, where that was asked for, the same for others.
    pub fn change_event(&mut self, view: EventView) {
        let again = std::mem::take(&mut self.again);
        let form = match again {
            true => ActivityForm::for_others(&view.activity),
            false => ActivityForm::of(&view.activity),
        };
        *self = Self { form: Some(form), event: view.event.name.clone(), ..Self::default() };
        if !again {
            self.event_edit = Some(Box::new(view));
        }
    }

    /// The list of former 班次, over the page.
    pub(super) fn former_events(&mut self, ui: &Ui, cx: &mut Cx<'_>) {
        let Some(lines) = self.former.take() else { return };
        let fill = |(picked, sought): &mut (Option<_>, String), ui: &mut Ui| {
            h2(ui, "以前的班次", "");
            if lines.is_empty() {
                small(ui, "还没有班次。一次登记两个人以上，就是一个班次。");
            } else {
                search_box(ui, "查找班次", "班次名称", 300.0, sought);
            }
            let word = sought.trim();
            for line in lines.iter().filter(|line| line.name.contains(word)).take(60) {
                ui.add_space(4.0);
                hairline(ui);
                ui.add_space(4.0);
                ui.label(&line.name);
                ui.horizontal(|ui| {
                    let files = match line.files {
                        0 => "没有共用材料".to_owned(),
                        files => format!("共用材料 {files} 个"),
                    };
                    small(ui, format!("{}　{} 人　{files}", line.start, line.people));
                    let name = format!("修改班次 {}", line.name);
                    if link(ui, "修改").accessible_name(name).clicked() {
                        *picked = Some((line.id, Pick::Change));
                    }
                    let name = format!("照 {} 再登记", line.name);
                    if link(ui, "照此再登记").accessible_name(name).clicked() {
                        *picked = Some((line.id, Pick::Again));
                    }
                });
            }
        };
        let mut state = (None, std::mem::take(&mut self.sought_event));
        let close = |_: &mut _, ui: &mut Ui| quiet(ui, "关闭").clicked();
        let done = form_modal(ui, "former-events", 560.0, &mut state, fill, close);
        let (picked, sought): (Option<(_, Pick)>, String) = state;
        if let Some((id, pick)) = picked {
            self.again = matches!(pick, Pick::Again);
            cx.go(Go::Event(id));
        } else if !done {
            (self.former, self.sought_event) = (Some(lines), sought);
        }
    }

    /// Who is in the 班次 that is being changed, who leaves, who comes.
    pub(super) fn members(&mut self, ui: &mut Ui, snapshot: &Snapshot) {
        let Some(edit) = &self.event_edit else { return };
        let t = Tokens::of(ui);
        let (gone, picker) = (&mut self.gone, &mut self.picker);
        form_row(ui, "班次名称", |ui| {
            TextField::new("班次名称").show(ui, &mut self.event);
            if edit.differing > 0 {
                let words = format!(
                    "{} 人的个别项目与别人不同；只有在这里改了的项目才会统一",
                    edit.differing
                );
                note(ui, words, t.wait);
            }
        });
        form_row(ui, "班次里的人", |ui| {
            let staying: Vec<&(PersonId, String)> =
                edit.people.iter().filter(|(id, _)| !gone.contains(id)).collect();
            small(ui, format!("{} 人；移出的人，这条记录也从手册里删除", staying.len()));
            ScrollArea::vertical().id_salt("members").max_height(132.0).show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
                    for (id, name) in staying {
                        if chip(ui, name) {
                            gone.insert(*id);
                        }
                    }
                });
            });
            if !gone.is_empty() {
                ui.horizontal_wrapped(|ui| {
                    let names: Vec<&str> = edit
                        .people
                        .iter()
                        .filter(|(id, _)| gone.contains(id))
                        .map(|(_, name)| name.as_str())
                        .collect();
                    note(ui, format!("移出 {}", names.join("、")), t.wait);
                    if link(ui, "不移出").clicked() {
                        gone.clear();
                    }
                });
            }
        });
        form_row(ui, "再加人", |ui| picker.show(ui, "再加人", snapshot));
    }

    pub(super) fn event_buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, people: &[PersonId]) {
        let Some(edit) = self.event_edit.clone() else { return };
        if primary(ui, "改好了").clicked()
            && self.ready(cx, !people.is_empty())
            && let Some(after) = self.activity(&cx.snap.notice)
        {
            let edit = EventEdit {
                id: edit.event.id,
                name: self.event.trim().to_owned(),
                before: edit.activity.clone(),
                after,
                people: people.to_vec(),
                kept: edit.event.attachments.clone(),
                files: std::mem::take(&mut self.files),
            };
            cx.desk.work("修改班次", move |registry, _, progress| {
                chores::save_event(registry, &edit, progress)
            });
            *self = Self::default();
            cx.go(Go::Page(Page::Entry));
        }
        if plain(ui, "取消").clicked() {
            *self = Self::default();
        }
        if people.is_empty() {
            note(ui, "班次里至少要有一个人", Tokens::of(ui).seal);
        }
    }
}
