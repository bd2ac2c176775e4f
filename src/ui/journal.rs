//! The log beside the settings: which program ran, what drew its window and how soon, what broke. For
//! whoever is asked for help; so nothing personal stands in it: no names, no paths, no typed words.

use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{self, Write};
use std::panic;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Instant;

const NAME: &str = "xueshi.log";
/// The log before this one, put aside when it had grown.
const BEFORE: &str = "xueshi-before.log";
/// Some thousand starts.
const FULL: u64 = 256 << 10;

static JOURNAL: OnceLock<Mutex<File>> = OnceLock::new();
static BEGUN: OnceLock<Instant> = OnceLock::new();

/// Opens the log in the folder of the settings and has defects noted in it. A convenience: where it
/// cannot be written, nothing is logged.
pub fn begin(folder: &Path) {
    BEGUN.get_or_init(Instant::now);
    let Ok(file) = open(folder) else { return };
    if JOURNAL.set(Mutex::new(file)).is_err() {
        return;
    }
    note(format_args!(
        "start {} {} {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH
    ));
    let told = panic::take_hook();
    panic::set_hook(Box::new(move |defect| {
        // Where it is, never its words: they may quote what was typed.
        if let Some(place) = defect.location() {
            note(format_args!("defect at {place}"));
        }
        told(defect);
    }));
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let path = folder.join(NAME);
    if fs::metadata(&path).is_ok_and(|facts| facts.len() > FULL) {
        fs::rename(&path, folder.join(BEFORE))?;
    }
    File::options().append(true).create(true).open(path)
}

/// Writes a line.
pub fn note(words: std::fmt::Arguments<'_>) {
    let Some(journal) = JOURNAL.get() else { return };
    let at = chrono::Local::now().format("%Y-%m-%d %H:%M:%S");
    let mut file = journal.lock().unwrap_or_else(PoisonError::into_inner);
    // In one piece, so that two programs do not mix their lines; a full disk has been told elsewhere.
    let _ = file.write_all(format!("{at} {words}\n").as_bytes());
}

/// Milliseconds since the log was begun.
pub fn since() -> u128 {
    BEGUN.get().map_or(0, |begun| begun.elapsed().as_millis())
}

/// What went wrong in doing something that has this (general) name, by kind and the system's number: the
/// sentence itself names people and places.
pub fn failed(name: &str, failure: &Failure) {
    note(format_args!("failed {name}: {}", facts(failure)));
}

fn facts(failure: &Failure) -> String {
    let cause = failure.source.as_deref();
    let system = cause.and_then(|cause| cause.downcast_ref::<io::Error>());
    match system.map(|error| (error.kind(), error.raw_os_error())) {
        Some((kind, Some(number))) => format!("{:?}, {kind:?}, error {number}", failure.kind),
        Some((kind, None)) => format!("{:?}, {kind:?}", failure.kind),
        None => format!("{:?}", failure.kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_noted_without_anything_personal() {
        let place = Path::new("向明/扫描件/身份证.pdf");
        let error = io::Error::from_raw_os_error(2);
        let noted = facts(&Failure::io("放入覃丽华的材料", place, error));
        assert_eq!(noted, "Cannot, NotFound, error 2");
        let refused = Failure::refused("初审", "覃丽华", "还缺结业证书", "请补");
        assert_eq!(facts(&refused), "Refused");
    }

    #[test]
    fn a_log_that_has_grown_is_put_aside() -> io::Result<()> {
        let dir = tempfile::tempdir()?;
        let folder = dir.path().join("设置");
        open(&folder)?.write_all(b"first\n")?;
        open(&folder)?.write_all(&vec![b'x'; FULL as usize])?;
        assert!(!folder.join(BEFORE).exists());
        open(&folder)?.write_all(b"new\n")?;
        assert_eq!(fs::read(folder.join(NAME))?, b"new\n");
        assert!(fs::read(folder.join(BEFORE))?.starts_with(b"first\nx"));
        Ok(())
    }
}
