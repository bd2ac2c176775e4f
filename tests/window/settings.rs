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
    desk.click("设置：登记库");
    desk.must_see("OneDrive 会把它传到网上");
}

#[test]
fn a_backup_is_made_listed_and_can_be_restored() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.click("设置");
    desk.click("设置：备份与恢复");
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
    desk.click("设置：登记库");
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
fn what_nothing_needs_is_cleaned_away_after_the_examination() {
    let mut desk = Desk::prepared(|registry| {
        with_slips(registry, &["张三"], &registry.dir().join("认定单.pdf"));
    });
    let folder = desk.dir().join("evidence/zz");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("stray.pdf"), "stray").unwrap();
    desk.click("设置");
    desk.click("设置：登记库");
    desk.click("检查登记库");
    desk.must_see("1 个文件没有被用到");
    desk.click("清理");
    desk.must_see("已清理 1 个用不到的文件");
    desk.must_see("完好");
    assert!(!desk.sees("没有被用到"));
    assert!(!folder.exists());
}

#[test]
fn theme_scale_and_licences_are_at_hand() {
    let mut desk = Desk::with_people(&[]);
    desk.click("设置");
    desk.click("设置：外观");
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
    desk.must_see("外观");
    desk.window.ctx.set_zoom_factor(1.0);
    desk.run();
    desk.click("100%");
    assert!((desk.window.ctx.zoom_factor() - 1.0).abs() < 0.01);
    desk.click("设置：关于");
    desk.must_see(concat!("学时 ", env!("CARGO_PKG_VERSION")));
    desk.click("看许可");
    desk.must_see("MIT License");
    desk.click("字体（SIL OFL）");
    desk.must_see("SIL OPEN FONT LICENSE");
    desk.click("关闭");
    assert!(!desk.sees("SIL OPEN FONT LICENSE"));
    desk.click("设置：快捷键");
    desk.must_see("Ctrl K");
}

#[test]
fn at_200_percent_every_choice_can_be_reached() {
    let mut desk = Desk::with_people(&[]);
    desk.click("设置");
    desk.on_screen([1366.0, 768.0], 1.0, false);
    desk.look("settings");
    desk.click("设置：外观");
    desk.on_screen([1366.0, 768.0], 2.0, true);
    desk.look("settings-looks-200-dark");
    desk.reach("100%");
    assert!((desk.window.ctx.zoom_factor() - 1.0).abs() < 0.01);
    for (part, sees) in [
        ("单位", "报送给：州卫生健康委"),
        ("登记库", "打开文件夹"),
        ("备份与恢复", "写成一个 zip"),
        ("证书模板", "用程序自带的模板"),
        ("工作单位写法", "一个单位只用一种写法"),
        ("快捷键", "Ctrl K"),
        ("关于", "看许可"),
    ] {
        desk.reach(&format!("设置：{part}"));
        desk.must_see(sees);
        desk.look(&format!("settings-{part}-200"));
    }
}

#[test]
fn a_backup_is_checked_and_restored_from_the_window() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.click("设置");
    desk.click("设置：备份与恢复");
    desk.click("现在备份");
    let folder = desk.dir().join("backups");
    let made = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
    let name = made.file_name().to_string_lossy().into_owned();
    desk.click(&format!("核对 {name}"));
    desk.must_see("完好：湘西自治州示范医院，2 人，0 条学习记录");
    desk.look("settings-backups");
    desk.click("撤销");
    assert_eq!(desk.window.state().snapshot().unwrap().people.len(), 1);
    desk.click(&format!("恢复 {name}"));
    desk.must_see("不能用“撤销”退回");
    desk.look("settings-restore");
    desk.click("不恢复");
    assert_eq!(desk.window.state().snapshot().unwrap().people.len(), 1);
    desk.click(&format!("恢复 {name}"));
    desk.click("恢复");
    desk.must_see("登记库已从备份恢复");
    assert_eq!(desk.window.state().snapshot().unwrap().people.len(), 2);
    // A backup that is damaged is told when it is checked, and changes nothing when it is restored.
    std::fs::write(made.path(), "坏").unwrap();
    desk.click(&format!("核对 {name}"));
    desk.must_see("核对备份没有成功");
    desk.click(&format!("恢复 {name}"));
    desk.click("恢复");
    assert_eq!(desk.window.state().snapshot().unwrap().people.len(), 2);
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.people().unwrap().len(), 2);
}

#[test]
fn a_whole_backup_holds_the_scans_and_comes_back_whole() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    with_slips(&mut registry, &["张三"], &room.path().join("认定单.pdf"));
    drop(registry);
    let disk = room.path().join("移动硬盘");
    std::fs::create_dir(&disk).unwrap();
    let zip = disk.join("全部.zip");
    let mut desk = Desk::open(room, Some(dir), vec![disk.clone(), zip.clone(), zip.clone()]);
    desk.click("设置");
    desk.click("设置：备份与恢复");
    desk.click("写成一个文件夹");
    desk.must_see("完整备份已写好并核对，证明材料 1 个");
    desk.click("写成一个 zip");
    assert!(zip.is_file());
    std::fs::remove_dir_all(desk.dir().join("evidence")).unwrap();
    std::fs::create_dir(desk.dir().join("evidence")).unwrap();
    desk.click("从别处的备份恢复");
    desk.must_see("全部.zip");
    desk.click("恢复");
    desk.must_see("登记库已从备份恢复");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.doctor().unwrap(), []);
    drop(registry);
    let folder = disk.join("湘西自治州示范医院 完整备份 2020-08-10");
    let copy = xueshi::registry::Registry::open(&folder).unwrap();
    assert_eq!(copy.people().unwrap().len(), 1);
    assert_eq!(copy.doctor().unwrap(), []);
}

#[test]
fn the_certificates_template_is_copied_checked_and_dropped() {
    let mut desk = Desk::with_people(&[]);
    desk.click("设置");
    desk.click("设置：证书模板");
    desk.click("做一份本单位的");
    desk.must_see("用本单位的模板，没有错处");
    let file = desk.dir().join("templates/certificate.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replacen("title", "titel", 1)).unwrap();
    desk.click("检查");
    desk.must_see("本单位的模板有错处");
    desk.must_see("certificate.toml 第");
    desk.look("settings-template");
    desk.click("恢复程序自带的");
    desk.must_see("用程序自带的模板");
    assert!(!file.exists());
    let kept = std::fs::read_dir(desk.dir().join("templates")).unwrap().count();
    assert_eq!(kept, 1, "the unit's own is kept");
}

#[test]
fn spellings_of_a_unit_are_brought_together() {
    let mut desk = Desk::prepared(|registry| {
        for (n, workplace) in ["龙山县医院", "龙山县医院", "龙山医院"].iter().enumerate()
        {
            let mut person = xueshi::ledger::Person::new(format!("人{n}"), id_number(n as u32 + 1));
            person.workplace = (*workplace).to_owned();
            registry.transact("添加人员", |tx| tx.save_person(&person)).unwrap();
        }
    });
    desk.click("设置");
    desk.click("设置：工作单位写法");
    desk.must_see("龙山县医院");
    desk.must_see("2 人");
    desk.click("改为：龙山医院");
    retype(&mut desk, "统一写作", "龙山县医院");
    desk.click("统一");
    desk.must_see("1 人的工作单位已写作“龙山县医院”");
    assert!(!desk.sees("龙山医院"));
    desk.click("撤销");
    desk.must_see("龙山医院");
    desk.click("重做");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.workplaces().unwrap(), [("龙山县医院".to_owned(), 3)]);
}
