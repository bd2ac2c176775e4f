//! Two entries that are one person become one: everything stays, what both have is told before, and one
//! undo brings both back.

use super::registry_desk::*;
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::registry::{Registry, TwoPeople};

/// The same person twice: the number of the second has a wrong check character.
fn twice(registry: &mut Registry) -> (PersonId, PersonId) {
    registry
        .transact("导入", |tx| {
            let mut one = person(1);
            one.name = "向小红".to_owned();
            one.phone = "13900000001".to_owned();
            let mut other = person(2);
            other.name = "向小红".to_owned();
            other.section = "外科".to_owned();
            other.speciality = "内科护理".to_owned();
            Ok((tx.save_person(&one)?, tx.save_person(&other)?))
        })
        .unwrap()
        .value
}

fn applicant(person: PersonId, level: &str) -> Applicant {
    Applicant {
        id: ApplicantId(0),
        person,
        campaign: 2020,
        level: level.to_owned(),
        series: "卫生".to_owned(),
        speciality: "内科护理".to_owned(),
        start_override: None,
        note: String::new(),
        review: None,
        withdrawn: None,
        department: None,
        sent: None,
        issued: None,
    }
}

fn run_of(members: Vec<PersonId>) -> Publicity {
    Publicity {
        id: PublicityId(0),
        campaign: 2020,
        level_group: "高级".to_owned(),
        posted: day("2020-08-17"),
        place: "公示栏".to_owned(),
        days: 5,
        close_strict: day("2020-08-24"),
        close_inclusive: day("2020-08-21"),
        closed: None,
        objections: Vec::new(),
        members,
        failed: Default::default(),
        files: Vec::new(),
    }
}

fn reviewed(person: PersonId, year: i32) -> YearReview {
    YearReview {
        state: ReviewState::UnitReviewed,
        unit: Some(vouched("")),
        ..YearReview::draft(person, year)
    }
}

fn slip(person: PersonId) -> PriorSlip {
    PriorSlip {
        id: SlipId(0),
        person,
        number: "2016-001".to_owned(),
        issuer: "州人社局".to_owned(),
        issued: None,
        first_year: 2015,
        last_year: 2016,
        hours: Default::default(),
        attachments: Vec::new(),
    }
}

fn scan(registry: &Registry, desk: &Desk, name: &str) -> Attachment {
    let file = desk.file(name, format!("%PDF-1.4 {name}").as_bytes());
    Attachment {
        slot: SlotId("certificate".to_owned()),
        stamped: false,
        evidence: registry.vault().take_in(&file).unwrap(),
        reason: String::new(),
    }
}

#[test]
fn everything_of_both_stays_and_one_undo_brings_both_back() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (keep, gone) = twice(&mut registry);
    let (first, second) = (scan(&registry, &desk, "甲.pdf"), scan(&registry, &desk, "乙.pdf"));
    registry
        .transact("登记", |tx| {
            let mut record = training(keep, 2019, "护理新进展");
            record.attachments = vec![first.clone()];
            tx.save_record(&record)?;
            record.person = gone;
            record.attachments = vec![second.clone()];
            tx.save_record(&record)?;
            tx.save_record(&training(gone, 2018, "急救"))?;
            tx.save_slip(&slip(gone))?;
            tx.save_deemed(&Deemed {
                id: DeemedId(0),
                person: gone,
                year: 2020,
                reason: "疫情防控一线".to_owned(),
                subject: None,
                hours: None,
                basis: String::new(),
                attachments: Vec::new(),
            })?;
            tx.save_year_review(&reviewed(gone, 2018))?;
            tx.save_override(&FindingOverride {
                person: gone,
                year: 2018,
                code: "hours-short-specialty".to_owned(),
                vouched: vouched("驻村"),
            })?;
            tx.save_applicant(&applicant(gone, "副高"))?;
            tx.save_publicity(&run_of(vec![gone]))
        })
        .unwrap();
    let before = all(&registry);

    let merge = registry.look_at_merge(keep, gone).unwrap();
    assert_eq!(merge.differ, [Particular::IdNumber, Particular::Section]);
    assert_eq!(merge.notes, ["「护理新进展」两边各有一条，完全相同：合为一条，材料放在一起"]);
    let done = registry.merge_people(keep, gone, &[Particular::Section], &vouched("")).unwrap();
    assert_eq!(done.people, [keep, gone]);
    assert_eq!(registry.can_undo().as_deref(), Some("合并重复人员：向小红"));

    assert!(registry.handbook(gone).is_err());
    let book = registry.handbook(keep).unwrap();
    assert_eq!(book.person.id_number, id_number(1));
    assert_eq!((book.person.section.as_str(), book.person.phone.as_str()), ("外科", "13900000001"));
    assert_eq!(book.person.speciality, "内科护理");
    let titles: Vec<&str> = book.records.iter().map(|it| it.activity.title.as_str()).collect();
    assert_eq!(titles, ["急救", "护理新进展"]);
    assert_eq!(book.records[1].attachments.len(), 2);
    assert_eq!((book.slips.len(), book.deemed.len(), book.overrides.len()), (1, 1, 1));
    assert_eq!(book.reviews, [reviewed(keep, 2018)]);
    assert_eq!(book.applications.len(), 1);
    assert_eq!(registry.publicity(2020).unwrap()[0].members, [keep]);
    let history = registry.history(keep).unwrap();
    let told: Vec<&str> =
        history.iter().flat_map(|step| &step.changes).map(String::as_str).collect();
    assert!(told.contains(&"新增学习记录「急救」"), "{told:?}");
    assert!(told.contains(&"新增并入的人员「向小红」"), "{told:?}");

    let after = all(&registry);
    registry.undo().unwrap();
    assert_eq!(all(&registry), before);
    registry.redo().unwrap();
    drop(registry);
    assert_eq!(all(&desk.open()), after);
    assert_eq!(desk.open().doctor().unwrap(), []);
}

#[test]
fn the_number_can_be_taken_from_the_entry_that_goes() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (keep, gone) = twice(&mut registry);
    registry.merge_people(keep, gone, &[Particular::IdNumber], &vouched("")).unwrap();
    let people = registry.people().unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].id_number, id_number(2));
}

#[test]
fn a_reviewed_year_of_both_is_to_be_reviewed_again() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (keep, gone) = twice(&mut registry);
    registry
        .transact("登记", |tx| {
            tx.save_record(&training(keep, 2019, "甲"))?;
            tx.save_record(&training(gone, 2019, "乙"))?;
            tx.save_year_review(&reviewed(keep, 2019))
        })
        .unwrap();
    let notes = registry.look_at_merge(keep, gone).unwrap().notes;
    assert_eq!(notes, ["2019 年两边都有登记：合并后回到草稿，请重新审核"]);
    registry.merge_people(keep, gone, &[], &vouched("")).unwrap();
    let book = registry.handbook(keep).unwrap();
    assert_eq!(book.records.len(), 2);
    assert_eq!(book.reviews[0].state, ReviewState::Draft);
    assert_eq!(book.reviews[0].reopened.as_ref().unwrap().reason, "合并重复人员");
}

#[test]
fn a_confirmed_year_does_not_change() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (keep, gone) = twice(&mut registry);
    registry
        .transact("登记", |tx| {
            tx.save_record(&training(keep, 2018, "甲"))?;
            tx.save_record(&training(gone, 2019, "乙"))?;
            tx.save_year_review(&confirmed(gone, 2019))
        })
        .unwrap();
    // Nobody else has anything in 2019: the year goes over as it is.
    registry.merge_people(keep, gone, &[], &vouched("")).unwrap();
    assert_eq!(registry.handbook(keep).unwrap().reviews, [confirmed(keep, 2019)]);
    registry.undo().unwrap();

    registry.transact("登记", |tx| tx.save_record(&training(keep, 2019, "丙"))).unwrap();
    let before = all(&registry);
    let refusal = registry.merge_people(keep, gone, &[], &vouched("")).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "合并重复人员没有成功（向小红）：2019 年度已经主管部门确认，内容已锁定。\
         确需改动时，请先在年度审核里重开 2019 年度并写明理由。"
    );
    assert_eq!(all(&registry), before);
    let same = registry.merge_people(keep, keep, &[], &vouched("")).unwrap_err();
    assert_eq!(same.to_string(), "合并重复人员没有成功：选的是同一个人。请选两个人。");
}

#[test]
fn nobody_stands_twice_in_a_campaign_or_on_a_list() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (keep, gone) = twice(&mut registry);
    registry
        .transact("参评", |tx| {
            tx.save_applicant(&Applicant {
                withdrawn: Some(vouched("放弃")),
                ..applicant(keep, "副高")
            })?;
            tx.save_applicant(&applicant(gone, "副高"))?;
            tx.save_publicity(&run_of(vec![gone, keep]))
        })
        .unwrap();
    let notes = registry.look_at_merge(keep, gone).unwrap().notes;
    assert_eq!(notes, ["2020 年度两边都参评副高：合为一条，以并入的为准"]);
    registry.merge_people(keep, gone, &[], &vouched("")).unwrap();
    let book = registry.handbook(keep).unwrap();
    assert_eq!(book.applications.len(), 1);
    assert_eq!(book.applications[0].withdrawn, None);
    assert_eq!(registry.publicity(2020).unwrap()[0].members, [keep]);
}

#[test]
fn an_entry_merged_twice_keeps_the_history_of_all() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (first, second) = twice(&mut registry);
    let third = registry.transact("添加人员", |tx| tx.save_person(&person(3))).unwrap().value;
    registry.transact("登记", |tx| tx.save_record(&training(first, 2017, "最早的一条"))).unwrap();
    registry.merge_people(second, first, &[], &vouched("")).unwrap();
    registry.merge_people(third, second, &[], &vouched("")).unwrap();
    let history = registry.history(third).unwrap();
    let told: Vec<&String> = history.iter().flat_map(|step| &step.changes).collect();
    assert!(told.iter().any(|line| *line == "新增学习记录「最早的一条」"), "{told:?}");
    registry.transact("删除人员", |tx| tx.delete_person(third)).unwrap();
    assert!(registry.people().unwrap().is_empty());
}

#[test]
fn the_same_grants_of_both_become_one_with_the_papers_of_both() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (keep, gone) = twice(&mut registry);
    let (first, second) = (scan(&registry, &desk, "甲.pdf"), scan(&registry, &desk, "乙.pdf"));
    let deemed = |person, basis: &str, file: &Attachment| Deemed {
        id: DeemedId(0),
        person,
        year: 2020,
        reason: "疫情防控一线".to_owned(),
        subject: None,
        hours: None,
        basis: basis.to_owned(),
        attachments: vec![file.clone()],
    };
    registry
        .transact("登记", |tx| {
            tx.save_deemed(&deemed(keep, "", &first))?;
            tx.save_deemed(&deemed(gone, "派遣通知", &second))?;
            tx.save_slip(&PriorSlip { attachments: vec![first.clone()], ..slip(keep) })?;
            tx.save_slip(&PriorSlip {
                issuer: String::new(),
                issued: Some(day("2017-03-01")),
                attachments: vec![second.clone()],
                ..slip(gone)
            })?;
            // Another one: the years differ.
            tx.save_slip(&PriorSlip { last_year: 2017, ..slip(gone) })
        })
        .unwrap();
    let before = all(&registry);
    assert_eq!(
        registry.look_at_merge(keep, gone).unwrap().notes,
        [
            "2020 年视同「疫情防控一线」两边各有一项，相同：合为一项，材料放在一起",
            "认定单「2016-001」两边各有一份，相同：合为一份，材料放在一起",
        ]
    );
    registry.merge_people(keep, gone, &[], &vouched("")).unwrap();
    let book = registry.handbook(keep).unwrap();
    assert_eq!((book.deemed.len(), book.slips.len()), (1, 2));
    assert_eq!((book.deemed[0].basis.as_str(), book.deemed[0].attachments.len()), ("派遣通知", 2));
    let same = book.slips.iter().find(|it| it.last_year == 2016).unwrap();
    assert_eq!((same.issuer.as_str(), same.issued), ("州人社局", Some(day("2017-03-01"))));
    assert_eq!(same.attachments.len(), 2);
    registry.undo().unwrap();
    assert_eq!(all(&registry), before);
}

#[test]
fn two_people_once_told_apart_stay_so_through_merging_and_undo() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (one, other) = twice(&mut registry);
    let third = registry.transact("添加人员", |tx| tx.save_person(&person(3))).unwrap().value;
    let apart = |tx: &mut xueshi::registry::Tx<'_>| tx.tell_apart(third, one, &vouched(""));
    let revision = registry.transact("记下", apart).unwrap().revision;
    assert_eq!(registry.transact("记下", apart).unwrap().revision, revision, "said already");
    drop(registry);

    let mut registry = desk.open();
    let said =
        |registry: &Registry, a, b| registry.told_apart().unwrap().contains(&TwoPeople::of(a, b));
    assert!(said(&registry, one, third) && said(&registry, third, one));
    assert!(!said(&registry, one, other));
    // Who becomes another entry is still not the third.
    registry.merge_people(other, one, &[], &vouched("")).unwrap();
    assert!(said(&registry, other, third));
    registry.undo().unwrap();
    assert!(said(&registry, one, third) && !said(&registry, other, third));
    // The clerk may know better by now.
    registry.merge_people(one, third, &[], &vouched("")).unwrap();
    assert!(registry.told_apart().unwrap().is_empty());
    registry.undo().unwrap();
    registry.transact("删除人员", |tx| tx.delete_person(third)).unwrap();
    assert!(registry.told_apart().unwrap().is_empty());
    assert_eq!(registry.doctor().unwrap(), []);
}
