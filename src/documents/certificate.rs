//! 附件3, the certificate with its stub, one sheet a person: prepared for the bureau, never issued
//! (B3-03). Its wording is the annex's; numbers and dates that the bureau gives are left blank.

use std::ops::Range;

use super::Context;
use super::furniture::{field, lacking, put, stamp};
use super::layout::{
    Align, Colophon, Flow, MM, Missing, Page, Paper, Paragraph, Pen, Section, Text, Weight, write,
};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Verdict};

const WHAT: &str = "生成合格证书";
/// Left blank for the bureau.
const DATE: &str = "二〇　　年　　月　　日";
const NOT_ISSUED: &str = "待人社部门核验，未签发";

/// Width of the stub and of the certificate's text, and where they begin, in millimetres.
const STUB: (f32, f32) = (18.0, 70.0);
const CUT: f32 = 100.0;
const BODY: (f32, f32) = (118.0, 161.0);

/// One sheet for each person, in the order given.
pub(super) fn pdf(context: &Context<'_>, results: &[&ApplicantResult]) -> Result<Vec<u8>> {
    let Some(first) = results.first() else {
        return Err(Failure::refused(
            WHAT,
            "",
            "没有学时达标的参评人员",
            "请先完成体检，补齐学时和材料",
        ));
    };
    let unmet: Vec<&str> = results
        .iter()
        .filter(|result| result.verdict != Verdict::Met)
        .map(|result| result.person.name.as_str())
        .collect();
    if !unmet.is_empty() {
        return Err(Failure::refused(
            WHAT,
            unmet.join("、"),
            "认定起止年度内的学时或材料未达标",
            "请先按体检结果补齐，或把未达标的人员排除在外",
        ));
    }
    let paper = Paper::a4_landscape(20.0, 18.0, 18.0, 18.0);
    let mut sections = Vec::with_capacity(results.len());
    for (at, result) in results.iter().enumerate() {
        let name = result.person.name.as_str();
        let mut flow = Flow::new(paper);
        sheet(context, result, flow.page(), &paper).map_err(lacking(WHAT, name))?;
        let pages =
            flow.finish(|page, _, _, _| stamp(page, context.draft)).map_err(lacking(WHAT, name))?;
        sections.push(Section { label: format!("{} {name}", at + 1), paper, pages });
    }
    let title = format!("{}年度湖南省专业技术人员继续教育合格证书", first.applicant.campaign);
    let colophon = Colophon { title: &title, author: &context.unit.name, date: context.date };
    write(&colophon, sections)
}

fn sheet(
    context: &Context<'_>,
    result: &ApplicantResult,
    page: &mut Page,
    paper: &Paper,
) -> Result<(), Missing> {
    stub(context, result, page)?;
    cut(page, paper)?;
    body(context, result, page)
}

/// The dashed line between stub and certificate, with the place of the seal across it.
fn cut(page: &mut Page, paper: &Paper) -> Result<(), Missing> {
    let x = CUT * MM;
    let (gap, middle) = (17.0 * MM, paper.height / 2.0);
    page.rule((x, 0.0), (x, middle - gap), Pen::CUT);
    page.rule((x, middle + gap), (x, paper.height), Pen::CUT);
    let letters = ["骑", "缝", "盖", "章", "处"];
    for (at, letter) in letters.iter().enumerate() {
        let y = middle + (at as f32 - 2.5) * 6.0 * MM;
        put(page, letter, (Weight::Plain, 10.5), Align::Centre, (x - 10.0, y, 20.0, 6.0 * MM))?;
    }
    Ok(())
}

fn stub(context: &Context<'_>, result: &ApplicantResult, page: &mut Page) -> Result<(), Missing> {
    let (x, width) = (STUB.0 * MM, STUB.1 * MM);
    let strong = (Weight::Strong, 16.0);
    put(page, "湖南省专业技术人员", strong, Align::Centre, (x, 26.0 * MM, width, 9.0 * MM))?;
    put(page, "继续教育合格证书", strong, Align::Centre, (x, 35.0 * MM, width, 9.0 * MM))?;
    let number = "存根（　　　　）";
    put(page, number, (Weight::Plain, 14.0), Align::Centre, (x, 46.0 * MM, width, 8.0 * MM))?;
    let person = &result.person;
    let workplace = context.workplace(person);
    let mut y = 64.0 * MM;
    for (label, value) in [
        ("姓名", person.name.as_str()),
        ("单位", workplace),
        ("现有职称", &person.title),
        ("证书编号", ""),
        ("经办人", &context.unit.contact),
        ("联系电话", &context.unit.phone),
    ] {
        y += field(page, (label, value), (x, y, width), 14.0)?;
    }
    let y = (y + 2.0 * MM).max(166.0 * MM);
    let date = (x, y, width, 8.0 * MM);
    put(page, DATE, (Weight::Plain, 14.0), Align::Right, date)?;
    let mark = (x, y + 14.0 * MM, width, 6.0 * MM);
    put(page, NOT_ISSUED, (Weight::Plain, 9.0), Align::Right, mark)
}

fn body(context: &Context<'_>, result: &ApplicantResult, page: &mut Page) -> Result<(), Missing> {
    let (x, width) = (BODY.0 * MM, BODY.1 * MM);
    let above = "湖南省专业技术人员继续教育";
    put(page, above, (Weight::Strong, 22.0), Align::Centre, (x, 28.0 * MM, width, 12.0 * MM))?;
    put(page, "合格证书", (Weight::Strong, 32.0), Align::Centre, (x, 43.0 * MM, width, 16.0 * MM))?;

    let (words, filled) = wording(context, result);
    let y = 70.0 * MM;
    let set = |size| -> Result<Paragraph, Missing> {
        let text = Text::set(&words, Weight::Plain, size)?;
        Ok(Paragraph::new(text, Align::Justify, width, 2.0, 1.9))
    };
    // Very long names and specialities are set smaller rather than run into the date.
    let mut paragraph = set(17.0)?;
    for size in [15.0, 13.0, 11.0] {
        if paragraph.height() > 66.0 * MM {
            paragraph = set(size)?;
        }
    }
    page.paragraph(&paragraph, 0..paragraph.lines.len(), x, y, width);
    for blank in filled {
        page.underline(&paragraph, blank, x, y, width);
    }
    let after = y + paragraph.height() + 6.0 * MM;
    let number = match result.person.handbook_number.as_str() {
        "" => "　　　　　　　　",
        number => number,
    };
    let text = Text::set(&format!("继续教育登记证书编号：{number}"), Weight::Plain, 15.0)?;
    let paragraph = Paragraph::new(text, Align::Left, width, 0.0, 1.6);
    page.paragraph(&paragraph, 0..paragraph.lines.len(), x, after, width);
    page.underline(&paragraph, 11..paragraph.text.glyphs.len(), x, after, width);
    let date = (x, 162.0 * MM, width - 8.0 * MM, 9.0 * MM);
    put(page, DATE, (Weight::Plain, 16.0), Align::Right, date)?;
    let mark = (x, 180.0 * MM, width, 6.0 * MM);
    put(page, NOT_ISSUED, (Weight::Plain, 10.5), Align::Right, mark)
}

/// The annex's sentence with its blanks filled in, and where the blanks stand, in characters.
fn wording(context: &Context<'_>, result: &ApplicantResult) -> (String, Vec<Range<usize>>) {
    let person = &result.person;
    let applicant = &result.applicant;
    let span = result.span;
    let level = context.notice.levels.iter().find(|level| level.name == applicant.level);
    let level = level.map_or(result.level_group.as_str(), |level| &level.certificate_words);
    let blank = "　　　　";
    let fill = |value: &str, suffix: &str| match value.trim_end_matches(suffix) {
        "" => blank.to_owned(),
        value => format!(" {value} "),
    };
    let parts = [
        ("根据《专业技术人员继续教育规定》（人社部令第25号）精神，".to_owned(), false),
        (fill(&person.name, ""), true),
        ("同志，".to_owned(), false),
        (fill(&person.education, "学历"), true),
        ("学历，申报".to_owned(), false),
        (fill(&applicant.speciality, "专业"), true),
        (format!("专业{level}职称自"), false),
        (format!(" {} ", span.first), true),
        ("年至".to_owned(), false),
        (format!(" {} ", span.last), true),
        ("年（近".to_owned(), false),
        (format!(" {} ", span.len()), true),
        ("年）参加继续教育培训，培训学时达到《专业技术人员继续教育规定》学时。".to_owned(), false),
    ];
    let (mut words, mut filled, mut at) = (String::new(), Vec::new(), 0);
    for (part, is_filled) in parts {
        let end = at + part.chars().count();
        if is_filled {
            filled.push(at..end);
        }
        words.push_str(&part);
        at = end;
    }
    (words, filled)
}
