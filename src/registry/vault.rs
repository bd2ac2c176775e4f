//! The evidence vault: files by their SHA-256, written temp → fsync → rename before the row that names them.

use crate::failure::Result;
use crate::ledger::Evidence;
use std::path::{Path, PathBuf};

/// A folder of content-addressed files.
#[derive(Debug, Clone)]
pub struct Vault {
    dir: PathBuf,
}

impl Vault {
    pub fn at(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Takes a file in (hash at intake); the same content is kept once.
    ///
    /// # Errors
    /// Missing, empty, unreadable, or a full disk; what came in half is removed.
    pub fn take_in(&self, _file: &Path) -> Result<Evidence> {
        todo!()
    }

    /// Takes bytes in under a name (pasted images, received packages).
    ///
    /// # Errors
    /// As [`Vault::take_in`].
    pub fn take_in_bytes(&self, _name: &str, _bytes: &[u8]) -> Result<Evidence> {
        todo!()
    }

    /// Where a file lies.
    pub fn path_of(&self, evidence: &Evidence) -> PathBuf {
        self.dir
            .join(&evidence.sha256[..2])
            .join(format!("{}.{}", evidence.sha256, evidence.extension))
    }
}
