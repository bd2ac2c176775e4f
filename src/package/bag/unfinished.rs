//! A bag while it is being written: under a name that says so, and away again unless it was finished.

use crate::durable;
use crate::failure::{Failure, Result};
use crate::package::WRITING;
use crate::package::source::UNFINISHED;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The bag under its unfinished name; removed unless finished.
pub(super) struct Unfinished {
    pub(super) path: PathBuf,
    finished: bool,
}

impl Unfinished {
    /// Clears away what an interrupted run left under the same name.
    pub(super) fn begin(target: &Path) -> Result<Self> {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(UNFINISHED);
        let path = target.with_file_name(name);
        remove(&path).map_err(|error| Failure::io(WRITING, &path, error))?;
        Ok(Self { path, finished: false })
    }

    pub(super) fn finish(mut self, target: &Path) -> Result<()> {
        let io = |error| Failure::io(WRITING, target, error);
        // Somebody may have put a folder there meanwhile; renaming would replace an empty one.
        if fs::symlink_metadata(target).is_ok() {
            return Err(io(io::ErrorKind::AlreadyExists.into()));
        }
        durable::rename(&self.path, target).map_err(io)?;
        self.finished = true;
        Ok(())
    }
}

/// Takes a sealed bag away again, because what belongs to it could not be done.
pub(in crate::package) fn discard(path: &Path) {
    // What cannot be removed is a whole and valid bag; the failure that led here is told anyway.
    let _ = remove(path);
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            // The target may have been pulled out; its name says that it is unfinished.
            let _ = remove(&self.path);
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    let gone = match fs::symlink_metadata(path) {
        Ok(facts) if facts.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
        Err(error) => Err(error),
    };
    match gone {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        gone => gone,
    }
}
