//! 设置: the unit, how the window looks, where the data lies, copies and checks, shortcuts.

use super::{View, form_row};
use crate::ledger::Unit;
use crate::registry::Problem;
use crate::ui::action::Action;
use crate::ui::app::{Cx, Tone as Look, Wish};
use crate::ui::chores;
use crate::ui::shell;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{
    TextField, Tone, card_in, combo, h2, note, plain, quiet, rows_of, segment, small, tag,
};
use eframe::egui::{OpenUrl, Rect, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// The page.
#[derive(Default)]
pub struct Settings {
    /// What is being typed, and what it was made from.
    unit: Option<(Arc<Unit>, Unit)>,
    problems: Option<Vec<Problem>>,
}

const ZOOMS: [f32; 6] = [1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

impl Settings {
    pub fn examined(&mut self, problems: Vec<Problem>) {
        self.problems = Some(problems);
    }

    fn profile(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        h2(ui, "单位", "改完离开这一格就记下，可以撤销");
        let fresh = self.unit.as_ref().is_none_or(|(of, _)| **of != *cx.snap.unit);
        if fresh {
            self.unit = Some((Arc::clone(&cx.snap.unit), (*cx.snap.unit).clone()));
        }
        let Some((_, unit)) = &mut self.unit else { return };
        let notice = &cx.snap.notice;
        let mut settled = false;
        let mut line = |ui: &mut Ui, name: &str, hint: &str, text: &mut String| {
            form_row(ui, name, |ui| {
                settled |= TextField::new(name).hint(hint).show(ui, text).left;
            });
        };
        line(ui, "单位名称", "全称，与公章一致", &mut unit.name);
        line(ui, "主管部门", "本身是主管部门的不填", &mut unit.department);
        line(ui, "县市", "州直单位不填", &mut unit.county);
        line(ui, "经办人", "初审、确认时的署名", &mut unit.contact);
        line(ui, "电话", "", &mut unit.phone);
        form_row(ui, "隶属", |ui| {
            let kinds: Vec<&str> = notice.recipients.iter().map(|r| r.unit_kind.as_str()).collect();
            settled |= combo(ui, "隶属", 140.0, &kinds, &mut unit.kind);
        });
        form_row(ui, "登记办法", |ui| {
            ui.horizontal(|ui| {
                for system in ["证书年度登记制", "合格证制"] {
                    if segment(ui, system, unit.registration_system == system).clicked() {
                        system.clone_into(&mut unit.registration_system);
                        settled = true;
                    }
                }
            });
        });
        if settled && *unit != *cx.snap.unit && !unit.name.trim().is_empty() {
            let unit = unit.clone();
            cx.desk.work("修改单位资料", move |registry, _, _| {
                chores::save_unit(registry, &unit)
            });
        }
    }

    fn looks(ui: &mut Ui, cx: &mut Cx<'_>) {
        h2(ui, "外观", "");
        form_row(ui, "主题", |ui| {
            ui.horizontal(|ui| {
                for (look, name) in Look::ALL {
                    if segment(ui, name, cx.remembered.theme == look).clicked() {
                        cx.wishes.push(Wish::Theme(look));
                    }
                }
            });
        });
        form_row(ui, "大小", |ui| {
            ui.horizontal_wrapped(|ui| {
                for zoom in ZOOMS {
                    let words = format!("{:.0}%", zoom * 100.0);
                    if segment(ui, &words, (cx.remembered.zoom - zoom).abs() < 0.01).clicked() {
                        cx.wishes.push(Wish::Zoom(zoom));
                    }
                }
            });
        });
    }

    fn data(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        h2(ui, "登记库", "");
        note(ui, cx.snap.dir.display().to_string(), t.ink2);
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            if plain(ui, "打开文件夹").clicked() {
                let url = format!("file://{}", cx.snap.dir.display());
                ui.ctx().open_url(OpenUrl::new_tab(url));
            }
            for action in [Action::Backup, Action::Doctor] {
                if plain(ui, action.name()).on_hover_text(action.tip()).clicked() {
                    cx.act(action);
                }
            }
            for action in [Action::OpenRegistry, Action::NewRegistry] {
                if quiet(ui, action.name()).on_hover_text(action.tip()).clicked() {
                    cx.act(action);
                }
            }
        });
        if let Some(problems) = &self.problems {
            ui.add_space(6.0);
            if problems.is_empty() {
                ui.horizontal(|ui| {
                    tag(ui, Tone::Ok, "完好");
                    small(ui, "数据库和证明材料都核对过");
                });
            }
            for problem in problems {
                ui.horizontal_wrapped(|ui| {
                    tag(ui, Tone::Bad, "有问题");
                    ui.label(&problem.message);
                });
                small(ui, problem.fix.clone());
            }
        }
    }
}

fn shortcuts(ui: &mut Ui) {
    let t = Tokens::of(ui);
    h2(ui, "快捷键", "");
    for action in Action::ALL {
        if let Some(keys) = action.shortcut_words() {
            ui.horizontal(|ui| {
                ui.add_sized(
                    [86.0, 22.0],
                    eframe::egui::Label::new(RichText::new(keys).small().color(t.ink3)),
                );
                ui.label(action.name());
            });
        }
    }
}

impl View for Settings {
    fn title(&mut self, ui: &mut Ui, _cx: &mut Cx<'_>) {
        let version = env!("CARGO_PKG_VERSION");
        shell::heading(ui, "设置", &format!("学时 {version}，不联网"));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let (left, right) = beside(room, 340.0);
        let [unit, rest] = rows_of(left, [Some(352.0), None]);
        card_in(ui, unit, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("unit").show(ui, |ui| self.profile(ui, cx));
        });
        card_in(ui, rest, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("looks").show(ui, |ui| {
                Self::looks(ui, cx);
                ui.add_space(12.0);
                self.data(ui, cx);
            });
        });
        card_in(ui, right, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("keys").show(ui, shortcuts);
        });
    }
}
