//! Above the people table: chips, section, year, columns; and what the chosen year is short of.

use super::People;
use super::columns::{Column, Layout};
use super::list::Filter;
use crate::ui::app::{Cx, Wish};
use crate::ui::dialog::{Ask, Paper};
use crate::ui::papers::{self, Whose};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{chip, combo, filter_chip, plain};
use chrono::Datelike;
use eframe::egui::containers::menu::{MenuButton, MenuConfig};
use eframe::egui::{
    self, Align, Button, PopupCloseBehavior, RichText, Sense, Stroke, Ui, UiBuilder, vec2,
};

impl People {
    /// Chips at the left; year, section and columns at the right.
    pub(super) fn filters(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.add_space(10.0);
        let room = vec2(ui.available_width(), size::FIELD);
        let (line, _) = ui.allocate_exact_size(room, Sense::hover());
        let line = line.shrink2(vec2(16.0, 0.0));
        let side = |layout, salt| UiBuilder::new().max_rect(line).layout(layout).id_salt(salt);
        let to_left = egui::Layout::right_to_left(Align::Center);
        let to_right = egui::Layout::left_to_right(Align::Center);
        let mut right = ui.new_child(side(to_left, "choose"));
        self.choose_columns(&mut right, cx);
        self.choose_year(&mut right, cx);
        self.choose_section(&mut right, cx);
        let mut left = ui.new_child(side(to_right, "chips"));
        self.chips(&mut left);
        if let Some(year) = self.asked.year {
            self.gaps(ui, year, cx);
        }
        ui.add_space(8.0);
    }

    fn chips(&mut self, ui: &mut Ui) {
        if let Some((title, _)) = &self.asked.with
            && chip(ui, &format!("学过「{}」", cut(title)))
        {
            self.asked.with = None;
        }
        for (nr, filter) in Filter::ALL.into_iter().enumerate() {
            let on = self.asked.filter == filter;
            if filter != Filter::All && self.list.counts[nr] == 0 && !on {
                continue;
            }
            let name = filter.name(self.asked.year);
            if filter_chip(ui, &name, Some(self.list.counts[nr]), filter.tone(), on).clicked() {
                self.asked.filter = filter;
            }
        }
    }

    fn choose_section(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        const ALL: &str = "全部科室";
        let mut sections: Vec<&str> = cx
            .snap
            .index
            .sections
            .iter()
            .filter(|(name, count)| !name.is_empty() && *count > 0)
            .map(|(name, _)| &**name)
            .collect();
        if sections.is_empty() && self.asked.section.is_none() {
            return;
        }
        sections.sort_unstable();
        let choices: Vec<&str> = [ALL].into_iter().chain(sections).collect();
        let mut chosen = self.asked.section.clone().unwrap_or_else(|| ALL.to_owned());
        if combo(ui, "科室", 120.0, &choices, &mut chosen) {
            self.asked.section = (chosen != ALL).then_some(chosen);
        }
    }

    fn choose_year(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        const ALL: &str = "各年度";
        let words = |year: i32| format!("{year} 年");
        let years: Vec<i32> = cx.snap.index.years.clone().rev().collect();
        let names: Vec<String> = years.iter().copied().map(words).collect();
        let choices: Vec<&str> =
            [ALL].into_iter().chain(names.iter().map(String::as_str)).collect();
        let mut chosen = self.asked.year.map_or_else(|| ALL.to_owned(), words);
        if combo(ui, "年度", 84.0, &choices, &mut chosen) {
            self.asked.year = years.into_iter().find(|year| words(*year) == chosen);
            // Who lacks something is what a year is chosen for.
            if self.asked.year.is_none()
                && self.asked.sort.is_some_and(|(it, _)| it == Column::Short)
            {
                self.asked.sort = None;
            }
        }
    }

    fn choose_columns(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let button = Button::new(RichText::new("选列").color(t.ink))
            .min_size(vec2(0.0, size::CONTROL))
            .corner_radius(size::RADIUS)
            .stroke(Stroke::new(1.0, t.line));
        let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        let mut layout = cx.remembered.people.clone();
        MenuButton::from_button(button).config(stays).ui(ui, |ui| {
            ui.set_min_width(150.0);
            for column in Column::ALL {
                let mut on = layout.columns().contains(&column);
                let fixed = column == Column::Name;
                if ui.add_enabled(!fixed, egui::Checkbox::new(&mut on, column.name())).changed() {
                    layout.columns.retain(|name| name != column.name());
                    if on {
                        layout.columns.push(column.name().to_owned());
                    }
                }
            }
            ui.separator();
            if ui.button("恢复原样").clicked() {
                layout = Layout::default();
                ui.close();
            }
        });
        if layout != cx.remembered.people {
            cx.wishes.push(Wish::PeopleLayout(layout));
        }
    }

    /// What the chosen year is short of, and the list on paper or as a table.
    fn gaps(&mut self, ui: &mut Ui, year: i32, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let count = |filter: Filter| {
            let place = Filter::ALL.iter().position(|it| *it == filter);
            place.map_or(0, |place| self.list.counts[place])
        };
        let (short, lacking) = (count(Filter::Short), count(Filter::Lacking));
        let whole = cx.snap.counted == cx.snap.people.len();
        let mut words = match (short, lacking) {
            _ if !whole => format!("{year} 年：正在计算"),
            (0, 0) => format!("{year} 年：在职的人学时都够，材料都齐"),
            _ => format!("{year} 年还差：学时不够 {short} 人，缺材料 {lacking} 人"),
        };
        if cx.snap.today.year() <= year {
            words += "。这一年还没有过完";
        }
        ui.add_space(6.0);
        let room = vec2(ui.available_width(), size::CONTROL);
        let layout = egui::Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(room, layout, |ui| {
            ui.set_min_height(size::CONTROL);
            ui.add_space(16.0);
            ui.label(RichText::new(words).font(theme::text(size::TEXT)).color(t.ink));
            if short + lacking == 0 || !whole {
                return;
            }
            if plain(ui, "打印还差名单").clicked() {
                let (_, people) = self.whose_gaps(cx.snap);
                let whose = Whose { year: Some(year), people, ..Whose::default() };
                papers::look(cx.desk, Paper::Gaps, whose, super::super::Page::People);
            }
            if plain(ui, "存为 Excel").clicked() {
                cx.dialogs.ask(Ask::SavePaper(Paper::GapsXlsx), &format!("{year} 年还差名单.xlsx"));
            }
        });
    }
}

/// The first characters of a title.
fn cut(title: &str) -> String {
    let short: String = title.chars().take(14).collect();
    if short.len() < title.len() { format!("{short}…") } else { short }
}
