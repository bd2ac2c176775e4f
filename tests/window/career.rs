//! 职务、职称变动: noted, mended and removed on the handbook's page; offered when title or 科室 is changed.

use super::desk::*;
use eframe::egui::{Event, ImeEvent, Key};
use xueshi::ledger::{Person, PostChange};
use xueshi::registry::Registry;

/// The handbook of 张三, a doctor since 2015, in the window.
fn handbook_of_a_doctor() -> Desk {
    let mut desk = Desk::prepared(|registry| {
        let mut doctor = Person::new("张三", id_number(1));
        doctor.section = "内科".to_owned();
        doctor.title = "主治医师".to_owned();
        doctor.title_date = Some(day("2015-12-01"));
        registry.transact("添加人员", |tx| tx.save_person(&doctor)).unwrap();
    });
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "zs");
    desk.press(Key::Enter);
    desk
}

/// Types over what stands in a field.
fn overwrite(desk: &mut Desk, field: &str, text: &str) {
    desk.window.get_field(field).focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill(field, text);
}

fn changes(registry: &Registry) -> Vec<String> {
    let book = registry.handbook(person(registry, "张三")).unwrap();
    let told = |it: &PostChange| {
        let parts = [it.date.to_string(), it.what(), it.note.clone()];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    book.changes.iter().map(told).collect()
}

#[test]
fn a_change_is_noted_mended_and_removed() {
    let mut desk = handbook_of_a_doctor();
    desk.must_see("2015-12-01 · 内科 · 主治医师 · 取得现职称");
    desk.must_see("（取自资料）");
    desk.click("登记变动");
    desk.press_ctrl(Key::A);
    desk.click("登记上");
    desk.must_see("请填写日期");
    overwrite(&mut desk, "工作单位", " ");
    desk.click("登记上");
    desk.must_see("请至少填写一项");
    desk.fill("变动日期", "2010.7.1");
    desk.fill("科室、职务", "急诊科");
    desk.fill("职称", "医师");
    desk.fill("依据、说明", "转正");
    desk.click("登记上");
    desk.must_see("已登记 2010-07-01 的变动");
    desk.must_see("2010-07-01 · 急诊科 · 医师 · 转正");

    desk.click("修改 2010-07-01 变动 急诊科 医师");
    assert_eq!(desk.value("变动日期"), "2010-07-01");
    overwrite(&mut desk, "依据、说明", "湘人转〔2010〕5号");
    overwrite(&mut desk, "工作单位", "永顺县人民医院");
    desk.click("改好了");
    desk.must_see("2010-07-01 · 永顺县人民医院 · 急诊科 · 医师 · 湘人转〔2010〕5号");
    desk.look("职务职称变动");

    desk.click("删除 2010-07-01 变动 永顺县人民医院 急诊科 医师");
    desk.must_see("已删除变动");
    assert!(!desk.sees("急诊科 · 医师"));
    desk.press_ctrl(Key::Z);
    desk.must_see("急诊科 · 医师");
    let (_room, registry) = desk.reopened();
    assert_eq!(changes(&registry), ["2010-07-01 永顺县人民医院 急诊科 医师 湘人转〔2010〕5号"]);
}

#[test]
fn a_new_title_is_offered_to_be_noted_and_the_former_one_is_not_lost() {
    let mut desk = handbook_of_a_doctor();
    desk.click("资料");
    assert!(!desk.sees("记入职务、职称变动"));
    // Half a pinyin is no new title.
    desk.window.get_field("现职称").focus();
    desk.run();
    let preedit = Event::Ime(ImeEvent::Preedit { text: "fu".to_owned(), active_range_chars: None });
    desk.window.event(preedit);
    desk.run();
    assert!(!desk.sees("记入职务、职称变动"));
    desk.window.event(Event::Ime(ImeEvent::Commit(String::new())));
    desk.run();

    overwrite(&mut desk, "现职称", "副主任医师");
    desk.must_see("记入职务、职称变动");
    desk.must_see("职称取得日期还是原来的，请核对");
    assert_eq!(desk.value("变动日期"), TODAY);
    assert_eq!(desk.value("依据、说明"), "原职称：主治医师");
    desk.look("职称变动的提议");
    // The new title's own date is taken over.
    overwrite(&mut desk, "职称取得日期", "2020.6.30");
    desk.press(Key::Tab);
    assert_eq!(desk.value("变动日期"), "2020-06-30");
    overwrite(&mut desk, "依据、说明", "湘人社职〔2020〕9号");
    desk.click("改好了");
    desk.must_see("资料已修改，变动已记下");
    desk.must_see("2020-06-30 · 内科 · 副主任医师 · 湘人社职〔2020〕9号");
    // One step with the particulars.
    desk.press_ctrl(Key::Z);
    desk.must_see("2015-12-01 · 内科 · 主治医师 · 取得现职称");
    desk.press_ctrl(Key::Y);

    let (_room, registry) = desk.reopened();
    let unit = unit().name;
    assert_eq!(
        changes(&registry),
        [
            format!("2015-12-01 {unit} 内科 主治医师 取得职称"),
            format!("2020-06-30 {unit} 内科 副主任医师 湘人社职〔2020〕9号"),
        ]
    );
    let person = registry.person(person(&registry, "张三")).unwrap();
    assert_eq!(person.title, "副主任医师");
}

#[test]
fn what_is_only_spelled_otherwise_need_not_be_noted() {
    let mut desk = handbook_of_a_doctor();
    desk.click("资料");
    overwrite(&mut desk, "科室", "内一科");
    desk.must_see("记入职务、职称变动");
    assert!(!desk.sees("变动日期"), "a 科室 may just be mended: nothing is ticked");
    desk.click("改好了");
    desk.must_see("资料已修改");

    desk.click("资料");
    overwrite(&mut desk, "科室", "急诊科");
    desk.click("记入职务、职称变动，原来的不会丢");
    overwrite(&mut desk, "变动日期", "");
    desk.press_ctrl(Key::A);
    desk.press(Key::Delete);
    desk.press(Key::Tab);
    desk.click("改好了");
    desk.must_see("请填写变动日期，或去掉上面的勾");
    desk.fill("变动日期", "2020-3-1");
    desk.press(Key::Tab);
    desk.click("改好了");
    desk.must_see("资料已修改，变动已记下");
    let (_room, registry) = desk.reopened();
    let unit = unit().name;
    assert_eq!(changes(&registry), [format!("2020-03-01 {unit} 急诊科 主治医师 原科室：内一科")]);
}
