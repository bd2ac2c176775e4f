//! The right side of a handbook: why a record gives its hours, and its evidence; or, with no record
//! chosen, the year as a whole: sums, what is deemed, review, history.

use super::Go;
use super::declared::Kind;
use super::evidence::{self, Deed, Item, Panel};
use crate::ledger::{HistoryLine, Record, RecordCredit, RecordId, ReviewState, YearTotal};
use crate::notice::{Hours, SlotId, convert};
use crate::ui::app::Cx;
use crate::ui::chores::{self, ReviewStep};
use crate::ui::desk::Desk;
use crate::ui::dialog::{Ask, For};
use crate::ui::reveal;
use crate::ui::snapshot::PersonView;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{
    TextField, Tone, h2, hairline, link, note, plain, quiet, serif_quote, small, tag,
};
use eframe::egui::{Label, RichText, ScrollArea, Ui};
use std::path::PathBuf;

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
    text: String,
    hours: String,
    /// A form was asked for.
    pub wants: Option<Kind>,
}

/// Takes files in as evidence of a record.
pub fn attach(desk: &mut Desk, record: RecordId, files: Vec<(SlotId, PathBuf)>) {
    desk.work("放入证明材料", move |registry, _, progress| {
        chores::attach(registry, record, &files, progress)
    });
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

    fn record(
        &mut self,
        ui: &mut Ui,
        view: &PersonView,
        total: Option<&YearTotal>,
        record: &Record,
        cx: &mut Cx<'_>,
    ) {
        let t = Tokens::of(ui);
        let credits: Vec<&RecordCredit> = total
            .into_iter()
            .flat_map(|total| &total.credits)
            .filter(|credit| credit.record == record.id)
            .collect();
        let hours: Hours = credits.iter().filter(|c| c.counted).map(|c| c.hours).sum();
        let counted = credits.iter().any(|credit| credit.counted);
        let title = if counted {
            format!("为什么是 {hours} 学时")
        } else {
            "为什么不计学时".to_owned()
        };
        h2(ui, &title, "");
        for credit in &credits {
            ui.add(Label::new(&credit.why).wrap());
            if !credit.clause.quote.is_empty() {
                ui.add_space(4.0);
                serif_quote(ui, &credit.clause.quote);
            }
            let document = &cx.snap.notice.document;
            small(ui, format!("{}　{document}", credit.clause.place));
            ui.add_space(2.0);
        }
        if let Some(over) = &record.hours_override {
            ui.horizontal_wrapped(|ui| {
                tag(ui, Tone::Wait, "人工认定");
                small(
                    ui,
                    format!(
                        "按 {} 学时计，{}：{}",
                        over.hours, over.vouched.by, over.vouched.reason
                    ),
                );
            });
        }
        self.confirm(ui, record, cx);
        ui.add_space(12.0);
        if let Some(state) = view.evidence.get(&record.id) {
            let items = items_of(record);
            let waivable = waivable(cx, record);
            let panel = Panel {
                notice: &cx.snap.notice,
                state,
                items: &items,
                note: "",
                can_open: true,
                waivable: &waivable,
            };
            let deed = panel.show(ui);
            self.perform(deed, record, &items, cx);
            let files = evidence::dropped(ui, &cx.snap.notice);
            if !files.is_empty() {
                attach(cx.desk, record.id, files);
            }
        }
        if let Some(Asking::Waive(id, _) | Asking::Override(id)) = &self.asking
            && *id == record.id
        {
            self.ask(ui, cx);
        }
        if !record.event_name.is_empty() {
            ui.add_space(8.0);
            small(ui, format!("班次：{}", record.event_name));
        }
        if !record.note.is_empty() {
            note(ui, format!("备注：{}", record.note), t.ink2);
        }
    }

    /// 需确认: the hours count until somebody confirms or corrects them.
    fn confirm(&mut self, ui: &mut Ui, record: &Record, cx: &mut Cx<'_>) {
        if let Some(vouched) = &record.confirmed {
            small(ui, format!("已由 {} 于 {} 确认", vouched.by, vouched.at.format("%Y-%m-%d")));
            return;
        }
        if !convert::convert(&cx.snap.notice, &record.activity).needs_confirmation {
            return;
        }
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            tag(ui, Tone::Wait, "需确认");
            small(ui, "通知没有写明这一形式的折算办法，按口径计，请人事确认。");
            if link(ui, "确认 ›").clicked() {
                self.asking = Some(Asking::Confirm(record.id));
                "按日程核对无误".clone_into(&mut self.text);
            }
        });
        if self.asking == Some(Asking::Confirm(record.id)) {
            self.ask(ui, cx);
        }
    }

    fn perform(&mut self, deed: Option<Deed>, record: &Record, items: &[Item], cx: &mut Cx<'_>) {
        let id = record.id;
        match deed {
            None => {}
            Some(Deed::Choose(slot)) => {
                let name = cx.snap.notice.slot(&slot).map_or_else(String::new, |s| s.name.clone());
                cx.dialogs.ask(Ask::Evidence { slot, name, to: For::Record }, "");
            }
            Some(Deed::Remove(nr)) => {
                let shared = items[nr].shared;
                let at = if shared { nr - record.attachments.len() } else { nr };
                cx.desk.work("移除证明材料", move |registry, _, _| {
                    chores::detach(registry, id, shared, at)
                });
            }
            Some(Deed::Stamp(nr, stamped)) => {
                let shared = items[nr].shared;
                let at = if shared { nr - record.attachments.len() } else { nr };
                cx.desk.work("标记盖章", move |registry, _, _| {
                    chores::stamp(registry, id, shared, at, stamped)
                });
            }
            Some(Deed::Open(nr)) => {
                if let Some(attachment) = record.all_attachments().nth(nr) {
                    let vault = crate::registry::vault::Vault::at(cx.snap.dir.join("evidence"));
                    let path = vault.path_of(&attachment.evidence);
                    reveal::file(&path);
                }
            }
            Some(Deed::Waive(slot)) => {
                self.asking = Some(Asking::Waive(id, slot));
                self.text.clear();
            }
        }
    }

    fn buttons(&mut self, ui: &mut Ui, record: &Record, cx: &mut Cx<'_>) {
        if plain(ui, "编辑").clicked() {
            cx.go(Go::Edit(Box::new(record.clone())));
        }
        if plain(ui, "复制给他人…").clicked() {
            cx.go(Go::Copy(Box::new(record.clone())));
        }
        let more = quiet(ui, "更多");
        eframe::egui::Popup::menu(&more).show(|ui| {
            ui.set_min_width(160.0);
            if ui.button("人工认定学时…").clicked() {
                self.asking = Some(Asking::Override(record.id));
                self.text.clear();
                self.hours = record
                    .hours_override
                    .as_ref()
                    .map_or_else(String::new, |o| o.hours.to_string());
            }
            if record.hours_override.is_some() && ui.button("取消人工认定").clicked() {
                let id = record.id;
                cx.desk.work("取消人工认定", move |registry, _, _| {
                    chores::override_hours(registry, id, None)
                });
            }
            ui.separator();
            if ui.button("删除这条记录").clicked() {
                let id = record.id;
                cx.desk.work("删除记录", move |registry, _, _| {
                    chores::delete_record(registry, id)
                });
            }
        });
    }

    fn year(
        &mut self,
        ui: &mut Ui,
        view: &PersonView,
        total: Option<&YearTotal>,
        year: i32,
        cx: &mut Cx<'_>,
    ) {
        let t = Tokens::of(ui);
        h2(ui, &format!("{year} 年合计"), "");
        let notice = &cx.snap.notice;
        let sum = total.map_or(Hours::ZERO, |total| total.total);
        ui.horizontal(|ui| {
            ui.label(RichText::new(sum.to_string()).font(theme::quote(size::RESULT)).color(t.ink));
            let least = notice.annual.total;
            ui.label(RichText::new(format!("学时，全年不少于 {least}")).color(t.ink3));
        });
        for rule in &notice.subjects {
            let of = |hours: &std::collections::BTreeMap<_, Hours>| {
                hours.get(&rule.id).copied().unwrap_or_default()
            };
            let has = total.map_or(Hours::ZERO, |total| of(&total.hours));
            let short = has.short_of(rule.minimum);
            ui.horizontal(|ui| {
                let enough = short.is_zero();
                let word = if enough { "够".to_owned() } else { format!("差 {short}") };
                tag(ui, if enough { Tone::Ok } else { Tone::Bad }, &word);
                ui.label(format!("{} {has}", rule.name));
                small(ui, format!("不少于 {}（{}）", rule.minimum, rule.clause.place));
            });
            if let Some(total) = total {
                let (deemed, recognised) = (of(&total.deemed), of(&total.recognised));
                if !deemed.is_zero() {
                    small(ui, format!("其中视同 {deemed}：{}", total.deemed_reasons.join("、")));
                }
                if !recognised.is_zero() {
                    small(ui, format!("其中认定单 {recognised}：{}", total.slips.join("、")));
                }
                let evidenced = of(&total.evidenced);
                if evidenced < has {
                    note(ui, format!("材料齐的只有 {evidenced}"), t.wait);
                }
            }
        }
        self.review(ui, view, total, year, cx);
        self.beyond_records(ui, view, cx);
        history(ui, &view.history);
    }

    fn review(
        &mut self,
        ui: &mut Ui,
        view: &PersonView,
        total: Option<&YearTotal>,
        year: i32,
        cx: &mut Cx<'_>,
    ) {
        ui.add_space(14.0);
        h2(ui, "年度审核", "");
        let person = view.handbook.person.id;
        let review = view.handbook.reviews.iter().find(|review| review.year == year);
        let state = review.map_or(ReviewState::Draft, |review| review.state);
        let by = cx.signer();
        let step = |cx: &mut Cx<'_>, name: &str, step: ReviewStep| {
            let by = by.clone();
            cx.desk.work(name, move |registry, today, _| {
                chores::review_year(registry, person, year, step, &by, today)
            });
        };
        match state {
            ReviewState::Draft => {
                let ready = total.is_some_and(|total| total.met_evidenced);
                small(
                    ui,
                    if ready {
                        "学时和材料已齐。"
                    } else {
                        "学时或材料还没有齐，也可以先审核已有的。"
                    },
                );
                if plain(ui, "单位审核").clicked() {
                    step(cx, "年度审核", ReviewStep::Unit);
                }
            }
            ReviewState::UnitReviewed => {
                small(ui, "单位已审核，等主管部门确认。确认后这一年就锁定。");
                ui.horizontal(|ui| {
                    if plain(ui, "主管部门已确认").clicked() {
                        step(cx, "年度确认", ReviewStep::Department);
                    }
                    if quiet(ui, "退回草稿").clicked() {
                        step(cx, "退回草稿", ReviewStep::Reopen("退回草稿".to_owned()));
                    }
                });
            }
            ReviewState::DepartmentConfirmed => {
                small(ui, "主管部门已确认，这一年的记录不能再改。");
                if self.asking == Some(Asking::Reopen(year)) {
                    let typed = TextField::new("重新打开的理由").show(ui, &mut self.text);
                    ui.horizontal(|ui| {
                        let go = plain(ui, "重新打开").clicked() || typed.entered;
                        if go && !self.text.trim().is_empty() {
                            let why = std::mem::take(&mut self.text);
                            step(cx, "重新打开", ReviewStep::Reopen(why));
                            self.asking = None;
                        }
                        if quiet(ui, "取消").clicked() {
                            self.asking = None;
                        }
                    });
                } else if link(ui, "重新打开…").clicked() {
                    self.asking = Some(Asking::Reopen(year));
                    self.text.clear();
                }
            }
        }
    }

    /// 视同 and 学时认定单 of this person.
    fn beyond_records(&mut self, ui: &mut Ui, view: &PersonView, cx: &mut Cx<'_>) {
        let handbook = &view.handbook;
        ui.add_space(14.0);
        h2(ui, "视同与认定单", "");
        ui.horizontal(|ui| {
            if link(ui, "登记视同 ›").clicked() {
                self.wants = Some(Kind::Deemed);
            }
            if link(ui, "登记认定单 ›").clicked() {
                self.wants = Some(Kind::Slip);
            }
        });
        for deemed in &handbook.deemed {
            ui.horizontal_wrapped(|ui| {
                tag(ui, Tone::Info, "视同");
                small(ui, format!("{} 年 {}　{}", deemed.year, deemed.reason, deemed.basis));
                let name = format!("删除 {} 年视同", deemed.year);
                if link(ui, "删除").accessible_name(name).clicked() {
                    let (id, person) = (deemed.id, deemed.person);
                    cx.desk.work("删除视同", move |registry, _, _| {
                        chores::delete_deemed(registry, id, person)
                    });
                }
            });
        }
        for slip in &handbook.slips {
            ui.horizontal_wrapped(|ui| {
                tag(ui, Tone::Info, "认定单");
                small(
                    ui,
                    format!(
                        "{}　{}–{} 年　{}",
                        slip.number, slip.first_year, slip.last_year, slip.issuer
                    ),
                );
                if link(ui, "删除").accessible_name(format!("删除认定单 {}", slip.number)).clicked()
                {
                    let (id, person) = (slip.id, slip.person);
                    cx.desk.work("删除认定单", move |registry, _, _| {
                        chores::delete_slip(registry, id, person)
                    });
                }
            });
        }
    }

    fn ask(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        ui.add_space(6.0);
        let overriding = matches!(self.asking, Some(Asking::Override(_)));
        if overriding {
            TextField::new("认定学时")
                .hint("学时，例如 30 或 4.5")
                .width(160.0)
                .show(ui, &mut self.hours);
        }
        let typed =
            TextField::new("理由").hint("写明理由，会记入修改历史").show(ui, &mut self.text);
        let hours: Option<Hours> = self.hours.trim().parse().ok().and_then(Hours::from_f64);
        let mut go = typed.entered;
        let mut cancel = false;
        ui.horizontal(|ui| {
            go |= plain(ui, "记下").clicked();
            cancel = quiet(ui, "取消").clicked();
        });
        if cancel {
            self.asking = None;
        } else if go && self.text.trim().is_empty() {
            note(ui, "请写明理由", t.seal);
        } else if go && overriding && hours.is_none() {
            note(ui, "学时应是 0.5 的倍数", t.seal);
        } else if go {
            let (by, reason) = (cx.signer(), std::mem::take(&mut self.text));
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

/// Own files first, then those of the 班次; the order of [`Record::all_attachments`].
fn items_of(record: &Record) -> Vec<Item> {
    let own = record.attachments.len();
    record
        .all_attachments()
        .enumerate()
        .map(|(nr, attachment)| Item {
            slot: attachment.slot.clone(),
            name: attachment.evidence.name.clone(),
            stamped: attachment.stamped,
            shared: nr >= own,
            reason: attachment.reason.clone(),
        })
        .collect()
}

fn waivable(cx: &Cx<'_>, record: &Record) -> Vec<SlotId> {
    let Some(form) = cx.snap.notice.form(record.activity.form) else { return Vec::new() };
    form.evidence
        .iter()
        .flat_map(|set| &set.needs)
        .filter(|need| need.waivable)
        .flat_map(|need| need.any_of.clone())
        .collect()
}

fn history(ui: &mut Ui, lines: &[HistoryLine]) {
    if lines.is_empty() {
        return;
    }
    ui.add_space(14.0);
    h2(ui, "修改历史", "新的在前");
    for (nr, line) in lines.iter().take(30).enumerate() {
        if nr > 0 {
            hairline(ui);
        }
        ui.add_space(3.0);
        ui.label(format!("{}　{}", line.at.format("%m-%d %H:%M"), line.action));
        for change in line.changes.iter().take(6) {
            small(ui, change.clone());
        }
        ui.add_space(3.0);
    }
}
