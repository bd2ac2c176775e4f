//! A whole backup: a copy of everything the registry's folder holds, in a folder or one zip file. The folder
//! is itself a registry that opens; the zip is unpacked by restoring. The database is a verified snapshot,
//! every scan is held against its own name, and until all is there nothing bears the backup's name.

use super::backup::snapshot;
use super::rules::{CALENDAR, NOTICES};
use super::vault::hash_of;
use super::{DATABASE, Registry, restore};
use crate::durable;
use crate::failure::{Failure, Result};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

const WHAT: &str = "备份登记库";
/// What a clerk put into the registry beside what the program keeps.
const BESIDE: [&str; 3] = [NOTICES, CALENDAR, "templates"];

type Progress<'a> = &'a dyn Fn(u64, u64, &str) -> bool;

impl Registry {
    /// Writes a whole backup to `to`: a zip file where its name ends so, else a new folder.
    /// Returns how many scans are in it.
    ///
    /// # Errors
    /// The place is taken or its folder missing; a scan is lost or changed; I/O; stopped. Nothing stays.
    pub fn backup_whole(&self, to: &Path, progress: Progress<'_>) -> Result<u64> {
        let io = |error| Failure::io(WHAT, to, error);
        let refuse = |why, remedy| Failure::cannot(WHAT, to.display().to_string(), why, remedy);
        let parent = match to.parent() {
            Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
            Some(parent) => parent,
            None => to,
        };
        if !parent.is_dir() {
            return Err(refuse("要存放备份的文件夹不存在", "请先建好文件夹，或换一个位置"));
        }
        if to.exists() {
            return Err(refuse("已经有同名的文件或文件夹", "请换一个名字，备份不会覆盖已有文件"));
        }
        let building =
            tempfile::Builder::new().prefix(".备份未完成-").tempdir_in(parent).map_err(io)?;
        let room = building.path();
        snapshot(&self.db, &room.join(DATABASE))?;
        let scans = self.copy_scans(room, progress)?;
        fs::create_dir_all(room.join("evidence")).map_err(io)?;
        fs::create_dir_all(room.join("backups")).map_err(io)?;
        for folder in BESIDE {
            copy_missing(&self.dir.join(folder), &room.join(folder))?;
        }
        if is_zip(to) {
            let file = tempfile::Builder::new().prefix(".备份未完成-").tempfile_in(parent);
            let file = file.map_err(io)?;
            pack(room, file.as_file(), progress).map_err(io)?;
            return durable::persist(file.into_temp_path(), to).map_err(io).map(|()| scans);
        }
        durable::rename(room, to).map_err(io)?;
        // It has moved away: nothing remains to be removed.
        let _ = building.keep();
        Ok(scans)
    }

    /// Copies every scan of the vault; each is read back and held against the name that is its content's.
    fn copy_scans(&self, room: &Path, progress: Progress<'_>) -> Result<u64> {
        let all = files_below(&self.dir.join("evidence"))?;
        for (nr, file) in all.iter().enumerate() {
            if !progress(nr as u64, all.len() as u64, "复制证明材料") {
                return Err(Failure::refused(WHAT, "", "已停下", "没有写出备份，可以重新来"));
            }
            let to = room.join(file.strip_prefix(&self.dir).unwrap_or(file));
            let io = |error| Failure::io(WHAT, file, error);
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).map_err(io)?;
            }
            fs::copy(file, &to).map_err(io)?;
            let named = to.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if hash_of(&to).map_err(io)? != named {
                return Err(Failure::cannot(
                    WHAT,
                    file.display().to_string(),
                    "这个证明材料与登记时不一样，已被改动或损坏",
                    "请先检查登记库，换回原来的文件再备份",
                ));
            }
            durable::sync_file(&to).map_err(io)?;
        }
        Ok(all.len() as u64)
    }
}

/// Restores a registry from a whole backup, a folder or a zip file: its database as [`restore`] does, then the
/// scans and other files that are missing. What is there already stays.
///
/// # Errors
/// As [`restore`]; it is no whole backup; I/O.
pub fn restore_whole(from: &Path, dir: &Path) -> Result<()> {
    const WHAT: &str = "恢复登记库";
    let unpacked;
    let room = if from.is_dir() {
        from
    } else {
        unpacked = unpack(from)?;
        unpacked.path()
    };
    let database = room.join(DATABASE);
    if !database.is_file() {
        return Err(Failure::cannot(
            WHAT,
            from.display().to_string(),
            "里面没有登记库的数据库，不是完整备份",
            "请选择“完整备份”写出的文件夹或 zip 文件",
        ));
    }
    let same = |dir: &Path| dir.canonicalize().ok();
    if same(room).is_some_and(|room| same(dir) == Some(room)) {
        return Err(Failure::refused(WHAT, "", "备份和登记库是同一个文件夹", "请选择另外的备份"));
    }
    restore(&database, dir)?;
    for folder in ["evidence"].iter().chain(&BESIDE) {
        copy_missing(&room.join(folder), &dir.join(folder))?;
    }
    Ok(())
}

/// Whether a backup is a whole one rather than a database alone.
pub fn is_whole(from: &Path) -> bool {
    from.is_dir() || is_zip(from)
}

fn is_zip(path: &Path) -> bool {
    let named = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("zip"));
    named && !is_database(path)
}

/// Whether a file begins as every database does, whatever it is called.
fn is_database(path: &Path) -> bool {
    const BEGIN: &[u8; 16] = b"SQLite format 3\0";
    let mut begin = [0; BEGIN.len()];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    read.is_ok() && begin == *BEGIN
}

/// Copies the files that are not there yet.
fn copy_missing(from: &Path, to: &Path) -> Result<()> {
    for file in files_below(from)? {
        let target = to.join(file.strip_prefix(from).unwrap_or(&file));
        if target.exists() {
            continue;
        }
        let io = |error| Failure::io(WHAT, &file, error);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(io)?;
        }
        fs::copy(&file, &target).map_err(io)?;
        durable::sync_file(&target).map_err(io)?;
    }
    Ok(())
}

/// The finished files of a folder and its folders; none if there is no such folder.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in all {
        let entry = entry.map_err(|error| Failure::io(WHAT, folder, error.into()))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_file() && !hidden {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn pack(room: &Path, file: &File, progress: Progress<'_>) -> io::Result<()> {
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .large_file(true);
    let mut zip = zip::ZipWriter::new(io::BufWriter::new(file));
    let all: Vec<PathBuf> = walkdir::WalkDir::new(room)
        .sort_by_file_name()
        .into_iter()
        .filter_map(|entry| entry.ok().filter(|entry| entry.file_type().is_file()))
        .map(walkdir::DirEntry::into_path)
        .collect();
    for (nr, path) in all.iter().enumerate() {
        if !progress(nr as u64, all.len() as u64, "写入 zip") {
            return Err(io::Error::other("stopped"));
        }
        let name = path.strip_prefix(room).unwrap_or(path).to_string_lossy().replace('\\', "/");
        zip.start_file(name, stored)?;
        io::copy(&mut File::open(path)?, &mut zip)?;
    }
    zip.finish()?.flush()
}

/// Unpacks a zip beside the system's other temporary files; names that lead out of it are refused.
fn unpack(from: &Path) -> Result<tempfile::TempDir> {
    const WHAT: &str = "恢复登记库";
    let io = |error| Failure::io(WHAT, from, error);
    let damaged = |error: zip::result::ZipError| {
        let remedy = "请换一个完整备份";
        Failure::cannot(WHAT, from.display().to_string(), "zip 文件读不出来或已损坏", remedy)
            .because(error)
    };
    let room = tempfile::tempdir().map_err(io)?;
    let mut zip = zip::ZipArchive::new(File::open(from).map_err(io)?).map_err(damaged)?;
    for nr in 0..zip.len() {
        let mut entry = zip.by_index(nr).map_err(damaged)?;
        let Some(name) = entry.enclosed_name() else { continue };
        let to = room.path().join(name);
        if entry.is_dir() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(io)?;
        }
        io::copy(&mut entry, &mut File::create(&to).map_err(io)?).map_err(io)?;
    }
    Ok(room)
}
