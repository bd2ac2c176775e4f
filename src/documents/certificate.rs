//! 附件3, the certificate with its stub, one sheet a person: prepared for the bureau, which issues it
//! (B3-03). The number that the bureau gave stands there once it is entered, and no longer that it
//! is yet to be verified. What it says and where stands in its template; dates are left blank there.

use super::furniture::{field, lacking, put, stamp};
use super::layout::{
    Align, Flow, MM, Missing, Page, Paper, Paragraph, Pen, Section, Sections, Text, Weight,
};
use super::template::{Block, CertificateTemplate, Cut, Part};
use super::{Context, Document};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Verdict};

const WHAT: &str = "生成合格证书";

/// One sheet for each person, in the order given.
pub(super) struct Certificates<'a> {
    pub template: &'a CertificateTemplate,
    pub results: &'a [&'a ApplicantResult],
}

impl Document for Certificates<'_> {
    fn title(&self, context: &Context<'_>) -> String {
        self.results
            .first()
            .map_or_else(String::new, |first| self.template.title.fill(context, first).0)
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        if self.results.is_empty() {
            return Err(Failure::refused(
                WHAT,
                "",
                "没有学时达标的参评人员",
                "请先完成体检，补齐学时和材料",
            ));
        }
        let unmet: Vec<&str> = self
            .results
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
        let each = self.results.iter().zip(1..).map(move |(result, number): (_, usize)| {
            let name = result.person.name.as_str();
            let lacks = lacking(WHAT, name);
            let mut flow = Flow::new(paper);
            sheet(context, self.template, result, flow.page(), &paper).map_err(&lacks)?;
            let pages = flow.finish(|page, _, _, _| {
                stamp(page, context.draft && result.applicant.issued.is_none())
            });
            let pages = pages.map_err(&lacks)?;
            Ok(Section::new(format!("{number} {name}"), paper, pages))
        });
        Ok(Box::new(each))
    }
}

fn sheet(
    context: &Context<'_>,
    template: &CertificateTemplate,
    result: &ApplicantResult,
    page: &mut Page,
    paper: &Paper,
) -> Result<(), Missing> {
    cut(&template.cut, page, paper)?;
    template.parts.iter().try_for_each(|part| draw(context, part, result, page))
}

/// The dashed line between stub and certificate, with the place of the seal across it.
fn cut(cut: &Cut, page: &mut Page, paper: &Paper) -> Result<(), Missing> {
    const LETTER: f32 = 6.0 * MM;
    let (x, middle) = (cut.x * MM, paper.height / 2.0);
    let half = cut.words.chars().count() as f32 / 2.0;
    let gap = if half > 0.0 { half * LETTER + 2.0 * MM } else { 0.0 };
    page.rule((x, 0.0), (x, middle - gap), Pen::CUT);
    page.rule((x, middle + gap), (x, paper.height), Pen::CUT);
    for (at, letter) in cut.words.chars().enumerate() {
        let y = middle + (at as f32 - half) * LETTER;
        let place = (x - LETTER, y, 2.0 * LETTER, LETTER);
        put(
            page,
            letter.encode_utf8(&mut [0; 4]),
            (Weight::Plain, cut.size),
            Align::Centre,
            place,
        )?;
    }
    Ok(())
}

/// One part's blocks from top to bottom; what grew pushes down what stands below it.
fn draw(
    context: &Context<'_>,
    part: &Part,
    result: &ApplicantResult,
    page: &mut Page,
) -> Result<(), Missing> {
    /// Left and right edges and the lower one of what has been drawn, in points.
    struct Drawn(f32, f32, f32);
    let mut drawn: Vec<Drawn> = Vec::with_capacity(part.blocks.len());
    let issued = result.applicant.issued.is_some();
    for block in part.blocks.iter().filter(|block| !(block.prepared && issued)) {
        let (x, width) = (block.x * MM, block.width * MM);
        let under = drawn.iter().filter(|above| above.0 < x + width && x < above.1);
        let free = under.map(|above| above.2).fold(0.0, f32::max) + block.gap * MM;
        let y = block.y.map_or(free, |y| free.max(y * MM));
        let (words, underlined) = block.words.fill(context, result);
        let height = match &block.field {
            Some(label) => field(page, (label, &words), (x, y, width), block.size)?,
            None => {
                let paragraph = set(block, &words, width)?;
                page.paragraph(&paragraph, 0..paragraph.lines.len(), x, y, width);
                for glyphs in underlined {
                    page.underline(&paragraph, glyphs, x, y, width);
                }
                paragraph.height()
            }
        };
        drawn.push(Drawn(x, x + width, y + height));
    }
    Ok(())
}

/// Very long names and specialities are set smaller rather than run into what stands below.
fn set(block: &Block, words: &str, width: f32) -> Result<Paragraph, Missing> {
    let weight = if block.strong { Weight::Strong } else { Weight::Plain };
    let mut size = block.size;
    loop {
        let text = Text::set(words, weight, size)?;
        let leading = block.line * MM / block.size;
        let paragraph = Paragraph::new(text, block.align, width, block.indent, leading);
        if paragraph.height() <= block.room * MM || size <= block.least {
            return Ok(paragraph);
        }
        size = (size - 2.0).max(block.least);
    }
}
