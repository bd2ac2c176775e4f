//! Chinese input: while an input method composes, nothing may search, validate or commit, and the
//! key that ends a composition may press nothing. Fields ask here; nobody else looks at IME events.

use eframe::egui::{self, Event, ImeEvent, Key, RawInput};

/// Follows the input method's events and swallows the keys that belong to it.
#[derive(Debug, Default)]
pub struct Composing {
    active: bool,
}

impl egui::Plugin for Composing {
    fn debug_name(&self) -> &'static str {
        "composing"
    }

    fn input_hook(&mut self, _ctx: &egui::Context, input: &mut RawInput) {
        if !input.focused {
            self.active = false;
        }
        let mut ended = false;
        input.events.retain(|event| match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                ended |= self.active && text.is_empty();
                self.active = !text.is_empty();
                true
            }
            Event::Ime(ImeEvent::Commit(_)) => {
                ended = true;
                self.active = false;
                true
            }
            // Enter, Space, digits and arrows choose among the candidates: they are the input method's.
            Event::Key { key, modifiers, .. } => {
                !((self.active || ended) && !modifiers.command && belongs_to_composition(*key))
            }
            _ => true,
        });
    }
}

fn belongs_to_composition(key: Key) -> bool {
    matches!(
        key,
        Key::Enter
            | Key::Space
            | Key::Escape
            | Key::Tab
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::ArrowLeft
            | Key::ArrowRight
            | Key::PageUp
            | Key::PageDown
            | Key::Backspace
    )
}

/// Whether an input method is composing now.
pub fn active(ctx: &egui::Context) -> bool {
    ctx.plugin_opt::<Composing>().is_some_and(|plugin| plugin.lock().active)
}

/// Forgets a composition whose field has lost the focus.
pub fn abandon(ctx: &egui::Context) {
    if let Some(plugin) = ctx.plugin_opt::<Composing>() {
        plugin.lock().active = false;
    }
}

pub fn install(ctx: &egui::Context) {
    ctx.add_plugin(Composing::default());
}
