//! What 公示, 报送, 规则 and 设置 ask the worker to do beyond the common chores: one verb each, one
//! undo step each where something changes, one sentence about what was done.

use super::desk::{BackupFile, Finished, Outcome, Room};
use super::dialog::Paper;
use super::drives;
use crate::durable;
use crate::failure::{Failure, Result};
use crate::ledger::{Objection, PersonId, Publicity, PublicityId};
use crate::notice::{CalendarYear, Platform, load};
use crate::registry::Registry;
use chrono::NaiveDate;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn said(text: impl Into<String>, touched: Option<Vec<PersonId>>) -> Finished {
    Finished { outcome: Outcome::Said { text: text.into(), undoable: true }, touched }
}

fn run_of(registry: &Registry, id: PublicityId) -> Result<Publicity> {
    let campaign = registry.notice().campaign_year;
    registry.publicity(campaign)?.into_iter().find(|run| run.id == id).ok_or_else(|| {
        Failure::refused("办理公示", "", "这一批公示已经不在了", "它可能刚被撤销，请再看一下列表")
    })
}

/// Notes an objection against a run (B3-11).
///
/// # Errors
/// The run is gone; what the registry refuses.
pub fn object(
    registry: &mut Registry,
    id: PublicityId,
    about: Option<PersonId>,
    objection: &str,
) -> Result<Finished> {
    let mut run = run_of(registry, id)?;
    run.objections.push(Objection { about, ..Objection::from(objection) });
    registry.transact("记录公示异议", |tx| tx.save_publicity(&run))?;
    Ok(said("已记下异议", Some(Vec::new())))
}

/// Ends this very run on a day that has come (B3-11, A-29).
///
/// # Errors
/// Before the last required day has ended; already ended.
pub fn end_run(
    registry: &mut Registry,
    id: PublicityId,
    date: NaiveDate,
    today: NaiveDate,
) -> Result<Finished> {
    let rule = registry.notice().publicity.clone();
    let run = run_of(registry, id)?.ended(date, today, &rule)?;
    let action = format!("结束公示：{} {} 人", run.level_group, run.members.len());
    registry.transact(&action, |tx| tx.save_publicity(&run))?;
    let text = format!("{}公示已结束，{} 人", run.level_group, run.members.len());
    Ok(said(text, Some(run.members)))
}

/// Looks at the folder a package is to be written to, and at the drives that are plugged in.
pub fn room(folder: Option<&Path>) -> Outcome {
    let there = folder.filter(|folder| folder.is_dir());
    let free = there.and_then(|folder| fs4::available_space(folder).ok());
    Outcome::Room(Room { free, drives: drives::plugged_in() })
}

/// The backups in the registry's own folder, newest first.
///
/// # Errors
/// I/O.
pub fn backups(registry: &Registry) -> Result<Finished> {
    Ok(Finished::unchanged(Outcome::Backups { made: None, all: listed(registry)? }))
}

/// Makes a backup, in the registry's own folder or elsewhere.
///
/// # Errors
/// I/O; the snapshot fails its own check.
pub fn back_up(registry: &Registry, to: Option<&Path>) -> Result<Finished> {
    let made = registry.backup(to)?;
    Ok(Finished::unchanged(Outcome::Backups { made: Some(made), all: listed(registry)? }))
}

fn listed(registry: &Registry) -> Result<Vec<BackupFile>> {
    let folder = registry.dir().join("backups");
    let told = |error| Failure::io("列出备份", &folder, error);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(told(error)),
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.map_err(told)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || !name.ends_with(".sqlite3") {
            continue;
        }
        let facts = entry.metadata().map_err(told)?;
        all.push(BackupFile {
            name,
            bytes: facts.len(),
            made: facts.modified().map_err(told)?.into(),
        });
    }
    all.sort_by(|a, b| (b.made, &b.name).cmp(&(a.made, &a.name)));
    Ok(all)
}

/// Adds a platform of the unit's own, or changes one; `before` is the name it had.
///
/// # Errors
/// What the registry refuses.
pub fn save_platform(
    registry: &mut Registry,
    platform: &Platform,
    before: Option<&str>,
) -> Result<Finished> {
    let renamed = before.filter(|before| *before != platform.name);
    registry.transact("保存平台", |tx| {
        if let Some(before) = renamed {
            tx.delete_platform(before)?;
        }
        tx.save_platform(platform)
    })?;
    // Whose courses it gave is not known without looking at all records.
    Ok(said(format!("已记下平台 {}", platform.name), None))
}

/// Takes a platform of the unit's own away.
///
/// # Errors
/// What the registry refuses.
pub fn delete_platform(registry: &mut Registry, name: &str) -> Result<Finished> {
    registry.transact("删除平台", |tx| tx.delete_platform(name))?;
    Ok(said(format!("已删除平台 {name}"), None))
}

/// Keeps a year's days off and days worked in the registry's `calendar` folder; the registry is to be
/// opened again to go by it.
///
/// # Errors
/// I/O; the days are not of that year.
pub fn save_calendar(registry: &Registry, year: &CalendarYear) -> Result<Finished> {
    let days =
        |days: &[NaiveDate]| days.iter().map(NaiveDate::to_string).collect::<Vec<_>>().join(", ");
    let mut text = String::from(
        "# 本单位录入的放假安排。off 是周一到周五放假的日子，work 是周末上班的日子。\n\n",
    );
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "[[calendar]]\nyear = {}\noff = [{}]\nwork = [{}]\n",
        year.year,
        days(&year.off),
        days(&year.work)
    );
    keep_calendar(registry, &format!("{}.toml", year.year), &text, &year.year.to_string())
}

/// Takes a file of calendar years into the registry's `calendar` folder.
///
/// # Errors
/// It cannot be read, or is no file of calendar years.
pub fn take_calendar(registry: &Registry, file: &Path) -> Result<Finished> {
    let text =
        std::fs::read_to_string(file).map_err(|error| Failure::io("读取放假安排", file, error))?;
    let years = load::load_calendar(&file.display().to_string(), &text)?;
    let names: Vec<String> = years.iter().map(|year| year.year.to_string()).collect();
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    keep_calendar(registry, &name, &text, &names.join("、"))
}

fn keep_calendar(registry: &Registry, name: &str, text: &str, years: &str) -> Result<Finished> {
    load::load_calendar(name, text)?;
    let folder = registry.dir().join("calendar");
    let file = folder.join(name);
    std::fs::create_dir_all(&folder)
        .map_err(|error| Failure::io("保存放假安排", &folder, error))?;
    durable::write("保存放假安排", &file, text.as_bytes())?;
    Ok(Finished::unchanged(Outcome::Reopen {
        text: format!("已记下 {years} 年的放假安排"),
        dir: registry.dir().to_path_buf(),
    }))
}

/// The file name that a level's paper is offered under.
pub fn paper_name(paper: Paper, group: &str) -> String {
    let name = paper.file_name();
    match name.split_once('.') {
        Some((name, kind)) => format!("{name}（{group}）.{kind}"),
        None => name.to_owned(),
    }
}

/// The zip that a package is written to in a folder.
pub fn zip_in(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.zip"))
}
