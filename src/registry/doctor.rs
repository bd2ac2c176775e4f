use super::{Problem, Registry};
use crate::failure::Result;

impl Registry {
    /// Database integrity, evidence files present and unchanged, strays, locks, disk space.
    ///
    /// # Errors
    /// It cannot be examined at all.
    pub fn doctor(&self) -> Result<Vec<Problem>> {
        todo!()
    }
}
