//! What deemed years, prior slips and changes of post have in common when they are received.

use super::facts as compare;
use crate::ledger::{Attachment, Deemed, PostChange, PriorSlip};

/// An entry of a handbook besides its records.
pub(super) trait Grant: Clone {
    /// Whether both speak of the same thing, whatever they say of it.
    fn is_twin(&self, other: &Self) -> bool;
    /// The facts in which they differ, in the clerk's words.
    fn differing(&self, other: &Self) -> Vec<compare::Differs>;
    /// The years whose confirmation locks it.
    fn years(&self) -> impl Iterator<Item = i32>;
    fn title(&self) -> String;
    fn files(&self) -> &[Attachment];
    /// None of an entry that has no files.
    fn files_mut(&mut self) -> Option<&mut Vec<Attachment>>;
    /// Takes a stored entry's place; without one it is new.
    fn replaces(&mut self, stored: Option<&Self>);
}

impl Grant for Deemed {
    fn is_twin(&self, other: &Self) -> bool {
        (self.year, &self.reason, &self.subject) == (other.year, &other.reason, &other.subject)
    }

    fn differing(&self, other: &Self) -> Vec<compare::Differs> {
        compare::of_deemed(self, other)
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        self.year..=self.year
    }

    fn title(&self) -> String {
        format!("{} 年视同「{}」", self.year, self.reason)
    }

    fn files(&self) -> &[Attachment] {
        &self.attachments
    }

    fn files_mut(&mut self) -> Option<&mut Vec<Attachment>> {
        Some(&mut self.attachments)
    }

    fn replaces(&mut self, stored: Option<&Self>) {
        self.id = stored.map(|it| it.id).unwrap_or_default();
    }
}

impl Grant for PriorSlip {
    fn is_twin(&self, other: &Self) -> bool {
        self.number == other.number
    }

    fn differing(&self, other: &Self) -> Vec<compare::Differs> {
        compare::of_slips(self, other)
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        self.first_year..=self.last_year
    }

    fn title(&self) -> String {
        format!("认定单 {}", self.number)
    }

    fn files(&self) -> &[Attachment] {
        &self.attachments
    }

    fn files_mut(&mut self) -> Option<&mut Vec<Attachment>> {
        Some(&mut self.attachments)
    }

    fn replaces(&mut self, stored: Option<&Self>) {
        self.id = stored.map(|it| it.id).unwrap_or_default();
        // Years without hours are not kept.
        self.hours.retain(|_, hours| !hours.is_empty());
    }
}

impl Grant for PostChange {
    fn is_twin(&self, other: &Self) -> bool {
        PostChange::is_twin(self, other)
    }

    fn differing(&self, other: &Self) -> Vec<compare::Differs> {
        compare::of_changes(self, other)
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        std::iter::empty()
    }

    fn title(&self) -> String {
        format!("职务职称变动「{} {}」", self.date, self.what())
    }

    fn files(&self) -> &[Attachment] {
        &[]
    }

    fn files_mut(&mut self) -> Option<&mut Vec<Attachment>> {
        None
    }

    fn replaces(&mut self, stored: Option<&Self>) {
        self.id = stored.map(|it| it.id).unwrap_or_default();
    }
}
