//! 职务、职称变动, the earliest first as the handbook prints it: what was noted can be mended, the rest is said
//! by the particulars.

use super::Reason;
use crate::ledger::{CareerLine, PostChange, career};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::pages::change_form::ChangeForm;
use crate::ui::snapshot::PersonView;
use crate::ui::widgets::{h2, link, small};
use crate::ui::words;
use eframe::egui::Ui;

impl Reason {
    pub(super) fn career(&mut self, ui: &mut Ui, view: &PersonView, cx: &mut Cx<'_>) {
        let person = &view.handbook.person;
        let workplace = person.works_at(&cx.snap.unit.name);
        ui.add_space(14.0);
        h2(ui, "职务、职称变动", "");
        if link(ui, "登记变动 ›").clicked() {
            self.change = Some(ChangeForm::add(person, workplace));
        }
        for line in career(&view.handbook, workplace) {
            let noted =
                line.noted.and_then(|id| view.handbook.changes.iter().find(|it| it.id == id));
            ui.add_space(4.0);
            ui.horizontal_wrapped(|ui| {
                small(ui, told(&line, workplace));
                match noted {
                    Some(change) => self.buttons_of(ui, change, cx),
                    None => drop(small(ui, "（取自资料）")),
                }
            });
        }
    }

    fn buttons_of(&mut self, ui: &mut Ui, change: &PostChange, cx: &mut Cx<'_>) {
        let which = format!("{} 变动 {}", change.date, change.what());
        if link(ui, "修改").accessible_name(format!("修改 {which}")).clicked() {
            self.change = Some(ChangeForm::edit(change));
        }
        if link(ui, "删除").accessible_name(format!("删除 {which}")).clicked() {
            let (id, person) = (change.id, change.person);
            cx.desk.work("删除变动", move |registry, _, _| {
                chores::delete_change(registry, id, person)
            });
        }
    }
}

/// A line in words; where somebody works now need not be said again.
fn told(line: &CareerLine, workplace: &str) -> String {
    let date = line.date.map_or_else(|| "日期未填".to_owned(), |date| date.to_string());
    let at = if line.workplace == workplace { "" } else { line.workplace.as_str() };
    words::joined(&[&date, at, &line.post, &line.title, &line.note])
}
