//! A clerk at a desk: an app without a display on a registry in a temporary folder.

use super::easel::{Easel, Picture};
use chrono::NaiveDate;
use eframe::egui::accesskit::Role;
use eframe::egui::{self, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use xueshi::ledger::{IdNumber, Person, PersonId, Unit};
use xueshi::registry::Registry;
use xueshi::ui::{App, Start};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn unit() -> Unit {
    Unit {
        name: "湘西自治州示范医院".to_owned(),
        kind: "州直".to_owned(),
        department: "州卫生健康委".to_owned(),
        contact: "向明".to_owned(),
        ..Unit::default()
    }
}

/// An ID number with a right check character; `n` tells people apart.
pub fn id_number(n: u32) -> IdNumber {
    with_check_character(&format!("4331011985010{n:04}"))
}

pub fn with_check_character(body: &str) -> IdNumber {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(b, w)| u32::from(b - b'0') * w).sum();
    let check = b"10X98765432"[(sum % 11) as usize] as char;
    IdNumber::parse(&format!("{body}{check}")).unwrap()
}

/// The folder and the app on it.
pub struct Desk {
    pub room: TempDir,
    pub window: Harness<'static, App>,
    easel: Easel,
}

pub const TODAY: &str = "2020-08-10";

impl Desk {
    /// A registry with these people, opened in the window.
    pub fn with_people(names: &[&str]) -> Self {
        Self::prepared(|registry| {
            for (n, name) in names.iter().enumerate() {
                let mut person = Person::new(*name, id_number(n as u32 + 1));
                person.section = if n % 2 == 0 { "护理部" } else { "内科" }.to_owned();
                person.speciality = "内科护理".to_owned();
                registry.transact("添加人员", |tx| tx.save_person(&person)).unwrap();
            }
        })
    }

    pub fn prepared(prepare: impl FnOnce(&mut Registry)) -> Self {
        let room = TempDir::new().unwrap();
        let dir = room.path().join("登记库");
        let mut registry = Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
        prepare(&mut registry);
        drop(registry);
        Self::open(room, Some(dir), Vec::new())
    }

    /// The window on a folder, or on nothing; `answers` are what the file dialogs give.
    pub fn open(room: TempDir, registry: Option<PathBuf>, answers: Vec<PathBuf>) -> Self {
        Self::open_on(TODAY, room, registry, answers)
    }

    /// As [`Desk::open`], on another day.
    pub fn open_on(
        today: &str,
        room: TempDir,
        registry: Option<PathBuf>,
        answers: Vec<PathBuf>,
    ) -> Self {
        let start = Start { registry, today: Some(day(today)), ..Start::default() };
        Self::started(room, Start { answers: Some(answers), ..start })
    }

    /// The window as it begins with this; without threads.
    pub fn started(room: TempDir, start: Start) -> Self {
        let start = Start { inline: true, ..start };
        let easel = Easel::default();
        let mut window = Harness::builder()
            .with_size(egui::vec2(1366.0, 768.0))
            .with_max_steps(64)
            .renderer(easel.clone())
            .build_eframe(move |cc| App::new(&cc.egui_ctx, start));
        window.run();
        Self { room, window, easel }
    }

    /// A screen of so many pixels at a scale.
    pub fn look_through(&mut self, pixels: [u32; 2], scale: f32) {
        self.window.set_pixels_per_point(scale);
        // The scale is taken on with the next frame, and with it what a size means.
        self.run();
        self.window.set_size(egui::vec2(pixels[0] as f32, pixels[1] as f32) / scale);
        self.run();
    }

    /// What the window shows now.
    pub fn picture(&self) -> Picture {
        self.easel.draw(&self.window.ctx, self.window.output(), Rect::EVERYTHING)
    }

    /// Whether a part of the window looks otherwise than before.
    pub fn differs(&self, before: &Picture, part: Rect) -> bool {
        let now = self.easel.draw(&self.window.ctx, self.window.output(), part);
        now.differs(before, part * self.window.ctx.pixels_per_point())
    }

    /// Leaves a picture to be looked at, when pictures are asked for (see `pictures`).
    pub fn look(&self, name: &str) {
        if std::env::var("XUESHI_PICTURES").is_ok_and(|it| it.starts_with("look")) {
            let to = format!("target/pictures/look/{name}.png");
            super::pictures::write(&self.picture(), Path::new(&to));
        }
    }

    /// As on a screen of this size in pixels at this scale, in light or dark.
    pub fn on_screen(&mut self, [width, height]: [f32; 2], scale: f32, dark: bool) {
        let theme = if dark { egui::Theme::Dark } else { egui::Theme::Light };
        self.window.ctx.set_theme(theme);
        self.window.set_pixels_per_point(scale);
        self.window.set_size(egui::vec2(width, height) / scale);
        self.run();
    }

    pub fn dir(&self) -> PathBuf {
        self.room.path().join("登记库")
    }

    /// A file to attach or to choose.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.room.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub fn run(&mut self) {
        self.window.run();
    }

    /// Clicks what has this name (in any role but a plain label).
    #[track_caller]
    pub fn click(&mut self, name: &str) {
        let found: Vec<_> = self
            .window
            .get_all_by_label(name)
            .filter(|node| node.accesskit_node().role() != Role::Label)
            .collect();
        assert_eq!(found.len(), 1, "{} controls are called {name}", found.len());
        found[0].click();
        drop(found);
        self.run();
    }

    /// As [`Desk::click`], for what may have to be scrolled into view.
    #[track_caller]
    pub fn reach(&mut self, name: &str) {
        let found: Vec<_> = self
            .window
            .get_all_by_label(name)
            .filter(|node| node.accesskit_node().role() != Role::Label)
            .collect();
        assert_eq!(found.len(), 1, "{} controls are called {name}", found.len());
        found[0].scroll_to_me();
        drop(found);
        self.run();
        self.click(name);
    }

    /// Chooses from a drop-down list.
    #[track_caller]
    pub fn choose(&mut self, list: &str, choice: &str) {
        self.window.get_by_role_and_label(Role::ComboBox, list).click();
        self.run();
        let choices: Vec<_> = self.window.get_all_by_role_and_label(Role::Button, choice).collect();
        choices.last().unwrap().click();
        drop(choices);
        self.run();
    }

    /// Types into a field by its name.
    #[track_caller]
    pub fn fill(&mut self, field: &str, text: &str) {
        self.window.get_by_role_and_label(Role::TextInput, field).focus();
        self.run();
        self.window.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.run();
    }

    /// As [`Desk::fill`], for a field of several lines.
    #[track_caller]
    pub fn fill_lines(&mut self, field: &str, text: &str) {
        self.window.get_by_role_and_label(Role::MultilineTextInput, field).focus();
        self.run();
        self.window.get_by_role_and_label(Role::MultilineTextInput, field).type_text(text);
        self.run();
    }

    #[track_caller]
    pub fn value(&self, field: &str) -> String {
        self.window.get_by_role_and_label(Role::TextInput, field).value().unwrap_or_default()
    }

    pub fn press(&mut self, key: Key) {
        self.window.key_press(key);
        self.run();
    }

    pub fn press_ctrl(&mut self, key: Key) {
        self.window.key_press_modifiers(Modifiers::COMMAND, key);
        self.run();
    }

    /// Whether something on the page is called so, or contains it.
    pub fn sees(&self, text: &str) -> bool {
        self.window.query_all_by_label_contains(text).next().is_some()
    }

    #[track_caller]
    pub fn must_see(&self, text: &str) {
        assert!(self.sees(text), "nothing on the page says {text}, only:\n{}", self.page());
    }

    /// Everything that is said on the page, for whoever reads a failure.
    fn page(&self) -> String {
        use egui_kittest::kittest::NodeT as _;
        let all = self.window.query_all_by_label_contains("");
        let words =
            all.filter_map(|node| node.accesskit_node().label().or(node.accesskit_node().value()));
        words.collect::<Vec<_>>().join(" | ")
    }

    /// Runs the window until it says something that another thread brings, as long as a slow machine needs.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        let start = std::time::Instant::now();
        while !self.sees(text) {
            assert!(start.elapsed().as_secs() < 60, "nothing on the page says {text}");
            std::thread::sleep(std::time::Duration::from_millis(20));
            self.run();
        }
    }

    /// Saves the paper that is being looked at where the next answer says, and goes back.
    #[track_caller]
    pub fn save_preview(&mut self) {
        self.must_see("打印预览");
        self.click("存为 PDF");
        self.wait_for("已存为");
        self.click("返回");
    }

    /// Closes the window and opens the registry anew.
    pub fn reopened(self) -> (TempDir, Registry) {
        let dir = self.dir();
        let Self { room, window, .. } = self;
        drop(window);
        let registry = Registry::open(&dir).unwrap();
        (room, registry)
    }
}

/// Fields by the name beside them.
pub trait Fields {
    fn get_field<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a>;
}

impl Fields for Harness<'_, App> {
    #[track_caller]
    fn get_field<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a> {
        self.get_by_role_and_label(Role::TextInput, name)
    }
}

/// The person of a name in a registry.
pub fn person(registry: &Registry, name: &str) -> PersonId {
    registry.people().unwrap().into_iter().find(|row| row.name == name).unwrap().id
}

pub fn exists(path: &Path) -> bool {
    path.exists()
}
