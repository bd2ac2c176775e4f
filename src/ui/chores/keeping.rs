//! The registry as a whole: import, the unit, copies, examination.

use crate::failure::Result;
use crate::intake::{self, ImportOptions, Progress};
use crate::ledger::Unit;
use crate::registry::Registry;
use crate::template;
use crate::ui::desk::{Finished, Outcome};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// How a workbook is to be taken in.
#[derive(Debug, Clone)]
pub struct Taking {
    pub file: PathBuf,
    pub reading: intake::Reading,
    pub dry_run: bool,
    pub skip_bad_rows: bool,
}

/// Reads a workbook, and writes it unless `dry_run`. Of a file in which nothing is understood yet a dry run tells
/// the sheets and headers, so that the clerk can say what they are.
///
/// # Errors
/// The file cannot be read or is no workbook of ours; cancelled.
pub fn import(
    registry: &mut Registry,
    taking: Taking,
    today: NaiveDate,
    progress: Progress<'_>,
) -> Result<Finished> {
    let Taking { file, reading, dry_run, skip_bad_rows } = taking;
    let options = ImportOptions { evidence: None, skip_bad_rows, dry_run, today, reading };
    let report = match intake::import(registry, &file, &options, progress) {
        Err(failure) if dry_run => match intake::look(&file, &options.reading) {
            Ok(sheets) if !sheets.is_empty() && sheets.iter().all(|s| s.kind.is_none()) => {
                intake::ImportReport { sheets, ..Default::default() }
            }
            _ => return Err(failure),
        },
        report => report?,
    };
    let written = !dry_run && (report.errors.is_empty() || skip_bad_rows);
    let revision = registry.revision();
    Ok(Finished {
        outcome: Outcome::Imported { report, file, dry_run: !written, revision },
        touched: if written { None } else { Some(Vec::new()) },
    })
}

/// Writes the blank import workbook.
///
/// # Errors
/// I/O.
pub fn template(registry: &Registry, file: &Path) -> Result<Finished> {
    intake::template(&registry.notice(), file)?;
    let text = "导入模板已存好，内有填写说明".to_owned();
    Ok(Finished::unchanged(Outcome::Saved { text, path: file.to_path_buf() }))
}

/// Changes the unit's facts.
///
/// # Errors
/// What the registry refuses.
pub fn save_unit(registry: &mut Registry, unit: &Unit) -> Result<Finished> {
    registry.transact("修改单位资料", |tx| tx.save_unit(unit))?;
    Ok(Finished::said("单位资料已修改", Vec::new()))
}

/// Examines database and evidence.
///
/// # Errors
/// It cannot be examined at all.
pub fn doctor(registry: &Registry) -> Result<Finished> {
    let problems = template::doctor(registry)?;
    Ok(Finished::unchanged(Outcome::Examined { problems, tidied: None }))
}

/// Removes files that nothing needs, and examines again.
///
/// # Errors
/// A file cannot be removed; it cannot be examined at all.
pub fn tidy(registry: &Registry) -> Result<Finished> {
    let tidied = Some(registry.tidy()?);
    let problems = template::doctor(registry)?;
    Ok(Finished::unchanged(Outcome::Examined { problems, tidied }))
}
