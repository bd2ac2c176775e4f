//! 报送: who can be packed, who stays out and why; where the package goes, writing it and what the
//! verification said. The papers of a level and the history of packages stand in `submission/handed`.

mod handed;
mod recipient;

use super::campaign::conclusion;
use super::{Go, View};
use crate::ledger::{ApplicantResult, Stage};
use crate::package::{self, PackageRequest, Verification, Written};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::{Desk, Room};
use crate::ui::dialog::Ask;
use crate::ui::office;
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{
    self, Tone, card_in, empty, filter_chip, h2, hairline, link, plain, primary, rows_of, segment,
    small, tag,
};
use crate::ui::words;
use eframe::egui::{Align, Event, Label, Layout, Rect, RichText, ScrollArea, Ui, vec2};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// So many drives have room beside the other choices.
const DRIVES: usize = 3;

/// What was done last.
enum Last {
    Packed(Written),
    Verified(PathBuf, Verification),
}

/// A folder with the evidence in it, or one file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Shape {
    #[default]
    Folder,
    Zip,
}

/// Who goes in and who does not (places in the picture's applicants), made once per picture.
struct Flight {
    of: Arc<Snapshot>,
    group: String,
    draft: bool,
    inside: Vec<usize>,
    outside: Vec<(usize, Vec<String>)>,
}

/// The page.
#[derive(Default)]
pub struct Submission {
    group: Option<String>,
    draft: bool,
    shape: Shape,
    /// Where the package goes: chosen, else where the last one went.
    target: Option<PathBuf>,
    room: Option<Room>,
    /// What the worker was last asked to look at; `None`: it has to look.
    asked_room: Option<Option<PathBuf>>,
    /// The dialog was opened by 写入: go on when it is answered.
    write_on: bool,
    show_inside: bool,
    flight: Option<Flight>,
    choosing: recipient::Choosing,
    last: Option<Last>,
}

/// Checks a package file by file.
pub fn verify(desk: &mut Desk, path: PathBuf) {
    let package = package::of_index(&path).to_path_buf();
    desk.beside("核对报送包", move |progress| chores::verify(&package, progress));
}

impl Submission {
    pub fn packed(&mut self, written: Written) {
        self.room = None;
        self.asked_room = None;
        self.last = Some(Last::Packed(written));
    }

    pub fn verified(&mut self, path: PathBuf, verification: Verification) {
        self.last = Some(Last::Verified(path, verification));
    }

    /// The worker has looked at the target.
    pub fn room(&mut self, room: Room) {
        self.room = Some(room);
    }

    /// The folder dialog was answered.
    pub fn chosen(&mut self, snapshot: &Snapshot, folder: PathBuf, desk: &mut Desk) {
        self.target = Some(folder);
        self.asked_room = None;
        if std::mem::take(&mut self.write_on) {
            self.write(snapshot, desk);
        }
    }

    fn write(&self, snapshot: &Snapshot, desk: &mut Desk) {
        let Some(folder) = self.target(snapshot) else { return };
        let mut request = PackageRequest {
            campaign: snapshot.campaign.year,
            level_group: self.group.clone().unwrap_or_default(),
            out: folder.clone(),
            draft: self.draft,
            today: snapshot.today,
        };
        if self.shape == Shape::Zip {
            let name = package::name_of(&snapshot.unit, &request);
            request.out = office::zip_in(&folder, &name);
        }
        desk.work("写报送包", move |registry, today, progress| {
            chores::pack(registry, &PackageRequest { today, ..request }, progress)
        });
    }

    fn target(&self, snapshot: &Snapshot) -> Option<PathBuf> {
        let last = || snapshot.packages.iter().max_by_key(|entry| entry.at);
        self.target.clone().or_else(|| Path::new(&last()?.path).parent().map(Path::to_path_buf))
    }

    /// Has the worker look at the target and for drives: once, and whenever the clerk comes back to the
    /// window, for then a drive may have been plugged in.
    fn look_at_target(&mut self, cx: &mut Cx<'_>) {
        let target = self.target(cx.snap);
        let came_back = cx.ctx.input(|input| {
            input.events.iter().any(|event| matches!(event, Event::WindowFocused(true)))
        });
        if came_back || self.asked_room.as_ref() != Some(&target) {
            if self.asked_room.as_ref() != Some(&target) {
                self.room = None;
            }
            self.asked_room = Some(target.clone());
            cx.desk.beside("看位置", move |_| Ok(office::room(target.as_deref())));
        }
    }

    fn make(&mut self, snapshot: &Arc<Snapshot>, group: &str) {
        let fresh = self.flight.as_ref().is_some_and(|flight| {
            Arc::ptr_eq(&flight.of, snapshot) && flight.group == group && flight.draft == self.draft
        });
        if fresh {
            return;
        }
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for (nr, result) in snapshot.campaign.applicants().iter().enumerate() {
            if result.level_group != group {
                continue;
            }
            let reasons = package::against(result, &snapshot.publicity, self.draft);
            if reasons.is_empty() {
                inside.push(nr);
            } else {
                outside.push((nr, reasons));
            }
        }
        self.show_inside = outside.is_empty();
        self.flight = Some(Flight {
            of: Arc::clone(snapshot),
            group: group.to_owned(),
            draft: self.draft,
            inside,
            outside,
        });
    }

    fn preflight(&mut self, ui: &mut Ui, group: &str, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let snapshot = Arc::clone(cx.snap);
        let Some(flight) = &self.flight else { return };
        let (inside, outside) = (flight.inside.len(), flight.outside.len());
        h2(ui, "报送前体检", "");
        widgets::line(ui, |ui| {
            for (name, people) in &snapshot.campaign.groups {
                let words = format!("{name} {people} 人");
                if segment(ui, &words, *name == group).clicked() {
                    self.group = Some(name.clone());
                }
            }
            ui.add_space(12.0);
            let number = RichText::new(inside.to_string()).font(theme::quote(28.0));
            ui.label(number.color(t.ink));
            let words = if self.draft { "人写入草稿" } else { "人可以报送" };
            ui.label(RichText::new(words).color(t.ink2));
            if outside > 0 {
                tag(ui, Tone::Wait, &format!("{outside} 人不在内"));
            }
        });
        ui.add_space(2.0);
        self.choosing.show(ui, cx);
        ui.add_space(8.0);
        self.target_line(ui, &snapshot, cx);
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let ready = inside > 0 && !cx.desk.waiting();
            let words = if self.draft { "写入草稿包" } else { "写入报送包" };
            let button = ui.add_enabled_ui(ready, |ui| primary(ui, words)).inner;
            let why = if inside == 0 {
                "没有达标、初审合格并公示期满的人"
            } else {
                "正在办上一件事"
            };
            if button.on_disabled_hover_text(why).clicked() {
                let there = self.room.as_ref().is_none_or(|room| room.free.is_some());
                if there && self.target(&snapshot).is_some() {
                    self.write(&snapshot, cx.desk);
                } else {
                    self.write_on = true;
                    cx.dialogs.ask(Ask::PackageParent, "");
                }
            }
            ui.checkbox(&mut self.draft, "先出草稿")
                .on_hover_text("达标的都写入，不问初审和公示；每页注明草稿，不能拿去报送");
            if inside == 0 {
                small(ui, why);
            }
        });
    }

    fn target_line(&mut self, ui: &mut Ui, snapshot: &Snapshot, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let mut chosen = None;
        widgets::line(ui, |ui| {
            ui.label(RichText::new("写成").color(t.ink2));
            for (shape, name, tip) in [
                (Shape::Folder, "文件夹", "收件人直接点开看；拷到 U 盘常用"),
                (Shape::Zip, "一个压缩包", "只有一个 zip 文件，方便传送"),
            ] {
                if segment(ui, name, self.shape == shape).on_hover_text(tip).clicked() {
                    self.shape = shape;
                }
            }
            ui.add_space(8.0);
            ui.label(RichText::new("写到").color(t.ink2));
            let target = self.target(snapshot);
            for drive in self.room.iter().flat_map(|room| &room.drives).take(DRIVES) {
                let here = target.as_ref().is_some_and(|target| target.starts_with(&drive.path));
                let tip = format!("写到这个 U 盘，可用 {}", words::bytes(drive.free));
                if segment(ui, &drive.name(), here).on_hover_text(tip).clicked() {
                    chosen = Some(drive.path.clone());
                }
            }
            let change = if target.is_some() { "换位置" } else { "选择 U 盘或文件夹" };
            if plain(ui, change).clicked() {
                self.write_on = false;
                cx.dialogs.ask(Ask::PackageParent, "");
            }
            if let Some(folder) = target {
                match self.room.as_ref().map(|room| room.free) {
                    Some(Some(free)) => {
                        tag(ui, Tone::Mute, &format!("可用 {}", words::bytes(free)));
                    }
                    Some(None) => {
                        tag(ui, Tone::Wait, "现在找不到");
                    }
                    None => {}
                }
                if !self.room.iter().flat_map(|room| &room.drives).any(|it| it.path == folder) {
                    let words = RichText::new(folder.display().to_string()).color(t.ink);
                    ui.add(Label::new(words).truncate());
                }
            }
        });
        if chosen.is_some() {
            self.target = chosen;
            self.asked_room = None;
        }
    }

    fn people(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let Some(flight) = &self.flight else { return };
        ui.horizontal(|ui| {
            let (inside, outside) = (flight.inside.len(), flight.outside.len());
            let out = filter_chip(ui, "不在内", Some(outside), Some(Tone::Wait), !self.show_inside);
            if out.clicked() {
                self.show_inside = false;
            }
            if filter_chip(ui, "在内", Some(inside), Some(Tone::Ok), self.show_inside).clicked() {
                self.show_inside = true;
            }
        });
        ui.add_space(6.0);
        let applicants = snapshot.campaign.applicants();
        let none: &[String] = &[];
        let rows: Vec<(&ApplicantResult, &[String])> = if self.show_inside {
            flight.inside.iter().map(|&nr| (&applicants[nr], none)).collect()
        } else {
            flight.outside.iter().map(|(nr, why)| (&applicants[*nr], why.as_slice())).collect()
        };
        if rows.is_empty() {
            let words = if self.show_inside { "还没有人在内" } else { "人人都在内" };
            small(ui, words);
            return;
        }
        let high = size::ROW;
        ScrollArea::vertical().id_salt("flight").auto_shrink(false).show_rows(
            ui,
            high,
            rows.len(),
            |ui, range| {
                for nr in range {
                    let (result, reasons) = rows[nr];
                    ui.allocate_ui(vec2(ui.available_width(), high - 4.0), |ui| {
                        hairline(ui);
                        ui.horizontal_centered(|ui| line(ui, result, reasons, cx));
                    });
                }
            },
        );
    }
}

/// A name of twelve characters.
const NAME: f32 = 176.0;

fn line(ui: &mut Ui, result: &ApplicantResult, reasons: &[String], cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let person = &result.person;
    let left = Layout::left_to_right(Align::Center);
    let wide = (ui.available_width() * 0.26).clamp(72.0, NAME);
    ui.allocate_ui_with_layout(vec2(wide, 20.0), left, |ui| {
        ui.set_min_width(wide);
        let name = RichText::new(&person.name).font(theme::bold(size::TEXT));
        ui.add(Label::new(name).truncate()).on_hover_text(words::masked(&person.id_number));
    });
    ui.allocate_ui_with_layout(vec2(68.0, 20.0), left, |ui| {
        ui.set_min_width(68.0);
        let (tone, word) = conclusion(result);
        tag(ui, tone, word);
    });
    let go = link(ui, "去看 ›").accessible_name(format!("去看{}", person.name));
    if go.on_hover_text("打开登记手册，按体检结果去补").clicked() {
        cx.go(Go::Person(person.id, None));
    }
    let applicant = &result.applicant;
    let words = match reasons {
        [] => words::joined(&[&person.section, &applicant.level, &applicant.speciality]),
        reasons => reasons.join("；"),
    };
    let color = match (reasons.is_empty(), result.stage) {
        (true, _) | (_, Stage::Withdrawn) => t.ink3,
        _ => t.ink2,
    };
    ui.add(Label::new(RichText::new(&words).small().color(color)).truncate());
}

impl View for Submission {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let year = cx.snap.campaign.year;
        shell::heading(ui, "报送", &format!("{year} 年度，写成报送包，读回核对后再交"));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        if self.group.is_none() {
            let groups = &snapshot.campaign.groups;
            let first = groups.iter().find(|(_, people)| *people > 0).or(groups.first());
            self.group = first.map(|(group, _)| group.clone());
        }
        let group = self.group.clone().unwrap_or_default();
        self.make(&snapshot, &group);
        self.look_at_target(cx);
        let (left, right) = beside(room, 400.0);
        // The papers' buttons stand above the list: what is said about them appears at the bottom.
        // In a narrow window the receiver's line breaks.
        let high = if left.width() < 600.0 { 284.0 } else { 250.0 };
        let [flight, papers, people] =
            rows_of(left, [Some(high + self.choosing.height()), Some(138.0), None]);
        if snapshot.campaign.applicants().is_empty() {
            card_in(ui, left, size::CARD, |ui| {
                let how = "先到申报页添加参评人员，办完初审和公示，再来写报送包。";
                empty(ui, "还没有参评人员", how, |ui| {
                    if plain(ui, "去申报页").clicked() {
                        cx.go(Go::Page(super::Page::Campaign));
                    }
                });
            });
        } else {
            card_in(ui, flight, size::CARD, |ui| self.preflight(ui, &group, cx));
            card_in(ui, people, size::CARD, |ui| self.people(ui, cx));
            card_in(ui, papers, size::CARD, |ui| handed::papers(ui, &group, cx));
        }
        card_in(ui, right, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("handed-in").auto_shrink(false).show(ui, |ui| {
                handed::result(ui, self.last.as_ref(), cx);
                handed::history(ui, cx);
            });
        });
    }
}
