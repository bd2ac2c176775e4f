//! Shows a folder in the system's own file window. The window's toolkit only opens web addresses.

use std::path::Path;
use std::process::{Command, Stdio};

#[cfg(windows)]
const OPENER: &str = "explorer.exe";
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(not(any(windows, target_os = "macos")))]
const OPENER: &str = "xdg-open";

/// Opens a folder; of a file, the folder it lies in. What cannot be opened is not worth a message:
/// the path stands beside the button.
pub fn folder(path: &Path) {
    let path = path.to_path_buf();
    // Starting a program may wait for the disk; the child is waited for, so that none is left over.
    let started = std::thread::Builder::new().name("reveal".to_owned()).spawn(move || {
        let folder = match path.is_dir() {
            true => Some(path.as_path()),
            false => path.parent(),
        };
        let Some(folder) = folder else { return };
        let quiet = || Stdio::null();
        let child =
            Command::new(OPENER).arg(folder).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
        if let Ok(mut child) = child {
            let _ = child.wait();
        }
    });
    debug_assert!(started.is_ok());
}
