//! A table of any length: sticky header, sorting by a click on it, a row chosen by mouse or arrow
//! keys, only the visible rows drawn. What stands in a cell is the page's business.

use crate::ui::theme::{self, Tokens, size};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    self, Align, CursorIcon, EventFilter, Id, Key, Layout, Rangef, RichText, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, Table, TableDelegate};

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
    /// Bring this row into view once.
    pub reveal: Option<usize>,
}

/// What the clerk did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub chosen: bool,
    /// Double click or Enter on a row.
    pub opened: Option<usize>,
    pub sorted: bool,
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
    /// Where a visible row is drawn.
    fn placed(&mut self, _row: usize, _rect: egui::Rect) {}
}

struct Delegate<'a, R: Rows> {
    rows: &'a mut R,
    cols: &'a [Col<'a>],
    state: &'a mut TableState,
    done: Done,
    focus: Id,
    focused: bool,
    height: f32,
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
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(focus, filter));
        let page = ((room.height() / height) as usize).max(2) - 1;
        let now = state.chosen;
        let to = ui.input(|input| {
            let last = len - 1;
            [
                (Key::ArrowDown, now.map_or(0, |row| (row + 1).min(last))),
                (Key::ArrowUp, now.map_or(0, |row| row.saturating_sub(1))),
                (Key::PageDown, now.map_or(0, |row| (row + page).min(last))),
                (Key::PageUp, now.map_or(0, |row| row.saturating_sub(page))),
                (Key::Home, 0),
                (Key::End, last),
            ]
            .into_iter()
            .find_map(|(key, row)| input.key_pressed(key).then_some(row))
        });
        if let Some(row) = to {
            state.chosen = Some(row);
            state.reveal = Some(row);
            done.chosen = true;
        }
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            done.opened = state.chosen;
        }
    }

    let fixed: f32 = cols.iter().map(|col| col.width).sum();
    let growing = cols.iter().filter(|col| col.grow).count().max(1) as f32;
    let extra = ((room.width() - fixed - 10.0) / growing).max(0.0);
    let columns: Vec<Column> = cols
        .iter()
        .map(|col| {
            let width = (col.width + if col.grow { extra } else { 0.0 }).floor();
            Column::new(width).range(Rangef::new(width, width)).resizable(false)
        })
        .collect();
    let reveal = state.reveal.take();
    let mut shown = Table::new()
        .id_salt(("rows", salt))
        .num_rows(len as u64)
        .columns(columns)
        .headers([HeaderRow::new(28.0)]);
    if let Some(row) = reveal {
        shown = shown.scroll_to_row(row as u64, None);
    }
    let mut delegate = Delegate { rows, cols, state, done, focus, focused, height };
    if len == 0 {
        delegate.bare_header(ui, room, extra);
        return delegate.done;
    }
    shown.show(ui, &mut delegate);
    delegate.done
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

    fn bare_header(&mut self, ui: &mut Ui, room: egui::Rect, extra: f32) {
        let mut left = room.left();
        for nr in 0..self.cols.len() {
            let width = self.cols[nr].width + if self.cols[nr].grow { extra } else { 0.0 };
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
        self.header(ui, cell.col_range.start);
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
        if chosen || response.hovered() {
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
            response.context_menu(|ui| self.rows.menu(ui, row));
        }
        if response.clicked() || response.secondary_clicked() {
            self.state.chosen = Some(row);
            self.done.chosen = true;
            ui.memory_mut(|memory| memory.request_focus(self.focus));
        }
        if response.double_clicked() {
            self.done.opened = Some(row);
        }
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let col = self.cols[cell.col_nr];
        let inner = ui.max_rect().shrink2(vec2(8.0, 0.0));
        let layout = if col.right {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        let mut inside = ui.new_child(UiBuilder::new().max_rect(inner).layout(layout));
        inside.shrink_clip_rect(inner);
        self.rows.cell(&mut inside, cell.row_nr as usize, cell.col_nr);
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

/// As [`words`], 12 points.
pub fn small_words(ui: &mut Ui, text: &str, color: egui::Color32) {
    ui.add(egui::Label::new(RichText::new(text).small().color(color)).truncate().selectable(false));
}
