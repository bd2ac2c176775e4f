//! 登记: one training for many people in one gesture.

use super::desk::*;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use xueshi::notice::Hours;

#[test]
fn one_training_is_registered_for_several_people_in_one_step() {
    let mut desk = Desk::with_people(&["张三", "李四", "王五"]);
    desk.click("登记");
    desk.fill("内容", "护理安全培训班");
    desk.click("2020-08-10 全天");
    desk.click("2020-08-11 上午");
    desk.must_see("14");
    desk.fill("参加人员", "zs");
    desk.press(Key::Enter);
    desk.fill("参加人员", "李四 王五 赵六");
    desk.must_see("没有找到 赵六");
    desk.click("登记 3 人");
    desk.must_see("已登记 3 人");
    let (_room, mut registry) = desk.reopened();
    for name in ["张三", "李四", "王五"] {
        let handbook = registry.handbook(person(&registry, name)).unwrap();
        assert_eq!(handbook.records.len(), 1, "{name}");
        let total = &xueshi::ledger::years(&registry.notice(), &handbook)[0];
        assert_eq!((total.year, total.total), (2020, Hours::whole(14)), "{name}");
        assert_eq!(handbook.records[0].event_name, "护理安全培训班");
    }
    assert_eq!(registry.events().unwrap().len(), 1);
    assert_eq!(registry.can_undo().as_deref(), Some("登记 3 人"));
    registry.undo().unwrap();
    assert!(registry.people().unwrap().iter().all(|row| row.records == 0));
}

#[test]
fn of_a_pasted_list_those_of_one_name_are_asked_one_after_another() {
    let mut desk = Desk::with_people(&["张三", "李四", "张三", "王五", "李四"]);
    desk.click("登记");
    desk.fill("内容", "护理安全培训班");
    desk.click("2020-08-10 全天");
    desk.fill("参加人员", "张三 王五 李四 赵六");
    desk.must_see("有同名的，请在下面逐个选：张三（2 人）、李四（2 人）");
    assert_eq!(desk.value("参加人员"), "张三 李四 赵六");
    let third = id_number(3);
    let tail = &third.as_str()[14..];
    desk.click(&format!("选 张三，护理部 · 4331 **** {tail}"));
    assert!(!desk.sees("张三（2 人）"));
    desk.must_see("有同名的，请在下面逐个选：李四（2 人）");
    desk.press(Key::ArrowDown);
    desk.press(Key::Enter);
    assert_eq!(desk.value("参加人员"), "赵六");
    desk.must_see("没有找到 赵六");
    desk.click("登记 3 人");
    let (_room, registry) = desk.reopened();
    let registered: Vec<_> =
        registry.people().unwrap().into_iter().map(|row| row.records).collect();
    assert_eq!(registered.iter().sum::<u32>(), 3);
    let chosen = registry.people().unwrap().into_iter().find(|row| row.id_number == id_number(3));
    assert_eq!(chosen.unwrap().records, 1);
}

#[test]
fn a_list_that_names_everybody_of_a_name_or_their_numbers_asks_nothing() {
    let mut desk = Desk::with_people(&["张三", "李四", "张三", "李四"]);
    desk.click("登记");
    desk.fill("内容", "护理安全培训班");
    desk.click("2020-08-10 全天");
    // Two rows of one name, two people of that name; one of the others with the number beside the name.
    desk.fill("参加人员", &format!("张三 张三 李四 {}", id_number(4)));
    assert_eq!(desk.value("参加人员"), "");
    desk.click("登记 3 人");
    let (_room, registry) = desk.reopened();
    let records = |n: u32| {
        let all = registry.people().unwrap();
        all.into_iter().find(|row| row.id_number == id_number(n)).unwrap().records
    };
    assert_eq!([1, 2, 3, 4].map(records), [1, 0, 1, 1]);
}

#[test]
fn a_form_asks_only_what_it_needs() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.click("登记");
    assert!(desk.sees("2020-08-10 全天"));
    desk.click("形式：著作、论文");
    assert!(!desk.sees("2020-08-10 全天"));
    desk.must_see("刊号");
    desk.click("登记并再来一条");
    desk.must_see("请填写内容");
    desk.must_see("请选参加的人");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.people().unwrap()[0].records, 0);
}

#[test]
fn somebody_who_was_elsewhere_at_that_time_is_told() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    for (title, people, button) in
        [("第一班", "张三", "登记"), ("第二班", "张三 李四", "登记 2 人")]
    {
        desk.click("总览");
        desk.press_ctrl(Key::N);
        desk.fill("内容", title);
        desk.click("2020-08-10 全天");
        desk.fill("参加人员", people);
        desk.press(Key::Enter);
        if title == "第二班" {
            desk.must_see("张三 只得 0 学时");
            assert!(!desk.sees("李四 只得"));
        }
        let buttons = desk.window.get_by_role_and_label(Role::Button, button);
        buttons.click();
        desk.run();
    }
}

#[test]
fn a_record_is_changed_where_a_finding_leads() {
    let mut desk = Desk::prepared(|registry| {
        let person = xueshi::ledger::Person::new("张三", id_number(1));
        let day = day("2019-06-03");
        let mut activity = xueshi::notice::Activity::new(
            xueshi::notice::FormId(1),
            xueshi::notice::Subject::specialty(),
            "药学进修班",
            day,
        );
        activity.sessions = xueshi::notice::DayPart::ALL[..2]
            .iter()
            .map(|&part| xueshi::notice::Session { date: day, part })
            .collect();
        registry
            .transact("准备", |tx| {
                let id = tx.save_person(&person)?;
                tx.save_record(&xueshi::ledger::Record::new(id, activity))
            })
            .unwrap();
    });
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "zs");
    desk.press(Key::Enter);
    desk.click("药学进修班，10 学时");
    desk.click("编辑");
    desk.click("与本人专业相关");
    desk.click("2019-06-03 下午");
    desk.click("改好了");
    desk.must_see("为什么是 4 学时");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    assert_eq!(handbook.records[0].activity.related, Some(true));
    assert_eq!(handbook.records[0].activity.sessions.len(), 1);
    assert_eq!(registry.can_undo().as_deref(), Some("修改记录"));
}

#[test]
fn a_class_is_changed_for_everybody_in_it_at_once() {
    let mut desk = Desk::with_people(&["张三", "李四", "王五", "赵六"]);
    desk.click("登记");
    desk.fill("内容", "护理安全培训班");
    desk.click("2020-08-10 全天");
    desk.fill("参加人员", "张三 李四 王五");
    desk.click("登记 3 人");
    desk.must_see("已登记 3 人");
    desk.click("以前的班次");
    desk.must_see("2020-08-10　3 人");
    desk.click("修改班次 护理安全培训班");
    desk.must_see("3 人；移出的人");
    desk.fill("主办单位", "州护理学会");
    desk.click("行业主管部门");
    desk.click("2020-08-11 上午");
    desk.click("移除 王五");
    desk.must_see("移出 王五");
    desk.fill("再加人", "赵六");
    desk.press(Key::Enter);
    desk.click("改好了");
    desk.must_see("班次已修改，共 3 人");
    let (_room, mut registry) = desk.reopened();
    let records = |registry: &xueshi::registry::Registry, name: &str| {
        registry.handbook(person(registry, name)).unwrap().records
    };
    for name in ["张三", "李四", "赵六"] {
        let all = records(&registry, name);
        assert_eq!(all.len(), 1, "{name}");
        let activity = &all[0].activity;
        assert_eq!(activity.organiser, "州护理学会", "{name}");
        assert_eq!(activity.organiser_kind.as_deref(), Some("行业主管部门"), "{name}");
        assert_eq!(activity.sessions.len(), 3, "{name}");
        assert_eq!(all[0].event_name, "护理安全培训班");
    }
    assert!(records(&registry, "王五").is_empty());
    assert_eq!(registry.can_undo().as_deref(), Some("修改班次"));
    registry.undo().unwrap();
    assert_eq!(records(&registry, "王五").len(), 1);
    assert!(records(&registry, "赵六").is_empty());
}

#[test]
fn the_same_class_at_another_time_is_another_class() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    for day in ["2020-08-10 全天", "2020-08-12 全天"] {
        desk.press_ctrl(Key::N);
        desk.fill("内容", "三基培训");
        desk.click(day);
        desk.fill("参加人员", "张三 李四");
        desk.click("登记 2 人");
    }
    let (_room, registry) = desk.reopened();
    let names: Vec<String> =
        registry.event_lines().unwrap().into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["三基培训（2020-08-12）", "三基培训"]);
}

#[test]
fn in_a_narrow_window_the_kinds_are_a_drop_down_and_the_week_still_fits() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.click("登记");
    let kinds = |desk: &Desk| desk.window.query_by_role_and_label(Role::ComboBox, "形式").is_some();
    assert!(!kinds(&desk));
    desk.window.set_size(eframe::egui::vec2(911.0, 600.0));
    desk.run();
    assert!(kinds(&desk));
    let day = |name: &str| desk.window.get_by_role_and_label(Role::CheckBox, name).rect();
    let (monday, sunday) = (day("2020-08-10 全天"), day("2020-08-16 全天"));
    assert_eq!(sunday.top(), monday.top(), "the week is torn apart");
    let button = desk.window.get_by_role_and_label(Role::Button, "登记并再来一条").rect();
    assert!(sunday.right() < 911.0 - 272.0 - 24.0, "{sunday:?} runs past its card");
    assert!(button.right() < 911.0 - 272.0 - 24.0, "{button:?} runs past its card");
}
