//! 材料清单: what lies in a person's evidence bag, year by year, with boxes to tick; sorted as the
//! evidence in the package is.

use super::furniture::{Foot, lacking, section};
use super::layout::{Align, Cell, Flow, Grid, MM, Paper, Sections, Weight};
use super::{Context, Document, year_sheet as sheet};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Attachment, Handbook, RecordId, YearTotal};
use crate::notice::Notice;
use std::collections::BTreeSet;

const WHAT: &str = "生成材料清单";
const SIZE: f32 = 10.0;
/// Widths of the columns in millimetres: 177 in all.
const COLUMNS: [f32; 7] = [9.0, 14.0, 13.0, 48.0, 53.0, 28.0, 12.0];
const HEADS: [&str; 7] = ["序号", "年度", "科目", "学习内容", "已有材料", "缺少材料", "核对"];

/// One line: what is there and what is missing.
pub(super) struct Item<'a> {
    pub year: String,
    pub subject: String,
    pub title: String,
    pub files: Vec<&'a Attachment>,
    /// Empty: nothing.
    pub missing: String,
}

const TITLE: &str = "继续教育证明材料清单";

/// Of these people, one section each.
pub(super) struct Checklists<'a>(pub &'a [(&'a Handbook, &'a ApplicantResult)]);

impl Document for Checklists<'_> {
    fn title(&self, _: &Context<'_>) -> String {
        TITLE.to_owned()
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        if self.0.is_empty() {
            return Err(Failure::refused(WHAT, "", "没有要打印的参评人员", "请先登记参评人员"));
        }
        let paper = Paper::a4(18.0, 15.0, 18.0, 18.0);
        let each = self.0.iter().map(move |(handbook, result)| {
            let name = result.person.name.as_str();
            let foot = format!("{name}　材料清单");
            section(context, WHAT, name, paper, Foot::new(&foot), |flow| {
                list(context, handbook, result, flow)
            })
        });
        Ok(Box::new(each))
    }
}

fn list(
    context: &Context<'_>,
    handbook: &Handbook,
    result: &ApplicantResult,
    flow: &mut Flow,
) -> Result<()> {
    let person = &result.person;
    let lacks = lacking(WHAT, &person.name);
    flow.paragraph(TITLE, Weight::Strong, 20.0, Align::Centre, 0.0, 1.5).map_err(&lacks)?;
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
        let (number, have) = (number.to_string(), ticked(context.notice, &item.files));
        let cells = vec![
            Cell::new(&number, SIZE),
            Cell::new(&item.year, SIZE),
            Cell::new(&item.subject, SIZE),
            Cell::new(&item.title, SIZE).left(),
            Cell::new(&have, SIZE).left(),
            Cell::new(&item.missing, SIZE).left(),
            Cell::new("□", 14.0),
        ];
        Grid::new(&columns, &[cells], &[9.0 * MM]).map_err(&lacks)
    })?;
    flow.space(6.0 * MM);
    let sign =
        "经办人：　　　　　　　　　　核对人：　　　　　　　　　　核对日期：　　　　年　　月　　日";
    flow.paragraph(sign, Weight::Plain, 10.5, Align::Left, 0.0, 1.6).map_err(&lacks)
}

/// The lines of a person's span, in the order in which the evidence lies in a package.
pub(super) fn items<'a>(
    context: &Context<'_>,
    handbook: &'a Handbook,
    result: &ApplicantResult,
) -> Vec<Item<'a>> {
    let within: Vec<&YearTotal> =
        result.years.iter().filter(|total| result.span.contains(total.year)).collect();
    items_of(context, handbook, &within)
}

/// The lines of some years: the prior slips first, then year after year.
pub(super) fn items_of<'a>(
    context: &Context<'_>,
    handbook: &'a Handbook,
    years: &[&YearTotal],
) -> Vec<Item<'a>> {
    let notice = context.notice;
    let mut items = Vec::new();
    for slip in &handbook.slips {
        let files = told_once(slip.attachments.iter());
        let missing = if files.is_empty() { "认定单" } else { "" };
        items.push(Item {
            year: format!("{}—{}", slip.first_year, slip.last_year),
            subject: "全部".to_owned(),
            title: format!("学时（分）认定单 {}", slip.number),
            files,
            missing: missing.to_owned(),
        });
    }
    let mut seen: BTreeSet<RecordId> = BTreeSet::new();
    for total in years {
        for deemed in handbook.deemed.iter().filter(|deemed| deemed.year == total.year) {
            let subject = deemed.subject.as_ref();
            let files = told_once(deemed.attachments.iter());
            let missing = if files.is_empty() { "证明材料" } else { "" };
            items.push(Item {
                year: total.year.to_string(),
                subject: subject.map_or("全部", |subject| notice.subject_name(subject)).to_owned(),
                title: format!("视同：{}", deemed.reason),
                files,
                missing: missing.to_owned(),
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
                files: told_once(record.all_attachments()),
                missing: credit.missing.join("、"),
            });
        }
    }
    items
}

/// A file that proves the same thing twice, by the record and by its 班次, is told once.
fn told_once<'a>(files: impl Iterator<Item = &'a Attachment>) -> Vec<&'a Attachment> {
    let mut seen = BTreeSet::new();
    files.filter(|file| seen.insert((&file.slot, &file.evidence.sha256))).collect()
}

/// `培训通知（已盖章）`
pub(super) fn named(notice: &Notice, file: &Attachment) -> String {
    let slot = notice.slot(&file.slot).map_or(file.slot.0.as_str(), |slot| &slot.name);
    format!("{slot}{}", if file.stamped { "（已盖章）" } else { "" })
}

/// `□ 培训通知　□ 签到表（已盖章）`
fn ticked(notice: &Notice, files: &[&Attachment]) -> String {
    let named = files.iter().map(|file| format!("□ {}", named(notice, file)));
    named.collect::<Vec<_>>().join("\n")
}
