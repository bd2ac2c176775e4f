//! 附件2 on paper: the table, continuation sheets for years that stand beside the others no more, and the
//! sheet that explains every marked number.

use std::borrow::Cow;
use std::ops::Range;

use super::{Sheet, Table, Value, WHAT};
use crate::documents::furniture::{Foot, basis, day, lacking, only, put, section};
use crate::documents::layout::{Align, Cell, Flow, Grid, MM, Missing, Paper, Sections, Weight};
use crate::documents::{Context, Document};
use crate::failure::Result;
use crate::ledger::ApplicantResult;

/// The table of a level group.
pub(in crate::documents) struct Summary<'a> {
    pub group: &'a str,
    pub results: &'a [&'a ApplicantResult],
    pub sheet: Sheet,
}

/// Narrowest column that holds 总学时 on one line at 9 points.
const NARROWEST: f32 = 11.4 * MM;
/// 序号, 工作单位, 姓名, 申报专业
const FIXED: [f32; 4] = [9.0 * MM, 43.5 * MM, 22.0 * MM, 25.5 * MM];

fn a4() -> Paper {
    Paper::a4_landscape(14.0, 12.0, 15.0, 12.0)
}

/// How many groups stand beside each other on A4.
fn fit_a4(table: &Table<'_>) -> usize {
    let group = NARROWEST * (table.subjects.len() + 1) as f32;
    let room = a4().measure() - FIXED.iter().sum::<f32>();
    ((room / group) as usize).max(1)
}

impl Table<'_> {
    /// Settles on which sheet the table is printed; whether that is A3.
    pub fn settle(&mut self, sheet: Sheet) -> bool {
        let fit = fit_a4(self);
        match sheet {
            Sheet::Fitting => self.abreast > fit,
            Sheet::A3 => true,
            Sheet::A4 => {
                self.abreast = self.abreast.min(fit);
                false
            }
        }
    }
}

impl Document for Summary<'_> {
    fn title(&self, context: &Context<'_>) -> String {
        Table::title(context, self.group, self.results)
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        let mut table = Table::new(context, self.group, self.results)?;
        let (paper, size, scale) = if table.settle(self.sheet) {
            (Paper::a3_landscape(16.0, 14.0, 16.0, 14.0), 10.5, 1.3)
        } else {
            (a4(), 9.0, 1.0)
        };
        let all = section(context, WHAT, &table.title, paper, Foot::new(&table.title), |flow| {
            let sheets = table.sheets();
            for (at, groups) in sheets.iter().enumerate() {
                if at > 0 {
                    flow.turn();
                }
                let more = if at > 0 { "（续表）" } else { "" };
                one(context, &table, groups.clone(), more, (size, scale), flow)?;
            }
            below(context, &table, flow).map_err(lacking(WHAT, &context.unit.name))?;
            if !table.notes.is_empty() {
                flow.turn();
                explained(&table, flow)?;
            }
            Ok(())
        });
        Ok(only(all))
    }
}

/// The table with some of its groups.
fn one(
    context: &Context<'_>,
    table: &Table<'_>,
    groups: Range<usize>,
    more: &str,
    (size, scale): (f32, f32),
    flow: &mut Flow,
) -> Result<()> {
    let plain = lacking(WHAT, &context.unit.name);
    let mut columns: Vec<f32> = FIXED.iter().map(|width| width * scale).collect();
    let numbers = table.abreast * (table.subjects.len() + 1);
    let each = (flow.paper.measure() - columns.iter().sum::<f32>()) / numbers as f32;
    // A continuation of fewer years keeps the columns' width: laid side by side the sheets read on.
    columns.extend(std::iter::repeat_n(each, groups.len() * (table.subjects.len() + 1)));
    head(context, table, more, flow).map_err(&plain)?;
    let header = header(table, groups.clone(), &columns, size).map_err(&plain)?;
    flow.table(&header, &table.rows, |row| {
        let number = row.number.to_string();
        let values = table.values(row, groups.clone());
        let values: Vec<Cow<'_, str>> = values.iter().map(|value| Value::print(*value)).collect();
        let mut cells = vec![
            Cell::new(&number, size),
            Cell::new(row.workplace, size).left(),
            Cell::new(row.name, size),
            Cell::new(row.speciality, size),
        ];
        cells.extend(values.iter().map(|value| Cell::new(value, size)));
        Grid::new(&columns, &[cells], &[7.5 * MM]).map_err(lacking(WHAT, row.name))
    })
}

/// The lines below the table.
fn below(
    context: &Context<'_>,
    table: &Table<'_>,
    flow: &mut Flow,
) -> std::result::Result<(), Missing> {
    flow.space(2.0 * MM);
    for note in table.footnotes().into_iter().chain(basis(context)) {
        flow.paragraph(&note, Weight::Plain, 9.0, Align::Left, 0.0, 1.45)?;
    }
    Ok(())
}

/// 附件2, title, and the line of 填报单位, with room for the seal.
fn head(
    context: &Context<'_>,
    table: &Table<'_>,
    more: &str,
    flow: &mut Flow,
) -> std::result::Result<(), Missing> {
    flow.paragraph("附件2", Weight::Plain, 12.0, Align::Left, 0.0, 1.2)?;
    let title = format!("{}{more}", table.title);
    flow.paragraph(&title, Weight::Strong, 20.0, Align::Centre, 0.0, 1.5)?;
    let (paper, y, height) = (flow.paper, flow.y(), 12.0 * MM);
    let unit = format!("填报单位（盖章）：{}", context.unit.name);
    let by = format!("填报人：{}", context.filled_by);
    let on = format!("填报时间：{}", day(context.date));
    let (left, measure) = (paper.left, paper.measure());
    let style = (Weight::Plain, 10.5);
    put(flow.page(), &unit, style, Align::Left, (left, y, measure, height))?;
    put(flow.page(), &by, style, Align::Left, (left + 0.6 * measure, y, measure, height))?;
    put(flow.page(), &on, style, Align::Right, (left, y, measure, height))?;
    flow.space(height);
    Ok(())
}

fn header(
    table: &Table<'_>,
    groups: Range<usize>,
    columns: &[f32],
    size: f32,
) -> std::result::Result<Grid, Missing> {
    let groups = &table.groups[groups];
    let heads: Vec<String> = groups.iter().map(|group| Table::group_head(*group)).collect();
    let wide = table.subjects.len() + 1;
    let mut above: Vec<Cell<'_>> = ["序号", "工作单位", "姓名", "申报专业"]
        .iter()
        .map(|head| Cell::new(head, size).over(1, 2))
        .collect();
    above.extend(heads.iter().map(|head| Cell::new(head, size).over(wide, 1)));
    let below: Vec<Cell<'_>> = groups
        .iter()
        .flat_map(|_| table.subjects.iter().copied().chain(["总学时"]))
        .map(|head| Cell::new(head, size))
        .collect();
    Grid::new(columns, &[above, below], &[6.5 * MM])
}

/// 说明: one line for each marked number.
fn explained(table: &Table<'_>, flow: &mut Flow) -> Result<()> {
    const SIZE: f32 = 10.0;
    let plain = lacking(WHAT, &table.title);
    flow.paragraph("说明", Weight::Strong, 20.0, Align::Centre, 0.0, 1.6).map_err(&plain)?;
    let parts = [0.05, 0.05, 0.16, 0.07, 0.29, 0.38];
    let columns = parts.map(|part| part * flow.paper.measure());
    let heads = ["标记", "序号", "姓名", "年度", "含义", "事由"];
    let heads = heads.map(|head| Cell::new(head, SIZE)).to_vec();
    let header = Grid::new(&columns, &[heads], &[8.0 * MM]).map_err(&plain)?;
    flow.table(&header, &table.notes, |note| {
        let (row, year) = (note.row.to_string(), note.year.to_string());
        let cells = vec![
            Cell::new(note.sign.mark(), SIZE),
            Cell::new(&row, SIZE),
            Cell::new(note.name, SIZE),
            Cell::new(&year, SIZE),
            Cell::new(note.sign.meaning(), SIZE).left(),
            Cell::new(&note.text, SIZE).left(),
        ];
        Grid::new(&columns, &[cells], &[8.0 * MM]).map_err(lacking(WHAT, note.name))
    })
}
