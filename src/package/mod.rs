//! The submission package (报送包): a BagIt 1.0 bag (RFC 8493), folder or zip. Write, verify, receive.
//! What stands on the papers inside is made in `documents`; what the registry holds is changed here only
//! by receiving, and by the history of packages.

pub mod bag;
pub mod binders;
mod choose;
mod gather;
mod index;
mod manifest;
pub mod names;
mod receive;
mod source;
pub mod statement;
mod verify;

pub use receive::{
    Conflict, ConflictKey, Looked, Receipt, ReceiveRequest, Received, Seen, Side, look, receive,
};

use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::registry::{PackageEntry, Registry, campaign};
use chrono::{Local, NaiveDate};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What is being done, as failures say it.
const WRITING: &str = "写报送包";

/// What to pack.
#[derive(Debug, Clone)]
pub struct PackageRequest {
    pub campaign: i32,
    /// 高级 / 中级
    pub level_group: String,
    /// A parent folder, or a `.zip` file.
    pub out: PathBuf,
    pub draft: bool,
    pub today: NaiveDate,
}

/// A written package, read back and verified.
#[derive(Debug, Clone, Serialize)]
pub struct Written {
    pub path: PathBuf,
    pub people: u32,
    pub files: u64,
    pub bytes: u64,
    /// Who was left out and why.
    pub left_out: Vec<LeftOut>,
    pub id: String,
}

/// An applicant who is not in the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub name: String,
    pub id_number: String,
    pub reasons: Vec<String>,
}

/// What verification saw.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verification {
    /// Complete, every hash right, everything well-formed.
    pub valid: bool,
    /// Everything listed is there and nothing unlisted is.
    pub complete: bool,
    /// Payload files and bytes.
    pub files: u64,
    pub bytes: u64,
    pub errors: Vec<String>,
    pub package: Option<PackageFacts>,
}

/// The package's own words about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct PackageFacts {
    pub unit: String,
    pub campaign: i32,
    pub level: String,
    pub people: u32,
    pub id: String,
}

/// Who would be packed today and who would not, with the reasons: what the package page shows beforehand.
///
/// # Errors
/// As [`campaign::check`].
pub fn preview(
    registry: &Registry,
    request: &PackageRequest,
) -> Result<(Vec<crate::ledger::Person>, Vec<LeftOut>)> {
    let level = Some(request.level_group.as_str());
    let report = campaign::check(registry, request.campaign, level, request.today)?;
    let runs = registry.publicity(request.campaign)?;
    let (chosen, left_out) = choose::choose(&report, &runs, request.draft);
    Ok((chosen.into_iter().map(|found| found.person.clone()).collect(), left_out))
}

/// Why an applicant would not be packed today, given the campaign's publicity runs; empty: packed.
/// A draft asks only for the verdict.
pub fn against(
    found: &crate::ledger::ApplicantResult,
    runs: &[crate::ledger::Publicity],
    draft: bool,
) -> Vec<String> {
    choose::against(found, runs, draft)
}

/// The name that a package bears: `<单位>_<年度>_<级别>_<日期>`.
pub fn name_of(unit: &crate::ledger::Unit, request: &PackageRequest) -> String {
    gather::bag_name(unit, request)
}

/// Writes the package to a temporary place on the target, syncs, reads back, verifies, renames; then
/// notes it in the registry's history.
///
/// # Errors
/// Nobody remains (refused, nothing written); the name is taken; I/O; cancelled. Nothing is left behind.
pub fn write(
    registry: &mut Registry,
    request: &PackageRequest,
    progress: Progress<'_>,
) -> Result<Written> {
    let now = request.today.and_time(Local::now().time());
    let name = gather::bag_name(&registry.unit()?, request);
    let gathered = gather::gather(registry, request, name, now, progress)?;
    seal(registry, request, gathered, now, progress)
}

/// As [`write()`], but where the name is taken already, as by the package that was written in the morning, the
/// new one is called `…_2`; the old one stays as it is.
///
/// # Errors
/// As [`write()`].
pub fn write_beside(
    registry: &mut Registry,
    request: &PackageRequest,
    progress: Progress<'_>,
) -> Result<Written> {
    let now = request.today.and_time(Local::now().time());
    let mut request = request.clone();
    let mut name = gather::bag_name(&registry.unit()?, &request);
    if request.out.is_dir() {
        name = free(&name, |name| request.out.join(name));
    } else if let Some(stem) = request.out.file_stem() {
        let stem = stem.to_string_lossy();
        let free = free(&stem, |name| request.out.with_file_name(format!("{name}.zip")));
        request.out.set_file_name(format!("{free}.zip"));
    }
    let gathered = gather::gather(registry, &request, name, now, progress)?;
    seal(registry, &request, gathered, now, progress)
}

/// The first of `name`, `name_2`, `name_3` … that nothing bears yet.
fn free(name: &str, place: impl Fn(&str) -> PathBuf) -> String {
    let taken = |name: &str| std::fs::symlink_metadata(place(name)).is_ok();
    let numbered = (2..1000).map(|nr| format!("{name}_{nr}"));
    std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| !taken(name))
        .unwrap_or_else(|| name.to_owned())
}

fn seal(
    registry: &mut Registry,
    request: &PackageRequest,
    gathered: gather::Gathered,
    now: chrono::NaiveDateTime,
    progress: Progress<'_>,
) -> Result<Written> {
    let sealed = gathered.bag.write(&request.out, progress)?;
    // The history outlives the folder that the program was started in.
    let place = std::path::absolute(&sealed.path).unwrap_or_else(|_| sealed.path.clone());
    let entry = PackageEntry {
        id: gathered.id.clone(),
        campaign: request.campaign,
        level_group: request.level_group.clone(),
        path: place.display().to_string(),
        people: gathered.people,
        draft: request.draft,
        manifest_sha256: sealed.manifest_sha256,
        at: now,
    };
    let action = format!("写报送包：{} {} 人", request.level_group, gathered.people);
    if let Err(failure) = registry.transact(&action, |tx| tx.save_package(&entry)) {
        bag::discard(&sealed.path);
        return Err(failure);
    }
    Ok(Written {
        path: sealed.path,
        people: gathered.people,
        files: sealed.files,
        bytes: sealed.bytes,
        left_out: gathered.left_out,
        id: gathered.id,
    })
}

/// The package that a path means: of its 目录.xueshi, the folder that holds the package.
pub fn of_index(path: &Path) -> &Path {
    if !path.ends_with(index::OURS) {
        return path;
    }
    match path.ancestors().nth(2) {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Verifies a bag, folder (or the 目录.xueshi in it) or zip; stricter than a standard validator.
///
/// # Errors
/// The path cannot be read at all; cancelled.
pub fn verify(package: &Path, progress: Progress<'_>) -> Result<Verification> {
    verify::examine(package, false, progress)
}

fn cancelled(what: &str) -> Failure {
    Failure::refused(what, "", "已经取消", "没有留下半成品，可以随时重来")
}
