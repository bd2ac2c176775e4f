//! Opening a registry: its lock, its database's settings, its shape brought up to date.

use super::rules::Rules;
use super::transact::{REDO, UNDO, next};
use super::trouble::trouble;
use super::{DATABASE, LOCK, Registry, migrate, platforms, rulings, tracking};
use crate::failure::{Failure, Result};
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

const WHAT: &str = "打开登记库";

impl Registry {
    /// # Errors
    /// Not a registry, damaged, made by a newer program, or open in another process.
    pub fn open(dir: &Path) -> Result<Self> {
        if !dir.is_dir() {
            let why = if dir.exists() {
                "这是文件，不是文件夹"
            } else {
                "没有这个文件夹"
            };
            let remedy = "请检查路径是否写对，或新建一个登记库";
            return Err(Failure::cannot(WHAT, dir.display().to_string(), why, remedy));
        }
        let file = dir.join(DATABASE);
        if !file.is_file() {
            let was_one = dir.join("evidence").is_dir() || dir.join("backups").is_dir();
            let (why, remedy) = if was_one {
                ("登记库的数据库文件不见了", "请用 backups 文件夹里最近的备份恢复")
            } else {
                ("这个文件夹不是登记库", "请选择登记库所在的文件夹，或新建一个登记库")
            };
            return Err(Failure::cannot(WHAT, dir.display().to_string(), why, remedy));
        }
        if file.metadata().is_ok_and(|it| it.len() == 0) {
            let why = "登记库的数据库文件是空的，已损坏";
            let remedy = "请用 backups 文件夹里最近的备份恢复";
            return Err(Failure::cannot(WHAT, dir.display().to_string(), why, remedy));
        }
        let lock = lock(WHAT, dir)?;
        let mut db = connect(&file).map_err(|error| trouble(WHAT, dir, error))?;
        migrate::migrate(dir, &mut db)?;
        let told = |error| trouble(WHAT, dir, error);
        tracking::install(&db).map_err(told)?;
        let (revision, notice, region, campaign) = db
            .query_row("SELECT revision, notice, region, campaign FROM registry", [], |row| {
                let texts = (row.get::<_, String>(1)?, row.get::<_, String>(2)?);
                Ok((row.get::<_, i64>(0)?, texts.0, texts.1, row.get(3)?))
            })
            .map_err(told)?;
        let mut rules = Rules::read(dir, &region, &notice, campaign)?;
        let chosen = rulings::read(&db).map_err(told)?;
        rules.lay(chosen, platforms::read(&db).map_err(told)?);
        Ok(Self {
            dir: dir.to_owned(),
            revision: revision.cast_unsigned(),
            undo: next(&db, UNDO).map_err(told)?,
            redo: next(&db, REDO).map_err(told)?,
            rules,
            db,
            _lock: lock,
        })
    }
}

/// Takes a registry's lock. The system releases it when the program ends, however it ends.
pub(super) fn lock(what: &str, dir: &Path) -> Result<File> {
    let path = dir.join(LOCK);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|error| Failure::io(what, &path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Failure::cannot(
            what,
            dir.display().to_string(),
            "这个登记库正被另一个学时程序打开",
            "请先关闭那个窗口，或等正在运行的命令结束，再试一次",
        )),
        Err(TryLockError::Error(error)) => Err(Failure::io(what, &path, error)),
    }
}

/// A connection with our settings; the file must be there.
pub(super) fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(file, flags)?;
    db.busy_timeout(Duration::from_secs(2))?;
    db.set_prepared_statement_cache_capacity(128);
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(db)
}
