//! The first day: no registry yet.

use super::desk::*;
use tempfile::TempDir;
use xueshi::registry::Registry;

#[test]
fn a_clerk_makes_a_registry_from_the_short_form() {
    let room = TempDir::new().unwrap();
    let parent = room.path().to_path_buf();
    let mut desk = Desk::open(room, None, vec![parent]);
    desk.must_see("新建登记库");
    assert!(desk.window.get_field("单位名称").is_focused());
    desk.click("建立登记库");
    desk.must_see("请填写单位名称");
    desk.fill("单位名称", "湘西自治州某某医院");
    desk.fill("主管部门", "州卫生健康委");
    desk.fill("经办人", "向明");
    desk.click("更改");
    desk.click("建立登记库");
    desk.must_see("现在该做");
    desk.must_see("离最后工作日还有");
    let dir = desk.room.path().join("学时登记库");
    let Desk { room, window, .. } = desk;
    drop(window);
    let registry = Registry::open(&dir).unwrap();
    let unit = registry.unit().unwrap();
    assert_eq!(unit.name, "湘西自治州某某医院");
    assert_eq!(unit.kind, "州直");
    assert_eq!(unit.contact, "向明");
    drop(room);
}

#[test]
fn every_step_of_the_year_can_be_opened_and_teaches_when_empty() {
    let mut desk = Desk::with_people(&[]);
    for (step, says) in [
        ("总览", "还没有参评人员"),
        ("人员", "还没有人员"),
        ("登记", "内容"),
        ("申报", "本年度还没有参评人员"),
        ("公示", "没有待公示的人"),
        ("报送", "还没有参评人员"),
        ("规则", "口径"),
        ("设置", "快捷键"),
    ] {
        desk.click(step);
        desk.must_see(says);
    }
}

#[test]
fn a_unit_of_a_county_chooses_it_from_the_notices_list() {
    let room = TempDir::new().unwrap();
    let parent = room.path().to_path_buf();
    let mut desk = Desk::open(room, None, vec![parent]);
    desk.fill("单位名称", "花垣县中医院");
    desk.choose("隶属", "县市区");
    desk.click("更改");
    desk.click("建立登记库");
    desk.must_see("请选择所属县市");
    desk.choose("县市", "花垣县");
    desk.click("建立登记库");
    desk.must_see("现在该做");
    let dir = desk.room.path().join("学时登记库");
    let Desk { room, window, .. } = desk;
    drop(window);
    let unit = Registry::open(&dir).unwrap().unit().unwrap();
    assert_eq!((unit.kind.as_str(), unit.county.as_str()), ("县市区", "花垣县"));
    drop(room);
}

#[test]
fn an_empty_registry_gives_the_template_and_where_it_was_put() {
    let room = TempDir::new().unwrap();
    let file = room.path().join("导入模板.xlsx");
    let dir = room.path().join("登记库");
    drop(Registry::create(&dir, &unit(), "xiangxi-2020").unwrap());
    let mut desk = Desk::open(room, Some(dir), vec![file.clone()]);
    desk.click("保存导入模板");
    desk.must_see("导入模板已存好");
    desk.must_see("打开文件夹");
    assert!(file.is_file());
}

#[test]
fn in_a_later_year_the_way_to_its_notice_is_shown() {
    let room = TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    drop(Registry::create(&dir, &unit(), "xiangxi-2020").unwrap());
    let mut desk = Desk::open_on("2021-05-10", room, Some(dir), Vec::new());
    desk.must_see("现在是 2021 年");
    desk.must_see("2020 年度的报送期限已过");
    desk.must_see("今天 2021-05-10");
    assert!(!desk.sees("已过最后工作日"));
    desk.click("照它新建 2021 年度的通知");
    desk.must_see("文号");
}
