//! 登记卡: a one-page extract of a handbook for the years that an applicant must show.

use super::furniture::{Foot, day, lacking, section};
use super::handbook::opinion;
use super::layout::{Align, Cell, Flow, Grid, MM, Missing, Paper, Sections, Weight};
use super::{Context, Document, year_sheet as sheet};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Handbook, YearTotal};
use crate::notice::{Subject, SubjectRule};

const WHAT: &str = "生成登记卡";
const SIZE: f32 = 9.5;

const TITLE: &str = "专业技术人员继续教育登记卡";

/// Of these people, one section each.
pub(super) struct Cards<'a>(pub &'a [(&'a Handbook, &'a ApplicantResult)]);

impl Document for Cards<'_> {
    fn title(&self, _: &Context<'_>) -> String {
        TITLE.to_owned()
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        if self.0.is_empty() {
            return Err(Failure::refused(WHAT, "", "没有要打印的参评人员", "请先登记参评人员"));
        }
        let paper = Paper::a4(16.0, 15.0, 16.0, 18.0);
        let each = self.0.iter().map(move |(_, result)| {
            let name = result.person.name.as_str();
            let foot = format!("{name}　登记卡");
            section(context, WHAT, name, paper, Foot::new(&foot), |flow| {
                card(context, result, flow)
            })
        });
        Ok(Box::new(each))
    }
}

fn card(context: &Context<'_>, result: &ApplicantResult, flow: &mut Flow) -> Result<()> {
    let lacks = lacking(WHAT, &result.person.name);
    let measure = flow.paper.measure();
    flow.paragraph(TITLE, Weight::Strong, 20.0, Align::Centre, 0.0, 1.5).map_err(&lacks)?;
    flow.space(2.0 * MM);
    flow.form(&person(context, result, measure).map_err(&lacks)?);
    flow.space(3.0 * MM);
    years(context, result, flow)?;
    let (unit, department) =
        (opinion("单位审核意见", "审核人", None), opinion("主管部门复审意见", "复审人", None));
    let half = measure / 2.0;
    let cells =
        vec![Cell::new(&unit, 10.0).left().top(), Cell::new(&department, 10.0).left().top()];
    flow.form(&Grid::new(&[half, half], &[cells], &[30.0 * MM]).map_err(&lacks)?);
    Ok(())
}

fn person(context: &Context<'_>, result: &ApplicantResult, measure: f32) -> Result<Grid, Missing> {
    let person = &result.person;
    let id = person.id_number.to_string();
    let born = person.birth_date.map(day).unwrap_or_default();
    let span = format!("{}年至{}年", result.span.first, result.span.last);
    let cell = |text| Cell::new(text, 10.0);
    let rows = vec![
        vec![
            cell("姓名"),
            cell(&person.name),
            cell("性别"),
            cell(&person.sex),
            cell("出生日期"),
            cell(&born),
        ],
        vec![cell("身份证号"), cell(&id).over(3, 1), cell("学历"), cell(&person.education)],
        vec![
            cell("工作单位"),
            cell(context.workplace(person)).over(3, 1),
            cell("现职称"),
            cell(&person.title),
        ],
        vec![
            cell("申报级别"),
            cell(&result.applicant.level),
            cell("申报专业"),
            cell(&result.applicant.speciality),
            cell("认定年度"),
            cell(&span),
        ],
        vec![cell("登记证书编号"), cell(&person.handbook_number).over(5, 1)],
    ];
    let columns = [0.14, 0.2, 0.12, 0.22, 0.12, 0.2].map(|part| part * measure);
    Grid::new(&columns, &rows, &[8.5 * MM])
}

fn years(context: &Context<'_>, result: &ApplicantResult, flow: &mut Flow) -> Result<()> {
    let lacks = lacking(WHAT, &result.person.name);
    let subjects = &context.notice.subjects;
    let number = 12.0 * MM;
    let mut columns = vec![13.0 * MM];
    let fixed = 13.0 * MM + number * (subjects.len() + 2) as f32;
    columns.push(flow.paper.measure() - fixed);
    columns.extend(std::iter::repeat_n(number, subjects.len() + 2));
    let mut heads = vec![Cell::new("年度", SIZE), Cell::new("学习内容（学时）", SIZE)];
    heads.extend(subjects.iter().map(|subject| Cell::new(&subject.name, SIZE)));
    heads.extend([Cell::new("合计", SIZE), Cell::new("达标", SIZE)]);
    let header = Grid::new(&columns, &[heads], &[8.0 * MM]).map_err(&lacks)?;
    flow.table(&header, result.span.years(), |year| {
        let total = result.years.iter().find(|total| total.year == year);
        let content = total.map(|total| content(context, total)).unwrap_or_default();
        let hours = |subject: &Subject| {
            let hours = total.and_then(|total| total.evidenced.get(subject));
            hours.copied().unwrap_or_default().to_string()
        };
        let by_subject: Vec<String> = subjects.iter().map(|subject| hours(&subject.id)).collect();
        let all = total.map(|total| total.evidenced_total).unwrap_or_default().to_string();
        let met = total.is_some_and(|total| total.met_evidenced);
        let year = year.to_string();
        let mut cells = vec![Cell::new(&year, SIZE), Cell::new(&content, SIZE).left()];
        cells.extend(by_subject.iter().map(|hours| Cell::new(hours, SIZE)));
        cells.extend([Cell::new(&all, SIZE), Cell::new(if met { "是" } else { "否" }, SIZE)]);
        Grid::new(&columns, &[cells], &[10.0 * MM]).map_err(&lacks)
    })
}

/// What was learnt in a year, subject after subject.
fn content(context: &Context<'_>, total: &YearTotal) -> String {
    let of = |subject: &SubjectRule| {
        let credits = total.credits.iter();
        let items: Vec<String> = credits
            .filter(|credit| credit.subject == subject.id && credit.counted && credit.evidenced)
            .map(|credit| format!("{}（{}）", credit.title, credit.hours))
            .collect();
        (!items.is_empty()).then(|| format!("{}：{}", subject.name, items.join("；")))
    };
    let mut lines: Vec<String> = context.notice.subjects.iter().filter_map(of).collect();
    lines.extend(sheet::remarks(context.notice, total));
    lines.join("\n")
}
