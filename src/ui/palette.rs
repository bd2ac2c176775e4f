//! Ctrl+K: one field that finds people and actions.

use super::action::{Action, Standing};
use super::icons;
use super::search::{self, Query};
use super::snapshot::Snapshot;
use super::theme::{self, Tokens, size};
use super::widgets::search_box;
use super::words;
use crate::ledger::PersonId;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Context, CursorIcon, Frame, Id, Key, Margin, Modal, Rect, Sense, Stroke, Ui,
    WidgetInfo, vec2,
};

/// What was picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    Action(Action),
    Person(PersonId),
}

struct Line {
    chosen: Chosen,
    title: String,
    note: String,
    keys: String,
    why_not: Option<&'static str>,
}

/// The palette: closed, or open with what is typed.
#[derive(Default)]
pub struct Palette {
    open: bool,
    fresh: bool,
    text: String,
    at: usize,
}

impl Palette {
    pub fn open(&mut self) {
        *self = Self { open: true, fresh: true, text: String::new(), at: 0 };
    }

    pub fn show(
        &mut self,
        ctx: &Context,
        snapshot: &Snapshot,
        standing: &Standing,
    ) -> Option<Chosen> {
        if !self.open {
            return None;
        }
        let t = Tokens::when(ctx.theme() == eframe::egui::Theme::Dark);
        let modal = Modal::new(Id::unique("palette"))
            .backdrop_color(t.veil)
            .frame(
                Frame::NONE
                    .fill(t.surface)
                    .stroke(Stroke::new(1.0, t.line))
                    .corner_radius(size::CARD_RADIUS)
                    .inner_margin(Margin::same(12)),
            )
            .show(ctx, |ui| self.contents(ui, snapshot, standing));
        let picked = modal.inner;
        if picked.is_some() || modal.should_close() {
            self.open = false;
        }
        picked
    }

    fn contents(
        &mut self,
        ui: &mut Ui,
        snapshot: &Snapshot,
        standing: &Standing,
    ) -> Option<Chosen> {
        ui.set_width(520.0);
        let (up, down) = ui.input_mut(|input| {
            let none = eframe::egui::Modifiers::NONE;
            (input.consume_key(none, Key::ArrowUp), input.consume_key(none, Key::ArrowDown))
        });
        let typed = search_box(
            ui,
            "查找人员、操作",
            "姓名、拼音首字母、身份证尾号，或操作名",
            520.0,
            &mut self.text,
        );
        if std::mem::take(&mut self.fresh) {
            typed.response.request_focus();
        }
        if typed.changed {
            self.at = 0;
        }
        let lines = self.lines(snapshot, standing);
        let last = lines.len().saturating_sub(1);
        self.at = match (up, down) {
            (true, _) => self.at.saturating_sub(1),
            (_, true) => (self.at + 1).min(last),
            _ => self.at.min(last),
        };
        ui.add_space(6.0);
        let mut picked = None;
        for (nr, line) in lines.iter().enumerate() {
            if self.line(ui, line, nr == self.at) {
                picked = Some(nr);
            }
        }
        if lines.is_empty() {
            super::widgets::small(ui, "没有找到。可以试试姓名的拼音首字母，或身份证最后四位");
        }
        if typed.entered {
            picked = Some(self.at);
            typed.response.request_focus();
        }
        picked.and_then(|nr| lines.get(nr)).filter(|line| line.why_not.is_none()).map(|l| l.chosen)
    }

    fn lines(&self, snapshot: &Snapshot, standing: &Standing) -> Vec<Line> {
        let query = Query::new(&self.text);
        let mut lines = Vec::new();
        if !query.is_empty() {
            for place in search::people(snapshot, &query, 6) {
                let row = &snapshot.people[place].row;
                lines.push(Line {
                    chosen: Chosen::Person(row.id),
                    title: row.name.clone(),
                    note: words::joined(&[
                        &row.section,
                        &row.title,
                        &words::masked(&row.id_number),
                    ]),
                    keys: String::new(),
                    why_not: None,
                });
            }
        }
        let actions = Action::ALL.into_iter().filter(|&action| action != Action::Palette);
        for action in actions {
            if !query.is_empty() && !query.finds_text(action.name()) {
                continue;
            }
            let why_not = action.disabled(standing);
            lines.push(Line {
                chosen: Chosen::Action(action),
                title: action.name().to_owned(),
                note: why_not.unwrap_or(action.tip()).to_owned(),
                keys: action.shortcut_words().unwrap_or_default(),
                why_not,
            });
        }
        lines.truncate(10);
        lines
    }

    fn line(&self, ui: &mut Ui, line: &Line, on: bool) -> bool {
        let t = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(520.0, 36.0), Sense::click());
        if on || response.hovered() {
            ui.painter().rect_filled(rect, size::RADIUS, if on { t.sunken } else { t.row });
        }
        let ink = if line.why_not.is_some() { t.ink3 } else { t.ink };
        if let Chosen::Action(action) = line.chosen
            && let Some(icon) = action.icon()
        {
            let place =
                Rect::from_center_size(rect.left_center() + vec2(18.0, 0.0), vec2(16.0, 16.0));
            icons::paint(ui.painter(), icon, place, t.ink3);
        }
        let at = rect.left_center() + vec2(36.0, 0.0);
        let drawn = ui.painter().text(at, Align2::LEFT_CENTER, &line.title, theme::text(14.0), ink);
        let clip = rect.with_max_x(rect.right() - 70.0);
        let at = drawn.right_center() + vec2(12.0, 0.0);
        let note = ui.painter().with_clip_rect(clip);
        note.text(at, Align2::LEFT_CENTER, &line.note, theme::text(12.0), t.ink3);
        let at = rect.right_center() - vec2(10.0, 0.0);
        ui.painter().text(at, Align2::RIGHT_CENTER, &line.keys, theme::text(12.0), t.ink3);
        let name = if line.note.is_empty() {
            line.title.clone()
        } else {
            format!("{}：{}", line.title, line.note)
        };
        let enabled = line.why_not.is_none();
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, on, &name));
        response.on_hover_cursor(CursorIcon::PointingHand).clicked()
    }
}
