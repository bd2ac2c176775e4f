//! What a page is given while it draws: what it may look at, and what it may ask for.

use super::action::{Action, Standing};
use super::desk::Desk;
use super::dialog::Dialogs;
use super::looks::Looks;
use super::pages::{self, Go, Page};
use super::remembered::{Face, Remembered, Tone};
use super::snapshot::Snapshot;
use super::viewer::Shown;
use crate::registry::vault::Vault;
use eframe::egui;
use std::path::PathBuf;
use std::sync::Arc;

/// Something a page wants done after it has been drawn.
#[derive(Debug)]
pub enum Wish {
    Do(Action),
    Go(Go),
    /// Open this registry.
    Open(PathBuf),
    Theme(Tone),
    Face(Face),
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
    /// The list that the clerk came from: where a single person leads back to.
    pub from: Page,
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
