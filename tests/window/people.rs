//! 人员: adding, finding, opening, undoing.

use super::desk::*;
use eframe::egui::Key;

#[test]
fn a_person_is_added_undone_and_redone() {
    let mut desk = Desk::with_people(&[]);
    desk.click("人员");
    desk.click("添加人员");
    desk.fill("姓名", "张三");
    desk.fill("身份证号", "123");
    desk.click("添加");
    desk.must_see("身份证号应是 18 位，这里是 3 位，请核对");
    desk.window.get_field("身份证号").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("身份证号", id_number(1).as_str());
    desk.click("添加");
    desk.must_see("张三");
    desk.must_see("年度审核");
    desk.press_ctrl(Key::Z);
    desk.click("人员");
    desk.must_see("还没有人员");
    desk.press_ctrl(Key::Y);
    desk.must_see("张三");
    let (_room, registry) = desk.reopened();
    let people = registry.people().unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!(people[0].id_number, id_number(1));
    assert_eq!(registry.can_undo().as_deref(), Some("添加人员"));
}

#[test]
fn people_are_found_by_name_initials_and_tail() {
    let mut desk = Desk::with_people(&["张三", "李四", "单雄信", "阿依古丽·买买提"]);
    desk.click("人员");
    let tail = id_number(2).as_str()[14..].to_owned();
    for (typed, found) in [
        ("张", "张三"),
        ("ls", "李四"),
        ("sxx", "单雄信"),
        (tail.as_str(), "李四"),
        ("aygl", "阿依古丽"),
    ] {
        desk.fill("查找人员", typed);
        desk.must_see(found);
        desk.must_see("找到 1 人");
        desk.press(Key::Escape);
    }
    desk.fill("查找人员", "没有这个人");
    desk.must_see("没有符合的人");
}

#[test]
fn the_palette_opens_a_person() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "ls");
    desk.press(Key::Enter);
    desk.must_see("修改历史");
    desk.must_see("李四");
    assert!(!desk.sees("张三"));
}

#[test]
fn the_table_is_walked_by_keyboard() {
    let mut desk = Desk::with_people(&["安一", "白二", "蔡三"]);
    desk.click("人员");
    let first = format!("安一，4331 **** {}", &id_number(1).as_str()[14..]);
    desk.click(&first);
    desk.press(Key::ArrowDown);
    desk.press(Key::ArrowDown);
    desk.press(Key::Enter);
    desk.must_see("修改历史");
    desk.must_see("蔡三");
}

#[test]
fn a_photo_is_chosen_kept_and_taken_away() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    let person_of = xueshi::ledger::Person::new("张三", id_number(1));
    registry.transact("准备", |tx| tx.save_person(&person_of)).unwrap();
    drop(registry);
    let (broken, photo) = (room.path().join("坏的.jpg"), room.path().join("一寸照.png"));
    std::fs::write(&broken, "no picture").unwrap();
    image::RgbImage::new(25, 35).save(&photo).unwrap();
    let mut desk = Desk::open(room, Some(dir), vec![broken, photo]);
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "zs");
    desk.press(Key::Enter);
    desk.click("资料");
    desk.click("选择照片");
    desk.click("改好了");
    let said: Vec<String> = {
        use egui_kittest::kittest::{NodeT as _, Queryable as _};
        let all = desk.window.query_all_by_label_contains("");
        all.filter_map(|node| node.accesskit_node().value()).collect()
    };
    assert!(said.iter().any(|it| it.contains("这张图片已损坏或不完整")), "{said:?}");
    desk.click("资料");
    desk.fill("调入前单位", "永顺县人民医院");
    desk.click("选择照片");
    desk.click("改好了");
    desk.must_see("资料已修改");
    desk.click("资料");
    desk.must_see("预览 一寸照.png");
    desk.click("取消");
    let (_room, registry) = desk.reopened();
    let kept = registry.handbook(person(&registry, "张三")).unwrap().person;
    let photo = kept.photo.expect("the photo");
    assert_eq!((photo.name.as_str(), kept.former_unit.as_str()), ("一寸照.png", "永顺县人民医院"));
    assert!(exists(&registry.vault().path_of(&photo)));
}

#[test]
fn several_people_are_added_one_after_another() {
    let mut desk = Desk::with_people(&[]);
    desk.click("人员");
    desk.click("添加人员");
    desk.fill("姓名", "张三");
    desk.fill("身份证号", id_number(1).as_str());
    desk.fill("科室", "护理部");
    desk.click("再添一个");
    desk.must_see("已添加 张三");
    assert!(desk.window.get_field("姓名").is_focused(), "the next name is not typed at once");
    assert_eq!((desk.value("姓名"), desk.value("科室")), (String::new(), "护理部".to_owned()));
    desk.fill("姓名", "李四");
    desk.fill("身份证号", id_number(2).as_str());
    desk.click("添加");
    desk.must_see("修改历史");
    let (_room, registry) = desk.reopened();
    let sections: Vec<_> =
        registry.people().unwrap().into_iter().map(|row| (row.name, row.section)).collect();
    assert_eq!(sections.len(), 2);
    assert!(sections.iter().all(|(_, section)| section == "护理部"));
}
