//! Cells in columns: a form of merged cells, or the rows of a table. A cell's text wraps and its row
//! grows with it; it is never shrunk and never cut.

use super::face::{Missing, Text, Weight};
use super::page::{Page, Pen};
use super::paper::MM;
use super::paragraph::{Align, Paragraph};

/// What stands in a cell.
#[derive(Debug, Clone)]
pub struct Cell<'a> {
    pub text: &'a str,
    pub weight: Weight,
    /// In points; no paper prints below 9.
    pub size: f32,
    pub align: Align,
    /// Columns it covers.
    pub columns: usize,
    /// Rows it covers (forms and headers only).
    pub rows: usize,
    /// Its text stands at the top and not in the middle of its height.
    pub top: bool,
}

impl<'a> Cell<'a> {
    /// A plain cell, its text in the middle.
    pub fn new(text: &'a str, size: f32) -> Self {
        Self {
            text,
            weight: Weight::Plain,
            size,
            align: Align::Centre,
            columns: 1,
            rows: 1,
            top: false,
        }
    }

    pub fn left(self) -> Self {
        Self { align: Align::Left, ..self }
    }

    pub fn top(self) -> Self {
        Self { top: true, ..self }
    }

    pub fn strong(self) -> Self {
        Self { weight: Weight::Strong, ..self }
    }

    /// Covers so many columns and rows.
    pub fn over(self, columns: usize, rows: usize) -> Self {
        Self { columns, rows, ..self }
    }
}

/// Room between a cell's frame and its text, in points.
const PAD_X: f32 = 0.9 * MM;
const PAD_Y: f32 = 0.8 * MM;
/// From line to line in a cell, in em.
const LEADING: f32 = 1.3;

/// A cell laid out for its width.
#[derive(Debug, Clone)]
pub struct Place {
    row: usize,
    column: usize,
    columns: usize,
    rows: usize,
    top: bool,
    pub(super) paragraph: Paragraph,
}

impl Place {
    fn height(&self) -> f32 {
        if self.paragraph.text.glyphs.is_empty() {
            0.0
        } else {
            self.paragraph.height() + 2.0 * PAD_Y
        }
    }
}

/// Rows of cells over common columns, measured.
#[derive(Debug, Clone)]
pub struct Grid {
    /// Left edges of the columns and the right edge of the last, in points from the grid's left.
    edges: Vec<f32>,
    pub places: Vec<Place>,
    /// In points.
    pub heights: Vec<f32>,
}

impl Grid {
    /// Lays out rows of cells. Each row lists its own cells from the left; columns that a taller cell
    /// above covers are passed over. `heights` are the least heights in points, the last one standing
    /// for all further rows.
    ///
    /// # Errors
    /// A character that no font has.
    pub fn new(columns: &[f32], rows: &[Vec<Cell<'_>>], heights: &[f32]) -> Result<Self, Missing> {
        let mut edges = Vec::with_capacity(columns.len() + 1);
        edges.push(0.0);
        for width in columns {
            edges.push(edges[edges.len() - 1] + width);
        }
        let mut grid = Self { edges, places: Vec::new(), heights: Vec::with_capacity(rows.len()) };
        let mut covered = vec![0usize; columns.len()];
        for (row, cells) in rows.iter().enumerate() {
            let mut column = 0;
            for cell in cells {
                while covered.get(column).is_some_and(|&until| until > row) {
                    column += 1;
                }
                let end = (column + cell.columns).min(columns.len());
                covered[column..end].fill(row + cell.rows);
                let width = grid.edges[end] - grid.edges[column] - 2.0 * PAD_X;
                let text = Text::set(cell.text, cell.weight, cell.size)?;
                let paragraph = Paragraph::even(text, cell.align, width, LEADING);
                grid.places.push(Place {
                    row,
                    column,
                    columns: end - column,
                    rows: cell.rows,
                    top: cell.top,
                    paragraph,
                });
                column = end;
            }
            let least = heights.get(row).or(heights.last()).copied().unwrap_or(0.0);
            grid.heights.push(least);
        }
        grid.grow();
        Ok(grid)
    }

    /// Makes every row high enough; a cell over several rows lets the last of them grow.
    fn grow(&mut self) {
        for pass in [true, false] {
            for place in self.places.iter().filter(|place| (place.rows == 1) == pass) {
                let end = (place.row + place.rows).min(self.heights.len());
                let have: f32 = self.heights[place.row..end].iter().sum();
                self.heights[end - 1] += (place.height() - have).max(0.0);
            }
        }
    }

    /// In points.
    pub fn height(&self) -> f32 {
        self.heights.iter().sum()
    }

    /// In points.
    pub fn width(&self) -> f32 {
        self.edges[self.edges.len() - 1]
    }

    /// Where a cell stands, counted in the order given: left and upper edge from the grid's corner, width
    /// and height, in points.
    pub fn room(&self, cell: usize) -> (f32, f32, f32, f32) {
        let place = &self.places[cell];
        let end = (place.row + place.rows).min(self.heights.len());
        let above: f32 = self.heights[..place.row].iter().sum();
        let height = self.heights[place.row..end].iter().sum();
        let left = self.edges[place.column];
        (left, above, self.edges[place.column + place.columns] - left, height)
    }

    /// Draws the whole grid, every cell framed.
    pub fn draw(&self, page: &mut Page, x: f32, y: f32) {
        let mut above = Vec::with_capacity(self.heights.len() + 1);
        above.push(y);
        for height in &self.heights {
            above.push(above[above.len() - 1] + height);
        }
        for place in &self.places {
            let end = (place.row + place.rows).min(self.heights.len());
            let (left, right) =
                (x + self.edges[place.column], x + self.edges[place.column + place.columns]);
            let (up, down) = (above[place.row], above[end]);
            // The right and lower edges; the left and upper ones are a neighbour's or the outer frame's.
            if end < self.heights.len() {
                page.rule((left, down), (right, down), Pen::HAIR);
            }
            if place.column + place.columns < self.edges.len() - 1 {
                page.rule((right, up), (right, down), Pen::HAIR);
            }
            self.fill(page, place, 0..place.paragraph.lines.len(), x, up, down);
        }
        page.frame(x, y, self.width(), self.height(), Pen::FRAME);
    }

    /// Draws some lines of a cell's text between `up` and `down`.
    fn fill(
        &self,
        page: &mut Page,
        place: &Place,
        lines: std::ops::Range<usize>,
        x: f32,
        up: f32,
        down: f32,
    ) {
        let left = x + self.edges[place.column] + PAD_X;
        let width =
            self.edges[place.column + place.columns] - self.edges[place.column] - 2.0 * PAD_X;
        let used = lines.len() as f32 * place.paragraph.leading;
        let y = if place.top { up + PAD_Y } else { up + ((down - up) - used) / 2.0 };
        page.paragraph(&place.paragraph, lines, left, y, width);
    }

    /// Draws the first row alone at `y`, without its upper and outer edges: a table's row. Lines
    /// before `from` and after the room of `height` points are left for other pages; `from` has one
    /// entry for each cell and is moved on.
    pub(super) fn draw_row(
        &self,
        page: &mut Page,
        x: f32,
        y: f32,
        height: f32,
        from: &mut [usize],
    ) {
        for (place, from) in self.places.iter().zip(from) {
            let all = place.paragraph.lines.len();
            let fits =
                ((height - 2.0 * PAD_Y) / place.paragraph.leading + 0.01).floor().max(1.0) as usize;
            let end = all.min(*from + fits);
            if *from < end {
                self.fill(page, place, *from..end, x, y, y + height);
            }
            *from = end;
            let right = place.column + place.columns;
            if right < self.edges.len() - 1 {
                page.rule(
                    (x + self.edges[right], y),
                    (x + self.edges[right], y + height),
                    Pen::HAIR,
                );
            }
        }
    }

    /// Height that the lines from `from` on still need, in points.
    pub(super) fn rest(&self, from: &[usize]) -> f32 {
        let tallest = self.places.iter().zip(from).map(|(place, &from)| {
            let lines = place.paragraph.lines.len().saturating_sub(from);
            if lines == 0 { 0.0 } else { lines as f32 * place.paragraph.leading + 2.0 * PAD_Y }
        });
        let fresh = from.iter().all(|&from| from == 0);
        tallest.fold(if fresh { self.heights[0] } else { 0.0 }, f32::max)
    }
}
