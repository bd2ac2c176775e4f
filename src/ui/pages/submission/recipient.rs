//! To whom the package goes and by when: as the notice says by 隶属, or another with a reason.

use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{TextField, Tone, link, note, plain, quiet, tag};
use crate::ui::words;
use eframe::egui::{Label, RichText, Ui};

/// Another recipient being chosen.
#[derive(Default)]
pub struct Choosing {
    open: bool,
    to: String,
    reason: String,
    told: bool,
}

impl Choosing {
    /// How much higher the card is while another is being chosen.
    pub fn height(&self) -> f32 {
        if self.open { 74.0 } else { 0.0 }
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let snapshot = cx.snap.clone();
        self.recipient(ui, &snapshot, cx);
        if self.open {
            self.form(ui, cx);
        }
        deadline(ui, &snapshot);
    }

    fn recipient(&mut self, ui: &mut Ui, snapshot: &Snapshot, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let (unit, notice) = (&snapshot.unit, &snapshot.notice);
        let to = unit.recipient(notice);
        ui.horizontal(|ui| {
            if to.is_empty() {
                let words = "单位隶属还没有填，不知道报送给谁。请到设置里填写。";
                note(ui, words, t.wait);
                return;
            }
            let chosen = !unit.recipient.trim().is_empty();
            if unit.bypasses(notice) {
                tag(ui, Tone::Wait, "没有经过主管部门");
            }
            let rule = notice.recipient_rule(&unit.kind);
            let place = rule.map_or("", |rule| rule.clause.place.as_str());
            let why = match chosen {
                true => format!("报送给 {to}（另选：{}）", unit.recipient_reason.trim()),
                false => format!("报送给 {to}（{place}）"),
            };
            // The way to another one keeps its place beside a long name.
            let room = (ui.available_width() - if chosen { 190.0 } else { 110.0 }).max(80.0);
            ui.scope(|ui| {
                ui.set_max_width(room);
                let words = RichText::new(&why).small().color(t.ink3);
                ui.add(Label::new(words).truncate()).on_hover_text(&why);
            });
            if chosen && link(ui, "改回按隶属").clicked() {
                cx.desk.work("按隶属报送", |registry, _, _| {
                    chores::choose_recipient(registry, "", "")
                });
            }
            if !self.open && link(ui, "另选收件单位…").clicked() {
                self.open = true;
                self.told = false;
            }
        });
    }

    fn form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let wide = ((ui.available_width() - 160.0) / 2.0).max(120.0);
        let (mut go, mut stop) = (false, false);
        ui.horizontal(|ui| {
            let field = TextField::new("收件单位").hint("收件单位全称").width(wide);
            field.show(ui, &mut self.to);
            let field =
                TextField::new("另选理由").hint("为什么另选，会记下来").width(wide).answers_enter();
            go = field.show(ui, &mut self.reason).entered;
            go |= plain(ui, "改送这里").clicked();
            stop = quiet(ui, "取消").clicked();
        });
        let ready = !self.to.trim().is_empty() && !self.reason.trim().is_empty();
        self.told |= go && !ready;
        let told = self.told && !ready;
        let words = match told {
            true => "收件单位和理由都要写。",
            false => "原则上不接受部门下属单位和个人办理；另选的，请先与收件单位说好。",
        };
        note(ui, words, if told { t.seal } else { t.ink3 });
        if go && ready {
            let (to, reason) = (std::mem::take(&mut self.to), std::mem::take(&mut self.reason));
            cx.desk.work("另选收件单位", move |registry, _, _| {
                chores::choose_recipient(registry, &to, &reason)
            });
        }
        if stop || go && ready {
            self.open = false;
        }
    }
}

fn deadline(ui: &mut Ui, snapshot: &Snapshot) {
    let t = Tokens::of(ui);
    match &snapshot.plan {
        Ok(plan) => {
            let deadline = words::long_day(plan.deadline);
            let last = words::long_day(plan.last_working_day);
            let left = plan.days_left();
            let words = if left < 0 {
                format!("截止 {deadline}，最后工作日 {last} 已过；仍可制作，请先与收件部门说好")
            } else {
                format!("截止 {deadline}，最后工作日 {last}，还有 {left} 天")
            };
            note(ui, words, if left < 0 { t.seal } else { t.ink3 });
        }
        Err(why) => {
            note(ui, why.clone(), t.seal);
        }
    }
}
