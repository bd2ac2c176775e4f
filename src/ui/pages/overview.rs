//! 总览: how much time is left (`timeline`), what to do now (`todo`), the year's picture (`picture`), where
//! each step stands (`progress`).

mod picture;
mod progress;
mod timeline;
mod todo;

use super::View;
use crate::ui::app::Cx;
use crate::ui::shell;
use crate::ui::theme::size;
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{card_in, h2, rows_of, small};
use eframe::egui::{Rect, Ui};

/// The page.
#[derive(Default)]
pub struct Overview {
    cut: picture::Cut,
}

impl View for Overview {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let view = &cx.snap.campaign;
        let groups: Vec<String> =
            view.groups.iter().map(|(group, people)| format!("{group} {people} 人")).collect();
        shell::heading(ui, &format!("{} 年度申报", view.year), &groups.join(" · "));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
        shell::year(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let [time, rest] = rows_of(room, [Some(132.0), None]);
        card_in(ui, time, size::CARD, |ui| match &cx.snap.clone().plan {
            Ok(plan) => timeline::show(ui, plan, cx),
            Err(why) => {
                h2(ui, "还算不出期限", "");
                small(ui, why.clone());
            }
        });
        let (left, right) = beside(rest, 408.0_f32.min(rest.width() * 0.4));
        let todos = todo::todos(cx.snap);
        let lines = todos.len().clamp(1, 5) as f32;
        // A short window leaves less than both cards want: then the tasks go before the picture.
        let high = (44.0 + 53.0 * lines + 24.0).min(left.height() - 200.0).max(140.0);
        let [now, picture] = rows_of(left, [Some(high), None]);
        card_in(ui, now, size::CARD, |ui| todo::show(ui, &todos, cx));
        card_in(ui, picture, size::CARD, |ui| picture::show(ui, &mut self.cut, cx));
        card_in(ui, right, size::CARD, |ui| progress::show(ui, cx));
    }
}
