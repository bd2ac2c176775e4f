//! `export`: every paper but bound evidence (`bind`).

use super::answer::Answer;
use super::arguments::{Export, Paper, PaperSize};
use super::registry::{has_extension, known};
use crate::documents::{self, Context, HandbookLook, IdShown, SummarySheet};
use crate::durable;
use crate::failure::{Failure, Result};
use crate::ledger::{
    ApplicantResult, CampaignReport, Handbook, PersonId, Stage, Unit, Verdict, YearTotal, years,
};
use crate::notice::Notice;
use crate::registry::Registry;
use crate::registry::{campaign as steps, roster};
use crate::template;
use chrono::NaiveDate;
use serde_json::json;
use std::sync::Arc;

/// A printed paper before it is written.
struct Printed {
    bytes: Vec<u8>,
    people: usize,
    /// Names of those not on it, with why.
    left_out: Vec<(String, String)>,
    draft: bool,
}

/// `export`
///
/// # Errors
/// What the paper needs was not said (wrong usage); nobody to export (refused); I/O.
pub fn export(export: &Export, today: NaiveDate) -> Result<Answer> {
    let as_table = has_extension(&export.out, "xlsx");
    let wrong = |why: &str, remedy: &str| {
        Err(Failure::usage("导出材料", export.out.display().to_string(), why, remedy))
    };
    if !as_table && !has_extension(&export.out, "pdf") {
        return wrong("不认识这种文件", "请写成 .pdf；汇总表、年度还差名单也可以写成 .xlsx");
    }
    if as_table && !matches!(export.paper, Paper::Summary | Paper::Gaps) {
        return wrong("只有汇总表和年度还差名单可以存为 .xlsx", "请改为 .pdf");
    }
    if export.level.is_none()
        && matches!(export.paper, Paper::Summary | Paper::Publicity | Paper::Result)
    {
        return wrong("高级和中级要分开做，没有写是哪一级", "请加 --level 高级 或 --level 中级");
    }
    if export.year.is_some() && !matches!(export.paper, Paper::Handbook | Paper::Gaps) {
        return wrong("只有登记手册可以只打印一年", "请去掉 --year；申报年度写 --campaign");
    }
    if export.year.is_none() && export.paper == Paper::Gaps {
        return wrong("没有写是哪一年还差", "请加 --year 年度");
    }
    if export.paper_size.is_some() && export.paper != Paper::Summary {
        return wrong("只有汇总表可以选纸", "请去掉 --paper-size");
    }
    let registry = Registry::open(&export.at.dir)?;
    let printed = Printing::begin(&registry, export, today)?.print(as_table)?;
    durable::write("写文件", &export.out, &printed.bytes)?;
    let mut lines = vec![format!(
        "已导出{} {} 人：{}",
        name(export.paper),
        printed.people,
        export.out.display()
    )];
    if printed.draft {
        lines.push("其中有人还没有公示期满，所以每页注明草稿。".to_owned());
    }
    lines.extend(printed.left_out.iter().map(|(name, why)| format!("  没有列入 {name}：{why}")));
    let left_out: Vec<_> =
        printed.left_out.iter().map(|(name, why)| json!({ "name": name, "reason": why })).collect();
    let findings = !left_out.is_empty();
    let document = json!({
        "file": export.out,
        "people": printed.people,
        "draft": printed.draft,
        "left_out": left_out,
    });
    Ok(Answer::with_findings(lines.join("\n"), document, findings))
}

/// A paper's Chinese name.
fn name(paper: Paper) -> &'static str {
    match paper {
        Paper::Summary => "汇总表",
        Paper::Certificates => "合格证书",
        Paper::Handbook => "登记手册",
        Paper::Card => "登记卡",
        Paper::Publicity => "公示名单",
        Paper::Checklist => "材料清单",
        Paper::Report => "体检报告",
        Paper::Notice => "缺材料通知单",
        Paper::Register => "合格证书登记册",
        Paper::Result => "公示结果说明",
        Paper::Gaps => "年度还差名单",
        Paper::Evidence => "证明材料合订",
    }
}

/// Everything a paper is printed from.
pub(super) struct Printing<'a> {
    pub registry: &'a Registry,
    pub export: &'a Export,
    unit: Unit,
    pub notice: Arc<Notice>,
    pub campaign: i32,
    today: NaiveDate,
    /// Those asked for by `--person`; empty: everybody.
    pub wanted: Vec<PersonId>,
}

impl<'a> Printing<'a> {
    pub fn begin(registry: &'a Registry, export: &'a Export, today: NaiveDate) -> Result<Self> {
        let campaign = export.campaign.unwrap_or_else(|| registry.notice().campaign_year);
        let notice = registry.notice_of(campaign)?;
        let wanted = export
            .people
            .iter()
            .map(|number| known(registry, number, "导出材料"))
            .collect::<Result<_>>()?;
        Ok(Self { registry, export, unit: registry.unit()?, notice, campaign, today, wanted })
    }

    fn print(&self, as_table: bool) -> Result<Printed> {
        match self.export.paper {
            Paper::Handbook => self.handbooks(),
            Paper::Publicity | Paper::Result => self.publicity(),
            Paper::Summary | Paper::Certificates | Paper::Register => self.results(as_table),
            Paper::Card | Paper::Checklist | Paper::Notice => self.personal(),
            Paper::Gaps => self.gaps(as_table),
            // Bound person by person before it comes here.
            Paper::Report | Paper::Evidence => self.report(),
        }
    }

    /// The pre-flight check of the applicants who were asked for and have not withdrawn.
    fn checked(&self) -> Result<CampaignReport> {
        let level = self.export.level.as_deref();
        let mut report = steps::check(self.registry, self.campaign, level, self.today)?;
        report.applicants.retain(|result| {
            result.stage != Stage::Withdrawn
                && (self.wanted.is_empty() || self.wanted.contains(&result.person.id))
        });
        Ok(report)
    }

    /// Applicants who were asked for and have not withdrawn.
    pub fn applicants(&self) -> Result<Vec<ApplicantResult>> {
        Ok(self.checked()?.applicants)
    }

    /// What the check found.
    fn report(&self) -> Result<Printed> {
        let report = self.checked()?;
        if report.applicants.is_empty() {
            return Err(self.nobody(format!("{} 年度没有这样的参评人员", self.campaign)));
        }
        let bytes = documents::findings_pdf(&self.context(false), &report)?;
        Ok(Printed { bytes, people: report.applicants.len(), left_out: Vec::new(), draft: false })
    }

    pub fn context(&self, draft: bool) -> Context<'_> {
        Context {
            notice: &self.notice,
            unit: &self.unit,
            filled_by: &self.unit.contact,
            date: self.today,
            draft,
        }
    }

    pub fn nobody(&self, why: impl Into<String>) -> Failure {
        Failure::refused(
            format!("导出{}", name(self.export.paper)),
            self.export.at.dir.display().to_string(),
            why,
            "请看 xueshi check 的结果",
        )
    }

    /// Papers of those whose hours suffice: summary table and certificates.
    fn results(&self, as_table: bool) -> Result<Printed> {
        let found = self.applicants()?;
        let (met, rest): (Vec<_>, Vec<_>) =
            found.iter().partition(|result| result.verdict == Verdict::Met);
        let left_out: Vec<_> =
            rest.iter().map(|result| (result.person.name.clone(), steps::unmet(result))).collect();
        if met.is_empty() {
            let named: Vec<_> =
                left_out.iter().map(|(name, why)| format!("{name}：{why}")).collect();
            return Err(self.nobody(match named.is_empty() {
                true => format!("{} 年度没有这样的参评人员", self.campaign),
                false => format!("没有一个人达标（{}）", named.join("；")),
            }));
        }
        let draft = met.iter().any(|result| result.stage < Stage::Publicised);
        let context = self.context(draft);
        let sheet = match self.export.paper_size {
            None => SummarySheet::Fitting,
            Some(PaperSize::A4) => SummarySheet::A4,
            Some(PaperSize::A3) => SummarySheet::A3,
        };
        let bytes = match (self.export.paper, self.export.level.as_deref(), as_table) {
            (Paper::Summary, Some(level), true) => {
                documents::summary_xlsx_on(&context, level, &met, sheet)?
            }
            (Paper::Summary, Some(level), false) => {
                documents::summary_pdf_on(&context, level, &met, sheet)?
            }
            (Paper::Register, ..) => documents::register_pdf(&context, &met)?,
            _ => {
                let template = template::of(self.registry)?;
                documents::certificates_pdf_with(&context, &template, &met)?
            }
        };
        Ok(Printed { bytes, people: met.len(), left_out, draft })
    }

    /// Papers of single applicants, met or not: card, checklist, and what they still have to bring.
    fn personal(&self) -> Result<Printed> {
        let found = self.applicants()?;
        let handbooks = self.registry.applicant_handbooks(self.campaign)?;
        let mut pairs: Vec<(&Handbook, &ApplicantResult)> = found
            .iter()
            .filter_map(|result| {
                let of = handbooks.iter().find(|handbook| handbook.person.id == result.person.id);
                of.map(|handbook| (handbook, result))
            })
            .collect();
        if pairs.is_empty() {
            return Err(self.nobody(format!("{} 年度没有这样的参评人员", self.campaign)));
        }
        let context = self.context(false);
        let bytes = match self.export.paper {
            Paper::Card => documents::card_pdf(&context, &pairs)?,
            Paper::Notice => {
                pairs.retain(|(book, result)| documents::lacks_anything(&context, book, result));
                documents::missing_pdf(&context, &pairs)?
            }
            _ => documents::checklist_pdf(&context, &pairs)?,
        };
        Ok(Printed { bytes, people: pairs.len(), left_out: Vec::new(), draft: false })
    }

    /// Handbooks of everybody, of a campaign's applicants, or of those asked for.
    fn handbooks(&self) -> Result<Printed> {
        let mut handbooks = if self.export.campaign.is_some() || self.export.level.is_some() {
            let ids: Vec<PersonId> =
                self.applicants()?.iter().map(|result| result.person.id).collect();
            let mut found = self.registry.applicant_handbooks(self.campaign)?;
            found.retain(|handbook| ids.contains(&handbook.person.id));
            found
        } else {
            self.registry.handbooks()?
        };
        handbooks
            .retain(|handbook| self.wanted.is_empty() || self.wanted.contains(&handbook.person.id));
        if handbooks.is_empty() {
            return Err(self.nobody("登记库里没有这样的人员"));
        }
        let totals: Vec<Vec<YearTotal>> =
            handbooks.iter().map(|handbook| years(&self.notice, handbook)).collect();
        let mut pairs: Vec<(&Handbook, &[YearTotal])> =
            handbooks.iter().zip(totals.iter().map(Vec::as_slice)).collect();
        let context = self.context(false);
        let Some(year) = self.export.year else {
            let vault = self.registry.vault();
            let look = HandbookLook { id: IdShown::Full, read: &|photo| vault.read(photo) };
            let bytes = documents::handbook_pdf_with(&context, &pairs, &look)?;
            return Ok(Printed { bytes, people: pairs.len(), left_out: Vec::new(), draft: false });
        };
        let mut left_out = Vec::new();
        pairs.retain(|(handbook, totals)| {
            let has = totals.iter().any(|total| total.year == year);
            if !has {
                left_out.push((handbook.person.name.clone(), format!("{year} 年没有学习记录")));
            }
            has
        });
        if pairs.is_empty() {
            return Err(self.nobody(format!("{year} 年没有人有学习记录")));
        }
        let bytes = documents::handbook_year_pdf(&context, &pairs, year)?;
        Ok(Printed { bytes, people: pairs.len(), left_out, draft: false })
    }

    /// Who on the staff is short of what in a year.
    fn gaps(&self, as_table: bool) -> Result<Printed> {
        let year = self.export.year.unwrap_or(self.campaign);
        let mut found = roster::gaps(self.registry, year, self.today)?;
        if !self.wanted.is_empty() {
            found.gaps.retain(|gap| self.wanted.contains(&gap.person.id));
            found.people = self.wanted.len();
        }
        let context = self.context(false);
        let bytes = if as_table {
            documents::gaps_xlsx(&context, &found)?
        } else {
            documents::gaps_pdf(&context, &found)?
        };
        Ok(Printed { bytes, people: found.gaps.len(), left_out: Vec::new(), draft: false })
    }

    /// The list of the latest publicity run of a level, or what came of it.
    fn publicity(&self) -> Result<Printed> {
        let level = self.export.level.as_deref().unwrap_or_default();
        let mut found = self.applicants()?;
        let runs = self.registry.publicity(self.campaign)?;
        let run = runs
            .iter()
            .filter(|run| run.level_group == level)
            .max_by_key(|run| (run.posted, run.id))
            .ok_or_else(|| self.nobody(format!("{level}还没有开始公示")))?;
        found.retain(|result| run.members.contains(&result.person.id));
        if found.is_empty() {
            return Err(self.nobody("公示名单里没有这样的人"));
        }
        let rows: Vec<&ApplicantResult> = found.iter().collect();
        let context = self.context(false);
        let bytes = match self.export.paper {
            Paper::Result => documents::publicity_result_pdf(&context, run, &rows)?,
            _ => documents::publicity_pdf(&context, run, &rows)?,
        };
        Ok(Printed { bytes, people: rows.len(), left_out: Vec::new(), draft: false })
    }
}
