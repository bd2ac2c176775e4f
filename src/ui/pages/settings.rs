//! 设置: the unit, how the window looks, where the data lies, backups and restoring, the certificate's
//! template, spellings of units, shortcuts. One part is shown at a time, so that all of it is usable on a
//! small screen and at a large scale. Each part stands in a file of its own.

mod about;
mod backups;
mod profile;
mod store;
mod template;
mod units;

use super::View;
use crate::registry::{Problem, Tidied};
use crate::ui::app::{Cx, Face, Tone as Look, Wish};
use crate::ui::desk::BackupFile;
use crate::ui::shell;
use crate::ui::shortcuts;
use crate::ui::theme::size;
use crate::ui::widgets::{card_in, contents, h2, segment, small, strong};
use eframe::egui::{Rect, ScrollArea, Ui, Vec2, pos2, vec2};

/// 100 % to 200 %
const ZOOMS: [f32; 6] = [1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

/// The parts, in the order of the table of contents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Unit,
    Looks,
    Store,
    Backups,
    Template,
    Units,
    Keys,
    About,
}

impl Part {
    const ALL: [(Self, &str); 8] = [
        (Self::Unit, "单位"),
        (Self::Looks, "外观"),
        (Self::Store, "登记库"),
        (Self::Backups, "备份与恢复"),
        (Self::Template, "证书模板"),
        (Self::Units, "工作单位写法"),
        (Self::Keys, "快捷键"),
        (Self::About, "关于"),
    ];
}

/// The page.
#[derive(Default)]
pub struct Settings {
    part: Part,
    profile: profile::Profile,
    store: store::Store,
    backups: backups::Backups,
    template: template::Template,
    units: units::Units,
    about: about::About,
}

impl Settings {
    /// What the examination found.
    pub fn examined(&mut self, problems: Vec<Problem>, tidied: Option<Tidied>) {
        self.part = Part::Store;
        self.store.examined(problems, tidied);
    }

    /// The backups in the registry's folder, newest first.
    pub fn backups(&mut self, all: Vec<BackupFile>) {
        self.backups.listed(all);
    }

    /// What checking a backup gave.
    pub fn checked(&mut self, name: String, told: Result<String, String>) {
        self.backups.checked(name, told);
    }

    /// A backup elsewhere was chosen, to restore from.
    pub fn restore_from(&mut self, file: std::path::PathBuf) {
        self.part = Part::Backups;
        self.backups.ask(file);
    }

    /// How the certificate's template stands.
    pub fn template(&mut self, found: template::Found) {
        self.template.found(found);
    }

    /// The spellings of workplaces in use.
    pub fn units(&mut self, found: Vec<(String, u32)>) {
        self.units.found(found);
    }
}

pub use template::Found as TemplateFound;

fn looks(ui: &mut Ui, cx: &mut Cx<'_>) {
    h2(ui, "外观", "");
    strong(ui, "颜色");
    ui.horizontal_wrapped(|ui| {
        for (look, name) in Look::ALL {
            if segment(ui, name, cx.remembered.theme == look).clicked() {
                cx.wishes.push(Wish::Theme(look));
            }
        }
    });
    ui.add_space(12.0);
    strong(ui, "字体");
    ui.horizontal_wrapped(|ui| {
        for (face, name) in Face::ALL {
            if segment(ui, name, cx.remembered.face == face).clicked() {
                cx.wishes.push(Wish::Face(face));
            }
        }
    });
    ui.add_space(12.0);
    strong(ui, "大小");
    ui.horizontal_wrapped(|ui| {
        for zoom in ZOOMS {
            let words = format!("{:.0}%", zoom * 100.0);
            if segment(ui, &words, (cx.remembered.zoom - zoom).abs() < 0.01).clicked() {
                cx.wishes.push(Wish::Zoom(zoom));
            }
        }
    });
    small(
        ui,
        "也可以按 Ctrl + 和 Ctrl - 调整大小，Ctrl 0 回到 100%。屏幕小、字大时，页面可以滚动。",
    );
    ui.add_space(12.0);
    small(ui, "窗口的位置、大小和上面的选择会记住，下次打开还是这样。");
}

impl View for Settings {
    /// What makes the window's letters large must itself be reached with large letters.
    fn least(&self) -> Vec2 {
        vec2(560.0, 240.0)
    }

    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::heading(ui, "设置", &cx.snap.unit.name);
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let split = room.left() + 168.0;
        let list = Rect::from_min_max(room.min, pos2(split, room.bottom()));
        let page = Rect::from_min_max(pos2(split + size::GAP, room.top()), room.max);
        card_in(ui, list, 12.0, |ui| {
            ScrollArea::vertical().id_salt("settings").show(ui, |ui| {
                h2(ui, "设置", "");
                ui.spacing_mut().item_spacing.y = 2.0;
                for (part, name) in Part::ALL {
                    if contents(ui, "设置", name, 0, self.part == part) {
                        self.part = part;
                    }
                }
            });
        });
        card_in(ui, page, size::CARD, |ui| {
            let salt = ("part", self.part as u8);
            ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
                ui.set_max_width((ui.available_width() - 12.0).min(680.0));
                match self.part {
                    Part::Unit => self.profile.show(ui, cx),
                    Part::Looks => looks(ui, cx),
                    Part::Store => self.store.show(ui, cx),
                    Part::Backups => self.backups.show(ui, cx),
                    Part::Template => self.template.show(ui, cx),
                    Part::Units => self.units.show(ui, cx),
                    Part::Keys => {
                        h2(ui, "快捷键", "");
                        shortcuts::list(ui);
                    }
                    Part::About => self.about.show(ui),
                }
                ui.add_space(24.0);
            });
        });
    }
}
