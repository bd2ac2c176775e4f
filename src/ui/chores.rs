//! What pages ask the worker to do to the registry, one verb each. They run on the worker's thread;
//! each is one undo step and says in one sentence what it did.

use super::desk::{Finished, Outcome};
use crate::failure::Result;
use crate::ledger::Person;
use crate::registry::Registry;

/// Adds a person and opens the handbook.
///
/// # Errors
/// What the registry refuses.
pub fn add_person(registry: &mut Registry, person: Person) -> Result<Finished> {
    let done = registry.transact("添加人员", |tx| tx.save_person(&person))?;
    Ok(Finished {
        outcome: Outcome::Person { text: format!("已添加 {}", person.name), id: done.value },
        touched: Some(done.people),
    })
}
