//! Papers: page layout to PDF and xlsx. A document is made of plain data that the ledger computed;
//! one layout engine, one file per document. Nothing here reads the registry or the clock.

mod card;
mod certificate;
mod checklist;
mod findings;
mod furniture;
mod handbook;
mod layout;
mod missing;
mod publicity;
mod register;
mod sheet;
mod summary;
mod template;
mod workbook;
mod year_sheet;

pub use handbook::IdShown;
pub use template::CertificateTemplate;

use crate::failure::Result;
use crate::ledger::*;
use crate::notice::Notice;
use chrono::NaiveDate;

/// What every paper needs to know besides its own data.
#[derive(Debug, Clone)]
pub struct Context<'a> {
    pub notice: &'a Notice,
    pub unit: &'a Unit,
    /// 填报人
    pub filled_by: &'a str,
    /// 填报时间; also the PDF's dates.
    pub date: NaiveDate,
    /// Says 草稿 on every page.
    pub draft: bool,
}

impl<'a> Context<'a> {
    /// A person's 工作单位, by default the registry's unit.
    fn workplace<'b>(&self, person: &'b Person) -> &'b str
    where
        'a: 'b,
    {
        if person.workplace.is_empty() { &self.unit.name } else { &person.workplace }
    }
}

/// The summary table (附件2) of one level group, as PDF. Rows: applicants in the order given.
///
/// # Errors
/// A character that no font has, naming person and code point.
pub fn summary_pdf(
    context: &Context<'_>,
    group: &str,
    rows: &[&ApplicantResult],
) -> Result<Vec<u8>> {
    summary::pdf(context, group, rows)
}

/// The same table as xlsx.
///
/// # Errors
/// As [`summary_pdf`].
pub fn summary_xlsx(
    context: &Context<'_>,
    group: &str,
    rows: &[&ApplicantResult],
) -> Result<Vec<u8>> {
    workbook::xlsx(context, group, rows)
}

/// Certificates with stubs (附件3), prepared and not issued; one page per person. Worded as the program's
/// own template says; a registry that has its own is printed by [`certificates_pdf_with`].
///
/// # Errors
/// As [`summary_pdf`].
pub fn certificates_pdf(context: &Context<'_>, rows: &[&ApplicantResult]) -> Result<Vec<u8>> {
    certificate::pdf(context, &CertificateTemplate::chosen(None)?, rows)
}

/// The same in the words and places of a template.
///
/// # Errors
/// As [`summary_pdf`].
pub fn certificates_pdf_with(
    context: &Context<'_>,
    template: &CertificateTemplate,
    rows: &[&ApplicantResult],
) -> Result<Vec<u8>> {
    certificate::pdf(context, template, rows)
}

/// A person's handbook with its years.
///
/// # Errors
/// As [`summary_pdf`].
pub fn handbook_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &[YearTotal])],
) -> Result<Vec<u8>> {
    handbook::pdf(context, people, IdShown::Full)
}

/// The same with the ID number shown or masked.
///
/// # Errors
/// As [`summary_pdf`].
pub fn handbook_pdf_with(
    context: &Context<'_>,
    people: &[(&Handbook, &[YearTotal])],
    id: IdShown,
) -> Result<Vec<u8>> {
    handbook::pdf(context, people, id)
}

/// One year of each handbook without cover and person's page, to be pasted into the paper book.
///
/// # Errors
/// As [`summary_pdf`]; somebody has no such year.
pub fn handbook_year_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &[YearTotal])],
    year: i32,
) -> Result<Vec<u8>> {
    handbook::year_pdf(context, people, year)
}

/// One-page extract per person for the span (登记卡, A-36).
///
/// # Errors
/// As [`summary_pdf`].
pub fn card_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &ApplicantResult)],
) -> Result<Vec<u8>> {
    card::pdf(context, people)
}

/// The publicity list (公示名单): no ID numbers.
///
/// # Errors
/// As [`summary_pdf`].
pub fn publicity_pdf(
    context: &Context<'_>,
    run: &Publicity,
    rows: &[&ApplicantResult],
) -> Result<Vec<u8>> {
    publicity::pdf(context, run, rows)
}

/// The evidence checklist per person (材料清单).
///
/// # Errors
/// As [`summary_pdf`].
pub fn checklist_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &ApplicantResult)],
) -> Result<Vec<u8>> {
    checklist::pdf(context, people)
}

/// What the pre-flight check found (体检报告), person after person: no ID numbers.
///
/// # Errors
/// As [`summary_pdf`]; no applicants.
pub fn findings_pdf(context: &Context<'_>, report: &CampaignReport) -> Result<Vec<u8>> {
    findings::pdf(context, report)
}

/// What each person still has to bring (缺材料通知单), one section a person; those who lack nothing are
/// passed over.
///
/// # Errors
/// As [`summary_pdf`]; nobody lacks anything.
pub fn missing_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &ApplicantResult)],
) -> Result<Vec<u8>> {
    missing::pdf(context, people)
}

/// Whether [`missing_pdf`] has a page for this person.
pub fn lacks_anything(
    context: &Context<'_>,
    handbook: &Handbook,
    result: &ApplicantResult,
) -> bool {
    missing::wanted(context, handbook, result)
}

/// The register of prepared certificates (合格证书登记册).
///
/// # Errors
/// As [`summary_pdf`]; nobody, or somebody who is not met.
pub fn register_pdf(context: &Context<'_>, rows: &[&ApplicantResult]) -> Result<Vec<u8>> {
    register::pdf(context, rows)
}

/// What came of a closed publicity run (公示结果说明): no ID numbers.
///
/// # Errors
/// As [`summary_pdf`]; the run is not closed.
pub fn publicity_result_pdf(
    context: &Context<'_>,
    run: &Publicity,
    rows: &[&ApplicantResult],
) -> Result<Vec<u8>> {
    publicity::result_pdf(context, run, rows)
}

/// A plain sheet of words: a heading and lines.
///
/// # Errors
/// A character that no font has.
pub fn sheet_pdf(heading: &str, lines: &[String], date: NaiveDate) -> Result<Vec<u8>> {
    sheet::pdf(heading, lines, date)
}
