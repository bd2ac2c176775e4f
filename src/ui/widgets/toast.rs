//! Short words about what was just done, with 撤销 beside them, or the file that was written; they leave by
//! themselves.

use crate::ui::icons::Icon;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::{icon_button, link};
use eframe::egui::{
    Align2, Area, Context, Frame, Id, Label, Margin, Order, RichText, Stroke, Ui, vec2,
};
use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

/// One toast.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Toast {
    pub text: String,
    pub undoable: bool,
    /// What was written, to be opened.
    written: Option<PathBuf>,
    /// A failure: red line, stays until it is closed.
    pub bad: bool,
    /// The job that failed.
    job: String,
    until: Option<f64>,
}

/// Something that was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// `14:05`
    pub at: String,
    pub text: String,
    pub bad: bool,
}

/// Above the line of buttons at a page's foot, which must not be covered.
const ABOVE: f32 = 84.0;
/// So many are remembered.
const REMEMBERED: usize = 50;

/// The toasts that are shown, oldest first, and those that were.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Toast>,
    said: VecDeque<Said>,
}

/// What was clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clicked {
    Undo,
    /// Open the file that was written.
    Open(PathBuf),
    /// Show where it lies.
    Folder(PathBuf),
}

impl Toasts {
    pub fn say(&mut self, text: impl Into<String>, undoable: bool) {
        let text = text.into();
        self.remember(&text, false);
        self.shown.retain(|toast| toast.bad);
        self.shown.push(Toast { text, undoable, ..Toast::default() });
    }

    /// A file was written, or a folder.
    pub fn written(&mut self, text: impl Into<String>, path: PathBuf) {
        self.say(text, false);
        if let Some(toast) = self.shown.last_mut() {
            toast.written = Some(path);
        }
    }

    pub fn fail(&mut self, text: impl Into<String>) {
        let text = text.into();
        self.remember(&text, true);
        self.shown.retain(|toast| toast.text != text);
        self.shown.push(Toast { text, bad: true, ..Toast::default() });
        let surplus = self.shown.len().saturating_sub(4);
        self.shown.drain(..surplus);
    }

    /// A job has failed.
    pub fn failed(&mut self, job: String, why: String) {
        self.fail(why);
        if let Some(toast) = self.shown.last_mut() {
            toast.job = job;
        }
    }

    /// The job is being tried again: how it failed before is no longer shown.
    pub fn again(&mut self, job: &str) {
        self.shown.retain(|toast| !toast.bad || toast.job != job);
    }

    fn remember(&mut self, text: &str, bad: bool) {
        let at = chrono::Local::now().format("%H:%M").to_string();
        self.said.push_front(Said { at, text: text.to_owned(), bad });
        self.said.truncate(REMEMBERED);
    }

    /// What was said, newest first.
    pub fn said(&self) -> impl Iterator<Item = &Said> {
        self.said.iter()
    }

    pub fn clear(&mut self) {
        self.shown.clear();
    }

    pub fn show(&mut self, ctx: &Context) -> Option<Clicked> {
        let now = ctx.input(|input| input.time);
        for toast in &mut self.shown {
            if !toast.bad {
                let offers = toast.undoable || toast.written.is_some();
                let seconds = if offers { 8.0 } else { 5.0 };
                let until = *toast.until.get_or_insert(now + seconds);
                if until > now {
                    ctx.request_repaint_after(Duration::from_secs_f64(until - now));
                }
            }
        }
        self.shown.retain(|toast| toast.until.is_none_or(|until| until > now));
        if self.shown.is_empty() {
            return None;
        }
        let mut clicked = None;
        let mut closed = None;
        Area::new(Id::unique("toasts"))
            .order(Order::Foreground)
            .anchor(Align2::CENTER_BOTTOM, vec2(size::NAV / 2.0, -ABOVE))
            .show(ctx, |ui| {
                for (nr, toast) in self.shown.iter().enumerate() {
                    match one(ui, toast) {
                        Some(Some(what)) => clicked = Some((nr, what)),
                        Some(None) => closed = Some(nr),
                        None => {}
                    }
                    ui.add_space(8.0);
                }
            });
        if let Some(nr) = closed.or(clicked.as_ref().map(|(nr, _)| *nr)) {
            self.shown.remove(nr);
        }
        clicked.map(|(_, what)| what)
    }
}

/// What was clicked; `Some(None)`: close.
fn one(ui: &mut Ui, toast: &Toast) -> Option<Option<Clicked>> {
    let t = Tokens::of(ui);
    let line = if toast.bad { t.seal } else { t.ink3 };
    let mut did = None;
    Frame::NONE
        .fill(t.surface)
        .stroke(Stroke::new(1.0, line))
        .corner_radius(size::CARD_RADIUS)
        .inner_margin(Margin { left: 16, right: 8, top: 6, bottom: 6 })
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.set_max_width(640.0);
                let color = if toast.bad { t.seal } else { t.ink };
                ui.add(Label::new(RichText::new(&toast.text).color(color)).wrap());
                if toast.undoable && link(ui, "撤销这一步").clicked() {
                    did = Some(Some(Clicked::Undo));
                }
                if let Some(path) = &toast.written {
                    // A folder has no program of its own.
                    let file = path.extension().is_some();
                    if file && link(ui, "打开").clicked() {
                        did = Some(Some(Clicked::Open(path.clone())));
                    }
                    if link(ui, "打开文件夹").clicked() {
                        did = Some(Some(Clicked::Folder(path.clone())));
                    }
                }
                if icon_button(ui, Icon::Close, "关闭提示", true, false).clicked() {
                    did = Some(None);
                }
            });
        });
    did
}
