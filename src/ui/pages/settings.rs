//! 设置: the unit, how the window looks, where the data lies, backups and examination, shortcuts.
//! The unit's form stands in `settings/profile`, data and backups in `settings/store`.

mod about;
mod profile;
mod store;

use super::View;
use crate::registry::Problem;
use crate::ui::app::{Cx, Tone as Look, Wish};
use crate::ui::desk::BackupFile;
use crate::ui::shell;
use crate::ui::shortcuts;
use crate::ui::theme::size;
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{card_in, h2, rows_of, segment, small};
use eframe::egui::{Rect, ScrollArea, Ui};

/// 100 % to 200 %
const ZOOMS: [f32; 5] = [1.0, 1.1, 1.3, 1.5, 2.0];

/// The page.
#[derive(Default)]
pub struct Settings {
    profile: profile::Profile,
    store: store::Store,
    about: about::About,
}

impl Settings {
    /// What the examination found.
    pub fn examined(&mut self, problems: Vec<Problem>) {
        self.store.examined(problems);
    }

    /// The backups in the registry's folder, newest first.
    pub fn backups(&mut self, all: Vec<BackupFile>) {
        self.store.listed(all);
    }
}

fn looks(ui: &mut Ui, cx: &mut Cx<'_>) {
    h2(ui, "外观", "");
    ui.horizontal(|ui| {
        for (look, name) in Look::ALL {
            if segment(ui, name, cx.remembered.theme == look).clicked() {
                cx.wishes.push(Wish::Theme(look));
            }
        }
    });
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        for zoom in ZOOMS {
            let words = format!("{:.0}%", zoom * 100.0);
            if segment(ui, &words, (cx.remembered.zoom - zoom).abs() < 0.01).clicked() {
                cx.wishes.push(Wish::Zoom(zoom));
            }
        }
    });
    small(ui, "也可以按 Ctrl + 和 Ctrl - 调整大小，Ctrl 0 回到 100%。");
}

impl View for Settings {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::heading(ui, "设置", &cx.snap.unit.name);
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let (left, right) = beside(room, 268.0);
        let (left, middle) = beside(left, (left.width() * 0.47).floor());
        let [unit, look] = rows_of(left, [None, Some(162.0)]);
        card_in(ui, unit, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("unit").show(ui, |ui| self.profile.show(ui, cx));
        });
        card_in(ui, look, size::CARD, |ui| looks(ui, cx));
        card_in(ui, middle, size::CARD, |ui| {
            ScrollArea::vertical()
                .id_salt("store")
                .auto_shrink(false)
                .show(ui, |ui| self.store.show(ui, cx));
        });
        let [keys, about] = rows_of(right, [None, Some(170.0)]);
        card_in(ui, keys, size::CARD, |ui| {
            h2(ui, "快捷键", "");
            ScrollArea::vertical().id_salt("keys").auto_shrink(false).show(ui, shortcuts::list);
        });
        card_in(ui, about, size::CARD, |ui| self.about.show(ui));
    }
}
