//! 附件2, the summary table of one level group: what stands in it. Its PDF is made in `print`, its xlsx in
//! `workbook`; both print the same [`Table`], so their numbers and their order cannot differ.

mod print;

use std::borrow::Cow;
use std::ops::Range;

use super::Context;
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Verdict, YearTotal};
use crate::notice::{Changed, Hours, Notice, Overflow};
pub(super) use print::Summary;

/// The sheet that the table is printed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sheet {
    /// A4 while the years fit, else A3.
    #[default]
    Fitting,
    /// Years that do not fit go on a continuation sheet.
    A4,
    A3,
}

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
    /// How many groups stand beside each other at most; the others go on continuation sheets.
    pub abreast: usize,
    /// Subjects in the notice's order.
    pub subjects: Vec<&'a str>,
    pub rows: Vec<Row<'a>>,
    pub notes: Vec<Note<'a>>,
    /// Who stands in the table without having met the test, and why.
    pub unmet: Vec<(&'a str, String)>,
    /// What applicants owe later, each said once.
    pub obligations: Vec<&'a str>,
    /// What the unit reads otherwise than the notice's file (口径).
    pub changed: Vec<String>,
}

impl<'a> Table<'a> {
    /// `2020年度高级职称参评人员学时（分）认定汇总表`
    pub fn title(context: &Context<'_>, group: &str, results: &[&ApplicantResult]) -> String {
        let first = results.first().map(|result| result.applicant.campaign);
        let campaign = first.unwrap_or(context.notice.campaign_year);
        format!("{campaign}年度{group}职称参评人员学时（分）认定汇总表")
    }

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
        // A year is never dropped: more years than the annex has groups make more groups, beside the
        // others or on a continuation sheet.
        let mut groups: Vec<Option<i32>> = (first..=last).map(Some).collect();
        groups.resize(groups.len().max(notice.summary_groups), None);
        let abreast = match notice.summary_overflow {
            Overflow::Column => groups.len(),
            Overflow::Sheet => notice.summary_groups.min(groups.len()),
        };
        let mut table = Self {
            abreast,
            title: Self::title(context, group, results),
            groups,
            subjects: notice.subjects.iter().map(|subject| subject.name.as_str()).collect(),
            rows: Vec::with_capacity(results.len()),
            notes: Vec::new(),
            unmet: Vec::new(),
            obligations: Vec::new(),
            changed: notice.changed.iter().map(Changed::told).collect(),
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

    /// Which groups stand on the table's own sheet and on each continuation sheet.
    pub fn sheets(&self) -> Vec<Range<usize>> {
        let starts = (0..self.groups.len()).step_by(self.abreast.max(1));
        starts.map(|start| start..(start + self.abreast).min(self.groups.len())).collect()
    }

    /// The values of some groups in a row.
    pub fn values<'r>(&self, row: &'r Row<'_>, groups: Range<usize>) -> &'r [Value] {
        let wide = self.subjects.len() + 1;
        &row.values[groups.start * wide..groups.end * wide]
    }

    /// Every line that stands below the table, in order.
    pub fn footnotes(&self) -> Vec<String> {
        /// Marked numbers that are told below the table; of more, only how many there are.
        const FEW: usize = 40;
        let mut lines = Vec::new();
        for sign in Sign::ALL {
            let notes: Vec<&Note<'_>> =
                self.notes.iter().filter(|note| note.sign == sign).collect();
            if notes.is_empty() {
                continue;
            }
            let (mark, meaning) = (sign.mark(), sign.meaning());
            if notes.len() > FEW {
                lines.push(format!("{mark} {meaning}：共{}处，逐项见“说明”。", notes.len()));
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
            lines.push(format!("{mark} {meaning}：{}。", who.join("、")));
        }
        lines.extend(self.remarks());
        lines
    }

    /// Those of the lines below that are not about a marked number.
    pub fn remarks(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.rows.iter().any(|row| row.values.contains(&Value::Outside)) {
            lines.push("— 该年度不在本人的认定起止年度内。".to_owned());
        }
        for (name, why) in &self.unmet {
            lines.push(format!("未达标：{name}（{why}）。"));
        }
        for obligation in &self.obligations {
            lines.push(format!("以后要办：{obligation}。"));
        }
        lines.extend(self.changed.iter().map(|changed| format!("{changed}。")));
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
            slips => format!("认定单号：{}", slips.join("、")),
        };
        add(Sign::Recognised, text);
    }
    if let Some(text) = vouched {
        add(Sign::Vouched, text.trim_end_matches('。').to_owned());
    }
    notes
}
