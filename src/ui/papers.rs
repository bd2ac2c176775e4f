//! Papers asked for in the window: gathered from the registry on the worker's thread, laid out by
//! `documents`, written whole or not at all.

use super::desk::{Finished, Outcome};
use super::dialog::Paper;
use crate::cli::write_file;
use crate::documents::{self, Context};
use crate::failure::{Failure, Result};
use crate::ledger::{
    ApplicantResult, Handbook, PersonId, PublicityId, Stage, Verdict, YearTotal, years,
};
use crate::registry::{Registry, campaign};
use chrono::NaiveDate;
use std::path::Path;

/// Whose paper.
#[derive(Debug, Clone, Default)]
pub struct Whose {
    /// The handbook's person.
    pub person: Option<PersonId>,
    /// 高级 / 中级
    pub group: Option<String>,
    /// The publicity run of a list; else the group's latest.
    pub run: Option<PublicityId>,
}

/// Writes a paper to `file`.
///
/// # Errors
/// Nobody to print; a character without a font; I/O.
pub fn save(
    registry: &Registry,
    paper: Paper,
    whose: &Whose,
    file: &Path,
    today: NaiveDate,
) -> Result<Finished> {
    let notice = registry.notice();
    let unit = registry.unit()?;
    let year = notice.campaign_year;
    let mut context = Context {
        notice: &notice,
        unit: &unit,
        filled_by: &unit.contact,
        date: today,
        draft: false,
    };
    let (bytes, people) = if paper == Paper::Handbook {
        let person = whose.person.ok_or_else(nobody)?;
        let handbook = registry.handbook(person)?;
        let totals: Vec<YearTotal> = years(&notice, &handbook);
        (documents::handbook_pdf(&context, &[(&handbook, &totals)])?, 1)
    } else {
        let group = group_of(registry, paper, whose, year)?;
        let mut found = campaign::check(registry, year, group.as_deref(), today)?.applicants;
        found.retain(|result| result.stage != Stage::Withdrawn);
        match paper {
            Paper::Checklist => {
                let handbooks = registry.applicant_handbooks(year)?;
                let pairs: Vec<(&Handbook, &ApplicantResult)> = found
                    .iter()
                    .filter(|result| result.verdict != Verdict::Met)
                    .filter_map(|result| {
                        let of = handbooks.iter().find(|h| h.person.id == result.person.id)?;
                        Some((of, result))
                    })
                    .collect();
                if pairs.is_empty() {
                    return Err(Failure::refused(
                        "打印缺材料通知单",
                        "",
                        "没有缺材料、缺学时的人",
                        "不用打印",
                    ));
                }
                (documents::checklist_pdf(&context, &pairs)?, pairs.len())
            }
            Paper::Handbooks | Paper::Cards => {
                let mut handbooks = registry.applicant_handbooks(year)?;
                handbooks.retain(|book| found.iter().any(|r| r.person.id == book.person.id));
                if handbooks.is_empty() {
                    return Err(nobody());
                }
                let bytes = if paper == Paper::Cards {
                    let of = |book: &Handbook| found.iter().find(|r| r.person.id == book.person.id);
                    let pairs: Vec<_> =
                        handbooks.iter().filter_map(|book| Some((book, of(book)?))).collect();
                    documents::card_pdf(&context, &pairs)?
                } else {
                    let totals: Vec<Vec<YearTotal>> =
                        handbooks.iter().map(|book| years(&notice, book)).collect();
                    let pairs: Vec<_> =
                        handbooks.iter().zip(totals.iter().map(Vec::as_slice)).collect();
                    documents::handbook_pdf(&context, &pairs)?
                };
                (bytes, handbooks.len())
            }
            Paper::Publicity => {
                let runs = registry.publicity(year)?;
                let run = runs
                    .iter()
                    .filter(|run| Some(&run.level_group) == group.as_ref())
                    .filter(|run| whose.run.is_none_or(|wanted| wanted == run.id))
                    .max_by_key(|run| (run.posted, run.id))
                    .ok_or_else(nobody)?;
                let rows: Vec<&ApplicantResult> =
                    found.iter().filter(|r| run.members.contains(&r.person.id)).collect();
                (documents::publicity_pdf(&context, run, &rows)?, rows.len())
            }
            _ => {
                let met: Vec<&ApplicantResult> =
                    found.iter().filter(|result| result.verdict == Verdict::Met).collect();
                if met.is_empty() {
                    return Err(Failure::refused(
                        format!("导出{}", paper.file_name()),
                        "",
                        "还没有人达标",
                        "请先在申报页按体检结果补齐",
                    ));
                }
                context.draft = met.iter().any(|result| result.stage < Stage::Publicised);
                let group = group.unwrap_or_default();
                let bytes = match paper {
                    Paper::SummaryXlsx => documents::summary_xlsx(&context, &group, &met)?,
                    Paper::SummaryPdf => documents::summary_pdf(&context, &group, &met)?,
                    _ => documents::certificates_pdf(&context, &met)?,
                };
                (bytes, met.len())
            }
        }
    };
    write_file(file, &bytes)?;
    let draft = if context.draft { "（有人未公示期满，注明草稿）" } else { "" };
    Ok(Finished::unchanged(Outcome::Saved {
        text: format!("已存 {people} 人{draft}"),
        path: file.to_path_buf(),
    }))
}

/// The level group a paper is about: asked for, else the first that has applicants (or a run).
fn group_of(registry: &Registry, paper: Paper, whose: &Whose, year: i32) -> Result<Option<String>> {
    if paper == Paper::Checklist || whose.group.is_some() {
        return Ok(whose.group.clone());
    }
    if paper == Paper::Publicity {
        let last = registry.publicity(year)?.into_iter().max_by_key(|run| (run.posted, run.id));
        return Ok(last.map(|run| run.level_group));
    }
    let notice = registry.notice();
    let handbooks = registry.applicant_handbooks(year)?;
    let groups = notice.level_groups();
    let first = groups.into_iter().find(|group| {
        handbooks.iter().flat_map(|handbook| &handbook.applications).any(|applicant| {
            applicant.campaign == year && notice.level_group(&applicant.level) == Some(group)
        })
    });
    Ok(first.map(str::to_owned))
}

fn nobody() -> Failure {
    Failure::refused("打印", "", "没有可打印的人", "请先选一个人，或先添加参评人员")
}
