//! What stops an applicant on the way to the package besides hours and papers: roster fields that papers
//! need, the span's exceptions, the unit's review, publicity, the deadline. Never the verdict.

use super::Look;
use crate::ledger::{
    Applicant, Finding, FindingCode, Handbook, PersonId, Publicity, ReviewResult, Severity, Stage,
};
use chrono::{Datelike, NaiveDate};

/// What may block here.
pub(in crate::ledger) const CODES: &[FindingCode] = &[
    "speciality-missing",
    "level-unknown",
    "review-missing",
    "review-not-passed",
    "review-returned",
    "publicity-missing",
    "publicity-open",
];

/// The campaign's dates.
pub(in crate::ledger) struct Dates {
    pub last_working_day: NaiveDate,
    /// The last day on which a publicity run can be posted and still close in time.
    pub last_posting_day: Option<NaiveDate>,
}

pub(in crate::ledger) fn find(
    look: &Look<'_>,
    handbook: &Handbook,
    applicant: &Applicant,
    runs: &[Publicity],
    dates: &Dates,
    found: &mut Vec<Finding>,
) {
    roster(look, handbook, applicant, found);
    span(look, handbook, applicant, found);
    review(look, applicant, found);
    publicity(look, applicant, runs, dates, found);
    department(look, handbook, applicant, runs, found);
    recipient(look, found);
    deadline(look, dates, found);
}

fn roster(look: &Look<'_>, handbook: &Handbook, applicant: &Applicant, found: &mut Vec<Finding>) {
    let person = &handbook.person;
    let missing = [
        (
            &applicant.speciality,
            Severity::Block,
            "speciality-missing",
            "S-07",
            "申报专业",
            "汇总表",
        ),
        (
            &person.handbook_number,
            Severity::Warn,
            "handbook-number-missing",
            "T-04",
            "登记证书编号",
            "合格证明",
        ),
        (&person.title, Severity::Info, "title-missing", "T-03", "现职称", "合格证明存根"),
        (&person.education, Severity::Info, "education-missing", "T-03", "学历", "合格证明"),
    ];
    for (value, severity, code, clause, field, paper) in missing {
        if value.trim().is_empty() {
            found.push(look.finding(
                severity,
                code,
                look.cite(clause),
                format!("没有填{field}，{paper}上要写"),
                format!("请补填{field}"),
            ));
        }
    }
    if look.notice.level_group(&applicant.level).is_none() {
        let known: Vec<&str> = look.notice.levels.iter().map(|it| it.name.as_str()).collect();
        found.push(look.finding(
            Severity::Block,
            "level-unknown",
            look.cite("B3-04"),
            format!("申报级别“{}”不在通知之列", applicant.level),
            format!("请改选：{}", known.join("、")),
        ));
    }
}

fn span(look: &Look<'_>, handbook: &Handbook, applicant: &Applicant, found: &mut Vec<Finding>) {
    let clause = || look.cite("A-26");
    match applicant.start_override {
        Some(year) if applicant.note.trim().is_empty() => found.push(look.finding(
            Severity::Warn,
            "span-reason-missing",
            clause(),
            format!("认定起始年度指定为 {year} 年，没有写说明"),
            "请写明理由",
        )),
        Some(year) => found.push(look.finding(
            Severity::Info,
            "span-overridden",
            clause(),
            format!("认定起始年度指定为 {year} 年：{}", applicant.note.trim()),
            "请备好依据",
        )),
        None => {
            let employed = handbook.person.employed.map(|date| date.year());
            let short = |until: i32| {
                let years = look.span.first..until.min(look.span.last + 1);
                years.into_iter().any(|year| !look.book.reached(year).met)
            };
            if let Some(year) = employed.filter(|year| short(*year)) {
                found.push(look.finding(
                    Severity::Warn,
                    "employed-after-span-start",
                    clause(),
                    format!("{year} 年参加工作，认定从 {} 年起", look.span.first),
                    "工作前的年度不会自动免除；可以写明理由，另定起始年度",
                ));
            }
        }
    }
}

fn review(look: &Look<'_>, applicant: &Applicant, found: &mut Vec<Finding>) {
    let clause = look.cite("B3-10");
    match &applicant.review {
        None => found.push(look.finding(
            Severity::Block,
            "review-missing",
            clause,
            "单位还没有初审",
            "达标后请做初审",
        )),
        Some((ReviewResult::Passed, _)) => {}
        Some((result, vouched)) => found.push(look.finding(
            Severity::Block,
            "review-not-passed",
            clause,
            format!("{}初审{}：{}", vouched.by, result.name(), vouched.reason),
            "请改正后重新初审",
        )),
    }
}

fn publicity(
    look: &Look<'_>,
    applicant: &Applicant,
    runs: &[Publicity],
    dates: &Dates,
    found: &mut Vec<Finding>,
) {
    let rule = &look.notice.publicity;
    let clause = || rule.clause.place.clone();
    let own = || runs.iter().filter(|run| run.posts(applicant, look.notice));
    let concerns = |about: Option<PersonId>| about.is_none_or(|about| about == look.person);
    for objection in own().flat_map(|run| &run.objections).filter(|it| concerns(it.about)) {
        let (severity, fix) = match objection.settled {
            None => (Severity::Warn, "请核实，在公示页记下处理结果"),
            Some(_) => (Severity::Info, "已经核查处理，备查"),
        };
        found.push(look.finding(
            severity,
            "publicity-objection",
            clause(),
            format!("公示期间有异议：{}", objection.told()),
            fix,
        ));
    }
    if own().any(|run| run.closed.is_some()) {
        return;
    }
    if let Some(run) = own().next() {
        let last = run.last_day(rule);
        found.push(look.finding(
            Severity::Block,
            "publicity-open",
            clause(),
            format!("{} 张贴公示，到 {last} 下班才满 {} 个工作日", run.posted, run.days),
            format!("请在 {last} 以后结束公示"),
        ));
    } else {
        let group = look.notice.level_group(&applicant.level);
        let late = runs.iter().any(|run| {
            run.campaign == applicant.campaign && group == Some(run.level_group.as_str())
        });
        found.push(look.finding(
            Severity::Block,
            "publicity-missing",
            clause(),
            if late {
                "不在已有的公示名单里，须另行公示"
            } else {
                "还没有公示"
            },
            format!("初审合格后请公示不少于 {} 个工作日", rule.workdays),
        ));
        if let Some(last) = dates
            .last_posting_day
            .filter(|last| look.today > *last && look.today <= dates.last_working_day)
        {
            found.push(look.finding(
                Severity::Warn,
                "publicity-too-late",
                clause(),
                format!("最迟应在 {last} 张贴，现在公示赶不上报送"),
                "请与主管部门商量报送时间",
            ));
        }
    }
}

/// What the department says (B3-12). That it has not spoken yet stops nothing here: the unit hands in for
/// it to do so; only a department is reminded of its units' people.
fn department(
    look: &Look<'_>,
    handbook: &Handbook,
    applicant: &Applicant,
    runs: &[Publicity],
    found: &mut Vec<Finding>,
) {
    let clause = look.cite("B3-12");
    if let Some(returned) = applicant.returned() {
        found.push(look.finding(
            Severity::Block,
            "review-returned",
            clause,
            format!("{} 主管部门复审退回：{}", returned.at, returned.reason),
            "请改正后重新初审，再送复审",
        ));
        return;
    }
    let workplace = handbook.person.workplace.trim();
    let of_another_unit = !workplace.is_empty() && workplace != look.unit.name.trim();
    if look.unit.above().is_none()
        && of_another_unit
        && applicant.stage(runs, look.notice) == Stage::Publicised
    {
        found.push(look.finding(
            Severity::Warn,
            "review-unconfirmed",
            clause,
            format!("{workplace} 已报来，本部门还没有复审"),
            "请复审确认，或退回并写明理由",
        ));
    }
}

/// A unit below a department hands in to the department (B3-16).
fn recipient(look: &Look<'_>, found: &mut Vec<Finding>) {
    let unit = look.unit;
    if let (true, Some(above)) = (unit.bypasses(look.notice), unit.above()) {
        found.push(look.finding(
            Severity::Warn,
            "recipient-bypassed",
            look.cite("B3-16"),
            format!("报送给 {}，没有经过主管部门 {above}", unit.recipient.trim()),
            match unit.recipient_reason.trim() {
                "" => "原则上不接受部门下属单位办理；请改回主管部门，或写明理由".to_owned(),
                reason => format!("所写的理由：{reason}；请先与受理部门说好"),
            },
        ));
    }
}

/// Late packages can still be made; this is told to everybody, publicised or not.
fn deadline(look: &Look<'_>, dates: &Dates, found: &mut Vec<Finding>) {
    if look.today > dates.last_working_day {
        found.push(look.finding(
            Severity::Info,
            "deadline-passed",
            look.notice.deadline.clause.place.clone(),
            format!("报送期限（{}）已过", dates.last_working_day),
            "仍可以打包，请与受理部门说明",
        ));
    }
}
