//! A table by keyboard: going from row to row, opening one, picking, widening a column.

use super::{Done, Pick, Rows, TableState};
use crate::ui::widgets::check::Tick;
use eframe::egui::accesskit::Role;
use eframe::egui::{EventFilter, Id, InputState, Key, Modifiers, Ui};

/// The keys of a table that has the focus.
pub(super) fn press(
    ui: &Ui,
    focus: Id,
    page: usize,
    state: &mut TableState,
    rows: &impl Rows,
    done: &mut Done,
) {
    let picks = rows.picks();
    let any = picks && rows.picked_of_all() != Tick::Off;
    let filter = EventFilter { vertical_arrows: true, escape: any, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(focus, filter));
    let (now, last) = (state.chosen, rows.count() - 1);
    let to = ui.input(|input| {
        [
            (Key::ArrowDown, now.map_or(0, |row| (row + 1).min(last))),
            (Key::ArrowUp, now.map_or(0, |row| row.saturating_sub(1))),
            (Key::PageDown, now.map_or(0, |row| (row + page).min(last))),
            (Key::PageUp, now.map_or(0, |row| row.saturating_sub(page))),
            (Key::Home, 0),
            (Key::End, last),
        ]
        .into_iter()
        .find_map(|(key, row)| input.key_pressed(key).then_some(row))
    });
    let shift = ui.input(|input| input.modifiers.shift);
    if let Some(row) = to {
        state.chosen = Some(row);
        state.reveal = Some(row);
        done.chosen = true;
        if picks && shift {
            let from = *state.anchor.get_or_insert(now.unwrap_or(row));
            done.pick = Some(Pick::Range(from, row));
        } else {
            state.anchor = Some(row);
        }
    }
    if ui.input(|input| input.key_pressed(Key::Enter)) {
        done.opened = state.chosen;
    }
    let asks = |input: &mut InputState| {
        input.consume_key(Modifiers::SHIFT, Key::F10)
            || input.consume_key(Modifiers::NONE, Key::Menu)
    };
    if rows.has_menu() && state.chosen.is_some() && ui.input_mut(asks) {
        state.menu = state.chosen.map(|row| (row, 3));
        state.reveal = state.chosen;
        done.menu = true;
    }
    if !picks {
        return;
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Space)) {
        done.pick = state.chosen.map(Pick::Toggle);
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
        done.pick = Some(Pick::All);
    }
    if any && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        done.pick = Some(Pick::Nothing);
    }
}

/// Names the edge by which a column is dragged; how much wider the arrows make it.
pub(super) fn widen(ui: &Ui, edge: Id, title: &str) -> Option<f32> {
    ui.ctx().accesskit_node_builder(edge, |node| {
        node.set_role(Role::Splitter);
        node.set_label(format!("{title}：列宽，左右键调整"));
    });
    if !ui.memory(|memory| memory.has_focus(edge)) {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(edge, filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    match (pressed(Key::ArrowLeft), pressed(Key::ArrowRight)) {
        (true, false) => Some(-16.0),
        (false, true) => Some(16.0),
        _ => None,
    }
}
