//! Why a record gives its hours, and its evidence.

use super::{Asking, Reason};
use crate::ledger::{Record, RecordCredit, RecordId, YearTotal};
use crate::notice::{Hours, SlotId, convert};
use crate::registry::vault::Vault;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Ask, For};
use crate::ui::pages::Go;
use crate::ui::pages::evidence::{self, Deed, Item, Panel};
use crate::ui::snapshot::PersonView;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{
    Asked, Tone, h2, link, note, plain, quiet, segment, serif_quote, small, tag,
};
use eframe::egui::{Label, Ui};
use std::path::PathBuf;

/// Takes files in as evidence of a record, or of its whole 班次.
pub fn attach(desk: &mut Desk, record: RecordId, shared: bool, files: Vec<(SlotId, PathBuf)>) {
    desk.work("放入证明材料", move |registry, _, progress| {
        chores::attach(registry, record, shared, &files, progress)
    });
}

impl Reason {
    /// Whether files for a record are shared by its 班次.
    pub fn shares(&self, record: RecordId) -> bool {
        self.sharing == Some(record)
    }

    /// Whom new files of a 班次's record are for.
    fn sharing(&mut self, ui: &mut Ui, record: &Record) {
        if record.event.is_none() {
            return;
        }
        ui.horizontal_wrapped(|ui| {
            small(ui, "新放的材料");
            let shared = self.shares(record.id);
            if segment(ui, "只给本人", !shared).clicked() {
                self.sharing = None;
            }
            if segment(ui, "全班次共用", shared).clicked() {
                self.sharing = Some(record.id);
            }
        });
    }

    pub(super) fn record(
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
            let items = items_of(&cx.vault(), record);
            let waivable = waivable(cx, record);
            let panel = Panel {
                to: For::Record(record.id),
                notice: &cx.snap.notice,
                state,
                items: &items,
                note: "",
                settled: true,
                waivable: &waivable,
            };
            let deed = panel.show(ui, cx.looks);
            self.perform(deed, record, &items, cx);
            self.sharing(ui, record);
        }
        if let Some(Asking::Waive(id, _) | Asking::Override(id)) = &self.asking
            && *id == record.id
        {
            self.ask(ui, cx);
        }
        if let Some(event) = record.event {
            ui.add_space(8.0);
            ui.horizontal_wrapped(|ui| {
                small(ui, format!("班次：{}", record.event_name));
                if link(ui, "修改整个班次 ›").clicked() {
                    cx.go(Go::Event(event));
                }
            });
        }
        origin(ui, record, cx);
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
                self.answer = Asked::with("按日程核对无误");
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
                cx.dialogs.ask(Ask::Evidence { slot, name, to: For::Record(id) }, "");
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
            Some(Deed::Look(nr)) => cx.look(evidence::shown(&cx.snap.notice, items), nr),
            Some(Deed::Paste(slot)) => cx.paste(For::Record(id), slot),
            Some(Deed::Waive(slot)) => {
                self.asking = Some(Asking::Waive(id, slot));
                self.answer = Asked::default();
            }
        }
    }

    pub(super) fn buttons(&mut self, ui: &mut Ui, record: &Record, cx: &mut Cx<'_>) {
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
                self.answer = Asked::default();
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
}

/// Where a transferred record came from, and whether that unit has sealed it.
fn origin(ui: &mut Ui, record: &Record, cx: &mut Cx<'_>) {
    if record.origin.is_empty() {
        return;
    }
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        tag(ui, Tone::Info, "转入");
        small(ui, format!("来自 {}", record.origin));
        let mut stamped = record.origin_stamped;
        if ui.checkbox(&mut stamped, "原单位已盖章").changed() {
            let id = record.id;
            cx.desk.work("原单位盖章", move |registry, _, _| {
                chores::seal_of_origin(registry, id, stamped)
            });
        }
    });
}

/// Own files first, then those of the 班次; the order of [`Record::all_attachments`].
fn items_of(vault: &Vault, record: &Record) -> Vec<Item> {
    let own = record.attachments.len();
    let kept = record.all_attachments().enumerate();
    kept.map(|(nr, attachment)| Item::kept(vault, attachment, nr >= own)).collect()
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
