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
    let turned = "截止年度在起始年度之前，请照认定单核对";
    for (field, year) in [("起始年度", "2015"), ("截止年度", "2014"), ("截止年度", "2017")]
    {
        desk.window.get_field(field).focus();
        desk.run();
        desk.press_ctrl(Key::A);
        desk.fill(field, year);
        assert_eq!(desk.sees(turned), year == "2014", "{year}");
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

#[test]
fn a_slip_is_changed_with_its_hours_and_deleted() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    super::campaign::with_slips(&mut registry, &["张三"], &room.path().join("旧单.pdf"));
    drop(registry);
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "zs");
    desk.press(Key::Enter);
    desk.click("修改认定单 2019-0");
    desk.must_see("旧单.pdf");
    desk.fill("2016 年公需", "36");
    desk.fill("2016 年专业", "7x");
    desk.must_see("学时应是 0.5 的倍数");
    desk.window.get_field("2016 年专业").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("2016 年专业", "72.5");
    desk.click("改好了");
    desk.must_see("已修改认定单 2019-0");
    desk.must_see("2016 年 公需 36、专业 72.5");
    desk.click("删除认定单 2019-0");
    desk.must_see("已删除认定单");
    desk.press_ctrl(Key::Z);
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    let slip = &handbook.slips[0];
    assert_eq!(slip.attachments.len(), 1, "the scan stays");
    let year = xueshi::ledger::years(&registry.notice(), &handbook)
        .into_iter()
        .find(|total| total.year == 2016)
        .unwrap();
    assert_eq!(year.total, xueshi::notice::Hours::from_f64(108.5).unwrap());
}

#[test]
fn a_deemed_year_is_registered_and_changed() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "zs");
    desk.press(Key::Enter);
    desk.click("登记视同");
    desk.click("疫情防控一线");
    desk.fill("依据", "州卫健委派遣通知");
    desk.click("登记上");
    desk.must_see("已登记 2020 年视同");
    desk.click("修改 2020 年视同");
    desk.window.get_field("视同年度").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("视同年度", "2019");
    desk.must_see("这一事由只对 2020 年");
    desk.click("改好了");
    desk.must_see("登记在 2019 年不计学时");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    let entry = &handbook.deemed[0];
    assert_eq!((entry.year, entry.basis.as_str()), (2019, "州卫健委派遣通知"));
    assert_eq!(handbook.deemed.len(), 1);
}

#[test]
fn what_is_owed_after_the_campaign_is_closed_by_its_certificate_and_reopened_by_undo() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    registry
        .transact("准备", |tx| {
            let id = tx.save_person(&xueshi::ledger::Person::new("张三", id_number(1)))?;
            tx.save_applicant(&xueshi::ledger::Applicant {
                id: Default::default(),
                person: id,
                campaign: 2020,
                level: "中级".to_owned(),
                series: "卫生".to_owned(),
                speciality: "内科护理".to_owned(),
                start_override: None,
                note: String::new(),
                review: None,
                department: None,
                sent: None,
                issued: None,
                withdrawn: None,
            })
        })
        .unwrap();
    drop(registry);
    let scan = room.path().join("2020年合格证明.pdf");
    std::fs::write(&scan, "%PDF-1.4 certificate").unwrap();
    let mut desk = Desk::open(room, Some(dir), vec![scan]);
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "zs");
    desk.press(Key::Enter);
    desk.must_see("事后补交");
    desk.must_see("待补");
    desk.click("放入 2020 年度合格证明");
    desk.must_see("已收到 2020 年度合格证明");
    desk.must_see("2020-08-10 由 向明 收到：2020年合格证明.pdf");
    desk.must_see("预览 2020年合格证明.pdf");
    desk.press_ctrl(Key::Z);
    desk.must_see("待补");
    desk.press_ctrl(Key::Y);
    desk.must_see("已办");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    assert!(registry.obligations(&handbook).iter().all(|it| !it.open()));
    assert_eq!(handbook.discharges[0].attachments.len(), 1);
    assert!(registry.doctor().unwrap().is_empty());
}
