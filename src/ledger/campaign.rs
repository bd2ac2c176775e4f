//! A campaign's applicants and publicity runs, and the steps they may take.

use super::{ApplicantId, PersonId, PublicityId, Vouched};
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
