//! From applicants to a package on a drive, by the buttons a clerk presses.

use super::desk::*;
use xueshi::ledger::{Attachment, Person, PriorSlip, SlipId, Stage};
use xueshi::notice::SlotId;
use xueshi::package;
use xueshi::registry::{Registry, campaign};

/// People whose years an earlier slip covers.
pub fn with_slips(registry: &mut Registry, names: &[&str], scan: &std::path::Path) {
    std::fs::write(scan, "%PDF-1.4 slip").unwrap();
    let evidence = registry.vault().take_in(scan).unwrap();
    for (n, name) in names.iter().enumerate() {
        let mut person = Person::new(*name, id_number(n as u32 + 1));
        person.speciality = "内科护理".to_owned();
        person.education = "本科".to_owned();
        person.handbook_number = format!("HN{n:06}");
        let slip = |person| PriorSlip {
            id: SlipId(0),
            person,
            number: format!("2019-{n}"),
            issuer: "州人社局".to_owned(),
            issued: Some(day("2019-12-20")),
            first_year: 2015,
            last_year: 2019,
            hours: Default::default(),
            attachments: vec![Attachment {
                slot: SlotId("recognition-slip".to_owned()),
                stamped: true,
                evidence: evidence.clone(),
                reason: String::new(),
            }],
        };
        registry
            .transact("准备", |tx| {
                let id = tx.save_person(&person)?;
                tx.save_slip(&slip(id))
            })
            .unwrap();
    }
}

#[test]
fn applicants_are_reviewed_posted_and_packed() {
    let scans = tempfile::TempDir::new().unwrap();
    let drive = tempfile::TempDir::new().unwrap();
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    with_slips(&mut registry, &["张三", "李四"], &scans.path().join("认定单.pdf"));
    drop(registry);
    let mut desk = Desk::open(room, Some(dir), vec![drive.path().to_path_buf()]);

    desk.click("申报");
    desk.click("添加参评人员");
    desk.fill("人员", "张三 李四");
    desk.click("中级");
    desk.fill("申报系列", "卫生");
    desk.click("添加 2 人");
    desk.must_see("已添加参评人员 2 人");
    desk.must_see("待初审 2");
    desk.click("单位初审合格：待初审的 2 人");
    desk.must_see("单位初审合格 2 人");

    desk.click("公示");
    desk.window.get_field("张贴日期").focus();
    desk.run();
    desk.press_ctrl(eframe::egui::Key::A);
    desk.fill("张贴日期", "8.3");
    desk.fill("张贴地点", "门诊楼");
    desk.must_see("8 月 10 日（周一） 下班后期满");
    desk.click("张贴 中级 2 人的公示");
    desk.must_see("中级 2 人公示中");
    desk.click("结束公示 8-3 中级");
    desk.click("公示期满，结束");
    desk.must_see("公示已结束");

    desk.click("报送");
    desk.must_see("人可以报送");
    desk.click("写入报送包");
    desk.must_see("已写好并读回核对");

    let (_room, registry) = desk.reopened();
    let report = campaign::check(&registry, 2020, None, day(TODAY)).unwrap();
    assert!(report.applicants.iter().all(|result| result.stage == Stage::Publicised));
    let packages = registry.packages().unwrap();
    assert_eq!((packages.len(), packages[0].people, packages[0].draft), (1, 2, false));
    let verified =
        package::verify(std::path::Path::new(&packages[0].path), &|_, _, _| true).unwrap();
    assert!(verified.valid && verified.complete, "{:?}", verified.errors);
}

#[test]
fn a_finding_leads_to_the_place_to_fix() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.click("申报");
    desk.click("添加参评人员");
    desk.fill("人员", "张三");
    desk.press(eframe::egui::Key::Enter);
    desk.click("中级");
    desk.click("添加 1 人");
    desk.must_see("学时不够 1");
    desk.click("张三 2016 年 0 / 0，不够");
    desk.must_see("2016 年还没有记录");
    desk.must_see("登记这一年的学习");
}
