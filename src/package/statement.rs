//! `data/package.json`: everything in the package for a program to read, versioned. Its shape is a
//! promise to the department's copy of this program; how it gets into a bag stands elsewhere.

use super::manifest::PAYLOAD;
use crate::failure::{Failure, Result};
use crate::ledger::{Applicant, Handbook, IdNumber, Unit};
use crate::notice::{Changed, Span};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where it stands in the bag.
pub const PATH: &str = "data/package.json";
const FORMAT: &str = "xueshi-package";
/// Raised when an older program could no longer read what is written.
const VERSION: u32 = 1;

/// The whole statement.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Statement {
    pub format: String,
    pub version: u32,
    pub id: String,
    pub made_at: NaiveDateTime,
    pub software: String,
    /// 草稿: not for handing in.
    pub draft: bool,
    pub unit: Unit,
    pub notice: NoticeTold,
    pub campaign: i32,
    /// 高级 / 中级
    pub level: String,
    /// Whom it is handed to.
    pub recipient: String,
    pub deadline: NaiveDate,
    pub last_working_day: NaiveDate,
    pub documents: Vec<FileTold>,
    pub publicity: Vec<RunTold>,
    pub people: Vec<PersonTold>,
}

/// Which notice it was computed by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoticeTold {
    pub id: String,
    pub document: String,
    /// What the unit chose otherwise than the notice's file says (口径).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<Changed>,
}

/// One file of the payload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileTold {
    /// Below the bag's folder.
    pub path: String,
    pub sha256: String,
    pub size: u64,
}

/// One applicant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PersonTold {
    /// The number in the summary table and of the folder.
    pub number: usize,
    /// Below the bag's folder.
    pub folder: String,
    pub handbook: Handbook,
    pub application: Applicant,
    pub span: Span,
    /// Verdict, years, obligations and findings, as in the JSON of `check`.
    pub check: Value,
    /// 登记手册.pdf
    pub paper: FileTold,
    pub evidence: Vec<EvidenceTold>,
}

/// One file of evidence, and what it belongs to: the ids are those in `handbook`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EvidenceTold {
    #[serde(flatten)]
    pub file: FileTold,
    pub of: Owner,
    pub slot: String,
    /// Its name when it came in.
    pub name: String,
}

/// What a file of evidence proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    Record(i64),
    Deemed(i64),
    Slip(i64),
}

/// One publicity run: everybody who was posted, by name.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RunTold {
    pub posted: NaiveDate,
    pub place: String,
    pub days: u32,
    pub close_strict: NaiveDate,
    pub close_inclusive: NaiveDate,
    pub closed: Option<NaiveDate>,
    pub objections: Vec<String>,
    pub members: Vec<MemberTold>,
}

/// A posted person; the number only of those who are in the package.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MemberTold {
    pub name: String,
    pub id_number: Option<IdNumber>,
}

impl Statement {
    pub fn format() -> (String, u32) {
        (FORMAT.to_owned(), VERSION)
    }

    /// Every file it tells of, itself left out.
    pub fn files(&self) -> impl Iterator<Item = &FileTold> {
        let people = self.people.iter().flat_map(|person| {
            std::iter::once(&person.paper).chain(person.evidence.iter().map(|it| &it.file))
        });
        self.documents.iter().chain(people)
    }

    /// # Errors
    /// It cannot be written as JSON, which no handbook brings about.
    pub fn write(&self) -> Result<Vec<u8>> {
        serde_json::to_vec_pretty(self).map_err(unwritable)
    }

    /// # Errors
    /// In words: not ours, of a newer program, or not well-formed.
    pub fn read(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Head {
            format: String,
            version: u32,
        }
        let bad = |error: serde_json::Error| {
            format!("{PATH} 第 {} 行读不懂，不是本程序写的或已损坏", error.line())
        };
        let head: Head = serde_json::from_str(text).map_err(bad)?;
        if head.format != FORMAT {
            return Err(format!("{PATH} 不是学时登记程序的报送包清单"));
        }
        if head.version > VERSION {
            return Err(format!("{PATH} 是更新的程序写的（第 {} 版），请升级本程序", head.version));
        }
        let read: Self = serde_json::from_str(text).map_err(bad)?;
        if let Some(file) =
            read.files().find(|file| !file.path.starts_with(PAYLOAD) || file.path == PATH)
        {
            return Err(format!("{PATH} 提到了不该提的文件 {}", file.path.escape_debug()));
        }
        Ok(read)
    }
}

fn unwritable(error: serde_json::Error) -> Failure {
    Failure::cannot(super::WRITING, PATH, "人员材料无法转成清单", "请把这个问题告诉程序的维护人")
        .because(error)
}
