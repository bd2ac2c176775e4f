//! By keyboard alone: Tab reaches every control of every page, what it reaches is in view and looks
//! different, and a screen reader has a name and a role for it.

use super::desk::*;
use super::pictures::go;
use super::staff;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Rect};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::collections::BTreeSet;
use xueshi::ui::Page;

const PAGES: [Page; 10] = [
    Page::Overview,
    Page::People,
    Page::Person,
    Page::Entry,
    Page::Campaign,
    Page::Publicity,
    Page::Receive,
    Page::Package,
    Page::Rules,
    Page::Settings,
];

const ACTING: [Role; 9] = [
    Role::Button,
    Role::Link,
    Role::CheckBox,
    Role::RadioButton,
    Role::ComboBox,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::Tab,
    Role::Table,
];

/// Role, name and place.
type Control = (String, String, Rect);

fn controls(desk: &Desk) -> Vec<Control> {
    ACTING
        .into_iter()
        .flat_map(|role| desk.window.query_all_by_role(role))
        .filter(|node| !node.accesskit_node().is_disabled())
        .map(|node| named(&node))
        // The ticks of a table are the table's: Space there ticks the row, Ctrl+A all of them.
        .filter(|(_, name, _)| !name.starts_with("选 ") && name != "全选")
        .collect()
}

fn named(node: &egui_kittest::Node<'_>) -> Control {
    let inner = node.accesskit_node();
    (format!("{:?}", inner.role()), inner.label().unwrap_or_default(), node.rect())
}

fn focused(desk: &Desk) -> Option<Control> {
    desk.window.root().children_recursive().find(|node| node.is_focused()).map(|node| named(&node))
}

fn three_people() -> Desk {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    staff::three(&dir);
    Desk::open(room, Some(dir), Vec::new())
}

/// Presses Tab until it comes round; what was reached, in order.
fn walk(desk: &mut Desk, mut look: impl FnMut(&Desk, &Control)) -> Vec<Control> {
    let mut reached: Vec<Control> = Vec::new();
    for _ in 0..400 {
        desk.press(Key::Tab);
        let Some(now) = focused(desk) else { continue };
        if reached.first().is_some_and(|first| (&first.0, &first.1) == (&now.0, &now.1)) {
            return reached;
        }
        look(desk, &now);
        reached.push(now);
    }
    panic!("Tab does not come round: {:?}", &reached[380..]);
}

#[test]
fn tab_reaches_everything_in_view_and_visibly() {
    let mut faults = Vec::new();
    for page in PAGES {
        for (pixels, scale) in [([1366, 768], 1.0), ([1366, 768], 1.5)] {
            if page == Page::Entry && scale > 1.0 {
                continue;
            }
            let mut desk = three_people();
            desk.look_through(pixels, scale);
            go(&mut desk, page);
            let wanted = controls(&desk);
            let before = desk.picture();
            let window = desk.window.ctx.content_rect();
            let mut told =
                |fault: String| faults.push(format!("{} at {scale}: {fault}", page.name()));
            let reached = walk(&mut desk, |desk, now| {
                let (role, name, rect) = now;
                if name.trim().is_empty() {
                    told(format!("a {role} at {rect} has no name"));
                }
                // The edge of a column may lie behind the window's: its arrows bring it back.
                if role == "Splitter" {
                    return;
                }
                if !window.contains(rect.center()) {
                    told(format!("{role} {name} is out of view at {rect}"));
                    return;
                }
                let at_rest = wanted.contains(now);
                if at_rest && !desk.differs(&before, rect.expand(3.0)) {
                    told(format!("{role} {name} looks the same with the focus"));
                }
            });
            let reached: BTreeSet<_> =
                reached.into_iter().map(|(role, name, _)| (role, name)).collect();
            let left: BTreeSet<_> = wanted
                .into_iter()
                .map(|(role, name, _)| (role, name))
                .filter(|one| !reached.contains(one))
                .collect();
            if !left.is_empty() {
                told(format!("Tab does not reach {left:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
