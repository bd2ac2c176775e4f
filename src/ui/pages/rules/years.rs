//! The notices by year: which is in work, going over to another, making next year's of this year's. The form
//! for that stands in `renewal`.

use super::renewal::Form;
use crate::ui::app::Cx;
use crate::ui::office;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{Tone, h2, hairline, link, note, small, strong, tag};
use eframe::egui::Ui;

/// The part of the page.
#[derive(Default)]
pub struct Years {
    form: Option<Form>,
}

impl Years {
    pub fn is_editing(&self) -> bool {
        self.form.is_some()
    }

    /// Opens the form for the year after the one in work.
    pub fn renew(&mut self, snap: &Snapshot) {
        self.form = Some(Form::renewing(snap, snap.notice.campaign_year + 1));
    }

    /// The new notice's words, from a file.
    pub fn take_words(&mut self, words: String) {
        if let Some(form) = &mut self.form {
            form.take_words(words);
        }
    }

    pub fn form(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        if let Some(form) = &mut self.form
            && form.show(ui, cx)
        {
            self.form = None;
        }
    }

    pub fn list(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let view = cx.snap.rules.clone();
        h2(ui, "各年度的通知", "每年按自己的通知办，往年的不受影响");
        for entry in view.notices.iter() {
            hairline(ui);
            ui.add_space(6.0);
            ui.horizontal_wrapped(|ui| {
                strong(ui, format!("{} 年度", entry.campaign));
                if entry.in_work {
                    tag(ui, Tone::Ok, "在办");
                }
                if entry.rulings > 0 {
                    tag(ui, Tone::Info, &format!("另定口径 {} 处", entry.rulings));
                }
                small(ui, format!("{}　参评 {} 人", entry.document, entry.applicants));
            });
            ui.horizontal_wrapped(|ui| {
                let year = entry.campaign;
                if !entry.in_work {
                    let go = link(ui, &format!("换到 {year} 年度"));
                    if go.on_hover_text("总览、申报、公示、报送都换成这一年").clicked()
                    {
                        cx.desk.work("换年度", move |registry, _, _| {
                            office::choose_campaign(registry, year)
                        });
                    }
                }
                if entry.in_work && entry.file.is_some() {
                    let change = link(ui, "修改这份通知");
                    if change.on_hover_text("原来的留在 notices 文件夹的“旧”里").clicked()
                    {
                        self.form = Some(Form::changing(cx.snap));
                    }
                }
                let next = year + 1;
                let missing = view.notices.iter().all(|it| it.campaign != next);
                if entry.in_work && missing {
                    let make = link(ui, &format!("照它新建 {next} 年度的通知"));
                    if make.clicked() {
                        self.form = Some(Form::renewing(cx.snap, next));
                    }
                }
            });
            ui.add_space(6.0);
        }
        for broken in view.broken.iter() {
            hairline(ui);
            ui.add_space(6.0);
            note(ui, broken.why.clone(), t.seal);
            small(ui, "这个文件不能用，没有照它办；改好以后重新打开登记库。");
            ui.add_space(6.0);
        }
    }
}
