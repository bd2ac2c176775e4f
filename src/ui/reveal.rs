//! Shows a folder in the system's own file window, or a file in the program that the system has for it.
//! The window's toolkit only opens web addresses. What takes as long as the PC takes is called on a thread of
//! its own (`Desk::errand`).

use crate::failure::{Failure, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

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
    // Starting a program may wait for the disk.
    let started = std::thread::Builder::new().name("reveal".to_owned()).spawn(move || {
        let folder = match path.is_dir() {
            true => Some(path.as_path()),
            false => path.parent(),
        };
        if let Some(folder) = folder {
            // A file window may tell anything when it is closed.
            let _ = opener(folder).status();
        }
    });
    debug_assert!(started.is_ok());
}

fn opener(path: &Path) -> Command {
    let mut opener = Command::new(OPENER);
    opener.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    opener
}

/// Opens a copy of a scan or document with the PC's own program, under the name it came in with: what is
/// changed there does not touch the evidence.
///
/// # Errors
/// It is of a kind that might be run; it is gone; no room for the copy; no program for it.
pub fn file(file: &Path, name: &str, lent: &Lent) -> Result<()> {
    const WHAT: &str = "打开证明材料";
    let name = plain(name);
    if !is_shown(Path::new(name)) {
        let remedy = "请在文件夹中显示，确认无害后自己打开";
        let why = "这种文件不是扫描件或文档，可能是程序";
        return Err(Failure::refused(WHAT, name, why, remedy));
    }
    let copy = lent.folder()?.join(name);
    std::fs::copy(file, &copy).map_err(|error| Failure::io(WHAT, file, error))?;
    let failed = || {
        let remedy = "请先装一个能看这种文件的程序，或在文件夹里另找办法打开";
        Failure::cannot(WHAT, name, "电脑里没有能打开这种文件的程序", remedy)
    };
    match with_program(&copy) {
        Ok(true) => Ok(()),
        Ok(false) => Err(failed()),
        Err(error) => Err(failed().because(error)),
    }
}

/// Opens a file that the program itself has written.
///
/// # Errors
/// It is gone, or the PC has no program for it.
pub fn written(file: &Path) -> Result<()> {
    const WHAT: &str = "打开文件";
    if !file.is_file() {
        let remedy = "请看是不是已经移走或改名";
        return Err(Failure::cannot(WHAT, file.display().to_string(), "找不到这个文件", remedy));
    }
    let failed = || {
        let remedy = "请先装一个能看这种文件的程序，例如 WPS 或 PDF 阅读器";
        let why = "电脑里没有能打开这种文件的程序";
        Failure::cannot(WHAT, file.display().to_string(), why, remedy)
    };
    match with_program(file) {
        Ok(true) => Ok(()),
        Ok(false) => Err(failed()),
        Err(error) => Err(failed().because(error)),
    }
}

fn is_shown(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).unwrap_or_default();
    SHOWN.iter().any(|shown| shown.eq_ignore_ascii_case(kind))
}

/// Names from elsewhere never lead out of the folder.
fn plain(name: &str) -> &str {
    match name.rsplit(['/', '\\']).next().unwrap_or_default() {
        "" | "." | ".." => "证明材料",
        name => name,
    }
}

/// Gives a file to the program that the PC opens such files with; false when there is none.
pub fn with_program(file: &Path) -> std::io::Result<bool> {
    #[cfg(windows)]
    {
        use std::os::windows::ffi::OsStrExt;
        use std::ptr::{null, null_mut};
        use windows_sys::Win32::UI::Shell::ShellExecuteW;
        use windows_sys::Win32::UI::WindowsAndMessaging::SW_SHOWNORMAL;
        let verb: Vec<u16> = "open".encode_utf16().chain([0]).collect();
        let file: Vec<u16> = file.as_os_str().encode_wide().chain([0]).collect();
        // SAFETY: both texts end in a zero and live until the call returns; the rest may be null.
        let answer = unsafe {
            ShellExecuteW(null_mut(), verb.as_ptr(), file.as_ptr(), null(), null(), SW_SHOWNORMAL)
        };
        // By its description an answer up to 32 is an error.
        Ok(answer as usize > 32)
    }
    #[cfg(not(windows))]
    opener(file).status().map(|status| status.success())
}

/// Folders with copies for other programs, and with pictures from the clipboard; they go with the window.
#[derive(Debug, Clone, Default)]
pub struct Lent(Arc<Mutex<Vec<TempDir>>>);

impl Lent {
    /// A fresh folder.
    ///
    /// # Errors
    /// The PC's temporary folder cannot be written to.
    pub fn folder(&self) -> Result<PathBuf> {
        let place = std::env::temp_dir();
        let made = tempfile::Builder::new().prefix("xueshi").tempdir();
        let made = made.map_err(|error| Failure::io("写临时文件", &place, error))?;
        let path = made.path().to_path_buf();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(made);
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_might_run_is_never_opened() {
        assert!(is_shown(Path::new("证书.PDF")));
        for name in ["证书.pdf.exe", "a.bat", "a.lnk", "a.js", "a.hta", "a.html", "无后缀"] {
            assert!(!is_shown(Path::new(name)), "{name}");
            let refused = file(Path::new("/nowhere"), name, &Lent::default());
            assert!(refused.is_err_and(|it| it.to_string().contains("可能是程序")), "{name}");
        }
    }

    #[test]
    fn a_file_that_is_gone_is_a_sentence() {
        let gone = file(Path::new("/nowhere/材料.pdf"), "材料.pdf", &Lent::default());
        assert!(gone.is_err_and(|failure| failure.to_string().contains("打开证明材料")));
        assert_eq!(plain("..\\..\\通知.pdf"), "通知.pdf");
        assert_eq!(plain("a/.."), "证明材料");
    }
}
