//! 职务、职称变动: kept, mended, taken back, told in a clerk's words, merged, gone with its person.

use super::registry_desk::*;
use xueshi::ledger::*;

fn change(person: PersonId, date: &str, title: &str, note: &str) -> PostChange {
    PostChange {
        id: PostChangeId(0),
        person,
        date: day(date),
        workplace: "湘西州人民医院".to_owned(),
        post: "内科".to_owned(),
        title: title.to_owned(),
        note: note.to_owned(),
    }
}

#[test]
fn a_change_is_kept_mended_removed_and_every_step_can_be_taken_back() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap().value;
    let later = change(id, "2019-12-20", "副主任医师", "");
    let earlier = change(id, "2010-07-01", "医师", "转正");
    let stored = registry
        .transact("登记变动", |tx| {
            tx.save_post_change(&earlier)?;
            tx.save_post_change(&later)
        })
        .unwrap()
        .value;
    let revision = registry.revision();
    let same = registry.transact("登记变动", |tx| tx.save_post_change(&later)).unwrap();
    assert_eq!((same.value, registry.revision()), (stored, revision), "said already");
    drop(registry);

    let mut registry = desk.open();
    let dates = |registry: &xueshi::registry::Registry| -> Vec<String> {
        let book = registry.handbook(id).unwrap();
        book.changes.iter().map(|it| format!("{} {}", it.date, it.title)).collect()
    };
    assert_eq!(dates(&registry), ["2010-07-01 医师", "2019-12-20 副主任医师"]);
    let mended = PostChange { id: stored, note: "湘人社职〔2019〕12号".to_owned(), ..later };
    registry.transact("修改变动", |tx| tx.save_post_change(&mended)).unwrap();
    assert_eq!(
        registry.history(id).unwrap()[0].changes,
        ["职务职称变动「2019-12-20 内科 副主任医师」 依据、说明：空 → 湘人社职〔2019〕12号"]
    );
    assert_eq!(
        registry.history(id).unwrap()[1].changes,
        [
            "新增职务职称变动「2010-07-01 内科 医师」",
            "新增职务职称变动「2019-12-20 内科 副主任医师」"
        ]
    );
    let before = all(&registry);
    registry.transact("删除变动", |tx| tx.delete_post_change(stored)).unwrap();
    assert_eq!(dates(&registry), ["2010-07-01 医师"]);
    registry.undo().unwrap();
    assert_eq!(all(&registry), before);
    registry.undo().unwrap();
    assert_eq!(registry.handbook(id).unwrap().changes[1].note, "");
    registry.redo().unwrap();

    // Whoever has left keeps them; whoever is deleted takes them along, and undo brings both back.
    let mut left = registry.person(id).unwrap();
    left.retired = true;
    registry.transact("修改资料", |tx| tx.save_person(&left)).unwrap();
    let before = all(&registry);
    registry.transact("删除人员", |tx| tx.delete_person(id)).unwrap();
    assert_eq!(registry.doctor().unwrap(), []);
    registry.undo().unwrap();
    assert_eq!(all(&registry), before);
    assert_eq!(registry.doctor().unwrap(), []);
}

#[test]
fn what_says_nothing_and_whom_nobody_knows_are_refused() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap().value;
    let before = all(&registry);
    let empty = PostChange {
        workplace: " ".to_owned(),
        post: String::new(),
        title: "\u{3000}".to_owned(),
        ..change(id, "2019-12-20", "", "只有说明")
    };
    let refused = registry.transact("登记变动", |tx| tx.save_post_change(&empty)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "保存职务职称变动没有成功（2019-12-20）：工作单位、科室职务、职称都是空的。请至少填写一项。"
    );
    let nobody = change(PersonId(99), "2019-12-20", "医师", "");
    assert!(registry.transact("登记变动", |tx| tx.save_post_change(&nobody)).is_err());
    let gone = registry.transact("删除变动", |tx| tx.delete_post_change(PostChangeId(7)));
    let gone = gone.unwrap_err().to_string();
    assert!(gone.contains("登记库里已经没有这一条"), "{gone}");
    assert_eq!(all(&registry), before);
}

#[test]
fn merged_entries_keep_the_changes_of_both_and_the_same_one_once() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (keep, gone) = registry
        .transact("导入", |tx| {
            let twin = Person { name: person(1).name, ..person(2) };
            let (keep, gone) = (tx.save_person(&person(1))?, tx.save_person(&twin)?);
            tx.save_post_change(&change(keep, "2015-12-01", "主治医师", ""))?;
            tx.save_post_change(&change(gone, "2015-12-01", "主治医师", "湘职改〔2015〕8号"))?;
            tx.save_post_change(&change(gone, "2010-07-01", "医师", ""))?;
            // Two papers of one day that do not say the same are two.
            tx.save_post_change(&change(keep, "2008-07-01", "医士", "转正"))?;
            tx.save_post_change(&change(gone, "2008-07-01", "医士", "调入"))?;
            Ok((keep, gone))
        })
        .unwrap()
        .value;
    let before = all(&registry);
    assert_eq!(
        registry.look_at_merge(keep, gone).unwrap().notes,
        ["职务职称变动「2015-12-01 湘西州人民医院 内科 主治医师」两边各有一条，相同：合为一条"]
    );
    registry.merge_people(keep, gone, &[], &vouched("")).unwrap();
    let book = registry.handbook(keep).unwrap();
    let told: Vec<(String, &str)> =
        book.changes.iter().map(|it| (it.date.to_string(), it.note.as_str())).collect();
    let expected = [
        ("2008-07-01", "转正"),
        ("2008-07-01", "调入"),
        ("2010-07-01", ""),
        ("2015-12-01", "湘职改〔2015〕8号"),
    ];
    assert_eq!(told, expected.map(|(date, note)| (date.to_owned(), note)));
    registry.undo().unwrap();
    assert_eq!(all(&registry), before);
}

#[test]
fn a_new_title_is_noted_together_with_the_one_before() {
    let mut book = Handbook::blank(person(1));
    let unit = "湘西州人民医院";
    let mut now = book.person.clone();
    now.title = "副主任医师".to_owned();
    now.title_date = Some(day("2019-12-20"));
    let moved = Moved::between(&book.person, &now, unit);
    assert_eq!(moved, Moved { title: true, section: false, workplace: false });
    assert_eq!(moved.before(&book.person, unit), "原职称：主治医师");
    let told = |book: &Handbook| -> Vec<String> {
        let noted = noted(book, &now, unit, day("2019-12-20"), "聘任");
        noted.iter().map(|it| format!("{} {} {}", it.date, it.what(), it.note)).collect()
    };
    let new = "2019-12-20 湘西州人民医院 内科 副主任医师 聘任";
    assert_eq!(told(&book), ["2015-12-01 湘西州人民医院 内科 主治医师 取得职称", new]);
    // The one before stands there already.
    book.changes = vec![change(PersonId(1), "2016-01-01", "主治医师", "聘任")];
    assert_eq!(told(&book), [new]);
    // A place spelled out is no other place, and what was blank was nothing before.
    let spelled = Person { workplace: unit.to_owned(), ..book.person.clone() };
    assert!(!Moved::between(&book.person, &spelled, unit).any());
    let blank = Person { section: String::new(), ..book.person.clone() };
    assert!(!Moved::between(&blank, &book.person, unit).any());
}
