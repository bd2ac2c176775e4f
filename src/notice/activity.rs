//! The facts of one learning record that a notice's rules look at. Words that a notice lists
//! (form, level, source, task …) stay words: the notice says which exist.

use super::{FormId, Hours, Subject};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A part of a day (annex 1, part 2, no. 1: 上午 / 下午 / 晚上).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayPart {
    Morning,
    Afternoon,
    Evening,
}

impl DayPart {
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// 上午 / 下午 / 晚上.
    pub fn name(self) -> &'static str {
        match self {
            Self::Morning => "上午",
            Self::Afternoon => "下午",
            Self::Evening => "晚上",
        }
    }
}

/// One attended part of one date. A whole day (全天) is its morning and its afternoon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Session {
    pub date: NaiveDate,
    pub part: DayPart,
}

/// A person's place among those who did a project, paper, patent or award (名次).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// 主持
    Lead,
    /// 参与
    Member,
    /// 独立
    Sole,
    /// 第 n (第一 = 1)
    Place(u32),
}

/// 面授 or 网络 (B2-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    FaceToFace,
    Online,
}

/// What was done, when, by whom organised, and with what result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    pub form: FormId,
    /// As entered; what is credited may differ (forms 5–9 and 11 always credit 专业).
    pub subject: Subject,
    /// 内容
    pub title: String,
    /// 年度 as entered; the year credited follows the rulings ("Year of a record").
    pub year: Option<i32>,
    /// 主办单位
    pub organiser: String,
    /// 主办方: 行业主管部门 / 本单位 / 其他 (B2-05)
    #[serde(default)]
    pub organiser_kind: Option<String>,
    pub start: NaiveDate,
    pub end: Option<NaiveDate>,
    /// 时段
    pub sessions: BTreeSet<Session>,
    /// 名次
    pub rank: Option<Rank>,
    /// 级别
    pub level: Option<String>,
    /// 来源
    pub source: Option<String>,
    /// 数量: modules, items
    pub quantity: Option<u32>,
    /// 通过: courses passed
    pub passed: Option<u32>,
    /// 证书学时
    pub certified: Option<Hours>,
    /// Minutes of study where only a duration is known.
    pub minutes: Option<u32>,
    /// 刊号
    pub serial: Option<String>,
    /// 任务
    pub task: Option<String>,
    /// 考核结果
    pub assessment: Option<String>,
    /// 证书编号
    pub certificate_number: Option<String>,
    /// 平台
    pub platform: Option<String>,
    /// 注册地区
    pub region: Option<String>,
    /// 面授/网络 (B2-02)
    pub mode: Option<Mode>,
    /// 备案号 (B2-06)
    pub filing_number: Option<String>,
    /// 备案日期 (B2-06)
    pub filing_date: Option<NaiveDate>,
    /// 与专业相关 (B1-03)
    pub related: Option<bool>,
    /// 证明方式 (B2-08)
    pub proof_kind: Option<String>,
    /// 已登纸质手册 (B2-09)
    pub in_paper_handbook: Option<bool>,
}

impl Activity {
    /// The least a record says; everything else is empty.
    pub fn new(form: FormId, subject: Subject, title: impl Into<String>, start: NaiveDate) -> Self {
        Self {
            form,
            subject,
            title: title.into(),
            year: None,
            organiser: String::new(),
            organiser_kind: None,
            start,
            end: None,
            sessions: BTreeSet::new(),
            rank: None,
            level: None,
            source: None,
            quantity: None,
            passed: None,
            certified: None,
            minutes: None,
            serial: None,
            task: None,
            assessment: None,
            certificate_number: None,
            platform: None,
            region: None,
            mode: None,
            filing_number: None,
            filing_date: None,
            related: None,
            proof_kind: None,
            in_paper_handbook: None,
        }
    }

    /// The last day: 结束日期, else 开始日期.
    pub fn last_day(&self) -> NaiveDate {
        self.end.unwrap_or(self.start)
    }

    /// The last day that anything was done on: 结束日期, else the last of 时段, else 开始日期.
    pub fn over_on(&self) -> NaiveDate {
        let last = self.sessions.iter().next_back().map_or(self.start, |session| session.date);
        self.end.unwrap_or(last.max(self.start))
    }
}
