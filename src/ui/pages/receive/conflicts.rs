//! Conflicts between packages and the registry, both sides beside each other, each decided by itself or
//! all at once.

use crate::package::{Conflict, ConflictKey, Side};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{h2, hairline, link, segment, small};
use eframe::egui::{Label, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use std::collections::HashMap;

/// One conflict: its line and the two sides below.
const HEIGHT: f32 = 116.0;
const SIDES: f32 = 64.0;

/// How many nobody has decided yet.
pub fn open(conflicts: &[Conflict], choices: &HashMap<ConflictKey, Side>) -> usize {
    conflicts.iter().filter(|conflict| !choices.contains_key(&conflict.key())).count()
}

pub fn show(ui: &mut Ui, conflicts: &[Conflict], choices: &mut HashMap<ConflictKey, Side>) {
    if conflicts.is_empty() {
        h2(ui, "没有出入", "");
        small(ui, "这些包与登记库、与彼此都没有不一致的地方，可以直接收进来。");
        return;
    }
    ui.horizontal(|ui| {
        h2(ui, &format!("{} 处出入", conflicts.len()), "");
        for (words, side) in [("全部用新的", Side::New), ("全部留原有的", Side::Old)] {
            if link(ui, words).clicked() {
                for conflict in conflicts.iter().filter(|conflict| conflict.allows(side)) {
                    choices.insert(conflict.key(), side);
                }
            }
        }
        let left = open(conflicts, choices);
        if left > 0 {
            small(ui, format!("还有 {left} 处没有定"));
        }
    });
    ScrollArea::vertical().id_salt("conflicts").auto_shrink(false).show_rows(
        ui,
        HEIGHT,
        conflicts.len(),
        |ui, range| {
            for nr in range {
                ui.push_id(nr, |ui| one(ui, nr, &conflicts[nr], choices));
            }
        },
    );
}

fn one(ui: &mut Ui, nr: usize, conflict: &Conflict, choices: &mut HashMap<ConflictKey, Side>) {
    let t = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let mut inside =
        ui.new_child(eframe::egui::UiBuilder::new().max_rect(rect).id_salt(("conflict", nr)));
    inside.shrink_clip_rect(rect);
    let ui = &mut inside;
    hairline(ui);
    let key = conflict.key();
    let chosen = choices.get(&key).copied();
    ui.horizontal(|ui| {
        ui.set_min_height(34.0);
        let who = match conflict.name.as_str() {
            "" => conflict.unit.clone(),
            name => format!("{name}（{}）", conflict.unit),
        };
        let words = RichText::new(who).font(theme::bold(size::TEXT)).color(t.ink);
        ui.add(Label::new(words).truncate());
        let words = RichText::new(&conflict.message).small().color(t.ink2);
        ui.add(Label::new(words).truncate()).on_hover_text(&conflict.message);
    });
    let top = ui.cursor().top();
    let wide = ((rect.width() - 12.0) / 2.0).floor();
    for (place, (side, title, verb, text)) in [
        (Side::Old, "原有的", "留原有的", &conflict.old),
        (Side::New, "新的", "用新的", &conflict.new),
    ]
    .into_iter()
    .enumerate()
    {
        let left = rect.left() + place as f32 * (wide + 12.0);
        let half = Rect::from_min_size(pos2(left, top), vec2(wide, SIDES));
        let on = chosen == Some(side);
        let line = if on { Stroke::new(1.5, t.ok) } else { Stroke::new(1.0, t.line) };
        ui.painter().rect_stroke(half, size::RADIUS, line, StrokeKind::Inside);
        let mut box_ui = ui.new_child(
            eframe::egui::UiBuilder::new().max_rect(half.shrink2(vec2(10.0, 4.0))).id_salt(place),
        );
        box_ui.shrink_clip_rect(half);
        box_ui.spacing_mut().item_spacing.y = 0.0;
        box_ui.horizontal(|ui| {
            if conflict.allows(side) {
                let button = segment(ui, verb, on);
                let name = format!("{verb} {}", nr + 1);
                if button.accessible_name(name).clicked() {
                    choices.insert(key.clone(), side);
                }
            } else {
                small(ui, title);
            }
            let words = text.lines().collect::<Vec<_>>().join("；");
            let words = RichText::new(words).small().color(if on { t.ink } else { t.ink2 });
            ui.add(Label::new(words).wrap()).on_hover_text(text);
        });
    }
}
