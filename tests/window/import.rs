//! A workbook is looked at first, then imported as one step; bad cells are told.

use super::desk::*;
use eframe::egui::Key;

fn roster(name: &str, rows: &[(&str, &str)]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join(name);
    let lines: Vec<String> = rows.iter().map(|(name, id)| format!("{name},{id}")).collect();
    std::fs::write(&file, format!("姓名,身份证号\n{}\n", lines.join("\n"))).unwrap();
    (folder, file)
}

#[test]
fn a_roster_is_looked_at_then_imported_then_undone() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    drop(xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap());
    let (one, two) = (id_number(1), id_number(2));
    let (_folder, file) = roster("人员.csv", &[("张三", one.as_str()), ("李四", two.as_str())]);
    let mut desk = Desk::open(room, Some(dir), vec![file]);
    desk.press_ctrl(Key::I);
    desk.must_see("每一格都读懂了");
    desk.must_see("人员 2");
    desk.click("导入");
    desk.must_see("已写入");
    desk.click("去看人员");
    desk.must_see("李四");
    desk.press_ctrl(Key::Z);
    desk.must_see("还没有人员");
    desk.press_ctrl(Key::Y);
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.people().unwrap().len(), 2);
}

#[test]
fn bad_cells_are_told_and_nothing_is_written() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    drop(xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap());
    let one = id_number(1);
    let (_folder, file) = roster("人员.csv", &[("张三", one.as_str()), ("李四", "12345")]);
    let mut desk = Desk::open(room, Some(dir), vec![file]);
    desk.press_ctrl(Key::I);
    desk.must_see("1 个格子读不懂");
    desk.must_see("12345");
    desk.click("跳过这些行导入");
    desk.must_see("已写入");
    let (_room, mut registry) = desk.reopened();
    assert_eq!(registry.people().unwrap().len(), 1);
    registry.undo().unwrap();
    assert_eq!(registry.people().unwrap().len(), 0);
}
