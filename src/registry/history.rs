use super::Registry;
use crate::failure::Result;
use crate::ledger::{HistoryLine, PersonId};

impl Registry {
    /// The changes of one person's handbook, newest first.
    ///
    /// # Errors
    /// Damage.
    pub fn history(&self, _person: PersonId) -> Result<Vec<HistoryLine>> {
        todo!()
    }
}
