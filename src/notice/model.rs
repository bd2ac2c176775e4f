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
    /// Other words understood in workbooks.
    pub synonyms: Vec<String>,
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
    /// The most that is counted in a year: what is above falls away from what the subjects have over
    /// their minima, so that a cap never fails anybody.
    pub year_cap: Option<Hours>,
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
    /// Proves one person's part (结业证书), so that it is never taken for the whole 班次's.
    pub personal: bool,
}

/// One thing an evidence set asks for: any one of these slots (with substitutes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub any_of: Vec<SlotId>,
    /// What the window calls it; `None` = the slots' names joined with 或.
    pub label: Option<String>,
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
    /// Other words understood in workbooks.
    pub synonyms: Vec<String>,
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
    /// 国家级 / 省级 …, where it is known (B2-03).
    #[serde(default)]
    pub level: String,
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

/// What a training platform must fulfil for which records (B2-03, B4-05, B4-06).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformRule {
    pub forms: Vec<FormId>,
    /// Subjects as entered.
    pub subjects: Vec<Subject>,
    /// A record without a platform, or with one nobody knows, is not counted. Otherwise the rule
    /// looks only at known platforms that are 继续教育基地.
    pub required: bool,
    /// Must be filed with the bureau.
    pub filed: bool,
    /// Must give the bureau a query account.
    pub account: bool,
    /// Key B must be lodged with the province.
    pub key_b: bool,
    /// Filing and account (B4-06).
    pub clause: Clause,
    /// Key B (B4-05).
    pub key_clause: Clause,
}

/// A range of serials that is accepted, but worth a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoubtfulSerials {
    pub first: u32,
    pub last: u32,
    /// What such a number usually is.
    pub what: String,
}

/// How the serial number of a journal is checked (C3-b, A-19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialRule {
    /// Letters before the number: `CN`.
    pub prefix: String,
    /// How it should look, for messages: `CN 43-1234/R`.
    pub example: String,
    pub region_digits: usize,
    pub serial_digits: usize,
    pub doubtful: Vec<DoubtfulSerials>,
    /// Words in a title or serial that ask for a second look: 增刊, 论文集.
    pub doubtful_words: Vec<String>,
    pub clause: Clause,
}

/// 学时认定单 (B4-02, B4-03, A-25).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorSlipRule {
    pub evidence: Vec<EvidenceSet>,
    pub clause: Clause,
}

/// A word of the forms' lists (来源 / 级别 / 任务) and what else people type for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub name: String,
    pub synonyms: Vec<String>,
    /// The synonyms as [`super::ask::folded`] leaves them: words are looked up for every record.
    pub folded: Vec<String>,
}

/// One decided reading (口径, trace part 4), shown to the clerk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub id: String,
    pub question: String,
    pub choice: String,
    pub reason: String,
    /// What a unit may choose otherwise.
    pub switches: Vec<super::Switch>,
    /// Why there is nothing to choose, where there is not.
    pub fixed: String,
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
    /// The subjects whose hours stand in the posted list; empty = all.
    pub subjects: Vec<Subject>,
    pub clause: Clause,
}

/// Where the summary table puts more years than the annex has groups for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overflow {
    /// One group more, on the same sheet.
    #[default]
    Column,
    /// A continuation sheet with the same people.
    Sheet,
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
    /// 湖南省, at the head of the titles of its papers; empty where they have none.
    pub province: String,
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
    /// Where years beyond those groups go; a year is never dropped.
    pub summary_overflow: Overflow,
    /// Certificates bear a serial of the unit's own, plainly called 草拟号, until the bureau gives its number
    ///
    pub draft_serial: bool,
    pub deeming: Vec<DeemRule>,
    pub platforms: Vec<Platform>,
    pub publicity: PublicityRule,
    pub deadline: Deadline,
    /// Periods closed to face-to-face training (B4-01).
    pub closed_periods: Vec<(NaiveDate, NaiveDate)>,
    pub closed_clause: Option<Clause>,
    pub platform_rules: Vec<PlatformRule>,
    /// When filings of face-to-face trainings are checked against the start (B2-06): the clause.
    pub filing: Option<Clause>,
    pub serial: Option<SerialRule>,
    pub prior_slip: PriorSlipRule,
    /// Spellings of the region at the head of a 注册地区 text; the first is the one to show.
    pub region_names: Vec<String>,
    /// Counties and cities of the region, for drop-downs and region texts.
    pub counties: Vec<String>,
    pub words: Vec<Word>,
    pub recipients: Vec<Recipient>,
    pub calendar: Vec<CalendarYear>,
    pub decisions: Vec<Decision>,
    /// What the unit chose otherwise than the file says; empty in a notice as it was written.
    pub changed: Vec<super::Changed>,
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
