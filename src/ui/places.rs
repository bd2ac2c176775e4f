//! Where the program keeps things on this PC: settings and new registries. With a file named `portable`
//! beside the program everything lies beside it, so that it runs from a USB drive and leaves no trace.

use std::path::{Path, PathBuf};

/// The folder that a portable program keeps its things in, beside itself.
const BESIDE: &str = "数据";

/// The folder of the window's settings; it need not be there. On Windows `%LOCALAPPDATA%\xueshi`.
pub fn settings() -> Option<PathBuf> {
    if let Some(beside) = beside() {
        return Some(beside.join("设置"));
    }
    Some(directories::BaseDirs::new()?.data_local_dir().join("xueshi"))
}

/// The folder that new registries are offered in: the user's documents, wherever they have been put.
pub fn documents() -> Option<PathBuf> {
    if let Some(beside) = beside() {
        // Where it cannot be made, the user chooses another.
        let _ = std::fs::create_dir_all(&beside);
        return Some(beside);
    }
    let dirs = directories::UserDirs::new()?;
    Some(dirs.document_dir().unwrap_or(dirs.home_dir()).to_path_buf())
}

/// The name that a new registry's folder is offered.
pub const FOLDER: &str = "学时登记库";

/// The registry at the place where new ones are offered: found again where what was remembered is lost.
pub fn usual() -> Option<PathBuf> {
    let dir = documents()?.join(FOLDER);
    dir.join("registry.sqlite3").is_file().then_some(dir)
}

/// The only registry of a portable program: the drive's letter may have changed since it was remembered.
pub fn carried_along() -> Option<PathBuf> {
    let mut registries = std::fs::read_dir(beside()?)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|dir| dir.join("registry.sqlite3").is_file());
    let only = registries.next();
    if registries.next().is_none() { only } else { None }
}

/// The cloud drive that carries this folder off the PC, if its name says so: companies often move the
/// documents into OneDrive.
pub fn cloud(folder: &Path) -> Option<&'static str> {
    const CLOUDS: [&str; 6] =
        ["OneDrive", "iCloudDrive", "Dropbox", "坚果云", "百度网盘同步空间", "WPS云盘"];
    let parts: Vec<_> =
        folder.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    CLOUDS.into_iter().find(|cloud| parts.iter().any(|part| part.starts_with(cloud)))
}

fn beside() -> Option<PathBuf> {
    beside_program(&std::env::current_exe().ok()?)
}

fn beside_program(program: &Path) -> Option<PathBuf> {
    let folder = program.parent()?;
    folder.join("portable").is_file().then(|| folder.join(BESIDE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_synchronised_folder_is_told_by_its_name() {
        let documents: PathBuf = ["向明", "OneDrive - 州医院", "文档"].iter().collect();
        assert_eq!(cloud(&documents), Some("OneDrive"));
        assert_eq!(cloud(Path::new("文档")), None);
    }

    #[test]
    fn only_the_marker_makes_a_program_portable() -> std::io::Result<()> {
        let stick = tempfile::tempdir()?;
        let program = stick.path().join("xueshi.exe");
        assert_eq!(beside_program(&program), None);
        std::fs::write(stick.path().join("portable"), "")?;
        assert_eq!(beside_program(&program), Some(stick.path().join("数据")));
        Ok(())
    }
}
