//! What one activity is worth under Xiangxi 2020 (trace parts 2.2 and 5; contract §4).

use crate::notice_data::xiangxi;
use chrono::NaiveDate;
use proptest::prelude::*;
use xueshi::notice::convert::{self, Converted, Outcome, REMARK_CODES, months_between};
use xueshi::notice::{Activity, DayPart, FormId, Hours, Mode, Notice, Rank, Session, Subject};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn specialty(form: u16, start: &str) -> Activity {
    Activity::new(FormId(form), Subject::specialty(), "某某", day(start))
}

fn convert(activity: &Activity) -> Converted {
    convert::convert(&xiangxi(), activity)
}

/// Hours credited to 专业 in a year; 0 when not counted.
fn worth(activity: &Activity) -> (i32, i32) {
    match convert(activity).outcome {
        Outcome::Credited(credit) => {
            assert_eq!(credit.subject, Subject::specialty());
            (credit.year, credit.hours.as_halves() / 2)
        }
        Outcome::NotCounted { .. } => (convert(activity).year, 0),
        other => panic!("{other:?}"),
    }
}

fn codes(activity: &Activity) -> Vec<&'static str> {
    convert(activity).remarks.iter().map(|remark| remark.code).collect()
}

fn why(activity: &Activity) -> String {
    match convert(activity).outcome {
        Outcome::Credited(credit) => credit.why,
        Outcome::NotCounted { why } | Outcome::Completes { why, .. } => why,
        Outcome::Sessions => String::new(),
    }
}

fn completes(activity: &Activity) -> Vec<i32> {
    match convert(activity).outcome {
        Outcome::Completes { years, .. } => years,
        Outcome::NotCounted { .. } => Vec::new(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn projects_by_role_and_source() {
    let mut project = specialty(5, "2017-03-01");
    project.end = Some(day("2018-06-30"));
    project.source = Some("政府".into());
    project.rank = Some(Rank::Lead);
    assert_eq!(worth(&project), (2018, 90));
    assert_eq!(why(&project), "主持人员，每项 90 学时");
    assert_eq!(convert(&project).clause.id, "C2-b");
    project.rank = Some(Rank::Member);
    assert_eq!(worth(&project), (2018, 60));
    project.source = Some("行业协会".into());
    assert_eq!((worth(&project), codes(&project)), ((2018, 60), vec![]));
    project.source = None;
    assert_eq!((worth(&project), codes(&project)), ((2018, 60), vec!["source-missing"]));
    project.source = Some("本单位".into());
    assert_eq!((worth(&project), codes(&project)), ((2018, 0), vec!["not-convertible"]));
    assert_eq!(why(&project), "本单位课题：只有政府或行业组织的课题、项目才折算，不折算");
}

#[test]
fn books_and_papers_by_rank() {
    let mut work = specialty(6, "2019-05-01");
    work.rank = Some(Rank::Place(1));
    for source in ["著作", "译作", "教材"] {
        work.source = Some(source.into());
        assert_eq!(worth(&work), (2019, 90), "{source}");
    }
    work.rank = Some(Rank::Place(2));
    assert_eq!(worth(&work), (2019, 60));
    work.source = Some("论文".into());
    work.serial = Some("CN 43-1234/R".into());
    assert_eq!(worth(&work), (2019, 10));
    work.rank = Some(Rank::Sole);
    assert_eq!((worth(&work), convert(&work).clause.id.as_str()), ((2019, 30), "C3-c"));
    work.source = None;
    assert_eq!((worth(&work), codes(&work)), ((2019, 30), vec!["source-missing"]));
    work.serial = None;
    assert_eq!((worth(&work), codes(&work)), ((2019, 0), vec!["source-missing"]));
    work.source = Some("著作".into());
    work.rank = None;
    assert_eq!((worth(&work), codes(&work)), ((2019, 60), vec!["rank-missing"]));
}

#[test]
fn papers_need_a_national_serial() {
    let mut paper = specialty(6, "2019-05-01");
    paper.source = Some("论文".into());
    paper.rank = Some(Rank::Place(1));
    for (serial, hours, code) in [
        ("CN 43-1234/R", 30, None),
        ("CN43-1234", 30, None),
        ("cn43－1234/Ｒ", 30, None),
        ("CN 43—1234", 30, None),
        ("ISSN 1000-1234 / CN 43-1234/R", 30, None),
        ("CN 43-6500", 30, None),
        ("CN 43-0013", 30, Some("serial-odd")),
        ("CN 43-9012", 30, Some("serial-odd")),
        ("CN 43-1234/R 增刊", 30, Some("serial-odd")),
        ("", 0, Some("serial-missing")),
        ("ISSN 1000-1234", 0, Some("serial-missing")),
        ("1000-123X", 0, Some("serial-missing")),
        ("CN 43-12345", 0, Some("serial-missing")),
        ("43-1234/R", 0, Some("serial-missing")),
        ("核心期刊", 0, Some("serial-missing")),
    ] {
        paper.serial = (!serial.is_empty()).then(|| serial.into());
        assert_eq!(worth(&paper).1, hours, "{serial}");
        assert_eq!(codes(&paper), Vec::from_iter(code), "{serial}");
    }
    paper.serial = Some("ISSN 1000-1234".into());
    assert_eq!(why(&paper), "“ISSN 1000-1234”只是国际刊号，不是国内统一刊号，不折算");
}

#[test]
fn patents_count_in_the_year_granted() {
    let mut patent = specialty(7, "2018-02-01");
    patent.end = Some(day("2019-03-08"));
    patent.rank = Some(Rank::Place(1));
    assert_eq!(worth(&patent), (2019, 90));
    patent.rank = Some(Rank::Place(3));
    assert_eq!(worth(&patent), (2019, 60));
}

#[test]
fn awards_by_level_and_rank() {
    let mut award = specialty(8, "2019-12-01");
    for (level, rank, hours) in [
        ("国家级", Some(9), 90),
        ("省部级", None, 90),
        ("省部级", Some(12), 90),
        ("地厅级", Some(5), 60),
        ("地厅级", Some(6), 30),
        ("县级", Some(1), 0),
        ("校级", Some(1), 0),
    ] {
        award.level = Some(level.into());
        award.rank = rank.map(Rank::Place);
        assert_eq!(worth(&award).1, hours, "{level} {rank:?}");
    }
    assert_eq!(why(&award), "“校级”不在通知的折算范围，不折算");
    award.level = None;
    assert_eq!((worth(&award).1, codes(&award)), (0, vec!["level-missing"]));
    for source in ["行业组织", "本单位"] {
        award.level = Some("省部级".into());
        award.source = Some(source.into());
        assert_eq!((worth(&award).1, codes(&award)), (0, vec!["not-convertible"]), "{source}");
    }
    award.source = Some("政府".into());
    assert_eq!(worth(&award).1, 90);
    assert!(convert(&award).best_of_same);
}

#[test]
fn computer_modules_by_number() {
    let mut exam = specialty(9, "2018-05-01");
    assert_eq!(worth(&exam), (2018, 20));
    exam.quantity = Some(3);
    assert_eq!(worth(&exam), (2018, 60));
    assert_eq!(why(&exam), "每个模块 20 学时 × 3 ＝ 60");
    exam.quantity = Some(0);
    assert_eq!(worth(&exam), (2018, 0));
    exam.quantity = Some(u32::MAX);
    assert_eq!(codes(&exam), ["quantity-odd"]);
}

#[test]
fn degrees_and_examinations_once() {
    let mut study = specialty(11, "2018-01-01");
    study.end = Some(day("2018-12-31"));
    study.source = Some("学历教育".into());
    study.passed = Some(3);
    assert_eq!(worth(&study), (2018, 90));
    let converted = convert(&study);
    assert!(converted.once_per_year);
    assert_eq!(converted.rule, "C8");
    assert_eq!(why(&study), "当年通过 3 门，折算 90 学时，一年只计一次");
    study.source = Some("职业资格考试".into());
    assert_eq!((worth(&study), convert(&study).rule.as_str()), ((2018, 90), "C9"));
    study.passed = Some(0);
    assert_eq!(worth(&study), (2018, 0));
    study.passed = None;
    assert_eq!((worth(&study), codes(&study)), ((2018, 0), vec!["passed-missing"]));
}

fn posting(task: &str, start: &str, end: &str) -> Activity {
    let mut posting = specialty(10, start);
    posting.end = Some(day(end));
    posting.task = Some(task.into());
    posting.assessment = Some("合格".into());
    posting
}

#[test]
fn postings_complete_years() {
    for (start, end, years) in [
        ("2016-07-01", "2018-12-31", vec![2016, 2017, 2018]),
        ("2018-09-01", "2019-04-30", vec![2018]),
        ("2018-11-01", "2019-06-30", vec![2019]),
        ("2018-07-01", "2018-11-30", vec![]),
        ("2018-01-01", "2018-06-30", vec![2018]),
        ("2018-01-01", "2018-06-29", vec![]),
        ("2017-10-03", "2018-04-02", vec![2018]),
        // 184 days each: the earlier.
        ("2017-07-01", "2018-07-03", vec![2017, 2018]),
        ("2018-07-05", "2019-06-29", vec![2018]),
        ("2016-07-01", "2017-06-30", vec![2016]),
        ("2016-07-01", "2017-07-01", vec![2016, 2017]),
    ] {
        assert_eq!(completes(&posting("援藏", start, end)), years, "{start} {end}");
    }
    // 90 days in each year.
    assert_eq!(completes(&posting("援疆", "2018-10-03", "2019-03-31")), Vec::<i32>::new());
    assert_eq!(completes(&posting("援疆", "2018-10-01", "2019-04-02")), [2018]);
    let year = posting("援外", "2017-01-01", "2017-12-31");
    assert_eq!((completes(&year), codes(&year)), (vec![2017], vec!["posting-exactly-a-year"]));
}

#[test]
fn the_other_year_of_a_posting_may_be_chosen() {
    let mut chosen = posting("援藏", "2018-09-01", "2019-04-30");
    assert!(!convert(&chosen).needs_confirmation);
    chosen.year = Some(2019);
    assert_eq!(completes(&chosen), [2019]);
    assert!(convert(&chosen).needs_confirmation);
    chosen.year = Some(2021);
    assert_eq!((completes(&chosen), codes(&chosen)), (vec![2018], vec!["year-disagrees"]));
}

#[test]
fn postings_need_level_assessment_and_end() {
    let mut task = posting("东西部扶贫协作", "2018-01-01", "2018-12-31");
    assert_eq!((completes(&task), codes(&task)), (vec![], vec!["level-missing"]));
    for (level, years) in [("省级", vec![2018]), ("国家级", vec![2018]), ("州级", vec![])] {
        task.level = Some(level.into());
        assert_eq!(completes(&task), years, "{level}");
    }
    assert_eq!(why(&task), "级别“州级”不够：须是国家级或省级的特定工作任务，不折算");
    let mut aid = posting("援藏", "2018-01-01", "2018-12-31");
    for (result, years) in
        [("合格", vec![2018]), ("优秀", vec![2018]), ("不合格", vec![]), ("基本合格", vec![])]
    {
        aid.assessment = Some(result.into());
        assert_eq!(completes(&aid), years, "{result}");
    }
    aid.assessment = None;
    assert_eq!((completes(&aid), codes(&aid)), (vec![], vec!["assessment-missing"]));
    aid.assessment = Some("合格".into());
    aid.end = None;
    assert_eq!((completes(&aid), codes(&aid)), (vec![], vec!["end-missing"]));
    aid.task = None;
    assert_eq!((completes(&aid), codes(&aid)), (vec![], vec!["task-missing"]));
}

#[test]
fn the_front_line_completes_only_2020() {
    let mut front = specialty(10, "2020-02-01");
    front.end = Some(day("2020-03-31"));
    front.task = Some("疫情防控一线".into());
    assert_eq!((completes(&front), codes(&front)), (vec![2020], vec![]));
    assert_eq!(convert(&front).clause.id, "B4-08");
    front.assessment = Some("不合格".into());
    assert_eq!(completes(&front), Vec::<i32>::new());
    let mut later = specialty(10, "2021-02-01");
    later.task = Some("疫情防控一线".into());
    assert_eq!(completes(&later), Vec::<i32>::new());
    assert_eq!(why(&later), "疫情防控一线只视同完成 2020 年，起止日期不在 2020 年内，不折算");
}

#[test]
fn day_parts_are_left_to_the_ledger_but_need_sessions() {
    for (form, confirm) in [(1, false), (2, true), (4, false), (12, true)] {
        let mut training = specialty(form, "2020-07-01");
        training.certified = Some(Hours::whole(24));
        assert_eq!((worth(&training).1, codes(&training)), (0, vec!["sessions-missing"]), "{form}");
        let session = Session { date: day("2020-07-01"), part: DayPart::Morning };
        training.sessions.insert(session);
        let converted = convert(&training);
        assert_eq!(converted.outcome, Outcome::Sessions, "{form}");
        assert_eq!(converted.needs_confirmation, confirm, "{form}");
        assert_eq!(converted.clause.id, "C1-a");
    }
}

#[test]
fn online_courses_by_certificate_or_minutes() {
    let mut course = specialty(3, "2019-03-01");
    course.certified = Some(Hours::halves(49));
    let converted = convert(&course);
    let Outcome::Credited(credit) = converted.outcome else { panic!() };
    assert_eq!(
        (credit.hours.as_f64(), credit.why.as_str()),
        (24.5, "按证书或进度页所载 24.5 学时")
    );
    assert!(converted.needs_confirmation);
    course.certified = None;
    course.minutes = Some(449);
    assert_eq!(worth(&course).1, 9);
    assert_eq!(why(&course), "课程 449 分钟，每 45 分钟 1 学时，计 9 学时");
    course.minutes = None;
    assert_eq!((worth(&course).1, codes(&course)), (0, vec!["certified-missing"]));
}

fn public_online(platform: Option<&str>) -> Activity {
    let title = "2019年公需科目";
    let mut course = Activity::new(FormId(3), Subject::public(), title, day("2019-05-01"));
    course.certified = Some(Hours::whole(30));
    course.platform = platform.map(str::to_owned);
    course
}

fn counted(notice: &Notice, activity: &Activity) -> (bool, Vec<&'static str>) {
    let converted = convert::convert(notice, activity);
    let codes = converted.remarks.iter().map(|remark| remark.code).collect();
    (matches!(converted.outcome, Outcome::Credited(_)), codes)
}

#[test]
fn public_courses_need_a_filed_platform() {
    let notice = xiangxi();
    let not_filed = || (false, vec!["platform-not-filed"]);
    assert_eq!(counted(&notice, &public_online(Some("湖南大学"))), (true, vec![]));
    assert_eq!(counted(&notice, &public_online(Some("湖南人才市场"))), (true, vec![]));
    assert_eq!(counted(&notice, &public_online(Some("某某培训网"))), not_filed());
    assert_eq!(counted(&notice, &public_online(None)), not_filed());
    assert!(!convert::convert(&notice, &public_online(Some("湖南大学"))).needs_confirmation);
    assert_eq!(
        why(&public_online(Some("某某培训网"))),
        "平台“某某培训网”不在备案名单，培训结果不予认可"
    );

    let with = |change: fn(&mut xueshi::notice::Platform)| {
        let mut platform = notice.platform("湖南大学").unwrap().clone();
        change(&mut platform);
        notice.clone().with_platforms(vec![platform])
    };
    let course = public_online(Some("湖南大学"));
    assert_eq!(counted(&with(|p| p.filed = Some(false)), &course), not_filed());
    assert_eq!(counted(&with(|p| p.filed = None), &course), not_filed());
    assert_eq!(counted(&with(|p| p.account = Some(false)), &course), not_filed());
    assert_eq!(counted(&with(|p| p.key_b = Some(false)), &course), not_filed());
    assert_eq!(counted(&with(|p| p.first_year = Some(2020)), &course), not_filed());
    assert_eq!(counted(&with(|p| p.last_year = Some(2018)), &course), not_filed());
    assert_eq!(counted(&with(|p| p.last_year = Some(2019)), &course), (true, vec![]));
    let unknown = || (true, vec!["platform-unverified"]);
    assert_eq!(counted(&with(|p| p.key_b = None), &course), unknown());
    assert_eq!(counted(&with(|p| p.account = None), &course), unknown());
    let key = convert::convert(&with(|p| p.key_b = Some(false)), &course);
    assert_eq!(key.remarks[0].clause.id, "B4-05");
}

#[test]
fn specialty_courses_fail_only_on_an_unfiled_base() {
    let notice = xiangxi();
    let mut course = public_online(None);
    course.subject = Subject::specialty();
    assert_eq!(counted(&notice, &course), (true, vec![]));
    course.platform = Some("某某培训网".into());
    assert_eq!(counted(&notice, &course), (true, vec![]));
    let mut platform = notice.platform("湖南大学").unwrap().clone();
    platform.name = "某某培训网".into();
    platform.filed = Some(false);
    let base = notice.clone().with_platforms(vec![platform.clone()]);
    assert_eq!(counted(&base, &course), (false, vec!["platform-not-filed"]));
    platform.base = false;
    let other = notice.with_platforms(vec![platform]);
    assert_eq!(counted(&other, &course), (true, vec![]));
}

#[test]
fn subjects_years_and_themes_are_remarked_on() {
    let mut paper = specialty(7, "2019-05-01");
    paper.subject = Subject::public();
    paper.rank = Some(Rank::Sole);
    let converted = convert(&paper);
    assert_eq!(converted.subject, Subject::specialty());
    assert_eq!(converted.remarks[0].code, "subject-ignored");
    assert_eq!(converted.remarks[0].message, "填的是公需，这种形式只折算专业，已按专业计");
    let mut task = posting("援藏", "2018-01-01", "2018-12-31");
    task.subject = Subject::public();
    assert_eq!(codes(&task), ["posting-exactly-a-year"], "form 10 ignores the subject");

    paper.subject = Subject::specialty();
    paper.year = Some(2018);
    assert_eq!((worth(&paper), codes(&paper)), ((2019, 90), vec!["year-disagrees"]));

    let mut course = public_online(Some("湖南大学"));
    course.year = Some(2018);
    assert_eq!((convert(&course).year, codes(&course)), (2018, vec!["year-disagrees"]));
    course.year = Some(2020);
    assert_eq!(codes(&course), ["year-disagrees", "theme-mismatch"]);
    course.start = day("2020-06-01");
    for title in [
        "“专业技术人员在新时代国家治理体系和治理能力现代化建设中的担当作为”",
        "2020年度公需科目：专业技术人员在新时代 国家治理体系和治理能力现代化建设中的担当作为（30学时）",
    ] {
        course.title = title.into();
        assert_eq!(codes(&course), Vec::<&str>::new(), "{title}");
    }
    course.title = "公需科目：创新与知识产权".into();
    assert_eq!(codes(&course), ["theme-mismatch"]);
}

#[test]
fn filings_come_before_the_start() {
    let mut training = specialty(1, "2020-07-06");
    training.sessions.insert(Session { date: day("2020-07-06"), part: DayPart::Morning });
    training.filing_date = Some(day("2020-07-05"));
    assert_eq!(codes(&training), Vec::<&str>::new());
    training.filing_date = Some(day("2020-07-06"));
    assert_eq!(codes(&training), ["filing-late"]);
    training.mode = Some(Mode::Online);
    assert_eq!(codes(&training), Vec::<&str>::new());
}

#[test]
fn closed_periods_are_told() {
    let text = xueshi::notice::load::BUILTIN[0]
        .rules
        .replace("[closed]\n", "[closed]\nperiod = [{ first = 2020-01-23, last = 2020-03-31 }]\n");
    let notice = xueshi::notice::load::load("改过的通知", &text).unwrap();
    let mut training = specialty(1, "2020-02-06");
    training.sessions.insert(Session { date: day("2020-02-06"), part: DayPart::Morning });
    let codes = |training: &Activity| {
        let converted = convert::convert(&notice, training);
        converted.remarks.iter().map(|remark| remark.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&training), ["closed-period"]);
    training.mode = Some(Mode::Online);
    assert_eq!(codes(&training), Vec::<&str>::new());
}

#[test]
fn an_unknown_form_is_not_counted() {
    let unknown = specialty(13, "2020-02-06");
    assert_eq!((worth(&unknown).1, codes(&unknown)), (0, vec!["form-unknown"]));
}

#[test]
fn months_are_counted_with_both_days() {
    for (start, end, months) in [
        ("2018-01-01", "2018-06-30", 6),
        ("2018-01-01", "2018-06-29", 5),
        ("2018-01-15", "2018-07-14", 6),
        ("2018-09-01", "2019-04-30", 8),
        ("2016-07-01", "2018-12-31", 30),
        ("2017-08-31", "2018-02-28", 6),
        ("2018-03-01", "2018-03-01", 0),
        ("2018-03-02", "2018-03-01", 0),
        ("2018-03-02", "2016-03-01", 0),
    ] {
        assert_eq!(months_between(day(start), day(end)), months, "{start} {end}");
    }
}

fn some_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop_oneof![
        Just("政府".to_owned()),
        Just("论文".to_owned()),
        Just("学历教育".to_owned()),
        Just("省部级".to_owned()),
        Just("省级".to_owned()),
        Just("援藏".to_owned()),
        Just("合格".to_owned()),
        Just("CN 43-1234".to_owned()),
        any::<String>(),
    ])
}

proptest! {
    /// Whatever is entered: no panic, only known remark codes, no negative hours, a reason for nothing.
    #[test]
    fn anything_entered_has_an_answer(
        form in 0u16..15, public in any::<bool>(), title in any::<String>(),
        start in -800_000i64..800_000, length in prop::option::of(-500i64..3000),
        year in prop::option::of(any::<i32>()), quantity in prop::option::of(any::<u32>()),
        passed in prop::option::of(any::<u32>()), minutes in prop::option::of(any::<u32>()),
        words in prop::collection::vec(some_text(), 7), place in prop::option::of(any::<u32>()),
    ) {
        let epoch = day("2018-01-01");
        let start = epoch + chrono::TimeDelta::days(start);
        let subject = if public { Subject::public() } else { Subject::specialty() };
        let mut activity = Activity::new(FormId(form), subject, title, start);
        activity.end = length.map(|days| start + chrono::TimeDelta::days(days));
        activity.year = year;
        activity.quantity = quantity;
        activity.passed = passed;
        activity.minutes = minutes;
        activity.rank = place.map(Rank::Place);
        let mut words = words.into_iter();
        let mut next = || words.next().flatten();
        activity.source = next();
        activity.level = next();
        activity.task = next();
        activity.assessment = next();
        activity.serial = next();
        activity.platform = next();
        activity.region = next();
        let converted = convert(&activity);
        for remark in &converted.remarks {
            prop_assert!(REMARK_CODES.iter().any(|(code, _)| *code == remark.code));
            prop_assert!(!remark.message.is_empty() && !remark.fix.is_empty());
            prop_assert!(!remark.clause.quote.is_empty());
        }
        match &converted.outcome {
            Outcome::Credited(credit) => prop_assert!(credit.hours >= Hours::ZERO),
            Outcome::Completes { years, .. } => prop_assert!(!years.is_empty()),
            Outcome::NotCounted { why } => prop_assert!(!why.is_empty()),
            Outcome::Sessions => {}
        }
    }

    /// Whole months, counted forward, land on or before the day after the end.
    #[test]
    fn months_never_overshoot(start in 0i64..9000, length in 0i64..3000) {
        let start = day("2000-01-01") + chrono::TimeDelta::days(start);
        let after = start + chrono::TimeDelta::days(length + 1);
        let months = months_between(start, after - chrono::TimeDelta::days(1));
        prop_assert!(start + chrono::Months::new(months) <= after);
        prop_assert!(start + chrono::Months::new(months + 1) > after);
    }
}
