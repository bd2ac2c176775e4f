//! The layout engine of all papers: faces and measured text, lines broken as Chinese is broken,
//! grids of cells, a flow that fills pages, and the PDF writer. It knows paper and type, and nothing
//! of handbooks or notices.

mod face;
mod flow;
mod grid;
mod page;
mod paragraph;
mod pdf;

pub use face::{Missing, Text, Weight, plain};
pub use flow::Flow;
pub use grid::{Cell, Grid};
pub use page::{MM, Page, Paper, Pen};
pub use paragraph::{Align, Paragraph};
pub use pdf::{Colophon, Section, write};
