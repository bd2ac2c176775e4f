//! 材料清单: what lies in a person's evidence bag, year by year, with boxes to tick; sorted as the
//! evidence in the package is.

use super::furniture::{lacking, page_number, stamp};
use super::layout::{Align, Cell, Colophon, Flow, Grid, MM, Paper, Section, Weight, write};
use super::{Context, year_sheet as sheet};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Attachment, Handbook, RecordId};
use std::collections::BTreeSet;

const WHAT: &str = "生成材料清单";
const SIZE: f32 = 10.0;
/// Widths of the columns in millimetres: 177 in all.
const COLUMNS: [f32; 7] = [9.0, 14.0, 13.0, 48.0, 53.0, 28.0, 12.0];
const HEADS: [&str; 7] = ["序号", "年度", "科目", "学习内容", "已有材料", "缺少材料", "核对"];

/// One line: what is there and what is missing.
pub(super) struct Item {
    pub year: String,
    pub subject: String,
    pub title: String,
    pub have: String,
    /// Empty: nothing.
    pub missing: String,
}

/// One section a person.
pub(super) fn pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &ApplicantResult)],
) -> Result<Vec<u8>> {
    if people.is_empty() {
        return Err(Failure::refused(WHAT, "", "没有要打印的参评人员", "请先登记参评人员"));
    }
    let paper = Paper::a4(18.0, 15.0, 18.0, 18.0);
    let mut sections = Vec::with_capacity(people.len());
    for (handbook, result) in people {
        let person = &result.person;
        let lacks = lacking(WHAT, &person.name);
        let mut flow = Flow::new(paper);
        flow.paragraph("继续教育证明材料清单", Weight::Strong, 20.0, Align::Centre, 0.0, 1.5)
            .map_err(&lacks)?;
        let head = format!(
            "姓名：{}　　申报级别：{}　　申报专业：{}　　认定年度：{}年至{}年\n工作单位：{}",
            person.name,
            result.applicant.level,
            result.applicant.speciality,
            result.span.first,
            result.span.last,
            context.workplace(person),
        );
        flow.paragraph(&head, Weight::Plain, 10.5, Align::Left, 0.0, 1.6).map_err(&lacks)?;
        flow.space(2.0 * MM);
        let columns = COLUMNS.map(|width| width * MM);
        let heads = HEADS.map(|head| Cell::new(head, SIZE)).to_vec();
        let header = Grid::new(&columns, &[heads], &[8.0 * MM]).map_err(&lacks)?;
        let items = items(context, handbook, result);
        flow.table(&header, items.iter().zip(1..), |(item, number): (_, usize)| {
            let number = number.to_string();
            let cells = vec![
                Cell::new(&number, SIZE),
                Cell::new(&item.year, SIZE),
                Cell::new(&item.subject, SIZE),
                Cell::new(&item.title, SIZE).left(),
                Cell::new(&item.have, SIZE).left(),
                Cell::new(&item.missing, SIZE).left(),
                Cell::new("□", 14.0),
            ];
            Grid::new(&columns, &[cells], &[9.0 * MM]).map_err(&lacks)
        })?;
        flow.space(6.0 * MM);
        let sign = "经办人：　　　　　　　　　　核对人：　　　　　　　　　　核对日期：　　　　年　　月　　日";
        flow.paragraph(sign, Weight::Plain, 10.5, Align::Left, 0.0, 1.6).map_err(&lacks)?;
        let foot = format!("{}　材料清单", person.name);
        let pages = flow
            .finish(|page, paper, number, count| {
                stamp(page, context.draft)?;
                page_number(page, paper, &foot, number, count)
            })
            .map_err(&lacks)?;
        sections.push(Section { label: person.name.clone(), paper, pages });
    }
    let title = "继续教育证明材料清单";
    write(&Colophon { title, author: &context.unit.name, date: context.date }, sections)
}

/// The lines of a person's span, in the order in which the evidence lies in a package.
pub(super) fn items(
    context: &Context<'_>,
    handbook: &Handbook,
    result: &ApplicantResult,
) -> Vec<Item> {
    let notice = context.notice;
    let mut items = Vec::new();
    for slip in &handbook.slips {
        let have = files(context, slip.attachments.iter());
        let missing = if have.is_empty() { "认定单".to_owned() } else { String::new() };
        items.push(Item {
            year: format!("{}—{}", slip.first_year, slip.last_year),
            subject: "全部".to_owned(),
            title: format!("学时（分）认定单 {}", slip.number),
            have,
            missing,
        });
    }
    let mut seen: BTreeSet<RecordId> = BTreeSet::new();
    for total in result.years.iter().filter(|total| result.span.contains(total.year)) {
        for deemed in handbook.deemed.iter().filter(|deemed| deemed.year == total.year) {
            let subject = deemed.subject.as_ref();
            let have = files(context, deemed.attachments.iter());
            items.push(Item {
                year: total.year.to_string(),
                subject: subject.map_or("全部", |subject| notice.subject_name(subject)).to_owned(),
                title: format!("视同：{}", deemed.reason),
                missing: if have.is_empty() { "证明材料".to_owned() } else { String::new() },
                have,
            });
        }
        // Years on a slip need no other proof.
        if !total.slips.is_empty() {
            continue;
        }
        for credit in &total.credits {
            let Some(record) = sheet::record(handbook, credit) else { continue };
            if !seen.insert(credit.record) {
                continue;
            }
            items.push(Item {
                year: total.year.to_string(),
                subject: notice.subject_name(&credit.subject).to_owned(),
                title: credit.title.clone(),
                have: files(context, record.all_attachments()),
                missing: credit.missing.join("、"),
            });
        }
    }
    items
}

/// `□ 培训通知　□ 签到表（已盖章）`
fn files<'a>(context: &Context<'_>, attachments: impl Iterator<Item = &'a Attachment>) -> String {
    let named = attachments.map(|file| {
        let slot = context.notice.slot(&file.slot).map_or(file.slot.0.as_str(), |slot| &slot.name);
        format!("□ {slot}{}", if file.stamped { "（已盖章）" } else { "" })
    });
    named.collect::<Vec<_>>().join("\n")
}
