//! Registries to look at: nobody, three people in whom everything occurs that a page has to show, and a
//! unit of five thousand. All of them are made up, and the same at every run.

use super::desk::{TODAY, day, with_check_character};
use std::collections::BTreeMap;
use std::path::Path;
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::registry::{Registry, campaign};

/// A unit whose name hardly fits anywhere.
pub fn long_unit() -> Unit {
    Unit {
        name: "湘西土家族苗族自治州民族中医药研究院附属民族中医医院".to_owned(),
        kind: "州直".to_owned(),
        department: "湘西土家族苗族自治州卫生健康委员会".to_owned(),
        contact: "向明".to_owned(),
        phone: "0743-0000000".to_owned(),
        ..Unit::default()
    }
}

pub fn nobody(dir: &Path) {
    drop(Registry::create(dir, &long_unit(), "xiangxi-2020").unwrap());
}

/// One short, one lacking papers, with a name of eleven characters; one posted; one with an earlier slip.
pub fn three(dir: &Path) {
    let mut registry = Registry::create(dir, &long_unit(), "xiangxi-2020").unwrap();
    let scan = include_bytes!("../../assets/sample/签到表.png");
    let scan = registry.vault().take_in_bytes("护理部签到表（第一天）.png", scan).unwrap();
    let letter = registry.vault().take_in_bytes("通知.pdf", PAGE.as_bytes()).unwrap();
    let papers = |slots: &[&str]| -> Vec<Attachment> {
        slots
            .iter()
            .map(|slot| attached(slot, if *slot == "sign-in-sheet" { &scan } else { &letter }))
            .collect()
    };
    registry
        .transact("导入：人员、学习记录、参评人员", |tx| {
            let long =
                tx.save_person(&someone(1, "古丽妮萨·阿卜杜热合曼", "重症医学科与急诊医学中心"))?;
            let short = tx.save_person(&someone(2, "向明", "护理部"))?;
            let rare = tx.save_person(&someone(3, "龙㛃", "针灸推拿科"))?;
            for year in 2015..=2019 {
                for person in [long, short] {
                    tx.save_record(&with(
                        public(person, year),
                        papers(&["course-content", "completion-certificate"]),
                    ))?;
                }
            }
            for year in 2015..=2017 {
                let name = format!("{year} 年护理安全与不良事件管理培训班");
                let event = tx.event(&name)?;
                let shared = papers(&["training-notice", "timetable", "sign-in-sheet"]);
                tx.save_event(&Event { id: event, name: name.clone(), attachments: shared })?;
                for person in [long, short] {
                    let mut record = training(person, &name, &format!("{year}-07-06"), 6);
                    record.event = Some(event);
                    tx.save_record(&record)?;
                }
            }
            tx.save_record(&with(
                paper(long, 2018, 1),
                papers(&["journal-cover", "serial-page", "contents"]),
            ))?;
            tx.save_record(&with(
                training(
                    long,
                    "全省重症医学与多学科协作诊疗新技术、新业务高级研修班（第十二期）",
                    "2018-06-04",
                    3,
                ),
                papers(&["training-notice", "timetable"]),
            ))?;
            tx.save_record(&with(
                paper(long, 2019, 2),
                papers(&["journal-cover", "serial-page", "contents"]),
            ))?;
            tx.save_record(&with(
                training(long, "心血管介入新技术研修班", "2019-05-13", 4),
                papers(&["training-notice", "timetable", "sign-in-sheet"]),
            ))?;
            for year in [2018, 2019] {
                tx.save_record(&with(
                    training(
                        short,
                        &format!("{year} 年慢病管理新进展培训班"),
                        &format!("{year}-05-14"),
                        6,
                    ),
                    papers(&["training-notice", "completion-certificate"]),
                ))?;
                tx.save_record(&with(
                    public(rare, year),
                    papers(&["course-content", "completion-certificate"]),
                ))?;
                tx.save_record(&with(patent(rare, year), papers(&["patent-certificate"])))?;
            }
            for person in [long, short, rare] {
                tx.save_record(&training(person, "院内感染防控新进展讲座", "2020-07-07", 2))?;
            }
            tx.save_slip(&PriorSlip {
                id: SlipId(0),
                person: rare,
                number: "州专技认〔2018〕217号".to_owned(),
                issuer: "湘西自治州人力资源和社会保障局".to_owned(),
                issued: Some(day("2018-08-22")),
                first_year: 2013,
                last_year: 2017,
                hours: BTreeMap::new(),
                attachments: papers(&["recognition-slip"]),
            })?;
            tx.save_deemed(&Deemed {
                id: DeemedId(0),
                person: rare,
                year: 2020,
                reason: "疫情防控一线".to_owned(),
                subject: None,
                hours: None,
                basis: "2020 年 1 月 28 日至 3 月 20 日支援黄冈医疗队".to_owned(),
                attachments: papers(&["posting-notice", "assessment-form"]),
            })?;
            tx.save_applicant(&applicant(long, "副高", "重症医学"))?;
            tx.save_applicant(&applicant(short, "中级", "护理"))?;
            tx.save_applicant(&applicant(rare, "正高", "针灸推拿学"))?;
            Ok(())
        })
        .unwrap();
    let (today, posted) = (day(TODAY), day("2020-08-05"));
    let passed = ReviewResult::Passed;
    let who = [number(2)];
    campaign::review(&mut registry, 2020, None, &who, passed, "向明", "", posted).unwrap();
    campaign::open_publicity(&mut registry, 2020, "中级", posted, "门诊楼一楼公示栏", today)
        .unwrap();
}

const SURNAMES: [&str; 20] = [
    "向", "田", "彭", "石", "龙", "吴", "麻", "张", "李", "王", "刘", "陈", "覃", "杨", "姚",
    "欧阳", "全", "尚", "贾", "宋",
];
const GIVEN: [&str; 17] = [
    "伟", "芳", "娜", "敏", "静怡", "丽华", "强", "磊", "军", "思源", "艳", "勇", "杰", "春梅",
    "涛", "建国", "晓雨",
];
const SECTIONS: [&str; 12] = [
    "护理部",
    "心血管内科",
    "呼吸与危重症医学科",
    "普外科",
    "骨科",
    "妇产科",
    "儿科",
    "医学检验科",
    "医学影像科",
    "药剂科",
    "信息科",
    "急诊科",
];
const TITLES: [&str; 5] = ["主治医师", "主管护师", "副主任医师", "主管技师", "护师"];

/// Everybody with the year before; every tenth applies, with all the years that takes.
pub fn crowd(dir: &Path, people: u32) {
    let mut registry = Registry::create(dir, &long_unit(), "xiangxi-2020").unwrap();
    let letter = registry.vault().take_in_bytes("通知.pdf", PAGE.as_bytes()).unwrap();
    let certified: Vec<Attachment> =
        ["course-content", "completion-certificate"].map(|slot| attached(slot, &letter)).into();
    let taught: Vec<Attachment> =
        ["training-notice", "completion-certificate"].map(|slot| attached(slot, &letter)).into();
    registry
        .transact("导入：人员、学习记录、参评人员", |tx| {
            for n in 0..people {
                let name = format!("{}{}", SURNAMES[n as usize % 20], GIVEN[n as usize / 20 % 17]);
                let mut person = someone(n + 1, &name, SECTIONS[n as usize % 12]);
                person.title = TITLES[n as usize % 5].to_owned();
                let person = tx.save_person(&person)?;
                let applies = n % 10 == 3;
                for year in if applies { 2015..=2019 } else { 2019..=2019 } {
                    let days = if n % 7 == 0 && year == 2019 { 4 } else { 6 };
                    let papers = if n % 11 == 0 { Vec::new() } else { taught.clone() };
                    tx.save_record(&with(public(person, year), certified.clone()))?;
                    let title = format!("{year} 年医疗质量与安全培训班");
                    let start = format!("{year}-05-14");
                    tx.save_record(&with(training(person, &title, &start, days), papers))?;
                }
                if applies {
                    let level = ["副高", "中级", "正高"][n as usize / 10 % 3];
                    tx.save_applicant(&applicant(person, level, "临床医学"))?;
                }
            }
            Ok(())
        })
        .unwrap();
}

/// An ID number of the `n`th of up to ten thousand people.
pub fn number(n: u32) -> IdNumber {
    let (year, month, day) = (1965 + n % 30, n / 30 % 12 + 1, n / 360 % 28 + 1);
    with_check_character(&format!("433101{year}{month:02}{day:02}{:03}", n % 1000))
}

fn someone(n: u32, name: &str, section: &str) -> Person {
    Person {
        sex: if n.is_multiple_of(2) { "女" } else { "男" }.to_owned(),
        section: section.to_owned(),
        education: "本科".to_owned(),
        degree: "学士".to_owned(),
        title: "主治医师".to_owned(),
        title_date: Some(day("2014-11-18")),
        series: "卫生系列".to_owned(),
        speciality: "重症医学".to_owned(),
        handbook_number: format!("BC2006-{n:04}"),
        ..Person::new(name, number(n))
    }
}

fn public(person: PersonId, year: i32) -> Record {
    let title = format!("{year} 年度专业技术人员公需科目网络培训");
    let start = day(&format!("{year}-03-06"));
    let mut course = Activity::new(FormId(3), Subject::public(), title, start);
    course.certified = Some(Hours::whole(30));
    course.organiser = "湖南人才市场有限公司".to_owned();
    course.platform = Some("湖南人才市场有限公司".to_owned());
    course.region = Some("湘西自治州州直".to_owned());
    course.assessment = Some("合格".to_owned());
    Record::new(person, course)
}

/// So many whole days from a day on.
fn training(person: PersonId, title: &str, start: &str, days: usize) -> Record {
    let start = day(start);
    let mut course = Activity::new(FormId(1), Subject::specialty(), title, start);
    course.organiser = "湘西自治州卫生健康委员会".to_owned();
    for date in start.iter_days().take(days) {
        course
            .sessions
            .extend([DayPart::Morning, DayPart::Afternoon].map(|part| Session { date, part }));
        course.end = Some(date);
    }
    Record::new(person, course)
}

fn paper(person: PersonId, year: i32, place: u32) -> Record {
    let title = "基层医院脓毒症早期识别与集束化治疗的临床观察";
    let start = day(&format!("{year}-09-15"));
    let mut paper = Activity::new(FormId(6), Subject::specialty(), title, start);
    paper.source = Some("论文".to_owned());
    paper.rank = Some(Rank::Place(place));
    paper.serial = Some("CN 43-1001/R".to_owned());
    paper.organiser = "边城中医杂志".to_owned();
    Record::new(person, paper)
}

fn patent(person: PersonId, year: i32) -> Record {
    let title = "一种可调温的艾灸盒（实用新型专利）";
    let start = day(&format!("{year}-10-12"));
    let mut patent = Activity::new(FormId(7), Subject::specialty(), title, start);
    patent.rank = Some(Rank::Place(1));
    patent.certificate_number = Some(format!("ZL{year}00000000.1"));
    Record::new(person, patent)
}

fn with(mut record: Record, papers: Vec<Attachment>) -> Record {
    record.attachments = papers;
    record
}

fn attached(slot: &str, evidence: &Evidence) -> Attachment {
    Attachment {
        slot: SlotId(slot.to_owned()),
        stamped: true,
        evidence: evidence.clone(),
        reason: String::new(),
    }
}

fn applicant(person: PersonId, level: &str, speciality: &str) -> Applicant {
    Applicant {
        id: ApplicantId(0),
        person,
        campaign: 2020,
        level: level.to_owned(),
        series: "卫生系列".to_owned(),
        speciality: speciality.to_owned(),
        start_override: None,
        note: String::new(),
        review: None,
        withdrawn: None,
        department: None,
        sent: None,
        issued: None,
    }
}

/// One empty page.
const PAGE: &str = "%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj
trailer<</Root 1 0 R>>
%%EOF
";
