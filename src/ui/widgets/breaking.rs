//! Chinese lines: egui keeps 、。」） off the head of a line but leaves 「（ at its end. Here a line that would end
//! so is broken before the bracket.

use eframe::egui::{FontId, Ui};
use std::borrow::Cow;

/// What never stands at a line's end.
const OPENING: &str = "「『（《〈【〔“‘(［｛";
/// So many lines are looked at; longer texts are not read in one go.
const LINES: usize = 40;

/// The text with the line breaks it needs to be shown in the room there is.
pub fn broken<'t>(ui: &Ui, text: &'t str, font: &FontId) -> Cow<'t, str> {
    // In a line of several things only the toolkit knows where the line began.
    if ui.layout().is_horizontal() || !text.contains(|c| OPENING.contains(c)) {
        return Cow::Borrowed(text);
    }
    let width = ui.available_width();
    let mut text = Cow::Borrowed(text);
    for _ in 0..LINES {
        let Some(at) = bad_end(ui, &text, font, width) else { break };
        text.to_mut().insert(at, '\n');
    }
    text
}

/// Where the first line that ends with an opening bracket should have been broken, as a byte.
fn bad_end(ui: &Ui, text: &str, font: &FontId, width: f32) -> Option<usize> {
    let galley = ui.painter().layout(
        text.to_owned(),
        font.clone(),
        eframe::egui::Color32::PLACEHOLDER,
        width,
    );
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut end = 0;
    for row in galley.rows.iter().take(galley.rows.len().saturating_sub(1)) {
        let start = end;
        end += row.char_count_including_newline().0;
        let mut at = end;
        while at > start + 1 && chars.get(at - 1).is_some_and(|(_, c)| OPENING.contains(*c)) {
            at -= 1;
        }
        if at < end {
            return chars.get(at).map(|(byte, _)| *byte);
        }
    }
    None
}
