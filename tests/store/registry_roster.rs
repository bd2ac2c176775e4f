//! What is done to many people at once: one undo step, and whoever is left out is named with the reason.

use super::registry_desk::*;
use xueshi::ledger::*;
use xueshi::registry::Registry;
use xueshi::registry::roster::{self, Setting};

fn people(registry: &mut Registry, count: u32) -> Vec<PersonId> {
    registry
        .transact("导入", |tx| (1..=count).map(|n| tx.save_person(&person(n))).collect())
        .unwrap()
        .value
}

#[test]
fn sixty_people_change_their_section_in_one_step() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let ids = people(&mut registry, 61);
    let before = all(&registry);
    let settings = [
        Setting::Says(Particular::Section, " 康复科 ".to_owned()),
        Setting::Says(Particular::Workplace, "西院".to_owned()),
    ];
    let done = roster::change_people(&mut registry, &ids[..60], &settings).unwrap();
    assert_eq!((done.value, done.people.len()), (60, 60));
    let sections = |registry: &Registry| {
        let rows = registry.people().unwrap();
        rows.iter().filter(|row| row.section == "康复科" && row.workplace == "西院").count()
    };
    assert_eq!(sections(&registry), 60);
    assert_eq!(registry.can_undo().as_deref(), Some("批量修改 60 人"));
    // Again: nothing is another one, so there is nothing to undo.
    let again = roster::change_people(&mut registry, &ids[..60], &settings).unwrap();
    assert_eq!((again.value, again.revision), (0, done.revision));
    registry.undo().unwrap();
    assert_eq!(all(&registry), before);
    registry.redo().unwrap();
    drop(registry);
    assert_eq!(sections(&desk.open()), 60);
}

#[test]
fn many_leave_the_staff_and_come_back() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let ids = people(&mut registry, 3);
    roster::change_people(&mut registry, &ids, &[Setting::Retired(true)]).unwrap();
    assert_eq!(registry.can_undo().as_deref(), Some("标记退休或离职 3 人"));
    assert!(registry.people().unwrap().iter().all(|row| row.retired));
    roster::change_people(&mut registry, &ids[1..], &[Setting::Retired(false)]).unwrap();
    assert_eq!(registry.people().unwrap().iter().filter(|row| row.retired).count(), 1);
}

#[test]
fn nothing_happens_when_one_of_them_is_gone_or_nothing_is_asked() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let mut ids = people(&mut registry, 2);
    ids.push(PersonId(99));
    let before = all(&registry);
    let settings = [Setting::Says(Particular::Title, "护师".to_owned())];
    let refusal = roster::change_people(&mut registry, &ids, &settings).unwrap_err();
    assert!(refusal.to_string().contains("登记库里没有这个人"), "{refusal}");
    assert_eq!(all(&registry), before);
    let refusal = roster::change_people(&mut registry, &ids, &[]).unwrap_err();
    assert_eq!(refusal.to_string(), "批量修改没有成功：没有选要改的项目。请先勾选要改哪几项。");
}

#[test]
fn a_year_of_many_is_reviewed_and_the_others_are_named() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let ids = people(&mut registry, 4);
    registry
        .transact("登记", |tx| {
            for &id in &ids[..3] {
                tx.save_record(&training(id, 2019, "护理新进展"))?;
            }
            tx.save_year_review(&confirmed(ids[2], 2019))
        })
        .unwrap();
    let (outcome, touched) = roster::review_year(&mut registry, &ids, 2019, &vouched("")).unwrap();
    let names = |people: &[Person]| people.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&outcome.done), ["人员001", "人员002"]);
    assert_eq!(touched, ids[..2]);
    let told: Vec<String> =
        outcome.refused.iter().map(|(it, why)| format!("{}：{why}", it.name)).collect();
    assert_eq!(told, ["人员003：这一年主管部门已确认", "人员004：2019 年没有登记，无可审核"]);
    assert_eq!(registry.can_undo().as_deref(), Some("2019 年单位审核 2 人"));
    let review = &registry.handbook(ids[0]).unwrap().reviews[0];
    assert_eq!((review.year, review.state), (2019, ReviewState::UnitReviewed));
    registry.undo().unwrap();
    assert!(registry.handbook(ids[0]).unwrap().reviews.is_empty());
    let nameless = Vouched { by: " ".to_owned(), ..vouched("") };
    let refusal = roster::review_year(&mut registry, &ids, 2019, &nameless).unwrap_err();
    assert!(refusal.to_string().contains("没有写经办人姓名"), "{refusal}");
}

#[test]
fn who_is_short_of_a_year_is_found_among_everybody_on_the_staff() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let ids = people(&mut registry, 3);
    registry
        .transact("登记", |tx| {
            tx.save_record(&training(ids[0], 2019, "护理新进展"))?;
            let mut left = person(3);
            left.id = ids[2];
            left.retired = true;
            tx.save_person(&left)
        })
        .unwrap();
    let found = roster::gaps(&registry, 2019, day("2020-08-10")).unwrap();
    assert_eq!((found.people, found.short(), found.under_way), (2, 2, false));
    let told: Vec<String> = found
        .gaps
        .iter()
        .map(|gap| {
            let short = gap::shortage(&registry.notice(), Some(&gap.total));
            format!("{} {}", gap.person.name, gap::shortage_words(&registry.notice(), &short))
        })
        .collect();
    assert_eq!(told, ["人员001 公需 30，专业 48", "人员002 公需 30，专业 60"]);
    let papers: Vec<&str> = found.gaps[0].papers().map(|it| it.message.as_str()).collect();
    assert_eq!(papers.len(), 1);
    assert!(papers[0].starts_with("「护理新进展」还缺"), "{papers:?}");
    assert!(roster::gaps(&registry, 2020, day("2020-08-10")).unwrap().under_way);
}

#[test]
fn titles_lead_to_their_people() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let ids = people(&mut registry, 3);
    registry
        .transact("登记", |tx| {
            tx.save_record(&training(ids[0], 2018, "骨干班"))?;
            tx.save_record(&training(ids[1], 2019, "骨干班"))?;
            tx.save_record(&training(ids[1], 2017, "急救"))
        })
        .unwrap();
    let titles = registry.titles().unwrap();
    let told: Vec<_> =
        titles.iter().map(|row| (row.title.as_str(), row.people, row.first, row.last)).collect();
    assert_eq!(
        told,
        [
            ("骨干班", 2, day("2018-05-11"), day("2019-05-11")),
            ("急救", 1, day("2017-05-11"), day("2017-05-11"))
        ]
    );
    assert_eq!(registry.people_with("骨干班").unwrap(), ids[..2]);
    assert_eq!(registry.people_with("没有").unwrap(), []);
}
