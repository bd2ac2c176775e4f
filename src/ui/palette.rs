//! Ctrl+K: one field that finds people, records and actions. What is found is looked for once for each
//! text, not in every frame.

use super::action::{Action, Standing};
use super::composing;
use super::icons;
use super::search::{self, Query};
use super::snapshot::Snapshot;
use super::theme::{self, Tokens, size};
use super::titles::Titles;
use super::widgets::{modal::modal, search_box};
use super::words;
use crate::ledger::PersonId;
use crate::registry::TitleRow;
use chrono::Datelike;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, Context, CursorIcon, Key, Modifiers, Rect, Sense, Ui, WidgetInfo, vec2,
};

/// What was picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    Action(Action),
    Person(PersonId),
    /// The records of a title.
    Title(TitleRow),
}

#[derive(Debug, Clone)]
struct Line {
    chosen: Chosen,
    title: String,
    note: String,
    keys: String,
    why_not: Option<&'static str>,
}

/// What lines were made from: the text, the picture, whether titles are there, what can be done.
type Made = (String, u64, bool, Standing);

/// So many people and records are offered, and lines in all.
const PEOPLE: usize = 6;
const TITLES: usize = 5;
const LINES: usize = 12;

/// The palette: closed, or open with what is typed.
#[derive(Default)]
pub struct Palette {
    open: bool,
    fresh: bool,
    text: String,
    at: usize,
    lines: Vec<Line>,
    made: Option<Made>,
    titles: Titles,
    /// The revision whose titles were asked for last.
    asked: Option<u64>,
}

impl Palette {
    pub fn open(&mut self) {
        *self = Self {
            open: true,
            fresh: true,
            titles: std::mem::take(&mut self.titles),
            asked: self.asked,
            ..Self::default()
        };
    }

    /// Whether the titles of this revision have to be asked for; says so once.
    pub fn wants_titles(&mut self, revision: u64) -> bool {
        let wants = self.open && !self.titles.are_of(revision) && self.asked != Some(revision);
        if wants {
            self.asked = Some(revision);
        }
        wants
    }

    pub fn take(&mut self, titles: Titles) {
        self.titles = titles;
        self.made = None;
    }

    /// Another registry: its titles are others.
    pub fn forget(&mut self) {
        (self.titles, self.asked, self.made) = (Titles::default(), None, None);
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
        let shown = modal(ctx, "palette", 520.0, |ui| self.contents(ui, snapshot, standing));
        if shown.inner.is_some() || shown.dismissed {
            self.open = false;
        }
        shown.inner
    }

    fn contents(
        &mut self,
        ui: &mut Ui,
        snapshot: &Snapshot,
        standing: &Standing,
    ) -> Option<Chosen> {
        let (up, down) = ui.input_mut(|input| {
            let none = Modifiers::NONE;
            (input.consume_key(none, Key::ArrowUp), input.consume_key(none, Key::ArrowDown))
        });
        let typed = search_box(
            ui,
            Action::Palette.name(),
            "姓名、拼音首字母、身份证尾号，记录内容，或操作名",
            520.0,
            &mut self.text,
        );
        if std::mem::take(&mut self.fresh) {
            typed.response.request_focus();
        }
        if typed.changed {
            self.at = 0;
        }
        self.make(ui.ctx(), snapshot, standing);
        let last = self.lines.len().saturating_sub(1);
        self.at = match (up, down) {
            (true, _) => self.at.saturating_sub(1),
            (_, true) => (self.at + 1).min(last),
            _ => self.at.min(last),
        };
        ui.add_space(6.0);
        let mut picked = None;
        for (nr, line) in self.lines.iter().enumerate() {
            if show_line(ui, line, nr == self.at) {
                picked = Some(nr);
            }
        }
        if self.lines.is_empty() {
            super::widgets::small(
                ui,
                "没有找到。可以试试姓名的拼音首字母、身份证最后四位，或培训名称里的几个字",
            );
        }
        if typed.entered {
            picked = Some(self.at);
            typed.response.request_focus();
        }
        let line = picked.and_then(|nr| self.lines.get(nr));
        line.filter(|line| line.why_not.is_none()).map(|line| line.chosen.clone())
    }

    /// Looks again when the text or what it is looked for in is another one.
    fn make(&mut self, ctx: &Context, snapshot: &Snapshot, standing: &Standing) {
        if composing::active(ctx) && self.made.is_some() {
            return;
        }
        let titles = self.titles.are_of(snapshot.revision);
        let now = (&self.text, snapshot.serial, titles, *standing);
        let same = self.made.as_ref().is_some_and(|(a, b, c, d)| (a, *b, *c, *d) == now);
        if !same {
            self.made = Some((self.text.clone(), snapshot.serial, titles, *standing));
            self.lines = self.found(snapshot, standing);
        }
    }

    fn found(&self, snapshot: &Snapshot, standing: &Standing) -> Vec<Line> {
        let query = Query::new(&self.text);
        let mut lines = Vec::new();
        if !query.is_empty() {
            for place in search::people(snapshot, &query, PEOPLE) {
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
            lines.extend(self.titles.find(&query, TITLES).into_iter().map(title_line));
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
        lines.truncate(LINES);
        lines
    }
}

/// `护理骨干班　60 人 · 2019 年`
fn title_line(row: &TitleRow) -> Line {
    let (first, last) = (row.first.year(), row.last.year());
    let years = if first == last { format!("{last} 年") } else { format!("{first}–{last} 年") };
    Line {
        chosen: Chosen::Title(row.clone()),
        title: row.title.clone(),
        note: words::joined(&["学习记录", &format!("{} 人", row.people), &years]),
        keys: String::new(),
        why_not: None,
    }
}

fn show_line(ui: &mut Ui, line: &Line, on: bool) -> bool {
    let t = Tokens::of(ui);
    let room = vec2(ui.available_width(), 36.0);
    let (rect, response) = ui.allocate_exact_size(room, Sense::click());
    if on || response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, if on { t.sunken } else { t.row });
    }
    let ink = if line.why_not.is_some() { t.ink3 } else { t.ink };
    let icon = match &line.chosen {
        Chosen::Action(action) => action.icon(),
        Chosen::Person(_) => Some(icons::Icon::People),
        Chosen::Title(_) => Some(icons::Icon::Entry),
    };
    if let Some(icon) = icon {
        let place = Rect::from_center_size(rect.left_center() + vec2(18.0, 0.0), vec2(16.0, 16.0));
        icons::paint(ui.painter(), icon, place, t.ink3);
    }
    let at = rect.left_center() + vec2(36.0, 0.0);
    let clip = rect.with_max_x(rect.right() - 70.0);
    let words = ui.painter().with_clip_rect(clip);
    let drawn = words.text(at, Align2::LEFT_CENTER, &line.title, theme::text(14.0), ink);
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
