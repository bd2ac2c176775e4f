//! The layout engine of all papers: faces and measured text, lines broken as Chinese is broken,
//! grids of cells, a flow that fills pages, and the PDF writer. It knows paper and type, and nothing
//! of handbooks or notices.

mod face;
mod flow;
mod foreign;
mod grid;
mod page;
mod paper;
mod paragraph;
mod pdf;
mod picture;
mod tiff;

pub use face::{Missing, Text, Weight, plain};
pub use flow::Flow;
pub use foreign::{Foreign, Source, Unreadable};
pub use grid::{Cell, Grid};
pub use page::{Page, Pen};
pub use paper::{MM, Paper};
pub use paragraph::{Align, Paragraph};
pub use pdf::{Colophon, Section, Sections, write};
pub use picture::Picture;
pub use tiff::TiffPages;
