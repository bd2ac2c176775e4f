//! What a clerk expects of any window: menus under the right button, all keys in one place, the last
//! words read again, Escape closing what is open, Ctrl+F finding the field.

use super::desk::*;
use super::staff;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, pos2};
use egui_kittest::kittest::Queryable as _;
use tempfile::TempDir;

fn three() -> Desk {
    let room = TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    staff::three(&dir);
    Desk::open(room, Some(dir), Vec::new())
}

#[test]
fn a_row_of_people_has_a_menu() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.click("人员");
    let row = format!("张三，4331 **** {}", &id_number(1).as_str()[14..]);
    desk.window.get_by_role_and_label(Role::Row, &row).click_secondary();
    desk.run();
    desk.click("打开手册");
    desk.must_see("修改历史");
}

#[test]
fn the_keys_stand_in_one_place_and_escape_closes_it() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.press(Key::F1);
    desk.must_see("Ctrl K");
    desk.must_see("在表格里选一行");
    desk.press(Key::Escape);
    assert!(!desk.sees("在表格里选一行"));
    desk.press_ctrl(Key::Slash);
    desk.must_see("在表格里选一行");
}

#[test]
fn what_was_said_can_be_read_again() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.press_ctrl(Key::Z);
    desk.must_see("已撤销：添加人员");
    desk.click("关闭提示");
    assert!(!desk.sees("已撤销：添加人员"));
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "刚才的提示");
    desk.press(Key::Enter);
    desk.must_see("已撤销：添加人员");
}

#[test]
fn ctrl_f_goes_to_the_pages_search() {
    let mut desk = Desk::with_people(&["张三"]);
    for (page, field) in [("人员", "查找人员"), ("规则", "查找规则")] {
        desk.click(page);
        desk.press_ctrl(Key::F);
        assert!(desk.window.get_field(field).is_focused(), "{field} on {page}");
    }
}

#[test]
fn escape_closes_only_what_is_on_top() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.click("公示");
    desk.click("张贴日期：日历");
    desk.must_see("下个月");
    desk.press(Key::Escape);
    assert!(!desk.sees("下个月"), "the calendar stays");
    desk.must_see("张贴公示");

    desk.click("人员");
    desk.click("添加人员");
    desk.must_see("从事专业");
    desk.press(Key::Escape);
    assert!(!desk.sees("从事专业"), "the form stays");
    desk.must_see("张三");

    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "快捷键");
    desk.press(Key::Enter);
    desk.must_see("在表格里选一行");
    desk.press(Key::Escape);
    assert!(!desk.sees("在表格里选一行"));
    desk.press_ctrl(Key::K);
    desk.press(Key::Escape);
    let palette = "查找人员、记录、操作";
    assert!(desk.window.query_by_role_and_label(Role::TextInput, palette).is_none());
}

/// At the table of two people, the first of them chosen by keyboard.
fn in_the_roster() -> Desk {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.click("人员");
    desk.window.get_by_role(Role::Table).focus();
    desk.run();
    desk.press(Key::ArrowDown);
    desk
}

#[test]
fn the_menu_of_a_row_is_opened_walked_and_left_by_keyboard() {
    let mut desk = in_the_roster();
    desk.window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    desk.run();
    let entry = |desk: &Desk| desk.window.query_by_label("打开手册").is_some();
    assert!(entry(&desk));
    desk.press(Key::Escape);
    assert!(!entry(&desk), "the menu stays");
    assert!(desk.window.get_by_role(Role::Table).is_focused(), "the table is left");
    desk.window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    desk.run();
    desk.press(Key::Enter);
    desk.must_see("修改历史");
}

#[test]
fn the_menu_of_several_people_is_walked_by_keyboard() {
    let mut desk = in_the_roster();
    desk.press_ctrl(Key::A);
    desk.window.key_press_modifiers(Modifiers::SHIFT, Key::F10);
    desk.run();
    // 登记, and the one below it.
    desk.press(Key::ArrowDown);
    desk.press(Key::Enter);
    desk.must_see("批量修改 2 人");
}

#[test]
fn enter_walks_through_a_form_to_its_button_and_presses_it() {
    let mut desk = Desk::with_people(&[]);
    desk.click("人员");
    desk.click("添加人员");
    let number = id_number(1);
    for (field, text) in [("姓名", "张三"), ("身份证号", number.as_str()), ("科室", "内科")]
    {
        assert!(desk.window.get_field(field).is_focused(), "{field} has not the cursor");
        desk.window.get_field(field).type_text(text);
        desk.run();
        desk.press(Key::Enter);
    }
    // Back and on again, as in a spreadsheet.
    desk.window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    desk.run();
    assert!(desk.window.get_field("科室").is_focused());
    // 现职称, 学位, 从事专业, the button, and pressed.
    for _ in 0..5 {
        desk.press(Key::Enter);
    }
    desk.must_see("修改历史");
    let (_room, registry) = desk.reopened();
    let people = registry.people().unwrap();
    assert_eq!((people[0].name.as_str(), people[0].section.as_str()), ("张三", "内科"));
}

#[test]
fn a_refused_form_goes_to_its_fault_and_stays_where_it_is() {
    let mut desk = Desk::with_people(&[]);
    desk.click("人员");
    desk.click("添加人员");
    desk.fill("姓名", "张三");
    let before = desk.window.get_field("姓名").rect();
    desk.click("添加");
    desk.must_see("请填写身份证号");
    assert!(desk.window.get_field("身份证号").is_focused(), "the fault has not the cursor");
    assert_eq!(desk.window.get_field("姓名").rect(), before, "the dialog jumps");
}

#[test]
fn from_a_person_one_goes_back_to_where_one_came_from() {
    let mut desk = three();
    desk.click("申报");
    desk.click("打开手册");
    desk.must_see("修改历史");
    desk.click("回到申报");
    desk.must_see("逐人");
    desk.window.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    desk.run();
    desk.must_see("修改历史");
    desk.window.key_press_modifiers(Modifiers::ALT, Key::ArrowLeft);
    desk.run();
    desk.must_see("逐人");
}

#[test]
fn a_reason_that_is_missing_is_asked_for_until_it_is_there() {
    let mut desk = three();
    desk.click("申报");
    desk.click("退出申报…");
    assert!(desk.window.get_field("理由").is_focused());
    desk.press(Key::Enter);
    desk.must_see("请写明理由");
    // Said until something stands there, not for one frame.
    desk.window.hover_at(pos2(700.0, 300.0));
    desk.run();
    desk.must_see("请写明理由");
    desk.window.get_field("理由").type_text("本人暂缓申报");
    desk.run();
    assert!(!desk.sees("请写明理由"));
    desk.press(Key::Enter);
    desk.must_see("退出");
    let (_room, registry) = desk.reopened();
    assert!(registry.can_undo().is_some_and(|step| step.starts_with("退出申报")));
}
