//! A plain sheet: a heading and lines of words. The sample's made-up scans are printed with it.

use super::furniture::lacking;
use super::layout::{Align, Colophon, Flow, Missing, Page, Paper, Section, Weight, write};
use crate::failure::Result;
use chrono::NaiveDate;

/// One sheet as PDF.
///
/// # Errors
/// A character that no font has; the PDF library refuses.
pub fn pdf(heading: &str, lines: &[String], date: NaiveDate) -> Result<Vec<u8>> {
    let paper = Paper::a4(30.0, 25.0, 25.0, 25.0);
    let pages = pages(paper, heading, lines).map_err(lacking(heading, ""))?;
    write(&Colophon { title: heading, author: "", date }, [Ok(Section::new(heading, paper, pages))])
}

fn pages(paper: Paper, heading: &str, lines: &[String]) -> Result<Vec<Page>, Missing> {
    let mut flow = Flow::new(paper);
    flow.paragraph(heading, Weight::Strong, 20.0, Align::Centre, 0.0, 1.7)?;
    flow.space(16.0);
    for line in lines {
        flow.paragraph(line, Weight::Plain, 13.0, Align::Justify, 2.0, 1.85)?;
    }
    flow.finish(|_, _, _, _| Ok(()))
}
