//! Files that are either wholly there or not there: written beside their place, synced, then renamed.
//! Renames are tried again for a while, for on Windows a virus scanner may hold a fresh file.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;
use tempfile::TempPath;

/// Renames a file or folder, over a file that is there.
pub(crate) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Syncs a finished temporary file and gives it its name, over a file that is there.
/// On failure it is removed.
pub(crate) fn persist(file: TempPath, to: &Path) -> io::Result<()> {
    sync_file(&file)?;
    let mut waiting = Some(file);
    patiently(|| match waiting.take().map(|file| file.persist(to)) {
        Some(Err(failed)) => {
            waiting = Some(failed.path);
            Err(failed.error)
        }
        Some(Ok(())) | None => Ok(()),
    })?;
    to.parent().map_or(Ok(()), sync_folder)
}

/// Makes a folder's entries durable, where the system knows such a thing.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes a file's content durable.
pub(crate) fn sync_file(file: &Path) -> io::Result<()> {
    fs::OpenOptions::new().write(true).open(file)?.sync_all()
}

fn patiently(mut attempt: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let mut wait = Duration::from_millis(20);
    loop {
        match attempt() {
            Err(error)
                if cfg!(windows)
                    && matches!(error.raw_os_error(), Some(5 | 32 | 33))
                    && wait < Duration::from_secs(3) =>
            {
                std::thread::sleep(wait);
                wait *= 2;
            }
            done => return done,
        }
    }
}
