//! What follows publicity: the department's review (B3-12), the papers sent to the bureau (B3-15), the
//! certificate it issues. One batch step each; whom it cannot be taken for is told with the reason.

use super::{Outcome, check, no_applicant, nobody, unmet, vouched};
use crate::failure::{Failure, Result};
use crate::ledger::*;
use crate::registry::Registry;
use chrono::NaiveDate;

/// A step after publicity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// 主管部门复审：合格 is 确认, else 退回.
    Department(ReviewResult),
    /// 送人社核验
    Send,
    /// 发证, with the number the bureau gave.
    Issue(String),
}

impl Step {
    /// As it stands in the undo menu and before its result.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Department(ReviewResult::Passed) => "复审确认",
            Self::Department(_) => "复审退回",
            Self::Send => "送人社核验",
            Self::Issue(_) => "登记发证",
        }
    }

    /// Where an applicant stands for whom the step is due.
    fn is_due(&self, found: &ApplicantResult, department: bool) -> bool {
        match self {
            Self::Department(ReviewResult::Passed) => {
                found.stage == Stage::Publicised && found.applicant.returned().is_none()
            }
            Self::Send => {
                found.stage == Stage::Confirmed
                    || !department
                        && found.stage == Stage::Publicised
                        && found.applicant.returned().is_none()
            }
            // A reason or a number is one person's.
            Self::Department(_) | Self::Issue(_) => false,
        }
    }
}

/// Whether a department reviews between the unit and the bureau: in a 州直 unit (B3-12), or wherever one
/// stands above the unit.
pub fn has_department(unit: &Unit, notice: &crate::notice::Notice) -> bool {
    let chief = notice.recipients.first().map(|first| first.unit_kind.as_str());
    unit.above().is_some() || chief == Some(unit.kind.as_str())
}

/// Chooses whom the unit hands in to; the notice's own choice needs no reason and is kept as none.
///
/// # Errors
/// A unit below a department passes it by without a reason.
pub fn choose_recipient(registry: &mut Registry, recipient: &str, reason: &str) -> Result<()> {
    let (mut unit, notice) = (registry.unit()?, registry.notice());
    let (recipient, reason) = (recipient.trim(), reason.trim());
    let preset = recipient.is_empty() || recipient == unit.preset_recipient(&notice);
    unit.recipient = if preset { String::new() } else { recipient.to_owned() };
    unit.recipient_reason = if preset { String::new() } else { reason.to_owned() };
    let action = match preset {
        true => "按隶属报送".to_owned(),
        false => format!("另选收件单位：{recipient}"),
    };
    registry.transact(&action, |tx| tx.save_unit(&unit))?;
    Ok(())
}

/// Takes a step for `people`; without them for everybody for whom it is due.
///
/// # Errors
/// No applicants; an ID that is not an applicant; no name; 退回 without a reason; a number for several
/// people, or one that another applicant has. Nothing was changed.
#[allow(clippy::too_many_arguments)]
pub fn step(
    registry: &mut Registry,
    campaign: i32,
    level_group: Option<&str>,
    people: &[IdNumber],
    step: &Step,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Outcome> {
    let what = step.name();
    let returning = matches!(step, Step::Department(result) if *result != ReviewResult::Passed);
    let vouched = vouched(what, by, reason, today, returning)?;
    let report = check(registry, campaign, level_group, today)?;
    if report.applicants.is_empty() {
        return Err(nobody(what, campaign, level_group));
    }
    for number in people {
        if !report.applicants.iter().any(|found| found.person.id_number == *number) {
            return Err(no_applicant(what, registry, number, campaign, level_group)?);
        }
    }
    if let Step::Issue(number) = step {
        one_number(registry, campaign, people, number)?;
    } else if returning && people.is_empty() {
        return Err(Failure::usage(what, "", "没有写是谁", "退回要逐人办，请写明是谁"));
    }
    let department = has_department(&registry.unit()?, &*registry.notice_of(campaign)?);
    let mut outcome = Outcome::default();
    let mut changed = Vec::new();
    for found in &report.applicants {
        let named = people.contains(&found.person.id_number);
        if (!people.is_empty() && !named) || (people.is_empty() && !step.is_due(found, department))
        {
            continue;
        }
        let applicant = &found.applicant;
        let stepped = match step {
            Step::Department(ReviewResult::Passed)
                if applicant.withdrawn.is_none() && found.verdict != Verdict::Met =>
            {
                outcome.refused.push((found.person.clone(), unmet(found)));
                continue;
            }
            Step::Department(result) => {
                applicant.department_reviewed(*result, vouched.clone(), found.verdict, found.stage)
            }
            Step::Send => applicant.sent_to_bureau(vouched.clone(), found.stage, department),
            Step::Issue(number) => applicant.certified(number, vouched.clone(), found.stage),
        };
        match stepped {
            Err(refusal) => outcome.refused.push((found.person.clone(), refusal.why)),
            Ok(stepped) => {
                outcome.done.push(found.person.clone());
                changed.push(stepped);
            }
        }
    }
    if !changed.is_empty() {
        let action = match outcome.done.as_slice() {
            [only] => format!("{what}：{}", only.name),
            many => format!("{what}：{} 人", many.len()),
        };
        registry.transact(&action, |tx| {
            changed.iter().try_for_each(|applicant| tx.save_applicant(applicant).map(drop))
        })?;
    }
    Ok(outcome)
}

/// A certificate's number is one person's.
fn one_number(registry: &Registry, campaign: i32, people: &[IdNumber], number: &str) -> Result<()> {
    const WHAT: &str = "登记发证";
    let [person] = people else {
        let why = "证书编号一人一个";
        return Err(Failure::usage(WHAT, "", why, "请写明是谁，一次登记一个人"));
    };
    let number = number.trim();
    let handbooks = registry.applicant_handbooks(campaign)?;
    let other = handbooks.iter().find(|book| {
        book.person.id_number != *person
            && book.applications.iter().any(|it| {
                it.issued
                    .as_ref()
                    .is_some_and(|issued| !number.is_empty() && issued.number == number)
            })
    });
    match other {
        None => Ok(()),
        Some(other) => Err(Failure::refused(
            WHAT,
            number,
            format!("这个证书编号已经登记给 {}", other.person.name),
            "请核对证书上的编号",
        )),
    }
}
