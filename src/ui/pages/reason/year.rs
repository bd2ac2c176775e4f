//! A year as a whole: its sums, and the yearly review (B2-11).

use super::{Asking, Reason, history};
use crate::ledger::{ReviewState, YearReview, YearTotal};
use crate::notice::Hours;
use crate::ui::app::Cx;
use crate::ui::chores::{self, ReviewStep};
use crate::ui::snapshot::PersonView;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Answer, Asked, Question, Tone, h2, link, note, plain, quiet, small, tag};
use eframe::egui::{RichText, Ui};

impl Reason {
    pub(super) fn year(
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
        self.career(ui, view, cx);
        history::show(ui, view, None, cx);
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
        if let Some(review) = review {
            steps_taken(ui, review);
        }
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
                if let Some(again) = review.and_then(|review| review.reopened.as_ref()) {
                    let words = format!("{} 由 {} 重新打开：{}", again.at, again.by, again.reason);
                    small(ui, words);
                }
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
                    let question = Question {
                        field: "重新打开的理由",
                        ..Question::why("重新打开")
                    };
                    match self.answer.show(ui, &question, None) {
                        Answer::Open => {}
                        Answer::Cancelled => self.asking = None,
                        Answer::Given(why) => {
                            step(cx, "重新打开", ReviewStep::Reopen(why));
                            self.asking = None;
                        }
                    }
                } else if link(ui, "重新打开…").clicked() {
                    self.asking = Some(Asking::Reopen(year));
                    self.answer = Asked::default();
                }
            }
        }
    }
}

/// Who has reviewed and confirmed a year, and when.
fn steps_taken(ui: &mut Ui, review: &YearReview) {
    for (step, by) in [("单位审核", &review.unit), ("主管部门确认", &review.department)] {
        if let Some(by) = by {
            ui.horizontal_wrapped(|ui| {
                tag(ui, Tone::Ok, step);
                small(ui, format!("{}　{}", by.at, by.by));
            });
        }
    }
}
