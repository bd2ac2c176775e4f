//! A table of any length: sticky header, sorting by a click on it, columns dragged wider, a row chosen
//! by mouse or arrow keys, rows picked by ticks, Ctrl and Shift; only the visible rows are drawn. What
//! stands in a cell is the page's business, and so is what becomes of a pick.

mod keys;

use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::check::{Tick, tick};
use crate::ui::widgets::small;
use eframe::egui::accesskit::Role;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, Align, CursorIcon, Id, Layout, Rangef, RichText, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate};
use std::collections::BTreeMap;

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Col<'a> {
    pub title: &'a str,
    /// At least so wide; a `grow` column takes what remains.
    pub width: f32,
    pub grow: bool,
    pub right: bool,
    pub sorts: bool,
}

impl<'a> Col<'a> {
    pub const fn new(title: &'a str, width: f32) -> Self {
        Self { title, width, grow: false, right: false, sorts: false }
    }
    pub const fn grow(self) -> Self {
        Self { grow: true, ..self }
    }
    pub const fn right(self) -> Self {
        Self { right: true, ..self }
    }
    pub const fn sorts(self) -> Self {
        Self { sorts: true, ..self }
    }
}

/// What a table remembers between frames.
#[derive(Debug, Clone, Default)]
pub struct TableState {
    /// Column and whether downwards.
    pub sort: Option<(usize, bool)>,
    pub chosen: Option<usize>,
    /// Where a range of picks begins.
    pub anchor: Option<usize>,
    /// Bring this row into view once.
    pub reveal: Option<usize>,
    /// Widths that the clerk has given columns, by title.
    pub widths: BTreeMap<String, f32>,
    /// The row whose menu was opened by the keyboard, and in how many frames more it may take the focus:
    /// the first of a menu only measures.
    menu: Option<(usize, u8)>,
}

/// Rows that the clerk picks, or no longer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// This one, or not any more.
    Toggle(usize),
    /// All between these two.
    Range(usize, usize),
    All,
    Nothing,
}

/// What the clerk did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub chosen: bool,
    /// Double click or Enter on a row.
    pub opened: Option<usize>,
    pub sorted: bool,
    pub pick: Option<Pick>,
    /// A column was dragged wider or narrower.
    pub resized: bool,
    /// The chosen row's menu was asked for by the keyboard.
    menu: bool,
}

/// What the page says about its rows.
pub trait Rows {
    fn count(&self) -> usize;
    /// What a screen reader says for a row; different from any of its cells.
    fn name(&self, row: usize) -> String;
    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize);
    /// Whether a row has a menu of its own, opened by the right button.
    fn has_menu(&self) -> bool {
        false
    }
    fn menu(&mut self, _ui: &mut Ui, _row: usize) {}
    /// What stands above the menu's entries.
    fn menu_heading(&self, _row: usize) -> Option<String> {
        None
    }
    /// Where a visible row is drawn.
    fn placed(&mut self, _row: usize, _rect: egui::Rect) {}
    /// Whether rows can be picked: there is a column of ticks then, and columns can be dragged.
    fn picks(&self) -> bool {
        false
    }
    fn picked(&self, _row: usize) -> bool {
        false
    }
    /// How much of all that is shown is picked.
    fn picked_of_all(&self) -> Tick {
        Tick::Off
    }
}

/// The column of ticks.
const TICKS: f32 = 34.0;
/// What a table keeps free at its right edge, for the bar that scrolls it.
pub const EDGE: f32 = 10.0;
/// A column is never dragged narrower.
const NARROWEST: f32 = 44.0;

struct Delegate<'a, R: Rows> {
    rows: &'a mut R,
    cols: &'a [Col<'a>],
    state: &'a mut TableState,
    done: Done,
    focus: Id,
    focused: bool,
    height: f32,
    /// Columns before the page's own: that of the ticks.
    lead: usize,
}

/// Shows a table in all the room that is left.
pub fn table(
    ui: &mut Ui,
    salt: &str,
    cols: &[Col<'_>],
    state: &mut TableState,
    rows: &mut impl Rows,
) -> Done {
    table_of(ui, salt, cols, size::ROW, state, rows)
}

/// As [`table`], with rows of another height.
pub fn table_of(
    ui: &mut Ui,
    salt: &str,
    cols: &[Col<'_>],
    height: f32,
    state: &mut TableState,
    rows: &mut impl Rows,
) -> Done {
    let len = rows.count();
    let focus = ui.make_persistent_id(("table", salt));
    let room = ui.available_rect_before_wrap();
    let grounds = ui.interact(room, focus, Sense::click());
    let named = salt.to_owned();
    grounds.widget_info(|| WidgetInfo::labeled(Role::Table, true, &named));
    if grounds.clicked() {
        grounds.request_focus();
    }
    let focused = grounds.has_focus();
    let mut done = Done::default();
    if focused && len > 0 {
        let page = ((room.height() / height) as usize).max(2) - 1;
        keys::press(ui, focus, page, state, rows, &mut done);
    }

    let lead = usize::from(rows.picks());
    let widths = widths(room.width() - EDGE, lead as f32 * TICKS, cols, state);
    let id_of = |nr: usize| Id::unique(("column", salt, cols[nr].title));
    let mut columns = vec![Column::new(TICKS).range(Rangef::point(TICKS)).resizable(false); lead];
    columns.extend(widths.iter().enumerate().map(|(nr, &width)| {
        let range = if lead > 0 { Rangef::new(NARROWEST, 1200.0) } else { Rangef::point(width) };
        Column::new(width).range(range).resizable(lead > 0).id(id_of(nr))
    }));
    let reveal = state.reveal.take();
    let mut shown = Table::new()
        .id_salt(("rows", salt))
        .num_rows(len as u64)
        .columns(columns)
        .headers([HeaderRow::new(28.0)]);
    if let Some(row) = reveal {
        shown = shown.scroll_to_row(row as u64, None);
    }
    let table = shown.get_id(ui);
    let mut delegate = Delegate { rows, cols, state, done, focus, focused, height, lead };
    if len == 0 {
        delegate.bare_header(ui, room, &widths);
        return delegate.done;
    }
    if lead == 0 {
        shown.show(ui, &mut delegate);
        return delegate.done;
    }
    // Our widths go in, and those that come out otherwise were dragged.
    let mut memory = egui_table::TableState::load(ui.ctx(), table).unwrap_or_default();
    memory.parent_width = Some(room.width());
    for (nr, &width) in widths.iter().enumerate() {
        memory.col_widths.insert(id_of(nr), width);
    }
    memory.store(ui.ctx(), table);
    // The lines that can be dragged stand back behind the rows.
    let line = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.visuals_mut().widgets.noninteractive.bg_stroke = Stroke::new(1.0, Tokens::of(ui).hair);
    shown.show(ui, &mut delegate);
    ui.visuals_mut().widgets.noninteractive.bg_stroke = line;
    let Delegate { mut done, state, .. } = delegate;
    let memory = egui_table::TableState::load(ui.ctx(), table).unwrap_or_default();
    for (nr, &width) in widths.iter().enumerate() {
        if let Some(&now) =
            memory.col_widths.get(&id_of(nr)).filter(|now| (**now - width).abs() > 0.5)
        {
            state.widths.insert(cols[nr].title.to_owned(), now);
            done.resized = true;
        }
        let edge = table.with(id_of(nr)).with("resize");
        if let Some(wider) = keys::widen(ui, edge, cols[nr].title) {
            let width = (width + wider).clamp(NARROWEST, 1200.0);
            state.widths.insert(cols[nr].title.to_owned(), width);
            done.resized = true;
        }
    }
    done
}

/// How wide each column is: as it was dragged, else its own width, with what is left for those that grow.
fn widths(room: f32, lead: f32, cols: &[Col<'_>], state: &TableState) -> Vec<f32> {
    let dragged = |col: &Col<'_>| state.widths.get(col.title).copied();
    let fixed: f32 = cols.iter().map(|col| dragged(col).unwrap_or(col.width)).sum();
    let grows = |col: &Col<'_>| col.grow && dragged(col).is_none();
    let growing = cols.iter().filter(|col| grows(col)).count().max(1) as f32;
    let extra = ((room - lead - fixed) / growing).max(0.0);
    cols.iter()
        .map(|col| dragged(col).unwrap_or(col.width + if grows(col) { extra } else { 0.0 }).floor())
        .collect()
}

impl<R: Rows> Delegate<'_, R> {
    fn header(&mut self, ui: &mut Ui, nr: usize) {
        let t = Tokens::of(ui);
        let col = self.cols[nr];
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line));
        if col.title.is_empty() {
            return;
        }
        let arrow = match self.state.sort {
            Some((sorted, down)) if sorted == nr => {
                if down {
                    " ↓"
                } else {
                    " ↑"
                }
            }
            _ => "",
        };
        let words = RichText::new(format!("{}{arrow}", col.title)).small().color(t.ink3);
        let align = if col.right { Align::Max } else { Align::Min };
        let inner = rect.shrink2(vec2(8.0, 0.0));
        let layout = if align == Align::Max {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        let mut inside = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        if !col.sorts {
            inside.label(words);
            return;
        }
        let response = inside
            .add(egui::Label::new(words).selectable(false).sense(Sense::click()))
            .on_hover_cursor(CursorIcon::PointingHand);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, format!("按{}排序", col.title))
        });
        if response.clicked() {
            self.state.sort = match self.state.sort {
                Some((sorted, false)) if sorted == nr => Some((nr, true)),
                Some((sorted, true)) if sorted == nr => None,
                _ => Some((nr, false)),
            };
            self.done.sorted = true;
        }
    }

    /// The tick before all rows.
    fn tick_of_all(&mut self, ui: &mut Ui) {
        let t = Tokens::of(ui);
        let rect = ui.max_rect();
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.line));
        let share = self.rows.picked_of_all();
        if tick(ui, self.focus.with("all"), rect, share, "全选").clicked() {
            self.done.pick = Some(if share == Tick::On { Pick::Nothing } else { Pick::All });
        }
    }

    fn tick_of(&mut self, ui: &mut Ui, row: usize) {
        let share = if self.rows.picked(row) { Tick::On } else { Tick::Off };
        let name = format!("选 {}", self.rows.name(row));
        if tick(ui, self.focus.with(("tick", row)), ui.max_rect(), share, &name).clicked() {
            self.pick(ui, row, true);
        }
    }

    /// A click on a row or its tick, with whatever keys are held.
    fn pick(&mut self, ui: &Ui, row: usize, on_tick: bool) {
        let held = ui.input(|input| input.modifiers);
        let before = self.state.chosen.replace(row);
        self.done.chosen = true;
        ui.memory_mut(|memory| memory.request_focus(self.focus));
        if !self.rows.picks() {
            return;
        }
        if held.shift {
            let from = *self.state.anchor.get_or_insert(before.unwrap_or(row));
            self.done.pick = Some(Pick::Range(from, row));
            return;
        }
        self.state.anchor = Some(row);
        if on_tick || held.command {
            self.done.pick = Some(Pick::Toggle(row));
        }
    }

    /// What can be done with a row: under the pointer, or below the row when the keyboard asked for it.
    fn menu(&mut self, ui: &Ui, row: usize, response: &egui::Response) {
        let Some((_, frames)) = self.state.menu.filter(|(of, _)| *of == row) else {
            response.context_menu(|ui| self.entries(ui, row, false));
            return;
        };
        let asked = self.done.menu;
        let at = response.rect.left_bottom() + vec2(48.0, -4.0);
        let popup = egui::Popup::menu(response)
            .open_memory(asked.then_some(egui::SetOpenCommand::Bool(true)))
            .at_position(at);
        let shown = popup.show(|ui| self.entries(ui, row, frames > 0));
        self.state.menu = Some((row, frames.saturating_sub(1)));
        if shown.is_none() {
            self.state.menu = None;
            ui.memory_mut(|memory| memory.request_focus(self.focus));
        }
    }

    /// A menu's heading and entries; the first entry may take the focus.
    fn entries(&mut self, ui: &mut Ui, row: usize, focus: bool) {
        if let Some(words) = self.rows.menu_heading(row) {
            small(ui, words);
        }
        if focus {
            let first = ui.next_auto_id();
            ui.memory_mut(|memory| memory.request_focus(first));
            ui.ctx().request_repaint();
        }
        self.rows.menu(ui, row);
    }

    fn bare_header(&mut self, ui: &mut Ui, room: egui::Rect, widths: &[f32]) {
        let mut left = room.left() + self.lead as f32 * TICKS;
        for (nr, &width) in widths.iter().enumerate() {
            let rect = egui::Rect::from_min_size(pos2(left, room.top()), vec2(width, 28.0));
            let mut cell = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(nr));
            self.header(&mut cell, nr);
            left += width;
        }
        ui.advance_cursor_after_rect(egui::Rect::from_min_size(room.min, vec2(room.width(), 28.0)));
    }
}

impl<R: Rows> TableDelegate for Delegate<'_, R> {
    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        match cell.col_range.start.checked_sub(self.lead) {
            Some(nr) => self.header(ui, nr),
            None => self.tick_of_all(ui),
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        if ui.clip_rect().width() <= 0.0 || ui.is_sizing_pass() {
            return;
        }
        let t = Tokens::of(ui);
        let row = row as usize;
        let rect = ui.max_rect();
        self.rows.placed(row, rect.intersect(ui.clip_rect()));
        let response = ui.interact(rect, self.focus.with(("row", row)), Sense::click());
        let chosen = self.state.chosen == Some(row);
        let name = self.rows.name(row);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, chosen, &name));
        if self.rows.picked(row) {
            ui.painter().rect_filled(rect, 0.0, t.info_wash);
        } else if chosen || response.hovered() {
            ui.painter().rect_filled(rect, 0.0, t.row);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, t.hair));
        if chosen {
            let mark = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height() - 1.0));
            ui.painter().rect_filled(mark, 0.0, t.ink);
            if self.focused {
                ui.painter().rect_stroke(
                    rect.shrink(1.0),
                    2.0,
                    Stroke::new(1.0, t.ink3),
                    StrokeKind::Inside,
                );
            }
        }
        if self.rows.has_menu() {
            self.menu(ui, row, &response);
        }
        if response.clicked() {
            self.pick(ui, row, false);
        }
        if response.secondary_clicked() {
            self.state.chosen = Some(row);
            self.done.chosen = true;
            ui.memory_mut(|memory| memory.request_focus(self.focus));
        }
        if response.double_clicked() {
            self.done.opened = Some(row);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let row = cell.row_nr as usize;
        let Some(nr) = cell.col_nr.checked_sub(self.lead) else {
            return self.tick_of(ui, row);
        };
        let col = self.cols[nr];
        let inner = ui.max_rect().shrink2(vec2(8.0, 0.0));
        let layout = if col.right {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        let mut inside = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        inside.shrink_clip_rect(inner);
        self.rows.cell(&mut inside, row, nr);
    }

    fn default_row_height(&self) -> f32 {
        self.height
    }
}

/// A cell's words, cut with … where the room ends.
pub fn words(ui: &mut Ui, text: &str, color: egui::Color32) {
    ui.add(egui::Label::new(RichText::new(text).color(color)).truncate().selectable(false));
}

/// As [`words`], semibold.
pub fn bold_words(ui: &mut Ui, text: &str, color: egui::Color32) {
    let text = RichText::new(text).font(theme::bold(size::TEXT)).color(color);
    ui.add(egui::Label::new(text).truncate().selectable(false));
}

/// A person's name, semibold: a long one smaller and in two lines rather than cut.
pub fn name_words(ui: &mut Ui, name: &str, color: egui::Color32) {
    let room = ui.available_width();
    let fits = |ui: &Ui| {
        let font = theme::bold(size::TEXT);
        ui.painter().layout_no_wrap(name.to_owned(), font, color).size().x <= room
    };
    // Most names are short enough without being measured.
    if name.chars().count() as f32 * size::TEXT <= room || fits(ui) {
        return bold_words(ui, name, color);
    }
    let format = TextFormat {
        line_height: Some(15.0),
        ..TextFormat::simple(theme::bold(size::SMALL), color)
    };
    let mut job = LayoutJob::single_section(name.to_owned(), format);
    job.wrap.max_rows = 2;
    job.wrap.break_anywhere = true;
    ui.add(egui::Label::new(job).wrap().selectable(false)).on_hover_text(name);
}

/// As [`words`], 12 points.
pub fn small_words(ui: &mut Ui, text: &str, color: egui::Color32) {
    ui.add(egui::Label::new(RichText::new(text).small().color(color)).truncate().selectable(false));
}
