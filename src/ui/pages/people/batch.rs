//! Dialogs about many people at once: particulars changed alike, a year reviewed, who was left out.

use super::super::form_row;
use crate::ledger::{Particular, PersonId};
use crate::registry::roster::Setting;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::modal::{modal, room};
use crate::ui::widgets::{TextField, h2, hairline, note, plain, primary, quiet, segment, small};
use eframe::egui::{Align, Checkbox, Label, Layout, RichText, ScrollArea, Ui, vec2};

/// Particulars that many people get alike: only those that are ticked.
pub struct Edit {
    people: Vec<PersonId>,
    fields: Vec<(Particular, bool, String)>,
    told: bool,
}

impl Edit {
    pub fn of(people: Vec<PersonId>) -> Self {
        let fields = Particular::SHARED.map(|it| (it, false, String::new())).to_vec();
        Self { people, fields, told: false }
    }

    /// True when it is done with.
    pub fn show(&mut self, cx: &mut Cx<'_>) -> bool {
        let ctx = cx.ctx.clone();
        let shown = modal(&ctx, "batch-edit", 520.0, |ui| {
            h2(ui, &format!("批量修改 {} 人", self.people.len()), "勾选要改的，别的不动");
            for (it, on, text) in &mut self.fields {
                let name = it.name();
                form_row(ui, name, |ui| {
                    let room = vec2(ui.available_width(), size::FIELD);
                    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                        ui.set_min_height(size::FIELD);
                        ui.add(Checkbox::without_text(on)).accessible_name(format!("改{name}"));
                        let hint = if *on { "空着就是清空" } else { "不改" };
                        if TextField::new(name).hint(hint).show(ui, text).changed {
                            *on = true;
                        }
                    });
                });
            }
            self.buttons(ui, cx)
        });
        shown.inner || shown.dismissed
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let t = Tokens::of(ui);
        let chosen: Vec<&(Particular, bool, String)> =
            self.fields.iter().filter(|(_, on, _)| *on).collect();
        let cleared: Vec<&str> = chosen
            .iter()
            .filter(|(_, _, text)| text.trim().is_empty())
            .map(|(it, ..)| it.name())
            .collect();
        if chosen.is_empty() && self.told {
            note(ui, "请勾选要改哪几项", t.seal);
        } else if !cleared.is_empty() {
            note(ui, format!("{} 会清空", cleared.join("、")), t.wait);
        }
        ui.add_space(8.0);
        let mut done = false;
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            if primary(ui, &format!("修改 {} 人", self.people.len())).clicked() {
                self.told = true;
                if !chosen.is_empty() {
                    let settings = chosen
                        .iter()
                        .map(|(it, _, text)| Setting::Says(*it, text.trim().to_owned()))
                        .collect();
                    change(cx, std::mem::take(&mut self.people), settings);
                    done = true;
                }
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }
}

/// Has particulars of many people changed.
pub fn change(cx: &mut Cx<'_>, people: Vec<PersonId>, settings: Vec<Setting>) {
    cx.desk.work("批量修改", move |registry, _, _| {
        chores::change_people(registry, &people, &settings)
    });
}

/// Which year of many people the unit reviews (B2-11).
pub struct Review {
    people: Vec<PersonId>,
    year: i32,
    by: String,
}

impl Review {
    pub fn of(people: Vec<PersonId>, year: i32, by: String) -> Self {
        Self { people, year, by }
    }

    /// True when it is done with.
    pub fn show(&mut self, cx: &mut Cx<'_>) -> bool {
        let ctx = cx.ctx.clone();
        let campaign = cx.snap.notice.campaign_year;
        let shown = modal(&ctx, "batch-review", 560.0, |ui| {
            let t = Tokens::of(ui);
            h2(ui, &format!("年度审核 {} 人", self.people.len()), "单位审核");
            form_row(ui, "年度", |ui| {
                ui.horizontal_wrapped(|ui| {
                    for year in campaign - 5..=campaign {
                        if segment(ui, &year.to_string(), self.year == year).clicked() {
                            self.year = year;
                        }
                    }
                });
            });
            form_row(ui, "审核人", |ui| {
                let bad = self.by.trim().is_empty();
                TextField::new("审核人").bad(bad).show(ui, &mut self.by);
                if bad {
                    note(ui, "请写上是谁审的", t.seal);
                }
            });
            small(ui, "已经审核过的、这一年没有登记的，不会改动，并逐人说明。");
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ui.add_space(104.0);
                let words = format!("审核 {} 年 {} 人", self.year, self.people.len());
                let go = primary(ui, &words).clicked() && !self.by.trim().is_empty();
                if go {
                    let (people, year) = (std::mem::take(&mut self.people), self.year);
                    let by = self.by.trim().to_owned();
                    cx.desk.work("年度审核", move |registry, today, _| {
                        chores::review_years(registry, &people, year, &by, today)
                    });
                }
                go | quiet(ui, "取消").clicked()
            })
            .inner
        });
        shown.inner || shown.dismissed
    }
}

/// Who was left out of what was done for many, each with the reason.
pub struct LeftOut {
    pub text: String,
    pub lines: Vec<String>,
}

impl LeftOut {
    /// True when it is done with.
    pub fn show(&self, cx: &Cx<'_>) -> bool {
        let shown = modal(cx.ctx, "left-out", 560.0, |ui| {
            h2(ui, "办完了一部分", "");
            ui.add(Label::new(RichText::new(&self.text)).wrap());
            ui.add_space(8.0);
            small(ui, format!("没有办的 {} 人", self.lines.len()));
            let high = room(cx.ctx, 140.0).min(self.lines.len() as f32 * 30.0);
            let list = ScrollArea::vertical().max_height(high).min_scrolled_height(high);
            list.auto_shrink([false, true]).show(ui, |ui| {
                for (nr, line) in self.lines.iter().enumerate() {
                    if nr > 0 {
                        hairline(ui);
                    }
                    ui.add_space(4.0);
                    ui.add(Label::new(RichText::new(line)).wrap());
                    ui.add_space(4.0);
                }
            });
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                let closed = primary(ui, "知道了").clicked();
                if plain(ui, "复制名单").clicked() {
                    ui.ctx().copy_text(self.lines.join("\r\n"));
                }
                closed
            })
            .inner
        });
        shown.inner || shown.dismissed
    }
}
