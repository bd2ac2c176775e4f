//! Changes of post and title (职务、职称变动) of one person.

use crate::failure::Result;
use crate::ledger::{PersonId, PostChange, PostChangeId};
use crate::registry::Registry;
use crate::ui::desk::Finished;

/// Notes a change, or mends one that was noted.
///
/// # Errors
/// What the registry refuses.
pub fn save_change(registry: &mut Registry, change: PostChange) -> Result<Finished> {
    let (action, done) = match change.id {
        PostChangeId(0) => ("登记职务职称变动", "已登记"),
        _ => ("修改职务职称变动", "已修改"),
    };
    let changed = registry.transact(action, |tx| tx.save_post_change(&change))?;
    let text = match changed.people.is_empty() {
        true => format!("{} 的这条变动原来就有，没有改动", change.date),
        false => format!("{done} {} 的变动", change.date),
    };
    Ok(Finished::said(text, vec![change.person]))
}

/// # Errors
/// What the registry refuses.
pub fn delete_change(
    registry: &mut Registry,
    id: PostChangeId,
    person: PersonId,
) -> Result<Finished> {
    registry.transact("删除职务职称变动", |tx| tx.delete_post_change(id))?;
    Ok(Finished::said("已删除变动", vec![person]))
}
