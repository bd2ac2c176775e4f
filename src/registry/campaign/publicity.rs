//! The steps of a publicity run (B3-11): opened, objections settled, somebody found 不合格, closed.

use super::{check, known_group, vouched};
use crate::failure::{Failure, Result};
use crate::ledger::*;
use crate::registry::Registry;
use chrono::NaiveDate;

/// Opens a publicity run (B3-11) for all who are met, reviewed 合格 and not yet in a run of this campaign.
/// Whoever comes later needs a run of their own.
///
/// # Errors
/// Nobody to post; a calendar year without data.
pub fn open_publicity(
    registry: &mut Registry,
    campaign: i32,
    level_group: &str,
    posted: NaiveDate,
    place: &str,
    today: NaiveDate,
) -> Result<Publicity> {
    const WHAT: &str = "开始公示";
    let notice = registry.notice_of(campaign)?;
    let report = check(registry, campaign, Some(level_group), today)?;
    let runs = registry.publicity(campaign)?;
    let members: Vec<PersonId> = report
        .applicants
        .iter()
        .filter(|found| {
            found.applicant.withdrawn.is_none()
                && found.verdict == Verdict::Met
                && found.applicant.passed()
                && !runs.iter().any(|run| run.posts(&found.applicant, &notice))
        })
        .map(|found| found.person.id)
        .collect();
    if members.is_empty() {
        return Err(nobody_to_post(campaign, level_group, &report));
    }
    let dates = registry.calendar().publicity(posted, notice.publicity.workdays)?;
    let mut run = Publicity {
        campaign,
        level_group: level_group.to_owned(),
        posted,
        place: place.trim().to_owned(),
        days: dates.days,
        close_strict: dates.close_strict,
        close_inclusive: dates.close_inclusive,
        members,
        ..Publicity::default()
    };
    let action = format!("{WHAT}：{level_group} {} 人", run.members.len());
    run.id = registry.transact(&action, |tx| tx.save_publicity(&run))?.value;
    Ok(run)
}

fn nobody_to_post(campaign: i32, level_group: &str, report: &CampaignReport) -> Failure {
    let staying = || report.applicants.iter().filter(|found| found.applicant.withdrawn.is_none());
    let count = staying().filter(|found| found.applicant.passed()).count();
    let (why, remedy) = if staying().next().is_none() {
        ("没有参评人员", "请先登记参评人员")
    } else if count == 0 {
        ("还没有人初审合格", "请先做初审")
    } else {
        ("初审合格且达标的人都已经在公示中或公示过", "不用再开一次；有新的人初审合格后再开")
    };
    Failure::refused("开始公示", format!("{campaign} 年度{level_group}"), why, remedy)
}

/// Closes the oldest open run; refused before the last required working day has ended: a day is accepted
/// when it is not before the notice's last day of publicity and not after today.
///
/// # Errors
/// None open; too early; a day that has not come yet.
pub fn close_publicity(
    registry: &mut Registry,
    campaign: i32,
    level_group: &str,
    date: NaiveDate,
    objections: &[String],
    today: NaiveDate,
) -> Result<Publicity> {
    const WHAT: &str = "结束公示";
    let notice = registry.notice_of(campaign)?;
    known_group(WHAT, &notice, Some(level_group))?;
    let open = registry
        .publicity(campaign)?
        .into_iter()
        .filter(|run| run.level_group == level_group && run.closed.is_none())
        .min_by_key(|run| (run.posted, run.id));
    let Some(open) = open else {
        let place = format!("{campaign} 年度{level_group}");
        return Err(Failure::refused(WHAT, place, "没有正在进行的公示", "请先开始公示"));
    };
    let mut run = open.ended(date, today, &notice.publicity)?;
    let heard = objections.iter().map(|objection| objection.trim()).filter(|it| !it.is_empty());
    run.objections.extend(heard.map(Objection::from));
    let action = format!("{WHAT}：{level_group} {} 人", run.members.len());
    registry.transact(&action, |tx| tx.save_publicity(&run))?;
    Ok(run)
}

/// Changes a run in one step: its files, what was objected, whom it lists.
///
/// # Errors
/// The run is gone; what the registry refuses.
pub fn change_run(
    registry: &mut Registry,
    campaign: i32,
    run: PublicityId,
    action: &str,
    change: impl FnOnce(&mut Publicity),
) -> Result<Publicity> {
    let mut run = run_of(action, registry, campaign, run)?;
    change(&mut run);
    registry.transact(action, |tx| tx.save_publicity(&run))?;
    Ok(run)
}

/// Notes how an objection was settled.
///
/// # Errors
/// The run or the objection is gone; no name; nothing said.
pub fn settle_objection(
    registry: &mut Registry,
    campaign: i32,
    run: PublicityId,
    objection: usize,
    by: &str,
    outcome: &str,
    today: NaiveDate,
) -> Result<()> {
    const WHAT: &str = "处理公示异议";
    let by = vouched(WHAT, by, outcome, today, true)?;
    let run = run_of(WHAT, registry, campaign, run)?.settled(objection, by)?;
    registry.transact(WHAT, |tx| tx.save_publicity(&run))?;
    Ok(())
}

/// An objection proved right: the person is 不合格 after all, stands in this run no longer, and has the
/// unit's review say so. Once 合格 again they need a run of their own.
///
/// # Errors
/// The run is gone or does not post the person; no name; no reason.
pub fn fail_member(
    registry: &mut Registry,
    campaign: i32,
    run: PublicityId,
    person: PersonId,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<()> {
    const WHAT: &str = "公示后改为不合格";
    let by = vouched(WHAT, by, reason, today, true)?;
    let mut run = run_of(WHAT, registry, campaign, run)?;
    let handbook = registry.handbook(person)?;
    let name = &handbook.person.name;
    if !run.stands_for(person) {
        let why = "不在这一批公示名单里，或已经改为不合格";
        return Err(Failure::refused(WHAT, name, why, "请再看一下名单"));
    }
    run.failed.insert(person, by.reason.clone());
    let notice = registry.notice_of(campaign)?;
    let of_run = |it: &&Applicant| {
        it.campaign == campaign
            && it.withdrawn.is_none()
            && notice.level_group(&it.level) == Some(run.level_group.as_str())
    };
    let mut changed = Vec::new();
    for applicant in handbook.applications.iter().filter(of_run) {
        // 不合格 does not ask for the verdict.
        let failed = applicant.reviewed(ReviewResult::Failed, by.clone(), Verdict::Blocked);
        changed.push(failed.map_err(|refusal| Failure { place: name.clone(), ..refusal })?);
    }
    registry.transact(&format!("{WHAT}：{name}"), |tx| {
        tx.save_publicity(&run)?;
        changed.iter().try_for_each(|applicant| tx.save_applicant(applicant).map(drop))
    })?;
    Ok(())
}

fn run_of(what: &str, registry: &Registry, campaign: i32, id: PublicityId) -> Result<Publicity> {
    registry.publicity(campaign)?.into_iter().find(|run| run.id == id).ok_or_else(|| {
        Failure::refused(what, "", "这一批公示已经不在了", "它可能刚被撤销，请再看一下列表")
    })
}
