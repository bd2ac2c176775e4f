//! A table by keyboard: going from row to row, opening one, picking.

use super::{Done, Pick, Rows, TableState};
use crate::ui::widgets::check::Tick;
use eframe::egui::{EventFilter, Id, Key, Modifiers, Ui};

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
