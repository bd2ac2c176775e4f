//! Changes of post and title that both entries have: the same one stays once, with what either remarks of it.

use super::Merge;
use super::grants::{agree, fill, pairs};
use crate::failure::Result;
use crate::ledger::{Handbook, PostChange, PostChangeId};
use crate::registry::Tx;

/// What becomes of those that both have: the one that stays as it will be, and the one that goes.
#[derive(Debug, Clone, Default)]
pub(super) struct SameChanges(Vec<(PostChange, PostChangeId)>);

impl SameChanges {
    pub fn of(keep: &Handbook, gone: &Handbook) -> Self {
        let same = |own: &PostChange, other: &PostChange| {
            own.is_twin(other) && agree(&own.note, &other.note)
        };
        let united = |(own, other): (&PostChange, &PostChange)| {
            let mut change = own.clone();
            fill(&mut change.note, &other.note);
            (change, other.id)
        };
        Self(pairs(&keep.changes, &gone.changes, same).into_iter().map(united).collect())
    }

    pub fn notes(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(it, _)| {
            format!("职务职称变动「{} {}」两边各有一条，相同：合为一条", it.date, it.what())
        })
    }
}

impl Tx<'_> {
    pub(super) fn unite_changes(&mut self, merge: &Merge) -> Result<()> {
        for (stays, goes) in &merge.changes.0 {
            self.save_post_change(stays)?;
            self.delete_post_change(*goes)?;
        }
        Ok(())
    }
}
