//! The window's state: which page is open, what was asked for, what came back. Drawing is the
//! shell's and the pages'; work on the registry is the worker's.

use super::action::{Action, Standing};
use super::aside::{self, Aside};
use super::calls::Calls;
use super::desk::{Desk, Outcome, Reply};
use super::dialog::{Ask, Dialogs};
use super::in_view::InView;
use super::looks::Looks;
use super::pages::{self, Go, Page, Pages};
use super::palette::{Chosen, Palette};
use super::snapshot::{PersonView, Snapshot};
use super::titles::Titles;
use super::viewer::{Shown, Viewer};
use super::widgets::toast::{Clicked, Toasts};
use super::{composing, fonts, shell, theme, widgets};
use crate::registry::vault::Vault;
use chrono::NaiveDate;
use eframe::egui::{self, Key, Modifiers, ThemePreference, Ui};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What the window remembers from one day to the next.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    pub registry: Option<PathBuf>,
    /// Those opened before, newest first.
    pub recent: Vec<PathBuf>,
    pub theme: Tone,
    /// 1.0 = 100 %
    pub zoom: f32,
    /// How the people table is laid out.
    pub people: pages::people::Layout,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            registry: None,
            recent: Vec::new(),
            theme: Tone::Light,
            zoom: 1.0,
            people: pages::people::Layout::default(),
        }
    }
}

/// 浅色 / 深色 / 随系统
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    #[default]
    Light,
    Dark,
    System,
}

impl Tone {
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Light, "浅色"), (Self::Dark, "深色"), (Self::System, "随系统")];
}

/// How an [`App`] begins.
#[derive(Debug, Default)]
pub struct Start {
    /// Opened at once; else the remembered one.
    pub registry: Option<PathBuf>,
    pub remembered: Remembered,
    /// The day the program believes in; without it, the clock.
    pub today: Option<NaiveDate>,
    /// Packages to be looked at: those that the program was, and will be, called with.
    pub calls: Arc<Calls>,
    /// Tests: no thread of its own, orders are done between frames.
    pub inline: bool,
    /// Tests: what the file dialogs would answer, in order.
    pub answers: Option<Vec<PathBuf>>,
}

const MEMORY: &str = "xueshi";

impl Start {
    /// As it was left the last time.
    pub fn remembered(storage: Option<&dyn eframe::Storage>) -> Self {
        let remembered =
            storage.and_then(|storage| eframe::get_value(storage, MEMORY)).unwrap_or_default();
        Self { remembered, ..Self::default() }
    }

    /// Whether the registry of the last time is still there to be opened.
    pub fn remembers_one_that_is_there(&self) -> bool {
        still_there(self.remembered.registry.as_deref()).is_some()
    }
}

/// Something a page wants done after it has been drawn.
#[derive(Debug)]
pub enum Wish {
    Do(Action),
    Go(Go),
    /// Open this registry.
    Open(PathBuf),
    Theme(Tone),
    Zoom(f32),
    /// Look at the files, at this one first.
    Look(Vec<Shown>, usize),
    /// Columns of the people table were chosen or dragged.
    PeopleLayout(pages::people::Layout),
}

/// What a page may look at and ask for.
pub struct Cx<'a> {
    pub ctx: &'a egui::Context,
    pub snap: &'a Arc<Snapshot>,
    pub desk: &'a mut Desk,
    pub dialogs: &'a mut Dialogs,
    pub wishes: &'a mut Vec<Wish>,
    pub remembered: &'a Remembered,
    pub looks: &'a mut Looks,
    /// Ctrl+F was pressed in this frame.
    pub find: bool,
    pub standing: Standing,
}

impl Cx<'_> {
    pub fn go(&mut self, go: Go) {
        self.wishes.push(Wish::Go(go));
    }

    pub fn act(&mut self, action: Action) {
        self.wishes.push(Wish::Do(action));
    }

    /// Shows files larger.
    pub fn look(&mut self, files: Vec<Shown>, at: usize) {
        self.wishes.push(Wish::Look(files, at));
    }

    /// Where the evidence lies.
    pub fn vault(&self) -> Vault {
        Vault::at(self.snap.dir.join("evidence"))
    }

    /// Who signs what is done here: the unit's 经办人, else the unit.
    pub fn signer(&self) -> String {
        self.snap.signer()
    }
}

/// The window.
pub struct App {
    desk: Desk,
    dialogs: Dialogs,
    toasts: Toasts,
    pages: Pages,
    page: Page,
    palette: Palette,
    aside: Option<Aside>,
    remembered: Remembered,
    looks: Looks,
    viewer: Option<Viewer>,
    calls: Arc<Calls>,
    find: bool,
    told_theme: bool,
    in_view: InView,
}

impl App {
    pub fn new(ctx: &egui::Context, start: Start) -> Self {
        fonts::install(ctx);
        theme::install(ctx);
        composing::install(ctx);
        let mut desk = match (start.inline, start.today) {
            (true, today) => {
                Desk::inline(today.unwrap_or_else(|| chrono::Local::now().date_naive()))
            }
            (false, today) => Desk::threaded(ctx, today),
        };
        let mut dialogs = Dialogs::new(ctx);
        dialogs.scripted = start.answers.map(VecDeque::from);
        let remembered = start.remembered;
        if let Some(dir) = start.registry.or_else(|| still_there(remembered.registry.as_deref())) {
            desk.open(dir);
        }
        ctx.set_zoom_factor(remembered.zoom.clamp(0.8, 2.0));
        start.calls.answered_by(ctx);
        Self {
            desk,
            dialogs,
            toasts: Toasts::default(),
            pages: Pages::default(),
            page: Page::Overview,
            palette: Palette::default(),
            aside: None,
            remembered,
            looks: if start.inline { Looks::inline() } else { Looks::default() },
            viewer: None,
            calls: start.calls,
            find: false,
            told_theme: false,
            in_view: InView::default(),
        }
    }

    /// The picture the window is looking at.
    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.desk.snapshot.as_ref()
    }

    /// Looks at a picture that no registry stands behind: for measuring.
    pub fn look_at(&mut self, snapshot: Arc<Snapshot>, person: Option<Arc<PersonView>>) {
        self.desk.snapshot = Some(snapshot);
        self.desk.person = person;
    }

    /// What is kept for the next day.
    pub fn remembered(&self) -> &Remembered {
        &self.remembered
    }

    /// Shows a page.
    pub fn show_page(&mut self, page: Page) {
        self.page = page;
    }

    fn standing(&self) -> Standing {
        let Some(snapshot) = &self.desk.snapshot else { return Standing::default() };
        Standing {
            registry: true,
            undo: snapshot.undo.is_some(),
            redo: snapshot.redo.is_some(),
            applicants: !snapshot.campaign.applicants().is_empty(),
            person: self.page == Page::Person && self.desk.person.is_some(),
            publicity: !snapshot.publicity.is_empty(),
        }
    }

    fn take_replies(&mut self) {
        let before = self.desk.snapshot.as_ref().map(|snapshot| snapshot.dir.clone());
        let replies = self.desk.poll();
        let now = self.desk.snapshot.as_ref().map(|snapshot| snapshot.dir.clone());
        if let Some(dir) = now.filter(|now| before.as_ref() != Some(now)) {
            self.remembered.recent.retain(|known| *known != dir);
            self.remembered.recent.insert(0, dir.clone());
            self.remembered.recent.truncate(6);
            self.remembered.registry = Some(dir);
            self.pages = Pages::default();
            self.palette.forget();
            self.page = Page::Overview;
        }
        for reply in replies {
            match reply {
                Reply::Done { outcome } => self.finished(outcome),
                Reply::Failed { why } => self.toasts.fail(why),
                Reply::Snapshot(_) | Reply::Person(_) | Reply::Free => {}
            }
        }
    }

    fn finished(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Quiet => {}
            Outcome::Said { text, undoable } => self.toasts.say(text, undoable),
            Outcome::Person { text, id } => {
                self.toasts.say(text, true);
                self.go(Go::Person(id, None));
            }
            Outcome::Titles(titles) => self.palette.take(titles),
            Outcome::With { record, people, .. } if people.len() == 1 => {
                self.go(Go::Person(people[0], Some(record)));
            }
            Outcome::Saved { text, path } => {
                self.toasts.say(format!("{text}：{}", path.display()), false);
            }
            Outcome::Pasted { to, spots, at, files } => {
                self.pages.pasted(to, &spots, at, files, &mut self.desk);
            }
            Outcome::Unfit { to, files } => {
                for (path, why) in &files {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    self.toasts.fail(format!("没有放入 {name}：{why}"));
                }
                self.pages.unfit(to, &files);
            }
            Outcome::Verified { verification, .. } if self.desk.snapshot.is_none() => {
                // There is no page to show it on.
                match verification.errors.first() {
                    None => self.toasts.say("报送包完好，逐个文件核对过", false),
                    Some(error) => self.toasts.fail(format!("这个报送包不能用：{error}")),
                }
            }
            Outcome::Reopen { text, dir } => {
                self.toasts.say(text, false);
                self.desk.open(dir);
            }
            Outcome::Partly { text, undoable, lines } => {
                self.toasts.say(text.clone(), undoable);
                self.pages.people.tell(text, lines);
            }
            other => {
                if let Outcome::Received(receipt) = &other {
                    let fresh = receipt.received.iter().filter(|it| !it.already);
                    let (packages, people) = fresh
                        .fold((0, 0), |(packages, people), it| (packages + 1, people + it.people));
                    self.toasts.say(format!("已收 {packages} 个报送包，{people} 人"), packages > 0);
                }
                if let Outcome::Backups { made: Some(path), .. } = &other {
                    let text = format!("备份已写好并核对：{}", path.display());
                    self.toasts.say(text, false);
                }
                if let Some(page) = self.pages.hand_over(other, &mut self.desk) {
                    self.page = page;
                }
            }
        }
    }

    fn go(&mut self, go: Go) {
        self.page = self.pages.go(go, &mut self.desk);
    }

    fn answers(&mut self, ctx: &egui::Context) {
        for (ask, paths) in self.dialogs.answers() {
            match ask {
                Ask::OpenRegistry => {
                    if let Some(dir) = paths.into_iter().next() {
                        self.desk.open(dir);
                    }
                }
                ask => self.pages.answer(ctx, ask, paths, &mut self.desk),
            }
        }
    }

    /// A workbook let go on a page that has no use of its own for files is taken in.
    fn dropped(&mut self, ctx: &egui::Context) {
        if self.desk.snapshot.is_none()
            || self.pages.first_run.is_open()
            || matches!(self.page, Page::Entry | Page::Person | Page::Import | Page::Receive)
        {
            return;
        }
        let file = ctx.input(|input| {
            let paths = input.raw.dropped_files.iter().map(|file| file.path().to_path_buf());
            paths.into_iter().find(|path| pages::import::is_workbook(path))
        });
        if let Some(file) = file {
            self.pages.import.look_at(&mut self.desk, file);
            self.page = Page::Import;
        }
    }

    fn perform(&mut self, ctx: &egui::Context, action: Action) {
        if let Some(why) = action.disabled(&self.standing()) {
            self.toasts.say(format!("{}：{why}", action.name()), false);
            return;
        }
        match action {
            Action::Undo => self.desk.undo(),
            Action::Redo => self.desk.redo(),
            Action::Find => self.find = true,
            Action::Palette => {
                self.aside = None;
                self.palette.open();
            }
            Action::Shortcuts => self.aside = Some(Aside::Shortcuts),
            Action::Said => self.aside = Some(Aside::Said),
            Action::Theme => {
                self.remembered.theme = match self.remembered.theme {
                    Tone::Light => Tone::Dark,
                    Tone::Dark => Tone::System,
                    Tone::System => Tone::Light,
                };
                self.told_theme = false;
            }
            Action::Larger => self.zoom(ctx, self.remembered.zoom + 0.1),
            Action::Smaller => self.zoom(ctx, self.remembered.zoom - 0.1),
            Action::ActualSize => self.zoom(ctx, 1.0),
            Action::OpenRegistry => self.dialogs.ask(Ask::OpenRegistry, ""),
            Action::NewRegistry => self.pages.first_run.open_form(),
            Action::Show(page) => self.page = page,
            other => {
                let snapshot = self.desk.snapshot.clone();
                if let Some(snapshot) = snapshot
                    && let Some(page) =
                        self.pages.perform(other, &snapshot, &mut self.desk, &mut self.dialogs)
                {
                    self.page = page;
                }
            }
        }
    }

    fn zoom(&mut self, ctx: &egui::Context, zoom: f32) {
        self.remembered.zoom = (zoom * 10.0).round().clamp(8.0, 20.0) / 10.0;
        ctx.set_zoom_factor(self.remembered.zoom);
    }

    fn keys(&mut self, ctx: &egui::Context) {
        let mut pressed = Vec::new();
        for action in Action::ALL {
            let Some(shortcut) = action.shortcut() else { continue };
            // A field that has something to undo keeps Ctrl+Z and Ctrl+Y to itself.
            if matches!(action, Action::Undo | Action::Redo) && widgets::field::takes_undo(ctx) {
                continue;
            }
            if ctx.input_mut(|input| input.consume_shortcut(&shortcut)) {
                pressed.push(action);
            }
        }
        let redo = egui::KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        if !widgets::field::takes_undo(ctx) && ctx.input_mut(|input| input.consume_shortcut(&redo))
        {
            pressed.push(Action::Redo);
        }
        let slash = egui::KeyboardShortcut::new(Modifiers::COMMAND, Key::Slash);
        if ctx.input_mut(|input| input.consume_shortcut(&slash)) {
            pressed.push(Action::Shortcuts);
        }
        for action in pressed {
            self.perform(ctx, action);
        }
    }

    fn tell_theme(&mut self, ctx: &egui::Context) {
        if !self.told_theme {
            self.told_theme = true;
            ctx.set_theme(match self.remembered.theme {
                Tone::Light => ThemePreference::Light,
                Tone::Dark => ThemePreference::Dark,
                Tone::System => ThemePreference::System,
            });
        }
    }

    /// The palette, when it is open.
    fn find_anything(&mut self, ctx: &egui::Context, standing: &Standing, wishes: &mut Vec<Wish>) {
        let Some(snapshot) = self.desk.snapshot.clone() else { return };
        if self.palette.wants_titles(snapshot.revision) {
            self.desk.glance(|registry| {
                Ok(Outcome::Titles(Titles::new(registry.revision(), registry.titles()?)))
            });
            ctx.request_repaint();
        }
        match self.palette.show(ctx, &snapshot, standing) {
            None => {}
            Some(Chosen::Action(action)) => wishes.push(Wish::Do(action)),
            Some(Chosen::Person(person)) => self.go(Go::Person(person, None)),
            Some(Chosen::Title(row)) => self.desk.glance(move |registry| {
                let people = registry.people_with(&row.title)?;
                Ok(Outcome::With { title: row.title, record: row.record, people })
            }),
        }
    }

    fn draw(&mut self, ui: &mut Ui) {
        let standing = self.standing();
        let mut wishes = Vec::new();
        let find = std::mem::take(&mut self.find);
        match self.desk.snapshot.clone() {
            Some(snapshot) if !self.pages.first_run.is_open() => {
                let ctx = ui.ctx().clone();
                let mut cx = Cx {
                    ctx: &ctx,
                    snap: &snapshot,
                    desk: &mut self.desk,
                    dialogs: &mut self.dialogs,
                    wishes: &mut wishes,
                    remembered: &self.remembered,
                    looks: &mut self.looks,
                    find,
                    standing,
                };
                shell::show(ui, self.page, &mut self.pages, &mut cx);
            }
            open => {
                let can_go_back = open.is_some();
                self.pages.first_run.show(
                    ui,
                    &mut self.desk,
                    &mut self.dialogs,
                    &self.remembered.recent,
                    can_go_back,
                    &mut wishes,
                );
            }
        }
        shell::running(ui.ctx(), &self.desk);
        self.find_anything(ui.ctx(), &standing, &mut wishes);
        if let Some(which) = self.aside
            && !aside::show(ui.ctx(), which, &self.toasts)
        {
            self.aside = None;
        }
        if let Some(viewer) = &mut self.viewer
            && viewer.show(ui.ctx(), &mut self.looks, &mut self.desk)
        {
            self.viewer = None;
        }
        if self.toasts.show(ui.ctx()) == Some(Clicked::Undo) {
            wishes.push(Wish::Do(Action::Undo));
        }
        self.in_view.ring(ui.ctx());
        let asked = !wishes.is_empty();
        for wish in wishes {
            match wish {
                Wish::Do(action) => self.perform(&ui.ctx().clone(), action),
                Wish::Go(go) => self.go(go),
                Wish::Open(dir) => self.desk.open(dir),
                Wish::Theme(tone) => {
                    self.remembered.theme = tone;
                    self.told_theme = false;
                }
                Wish::Zoom(zoom) => self.zoom(&ui.ctx().clone(), zoom),
                Wish::Look(files, at) => self.viewer = Some(Viewer::new(files, at)),
                Wish::PeopleLayout(layout) => self.remembered.people = layout,
            }
        }
        if asked || self.desk.queued() {
            ui.ctx().request_repaint();
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.tell_theme(ctx);
        for package in self.calls.take() {
            pages::submission::verify(&mut self.desk, package);
        }
        self.take_replies();
        self.answers(ctx);
        self.dropped(ctx);
        self.keys(ctx);
        self.in_view.follow(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.draw(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, MEMORY, &self.remembered);
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}

fn still_there(dir: Option<&Path>) -> Option<PathBuf> {
    dir.filter(|dir| dir.join("registry.sqlite3").is_file()).map(Path::to_path_buf)
}
