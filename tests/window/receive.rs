//! 接收: a department chooses its units' packages, decides what differs, takes them in as one step, reviews,
//! and hands in one table.

use super::campaign::with_slips;
use super::desk::*;
use super::evidence::Dropped;
use super::publicity::{apply, is_disabled};
use eframe::egui::{Key, vec2};
use egui_kittest::kittest::Queryable as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use xueshi::ledger::{Person, ReviewResult, Stage, Unit};
use xueshi::package::{self, PackageRequest};
use xueshi::registry::{Registry, campaign};

const DEPARTMENT: &str = "州卫生健康委";

/// A unit's registry with people who are publicised, `first` their first number.
fn hospital(room: &Path, name: &str, people: &[(&str, u32)]) -> Registry {
    let unit = Unit { name: name.to_owned(), ..unit() };
    let mut registry = Registry::create(&room.join(name), &unit, "xiangxi-2020").unwrap();
    let names: Vec<&str> = people.iter().map(|(name, _)| *name).collect();
    with_slips(&mut registry, &names, &room.join(format!("{name}.pdf")));
    // With numbers of their own, so that two units have two people.
    for (name, number) in people {
        let id = person(&registry, name);
        let known = registry.handbook(id).unwrap().person;
        let number = id_number(*number);
        registry
            .transact("号码", |tx| tx.save_person(&Person { id_number: number, ..known }))
            .unwrap();
    }
    apply(&mut registry, &names, true);
    let (posted, closed) = (day("2020-08-03"), day(TODAY));
    campaign::open_publicity(&mut registry, 2020, "中级", posted, "大厅", closed).unwrap();
    campaign::close_publicity(&mut registry, 2020, "中级", closed, &[], closed).unwrap();
    registry
}

fn packed(registry: &mut Registry, out: &Path) -> PathBuf {
    let request = PackageRequest {
        campaign: 2020,
        level_group: "中级".to_owned(),
        out: out.to_owned(),
        draft: false,
        today: day("2020-08-20"),
    };
    package::write(registry, &request, &|_, _, _| true).unwrap().path
}

/// The department's window; `answers` are what the dialogs give.
fn department(room: TempDir, answers: Vec<PathBuf>) -> Desk {
    let dir = room.path().join("登记库");
    if !dir.exists() {
        let own = Unit { name: DEPARTMENT.to_owned(), department: String::new(), ..unit() };
        Registry::create(&dir, &own, "xiangxi-2020").unwrap();
    }
    Desk::open_on("2020-08-21", room, Some(dir), answers)
}

#[test]
fn two_units_are_taken_in_reviewed_and_handed_in_as_one() {
    let room = TempDir::new().unwrap();
    let mut first = hospital(room.path(), "甲医院", &[("张三", 11), ("李四", 12)]);
    let mut second = hospital(room.path(), "乙医院", &[("王五", 21)]);
    let folder = packed(&mut first, room.path());
    let zip = packed(&mut second, &room.path().join("乙.zip"));
    let broken = room.path().join("坏的.zip");
    std::fs::write(&broken, "no zip").unwrap();
    let drive = TempDir::new().unwrap();
    let mut desk = department(room, vec![folder, drive.path().to_path_buf()]);

    desk.click("接收");
    desk.fill_lines("加入单位", "甲医院、乙医院、丙医院");
    desk.click("加入名单");
    desk.must_see("3 个单位，还差 3 个");
    desk.click("今年无人参评 丙医院");
    desk.must_see("3 个单位，还差 2 个");

    desk.click("选择文件夹");
    desk.must_see("核对过的报送包");
    desk.must_see("没有出入");
    desk.click("先不收");
    // Dropped on the page: a zip, and one that is damaged.
    for file in [&zip, &broken] {
        desk.window.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
    }
    desk.run();
    desk.must_see("不能收");
    desk.must_see("坏的.zip");
    desk.click("收进来：1 个包 1 人");
    desk.must_see("乙医院：已收 1 人");
    desk.must_see("3 个单位，还差 1 个");
    desk.click("撤销");
    desk.must_see("3 个单位，还差 2 个");
    desk.click("重做");

    let (room, registry) = desk.reopened();
    assert_eq!(registry.received().unwrap().len(), 1);
    assert_eq!(registry.awaited_units().unwrap()[2].nobody_in, Some(2020));
    drop(registry);

    let again = packed_path(room.path());
    let mut desk = department(room, vec![again, drive.path().to_path_buf()]);
    desk.click("接收");
    desk.click("选择文件夹");
    desk.click("收进来：1 个包 2 人");
    desk.must_see("3 个单位都到齐了");
    desk.must_see("1 王五，乙医院，可报送");
    desk.must_see("3 李四，甲医院，可报送");
    desk.click("复审确认 3 人");
    desk.must_see("复审确认 3 人");
    desk.must_see("1 王五，乙医院，已复审");
    desk.click("去写报送包");
    desk.must_see("人可以报送");
    desk.click("写入报送包");
    desk.must_see("已写好并读回核对");
    desk.click("接收");
    desk.click("送人社核验 3 人");
    desk.must_see("核验中");

    let (_room, registry) = desk.reopened();
    let report = campaign::check(&registry, 2020, None, day("2020-08-21")).unwrap();
    assert!(report.applicants.iter().all(|found| found.stage == Stage::Sent));
    let entry = registry.packages().unwrap().remove(0);
    assert_eq!((entry.people, entry.draft), (3, false));
    let seen = package::verify(Path::new(&entry.path), &|_, _, _| true).unwrap();
    assert!(seen.valid && seen.package.is_some_and(|it| it.unit == DEPARTMENT));
}

/// The one package folder of 甲医院.
fn packed_path(room: &Path) -> PathBuf {
    let is = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("甲医院_2020"))
    };
    let entries = std::fs::read_dir(room).unwrap().map(|entry| entry.unwrap().path());
    entries.into_iter().find(is).unwrap()
}

#[test]
fn what_differs_is_decided_side_by_side() {
    let room = TempDir::new().unwrap();
    let mut first = hospital(room.path(), "甲医院", &[("张三", 11)]);
    let mut second = hospital(room.path(), "乙医院", &[("张三", 11)]);
    let known = first.handbook(person(&first, "张三")).unwrap().person;
    let renamed = Person { name: "张珊".to_owned(), ..known };
    first.transact("改名", |tx| tx.save_person(&renamed)).unwrap();
    let (one, two) =
        (packed(&mut first, room.path()), packed(&mut second, &room.path().join("乙.zip")));
    let mut desk = department(room, Vec::new());
    desk.press_ctrl(Key::Num9);
    for file in [&one, &two] {
        desk.window.input_mut().dropped_files.push(Arc::new(Dropped(file.clone())));
    }
    desk.run();
    // Both say that the same number is theirs, under two names.
    desk.must_see("姓名原有「张珊」，新的「张三」");
    desk.must_see("工作单位原有「甲医院」，新的「乙医院」");
    desk.must_see("处出入没有定用哪一边");
    assert!(is_disabled(&desk, "收进来：2 个包 2 人"));
    desk.click("全部用新的");
    // But the name stays as it came first.
    let name = desk.window.query_all_by_label_contains("留原有的 ").count();
    assert!(name >= 2, "{name} sides to choose");
    desk.click("留原有的 1");
    desk.click("收进来：2 个包 2 人");
    desk.must_see("乙医院：已收 1 人");
    let (_room, registry) = desk.reopened();
    let book = registry.applicant_handbooks(2020).unwrap().remove(0);
    assert_eq!((book.person.name.as_str(), book.person.workplace.as_str()), ("张珊", "乙医院"));
    assert_eq!(registry.can_undo().unwrap(), "接收报送包：2 个");
}

#[test]
fn papers_are_given_back_with_a_reason() {
    let room = TempDir::new().unwrap();
    let mut first = hospital(room.path(), "甲医院", &[("张三", 11)]);
    let folder = packed(&mut first, room.path());
    let mut desk = department(room, vec![folder]);
    desk.window.set_size(vec2(1366.0, 768.0));
    desk.press_ctrl(Key::Num9);
    desk.click("选择文件夹");
    desk.click("收进来：1 个包 1 人");
    assert!(is_disabled(&desk, "送人社核验 0 人"));
    desk.click("申报");
    desk.must_see("主管部门复审");
    desk.click("复审退回…");
    desk.fill("理由", "缺派出通知");
    desk.click("复审退回");
    desk.must_see("复审退回 1 人");
    desk.must_see("主管部门复审退回：缺派出通知");
    let (_room, registry) = desk.reopened();
    let applicant = registry.applicant_handbooks(2020).unwrap()[0].applications[0].clone();
    let (result, vouched) = applicant.department.unwrap();
    assert_eq!((result, vouched.reason.as_str()), (ReviewResult::Returned, "缺派出通知"));
}
