//! Spellings of workplaces (S-05): one unit, one spelling. Those in use with how many people bear them; two
//! that mean the same are brought together as one undo step.

use crate::ui::app::Cx;
use crate::ui::office;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{TextField, h2, hairline, link, note, primary, quiet, small};
use eframe::egui::{Align, Layout, RichText, Ui};

/// The part of the page.
#[derive(Default)]
pub struct Units {
    found: Option<Vec<(String, u32)>>,
    /// Of which picture they were asked for.
    asked: Option<u64>,
    /// The spelling being changed, and what it is to be.
    changing: Option<(String, String)>,
}

impl Units {
    pub fn found(&mut self, found: Vec<(String, u32)>) {
        self.found = Some(found);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if self.asked != Some(cx.snap.revision) {
            self.asked = Some(cx.snap.revision);
            cx.desk.work("查看单位名称", |registry, _, _| office::units(registry));
        }
        h2(ui, "工作单位写法", "汇总表上的工作单位，一个单位只用一种写法");
        small(
            ui,
            "登记和导入时，空格、全角半角不同的写法会自动统一成已有的写法。简称、旧名在这里统一成全称。",
        );
        ui.add_space(6.0);
        let Some(found) = self.found.clone() else { return };
        if found.is_empty() {
            small(ui, "人员都没有填工作单位，汇总表上写本单位的名称。");
        }
        for (name, people) in found {
            hairline(ui);
            self.line(ui, &name, people, cx);
        }
    }

    fn line(&mut self, ui: &mut Ui, name: &str, people: u32, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        ui.horizontal(|ui| {
            ui.set_min_height(28.0);
            ui.label(RichText::new(name).color(t.ink));
            small(ui, format!("{people} 人"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let change = link(ui, "改为");
                if change.accessible_name(format!("改为：{name}")).clicked() {
                    self.changing = Some((name.to_owned(), cx.snap.unit.name.clone()));
                }
            });
        });
        let Some((_, to)) = self.changing.as_mut().filter(|(of, _)| of == name) else { return };
        let mut done = false;
        ui.horizontal_wrapped(|ui| {
            TextField::new("统一写作").width(320.0).show(ui, to);
            if primary(ui, "统一").clicked() && !to.trim().is_empty() {
                let (from, to) = (name.to_owned(), to.trim().to_owned());
                cx.desk.work("统一单位名称", move |registry, _, _| {
                    office::rename_unit(registry, &from, &to)
                });
                done = true;
            }
            done |= quiet(ui, "不改").clicked();
        });
        if to.trim().is_empty() {
            note(ui, "请填写全称", t.seal);
        }
        if done {
            self.changing = None;
        }
    }
}
