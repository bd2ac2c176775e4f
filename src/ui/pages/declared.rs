//! What stands in for study: 视同 by a declared reason, and the 学时认定单 of earlier years.

use super::evidence::{self, Deed, Item, Panel};
use super::form_row;
use crate::ledger::{Deemed, DeemedId, PersonId, PriorSlip, SlipId};
use crate::notice::evidence::{Proof, state};
use crate::notice::{EvidenceSet, Hours, Notice, SlotId, Subject};
use crate::ui::app::Cx;
use crate::ui::chores::{self, NewFile};
use crate::ui::dialog::{Ask, For};
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, h2, note, primary, quiet, segment, small};
use chrono::NaiveDate;
use eframe::egui::{Frame, Id, Margin, Modal, ScrollArea, Stroke, Ui};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Deemed,
    Slip,
}

/// The form.
pub struct Declared {
    kind: Kind,
    person: PersonId,
    year: String,
    last: String,
    reason: String,
    subject: Option<Subject>,
    hours: String,
    /// 依据 or 单号
    basis: String,
    issuer: String,
    issued: Option<NaiveDate>,
    files: Vec<NewFile>,
    told: bool,
}

impl Declared {
    pub fn new(kind: Kind, person: PersonId, year: i32) -> Self {
        Self {
            kind,
            person,
            year: year.to_string(),
            last: if kind == Kind::Slip { year.to_string() } else { String::new() },
            reason: String::new(),
            subject: None,
            hours: String::new(),
            basis: String::new(),
            issuer: String::new(),
            issued: None,
            files: Vec::new(),
            told: false,
        }
    }

    pub fn add_files(&mut self, slot: &SlotId, files: Vec<PathBuf>) {
        self.files.extend(files.into_iter().map(|path| NewFile {
            slot: slot.clone(),
            path,
            stamped: false,
        }));
    }

    /// True when the form is done with.
    pub fn show(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> bool {
        let t = Tokens::of(ui);
        let modal = Modal::new(Id::unique("declared")).backdrop_color(t.veil).frame(
            Frame::NONE
                .fill(t.surface)
                .stroke(Stroke::new(1.0, t.line))
                .corner_radius(size::CARD_RADIUS)
                .inner_margin(Margin::same(20)),
        );
        let high = ui.ctx().content_rect().height() - 140.0;
        let shown = modal.show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            ScrollArea::vertical().max_height(high).show(ui, |ui| self.form(ui, cx)).inner
        });
        shown.inner || shown.should_close()
    }

    fn year(text: &str) -> Option<i32> {
        text.trim().parse().ok().filter(|year| (1990..2100).contains(year))
    }

    fn form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let snapshot = Arc::clone(cx.snap);
        let notice = &snapshot.notice;
        match self.kind {
            Kind::Deemed => self.deemed(ui, notice),
            Kind::Slip => self.slip(ui, notice),
        }
        self.proofs(ui, notice, cx);
        let mut done = false;
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            if primary(ui, "登记上").clicked() {
                self.told = true;
                done = self.commit(cx);
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }

    fn deemed(&mut self, ui: &mut Ui, notice: &Notice) {
        let t = Tokens::of(ui);
        h2(ui, "登记视同", "没有参加学习而按规定视为完成");
        form_row(ui, "事由", |ui| {
            ui.horizontal_wrapped(|ui| {
                for rule in notice.deeming.iter().filter(|rule| !rule.applicants) {
                    let Some(name) = rule.reasons.first() else { continue };
                    if segment(ui, name, self.reason == *name).clicked() {
                        self.reason.clone_from(name);
                        if let Some(year) = rule.year {
                            self.year = year.to_string();
                        }
                    }
                }
            });
            if self.told && self.reason.is_empty() {
                note(ui, "请选事由", t.seal);
            }
        });
        form_row(ui, "年度", |ui| {
            let bad = Self::year(&self.year).is_none();
            TextField::new("视同年度").width(100.0).bad(bad).show(ui, &mut self.year);
        });
        form_row(ui, "科目", |ui| {
            ui.horizontal(|ui| {
                if segment(ui, "全部", self.subject.is_none()).clicked() {
                    self.subject = None;
                }
                for rule in &notice.subjects {
                    if segment(ui, &rule.name, self.subject.as_ref() == Some(&rule.id)).clicked() {
                        self.subject = Some(rule.id.clone());
                    }
                }
            });
        });
        form_row(ui, "学时", |ui| {
            TextField::new("视同学时")
                .hint("不填就补足到要求")
                .width(180.0)
                .show(ui, &mut self.hours);
        });
        form_row(ui, "依据", |ui| {
            TextField::new("依据").hint("文号、派遣通知等").show(ui, &mut self.basis);
        });
    }

    fn slip(&mut self, ui: &mut Ui, notice: &Notice) {
        let t = Tokens::of(ui);
        h2(ui, "登记学时认定单", "所列年度不再要其他材料");
        form_row(ui, "单号", |ui| {
            let bad = self.told && self.basis.trim().is_empty();
            TextField::new("单号").bad(bad).show(ui, &mut self.basis);
            if bad {
                note(ui, "请填写单号", t.seal);
            }
        });
        form_row(ui, "出具单位", |ui| {
            TextField::new("出具单位").show(ui, &mut self.issuer);
        });
        form_row(ui, "出具日期", |ui| {
            let year = Self::year(&self.last).unwrap_or(notice.campaign_year);
            date_field(ui, "出具日期", year, &mut self.issued);
        });
        form_row(ui, "年度", |ui| {
            ui.horizontal(|ui| {
                let (first, last) = (Self::year(&self.year), Self::year(&self.last));
                let bad = first.is_none() || last < first;
                TextField::new("起始年度").width(90.0).bad(bad).show(ui, &mut self.year);
                small(ui, "至");
                TextField::new("截止年度").width(90.0).bad(bad).show(ui, &mut self.last);
            });
        });
        small(ui, format!("依据 {}", notice.prior_slip.clause.place));
    }

    fn sets<'a>(&self, notice: &'a Notice) -> &'a [EvidenceSet] {
        match self.kind {
            Kind::Slip => &notice.prior_slip.evidence,
            Kind::Deemed => notice
                .deeming
                .iter()
                .find(|rule| rule.reasons.contains(&self.reason))
                .map_or(&[], |rule| &rule.evidence),
        }
    }

    fn proofs(&mut self, ui: &mut Ui, notice: &Notice, cx: &mut Cx<'_>) {
        let sets = self.sets(notice);
        if sets.is_empty() {
            return;
        }
        let items: Vec<Item> = self
            .files
            .iter()
            .map(|file| Item {
                slot: file.slot.clone(),
                name: file.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                stamped: file.stamped,
                shared: false,
                reason: String::new(),
            })
            .collect();
        let proofs: Vec<Proof> = items
            .iter()
            .map(|item| Proof { slot: item.slot.clone(), stamped: item.stamped, reasoned: false })
            .collect();
        let state = state(notice, sets, None, &proofs, &[]);
        ui.add_space(8.0);
        let panel = Panel {
            notice,
            state: &state,
            items: &items,
            note: "",
            can_open: false,
            waivable: &[],
        };
        match panel.show(ui) {
            Some(Deed::Choose(slot)) => {
                let name = notice.slot(&slot).map_or_else(String::new, |slot| slot.name.clone());
                cx.dialogs.ask(Ask::Evidence { slot, name, to: For::Declared }, "");
            }
            Some(Deed::Remove(nr)) => {
                self.files.remove(nr);
            }
            Some(Deed::Stamp(nr, stamped)) => self.files[nr].stamped = stamped,
            _ => {}
        }
        for (slot, path) in evidence::dropped(ui, notice) {
            self.add_files(&slot, vec![path]);
        }
    }

    fn commit(&mut self, cx: &mut Cx<'_>) -> bool {
        let Some(year) = Self::year(&self.year) else { return false };
        let files = self.files.clone();
        match self.kind {
            Kind::Deemed => {
                if self.reason.is_empty() {
                    return false;
                }
                let deemed = Deemed {
                    id: DeemedId::default(),
                    person: self.person,
                    year,
                    reason: self.reason.clone(),
                    subject: self.subject.clone(),
                    hours: self.hours.trim().parse().ok().and_then(Hours::from_f64),
                    basis: self.basis.trim().to_owned(),
                    attachments: Vec::new(),
                };
                cx.desk.work("登记视同", move |registry, _, progress| {
                    chores::add_deemed(registry, deemed, &files, progress)
                });
            }
            Kind::Slip => {
                let Some(last) = Self::year(&self.last).filter(|last| *last >= year) else {
                    return false;
                };
                if self.basis.trim().is_empty() {
                    return false;
                }
                let slip = PriorSlip {
                    id: SlipId::default(),
                    person: self.person,
                    number: self.basis.trim().to_owned(),
                    issuer: self.issuer.trim().to_owned(),
                    issued: self.issued,
                    first_year: year,
                    last_year: last,
                    hours: BTreeMap::new(),
                    attachments: Vec::new(),
                };
                cx.desk.work("登记认定单", move |registry, _, progress| {
                    chores::add_slip(registry, slip, &files, progress)
                });
            }
        }
        true
    }
}
