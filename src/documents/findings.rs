//! 体检报告: what the pre-flight check found, person after person, to hand to colleagues. It bears no ID
//! numbers.

use super::furniture::{Foot, day, lacking, only, section};
use super::layout::{Align, Cell, Flow, Grid, MM, Missing, Paper, Sections, Weight};
use super::{Context, Document};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, CampaignReport, Finding, Severity, Stage, Verdict};

const WHAT: &str = "生成体检报告";
const SIZE: f32 = 9.5;
/// Widths of the columns in millimetres: 178 in all.
const COLUMNS: [f32; 6] = [9.0, 17.0, 13.0, 67.0, 49.0, 23.0];
const HEADS: [&str; 6] = ["序号", "轻重", "年度", "问题", "怎么办", "依据"];

/// The whole campaign's findings; applicants in the order given, the withdrawn left out.
pub(super) struct Findings<'a>(pub &'a CampaignReport);

impl Document for Findings<'_> {
    fn title(&self, _: &Context<'_>) -> String {
        format!("{}年度职称参评人员继续教育体检报告", self.0.campaign)
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        let title = self.title(context);
        let paper = Paper::a4(16.0, 15.0, 16.0, 17.0);
        let all = section(context, WHAT, &title, paper, Foot::new(&title), |flow| {
            found(context, self.0, &title, flow)
        });
        Ok(only(all))
    }
}

fn found(
    context: &Context<'_>,
    report: &CampaignReport,
    title: &str,
    flow: &mut Flow,
) -> Result<()> {
    let applicants: Vec<&ApplicantResult> =
        report.applicants.iter().filter(|result| result.stage != Stage::Withdrawn).collect();
    if applicants.is_empty() {
        return Err(Failure::refused(WHAT, "", "没有参评人员", "请先登记参评人员"));
    }
    head(context, report, &applicants, title, flow).map_err(lacking(WHAT, &context.unit.name))?;
    let columns = COLUMNS.map(|width| width * MM);
    for (at, result) in applicants.iter().enumerate() {
        let lacks = lacking(WHAT, &result.person.name);
        flow.space(4.0 * MM);
        let mut found: Vec<&Finding> = result.findings.iter().collect();
        found.sort_by_key(|finding| (weight(finding), finding.year));
        // The person's line is the header of the person's table: overleaf it is said again.
        let who = who(at + 1, result);
        let above = vec![Cell::new(&who, 10.5).strong().left().over(COLUMNS.len(), 1)];
        if found.is_empty() {
            let none = vec![Cell::new("没有发现问题。", SIZE).left().over(COLUMNS.len(), 1)];
            flow.form(&Grid::new(&columns, &[above, none], &[8.0 * MM]).map_err(&lacks)?);
            continue;
        }
        let below = HEADS.map(|head| Cell::new(head, SIZE)).to_vec();
        let header = Grid::new(&columns, &[above, below], &[7.0 * MM]).map_err(&lacks)?;
        flow.table(&header, found.iter().zip(1..), |(finding, number): (_, usize)| {
            let (number, year) = (number.to_string(), year(finding));
            let cells = vec![
                Cell::new(&number, SIZE),
                Cell::new(word(finding), SIZE),
                Cell::new(&year, SIZE),
                Cell::new(&finding.message, SIZE).left(),
                Cell::new(&finding.fix, SIZE).left(),
                Cell::new(&finding.clause, 9.0),
            ];
            Grid::new(&columns, &[cells], &[8.0 * MM]).map_err(&lacks)
        })?;
    }
    Ok(())
}

fn head(
    context: &Context<'_>,
    report: &CampaignReport,
    applicants: &[&ApplicantResult],
    title: &str,
    flow: &mut Flow,
) -> Result<(), Missing> {
    flow.paragraph(title, Weight::Strong, 20.0, Align::Centre, 0.0, 1.6)?;
    let line = format!("{}　　{}", context.unit.name, day(context.date));
    flow.paragraph(&line, Weight::Plain, 10.5, Align::Centre, 0.0, 1.8)?;
    let count = |verdict| applicants.iter().filter(|result| result.verdict == verdict).count();
    let ready = if report.ready { "可以报送" } else { "还不能报送" };
    let text = format!(
        "参评{}人：达标{}人，学时不足{}人，有问题待解决{}人；{ready}。\
         报送截止{}（最后一个工作日{}）。",
        applicants.len(),
        count(Verdict::Met),
        count(Verdict::Short),
        count(Verdict::Blocked),
        day(report.deadline),
        day(report.last_working_day),
    );
    flow.paragraph(&text, Weight::Plain, 10.5, Align::Left, 0.0, 1.6)
}

/// `1　张㛃　副高　内科护理　2015—2019年　达标`
fn who(number: usize, result: &ApplicantResult) -> String {
    let (applicant, span) = (&result.applicant, result.span);
    format!(
        "{number}　{}　{}　{}　{}—{}年　{}",
        result.person.name,
        applicant.level,
        applicant.speciality,
        span.first,
        span.last,
        result.verdict.name()
    )
}

/// What must be solved first.
fn weight(finding: &Finding) -> (bool, Severity) {
    (finding.overridden, finding.severity)
}

fn word(finding: &Finding) -> &'static str {
    match finding.severity {
        _ if finding.overridden => "已放过",
        Severity::Block => "须解决",
        Severity::Warn => "请核对",
        Severity::Info => "提示",
    }
}

fn year(finding: &Finding) -> String {
    finding.year.map_or_else(|| "—".to_owned(), |year| year.to_string())
}
