//! What the sheets and columns of a workbook were taken for, each with a list to say otherwise.

use crate::intake::schema::Sheet;
use crate::intake::{ColumnFound, Reading, SheetFound};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Tone, combo, hairline, note, small, tag};
use eframe::egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

/// The choice that leaves a sheet or column out.
const OUT: &str = "不导入";
/// As wide as the names of our columns need.
const CHOICE: f32 = 170.0;

/// Shows all sheets; true when the clerk said something new.
pub fn show(ui: &mut Ui, sheets: &[SheetFound], reading: &mut Reading) -> bool {
    let mut told = false;
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for (nr, sheet) in sheets.iter().enumerate() {
            ui.push_id((nr, &sheet.name), |ui| told |= one(ui, sheet, sheets, reading));
            ui.add_space(size::GAP);
        }
    });
    told
}

fn one(ui: &mut Ui, sheet: &SheetFound, all: &[SheetFound], reading: &mut Reading) -> bool {
    let t = Tokens::of(ui);
    let mut told = false;
    ui.horizontal(|ui| {
        ui.add(Label::new(
            RichText::new(format!("「{}」", sheet.name)).font(theme::bold(size::TEXT)).color(t.ink),
        ));
        let rows = if sheet.kind.is_some() { format!("{} 行", sheet.rows) } else { String::new() };
        small(ui, rows);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut choice = sheet.kind.map_or(OUT, Sheet::name).to_owned();
            let free = |kind: &Sheet| {
                Some(*kind) == sheet.kind || all.iter().all(|other| other.kind != Some(*kind))
            };
            let mut choices: Vec<&str> =
                Sheet::ALL.iter().filter(|kind| free(kind)).map(|kind| kind.name()).collect();
            // A sheet that bears a name of ours is ours; its columns can be left out one by one.
            if sheet.kind.is_none() {
                choices.insert(0, OUT);
            }
            if combo(ui, &format!("{} 是", sheet.name), CHOICE, &choices, &mut choice) {
                let kind = Sheet::ALL.into_iter().find(|kind| kind.name() == choice);
                if let Some(kind) = kind {
                    reading.sheets.insert(sheet.name.clone(), kind);
                    told = true;
                }
            }
            ui.label(RichText::new("这张表是").color(t.ink2));
        });
    });
    if !sheet.missing.is_empty() {
        let words = format!("还没有「{}」列，在下面指出是哪一列", sheet.missing.join("」「"));
        note(ui, words, t.seal);
    }
    let Some(kind) = sheet.kind else { return told };
    ui.add_space(4.0);
    for column in &sheet.columns {
        hairline(ui);
        told |= line(ui, sheet, kind, column, reading);
    }
    told
}

fn line(
    ui: &mut Ui,
    sheet: &SheetFound,
    kind: Sheet,
    column: &ColumnFound,
    reading: &mut Reading,
) -> bool {
    let t = Tokens::of(ui);
    let mut told = false;
    let width = ui.available_width();
    ui.allocate_ui_with_layout(vec2(width, 40.0), Layout::left_to_right(Align::Center), |ui| {
        let side = ((width - CHOICE - 110.0) / 2.0).max(60.0);
        cell(ui, side, RichText::new(&column.header).color(t.ink));
        cell(ui, side, RichText::new(&column.sample).small().color(t.ink3));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut choice = column.column.unwrap_or(OUT).to_owned();
            let mut choices = vec![OUT];
            choices.extend(kind.columns().iter().map(|ours| ours.name));
            let name = format!("{} {} 导入为", sheet.name, column.header);
            if combo(ui, &name, CHOICE, &choices, &mut choice) {
                let key = (sheet.name.clone(), column.header.clone());
                reading.columns.insert(key, (choice != OUT).then_some(choice));
                told = true;
            }
            match (column.column, column.told) {
                (Some(_), true) => tag(ui, Tone::Info, "您指定的"),
                (Some(_), false) => tag(ui, Tone::Ok, "认得"),
                (None, true) => tag(ui, Tone::Mute, "不导入"),
                (None, false) => tag(ui, Tone::Wait, "不认得"),
            };
        });
    });
    told
}

fn cell(ui: &mut Ui, width: f32, text: RichText) {
    ui.allocate_ui_with_layout(vec2(width, 40.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        ui.add(Label::new(text).truncate().selectable(false));
    });
}
