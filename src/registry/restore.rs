//! Putting a backup in the place of the present database. The present one is kept; its write-ahead log goes
//! with it, for a stale log beside a restored database silently undoes the restoring.

use super::backup::{BACKUPS, fresh_name, sound};
use super::trouble::trouble;
use super::{DATABASE, LOCK, migrate, open};
use crate::durable;
use crate::failure::{Failure, Result};
use rusqlite::{Connection, ErrorCode};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

const WHAT: &str = "恢复登记库";

/// Restores the registry in `dir` from a backup; `dir` may also be a new or empty folder.
/// The present database is moved into `backups`.
///
/// # Errors
/// The backup is none, is damaged, or was made by a newer program; the registry is open; the folder holds
/// other things; I/O. Until the last rename nothing is lost.
pub fn restore(file: &Path, dir: &Path) -> Result<()> {
    is_backup(file)?;
    let dir = &std::path::absolute(dir).map_err(|error| Failure::io(WHAT, dir, error))?;
    let place = place(dir)?;
    if place == Place::New {
        fs::create_dir(dir).map_err(|error| Failure::io(WHAT, dir, error))?;
    }
    let put = put(file, dir);
    if put.is_err() && place != Place::Registry {
        // As it was before. Folders with something in them stay.
        let _ = fs::remove_file(dir.join(LOCK));
        for folder in ["evidence", BACKUPS] {
            let _ = fs::remove_dir(dir.join(folder));
        }
        if place == Place::New {
            let _ = fs::remove_dir(dir);
        }
    }
    put
}

fn put(file: &Path, dir: &Path) -> Result<()> {
    let io = |error| Failure::io(WHAT, dir, error);
    let _lock = open::lock(WHAT, dir)?;
    let mut incoming =
        tempfile::Builder::new().prefix(".恢复未完成-").tempfile_in(dir).map_err(io)?;
    // The content alone: a backup may be marked read-only.
    let mut source = File::open(file).map_err(|error| Failure::io(WHAT, file, error))?;
    std::io::copy(&mut source, &mut incoming).map_err(io)?;
    let incoming = incoming.into_temp_path();
    verify(WHAT, file, &incoming)?;
    for folder in ["evidence", BACKUPS] {
        fs::create_dir_all(dir.join(folder)).map_err(io)?;
    }
    set_aside(dir)?;
    durable::persist(incoming, &dir.join(DATABASE)).map_err(io)
}

/// The file is there, and is not the database of a registry in use.
fn is_backup(file: &Path) -> Result<()> {
    let place = file.display().to_string();
    if !file.is_file() {
        return Err(Failure::cannot(
            WHAT,
            place,
            "找不到这个备份文件",
            "请检查路径；备份通常在登记库的 backups 文件夹里",
        ));
    }
    // Without its log a live database lacks what was written last.
    let log = beside(file, "-wal");
    if fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        return Err(Failure::cannot(
            WHAT,
            place,
            "它旁边还有 -wal 文件，是使用中的数据库，单独拿来会丢失最近的内容",
            "请用备份命令做出的备份文件",
        ));
    }
    Ok(())
}

/// What is at the place to restore to.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    New,
    Empty,
    Registry,
}

/// Refused when it holds things other than a registry.
fn place(dir: &Path) -> Result<Place> {
    let refuse = |why, remedy| Failure::cannot(WHAT, dir.display().to_string(), why, remedy);
    if !dir.exists() {
        return match dir.parent() {
            Some(parent) if parent.is_dir() => Ok(Place::New),
            _ => Err(refuse("上一级文件夹不存在", "请先建好上一级文件夹，或换一个位置")),
        };
    }
    if [DATABASE, "evidence", BACKUPS].iter().any(|name| dir.join(name).exists()) {
        return Ok(Place::Registry);
    }
    let mut entries = fs::read_dir(dir).map_err(|error| Failure::io(WHAT, dir, error))?;
    if entries.next().is_none() {
        return Ok(Place::Empty);
    }
    let remedy = "请选择原来的登记库文件夹，或一个空文件夹";
    Err(refuse("这个文件夹里有别的文件，不是登记库", remedy))
}

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct BackupTold {
    pub unit: String,
    pub people: u32,
    pub records: u32,
}

/// Checks a backup of the database as restoring would, without restoring it.
///
/// # Errors
/// It is none, is damaged, or was made by a newer program.
pub fn examine(file: &Path) -> Result<BackupTold> {
    const WHAT: &str = "核对备份";
    is_backup(file)?;
    let io = |error| Failure::io(WHAT, file, error);
    let room = tempfile::tempdir().map_err(io)?;
    let copy = room.path().join(DATABASE);
    fs::copy(file, &copy).map_err(io)?;
    verify(WHAT, file, &copy)?;
    let told = |error| trouble(WHAT, file, error);
    let db = Connection::open(&copy).map_err(told)?;
    let count = |table: &str| {
        db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).map_err(told)
    };
    Ok(BackupTold {
        unit: db.query_row("SELECT name FROM unit", [], |row| row.get(0)).map_err(told)?,
        people: count("person")?,
        records: count("record")?,
    })
}

/// The copy is a sound registry that this program can open.
fn verify(what: &str, file: &Path, copy: &Path) -> Result<()> {
    let told = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => unusable(what, file, error),
        _ => trouble(what, file, error),
    };
    let db = Connection::open(copy).map_err(told)?;
    // Damage shows already where the version stands.
    db.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(told)?;
    migrate::version(what, file, &db)?;
    // A log's header without a log: the file must stand alone.
    db.pragma_update(None, "journal_mode", "DELETE").map_err(told)?;
    if let Some(fault) = sound(&db).map_err(told)? {
        return Err(unusable(what, file, fault));
    }
    db.close().map_err(|(_, error)| told(error))
}

/// A file that can never be restored from.
fn unusable(
    what: &str,
    file: &Path,
    source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
) -> Failure {
    let why = "这个文件已损坏，或不是登记库的备份，没有改动现有的登记库";
    Failure::cannot(what, file.display().to_string(), why, "请换一个备份").because(source)
}

/// Moves the present database into `backups`, its log with it.
fn set_aside(dir: &Path) -> Result<()> {
    let io = |error| Failure::io(WHAT, dir, error);
    let present = dir.join(DATABASE);
    if present.exists() {
        // Where it is still sound its log is first written into it; a damaged one moves as it is.
        if let Ok(db) = Connection::open(&present) {
            let _ = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
        let kept = fresh_name(dir, "恢复前")?;
        durable::rename(&present, &kept).map_err(io)?;
        let log = beside(&present, "-wal");
        if fs::metadata(&log).is_ok_and(|log| log.len() > 0) {
            durable::rename(&log, &beside(&kept, "-wal")).map_err(io)?;
        }
    }
    for left in ["-wal", "-shm", "-journal"] {
        match fs::remove_file(beside(&present, left)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(io(error)),
            _ => {}
        }
    }
    Ok(())
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
