//! The shape of a notice after loading. Every rule bears its clause.

use super::Hours;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A subject (科目) by its id: `public` 公需, `specialty` 专业, or what another region's notice declares (B1-01).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Subject(pub String);

impl Subject {
    /// 公需
    pub fn public() -> Self {
        Self("public".to_owned())
    }
    /// 专业
    pub fn specialty() -> Self {
        Self("specialty".to_owned())
    }
    pub fn id(&self) -> &str {
        &self.0
    }
}

/// A form of continuing education by its number in annex 1 part 1 (1–12 in Xiangxi 2020).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormId(pub u16);

/// The kind of proof a file is (材料项), by a stable kebab-case id such as `sign-in-sheet`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SlotId(pub String);

/// Where a rule comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The row of the requirement trace, e.g. `C1-a`; for another region any stable id.
    pub id: String,
    /// The place in the notice as a clerk would cite it, e.g. `附件1·二·1`.
    pub place: String,
    /// The sentence itself.
    pub quote: String,
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)
    }
}

/// One subject and its yearly minimum (B1-05, B1-06).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectRule {
    pub id: Subject,
    /// 公需
    pub name: String,
    pub minimum: Hours,
    /// 「一般」: falling short may be excused with a documented reason.
    pub soft: bool,
    pub clause: Clause,
}

/// How years are tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnnualMode {
    /// Each calendar year stands alone (B1-04).
    PerYear,
    /// The sum over the span is tested against the sum of the yearly minima.
    Cumulative,
}

/// The annual test (B1-04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annual {
    pub total: Hours,
    pub mode: AnnualMode,
    /// A sum above which the clerk is asked to look again.
    pub warn_above: Option<Hours>,
    pub clause: Clause,
}

/// A proof a file can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    pub id: SlotId,
    /// 签到表
    pub name: String,
    /// Other words understood in workbooks.
    pub synonyms: Vec<String>,
    /// An open 「等」 slot: accepted only with a reason.
    pub open: bool,
}

/// One thing an evidence set asks for: any one of these slots (with substitutes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub any_of: Vec<SlotId>,
    /// Must bear a seal (加盖公章).
    pub stamped: bool,
    /// May be waived with a reason.
    pub waivable: bool,
    /// How many files at least (E4-2 wants one, recommends two).
    pub recommended: u32,
}

/// One numbered set of proofs that is enough on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceSet {
    pub needs: Vec<Need>,
    /// When present, only records with one of these sources use the set (form 6: 著作 / 论文 …).
    pub sources: Vec<String>,
    pub clause: Clause,
}

/// One form of continuing education (annex 1 part 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub id: FormId,
    /// 培训班、研修班
    pub name: String,
    /// Other words understood in workbooks.
    pub synonyms: Vec<String>,
    /// One line under the name in the window, e.g. `全天 10 · 半天 4 · 晚上 2`.
    pub hint: String,
    /// The fields that the form needs, beyond title, subject, organiser and dates.
    pub asks: Vec<Field>,
    /// 来源 words that the form takes (empty: not asked).
    pub sources: Vec<String>,
    /// 级别 words that the form takes.
    pub levels: Vec<String>,
    /// 任务 words that the form takes.
    pub tasks: Vec<String>,
    /// The subject credited whatever was entered (forms 5–9, 11).
    pub fixed_subject: Option<Subject>,
    pub evidence: Vec<EvidenceSet>,
    pub clause: Clause,
}

/// A field that a form may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Sessions,
    Rank,
    Level,
    Source,
    Quantity,
    Passed,
    Certified,
    Serial,
    Task,
    Assessment,
    Platform,
    Region,
    CertificateNumber,
}

/// An applied level (申报级别) and the group it is handed in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// 正高 / 副高 / 中级
    pub name: String,
    /// 高级 / 中级
    pub group: String,
    /// The words on the certificate: 高级或以上 / 中级.
    pub certificate_words: String,
}

/// First and last year that an applicant must show (认定起止).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub first: i32,
    pub last: i32,
}

impl Span {
    pub fn years(self) -> impl DoubleEndedIterator<Item = i32> + Clone {
        self.first..=self.last
    }
    pub fn contains(self, year: i32) -> bool {
        (self.first..=self.last).contains(&year)
    }
    /// 近 n 年
    pub fn len(self) -> i32 {
        self.last - self.first + 1
    }
    pub fn is_empty(self) -> bool {
        self.len() <= 0
    }
}

/// A training platform (annex 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Platform {
    pub name: String,
    #[serde(default)]
    pub synonyms: Vec<String>,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub contact: String,
    #[serde(default)]
    pub website: String,
    #[serde(default)]
    pub phone: String,
    /// Filed with the prefecture's bureau.
    pub filed: Option<bool>,
    /// Gives the bureau a query account.
    pub account: Option<bool>,
    /// Key B lodged with the province.
    pub key_b: Option<bool>,
    /// Is a 继续教育基地 (B4-05/06 apply to specialty courses too).
    #[serde(default)]
    pub base: bool,
    #[serde(default)]
    pub first_year: Option<i32>,
    #[serde(default)]
    pub last_year: Option<i32>,
}

/// One decided reading (口径, trace part 4), shown to the clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub id: String,
    pub question: String,
    pub choice: String,
    pub reason: String,
}

/// What the annual public subject is about (B1-02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub year: i32,
    pub subject: Subject,
    pub texts: Vec<String>,
    pub clause: Clause,
}

/// Whom a kind of unit hands its package to (B3-12…B3-18).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// 州直, 县市区, 经开区, 非公, 社会组织, 人事代理
    pub unit_kind: String,
    /// With `{department}`, `{county}` to fill in; used for units below a department.
    pub below_department: String,
    /// Used for a department itself, or where there is none.
    pub otherwise: String,
    /// The 注册地区 that public online certificates of this unit's staff must bear (B2-04); `{county}` to fill in.
    pub region: String,
    /// The county must be known for this kind.
    pub needs_county: bool,
    pub clause: Clause,
}

/// Publicity (B3-11, A-29).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicityRule {
    pub workdays: u32,
    /// false = strict: the posting day is not counted.
    pub count_posting_day: bool,
    pub clause: Clause,
}

/// The hand-in deadline (B3-15, A-28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub date: NaiveDate,
    /// Working days to leave for the department's review.
    pub review_workdays: u32,
    pub clause: Clause,
}

/// A year's working days that a notice or user adds or patches (holiday-cn's data first).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarYear {
    pub year: i32,
    /// Weekdays off.
    pub off: Vec<NaiveDate>,
    /// Weekend days worked.
    pub work: Vec<NaiveDate>,
}

/// Everything a notice says.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// `xiangxi-2020`
    pub id: String,
    /// `州人社函〔2020〕40号`
    pub document: String,
    pub title: String,
    pub issuer: String,
    pub region: String,
    pub issued: NaiveDate,
    pub campaign_year: i32,
    pub basis: Vec<String>,
    /// 学时（分）
    pub hours_label: String,
    pub subjects: Vec<SubjectRule>,
    pub annual: Annual,
    pub themes: Vec<Theme>,
    pub slots: Vec<Slot>,
    pub forms: Vec<Form>,
    pub conversions: Vec<super::convert::Conversion>,
    pub dayparts: Option<super::convert::DayPartRule>,
    pub levels: Vec<Level>,
    pub spans: Vec<SpanRule>,
    /// Year groups in the summary table (annex 2): 5.
    pub summary_groups: usize,
    pub deeming: Vec<DeemRule>,
    pub platforms: Vec<Platform>,
    pub publicity: PublicityRule,
    pub deadline: Deadline,
    /// Periods closed to face-to-face training (B4-01).
    pub closed_periods: Vec<(NaiveDate, NaiveDate)>,
    pub recipients: Vec<Recipient>,
    pub calendar: Vec<CalendarYear>,
    pub decisions: Vec<Decision>,
    /// Clauses that are told as help only (B0-03, B3-01, B3-02, B4-07), and any other by id.
    pub clauses: BTreeMap<String, Clause>,
}

/// The start of the span for some applicants (B3-04…07); the most specific match wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanRule {
    /// Level names or groups; empty matches all.
    pub levels: Vec<String>,
    /// Degrees; empty matches all.
    pub degrees: Vec<String>,
    /// Series; empty matches all.
    pub series: Vec<String>,
    /// Offset from the campaign year, e.g. −5.
    pub first_offset: i32,
    /// Offset of the last year, −1 by A-01.
    pub last_offset: i32,
    pub clause: Clause,
}

/// Deeming of applicants' hours (B3-08) or by declared reason (B4-08, C7-c).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeemRule {
    pub id: String,
    /// Who: every applicant of the campaign, or those with a Deemed entry giving one of `reasons`.
    pub applicants: bool,
    /// 事由 words that this rule answers to.
    pub reasons: Vec<String>,
    /// Only this year; `None` = the year on the entry.
    pub year: Option<i32>,
    /// Subjects completed; empty = all.
    pub subjects: Vec<Subject>,
    /// Proofs asked for a declared reason.
    pub evidence: Vec<EvidenceSet>,
    /// What must be supplied afterwards (B3-09), e.g. `补交 2020 年度继续教育合格证明`.
    pub obligation: Option<String>,
    /// When: `资格确认或聘任时`.
    pub obligation_due: Option<String>,
    pub clause: Clause,
}

impl Notice {
    pub fn form(&self, id: FormId) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == *id)
    }

    pub fn subject(&self, id: &Subject) -> Option<&SubjectRule> {
        self.subjects.iter().find(|subject| subject.id == *id)
    }

    /// The subject's Chinese name, or its id where the notice does not know it.
    pub fn subject_name<'a>(&'a self, id: &'a Subject) -> &'a str {
        self.subject(id).map_or(id.id(), |subject| &subject.name)
    }

    /// 高级 or 中级 of an applied level.
    pub fn level_group<'a>(&'a self, level: &'a str) -> Option<&'a str> {
        self.levels.iter().find(|l| l.name == level).map(|l| l.group.as_str())
    }

    /// The distinct level groups in order.
    pub fn level_groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for level in &self.levels {
            if !groups.contains(&level.group.as_str()) {
                groups.push(&level.group);
            }
        }
        groups
    }
}
