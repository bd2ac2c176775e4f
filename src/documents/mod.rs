//! Papers: page layout to PDF and xlsx. A document is made of plain data that the ledger computed;
//! one layout engine, one file per document. Nothing here reads the registry or the clock.

mod card;
mod career;
mod certificate;
mod checklist;
mod evidence;
mod findings;
mod furniture;
mod gaps;
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

pub use evidence::Bound;
pub use handbook::{HandbookLook, IdShown};
pub use layout::TiffPages;
pub use summary::Sheet as SummarySheet;
pub use template::CertificateTemplate;

use crate::failure::Result;
use crate::ledger::*;
use crate::notice::Notice;
use chrono::NaiveDate;
use layout::{Colophon, Sections};

/// One kind of paper: what it is called and how its pages are laid out. Writing them is the same for all.
trait Document {
    /// Its title, as the PDF tells it.
    fn title(&self, context: &Context<'_>) -> String;

    /// Its pages, in sections, each laid out when it is asked for.
    ///
    /// # Errors
    /// Nobody to print. A section: a character that no font has, naming person and code point.
    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>>;

    /// The whole of it as PDF.
    ///
    /// # Errors
    /// As [`Document::sections`].
    fn pdf(&self, context: &Context<'_>) -> Result<Vec<u8>> {
        let sections = self.sections(context)?;
        let title = self.title(context);
        let colophon = Colophon { title: &title, author: &context.unit.name, date: context.date };
        layout::write(&colophon, sections)
    }
}

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
        person.works_at(&self.unit.name)
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
    summary_pdf_on(context, group, rows, SummarySheet::Fitting)
}

/// The same on a chosen sheet.
///
/// # Errors
/// As [`summary_pdf`].
pub fn summary_pdf_on(
    context: &Context<'_>,
    group: &str,
    rows: &[&ApplicantResult],
    sheet: SummarySheet,
) -> Result<Vec<u8>> {
    summary::Summary { group, results: rows, sheet }.pdf(context)
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
    workbook::xlsx(context, group, rows, SummarySheet::Fitting)
}

/// The same on a chosen sheet.
///
/// # Errors
/// As [`summary_pdf`].
pub fn summary_xlsx_on(
    context: &Context<'_>,
    group: &str,
    rows: &[&ApplicantResult],
    sheet: SummarySheet,
) -> Result<Vec<u8>> {
    workbook::xlsx(context, group, rows, sheet)
}

/// Certificates with stubs (附件3), prepared and not issued; one page per person. Worded as the program's
/// own template says; a registry that has its own is printed by [`certificates_pdf_with`].
///
/// # Errors
/// As [`summary_pdf`].
pub fn certificates_pdf(context: &Context<'_>, rows: &[&ApplicantResult]) -> Result<Vec<u8>> {
    certificates_pdf_with(context, &CertificateTemplate::chosen(None)?, rows)
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
    certificate::Certificates { template, results: rows }.pdf(context)
}

/// A person's handbook with its years.
///
/// # Errors
/// As [`summary_pdf`].
pub fn handbook_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &[YearTotal])],
) -> Result<Vec<u8>> {
    handbook_pdf_with(context, people, &HandbookLook::PLAIN)
}

/// The same with photographs, the ID number shown or masked.
///
/// # Errors
/// As [`summary_pdf`].
pub fn handbook_pdf_with(
    context: &Context<'_>,
    people: &[(&Handbook, &[YearTotal])],
    look: &HandbookLook<'_>,
) -> Result<Vec<u8>> {
    handbook::Handbooks { people, look }.pdf(context)
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
    handbook::YearSheets { people, year }.pdf(context)
}

/// One-page extract per person for the span (登记卡, A-36).
///
/// # Errors
/// As [`summary_pdf`].
pub fn card_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &ApplicantResult)],
) -> Result<Vec<u8>> {
    card::Cards(people).pdf(context)
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
    publicity::Posted { run, results: rows }.pdf(context)
}

/// The evidence checklist per person (材料清单).
///
/// # Errors
/// As [`summary_pdf`].
pub fn checklist_pdf(
    context: &Context<'_>,
    people: &[(&Handbook, &ApplicantResult)],
) -> Result<Vec<u8>> {
    checklist::Checklists(people).pdf(context)
}

/// A person's evidence of some years bound into one file (证明材料合订). `read` gives a file's content, or
/// says in words why it cannot.
///
/// # Errors
/// As [`summary_pdf`]; no evidence at all. A file that cannot be bound is told in [`Bound::unbound`].
pub fn evidence_pdf(
    context: &Context<'_>,
    handbook: &Handbook,
    years: &[&YearTotal],
    read: &mut dyn FnMut(&Evidence) -> std::result::Result<Vec<u8>, String>,
) -> Result<Bound> {
    evidence::bind(context, handbook, years, read)
}

/// What the pre-flight check found (体检报告), person after person: no ID numbers.
///
/// # Errors
/// As [`summary_pdf`]; no applicants.
pub fn findings_pdf(context: &Context<'_>, report: &CampaignReport) -> Result<Vec<u8>> {
    findings::Findings(report).pdf(context)
}

/// Who on the staff is short of what in a year (年度还差名单, X1-00): no ID numbers.
///
/// # Errors
/// As [`summary_pdf`]; nobody is.
pub fn gaps_pdf(context: &Context<'_>, found: &YearGaps) -> Result<Vec<u8>> {
    gaps::pdf(context, found)
}

/// The same list as xlsx.
///
/// # Errors
/// As [`gaps_pdf`].
pub fn gaps_xlsx(context: &Context<'_>, found: &YearGaps) -> Result<Vec<u8>> {
    gaps::xlsx(context, found)
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
    missing::Notices(people).pdf(context)
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
    register::Register(rows).pdf(context)
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
    publicity::Outcome { run, results: rows }.pdf(context)
}

/// A plain sheet of words: a heading and lines.
///
/// # Errors
/// A character that no font has.
pub fn sheet_pdf(heading: &str, lines: &[String], date: NaiveDate) -> Result<Vec<u8>> {
    sheet::pdf(heading, lines, date)
}
