//! The steps of the yearly review (B2-11): draft → reviewed by the unit → confirmed by the department.
//! A confirmed year is locked; it opens again only with a reason. Pure: a step gives the new state or
//! says why it cannot be taken.

use super::{PersonId, ReviewState, Vouched, YearReview};
use crate::failure::{Failure, Result};

impl ReviewState {
    /// 草稿 / 单位已审核 / 主管部门已确认
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "草稿",
            Self::UnitReviewed => "单位已审核",
            Self::DepartmentConfirmed => "主管部门已确认",
        }
    }
}

impl YearReview {
    /// A year that nobody has reviewed yet.
    pub fn draft(person: PersonId, year: i32) -> Self {
        Self {
            person,
            year,
            state: ReviewState::Draft,
            unit: None,
            department: None,
            reopened: None,
        }
    }

    /// Whether what stands in this year may no longer be changed.
    pub fn locked(&self) -> bool {
        self.state == ReviewState::DepartmentConfirmed
    }

    /// The unit has reviewed the year.
    ///
    /// # Errors
    /// Already reviewed or confirmed; nobody's name.
    pub fn unit_reviewed(&self, by: Vouched) -> Result<Self> {
        const WHAT: &str = "单位审核";
        self.named(WHAT, &by)?;
        match self.state {
            ReviewState::Draft => {
                Ok(Self { state: ReviewState::UnitReviewed, unit: Some(by), ..self.clone() })
            }
            state => Err(self.refused(
                WHAT,
                format!("这一年{}", state.name()),
                "要改动请先说明理由，重新打开",
            )),
        }
    }

    /// The department has confirmed the year: locked from now on.
    ///
    /// # Errors
    /// The unit has not reviewed it; already confirmed; nobody's name.
    pub fn confirmed(&self, by: Vouched) -> Result<Self> {
        const WHAT: &str = "主管部门确认";
        self.named(WHAT, &by)?;
        match self.state {
            ReviewState::UnitReviewed => Ok(Self {
                state: ReviewState::DepartmentConfirmed,
                department: Some(by),
                ..self.clone()
            }),
            ReviewState::Draft => {
                Err(self.refused(WHAT, "单位还没有审核这一年".into(), "请先由单位审核"))
            }
            ReviewState::DepartmentConfirmed => {
                Err(self.refused(WHAT, "这一年已经确认".into(), "不用再办"))
            }
        }
    }

    /// The year is open again; the old reviews no longer stand (the history keeps them).
    ///
    /// # Errors
    /// It is open anyway; no reason; nobody's name.
    pub fn reopened(&self, by: Vouched) -> Result<Self> {
        const WHAT: &str = "重新打开年度";
        self.named(WHAT, &by)?;
        if by.reason.trim().is_empty() {
            return Err(self.refused(WHAT, "没有写理由".into(), "请写明为什么要重新打开"));
        }
        if self.state == ReviewState::Draft {
            return Err(self.refused(WHAT, "这一年还没有审核，本来就能改".into(), "直接改就行"));
        }
        Ok(Self { reopened: Some(by), ..Self::draft(self.person, self.year) })
    }

    fn named(&self, what: &str, by: &Vouched) -> Result<()> {
        if by.by.trim().is_empty() {
            return Err(self.refused(what, "没有写经办人姓名".into(), "请写上是谁办的"));
        }
        Ok(())
    }

    fn refused(&self, what: &str, why: String, remedy: &str) -> Failure {
        Failure::refused(what, format!("{} 年", self.year), why, remedy)
    }
}
