//! 合格证书登记册: who has a prepared certificate, with room for the number the bureau gives and for the
//! signature of whoever fetches it. It stays in the unit and bears no ID numbers.

use super::furniture::{Foot, day, lacking, only, section};
use super::layout::{Align, Cell, Flow, Grid, MM, Paper, Sections, Weight};
use super::{Context, Document};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Verdict};

const WHAT: &str = "生成合格证书登记册";
const SIZE: f32 = 10.0;
/// Widths of the columns in millimetres: 269 in all.
const COLUMNS: [f32; 11] = [10.0, 27.0, 48.0, 23.0, 30.0, 13.0, 25.0, 26.0, 27.0, 20.0, 20.0];
const HEADS: [&str; 11] = [
    "序号",
    "姓名",
    "工作单位",
    "现职称",
    "申报专业",
    "级别",
    "认定年度",
    "登记证书编号",
    "合格证书编号",
    "领取日期",
    "领取人",
];

/// Of these people, numbered as their certificates are.
pub(super) struct Register<'a>(pub &'a [&'a ApplicantResult]);

impl Document for Register<'_> {
    fn title(&self, context: &Context<'_>) -> String {
        let campaign = self.0.first().map(|result| result.applicant.campaign);
        let campaign = campaign.unwrap_or(context.notice.campaign_year);
        format!("{campaign}年度继续教育合格证书登记册")
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        if self.0.is_empty() {
            return Err(Failure::refused(
                WHAT,
                "",
                "没有学时达标的参评人员",
                "请先完成体检，补齐学时和材料",
            ));
        }
        if let Some(unmet) = self.0.iter().find(|result| result.verdict != Verdict::Met) {
            return Err(Failure::refused(
                WHAT,
                &unmet.person.name,
                "认定起止年度内的学时或材料未达标，没有合格证书",
                "请把未达标的人员排除在外",
            ));
        }
        let title = self.title(context);
        let paper = Paper::a4_landscape(16.0, 14.0, 16.0, 14.0);
        let all = section(context, WHAT, &title, paper, Foot::new(&title), |flow| {
            lines(context, self.0, &title, flow)
        });
        Ok(only(all))
    }
}

fn lines(
    context: &Context<'_>,
    results: &[&ApplicantResult],
    title: &str,
    flow: &mut Flow,
) -> Result<()> {
    let plain = lacking(WHAT, &context.unit.name);
    flow.paragraph(title, Weight::Strong, 20.0, Align::Centre, 0.0, 1.6).map_err(&plain)?;
    let head = format!(
        "单位：{}　　经办人：{}　　打印日期：{}　　共{}人",
        context.unit.name,
        context.filled_by,
        day(context.date),
        results.len(),
    );
    flow.paragraph(&head, Weight::Plain, 10.5, Align::Left, 0.0, 1.8).map_err(&plain)?;
    let columns = COLUMNS.map(|width| width * MM);
    let heads = HEADS.map(|head| Cell::new(head, SIZE)).to_vec();
    let header = Grid::new(&columns, &[heads], &[9.0 * MM]).map_err(&plain)?;
    flow.table(&header, results.iter().zip(1..), |(result, number): (_, usize)| {
        let person = &result.person;
        let span = format!("{}—{}", result.span.first, result.span.last);
        let number = number.to_string();
        let issued = result.applicant.issued.as_ref().map_or("", |it| it.number.as_str());
        let cells = vec![
            Cell::new(&number, SIZE),
            Cell::new(&person.name, SIZE),
            Cell::new(context.workplace(person), SIZE).left(),
            Cell::new(&person.title, SIZE),
            Cell::new(&result.applicant.speciality, SIZE),
            Cell::new(&result.applicant.level, SIZE),
            Cell::new(&span, SIZE),
            Cell::new(&person.handbook_number, SIZE),
            Cell::new(issued, SIZE),
            Cell::new("", SIZE),
            Cell::new("", SIZE),
        ];
        Grid::new(&columns, &[cells], &[10.0 * MM]).map_err(lacking(WHAT, &person.name))
    })?;
    flow.space(3.0 * MM);
    let note = "合格证书编号由人社部门核发后填写；未签发前，证书只是预填。";
    flow.paragraph(note, Weight::Plain, 9.0, Align::Left, 0.0, 1.5).map_err(&plain)
}
