//! Enter goes on to the next field of a form, as in a spreadsheet, and Shift+Enter back: what Tab does.
//! On the button at the end it presses. Fields that answer Enter themselves are not concerned.

use eframe::egui::{self, Context, Event, Id, Key, RawInput};

/// Turns the Enter of a field that goes on into Tab, before anybody sees it.
#[derive(Debug, Default)]
struct Walking;

impl egui::Plugin for Walking {
    fn debug_name(&self) -> &'static str {
        "walking"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let focused = ctx.memory(|memory| memory.focused());
        let on = ctx.data(|data| data.get_temp::<Id>(place()));
        // A list that is open takes its Enter.
        if focused.is_none() || focused != on || egui::Popup::is_any_open(ctx) {
            return;
        }
        for event in &mut input.events {
            if let Event::Key { key, physical_key, modifiers, .. } = event
                && *key == Key::Enter
                && !modifiers.command
                && !modifiers.alt
            {
                (*key, *physical_key) = (Key::Tab, None);
            }
        }
    }
}

fn place() -> Id {
    Id::unique("field-that-goes-on")
}

/// This field goes on when Enter is pressed in it.
pub fn goes_on(ctx: &Context, field: Id) {
    ctx.data_mut(|data| data.insert_temp(place(), field));
}

pub fn install(ctx: &Context) {
    ctx.add_plugin(Walking);
}
