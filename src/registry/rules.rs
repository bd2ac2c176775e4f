//! The notices and calendar years that a registry goes by: the program's own of the same region, and what
//! lies in the registry's `notices` and `calendar` folders; over them what the unit chose (口径) and its
//! platforms. A file that cannot be read is kept as a fault and stops nothing unless it is in use.

use super::{BrokenRule, Registry};
use crate::failure::{Failure, Result};
use crate::notice::load::{BUILTIN, load, load_calendar};
use crate::notice::switch::{Ruled, Standing, ruled};
use crate::notice::{Calendar, CalendarYear, Notice, Platform, Ruling};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) const NOTICES: &str = "notices";
pub(super) const CALENDAR: &str = "calendar";

/// A notice as it was written.
pub(super) struct Source {
    pub notice: Arc<Notice>,
    pub text: Cow<'static, str>,
    /// `None`: the program carries it.
    pub file: Option<PathBuf>,
    /// The notice's own words in full, where they are there to be read.
    pub words: Option<Cow<'static, str>>,
}

impl Source {
    /// What messages call it.
    fn name(&self) -> String {
        match &self.file {
            Some(file) => file.display().to_string(),
            None => self.notice.id.clone(),
        }
    }

    /// With these choices laid over it.
    pub fn ruled(&self, rulings: &[Ruling]) -> Result<Ruled> {
        ruled(&self.name(), &self.text, rulings)
    }
}

/// Notices by campaign year (never empty), and added calendar years.
pub(super) struct Rules {
    sources: BTreeMap<i32, Source>,
    broken: Vec<BrokenRule>,
    /// With the unit's choices and platforms.
    notices: BTreeMap<i32, Arc<Notice>>,
    calendar: Vec<CalendarYear>,
    /// Choices by the id of their notice.
    rulings: Vec<(String, Ruling)>,
    /// Choices that do not fit their notice (any more).
    refused: Vec<(String, Ruling, String)>,
    platforms: Vec<Platform>,
    /// The year in work, where one was chosen.
    campaign: Option<i32>,
}

impl Rules {
    /// Reads what a registry of this region goes by. A notice of the registry's own stands above a
    /// built-in one of the same year.
    pub fn read(dir: &Path, region: &str, notice: &str, campaign: Option<i32>) -> Result<Self> {
        let mut sources = BTreeMap::new();
        for builtin in BUILTIN {
            let notice = Arc::new(load(builtin.id, builtin.rules)?);
            if notice.region == region {
                let (text, words) = (builtin.rules.into(), Some(builtin.words.into()));
                sources.insert(notice.campaign_year, Source { notice, text, file: None, words });
            }
        }
        let mut broken = Vec::new();
        for file in toml_files(&dir.join(NOTICES))? {
            let text = text_of(&file);
            let read = text.and_then(|text| Ok((load(&file.display().to_string(), &text)?, text)));
            match read {
                Ok((notice, text)) => {
                    let notice = Arc::new(notice);
                    let words = fs::read_to_string(file.with_extension("txt")).ok().map(Cow::Owned);
                    let source = Source { notice, text: text.into(), file: Some(file), words };
                    sources.insert(source.notice.campaign_year, source);
                }
                Err(failure) if in_use(&file, notice, campaign) => return Err(failure),
                Err(failure) => broken.push(BrokenRule { file, why: failure.to_string() }),
            }
        }
        if sources.is_empty() {
            return Err(Failure::cannot(
                "读取通知规则",
                dir.join(NOTICES).display().to_string(),
                format!("登记库所用的通知 {notice} 不在了"),
                "请把该通知的规则文件放回 notices 文件夹",
            ));
        }
        let mut calendar: Vec<CalendarYear> =
            sources.values().flat_map(|source| source.notice.calendar.iter().cloned()).collect();
        for file in toml_files(&dir.join(CALENDAR))? {
            let name = file.display().to_string();
            match text_of(&file).and_then(|text| load_calendar(&name, &text)) {
                Ok(years) => calendar.extend(years),
                Err(failure) => broken.push(BrokenRule { file, why: failure.to_string() }),
            }
        }
        let notices = sources.iter().map(|(year, it)| (*year, Arc::clone(&it.notice))).collect();
        Ok(Self {
            sources,
            broken,
            notices,
            calendar,
            rulings: Vec::new(),
            refused: Vec::new(),
            platforms: Vec::new(),
            campaign,
        })
    }

    /// Lays the unit's choices and platforms over the notices as they were written.
    pub fn lay(&mut self, rulings: Vec<(String, Ruling)>, platforms: Vec<Platform>) {
        if self.rulings != rulings || self.platforms != platforms {
            (self.rulings, self.platforms) = (rulings, platforms);
            self.remake();
        }
    }

    fn remake(&mut self) {
        self.notices.clear();
        self.refused.clear();
        for (year, source) in &self.sources {
            let rulings = self.rulings_of(&source.notice.id);
            let mut notice = Arc::clone(&source.notice);
            // What was read once reads again.
            if !rulings.is_empty()
                && let Ok(ruled) = source.ruled(&rulings)
            {
                notice = Arc::new(ruled.notice);
                let id = &source.notice.id;
                let refused = ruled.refused.into_iter();
                self.refused.extend(refused.map(|(ruling, why)| (id.clone(), ruling, why)));
            }
            if !self.platforms.is_empty() {
                let platforms = &self.platforms;
                let known = &mut Arc::make_mut(&mut notice).platforms;
                known.retain(|it| platforms.iter().all(|added| added.name != it.name));
                known.extend_from_slice(platforms);
            }
            self.notices.insert(*year, notice);
        }
    }

    /// The choices made for the notice of an id.
    pub fn rulings_of(&self, notice: &str) -> Vec<Ruling> {
        let mine = self.rulings.iter().filter(|(of, _)| of == notice);
        mine.map(|(_, ruling)| ruling.clone()).collect()
    }

    pub fn source(&self, campaign: i32) -> Option<&Source> {
        self.sources.get(&campaign)
    }

    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.sources.values()
    }

    pub fn choose(&mut self, campaign: i32) {
        self.campaign = Some(campaign);
    }

    /// The year in work: the chosen one, else the latest.
    fn in_work(&self) -> &Arc<Notice> {
        let chosen = self.campaign.and_then(|year| self.notices.get(&year));
        chosen.unwrap_or_else(|| {
            let (_, latest) =
                self.notices.last_key_value().expect("a registry without a notice is not opened");
            latest
        })
    }
}

/// Whether an unreadable file is the notice that the registry goes by: by its name, or by what it still says
/// of itself.
fn in_use(file: &Path, notice: &str, campaign: Option<i32>) -> bool {
    let named = |id: &str| file.file_stem().is_some_and(|stem| stem == id);
    let text = fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let says = |key: &str| {
        let line =
            text.lines().find_map(|line| line.trim().strip_prefix(key)?.trim().strip_prefix('='));
        line.map(|value| value.trim().trim_matches('"').to_owned()).unwrap_or_default()
    };
    match campaign {
        Some(campaign) => {
            let year = campaign.to_string();
            says("campaign_year") == year
                || file.to_string_lossy().ends_with(&format!("{year}.toml"))
        }
        None => named(notice) || says("id") == notice,
    }
}

/// A built-in notice by its id, or that of a file; with the text to copy when it came from a file.
pub(super) fn find(notice: &str) -> Result<(Notice, Option<String>)> {
    if let Some(builtin) = BUILTIN.iter().find(|builtin| builtin.id == notice) {
        return Ok((load(builtin.id, builtin.rules)?, None));
    }
    let file = Path::new(notice);
    if !file.is_file() {
        let known: Vec<_> = BUILTIN.iter().map(|builtin| builtin.id).collect();
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

pub(super) fn text_of(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::InvalidData => Failure::cannot(
            "读取规则文件",
            file.display().to_string(),
            "文件不是 UTF-8 编码",
            "请在记事本里另存为，编码选 UTF-8",
        ),
        _ => Failure::io("读取规则文件", file, error),
    })
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
    /// The notice in work (the chosen campaign year's, else the latest's), with the unit's own choices and
    /// platforms.
    pub fn notice(&self) -> Arc<Notice> {
        Arc::clone(self.rules.in_work())
    }

    /// The notice of a campaign year.
    ///
    /// # Errors
    /// There is none: a year without a notice is refused.
    pub fn notice_of(&self, campaign: i32) -> Result<Arc<Notice>> {
        self.rules
            .notices
            .get(&campaign)
            .map(Arc::clone)
            .ok_or_else(|| self.no_notice("选用通知", campaign))
    }

    /// The notice of a campaign year as its file has it, without the unit's choices and platforms.
    ///
    /// # Errors
    /// There is none.
    pub fn written_notice(&self, campaign: i32) -> Result<Arc<Notice>> {
        self.rules
            .source(campaign)
            .map(|source| Arc::clone(&source.notice))
            .ok_or_else(|| self.no_notice("选用通知", campaign))
    }

    pub(super) fn no_notice(&self, what: &str, campaign: i32) -> Failure {
        let known: Vec<_> = self.rules.notices.keys().map(i32::to_string).collect();
        Failure::cannot(
            what,
            format!("{campaign} 年度"),
            format!("没有 {campaign} 年度的通知，现有 {} 年度", known.join("、")),
            "请核对年度，或在“规则”里照上一年度的通知新建一份",
        )
    }

    /// The campaign years that there is a notice for, ascending.
    pub fn campaigns(&self) -> Vec<i32> {
        self.rules.notices.keys().copied().collect()
    }

    /// The switches of a year's notice, as its file has them and as they stand.
    ///
    /// # Errors
    /// No notice for the year.
    pub fn standings(&self, campaign: i32) -> Result<Vec<Standing>> {
        let source =
            self.rules.source(campaign).ok_or_else(|| self.no_notice("查看口径", campaign))?;
        Ok(source.ruled(&self.rules.rulings_of(&source.notice.id))?.standings)
    }

    /// Files of rules that cannot be read; nothing goes by them.
    pub fn broken_rules(&self) -> &[BrokenRule] {
        &self.rules.broken
    }

    /// Choices that do not fit their notice (any more), in words; nothing goes by them.
    pub fn refused_rulings(&self) -> Vec<String> {
        let told = |(notice, ruling, why): &(String, Ruling, String)| {
            format!("通知 {notice} 的口径 {} {}：{why}", ruling.decision, ruling.choice)
        };
        self.rules.refused.iter().map(told).collect()
    }

    /// A year's notice in its own words, in full, where they are there.
    pub fn notice_words(&self, campaign: i32) -> Option<&str> {
        self.rules.source(campaign)?.words.as_deref()
    }

    /// holiday-cn, the notices' patches and the registry's `calendar/*.toml`.
    pub fn calendar(&self) -> Calendar {
        Calendar::with(self.rules.calendar.clone())
    }
}
