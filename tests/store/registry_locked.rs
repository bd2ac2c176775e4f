//! Confirmed years are locked, and only those.

use super::registry_desk::*;
use xueshi::failure::{Failure, Kind};
use xueshi::ledger::*;
use xueshi::notice::SlotId;
use xueshi::registry::Registry;

fn is_locked(failure: &Failure, year: i32) {
    assert_eq!(failure.kind, Kind::Refused);
    let text = failure.to_string();
    assert!(text.contains(&format!("{year} 年度已经主管部门确认")), "{text}");
    assert!(text.contains("重开") && text.contains("人员001"), "{text}");
}

fn deemed(person: PersonId, year: i32) -> Deemed {
    Deemed {
        id: DeemedId(0),
        person,
        year,
        reason: "疫情防控一线".to_owned(),
        subject: None,
        hours: None,
        basis: String::new(),
        attachments: Vec::new(),
    }
}

fn slip(person: PersonId, first_year: i32, last_year: i32) -> PriorSlip {
    PriorSlip {
        id: SlipId(0),
        person,
        number: "认 1".to_owned(),
        issuer: String::new(),
        issued: None,
        first_year,
        last_year,
        hours: Default::default(),
        attachments: Vec::new(),
    }
}

/// A person with something in 2018 and 2019, 2019 confirmed.
fn with_lock(desk: &Desk) -> (Registry, PersonId) {
    let mut registry = desk.create();
    let id = registry
        .transact("登记", |tx| {
            let id = tx.save_person(&person(1))?;
            for year in [2018, 2019] {
                tx.save_record(&training(id, year, "课"))?;
                tx.save_deemed(&deemed(id, year))?;
                tx.save_slip(&slip(id, year, year))?;
            }
            Ok(id)
        })
        .unwrap()
        .value;
    registry.transact("确认", |tx| tx.save_year_review(&confirmed(id, 2019))).unwrap();
    (registry, id)
}

#[test]
fn what_stands_in_a_confirmed_year_is_not_changed() {
    let desk = Desk::new();
    let (mut registry, id) = with_lock(&desk);
    let before = all(&registry);
    let book = registry.handbook(id).unwrap();
    let mut changed = book.records[1].clone();
    changed.note = "改".to_owned();
    let mut moved_in = book.records[0].clone();
    moved_in.activity.sessions = training(id, 2019, "").activity.sessions;
    let mut moved_out = book.records[1].clone();
    moved_out.activity.sessions = training(id, 2017, "").activity.sessions;
    for record in [&changed, &moved_in, &moved_out, &training(id, 2019, "新")] {
        is_locked(&registry.transact("改", |tx| tx.save_record(record)).unwrap_err(), 2019);
    }
    let mut entry = book.deemed[1].clone();
    entry.year = 2018;
    let mut wide = book.slips[0].clone();
    wide.last_year = 2020;
    let failures = [
        registry.transact("改", |tx| tx.delete_record(changed.id)).unwrap_err(),
        registry.transact("改", |tx| tx.save_deemed(&entry)).unwrap_err(),
        registry.transact("改", |tx| tx.delete_deemed(entry.id)).unwrap_err(),
        registry.transact("改", |tx| tx.save_slip(&wide)).unwrap_err(),
        registry.transact("改", |tx| tx.delete_slip(book.slips[1].id)).unwrap_err(),
        registry.transact("改", |tx| tx.delete_person(id)).unwrap_err(),
    ];
    failures.iter().for_each(|failure| is_locked(failure, 2019));
    assert_eq!(all(&registry), before);
}

#[test]
fn what_is_saved_unchanged_and_other_years_stay_open() {
    let desk = Desk::new();
    let (mut registry, id) = with_lock(&desk);
    let book = registry.handbook(id).unwrap();
    let revision = registry.revision();
    let done = registry
        .transact("再导入", |tx| {
            book.records.iter().try_for_each(|it| tx.save_record(it).map(drop))?;
            book.deemed.iter().try_for_each(|it| tx.save_deemed(it).map(drop))?;
            book.slips.iter().try_for_each(|it| tx.save_slip(it).map(drop))?;
            assert_eq!(tx.locked_years(id)?, [2019].into());
            Ok(())
        })
        .unwrap();
    assert_eq!(done.revision, revision);
    let mut open = book.records[0].clone();
    open.note = "改".to_owned();
    registry.transact("改", |tx| tx.save_record(&open)).unwrap();
    registry.transact("改", |tx| tx.delete_deemed(book.deemed[0].id)).unwrap();
    let other = registry.transact("另一人", |tx| tx.save_person(&person(2))).unwrap().value;
    registry.transact("另一人", |tx| tx.save_record(&training(other, 2019, "课"))).unwrap();
}

#[test]
fn a_reopened_year_is_open_again() {
    let desk = Desk::new();
    let (mut registry, id) = with_lock(&desk);
    let reopened = YearReview {
        state: ReviewState::Draft,
        reopened: Some(vouched("漏登一条")),
        ..confirmed(id, 2019)
    };
    registry.transact("重开", |tx| tx.save_year_review(&reopened)).unwrap();
    registry.transact("登记", |tx| tx.save_record(&training(id, 2019, "漏登"))).unwrap();
}

#[test]
fn shared_files_of_a_confirmed_year_are_locked_too() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (id, event) = registry
        .transact("登记", |tx| {
            let id = tx.save_person(&person(1))?;
            let event = tx.event("班次")?;
            let mut record = training(id, 2019, "课");
            record.event = Some(event);
            tx.save_record(&record)?;
            Ok((id, event))
        })
        .unwrap()
        .value;
    registry.transact("确认", |tx| tx.save_year_review(&confirmed(id, 2019))).unwrap();
    let evidence = registry.vault().take_in_bytes("a.pdf", b"x").unwrap();
    let mut shared = Event { id: event, name: "班次".to_owned(), attachments: Vec::new() };
    registry.transact("保存班次", |tx| tx.save_event(&shared)).unwrap();
    let slot = SlotId("notice".to_owned());
    shared.attachments = vec![Attachment { slot, stamped: false, evidence, reason: String::new() }];
    is_locked(&registry.transact("保存班次", |tx| tx.save_event(&shared)).unwrap_err(), 2019);
}
