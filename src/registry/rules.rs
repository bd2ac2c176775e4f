//! The notices and calendar years that a registry goes by: the program's own of the same region,
//! and what lies in the registry's `notices` and `calendar` folders.

use super::Registry;
use crate::failure::{Failure, Result};
use crate::notice::load::{BUILTIN, load, load_calendar};
use crate::notice::{Calendar, CalendarYear, Notice, Platform};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) const NOTICES: &str = "notices";
const CALENDAR: &str = "calendar";

/// Notices by campaign year (never empty), and added calendar years.
pub(super) struct Rules {
    /// As they were written.
    written: BTreeMap<i32, Arc<Notice>>,
    /// With the platforms that the unit added.
    notices: BTreeMap<i32, Arc<Notice>>,
    calendar: Vec<CalendarYear>,
}

impl Rules {
    /// Reads what a registry of this region goes by. A notice of the registry's own stands above a
    /// built-in one of the same year.
    pub fn read(dir: &Path, region: &str, notice: &str) -> Result<Self> {
        let mut notices = BTreeMap::new();
        for (id, text) in BUILTIN {
            let notice = load(id, text)?;
            if notice.region == region {
                notices.insert(notice.campaign_year, Arc::new(notice));
            }
        }
        for file in toml_files(&dir.join(NOTICES))? {
            let notice = load(&file.display().to_string(), &text_of(&file)?)?;
            notices.insert(notice.campaign_year, Arc::new(notice));
        }
        if notices.is_empty() {
            return Err(Failure::cannot(
                "读取通知规则",
                dir.join(NOTICES).display().to_string(),
                format!("登记库所用的通知 {notice} 不在了"),
                "请把该通知的规则文件放回 notices 文件夹",
            ));
        }
        let mut calendar: Vec<CalendarYear> =
            notices.values().flat_map(|notice| notice.calendar.iter().cloned()).collect();
        for file in toml_files(&dir.join(CALENDAR))? {
            calendar.extend(load_calendar(&file.display().to_string(), &text_of(&file)?)?);
        }
        Ok(Self { written: notices.clone(), notices, calendar })
    }

    /// Puts the unit's platforms among those of every notice; one of the same name takes its place.
    pub fn add(&mut self, platforms: &[Platform]) {
        self.notices = self.written.clone();
        if platforms.is_empty() {
            return;
        }
        for notice in self.notices.values_mut() {
            let known = &mut Arc::make_mut(notice).platforms;
            known.retain(|it| platforms.iter().all(|added| added.name != it.name));
            known.extend_from_slice(platforms);
        }
    }
}

/// A built-in notice by its id, or that of a file; with the text to copy when it came from a file.
pub(super) fn find(notice: &str) -> Result<(Notice, Option<String>)> {
    if let Some((id, text)) = BUILTIN.iter().find(|(id, _)| *id == notice) {
        return Ok((load(id, text)?, None));
    }
    let file = Path::new(notice);
    if !file.is_file() {
        let known: Vec<_> = BUILTIN.iter().map(|(id, _)| *id).collect();
        return Err(Failure::cannot(
            "选用通知",
            notice,
            "程序里没有这个通知，也没有这个规则文件",
            format!("请用内置的通知（{}），或给出规则文件的路径", known.join("、")),
        ));
    }
    let text = text_of(file)?;
    Ok((load(&file.display().to_string(), &text)?, Some(text)))
}

fn text_of(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| Failure::io("读取规则文件", file, error))
}

/// The `*.toml` of a folder in name order; none if there is no such folder.
fn toml_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let told = |error| Failure::io("读取登记库", folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(told(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(told)?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

impl Registry {
    /// The registry's current notice (the latest campaign year it has), with the unit's own platforms.
    pub fn notice(&self) -> Arc<Notice> {
        let (_, notice) =
            self.rules.notices.last_key_value().expect("a registry without a notice is not opened");
        Arc::clone(notice)
    }

    /// The notice of a campaign year.
    ///
    /// # Errors
    /// There is none: a year without a notice is refused.
    pub fn notice_of(&self, campaign: i32) -> Result<Arc<Notice>> {
        self.rules.notices.get(&campaign).map(Arc::clone).ok_or_else(|| {
            let known: Vec<_> = self.rules.notices.keys().map(i32::to_string).collect();
            Failure::cannot(
                "选用通知",
                format!("{campaign} 年度"),
                format!("没有 {campaign} 年度的通知，现有 {} 年度", known.join("、")),
                "请核对年度，或把该年度的规则文件放进登记库的 notices 文件夹",
            )
        })
    }

    /// holiday-cn, the notices' patches and the registry's `calendar/*.toml`.
    pub fn calendar(&self) -> Calendar {
        Calendar::with(self.rules.calendar.clone())
    }
}
