//! The evidence of one record: which sets would do, what is there and how it looks, what is missing, where
//! to put it. How files get to a slot stands in `arrive`.

pub mod arrive;

use crate::ledger::Attachment;
use crate::notice::evidence::{EvidenceState, NeedState, Proof, SetState};
use crate::notice::{Notice, SlotId};
use crate::registry::vault::Vault;
use crate::ui::dialog::For;
use crate::ui::looks::{Look, Looks};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::viewer::Shown;
use crate::ui::widgets::{cross, h2, link, note, small};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Color32, CursorIcon, Id, Label, Painter, Rect, RichText, Sense, Shape, Stroke, StrokeKind, Ui,
    Vec2, WidgetInfo, pos2, vec2,
};
use std::path::PathBuf;

/// A thumbnail's room.
const THUMB: Vec2 = vec2(36.0, 46.0);

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
    /// Where the file lies.
    pub path: PathBuf,
}

impl Item {
    /// A file of the vault.
    pub fn kept(vault: &Vault, attachment: &Attachment, shared: bool) -> Self {
        Self {
            slot: attachment.slot.clone(),
            name: attachment.evidence.name.clone(),
            stamped: attachment.stamped,
            shared,
            reason: attachment.reason.clone(),
            path: vault.path_of(&attachment.evidence),
        }
    }

    /// A file that will be taken in.
    pub fn coming(file: &crate::ui::chores::NewFile) -> Self {
        Self {
            slot: file.slot.clone(),
            name: file.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            stamped: file.stamped,
            shared: false,
            reason: String::new(),
            path: file.path.clone(),
        }
    }
}

/// The files as what they prove.
pub fn proofs(items: &[Item]) -> Vec<Proof> {
    let proof = |item: &Item| Proof {
        slot: item.slot.clone(),
        stamped: item.stamped,
        reasoned: !item.reason.is_empty(),
    };
    items.iter().map(proof).collect()
}

/// The files as the viewer shows them.
pub fn shown(notice: &Notice, items: &[Item]) -> Vec<Shown> {
    let what = |item: &Item| notice.slot(&item.slot).map_or_else(String::new, |it| it.name.clone());
    items
        .iter()
        .map(|item| Shown { what: what(item), name: item.name.clone(), path: item.path.clone() })
        .collect()
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Choose(SlotId),
    Remove(usize),
    Stamp(usize, bool),
    Look(usize),
    Waive(SlotId),
    /// What is on the clipboard goes here.
    Paste(SlotId),
}

/// What the panel shows besides the state.
pub struct Panel<'a> {
    /// What they are evidence of.
    pub to: For,
    pub notice: &'a Notice,
    pub state: &'a EvidenceState,
    pub items: &'a [Item],
    pub note: &'a str,
    /// They are those of a record in the handbook; else of a form.
    pub settled: bool,
    /// Needs may be waived with a reason: the record exists.
    pub waivable: &'a [SlotId],
}

impl Panel<'_> {
    pub fn show(&self, ui: &mut Ui, looks: &mut Looks) -> Option<Deed> {
        let t = Tokens::of(ui);
        let many = self.state.sets.len() > 1;
        let teaches = if many { "任选一组备齐即可" } else { "" };
        h2(ui, "证明材料", if self.note.is_empty() { teaches } else { self.note });
        if self.state.sets.is_empty() {
            small(ui, "这一形式没有规定的材料。");
            return None;
        }
        let opened = Id::unique(("evidence-set", self.to, self.state.sets.len()));
        // With nothing there yet, the notice's own first set; else the one that is nearest to done. It stays
        // open while it is being filled, even where a file serves another set better.
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
        if !self.state.complete {
            ui.data_mut(|data| data.insert_temp(opened, open));
        }
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
                    deed = self.need(ui, looks, need).or(deed);
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
            deed = self.file(ui, looks, nr, item, None).or(deed);
        }
        deed
    }

    fn need(&self, ui: &mut Ui, looks: &mut Looks, need: &NeedState) -> Option<Deed> {
        let t = Tokens::of(ui);
        let mut deed = None;
        let mine: Vec<(usize, &Item)> = self
            .items
            .iter()
            .enumerate()
            .filter(|(_, item)| need.slots.contains(&item.slot))
            .collect();
        let row = ui.vertical(|ui| {
            let (words, color) = match (need.met, need.waived) {
                (true, _) => (need.label.clone(), t.ink),
                (_, true) => (format!("{}（已说明理由免交）", need.label), t.ink),
                _ => match need.trouble.as_deref().filter(|_| !mine.is_empty()) {
                    Some(trouble) => (format!("{}：{trouble}", need.label), t.seal),
                    None => (format!("缺 {}", need.label), t.seal),
                },
            };
            let title = RichText::new(words).color(color);
            if let Some((&(nr, item), rest)) = mine.split_first() {
                deed = self.file(ui, looks, nr, item, Some(title));
                for &(nr, item) in rest {
                    deed = self.file(ui, looks, nr, item, None).or(deed.take());
                }
                if !need.met && !need.waived {
                    deed = self.ways(ui, need).or(deed.take());
                }
            } else {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 10.0;
                    let (thumb, _) = ui.allocate_exact_size(THUMB, Sense::hover());
                    bare(ui.painter(), thumb, t, need.waived);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 1.0;
                        ui.add(Label::new(title).wrap());
                        if !need.waived {
                            deed = self.ways(ui, need);
                        }
                    });
                });
            }
        });
        arrive::remember(ui.ctx(), row.response.rect, need);
        ui.add_space(6.0);
        deed
    }

    /// How a file gets into a slot that lacks one.
    fn ways(&self, ui: &mut Ui, need: &NeedState) -> Option<Deed> {
        let mut deed = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            // One line: where many links stand, or in a narrow panel, shorter words lead to them.
            let lead = match need.slots.len() {
                0 | 1 => "拖到这里，或",
                _ if ui.available_width() > 220.0 => "拖来，或选",
                _ => "选",
            };
            small(ui, lead);
            for slot in &need.slots {
                let name = self.notice.slot(slot).map_or(slot.0.as_str(), |slot| &slot.name);
                let shown = if need.slots.len() > 1 { name } else { "选择文件" };
                let response = link(ui, shown).accessible_name(format!("选择文件：{name}"));
                if response.clicked() {
                    deed = Some(Deed::Choose(slot.clone()));
                }
            }
            if let Some(slot) = need.slots.first() {
                let name = format!("粘贴：{}", need.label);
                let tip = "把复制的图片或文件放到这里（Ctrl V）";
                if link(ui, "粘贴").accessible_name(name).on_hover_text(tip).clicked() {
                    deed = Some(Deed::Paste(slot.clone()));
                }
            }
            if let Some(slot) = need.slots.iter().find(|s| self.waivable.contains(s))
                && link(ui, "免交").on_hover_text("没有这一项时说明理由").clicked()
            {
                deed = Some(Deed::Waive(slot.clone()));
            }
        });
        deed
    }

    /// A file with its picture; `title` stands above the first of a need.
    fn file(
        &self,
        ui: &mut Ui,
        looks: &mut Looks,
        nr: usize,
        item: &Item,
        title: Option<RichText>,
    ) -> Option<Deed> {
        let t = Tokens::of(ui);
        let mut deed = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 10.0;
            let look = looks.small(ui.ctx(), &item.path, THUMB.y * 2.0);
            if thumb(ui, &look, &item.name) {
                deed = Some(Deed::Look(nr));
            }
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                if let Some(title) = title {
                    ui.add(Label::new(title).wrap());
                }
                if let Look::Trouble(why) = &look {
                    note(ui, why.clone(), t.wait);
                }
                deed = self.line(ui, nr, item, &look).or(deed.take());
            });
        });
        ui.add_space(2.0);
        deed
    }

    /// `通知.pdf · 2 页`, the seal, the cross.
    fn line(&self, ui: &mut Ui, nr: usize, item: &Item, look: &Look) -> Option<Deed> {
        let t = Tokens::of(ui);
        let mut deed = None;
        let pages = match look {
            Look::Picture(picture) if picture.pages > 1 => format!(" · {} 页", picture.pages),
            _ => String::new(),
        };
        let shared = if item.shared && self.settled { " · 班次共用" } else { "" };
        let words = format!("{}{pages}{shared}", item.name);
        let response = ui
            .add(
                Label::new(RichText::new(words).small().color(t.ink3))
                    .truncate()
                    .selectable(false)
                    .sense(Sense::click()),
            )
            .on_hover_cursor(CursorIcon::PointingHand);
        if response.clicked() {
            deed = Some(Deed::Look(nr));
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.spacing_mut().interact_size.y = 18.0;
            // What stands in the vault already is changed in the handbook, not in the form.
            if item.shared && !self.settled {
                if item.stamped {
                    small(ui, "已盖章");
                }
                return;
            }
            let mut stamped = item.stamped;
            let tick = ui
                .checkbox(&mut stamped, RichText::new("已盖章").small().color(t.ink3))
                .accessible_name(format!("已盖章：{}", item.name));
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

/// The small picture of a file; true when it was clicked, or Space was pressed on it.
pub fn thumb(ui: &mut Ui, look: &Look, name: &str) -> bool {
    let t = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(THUMB, Sense::click());
    let painter = ui.painter();
    match look {
        Look::Picture(picture) => {
            let size = picture.texture.size_vec2();
            let scale = (rect.width() / size.x).min(rect.height() / size.y);
            let place = Rect::from_center_size(rect.center(), size * scale);
            let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(picture.texture.id(), place, all, Color32::WHITE);
            painter.rect_stroke(place, 2.0, Stroke::new(1.0, t.line), StrokeKind::Outside);
        }
        Look::Coming | Look::Trouble(_) => {
            sheet(painter, rect, t);
            if matches!(look, Look::Trouble(_)) {
                let at = rect.center();
                let mark = theme::bold(size::TITLE);
                painter.text(at, eframe::egui::Align2::CENTER_CENTER, "?", mark, t.wait);
            }
        }
    }
    if response.has_focus() || response.hovered() {
        let color = if response.has_focus() { t.ink } else { t.ink3 };
        let ring = Stroke::new(2.0, color);
        painter.rect_stroke(rect.expand(2.0), 4.0, ring, StrokeKind::Inside);
    }
    let name = format!("预览 {name}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text("看大图（空格）").clicked()
}

/// A sheet of paper whose picture is not there.
fn sheet(painter: &Painter, rect: Rect, t: &Tokens) {
    painter.rect(rect, 3.0, t.surface, Stroke::new(1.0, t.line), StrokeKind::Inside);
    for nr in 1..8 {
        let y = rect.top() + 5.0 * nr as f32;
        let x = rect.left() + 5.0..=rect.right() - 5.0;
        painter.hline(x, y, Stroke::new(1.0, t.hair));
    }
}

/// Where a sheet is missing: dashed and red, unless it is not asked for any more.
fn bare(painter: &Painter, rect: Rect, t: &Tokens, waived: bool) {
    let (ground, line) = if waived { (t.sunken, t.line) } else { (t.seal_wash, t.seal) };
    painter.rect_filled(rect, 3.0, ground);
    let edge = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
    for nr in 0..4 {
        let side = [edge[nr], edge[(nr + 1) % 4]];
        painter.extend(Shape::dashed_line(&side, Stroke::new(1.0, line), 3.0, 3.0));
    }
}

fn missing(set: &SetState) -> Vec<&str> {
    set.needs.iter().filter(|n| !n.met && !n.waived).map(|n| n.label.as_str()).collect()
}
