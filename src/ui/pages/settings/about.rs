//! Version and licences.

use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::modal::{modal, room};
use crate::ui::widgets::{h2, note, plain, primary, quiet, segment, small};
use crate::ui::{places, reveal};
use eframe::egui::{Align, Layout, RichText, ScrollArea, Ui};

/// The licences that the program is given under, and those of what it carries.
const LICENCES: [(&str, &str); 2] = [
    ("程序（MIT）", include_str!("../../../../LICENSE")),
    ("字体（SIL OFL）", include_str!("../../../../assets/fonts/OFL.txt")),
];

/// The part of the page.
#[derive(Default)]
pub struct About {
    /// The licence that is being read.
    reading: Option<usize>,
}

impl About {
    pub fn show(&mut self, ui: &mut Ui) {
        h2(ui, "关于", "");
        let t = Tokens::of(ui);
        let version = format!("学时 {}", env!("CARGO_PKG_VERSION"));
        ui.label(RichText::new(version).font(theme::bold(size::TEXT)).color(t.ink));
        small(ui, "不联网，不收集任何信息。MIT 许可，可以自由使用和改动。");
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            if plain(ui, "看许可").clicked() {
                self.reading = Some(0);
            }
            let tip = "出了毛病时发给帮忙的人：只有时间、绘图方式和错误号，没有人名和登记内容";
            if let Some(folder) = places::settings()
                && quiet(ui, "打开日志文件夹").on_hover_text(tip).clicked()
            {
                reveal::folder(&folder);
            }
        });
        self.licence(ui);
    }

    fn licence(&mut self, ui: &mut Ui) {
        let Some(nr) = self.reading else { return };
        let t = Tokens::of(ui);
        let shown = modal(ui.ctx(), "licence", 620.0, |ui| {
            h2(ui, "许可", "");
            ui.horizontal(|ui| {
                for (other, (name, _)) in LICENCES.iter().enumerate() {
                    if segment(ui, name, other == nr).clicked() {
                        self.reading = Some(other);
                    }
                }
            });
            ui.add_space(6.0);
            ScrollArea::vertical()
                .id_salt(nr)
                .max_height(room(ui.ctx(), 120.0).min(380.0))
                .auto_shrink(false)
                .show(ui, |ui| {
                    note(ui, LICENCES[nr].1, t.ink2);
                });
            ui.add_space(6.0);
            small(
                ui,
                "字体是 Noto Sans SC 和 Noto Serif SC。所用的其他组件列在源码的 Cargo.lock 里。",
            );
            ui.add_space(6.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| primary(ui, "关闭").clicked())
                .inner
        });
        if shown.inner || shown.dismissed {
            self.reading = None;
        }
    }
}
