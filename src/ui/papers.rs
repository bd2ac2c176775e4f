//! Papers asked for in the window: gathered from the registry on the worker's thread, laid out by
//! `documents`, written whole or not at all.

use super::desk::{Desk, Finished, Outcome};
use super::dialog::Paper;
use super::pages::{Page, preview};
use crate::documents::{self, Context, HandbookLook, IdShown};
use crate::durable;
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{
    ApplicantResult, Handbook, PersonId, PublicityId, Stage, Verdict, YearTotal, years,
};
use crate::package::binders;
use crate::registry::{Registry, campaign, roster};
use crate::template;
use chrono::NaiveDate;
use std::collections::HashSet;
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
    /// Only these people, where a paper is not one person's.
    pub people: Vec<PersonId>,
    /// The year of a list of gaps.
    pub year: Option<i32>,
}

/// A paper that has been laid out.
struct Made {
    bytes: Vec<u8>,
    people: usize,
    /// 高级 / 中级, or whose it is.
    about: String,
    draft: bool,
    /// What else is to be said; then nothing is said of people.
    said: String,
}

impl Made {
    fn note(&self) -> String {
        if !self.said.is_empty() {
            return self.said.clone();
        }
        let draft = if self.draft { "，有人未公示期满，注明草稿" } else { "" };
        format!("{} 人{draft}", self.people)
    }
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
    let made = make(registry, paper, whose, today)?;
    durable::write("写文件", file, &made.bytes)?;
    Ok(Finished::unchanged(Outcome::Saved {
        text: format!("已存 {}", made.note()),
        path: file.to_path_buf(),
    }))
}

/// Has a paper laid out, and turns to its preview when it is; 返回 leads from there to `back`.
pub fn look(desk: &mut Desk, paper: Paper, whose: Whose, back: Page) {
    desk.work("准备打印预览", move |registry, today, _| {
        preview(registry, paper, &whose, back, today)
    });
}

fn preview(
    registry: &Registry,
    paper: Paper,
    whose: &Whose,
    back: Page,
    today: NaiveDate,
) -> Result<Finished> {
    let made = make(registry, paper, whose, today)?;
    let name = paper.file_name();
    let title = name.trim_end_matches(".pdf");
    let (title, file_name) = match made.about.as_str() {
        "" => (title.to_owned(), name.to_owned()),
        about => (format!("{title}（{about}）"), format!("{about} {name}")),
    };
    Ok(Finished::unchanged(Outcome::Preview(preview::Paper {
        title,
        file_name,
        note: made.note(),
        bytes: made.bytes,
        back,
    })))
}

fn make(registry: &Registry, paper: Paper, whose: &Whose, today: NaiveDate) -> Result<Made> {
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
    match paper {
        Paper::Handbook => return handbooks(registry, &context, whose),
        Paper::Evidence => return evidence(registry, &context, whose),
        Paper::Gaps | Paper::GapsXlsx => return gaps(registry, &context, paper, whose),
        _ => {}
    }
    let group = group_of(registry, paper, whose, year)?;
    let mut report = campaign::check(registry, year, group.as_deref(), today)?;
    report.applicants.retain(|result| result.stage != Stage::Withdrawn);
    let found = &report.applicants;
    let (bytes, people) = match paper {
        Paper::Findings => (documents::findings_pdf(&context, &report)?, found.len()),
        Paper::Handbooks | Paper::Cards | Paper::Checklist => {
            let handbooks = registry.applicant_handbooks(year)?;
            let of = |book: &Handbook| found.iter().find(|r| r.person.id == book.person.id);
            let pairs: Vec<(&Handbook, &ApplicantResult)> =
                handbooks.iter().filter_map(|book| Some((book, of(book)?))).collect();
            if pairs.is_empty() {
                return Err(nobody());
            }
            let bytes = match paper {
                Paper::Cards => documents::card_pdf(&context, &pairs)?,
                Paper::Checklist => documents::checklist_pdf(&context, &pairs)?,
                _ => {
                    let totals: Vec<Vec<YearTotal>> =
                        pairs.iter().map(|(book, _)| years(&notice, book)).collect();
                    let books = pairs.iter().map(|(book, _)| *book);
                    let books: Vec<_> = books.zip(totals.iter().map(Vec::as_slice)).collect();
                    books_pdf(registry, &context, &books)?
                }
            };
            (bytes, pairs.len())
        }
        Paper::Missing => {
            let handbooks = registry.applicant_handbooks(year)?;
            let pairs: Vec<(&Handbook, &ApplicantResult)> = found
                .iter()
                .filter_map(|result| {
                    let of = handbooks.iter().find(|h| h.person.id == result.person.id)?;
                    Some((of, result))
                })
                .filter(|(handbook, result)| documents::lacks_anything(&context, handbook, result))
                .collect();
            (documents::missing_pdf(&context, &pairs)?, pairs.len())
        }
        Paper::Publicity | Paper::PublicityResult => {
            let runs = registry.publicity(year)?;
            let run = runs
                .iter()
                .filter(|run| Some(&run.level_group) == group.as_ref())
                .filter(|run| whose.run.is_none_or(|wanted| wanted == run.id))
                .max_by_key(|run| (run.posted, run.id))
                .ok_or_else(nobody)?;
            let rows: Vec<&ApplicantResult> =
                found.iter().filter(|r| run.members.contains(&r.person.id)).collect();
            let bytes = match paper {
                Paper::Publicity => documents::publicity_pdf(&context, run, &rows)?,
                _ => documents::publicity_result_pdf(&context, run, &rows)?,
            };
            (bytes, rows.len())
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
            let group = group.as_deref().unwrap_or_default();
            let bytes = match paper {
                Paper::SummaryXlsx => documents::summary_xlsx(&context, group, &met)?,
                Paper::SummaryPdf => documents::summary_pdf(&context, group, &met)?,
                Paper::Register => documents::register_pdf(&context, &met)?,
                _ => {
                    let template = template::of(registry)?;
                    documents::certificates_pdf_with(&context, &template, &met)?
                }
            };
            (bytes, met.len())
        }
    };
    let (about, draft) = (group.unwrap_or_default(), context.draft);
    Ok(Made { bytes, people, about, draft, said: String::new() })
}

/// `25 份材料，2 份没有订入：…`
fn bound_words(files: usize, unbound: &[String]) -> String {
    match unbound {
        [] => format!("{files} 份材料"),
        some => format!("{files} 份材料，{} 份没有订入：{}", some.len(), some.join("；")),
    }
}

/// Binds the evidence of a level's applicants, each person's into a file of the folder.
///
/// # Errors
/// As [`binders::bind`].
pub fn bind(
    registry: &Registry,
    group: &str,
    folder: &Path,
    today: NaiveDate,
    progress: Progress<'_>,
) -> Result<Finished> {
    let (notice, unit) = (registry.notice(), registry.unit()?);
    let year = notice.campaign_year;
    let mut report = campaign::check(registry, year, Some(group), today)?;
    report.applicants.retain(|result| result.stage != Stage::Withdrawn);
    let whose = binders::of_applicants(report.applicants, registry.applicant_handbooks(year)?);
    if whose.is_empty() {
        return Err(nobody());
    }
    let filled_by = &unit.contact;
    let context = Context { notice: &notice, unit: &unit, filled_by, date: today, draft: false };
    let done = binders::bind(registry, &context, &whose, folder, progress)?;
    let files = done.people.iter().map(|binder| binder.files).sum();
    let unbound: Vec<String> = done
        .people
        .iter()
        .flat_map(|binder| binder.unbound.iter().map(|why| format!("{} {why}", binder.name)))
        .collect();
    let mut text = format!("已合订 {} 人，{}", done.people.len(), bound_words(files, &unbound));
    let left: Vec<String> =
        done.left_out.iter().map(|(name, why)| format!("{name}（{why}）")).collect();
    if !left.is_empty() {
        text += &format!("；没有合订 {} 人：{}", left.len(), left.join("、"));
    }
    Ok(Finished::unchanged(Outcome::Saved { text, path: folder.to_path_buf() }))
}

/// Handbooks with their photographs and ID numbers in full: they are the people's own.
fn books_pdf(
    registry: &Registry,
    context: &Context<'_>,
    books: &[(&Handbook, &[YearTotal])],
) -> Result<Vec<u8>> {
    let vault = registry.vault();
    let look = HandbookLook { id: IdShown::Full, read: &|photo| vault.read(photo) };
    documents::handbook_pdf_with(context, books, &look)
}

/// The handbook of one person, or of those who are picked.
fn handbooks(registry: &Registry, context: &Context<'_>, whose: &Whose) -> Result<Made> {
    let people = match (&whose.people[..], whose.person) {
        ([], person) => vec![person.ok_or_else(nobody)?],
        (people, _) => people.to_vec(),
    };
    let books: Vec<Handbook> =
        people.iter().map(|person| registry.handbook(*person)).collect::<Result<_>>()?;
    let totals: Vec<Vec<YearTotal>> =
        books.iter().map(|book| years(context.notice, book)).collect();
    let pairs: Vec<_> = books.iter().zip(totals.iter().map(Vec::as_slice)).collect();
    let bytes = books_pdf(registry, context, &pairs)?;
    let about = match &books[..] {
        [only] => only.person.name.clone(),
        many => format!("{} 人", many.len()),
    };
    Ok(Made { bytes, people: books.len(), about, draft: false, said: String::new() })
}

/// One person's evidence bound into one file.
fn evidence(registry: &Registry, context: &Context<'_>, whose: &Whose) -> Result<Made> {
    let handbook = registry.handbook(whose.person.ok_or_else(nobody)?)?;
    let totals = years(context.notice, &handbook);
    let all: Vec<&YearTotal> = totals.iter().collect();
    let vault = registry.vault();
    let bound = documents::evidence_pdf(context, &handbook, &all, &mut |file| vault.read(file))?;
    let said = bound_words(bound.files, &bound.unbound);
    let about = handbook.person.name;
    Ok(Made { bytes: bound.bytes, people: 1, about, draft: false, said })
}

/// Who is short of what in a year.
fn gaps(registry: &Registry, context: &Context<'_>, paper: Paper, whose: &Whose) -> Result<Made> {
    let year = whose.year.unwrap_or(context.notice.campaign_year);
    let mut found = roster::gaps(registry, year, context.date)?;
    if !whose.people.is_empty() {
        let asked: HashSet<PersonId> = whose.people.iter().copied().collect();
        found.gaps.retain(|gap| asked.contains(&gap.person.id));
        found.people = asked.len();
    }
    let bytes = match paper {
        Paper::GapsXlsx => documents::gaps_xlsx(context, &found)?,
        _ => documents::gaps_pdf(context, &found)?,
    };
    let (people, about) = (found.gaps.len(), format!("{year} 年"));
    Ok(Made { bytes, people, about, draft: false, said: String::new() })
}

/// The level group a paper is about: asked for, else the first that has applicants (or a run).
fn group_of(registry: &Registry, paper: Paper, whose: &Whose, year: i32) -> Result<Option<String>> {
    if matches!(paper, Paper::Missing | Paper::Findings) || whose.group.is_some() {
        return Ok(whose.group.clone());
    }
    if matches!(paper, Paper::Publicity | Paper::PublicityResult) {
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
