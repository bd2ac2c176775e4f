//! 办理: where an applicant stands between 收集材料 and 领证, who did what when, and the next step.

use super::{Asking, Side};
use crate::ledger::{ApplicantResult, IdNumber, ReviewResult, Stage, Verdict, Vouched};
use crate::registry::campaign::Step;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Asked, h2, plain, quiet, small};
use eframe::egui::accesskit::Role;
use eframe::egui::{Color32, Sense, Ui, WidgetInfo, vec2};

/// Takes a step after publicity for one person.
pub fn take(cx: &mut Cx<'_>, person: IdNumber, step: Step, reason: String) {
    let (year, by) = (cx.snap.campaign.year, cx.signer());
    cx.desk.work(step.name(), move |registry, today, _| {
        chores::step(registry, year, &[person], &step, &by, &reason, today)
    });
}

impl Side {
    pub(super) fn steps(&mut self, ui: &mut Ui, result: &ApplicantResult, cx: &mut Cx<'_>) {
        ui.add_space(8.0);
        h2(ui, "办理", "");
        let applicant = &result.applicant;
        if let Some(withdrawn) = &applicant.withdrawn {
            said(ui, "已退出", withdrawn);
            return;
        }
        way(ui, result, cx.snap.has_department);
        // The latest step that somebody signed; the others are in the history.
        if let Some(issued) = &applicant.issued {
            said(ui, &format!("已发证 {}", issued.number), &issued.vouched);
        } else if let Some(sent) = &applicant.sent {
            said(ui, "送人社核验", sent);
        } else if let Some((outcome, vouched)) = &applicant.department {
            let passed = *outcome == ReviewResult::Passed;
            said(ui, if passed { "主管部门复审确认" } else { "主管部门复审退回" }, vouched);
        } else if let Some((outcome, vouched)) = &applicant.review {
            said(ui, &format!("单位初审{}", outcome.name()), vouched);
        }
        ui.add_space(4.0);
        match self.asking {
            Some(Asking::Return) => self.reason_form(ui, cx, "退回"),
            Some(Asking::Withdraw) => self.reason_form(ui, cx, "退出申报"),
            Some(Asking::DepartmentReturn) => self.reason_form(ui, cx, "复审退回"),
            Some(Asking::Certificate) => self.reason_form(ui, cx, "登记发证"),
            _ => self.buttons(ui, result, cx),
        }
    }

    fn ask(&mut self, asking: Asking) {
        self.asking = Some(asking);
        self.answer = Asked::default();
    }

    fn buttons(&mut self, ui: &mut Ui, result: &ApplicantResult, cx: &mut Cx<'_>) {
        let person = &result.person.id_number;
        let department = cx.snap.has_department;
        let returned = result.applicant.returned().is_some();
        ui.horizontal_wrapped(|ui| {
            if result.stage < Stage::Publicised || returned {
                let collecting = result.stage == Stage::Collecting || returned;
                let ready = result.verdict == Verdict::Met && collecting;
                let words = if returned { "重新初审合格" } else { "初审合格" };
                let response = ui.add_enabled_ui(ready, |ui| plain(ui, words)).inner;
                let why = if result.verdict == Verdict::Met {
                    "已经初审"
                } else {
                    "学时和材料齐了才能初审合格"
                };
                if response.on_disabled_hover_text(why).clicked() {
                    let (year, by) = (cx.snap.campaign.year, cx.signer());
                    let ids = vec![person.clone()];
                    cx.desk.work("单位初审", move |registry, today, _| {
                        chores::review(registry, year, &ids, ReviewResult::Passed, &by, "", today)
                    });
                }
                if quiet(ui, "退回…").clicked() {
                    self.ask(Asking::Return);
                }
            }
            if result.stage == Stage::Publicised && department && !returned {
                let met = result.verdict == Verdict::Met;
                let button = ui.add_enabled_ui(met, |ui| plain(ui, "复审确认")).inner;
                let tip = "主管部门看过材料，同意；下属单位接到通知后也可以记在这里";
                let why = "体检还有问题，请先解决，或退回单位";
                if button.on_hover_text(tip).on_disabled_hover_text(why).clicked() {
                    let step = Step::Department(ReviewResult::Passed);
                    take(cx, person.clone(), step, String::new());
                }
            }
            let to_bureau = result.stage == Stage::Confirmed
                || result.stage == Stage::Publicised && !department && !returned;
            if to_bureau && plain(ui, "送人社核验").clicked() {
                take(cx, person.clone(), Step::Send, String::new());
            }
            if result.stage == Stage::Sent && plain(ui, "登记发证…").clicked() {
                self.ask(Asking::Certificate);
            }
            let back = (Stage::Publicised..=Stage::Sent).contains(&result.stage) && !returned;
            let tip = "主管部门或人社部门退回的，写明理由";
            if back && quiet(ui, "复审退回…").on_hover_text(tip).clicked() {
                self.ask(Asking::DepartmentReturn);
            }
            if quiet(ui, "退出申报…").clicked() {
                self.ask(Asking::Withdraw);
            }
        });
    }
}

/// The whole way, what is done in green.
fn way(ui: &mut Ui, result: &ApplicantResult, department: bool) {
    let t = Tokens::of(ui);
    let order = [
        (Stage::Collecting, "收集材料"),
        (Stage::Reviewed, "单位初审"),
        (Stage::Publicised, "公示"),
        (Stage::Confirmed, "主管部门复审"),
        (Stage::Sent, "人社核验"),
        (Stage::Issued, "领证"),
    ];
    let (met, returned) = (result.verdict == Verdict::Met, result.applicant.returned().is_some());
    ui.horizontal_wrapped(|ui| {
        for (stage, name) in order {
            if stage == Stage::Confirmed && !department {
                continue;
            }
            let under_way = match stage {
                Stage::Collecting => !met,
                Stage::Reviewed => result.stage == Stage::Collecting && met,
                Stage::Publicised => matches!(result.stage, Stage::Reviewed | Stage::Posted) && met,
                Stage::Confirmed => result.stage == Stage::Publicised,
                Stage::Sent => result.stage == Stage::Confirmed,
                Stage::Issued | Stage::Posted | Stage::Withdrawn => false,
            };
            // 人社核验 is done when the certificate is there, not when the papers are on their way.
            let done = match stage {
                Stage::Sent => result.stage >= Stage::Issued,
                stage => result.stage >= stage,
            };
            let sent = stage == Stage::Sent && result.stage == Stage::Sent;
            let (color, ink) = match () {
                () if stage == Stage::Confirmed && returned => (t.seal, t.seal),
                () if done && met => (t.ok, t.ink),
                () if under_way || sent => (t.bar_wait, t.ink),
                () => (t.line, t.ink3),
            };
            stop(ui, name, color, ink);
        }
    });
}

/// A dot and its word, which never part at the end of a line.
fn stop(ui: &mut Ui, name: &str, color: Color32, ink: Color32) {
    let (dot, gap) = (8.0, 8.0);
    let words = ui.painter().layout_no_wrap(name.to_owned(), theme::text(size::SMALL), ink);
    let wide = dot + gap + words.size().x;
    let (rect, response) = ui.allocate_exact_size(vec2(wide, 20.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
    let center = rect.left_center() + vec2(dot / 2.0, 0.0);
    ui.painter().circle_filled(center, dot / 2.0, color);
    let at = rect.left_center() + vec2(dot + gap, -words.size().y / 2.0);
    ui.painter().galley(at, words, ink);
}

fn said(ui: &mut Ui, what: &str, vouched: &Vouched) {
    let mut words = format!("{what}，{}，{}", vouched.by, vouched.at.format("%Y-%m-%d"));
    if !vouched.reason.is_empty() {
        words += &format!("：{}", vouched.reason);
    }
    small(ui, words);
}
