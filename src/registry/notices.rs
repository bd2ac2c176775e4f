//! A registry's notices: which there are, which year is in work, and taking a new year's notice in. Notice
//! files lie in the registry's `notices` folder; what one replaces is kept beside it.

use super::rules::{NOTICES, Rules, Source};
use super::{Registry, platforms, rulings};
use crate::durable;
use crate::failure::{Failure, Result};
use crate::notice::load::load;
use std::fs;
use std::path::{Path, PathBuf};

/// A notice that the registry may go by.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NoticeEntry {
    pub id: String,
    pub campaign: i32,
    pub document: String,
    pub title: String,
    /// `None`: the program carries it.
    pub file: Option<PathBuf>,
    /// The year in work.
    pub in_work: bool,
    pub applicants: u32,
    /// How many of its readings the unit chose otherwise.
    pub rulings: u32,
}

impl Registry {
    /// The notices by campaign year, ascending.
    ///
    /// # Errors
    /// Damage.
    pub fn notices(&self) -> Result<Vec<NoticeEntry>> {
        let in_work = self.notice().campaign_year;
        let entry = |source: &Source| {
            let notice = &source.notice;
            let count = "SELECT count(*) FROM applicant WHERE campaign = ?1";
            let applicants = self.db.query_row(count, [notice.campaign_year], |row| row.get(0));
            Ok(NoticeEntry {
                id: notice.id.clone(),
                campaign: notice.campaign_year,
                document: notice.document.clone(),
                title: notice.title.clone(),
                file: source.file.clone(),
                in_work: notice.campaign_year == in_work,
                applicants: applicants.map_err(self.trouble("列出通知"))?,
                rulings: u32::try_from(self.rules.rulings_of(&notice.id).len()).unwrap_or(u32::MAX),
            })
        };
        self.rules.sources().map(entry).collect()
    }

    /// The rules of a year's notice as its file has them.
    ///
    /// # Errors
    /// No notice for the year.
    pub fn notice_text(&self, campaign: i32) -> Result<&str> {
        let source = self.rules.source(campaign);
        source.map(|it| it.text.as_ref()).ok_or_else(|| self.no_notice("读取通知", campaign))
    }

    /// Puts a campaign year into work: what is asked for without a year is of this one. A choice of what to
    /// look at, not a change of anybody's handbook: no step of undo.
    ///
    /// # Errors
    /// No notice for the year.
    pub fn choose_campaign(&mut self, campaign: i32) -> Result<()> {
        let what = "换年度";
        if self.rules.source(campaign).is_none() {
            return Err(self.no_notice(what, campaign));
        }
        self.db
            .execute("UPDATE registry SET campaign = ?1", [campaign])
            .map_err(self.trouble(what))?;
        self.rules.choose(campaign);
        Ok(())
    }

    /// Takes a notice's rules, and where given its words in full, into the registry's `notices` folder. Which
    /// year is in work stays as it is; the registry is to be opened again to go by the new notice.
    /// Returns its campaign year and its file.
    ///
    /// # Errors
    /// The rules are unsound; they are of another region; a year's notice that is there already is not
    /// replaced unless `replace` says so; I/O.
    pub fn take_notice(
        &mut self,
        text: &str,
        words: Option<&str>,
        replace: bool,
    ) -> Result<(i32, PathBuf)> {
        const WHAT: &str = "收下通知";
        let notice = load("新通知", text)?;
        let present = self.notice();
        if notice.region != present.region {
            return Err(Failure::refused(
                WHAT,
                &notice.document,
                format!("通知的地区是“{}”，登记库的是“{}”", notice.region, present.region),
                "请核对通知的 region，或另建一个登记库",
            ));
        }
        let year = notice.campaign_year;
        let folder = self.dir.join(NOTICES);
        let file = match self.rules.source(year) {
            Some(_) if !replace => {
                return Err(Failure::refused(
                    WHAT,
                    format!("{year} 年度"),
                    "登记库已经有这一年度的通知",
                    "请核对年度；要改已有的通知，请在“规则”里修改",
                ));
            }
            // The former file of the same year keeps its name.
            Some(Source { file: Some(file), .. }) => file.clone(),
            _ => folder.join(format!("{}.toml", notice.id)),
        };
        let io = |error| Failure::io(WHAT, &file, error);
        fs::create_dir_all(&folder).map_err(io)?;
        keep_former(WHAT, &file)?;
        durable::write(WHAT, &file, text.as_bytes())?;
        if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
            durable::write(WHAT, &file.with_extension("txt"), words.as_bytes())?;
        }
        // The year in work stays, though the new notice may be the latest.
        self.choose_campaign(present.campaign_year)?;
        self.reread_rules()?;
        Ok((year, file))
    }

    /// Goes by what now lies in the registry's `notices` and `calendar` folders.
    ///
    /// # Errors
    /// The notice in work cannot be read; damage.
    pub fn reread_rules(&mut self) -> Result<()> {
        let told = self.trouble("读取通知规则");
        let read = "SELECT notice, region, campaign FROM registry";
        let texts = |row: &rusqlite::Row<'_>| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get(2)?))
        };
        let (notice, region, campaign) = self.db.query_row(read, [], texts).map_err(&told)?;
        let mut rules = Rules::read(&self.dir, &region, &notice, campaign)?;
        let chosen = rulings::read(&self.db).map_err(&told)?;
        rules.lay(chosen, platforms::read(&self.db).map_err(&told)?);
        self.rules = rules;
        Ok(())
    }
}

/// What a file said before it is replaced, beside it under the time.
fn keep_former(what: &str, file: &Path) -> Result<()> {
    let Ok(former) = fs::read(file) else { return Ok(()) };
    let kept = file.parent().unwrap_or(file).join("旧");
    fs::create_dir_all(&kept).map_err(|error| Failure::io(what, &kept, error))?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let time = chrono::Local::now().format("%Y%m%d-%H%M%S%3f");
    durable::write(what, &kept.join(format!("{stem}-{time}.toml")), &former)
}
