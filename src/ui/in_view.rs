//! What the keyboard reaches is seen: a control that Tab or an arrow leads to, and that lies outside what
//! a scrolled page shows, is brought into view. The mouse never scrolls anything by itself.

use eframe::egui::accesskit::{Action, ActionRequest, TreeId};
use eframe::egui::{Context, Event, Id, Key};

/// Frames after a key in which the focus may still move: egui hands it on one frame late.
const FRAMES: u8 = 3;

/// Follows the focus from frame to frame.
#[derive(Debug, Default)]
pub struct InView {
    focused: Option<Id>,
    by_keyboard: u8,
}

impl InView {
    /// To be called before anything is drawn.
    pub fn follow(&mut self, ctx: &Context) {
        let walked = ctx.input(|input| {
            [Key::Tab, Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight]
                .into_iter()
                .any(|key| input.key_pressed(key))
        });
        let focused = ctx.memory(|memory| memory.focused());
        if focused != self.focused && self.by_keyboard > 0 {
            self.by_keyboard = 0;
            if let Some(id) = focused.filter(|&id| is_cut_off(ctx, id)) {
                let bring = ActionRequest {
                    action: Action::ScrollIntoView,
                    target_tree: TreeId::ROOT,
                    target_node: id.accesskit_id(),
                    data: None,
                };
                ctx.input_mut(|input| input.events.push(Event::AccessKitActionRequest(bring)));
            }
        }
        self.focused = focused;
        self.by_keyboard = if walked { FRAMES } else { self.by_keyboard.saturating_sub(1) };
        if self.by_keyboard > 0 {
            ctx.request_repaint();
        }
    }
}

fn is_cut_off(ctx: &Context, id: Id) -> bool {
    ctx.read_response(id)
        .is_some_and(|response| !response.interact_rect.contains_rect(response.rect.shrink(1.0)))
}
