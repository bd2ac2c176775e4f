//! 缺材料通知单: one page to a person, saying which papers and which hours are still wanted, with a slip
//! that comes back signed. Who lacks nothing gets none.

use super::checklist::{self, Item};
use super::furniture::{Foot, day, lacking, put, section};
use super::layout::{Align, Cell, Flow, Grid, MM, Missing, Page, Paper, Pen, Sections, Weight};
use super::{Context, Document};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Handbook, YearTotal};
use crate::notice::Hours;

const WHAT: &str = "生成缺材料通知单";
const SIZE: f32 = 10.5;
/// Widths of the columns in millimetres: 170 in all.
const COLUMNS: [f32; 6] = [10.0, 19.0, 15.0, 62.0, 50.0, 14.0];
const HEADS: [&str; 6] = ["序号", "年度", "科目", "学习内容", "请补交", "已交"];

/// Whether a person gets a notice: papers or hours are wanted in the span.
pub(super) fn wanted(context: &Context<'_>, handbook: &Handbook, result: &ApplicantResult) -> bool {
    !short(context, result).is_empty()
        || checklist::items(context, handbook, result).iter().any(|item| !item.missing.is_empty())
}

const TITLE: &str = "继续教育缺材料通知单";

/// To these people, one section each in the order given; those who lack nothing are passed over.
pub(super) struct Notices<'a>(pub &'a [(&'a Handbook, &'a ApplicantResult)]);

impl Document for Notices<'_> {
    fn title(&self, _: &Context<'_>) -> String {
        TITLE.to_owned()
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        let paper = Paper::a4(22.0, 20.0, 20.0, 20.0);
        let wanted = self.0.iter().filter(|(handbook, result)| wanted(context, handbook, result));
        let mut wanted = wanted.peekable();
        if wanted.peek().is_none() {
            return Err(Failure::refused(WHAT, "", "没有缺材料、缺学时的人", "不用打印"));
        }
        let sections = wanted.map(move |(handbook, result)| {
            let name = result.person.name.as_str();
            let foot = format!("{name}　缺材料通知单");
            section(context, WHAT, name, paper, Foot::new(&foot), |flow| {
                notice(context, handbook, result, flow)
            })
        });
        Ok(Box::new(sections))
    }
}

fn notice(
    context: &Context<'_>,
    handbook: &Handbook,
    result: &ApplicantResult,
    flow: &mut Flow,
) -> Result<()> {
    let lacks = lacking(WHAT, &result.person.name);
    flow.paragraph(TITLE, Weight::Strong, 22.0, Align::Centre, 0.0, 1.8).map_err(&lacks)?;
    words(context, result, flow).map_err(&lacks)?;
    let mut items: Vec<Item<'_>> = checklist::items(context, handbook, result);
    items.retain(|item| !item.missing.is_empty());
    if !items.is_empty() {
        flow.space(2.0 * MM);
        let columns = COLUMNS.map(|width| width * MM);
        let heads = HEADS.map(|head| Cell::new(head, SIZE)).to_vec();
        let header = Grid::new(&columns, &[heads], &[8.0 * MM]).map_err(&lacks)?;
        flow.table(&header, items.iter().zip(1..), |(item, number): (_, usize)| {
            let number = number.to_string();
            let missing = item.missing.replace('、', "\n");
            let cells = vec![
                Cell::new(&number, SIZE),
                Cell::new(&item.year, SIZE),
                Cell::new(&item.subject, SIZE),
                Cell::new(&item.title, SIZE).left(),
                Cell::new(&missing, SIZE).left(),
                Cell::new("□", 14.0),
            ];
            Grid::new(&columns, &[cells], &[9.0 * MM]).map_err(&lacks)
        })?;
    }
    hours(context, result, flow)?;
    flow.space(6.0 * MM);
    let sign = format!("{}　　　　\n{}　　　　", context.unit.name, day(context.date));
    flow.need(3.0 * 12.0 * 1.7);
    flow.paragraph(&sign, Weight::Plain, 12.0, Align::Right, 0.0, 1.7).map_err(&lacks)?;
    slip(result, flow).map_err(&lacks)
}

fn words(context: &Context<'_>, result: &ApplicantResult, flow: &mut Flow) -> Result<(), Missing> {
    let (applicant, span) = (&result.applicant, result.span);
    let workplace = context.workplace(&result.person);
    let to = format!("{}同志（{workplace}）：", result.person.name);
    flow.paragraph(&to, Weight::Plain, 12.0, Align::Left, 0.0, 1.8)?;
    let contact = match (context.unit.contact.as_str(), context.unit.phone.as_str()) {
        ("", "") => "经办人".to_owned(),
        (contact, "") => contact.to_owned(),
        ("", phone) => format!("经办人（电话{phone}）"),
        (contact, phone) => format!("{contact}（电话{phone}）"),
    };
    let text = format!(
        "你申报{}年度{}职称（{}专业），须有{}年至{}年的继续教育学时和证明材料。经核对，\
         还缺下列各项，请于　　　　年　　月　　日前交到{contact}；逾期未交的，\
         相应的学时不能计入。",
        applicant.campaign,
        applicant.level,
        applicant.speciality.trim_end_matches("专业"),
        span.first,
        span.last,
    );
    flow.paragraph(&text, Weight::Plain, 12.0, Align::Justify, 2.0, 1.8)
}

/// A year that falls short even with all its papers, and by how much in each subject and in all.
struct Short<'a> {
    total: Option<&'a YearTotal>,
    year: i32,
    lacking: Vec<Hours>,
}

fn short<'a>(context: &Context<'_>, result: &'a ApplicantResult) -> Vec<Short<'a>> {
    let notice = context.notice;
    let years = result.span.years().map(|year| {
        let total = result.years.iter().find(|total| total.year == year);
        let of = |subject| total.and_then(|total| total.hours.get(subject)).copied();
        let mut lacking: Vec<Hours> = notice
            .subjects
            .iter()
            .map(|subject| of(&subject.id).unwrap_or_default().short_of(subject.minimum))
            .collect();
        let all = total.map(|total| total.total).unwrap_or_default();
        lacking.push(all.short_of(notice.annual.total));
        Short { total, year, lacking }
    });
    // A year that the ledger takes as met lacks nothing, whatever its minima say.
    years
        .filter(|short| !short.total.is_some_and(|total| total.met))
        .filter(|short| short.lacking.iter().any(|hours| !hours.is_zero()))
        .collect()
}

/// Which years fall short even when every paper is there.
fn hours(context: &Context<'_>, result: &ApplicantResult, flow: &mut Flow) -> Result<()> {
    let lacks = lacking(WHAT, &result.person.name);
    let short = short(context, result);
    if short.is_empty() {
        return Ok(());
    }
    flow.space(3.0 * MM);
    let text = "下列年度即使材料补齐，学时也还不够，请补报已参加而没有登记的学习：";
    flow.need(22.0 * MM);
    flow.paragraph(text, Weight::Plain, 12.0, Align::Left, 2.0, 1.8).map_err(&lacks)?;
    let subjects = &context.notice.subjects;
    let wide = flow.paper.measure() / (subjects.len() + 2) as f32;
    let columns = vec![wide; subjects.len() + 2];
    let heads: Vec<String> = std::iter::once("年度".to_owned())
        .chain(subjects.iter().map(|subject| format!("{}还差", subject.name)))
        .chain(["总学时还差".to_owned()])
        .collect();
    let heads = heads.iter().map(|head| Cell::new(head, SIZE)).collect();
    let header = Grid::new(&columns, &[heads], &[8.0 * MM]).map_err(&lacks)?;
    flow.table(&header, short, |short| {
        let mut texts = vec![short.year.to_string()];
        texts.extend(short.lacking.iter().map(|hours| match hours.is_zero() {
            true => "—".to_owned(),
            false => hours.to_string(),
        }));
        let cells = texts.iter().map(|text| Cell::new(text, SIZE)).collect();
        Grid::new(&columns, &[cells], &[8.0 * MM]).map_err(&lacks)
    })
}

/// The slip to be cut off and handed back.
fn slip(result: &ApplicantResult, flow: &mut Flow) -> Result<(), Missing> {
    const HIGH: f32 = 46.0 * MM;
    flow.need(HIGH);
    flow.space((flow.room() - HIGH).max(0.0));
    let (paper, left, y) = (flow.paper, flow.left(), flow.y() + 4.0 * MM);
    let page: &mut Page = flow.page();
    page.rule((0.0, y), (paper.width, y), Pen::CUT);
    let line = |row: f32| (left, y + (3.0 + 10.0 * row) * MM, paper.measure(), 10.0 * MM);
    put(page, "回　执", (Weight::Strong, 14.0), Align::Centre, line(0.0))?;
    let plain = (Weight::Plain, 12.0);
    let text = "已收到《继续教育缺材料通知单》，将按时补交。";
    put(page, text, plain, Align::Left, line(1.0))?;
    let name = format!("姓名：{}", result.person.name);
    put(page, &name, plain, Align::Left, line(1.9))?;
    let sign = "本人签名：　　　　　　　　　　　　　　日期：　　　　年　　月　　日";
    put(page, sign, plain, Align::Left, line(2.8))?;
    flow.space(HIGH);
    Ok(())
}
