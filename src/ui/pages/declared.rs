//! What stands in for study: 视同 by a declared reason, and the 学时认定单 of earlier years.

use super::evidence::{self, Deed, Item, Panel, arrive};
use super::{form_modal, form_row};
use crate::ledger::{Attachment, Deemed, DeemedId, PersonId, PriorSlip, SlipId};
use crate::notice::evidence::state;
use crate::notice::{EvidenceSet, Hours, Notice, SlotId, Subject};
use crate::ui::app::Cx;
use crate::ui::chores::{self, NewFile};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Ask, For};
use crate::ui::theme::Tokens;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::field::go_to_fault;
use crate::ui::widgets::{TextField, h2, note, primary, quiet, segment, small};
use chrono::NaiveDate;
use eframe::egui::Ui;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// Which of the two, and whether one that is there is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Deemed,
    Slip,
    ChangeDeemed(Deemed),
    ChangeSlip(PriorSlip),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Deemed,
    Slip,
}

/// A slip over more years than this is a slip of the pen.
const MOST_YEARS: i32 = 20;

/// The form.
pub struct Declared {
    kind: Kind,
    /// 0: a new one.
    id: i64,
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
    /// Hours written on a slip, by year and subject, as typed.
    written: BTreeMap<(i32, Subject), String>,
    /// Files that it has already.
    kept: Vec<Attachment>,
    files: Vec<NewFile>,
    told: bool,
}

impl Declared {
    pub fn open(wanted: Wanted, person: PersonId, year: i32) -> Self {
        match wanted {
            Wanted::Deemed => Self::new(Kind::Deemed, person, year),
            Wanted::Slip => Self::new(Kind::Slip, person, year),
            Wanted::ChangeDeemed(deemed) => Self {
                id: deemed.id.0,
                reason: deemed.reason,
                subject: deemed.subject,
                hours: deemed.hours.map_or_else(String::new, |hours| hours.to_string()),
                basis: deemed.basis,
                kept: deemed.attachments,
                ..Self::new(Kind::Deemed, person, deemed.year)
            },
            Wanted::ChangeSlip(slip) => {
                let of_year = |(year, hours): (i32, BTreeMap<Subject, Hours>)| {
                    hours.into_iter().map(move |(id, hours)| ((year, id), hours.to_string()))
                };
                Self {
                    id: slip.id.0,
                    last: slip.last_year.to_string(),
                    basis: slip.number,
                    issuer: slip.issuer,
                    issued: slip.issued,
                    written: slip.hours.into_iter().flat_map(of_year).collect(),
                    kept: slip.attachments,
                    ..Self::new(Kind::Slip, person, slip.first_year)
                }
            }
        }
    }

    fn new(kind: Kind, person: PersonId, year: i32) -> Self {
        Self {
            kind,
            id: 0,
            person,
            year: year.to_string(),
            last: if kind == Kind::Slip { year.to_string() } else { String::new() },
            reason: String::new(),
            subject: None,
            hours: String::new(),
            basis: String::new(),
            issuer: String::new(),
            issued: None,
            written: BTreeMap::new(),
            kept: Vec::new(),
            files: Vec::new(),
            told: false,
        }
    }

    pub fn add_files(&mut self, files: Vec<(SlotId, PathBuf)>, desk: &mut Desk) {
        NewFile::hold(&mut self.files, files, For::Declared, desk);
    }

    /// Files that turned out not to be evidence go again.
    pub fn drop_files(&mut self, unfit: &[(PathBuf, String)]) {
        self.files.retain(|file| unfit.iter().all(|(path, _)| *path != file.path));
    }

    /// True when the form is done with.
    pub fn show(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> bool {
        form_modal(
            ui,
            "declared",
            520.0,
            &mut (self, cx),
            |(form, cx), ui| form.fields(ui, cx),
            |(form, cx), ui| form.buttons(ui, cx),
        )
    }

    fn year(text: &str) -> Option<i32> {
        text.trim().parse().ok().filter(|year| (1990..2100).contains(year))
    }

    fn fields(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let notice = &snapshot.notice;
        match self.kind {
            Kind::Deemed => self.deemed(ui, notice),
            Kind::Slip => self.slip(ui, notice),
        }
        self.proofs(ui, notice, cx);
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut done = false;
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            let verb = if self.id == 0 { "登记上" } else { "改好了" };
            if primary(ui, verb).clicked() {
                self.told = true;
                done = self.commit(cx);
                if !done {
                    go_to_fault(ui.ctx());
                }
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }

    fn deemed(&mut self, ui: &mut Ui, notice: &Notice) {
        let t = Tokens::of(ui);
        let title = if self.id == 0 { "登记视同" } else { "修改视同" };
        h2(ui, title, "没有参加学习而按规定视为完成");
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
            if let Some(rule) = notice.deem_rule(&self.reason) {
                small(ui, format!("依据 {}", rule.clause.place));
            }
        });
        form_row(ui, "年度", |ui| {
            let bad = Self::year(&self.year).is_none();
            TextField::new("视同年度").width(100.0).bad(bad).show(ui, &mut self.year);
            let only = notice.deem_rule(&self.reason).and_then(|rule| rule.year);
            if let Some(only) = only.filter(|only| Self::year(&self.year) != Some(*only)) {
                note(ui, format!("这一事由只对 {only} 年，登记在别的年度不计学时"), t.wait);
            }
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
            let bad = hours_in(&self.hours).is_none();
            TextField::new("视同学时")
                .hint("不填就补足到要求")
                .width(180.0)
                .bad(bad)
                .show(ui, &mut self.hours);
            if bad {
                note(ui, "学时应是 0.5 的倍数", t.seal);
            }
        });
        form_row(ui, "依据", |ui| {
            TextField::new("依据").hint("文号、派遣通知等").show(ui, &mut self.basis);
        });
    }

    fn slip(&mut self, ui: &mut Ui, notice: &Notice) {
        let t = Tokens::of(ui);
        let title = if self.id == 0 { "登记学时认定单" } else { "修改学时认定单" };
        h2(ui, title, "所列年度不再要其他材料");
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
            if let (Some(first), Some(last)) = (Self::year(&self.year), Self::year(&self.last))
                && last < first
            {
                note(ui, "截止年度在起始年度之前，请照认定单核对", t.seal);
            }
        });
        self.written(ui, notice);
        small(ui, format!("依据 {}", notice.prior_slip.clause.place));
    }

    fn years(&self) -> Option<std::ops::RangeInclusive<i32>> {
        let (first, last) = (Self::year(&self.year)?, Self::year(&self.last)?);
        (first <= last && last - first < MOST_YEARS).then_some(first..=last)
    }

    /// The hours written on the slip, year by year; a year without any counts as complete.
    fn written(&mut self, ui: &mut Ui, notice: &Notice) {
        let Some(years) = self.years() else { return };
        let t = Tokens::of(ui);
        form_row(ui, "学时", |ui| {
            small(ui, "单上写明了就照填；没有写的不填，按要求的学时计。");
            for year in years {
                ui.horizontal(|ui| {
                    small(ui, format!("{year} 年"));
                    for rule in &notice.subjects {
                        let text = self.written.entry((year, rule.id.clone())).or_default();
                        let bad = hours_in(text).is_none();
                        small(ui, rule.name.clone());
                        let name = format!("{year} 年{}", rule.name);
                        TextField::new(&name).width(64.0).bad(bad).show(ui, text);
                    }
                });
            }
            if self.written.values().any(|text| hours_in(text).is_none()) {
                note(ui, "学时应是 0.5 的倍数", t.seal);
            }
        });
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
        let vault = cx.vault();
        let kept = self.kept.iter().map(|file| Item::kept(&vault, file, false));
        let items: Vec<Item> = kept.chain(self.files.iter().map(Item::coming)).collect();
        let state = state(notice, sets, None, &evidence::proofs(&items), &[]);
        ui.add_space(8.0);
        let panel = Panel {
            to: For::Declared,
            notice,
            state: &state,
            items: &items,
            note: "",
            settled: true,
            waivable: &[],
        };
        match panel.show(ui, cx.looks) {
            Some(Deed::Choose(slot)) => {
                let name = notice.slot(&slot).map_or_else(String::new, |slot| slot.name.clone());
                cx.dialogs.ask(Ask::Evidence { slot, name, to: For::Declared }, "");
            }
            Some(Deed::Remove(nr)) if nr < self.kept.len() => {
                self.kept.remove(nr);
            }
            Some(Deed::Remove(nr)) => {
                self.files.remove(nr - self.kept.len());
            }
            Some(Deed::Stamp(nr, stamped)) if nr < self.kept.len() => {
                self.kept[nr].stamped = stamped;
            }
            Some(Deed::Stamp(nr, stamped)) => {
                self.files[nr - self.kept.len()].stamped = stamped;
            }
            Some(Deed::Look(nr)) => cx.look(evidence::shown(notice, &items), nr),
            Some(Deed::Paste(slot)) => cx.paste(For::Declared, slot),
            Some(Deed::Waive(_)) | None => {}
        }
        let spots = arrive::spots(ui.ctx());
        let files = cx.arrivals(For::Declared, &spots);
        self.add_files(files, cx.desk);
    }

    fn commit(&mut self, cx: &mut Cx<'_>) -> bool {
        let Some(year) = Self::year(&self.year) else { return false };
        let files = self.files.clone();
        match self.kind {
            Kind::Deemed => {
                let Some(hours) = hours_in(&self.hours) else { return false };
                if self.reason.is_empty() {
                    return false;
                }
                let deemed = Deemed {
                    id: DeemedId(self.id),
                    person: self.person,
                    year,
                    reason: self.reason.clone(),
                    subject: self.subject.clone(),
                    hours,
                    basis: self.basis.trim().to_owned(),
                    attachments: self.kept.clone(),
                };
                cx.desk.work("登记视同", move |registry, _, progress| {
                    chores::save_deemed(registry, deemed, &files, progress)
                });
            }
            Kind::Slip => {
                let Some(years) = self.years() else { return false };
                if self.basis.trim().is_empty() {
                    return false;
                }
                let mut hours: BTreeMap<i32, BTreeMap<Subject, Hours>> = BTreeMap::new();
                for ((year, subject), text) in &self.written {
                    let Some(typed) = hours_in(text) else { return false };
                    if let Some(typed) = typed.filter(|_| years.contains(year)) {
                        hours.entry(*year).or_default().insert(subject.clone(), typed);
                    }
                }
                let slip = PriorSlip {
                    id: SlipId(self.id),
                    person: self.person,
                    number: self.basis.trim().to_owned(),
                    issuer: self.issuer.trim().to_owned(),
                    issued: self.issued,
                    first_year: *years.start(),
                    last_year: *years.end(),
                    hours,
                    attachments: self.kept.clone(),
                };
                cx.desk.work("登记认定单", move |registry, _, progress| {
                    chores::save_slip(registry, slip, &files, progress)
                });
            }
        }
        true
    }
}

/// Hours as typed: nothing, or half-hour steps; `None` when they cannot be read.
fn hours_in(text: &str) -> Option<Option<Hours>> {
    match text.trim() {
        "" => Some(None),
        text => text.parse().ok().and_then(Hours::from_f64).map(Some),
    }
}
