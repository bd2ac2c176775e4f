//! A campaign's applicants and publicity runs, and the steps they may take.

use super::{ApplicantId, PersonId, PublicityId, Verdict, Vouched};
use crate::failure::{Failure, Result};
use crate::notice::PublicityRule;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The unit's preliminary review (初审, B3-10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReviewResult {
    #[serde(rename = "合格")]
    Passed,
    #[serde(rename = "不合格")]
    Failed,
    #[serde(rename = "退回")]
    Returned,
}

impl ReviewResult {
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "合格",
            Self::Failed => "不合格",
            Self::Returned => "退回",
        }
    }
}

/// A person who applies for a title in one campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    pub id: ApplicantId,
    pub person: PersonId,
    /// 申报年度
    pub campaign: i32,
    /// 正高 / 副高 / 中级
    pub level: String,
    /// 申报系列
    pub series: String,
    /// 申报专业
    pub speciality: String,
    /// 起始年度, only to override the rule.
    pub start_override: Option<i32>,
    /// 说明
    pub note: String,
    pub review: Option<(ReviewResult, Vouched)>,
    pub withdrawn: Option<Vouched>,
}

/// One publicity run (公示).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    pub objections: Vec<String>,
    pub members: Vec<PersonId>,
}

/// Where an applicant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// 收集材料
    Collecting,
    /// 单位初审合格
    Reviewed,
    /// 公示中
    Posted,
    /// 公示期满
    Publicised,
    /// 已退出
    Withdrawn,
}

impl Applicant {
    /// Whether the unit's review says 合格.
    pub fn passed(&self) -> bool {
        matches!(self.review, Some((ReviewResult::Passed, _)))
    }

    /// Where the applicant stands among the publicity runs.
    pub fn stage(&self, runs: &[Publicity]) -> Stage {
        if self.withdrawn.is_some() {
            return Stage::Withdrawn;
        }
        if !self.passed() {
            return Stage::Collecting;
        }
        let mut stage = Stage::Reviewed;
        for run in runs.iter().filter(|run| run.posts(self)) {
            stage = stage.max(if run.closed.is_some() { Stage::Publicised } else { Stage::Posted });
        }
        stage
    }

    /// The unit's review (B3-10): 合格 only where the verdict is met, anything else with a reason.
    ///
    /// # Errors
    /// Withdrawn; not met; no name; no reason.
    pub fn reviewed(&self, result: ReviewResult, by: Vouched, verdict: Verdict) -> Result<Self> {
        const WHAT: &str = "登记初审结果";
        let refused = |why: String, remedy: &str| Err(Failure::refused(WHAT, "", why, remedy));
        if let Some(withdrawn) = &self.withdrawn {
            return refused(
                format!("已于 {} 退出申报（{}）", withdrawn.at, withdrawn.reason),
                "误退的请先撤销退出",
            );
        }
        if by.by.trim().is_empty() {
            return refused("没有写经办人姓名".into(), "请写上是谁审的");
        }
        if result == ReviewResult::Passed && verdict != Verdict::Met {
            return refused(format!("体检结果是{}", verdict.name()), "请先解决体检列出的问题");
        }
        if result != ReviewResult::Passed && by.reason.trim().is_empty() {
            return refused("没有写理由".into(), "不合格或退回要写明理由");
        }
        Ok(Self { review: Some((result, by)), ..self.clone() })
    }

    /// Out of the campaign; the entry stays.
    ///
    /// # Errors
    /// Already withdrawn; no name; no reason.
    pub fn withdrawn(&self, by: Vouched) -> Result<Self> {
        const WHAT: &str = "退出申报";
        if let Some(before) = &self.withdrawn {
            let why = format!("{} 已经退出（{}）", before.at, before.reason);
            return Err(Failure::refused(WHAT, "", why, "不用再办"));
        }
        if by.by.trim().is_empty() || by.reason.trim().is_empty() {
            return Err(Failure::refused(WHAT, "", "没有写明谁办的、为什么", "请补写姓名和理由"));
        }
        Ok(Self { withdrawn: Some(by), ..self.clone() })
    }
}

impl Publicity {
    /// Whether this run posts an applicant.
    pub fn posts(&self, applicant: &Applicant) -> bool {
        self.campaign == applicant.campaign && self.members.contains(&applicant.person)
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
