//! Made-up people and a notice to print them under, without a registry.

use chrono::NaiveDate;
use std::collections::BTreeMap;
use xueshi::documents::Context;
use xueshi::ledger::*;
use xueshi::notice::*;

/// Names that fonts, cells and line breaks must take.
pub const HARD_NAMES: [&str; 6] =
    ["张㛃", "王䶮", "李𬭎", "吴𡎚", "龙龑", "阿卜杜热依木·阿卜杜克热木·麦麦提吐尔逊·买买提"];

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

pub fn clause() -> Clause {
    Clause {
        id: "C1-a".into(),
        place: "附件1·二·1".into(),
        quote: "每天折算为 10 学时（分）".into(),
    }
}

pub fn notice() -> Notice {
    let load::Builtin { id, rules: text, .. } = load::BUILTIN[0];
    load::load(id, text).expect("the built-in notice is sound")
}

pub fn unit() -> Unit {
    Unit {
        name: "湘西土家族苗族自治州人民医院".into(),
        kind: "州直".into(),
        department: "湘西自治州卫生健康委员会".into(),
        contact: "彭丽".into(),
        phone: "0743-8222222".into(),
        ..Unit::default()
    }
}

pub fn context<'a>(notice: &'a Notice, unit: &'a Unit) -> Context<'a> {
    Context { notice, unit, filled_by: "彭丽", date: day(2020, 8, 3), draft: false }
}

/// An ID number of the right shape.
pub fn id_number(at: usize) -> IdNumber {
    serde_json::from_str(&format!("\"43310119850101{:04}\"", at % 10_000)).expect("an ID number")
}

pub fn person(name: &str, at: usize) -> Person {
    Person {
        workplace: String::new(),
        sex: "女".into(),
        birth_date: Some(day(1985, 1, 1)),
        education: "本科".into(),
        degree: "硕士".into(),
        title: "主治医师".into(),
        title_date: Some(day(2014, 12, 1)),
        series: "卫生".into(),
        speciality: "内科护理".into(),
        handbook_number: format!("湘J{at:06}"),
        employed: Some(day(2008, 7, 1)),
        section: "护理部".into(),
        ..Person::new(name, id_number(at))
    }
}

/// A year of so many public and specialty hours, in half hours.
pub fn year(year: i32, public: i32, specialty: i32) -> YearTotal {
    let hours = BTreeMap::from([
        (Subject::public(), Hours::halves(public)),
        (Subject::specialty(), Hours::halves(specialty)),
    ]);
    let total = Hours::halves(public + specialty);
    YearTotal {
        year,
        total,
        deemed: BTreeMap::new(),
        deemed_reasons: Vec::new(),
        recognised: BTreeMap::new(),
        slips: Vec::new(),
        evidenced: hours.clone(),
        hours,
        evidenced_total: total,
        met: public >= 60 && specialty >= 120,
        met_evidenced: public >= 60 && specialty >= 120,
        credits: Vec::new(),
    }
}

pub fn applicant(name: &str, at: usize, level: &str, span: Span) -> ApplicantResult {
    let group = if level == "中级" { "中级" } else { "高级" };
    ApplicantResult {
        person: person(name, at),
        applicant: Applicant {
            id: ApplicantId(at as i64),
            person: PersonId(at as i64),
            campaign: 2020,
            level: level.into(),
            series: "卫生".into(),
            speciality: "内科护理".into(),
            start_override: None,
            note: String::new(),
            review: None,
            withdrawn: None,
            department: None,
            sent: None,
            issued: None,
        },
        level_group: group.into(),
        span,
        span_clause: clause(),
        verdict: Verdict::Met,
        years: span.years().map(|y| year(y, 60, 120 + (at as i32 * 7 + y) % 40)).collect(),
        obligations: vec![Obligation {
            campaign: 2020,
            year: 2020,
            text: "补交2020年度继续教育合格证明".into(),
            clause: clause(),
            met: None,
        }],
        findings: Vec::new(),
        stage: Stage::Publicised,
    }
}

pub const SENIOR: Span = Span { first: 2015, last: 2019 };
pub const MIDDLE: Span = Span { first: 2016, last: 2019 };

/// Seniors: the hard names first, then as many plain ones as asked for in all.
pub fn seniors(count: usize) -> Vec<ApplicantResult> {
    (0..count)
        .map(|at| {
            let name =
                HARD_NAMES.get(at).map_or_else(|| format!("张三{at}"), |name| (*name).to_owned());
            applicant(&name, at + 1, "副高", SENIOR)
        })
        .collect()
}

/// A handbook with `count` records in each of the span's years, and its years.
pub fn handbook(name: &str, count: usize, span: Span) -> (Handbook, Vec<YearTotal>) {
    let mut handbook = Handbook::blank(person(name, 1));
    let mut years = Vec::new();
    for y in span.years() {
        let mut total = year(y, 60, 145);
        for at in 0..count {
            let public = at == 0;
            let subject = if public { Subject::public() } else { Subject::specialty() };
            let title = match at % 3 {
                0 => "专业技术人员在新时代国家治理体系和治理能力现代化建设中的担当作为".to_owned(),
                1 => format!(
                    "湘西州第{at}期“互联网+护理服务”与基层急危重症救治能力提升培训班（吉首）"
                ),
                _ => "护理质量控制".to_owned(),
            };
            let form = FormId(if public { 3 } else { 1 });
            let mut activity = Activity::new(form, subject.clone(), &title, day(y, 3, 2));
            activity.end = (at % 3 != 2).then(|| day(y, 3, 5));
            activity.organiser = "湖南省护理学会".into();
            activity.assessment = Some("合格".into());
            activity.certificate_number = Some(format!("HN{y}-{at:05}"));
            let id = RecordId(i64::from(y) * 1000 + at as i64);
            let mut record = Record { id, ..Record::new(PersonId(1), activity) };
            let file = |slot: &str, stamped| Attachment {
                slot: SlotId(slot.into()),
                stamped,
                evidence: Evidence {
                    sha256: "0".repeat(64),
                    size: 1,
                    name: "a.pdf".into(),
                    extension: "pdf".into(),
                },
                reason: String::new(),
            };
            record.attachments =
                vec![file("training-notice", true), file("completion-certificate", false)];
            handbook.records.push(record);
            total.credits.push(RecordCredit {
                record: id,
                title,
                form,
                year: y,
                subject,
                hours: Hours::halves(49),
                counted: at != 2,
                clause: clause(),
                why: if at == 2 {
                    "同一天已计入另一班次，不重复计算".into()
                } else {
                    "全天 2×10 ＋ 半天 4 ＋ 0.5".into()
                },
                evidenced: at % 4 != 1,
                missing: if at % 4 == 1 {
                    vec!["签到表或其他签到形式".into()]
                } else {
                    Vec::new()
                },
            });
        }
        years.push(total);
    }
    handbook.reviews.push(YearReview {
        person: PersonId(1),
        year: span.first,
        state: ReviewState::UnitReviewed,
        unit: Some(Vouched {
            by: "彭丽".into(), at: day(2016, 1, 8), reason: "审核属实".into()
        }),
        department: None,
        reopened: None,
    });
    (handbook, years)
}

/// A closed or open publicity run of the seniors.
pub fn run(closed: Option<NaiveDate>) -> Publicity {
    Publicity {
        id: PublicityId(1),
        campaign: 2020,
        level_group: "高级".into(),
        posted: day(2020, 8, 17),
        place: "医院门诊大厅公示栏".into(),
        days: 5,
        close_strict: day(2020, 8, 24),
        close_inclusive: day(2020, 8, 21),
        closed,
        objections: Vec::new(),
        members: Vec::new(),
        ..Publicity::default()
    }
}

/// A finding about a person.
pub fn finding(severity: Severity, year: Option<i32>, message: &str, fix: &str) -> Finding {
    Finding {
        severity,
        code: "evidence-missing",
        clause: "附件1·一·1".into(),
        year,
        message: message.into(),
        fix: fix.into(),
        person: PersonId(1),
        record: None,
        overridden: false,
    }
}

/// What the check says of some applicants.
pub fn report(applicants: Vec<ApplicantResult>) -> CampaignReport {
    CampaignReport {
        campaign: 2020,
        deadline: day(2020, 8, 30),
        last_working_day: day(2020, 8, 28),
        ready: false,
        applicants,
    }
}
