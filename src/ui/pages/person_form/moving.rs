//! The offer to note a change of title, 科室 or 工作单位 with its date when the particulars are changed, so that
//! what was before is not lost. A slip of the pen that is mended need not be noted.

use super::super::form_row;
use crate::ledger::{Moved, Person};
use crate::ui::app::Cx;
use crate::ui::chores::Noted;
use crate::ui::composing;
use crate::ui::theme::Tokens;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, note};
use chrono::NaiveDate;
use eframe::egui::Ui;

/// Which row of the form the offer stands below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Below {
    Title,
    Workplace,
}

/// What the clerk says to the offer; until then what is likely holds.
#[derive(Default)]
pub(super) struct Moving {
    moved: Moved,
    wanted: Option<bool>,
    date: Option<Option<NaiveDate>>,
    note: Option<String>,
}

impl Moving {
    /// The offer, where it belongs and when there is something to note.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        below: Below,
        [was, now]: [&Person; 2],
        told: bool,
        cx: &Cx<'_>,
    ) {
        let unit = &cx.snap.unit.name;
        // Half a pinyin is no new title.
        if !composing::active(ui.ctx()) {
            self.moved = Moved::between(was, now, unit);
        }
        let place = match self.moved {
            Moved { title: false, section: false, workplace: true } => Below::Workplace,
            _ => Below::Title,
        };
        if !self.moved.any() || place != below {
            return;
        }
        let t = Tokens::of(ui);
        form_row(ui, "", |ui| {
            let mut wanted = self.wanted();
            let words = "记入职务、职称变动，原来的不会丢";
            if ui.checkbox(&mut wanted, words).changed() {
                self.wanted = Some(wanted);
            }
            if self.moved.title && now.title_date.is_some() && now.title_date == was.title_date {
                note(ui, "职称改了，职称取得日期还是原来的，请核对", t.wait);
            }
        });
        if !self.wanted() {
            return;
        }
        form_row(ui, "变动日期", |ui| {
            let mut date = self.date([was, now], cx.snap.today);
            if date_field(ui, "变动日期", cx.snap.campaign.year, &mut date) {
                self.date = Some(date);
            }
            if told && date.is_none() {
                note(ui, "请填写变动日期，或去掉上面的勾", t.seal);
            }
        });
        form_row(ui, "依据、说明", |ui| {
            let before = self.moved.before(was, unit);
            let mut text = self.note.clone().unwrap_or_else(|| before.clone());
            TextField::new("依据、说明").show(ui, &mut text);
            self.note = (text != before).then_some(text);
        });
    }

    /// A new title is nearly always one; a 科室 may just be spelled otherwise.
    fn wanted(&self) -> bool {
        self.wanted.unwrap_or(self.moved.title)
    }

    /// The title's own date where that is new, else today.
    fn date(&self, [was, now]: [&Person; 2], today: NaiveDate) -> Option<NaiveDate> {
        let titled =
            now.title_date.filter(|_| self.moved.title && now.title_date != was.title_date);
        self.date.unwrap_or(Some(titled.unwrap_or(today)))
    }

    /// What is to be noted: nothing, something, or something whose date is lacking.
    pub fn noted(
        &self,
        both @ [was, now]: [&Person; 2],
        cx: &Cx<'_>,
    ) -> Result<Option<Noted>, Undated> {
        let unit = &cx.snap.unit.name;
        let moved = Moved::between(was, now, unit);
        if !moved.any() || !self.wanted.unwrap_or(moved.title) {
            return Ok(None);
        }
        let date = self.date(both, cx.snap.today).ok_or(Undated)?;
        let note = self.note.clone().unwrap_or_else(|| moved.before(was, unit));
        Ok(Some(Noted { date, note }))
    }
}

/// The change is to be noted, and nobody says when it was.
pub(super) struct Undated;
