//! A sentence that is asked for in place: a field, the deed, a way out. Given empty it is refused in words
//! that stay until something stands there.

use super::field::go_to_fault;
use super::{TextField, note, plain, quiet};
use crate::ui::theme::Tokens;
use eframe::egui::Ui;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub field: &'a str,
    pub hint: &'a str,
    /// What the button does.
    pub verb: &'a str,
    /// What is said where nothing was written.
    pub lacks: &'a str,
}

impl Question<'_> {
    /// Why something is done.
    pub const fn why(verb: &str) -> Question<'_> {
        let hint = "写明理由，会记入修改历史";
        Question { field: "理由", hint, verb, lacks: "请写明理由" }
    }
}

/// What came of it in this frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Open,
    Cancelled,
    Given(String),
}

/// What is being answered.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    text: String,
    told: bool,
    begun: bool,
}

impl Asked {
    /// Begun with a proposal.
    pub fn with(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Whether an empty answer, or another fault, was refused.
    pub fn told(&self) -> bool {
        self.told
    }

    /// Another field of the form takes the cursor first; true once.
    pub fn yields(&mut self) -> bool {
        !std::mem::replace(&mut self.begun, true)
    }

    /// `fault` is what else is wrong in the form.
    pub fn show(&mut self, ui: &mut Ui, question: &Question<'_>, fault: Option<&str>) -> Answer {
        let t = Tokens::of(ui);
        let empty = self.text.trim().is_empty();
        let field = TextField::new(question.field).hint(question.hint).bad(self.told && empty);
        let typed = field.answers_enter().show(ui, &mut self.text);
        if self.yields() {
            typed.response.request_focus();
        }
        let (mut go, mut cancel) = (typed.entered, false);
        ui.horizontal(|ui| {
            go |= plain(ui, question.verb).clicked();
            cancel = quiet(ui, "取消").clicked();
        });
        let lacks = self.text.trim().is_empty().then_some(question.lacks).or(fault);
        self.told = (self.told || go) && lacks.is_some();
        if let Some(lacks) = lacks.filter(|_| self.told) {
            note(ui, lacks, t.seal);
        }
        match (cancel, go, lacks) {
            (true, ..) => Answer::Cancelled,
            (false, true, None) => Answer::Given(std::mem::take(&mut self.text).trim().to_owned()),
            (false, true, Some(_)) => {
                go_to_fault(ui.ctx());
                Answer::Open
            }
            (false, false, _) => Answer::Open,
        }
    }
}
