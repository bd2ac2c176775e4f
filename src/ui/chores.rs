//! What pages ask the worker to do to the registry, one verb each. They run on the worker's thread;
//! each is one undo step and says in one sentence what it did.

use super::desk::{Finished, Outcome};
use crate::failure::{Failure, Result};
use crate::intake::{self, ImportOptions, Progress};
use crate::ledger::{
    Applicant, Attachment, DeemedId, Event, HoursOverride, IdNumber, Person, PersonId, Record,
    RecordId, ReviewResult, SlipId, Unit, Vouched, YearReview,
};
use crate::notice::{Hours, SlotId};
use crate::package::{self, PackageRequest};
use crate::registry::{Registry, campaign};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// Adds a person and opens the handbook.
///
/// # Errors
/// What the registry refuses.
pub fn add_person(registry: &mut Registry, person: &Person) -> Result<Finished> {
    let done = registry.transact("添加人员", |tx| tx.save_person(person))?;
    Ok(Finished {
        outcome: Outcome::Person { text: format!("已添加 {}", person.name), id: done.value },
        touched: Some(done.people),
    })
}

/// Makes people applicants; an empty speciality is each person's own.
///
/// # Errors
/// What the registry refuses.
pub fn add_applicants(
    registry: &mut Registry,
    people: &[PersonId],
    like: &Applicant,
) -> Result<Finished> {
    let mut already = 0;
    let done = registry.transact("添加参评人员", |tx| {
        let mut added = 0;
        for &person in people {
            let handbook = tx.registry().handbook(person)?;
            if handbook.applications.iter().any(|a| a.campaign == like.campaign) {
                already += 1;
                continue;
            }
            let own = if handbook.person.speciality.is_empty() {
                &handbook.person.title
            } else {
                &handbook.person.speciality
            };
            let speciality =
                if like.speciality.is_empty() { own.clone() } else { like.speciality.clone() };
            tx.save_applicant(&Applicant { person, speciality, ..like.clone() })?;
            added += 1;
        }
        Ok(added)
    })?;
    let left = if already > 0 { format!("，{already} 人原已在列") } else { String::new() };
    Ok(Finished::said(format!("已添加参评人员 {} 人{left}", done.value), done.people))
}

/// The unit's review of some applicants.
///
/// # Errors
/// What the registry refuses.
pub fn review(
    registry: &mut Registry,
    year: i32,
    people: &[IdNumber],
    result: ReviewResult,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let outcome = campaign::review(registry, year, None, people, result, by, reason, today)?;
    let mut text = format!("单位初审{} {} 人", result.name(), outcome.done.len());
    if let Some((person, why)) = outcome.refused.first() {
        text += &format!("；{} 人没有办：{}，{why}", outcome.refused.len(), person.name);
    }
    Ok(Finished {
        outcome: Outcome::Said { text, undoable: !outcome.done.is_empty() },
        touched: Some(outcome.done.iter().map(|person| person.id).collect()),
    })
}

/// Takes an applicant out of the campaign.
///
/// # Errors
/// What the registry refuses.
pub fn withdraw(
    registry: &mut Registry,
    year: i32,
    person: &IdNumber,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    campaign::withdraw(registry, year, person, reason, today)?;
    Ok(Finished { outcome: said("已退出申报"), touched: touched(registry, person)? })
}

/// Sets a finding aside with a reason.
///
/// # Errors
/// What the registry refuses.
pub fn set_aside(
    registry: &mut Registry,
    person: &IdNumber,
    year: i32,
    code: &str,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    campaign::override_finding(registry, person, year, code, by, reason, today)?;
    Ok(Finished { outcome: said("已带理由放行"), touched: touched(registry, person)? })
}

fn said(text: impl Into<String>) -> Outcome {
    Outcome::Said { text: text.into(), undoable: true }
}

fn touched(registry: &Registry, person: &IdNumber) -> Result<Option<Vec<PersonId>>> {
    Ok(registry.person_by_id_number(person)?.map(|person| vec![person.id]))
}

/// Changes a person's particulars.
///
/// # Errors
/// What the registry refuses.
pub fn save_person(registry: &mut Registry, person: &Person) -> Result<Finished> {
    let done = registry.transact("修改资料", |tx| tx.save_person(person))?;
    let text = if done.people.is_empty() { "没有改动" } else { "资料已修改" };
    Ok(Finished {
        outcome: Outcome::Said { text: text.to_owned(), undoable: !done.people.is_empty() },
        touched: Some(done.people),
    })
}

/// What is registered at once: one record for each of `people`.
#[derive(Debug, Clone)]
pub struct Entry {
    pub people: Vec<PersonId>,
    /// As for the first person; without files.
    pub record: Record,
    pub files: Vec<NewFile>,
    /// The 班次 that holds the files when there are several people.
    pub event: Option<String>,
}

/// A file to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    pub slot: SlotId,
    pub path: PathBuf,
    pub stamped: bool,
}

/// Registers one activity for some people; one undo step.
///
/// # Errors
/// A file cannot be taken in; what the registry refuses.
pub fn register(
    registry: &mut Registry,
    entry: &Entry,
    progress: Progress<'_>,
) -> Result<Finished> {
    let all = entry.people.len() as u64;
    let files = take_in(registry, &entry.files, progress)?;
    let action = if all > 1 { format!("登记 {all} 人") } else { "登记一条".to_owned() };
    let done = registry.transact(&action, |tx| {
        let mut record = entry.record.clone();
        match &entry.event {
            Some(name) => {
                let id = tx.event(name)?;
                if !files.is_empty() {
                    let known = tx.registry().events()?.into_iter().find(|event| event.id == id);
                    let mut event =
                        known.unwrap_or(Event { id, name: name.clone(), attachments: Vec::new() });
                    event.attachments.extend(files.clone());
                    event.attachments.sort();
                    event.attachments.dedup();
                    tx.save_event(&event)?;
                }
                record.event = Some(id);
                record.event_name.clone_from(name);
            }
            None => record.attachments.clone_from(&files),
        }
        for (nr, &person) in entry.people.iter().enumerate() {
            if !progress(nr as u64, all, "登记") {
                return Err(Failure::refused("登记", "", "已停下", "没有写入，可重新登记"));
            }
            tx.save_record(&Record { person, ..record.clone() })?;
        }
        Ok(())
    })?;
    let text = if all > 1 { format!("已登记 {all} 人") } else { "已登记".to_owned() };
    Ok(Finished::said(text, done.people))
}

/// Stores a changed record; `files` are added to its own.
///
/// # Errors
/// As [`register`].
pub fn save_record(
    registry: &mut Registry,
    record: &Record,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Finished> {
    let files = take_in(registry, files, progress)?;
    let mut record = record.clone();
    record.attachments.extend(files);
    change(registry, "修改记录", record, "记录已修改")
}

fn take_in(
    registry: &Registry,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Vec<Attachment>> {
    let vault = registry.vault();
    let mut taken = Vec::with_capacity(files.len());
    for (nr, file) in files.iter().enumerate() {
        if !progress(nr as u64, files.len() as u64, "放入材料") {
            return Err(Failure::refused("放入证明材料", "", "已停下", "没有写入，可重新来"));
        }
        taken.push(Attachment {
            slot: file.slot.clone(),
            stamped: file.stamped,
            evidence: vault.take_in(&file.path)?,
            reason: String::new(),
        });
    }
    taken.sort();
    Ok(taken)
}

/// The record of an id, with whose it is.
fn record_of(registry: &Registry, id: RecordId) -> Result<Record> {
    registry.record(id)?.ok_or_else(|| {
        Failure::refused("修改记录", "", "这条记录已经不在了", "请在手册里重新找一下")
    })
}

fn change(
    registry: &mut Registry,
    action: &str,
    mut record: Record,
    text: &str,
) -> Result<Finished> {
    record.attachments.sort();
    record.attachments.dedup();
    let done = registry.transact(action, |tx| tx.save_record(&record))?;
    Ok(Finished {
        outcome: Outcome::Said { text: text.to_owned(), undoable: !done.people.is_empty() },
        touched: Some(done.people),
    })
}

/// Takes files in as evidence of a record: of its 班次 when it has one with shared files, else its own.
///
/// # Errors
/// As [`register`].
pub fn attach(
    registry: &mut Registry,
    id: RecordId,
    files: &[(SlotId, PathBuf)],
    progress: Progress<'_>,
) -> Result<Finished> {
    let files: Vec<NewFile> = files
        .iter()
        .map(|(slot, path)| NewFile { slot: slot.clone(), path: path.clone(), stamped: false })
        .collect();
    let taken = take_in(registry, &files, progress)?;
    let mut record = record_of(registry, id)?;
    let text = format!("已放入 {} 个文件", taken.len());
    record.attachments.extend(taken);
    change(registry, "放入证明材料", record, &text)
}

/// Takes a file out of a record, or out of its 班次 (`shared`).
///
/// # Errors
/// What the registry refuses.
pub fn detach(registry: &mut Registry, id: RecordId, shared: bool, at: usize) -> Result<Finished> {
    edit_file(registry, id, shared, "移除证明材料", "已移除", |files| {
        if at < files.len() {
            files.remove(at);
        }
    })
}

/// Marks a file as sealed or not.
///
/// # Errors
/// What the registry refuses.
pub fn stamp(
    registry: &mut Registry,
    id: RecordId,
    shared: bool,
    at: usize,
    stamped: bool,
) -> Result<Finished> {
    let text = if stamped { "已标记为盖章" } else { "已取消盖章标记" };
    edit_file(registry, id, shared, "标记盖章", text, |files| {
        if let Some(file) = files.get_mut(at) {
            file.stamped = stamped;
        }
    })
}

fn edit_file(
    registry: &mut Registry,
    id: RecordId,
    shared: bool,
    action: &str,
    text: &str,
    edit: impl FnOnce(&mut Vec<Attachment>),
) -> Result<Finished> {
    let mut record = record_of(registry, id)?;
    if !shared {
        edit(&mut record.attachments);
        return change(registry, action, record, text);
    }
    let event = registry.events()?.into_iter().find(|event| Some(event.id) == record.event);
    let Some(mut event) = event else {
        return Ok(Finished::unchanged(Outcome::Quiet));
    };
    edit(&mut event.attachments);
    event.attachments.sort();
    let done = registry.transact(action, |tx| tx.save_event(&event))?;
    let touched = if done.people.is_empty() { None } else { Some(done.people) };
    Ok(Finished { outcome: said(text), touched })
}

/// # Errors
/// What the registry refuses.
pub fn delete_record(registry: &mut Registry, id: RecordId) -> Result<Finished> {
    let done = registry.transact("删除记录", |tx| tx.delete_record(id))?;
    Ok(Finished::said("已删除这条记录", done.people))
}

/// # Errors
/// What the registry refuses.
pub fn delete_deemed(registry: &mut Registry, id: DeemedId, person: PersonId) -> Result<Finished> {
    registry.transact("删除视同", |tx| tx.delete_deemed(id))?;
    Ok(Finished::said("已删除视同", vec![person]))
}

/// # Errors
/// What the registry refuses.
pub fn delete_slip(registry: &mut Registry, id: SlipId, person: PersonId) -> Result<Finished> {
    registry.transact("删除认定单", |tx| tx.delete_slip(id))?;
    Ok(Finished::said("已删除认定单", vec![person]))
}

fn vouch(by: &str, reason: &str, today: NaiveDate) -> Vouched {
    Vouched { by: by.to_owned(), at: today, reason: reason.trim().to_owned() }
}

/// Somebody confirms a record's hours.
///
/// # Errors
/// What the registry refuses.
pub fn confirm(
    registry: &mut Registry,
    id: RecordId,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let mut record = record_of(registry, id)?;
    record.confirmed = Some(vouch(by, reason, today));
    change(registry, "确认学时", record, "已确认")
}

/// Waives a slot with a reason.
///
/// # Errors
/// What the registry refuses.
pub fn waive(
    registry: &mut Registry,
    id: RecordId,
    slot: SlotId,
    by: &str,
    reason: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let mut record = record_of(registry, id)?;
    record.waived.insert(slot, vouch(by, reason, today));
    change(registry, "说明理由免交", record, "已记下理由")
}

/// An override of hours, vouched for.
pub fn vouched_hours(hours: Hours, by: &str, reason: &str, today: NaiveDate) -> HoursOverride {
    HoursOverride { hours, vouched: vouch(by, reason, today) }
}

/// Sets hours beside the computed ones, or takes them away.
///
/// # Errors
/// What the registry refuses.
pub fn override_hours(
    registry: &mut Registry,
    id: RecordId,
    over: Option<HoursOverride>,
) -> Result<Finished> {
    let mut record = record_of(registry, id)?;
    let text = if over.is_some() { "已人工认定" } else { "已取消人工认定" };
    record.hours_override = over;
    change(registry, "人工认定学时", record, text)
}

/// A step of the yearly review (B2-11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewStep {
    Unit,
    Department,
    /// Back to draft, with the reason.
    Reopen(String),
}

/// Takes a step of a year's review.
///
/// # Errors
/// What the registry refuses.
pub fn review_year(
    registry: &mut Registry,
    person: PersonId,
    year: i32,
    step: ReviewStep,
    by: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let handbook = registry.handbook(person)?;
    let review = handbook
        .reviews
        .into_iter()
        .find(|review| review.year == year)
        .unwrap_or_else(|| YearReview::draft(person, year));
    let (review, text) = match step {
        ReviewStep::Unit => {
            (review.unit_reviewed(vouch(by, "", today))?, format!("{year} 年单位已审核"))
        }
        ReviewStep::Department => {
            (review.confirmed(vouch(by, "", today))?, format!("{year} 年已由主管部门确认并锁定"))
        }
        ReviewStep::Reopen(why) => {
            (review.reopened(vouch(by, &why, today))?, format!("{year} 年已重新打开"))
        }
    };
    registry.transact("年度审核", |tx| tx.save_year_review(&review))?;
    Ok(Finished::said(text, vec![person]))
}

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

/// Opens a publicity run.
///
/// # Errors
/// Nobody to post; a calendar year without data.
pub fn post(
    registry: &mut Registry,
    year: i32,
    group: &str,
    posted: NaiveDate,
    place: &str,
    today: NaiveDate,
) -> Result<Finished> {
    let run = campaign::open_publicity(registry, year, group, posted, place, today)?;
    let text = format!(
        "{group} {} 人公示中，{} 满",
        run.members.len(),
        run.close_strict.format("%-m 月 %-d 日")
    );
    Ok(Finished { outcome: said(text), touched: Some(run.members) })
}

/// Writes a package and reads it back.
///
/// # Errors
/// Nobody remains; I/O; cancelled.
pub fn pack(
    registry: &mut Registry,
    request: &PackageRequest,
    progress: Progress<'_>,
) -> Result<Finished> {
    let written = package::write(registry, request, progress)?;
    Ok(Finished { outcome: Outcome::Packed(written), touched: Some(Vec::new()) })
}

/// Verifies a package.
///
/// # Errors
/// It cannot be read at all.
pub fn verify(path: &Path, progress: Progress<'_>) -> Result<Finished> {
    let verification = package::verify(path, progress)?;
    Ok(Finished::unchanged(Outcome::Verified { path: path.to_path_buf(), verification }))
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
    Ok(Finished::unchanged(Outcome::Examined(registry.doctor()?)))
}
