//! Two dialogs that any page can open: all shortcuts in one place, and what the program said before.

use super::action::Action;
use super::theme::{Tokens, size};
use super::widgets::toast::Toasts;
use super::widgets::{h2, hairline, note, plain, primary, small};
use eframe::egui::{
    Align, Context, Frame, Id, Label, Layout, Margin, Modal, RichText, ScrollArea, Stroke, Theme,
    Ui, vec2,
};

/// Which one is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    Shortcuts,
    Said,
}

/// Keys that belong to no action: those of tables, forms and dialogs.
const HABITS: [(&str, &str); 9] = [
    ("Ctrl Shift Z", "重做"),
    ("↑ ↓ PageUp PageDown Home End", "在表格里选一行"),
    ("Enter", "打开选中的一行"),
    ("右键", "一行能做的事"),
    ("Tab / Shift Tab", "到下一个 / 上一个"),
    ("空格", "按下按钮、打勾"),
    ("Esc", "关闭对话框；清空查找框"),
    ("Ctrl /", "快捷键"),
    ("把文件拖进窗口", "登记和手册里是证明材料，别处是导入 Excel"),
];

/// Shows the dialog; false when it is done with.
pub fn show(ctx: &Context, which: Aside, toasts: &Toasts) -> bool {
    let t = Tokens::when(ctx.theme() == Theme::Dark);
    let frame = Frame::NONE
        .fill(t.surface)
        .stroke(Stroke::new(1.0, t.line))
        .corner_radius(size::CARD_RADIUS)
        .inner_margin(Margin::same(20));
    let modal = Modal::new(Id::unique(("aside", which as u8))).backdrop_color(t.veil).frame(frame);
    let high = (ctx.content_rect().height() - 200.0).max(200.0);
    let shown = modal.show(ctx, |ui| {
        ui.set_width(560.0);
        match which {
            Aside::Shortcuts => h2(ui, "快捷键", ""),
            Aside::Said => h2(ui, "刚才的提示", "最近 50 条，关闭程序后不留"),
        };
        ScrollArea::vertical().max_height(high).auto_shrink([false, true]).show(
            ui,
            |ui| match which {
                Aside::Shortcuts => shortcuts(ui),
                Aside::Said => said(ui, toasts),
            },
        );
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let closed = primary(ui, "关闭").clicked();
            if which == Aside::Said && plain(ui, "全部复制").clicked() {
                let lines: Vec<String> =
                    toasts.said().map(|said| format!("{} {}", said.at, said.text)).collect();
                ui.ctx().copy_text(lines.join("\r\n"));
            }
            closed
        })
        .inner
    });
    !(shown.inner || shown.should_close())
}

/// Every shortcut, and the keys that belong to no action.
pub fn shortcuts(ui: &mut Ui) {
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
    let room = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
        ui.label(RichText::new(what).color(t.ink));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(keys).color(t.ink2));
        });
    });
}

fn said(ui: &mut Ui, toasts: &Toasts) {
    let t = Tokens::of(ui);
    if toasts.said().next().is_none() {
        small(ui, "还没有提示。");
    }
    for (nr, said) in toasts.said().enumerate() {
        if nr > 0 {
            hairline(ui);
        }
        ui.add_space(4.0);
        note(ui, said.at.clone(), t.ink3);
        let color = if said.bad { t.seal } else { t.ink };
        ui.add(Label::new(RichText::new(&said.text).color(color)).wrap());
        ui.add_space(4.0);
    }
}
