//! The pages that were looked at, for the way back.

use super::pages::Page;

/// How far back one can go.
const KEPT: usize = 32;

/// The way that was gone.
#[derive(Debug, Default)]
pub struct Trail {
    before: Vec<Page>,
    now: Option<Page>,
}

impl Trail {
    /// This page is open now.
    pub fn at(&mut self, page: Page) {
        if let Some(left) = self.now.replace(page).filter(|left| *left != page) {
            self.before.push(left);
            let surplus = self.before.len().saturating_sub(KEPT);
            self.before.drain(..surplus);
        }
    }

    /// The page before this one.
    pub fn last(&self) -> Option<Page> {
        self.before.last().copied()
    }

    /// Goes there.
    pub fn back(&mut self) -> Option<Page> {
        self.now = self.before.pop();
        self.now
    }

    /// The list that the clerk came from to one person: the last that was open.
    pub fn from(&self) -> Page {
        let lists = [
            Page::Overview,
            Page::People,
            Page::Campaign,
            Page::Publicity,
            Page::Receive,
            Page::Package,
        ];
        self.before.iter().rev().find(|page| lists.contains(page)).copied().unwrap_or(Page::People)
    }
}
