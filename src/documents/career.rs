//! 职务、职称变动 on the person's page of a handbook: what is known printed in the order of its dates, the rest
//! of the page for the pen.

use super::Context;
use super::furniture::{day, lacking};
use super::layout::{Cell, Flow, Grid, MM};
use crate::failure::Result;
use crate::ledger::{CareerLine, Handbook, career};

const HEADS: [&str; 5] = ["日期", "工作单位", "科室、职务", "职称", "依据、说明"];
const SIZE: f32 = 10.0;
const ROW: f32 = 8.5 * MM;
/// Lines for the pen that there are at least.
const BY_HAND: usize = 5;

/// The table; `below` points of the page stay free for what follows.
pub(super) fn table(
    context: &Context<'_>,
    what: &str,
    handbook: &Handbook,
    below: f32,
    flow: &mut Flow,
) -> Result<()> {
    let person = &handbook.person;
    let lacks = lacking(what, &person.name);
    let measure = flow.paper.measure();
    let columns = [0.17, 0.27, 0.18, 0.16, 0.22].map(|part| part * measure);
    let row = |texts: [&str; 5]| {
        let cells = texts.map(|text| Cell::new(text, SIZE)).to_vec();
        Grid::new(&columns, &[cells], &[ROW]).map_err(&lacks)
    };
    let header = row(HEADS)?;
    let known: Vec<Grid> = career(handbook, context.workplace(person))
        .iter()
        .map(|it| line(it, row))
        .collect::<Result<_>>()?;
    let used: f32 = known.iter().map(Grid::height).sum();
    let left = (flow.room() - header.height() - used - below) / ROW;
    let by_hand = BY_HAND.max(left.max(0.0) as usize);
    let blank = std::iter::repeat_with(|| row([""; 5])).take(by_hand);
    flow.table(&header, known.into_iter().map(Ok).chain(blank), |row| row)
}

fn line(line: &CareerLine, row: impl Fn([&str; 5]) -> Result<Grid>) -> Result<Grid> {
    let date = line.date.map(day).unwrap_or_default();
    row([&date, &line.workplace, &line.post, &line.title, &line.note])
}
