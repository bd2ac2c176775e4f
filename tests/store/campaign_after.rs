//! What follows publicity: objections settled, the department's review, the bureau, the certificate.

use super::campaign_desk::*;
use super::registry_desk::*;
use xueshi::ledger::*;
use xueshi::registry::campaign::{
    Outcome, Step, check, choose_recipient, close_publicity, fail_member, open_publicity,
    settle_objection, step,
};
use xueshi::registry::{AwaitedUnit, Registry};

const LAST: &str = "2020-08-25";

/// Two people of 高级, publicised.
fn publicised(desk: &Desk) -> Registry {
    let mut registry = desk.create();
    applicants(&mut registry, desk, "副高", 2, 2);
    pass(&mut registry, "2020-08-14");
    let posted = day("2020-08-17");
    open_publicity(&mut registry, 2020, "高级", posted, "", posted).unwrap();
    close_publicity(&mut registry, 2020, "高级", day("2020-08-24"), &[], day("2020-08-24"))
        .unwrap();
    registry
}

fn take(registry: &mut Registry, people: &[u32], what: &Step, reason: &str) -> Outcome {
    let people: Vec<IdNumber> = people.iter().map(|n| id_number(*n)).collect();
    step(registry, 2020, None, &people, what, "彭主任", reason, day(LAST)).unwrap()
}

fn refused(registry: &mut Registry, people: &[u32], what: &Step, reason: &str) -> String {
    let people: Vec<IdNumber> = people.iter().map(|n| id_number(*n)).collect();
    match step(registry, 2020, None, &people, what, "彭主任", reason, day(LAST)) {
        Err(failure) => failure.to_string(),
        Ok(outcome) => outcome.refused.into_iter().map(|(_, why)| why).collect(),
    }
}

fn stages(registry: &Registry) -> Vec<Stage> {
    let report = check(registry, 2020, None, day(LAST)).unwrap();
    report.applicants.iter().map(|found| found.stage).collect()
}

const CONFIRM: Step = Step::Department(ReviewResult::Passed);
const RETURN: Step = Step::Department(ReviewResult::Returned);

#[test]
fn the_department_confirms_sends_and_the_bureau_certifies() {
    let desk = Desk::new();
    let mut registry = publicised(&desk);
    assert!(refused(&mut registry, &[1], &Step::Send, "").contains("还没有复审确认"));
    let issue = |number: &str| Step::Issue(number.to_owned());
    assert!(refused(&mut registry, &[1], &issue("湘 001"), "").contains("还没有送人社核验"));

    assert_eq!(take(&mut registry, &[], &CONFIRM, "").done.len(), 2);
    assert_eq!(registry.can_undo().unwrap(), "复审确认：2 人");
    assert_eq!(stages(&registry), [Stage::Confirmed, Stage::Confirmed]);
    assert!(refused(&mut registry, &[1], &CONFIRM, "").contains("已经复审确认"));
    assert_eq!(take(&mut registry, &[], &Step::Send, "").done.len(), 2);
    assert_eq!(take(&mut registry, &[1], &issue(" 湘 001 "), "").done.len(), 1);
    assert!(refused(&mut registry, &[2], &issue("湘 001"), "").contains("已经登记给 人员001"));
    assert!(refused(&mut registry, &[1, 2], &issue("湘 002"), "").contains("一人一个"));
    assert!(refused(&mut registry, &[1], &RETURN, "字迹不清").contains("已经发证"));
    assert_eq!(stages(&registry), [Stage::Issued, Stage::Sent]);

    // Read back by another opening; taken back step by step.
    drop(registry);
    let mut registry = desk.open();
    let person = registry.person_by_id_number(&id_number(1)).unwrap().unwrap();
    let applicant = registry.handbook(person.id).unwrap().applications.remove(0);
    let issued = applicant.issued.unwrap();
    assert_eq!((issued.number.as_str(), issued.vouched.by.as_str()), ("湘 001", "彭主任"));
    assert_eq!(issued.vouched.at, day(LAST));
    registry.undo().unwrap();
    registry.undo().unwrap();
    assert_eq!(stages(&registry), [Stage::Confirmed, Stage::Confirmed]);
    let told = registry.history(person.id).unwrap();
    let lines: Vec<&String> = told.iter().flat_map(|line| &line.changes).collect();
    assert!(lines.iter().any(|line| line.contains("合格证书编号：空 → 湘 001")), "{lines:?}");
}

#[test]
fn what_is_given_back_starts_again_at_the_unit() {
    let desk = Desk::new();
    let mut registry = publicised(&desk);
    assert!(refused(&mut registry, &[1], &RETURN, " ").contains("没有写理由"));
    assert!(refused(&mut registry, &[], &RETURN, "缺签字").contains("没有写是谁"));
    take(&mut registry, &[], &CONFIRM, "");
    take(&mut registry, &[], &Step::Send, "");
    take(&mut registry, &[1], &RETURN, "人社核验退回：论文缺版权页");
    let report = check(&registry, 2020, None, day(LAST)).unwrap();
    assert_eq!(report.applicants[0].stage, Stage::Publicised);
    assert_eq!(report.applicants[1].stage, Stage::Sent);
    let found = report.applicants[0].findings.iter().find(|it| it.code == "review-returned");
    let found = found.expect("a finding");
    assert_eq!((found.severity, report.ready), (Severity::Block, false));
    assert!(found.message.contains("论文缺版权页"), "{}", found.message);
    // Due for nobody until the unit has looked again.
    assert_eq!(take(&mut registry, &[], &CONFIRM, "").done.len(), 0);
    let one = [id_number(1)];
    let passed = ReviewResult::Passed;
    let again = xueshi::registry::campaign::review(
        &mut registry,
        2020,
        None,
        &one,
        passed,
        "田秀英",
        "",
        day(LAST),
    );
    assert_eq!(again.unwrap().done.len(), 1);
    assert_eq!(take(&mut registry, &[], &CONFIRM, "").done.len(), 1);
    assert_eq!(stages(&registry), [Stage::Confirmed, Stage::Sent]);
}

#[test]
fn an_objection_is_settled_and_whoever_fails_needs_a_run_of_their_own() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 2, 2);
    pass(&mut registry, "2020-08-14");
    let posted = day("2020-08-17");
    let mut run = open_publicity(&mut registry, 2020, "高级", posted, "", posted).unwrap();
    let first = registry.person_by_id_number(&id_number(1)).unwrap().unwrap().id;
    run.objections.push(Objection { about: Some(first), ..Objection::from("认定单不实") });
    let photo = registry.vault().take_in_bytes("张贴.jpg", b"photo").unwrap();
    run.files.push(RunFile { kind: RunFileKind::Photo, evidence: photo });
    registry.transact("记录公示异议", |tx| tx.save_publicity(&run)).unwrap();
    let warned = |registry: &Registry| -> Vec<Vec<Severity>> {
        let report = check(registry, 2020, None, day(LAST)).unwrap();
        let of = |found: &ApplicantResult| {
            let all = found.findings.iter().filter(|it| it.code == "publicity-objection");
            all.map(|it| it.severity).collect()
        };
        report.applicants.iter().map(of).collect()
    };
    // Told to the one it is about, and to nobody else.
    assert_eq!(warned(&registry), [vec![Severity::Warn], vec![]]);
    let nothing = settle_objection(&mut registry, 2020, run.id, 0, "向明", "", day(LAST));
    assert!(nothing.unwrap_err().to_string().contains("没有写理由"));
    settle_objection(&mut registry, 2020, run.id, 0, "向明", "原件核对无误", day(LAST)).unwrap();
    assert_eq!(warned(&registry), [vec![Severity::Info], vec![]]);

    fail_member(&mut registry, 2020, run.id, first, "向明", "认定单查无此号", day(LAST)).unwrap();
    assert_eq!(registry.can_undo().unwrap(), "公示后改为不合格：人员001");
    close_publicity(&mut registry, 2020, "高级", day("2020-08-24"), &[], day(LAST)).unwrap();
    assert_eq!(stages(&registry), [Stage::Collecting, Stage::Publicised]);
    pass(&mut registry, LAST);
    assert_eq!(stages(&registry)[0], Stage::Collecting, "what was found out is not passed unasked");
    let number = id_number(1);
    let passed = ReviewResult::Passed;
    let review = xueshi::registry::campaign::review;
    review(&mut registry, 2020, None, &[number], passed, "向明", "", day(LAST)).unwrap();
    assert_eq!(stages(&registry)[0], Stage::Reviewed, "the old list does not stand for them");
    let second = open_publicity(&mut registry, 2020, "高级", day(LAST), "", day(LAST)).unwrap();
    assert_eq!(second.members, [first]);

    drop(registry);
    let registry = desk.open();
    let run = registry.publicity(2020).unwrap().remove(0);
    assert_eq!(run.failed[&first], "认定单查无此号");
    assert_eq!(run.objections[0].told(), "认定单不实（处理：原件核对无误）");
    assert_eq!(run.files[0].evidence.name, "张贴.jpg");
    assert!(registry.doctor().unwrap().iter().all(|it| !it.code.starts_with("evidence")));
}

#[test]
fn another_recipient_needs_a_reason_and_is_warned_of() {
    let desk = Desk::new();
    let mut registry = publicised(&desk);
    let unit = Unit {
        department: "湘西州卫生健康委员会".to_owned(), ..registry.unit().unwrap()
    };
    registry.transact("单位", |tx| tx.save_unit(&unit)).unwrap();
    let bureau = "湘西州人力资源和社会保障局";
    let told = choose_recipient(&mut registry, bureau, " ").unwrap_err();
    assert!(told.to_string().contains("没有写理由"), "{told}");
    choose_recipient(&mut registry, bureau, "主管部门同意直接报送").unwrap();
    let report = check(&registry, 2020, None, day(LAST)).unwrap();
    let found = report.applicants[0].findings.iter().find(|it| it.code == "recipient-bypassed");
    assert_eq!(found.expect("a finding").severity, Severity::Warn);
    // The notice's own choice is no exception.
    choose_recipient(&mut registry, "湘西州卫生健康委员会", "").unwrap();
    assert_eq!(registry.unit().unwrap().recipient, "");
}

#[test]
fn the_list_of_units_is_kept_and_orders_the_table() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 3, 3);
    let units =
        ["乙医院", "甲医院"].map(|name| AwaitedUnit { name: name.to_owned(), nobody_in: None });
    registry.transact("单位名单", |tx| tx.save_awaited_units(&units)).unwrap();
    for (n, workplace) in [(1, "甲医院"), (2, "丙医院"), (3, "乙医院")] {
        let person = registry.person_by_id_number(&id_number(n)).unwrap().unwrap();
        let person = Person { workplace: workplace.to_owned(), ..person };
        registry.transact("单位", |tx| tx.save_person(&person)).unwrap();
    }
    let order = |registry: &mut Registry, order: RowOrder| -> Vec<String> {
        let unit = Unit { order, ..registry.unit().unwrap() };
        registry.transact("次序", |tx| tx.save_unit(&unit)).unwrap();
        let report = check(registry, 2020, None, day(LAST)).unwrap();
        report.applicants.iter().map(|found| found.person.workplace.clone()).collect()
    };
    assert_eq!(order(&mut registry, RowOrder::ListName), ["乙医院", "甲医院", "丙医院"]);
    assert_eq!(order(&mut registry, RowOrder::Name), ["甲医院", "丙医院", "乙医院"]);
    assert_eq!(order(&mut registry, RowOrder::UnitName), ["丙医院", "乙医院", "甲医院"]);
    let twice = [units[0].clone(), units[0].clone()];
    let told = registry.transact("单位名单", |tx| tx.save_awaited_units(&twice)).unwrap_err();
    assert!(told.to_string().contains("已经有这个单位"), "{told}");
    let nobody = [AwaitedUnit { nobody_in: Some(2020), ..units[1].clone() }];
    registry.transact("单位名单", |tx| tx.save_awaited_units(&nobody)).unwrap();
    assert_eq!(registry.awaited_units().unwrap(), nobody);
}
