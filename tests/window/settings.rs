//! 设置: the unit's facts, looks, backups and the examination.

use super::campaign::with_slips;
use super::desk::*;
use eframe::egui::Key;
use xueshi::registry::{Registry, restore};

fn retype(desk: &mut Desk, field: &str, text: &str) {
    desk.window.get_field(field).focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill(field, text);
}

#[test]
fn the_units_facts_are_kept_on_leaving_a_field_and_can_be_undone() {
    let mut desk = Desk::with_people(&[]);
    desk.click("设置");
    desk.must_see("报送给：州卫生健康委");
    desk.must_see("公需证书的注册地区应写：湘西自治州州直");
    retype(&mut desk, "经办人", "田小满");
    assert_eq!(desk.window.state().snapshot().unwrap().unit.contact, "向明");
    desk.window.get_field("电话").focus();
    desk.run();
    desk.must_see("单位资料已修改");
    assert_eq!(desk.window.state().snapshot().unwrap().unit.contact, "田小满");
    desk.click("撤销");
    assert_eq!(desk.value("经办人"), "向明");
    desk.click("重做");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.unit().unwrap().contact, "田小满");
}

#[test]
fn what_the_notice_cannot_use_is_told_and_not_kept() {
    let mut desk = Desk::with_people(&[]);
    desk.click("设置");
    desk.window.get_field("单位名称").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.press(Key::Backspace);
    desk.press(Key::Tab);
    desk.must_see("请填写单位名称，与公章一致");
    retype(&mut desk, "单位名称", "湘西自治州示范医院");
    desk.click("隶属");
    desk.click("县市区");
    desk.must_see("请填写所属县市");
    assert_eq!(desk.window.state().snapshot().unwrap().unit.kind, "州直");
    desk.click("县市");
    desk.click("吉首市");
    desk.must_see("公需证书的注册地区应写：湘西自治州吉首市");
    let (_room, registry) = desk.reopened();
    let unit = registry.unit().unwrap();
    assert_eq!((unit.kind.as_str(), unit.county.as_str()), ("县市区", "吉首市"));
    assert_eq!(unit.name, "湘西自治州示范医院");
}

#[test]
fn a_registry_in_a_cloud_drive_is_told() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("OneDrive - 州医院/文档/登记库");
    std::fs::create_dir_all(dir.parent().unwrap()).unwrap();
    drop(Registry::create(&dir, &unit(), "xiangxi-2020").unwrap());
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.click("设置");
    desk.must_see("OneDrive 会把它传到网上");
}

#[test]
fn a_backup_is_made_listed_and_can_be_restored() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.click("设置");
    desk.must_see("还没有备份");
    desk.click("现在备份");
    desk.must_see("备份已写好并核对");
    assert!(!desk.sees("还没有备份"));
    let folder = desk.dir().join("backups");
    let made: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(made.len(), 1);
    let (room, registry) = desk.reopened();
    drop(registry);
    let other = room.path().join("恢复");
    restore(&made[0], &other).unwrap();
    assert_eq!(xueshi::registry::Registry::open(&other).unwrap().people().unwrap().len(), 2);
}

#[test]
fn the_examination_tells_a_lost_scan_and_what_to_do() {
    let mut desk = Desk::prepared(|registry| {
        with_slips(registry, &["张三"], &registry.dir().join("认定单.pdf"));
    });
    desk.click("设置");
    desk.click("检查登记库");
    desk.must_see("完好");
    std::fs::remove_dir_all(desk.dir().join("evidence")).unwrap();
    std::fs::create_dir(desk.dir().join("evidence")).unwrap();
    desk.click("检查登记库");
    desk.must_see("1 处要处理");
    desk.must_see("不见了");
    desk.must_see("重新放入同一个文件");
}

#[test]
fn theme_scale_and_licences_are_at_hand() {
    let mut desk = Desk::with_people(&[]);
    desk.click("设置");
    desk.click("深色");
    assert!(desk.window.ctx.global_style().visuals.dark_mode);
    desk.click("浅色");
    assert!(!desk.window.ctx.global_style().visuals.dark_mode);
    desk.click("150%");
    assert!((desk.window.ctx.zoom_factor() - 1.5).abs() < 0.01);
    // At 200 % a page keeps its least size and is scrolled.
    desk.click("200%");
    desk.click("报送");
    desk.must_see("还没有参评人员");
    desk.click("设置");
    desk.must_see("看许可");
    desk.window.ctx.set_zoom_factor(1.0);
    desk.run();
    desk.click("100%");
    assert!((desk.window.ctx.zoom_factor() - 1.0).abs() < 0.01);
    desk.must_see(concat!("学时 ", env!("CARGO_PKG_VERSION")));
    desk.click("看许可");
    desk.must_see("MIT License");
    desk.click("字体（SIL OFL）");
    desk.must_see("SIL OPEN FONT LICENSE");
    desk.click("关闭");
    assert!(!desk.sees("SIL OPEN FONT LICENSE"));
    desk.must_see("Ctrl K");
}
