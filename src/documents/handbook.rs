//! 登记手册, one person's handbook: cover, the person's page, then year after year what was learnt,
//! what it comes to, and the boxes of 单位审核 and 主管部门确认 (B2-07…B2-11).

use super::furniture::{Foot, basis, day, field, lacking, put, section};
use super::layout::{Align, Cell, Flow, Grid, MM, Missing, Page, Paper, Picture, Sections, Weight};
use super::{Context, Document, career, year_sheet as sheet};
use crate::failure::{Failure, Result};
use crate::ledger::{Evidence, Handbook, Person, RecordCredit, Vouched, YearReview, YearTotal};
use std::sync::Arc;

const WHAT: &str = "生成登记手册";
const SIZE: f32 = 9.0;

/// What handbooks show beyond what is written in them.
pub struct HandbookLook<'a> {
    pub id: IdShown,
    /// A file's content, or why it cannot be had: for photographs.
    pub read: &'a dyn Fn(&Evidence) -> std::result::Result<Vec<u8>, String>,
}

impl HandbookLook<'_> {
    /// The whole ID number, and a blank frame for the photograph.
    pub const PLAIN: Self = Self { id: IdShown::Full, read: &|_| Err(String::new()) };
}

/// How the ID number stands on the person's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdShown {
    Full,
    Masked,
}

/// A handbook and its years.
pub(super) type Book<'a> = (&'a Handbook, &'a [YearTotal]);

/// Whole handbooks, one section a person.
pub(super) struct Handbooks<'a> {
    pub people: &'a [Book<'a>],
    pub look: &'a HandbookLook<'a>,
}

impl Document for Handbooks<'_> {
    fn title(&self, _: &Context<'_>) -> String {
        match self.people {
            [(only, _)] => format!("{} 继续教育登记手册", only.person.name),
            _ => "继续教育登记手册".to_owned(),
        }
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        if self.people.is_empty() {
            return Err(Failure::refused(WHAT, "", "没有要打印的人员", "请先选择人员"));
        }
        let paper = Paper::a4(18.0, 13.0, 18.0, 22.0).bound();
        let each = self.people.iter().map(move |book| {
            let name = book.0.person.name.as_str();
            let foot = format!("{name}　继续教育登记手册");
            let foot = Foot { cover: true, ..Foot::new(&foot) };
            let mut section = section(context, WHAT, name, paper, foot, |flow| {
                whole(context, *book, self.look, flow)
            })?;
            // Printed on both sides, the next person's cover begins a new sheet.
            if self.people.len() > 1 && section.pages.len() % 2 == 1 {
                section.pages.push(Page::default());
            }
            Ok(section)
        });
        Ok(Box::new(each))
    }
}

fn whole(
    context: &Context<'_>,
    (handbook, years): Book<'_>,
    look: &HandbookLook<'_>,
    flow: &mut Flow,
) -> Result<()> {
    let lacks = lacking(WHAT, &handbook.person.name);
    cover(context, &handbook.person, flow).map_err(&lacks)?;
    flow.turn();
    particulars(context, &handbook.person, look, flow).map_err(&lacks)?;
    changes(context, handbook, flow)?;
    flow.turn();
    if years.is_empty() {
        let none = "尚无学习记录。";
        flow.paragraph(none, Weight::Plain, 12.0, Align::Left, 0.0, 1.6).map_err(&lacks)?;
    }
    years.iter().try_for_each(|total| year(context, handbook, total, flow))
}

/// One year of each handbook on sheets of its own, to be pasted into the paper book.
pub(super) struct YearSheets<'a> {
    pub people: &'a [Book<'a>],
    pub year: i32,
}

impl Document for YearSheets<'_> {
    fn title(&self, _: &Context<'_>) -> String {
        let year = self.year;
        match self.people {
            [(only, _)] => format!("{} 继续教育登记手册{year}年度登记页", only.person.name),
            _ => format!("继续教育登记手册{year}年度登记页"),
        }
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        const WHAT: &str = "打印年度登记页";
        if self.people.is_empty() {
            return Err(Failure::refused(WHAT, "", "没有要打印的人员", "请先选择人员"));
        }
        let wanted = self.year;
        let paper = Paper::a4(18.0, 13.0, 18.0, 22.0);
        let each = self.people.iter().map(move |(handbook, years)| {
            let person = &handbook.person;
            let Some(total) = years.iter().find(|total| total.year == wanted) else {
                let why = format!("{wanted}年没有学习记录");
                let remedy = "请核对年度，或把这个人排除在外";
                return Err(Failure::refused(WHAT, &person.name, why, remedy));
            };
            let foot = format!("{}　{wanted}年度登记页", person.name);
            section(context, WHAT, &person.name, paper, Foot::new(&foot), |flow| {
                let whose = whose(context, person);
                flow.paragraph(&whose, Weight::Plain, 10.5, Align::Left, 0.0, 1.8)
                    .map_err(lacking(WHAT, &person.name))?;
                flow.space(1.0 * MM);
                year(context, handbook, total, flow)
            })
        });
        Ok(Box::new(each))
    }
}

/// The line above a loose year: whose book it is pasted into.
fn whose(context: &Context<'_>, person: &Person) -> String {
    format!(
        "姓名：{}　　登记证书编号：{}　　工作单位：{}",
        person.name,
        match person.handbook_number.as_str() {
            "" => "　　　　　　",
            number => number,
        },
        context.workplace(person),
    )
}

fn cover(context: &Context<'_>, person: &Person, flow: &mut Flow) -> Result<(), Missing> {
    let (left, width) = (flow.paper.left, flow.paper.measure());
    let page = flow.page();
    let line = |y: f32, height: f32| (left, y * MM, width, height * MM);
    let whose = format!("{}专业技术人员", context.notice.province);
    put(page, &whose, (Weight::Strong, 26.0), Align::Centre, line(62.0, 14.0))?;
    put(page, "继续教育登记手册", (Weight::Strong, 36.0), Align::Centre, line(80.0, 18.0))?;
    let (x, width) = (left + 30.0 * MM, width - 60.0 * MM);
    let mut y = 165.0 * MM;
    for (label, value) in [
        ("姓　　名", person.name.as_str()),
        ("工作单位", context.workplace(person)),
        ("从事专业", &person.speciality),
        ("登记证书编号", &person.handbook_number),
    ] {
        y += field(page, (label, value), (x, y, width), 15.0)?;
    }
    Ok(())
}

/// The person, with the photograph or a frame for it.
fn particulars(
    context: &Context<'_>,
    person: &Person,
    look: &HandbookLook<'_>,
    flow: &mut Flow,
) -> Result<(), Missing> {
    flow.paragraph("基本情况", Weight::Strong, 16.0, Align::Centre, 0.0, 1.8)?;
    let grid = particulars_grid(context, person, look.id, flow.paper.measure())?;
    let (left, top) = (flow.left(), flow.y());
    flow.form(&grid);
    // A photograph that cannot be had leaves its frame blank: one is stuck on by hand.
    let bytes = person.photo.as_ref().and_then(|photo| (look.read)(photo).ok());
    if let Some(picture) = bytes.and_then(|bytes| Picture::read(&bytes)) {
        let (x, y, width, height) = grid.room(PHOTO);
        let edge = 1.0 * MM;
        let (width, height) = (width - 2.0 * edge, height - 2.0 * edge);
        flow.page().picture(&Arc::new(picture), left + x + edge, top + y + edge, width, height);
    }
    flow.space(5.0 * MM);
    Ok(())
}

/// What became of post and title, and below it what the handbook rests on.
fn changes(context: &Context<'_>, handbook: &Handbook, flow: &mut Flow) -> Result<()> {
    const BASIS: f32 = 9.0;
    const LEADING: f32 = 1.5;
    let lacks = lacking(WHAT, &handbook.person.name);
    let heading = "职务、职称变动";
    flow.paragraph(heading, Weight::Strong, 13.0, Align::Centre, 0.0, 1.8).map_err(&lacks)?;
    let basis = basis(context);
    // Three lines of it and the space above.
    let below = if basis.is_some() { 3.0 * MM + 3.0 * BASIS * LEADING } else { 0.0 };
    career::table(context, WHAT, handbook, below, flow)?;
    if let Some(basis) = basis {
        flow.space(3.0 * MM);
        flow.paragraph(&basis, Weight::Plain, BASIS, Align::Left, 0.0, LEADING).map_err(&lacks)?;
    }
    Ok(())
}

/// Which of the particulars' cells is the photograph's.
const PHOTO: usize = 4;

fn particulars_grid(
    context: &Context<'_>,
    person: &Person,
    id: IdShown,
    measure: f32,
) -> Result<Grid, Missing> {
    let date = |date: Option<chrono::NaiveDate>| date.map(day).unwrap_or_default();
    let (born, employed) = (date(person.birth_date), date(person.employed));
    let titled = date(person.title_date);
    let id = match id {
        IdShown::Full => person.id_number.to_string(),
        IdShown::Masked => person.id_number.masked(),
    };
    let label = |text| Cell::new(text, 10.5);
    let value = |text| Cell::new(text, 10.5);
    let rows = vec![
        vec![
            label("姓名"),
            value(&person.name),
            label("性别"),
            value(&person.sex),
            Cell::new(if person.photo.is_some() { "" } else { "照片" }, 10.5).over(1, 4),
        ],
        vec![label("出生日期"), value(&born), label("参加工作"), value(&employed)],
        vec![label("身份证号"), value(&id).over(3, 1)],
        vec![label("学历"), value(&person.education), label("学位"), value(&person.degree)],
        vec![label("工作单位"), value(context.workplace(person)).over(4, 1)],
        vec![
            label("科室"),
            value(&person.section),
            label("联系电话"),
            value(&person.phone).over(2, 1),
        ],
        vec![label("现职称"), value(&person.title), label("取得日期"), value(&titled).over(2, 1)],
        vec![
            label("系列"),
            value(&person.series),
            label("从事专业"),
            value(&person.speciality).over(2, 1),
        ],
        vec![label("登记证书编号"), value(&person.handbook_number).over(4, 1)],
        vec![label("备注"), value(&person.note).left().over(4, 1)],
    ];
    let columns = [0.16, 0.26, 0.16, 0.24, 0.18].map(|part| part * measure);
    let mut heights = vec![10.5 * MM; rows.len() - 1];
    heights.push(16.0 * MM);
    Grid::new(&columns, &rows, &heights)
}

/// Widths of the columns in millimetres: 175 in all.
const COLUMNS: [f32; 11] = [7.0, 28.0, 14.0, 9.0, 21.0, 17.5, 27.5, 9.5, 16.5, 12.5, 12.5];
const HEADS: [&str; 11] = [
    "序号",
    "内容",
    "形式",
    "科目",
    "起止时间",
    "主办单位",
    "学时（算式）",
    "考核结果",
    "证书编号",
    "证明材料",
    "登记人",
];

/// A line of a year's table.
enum Line<'a> {
    Credit(usize, &'a RecordCredit),
    None,
    Total,
}

fn year(
    context: &Context<'_>,
    handbook: &Handbook,
    total: &YearTotal,
    flow: &mut Flow,
) -> Result<()> {
    let name = handbook.person.name.as_str();
    let lacks = lacking(WHAT, name);
    let notice = context.notice;
    let columns = COLUMNS.map(|width| width * MM);
    // The year stands in the header, so that it is said again on every page.
    let heading = format!("{}年度", total.year);
    let above = vec![Cell::new(&heading, 12.0).strong().over(COLUMNS.len(), 1)];
    let below = HEADS.map(|head| Cell::new(head, SIZE)).to_vec();
    let header = Grid::new(&columns, &[above, below], &[8.0 * MM]).map_err(&lacks)?;
    let mut lines: Vec<Line<'_>> =
        (1..).zip(&total.credits).map(|(number, credit)| Line::Credit(number, credit)).collect();
    if lines.is_empty() {
        lines.push(Line::None);
    }
    lines.push(Line::Total);
    flow.table(&header, lines, |line| {
        let grid = match line {
            Line::None => {
                let cells = vec![Cell::new("本年度无学习记录", SIZE).over(COLUMNS.len(), 1)];
                Grid::new(&columns, &[cells], &[8.0 * MM])
            }
            Line::Total => {
                let text = sheet::totals(notice, total);
                let cells = vec![
                    Cell::new("本年度合计", SIZE).strong().over(2, 1),
                    Cell::new(&text, SIZE).left().over(COLUMNS.len() - 2, 1),
                ];
                Grid::new(&columns, &[cells], &[8.0 * MM])
            }
            Line::Credit(number, credit) => line_grid(context, handbook, number, credit, &columns),
        };
        grid.map_err(&lacks)
    })?;
    let review = handbook.reviews.iter().find(|review| review.year == total.year);
    let boxes = boxes(review, flow.paper.measure()).map_err(&lacks)?;
    flow.form(&boxes);
    flow.space(7.0 * MM);
    Ok(())
}

fn line_grid(
    context: &Context<'_>,
    handbook: &Handbook,
    number: usize,
    credit: &RecordCredit,
    columns: &[f32],
) -> Result<Grid, Missing> {
    let notice = context.notice;
    let record = sheet::record(handbook, credit);
    let activity = record.map(|record| &record.activity);
    let number = number.to_string();
    let form = sheet::form_name(notice, credit.form);
    let period = record.map(sheet::period).unwrap_or_default();
    let arithmetic = sheet::arithmetic(credit);
    let evidence = sheet::evidence(credit);
    // Signed by hand; whoever taught may have entered the line into the paper book already (B2-09).
    let in_paper = activity.is_some_and(|activity| activity.in_paper_handbook == Some(true));
    let registrar = if in_paper { "已登纸质手册" } else { "" };
    let organiser = activity.map_or("", |activity| &activity.organiser);
    let assessment = activity.and_then(|activity| activity.assessment.as_deref()).unwrap_or("");
    let certificate =
        activity.and_then(|activity| activity.certificate_number.as_deref()).unwrap_or("");
    let cells = vec![
        Cell::new(&number, SIZE),
        Cell::new(&credit.title, SIZE).left(),
        Cell::new(&form, SIZE),
        Cell::new(notice.subject_name(&credit.subject), SIZE),
        Cell::new(&period, SIZE),
        Cell::new(organiser, SIZE).left(),
        Cell::new(&arithmetic, SIZE).left(),
        Cell::new(assessment, SIZE),
        Cell::new(certificate, SIZE),
        Cell::new(&evidence, SIZE),
        Cell::new(registrar, SIZE),
    ];
    Grid::new(columns, &[cells], &[8.0 * MM])
}

/// The two boxes under a year (B2-11); what was recorded stands in them, signature and seal are
/// put by hand.
fn boxes(review: Option<&YearReview>, measure: f32) -> Result<Grid, Missing> {
    let unit = review.and_then(|review| review.unit.as_ref());
    let department = review.and_then(|review| review.department.as_ref());
    let unit = opinion("单位审核意见", "审核人", unit);
    let department = opinion("主管部门确认意见", "确认人", department);
    let cells =
        vec![Cell::new(&unit, 10.0).left().top(), Cell::new(&department, 10.0).left().top()];
    Grid::new(&[measure / 2.0, measure / 2.0], &[cells], &[30.0 * MM])
}

pub(super) fn opinion(head: &str, who: &str, by: Option<&Vouched>) -> String {
    match by {
        Some(vouched) => format!(
            "{head}：{}\n\n\n{who}：{}　　　（盖章）\n{}",
            vouched.reason,
            vouched.by,
            day(vouched.at)
        ),
        None => {
            format!("{head}：\n\n\n{who}：　　　　　　　（盖章）\n　　　　　　　　年　　月　　日")
        }
    }
}
