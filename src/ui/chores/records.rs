//! Records: registering one activity for many, changing, evidence, what somebody vouches for.

use super::files::{odd_kinds, take_in, take_in_what_fits};
use super::{NewFile, said, vouch};
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{
    Attachment, Event, Handbook, HoursOverride, PersonId, Record, RecordId, years,
};
use crate::notice::{Activity, Hours, SlotId};
use crate::registry::Registry;
use crate::ui::desk::{Finished, Outcome};
use chrono::NaiveDate;
use std::path::PathBuf;

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
                let name = &event_name(tx.registry(), name, &record.activity)?;
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

/// The name under which a 班次 is kept: one of the same name that was held at another time is another 班次,
/// with other people and other papers.
fn event_name(registry: &Registry, name: &str, activity: &Activity) -> Result<String> {
    let lines = registry.event_lines()?;
    let held = |name: &str| lines.iter().find(|line| line.name == name).map(|line| line.start);
    Ok(match held(name.trim()) {
        Some(start) if start != activity.start => format!("{}（{}）", name.trim(), activity.start),
        _ => name.to_owned(),
    })
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

/// Takes files in as evidence of a record: its own, or `shared` by everybody of its 班次. What cannot be
/// evidence stays out and is told.
///
/// # Errors
/// None can be; what the registry refuses.
pub fn attach(
    registry: &mut Registry,
    id: RecordId,
    shared: bool,
    files: &[(SlotId, PathBuf)],
    progress: Progress<'_>,
) -> Result<Finished> {
    let files: Vec<NewFile> = files
        .iter()
        .map(|(slot, path)| NewFile { slot: slot.clone(), path: path.clone(), stamped: false })
        .collect();
    let (taken, refused) = take_in_what_fits(registry, &files, progress)?;
    let mut text = format!("已放入 {} 个文件", taken.len());
    if !refused.is_empty() {
        text.push_str(&format!("；没有放入 {}", refused.join("；")));
    }
    let odd = odd_kinds(
        taken.iter().map(|it| (it.evidence.name.as_str(), it.evidence.extension.as_str())),
    );
    if !odd.is_empty() {
        text.push_str(&format!("；{odd}"));
    }
    edit_file(registry, id, shared, "放入证明材料", &text, |files| files.extend(taken))
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
    event.attachments.dedup();
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

/// Whether the unit from which a record was transferred has sealed it.
///
/// # Errors
/// What the registry refuses.
pub fn seal_of_origin(registry: &mut Registry, id: RecordId, stamped: bool) -> Result<Finished> {
    let mut record = record_of(registry, id)?;
    record.origin_stamped = stamped;
    let text = if stamped { "已记下原单位盖章" } else { "已取消原单位盖章" };
    change(registry, "原单位盖章", record, text)
}

/// The record as it is, to be changed on 登记.
///
/// # Errors
/// It is gone.
pub fn to_edit(registry: &Registry, id: RecordId) -> Result<Outcome> {
    record_of(registry, id).map(|record| Outcome::Edit(Box::new(record)))
}

/// The 注册地区 as the certificate shows it now (B2-04).
///
/// # Errors
/// What the registry refuses.
pub fn correct_region(registry: &mut Registry, id: RecordId, region: &str) -> Result<Finished> {
    let mut record = record_of(registry, id)?;
    record.activity.region = Some(region.trim().to_owned());
    change(registry, "更正注册地区", record, "注册地区已更正")
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

/// Who of `people` would get less from an activity than somebody who has nothing else, and why.
///
/// # Errors
/// Damage.
pub fn overlaps(
    registry: &Registry,
    people: &[PersonId],
    activity: &Activity,
) -> Result<Vec<String>> {
    let notice = registry.notice();
    let mut whole: Option<Hours> = None;
    let mut lines = Vec::new();
    for &person in people {
        let mut handbook = registry.handbook(person)?;
        let gained = |handbook: &Handbook| -> (Hours, Option<String>) {
            let totals = years(&notice, handbook);
            let credits = totals.iter().flat_map(|total| &total.credits);
            let mine: Vec<_> = credits.filter(|c| c.record == RecordId::default()).collect();
            let hours = mine.iter().filter(|c| c.counted).map(|c| c.hours).sum();
            (hours, mine.first().map(|credit| credit.why.clone()))
        };
        let record = Record::new(person, activity.clone());
        let most = *whole.get_or_insert_with(|| {
            let alone = Handbook { records: vec![record.clone()], ..handbook.clone() };
            gained(&alone).0
        });
        handbook.records.push(record);
        let (hours, why) = gained(&handbook);
        if hours < most {
            let why = why.unwrap_or_default();
            lines.push(format!("{} 只得 {hours} 学时：{why}", handbook.person.name));
        }
    }
    let more = lines.len().saturating_sub(5);
    if more > 0 {
        lines.truncate(5);
        lines.push(format!("还有 {more} 人也与别的班次重叠"));
    }
    Ok(lines)
}
