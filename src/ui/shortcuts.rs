//! All shortcuts in one list: those of actions, and the keys that belong to tables, forms and dialogs.

use super::action::Action;
use super::theme::Tokens;
use super::widgets::hairline;
use eframe::egui::{Align, Label, Layout, RichText, Ui, vec2};

/// Keys that belong to no action.
const HABITS: [(&str, &str); 14] = [
    ("Ctrl Shift Z", "重做"),
    ("↑ ↓ PageUp PageDown Home End", "在表格里选一行"),
    ("Enter", "打开选中的一行"),
    ("空格", "按下按钮、打勾、勾选一行"),
    ("Shift ↑ ↓，Shift 点击", "勾选一段"),
    ("Ctrl 点击", "多勾一行，或取消一行"),
    ("Ctrl A", "全部勾选"),
    ("右键，Shift F10", "一行能做的事"),
    ("表单里 Enter / Shift Enter", "到下一格 / 上一格"),
    ("Tab / Shift Tab", "到下一个 / 上一个"),
    ("Esc", "关闭对话框；取消勾选；清空查找框"),
    ("Ctrl /", "快捷键"),
    ("鼠标的后退键", "回到上一页"),
    ("把文件拖进窗口", "登记和手册里是证明材料，别处是导入 Excel"),
];

/// The list, as wide as there is room; where that is narrow, keys stand under what they do.
pub fn list(ui: &mut Ui) {
    let actions = Action::ALL
        .into_iter()
        .filter_map(|action| Some((action.shortcut_words()?, action.name().to_owned())));
    let habits = HABITS.into_iter().map(|(keys, what)| (keys.to_owned(), what.to_owned()));
    for (nr, (keys, what)) in actions.chain(habits).enumerate() {
        if nr > 0 {
            hairline(ui);
        }
        line(ui, &keys, &what);
    }
}

fn line(ui: &mut Ui, keys: &str, what: &str) {
    let t = Tokens::of(ui);
    let what = RichText::new(what).color(t.ink);
    let keys = RichText::new(keys).color(t.ink2);
    let letters = what.text().chars().count() * 14 + keys.text().chars().count() * 9;
    if letters as f32 > ui.available_width() - 16.0 {
        ui.add_space(4.0);
        ui.add(Label::new(what).wrap());
        ui.add(Label::new(keys.small()).wrap());
        ui.add_space(4.0);
        return;
    }
    let room = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.label(what);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(8.0);
            ui.label(keys);
        });
    });
}
