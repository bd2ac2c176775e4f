//! The nouns of a registration handbook (登记手册): person, record, evidence, deemed years, prior slips,
//! year reviews, overrides. Plain data; what follows from it is computed elsewhere.

use super::{Applicant, IdNumber, PostChange};
use crate::notice::ask::folded;
use crate::notice::{Activity, Hours, Notice, SlotId, Subject};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);
    )*};
}

row_id! {
    /// A person's row; 0 before it is stored.
    PersonId,
    /// A record's row.
    RecordId,
    /// A 班次's row.
    EventId,
    /// A deemed entry's row.
    DeemedId,
    /// A prior slip's row.
    SlipId,
    /// A met obligation's row.
    DischargeId,
    /// The row of a change of post or title.
    PostChangeId,
    /// An applicant's row.
    ApplicantId,
    /// A publicity run's row.
    PublicityId,
}

/// The unit that keeps the registry (B0-02).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub name: String,
    /// 州直 / 县市区 / 经开区 / 非公 / 社会组织 / 人事代理
    pub kind: String,
    /// 县市, for county units: `吉首市`.
    pub county: String,
    /// 主管部门; empty or equal to `name` for a department.
    pub department: String,
    /// 经办人
    pub contact: String,
    pub phone: String,
    /// 证书年度登记制 / 合格证制 (B2-08)
    pub registration_system: String,
    /// 报送至: another than the notice's, with its reason; empty: the notice's.
    #[serde(default)]
    pub recipient: String,
    #[serde(default)]
    pub recipient_reason: String,
    /// Working days left for the department's review; `None`: as the notice plans.
    #[serde(default)]
    pub review_workdays: Option<u32>,
    /// In which order papers number people (S-04).
    #[serde(default)]
    pub order: RowOrder,
}

/// The order in which the summary table numbers people (S-04).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RowOrder {
    /// Unit by unit, then by name; a unit's own people as in its roster.
    #[default]
    #[serde(rename = "单位、姓名")]
    UnitName,
    /// Units as in the department's list of units, then by name.
    #[serde(rename = "单位名单、姓名")]
    ListName,
    #[serde(rename = "姓名")]
    Name,
    /// The higher level first, then unit and name.
    #[serde(rename = "级别、单位、姓名")]
    LevelUnitName,
}

impl RowOrder {
    pub const ALL: [Self; 4] = [Self::UnitName, Self::ListName, Self::Name, Self::LevelUnitName];

    pub fn name(self) -> &'static str {
        match self {
            Self::UnitName => "单位、姓名",
            Self::ListName => "单位名单、姓名",
            Self::Name => "姓名",
            Self::LevelUnitName => "级别、单位、姓名",
        }
    }
}

impl Unit {
    /// The department above it; `None` for a department, or where there is none.
    pub fn above(&self) -> Option<&str> {
        let department = self.department.trim();
        (!department.is_empty() && folded(department) != folded(&self.name)).then_some(department)
    }

    /// Whom it hands its package to: the chosen one, else the notice's (B3-12…B3-18, A-40).
    pub fn recipient(&self, notice: &Notice) -> String {
        match self.recipient.trim() {
            "" => self.preset_recipient(notice),
            chosen => chosen.to_owned(),
        }
    }

    /// Whom the notice has it hand its package to.
    pub fn preset_recipient(&self, notice: &Notice) -> String {
        notice.recipient(&self.kind, &self.county, &self.department, &self.name)
    }

    /// Whether the chosen recipient passes the department by (B3-16).
    pub fn bypasses(&self, notice: &Notice) -> bool {
        let chosen = self.recipient.trim();
        self.above().is_some()
            && !chosen.is_empty()
            && folded(chosen) != folded(&self.preset_recipient(notice))
    }
}

/// One employee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub id_number: IdNumber,
    /// 性别, as entered.
    pub sex: String,
    pub birth_date: Option<NaiveDate>,
    /// 工作单位; empty = the registry's unit.
    pub workplace: String,
    /// 科室
    pub section: String,
    /// 学历
    pub education: String,
    /// 学位: 学士 / 硕士 / 博士
    pub degree: String,
    /// 现职称
    pub title: String,
    pub title_date: Option<NaiveDate>,
    /// 系列
    pub series: String,
    /// 从事专业
    pub speciality: String,
    /// 登记证书编号
    pub handbook_number: String,
    /// 参加工作日期
    pub employed: Option<NaiveDate>,
    pub phone: String,
    pub note: String,
    /// No longer on the staff; kept, not evaluated for gaps.
    pub retired: bool,
    /// 照片, a picture in the vault.
    #[serde(default)]
    pub photo: Option<Evidence>,
    /// 调入前单位; empty = nobody who came from elsewhere.
    #[serde(default)]
    pub former_unit: String,
}

impl Person {
    /// 工作单位, said or not: `unit` is the registry's own.
    pub fn works_at<'a>(&'a self, unit: &'a str) -> &'a str {
        if self.workplace.trim().is_empty() { unit } else { &self.workplace }
    }

    pub fn new(name: impl Into<String>, id_number: IdNumber) -> Self {
        Self {
            id: PersonId::default(),
            name: name.into(),
            id_number,
            sex: String::new(),
            birth_date: None,
            workplace: String::new(),
            section: String::new(),
            education: String::new(),
            degree: String::new(),
            title: String::new(),
            title_date: None,
            series: String::new(),
            speciality: String::new(),
            handbook_number: String::new(),
            employed: None,
            phone: String::new(),
            note: String::new(),
            retired: false,
            photo: None,
            former_unit: String::new(),
        }
    }
}

/// A file in the evidence vault, by content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// SHA-256, 64 lower-case hex digits.
    pub sha256: String,
    pub size: u64,
    /// The file's name when it came in.
    pub name: String,
    /// Lower-case extension without the dot: `pdf`, `jpg`.
    pub extension: String,
}

/// A file put into a slot (材料项).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attachment {
    pub slot: SlotId,
    /// 已盖章
    pub stamped: bool,
    pub evidence: Evidence,
    /// Why an open 「等」 slot was accepted.
    pub reason: String,
}

/// Somebody vouched for something, beside the computed value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouched {
    pub by: String,
    pub at: NaiveDate,
    pub reason: String,
}

/// A value set beside the computed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursOverride {
    pub hours: Hours,
    pub vouched: Vouched,
}

/// One training that many people attended (班次); its records share its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub id: EventId,
    pub name: String,
    pub attachments: Vec<Attachment>,
}

/// One line of a handbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub id: RecordId,
    pub person: PersonId,
    /// The 班次 and its name.
    pub event: Option<EventId>,
    pub event_name: String,
    pub activity: Activity,
    /// The record's own files, sorted; those of its event stand in `event_attachments`.
    pub attachments: Vec<Attachment>,
    pub event_attachments: Vec<Attachment>,
    /// 需确认 settled by somebody.
    pub confirmed: Option<Vouched>,
    /// Waived slots.
    pub waived: BTreeMap<SlotId, Vouched>,
    pub hours_override: Option<HoursOverride>,
    pub note: String,
    /// 来源单位: the unit from which it was transferred; empty = registered here.
    #[serde(default)]
    pub origin: String,
    /// 原单位已盖章
    #[serde(default)]
    pub origin_stamped: bool,
}

impl Record {
    pub fn new(person: PersonId, activity: Activity) -> Self {
        Self {
            id: RecordId::default(),
            person,
            event: None,
            event_name: String::new(),
            activity,
            attachments: Vec::new(),
            event_attachments: Vec::new(),
            confirmed: None,
            waived: BTreeMap::new(),
            hours_override: None,
            note: String::new(),
            origin: String::new(),
            origin_stamped: false,
        }
    }

    /// Own and shared files.
    pub fn all_attachments(&self) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().chain(&self.event_attachments)
    }
}

/// Hours granted without study (视同), declared for a person and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deemed {
    pub id: DeemedId,
    pub person: PersonId,
    pub year: i32,
    /// 事由: 疫情防控一线 / 另有规定 …
    pub reason: String,
    /// `None` = 全部.
    pub subject: Option<Subject>,
    pub hours: Option<Hours>,
    /// 依据
    pub basis: String,
    pub attachments: Vec<Attachment>,
}

/// 学时认定单 (B4-02): replaces evidence for the years it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorSlip {
    pub id: SlipId,
    pub person: PersonId,
    pub number: String,
    pub issuer: String,
    pub issued: Option<NaiveDate>,
    pub first_year: i32,
    pub last_year: i32,
    /// Hours written on it, by year and subject id; may be empty.
    pub hours: BTreeMap<i32, BTreeMap<Subject, Hours>>,
    pub attachments: Vec<Attachment>,
}

/// An obligation that applying for a title brought with it (B3-09), met with papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discharge {
    pub id: DischargeId,
    pub person: PersonId,
    /// The campaign that brought it.
    pub campaign: i32,
    /// The year that had to be proved afterwards.
    pub year: i32,
    pub vouched: Vouched,
    pub attachments: Vec<Attachment>,
}

/// The yearly review (B2-11). Confirmed is locked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    #[default]
    Draft,
    UnitReviewed,
    DepartmentConfirmed,
}

/// One person's year under review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearReview {
    pub person: PersonId,
    pub year: i32,
    pub state: ReviewState,
    pub unit: Option<Vouched>,
    pub department: Option<Vouched>,
    /// Why it was reopened last.
    pub reopened: Option<Vouched>,
}

/// A Block finding set aside with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingOverride {
    pub person: PersonId,
    pub year: i32,
    /// The finding's code.
    pub code: String,
    pub vouched: Vouched,
}

/// Everything about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handbook {
    pub person: Person,
    pub records: Vec<Record>,
    pub deemed: Vec<Deemed>,
    pub slips: Vec<PriorSlip>,
    pub reviews: Vec<YearReview>,
    pub overrides: Vec<FindingOverride>,
    pub applications: Vec<Applicant>,
    #[serde(default)]
    pub discharges: Vec<Discharge>,
    /// 职务、职称变动, the earliest first.
    #[serde(default)]
    pub changes: Vec<PostChange>,
}

impl Handbook {
    /// A handbook in which nothing stands yet.
    pub fn blank(person: Person) -> Self {
        Self {
            person,
            records: Vec::new(),
            deemed: Vec::new(),
            slips: Vec::new(),
            reviews: Vec::new(),
            overrides: Vec::new(),
            applications: Vec::new(),
            discharges: Vec::new(),
            changes: Vec::new(),
        }
    }
}

/// One entry of a history shown to the clerk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HistoryLine {
    pub at: NaiveDateTime,
    /// The action's Chinese name: `登记一条`.
    pub action: String,
    /// What changed, in Chinese, field by field.
    pub changes: Vec<String>,
    /// For each of `changes`, the record it is about, if it is about one.
    pub concerns: Vec<Option<RecordId>>,
}
