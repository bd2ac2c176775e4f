//! The findings grouped by kind: how many people each concerns, what to do, and who they are.

use crate::ledger::{PersonId, Severity, Stage, finding};
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Tone, hairline, link, small, tag};
use eframe::egui::{RichText, ScrollArea, Ui};

/// People of a kind that are named; the rest is a number that leads to all of them.
const NAMED: usize = 40;

/// One kind of finding.
struct Kind {
    code: &'static str,
    severity: Severity,
    clause: String,
    fix: String,
    people: Vec<(PersonId, String)>,
}

/// The kinds, made once per picture and level.
#[derive(Default)]
pub struct Kinds {
    made: Option<(u64, Option<String>)>,
    kinds: Vec<Kind>,
}

/// Where a click leads.
pub enum Led {
    Person(PersonId),
    /// Everybody of this kind.
    All(&'static str),
}

/// What a code means in a few words.
pub fn words_of(code: &'static str) -> &'static str {
    finding::CODES.iter().find(|(known, _)| *known == code).map_or(code, |(_, words)| *words)
}

impl Kinds {
    fn make(&mut self, snapshot: &Snapshot, group: Option<&str>) {
        let key = (snapshot.serial, group.map(str::to_owned));
        if self.made.as_ref() == Some(&key) {
            return;
        }
        let mut kinds: Vec<Kind> = Vec::new();
        let here = snapshot.campaign.applicants().iter().filter(|result| {
            result.stage != Stage::Withdrawn && group.is_none_or(|it| it == result.level_group)
        });
        for result in here {
            for finding in result.findings.iter().filter(|it| !it.overridden) {
                let kind = match kinds.iter_mut().find(|it| it.code == finding.code) {
                    Some(kind) => kind,
                    None => {
                        kinds.push(Kind {
                            code: finding.code,
                            severity: finding.severity,
                            clause: finding.clause.clone(),
                            fix: finding.fix.clone(),
                            people: Vec::new(),
                        });
                        let last = kinds.len() - 1;
                        &mut kinds[last]
                    }
                };
                kind.severity = kind.severity.min(finding.severity);
                let person = (result.person.id, result.person.name.clone());
                if kind.people.last() != Some(&person) {
                    kind.people.push(person);
                }
            }
        }
        kinds.sort_by_key(|kind| (kind.severity, std::cmp::Reverse(kind.people.len())));
        self.kinds = kinds;
        self.made = Some(key);
    }

    pub fn show(&mut self, ui: &mut Ui, snapshot: &Snapshot, group: Option<&str>) -> Option<Led> {
        self.make(snapshot, group);
        let mut led = None;
        ScrollArea::vertical().id_salt("kinds").auto_shrink(false).show(ui, |ui| {
            eframe::egui::Frame::NONE.inner_margin(eframe::egui::Margin::symmetric(16, 4)).show(
                ui,
                |ui| {
                    if self.kinds.is_empty() {
                        small(ui, "没有要补、要改的地方。");
                    }
                    for (nr, kind) in self.kinds.iter().enumerate() {
                        if nr > 0 {
                            hairline(ui);
                        }
                        ui.push_id(kind.code, |ui| led = one(ui, kind).or(led.take()));
                    }
                },
            );
        });
        led
    }
}

fn one(ui: &mut Ui, kind: &Kind) -> Option<Led> {
    let t = Tokens::of(ui);
    let mut led = None;
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        let (tone, word) = match kind.severity {
            Severity::Block => (Tone::Bad, "须办"),
            Severity::Warn => (Tone::Wait, "留意"),
            Severity::Info => (Tone::Info, "说明"),
        };
        tag(ui, tone, word);
        let words = words_of(kind.code);
        ui.label(RichText::new(words).font(theme::bold(size::TEXT)).color(t.ink));
        let name = format!("列出{words}的人");
        let all = link(ui, &format!("{} 人 ›", kind.people.len())).accessible_name(name);
        if all.on_hover_text("只看这些人").clicked() {
            led = Some(Led::All(kind.code));
        }
    });
    let clause = match kind.clause.as_str() {
        "" => String::new(),
        clause => format!("（{clause}）"),
    };
    small(ui, format!("{}{clause}", kind.fix));
    ui.horizontal_wrapped(|ui| {
        for (person, name) in kind.people.iter().take(NAMED) {
            let response =
                link(ui, name).accessible_name(format!("{name}：{}", words_of(kind.code)));
            if response.clicked() {
                led = Some(Led::Person(*person));
            }
        }
        if kind.people.len() > NAMED {
            small(ui, format!("等 {} 人", kind.people.len()));
        }
    });
    ui.add_space(8.0);
    led
}
