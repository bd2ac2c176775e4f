//! What 公示, 报送, 规则 and 设置 ask the worker to do beyond the common chores: one verb each, one
//! undo step each where something changes, one sentence about what was done.

use super::desk::{BackupFile, Finished, Outcome, Room};
use super::dialog::Paper;
use super::drives;
use super::pages::settings::TemplateFound;
use crate::documents::CertificateTemplate;
use crate::durable;
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{Evidence, Objection, PersonId, Publicity, PublicityId};
use crate::notice::{CalendarYear, Platform, Ruling, load};
use crate::registry::{Registry, effect, examine};
use crate::template;
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
pub fn back_up(registry: &Registry, to: Option<&Path>, progress: Progress<'_>) -> Result<Finished> {
    let made = registry.backup_watched(to, progress)?;
    Ok(Finished::unchanged(Outcome::Backups { made: Some(made), all: listed(registry)? }))
}

/// Makes a backup of everything, evidence included.
///
/// # Errors
/// As [`Registry::backup_whole`].
pub fn back_up_whole(registry: &Registry, to: &Path, progress: Progress<'_>) -> Result<Finished> {
    let scans = registry.backup_whole(to, progress)?;
    let text = format!("完整备份已写好并核对，证明材料 {scans} 个");
    Ok(Finished::unchanged(Outcome::Saved { text, path: to.to_path_buf() }))
}

/// Checks a backup as restoring would.
pub fn check_backup(name: String, file: &Path) -> Finished {
    let told = match examine(file) {
        Ok(told) => {
            Ok(format!("完好：{}，{} 人，{} 条学习记录", told.unit, told.people, told.records))
        }
        Err(failure) => Err(failure.to_string()),
    };
    Finished::unchanged(Outcome::Checked { name, told })
}

/// How the certificate's template stands.
///
/// # Errors
/// Its folder cannot be read.
pub fn template(registry: &Registry) -> Result<Finished> {
    let found = match registry.template(CertificateTemplate::FILE) {
        Ok(None) => TemplateFound { file: None, fault: None },
        Ok(Some(_)) | Err(_) => TemplateFound {
            file: Some(registry.template_file(CertificateTemplate::FILE)),
            fault: template::of(registry).err().map(|failure| failure.to_string()),
        },
    };
    Ok(Finished::unchanged(Outcome::Template(found)))
}

/// Gives the unit a template of its own to edit: a copy of the program's.
///
/// # Errors
/// I/O.
pub fn copy_template(registry: &Registry) -> Result<Finished> {
    registry.keep_template(CertificateTemplate::FILE, CertificateTemplate::BUILTIN)?;
    template(registry)
}

/// Goes back to the program's template; the unit's own is kept under another name.
///
/// # Errors
/// I/O.
pub fn drop_template(registry: &Registry) -> Result<Finished> {
    registry.drop_template(CertificateTemplate::FILE)?;
    template(registry)
}

/// The spellings of workplaces in use.
///
/// # Errors
/// Damage.
pub fn units(registry: &Registry) -> Result<Finished> {
    Ok(Finished::unchanged(Outcome::Units(registry.workplaces()?)))
}

/// Brings one spelling of a workplace together with another.
///
/// # Errors
/// What the registry refuses.
pub fn rename_unit(registry: &mut Registry, from: &str, to: &str) -> Result<Finished> {
    let action = format!("统一单位名称：{from}");
    let changed = registry.transact(&action, |tx| tx.rename_workplace(from, to))?.value;
    Ok(said(format!("{changed} 人的工作单位已写作“{to}”"), None))
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
    let proofs: Vec<Evidence> = match renamed {
        Some(before) => {
            let all = registry.platform_proofs()?.into_iter();
            all.filter(|(of, _)| of == before).map(|(_, proof)| proof).collect()
        }
        None => Vec::new(),
    };
    registry.transact("保存平台", |tx| {
        if let Some(before) = renamed {
            tx.delete_platform(before)?;
        }
        tx.save_platform(platform)?;
        // Proofs move along with the name.
        if proofs.is_empty() { Ok(()) } else { tx.save_platform_proofs(&platform.name, &proofs) }
    })?;
    // Whose courses it gave is not known without looking at all records.
    Ok(said(format!("已记下平台 {}", platform.name), None))
}

/// Puts proofs that a platform is filed beside it.
///
/// # Errors
/// A file is no scan; what the registry refuses.
pub fn attach_proofs(
    registry: &mut Registry,
    platform: &str,
    files: &[PathBuf],
    progress: Progress<'_>,
) -> Result<Finished> {
    let vault = registry.vault();
    let all = registry.platform_proofs()?.into_iter();
    let mut proofs: Vec<Evidence> =
        all.filter(|(of, _)| of == platform).map(|(_, proof)| proof).collect();
    for (nr, file) in files.iter().enumerate() {
        if !progress(nr as u64, files.len() as u64, "放入材料") {
            return Err(Failure::refused("放入备案证明", "", "已停下", "没有写入，可重新来"));
        }
        let proof = vault.take_in(file)?;
        if proofs.iter().all(|known| known.sha256 != proof.sha256) {
            proofs.push(proof);
        }
    }
    registry.transact("放入备案证明", |tx| tx.save_platform_proofs(platform, &proofs))?;
    Ok(said(format!("已放入 {platform} 的备案证明"), Some(Vec::new())))
}

/// Takes a proof away from a platform.
///
/// # Errors
/// What the registry refuses.
pub fn drop_proof(registry: &mut Registry, platform: &str, sha256: &str) -> Result<Finished> {
    let all = registry.platform_proofs()?.into_iter();
    let left: Vec<Evidence> = all
        .filter(|(of, proof)| of == platform && proof.sha256 != sha256)
        .map(|(_, proof)| proof)
        .collect();
    registry.transact("取下备案证明", |tx| tx.save_platform_proofs(platform, &left))?;
    Ok(said("已取下备案证明", Some(Vec::new())))
}

/// Takes a platform of the unit's own away.
///
/// # Errors
/// What the registry refuses.
pub fn delete_platform(registry: &mut Registry, name: &str) -> Result<Finished> {
    registry.transact("删除平台", |tx| tx.delete_platform(name))?;
    Ok(said(format!("已删除平台 {name}"), None))
}

/// Looks at what a choice (口径) would change.
///
/// # Errors
/// The choice is none; stopped.
pub fn effect_of_ruling(
    registry: &Registry,
    asked: u64,
    ruling: &Ruling,
    today: NaiveDate,
    progress: Progress<'_>,
) -> Result<Finished> {
    let year = registry.notice().campaign_year;
    let told = effect::of_ruling(registry, year, ruling, today, progress)?.told();
    Ok(Finished::unchanged(Outcome::Effect { asked, told }))
}

/// Makes a choice (口径).
///
/// # Errors
/// What the registry refuses.
pub fn save_ruling(registry: &mut Registry, year: i32, ruling: &Ruling) -> Result<Finished> {
    let action = format!("另定口径 {}", ruling.decision);
    registry.transact(&action, |tx| tx.save_ruling(year, ruling))?;
    let told = registry.notice_of(year)?;
    let stands = told
        .changed
        .iter()
        .any(|it| (&it.ruling.decision, &it.ruling.switch) == (&ruling.decision, &ruling.switch));
    let what = if stands { "已另定" } else { "已恢复原样" };
    Ok(said(format!("口径 {} {what}", ruling.decision), None))
}

/// Puts another year into work.
///
/// # Errors
/// No notice for the year.
pub fn choose_campaign(registry: &mut Registry, year: i32) -> Result<Finished> {
    registry.choose_campaign(year)?;
    Ok(Finished::unchanged(Outcome::Reopen {
        text: format!("现在按 {year} 年度办"),
        dir: registry.dir().to_path_buf(),
    }))
}

/// A notice made in the window.
pub struct NewNotice {
    pub text: String,
    pub words: String,
    pub replace: bool,
    pub in_work: bool,
    /// Take the choices (口径) of this year along.
    pub rulings_of: Option<i32>,
}

/// Takes a notice in; the choices that fit it come along.
///
/// # Errors
/// What the registry refuses.
pub fn take_notice(
    registry: &mut Registry,
    taking: &NewNotice,
    today: NaiveDate,
) -> Result<Finished> {
    let (year, _) = registry.take_notice(&taking.text, Some(&taking.words), taking.replace)?;
    let rulings = match taking.rulings_of {
        Some(from) => registry.rulings(from)?,
        None => Vec::new(),
    };
    // What no longer fits is left to be chosen anew.
    let fitting: Vec<Ruling> = rulings
        .into_iter()
        .filter(|ruling| registry.notice_under(year, ruling).is_ok())
        .map(|ruling| Ruling { at: today, ..ruling })
        .collect();
    if !fitting.is_empty() {
        registry.transact(&format!("沿用口径到 {year} 年度"), |tx| {
            fitting.iter().try_for_each(|ruling| tx.save_ruling(year, ruling))
        })?;
    }
    if taking.in_work {
        registry.choose_campaign(year)?;
    }
    Ok(Finished::unchanged(Outcome::Reopen {
        text: format!("{year} 年度的通知已存好"),
        dir: registry.dir().to_path_buf(),
    }))
}

/// Reads a notice in full from a text file, of whatever encoding Windows wrote it in.
///
/// # Errors
/// I/O.
pub fn read_words(file: &Path) -> Result<Finished> {
    let bytes = std::fs::read(file).map_err(|error| Failure::io("读入通知全文", file, error))?;
    let words = match String::from_utf8(bytes) {
        Ok(words) => words,
        Err(other) => encoding_rs::GB18030.decode(other.as_bytes()).0.into_owned(),
    };
    let words = words.trim_start_matches('\u{feff}').to_owned();
    Ok(Finished::unchanged(Outcome::NoticeWords(words)))
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
