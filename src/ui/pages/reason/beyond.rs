//! What stands beside records: 视同 and 学时认定单, each with its clause; what is owed after a campaign.

use super::Reason;
use crate::ledger::{Deemed, MetBy, Obligation, PriorSlip};
use crate::notice::Hours;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::dialog::{Ask, For};
use crate::ui::pages::declared::Wanted;
use crate::ui::pages::evidence::{self, Item, arrive, thumb};
use crate::ui::snapshot::PersonView;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Tone, h2, link, note, small, tag};
use crate::ui::words;
use eframe::egui::{Label, Ui};

/// The size of the thumbnails' longer side.
const SIDE: f32 = 92.0;

impl Reason {
    /// What files for the person are for while no record is chosen: what is still owed.
    pub fn owed(&self, view: &PersonView) -> Option<For> {
        view.obligations.iter().find(|it| it.open()).map(|it| target(view, it))
    }

    /// 视同 and 学时认定单 of this person.
    pub(super) fn beyond_records(&mut self, ui: &mut Ui, view: &PersonView, cx: &mut Cx<'_>) {
        owing(ui, view, cx);
        ui.add_space(14.0);
        h2(ui, "视同与认定单", "");
        ui.horizontal(|ui| {
            if link(ui, "登记视同 ›").clicked() {
                self.wants = Some(Wanted::Deemed);
            }
            if link(ui, "登记认定单 ›").clicked() {
                self.wants = Some(Wanted::Slip);
            }
        });
        for deemed in &view.handbook.deemed {
            self.deemed(ui, deemed, cx);
        }
        for slip in &view.handbook.slips {
            self.slip(ui, slip, cx);
        }
    }

    fn deemed(&mut self, ui: &mut Ui, deemed: &Deemed, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let notice = &cx.snap.notice;
        let subject = deemed.subject.as_ref().map_or("", |id| notice.subject_name(id));
        let hours = deemed.hours.map_or_else(String::new, |hours| format!("{hours} 学时"));
        let line =
            words::joined(&[&format!("{} 年 {}", deemed.year, deemed.reason), subject, &hours]);
        let rule = notice.deem_rule(&deemed.reason);
        let lost = rule.and_then(|rule| rule.year).filter(|year| *year != deemed.year);
        let clause = rule.map_or_else(String::new, |rule| rule.clause.place.clone());
        let quote = rule.map_or_else(String::new, |rule| rule.clause.quote.clone());
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            tag(ui, Tone::Info, "视同");
            small(ui, line);
            if link(ui, "修改").accessible_name(format!("修改 {} 年视同", deemed.year)).clicked()
            {
                self.wants = Some(Wanted::ChangeDeemed(deemed.clone()));
            }
            let name = format!("删除 {} 年视同", deemed.year);
            if link(ui, "删除").accessible_name(name).clicked() {
                let (id, person) = (deemed.id, deemed.person);
                cx.desk.work("删除视同", move |registry, _, _| {
                    chores::delete_deemed(registry, id, person)
                });
            }
        });
        small(ui, words::joined(&[&clause, &deemed.basis])).on_hover_text(quote);
        if let Some(only) = lost {
            note(ui, format!("这一事由只对 {only} 年，登记在 {} 年不计学时", deemed.year), t.wait);
        }
        papers(ui, &deemed.attachments, cx);
    }

    fn slip(&mut self, ui: &mut Ui, slip: &PriorSlip, cx: &mut Cx<'_>) {
        let years = match slip.last_year {
            last if last == slip.first_year => format!("{last} 年"),
            last => format!("{}–{last} 年", slip.first_year),
        };
        let issued = slip.issued.map_or_else(String::new, |day| day.to_string());
        let line = words::joined(&[&slip.number, &years, &slip.issuer, &issued]);
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            tag(ui, Tone::Info, "认定单");
            small(ui, line);
            let name = format!("修改认定单 {}", slip.number);
            if link(ui, "修改").accessible_name(name).clicked() {
                self.wants = Some(Wanted::ChangeSlip(slip.clone()));
            }
            let name = format!("删除认定单 {}", slip.number);
            if link(ui, "删除").accessible_name(name).clicked() {
                let (id, person) = (slip.id, slip.person);
                cx.desk.work("删除认定单", move |registry, _, _| {
                    chores::delete_slip(registry, id, person)
                });
            }
        });
        let notice = &cx.snap.notice;
        let written: Vec<String> = slip
            .hours
            .iter()
            .map(|(year, hours)| {
                let each: Vec<String> = notice
                    .subjects
                    .iter()
                    .filter_map(|rule| hours.get(&rule.id).map(|it| (rule, it)))
                    .map(|(rule, hours): (_, &Hours)| format!("{} {hours}", rule.name))
                    .collect();
                format!("{year} 年 {}", each.join("、"))
            })
            .collect();
        if !written.is_empty() {
            small(ui, written.join("；"));
        }
        let clause = &notice.prior_slip.clause;
        small(ui, clause.place.clone()).on_hover_text(&clause.quote);
        papers(ui, &slip.attachments, cx);
    }
}

fn target(view: &PersonView, obligation: &Obligation) -> For {
    For::Discharge {
        person: view.handbook.person.id,
        campaign: obligation.campaign,
        year: obligation.year,
    }
}

/// What applying has left to be supplied (B3-09), and how it was.
fn owing(ui: &mut Ui, view: &PersonView, cx: &mut Cx<'_>) {
    if view.obligations.is_empty() {
        return;
    }
    ui.add_space(14.0);
    h2(ui, "事后补交", "");
    for obligation in &view.obligations {
        let top = ui.cursor().top();
        ui.horizontal_wrapped(|ui| match obligation.open() {
            true => tag(ui, Tone::Wait, "待补"),
            false => tag(ui, Tone::Ok, "已办"),
        });
        ui.add(Label::new(&obligation.text).wrap());
        small(ui, obligation.clause.place.clone()).on_hover_text(&obligation.clause.quote);
        match &obligation.met {
            None => {
                let to = target(view, obligation);
                let slot = obligation.slot.clone();
                ui.horizontal_wrapped(|ui| {
                    small(ui, "把证明拖到这里，或");
                    let name = format!("放入 {} 年度合格证明", obligation.year);
                    if link(ui, "选择文件").accessible_name(name).clicked() {
                        let name = cx.snap.notice.slot(&slot);
                        let name = name.map_or_else(String::new, |slot| slot.name.clone());
                        cx.dialogs.ask(Ask::Evidence { slot: slot.clone(), name, to }, "");
                    }
                    if link(ui, "粘贴").accessible_name("粘贴：合格证明").clicked() {
                        cx.paste(to, slot.clone());
                    }
                });
                let all = ui.min_rect();
                let rect = eframe::egui::Rect::from_min_max(
                    eframe::egui::pos2(all.left(), top),
                    all.right_bottom(),
                );
                arrive::mark(ui.ctx(), rect, vec![slot], true);
            }
            Some(met) => {
                small(ui, obligation.closed_by());
                if let MetBy::Papers(discharge) = met {
                    papers(ui, &discharge.attachments, cx);
                    let name = format!("撤回 {} 年度补交", obligation.year);
                    if link(ui, "撤回").accessible_name(name).clicked() {
                        let (id, person) = (discharge.id, discharge.person);
                        cx.desk.work("撤回补交", move |registry, _, _| {
                            chores::reopen_obligation(registry, id, person)
                        });
                    }
                }
            }
        }
        ui.add_space(4.0);
    }
}

/// The files of something, small; a click looks at one.
fn papers(ui: &mut Ui, attachments: &[crate::ledger::Attachment], cx: &mut Cx<'_>) {
    if attachments.is_empty() {
        return;
    }
    let vault = cx.vault();
    let items: Vec<Item> = attachments.iter().map(|it| Item::kept(&vault, it, false)).collect();
    let mut look = None;
    ui.horizontal_wrapped(|ui| {
        for (nr, item) in items.iter().enumerate() {
            let picture = cx.looks.small(ui.ctx(), &item.path, SIDE);
            if thumb(ui, &picture, &item.name) {
                look = Some(nr);
            }
        }
    });
    if let Some(nr) = look {
        cx.look(evidence::shown(&cx.snap.notice, &items), nr);
    }
}
