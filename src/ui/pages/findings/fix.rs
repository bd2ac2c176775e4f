//! Findings that can be mended where they stand: hours confirmed, a region corrected, sessions filled in, the
//! span and its reason, the speciality.

use super::Side;
use crate::ledger::{ApplicantId, ApplicantResult, Finding, RecordId};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{TextField, link, note, plain, quiet, small};
use eframe::egui::Ui;

/// What is being mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Confirm(RecordId),
    Region(RecordId),
    Span(ApplicantId),
    Speciality(ApplicantId),
}

/// A mending with what is typed for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    what: What,
    value: String,
    reason: String,
    told: bool,
}

/// What a finding offers: the link's words.
fn offered(finding: &Finding, applicant: ApplicantId) -> Option<(What, &'static str)> {
    let record = finding.record;
    match finding.code {
        "needs-confirmation" => Some((What::Confirm(record?), "确认学时")),
        "region-mismatch" | "region-missing" => Some((What::Region(record?), "更正地区")),
        "span-reason-missing" | "employed-after-span-start" | "span-overridden" => {
            Some((What::Span(applicant), "改起始年度"))
        }
        "speciality-missing" => Some((What::Speciality(applicant), "补申报专业")),
        _ => None,
    }
}

impl Side {
    /// The span with the rule that chose it, and the way to another start.
    pub(super) fn span(&mut self, ui: &mut Ui, result: &ApplicantResult, cx: &mut Cx<'_>) {
        let (span, clause) = (result.span, &result.span_clause);
        let own = result.applicant.start_override.is_some();
        ui.horizontal_wrapped(|ui| {
            let why = if own { "由人指定起始年度" } else { clause.place.as_str() };
            let words = format!("认定 {}–{} 年（{why}）", span.first, span.last);
            small(ui, words).on_hover_text(&clause.quote);
            let what = What::Span(result.applicant.id);
            let open = self.fix.as_ref().is_some_and(|fix| fix.what == what);
            if !open && link(ui, "改起始年度").clicked() {
                self.begin(what, result, cx);
            }
        });
        if self.fix.as_ref().is_some_and(|fix| fix.what == What::Span(result.applicant.id)) {
            self.mend(ui, cx);
        }
    }

    /// The way to mend a finding here, and the form once it is open.
    pub(super) fn offer(
        &mut self,
        ui: &mut Ui,
        finding: &Finding,
        result: &ApplicantResult,
        cx: &mut Cx<'_>,
    ) {
        if let ("sessions-missing", Some(record)) = (finding.code, finding.record) {
            let name = format!("填时段：{}", finding.message);
            if link(ui, "填时段").accessible_name(name).clicked() {
                cx.desk.glance(move |registry| chores::to_edit(registry, record));
            }
            return;
        }
        let Some((what, words)) = offered(finding, result.applicant.id) else { return };
        // The span is mended at the top, under its rule.
        let spans = matches!(what, What::Span(_));
        let open = self.fix.as_ref().is_some_and(|fix| fix.what == what);
        if open && !spans {
            self.mend(ui, cx);
        } else if !open {
            let name = format!("{words}：{}", finding.message);
            if link(ui, words).accessible_name(name).clicked() {
                self.begin(what, result, cx);
            }
        }
    }

    fn begin(&mut self, what: What, result: &ApplicantResult, cx: &Cx<'_>) {
        let (unit, notice) = (&cx.snap.unit, &cx.snap.notice);
        let applicant = &result.applicant;
        let (value, reason) = match what {
            What::Confirm(_) => Default::default(),
            What::Region(_) => {
                let expected = notice.expected_region(&unit.kind, &unit.county);
                (expected.unwrap_or_default(), String::new())
            }
            What::Span(_) => {
                let first = applicant.start_override.unwrap_or(result.span.first);
                (first.to_string(), applicant.note.clone())
            }
            What::Speciality(_) => (result.person.speciality.clone(), String::new()),
        };
        self.asking = None;
        self.fix = Some(Fix { what, value, reason, told: false });
    }

    fn mend(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let Some(fix) = &mut self.fix else { return };
        let (mut go, mut stop) = (false, false);
        let verb = match fix.what {
            What::Confirm(_) => {
                let hint = "核对过什么，例如 课程时长与证书一致";
                go |= TextField::new("确认说明")
                    .hint(hint)
                    .answers_enter()
                    .show(ui, &mut fix.reason)
                    .entered;
                "确认学时"
            }
            What::Region(_) => {
                small(ui, "本人已在平台更正的，写上证书现在的注册地区。");
                go |= TextField::new("注册地区").answers_enter().show(ui, &mut fix.value).entered;
                "记下地区"
            }
            What::Span(_) => {
                small(ui, "空着就按通知推定；另定的写明理由。");
                TextField::new("认定起始年度").show(ui, &mut fix.value);
                ui.add_space(4.0);
                let hint = "例如 2017 年参加工作";
                go |= TextField::new("另定理由")
                    .hint(hint)
                    .answers_enter()
                    .show(ui, &mut fix.reason)
                    .entered;
                "改起始年度"
            }
            What::Speciality(_) => {
                go |= TextField::new("申报专业").answers_enter().show(ui, &mut fix.value).entered;
                "记下专业"
            }
        };
        ui.horizontal(|ui| {
            go |= plain(ui, verb).clicked();
            stop = quiet(ui, "取消").clicked();
        });
        let start: Option<i32> = fix.value.trim().parse().ok().filter(|y| (1990..2100).contains(y));
        let blank = fix.value.trim().is_empty();
        let lacks = match fix.what {
            What::Confirm(_) => fix.reason.trim().is_empty().then_some("请写明核对过什么"),
            What::Region(_) => blank.then_some("请写注册地区"),
            What::Speciality(_) => blank.then_some("请写申报专业"),
            What::Span(_) if blank => None,
            What::Span(_) if start.is_none() => Some("起始年度应是四位数的年份"),
            What::Span(_) => fix.reason.trim().is_empty().then_some("请写明为什么另定起始年度"),
        };
        fix.told |= go;
        if let (true, Some(lacks)) = (fix.told, lacks) {
            note(ui, lacks, t.seal);
            go = false;
        }
        if go {
            let by = cx.signer();
            let Fix { what, value, reason, .. } = fix.clone();
            match what {
                What::Confirm(record) => cx.desk.work("确认学时", move |registry, today, _| {
                    chores::confirm(registry, record, &by, &reason, today)
                }),
                What::Region(record) => {
                    cx.desk.work("更正注册地区", move |registry, _, _| {
                        chores::correct_region(registry, record, &value)
                    })
                }
                What::Span(applicant) => cx.desk.work("改起始年度", move |registry, _, _| {
                    chores::set_start(registry, applicant, start, &reason)
                }),
                What::Speciality(applicant) => {
                    cx.desk.work("补申报专业", move |registry, _, _| {
                        chores::set_speciality(registry, applicant, &value)
                    })
                }
            }
        }
        if go || stop {
            self.fix = None;
        }
    }
}
