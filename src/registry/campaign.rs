//! The steps of a campaign as changes to the registry: check, review, withdrawal, override; publicity and
//! what follows it stand beside. Window and command line call these; each is one undo step. What the steps
//! rest on (verdicts, working days) is computed by the floors below; nothing here knows SQL.

mod after;
mod publicity;

pub use after::{Step, choose_recipient, has_department, step};
pub use publicity::{change_run, close_publicity, fail_member, open_publicity, settle_objection};

use super::Registry;
use crate::failure::{Failure, Result};
use crate::ledger::*;
use crate::notice::Notice;
use chrono::NaiveDate;

/// Checks a campaign (`level_group`: 高级 / 中级 / all).
///
/// # Errors
/// No notice for the year; a calendar year without data; an unknown level.
pub fn check(
    registry: &Registry,
    campaign: i32,
    level_group: Option<&str>,
    today: NaiveDate,
) -> Result<CampaignReport> {
    let notice = registry.notice_of(campaign)?;
    check_under(registry, &notice, campaign, level_group, today)
}

/// As [`check`], under a notice that may not be the registry's.
///
/// # Errors
/// As [`check`].
pub(super) fn check_under(
    registry: &Registry,
    notice: &Notice,
    campaign: i32,
    level_group: Option<&str>,
    today: NaiveDate,
) -> Result<CampaignReport> {
    known_group("体检", notice, level_group)?;
    let unit = registry.unit()?;
    let mut report = crate::ledger::check(
        notice,
        &registry.calendar(),
        &unit,
        campaign,
        level_group,
        &registry.applicant_handbooks(campaign)?,
        &registry.publicity(campaign)?,
        today,
    )?;
    in_order(registry, &unit, notice, &mut report.applicants)?;
    Ok(report)
}

/// Where several units' people stand together, papers number them in the unit's chosen order (A-30, S-04);
/// a unit's own people keep the order of its roster unless another was chosen.
fn in_order(
    registry: &Registry,
    unit: &Unit,
    notice: &Notice,
    applicants: &mut [ApplicantResult],
) -> Result<()> {
    let of_unit = |person: &Person| match person.workplace.trim() {
        "" => unit.name.clone(),
        workplace => workplace.to_owned(),
    };
    let first = applicants.first().map(|found| of_unit(&found.person));
    let several = applicants.iter().any(|found| Some(of_unit(&found.person)) != first);
    if unit.order == RowOrder::UnitName && !several {
        return Ok(());
    }
    let listed: Vec<String> = match unit.order {
        RowOrder::ListName => registry.awaited_units()?.into_iter().map(|it| it.name).collect(),
        _ => Vec::new(),
    };
    applicants.sort_by_cached_key(|found| {
        let (workplace, name) = (of_unit(&found.person), found.person.name.clone());
        let place = listed.iter().position(|listed| *listed == workplace).unwrap_or(listed.len());
        let level = notice.levels.iter().position(|level| level.name == found.applicant.level);
        let (level, workplace) = match unit.order {
            RowOrder::UnitName | RowOrder::ListName => (0, workplace),
            RowOrder::Name => (0, String::new()),
            RowOrder::LevelUnitName => (level.unwrap_or(notice.levels.len()), workplace),
        };
        (level, place, workplace, name, found.person.id)
    });
    Ok(())
}

/// What a batch step did and whom it left out, with the reason.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    pub done: Vec<Person>,
    pub refused: Vec<(Person, String)>,
}

/// The unit's review (初审, B3-10). Without `people`: everybody whose verdict is met and who is not
/// already so; but who was judged 不合格 by name stays so until named again. 合格 is for people whose verdict is
/// met; 不合格 and 退回 need a reason.
///
/// # Errors
/// No applicants; an ID that is not an applicant; no name; no reason where one is needed.
/// Nothing was changed.
#[allow(clippy::too_many_arguments)]
pub fn review(
    registry: &mut Registry,
    campaign: i32,
    level_group: Option<&str>,
    people: &[IdNumber],
    result: ReviewResult,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Outcome> {
    const WHAT: &str = "登记初审结果";
    let vouched = vouched(WHAT, by, reason, today, result != ReviewResult::Passed)?;
    let report = check(registry, campaign, level_group, today)?;
    if report.applicants.is_empty() {
        return Err(nobody(WHAT, campaign, level_group));
    }
    for number in people {
        if !report.applicants.iter().any(|found| found.person.id_number == *number) {
            return Err(no_applicant(WHAT, registry, number, campaign, level_group)?);
        }
    }

    let mut outcome = Outcome::default();
    let mut changed = Vec::new();
    for found in &report.applicants {
        let named = people.contains(&found.person.id_number);
        if !people.is_empty() && !named {
            continue;
        }
        let applicant = &found.applicant;
        let already = applicant.review.as_ref().is_some_and(|(now, _)| *now == result);
        if !named && (applicant.withdrawn.is_some() || (already && found.verdict == Verdict::Met)) {
            continue;
        }
        if applicant.withdrawn.is_none()
            && found.verdict != Verdict::Met
            && (result == ReviewResult::Passed || !named)
        {
            outcome.refused.push((found.person.clone(), unmet(found)));
            continue;
        }
        if !named
            && result == ReviewResult::Passed
            && let Some((ReviewResult::Failed, judged)) = &applicant.review
        {
            let why = format!(
                "{} {}初审不合格（{}）；要改为合格的，请单独选他",
                judged.at, judged.by, judged.reason
            );
            outcome.refused.push((found.person.clone(), why));
            continue;
        }
        match applicant.reviewed(result, vouched.clone(), found.verdict) {
            Err(refusal) => outcome.refused.push((found.person.clone(), refusal.why)),
            Ok(reviewed) => {
                outcome.done.push(found.person.clone());
                if reviewed != *applicant {
                    changed.push(reviewed);
                }
            }
        }
    }
    if !changed.is_empty() {
        let action = match outcome.done.as_slice() {
            [only] => format!("初审{}：{}", result.name(), only.name),
            many => format!("初审{}：{} 人", result.name(), many.len()),
        };
        registry.transact(&action, |tx| {
            changed.iter().try_for_each(|applicant| tx.save_applicant(applicant).map(drop))
        })?;
    }
    Ok(outcome)
}

/// Takes an applicant out of the campaign; the entry stays in the log.
///
/// # Errors
/// Not an applicant; already withdrawn; no reason.
pub fn withdraw(
    registry: &mut Registry,
    campaign: i32,
    person: &IdNumber,
    reason: &str,
    today: NaiveDate,
) -> Result<()> {
    const WHAT: &str = "退出申报";
    let contact = registry.unit()?.contact;
    let by = if contact.trim().is_empty() { "单位人事科" } else { &contact };
    let withdrawn = vouched(WHAT, by, reason, today, true)?;
    let handbook = handbook_of(WHAT, registry, person)?;
    let applications: Vec<&Applicant> =
        handbook.applications.iter().filter(|it| it.campaign == campaign).collect();
    let Some(first) = applications.first() else {
        return Err(no_applicant(WHAT, registry, person, campaign, None)?);
    };
    let staying: Vec<&Applicant> =
        applications.iter().copied().filter(|it| it.withdrawn.is_none()).collect();
    let leaving = match staying.as_slice() {
        // Nobody is left to withdraw: the ledger says since when.
        [] => {
            let named = |refusal| Failure { place: handbook.person.name.clone(), ..refusal };
            vec![first.withdrawn(withdrawn).map_err(named)?]
        }
        staying => {
            staying.iter().map(|it| it.withdrawn(withdrawn.clone())).collect::<Result<_>>()?
        }
    };
    registry.transact(&format!("退出申报：{}", handbook.person.name), |tx| {
        leaving.iter().try_for_each(|applicant| tx.save_applicant(applicant).map(drop))
    })?;
    Ok(())
}

/// Sets a Block (or warn) finding of a person's year aside; the computed value stays beside it. Review
/// and publicity are steps to take and cannot be set aside.
///
/// # Errors
/// Unknown person or code; no such finding stands in that year; no reason; no name; a locked year.
#[allow(clippy::too_many_arguments)]
pub fn override_finding(
    registry: &mut Registry,
    person: &IdNumber,
    year: i32,
    code: &str,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<()> {
    const WHAT: &str = "放行问题";
    let vouched = vouched(WHAT, by, reason, today, true)?;
    if !finding::CODES.iter().any(|(known, _)| *known == code) {
        return Err(Failure::usage(
            WHAT,
            code,
            "没有这个问题代码",
            "请照 xueshi check --help 所列的写",
        ));
    }
    let handbook = handbook_of(WHAT, registry, person)?;
    if is_step(code) {
        return Err(Failure::refused(
            WHAT,
            code,
            "初审和公示是通知规定的步骤，不能放行",
            "请照规定做完初审和公示",
        ));
    }
    let before = handbook.overrides.iter().any(|it| it.year == year && it.code == code);
    if !before && !stands(registry, &handbook, year, code, today)? {
        return Err(Failure::refused(
            WHAT,
            format!("{} {year} 年", handbook.person.name),
            format!("该年没有 {code} 这个问题"),
            "请先看体检结果，照上面的年度和代码写",
        ));
    }
    let action = format!("放行问题：{} {year} 年 {code}", handbook.person.name);
    let set_aside =
        FindingOverride { person: handbook.person.id, year, code: code.to_owned(), vouched };
    registry.transact(&action, |tx| tx.save_override(&set_aside))?;
    Ok(())
}

/// Whether one of the person's campaigns has this finding in this year. A person who applies in no
/// campaign has no findings to hold it against, so that anything goes.
fn stands(
    registry: &Registry,
    handbook: &Handbook,
    year: i32,
    code: &str,
    today: NaiveDate,
) -> Result<bool> {
    let mut campaigns: Vec<i32> = handbook.applications.iter().map(|it| it.campaign).collect();
    campaigns.dedup();
    for &campaign in &campaigns {
        let report = check(registry, campaign, None, today)?;
        let found = report
            .applicants
            .iter()
            .filter(|found| found.person.id == handbook.person.id)
            .flat_map(|found| &found.findings)
            .any(|finding| {
                finding.severity != Severity::Info
                    && finding.code == code
                    && finding.year.unwrap_or(campaign) == year
            });
        if found {
            return Ok(true);
        }
    }
    Ok(campaigns.is_empty())
}

/// Why a person's verdict is not met: the Block findings that stand, else the verdict itself.
pub fn unmet(found: &ApplicantResult) -> String {
    let reasons: Vec<String> = blocks(found).filter(|it| !is_step(it.code)).map(told).collect();
    match reasons.is_empty() {
        true => found.verdict.name().to_owned(),
        false => reasons.join("；"),
    }
}

/// The Block findings that stand.
pub fn blocks(found: &ApplicantResult) -> impl Iterator<Item = &Finding> {
    found
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Block && !finding.overridden)
}

/// A finding's message with its year.
pub fn told(finding: &Finding) -> String {
    match finding.year {
        Some(year) if !finding.message.contains(&year.to_string()) => {
            format!("{year} 年{}", finding.message)
        }
        _ => finding.message.clone(),
    }
}

/// Whether a finding asks for a step that only its own command takes: review and publicity.
pub fn is_step(code: &str) -> bool {
    code.starts_with("review-") || code.starts_with("publicity-")
}

/// Who, when, why; both in words.
fn vouched(
    what: &str,
    by: &str,
    reason: &str,
    at: NaiveDate,
    needs_reason: bool,
) -> Result<Vouched> {
    let (by, reason) = (by.trim().to_owned(), reason.trim().to_owned());
    if by.is_empty() {
        return Err(Failure::usage(what, "", "没有写经办人姓名", "请写上是谁办的"));
    }
    if needs_reason && reason.is_empty() {
        return Err(Failure::usage(what, "", "没有写理由", "请写明理由，以后查得到"));
    }
    Ok(Vouched { by, at, reason })
}

fn known_group(what: &str, notice: &Notice, level_group: Option<&str>) -> Result<()> {
    let groups = notice.level_groups();
    match level_group {
        Some(group) if !groups.contains(&group) => Err(Failure::usage(
            what,
            group,
            "没有这个级别",
            format!("可以写的是：{}", groups.join("、")),
        )),
        _ => Ok(()),
    }
}

fn handbook_of(what: &str, registry: &Registry, number: &IdNumber) -> Result<Handbook> {
    match registry.person_by_id_number(number)? {
        Some(person) => registry.handbook(person.id),
        None => Err(Failure::refused(
            what,
            number.masked(),
            "登记库里没有这个身份证号的人",
            "请核对身份证号，或先登记这个人",
        )),
    }
}

fn no_applicant(
    what: &str,
    registry: &Registry,
    number: &IdNumber,
    campaign: i32,
    level_group: Option<&str>,
) -> Result<Failure> {
    let name = handbook_of(what, registry, number)?.person.name;
    let group = level_group.unwrap_or_default();
    Ok(Failure::refused(
        what,
        name,
        format!("不在 {campaign} 年度{group}参评人员里"),
        "请核对身份证号、年度和级别，或先登记为参评人员",
    ))
}

fn nobody(what: &str, campaign: i32, level_group: Option<&str>) -> Failure {
    let place = format!("{campaign} 年度{}", level_group.unwrap_or_default());
    Failure::refused(what, place, "没有参评人员", "请先登记参评人员")
}
