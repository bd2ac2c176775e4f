//! Drafts: rows typed, but not yet held against the registry.

use super::BadCell;
use super::files::FileRef;
use crate::ledger::IdNumber;
use crate::notice::{Activity, Hours, Subject};
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Where a draft stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    pub sheet: String,
    pub row: u32,
    /// The ID number as typed, for messages about the row.
    pub id_typed: String,
}

/// A row of 人员. Blank cells are `None`.
#[derive(Debug, Clone)]
pub struct PersonDraft {
    pub origin: Origin,
    pub id_number: IdNumber,
    pub name: String,
    pub sex: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub workplace: Option<String>,
    pub section: Option<String>,
    pub education: Option<String>,
    pub degree: Option<String>,
    pub title: Option<String>,
    pub title_date: Option<NaiveDate>,
    pub series: Option<String>,
    pub speciality: Option<String>,
    pub handbook_number: Option<String>,
    pub employed: Option<NaiveDate>,
    pub phone: Option<String>,
    pub note: Option<String>,
}

/// A row of 学习记录. In `activity` what is blank is empty.
#[derive(Debug, Clone)]
pub struct RecordDraft {
    pub origin: Origin,
    pub id_number: IdNumber,
    /// 姓名, only to be held against the roster.
    pub name: Option<String>,
    pub activity: Activity,
    pub event: Option<String>,
    pub files: Vec<FileRef>,
    pub note: Option<String>,
}

/// A row of 视同.
#[derive(Debug, Clone)]
pub struct DeemedDraft {
    pub origin: Origin,
    pub id_number: IdNumber,
    pub year: i32,
    pub reason: String,
    /// Outer `None`: the cell is blank; inner `None`: 全部.
    pub subject: Option<Option<Subject>>,
    pub hours: Option<Hours>,
    pub basis: Option<String>,
    pub files: Vec<FileRef>,
}

/// A row of 认定单.
#[derive(Debug, Clone)]
pub struct SlipDraft {
    pub origin: Origin,
    pub id_number: IdNumber,
    pub number: String,
    pub issuer: Option<String>,
    pub issued: Option<NaiveDate>,
    pub first_year: i32,
    pub last_year: i32,
    pub hours: Option<BTreeMap<i32, BTreeMap<Subject, Hours>>>,
    pub files: Vec<FileRef>,
}

/// A row of 参评人员.
#[derive(Debug, Clone)]
pub struct ApplicantDraft {
    pub origin: Origin,
    pub id_number: IdNumber,
    pub campaign: i32,
    pub level: String,
    pub series: Option<String>,
    pub speciality: String,
    pub start_override: Option<i32>,
    pub note: Option<String>,
}

/// Everything a file says, and what could not be read.
#[derive(Debug, Default)]
pub struct Drafts {
    pub people: Vec<PersonDraft>,
    pub records: Vec<RecordDraft>,
    pub deemed: Vec<DeemedDraft>,
    pub slips: Vec<SlipDraft>,
    pub applicants: Vec<ApplicantDraft>,
    pub bad: Vec<BadCell>,
    /// What can be read but should be looked at.
    pub notes: Vec<String>,
    /// ID numbers of rows of 人员 that are bad: their other rows have no person.
    pub bad_people: BTreeMap<IdNumber, u32>,
}
