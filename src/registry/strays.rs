//! Files in the registry's folder that nothing needs: scans that no row names, and what was left half-written
//! when the program or the computer stopped. Telling them is the doctor's; here they are found and removed.

use super::backup::BACKUPS;
use super::{Problem, Registry};
use crate::failure::{Failure, Result};
use rusqlite::{Connection, OpenFlags};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

const WHAT: &str = "清理登记库";
const EVIDENCE: &str = "evidence";

pub(super) const STRAY: &str = "evidence-stray";
pub(super) const UNFINISHED: &str = "unfinished-file";

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tidied {
    pub files: u64,
    pub bytes: u64,
}

impl Problem {
    /// Whether [`Registry::tidy`] ends it.
    pub fn tidies(&self) -> bool {
        [STRAY, UNFINISHED].contains(&self.code.as_str())
    }
}

impl Registry {
    /// Removes scans that nothing names (no row, no step that undo knows, no backup in the folder), and what was
    /// left half-written. Of a damaged database nothing is removed: what it names is not known.
    ///
    /// # Errors
    /// I/O; what was removed before is gone, and was not needed.
    pub fn tidy(&self) -> Result<Tidied> {
        let mut tidied = Tidied::default();
        if !self.sound() {
            return Ok(tidied);
        }
        let mut files = self.stray_files()?;
        files.extend(self.unfinished_files()?);
        for file in files {
            let io = |error| Failure::io(WHAT, &file, error);
            tidied.bytes += std::fs::metadata(&file).map_err(io)?.len();
            std::fs::remove_file(&file).map_err(io)?;
            tidied.files += 1;
        }
        // A folder of two letters that has become empty goes too; one with something in it refuses, and so does
        // one that is being looked into.
        let folders: Vec<_> = walkdir::WalkDir::new(self.dir.join(EVIDENCE))
            .min_depth(1)
            .max_depth(1)
            .into_iter()
            .filter_map(|folder| folder.ok().map(walkdir::DirEntry::into_path))
            .collect();
        for folder in folders {
            let _ = std::fs::remove_dir(folder);
        }
        Ok(tidied)
    }

    /// Scans that nothing names.
    pub(super) fn stray_files(&self) -> Result<Vec<PathBuf>> {
        let folder = self.dir.join(EVIDENCE);
        let strays = |named: &HashSet<PathBuf>, files: Vec<PathBuf>| -> Vec<PathBuf> {
            files.into_iter().filter(|file| !named.contains(file)).collect()
        };
        let files = files_below(&folder)?.into_iter().filter(|file| !is_unfinished(file)).collect();
        let named = named(&self.db, &folder).map_err(self.trouble(WHAT))?;
        let mut left = strays(&named, files);
        // Few registries have any: only then is it worth asking the backups.
        for backup in files_in(&self.dir.join(BACKUPS))? {
            if left.is_empty() {
                break;
            }
            // One that cannot be read names nothing that could be put back.
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let opened = Connection::open_with_flags(&backup, flags);
            if let Ok(named) = opened.and_then(|db| self::named(&db, &folder)) {
                left = strays(&named, left);
            }
        }
        Ok(left)
    }

    /// What was left when the program or the computer stopped in the middle.
    pub(super) fn unfinished_files(&self) -> Result<Vec<PathBuf>> {
        let mut left = Vec::new();
        for folder in [self.dir.clone(), self.dir.join(EVIDENCE), self.dir.join(BACKUPS)] {
            left.extend(files_in(&folder)?.into_iter().filter(|file| is_unfinished(file)));
        }
        Ok(left)
    }
}

/// Every scan that a database names, in a row or in the image of one. A backup may have an older shape: its
/// tables are asked which of them name files.
fn named(db: &Connection, folder: &Path) -> rusqlite::Result<HashSet<PathBuf>> {
    let columns: Vec<(String, String)> = db
        .prepare(include_str!("sql/file_columns.sql"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut asked: Vec<String> = columns
        .iter()
        .map(|(table, prefix)| format!("SELECT {prefix}sha256, {prefix}extension FROM {table}"))
        .collect();
    for image in ["before", "after"] {
        for prefix in ["", "photo_"] {
            asked.push(format!(
                "SELECT {image} ->> '{prefix}sha256', {image} ->> '{prefix}extension' FROM change
                 WHERE {image} LIKE '%\"{prefix}sha256\"%'"
            ));
        }
    }
    let mut named = HashSet::new();
    let mut query = db.prepare(&asked.join(" UNION "))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if let (Some(sha256), Some(extension)) =
            (row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?)
        {
            let start = sha256.get(..2).unwrap_or_default();
            named.insert(folder.join(start).join(format!("{sha256}.{extension}")));
        }
    }
    Ok(named)
}

/// Whether a file's name says that it was never finished.
pub(super) fn is_unfinished(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') && name.contains("未完成-")
}

pub(super) fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    list(folder, 1)
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    list(folder, 3)
}

fn list(folder: &Path, depth: usize) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    walkdir::WalkDir::new(folder)
        .max_depth(depth)
        .sort_by_file_name()
        .into_iter()
        .filter_map(|entry| match entry {
            Ok(entry) if entry.file_type().is_file() => Some(Ok(entry.into_path())),
            Ok(_) => None,
            Err(error) => Some(Err(Failure::io("检查登记库", folder, error.into()))),
        })
        .collect()
}
