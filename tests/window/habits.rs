//! What a clerk expects of any window: menus under the right button, all keys in one place, the last
//! words read again, Escape closing what is open, Ctrl+F finding the field.

use super::desk::*;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

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
