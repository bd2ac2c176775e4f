//! The steps of a campaign: who may take them, when, and that each is one step to undo.

use super::campaign_desk::*;
use super::registry_desk::*;
use xueshi::failure::Kind;
use xueshi::ledger::ReviewResult::*;
use xueshi::ledger::*;
use xueshi::registry::Registry;
use xueshi::registry::campaign::{
    check, close_publicity, open_publicity, override_finding, review, withdraw,
};

fn application(registry: &Registry, n: u32) -> Applicant {
    let person = registry.person_by_id_number(&id_number(n)).unwrap().unwrap();
    registry.handbook(person.id).unwrap().applications.remove(0)
}

fn names(people: &[Person]) -> Vec<&str> {
    people.iter().map(|person| person.name.as_str()).collect()
}

#[test]
fn review_passes_those_who_are_met_and_names_the_rest() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 2, 3);
    let revision = registry.revision();
    let outcome = pass(&mut registry, "2020-08-10");
    assert_eq!(names(&outcome.done), ["人员001", "人员002"]);
    assert_eq!(outcome.refused.len(), 1);
    assert_eq!(outcome.refused[0].0.name, "人员003");
    assert!(outcome.refused[0].1.contains("2015 年"), "{}", outcome.refused[0].1);
    assert_eq!(registry.revision(), revision + 1);
    assert!(matches!(application(&registry, 1).review, Some((Passed, _))));
    assert_eq!(application(&registry, 3).review, None);

    // Already so: nothing changes.
    let again = pass(&mut registry, "2020-08-11");
    assert!(again.done.is_empty());
    assert_eq!(registry.revision(), revision + 1);

    assert_eq!(registry.can_undo().as_deref(), Some("初审合格：2 人"));
    registry.undo().unwrap();
    assert_eq!(application(&registry, 1).review, None);
}

#[test]
fn review_of_a_named_person() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 1, 2);
    let today = day("2020-08-10");
    let mut go = |n: u32, result, by: &str, reason: &str| {
        review(&mut registry, 2020, Some("高级"), &[id_number(n)], result, by, reason, today)
    };
    let refused = go(2, Passed, "田秀英", "").unwrap().refused;
    assert_eq!(refused.len(), 1);
    assert_eq!(go(2, Returned, "田秀英", " ").unwrap_err().kind, Kind::Usage);
    assert_eq!(go(1, Passed, "", "").unwrap_err().kind, Kind::Usage);
    assert_eq!(go(9, Passed, "田秀英", "").unwrap_err().kind, Kind::Refused);
    assert_eq!(names(&go(2, Returned, "田秀英", "缺 2019 年材料").unwrap().done), ["人员002"]);
    assert_eq!(names(&go(1, Failed, "田秀英", "材料不实").unwrap().done), ["人员001"]);
    let (result, vouched) = application(&registry, 1).review.unwrap();
    assert_eq!((result, vouched.reason.as_str(), vouched.at), (Failed, "材料不实", today));
    // One unknown number and nothing happens to the others.
    let both = [id_number(1), id_number(9)];
    assert!(review(&mut registry, 2020, None, &both, Passed, "田秀英", "", today).is_err());
    assert!(matches!(application(&registry, 1).review, Some((Failed, _))));
}

#[test]
fn review_needs_applicants_of_a_known_campaign_and_level() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let today = day("2020-08-10");
    let mut go = |year, level| review(&mut registry, year, level, &[], Passed, "田秀英", "", today);
    assert_eq!(go(2020, None).unwrap_err().kind, Kind::Refused);
    assert_eq!(go(2020, Some("初级")).unwrap_err().kind, Kind::Usage);
    assert_eq!(go(2031, None).unwrap_err().kind, Kind::Cannot);
}

#[test]
fn withdrawal_is_logged_and_ends_everything() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 2, 2);
    let today = day("2020-08-10");
    assert_eq!(
        withdraw(&mut registry, 2020, &id_number(1), "", today).unwrap_err().kind,
        Kind::Usage
    );
    withdraw(&mut registry, 2020, &id_number(1), "个人原因", today).unwrap();
    let withdrawn = application(&registry, 1).withdrawn.unwrap();
    assert_eq!((withdrawn.by.as_str(), withdrawn.reason.as_str()), ("田秀英", "个人原因"));
    let again = withdraw(&mut registry, 2020, &id_number(1), "再退", today).unwrap_err();
    assert!(again.to_string().contains("已经退出"), "{again}");
    assert!(withdraw(&mut registry, 2019, &id_number(2), "无", today).is_err());
    assert!(withdraw(&mut registry, 2020, &id_number(7), "无", today).is_err());

    let outcome = pass(&mut registry, "2020-08-10");
    assert_eq!(names(&outcome.done), ["人员002"]);
    let named = [id_number(1)];
    let named =
        review(&mut registry, 2020, None, &named, Passed, "田秀英", "", today).unwrap().refused;
    assert!(named[0].1.contains("退出申报"), "{}", named[0].1);
    let run = open_publicity(&mut registry, 2020, "高级", today, "", today).unwrap();
    assert_eq!(run.members.len(), 1);
}

#[test]
fn overrides_need_a_finding_a_name_and_a_reason() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 0, 1);
    let today = day("2020-08-10");
    let short = |registry: &Registry| {
        let report = check(registry, 2020, None, today).unwrap();
        let found = &report.applicants[0].findings;
        let mut codes: Vec<_> = found
            .iter()
            .filter(|it| it.severity == Severity::Block && it.year == Some(2016))
            .map(|it| it.code)
            .collect();
        codes.dedup();
        codes
    };
    let codes = short(&registry);
    assert!(!codes.is_empty());
    let code = codes[0];
    let mut go = |year, code: &str, by: &str, reason: &str| {
        override_finding(&mut registry, &id_number(1), year, code, by, reason, today)
    };
    assert_eq!(go(2016, code, "", "理由").unwrap_err().kind, Kind::Usage);
    assert_eq!(go(2016, code, "田秀英", "").unwrap_err().kind, Kind::Usage);
    assert_eq!(go(2016, "no-such-code", "田秀英", "理由").unwrap_err().kind, Kind::Usage);
    assert_eq!(go(2003, code, "田秀英", "理由").unwrap_err().kind, Kind::Refused);
    assert_eq!(go(2020, "review-missing", "田秀英", "理由").unwrap_err().kind, Kind::Refused);
    go(2016, code, "田秀英", "局里同意").unwrap();
    go(2016, code, "田秀英", "局里书面同意").unwrap();
    assert!(!short(&registry).contains(&code));
    assert!(registry.can_undo().unwrap().starts_with("放行问题：人员001 2016 年"));
}

#[test]
fn publicity_takes_five_working_days() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 2, 3);
    let none =
        open_publicity(&mut registry, 2020, "高级", day("2020-08-17"), "", day("2020-08-17"));
    assert!(none.unwrap_err().to_string().contains("还没有人初审合格"));
    pass(&mut registry, "2020-08-14");
    let mut open = |posted: &str| {
        open_publicity(&mut registry, 2020, "高级", day(posted), "一楼", day("2020-08-17"))
    };
    let run = open("2020-08-17").unwrap();
    assert_eq!((run.close_strict, run.close_inclusive), (day("2020-08-24"), day("2020-08-21")));
    assert_eq!((run.days, run.members.len(), run.place.as_str()), (5, 2, "一楼"));
    assert!(open("2020-08-18").unwrap_err().to_string().contains("不用再开"));
    assert_eq!(registry.publicity(2020).unwrap(), [run]);

    let mut close = |date: &str, today: &str| {
        close_publicity(&mut registry, 2020, "高级", day(date), &[], day(today))
    };
    for (date, today, says) in [
        ("2020-08-23", "2020-08-26", "还不满 5 个工作日"),
        ("2020-08-21", "2020-08-26", "还不满 5 个工作日"),
        ("2020-08-17", "2020-08-26", "不在张贴日"),
        ("2020-08-25", "2020-08-24", "还没有到"),
    ] {
        let error = close(date, today).unwrap_err();
        assert_eq!(error.kind, Kind::Refused);
        assert!(error.to_string().contains(says), "{error}");
    }
    assert_eq!(close("2020-08-24", "2020-08-24").unwrap().closed, Some(day("2020-08-24")));
    assert!(close("2020-08-25", "2020-08-26").unwrap_err().to_string().contains("没有正在进行"));
}

#[test]
fn latecomers_need_a_run_of_their_own_and_the_oldest_closes_first() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 1, 1);
    pass(&mut registry, "2020-08-14");
    let first =
        open_publicity(&mut registry, 2020, "高级", day("2020-08-14"), "", day("2020-08-14"))
            .unwrap();
    applicant(&mut registry, &desk, "正高", 2, true);
    pass(&mut registry, "2020-08-17");
    let second =
        open_publicity(&mut registry, 2020, "高级", day("2020-08-17"), "", day("2020-08-17"))
            .unwrap();
    assert!(first.members != second.members && second.members.len() == 1);
    let heard = ["对一人学历有异议".to_owned(), " ".to_owned()];
    let today = day("2020-08-28");
    let mut close = |heard: &[String]| {
        close_publicity(&mut registry, 2020, "高级", day("2020-08-24"), heard, today).unwrap()
    };
    let closed = close(&heard);
    let kept: Vec<&str> = closed.objections.iter().map(|it| it.text.as_str()).collect();
    assert_eq!((closed.id, kept), (first.id, vec!["对一人学历有异议"]));
    assert_eq!(close(&[]).id, second.id);
    let stages: Vec<Stage> = check(&registry, 2020, None, today)
        .unwrap()
        .applicants
        .iter()
        .map(|found| found.stage)
        .collect();
    assert_eq!(stages, [Stage::Publicised, Stage::Publicised]);
}

#[test]
fn a_year_without_a_calendar_is_refused() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 1, 1);
    pass(&mut registry, "2020-08-14");
    let today = day("2035-01-01");
    let error = open_publicity(&mut registry, 2020, "高级", today, "", today).unwrap_err();
    assert_eq!(error.kind, Kind::Cannot);
    assert!(registry.publicity(2020).unwrap().is_empty());
}
