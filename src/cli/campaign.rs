//! Commands that take a campaign's applicants from pre-flight check to the end of publicity.

use super::answer::Answer;
use super::arguments::{PostOrClose, Review};
use super::notices::spoken;
use super::registry::spoken_year;
use super::rulings::differing;
use super::words::ReviewStep;
use crate::failure::{Failure, Result};
use crate::ledger::{
    CampaignReport, Finding, IdNumber, Publicity, ReviewResult, Severity, Stage, Verdict, report,
};
use crate::notice::Notice;
use crate::registry::Registry;
use crate::registry::campaign as steps;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::path::Path;

/// `check`
///
/// # Errors
/// As [`steps::check`].
pub fn check(dir: &Path, campaign: i32, level: Option<&str>, today: NaiveDate) -> Result<Answer> {
    let registry = Registry::open(dir)?;
    let notice = registry.notice_of(campaign)?;
    let found = steps::check(&registry, campaign, level, today)?;
    let findings = found
        .applicants
        .iter()
        .flat_map(|result| &result.findings)
        .any(|finding| !finding.overridden && finding.severity != Severity::Info);
    Ok(Answer::with_findings(
        told(&notice, &found, today),
        report::check(&notice, &found),
        findings,
    ))
}

/// A pre-flight check in words.
fn told(notice: &Notice, report: &CampaignReport, today: NaiveDate) -> String {
    let mut lines = vec![format!(
        "{} 年度职称参评人员体检（{today}）：{} 人；{} 前报送，最后一个工作日是 {}",
        report.campaign,
        report.applicants.len(),
        report.deadline,
        spoken(report.last_working_day)
    )];
    for result in &report.applicants {
        lines.push(String::new());
        if let Some(withdrawn) = &result.applicant.withdrawn {
            let name = &result.person.name;
            lines.push(format!("{name}  {} 已退出：{}", withdrawn.at, withdrawn.reason));
            continue;
        }
        lines.push(format!(
            "{}  申报{}  认定 {}—{} 年  {}  {}",
            result.person.name,
            result.applicant.level,
            result.span.first,
            result.span.last,
            result.verdict.name(),
            result.stage.name()
        ));
        for year in &result.years {
            let outside = match result.span.contains(year.year) {
                true => "",
                false => "（不在认定起止内）",
            };
            lines.push(format!("  {}{outside}", spoken_year(notice, year)));
        }
        lines.extend(result.obligations.iter().map(|it| match it.open() {
            true => format!("  以后要办：{}", it.text),
            false => format!("  已补齐：{}；{}", it.text, it.closed_by()),
        }));
        lines
            .extend(result.findings.iter().map(|finding| format!("  {}", spoken_finding(finding))));
    }
    let staying = || report.applicants.iter().filter(|result| result.stage != Stage::Withdrawn);
    let met = staying().filter(|result| result.verdict == Verdict::Met).count();
    let all = staying().count();
    let withdrawn = match report.applicants.len() - all {
        0 => String::new(),
        count => format!("，已退出 {count} 人"),
    };
    lines.push(String::new());
    lines.extend(differing(notice));
    lines.push(format!(
        "达标 {met} 人，未达标 {} 人{withdrawn}。{}",
        all - met,
        match (all, report.ready) {
            (0, _) => "没有参评人员，请先在导入表的参评人员表里登记。",
            (_, true) => "可以打报送包了。",
            (_, false) => "还不能报送，请看上面各人的问题。",
        }
    ));
    lines.join("\n")
}

fn spoken_finding(finding: &Finding) -> String {
    let severity = match finding.severity {
        _ if finding.overridden => "已放行",
        Severity::Block => "须解决",
        Severity::Warn => "请核对",
        Severity::Info => "提示",
    };
    let year = finding.year.map(|year| format!("{year} 年 ")).unwrap_or_default();
    let clause =
        if finding.clause.is_empty() { String::new() } else { format!("，{}", finding.clause) };
    format!("【{severity}】{year}{}（{}{clause}）→ {}", finding.message, finding.code, finding.fix)
}

/// `review`
///
/// # Errors
/// As [`steps::review`].
pub fn review(review: &Review, today: NaiveDate) -> Result<Answer> {
    let after = after_publicity(review)?;
    let mut registry = Registry::open(&review.at.dir)?;
    let (year, level) = (review.campaign, review.level.as_deref());
    let (people, by, reason) = (&review.people, &review.by, &review.reason);
    let (name, outcome) = match after {
        None => {
            let result = review.result;
            let name = format!("初审{}", result.name());
            let done = steps::review(&mut registry, year, level, people, result, by, reason, today);
            (name, done?)
        }
        Some(step) => {
            let done = steps::step(&mut registry, year, level, people, &step, by, reason, today);
            (step.name().to_owned(), done?)
        }
    };
    let result = review.result.name();
    let verb = if review.step == ReviewStep::Unit { "没有审" } else { "没有办" };
    let mut lines = vec![match outcome.done.len() {
        0 => format!("{name} 0 人"),
        count => format!("{name} {count} 人：{}", names(&outcome.done)),
    }];
    lines.extend(
        outcome.refused.iter().map(|(person, why)| format!("  {verb} {}：{why}", person.name)),
    );
    let done: Vec<Value> =
        outcome.done.iter().map(|person| Value::Object(report::named(person))).collect();
    let refused: Vec<Value> = outcome
        .refused
        .iter()
        .map(|(person, why)| {
            let mut shape = report::named(person);
            shape.insert("reason".into(), json!(why));
            Value::Object(shape)
        })
        .collect();
    let findings = !refused.is_empty();
    let document = json!({ "result": result, "done": done, "refused": refused });
    Ok(Answer::with_findings(lines.join("\n"), document, findings))
}

/// The step after publicity that was asked for; `None` for the unit's own review.
fn after_publicity(review: &Review) -> Result<Option<steps::Step>> {
    let wrong = |why: &str, remedy: &str| Err(Failure::usage("登记审核", "", why, remedy));
    let number = review.certificate.trim();
    if number.is_empty() == (review.step == ReviewStep::Issue) {
        return match review.step {
            ReviewStep::Issue => {
                wrong("没有写证书编号", "请加 --certificate 编号，照人社部门发的证书写")
            }
            _ => wrong("只有发证才写证书编号", "请去掉 --certificate，或写 --step 发证"),
        };
    }
    let only_passed = matches!(review.step, ReviewStep::Send | ReviewStep::Issue);
    if only_passed && review.result != ReviewResult::Passed {
        return wrong(
            "核验和发证的结果只能是合格",
            "人社部门退回的，请写 --step 复审 --result 退回",
        );
    }
    Ok(match review.step {
        ReviewStep::Unit => None,
        ReviewStep::Department => Some(steps::Step::Department(review.result)),
        ReviewStep::Send => Some(steps::Step::Send),
        ReviewStep::Issue => Some(steps::Step::Issue(number.to_owned())),
    })
}

/// `张三、李四`
fn names(people: &[crate::ledger::Person]) -> String {
    people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join("、")
}

/// `withdraw`
///
/// # Errors
/// As [`steps::withdraw`].
pub fn withdraw(
    dir: &Path,
    campaign: i32,
    person: &IdNumber,
    reason: &str,
    today: NaiveDate,
) -> Result<Answer> {
    let mut registry = Registry::open(dir)?;
    steps::withdraw(&mut registry, campaign, person, reason, today)?;
    Ok(Answer::clean(
        format!("{} 已退出 {campaign} 年度申报：{reason}", named(&registry, person)?),
        json!({ "campaign": campaign, "id_number": person, "reason": reason }),
    ))
}

/// `override`: `(year, code)` is set aside by `(name, reason)`.
///
/// # Errors
/// As [`steps::override_finding`].
pub fn set_aside(
    dir: &Path,
    person: &IdNumber,
    (year, code): (i32, &str),
    (by, reason): (&str, &str),
    today: NaiveDate,
) -> Result<Answer> {
    let mut registry = Registry::open(dir)?;
    steps::override_finding(&mut registry, person, year, code, by, reason, today)?;
    Ok(Answer::clean(
        format!("{} {year} 年的 {code} 已由{by}放行：{reason}", named(&registry, person)?),
        json!({ "id_number": person, "year": year, "finding": code, "by": by, "reason": reason }),
    ))
}

/// A person's name; the masked number where there is none.
fn named(registry: &Registry, number: &IdNumber) -> Result<String> {
    Ok(registry.person_by_id_number(number)?.map_or_else(|| number.masked(), |person| person.name))
}

/// `publicity`
///
/// # Errors
/// As [`steps::open_publicity`] and [`steps::close_publicity`].
pub fn publicity(run: &PostOrClose, today: NaiveDate) -> Result<Answer> {
    let mut registry = Registry::open(&run.at.dir)?;
    let (run, text) = match (run.posted, run.close) {
        (Some(posted), _) => {
            let place = run.place.as_deref().unwrap_or_default();
            let run = steps::open_publicity(
                &mut registry,
                run.campaign,
                &run.level,
                posted,
                place,
                today,
            )?;
            let text = format!(
                "{}公示已开始：{} 人，{} 张贴，满 {} 个工作日，{} 过后可以结束（张贴当天计入则为 {}）",
                run.level_group,
                run.members.len(),
                spoken(run.posted),
                run.days,
                spoken(run.close_strict),
                spoken(run.close_inclusive)
            );
            (run, text)
        }
        (None, Some(close)) => {
            let run = steps::close_publicity(
                &mut registry,
                run.campaign,
                &run.level,
                close,
                &run.objections,
                today,
            )?;
            let heard = match run.objections.len() {
                0 => "没有收到异议".to_owned(),
                count => format!(
                    "收到 {count} 件异议：{}",
                    run.objections.iter().map(|it| it.told()).collect::<Vec<_>>().join("；")
                ),
            };
            let text = format!(
                "{}公示已结束：{} 人，{} 至 {}，{heard}",
                run.level_group,
                run.members.len(),
                spoken(run.posted),
                spoken(close)
            );
            (run, text)
        }
        (None, None) => {
            return Err(Failure::usage(
                "执行命令",
                "publicity",
                "没有写是开始还是结束",
                "请写 --posted 日期 或 --close 日期",
            ));
        }
    };
    Ok(Answer::clean(text, shape(&run)))
}

/// A publicity run as JSON.
fn shape(run: &Publicity) -> Value {
    json!({
        "posted": run.posted,
        "days": run.days,
        "close_strict": run.close_strict,
        "close_inclusive": run.close_inclusive,
        "closed": run.closed,
        "place": run.place,
        "people": run.members.len(),
        "objections": run.objections.iter().map(|it| it.told()).collect::<Vec<_>>(),
    })
}
