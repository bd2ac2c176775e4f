//! 规则: the notice as the program understood it, beside its own words; the decided readings; the
//! platforms and calendar years that can be added. What the lines say stands in `rules/lines`.

mod calendar;
mod decisions;
mod lines;
mod platforms;
mod renewal;
mod words;
mod year_view;
mod years;

use super::View;
use crate::notice::Notice;
use crate::ui::app::Cx;
use crate::ui::composing;
use crate::ui::search::Query;
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{
    card_in, contents, empty, h2, hairline, link, plain, search_box, serif_quote, small, strong,
};
use eframe::egui::{
    Align, Label, Layout, Rect, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, pos2,
};
use lines::{Line, Part};
use std::sync::Arc;

/// At most so many lines are drawn for one search; nobody reads further.
const FOUND: usize = 60;

/// The page.
#[derive(Default)]
pub struct Rules {
    text: String,
    part: Part,
    lines: Vec<Line>,
    made: Option<Arc<Notice>>,
    /// What was found, and for which words.
    found: Option<(String, Vec<usize>, Vec<usize>)>,
    platforms: platforms::Platforms,
    calendar: calendar::Years,
    decisions: decisions::Decisions,
    years: years::Years,
    words: words::Words,
    /// The line to bring into view once, because its sentence was clicked.
    reveal: Option<usize>,
}

impl Rules {
    /// Opens the page at the calendar years.
    pub fn open_calendar(&mut self) {
        self.part = Part::Calendar;
        self.text.clear();
        self.found = None;
    }

    /// Opens the page at the form that makes next year's notice.
    pub fn renew(&mut self, snapshot: &Snapshot) {
        self.part = Part::Notice;
        self.text.clear();
        self.found = None;
        self.years.renew(snapshot);
    }

    /// What a choice would change.
    pub fn effect(&mut self, asked: u64, told: String) {
        self.decisions.effect(asked, told);
    }

    /// The new notice's words, from a file.
    pub fn take_words(&mut self, words: String) {
        self.years.take_words(words);
    }

    /// Shows the rule that was made of a clause, and lights its sentence.
    fn of_clause(&mut self, clause: &str) {
        let of = |line: &Line| words::plain_id(&line.clause.id) == clause;
        if let Some(nr) = self.lines.iter().position(of) {
            self.part = self.lines[nr].part;
            self.text.clear();
            self.found = None;
            self.reveal = Some(nr);
        }
    }

    fn make(&mut self, notice: &Arc<Notice>) {
        if !self.made.as_ref().is_some_and(|made| Arc::ptr_eq(made, notice)) {
            self.lines = lines::lines(notice);
            self.made = Some(Arc::clone(notice));
            self.found = None;
        }
    }

    fn search(&mut self, notice: &Notice) {
        if self.found.as_ref().is_some_and(|(of, ..)| *of == self.text) {
            return;
        }
        let query = Query::new(&self.text);
        let lines = self.lines.iter().enumerate();
        let lines = lines.filter(|(_, line)| query.finds_text(&line.words)).map(|(nr, _)| nr);
        let decisions = notice.decisions.iter().enumerate().filter(|(_, decision)| {
            query.finds_text(&format!(
                "{} {} {} {}",
                decision.id, decision.question, decision.choice, decision.reason
            ))
        });
        let decisions = decisions.map(|(nr, _)| nr).collect();
        self.found = Some((self.text.clone(), lines.collect(), decisions));
    }

    fn contents(&mut self, ui: &mut Ui, notice: &Notice) {
        h2(ui, "目录", "");
        ui.spacing_mut().item_spacing.y = 2.0;
        for part in Part::ALL {
            let count = match part {
                Part::Notice | Part::Calendar => 0,
                Part::Decisions => notice.decisions.len(),
                Part::Platform => notice.platforms.len(),
                part => self.lines.iter().filter(|line| line.part == part).count(),
            };
            let on = self.part == part && self.text.trim().is_empty();
            if contents(ui, "目录", part.name(), count, on) {
                self.part = part;
                self.text.clear();
                self.found = None;
            }
        }
    }

    fn read(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let notice = Arc::clone(&cx.snap.notice);
        if self.part == Part::Notice && self.years.is_editing() {
            self.years.form(ui, cx);
            return;
        }
        if self.part != Part::Notice {
            h2(ui, self.part.name(), self.part.about());
            ui.add_space(4.0);
        }
        ScrollArea::vertical().id_salt(("part", self.part.name())).auto_shrink(false).show(
            ui,
            |ui| match self.part {
                Part::Notice => {
                    self.years.list(ui, cx);
                    ui.add_space(12.0);
                    front(ui, &notice);
                }
                Part::Decisions => {
                    decisions::refused(ui, cx);
                    for decision in &notice.decisions {
                        self.decisions.show(ui, decision, cx);
                    }
                }
                Part::Calendar => self.calendar.show(ui, cx),
                part => {
                    if part == Part::Platform {
                        self.platforms.show(ui, cx);
                        ui.add_space(12.0);
                        h2(ui, "对平台的要求", "");
                    }
                    for nr in 0..self.lines.len() {
                        if self.lines[nr].part == part {
                            self.rule(ui, nr, false);
                        }
                    }
                }
            },
        );
        self.reveal = None;
    }

    /// A rule: what the program makes of a sentence of the notice, which stands beside it.
    fn rule(&mut self, ui: &mut Ui, nr: usize, with_part: bool) {
        let t = Tokens::of(ui);
        let Self { lines, words, reveal, .. } = self;
        let line = &lines[nr];
        let clause = words::plain_id(&line.clause.id);
        hairline(ui);
        ui.add_space(8.0);
        let shown = ui.vertical(|ui| {
            if with_part {
                small(ui, line.part.name());
            }
            if line.title.is_empty() {
                serif_quote(ui, &line.clause.quote);
            } else {
                strong(ui, line.title.clone());
            }
            if !line.value.is_empty() {
                ui.add(Label::new(RichText::new(&line.value).color(t.ink)).wrap());
            }
            let place = link(ui, &line.clause.place);
            let name = format!("原文 {} {}", line.clause.place, line.title);
            place.on_hover_text(&line.clause.quote).accessible_name(name).clicked()
        });
        if shown.inner {
            words.light(clause);
        }
        let rect = shown.response.rect;
        if words.lit() == Some(clause) {
            let left = rect.left() - 10.0;
            ui.painter().vline(left, rect.y_range(), Stroke::new(3.0, t.seal));
        }
        if *reveal == Some(nr) {
            ui.scroll_to_rect(rect, Some(Align::Center));
        }
        ui.add_space(8.0);
    }

    fn beside(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let view = &cx.snap.rules;
        let notice = &cx.snap.notice;
        if let Some(clause) = self.words.show(ui, &view.words, view.in_full, notice) {
            self.of_clause(&clause);
        }
    }

    fn results(&mut self, ui: &mut Ui, notice: &Notice, cx: &mut Cx<'_>) {
        let Some((_, lines, decisions)) = self.found.clone() else { return };
        let all = lines.len() + decisions.len();
        if all == 0 {
            empty(
                ui,
                "没有找到",
                "换一个词试试；条款、原文、折算结果和口径都会查。",
                |ui| {
                    if plain(ui, "回到目录").clicked() {
                        self.text.clear();
                    }
                },
            );
            return;
        }
        let more = if all > FOUND { format!("，先列 {FOUND} 条") } else { String::new() };
        h2(ui, "查找结果", &format!("{all} 条{more}"));
        ScrollArea::vertical().id_salt("found").auto_shrink(false).show(ui, |ui| {
            for &nr in lines.iter().take(FOUND) {
                self.rule(ui, nr, true);
            }
            for &nr in decisions.iter().take(FOUND.saturating_sub(lines.len())) {
                self.decisions.show(ui, &notice.decisions[nr], cx);
            }
        });
    }
}

/// Two columns side by side, the left one of this share; as high as the higher one.
fn two_columns(ui: &mut Ui, share: f32, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let split = room.left() + (room.width() * share).floor();
    let column = |ui: &mut Ui, from: f32, to: f32, add: &mut dyn FnMut(&mut Ui)| {
        let rect = Rect::from_min_max(pos2(from, room.top()), pos2(to, f32::INFINITY));
        let layout = Layout::top_down(Align::Min);
        let salt = from.round() as i32;
        let mut column = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt(salt));
        add(&mut column);
        column.min_rect().bottom()
    };
    let (mut left, mut right) = (Some(left), Some(right));
    let first = column(ui, room.left(), split - 12.0, &mut |ui| {
        if let Some(add) = left.take() {
            add(ui);
        }
    });
    let second = column(ui, split + 12.0, room.right() - 12.0, &mut |ui| {
        if let Some(add) = right.take() {
            add(ui);
        }
    });
    let bottom = first.max(second);
    let used = Rect::from_min_max(room.min, pos2(room.right(), bottom));
    ui.allocate_rect(used, Sense::hover());
}

/// The notice's own facts.
fn front(ui: &mut Ui, notice: &Notice) {
    let t = Tokens::of(ui);
    ui.add_space(4.0);
    let title = RichText::new(&notice.title).font(theme::quote(22.0)).color(t.ink);
    ui.add(Label::new(title).wrap());
    ui.add_space(8.0);
    let mut facts = vec![
        ("文号", notice.document.clone()),
        ("发文机关", notice.issuer.clone()),
        ("发文日期", notice.issued.format("%Y 年 %-m 月 %-d 日").to_string()),
        ("适用地区", notice.region.clone()),
        ("申报年度", format!("{} 年度", notice.campaign_year)),
    ];
    for basis in &notice.basis {
        facts.push(("依据", basis.clone()));
    }
    if !notice.counties.is_empty() {
        facts.push(("县市", notice.counties.join("、")));
    }
    facts.push(("规则编号", notice.id.clone()));
    for (name, value) in facts {
        hairline(ui);
        ui.add_space(6.0);
        two_columns(
            ui,
            0.2,
            |ui| {
                ui.label(RichText::new(name).color(t.ink2));
            },
            |ui| {
                ui.add(Label::new(RichText::new(value).color(t.ink)).wrap());
            },
        );
        ui.add_space(6.0);
    }
    hairline(ui);
}

impl View for Rules {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let notice = &cx.snap.notice;
        shell::heading(ui, "规则", &format!("{}　{}", notice.document, notice.title));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let typed = search_box(ui, "查找规则", "查找条款、原文、口径", 240.0, &mut self.text);
        if typed.changed {
            self.found = None;
        }
        if cx.find {
            typed.response.request_focus();
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let notice = Arc::clone(&cx.snap.notice);
        self.make(&notice);
        // While an input method composes, what stood there before is still shown.
        if !composing::active(ui.ctx()) || self.found.is_none() {
            self.search(&notice);
        }
        let split = room.left() + 168.0;
        let contents = Rect::from_min_max(room.min, pos2(split, room.bottom()));
        let rest = Rect::from_min_max(pos2(split + size::GAP, room.top()), room.max);
        card_in(ui, contents, 12.0, |ui| self.contents(ui, &notice));
        let searched = self.found.as_ref().is_some_and(|(of, ..)| !of.trim().is_empty());
        // What is filled in needs the room; rules are read beside the notice.
        let alone = !searched
            && (matches!(self.part, Part::Decisions | Part::Calendar)
                || (self.part == Part::Notice && self.years.is_editing()));
        let text = if alone {
            rest
        } else {
            let (text, words) = beside(rest, (rest.width() * 0.44).clamp(280.0, 460.0).floor());
            card_in(ui, words, size::CARD, |ui| self.beside(ui, cx));
            text
        };
        card_in(ui, text, size::CARD, |ui| match searched {
            true => self.results(ui, &notice, cx),
            false => self.read(ui, cx),
        });
    }
}
