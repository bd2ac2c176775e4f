//! A small builder of handbooks for tests: the notice of Xiangxi 2020, people, records with or without
//! their papers. Nothing is asserted here.

use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicI64, Ordering};
use xueshi::ledger::*;
use xueshi::notice::*;

pub static NOTICE: LazyLock<Notice> = LazyLock::new(|| {
    let load::Builtin { id, rules: text, .. } = load::BUILTIN[0];
    load::load(id, text).unwrap_or_else(|failure| panic!("{failure}"))
});

static NEXT: AtomicI64 = AtomicI64::new(1);

fn next() -> i64 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

pub fn h(hours: i32) -> Hours {
    Hours::whole(hours)
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|_| panic!("{text}"))
}

pub const TODAY: &str = "2020-08-10";

/// `2019-06-02 全天; 2019-06-03 上午; 2019-06-04~2019-06-06 晚上`
pub fn sessions(text: &str) -> impl Iterator<Item = Session> {
    let mut all = Vec::new();
    for term in text.split(';').map(str::trim).filter(|term| !term.is_empty()) {
        let (dates, part) = term.split_once(' ').unwrap_or_else(|| panic!("{term}"));
        let (first, last) = dates.split_once('~').unwrap_or((dates, dates));
        let parts: &[DayPart] = match part.trim() {
            "全天" => &[DayPart::Morning, DayPart::Afternoon],
            "上午" => &[DayPart::Morning],
            "下午" => &[DayPart::Afternoon],
            "晚上" => &[DayPart::Evening],
            other => panic!("{other}"),
        };
        for day in date(first).iter_days().take_while(|day| *day <= date(last)) {
            all.extend(parts.iter().map(|part| Session { date: day, part: *part }));
        }
    }
    all.into_iter()
}

/// A record of a form; the subject is 专业 unless changed.
pub fn record(form: u16, title: &str, start: &str) -> Record {
    let activity = Activity::new(FormId(form), Subject::specialty(), title, date(start));
    Record { id: RecordId(next()), ..Record::new(PersonId(1), activity) }
}

/// A training by its day parts.
pub fn training(title: &str, when: &str) -> Record {
    let all: Vec<Session> = sessions(when).collect();
    let mut training = record(1, title, "2000-01-01");
    training.activity.start = all.iter().map(|session| session.date).min().unwrap();
    training.activity.end = all.iter().map(|session| session.date).max();
    training.activity.sessions.extend(all);
    training
}

/// So many public hours of a year from a filed platform, region as a 州直 unit's staff should have it.
pub fn online_public(year: i32, hours: i32) -> Record {
    let mut course = record(3, &format!("{year} 年公需课"), &format!("{year}-03-01"));
    course.activity.subject = Subject::public();
    course.activity.certified = Some(h(hours));
    course.activity.platform = Some("湖南大学".into());
    course.activity.region = Some("湘西自治州州直".into());
    course
}

/// So many specialty hours of a year by a network course, confirmed.
pub fn online_specialty(year: i32, hours: i32) -> Record {
    let mut course = record(3, &format!("{year} 年专业课"), &format!("{year}-04-01"));
    course.activity.certified = Some(h(hours));
    course.confirmed = Some(vouched());
    course
}

/// A posting by form 10, 考核合格.
pub fn posting(task: &str, start: &str, end: &str) -> Record {
    let mut posting = record(10, &format!("{task}工作"), start);
    posting.activity.end = Some(date(end));
    posting.activity.task = Some(task.into());
    posting.activity.assessment = Some("合格".into());
    posting
}

pub fn vouched() -> Vouched {
    Vouched { by: "李科".into(), at: date("2020-08-01"), reason: "已核对".into() }
}

/// A file that nobody else has.
pub fn file(slot: &SlotId) -> Attachment {
    let evidence = Evidence {
        sha256: format!("{:064x}", next()),
        size: 1,
        name: "扫描.pdf".into(),
        extension: "pdf".into(),
    };
    Attachment { slot: slot.clone(), stamped: true, evidence, reason: "其他辅证".into() }
}

/// One file for each need of the first set that answers to the source.
pub fn files_for(sets: &[EvidenceSet], source: Option<&str>) -> Vec<Attachment> {
    let answers = |set: &&EvidenceSet| {
        set.sources.is_empty() || source.is_some_and(|s| set.sources.iter().any(|word| word == s))
    };
    let set = sets.iter().find(answers).or(sets.first());
    set.map(|set| set.needs.iter().map(|need| file(&need.any_of[0])).collect()).unwrap_or_default()
}

pub trait RecordExt {
    fn with_papers(self) -> Self;
    fn public(self) -> Self;
    fn event(self, name: &str) -> Self;
    fn with(self, change: impl FnOnce(&mut Activity)) -> Self;
}

impl RecordExt for Record {
    fn with_papers(mut self) -> Self {
        let form = NOTICE.form(self.activity.form).unwrap();
        self.attachments = files_for(&form.evidence, self.activity.source.as_deref());
        self
    }
    fn public(mut self) -> Self {
        self.activity.subject = Subject::public();
        self
    }
    fn event(mut self, name: &str) -> Self {
        self.event_name = name.into();
        self
    }
    fn with(mut self, change: impl FnOnce(&mut Activity)) -> Self {
        change(&mut self.activity);
        self
    }
}

/// A handbook of one person with nothing amiss in the roster.
pub fn handbook(records: impl IntoIterator<Item = Record>) -> Handbook {
    let id = PersonId(next());
    let number = format!("43310119850101{:03}0", id.0 % 500 * 2 % 1000);
    let number = IdNumber::parse(&number).unwrap();
    let number = format!("{}{}", &number.as_str()[..17], number.expected_check());
    let person = Person {
        id,
        sex: "女".into(),
        education: "本科".into(),
        title: "主治医师".into(),
        handbook_number: format!("湘J{:06}", id.0),
        ..Person::new(format!("某人{}", id.0), IdNumber::parse(&number).unwrap())
    };
    let records = records.into_iter().map(|record| Record { person: id, ..record }).collect();
    Handbook { records, ..Handbook::blank(person) }
}

/// Full years with all papers.
pub fn full_years(years: impl IntoIterator<Item = i32>) -> Vec<Record> {
    years
        .into_iter()
        .flat_map(|year| {
            [online_public(year, 30).with_papers(), online_specialty(year, 60).with_papers()]
        })
        .collect()
}

pub trait HandbookExt {
    /// Applies in 2020 for a level, in the series 工程.
    fn applies(self, level: &str) -> Self;
    fn degree(self, degree: &str) -> Self;
    fn series(self, series: &str) -> Self;
    fn deemed(self, year: i32, reason: &str, papers: bool) -> Self;
    fn slip(self, first: i32, last: i32, papers: bool) -> Self;
    fn set_aside(self, year: i32, code: &str) -> Self;
    fn reviewed(self, result: ReviewResult) -> Self;
}

impl HandbookExt for Handbook {
    fn applies(mut self, level: &str) -> Self {
        self.applications.push(Applicant {
            id: ApplicantId(next()),
            person: self.person.id,
            campaign: 2020,
            level: level.into(),
            series: "工程".into(),
            speciality: "水利工程".into(),
            start_override: None,
            note: String::new(),
            review: None,
            withdrawn: None,
            department: None,
            sent: None,
            issued: None,
        });
        self
    }
    fn degree(mut self, degree: &str) -> Self {
        self.person.degree = degree.into();
        self
    }
    fn series(mut self, series: &str) -> Self {
        self.applications[0].series = series.into();
        self
    }
    fn deemed(mut self, year: i32, reason: &str, papers: bool) -> Self {
        let rule = NOTICE.deem_rule(reason);
        let sets = rule.map(|rule| rule.evidence.as_slice()).unwrap_or_default();
        self.deemed.push(Deemed {
            id: DeemedId(next()),
            person: self.person.id,
            year,
            reason: reason.into(),
            subject: None,
            hours: None,
            basis: "某文件".into(),
            attachments: if papers { files_for(sets, None) } else { Vec::new() },
        });
        self
    }
    fn slip(mut self, first: i32, last: i32, papers: bool) -> Self {
        let sets = &NOTICE.prior_slip.evidence;
        self.slips.push(PriorSlip {
            id: SlipId(next()),
            person: self.person.id,
            number: format!("州认定{first}"),
            issuer: "州人社局".into(),
            issued: NaiveDate::from_ymd_opt(last + 1, 6, 1),
            first_year: first,
            last_year: last,
            hours: BTreeMap::new(),
            attachments: if papers { files_for(sets, None) } else { Vec::new() },
        });
        self
    }
    fn set_aside(mut self, year: i32, code: &str) -> Self {
        self.overrides.push(FindingOverride {
            person: self.person.id,
            year,
            code: code.into(),
            vouched: vouched(),
        });
        self
    }
    fn reviewed(mut self, result: ReviewResult) -> Self {
        for applicant in &mut self.applications {
            applicant.review = Some((result, vouched()));
        }
        self
    }
}

/// A 州直 unit.
pub fn unit() -> Unit {
    Unit { name: "州水利局".into(), kind: "州直".into(), ..Unit::default() }
}

/// A publicity run of these people, posted 2020-08-03; closed when it is over.
pub fn publicity(members: &[&Handbook], closed: bool) -> Publicity {
    Publicity {
        id: PublicityId(next()),
        campaign: 2020,
        level_group: "高级".into(),
        posted: date("2020-08-03"),
        place: "公告栏".into(),
        days: 5,
        close_strict: date("2020-08-10"),
        close_inclusive: date("2020-08-07"),
        closed: closed.then(|| date("2020-08-10")),
        objections: Vec::new(),
        members: members.iter().map(|book| book.person.id).collect(),
        ..Publicity::default()
    }
}

/// Checks the campaign of 2020 in a 州直 unit.
pub fn check_all(books: &[Handbook], runs: &[Publicity]) -> CampaignReport {
    let calendar = Calendar::default();
    check(&NOTICE, &calendar, &unit(), 2020, None, books, runs, date(TODAY)).unwrap()
}

/// Checks one applicant.
pub fn check_one(book: &Handbook) -> ApplicantResult {
    check_all(std::slice::from_ref(book), &[]).applicants.remove(0)
}

pub trait ResultExt {
    fn has(&self, severity: Severity, code: &str) -> bool;
    fn year(&self, year: i32) -> &YearTotal;
}

impl ResultExt for ApplicantResult {
    fn has(&self, severity: Severity, code: &str) -> bool {
        self.findings.iter().any(|it| it.code == code && it.severity == severity)
    }
    fn year(&self, year: i32) -> &YearTotal {
        self.years.iter().find(|it| it.year == year).unwrap()
    }
}

/// The year of a handbook; it must be there.
pub fn year_of(book: &Handbook, year: i32) -> YearTotal {
    let years = years(&NOTICE, book);
    years.into_iter().find(|it| it.year == year).unwrap_or_else(|| panic!("no {year}"))
}
