//! Shows a folder in the system's own file window, or a file in the program that the system has for it.
//! The window's toolkit only opens web addresses.

use std::path::Path;
use std::process::{Command, Stdio};

#[cfg(windows)]
const OPENER: &str = "explorer.exe";
#[cfg(target_os = "macos")]
const OPENER: &str = "open";
#[cfg(not(any(windows, target_os = "macos")))]
const OPENER: &str = "xdg-open";

/// Scans and documents: what the system shows. Anything else it might run, and evidence may come from
/// another unit.
const SHOWN: [&str; 22] = [
    "pdf", "ofd", "jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp", "heic", "txt", "csv",
    "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "zip",
];

/// Opens a folder; of a file, the folder it lies in. What cannot be opened is not worth a message:
/// the path stands beside the button.
pub fn folder(path: &Path) {
    let path = path.to_path_buf();
    beside(move || {
        if path.is_dir() {
            open(&path);
        } else if let Some(folder) = path.parent() {
            open(folder);
        }
    });
}

/// Opens a scan or document; of any other file, the folder it lies in.
pub fn file(path: &Path) {
    if is_shown(path) {
        let path = path.to_path_buf();
        beside(move || open(&path));
    } else {
        folder(path);
    }
}

fn is_shown(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    SHOWN.iter().any(|shown| shown.eq_ignore_ascii_case(kind))
}

/// Starting a program may wait for the disk.
fn beside(work: impl FnOnce() + Send + 'static) {
    let started = std::thread::Builder::new().name("reveal".to_owned()).spawn(work);
    debug_assert!(started.is_ok());
}

fn open(path: &Path) {
    let quiet = Stdio::null;
    let child =
        Command::new(OPENER).arg(path).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    // Waited for, so that none is left over.
    if let Ok(mut child) = child {
        let _ = child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_might_run_is_never_opened() {
        assert!(is_shown(Path::new("证书.PDF")));
        for file in ["证书.pdf.exe", "a.bat", "a.lnk", "a.js", "a.hta", "a.html", "无后缀"] {
            assert!(!is_shown(Path::new(file)), "{file}");
        }
    }
}
