//! A campaign's applicants and the steps they take: the unit's review, the department's (B3-12), the
//! bureau's, the certificate. Publicity runs stand in `publicity`. Pure: a step gives the new state or
//! says why it cannot be taken.

use super::{ApplicantId, PersonId, Publicity, Verdict, Vouched};
use crate::failure::{Failure, Result};
use crate::notice::Notice;
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

/// A certificate that the bureau issued (B3-03, A-32).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// 证书编号, as the bureau gave it.
    pub number: String,
    pub vouched: Vouched,
}

/// A person who applies for a title in one campaign.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// 主管部门复审: 合格 is 确认, anything else 退回.
    #[serde(default)]
    pub department: Option<(ReviewResult, Vouched)>,
    /// 送人社核验
    #[serde(default)]
    pub sent: Option<Vouched>,
    /// 已发证
    #[serde(default)]
    pub issued: Option<Issued>,
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
    /// 公示期满，待复审
    Publicised,
    /// 主管部门复审确认
    Confirmed,
    /// 已送人社核验
    Sent,
    /// 已发证
    Issued,
    /// 已退出
    Withdrawn,
}

impl Stage {
    /// 收集材料 / 单位初审合格 / 公示中 / …
    pub fn name(self) -> &'static str {
        match self {
            Self::Collecting => "收集材料",
            Self::Reviewed => "初审合格",
            Self::Posted => "公示中",
            Self::Publicised => "公示期满",
            Self::Confirmed => "复审确认",
            Self::Sent => "已送人社核验",
            Self::Issued => "已发证",
            Self::Withdrawn => "已退出",
        }
    }
}

impl Applicant {
    /// Whether the unit's review says 合格.
    pub fn passed(&self) -> bool {
        matches!(self.review, Some((ReviewResult::Passed, _)))
    }

    /// Where the applicant stands among the publicity runs.
    pub fn stage(&self, runs: &[Publicity], notice: &Notice) -> Stage {
        if self.withdrawn.is_some() {
            return Stage::Withdrawn;
        }
        if !self.passed() {
            return Stage::Collecting;
        }
        let mut stage = Stage::Reviewed;
        for run in runs.iter().filter(|run| run.posts(self, notice)) {
            stage = stage.max(if run.closed.is_some() { Stage::Publicised } else { Stage::Posted });
        }
        // What comes after publicity counts only while publicity stands.
        match stage {
            Stage::Publicised if self.issued.is_some() => Stage::Issued,
            Stage::Publicised if self.sent.is_some() => Stage::Sent,
            Stage::Publicised if self.confirmed() => Stage::Confirmed,
            stage => stage,
        }
    }

    /// Whether the unit judged 不合格.
    pub fn failed(&self) -> bool {
        matches!(self.review, Some((ReviewResult::Failed, _)))
    }

    /// Whether the department has confirmed.
    pub fn confirmed(&self) -> bool {
        matches!(self.department, Some((ReviewResult::Passed, _)))
    }

    /// Why the department (or the bureau through it) gave the papers back, while that stands.
    pub fn returned(&self) -> Option<&Vouched> {
        match &self.department {
            Some((ReviewResult::Passed, _)) | None => None,
            Some((_, vouched)) => Some(vouched),
        }
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
        if let Some(issued) = &self.issued {
            return refused(
                format!("已经发证（{}）", issued.number),
                "发错的请先撤销发证，再改初审",
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
        // What the department said was about the review before.
        Ok(Self { review: Some((result, by)), department: None, sent: None, ..self.clone() })
    }

    /// The department's review (B3-12): 合格 confirms whoever is met and publicised; 退回 gives the papers
    /// back with a reason, also after they went to the bureau.
    ///
    /// # Errors
    /// Withdrawn; not met; not publicised; already so; issued; no name; no reason.
    pub fn department_reviewed(
        &self,
        result: ReviewResult,
        by: Vouched,
        verdict: Verdict,
        stage: Stage,
    ) -> Result<Self> {
        const WHAT: &str = "登记主管部门复审";
        self.standing(WHAT, &by)?;
        let refused = |why: String, remedy: &str| Err(Failure::refused(WHAT, "", why, remedy));
        if let Some(issued) = &self.issued {
            return refused(format!("已经发证（{}）", issued.number), "发错的请先撤销发证");
        }
        match result {
            ReviewResult::Failed => {
                return refused("复审只有确认和退回".into(), "不予确认的请退回，写明理由");
            }
            ReviewResult::Returned if by.reason.trim().is_empty() => {
                return refused("没有写理由".into(), "退回要写明理由，单位才好改正");
            }
            ReviewResult::Passed | ReviewResult::Returned => {}
        }
        if stage < Stage::Publicised {
            return refused(
                format!("还在{}，公示没有期满", stage.name()),
                "请等单位初审合格、公示期满以后再复审",
            );
        }
        if result == ReviewResult::Returned {
            return Ok(Self { department: Some((result, by)), sent: None, ..self.clone() });
        }
        if verdict != Verdict::Met {
            return refused(
                format!("体检结果是{}", verdict.name()),
                "请先解决体检列出的问题，或退回单位",
            );
        }
        if self.confirmed() {
            return refused("已经复审确认".into(), "不用再办");
        }
        Ok(Self { department: Some((result, by)), ..self.clone() })
    }

    /// The papers have gone to the bureau (B3-15). Where a department stands between, it has confirmed.
    ///
    /// # Errors
    /// Withdrawn; not that far; returned; already sent; no name.
    pub fn sent_to_bureau(&self, by: Vouched, stage: Stage, department: bool) -> Result<Self> {
        const WHAT: &str = "登记送人社核验";
        self.standing(WHAT, &by)?;
        let refused = |why: String, remedy: &str| Err(Failure::refused(WHAT, "", why, remedy));
        if let Some(returned) = self.returned() {
            let why = format!("{} 已被退回（{}）", returned.at, returned.reason);
            return refused(why, "请改正并重新复审确认");
        }
        match stage {
            Stage::Confirmed => {}
            Stage::Publicised if !department => {}
            Stage::Publicised => {
                return refused("主管部门还没有复审确认".into(), "请先登记主管部门复审");
            }
            Stage::Sent | Stage::Issued => return refused("已经送人社核验".into(), "不用再办"),
            _ => {
                let why = format!("还在{}，公示没有期满", stage.name());
                return refused(why, "请等公示期满、主管部门复审以后再送");
            }
        }
        Ok(Self { sent: Some(by), ..self.clone() })
    }

    /// The bureau has issued the certificate with this number.
    ///
    /// # Errors
    /// Withdrawn; not sent to the bureau; no number; already issued with this number; no name.
    pub fn certified(&self, number: &str, by: Vouched, stage: Stage) -> Result<Self> {
        const WHAT: &str = "登记发证";
        self.standing(WHAT, &by)?;
        let refused = |why: String, remedy: &str| Err(Failure::refused(WHAT, "", why, remedy));
        let number = number.trim();
        if number.is_empty() {
            return refused("没有写证书编号".into(), "请照人社部门发的证书填写编号");
        }
        if self.issued.as_ref().is_some_and(|issued| issued.number == number) {
            return refused(format!("已经登记证书编号 {number}"), "不用再办");
        }
        if stage < Stage::Sent {
            return refused("还没有送人社核验".into(), "请先登记送人社核验");
        }
        Ok(Self { issued: Some(Issued { number: number.to_owned(), vouched: by }), ..self.clone() })
    }

    /// Who withdrew takes no step, and somebody vouches for each.
    fn standing(&self, what: &str, by: &Vouched) -> Result<()> {
        if let Some(withdrawn) = &self.withdrawn {
            let why = format!("已于 {} 退出申报（{}）", withdrawn.at, withdrawn.reason);
            return Err(Failure::refused(what, "", why, "误退的请先撤销退出"));
        }
        if by.by.trim().is_empty() {
            return Err(Failure::refused(what, "", "没有写经办人姓名", "请写上是谁办的"));
        }
        Ok(())
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
