//! 证明材料合订: each person's evidence bound into one file, written one after another. What cannot be bound
//! is told by name, and stops nobody else.

use super::{cancelled, names};
use crate::documents::{self, Context};
use crate::durable;
use crate::failure::{Failure, Kind, Result};
use crate::intake::Progress;
use crate::ledger::{ApplicantResult, Handbook, YearTotal};
use crate::registry::Registry;
use serde::Serialize;
use std::path::{Path, PathBuf};

const WHAT: &str = "合订证明材料";
/// The longest name in a file's name, in UTF-16 units.
const NAME_CAP: usize = 40;

/// Whose evidence, and of which years.
pub struct Whose {
    pub handbook: Handbook,
    pub years: Vec<YearTotal>,
}

/// Applicants with the years of their spans.
pub fn of_applicants(found: Vec<ApplicantResult>, mut handbooks: Vec<Handbook>) -> Vec<Whose> {
    let whose = found.into_iter().filter_map(|result| {
        let at = handbooks.iter().position(|book| book.person.id == result.person.id)?;
        let span = result.span;
        let years = result.years.into_iter().filter(|total| span.contains(total.year)).collect();
        Some(Whose { handbook: handbooks.swap_remove(at), years })
    });
    whose.collect()
}

/// One file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Binder {
    pub name: String,
    pub file: PathBuf,
    /// Files of evidence in it.
    pub files: usize,
    /// Those that could not be bound, each with why.
    pub unbound: Vec<String>,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Binders {
    pub people: Vec<Binder>,
    /// Names of those without evidence, with why.
    pub left_out: Vec<(String, String)>,
}

/// Binds each person's evidence into a file of `folder`, or a single person's into `folder` itself when it
/// names a PDF.
///
/// # Errors
/// Several people and one file; no such folder; nobody has evidence; a character that no font has; I/O;
/// cancelled. Files of people before the trouble stay.
pub fn bind(
    registry: &Registry,
    context: &Context<'_>,
    people: &[Whose],
    out: &Path,
    progress: Progress<'_>,
) -> Result<Binders> {
    let into_file = out.extension().is_some_and(|found| found.eq_ignore_ascii_case("pdf"));
    let place = out.display().to_string();
    if into_file && people.len() > 1 {
        let why = format!("有 {} 个人，一个文件只装一个人的", people.len());
        let remedy = "请写成一个文件夹，或只选一个人";
        return Err(Failure::usage(WHAT, place, why, remedy));
    }
    if !into_file && !out.is_dir() {
        let remedy = "请先建好文件夹；只要一个人的，写成 .pdf 文件";
        return Err(Failure::cannot(WHAT, place, "没有这个文件夹", remedy));
    }
    let (vault, mut done) = (registry.vault(), Binders::default());
    let width = people.len().to_string().len().max(3);
    for (whose, number) in people.iter().zip(1u64..) {
        let name = &whose.handbook.person.name;
        if !progress(number - 1, people.len() as u64, name) {
            return Err(cancelled(WHAT));
        }
        let years: Vec<&YearTotal> = whose.years.iter().collect();
        let read = &mut |evidence: &_| vault.read(evidence);
        let bound = match documents::evidence_pdf(context, &whose.handbook, &years, read) {
            Ok(bound) => bound,
            // Somebody without evidence stops nobody else's.
            Err(failure) if failure.kind == Kind::Refused && people.len() > 1 => {
                done.left_out.push((name.clone(), failure.why));
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let file = match into_file {
            true => out.to_path_buf(),
            false => {
                let name = names::component(name, NAME_CAP);
                out.join(format!("{number:0width$} {name} 证明材料.pdf"))
            }
        };
        durable::write("写文件", &file, &bound.bytes)?;
        let (files, unbound) = (bound.files, bound.unbound);
        done.people.push(Binder { name: name.clone(), file, files, unbound });
    }
    match done.people.is_empty() {
        true => Err(Failure::refused(WHAT, place, "没有人附了证明材料", "请先附上扫描件")),
        false => Ok(done),
    }
}
