//! Making a new registry: built whole in a folder beside its place, then renamed, so that a failure leaves nothing.

use super::backup::BACKUPS;
use super::rules::{self, NOTICES};
use super::trouble::trouble;
use super::{DATABASE, Registry, migrate, open, people, rows};
use crate::durable;
use crate::failure::{Failure, Result};
use crate::ledger::Unit;
use crate::notice::Notice;
use rusqlite::Connection;
use std::path::Path;
use std::{fs, io};

const WHAT: &str = "新建登记库";

impl Registry {
    /// Makes a new registry in `dir`. `notice` is a built-in id or the path of a notice file, which is copied in.
    ///
    /// # Errors
    /// The folder is in use, its parent does not exist, the unit's facts do not fit the notice, I/O.
    pub fn create(dir: &Path, unit: &Unit, notice: &str) -> Result<Self> {
        let dir = &std::path::absolute(dir).map_err(|error| Failure::io(WHAT, dir, error))?;
        let (notice, text) = rules::find(notice)?;
        let unit = fitting(WHAT, unit, &notice)?;
        let place = place(dir)?;
        let building = tempfile::Builder::new()
            .prefix(".新建未完成-")
            .tempdir_in(place)
            .map_err(|error| Failure::io(WHAT, place, error))?;
        let io = |error| Failure::io(WHAT, building.path(), error);
        fs::create_dir(building.path().join("evidence")).map_err(io)?;
        fs::create_dir(building.path().join(BACKUPS)).map_err(io)?;
        if let Some(text) = text {
            let notices = building.path().join(NOTICES);
            fs::create_dir(&notices).map_err(io)?;
            fs::write(notices.join(format!("{}.toml", notice.id)), text).map_err(io)?;
        }
        fill(&building.path().join(DATABASE), &unit, &notice)
            .map_err(|error| trouble(WHAT, dir, error))?;
        if place == dir {
            move_up(building.path(), dir).map_err(|error| Failure::io(WHAT, dir, error))?;
            building.close().map_err(|error| Failure::io(WHAT, dir, error))?;
        } else {
            durable::rename(building.path(), dir).map_err(|error| Failure::io(WHAT, dir, error))?;
            // It has moved away: nothing remains to be removed.
            let _ = building.keep();
        }
        Self::open(dir)
    }
}

/// Moves what was built into the empty folder that holds it; the database, which makes it a registry, last.
fn move_up(building: &Path, dir: &Path) -> io::Result<()> {
    let parts = ["evidence", BACKUPS, NOTICES, DATABASE];
    let moved = parts
        .iter()
        .filter(|part| building.join(part).exists())
        .try_for_each(|part| durable::rename(&building.join(part), &dir.join(part)));
    if moved.is_err() {
        for part in parts {
            // Back to where it is removed with the rest; what never moved is there already.
            let _ = fs::rename(dir.join(part), building.join(part));
        }
    }
    moved
}

/// Where to build: in `dir` itself if it is there and empty, else in its parent.
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
            return Ok(dir);
        }
        ("这个文件夹里已经有别的文件", "请换一个空文件夹")
    } else {
        return Ok(parent);
    };
    Err(Failure::cannot(WHAT, dir.display().to_string(), why, remedy))
}

/// The unit as the notice knows it: its kind is one of the notice's (the first where none is given),
/// its county written out.
pub(super) fn fitting(what: &str, unit: &Unit, notice: &Notice) -> Result<Unit> {
    if unit.name.trim().is_empty() {
        return Err(Failure::usage(what, "单位名称", "单位名称是空的", "请填写单位全称"));
    }
    let kind = match (unit.kind.trim(), notice.recipients.first()) {
        // The notice lists first the kind of unit that it is chiefly addressed to.
        ("", Some(first)) => first.unit_kind.clone(),
        (kind, _) => kind.to_owned(),
    };
    let Some(recipient) = notice.recipient_rule(&kind) else {
        let mut kinds: Vec<&str> =
            notice.recipients.iter().map(|recipient| recipient.unit_kind.as_str()).collect();
        kinds.dedup();
        return Err(Failure::usage(
            what,
            "单位类别",
            format!("通知里没有「{kind}」这一类单位"),
            format!("请从这些里选：{}", kinds.join("、")),
        ));
    };
    let counties = notice.counties.join("、");
    let remedy = || match counties.as_str() {
        "" => "请填写所在县市的全称".to_owned(),
        counties => format!("请从这些里选：{counties}"),
    };
    let given = unit.county.trim();
    if recipient.needs_county && given.is_empty() {
        let why = format!("{kind}单位要写明所在县市");
        return Err(Failure::usage(what, "县市", why, remedy()));
    }
    let county = notice.county(given);
    if county.is_none() && !given.is_empty() && !notice.counties.is_empty() {
        let why = format!("通知里没有「{given}」这个县市");
        return Err(Failure::usage(what, "县市", why, remedy()));
    }
    // It stands on papers, on one line.
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let unit = Unit {
        kind,
        county: county.unwrap_or_else(|| given.to_owned()),
        name: one_line(&unit.name),
        department: one_line(&unit.department),
        contact: one_line(&unit.contact),
        phone: one_line(&unit.phone),
        ..unit.clone()
    };
    if unit.bypasses(notice) && unit.recipient_reason.trim().is_empty() {
        let why = format!("下属单位原则上报送给主管部门，另选「{}」没有写理由", unit.recipient);
        return Err(Failure::usage(what, "报送至", why, "请写明理由，或改回主管部门"));
    }
    Ok(unit)
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
