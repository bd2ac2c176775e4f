//! Chinese input: nothing searches, commits or is pressed while an input method composes.

use super::desk::*;
use super::pictures::go;
use super::staff;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::NodeT as _;
use xueshi::ui::Page;

fn preedit(text: &str) -> Event {
    let text = text.to_owned();
    Event::Ime(ImeEvent::Preedit { text, active_range_chars: None })
}

fn commit(text: &str) -> Event {
    Event::Ime(ImeEvent::Commit(text.to_owned()))
}

/// A kind of field, the way to one, and its name.
type Kind = (&'static str, fn(&mut Desk), &'static str);

/// Every kind of field there is.
const FIELDS: [Kind; 13] = [
    ("search of people", |desk| go(desk, Page::People), "查找人员"),
    ("search of applicants", |desk| go(desk, Page::Campaign), "查找参评人员"),
    ("search of rules", |desk| go(desk, Page::Rules), "查找规则"),
    ("palette", |desk| desk.press_ctrl(Key::K), "查找人员、记录、操作"),
    ("form", |desk| go(desk, Page::Entry), "内容"),
    ("list of people", |desk| go(desk, Page::Entry), "参加人员"),
    ("date that turns the days", |desk| go(desk, Page::Entry), "从哪天起"),
    ("date", |desk| go(desk, Page::Publicity), "张贴日期"),
    ("line beside a button", |desk| go(desk, Page::Publicity), "张贴地点"),
    ("dialog", |desk| by_button(desk, Page::People, "添加人员"), "姓名"),
    ("dialog with a list", |desk| by_button(desk, Page::Campaign, "添加参评人员"), "人员"),
    ("fact of the unit", |desk| go(desk, Page::Settings), "经办人"),
    ("reason", |desk| by_button(desk, Page::Campaign, "退回…"), "理由"),
];

fn by_button(desk: &mut Desk, page: Page, button: &str) {
    go(desk, page);
    desk.click(button);
}

fn three_people() -> Desk {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    staff::three(&dir);
    Desk::open(room, Some(dir), Vec::new())
}

/// All that the page says, but for what stands in fields.
fn said(desk: &Desk) -> Vec<String> {
    let said = |node: egui_kittest::Node<'_>| {
        let inner = node.accesskit_node();
        (inner.role() != Role::TextRun)
            .then(|| format!("{:?} {}", inner.role(), inner.label().unwrap_or_default()))
    };
    desk.window.root().children_recursive().filter_map(said).collect()
}

fn revision(desk: &Desk) -> u64 {
    desk.window.state().snapshot().unwrap().revision
}

#[test]
fn while_composing_no_field_of_any_kind_does_anything() {
    for (kind, open, field) in FIELDS {
        let mut desk = three_people();
        open(&mut desk);
        desk.window.get_field(field).focus();
        desk.run();
        let (before, at) = (said(&desk), revision(&desk));
        for typed in ["x", "xi", "xiang"] {
            desk.window.event(preedit(typed));
            desk.run();
            assert_eq!(said(&desk), before, "{kind}: {typed} did something");
        }
        // The keys that choose among candidates.
        for key in [Key::Enter, Key::Space, Key::Tab, Key::ArrowDown, Key::Escape] {
            desk.press(key);
            assert_eq!(said(&desk), before, "{kind}: {key:?} did something");
            assert!(desk.window.get_field(field).is_focused(), "{kind}: {key:?} left the field");
        }
        assert_eq!(revision(&desk), at, "{kind}: something was committed");
    }
}

#[test]
fn the_enter_that_ends_a_composition_is_nobodys_in_any_field() {
    for (kind, open, field) in FIELDS {
        let mut desk = three_people();
        open(&mut desk);
        desk.window.get_field(field).focus();
        desk.run();
        let at = revision(&desk);
        desk.window.event(preedit("xiang"));
        desk.run();
        // Both reach the window in one frame.
        let enter = Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        desk.window.input_mut().events.extend([commit("向"), enter]);
        desk.run();
        assert!(desk.window.get_field(field).is_focused(), "{kind}: Enter left the field");
        assert!(desk.value(field).ends_with('向'), "{kind}: {}", desk.value(field));
        assert_eq!(revision(&desk), at, "{kind}: Enter committed something");
    }
}

#[test]
fn no_field_of_any_kind_keeps_pinyin_when_it_is_left() {
    for (kind, open, field) in FIELDS {
        let mut desk = three_people();
        open(&mut desk);
        let (before, at) = (desk.value(field), revision(&desk));
        desk.window.get_field(field).focus();
        desk.run();
        desk.window.event(preedit("xiang"));
        desk.run();
        desk.window.ctx.memory_mut(|memory| {
            if let Some(id) = memory.focused() {
                memory.surrender_focus(id);
            }
        });
        desk.run();
        assert_eq!(desk.value(field), before, "{kind}");
        assert_eq!(revision(&desk), at, "{kind}: the pinyin was committed");
    }
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
