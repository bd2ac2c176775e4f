//! What is being typed for a run: an objection, how it was settled, who is 不合格 after all, its last day.

use super::{Publicity, Run};
use crate::ledger::{PersonId, PublicityId};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::office;
use crate::ui::pages::form_row;
use crate::ui::theme::Tokens;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, note, primary, quiet, small};
use crate::ui::words;
use chrono::{Datelike, NaiveDate};
use eframe::egui::Ui;

/// What is being filled in for a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// Whom it is about, and what it says.
    Objection(PublicityId, Option<PersonId>, String),
    /// Which objection, and what came of it.
    Settle(PublicityId, usize, String),
    /// Who is 不合格 after all, and why.
    Fail(PublicityId, PersonId, String),
    End(PublicityId, Option<NaiveDate>),
}

impl Filling {
    pub fn of(&self) -> PublicityId {
        match self {
            Self::Objection(id, ..)
            | Self::Settle(id, ..)
            | Self::Fail(id, ..)
            | Self::End(id, _) => *id,
        }
    }
}

/// A text and its two buttons; whether it was sent, whether it was given up.
fn asked(ui: &mut Ui, (field, hint, verb): (&str, &str, &str), text: &mut String) -> (bool, bool) {
    form_row(ui, field, |ui| {
        TextField::new(field).hint(hint).rows(2).show(ui, text);
    });
    let mut result = (false, false);
    ui.horizontal(|ui| {
        ui.add_space(104.0);
        let written = !text.trim().is_empty();
        let button = ui.add_enabled_ui(written, |ui| primary(ui, verb)).inner;
        let why = format!("请先写{field}");
        result.0 = button.on_disabled_hover_text(why).clicked();
        result.1 = quiet(ui, "取消").clicked();
    });
    result
}

impl Publicity {
    pub(super) fn fill(&mut self, ui: &mut Ui, run: &Run, last: NaiveDate, cx: &mut Cx<'_>) {
        let id = run.id;
        let by = cx.signer();
        let named = |person: PersonId| {
            cx.snap.person(person).map_or_else(String::new, |line| line.row.name.clone())
        };
        ui.add_space(6.0);
        let done = match &mut self.filling {
            Some(Filling::Objection(_, about, text)) => {
                let (about, about_words) = (*about, about.map(named));
                if let Some(name) = about_words {
                    small(ui, format!("对 {name} 的异议"));
                }
                let hint = "谁、对谁、什么事";
                let (go, stop) = asked(ui, ("异议", hint, "记下异议"), text);
                if go {
                    let text = text.clone();
                    cx.desk.work("记录公示异议", move |registry, _, _| {
                        office::object(registry, id, about, &text)
                    });
                }
                go || stop
            }
            Some(Filling::Settle(_, nr, text)) => {
                let nr = *nr;
                let hint = "怎么核查的、结果怎样，会印在公示结果说明上";
                let (go, stop) = asked(ui, ("处理结果", hint, "记下处理结果"), text);
                if go {
                    let text = text.clone();
                    cx.desk.work("处理公示异议", move |registry, today, _| {
                        chores::settle(registry, id, nr, &by, &text, today)
                    });
                }
                go || stop
            }
            Some(Filling::Fail(_, person, text)) => {
                let person = *person;
                let words = format!(
                    "{} 改为不合格：退出这一批，单位初审改为不合格；以后再合格的另行公示",
                    named(person)
                );
                small(ui, words);
                let hint = "异议属实的地方，依据什么";
                let (go, stop) = asked(ui, ("不合格理由", hint, "改为不合格"), text);
                if go {
                    let text = text.clone();
                    cx.desk.work("公示后改为不合格", move |registry, today, _| {
                        chores::fail_member(registry, id, person, &by, &text, today)
                    });
                }
                go || stop
            }
            Some(Filling::End(_, day)) => end(ui, run, last, day, cx),
            None => false,
        };
        if done {
            self.filling = None;
        }
    }
}

/// The run's last day; whether the form is done with.
fn end(
    ui: &mut Ui,
    run: &Run,
    last: NaiveDate,
    day: &mut Option<NaiveDate>,
    cx: &mut Cx<'_>,
) -> bool {
    let t = Tokens::of(ui);
    form_row(ui, "结束日期", |ui| {
        date_field(ui, "结束日期", cx.snap.today.year(), day);
    });
    let why = match *day {
        None => Some("请填写结束日期".to_owned()),
        Some(day) if day < last => {
            Some(format!("要到 {} 才满 {} 个工作日", words::long_day(last), run.days))
        }
        Some(day) if day > cx.snap.today => Some("这一天还没有到".to_owned()),
        Some(_) => None,
    };
    if let Some(why) = &why {
        note(ui, why.clone(), t.seal);
    }
    match (run.objections.len(), run.unsettled()) {
        (0, _) => {
            small(ui, "没有记录异议。有异议的，请先点“记录异议”。");
        }
        (_, 0) => {}
        (_, left) => {
            note(ui, format!("还有 {left} 条异议没有记下处理结果。"), t.wait);
        }
    }
    let mut done = false;
    ui.horizontal(|ui| {
        ui.add_space(104.0);
        let ready = why.is_none();
        let button = ui.add_enabled_ui(ready, |ui| primary(ui, "公示期满，结束")).inner;
        if let (true, Some(day)) = (button.clicked(), *day) {
            let id = run.id;
            cx.desk.work("结束公示", move |registry, today, _| {
                office::end_run(registry, id, day, today)
            });
            done = true;
        }
        done |= quiet(ui, "取消").clicked();
    });
    done
}
