//! Making a new registry: built whole in a folder beside its place, then renamed, so that a failure leaves nothing.

use super::rules::{self, NOTICES};
use super::trouble::trouble;
use super::{DATABASE, Registry, durable, migrate, open, people, rows};
use crate::failure::{Failure, Result};
use crate::ledger::Unit;
use crate::notice::Notice;
use rusqlite::Connection;
use std::fs;
use std::path::Path;

const WHAT: &str = "新建登记库";

impl Registry {
    /// Makes a new registry in `dir`. `notice` is a built-in id or the path of a notice file, which is copied in.
    ///
    /// # Errors
    /// The folder is in use, its parent does not exist, the unit's facts do not fit the notice, I/O.
    pub fn create(dir: &Path, unit: &Unit, notice: &str) -> Result<Self> {
        let dir = &std::path::absolute(dir).map_err(|error| Failure::io(WHAT, dir, error))?;
        let (notice, text) = rules::find(notice)?;
        fits(unit, &notice)?;
        let parent = place(dir)?;
        let building = tempfile::Builder::new()
            .prefix(".学时登记库-")
            .tempdir_in(parent)
            .map_err(|error| Failure::io(WHAT, parent, error))?;
        let io = |error| Failure::io(WHAT, building.path(), error);
        fs::create_dir(building.path().join("evidence")).map_err(io)?;
        fs::create_dir(building.path().join("backups")).map_err(io)?;
        if let Some(text) = text {
            let notices = building.path().join(NOTICES);
            fs::create_dir(&notices).map_err(io)?;
            fs::write(notices.join(format!("{}.toml", notice.id)), text).map_err(io)?;
        }
        fill(&building.path().join(DATABASE), unit, &notice)
            .map_err(|error| trouble(WHAT, dir, error))?;
        if dir.exists() {
            fs::remove_dir(dir).map_err(|error| Failure::io(WHAT, dir, error))?;
        }
        durable::rename(building.path(), dir).map_err(|error| Failure::io(WHAT, dir, error))?;
        // It has moved away: nothing remains to be removed.
        let _ = building.keep();
        Self::open(dir)
    }
}

/// The parent of a folder that is absent or empty.
fn place(dir: &Path) -> Result<&Path> {
    let parent = dir.parent().unwrap_or(dir);
    if !parent.is_dir() {
        return Err(Failure::cannot(
            WHAT,
            dir.display().to_string(),
            "上一级文件夹不存在",
            "请先建好上一级文件夹，或换一个位置",
        ));
    }
    let (why, remedy) = if dir.join(DATABASE).exists() {
        ("这个文件夹里已经有一个登记库", "请直接打开它，或换一个文件夹")
    } else if dir.exists() && !dir.is_dir() {
        ("这个位置已经有一个同名文件", "请换一个名字或位置")
    } else if dir.is_dir() {
        let mut entries = fs::read_dir(dir).map_err(|error| Failure::io(WHAT, dir, error))?;
        if entries.next().is_none() {
            return Ok(parent);
        }
        ("这个文件夹里已经有别的文件", "请换一个空文件夹")
    } else {
        return Ok(parent);
    };
    Err(Failure::cannot(WHAT, dir.display().to_string(), why, remedy))
}

/// Whether a notice knows such a unit.
fn fits(unit: &Unit, notice: &Notice) -> Result<()> {
    if unit.name.trim().is_empty() {
        return Err(Failure::usage(WHAT, "单位名称", "单位名称是空的", "请填写单位全称"));
    }
    let Some(recipient) = notice.recipients.iter().find(|it| it.unit_kind == unit.kind) else {
        let mut kinds: Vec<&str> = Vec::new();
        for recipient in &notice.recipients {
            if !kinds.contains(&recipient.unit_kind.as_str()) {
                kinds.push(&recipient.unit_kind);
            }
        }
        return Err(Failure::usage(
            WHAT,
            "单位类别",
            format!("通知里没有「{}」这一类单位", unit.kind),
            format!("请从这些里选：{}", kinds.join("、")),
        ));
    };
    if recipient.needs_county && unit.county.trim().is_empty() {
        return Err(Failure::usage(
            WHAT,
            "县市",
            format!("{}单位要写明所在县市", unit.kind),
            "请填写县市，例如 吉首市",
        ));
    }
    Ok(())
}

fn fill(file: &Path, unit: &Unit, notice: &Notice) -> rusqlite::Result<()> {
    // Made first: our connections never create a file.
    Connection::open(file)?.close().map_err(|(_, error)| error)?;
    let mut db = open::connect(file)?;
    migrate::run(&mut db, 0)?;
    let now = rows::time_cell(chrono::Local::now().naive_local());
    db.execute(
        "INSERT INTO registry (id, revision, notice, region, created) VALUES (1, 0, ?1, ?2, ?3)",
        rusqlite::params![notice.id, notice.region, now],
    )?;
    people::first_unit(&db, unit)?;
    db.close().map_err(|(_, error)| error)
}
