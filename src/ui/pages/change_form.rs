//! One change of post or title: the form for noting and for mending it.

use super::{form_modal, form_row};
use crate::ledger::{Person, PostChange, PostChangeId};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::theme::Tokens;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, h2, note, primary, quiet};
use chrono::NaiveDate;
use eframe::egui::Ui;

/// What is typed.
pub struct ChangeForm {
    typed: PostChange,
    date: Option<NaiveDate>,
    told: bool,
}

impl ChangeForm {
    /// A new one of somebody who works at `workplace`.
    pub fn add(person: &Person, workplace: &str) -> Self {
        let workplace = workplace.to_owned();
        let typed = PostChange { person: person.id, workplace, ..PostChange::default() };
        Self { typed, date: None, told: false }
    }

    pub fn edit(change: &PostChange) -> Self {
        Self { typed: change.clone(), date: Some(change.date), told: false }
    }

    /// True when the form is done with.
    pub fn show(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> bool {
        form_modal(
            ui,
            "post-change",
            460.0,
            &mut (self, cx),
            |(form, cx), ui| form.fields(ui, cx),
            |(form, cx), ui| form.buttons(ui, cx),
        )
    }

    fn says_nothing(&self) -> bool {
        let typed = &self.typed;
        [&typed.workplace, &typed.post, &typed.title].iter().all(|it| it.trim().is_empty())
    }

    fn fields(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let t = Tokens::of(ui);
        let title = if self.typed.id == PostChangeId(0) { "登记变动" } else { "修改变动" };
        h2(ui, title, "职务、职称变动，按日期先后印在登记手册上");
        let year = cx.snap.campaign.year;
        form_row(ui, "日期", |ui| {
            date_field(ui, "变动日期", year, &mut self.date);
            if self.told && self.date.is_none() {
                note(ui, "请填写日期", t.seal);
            }
        });
        let typed = &mut self.typed;
        for (label, hint, text) in [
            ("工作单位", "", &mut typed.workplace),
            ("科室、职务", "例如 内科副主任", &mut typed.post),
            ("职称", "例如 主治医师", &mut typed.title),
            ("依据、说明", "文号、聘任或转正等", &mut typed.note),
        ] {
            form_row(ui, label, |ui| {
                TextField::new(label).hint(hint).show(ui, text);
            });
        }
        if self.told && self.says_nothing() {
            form_row(ui, "", |ui| {
                note(ui, "工作单位、科室职务、职称请至少填写一项", t.seal);
            });
        }
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut done = false;
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            let verb = if self.typed.id == PostChangeId(0) { "登记上" } else { "改好了" };
            if primary(ui, verb).clicked() {
                self.told = true;
                done = self.commit(cx);
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }

    fn commit(&self, cx: &mut Cx<'_>) -> bool {
        let Some(date) = self.date.filter(|_| !self.says_nothing()) else { return false };
        let change = PostChange { date, ..self.typed.clone() };
        cx.desk.work("登记变动", move |registry, _, _| chores::save_change(registry, change));
        true
    }
}
