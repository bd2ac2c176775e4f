//! Choosing people: type a name, pinyin initials or an ID tail, take a whole section, or paste a list.

use crate::ledger::{IdNumber, PersonId};
use crate::ui::composing;
use crate::ui::search::{self, Query};
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{TextField, chip, link, note};
use crate::ui::words;
use eframe::egui::accesskit::Role;
use eframe::egui::{Align2, CursorIcon, Key, Modifiers, Sense, Ui, WidgetInfo, vec2};
use std::collections::BTreeSet;

/// One thing taken into the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pick {
    Person(PersonId, String),
    Section(String, Vec<PersonId>),
    /// Those that were picked elsewhere.
    Picked(Vec<PersonId>),
}

/// The list being made.
#[derive(Debug, Clone, Default)]
pub struct Picker {
    text: String,
    picks: Vec<Pick>,
    at: usize,
    trouble: Option<String>,
    /// Take the cursor when shown next.
    focus: bool,
    /// Every chip is shown, however many there are.
    all: bool,
    /// What is offered, and for which text, picture and number of people taken.
    offered: Option<((String, u64, usize), Offered)>,
}

#[derive(Debug, Clone)]
enum Offer {
    Person(usize),
    Section(String, Vec<PersonId>),
}

/// A word of the text, and what is offered for it.
type Offered = (String, Vec<Offer>);

/// So many words of a list are looked up for something to offer.
const LOOKED_UP: usize = 8;
/// More chips than this are told as a number.
const CHIPS: usize = 12;

impl Picker {
    pub fn with(snapshot: &Snapshot, people: &[PersonId]) -> Self {
        let mut picker = Self::default();
        for &person in people {
            picker.take(snapshot, person);
        }
        picker
    }

    /// Those that were picked elsewhere: by name when they are few.
    pub fn of(snapshot: &Snapshot, people: Vec<PersonId>) -> Self {
        if people.len() <= CHIPS {
            return Self::with(snapshot, &people);
        }
        Self { picks: vec![Pick::Picked(people)], ..Self::default() }
    }

    /// An empty list that takes the cursor when it is shown.
    pub fn ready() -> Self {
        Self { focus: true, ..Self::default() }
    }

    /// Everybody in the list, once each.
    pub fn people(&self) -> Vec<PersonId> {
        let all: BTreeSet<PersonId> = self
            .picks
            .iter()
            .flat_map(|pick| match pick {
                Pick::Person(id, _) => std::slice::from_ref(id),
                Pick::Section(_, ids) | Pick::Picked(ids) => ids,
            })
            .copied()
            .collect();
        all.into_iter().collect()
    }

    pub fn is_empty(&self) -> bool {
        self.picks.is_empty()
    }

    fn take(&mut self, snapshot: &Snapshot, person: PersonId) {
        if self.people().contains(&person) {
            return;
        }
        if let Some(line) = snapshot.person(person) {
            self.picks.push(Pick::Person(person, line.row.name.clone()));
        }
    }

    pub fn show(&mut self, ui: &mut Ui, name: &str, snapshot: &Snapshot) {
        let t = Tokens::of(ui);
        let open = !self.text.trim().is_empty();
        let (up, down) = if open {
            ui.input_mut(|input| {
                (
                    input.consume_key(Modifiers::NONE, Key::ArrowUp),
                    input.consume_key(Modifiers::NONE, Key::ArrowDown),
                )
            })
        } else {
            (false, false)
        };
        let field =
            TextField::new(name).hint("输入姓名、拼音首字母，或粘贴一列名单").answers_enter();
        let typed = field.show(ui, &mut self.text);
        if std::mem::take(&mut self.focus) {
            typed.response.request_focus();
        }
        if typed.changed {
            self.at = 0;
            self.trouble = None;
            if words_of(&self.text).len() > 1 {
                self.take_list(snapshot);
            }
        }
        let (asked, offers) =
            if composing::active(ui.ctx()) { Default::default() } else { self.offered(snapshot) };
        self.at = match (up, down) {
            (true, _) => self.at.saturating_sub(1),
            (_, true) => self.at + 1,
            _ => self.at,
        }
        .min(offers.len().saturating_sub(1));
        let mut taken = None;
        if typed.entered && open {
            taken = (!offers.is_empty()).then_some(self.at);
            if offers.is_empty() {
                self.take_list(snapshot);
            }
            typed.response.request_focus();
        }
        if let Some(trouble) = &self.trouble {
            note(ui, trouble, t.seal);
        }
        for (nr, offer) in offers.iter().enumerate() {
            if offer_line(ui, snapshot, offer, nr == self.at) {
                taken = Some(nr);
            }
        }
        if let Some(offer) = taken.and_then(|nr| offers.into_iter().nth(nr)) {
            match offer {
                Offer::Person(place) => self.take(snapshot, snapshot.people[place].row.id),
                Offer::Section(name, ids) => self.picks.push(Pick::Section(name, ids)),
            }
            self.answered(&asked, snapshot);
            typed.response.request_focus();
        }
        self.chips(ui);
    }

    fn chips(&mut self, ui: &mut Ui) {
        let t = Tokens::of(ui);
        if self.picks.is_empty() {
            return;
        }
        ui.add_space(4.0);
        let mut gone = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            let most = if self.all { usize::MAX } else { CHIPS };
            for (nr, pick) in self.picks.iter().enumerate().take(most) {
                let words = match pick {
                    Pick::Person(_, name) => name.clone(),
                    Pick::Section(name, ids) => format!("{name} 全员 {} 人", ids.len()),
                    Pick::Picked(ids) => format!("勾选的 {} 人", ids.len()),
                };
                if chip(ui, &words) {
                    gone = Some(nr);
                }
            }
            if self.picks.len() > most {
                note(ui, "……", t.ink3);
                self.all = link(ui, &format!("全部列出 {} 项", self.picks.len())).clicked();
            } else if self.all && self.picks.len() > CHIPS {
                self.all = !link(ui, "收起").clicked();
            }
        });
        if let Some(nr) = gone {
            self.picks.remove(nr);
        }
    }

    fn offered(&mut self, snapshot: &Snapshot) -> Offered {
        let key = (self.text.clone(), snapshot.serial, self.picks.len());
        if self.offered.as_ref().is_none_or(|(of, _)| *of != key) {
            self.offered = Some((key, self.offers(snapshot)));
        }
        self.offered.as_ref().map(|(_, offered)| offered.clone()).unwrap_or_default()
    }

    /// What is offered for the text; of a list, for its first word that something can be offered for.
    fn offers(&self, snapshot: &Snapshot) -> Offered {
        let text = self.text.trim();
        let offers = self.offers_for(snapshot, text);
        let words = words_of(text);
        if !offers.is_empty() || words.len() < 2 {
            return (text.to_owned(), offers);
        }
        words
            .into_iter()
            .take(LOOKED_UP)
            .map(|word| (self.offers_for(snapshot, &word), word))
            .find(|(offers, _)| !offers.is_empty())
            .map_or_else(Default::default, |(offers, word)| (word, offers))
    }

    /// The word is answered; the other words of a list stay to be answered.
    fn answered(&mut self, word: &str, snapshot: &Snapshot) {
        self.at = 0;
        self.trouble = None;
        let mut left = words_of(&self.text);
        if let Some(nr) = left.iter().position(|other| other == word) {
            left.remove(nr);
        } else {
            left.clear();
        }
        self.text = left.join(" ");
        if !left.is_empty() {
            self.take_list(snapshot);
        }
    }

    fn offers_for(&self, snapshot: &Snapshot, text: &str) -> Vec<Offer> {
        let query = Query::new(text);
        if query.is_empty() {
            return Vec::new();
        }
        let mut offers = Vec::new();
        let mut sections: BTreeSet<&str> = BTreeSet::new();
        sections.extend(
            snapshot
                .people
                .iter()
                .map(|line| line.row.section.as_str())
                .filter(|s| s.contains(text)),
        );
        for section in sections.into_iter().take(2) {
            let ids: Vec<PersonId> = snapshot
                .people
                .iter()
                .filter(|line| line.row.section == section && !line.row.retired)
                .map(|line| line.row.id)
                .collect();
            offers.push(Offer::Section(section.to_owned(), ids));
        }
        let chosen = self.people();
        offers.extend(
            search::people(snapshot, &query, 24)
                .into_iter()
                .filter(|&place| {
                    let row = &snapshot.people[place].row;
                    !row.retired && !chosen.contains(&row.id)
                })
                .take(6)
                .map(Offer::Person),
        );
        offers
    }

    /// Takes every name or ID number of a pasted list; what cannot be told apart stays in the field.
    fn take_list(&mut self, snapshot: &Snapshot) {
        let (mut left, mut unknown, mut several) = (Vec::new(), Vec::new(), Vec::new());
        let words = words_of(&self.text);
        let mut by_number = BTreeSet::new();
        for id in words.iter().filter_map(|word| IdNumber::parse(word)) {
            let found = snapshot.people.iter().find(|line| line.row.id_number == id);
            if let Some(line) = found {
                by_number.insert(line.row.id);
                self.take(snapshot, line.row.id);
            }
        }
        let mut seen = BTreeSet::new();
        for word in &words {
            if !seen.insert(word.as_str()) {
                continue;
            }
            let number = IdNumber::parse(word);
            let found: Vec<PersonId> = snapshot
                .people
                .iter()
                .filter(|line| match &number {
                    Some(number) => line.row.id_number == *number,
                    None => line.row.name == *word && !line.row.retired,
                })
                .map(|line| line.row.id)
                .collect();
            let times = words.iter().filter(|other| *other == word).count();
            // A list of names beside ID numbers: these say who is meant.
            let told = found.iter().filter(|id| by_number.contains(id)).count();
            match found.len() {
                0 => {
                    unknown.push(word.clone());
                    left.push(word.clone());
                }
                // As often as there are people of this name: all of them are meant.
                many if many == times => found.iter().for_each(|id| self.take(snapshot, *id)),
                1 => self.take(snapshot, found[0]),
                _ if told >= times => {}
                many => {
                    several.push(format!("{word}（{many} 人）"));
                    left.extend(std::iter::repeat_n(word.clone(), times));
                }
            }
        }
        self.text = left.join(" ");
        let mut why = Vec::new();
        if !unknown.is_empty() {
            why.push(format!("没有找到 {}", few(&unknown)));
        }
        if !several.is_empty() {
            why.push(format!("有同名的，请在下面逐个选：{}", few(&several)));
        }
        self.trouble = (!why.is_empty()).then(|| why.join("；"));
    }
}

/// The first of them, and how many there are.
fn few(words: &[String]) -> String {
    const SHOWN: usize = 8;
    let more =
        if words.len() > SHOWN { format!(" 等 {} 个", words.len()) } else { String::new() };
    format!("{}{more}", words[..words.len().min(SHOWN)].join("、"))
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| c.is_whitespace() || "，,、;；|".contains(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn offer_line(ui: &mut Ui, snapshot: &Snapshot, offer: &Offer, on: bool) -> bool {
    let t = Tokens::of(ui);
    let (title, more) = match offer {
        Offer::Person(place) => {
            let row = &snapshot.people[*place].row;
            (
                row.name.clone(),
                words::joined(&[&row.section, &row.title, &words::masked(&row.id_number)]),
            )
        }
        Offer::Section(name, ids) => (format!("{name} 全员"), format!("{} 人", ids.len())),
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::click());
    if on || response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, if on { t.sunken } else { t.row });
    }
    let at = rect.left_center() + vec2(10.0, 0.0);
    let drawn = ui.painter().text(at, Align2::LEFT_CENTER, &title, theme::text(14.0), t.ink);
    let at = drawn.right_center() + vec2(10.0, 0.0);
    ui.painter().with_clip_rect(rect).text(
        at,
        Align2::LEFT_CENTER,
        &more,
        theme::text(12.0),
        t.ink3,
    );
    let name = format!("选 {title}，{more}");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, on, &name));
    response.on_hover_cursor(CursorIcon::PointingHand).clicked()
}
