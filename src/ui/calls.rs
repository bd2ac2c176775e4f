//! The packages that the program is called with, from a command line or a double click on a package's
//! index. On Windows a second program hands its package over to the window that is open, through a file
//! beside the settings and a ring of its bell (`single`).

use eframe::egui;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

#[cfg(any(windows, test))]
const HANDED_OVER: &str = "handed-over";

/// What has been asked for and not been taken up yet.
#[derive(Debug, Default)]
pub struct Calls {
    packages: Mutex<Vec<PathBuf>>,
    window: Mutex<Option<egui::Context>>,
}

impl Calls {
    pub fn of(package: Option<PathBuf>) -> Self {
        Self { packages: Mutex::new(package.into_iter().collect()), window: Mutex::default() }
    }

    /// The window that takes them up: the last one, if several renderers were tried.
    pub(super) fn answered_by(&self, ctx: &egui::Context) {
        *self.window.lock().unwrap_or_else(PoisonError::into_inner) = Some(ctx.clone());
    }

    pub(super) fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.packages.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The bell: takes what a second program has handed over. It looks at the disk.
    #[cfg(any(windows, test))]
    pub(super) fn collect(&self, settings: &std::path::Path) {
        let file = settings.join(HANDED_OVER);
        let Ok(package) = std::fs::read_to_string(&file) else { return };
        // Should it stay, the same package is checked once more.
        let _ = std::fs::remove_file(&file);
        self.packages.lock().unwrap_or_else(PoisonError::into_inner).push(PathBuf::from(package));
        if let Some(window) = &*self.window.lock().unwrap_or_else(PoisonError::into_inner) {
            window.request_repaint();
        }
    }
}

/// Puts a package where the open window looks for it when its bell rings.
#[cfg(any(windows, test))]
pub(super) fn hand_over(
    settings: &std::path::Path,
    package: &std::path::Path,
) -> std::io::Result<()> {
    // The window has another current folder.
    let package = std::path::absolute(package)?;
    let words = package.to_str().ok_or(std::io::ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(settings)?;
    std::fs::write(settings.join(HANDED_OVER), words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_handed_over_is_taken_up_once() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let settings = dir.path().join("设置");
        let calls = Calls::of(Some(PathBuf::from("一")));
        assert_eq!(calls.take(), [PathBuf::from("一")]);
        calls.collect(&settings);
        assert_eq!(calls.take(), Vec::<PathBuf>::new());
        let package = dir.path().join("报送包");
        hand_over(&settings, &package)?;
        calls.collect(&settings);
        calls.collect(&settings);
        assert_eq!(calls.take(), [package]);
        Ok(())
    }
}
