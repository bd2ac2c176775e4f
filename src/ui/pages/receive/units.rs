//! 单位名单: which units the department waits for, what has come from each, who said that nobody applies.

use crate::registry::AwaitedUnit;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::icons::{self, Icon};
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{TextField, cross, h2, hairline, link, plain, small};
use eframe::egui::{Align, Label, Layout, RichText, ScrollArea, Sense, Ui, Vec2};

/// What is being typed into the list.
#[derive(Default)]
pub struct Units {
    text: String,
}

/// What came from a unit in this campaign: `高级、中级`.
fn came(snapshot: &Snapshot, unit: &str) -> Vec<String> {
    let mut levels: Vec<String> = snapshot
        .received
        .iter()
        .filter(|it| it.campaign == snapshot.campaign.year && it.unit == unit)
        .map(|it| it.level_group.clone())
        .collect();
    levels.sort();
    levels.dedup();
    levels
}

impl Units {
    pub fn show(&mut self, ui: &mut Ui, snapshot: &Snapshot, cx: &mut Cx<'_>) {
        let awaited = &snapshot.awaited;
        let year = snapshot.campaign.year;
        let settled = |unit: &AwaitedUnit| {
            unit.nobody_in == Some(year) || !came(snapshot, &unit.name).is_empty()
        };
        let left = awaited.iter().filter(|unit| !settled(unit)).count();
        let said = match (awaited.len(), left) {
            (0, _) => String::new(),
            (all, 0) => format!("{all} 个单位都到齐了"),
            (all, left) => format!("{all} 个单位，还差 {left} 个"),
        };
        h2(ui, "单位名单", &said);
        let foot = 128.0;
        let high = (ui.available_height() - foot).max(80.0);
        let mut list: Option<Vec<AwaitedUnit>> = None;
        ScrollArea::vertical().id_salt("units").max_height(high).auto_shrink(false).show(
            ui,
            |ui| {
                if awaited.is_empty() {
                    small(ui, "把应当报来的单位列在这里，收到一个勾一个，谁还没有报一眼看得到。");
                }
                for nr in 0..awaited.len() {
                    if nr > 0 {
                        hairline(ui);
                    }
                    if let Some(changed) = line(ui, nr, snapshot) {
                        list = Some(changed);
                    }
                }
                if let Some(changed) = strangers(ui, snapshot) {
                    list = Some(changed);
                }
            },
        );
        ui.add_space(4.0);
        let hint = "单位全称，一行一个，可以粘贴";
        TextField::new("加入单位").hint(hint).rows(2).show(ui, &mut self.text);
        ui.add_space(4.0);
        let names: Vec<String> = self
            .text
            .lines()
            .flat_map(|line| line.split(['、', '；', ';', '\t']))
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty() && awaited.iter().all(|it| it.name != *name))
            .collect();
        let ready = !names.is_empty();
        let button = ui.add_enabled_ui(ready, |ui| plain(ui, "加入名单")).inner;
        if button.on_disabled_hover_text("请先写单位名称").clicked() {
            let mut all = awaited.to_vec();
            for name in names {
                if all.iter().all(|it| it.name != name) {
                    all.push(AwaitedUnit { name, nobody_in: None });
                }
            }
            list = Some(all);
            self.text.clear();
        }
        if let Some(list) = list {
            cx.desk.work("修改单位名单", move |registry, _, _| {
                chores::save_units(registry, &list)
            });
        }
    }
}

/// One unit; the list as it is to be when the clerk changed it.
fn line(ui: &mut Ui, nr: usize, snapshot: &Snapshot) -> Option<Vec<AwaitedUnit>> {
    let t = Tokens::of(ui);
    let awaited = &snapshot.awaited;
    let unit = &awaited[nr];
    let year = snapshot.campaign.year;
    let levels = came(snapshot, &unit.name);
    let nobody = unit.nobody_in == Some(year);
    let mut changed = None;
    ui.horizontal(|ui| {
        ui.set_min_height(46.0);
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(18.0), Sense::hover());
        if !levels.is_empty() || nobody {
            icons::paint(ui.painter(), Icon::Check, rect, if nobody { t.ink3 } else { t.ok });
        } else {
            ui.painter().circle_stroke(
                rect.center(),
                5.0,
                eframe::egui::Stroke::new(1.5, t.bar_wait),
            );
        }
        let room = ui.available_width() - 26.0;
        ui.allocate_ui_with_layout(
            eframe::egui::vec2(room, 40.0),
            Layout::top_down(Align::Min),
            |ui| {
                ui.set_width(room);
                ui.spacing_mut().item_spacing.y = 0.0;
                let name = RichText::new(&unit.name).font(theme::text(size::TEXT)).color(t.ink);
                ui.add(Label::new(name).truncate());
                ui.horizontal(|ui| {
                    if !levels.is_empty() {
                        small(ui, format!("已收 {}", levels.join("、")));
                    } else {
                        small(ui, if nobody { "说明今年无人参评" } else { "还没有报来" });
                        let verb = if nobody { "仍在等" } else { "今年无人参评" };
                        let response = link(ui, verb);
                        if response.accessible_name(format!("{verb} {}", unit.name)).clicked() {
                            let mut all = awaited.to_vec();
                            all[nr].nobody_in = (!nobody).then_some(year);
                            changed = Some(all);
                        }
                    }
                    if nr > 0 {
                        let up = link(ui, "上移").accessible_name(format!("上移 {}", unit.name));
                        if up.on_hover_text("汇总表可以按这个次序排").clicked() {
                            let mut all = awaited.to_vec();
                            all.swap(nr - 1, nr);
                            changed = Some(all);
                        }
                    }
                });
            },
        );
        if cross(ui, &format!("从名单去掉 {}", unit.name)).clicked() {
            let mut all = awaited.to_vec();
            all.remove(nr);
            changed = Some(all);
        }
    });
    changed
}

/// Units that have sent something and are not on the list.
fn strangers(ui: &mut Ui, snapshot: &Snapshot) -> Option<Vec<AwaitedUnit>> {
    let mut names: Vec<&String> = snapshot
        .received
        .iter()
        .filter(|it| it.campaign == snapshot.campaign.year)
        .map(|it| &it.unit)
        .filter(|name| snapshot.awaited.iter().all(|unit| unit.name != **name))
        .collect();
    names.sort();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    ui.add_space(6.0);
    small(ui, format!("已收、还不在名单上的 {} 个：", names.len()));
    for name in &names {
        small(ui, format!("{name}（{}）", came(snapshot, name).join("、")));
    }
    link(ui, "都加入名单").clicked().then(|| {
        let fresh =
            names.into_iter().map(|name| AwaitedUnit { name: name.clone(), nobody_in: None });
        snapshot.awaited.iter().cloned().chain(fresh).collect()
    })
}
