//! Two dialogs that any page can open: all shortcuts in one place, and what the program said before.

use super::shortcuts;
use super::theme::Tokens;
use super::widgets::modal::{modal, room};
use super::widgets::toast::Toasts;
use super::widgets::{h2, hairline, note, plain, primary, small};
use eframe::egui::{Context, Label, RichText, ScrollArea, Ui};

/// Which one is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    Shortcuts,
    Said,
}

/// Shows the dialog; false when it is done with.
pub fn show(ctx: &Context, which: Aside, toasts: &Toasts) -> bool {
    let shown = modal(ctx, "aside", 560.0, |ui| {
        match which {
            Aside::Shortcuts => h2(ui, "快捷键", ""),
            Aside::Said => h2(ui, "刚才的提示", "最近 50 条，关闭程序后不留"),
        };
        ScrollArea::vertical().max_height(room(ctx, 80.0)).auto_shrink([false, true]).show(
            ui,
            |ui| match which {
                Aside::Shortcuts => shortcuts::list(ui),
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
    !(shown.inner || shown.dismissed)
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
