//! Undo and redo: every step back to the first state and forth to the last, through closing and reopening.

use super::registry_desk::*;
use proptest::prelude::*;
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::registry::Registry;

#[test]
fn closing_and_reopening_keeps_undo() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let empty = all(&registry);
    let id = registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap().value;
    registry.transact("登记一条", |tx| tx.save_record(&training(id, 2019, "课"))).unwrap();
    let full = all(&registry);
    drop(registry);

    let mut registry = desk.open();
    assert_eq!((registry.revision(), registry.can_undo().as_deref()), (2, Some("登记一条")));
    assert_eq!(all(&registry), full);
    assert_eq!(registry.undo().unwrap().unwrap().value, "登记一条");
    assert_eq!(registry.undo().unwrap().unwrap().value, "新增人员");
    assert!(registry.undo().unwrap().is_none());
    assert_eq!(all(&registry), empty);
    drop(registry);

    let mut registry = desk.open();
    assert_eq!(registry.can_redo().as_deref(), Some("新增人员"));
    while let Some(done) = registry.redo().unwrap() {
        assert_eq!(done.people, [id]);
    }
    assert_eq!(all(&registry), full);
    assert_eq!(registry.revision(), 6);
}

#[test]
fn a_new_step_clears_what_could_be_redone() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let first = registry.transact("新增甲", |tx| tx.save_person(&person(1))).unwrap().value;
    registry.undo().unwrap();
    let nothing = registry.transact("什么也没做", |_| Ok(())).unwrap();
    assert_eq!(nothing.revision, 2);
    assert_eq!(registry.can_redo().as_deref(), Some("新增甲"));
    let second = registry.transact("新增乙", |tx| tx.save_person(&person(2))).unwrap().value;
    assert_eq!(registry.can_redo(), None);
    assert!(registry.redo().unwrap().is_none());
    assert_ne!(first, second, "an id that the history names is not used again");
    assert_eq!(registry.people().unwrap().len(), 1);
}

#[test]
fn id_numbers_can_change_hands_and_back() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry
        .transact("新增人员", |tx| {
            tx.save_person(&person(1))?;
            tx.save_person(&person(2))
        })
        .unwrap();
    let before = all(&registry);
    registry
        .transact("对调身份证号", |tx| {
            let mut books = tx.registry().handbooks()?;
            let (mut two, mut one) = (books.remove(1).person, books.remove(0).person);
            one.id_number = id_number(3);
            tx.save_person(&one)?;
            two.id_number = id_number(1);
            tx.save_person(&two)?;
            one.id_number = id_number(2);
            tx.save_person(&one)
        })
        .unwrap();
    let after = all(&registry);
    registry.undo().unwrap();
    assert_eq!(all(&registry), before);
    registry.redo().unwrap();
    assert_eq!(all(&registry), after);
}

/// One thing a clerk may do; numbers pick among what is there.
#[derive(Debug, Clone)]
enum Act {
    AddPerson,
    Rename(usize, u8),
    AddRecord(usize, i32, bool),
    ChangeRecord(usize, u8),
    Files(usize, u8),
    DeleteRecord(usize),
    DeletePerson(usize),
    Apply(usize),
    Post,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => Just(Act::AddPerson),
        1 => (any::<usize>(), 0..3u8).prop_map(|(n, to)| Act::Rename(n, to)),
        3 => (any::<usize>(), 2015..2021, any::<bool>()).prop_map(|(n, y, e)| Act::AddRecord(n, y, e)),
        2 => (any::<usize>(), 0..3u8).prop_map(|(n, to)| Act::ChangeRecord(n, to)),
        2 => (any::<usize>(), 0..4u8).prop_map(|(n, files)| Act::Files(n, files)),
        1 => any::<usize>().prop_map(Act::DeleteRecord),
        1 => any::<usize>().prop_map(Act::DeletePerson),
        1 => any::<usize>().prop_map(Act::Apply),
        1 => Just(Act::Post),
    ]
}

fn perform(registry: &mut Registry, act: &Act, n: u32) {
    let books = registry.handbooks().unwrap();
    let pick = |at: usize| books.get(at % books.len().max(1)).cloned();
    let records: Vec<Record> = books.iter().flat_map(|book| book.records.clone()).collect();
    let pick_record = |at: usize| records.get(at % records.len().max(1)).cloned();
    let done = registry.transact("一步", |tx| {
        match act {
            Act::AddPerson => drop(tx.save_person(&person(n))?),
            Act::Rename(at, to) => {
                if let Some(mut book) = pick(*at) {
                    book.person.name = format!("改名{to}");
                    book.person.birth_date = (*to == 1).then(|| day("1980-01-01"));
                    tx.save_person(&book.person)?;
                }
            }
            Act::AddRecord(at, year, shared) => {
                if let Some(book) = pick(*at) {
                    let mut record = training(book.person.id, *year, "课");
                    record.event = if *shared { Some(tx.event("班")?) } else { None };
                    tx.save_record(&record)?;
                }
            }
            Act::ChangeRecord(at, to) => {
                if let Some(mut record) = pick_record(*at) {
                    record.activity.title = format!("题{to}");
                    record.activity.certified = (*to > 0).then(|| Hours::halves(i32::from(*to)));
                    if *to == 2 {
                        record.activity.sessions.pop_first();
                    }
                    record.confirmed = (*to == 1).then(|| vouched("核对"));
                    tx.save_record(&record)?;
                }
            }
            Act::Files(at, files) => {
                if let Some(mut record) = pick_record(*at) {
                    record.attachments = (0..*files)
                        .map(|n| Attachment {
                            slot: SlotId(format!("slot-{n}")),
                            stamped: n == 1,
                            evidence: Evidence {
                                sha256: format!("{n:064}"),
                                size: 1,
                                name: "a.pdf".to_owned(),
                                extension: "pdf".to_owned(),
                            },
                            reason: String::new(),
                        })
                        .collect();
                    tx.save_record(&record)?;
                }
            }
            Act::DeleteRecord(at) => {
                if let Some(record) = pick_record(*at) {
                    tx.delete_record(record.id)?;
                }
            }
            Act::DeletePerson(at) => {
                if let Some(book) = pick(*at) {
                    tx.delete_person(book.person.id)?;
                }
            }
            Act::Apply(at) => {
                if let Some(book) = pick(*at) {
                    tx.save_applicant(&Applicant {
                        id: ApplicantId(0),
                        person: book.person.id,
                        campaign: 2020,
                        level: "副高".to_owned(),
                        series: String::new(),
                        speciality: "护理".to_owned(),
                        start_override: None,
                        note: String::new(),
                        review: None,
                        withdrawn: None,
                        department: None,
                        sent: None,
                        issued: None,
                    })?;
                }
            }
            Act::Post => drop(tx.save_publicity(&Publicity {
                id: PublicityId(0),
                campaign: 2020,
                level_group: "高级".to_owned(),
                posted: day("2020-08-17"),
                place: String::new(),
                days: 5,
                close_strict: day("2020-08-24"),
                close_inclusive: day("2020-08-21"),
                closed: None,
                objections: Vec::new(),
                members: books.iter().map(|book| book.person.id).collect(),
                ..Publicity::default()
            })?),
        }
        Ok(())
    });
    if let Err(failure) = done {
        // A posted person cannot be deleted: a refusal is an answer, damage is not.
        assert!(failure.to_string().contains("公示名单"), "{failure}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(16) })]

    #[test]
    fn undoing_all_is_the_beginning_and_redoing_all_the_end(acts in prop::collection::vec(act(), 1..25)) {
        let desk = Desk::new();
        let mut registry = desk.create();
        let mut states = vec![all(&registry)];
        for (n, act) in acts.iter().enumerate() {
            let before = registry.revision();
            perform(&mut registry, act, u32::try_from(n).unwrap());
            if registry.revision() != before {
                states.push(all(&registry));
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(registry.undo().unwrap().is_some());
            prop_assert_eq!(&all(&registry), state);
        }
        prop_assert!(registry.undo().unwrap().is_none());
        for state in states.iter().skip(1) {
            prop_assert!(registry.redo().unwrap().is_some());
            prop_assert_eq!(&all(&registry), state);
        }
        prop_assert!(registry.redo().unwrap().is_none());
        prop_assert!(registry.doctor().unwrap().iter().all(|problem| !problem.code.contains("database")));
    }
}
