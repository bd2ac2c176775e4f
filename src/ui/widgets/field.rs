//! Fields to type and choose in. While an input method composes a field neither reports a change nor
//! commits; left in mid-composition it goes back to what stood there before. Enter goes on to the next
//! field, unless the page has an answer to it.

use crate::ui::icons::{self, Icon};
use crate::ui::theme::{Tokens, size};
use crate::ui::{composing, walking};
use eframe::egui::{
    self, ComboBox, Frame, Id, Key, Margin, Modifiers, Popup, Rect, Response, RichText, Stroke,
    TextEdit, Ui, Vec2, pos2,
};

/// What happened in a field in this frame.
pub struct Typed {
    pub response: Response,
    /// The text is another one, and nobody is composing.
    pub changed: bool,
    /// The clerk is done with it: Enter, Tab or a click elsewhere.
    pub left: bool,
    /// Left by Enter.
    pub entered: bool,
}

/// A field of one or more lines.
pub struct TextField<'a> {
    name: &'a str,
    hint: &'a str,
    width: f32,
    rows: usize,
    bad: bool,
    search: bool,
    answers: bool,
}

impl<'a> TextField<'a> {
    /// `name` is what the field is called beside it on the page.
    pub fn new(name: &'a str) -> Self {
        Self {
            name,
            hint: "",
            width: f32::INFINITY,
            rows: 1,
            bad: false,
            search: false,
            answers: false,
        }
    }

    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    pub fn width(self, width: f32) -> Self {
        Self { width, ..self }
    }

    pub fn rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// What stands in it cannot be used: a red border; the sentence stands beside it.
    pub fn bad(self, bad: bool) -> Self {
        Self { bad, ..self }
    }

    /// The page does something when Enter is pressed in it (see [`Typed::entered`]).
    pub fn answers_enter(self) -> Self {
        Self { answers: true, ..self }
    }

    fn searching(self) -> Self {
        Self { search: true, answers: true, ..self }
    }

    pub fn show(self, ui: &mut Ui, text: &mut String) -> Typed {
        let t = Tokens::of(ui);
        let ctx = ui.ctx().clone();
        let id = ui.make_persistent_id(("field", self.name));
        let (settled, pending) = (id.with("settled"), id.with("pending"));
        let focused = ui.memory(|memory| memory.has_focus(id));

        if focused && composing::active(&ctx) {
            let before = text.clone();
            ctx.data_mut(|data| data.get_temp_mut_or_insert_with(settled, || before).len());
        }

        let width = self.width.min(ui.available_width());
        let line = match (self.bad, focused) {
            (true, _) => Stroke::new(if focused { 2.0 } else { 1.0 }, t.seal),
            (false, true) => Stroke::new(2.0, t.ink),
            (false, false) => Stroke::new(1.0, t.field),
        };
        // The border grows inwards, so that nothing moves when a field is entered.
        let grown = if focused { 1 } else { 0 };
        let lead = if self.search { 24 } else { 0 };
        let margin = Margin {
            left: 10 + lead - grown,
            right: 10 - grown,
            top: 6 - grown,
            bottom: 6 - grown,
        };
        let frame = Frame::NONE
            .fill(t.surface)
            .stroke(line)
            .corner_radius(size::RADIUS)
            .inner_margin(margin);
        let edit = if self.rows > 1 {
            TextEdit::multiline(text).desired_rows(self.rows)
        } else {
            TextEdit::singleline(text)
        };
        let output = edit
            .id(id)
            .hint_text(RichText::new(self.hint).color(t.ink3))
            .desired_width(width.max(40.0))
            .frame(frame)
            .show(ui);
        let response = output.response.response.clone();
        let response = response.accessible_name(self.name);
        if response.has_focus() && self.rows == 1 && !self.answers {
            walking::goes_on(&ctx, id);
        }
        let now = ctx.cumulative_pass_nr();
        if self.bad && ctx.data_mut(|data| claim_fault(data, now)) {
            response.request_focus();
        }
        if self.search {
            let center = pos2(response.rect.left() + 20.0, response.rect.center().y);
            let place = Rect::from_center_size(center, Vec2::splat(16.0));
            icons::paint(ui.painter(), Icon::Search, place, t.ink3);
        }

        let composing = composing::active(&ctx);
        if response.lost_focus() || !response.has_focus() {
            if let Some(before) = ctx.data_mut(|data| data.remove_temp::<String>(settled)) {
                *text = before;
                // The pinyin was drawn in this frame.
                ctx.request_repaint();
                composing::abandon(&ctx);
                ctx.data_mut(|data| data.remove_temp::<bool>(pending));
            }
        } else if composing {
            if response.changed() {
                ctx.data_mut(|data| data.insert_temp(pending, true));
            }
        } else {
            ctx.data_mut(|data| data.remove_temp::<String>(settled));
        }
        let mut changed = response.changed();
        if composing && response.has_focus() {
            changed = false;
        } else {
            changed |= ctx.data_mut(|data| data.remove_temp::<bool>(pending)).unwrap_or(false);
        }
        if response.has_focus() {
            let undoable = output
                .cursor_range
                .is_some_and(|range| output.state.undoer().has_undo(&(range, text.clone())));
            ctx.data_mut(|data| data.insert_temp(undo_id(), undoable));
        }
        let left = response.lost_focus();
        let entered = left && ui.input(|input| input.key_pressed(Key::Enter));
        Typed { response, changed, left, entered }
    }
}

/// The next field that stands there as wrong takes the cursor: to be called when a form is refused.
pub fn go_to_fault(ctx: &egui::Context) {
    let now = ctx.cumulative_pass_nr();
    ctx.data_mut(|data| data.insert_temp(fault_id(), now));
    ctx.request_repaint();
}

/// Whether a fault is looked for; it is found at once, or not at all.
fn claim_fault(data: &mut egui::util::IdTypeMap, now: u64) -> bool {
    data.remove_temp::<u64>(fault_id()).is_some_and(|asked| now <= asked + 2)
}

fn fault_id() -> Id {
    Id::unique("field-at-fault")
}

fn undo_id() -> Id {
    Id::unique("field-has-undo")
}

/// Whether Ctrl+Z belongs to the field that is being typed in.
pub fn takes_undo(ctx: &egui::Context) -> bool {
    ctx.text_edit_focused() && ctx.data(|data| data.get_temp(undo_id())).unwrap_or(false)
}

/// A field that searches as one types; Escape empties it.
pub fn search_box(ui: &mut Ui, name: &str, hint: &str, width: f32, text: &mut String) -> Typed {
    let mut typed = TextField::new(name).hint(hint).width(width).searching().show(ui, text);
    // The Escape that leaves the field does nothing else besides.
    if typed.left && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        typed.changed |= !text.is_empty();
        text.clear();
    }
    typed
}

/// A drop-down list of words; true when another was chosen.
pub fn combo(ui: &mut Ui, name: &str, width: f32, choices: &[&str], chosen: &mut String) -> bool {
    let t = Tokens::of(ui);
    let before = chosen.clone();
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = size::FIELD;
        ui.spacing_mut().button_padding = egui::vec2(10.0, 6.0);
        let shown = if chosen.is_empty() { "未选" } else { chosen.as_str() };
        let color = if chosen.is_empty() { t.ink3 } else { t.ink };
        let response = ComboBox::from_id_salt(("combo", name))
            .width(width)
            .selected_text(RichText::new(shown).color(color))
            .show_ui(ui, |ui| {
                for &choice in choices {
                    let words = if choice.is_empty() { "不填" } else { choice };
                    ui.selectable_value(chosen, choice.to_owned(), words);
                }
            })
            .response;
        // Space opens the list.
        if response.has_focus() && !Popup::is_any_open(ui.ctx()) {
            walking::goes_on(ui.ctx(), response.id);
        }
        response.accessible_name(name);
    });
    *chosen != before
}
