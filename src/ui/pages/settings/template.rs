//! The certificate's template: whose it is, whether it is sound, a copy of one's own to edit, looking at what
//! it prints, going back to the program's.

use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Tone, h2, note, plain, primary, quiet, small, tag};
use crate::ui::{office, reveal};
use eframe::egui::Ui;
use std::path::PathBuf;

/// How the template stands.
#[derive(Debug, Clone)]
pub struct Found {
    /// The unit's own; `None`: the program's.
    pub file: Option<PathBuf>,
    /// Why it cannot be used.
    pub fault: Option<String>,
}

/// The part of the page.
#[derive(Default)]
pub struct Template {
    found: Option<Found>,
    asked: Option<PathBuf>,
}

impl Template {
    pub fn found(&mut self, found: Found) {
        self.found = Some(found);
    }

    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        if self.asked.as_ref() != Some(&cx.snap.dir) {
            *self = Self { asked: Some(cx.snap.dir.clone()), found: None };
            cx.desk.work("查看证书模板", |registry, _, _| office::template(registry));
        }
        h2(ui, "证书模板", "合格证书（附件3）的文字和位置");
        let Some(found) = self.found.clone() else {
            small(ui, "正在查看");
            return;
        };
        match (&found.file, &found.fault) {
            (None, _) => drop(tag(ui, Tone::Mute, "用程序自带的模板")),
            (Some(_), None) => drop(tag(ui, Tone::Ok, "用本单位的模板，没有错处")),
            (Some(_), Some(_)) => drop(tag(ui, Tone::Bad, "本单位的模板有错处，打印会停下")),
        }
        if let Some(file) = &found.file {
            note(ui, file.display().to_string(), t.ink);
        }
        if let Some(fault) = &found.fault {
            note(ui, fault.clone(), t.seal);
        }
        ui.add_space(6.0);
        small(
            ui,
            "模板是一个文本文件，用记事本改：引号里的是文字，x、y 是离纸左边和上边的毫米数。人社部门换了样式，照着改就行。",
        );
        ui.add_space(8.0);
        ui.horizontal_wrapped(|ui| {
            match &found.file {
                None => {
                    if primary(ui, "做一份本单位的").clicked() {
                        cx.desk.work("新建证书模板", |registry, _, _| {
                            office::copy_template(registry)
                        });
                    }
                }
                Some(file) => {
                    if primary(ui, "打开所在文件夹").clicked() {
                        reveal::folder(file);
                    }
                    if plain(ui, "检查").clicked() {
                        cx.desk.work("检查证书模板", |registry, _, _| {
                            office::template(registry)
                        });
                    }
                }
            }
            let certificates = Action::Certificates;
            let why = certificates.disabled(&cx.standing);
            let look = ui.add_enabled_ui(why.is_none(), |ui| plain(ui, "看印出来的样子")).inner;
            let tip = why.unwrap_or("用本年度的参评人员排一份，不打印");
            if look.on_hover_text(tip).on_disabled_hover_text(tip).clicked() {
                cx.act(certificates);
            }
            if found.file.is_some() {
                let back = quiet(ui, "恢复程序自带的");
                if back.on_hover_text("本单位的那份改名留着").clicked() {
                    cx.desk.work("恢复证书模板", |registry, _, _| {
                        office::drop_template(registry)
                    });
                }
            }
        });
    }
}
