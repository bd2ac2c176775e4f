//! 认定单 and 视同, with their scans.

use super::desk::*;
use eframe::egui::Key;

#[test]
fn a_slip_with_its_scan_completes_earlier_years() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    let person_of = xueshi::ledger::Person::new("张三", id_number(1));
    registry.transact("准备", |tx| tx.save_person(&person_of)).unwrap();
    drop(registry);
    let scan = room.path().join("认定单.jpg");
    std::fs::write(&scan, "scan").unwrap();
    let mut desk = Desk::open(room, Some(dir), vec![scan]);
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "zs");
    desk.press(Key::Enter);
    desk.click("登记认定单");
    desk.fill("单号", "2018-017");
    for (field, year) in [("起始年度", "2015"), ("截止年度", "2017")] {
        desk.window.get_field(field).focus();
        desk.run();
        desk.press_ctrl(Key::A);
        desk.fill(field, year);
    }
    desk.click("选择文件：认定单");
    desk.must_see("认定单.jpg");
    desk.click("登记上");
    desk.must_see("已登记认定单 2018-017");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    assert_eq!(handbook.slips[0].attachments.len(), 1);
    let years = xueshi::ledger::years(&registry.notice(), &handbook);
    let met: Vec<i32> = years.iter().filter(|y| y.met_evidenced).map(|y| y.year).collect();
    assert_eq!(met, [2015, 2016, 2017]);
}
