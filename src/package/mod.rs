//! The submission package (报送包): a BagIt 1.0 bag (RFC 8493), folder or zip. Write and verify.

use crate::failure::Result;
use crate::intake::Progress;
use crate::registry::Registry;
use chrono::NaiveDate;
use serde::Serialize;
use std::path::{Path, PathBuf};

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
#[derive(Debug, Clone, Serialize)]
pub struct LeftOut {
    pub name: String,
    pub id_number: String,
    pub reasons: Vec<String>,
}

/// What verification saw.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verification {
    pub valid: bool,
    pub complete: bool,
    pub files: u64,
    pub bytes: u64,
    pub errors: Vec<String>,
    pub package: Option<PackageFacts>,
}

/// The package's own words about itself.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
pub struct PackageFacts {
    pub unit: String,
    pub campaign: i32,
    pub level: String,
    pub people: u32,
    pub id: String,
}

/// Writes the package to a temporary place on the target, syncs, reads back, verifies, renames.
///
/// # Errors
/// Nobody remains (refused, nothing written); I/O; cancelled.
pub fn write(_registry: &mut Registry, _: &PackageRequest, _: Progress<'_>) -> Result<Written> {
    todo!()
}

/// Verifies a bag, folder or zip; stricter than a standard validator.
///
/// # Errors
/// The path cannot be read at all.
pub fn verify(_package: &Path, _: Progress<'_>) -> Result<Verification> {
    todo!()
}
