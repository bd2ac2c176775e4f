//! The one door: what goes in comes out, all or nothing, and nothing when nothing changed.

use super::registry_desk::*;
use std::collections::BTreeMap;
use xueshi::failure::{Failure, Kind};
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::registry::{PackageEntry, Registry};

/// One of everything, with every field filled.
fn fill(registry: &mut Registry, desk: &Desk) -> PersonId {
    let vault = registry.vault();
    let scan = vault.take_in(&desk.file("结业证书.PDF", b"%PDF-1.4 certificate")).unwrap();
    let sheet = vault.take_in(&desk.file("签到表.jpg", b"\xff\xd8\xff sheet")).unwrap();
    let file = |slot: &str, evidence: &Evidence| Attachment {
        slot: SlotId(slot.to_owned()),
        stamped: slot == "dispatch",
        evidence: evidence.clone(),
        reason: "其他辅证说明".to_owned(),
    };
    let done = registry.transact("登记一条", |tx| {
        let mut one = person(1);
        one.birth_date = Some(day("1980-01-01"));
        one.employed = Some(day("2003-07-01"));
        one.note = "备注".to_owned();
        let id = tx.save_person(&one)?;
        let event = tx.event("2019 年护理新进展培训班")?;
        let shared = vec![file("sign-in-sheet", &sheet)];
        let name = "2019 年护理新进展培训班".to_owned();
        tx.save_event(&Event { id: event, name, attachments: shared })?;
        let mut record = training(id, 2019, "护理新进展");
        record.event = Some(event);
        record.attachments = vec![file("dispatch", &scan), file("certificate", &scan)];
        record.attachments.sort();
        record.confirmed = Some(vouched("日志已核对"));
        record.waived = BTreeMap::from([(SlotId("notes".to_owned()), vouched("会议未发笔记"))]);
        record.hours_override = Some(HoursOverride {
            hours: Hours::halves(45),
            vouched: vouched("共同第一作者"),
        });
        record.note = "备注".to_owned();
        let activity = &mut record.activity;
        activity.year = Some(2019);
        activity.rank = Some(Rank::Place(3));
        activity.level = Some("地厅级".to_owned());
        activity.source = Some("政府".to_owned());
        activity.quantity = Some(2);
        activity.passed = Some(3);
        activity.certified = Some(Hours::halves(9));
        activity.minutes = Some(405);
        activity.serial = Some("CN 43-1234/R".to_owned());
        activity.task = Some("援藏".to_owned());
        activity.assessment = Some("合格".to_owned());
        activity.certificate_number = Some("证 001".to_owned());
        activity.platform = Some("湖南大学".to_owned());
        activity.region = Some("湘西自治州州直".to_owned());
        activity.mode = Some(Mode::Online);
        activity.filing_number = Some("备 7".to_owned());
        activity.filing_date = Some(day("2019-04-30"));
        activity.related = Some(true);
        activity.proof_kind = Some("结业证书".to_owned());
        activity.in_paper_handbook = Some(false);
        tx.save_record(&record)?;
        for rank in [Rank::Lead, Rank::Member, Rank::Sole] {
            let mut other = training(id, 2018, "课题");
            other.activity.rank = Some(rank);
            other.activity.mode = Some(Mode::FaceToFace);
            tx.save_record(&other)?;
        }
        tx.save_deemed(&Deemed {
            id: DeemedId(0),
            person: id,
            year: 2020,
            reason: "疫情防控一线".to_owned(),
            subject: Some(Subject::public()),
            hours: Some(Hours::whole(30)),
            basis: "湘人社函〔2020〕11号".to_owned(),
            attachments: vec![file("dispatch", &scan)],
        })?;
        let hours = BTreeMap::from([
            (Subject::public(), Hours::whole(30)),
            (Subject::specialty(), Hours::halves(121)),
        ]);
        tx.save_slip(&PriorSlip {
            id: SlipId(0),
            person: id,
            number: "认 2018-12".to_owned(),
            issuer: "州人社局".to_owned(),
            issued: Some(day("2018-09-01")),
            first_year: 2015,
            last_year: 2017,
            hours: BTreeMap::from([(2015, hours)]),
            attachments: vec![file("slip", &scan)],
        })?;
        tx.save_year_review(&YearReview {
            person: id,
            year: 2018,
            state: ReviewState::UnitReviewed,
            unit: Some(vouched("")),
            department: None,
            reopened: Some(vouched("补材料")),
        })?;
        tx.save_override(&FindingOverride {
            person: id,
            year: 2018,
            code: "hours-short-specialty".to_owned(),
            vouched: vouched("「一般」"),
        })?;
        tx.save_applicant(&Applicant {
            id: ApplicantId(0),
            person: id,
            campaign: 2020,
            level: "副高".to_owned(),
            series: "卫生".to_owned(),
            speciality: "护理".to_owned(),
            start_override: Some(2017),
            note: "说明".to_owned(),
            review: Some((ReviewResult::Passed, vouched("材料齐"))),
            withdrawn: Some(vouched("本人申请")),
            department: None,
            sent: None,
            issued: None,
        })?;
        tx.save_publicity(&Publicity {
            id: PublicityId(0),
            campaign: 2020,
            level_group: "高级".to_owned(),
            posted: day("2020-08-17"),
            place: "门诊楼公示栏".to_owned(),
            days: 5,
            close_strict: day("2020-08-24"),
            close_inclusive: day("2020-08-21"),
            closed: Some(day("2020-08-25")),
            objections: vec!["甲".into(), "甲".into(), "乙".into()],
            members: vec![id],
            ..Publicity::default()
        })?;
        tx.save_package(&PackageEntry {
            id: "p-1".to_owned(),
            campaign: 2020,
            level_group: "高级".to_owned(),
            path: "E:\\报送".to_owned(),
            people: 1,
            draft: false,
            manifest_sha256: "0".repeat(64),
            at: day("2020-08-25").and_hms_milli_opt(9, 30, 0, 250).unwrap(),
        })?;
        Ok(id)
    });
    let done = done.unwrap();
    assert_eq!(done.people, vec![done.value]);
    assert_eq!(done.revision, 1);
    done.value
}

#[test]
fn what_is_saved_is_read_back() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = fill(&mut registry, &desk);
    let book = registry.handbook(id).unwrap();
    assert_eq!(book.person.id_number, id_number(1));
    assert_eq!(book.records.len(), 4);
    let ranks: Vec<_> = book.records.iter().map(|record| record.activity.rank).collect();
    let place = Some(Rank::Place(3));
    assert_eq!(ranks, [Some(Rank::Lead), Some(Rank::Member), Some(Rank::Sole), place]);
    let record = &book.records[3];
    assert_eq!(record.activity.sessions, training(id, 2019, "").activity.sessions);
    assert_eq!(record.activity.certified, Some(Hours::halves(9)));
    assert_eq!(record.activity.mode, Some(Mode::Online));
    assert_eq!(record.activity.in_paper_handbook, Some(false));
    assert_eq!(record.attachments.len(), 2);
    assert_eq!(record.event_name, "2019 年护理新进展培训班");
    assert_eq!(record.event_attachments[0].evidence.name, "签到表.jpg");
    assert_eq!(record.waived[&SlotId("notes".to_owned())], vouched("会议未发笔记"));
    assert_eq!(record.hours_override.as_ref().unwrap().hours, Hours::halves(45));
    assert_eq!(book.slips[0].hours[&2015][&Subject::specialty()], Hours::halves(121));
    assert_eq!(book.applications[0].review, Some((ReviewResult::Passed, vouched("材料齐"))));
    let heard: Vec<Objection> = vec!["甲".into(), "甲".into(), "乙".into()];
    assert_eq!(registry.publicity(2020).unwrap()[0].objections, heard);
    assert_eq!(registry.people().unwrap()[0].records, 4);
    assert_eq!(registry.person_by_id_number(&id_number(1)).unwrap().unwrap().id, id);
    assert_eq!(registry.applicant_handbooks(2020).unwrap(), registry.handbooks().unwrap());
    assert!(registry.applicant_handbooks(2021).unwrap().is_empty());
}

#[test]
fn saving_what_is_there_changes_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = fill(&mut registry, &desk);
    let book = registry.handbook(id).unwrap();
    let (events, runs, packages) = (
        registry.events().unwrap(),
        registry.publicity(2020).unwrap(),
        registry.packages().unwrap(),
    );
    let done = registry
        .transact("保存", |tx| {
            tx.save_unit(&unit())?;
            tx.save_person(&book.person)?;
            book.records.iter().try_for_each(|it| tx.save_record(it).map(drop))?;
            book.deemed.iter().try_for_each(|it| tx.save_deemed(it).map(drop))?;
            book.slips.iter().try_for_each(|it| tx.save_slip(it).map(drop))?;
            book.reviews.iter().try_for_each(|it| tx.save_year_review(it))?;
            book.overrides.iter().try_for_each(|it| tx.save_override(it))?;
            book.applications.iter().try_for_each(|it| tx.save_applicant(it).map(drop))?;
            events.iter().try_for_each(|it| tx.save_event(it).map(drop))?;
            runs.iter().try_for_each(|it| tx.save_publicity(it).map(drop))?;
            packages.iter().try_for_each(|it| tx.save_package(it))
        })
        .unwrap();
    assert_eq!(done.revision, 1);
    assert!(done.people.is_empty());
    assert_eq!(registry.can_undo().as_deref(), Some("登记一条"));
}

#[test]
fn an_error_takes_everything_back() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let before = all(&registry);
    let failure = registry
        .transact("登记一条", |tx| {
            tx.save_person(&person(1))?;
            Err::<(), _>(Failure::refused("登记一条", "", "不行", "请改"))
        })
        .unwrap_err();
    assert_eq!(failure.why, "不行");
    assert_eq!(all(&registry), before);
    assert_eq!((registry.revision(), registry.can_undo()), (0, None));
    registry.transact("登记一条", |tx| tx.save_person(&person(1))).unwrap();
}

#[test]
fn a_panic_takes_everything_back() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = registry.transact("登记一条", |tx| -> xueshi::failure::Result<()> {
            tx.save_person(&person(1))?;
            panic!("in the middle");
        });
    }));
    assert!(panicked.is_err());
    assert!(registry.people().unwrap().is_empty());
    let done = registry.transact("登记一条", |tx| tx.save_person(&person(2))).unwrap();
    assert_eq!(done.revision, 1);
}

#[test]
fn the_same_id_number_twice_is_refused_by_name() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry.transact("登记一条", |tx| tx.save_person(&person(1))).unwrap();
    let mut twin = person(1);
    twin.name = "另一人".to_owned();
    let failure = registry.transact("登记一条", |tx| tx.save_person(&twin)).unwrap_err();
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.to_string().contains("已有身份证号相同的人员"), "{failure}");
    assert!(!failure.to_string().contains(twin.id_number.as_str()));
}

#[test]
fn what_is_gone_cannot_be_changed() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = fill(&mut registry, &desk);
    let record = registry.handbook(id).unwrap().records[0].clone();
    registry.transact("删除一条", |tx| tx.delete_record(record.id)).unwrap();
    for failure in [
        registry.transact("保存", |tx| tx.save_record(&record)).unwrap_err(),
        registry.transact("删除", |tx| tx.delete_record(record.id)).unwrap_err(),
        registry
            .transact("保存", |tx| tx.save_record(&training(PersonId(99), 2019, "无")))
            .unwrap_err(),
    ] {
        assert!(failure.to_string().contains("已经没有这一条"), "{failure}");
    }
    assert!(registry.handbook(PersonId(99)).is_err());
}

#[test]
fn shared_files_touch_everybody_who_attended() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let scan = registry.vault().take_in_bytes("签到表.jpg", b"sheet").unwrap();
    let people = registry
        .transact("登记一条", |tx| {
            let event = tx.event("培训班")?;
            assert_eq!(tx.event(" 培训班 ")?, event);
            let mut people = Vec::new();
            for n in 1..=3 {
                let id = tx.save_person(&person(n))?;
                let mut record = training(id, 2019, "课");
                record.event = (n != 3).then_some(event);
                tx.save_record(&record)?;
                people.push(id);
            }
            Ok(people)
        })
        .unwrap()
        .value;
    let mut event = registry.events().unwrap().remove(0);
    event.attachments.push(Attachment {
        slot: SlotId("sign-in-sheet".to_owned()),
        stamped: false,
        evidence: scan,
        reason: String::new(),
    });
    let done = registry.transact("放入材料", |tx| tx.save_event(&event)).unwrap();
    assert_eq!(done.people, people[..2]);
    assert_eq!(registry.undo().unwrap().unwrap().people, people[..2]);
    assert!(registry.handbook(people[0]).unwrap().records[0].event_attachments.is_empty());
}

#[test]
fn a_deleted_person_comes_back_whole() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = fill(&mut registry, &desk);
    let refused = registry.transact("删除人员", |tx| tx.delete_person(id)).unwrap_err();
    assert!(refused.to_string().contains("公示名单"), "{refused}");
    registry
        .transact("清空公示", |tx| {
            let mut run = tx.registry().publicity(2020)?.remove(0);
            run.members.clear();
            tx.save_publicity(&run)
        })
        .unwrap();
    let before = all(&registry);
    registry.transact("删除人员", |tx| tx.delete_person(id)).unwrap();
    assert!(registry.people().unwrap().is_empty());
    let done = registry.undo().unwrap().unwrap();
    assert_eq!((done.value.as_str(), done.people), ("删除人员", vec![id]));
    assert_eq!(all(&registry), before);
}

#[test]
fn a_foreign_program_in_the_way_is_a_sentence() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let foreign = rusqlite::Connection::open(desk.dir().join("registry.sqlite3")).unwrap();
    foreign.execute_batch("BEGIN IMMEDIATE").unwrap();
    let failure = registry.transact("登记一条", |tx| tx.save_person(&person(1))).unwrap_err();
    let text = failure.to_string();
    assert!(text.contains("登记一条没有成功") && text.contains("被另一个程序占用"), "{text}");
    foreign.execute_batch("ROLLBACK").unwrap();
    registry.transact("登记一条", |tx| tx.save_person(&person(1))).unwrap();
}

/// The window's long work takes the registry to another thread.
#[test]
fn a_registry_may_move_between_threads() {
    fn moves<T: Send>(_: &T) {}
    moves(&Desk::new().create());
}
