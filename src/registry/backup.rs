//! Backups: verified snapshots through the database's own backup, never a copy of the file, for a copy taken
//! while the write-ahead log is live silently loses rows.

use super::trouble::trouble;
use super::{Registry, tracking};
use crate::durable;
use crate::failure::{Failure, Result};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::{Path, PathBuf};
use std::time::Duration;

const WHAT: &str = "备份登记库";
pub(super) const BACKUPS: &str = "backups";
/// Pages copied between two looks at the clerk.
const PAGES: i32 = 1024;
const PAUSE: Duration = Duration::from_millis(20);

impl Registry {
    /// A verified snapshot (never a file copy); `to` defaults to `backups/<time>.sqlite3`. Returns its path.
    ///
    /// # Errors
    /// The file exists; I/O; the snapshot fails its own check.
    pub fn backup(&self, to: Option<&Path>) -> Result<PathBuf> {
        self.backup_watched(to, &|_, _, _| true)
    }

    /// As [`Registry::backup`], telling how far it is; `progress` says whether to go on.
    ///
    /// # Errors
    /// As [`Registry::backup`]; cancelled, and then nothing is left.
    pub fn backup_watched(
        &self,
        to: Option<&Path>,
        progress: &dyn Fn(u64, u64, &str) -> bool,
    ) -> Result<PathBuf> {
        let to = match to {
            Some(to) => to.to_owned(),
            None => fresh_name(&self.dir, "")?,
        };
        watched(&self.db, &to, progress)?;
        Ok(to)
    }
}

/// A name in `backups` that is not taken, bearing the time and a word.
pub(super) fn fresh_name(dir: &Path, word: &str) -> Result<PathBuf> {
    let folder = dir.join(BACKUPS);
    std::fs::create_dir_all(&folder).map_err(|error| Failure::io(WHAT, &folder, error))?;
    let time = chrono::Local::now().format("%Y%m%d-%H%M%S");
    let dash = if word.is_empty() { "" } else { "-" };
    let mut names = (1..).map(|n| {
        let again = if n == 1 { String::new() } else { format!("-{n}") };
        folder.join(format!("{time}{dash}{word}{again}.sqlite3"))
    });
    // The names never end.
    Ok(names.find(|name| !name.exists()).unwrap_or(folder))
}

/// Writes a snapshot of `db` to `to`, checks it, and only then gives it its name.
pub(super) fn snapshot(db: &Connection, to: &Path) -> Result<()> {
    watched(db, to, &|_, _, _| true)
}

fn watched(db: &Connection, to: &Path, progress: &dyn Fn(u64, u64, &str) -> bool) -> Result<()> {
    let parent = match to.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => to,
    };
    if !parent.is_dir() {
        return Err(Failure::cannot(
            WHAT,
            to.display().to_string(),
            "要存放备份的文件夹不存在",
            "请先建好文件夹，或换一个位置",
        ));
    }
    if to.exists() {
        return Err(Failure::cannot(
            WHAT,
            to.display().to_string(),
            "已经有同名的文件",
            "请换一个文件名，备份不会覆盖已有文件",
        ));
    }
    let io = |error| Failure::io(WHAT, to, error);
    let told = |error| trouble(WHAT, to, error);
    let unfinished = tempfile::Builder::new()
        .prefix(".备份未完成-")
        .tempfile_in(parent)
        .map_err(io)?
        .into_temp_path();
    let stopped = || Failure::refused(WHAT, "", "已经取消", "没有留下半成品，可以随时重来");
    if !write(db, &unfinished, progress).map_err(told)? || !progress(1, 1, "正在核对备份") {
        return Err(stopped());
    }
    let copy = Connection::open(&unfinished).map_err(told)?;
    let sound = sound(&copy).map_err(told)?;
    let whole = counts(db).map_err(told)? == counts(&copy).map_err(told)?;
    copy.close().map_err(|(_, error)| told(error))?;
    if let Some(fault) = sound {
        return Err(Failure::cannot(
            WHAT,
            to.display().to_string(),
            "备份没有通过完整性检查，登记库可能已损坏",
            "请运行检查，并保留已有的备份",
        )
        .because(fault));
    }
    if !whole {
        return Err(Failure::cannot(
            WHAT,
            to.display().to_string(),
            "备份里的条数与登记库不一致",
            "请再试一次；若仍不行，请换一个磁盘",
        ));
    }
    durable::persist(unfinished, to).map_err(io)
}

/// Copies page by page; false when it was cancelled.
fn write(
    db: &Connection,
    to: &Path,
    progress: &dyn Fn(u64, u64, &str) -> bool,
) -> rusqlite::Result<bool> {
    let mut copy = Connection::open(to)?;
    {
        let backup = Backup::new(db, &mut copy)?;
        loop {
            let step = backup.step(PAGES)?;
            let now = backup.progress();
            let total = u64::from(now.pagecount.unsigned_abs());
            let done = total.saturating_sub(u64::from(now.remaining.unsigned_abs()));
            if !progress(done, total, "正在写备份") {
                return Ok(false);
            }
            match step {
                StepResult::Done => break,
                // Somebody else reads or writes the copy just now.
                StepResult::Busy | StepResult::Locked => std::thread::sleep(PAUSE),
                _ => {}
            }
        }
    }
    // A snapshot is one file: it must not ask for a log beside it.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| error)?;
    Ok(true)
}

/// What an integrity check finds first; nothing when the file is sound.
pub(super) fn sound(db: &Connection) -> rusqlite::Result<Option<String>> {
    let verdict: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Ok(Some(verdict));
    }
    let dangling: i64 =
        db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
    Ok((dangling > 0).then(|| format!("{dangling} rows name an owner that is gone")))
}

/// How many rows each table has.
fn counts(db: &Connection) -> rusqlite::Result<Vec<(String, i64)>> {
    let mut tables = tracking::tables(db)?;
    tables.extend(["step".to_owned(), "change".to_owned()]);
    tables
        .into_iter()
        .map(|table| {
            let count =
                db.query_row(&format!("SELECT count(*) FROM main.{table}"), [], |row| row.get(0))?;
            Ok((table, count))
        })
        .collect()
}
