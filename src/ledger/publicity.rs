//! Publicity runs (公示, B3-11): who was posted, when and where, what was objected and how that was settled.

use super::{Applicant, Evidence, PersonId, PublicityId, Vouched};
use crate::failure::{Failure, Result};
use crate::notice::{Notice, PublicityRule};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An objection that was heard while a list was posted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    pub text: String,
    /// Whom it is about; `None` where it is about nobody in particular.
    pub about: Option<PersonId>,
    /// What the inquiry found, and who made it.
    pub settled: Option<Vouched>,
}

impl From<&str> for Objection {
    fn from(text: &str) -> Self {
        Self { text: text.trim().to_owned(), about: None, settled: None }
    }
}

impl Objection {
    /// The objection with what came of it, in one line.
    pub fn told(&self) -> String {
        match &self.settled {
            None => self.text.clone(),
            Some(settled) => {
                let text = self.text.trim_end_matches('。');
                format!("{text}（处理：{}）", settled.reason.trim_end_matches('。'))
            }
        }
    }
}

/// What a file shows of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunFileKind {
    /// 张贴照片
    Photo,
    /// 盖章的公示结果说明
    Result,
}

impl RunFileKind {
    pub const ALL: [Self; 2] = [Self::Photo, Self::Result];

    pub fn name(self) -> &'static str {
        match self {
            Self::Photo => "张贴照片",
            Self::Result => "盖章的结果说明",
        }
    }
}

/// A file of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunFile {
    pub kind: RunFileKind,
    pub evidence: Evidence,
}

/// One publicity run (公示).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publicity {
    pub id: PublicityId,
    pub campaign: i32,
    /// 高级 / 中级
    pub level_group: String,
    pub posted: NaiveDate,
    pub place: String,
    pub days: u32,
    pub close_strict: NaiveDate,
    pub close_inclusive: NaiveDate,
    pub closed: Option<NaiveDate>,
    pub objections: Vec<Objection>,
    /// Everybody who was posted, also those who were found 不合格 afterwards.
    pub members: Vec<PersonId>,
    /// Whom an objection showed to be 不合格, and why; they need a run of their own once they are 合格.
    #[serde(default)]
    pub failed: BTreeMap<PersonId, String>,
    /// The photo of the posting, the sealed statement of its result.
    #[serde(default)]
    pub files: Vec<RunFile>,
}

impl Publicity {
    /// Whether this run posts an applicant as what they apply for now, and nothing came of it against them:
    /// who has gone from 高级 to 中级 since has to be posted again.
    pub fn posts(&self, applicant: &Applicant, notice: &Notice) -> bool {
        let group = notice.level_group(&applicant.level);
        self.campaign == applicant.campaign
            && group.is_none_or(|group| group == self.level_group)
            && self.stands_for(applicant.person)
    }

    /// As [`Publicity::posts`], by the person.
    pub fn stands_for(&self, person: PersonId) -> bool {
        self.members.contains(&person) && !self.failed.contains_key(&person)
    }

    /// Objections that nobody has settled yet.
    pub fn unsettled(&self) -> usize {
        self.objections.iter().filter(|objection| objection.settled.is_none()).count()
    }

    /// An objection is settled: how, by whom. It says what was found out.
    ///
    /// # Errors
    /// No such objection; nobody's name; nothing said.
    pub fn settled(&self, objection: usize, by: Vouched) -> Result<Self> {
        let refused =
            |why: &str, remedy: &str| Err(Failure::refused("处理公示异议", "", why, remedy));
        if by.by.trim().is_empty() {
            return refused("没有写经办人姓名", "请写上是谁核查的");
        }
        if by.reason.trim().is_empty() {
            return refused("没有写核查结果", "请写明怎么核查的、结果怎样");
        }
        let mut run = self.clone();
        match run.objections.get_mut(objection) {
            Some(objection) => objection.settled = Some(by),
            None => return refused("这条异议已经不在了", "请再看一下异议列表"),
        }
        Ok(run)
    }

    /// The last working day that the run must last.
    pub fn last_day(&self, rule: &PublicityRule) -> NaiveDate {
        if rule.count_posting_day { self.close_inclusive } else { self.close_strict }
    }

    /// The run is over.
    ///
    /// # Errors
    /// Already closed; not after the posting day; before the last required day has ended; a day that has
    /// not come yet.
    pub fn ended(&self, date: NaiveDate, today: NaiveDate, rule: &PublicityRule) -> Result<Self> {
        let refused = |why: String, remedy: String| {
            let place = format!("{} 张贴", self.posted);
            Err(Failure::refused("结束公示", place, why, remedy))
        };
        let last = self.last_day(rule);
        if let Some(closed) = self.closed {
            return refused(format!("已于 {closed} 结束"), "不用再办".into());
        }
        if date <= self.posted {
            let why = format!("{date} 不在张贴日 {} 之后", self.posted);
            return refused(why, format!("最早可以在 {last} 结束"));
        }
        if date < last {
            let why = format!("到 {date} 还不满 {} 个工作日", self.days);
            return refused(why, format!("请等到 {last} 下班以后再结束"));
        }
        if date > today {
            let why = format!("{date} 还没有到，今天是 {today}");
            return refused(why, "请到那一天再结束，或改写日期".into());
        }
        Ok(Self { closed: Some(date), ..self.clone() })
    }
}
