//! 附件2, the summary table of one level group: what stands in it, and its PDF. Its xlsx is
//! `workbook`'s; both print the same [`Table`], so their numbers and their order cannot differ.

use std::borrow::Cow;

use super::Context;
use super::furniture::{day, lacking, page_number, put, stamp};
use super::layout::{Align, Cell, Colophon, Flow, Grid, MM, Paper, Section, Weight, write};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Verdict, YearTotal};
use crate::notice::{Hours, Notice};

pub(super) const WHAT: &str = "生成汇总表";

/// Why a number is not simply what was studied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// ※ hours deemed complete
    Deemed,
    /// 认 hours of a prior slip
    Recognised,
    /// △ somebody vouched for the year
    Vouched,
}

impl Sign {
    const ALL: [Self; 3] = [Self::Deemed, Self::Recognised, Self::Vouched];

    pub fn mark(self) -> &'static str {
        match self {
            Self::Deemed => "※",
            Self::Recognised => "认",
            Self::Vouched => "△",
        }
    }

    pub fn meaning(self) -> &'static str {
        match self {
            Self::Deemed => "含按规定视同完成的学时",
            Self::Recognised => "以前年度已开具《学时（分）认定单》，按认定单计",
            Self::Vouched => "该年度有经单位说明理由后放行或改认的事项",
        }
    }
}

/// One printed value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// The group is not used: empty, as in the annex.
    Blank,
    /// A year outside the person's span.
    Outside,
    Hours(Hours, Option<Sign>),
}

impl Value {
    fn print(self) -> Cow<'static, str> {
        match self {
            Self::Blank => "".into(),
            Self::Outside => "—".into(),
            Self::Hours(hours, None) => hours.to_string().into(),
            Self::Hours(hours, Some(sign)) => format!("{hours}{}", sign.mark()).into(),
        }
    }
}

/// One person's line.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// 序号
    pub number: usize,
    pub workplace: &'a str,
    pub name: &'a str,
    pub speciality: &'a str,
    /// Group after group: the subjects in the notice's order, then the total.
    pub values: Vec<Value>,
}

/// One footnote to a number.
#[derive(Debug, Clone)]
pub struct Note<'a> {
    pub sign: Sign,
    /// 序号 of the person's row: names alone may be shared.
    pub row: usize,
    pub name: &'a str,
    pub year: i32,
    pub text: String,
}

/// The whole table.
#[derive(Debug)]
pub struct Table<'a> {
    pub title: String,
    /// The year of each group; `None` for a group left empty.
    pub groups: Vec<Option<i32>>,
    /// Subjects in the notice's order.
    pub subjects: Vec<&'a str>,
    pub rows: Vec<Row<'a>>,
    pub notes: Vec<Note<'a>>,
    /// Who stands in the table without having met the test, and why.
    pub unmet: Vec<(&'a str, String)>,
    /// What applicants owe later, each said once.
    pub obligations: Vec<&'a str>,
}

impl<'a> Table<'a> {
    /// # Errors
    /// Nobody to list.
    pub fn new(
        context: &Context<'a>,
        group: &str,
        results: &[&'a ApplicantResult],
    ) -> Result<Self> {
        let first = results.iter().map(|result| result.span.first).min();
        let last = results.iter().map(|result| result.span.last).max();
        let (Some(first), Some(last)) = (first, last) else {
            return Err(Failure::refused(
                WHAT,
                format!("{group}职称"),
                "没有可以列入的参评人员",
                "请先登记参评人员并完成体检",
            ));
        };
        let notice = context.notice;
        let campaign = results[0].applicant.campaign;
        // A year is never dropped: more years than the annex has groups make more groups.
        let mut groups: Vec<Option<i32>> = (first..=last).map(Some).collect();
        groups.resize(groups.len().max(notice.summary_groups), None);
        let mut table = Self {
            title: format!("{campaign}年度{group}职称参评人员学时（分）认定汇总表"),
            groups,
            subjects: notice.subjects.iter().map(|subject| subject.name.as_str()).collect(),
            rows: Vec::with_capacity(results.len()),
            notes: Vec::new(),
            unmet: Vec::new(),
            obligations: Vec::new(),
        };
        for (at, result) in results.iter().enumerate() {
            table.add(context, at + 1, result);
        }
        Ok(table)
    }

    fn add(&mut self, context: &Context<'a>, number: usize, result: &'a ApplicantResult) {
        let notice = context.notice;
        let person = &result.person;
        let mut values = Vec::with_capacity(self.groups.len() * (self.subjects.len() + 1));
        for group in &self.groups {
            let columns = self.subjects.len() + 1;
            match *group {
                None => values.extend(std::iter::repeat_n(Value::Blank, columns)),
                Some(year) if !result.span.contains(year) => {
                    values.extend(std::iter::repeat_n(Value::Outside, columns));
                }
                Some(year) => match result.years.iter().find(|total| total.year == year) {
                    None => {
                        let none = Value::Hours(Hours::ZERO, None);
                        values.extend(std::iter::repeat_n(none, columns));
                    }
                    Some(total) => {
                        let vouched = vouched(result, year);
                        values.extend(year_values(notice, total, vouched.is_some()));
                        self.notes.extend(notes(notice, (number, &person.name), total, vouched));
                    }
                },
            }
        }
        let workplace = context.workplace(person);
        let speciality = &result.applicant.speciality;
        self.rows.push(Row { number, workplace, name: &person.name, speciality, values });
        if result.verdict != Verdict::Met {
            let why: Vec<&str> = result
                .findings
                .iter()
                .filter(|f| f.severity == crate::ledger::Severity::Block && !f.overridden)
                .map(|f| f.message.as_str())
                .collect();
            let why = if why.is_empty() {
                "学时或材料未达标".to_owned()
            } else {
                why.join("；")
            };
            self.unmet.push((&person.name, why));
        }
        for obligation in result.owed() {
            if !self.obligations.contains(&obligation) {
                self.obligations.push(obligation);
            }
        }
    }

    /// Every line that stands below the table, in order.
    pub fn footnotes(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for sign in Sign::ALL {
            let notes: Vec<&Note<'_>> =
                self.notes.iter().filter(|note| note.sign == sign).collect();
            if notes.is_empty() {
                continue;
            }
            // One person's years in a row with the same reason are said together.
            let together = notes.chunk_by(|one, next| {
                one.row == next.row && one.text == next.text && one.year + 1 == next.year
            });
            let who: Vec<String> = together
                .map(|run| {
                    let (first, last) = (run[0], run[run.len() - 1]);
                    let years = if run.len() == 1 {
                        first.year.to_string()
                    } else {
                        format!("{}—{}", first.year, last.year)
                    };
                    format!("{}{years}年（{}）", first.name, first.text)
                })
                .collect();
            lines.push(format!("{} {}：{}。", sign.mark(), sign.meaning(), who.join("、")));
        }
        if self.rows.iter().any(|row| row.values.contains(&Value::Outside)) {
            lines.push("— 该年度不在本人的认定起止年度内。".to_owned());
        }
        for (name, why) in &self.unmet {
            lines.push(format!("未达标：{name}（{why}）。"));
        }
        for obligation in &self.obligations {
            lines.push(format!("以后要办：{obligation}。"));
        }
        lines
    }

    /// The words over a group: `2019年`, or `　　年` for one left empty.
    pub fn group_head(group: Option<i32>) -> String {
        group.map_or_else(|| "　　年".to_owned(), |year| format!("{year}年"))
    }
}

/// The finding by which a record's hours, changed by somebody, are made known to papers.
const CHANGED: &str = "hours-overridden";

/// What somebody vouched for in this person's year: a finding set aside, or hours changed by hand.
fn vouched(result: &ApplicantResult, year: i32) -> Option<&str> {
    let mut findings = result.findings.iter();
    let found = findings.find(|f| f.year == Some(year) && (f.overridden || f.code == CHANGED));
    found.map(|finding| finding.message.as_str())
}

/// What is printed for one year: evidenced hours with deemed and recognised ones, then their total.
fn year_values(
    notice: &Notice,
    total: &YearTotal,
    vouched: bool,
) -> impl Iterator<Item = Value> + use<> {
    let mut values: Vec<Value> = notice
        .subjects
        .iter()
        .map(|subject| {
            let of = |map: &std::collections::BTreeMap<_, Hours>| {
                map.get(&subject.id).copied().unwrap_or_default()
            };
            let sign = if !of(&total.recognised).is_zero() {
                Some(Sign::Recognised)
            } else if !of(&total.deemed).is_zero() {
                Some(Sign::Deemed)
            } else {
                None
            };
            Value::Hours(of(&total.evidenced), sign)
        })
        .collect();
    values.push(Value::Hours(total.evidenced_total, vouched.then_some(Sign::Vouched)));
    values.into_iter()
}

fn notes<'a>(
    notice: &Notice,
    (row, name): (usize, &'a str),
    total: &YearTotal,
    vouched: Option<&str>,
) -> Vec<Note<'a>> {
    let mut notes = Vec::new();
    let mut add = |sign, text| notes.push(Note { sign, row, name, year: total.year, text });
    let recognised = |subject| total.recognised.get(subject).is_some_and(|h| !h.is_zero());
    let deemed: Vec<String> = notice
        .subjects
        .iter()
        .filter(|subject| !recognised(&subject.id))
        .filter_map(|subject| {
            let hours = total.deemed.get(&subject.id).filter(|hours| !hours.is_zero())?;
            Some(format!("{}视同{hours}", subject.name))
        })
        .collect();
    if !deemed.is_empty() {
        let mut text = deemed.join("、");
        if !total.deemed_reasons.is_empty() {
            text = format!("{text}，{}", total.deemed_reasons.join("、"));
        }
        add(Sign::Deemed, text);
    }
    if notice.subjects.iter().any(|subject| recognised(&subject.id)) {
        let text = match total.slips.as_slice() {
            [] => "认定单".to_owned(),
            slips => format!("认定单号{}", slips.join("、")),
        };
        add(Sign::Recognised, text);
    }
    if let Some(text) = vouched {
        add(Sign::Vouched, text.trim_end_matches('。').to_owned());
    }
    notes
}

/// Narrowest column that holds 总学时 on one line at 9 points.
const NARROWEST: f32 = 11.4 * MM;
const FIXED: [f32; 4] = [9.0 * MM, 43.5 * MM, 22.0 * MM, 25.5 * MM];

/// A4 while the columns fit, else A3.
pub(super) fn on_a3(table: &Table<'_>) -> bool {
    let columns = table.groups.len() * (table.subjects.len() + 1);
    let a4 = Paper::a4_landscape(14.0, 12.0, 15.0, 12.0);
    (a4.measure() - FIXED.iter().sum::<f32>()) / (columns as f32) < NARROWEST
}

/// The table as PDF.
pub(super) fn pdf(
    context: &Context<'_>,
    group: &str,
    results: &[&ApplicantResult],
) -> Result<Vec<u8>> {
    let table = Table::new(context, group, results)?;
    let (paper, size, scale) = if on_a3(&table) {
        (Paper::a3_landscape(16.0, 14.0, 16.0, 14.0), 10.5, 1.3)
    } else {
        (Paper::a4_landscape(14.0, 12.0, 15.0, 12.0), 9.0, 1.0)
    };
    let mut columns: Vec<f32> = FIXED.iter().map(|width| width * scale).collect();
    let numbers = table.groups.len() * (table.subjects.len() + 1);
    let rest = paper.measure() - columns.iter().sum::<f32>();
    columns.extend(std::iter::repeat_n(rest / numbers as f32, numbers));

    let unit = context.unit.name.as_str();
    let plain = lacking(WHAT, unit);
    let mut flow = Flow::new(paper);
    head(context, &table, &mut flow).map_err(&plain)?;
    let header = header(&table, &columns, size).map_err(&plain)?;
    flow.table(&header, &table.rows, |row| {
        let number = row.number.to_string();
        let values: Vec<Cow<'_, str>> = row.values.iter().map(|value| value.print()).collect();
        let mut cells = vec![
            Cell::new(&number, size),
            Cell::new(row.workplace, size).left(),
            Cell::new(row.name, size),
            Cell::new(row.speciality, size),
        ];
        cells.extend(values.iter().map(|value| Cell::new(value, size)));
        Grid::new(&columns, &[cells], &[7.5 * MM]).map_err(lacking(WHAT, row.name))
    })?;
    flow.space(2.0 * MM);
    for note in table.footnotes() {
        flow.paragraph(&note, Weight::Plain, 9.0, Align::Left, 0.0, 1.45).map_err(&plain)?;
    }
    let pages = flow
        .finish(|page, paper, number, count| {
            stamp(page, context.draft)?;
            page_number(page, paper, &table.title, number, count)
        })
        .map_err(&plain)?;
    let colophon = Colophon { title: &table.title, author: unit, date: context.date };
    write(&colophon, vec![Section { label: table.title.clone(), paper, pages }])
}

/// 附件2, title, and the line of 填报单位, with room for the seal.
fn head(
    context: &Context<'_>,
    table: &Table<'_>,
    flow: &mut Flow,
) -> std::result::Result<(), super::layout::Missing> {
    flow.paragraph("附件2", Weight::Plain, 12.0, Align::Left, 0.0, 1.2)?;
    flow.paragraph(&table.title, Weight::Strong, 20.0, Align::Centre, 0.0, 1.5)?;
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
    columns: &[f32],
    size: f32,
) -> std::result::Result<Grid, super::layout::Missing> {
    let heads: Vec<String> = table.groups.iter().map(|group| Table::group_head(*group)).collect();
    let wide = table.subjects.len() + 1;
    let mut above: Vec<Cell<'_>> = ["序号", "工作单位", "姓名", "申报专业"]
        .iter()
        .map(|head| Cell::new(head, size).over(1, 2))
        .collect();
    above.extend(heads.iter().map(|head| Cell::new(head, size).over(wide, 1)));
    let below: Vec<Cell<'_>> = table
        .groups
        .iter()
        .flat_map(|_| table.subjects.iter().copied().chain(["总学时"]))
        .map(|head| Cell::new(head, size))
        .collect();
    Grid::new(columns, &[above, below], &[6.5 * MM])
}
