//! The window's state: which page is open, what was asked for, what came back. Drawing is the
//! shell's and the pages'; work on the registry is the worker's.

use super::action::{Action, Standing};
use super::aside::{self, Aside};
use super::calls::Calls;
pub use super::cx::{Cx, Wish};
use super::desk::{Desk, Outcome, Reply};
use super::dialog::{Ask, Dialogs};
use super::in_view::InView;
use super::looks::Looks;
use super::pages::{self, Go, Page, Pages};
use super::palette::{Chosen, Palette};
pub use super::remembered::{Face, Remembered, Tone};
use super::snapshot::{PersonView, Snapshot};
use super::titles::Titles;
use super::trail::Trail;
use super::viewer::Viewer;
use super::widgets::toast::{Clicked, Toasts};
use super::{composing, fonts, reveal, shell, theme, walking, widgets};
use chrono::NaiveDate;
use eframe::egui::{self, Key, Modifiers, PointerButton, ThemePreference, Ui};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How an [`App`] begins.
#[derive(Debug, Default)]
pub struct Start {
    /// Opened at once; else the remembered one.
    pub registry: Option<PathBuf>,
    pub remembered: Remembered,
    /// The day the program believes in; without it, the clock.
    pub today: Option<NaiveDate>,
    /// The program has never run here: its window fills the screen.
    pub first: bool,
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
        let known: Option<Remembered> =
            storage.and_then(|storage| eframe::get_value(storage, MEMORY));
        Self { first: known.is_none(), remembered: known.unwrap_or_default(), ..Self::default() }
    }

    /// Whether the registry of the last time is still there to be opened.
    pub fn remembers_one_that_is_there(&self) -> bool {
        still_there(self.remembered.registry.as_deref()).is_some()
    }
}

/// The window.
pub struct App {
    desk: Desk,
    dialogs: Dialogs,
    toasts: Toasts,
    pages: Pages,
    page: Page,
    trail: Trail,
    palette: Palette,
    aside: Option<Aside>,
    remembered: Remembered,
    looks: Looks,
    viewer: Option<Viewer>,
    calls: Arc<Calls>,
    find: bool,
    told_theme: bool,
    /// The PC's own faces are used where it has them; not in tests.
    of_the_pc: bool,
    in_view: InView,
}

impl App {
    pub fn new(ctx: &egui::Context, start: Start) -> Self {
        let of_the_pc = !start.inline;
        fonts::install(ctx, start.remembered.face, of_the_pc);
        theme::install(ctx);
        composing::install(ctx);
        walking::install(ctx);
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
        if start.first {
            ctx.send_viewport_cmd(egui::ViewportCommand::Maximized(true));
        }
        Self {
            desk,
            dialogs,
            toasts: Toasts::default(),
            pages: Pages::default(),
            page: Page::Overview,
            trail: Trail::default(),
            palette: Palette::default(),
            aside: None,
            remembered,
            looks: if start.inline { Looks::inline() } else { Looks::default() },
            viewer: None,
            calls: start.calls,
            find: false,
            told_theme: false,
            of_the_pc,
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
            back: self.trail.last().is_some(),
        }
    }

    fn take_replies(&mut self) {
        let before = self.desk.snapshot.as_ref().map(|snapshot| snapshot.dir.clone());
        for job in self.desk.begun() {
            self.toasts.again(&job);
        }
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
            self.trail = Trail::default();
        }
        for reply in replies {
            match reply {
                Reply::Done { outcome } => self.finished(outcome),
                Reply::Failed { job, why } => self.toasts.failed(job, why),
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
                self.toasts.written(format!("{text}：{}", path.display()), path);
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
            Action::Back => {
                if let Some(page) = self.trail.back() {
                    self.page = page;
                }
            }
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
        if ctx.input(|input| input.pointer.button_clicked(PointerButton::Extra1)) {
            pressed.push(Action::Back);
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
                    from: self.trail.from(),
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
        match self.toasts.show(ui.ctx()) {
            None => {}
            Some(Clicked::Undo) => wishes.push(Wish::Do(Action::Undo)),
            Some(Clicked::Open(file)) => self.desk.open_written(file),
            Some(Clicked::Folder(path)) => reveal::folder(&path),
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
                Wish::Face(face) => {
                    self.remembered.face = face;
                    fonts::install(ui.ctx(), face, self.of_the_pc);
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
        self.trail.at(self.page);
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
