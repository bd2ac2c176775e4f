//! Files that are either wholly there or not there: written beside their place, synced, then renamed.
//! Renames are tried again for a while, for on Windows a virus scanner may hold a fresh file.

use crate::failure::{Failure, Result};
use std::fs::{self, File};
use std::io::{self, Write};
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

/// Writes a whole file or none, over a file that is there. Its folder is never made.
///
/// # Errors
/// I/O; the folder does not exist. `what` says what was being done.
pub(crate) fn write(what: &str, to: &Path, bytes: &[u8]) -> Result<()> {
    put(to, bytes).map_err(|error| Failure::io(what, to, error))
}

fn put(to: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut unfinished = tempfile::Builder::new();
    unfinished.prefix(".xueshi-");
    #[cfg(unix)]
    {
        // A paper is for everybody; a temporary file is not.
        use std::os::unix::fs::PermissionsExt;
        unfinished.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut unfinished = unfinished.tempfile_in(folder.unwrap_or(Path::new(".")))?;
    unfinished.write_all(bytes)?;
    persist(unfinished.into_temp_path(), to)
}

/// Makes a folder's entries durable, where the system knows such a thing.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // The folder of a bare file name is the one we are in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
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
