//! 口径: each decided reading with its reason and its switches. Another choice is first looked at (whose
//! verdict changes), then made with name and reason; it is one undo step.

use crate::notice::switch::{Standing, Way};
use crate::notice::{Decision, Ruling};
use crate::ui::app::Cx;
use crate::ui::office;
use crate::ui::pages::form_row;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::field::go_to_fault;
use crate::ui::widgets::{
    TextField, Tone, hairline, link, note, primary, quiet, segment, small, strong, tag,
};
use eframe::egui::{Align, Frame, Label, Layout, Margin, RichText, Stroke, Ui, vec2};
use std::collections::HashMap;

/// A choice that is being thought about.
struct Pending {
    decision: String,
    switch: String,
    choice: String,
    by: String,
    reason: String,
    /// By which question the answer is known.
    asked: u64,
    effect: Option<String>,
    told: bool,
}

/// The part of the page.
#[derive(Default)]
pub struct Decisions {
    pending: Option<Pending>,
    asked: u64,
    /// What is being typed, by decision and switch.
    typed: HashMap<String, String>,
}

impl Decisions {
    /// What the choice asked about would change.
    pub fn effect(&mut self, asked: u64, told: String) {
        if let Some(pending) = self.pending.as_mut().filter(|pending| pending.asked == asked) {
            pending.effect = Some(told);
        }
    }

    /// One decision: the question, what is chosen and why, what can be chosen.
    pub fn show(&mut self, ui: &mut Ui, decision: &Decision, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        hairline(ui);
        ui.add_space(8.0);
        let standings: Vec<Standing> = cx.snap.rules.standings.iter().cloned().collect();
        let mine = || standings.iter().filter(|it| it.decision == decision.id);
        ui.horizontal(|ui| {
            small(ui, decision.id.clone());
            if mine().any(|it| it.ruling.is_some()) {
                tag(ui, Tone::Info, "本单位另定");
            }
        });
        strong(ui, decision.question.clone());
        ui.add(Label::new(RichText::new(&decision.choice).color(t.ink)).wrap());
        small(ui, format!("理由：{}", decision.reason));
        if mine().next().is_none() && !decision.fixed.is_empty() {
            small(ui, format!("没有开关：{}", decision.fixed));
        }
        for standing in mine() {
            ui.push_id((&standing.decision, &standing.switch.id), |ui| {
                self.switch(ui, standing, cx);
            });
        }
        ui.add_space(8.0);
    }

    fn switch(&mut self, ui: &mut Ui, standing: &Standing, cx: &mut Cx<'_>) {
        let switch = &standing.switch;
        ui.add_space(6.0);
        let shown = match &self.pending {
            Some(it) if (&it.decision, &it.switch) == (&standing.decision, &switch.id) => {
                it.choice.clone()
            }
            _ => standing.now.clone(),
        };
        let mut wanted = None;
        let row = vec2(ui.available_width(), size::FIELD);
        let across = Layout::left_to_right(Align::Center).with_main_wrap(true);
        ui.allocate_ui_with_layout(row, across, |ui| {
            ui.label(RichText::new(&switch.name).color(Tokens::of(ui).ink2));
            if let Way::Among(all) = &switch.way {
                for it in all {
                    let pill = segment(ui, &it.words, it.id == shown);
                    let name = format!("{}：{}", switch.name, it.words);
                    if pill.accessible_name(name).clicked() && it.id != shown {
                        wanted = Some(it.id.clone());
                    }
                }
            } else {
                wanted = self.field(ui, standing, &shown);
            }
        });
        if let Some(ruling) = &standing.ruling {
            let was = switch.words(&standing.shipped);
            let (by, at, reason) = (&ruling.by, ruling.at, &ruling.reason);
            ui.horizontal_wrapped(|ui| {
                small(ui, format!("原为{was}。{by}，{at}，{reason}"));
                let back = link(ui, "恢复原样");
                if back.accessible_name(format!("恢复原样：{}", switch.name)).clicked() {
                    wanted = Some(standing.shipped.clone());
                }
            });
        }
        if let Some(choice) = wanted {
            self.consider(standing, choice, cx);
        }
        self.pending(ui, standing, cx);
    }

    /// A number, a date, words: typed, and meant when the field is left.
    fn field(&mut self, ui: &mut Ui, standing: &Standing, shown: &str) -> Option<String> {
        let t = Tokens::of(ui);
        let switch = &standing.switch;
        let key = format!("{}/{}", standing.decision, switch.id);
        let text = self.typed.entry(key.clone()).or_insert_with(|| shown.to_owned());
        let (width, hint, unit) = match &switch.way {
            Way::Number { none, unit, .. } => {
                (76.0, none.as_deref().unwrap_or_default(), unit.as_str())
            }
            Way::Date { .. } => (116.0, "年-月-日", ""),
            _ => (320.0, "", ""),
        };
        let fault = switch.reading(text).err();
        let field = TextField::new(&switch.name).hint(hint).width(width).bad(fault.is_some());
        let typed = field.show(ui, text);
        if !unit.is_empty() {
            ui.label(unit);
        }
        if let Some(why) = &fault {
            note(ui, why.clone(), t.seal);
        }
        if !typed.response.has_focus() && !typed.left {
            // What stands may have changed elsewhere: undone, or taken back.
            shown.clone_into(text);
            return None;
        }
        let read = switch.reading(text).ok().filter(|_| typed.left)?;
        (read != shown).then_some(read)
    }

    fn consider(&mut self, standing: &Standing, choice: String, cx: &mut Cx<'_>) {
        if choice == standing.now {
            self.pending = None;
            return;
        }
        self.asked += 1;
        let pending = Pending {
            decision: standing.decision.clone(),
            switch: standing.switch.id.clone(),
            choice,
            by: cx.signer(),
            reason: String::new(),
            asked: self.asked,
            effect: None,
            told: false,
        };
        let (ruling, asked) = (pending.ruling(cx), self.asked);
        cx.desk.work("看影响", move |registry, today, progress| {
            office::effect_of_ruling(registry, asked, &ruling, today, progress)
        });
        self.pending = Some(pending);
    }

    fn pending(&mut self, ui: &mut Ui, standing: &Standing, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let Some(pending) = self
            .pending
            .as_mut()
            .filter(|it| (&it.decision, &it.switch) == (&standing.decision, &standing.switch.id))
        else {
            return;
        };
        let back = pending.choice == standing.shipped;
        let words = standing.switch.words(&pending.choice);
        let mut done = false;
        let frame = Frame::NONE
            .stroke(Stroke::new(1.0, t.line))
            .corner_radius(size::RADIUS)
            .inner_margin(Margin::same(12));
        frame.show(ui, |ui| {
            ui.set_max_width(640.0);
            let verb = if back { "恢复为" } else { "改为" };
            strong(ui, format!("{verb}“{words}”"));
            match &pending.effect {
                Some(effect) => note(ui, effect.clone(), t.ink),
                None => small(ui, "正在看会影响谁…"),
            };
            ui.add_space(4.0);
            let nobody = pending.told && pending.by.trim().is_empty();
            let no_reason = pending.told && !back && pending.reason.trim().is_empty();
            form_row(ui, "谁定的", |ui| {
                let field = TextField::new("谁定的").width(160.0).bad(nobody);
                field.show(ui, &mut pending.by);
            });
            form_row(ui, "理由", |ui| {
                let hint = if back {
                    "可以不填"
                } else {
                    "例如问过哪个部门、依据哪个文件"
                };
                TextField::new("理由").hint(hint).bad(no_reason).show(ui, &mut pending.reason);
                if no_reason {
                    note(ui, "请写明理由，以后查得到", t.seal);
                }
            });
            ui.horizontal(|ui| {
                ui.add_space(104.0);
                let known = pending.effect.is_some();
                let go = ui.add_enabled_ui(known, |ui| primary(ui, "照此办")).inner;
                if go.clicked() {
                    pending.told = true;
                    let complete = !pending.by.trim().is_empty()
                        && (back || !pending.reason.trim().is_empty());
                    if complete {
                        let (ruling, year) = (pending.ruling(cx), cx.snap.notice.campaign_year);
                        cx.desk.work("另定口径", move |registry, _, _| {
                            office::save_ruling(registry, year, &ruling)
                        });
                        done = true;
                    } else {
                        go_to_fault(ui.ctx());
                    }
                }
                done |= quiet(ui, "不改").clicked();
            });
        });
        if done {
            self.pending = None;
            self.typed.clear();
        }
    }
}

impl Pending {
    fn ruling(&self, cx: &Cx<'_>) -> Ruling {
        Ruling {
            decision: self.decision.clone(),
            switch: self.switch.clone(),
            choice: self.choice.clone(),
            by: self.by.clone(),
            at: cx.snap.today,
            reason: self.reason.clone(),
        }
    }
}

/// What does not fit the notice any more.
pub fn refused(ui: &mut Ui, cx: &Cx<'_>) {
    let t = Tokens::of(ui);
    for told in cx.snap.rules.refused.iter() {
        note(ui, format!("{told}，没有照它办"), t.seal);
    }
}
