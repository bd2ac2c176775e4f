//! Entries that may be one person: the pairs, the two of a pair side by side, and making one of them.

use crate::ledger::particulars::better_number;
use crate::ledger::{Handbook, Particular, PersonId};
use crate::registry::Merge;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::{Outcome, Pair};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::modal::{modal, room};
use crate::ui::widgets::{Tone, h2, hairline, note, plain, primary, quiet, segment, small, tag};
use crate::ui::words;
use eframe::egui::accesskit::Role;
use eframe::egui::{CursorIcon, Grid, Label, RichText, ScrollArea, Sense, Ui, WidgetInfo, vec2};

/// More pairs than this are told as a number.
const SHOWN: usize = 200;

/// The dialog.
pub struct Twins {
    pairs: Vec<Pair>,
    at: usize,
    merge: Option<Merge>,
    /// Why the two cannot become one.
    refused: Option<String>,
    /// The two that were asked about last.
    asked: Option<(PersonId, PersonId)>,
    /// Particulars that are taken from the entry that goes.
    from_gone: Vec<Particular>,
    /// Only two that the clerk has chosen; no list beside them.
    chosen: bool,
}

impl Twins {
    pub fn found(pairs: Vec<Pair>) -> Self {
        Self {
            pairs,
            at: 0,
            merge: None,
            refused: None,
            asked: None,
            from_gone: Vec::new(),
            chosen: false,
        }
    }

    pub fn chosen() -> Self {
        Self { chosen: true, ..Self::found(Vec::new()) }
    }

    /// What merging the pair that is looked at would do.
    pub fn take(&mut self, merge: Result<Merge, String>) {
        let merge = match merge {
            Ok(merge) => merge,
            Err(why) => {
                self.refused = Some(why);
                return;
            }
        };
        let better = better_number(&merge.keep.person.id_number, &merge.gone.person.id_number);
        self.from_gone = if better { vec![Particular::IdNumber] } else { Vec::new() };
        self.merge = Some(merge);
    }

    /// Asks for the pair that is looked at, when it is another one.
    fn ask(&mut self, cx: &mut Cx<'_>) {
        let Some(pair) = self.pairs.get(self.at) else { return };
        let ids = (pair.one.id, pair.other.id);
        if self.asked == Some(ids) {
            return;
        }
        (self.asked, self.merge, self.refused) = (Some(ids), None, None);
        // The entry that has more stays.
        let more = pair.other.records > pair.one.records;
        if more { look(cx, ids.1, ids.0) } else { look(cx, ids.0, ids.1) }
    }

    /// True when it is done with.
    pub fn show(&mut self, cx: &mut Cx<'_>) -> bool {
        let ctx = cx.ctx.clone();
        let width = if self.chosen { 640.0 } else { 900.0 };
        let shown = modal(&ctx, "twins", width, |ui| {
            if self.chosen {
                h2(ui, "合并为一人", "两条登记是同一个人时");
                return self.pair(ui, cx);
            }
            let title = format!("可能重复的人 {} 对", self.pairs.len());
            h2(ui, &title, "姓名和出生日期相同，或身份证号只差一笔");
            if self.pairs.is_empty() {
                small(ui, "没有找到。要合并别的两个人，请在名册里勾选他们，再点「合并为一人」。");
                ui.add_space(8.0);
                return primary(ui, "知道了").clicked();
            }
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_width(250.0);
                    self.list(ui, cx);
                });
                ui.add_space(8.0);
                ui.vertical(|ui| self.pair(ui, cx)).inner
            })
            .inner
        });
        shown.inner || shown.dismissed
    }

    fn list(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let high = high(cx) + 44.0;
        let list = ScrollArea::vertical().id_salt("pairs").max_height(high);
        list.min_scrolled_height(high).auto_shrink(false).show(ui, |ui| {
            for nr in 0..self.pairs.len().min(SHOWN) {
                if nr > 0 {
                    hairline(ui);
                }
                if pair_line(ui, &self.pairs[nr], nr == self.at) {
                    self.at = nr;
                }
            }
            if self.pairs.len() > SHOWN {
                small(ui, format!("先列最像的 {SHOWN} 对；合并以后再查，就会看到后面的"));
            }
        });
        self.ask(cx);
    }

    /// The two side by side; true when the dialog is done with.
    fn pair(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let t = Tokens::of(ui);
        let Some(merge) = self.merge.take() else {
            let room = vec2(ui.available_width(), high(cx));
            ui.allocate_ui(room, |ui| {
                ui.set_min_size(room);
                match &self.refused {
                    Some(why) => note(ui, why.clone(), t.seal),
                    None => small(ui, "正在读取"),
                };
            });
            ui.add_space(8.0);
            return quiet(ui, "取消").clicked();
        };
        let high = high(cx);
        let area = ScrollArea::vertical().id_salt("pair").max_height(high);
        area.min_scrolled_height(high).auto_shrink(false).show(ui, |ui| {
            self.side_by_side(ui, &merge);
            ui.add_space(8.0);
            for line in &merge.notes {
                note(ui, line.clone(), t.wait);
            }
            let person = merge.person(&self.from_gone);
            if !person.id_number.check_digit_ok() {
                note(ui, "留下的身份证号校验位不符，请核对", t.wait);
            }
            small(ui, "并入的一条里的记录、材料、审核、参评和修改历史都转到保留的一条，可以撤销。");
        });
        ui.add_space(8.0);
        let (keep, gone) = (merge.keep.person.id, merge.gone.person.id);
        let mut done = false;
        ui.horizontal(|ui| {
            if primary(ui, "合并").clicked() {
                let (from_gone, by) = (self.from_gone.clone(), cx.signer());
                cx.desk.work("合并重复人员", move |registry, today, _| {
                    chores::merge_people(registry, keep, gone, &from_gone, &by, today)
                });
                done = self.next();
            } else if plain(ui, "换过来保留").clicked() {
                look(cx, gone, keep);
            } else if !self.chosen && plain(ui, "不是同一个人").clicked() {
                let by = cx.signer();
                cx.desk.work("记下不是同一个人", move |registry, today, _| {
                    chores::tell_apart(registry, keep, gone, &by, today)
                });
                done = self.told_apart();
            } else {
                done = quiet(ui, "取消").clicked();
                self.merge = Some(merge);
            }
        });
        done
    }

    /// On to the next pair; each of the two may still be somebody else. True when there is none.
    fn told_apart(&mut self) -> bool {
        if self.at < self.pairs.len() {
            self.pairs.remove(self.at);
            self.at = self.at.min(self.pairs.len().saturating_sub(1));
            self.asked = None;
        }
        self.pairs.is_empty()
    }

    /// After merging, on to the next pair; true when there is none.
    fn next(&mut self) -> bool {
        if self.at < self.pairs.len() {
            let gone = self.pairs.remove(self.at);
            // Whoever has just become one may stand in other pairs: they are found again later.
            self.pairs.retain(|pair| {
                let ids = [gone.one.id, gone.other.id];
                !ids.contains(&pair.one.id) && !ids.contains(&pair.other.id)
            });
            self.at = self.at.min(self.pairs.len().saturating_sub(1));
            self.asked = None;
        }
        self.pairs.is_empty()
    }

    fn side_by_side(&mut self, ui: &mut Ui, merge: &Merge) {
        let t = Tokens::of(ui);
        Grid::new("particulars").num_columns(3).spacing([16.0, 4.0]).show(ui, |ui| {
            let head = |ui: &mut Ui, text: &str| {
                ui.label(RichText::new(text).font(theme::bold(size::TEXT)).color(t.ink));
            };
            ui.label("");
            head(ui, "保留这一条");
            head(ui, "并入后不再单列");
            ui.end_row();
            for it in Particular::ALL {
                let (keep, gone) = (it.of(&merge.keep.person), it.of(&merge.gone.person));
                if keep.is_empty() && gone.is_empty() {
                    continue;
                }
                ui.label(RichText::new(it.name()).color(t.ink2));
                if merge.differ.contains(&it) {
                    self.choice(ui, it, &keep, false);
                    self.choice(ui, it, &gone, true);
                } else {
                    ui.add(Label::new(RichText::new(&keep).color(t.ink)).truncate());
                    let taken = if keep.is_empty() { t.ink } else { t.ink3 };
                    ui.add(Label::new(RichText::new(&gone).color(taken)).truncate());
                }
                ui.end_row();
            }
            ui.label(RichText::new("手册里有").color(t.ink2));
            for handbook in [&merge.keep, &merge.gone] {
                ui.add(Label::new(RichText::new(content(handbook)).color(t.ink)).wrap());
            }
            ui.end_row();
        });
    }

    /// One of two that say different things.
    fn choice(&mut self, ui: &mut Ui, it: Particular, text: &str, from_gone: bool) {
        let chosen = self.from_gone.contains(&it) == from_gone;
        if segment(ui, text, chosen).clicked() {
            self.from_gone.retain(|other| *other != it);
            if from_gone {
                self.from_gone.push(it);
            }
        }
    }
}

/// The dialog is always as high, so that nothing moves when another pair is looked at.
fn high(cx: &Cx<'_>) -> f32 {
    room(cx.ctx, 120.0).min(440.0)
}

/// Has the worker look at what merging two would do.
pub fn look(cx: &mut Cx<'_>, keep: PersonId, gone: PersonId) {
    cx.desk.glance(move |registry| {
        let merge = registry.look_at_merge(keep, gone);
        Ok(Outcome::Merge(merge.map(Box::new).map_err(|failure| failure.to_string())))
    });
    cx.ctx.request_repaint();
}

/// `记录 12 条，视同 1 项，参评 2020 年度`
fn content(handbook: &Handbook) -> String {
    let mut parts = vec![format!("记录 {} 条", handbook.records.len())];
    let mut add = |count: usize, noun: &str| {
        if count > 0 {
            parts.push(format!("{noun} {count} 项"));
        }
    };
    add(handbook.deemed.len(), "视同");
    add(handbook.slips.len(), "认定单");
    add(handbook.reviews.len(), "年度审核");
    add(handbook.applications.len(), "参评");
    parts.join("，")
}

fn pair_line(ui: &mut Ui, pair: &Pair, on: bool) -> bool {
    let t = Tokens::of(ui);
    let room = vec2(ui.available_width(), 62.0);
    let (rect, response) = ui.allocate_exact_size(room, Sense::click());
    if on || response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, if on { t.sunken } else { t.row });
    }
    let mut inside = ui.new_child(eframe::egui::UiBuilder::new().max_rect(rect.shrink(8.0)));
    let names = if pair.one.name == pair.other.name {
        pair.one.name.clone()
    } else {
        format!("{}、{}", pair.one.name, pair.other.name)
    };
    inside.horizontal(|ui| {
        ui.add(
            Label::new(RichText::new(&names).font(theme::bold(size::TEXT)).color(t.ink))
                .truncate()
                .selectable(false),
        );
        if pair.one.retired || pair.other.retired {
            tag(ui, Tone::Mute, "离职");
        }
    });
    let why = pair.likeness.words();
    inside.add(Label::new(RichText::new(why).small().color(t.ink2)).truncate().selectable(false));
    let name = format!("{names}：{why}，{}", words::masked(&pair.one.id_number));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, &name));
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}
