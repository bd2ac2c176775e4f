//! What the keyboard reaches is seen: a control that Tab or an arrow leads to bears a ring, and where it
//! lies outside what a scrolled page shows, it is brought into view. The mouse never scrolls anything by
//! itself, and a control that was clicked bears no ring.

use super::theme::{Tokens, size};
use eframe::egui::accesskit::{Action, ActionRequest, TreeId};
use eframe::egui::{Context, Event, Id, Key, Rect, Stroke, StrokeKind, Theme};

/// Frames in which the focus may still move after a key, and what it moves to come into view.
const FRAMES: u8 = 5;

/// Follows the focus from frame to frame.
#[derive(Debug, Default)]
pub struct InView {
    focused: Option<Id>,
    by_keyboard: u8,
    /// The keyboard was used after the mouse.
    ringed: bool,
}

impl InView {
    /// To be called before anything is drawn.
    pub fn follow(&mut self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused());
        let fresh = focused != self.focused;
        self.focused = focused;
        let cut_off = focused.filter(|_| self.by_keyboard > 0).and_then(|id| cut_off(ctx, id));
        ctx.data_mut(|data| data.insert_temp(wanted_id(), cut_off));
        if let (Some(_), Some(id), true) = (cut_off, focused, fresh) {
            // The innermost of what scrolls answers to this; the page as a whole asks `wanted`.
            let bring = ActionRequest {
                action: Action::ScrollIntoView,
                target_tree: TreeId::ROOT,
                target_node: id.accesskit_id(),
                data: None,
            };
            ctx.input_mut(|input| input.events.push(Event::AccessKitActionRequest(bring)));
        }
        let walked = ctx.input(|input| {
            [Key::Tab, Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight]
                .into_iter()
                .any(|key| input.key_pressed(key))
        });
        let clicked = ctx.input(|input| input.pointer.any_pressed());
        self.ringed = walked || (self.ringed && !clicked);
        self.by_keyboard = if walked { FRAMES } else { self.by_keyboard.saturating_sub(1) };
        if self.by_keyboard > 0 {
            ctx.request_repaint();
        }
    }

    /// To be called when everything is drawn.
    pub fn ring(&self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused()).filter(|_| self.ringed);
        let Some(control) = focused.and_then(|id| ctx.read_response(id)) else { return };
        // A field to type in has its own border and its cursor.
        if ctx.text_edit_focused() || !control.interact_rect.is_positive() {
            return;
        }
        let t = Tokens::when(ctx.theme() == Theme::Dark);
        let painter =
            ctx.layer_painter(control.layer_id).with_clip_rect(control.interact_rect.expand(3.0));
        let ring = Stroke::new(2.0, t.ink);
        painter.rect_stroke(control.rect.expand(3.0), size::RADIUS + 3, ring, StrokeKind::Inside);
    }
}

fn wanted_id() -> Id {
    Id::unique("wanted-in-view")
}

/// What the keyboard has reached and cannot be seen whole.
pub fn wanted(ctx: &Context) -> Option<Rect> {
    ctx.data(|data| data.get_temp(wanted_id())).flatten()
}

/// Where a control is that is not seen whole, and could be.
fn cut_off(ctx: &Context, id: Id) -> Option<Rect> {
    let response = ctx.read_response(id)?;
    let (rect, seen, room) = (response.rect, response.interact_rect, ctx.content_rect());
    // A long row is known by its beginning, and what is as high as the page by any part of it.
    let wide = rect.width().min(120.0) - 1.0;
    let high = if rect.height() > room.height() / 2.0 { 1.0 } else { rect.height() - 1.0 };
    let whole = seen.height() >= high && seen.width() >= wide;
    (!whole).then_some(rect)
}
