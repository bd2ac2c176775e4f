//! The year's picture: applicants met, pending and short, by year or by subject.

use crate::ui::app::Cx;
use crate::ui::pages::Go;
use crate::ui::pages::campaign::Filter;
use crate::ui::snapshot::{CampaignView, YearBar};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{self, bar, empty, segment, small};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Color32, CursorIcon, Label, Layout, RichText, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

/// What the bars stand for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cut {
    /// Each year, all subjects together.
    #[default]
    Years,
    /// Each subject over all years of everybody's span.
    Subjects,
}

pub fn show(ui: &mut Ui, cut: &mut Cut, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let view: &CampaignView = &cx.snap.campaign;
    let people: u32 = view.groups.iter().map(|(_, people)| people).sum();
    if people == 0 {
        let how = "参评人员各年达标的情况会画在这里：绿色达标，黄色缺材料，红色学时不够。";
        empty(ui, "还没有参评人员", how, |_| {});
        return;
    }
    let mut beside = false;
    widgets::line(ui, |ui| {
        let words = match *cut {
            Cut::Years => "每年只数认定起止含该年的人",
            Cut::Subjects => "认定起止各年都够才算达标",
        };
        let title = format!("申报人员 {people} 人");
        ui.label(RichText::new(title).font(theme::bold(size::TEXT)).color(t.ink));
        for (name, which) in [("按年度", Cut::Years), ("按科目", Cut::Subjects)] {
            if segment(ui, name, *cut == which).clicked() {
                *cut = which;
            }
        }
        // The colours are named beside the title, where there is room for it.
        beside = ui.available_width() > 300.0;
        if beside {
            legend(ui);
        } else {
            ui.add(Label::new(RichText::new(words).small().color(t.ink3)).truncate());
        }
    });
    let bars: Vec<(String, YearBar)> = match *cut {
        Cut::Years => view.bars.iter().map(|(year, bar)| (year.to_string(), *bar)).collect(),
        Cut::Subjects => view.subjects.clone(),
    };
    let mut lead = None;
    ScrollArea::vertical().id_salt("years").show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.spacing_mut().interact_size.y = 20.0;
        let width = (ui.available_width() - 44.0 - 84.0 - 20.0).max(80.0);
        for (name, bar) in &bars {
            if line(ui, name, *bar, width) {
                lead = Some(if bar.short > 0 {
                    Filter::Short
                } else if bar.pending > 0 {
                    Filter::Lacking
                } else {
                    Filter::All
                });
            }
        }
        if !beside {
            ui.add_space(4.0);
            ui.horizontal(legend);
        }
    });
    if let Some(filter) = lead {
        cx.go(Go::Campaign(filter));
    }
}

fn legend(ui: &mut Ui) {
    let t = Tokens::of(ui);
    for (color, words) in
        [(t.bar_ok, "达标且材料齐"), (t.bar_wait, "学时够、材料缺"), (t.bar_bad, "学时不够")]
    {
        square(ui, color);
        small(ui, words);
        ui.add_space(8.0);
    }
}

/// One bar with its name and numbers; true when it was clicked.
fn line(ui: &mut Ui, name: &str, bar: YearBar, width: f32) -> bool {
    let t = Tokens::of(ui);
    // Five years and more have to fit under the tasks on a screen of 768 points.
    ui.spacing_mut().interact_size.y = 20.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        ui.allocate_ui_with_layout(vec2(44.0, 20.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_width(44.0);
            ui.label(RichText::new(name).size(13.0));
        });
        let all = bar.all().max(1) as f32;
        let share = |n: u32| n as f32 / all;
        let parts = [
            (share(bar.met), t.bar_ok),
            (share(bar.pending), t.bar_wait),
            (share(bar.short), t.bar_bad),
        ];
        let said = format!(
            "{name}：达标 {} 人，缺材料 {} 人，学时不够 {} 人",
            bar.met, bar.pending, bar.short
        );
        let drawn = bar::leading(ui, width, 14.0, &parts);
        drawn.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
        let words = format!("{} / {}", bar.met, bar.all());
        ui.label(RichText::new(words).size(13.0).color(t.ink3));
        let drawn = drawn.on_hover_text(format!("{said}。点开看是谁"));
        drawn.on_hover_cursor(CursorIcon::PointingHand).clicked()
    })
    .inner
}

fn square(ui: &mut Ui, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().rect_filled(rect, 1.0, color);
}
