//! One applicant's findings, each with its clause, what to do, and the way to the place. The steps of
//! review below them stand in `findings/steps`.

mod fix;
mod steps;

use super::{Go, campaign};
use crate::ledger::{ApplicantResult, Finding, ReviewResult, Severity};
use crate::registry::campaign::{Step, is_step};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::{Answer, Asked, Question, Tone, h2, hairline, link, small, tag};
use crate::ui::words;
use eframe::egui::{Label, RichText, ScrollArea, Ui};

/// What is being given a reason for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asking {
    Return,
    Withdraw,
    /// 主管部门 gives the papers back.
    DepartmentReturn,
    /// The number of the certificate that the bureau issued.
    Certificate,
    SetAside {
        year: i32,
        code: &'static str,
    },
}

/// The right side of 申报.
#[derive(Default)]
pub struct Side {
    asking: Option<Asking>,
    answer: Asked,
    whose: Option<crate::ledger::PersonId>,
    fix: Option<fix::Fix>,
}

impl Side {
    pub fn show(&mut self, ui: &mut Ui, result: &ApplicantResult, cx: &mut Cx<'_>) {
        if self.whose != Some(result.person.id) {
            *self = Self { whose: Some(result.person.id), ..Self::default() };
        }
        let applicant = &result.applicant;
        let line = words::joined(&[&applicant.level, &result.person.degree]);
        h2(ui, &result.person.name, &format!("{line} · {}", applicant.speciality));
        ui.horizontal(|ui| {
            let (tone, word) = campaign::conclusion(result);
            tag(ui, tone, word);
            if link(ui, "打开手册 ›").clicked() {
                cx.go(Go::Person(result.person.id, None));
            }
        });
        self.span(ui, result, cx);
        ui.add_space(4.0);
        let high = (ui.available_height() - 236.0).max(120.0);
        ScrollArea::vertical().id_salt("findings").max_height(high).show(ui, |ui| {
            let mut findings: Vec<&Finding> = result.findings.iter().collect();
            // Steps can be taken only once the rest is settled.
            findings.sort_by_key(|f| (f.overridden, f.severity, is_step(f.code), f.year));
            for (nr, finding) in findings.iter().enumerate() {
                if nr > 0 {
                    hairline(ui);
                }
                ui.push_id(nr, |ui| self.finding(ui, finding, result, cx));
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

    fn finding(
        &mut self,
        ui: &mut Ui,
        finding: &Finding,
        result: &ApplicantResult,
        cx: &mut Cx<'_>,
    ) {
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
        if !finding.overridden {
            self.offer(ui, finding, result, cx);
        }
        if let (Severity::Block, false, Some(year)) =
            (finding.severity, finding.overridden, finding.year)
        {
            let asking = Asking::SetAside { year, code: finding.code };
            if self.asking.as_ref() == Some(&asking) {
                self.reason_form(ui, cx, "带理由放行");
            } else if link(ui, "说明理由放行").clicked() {
                self.asking = Some(asking);
                self.answer = Asked::default();
            }
        }
        ui.add_space(6.0);
    }

    fn reason_form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>, verb: &str) {
        let question = match self.asking {
            Some(Asking::Certificate) => Question {
                field: "证书编号",
                hint: "照人社部门发的证书填写",
                verb,
                lacks: "请填写证书编号",
            },
            _ => Question::why(verb),
        };
        let reason = match self.answer.show(ui, &question, None) {
            Answer::Open => return,
            Answer::Cancelled => {
                self.asking = None;
                return;
            }
            Answer::Given(reason) => reason,
        };
        let person = self.whose.and_then(|id| cx.snap.person(id)).map(|l| l.row.id_number.clone());
        let (Some(asking), Some(id)) = (self.asking.take(), person) else { return };
        let (year, by) = (cx.snap.campaign.year, cx.signer());
        match asking {
            Asking::Return => cx.desk.work("退回", move |registry, today, _| {
                chores::review(registry, year, &[id], ReviewResult::Returned, &by, &reason, today)
            }),
            Asking::DepartmentReturn => {
                steps::take(cx, id, Step::Department(ReviewResult::Returned), reason);
            }
            Asking::Certificate => steps::take(cx, id, Step::Issue(reason), String::new()),
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
