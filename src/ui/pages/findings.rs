//! One applicant's findings, each with its clause, what to do, and the way to the place; and the
//! steps of review beside them.

use super::{Go, campaign};
use crate::ledger::{ApplicantResult, Finding, ReviewResult, Severity, Stage, Verdict};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::{
    TextField, Tone, dot, h2, hairline, link, note, plain, quiet, small, tag,
};
use crate::ui::words;
use eframe::egui::{Label, RichText, ScrollArea, Ui};

/// What is being given a reason for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    Return,
    Withdraw,
    SetAside { year: i32, code: &'static str },
}

/// The right side of 申报.
#[derive(Default)]
pub struct Side {
    asking: Option<Asking>,
    reason: String,
    whose: Option<crate::ledger::PersonId>,
}

impl Side {
    pub fn show(&mut self, ui: &mut Ui, result: &ApplicantResult, cx: &mut Cx<'_>) {
        if self.whose != Some(result.person.id) {
            *self = Self { whose: Some(result.person.id), ..Self::default() };
        }
        let applicant = &result.applicant;
        let line = words::joined(&[&applicant.level, &result.person.degree]);
        h2(
            ui,
            &result.person.name,
            &format!("{line}，看 {}–{} 年", result.span.first, result.span.last),
        );
        ui.horizontal(|ui| {
            let (tone, word) = campaign::conclusion(result);
            tag(ui, tone, word);
            if link(ui, "打开手册 ›").clicked() {
                cx.go(Go::Person(result.person.id, None));
            }
        });
        ui.add_space(4.0);
        let high = (ui.available_height() - 190.0).max(120.0);
        ScrollArea::vertical().id_salt("findings").max_height(high).show(ui, |ui| {
            let mut findings: Vec<&Finding> = result.findings.iter().collect();
            findings.sort_by_key(|f| (f.overridden, f.severity, f.year));
            for (nr, finding) in findings.iter().enumerate() {
                if nr > 0 {
                    hairline(ui);
                }
                self.finding(ui, finding, cx);
            }
            if findings.iter().all(|f| f.severity == Severity::Info) {
                ui.horizontal(|ui| {
                    tag(ui, Tone::Ok, "相符");
                    ui.label("没有须补、须改的地方");
                });
            }
            for obligation in &result.obligations {
                ui.add_space(4.0);
                ui.horizontal_wrapped(|ui| {
                    tag(ui, Tone::Info, "事后补交");
                    small(ui, obligation.text.clone());
                    if !obligation.open() {
                        small(ui, obligation.closed_by());
                    }
                });
            }
        });
        self.steps(ui, result, cx);
    }

    fn finding(&mut self, ui: &mut Ui, finding: &Finding, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        ui.add_space(8.0);
        let (tone, word) = match (finding.severity, finding.overridden) {
            (_, true) => (Tone::Mute, "已放行"),
            (Severity::Block, _) if finding.code.starts_with("evidence") => (Tone::Bad, "须补"),
            (Severity::Block, _) => (Tone::Bad, "须改"),
            (Severity::Warn, _) => (Tone::Wait, "留意"),
            (Severity::Info, _) => (Tone::Info, "说明"),
        };
        let leads = finding.severity != Severity::Info || finding.record.is_some();
        ui.horizontal_top(|ui| {
            tag(ui, tone, word);
            let room = ui.available_width() - if leads { 56.0 } else { 0.0 };
            let year = finding.year.map_or_else(String::new, |year| format!("{year} "));
            let ink = if finding.overridden { t.ink3 } else { t.ink };
            let title = RichText::new(format!("{year}{}", finding.message))
                .font(crate::ui::theme::bold(size::TEXT))
                .color(ink);
            ui.vertical(|ui| {
                ui.set_width(room);
                ui.add(Label::new(title).wrap());
            });
            if leads {
                let lead = if word == "须补" { "去补 ›" } else { "去看 ›" };
                let name = format!("{}：{year}{}", lead.trim_end_matches(" ›"), finding.message);
                if link(ui, lead).accessible_name(name).clicked() {
                    cx.go(match (finding.record, finding.year) {
                        (None, Some(year)) => Go::Year(finding.person, year),
                        (record, _) => Go::Person(finding.person, record),
                    });
                }
            }
        });
        let clause = if finding.clause.is_empty() {
            String::new()
        } else {
            format!("（{}）", finding.clause)
        };
        small(ui, format!("{}{clause}", finding.fix));
        if let (Severity::Block, false, Some(year)) =
            (finding.severity, finding.overridden, finding.year)
        {
            let asking = Asking::SetAside { year, code: finding.code };
            if self.asking.as_ref() == Some(&asking) {
                self.reason_form(ui, cx, "带理由放行");
            } else if link(ui, "说明理由放行").clicked() {
                self.asking = Some(asking);
                self.reason.clear();
            }
        }
        ui.add_space(6.0);
    }

    fn steps(&mut self, ui: &mut Ui, result: &ApplicantResult, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        ui.add_space(8.0);
        h2(ui, "办理", "");
        let order = [
            (Stage::Collecting, "收集材料"),
            (Stage::Reviewed, "单位初审"),
            (Stage::Posted, "公示"),
            (Stage::Publicised, "公示期满"),
        ];
        if result.stage == Stage::Withdrawn {
            let why = result.applicant.withdrawn.as_ref().map_or("", |v| v.reason.as_str());
            small(ui, format!("已退出：{why}"));
            return;
        }
        ui.horizontal_wrapped(|ui| {
            for (stage, name) in order {
                let (color, ink) = if stage <= result.stage && result.verdict == Verdict::Met {
                    (t.ok, t.ink)
                } else if stage == Stage::Collecting {
                    (t.bar_wait, t.ink)
                } else {
                    (t.line, t.ink3)
                };
                dot(ui, color);
                note(ui, name, ink);
            }
        });
        if let Some((outcome, vouched)) = &result.applicant.review {
            small(
                ui,
                format!(
                    "单位初审{}，{}，{}{}",
                    outcome.name(),
                    vouched.by,
                    vouched.at.format("%Y-%m-%d"),
                    if vouched.reason.is_empty() {
                        String::new()
                    } else {
                        format!("：{}", vouched.reason)
                    }
                ),
            );
        }
        ui.add_space(4.0);
        match self.asking {
            Some(Asking::Return) => self.reason_form(ui, cx, "退回"),
            Some(Asking::Withdraw) => self.reason_form(ui, cx, "退出申报"),
            _ => self.buttons(ui, result, cx),
        }
    }

    fn buttons(&mut self, ui: &mut Ui, result: &ApplicantResult, cx: &mut Cx<'_>) {
        ui.horizontal(|ui| {
            let ready = result.verdict == Verdict::Met && result.stage == Stage::Collecting;
            let response = ui.add_enabled_ui(ready, |ui| plain(ui, "初审合格")).inner;
            let why = if result.verdict == Verdict::Met {
                "已经初审"
            } else {
                "学时和材料齐了才能初审合格"
            };
            if response.on_disabled_hover_text(why).clicked() {
                let (year, by) = (cx.snap.campaign.year, cx.signer());
                let ids = vec![result.person.id_number.clone()];
                cx.desk.work("单位初审", move |registry, today, _| {
                    chores::review(registry, year, &ids, ReviewResult::Passed, &by, "", today)
                });
            }
            if quiet(ui, "退回…").clicked() {
                self.asking = Some(Asking::Return);
                self.reason.clear();
            }
            if quiet(ui, "退出申报…").clicked() {
                self.asking = Some(Asking::Withdraw);
                self.reason.clear();
            }
        });
    }

    fn reason_form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, verb: &str) {
        let t = Tokens::of(ui);
        let typed =
            TextField::new("理由").hint("写明理由，会记入修改历史").show(ui, &mut self.reason);
        let mut go = typed.entered;
        let mut cancel = false;
        ui.horizontal(|ui| {
            go |= plain(ui, verb).clicked();
            cancel = quiet(ui, "取消").clicked();
        });
        if cancel {
            self.asking = None;
            return;
        }
        if !go {
            return;
        }
        if self.reason.trim().is_empty() {
            note(ui, "请写明理由", t.seal);
            return;
        }
        let person = self.whose.and_then(|id| cx.snap.person(id)).map(|l| l.row.id_number.clone());
        let (Some(asking), Some(id)) = (self.asking.take(), person) else { return };
        let (year, by) = (cx.snap.campaign.year, cx.signer());
        let reason = std::mem::take(&mut self.reason);
        match asking {
            Asking::Return => cx.desk.work("退回", move |registry, today, _| {
                chores::review(registry, year, &[id], ReviewResult::Returned, &by, &reason, today)
            }),
            Asking::Withdraw => cx.desk.work("退出申报", move |registry, today, _| {
                chores::withdraw(registry, year, &id, &reason, today)
            }),
            Asking::SetAside { year, code } => {
                cx.desk.work("带理由放行", move |registry, today, _| {
                    chores::set_aside(registry, &id, year, code, &by, &reason, today)
                });
            }
        }
    }
}
