//! The right side of a handbook: why a record gives its hours, and its evidence; or, with no record
//! chosen, the year as a whole: sums, what is deemed, what is owed, review, history.

mod beyond;
mod career;
mod history;
mod record;
mod year;

use super::change_form::ChangeForm;
use super::declared::Wanted;
use crate::ledger::RecordId;
use crate::notice::{Hours, SlotId};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::snapshot::PersonView;
use crate::ui::widgets::{Answer, Asked, Question, TextField};
use eframe::egui::{ScrollArea, Ui};
pub use record::attach;

/// What is being given a reason for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    Waive(RecordId, SlotId),
    Confirm(RecordId),
    Reopen(i32),
    Override(RecordId),
}

/// What the panel remembers.
#[derive(Default)]
pub struct Reason {
    asking: Option<Asking>,
    answer: Asked,
    hours: String,
    /// New files of this record are for its whole 班次.
    sharing: Option<RecordId>,
    /// A form was asked for.
    pub wants: Option<Wanted>,
    /// The form of a change of post or title, while it is open.
    pub change: Option<ChangeForm>,
}

impl Reason {
    pub fn show(
        &mut self,
        ui: &mut Ui,
        view: &PersonView,
        year: i32,
        record: Option<RecordId>,
        cx: &mut Cx<'_>,
    ) {
        let total = view.years.iter().find(|total| total.year == year);
        let found = record.and_then(|id| view.handbook.records.iter().find(|r| r.id == id));
        let foot = if found.is_some() { 44.0 } else { 0.0 };
        let high = (ui.available_height() - foot).max(100.0);
        ScrollArea::vertical().id_salt(("reason", record.map(|r| r.0))).max_height(high).show(
            ui,
            |ui| match found {
                Some(record) => self.record(ui, view, total, record, cx),
                None => self.year(ui, view, total, year, cx),
            },
        );
        if let Some(record) = found {
            ui.with_layout(eframe::egui::Layout::bottom_up(eframe::egui::Align::Min), |ui| {
                ui.horizontal(|ui| self.buttons(ui, record, cx));
            });
        }
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.add_space(6.0);
        let overriding = matches!(self.asking, Some(Asking::Override(_)));
        let hours: Option<Hours> = self.hours.trim().parse().ok().and_then(Hours::from_f64);
        let fault = (overriding && hours.is_none()).then_some("学时应是 0.5 的倍数");
        if overriding {
            let field = TextField::new("认定学时").hint("学时，例如 30 或 4.5").width(160.0);
            let bad = self.answer.told() && fault.is_some();
            let typed = field.bad(bad).show(ui, &mut self.hours);
            if self.answer.yields() {
                typed.response.request_focus();
            }
        }
        let answer = self.answer.show(ui, &Question::why("记下"), fault);
        if answer == Answer::Cancelled {
            self.asking = None;
        } else if let Answer::Given(reason) = answer {
            let by = cx.signer();
            match self.asking.take() {
                Some(Asking::Waive(id, slot)) => {
                    cx.desk.work("说明理由免交", move |r, today, _| {
                        chores::waive(r, id, slot, &by, &reason, today)
                    })
                }
                Some(Asking::Confirm(id)) => cx.desk.work("确认学时", move |r, today, _| {
                    chores::confirm(r, id, &by, &reason, today)
                }),
                Some(Asking::Override(id)) => {
                    if let Some(hours) = hours {
                        cx.desk.work("人工认定学时", move |registry, today, _| {
                            let over = chores::vouched_hours(hours, &by, &reason, today);
                            chores::override_hours(registry, id, Some(over))
                        });
                    }
                }
                Some(Asking::Reopen(_)) | None => {}
            }
        }
    }
}
