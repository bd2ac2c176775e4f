//! The evidence of one record: which sets would do, what is there, what is missing, where to put it.

use crate::notice::evidence::{EvidenceState, NeedState, SetState};
use crate::notice::{Notice, SlotId};
use crate::ui::icons::{self, Icon};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{cross, h2, link, note, small};
use eframe::egui::{
    Context, Id, Label, Painter, Rect, RichText, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2,
};
use std::path::PathBuf;

/// A file that stands in a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub slot: SlotId,
    pub name: String,
    pub stamped: bool,
    /// Shared by a 班次.
    pub shared: bool,
    /// Why an open 「等」 slot was accepted.
    pub reason: String,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Choose(SlotId),
    Remove(usize),
    Stamp(usize, bool),
    Open(usize),
    Waive(SlotId),
}

/// What the panel shows besides the state.
pub struct Panel<'a> {
    pub notice: &'a Notice,
    pub state: &'a EvidenceState,
    pub items: &'a [Item],
    pub note: &'a str,
    /// Files can be opened (they are in the vault).
    pub can_open: bool,
    /// Needs may be waived with a reason: the record exists.
    pub waivable: &'a [SlotId],
}

impl Panel<'_> {
    pub fn show(&self, ui: &mut Ui) -> Option<Deed> {
        let t = Tokens::of(ui);
        let many = self.state.sets.len() > 1;
        let teaches = if many { "任选一组备齐即可" } else { "" };
        h2(ui, "证明材料", if self.note.is_empty() { teaches } else { self.note });
        if self.state.sets.is_empty() {
            small(ui, "这一形式没有规定的材料。");
            return None;
        }
        let opened = Id::unique("evidence-set");
        // With nothing there yet, the notice's own first set; else the one that is nearest to done.
        let nearest = self
            .state
            .sets
            .iter()
            .enumerate()
            .min_by_key(|(_, set)| missing(set).len())
            .filter(|_| !self.items.is_empty())
            .map_or(0, |(nr, _)| nr);
        let open: usize = ui
            .data(|data| data.get_temp::<usize>(opened))
            .filter(|&nr| nr < self.state.sets.len() && !self.state.complete)
            .unwrap_or(nearest);
        let mut deed = None;
        for (nr, set) in self.state.sets.iter().enumerate() {
            let labels: Vec<&str> = set.needs.iter().map(|need| need.label.as_str()).collect();
            let words = labels.join(" ＋ ");
            if nr == open {
                if many {
                    ui.horizontal_wrapped(|ui| {
                        let name = RichText::new(&set.name).font(theme::bold(size::SMALL));
                        ui.label(name.color(t.ink));
                        small(ui, words);
                    });
                }
                for need in &set.needs {
                    deed = self.need(ui, need).or(deed);
                }
            } else {
                ui.horizontal_wrapped(|ui| {
                    let lack = missing(set);
                    if link(ui, &set.name).on_hover_text("改用这一组").clicked() {
                        ui.data_mut(|data| data.insert_temp(opened, nr));
                    }
                    small(ui, words);
                    if !self.state.complete && !lack.is_empty() {
                        note(ui, format!("还差 {}", lack.join("、")), t.wait);
                    }
                });
            }
            ui.add_space(2.0);
        }
        let known = |slot: &SlotId| {
            self.state.sets.iter().any(|s| s.needs.iter().any(|need| need.slots.contains(slot)))
        };
        for (nr, item) in self.items.iter().enumerate().filter(|(_, item)| !known(&item.slot)) {
            deed = self.file(ui, nr, item).or(deed);
        }
        deed
    }

    fn need(&self, ui: &mut Ui, need: &NeedState) -> Option<Deed> {
        let t = Tokens::of(ui);
        let mut deed = None;
        let mine = |item: &Item| need.slots.contains(&item.slot);
        let there = self.items.iter().any(mine);
        let row = ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let (thumb, _) = ui.allocate_exact_size(vec2(30.0, 40.0), Sense::hover());
            page(ui.painter(), thumb, t, need.met || need.waived);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                if need.met {
                    ui.add(Label::new(&need.label).wrap());
                } else if need.waived {
                    ui.add(Label::new(format!("{}（已说明理由免交）", need.label)).wrap());
                } else {
                    let trouble = need.trouble.as_deref().filter(|_| there);
                    let words = match trouble {
                        Some(trouble) => format!("{}：{trouble}", need.label),
                        None => format!("缺 {}", need.label),
                    };
                    ui.add(Label::new(RichText::new(words).color(t.seal)).wrap());
                }
                for (nr, item) in self.items.iter().enumerate().filter(|(_, item)| mine(item)) {
                    deed = self.file(ui, nr, item).or(deed.take());
                }
                if !need.met && !need.waived {
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing.x = 4.0;
                        small(ui, "拖到这里，或选择");
                        for slot in &need.slots {
                            let name =
                                self.notice.slot(slot).map_or(slot.0.as_str(), |slot| &slot.name);
                            let response =
                                link(ui, name).accessible_name(format!("选择文件：{name}"));
                            if response.clicked() {
                                deed = Some(Deed::Choose(slot.clone()));
                            }
                        }
                        if let Some(slot) = need.slots.iter().find(|s| self.waivable.contains(s))
                            && link(ui, "免交").on_hover_text("没有这一项时说明理由").clicked()
                        {
                            deed = Some(Deed::Waive(slot.clone()));
                        }
                    });
                }
            });
        });
        remember(ui.ctx(), row.response.rect, need);
        ui.add_space(4.0);
        deed
    }

    fn file(&self, ui: &mut Ui, nr: usize, item: &Item) -> Option<Deed> {
        let t = Tokens::of(ui);
        let mut deed = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            // What stands in the vault already is changed in the handbook, not in the form.
            let settled = item.shared && !self.can_open;
            let shared = if item.shared && self.can_open { "（班次共用）" } else { "" };
            let words = format!("{}{shared}", item.name);
            if self.can_open {
                if link(ui, &words).on_hover_text("用系统的程序打开").clicked() {
                    deed = Some(Deed::Open(nr));
                }
            } else {
                ui.add(Label::new(RichText::new(words).small().color(t.ink3)).truncate());
            }
            if settled {
                if item.stamped {
                    small(ui, "已盖章");
                }
                return;
            }
            let mut stamped = item.stamped;
            ui.spacing_mut().interact_size.y = 18.0;
            let tick = ui.checkbox(&mut stamped, RichText::new("已盖章").small().color(t.ink3));
            if tick.changed() {
                deed = Some(Deed::Stamp(nr, stamped));
            }
            if !item.reason.is_empty() {
                small(ui, item.reason.clone());
            }
            if cross(ui, &format!("移除 {}", item.name)).clicked() {
                deed = Some(Deed::Remove(nr));
            }
        });
        deed
    }
}

fn missing(set: &SetState) -> Vec<&str> {
    set.needs.iter().filter(|n| !n.met && !n.waived).map(|n| n.label.as_str()).collect()
}

/// A small sheet of paper; dashed and red where it is missing.
fn page(painter: &Painter, rect: Rect, t: &Tokens, there: bool) {
    if there {
        painter.rect(rect, 3.0, t.surface, Stroke::new(1.0, t.line), StrokeKind::Inside);
        for nr in 1..7 {
            let y = rect.top() + 5.0 * nr as f32;
            let x = rect.left() + 5.0..=rect.right() - 5.0;
            painter.hline(x, y, Stroke::new(1.0, t.hair));
        }
        let corner = Rect::from_min_size(rect.right_bottom() - vec2(13.0, 13.0), vec2(12.0, 12.0));
        icons::paint(painter, Icon::Check, corner, t.ok);
        return;
    }
    painter.rect_filled(rect, 3.0, t.seal_wash);
    let edge = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
    for nr in 0..4 {
        let line = [edge[nr], edge[(nr + 1) % 4]];
        painter.extend(Shape::dashed_line(&line, Stroke::new(1.0, t.seal), 3.0, 3.0));
    }
}

fn places() -> Id {
    Id::unique("evidence-places")
}

fn remember(ctx: &Context, rect: Rect, need: &NeedState) {
    let slots = need.slots.clone();
    let open = !need.met && !need.waived;
    ctx.data_mut(|data| {
        data.get_temp_mut_or_default::<Vec<(Rect, Vec<SlotId>, bool)>>(places())
            .push((rect, slots, open));
    });
}

/// The files dropped in this frame, each with the slot it goes to: the one under the pointer, else
/// the one whose name stands in the file's, else the first that is missing.
pub fn dropped(ui: &Ui, notice: &Notice) -> Vec<(SlotId, PathBuf)> {
    let ctx = ui.ctx();
    let spots: Vec<(Rect, Vec<SlotId>, bool)> =
        ctx.data_mut(|data| data.remove_temp(places())).unwrap_or_default();
    let files = ctx.input(|input| input.raw.dropped_files.clone());
    let pointer = ctx.input(|input| input.pointer.latest_pos());
    let mut filled: Vec<SlotId> = Vec::new();
    let mut placed = Vec::new();
    for path in files.into_iter().map(|file| file.path().to_path_buf()) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let under =
            pointer.and_then(|pos| spots.iter().find(|(rect, ..)| rect.contains(pos))).and_then(
                |(_, slots, _)| by_name(notice, slots, &name).or_else(|| slots.first().cloned()),
            );
        let all: Vec<SlotId> = spots.iter().flat_map(|(_, slots, _)| slots.clone()).collect();
        let missing = || {
            spots
                .iter()
                .filter(|(_, slots, open)| *open && !slots.iter().any(|s| filled.contains(s)))
                .find_map(|(_, slots, _)| slots.first().cloned())
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
        ui.painter().text(
            at,
            eframe::egui::Align2::CENTER_BOTTOM,
            "松开即作为证明材料",
            theme::bold(size::TEXT),
            t.seal,
        );
    }
}
