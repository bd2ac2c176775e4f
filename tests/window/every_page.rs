//! Every page at every size a clerk may have, with nobody and with somebody: it is drawn, and everything
//! that can be clicked, ticked or typed in has a name.

use super::desk::*;
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

const STEPS: [(&str, Key); 9] = [
    ("总览", Key::Num1),
    ("人员", Key::Num2),
    ("登记", Key::Num3),
    ("申报", Key::Num4),
    ("公示", Key::Num5),
    ("报送", Key::Num6),
    ("规则", Key::Num7),
    ("设置", Key::Num8),
    ("接收", Key::Num9),
];

const ACTING: [Role; 8] = [
    Role::Button,
    Role::Link,
    Role::CheckBox,
    Role::RadioButton,
    Role::ComboBox,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::Tab,
];

#[track_caller]
fn all_named(desk: &Desk, page: &str) {
    let mut seen = 0;
    for role in ACTING {
        for node in desk.window.query_all_by_role(role) {
            let label = node.accesskit_node().label().unwrap_or_default();
            assert!(!label.trim().is_empty(), "a {role:?} of {page} has no name");
            seen += 1;
        }
    }
    assert!(seen > 9, "hardly anything to do on {page}");
}

#[test]
fn every_control_of_every_page_has_a_name() {
    for people in [&[][..], &["张三", "李四", "阿卜杜拉·买买提·吐尔逊江·艾则孜"][..]]
    {
        let mut desk = Desk::with_people(people);
        for (page, key) in STEPS {
            desk.press_ctrl(key);
            all_named(&desk, page);
        }
        desk.press_ctrl(Key::K);
        all_named(&desk, "查找");
    }
}

#[test]
fn every_page_is_drawn_in_a_small_window() {
    for people in [&[][..], &["张三", "李四"][..]] {
        let mut desk = Desk::with_people(people);
        // 1366 × 768 at 100, 150 and 200 %; and a window hardly opened.
        for (wide, high) in [(1366.0, 768.0), (911.0, 512.0), (683.0, 384.0), (320.0, 200.0)] {
            desk.window.set_size(vec2(wide, high));
            for (page, key) in STEPS {
                desk.press_ctrl(key);
                let on = desk.window.get_by_role_and_label(Role::Tab, page);
                let on = on.accesskit_node().toggled();
                assert_eq!(on, Some(Toggled::True), "{page} at {wide} × {high}");
            }
        }
    }
}
