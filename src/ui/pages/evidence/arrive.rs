//! Files on their way to a slot: dropped on the window, or pasted. Which slot each goes to is decided here;
//! taking it in is the worker's.

use crate::notice::evidence::{EvidenceState, NeedState};
use crate::notice::{Notice, SlotId};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::{Desk, Outcome};
use crate::ui::dialog::For;
use crate::ui::theme::{self, Tokens, size};
use eframe::egui::{
    Align2, ColorImage, Context, Event, Id, Key, Pos2, Rect, Stroke, StrokeKind, Ui, pos2,
};
use std::path::PathBuf;
use std::sync::Arc;

/// How long a drop waits to hear where the pointer is: while files are dragged the system does not say.
const SETTLE: f64 = 0.25;

/// A place of the page that stands for some slots.
#[derive(Debug, Clone)]
pub struct Spot {
    rect: Rect,
    slots: Vec<SlotId>,
    /// Still missing.
    open: bool,
}

/// What came in.
#[derive(Debug, Clone)]
enum Arrived {
    Files(Vec<PathBuf>),
    Image(Arc<ColorImage>),
    /// Something was pasted that only the clipboard itself can tell: files copied in a file window.
    Clipboard,
}

#[derive(Debug, Clone, Default)]
struct Falling {
    files: Vec<PathBuf>,
    since: f64,
}

fn falling() -> Id {
    Id::unique("evidence-falling")
}

fn places() -> Id {
    Id::unique("evidence-places")
}

pub(super) fn remember(ctx: &Context, rect: Rect, need: &NeedState) {
    mark(ctx, rect, need.slots.clone(), !need.met && !need.waived);
}

/// Remembers a place of the page that stands for some slots.
pub fn mark(ctx: &Context, rect: Rect, slots: Vec<SlotId>, open: bool) {
    let spot = Spot { rect, slots, open };
    ctx.data_mut(|data| data.get_temp_mut_or_default::<Vec<Spot>>(places()).push(spot));
}

/// The spots that were drawn in this frame; asked for once.
pub fn spots(ctx: &Context) -> Vec<Spot> {
    ctx.data_mut(|data| data.remove_temp(places())).unwrap_or_default()
}

/// The spots of evidence that is not shown.
pub fn spots_of(state: &EvidenceState) -> Vec<Spot> {
    let needs = state.sets.iter().flat_map(|set| &set.needs);
    let spot = |need: &NeedState| Spot {
        rect: Rect::NOTHING,
        slots: need.slots.clone(),
        open: !need.met && !need.waived,
    };
    needs.map(spot).collect()
}

/// Where the pointer is, if files that were let go can know it in this frame, or something was pasted.
pub fn pointer(ctx: &Context) -> Option<Pos2> {
    ctx.input(|input| {
        let moved = |event: &Event| matches!(event, Event::PointerMoved(_));
        let pasted = |event: &Event| matches!(event, Event::PasteImage(_) | Event::Paste(_));
        let known = input.events.iter().any(|event| moved(event) || pasted(event));
        known.then(|| input.pointer.latest_pos()).flatten()
    })
}

/// What was dropped or pasted, and where the pointer was if that can be known.
fn arrived(ctx: &Context) -> Option<(Arrived, Option<Pos2>)> {
    dropped(ctx).or_else(|| pasted(ctx))
}

fn dropped(ctx: &Context) -> Option<(Arrived, Option<Pos2>)> {
    let (now, mut files, moved) = ctx.input(|input| {
        let files: Vec<PathBuf> =
            input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect();
        let moved = input.events.iter().any(|event| matches!(event, Event::PointerMoved(_)));
        (input.time, files, moved.then(|| input.pointer.latest_pos()).flatten())
    });
    let waiting: Option<Falling> = ctx.data_mut(|data| data.remove_temp(falling()));
    if waiting.is_none() && files.is_empty() {
        return None;
    }
    let mut all = waiting.unwrap_or(Falling { files: Vec::new(), since: now });
    all.files.append(&mut files);
    if moved.is_some() || now - all.since >= SETTLE {
        return Some((Arrived::Files(all.files), moved));
    }
    ctx.data_mut(|data| data.insert_temp(falling(), all));
    ctx.request_repaint_after(std::time::Duration::from_secs_f64(SETTLE));
    None
}

fn pasted(ctx: &Context) -> Option<(Arrived, Option<Pos2>)> {
    if ctx.text_edit_focused() {
        return None;
    }
    let told = Id::unique("evidence-pasted");
    let (now, at) = ctx.input(|input| (input.time, input.pointer.hover_pos()));
    let mut came = None;
    let mut said = false;
    ctx.input(|input| {
        for event in &input.events {
            match event {
                Event::PasteImage(image) => came = Some(Arrived::Image(Arc::clone(image))),
                Event::Paste(text) => {
                    said = true;
                    came = came.take().or_else(|| paths_in(text).map(Arrived::Files));
                }
                _ => {}
            }
        }
    });
    if came.is_some() || said {
        ctx.data_mut(|data| data.insert_temp(told, now));
        return came.map(|came| (came, at));
    }
    // Of files copied in a file window nothing is told but that the keys were let go.
    let let_go = ctx.input(|input| {
        input.events.iter().any(|event| {
            matches!(event, Event::Key { key: Key::V, pressed: false, modifiers, .. } if modifiers.command)
        })
    });
    let before: Option<f64> = ctx.data(|data| data.get_temp(told));
    (let_go && before.is_none_or(|before| now - before > 2.0)).then_some((Arrived::Clipboard, at))
}

/// Paths that were copied as text, one a line: `file:///…` or written out.
fn paths_in(text: &str) -> Option<Vec<PathBuf>> {
    let read = |line: &str| -> Option<PathBuf> {
        let line = line.trim().trim_matches('"');
        let path = match line.strip_prefix("file://") {
            Some(rest) => {
                let plain = percent_encoding::percent_decode_str(rest).decode_utf8().ok()?;
                let windows = plain.get(2..3) == Some(":");
                let plain = if windows { &plain[1..] } else { &plain };
                PathBuf::from(plain)
            }
            None => PathBuf::from(line),
        };
        (path.is_absolute() && path.extension().is_some()).then_some(path)
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let paths: Option<Vec<PathBuf>> = lines.map(read).collect();
    paths.filter(|paths| !paths.is_empty())
}

/// Each file with the slot it goes to: the one under the pointer, else the one whose name stands in the
/// file's, else the first that is missing.
pub fn placed(
    notice: &Notice,
    spots: &[Spot],
    files: Vec<PathBuf>,
    at: Option<Pos2>,
) -> Vec<(SlotId, PathBuf)> {
    let all: Vec<SlotId> = spots.iter().flat_map(|spot| spot.slots.clone()).collect();
    let under = at.and_then(|at| spots.iter().find(|spot| spot.rect.contains(at)));
    let mut filled: Vec<SlotId> = Vec::new();
    let mut placed = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let under = under
            .and_then(|spot| by_name(notice, &spot.slots, &name).or(spot.slots.first().cloned()));
        let missing = || {
            spots
                .iter()
                .filter(|spot| spot.open && !spot.slots.iter().any(|s| filled.contains(s)))
                .find_map(|spot| spot.slots.first().cloned())
        };
        let slot = under
            .or_else(|| by_name(notice, &all, &name))
            .or_else(missing)
            .or_else(|| all.first().cloned());
        if let Some(slot) = slot {
            filled.push(slot.clone());
            placed.push((slot, path));
        }
    }
    placed
}

fn by_name(notice: &Notice, slots: &[SlotId], name: &str) -> Option<SlotId> {
    slots
        .iter()
        .filter_map(|id| notice.slot(id))
        .find(|slot| {
            name.contains(&slot.name)
                || slot.synonyms.iter().any(|word| name.contains(word.as_str()))
        })
        .map(|slot| slot.id.clone())
}

impl Cx<'_> {
    /// The files that were dropped or pasted in this frame, each with its slot. What first has to be fetched
    /// from the clipboard comes later, as `Outcome::Pasted`.
    pub fn arrivals(&mut self, to: For, spots: &[Spot]) -> Vec<(SlotId, PathBuf)> {
        let Some((arrived, at)) = arrived(self.ctx) else { return Vec::new() };
        let fetch = match arrived {
            Arrived::Files(files) => return placed(&self.snap.notice, spots, files, at),
            Arrived::Image(image) => Some(image),
            Arrived::Clipboard => None,
        };
        let (lent, spots) = (self.desk.lent.clone(), spots.to_vec());
        self.desk.errand(move || {
            let files = match fetch {
                Some(image) => vec![chores::keep_pasted(&image, &lent)?],
                None => chores::from_clipboard(&lent)?,
            };
            Ok(Outcome::Pasted { to, spots, at, files })
        });
        Vec::new()
    }

    /// Has what is on the clipboard put into a slot.
    pub fn paste(&mut self, to: For, slot: SlotId) {
        let lent = self.desk.lent.clone();
        let spots = vec![Spot { rect: Rect::NOTHING, slots: vec![slot], open: true }];
        self.desk.errand(move || {
            let files = chores::from_clipboard(&lent)?;
            Ok(Outcome::Pasted { to, spots, at: None, files })
        });
    }
}

/// Has the files that a form holds looked at: those that cannot be evidence come back.
pub fn look_over(desk: &mut Desk, to: For, files: Vec<PathBuf>) {
    desk.errand(move || {
        let odd = chores::odd_files(&files);
        let unfit = |file: PathBuf| chores::fit(&file).err().map(|failure| (file, failure.why));
        let files: Vec<_> = files.into_iter().filter_map(unfit).collect();
        Ok(match (files.is_empty(), odd.is_empty()) {
            (false, _) => Outcome::Unfit { to, files },
            (true, false) => Outcome::Said { text: odd, undoable: false },
            (true, true) => Outcome::Quiet,
        })
    });
}

/// Shows that files may be let go here.
pub fn veil_while_dragging(ui: &Ui, rect: Rect) {
    let hovering = ui.input(|input| !input.raw.hovered_files.is_empty());
    if hovering {
        let t = Tokens::of(ui);
        let edge = rect.shrink(2.0);
        ui.painter().rect_stroke(
            edge,
            size::CARD_RADIUS,
            Stroke::new(2.0, t.seal),
            StrokeKind::Inside,
        );
        let at = pos2(edge.center().x, edge.bottom() - 20.0);
        let words = "松开即作为证明材料";
        ui.painter().text(at, Align2::CENTER_BOTTOM, words, theme::bold(size::TEXT), t.seal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_files_are_told_from_other_words() {
        let found = |text: &str| paths_in(text).map(|paths| paths.len());
        let root = if cfg!(windows) { "C:/" } else { "/" };
        let address =
            format!("file:///{}tmp/%E7%AD%BE%E5%88%B0%E8%A1%A8.pdf", root.trim_start_matches('/'));
        assert_eq!(found(&format!("{address}\n{root}home/a/b.jpg\n")), Some(2));
        assert_eq!(paths_in(&address), Some(vec![PathBuf::from(format!("{root}tmp/签到表.pdf"))]));
        for words in ["", "护理安全培训班", "签到表.pdf", "https://a.cn/b.pdf"] {
            assert_eq!(found(words), None, "{words}");
        }
    }
}
