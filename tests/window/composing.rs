//! Chinese input: nothing searches, commits or is pressed while an input method composes.

use super::desk::*;
use eframe::egui::{Event, ImeEvent, Key};

fn preedit(text: &str) -> Event {
    let text = text.to_owned();
    Event::Ime(ImeEvent::Preedit { text, active_range_chars: None })
}

fn commit(text: &str) -> Event {
    Event::Ime(ImeEvent::Commit(text.to_owned()))
}

#[test]
fn nothing_is_searched_for_while_composing() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.click("人员");
    desk.window.get_field("查找人员").focus();
    desk.run();
    for typed in ["z", "zh", "zhang"] {
        desk.window.event(preedit(typed));
        desk.run();
        desk.must_see("李四");
        assert!(!desk.sees("找到"), "searched for {typed}");
    }
    desk.window.event(commit("张"));
    desk.run();
    desk.must_see("找到 1 人");
    assert!(!desk.sees("李四"));
    assert_eq!(desk.value("查找人员"), "张");
}

#[test]
fn the_enter_that_ends_a_composition_presses_nothing() {
    let mut desk = Desk::with_people(&["张三", "李四"]);
    desk.press_ctrl(Key::K);
    desk.window.get_field("查找人员、记录、操作").focus();
    desk.run();
    desk.window.event(preedit("li"));
    desk.run();
    desk.press(Key::Enter);
    desk.window.event(commit("li"));
    desk.window.key_press(Key::Enter);
    desk.run();
    assert!(!desk.sees("修改历史"), "Enter opened something");
    assert_eq!(desk.value("查找人员、记录、操作"), "li");
}

#[test]
fn a_field_left_in_mid_composition_keeps_no_pinyin() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.click("登记");
    desk.fill("内容", "护理");
    desk.window.event(preedit("anquan"));
    desk.run();
    desk.window.get_field("主办单位").focus();
    desk.run();
    assert_eq!(desk.value("内容"), "护理");
}

#[test]
fn ctrl_z_belongs_first_to_the_field() {
    let mut desk = Desk::with_people(&["张三"]);
    desk.click("登记");
    desk.fill("内容", "护理");
    desk.press_ctrl(Key::Z);
    assert_eq!(desk.value("内容"), "");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.people().unwrap().len(), 1, "the registry was undone");
}
