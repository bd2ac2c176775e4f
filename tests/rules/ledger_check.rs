//! The pre-flight check: spans, verdicts, findings, overrides, stages, obligations.

use crate::support::*;
use xueshi::ledger::*;
use xueshi::notice::*;

use Severity::{Block, Info, Warn};

fn span_of_level(level: &str, degree: &str, series: &str) -> (i32, i32) {
    let result = check_one(&handbook([]).applies(level).degree(degree).series(series));
    (result.span.first, result.span.last)
}

#[test]
fn spans_of_the_campaign_of_2020() {
    assert_eq!(span_of_level("正高", "博士", "卫生"), (2015, 2019));
    assert_eq!(span_of_level("副高", "博士", "工程"), (2018, 2019));
    assert_eq!(span_of_level("副高", "博士", "卫生"), (2018, 2019));
    assert_eq!(span_of_level("副高", "硕士", "卫生"), (2016, 2019));
    assert_eq!(span_of_level("副高", "硕士", "工程"), (2015, 2019));
    assert_eq!(span_of_level("副高", "学士", "卫生"), (2015, 2019));
    assert_eq!(span_of_level("中级", "", "卫生"), (2016, 2019));
}

#[test]
fn an_applicant_s_own_start_year_stands_above_the_rule() {
    let mut book = handbook(full_years(2018..=2019)).applies("正高");
    book.applications[0].start_override = Some(2018);
    let result = check_one(&book);
    assert_eq!((result.span.first, result.span.last), (2018, 2019));
    assert_eq!(result.verdict, Verdict::Met);
    assert!(result.has(Warn, "span-reason-missing"));
    book.applications[0].note = "2018 年调入".into();
    assert!(check_one(&book).has(Info, "span-overridden"));
}

#[test]
fn full_years_with_papers_are_met() {
    let result = check_one(&handbook(full_years(2015..=2019)).applies("副高"));
    assert_eq!(result.verdict, Verdict::Met);
    assert_eq!(
        result.years.iter().map(|it| it.year).collect::<Vec<_>>(),
        [2015, 2016, 2017, 2018, 2019, 2020]
    );
    let loud: Vec<_> = result.findings.iter().filter(|it| it.severity != Info).collect();
    let codes: Vec<_> = loud.iter().map(|it| it.code).collect();
    assert_eq!(codes, ["review-missing", "publicity-missing"]);
}

#[test]
fn a_year_short_says_how_much_in_which_subject() {
    let mut records = full_years([2015, 2016, 2018, 2019]);
    records.push(online_public(2017, 20).with_papers());
    records.push(online_specialty(2017, 60).with_papers());
    let result = check_one(&handbook(records).applies("正高"));
    assert_eq!(result.verdict, Verdict::Short);
    let found = result.findings.iter().find(|it| it.code == "hours-short-public").unwrap();
    assert_eq!((found.severity, found.year), (Block, Some(2017)));
    assert_eq!(found.message, "公需 20 学时，要求 30，还缺 10");
    assert!(!result.has(Block, "hours-short-specialty"));
    assert!(result.has(Block, "hours-short-total"));
}

#[test]
fn specialty_surplus_never_stands_in_for_public() {
    let mut records = full_years(2016..=2018);
    records.push(online_specialty(2019, 200).with_papers());
    let result = check_one(&handbook(records).applies("中级"));
    assert_eq!(result.verdict, Verdict::Short);
    assert!(!result.has(Block, "hours-short-total"));
}

#[test]
fn missing_papers_block_only_where_the_year_fails_without_them() {
    let mut records = full_years(2016..=2018);
    records.push(online_public(2019, 30).with_papers());
    records.push(online_specialty(2019, 60));
    records.push(training("多余的一天", "2018-06-04 全天"));
    let result = check_one(&handbook(records).applies("中级"));
    assert_eq!(result.verdict, Verdict::Blocked);
    let severities: Vec<_> = result
        .findings
        .iter()
        .filter(|it| it.code == "evidence-missing")
        .map(|it| (it.year, it.severity))
        .collect();
    assert_eq!(severities, [(Some(2019), Block), (Some(2018), Warn)]);
}

#[test]
fn of_two_gaps_that_could_stand_in_for_each_other_one_blocks() {
    let mut records = full_years(2016..=2018);
    records.push(online_public(2019, 30).with_papers());
    for title in ["甲", "乙"] {
        records.push(online_specialty(2019, 60).with(|it| it.title = title.into()));
    }
    let result = check_one(&handbook(records).applies("中级"));
    assert_eq!(result.verdict, Verdict::Blocked);
    let blocks = result.findings.iter().filter(|it| it.code == "evidence-missing");
    assert_eq!(blocks.filter(|it| it.severity == Block).count(), 1);
}

#[test]
fn applicants_of_2020_are_deemed_public_and_owe_the_certificate() {
    let result = check_one(&handbook(full_years(2015..=2019)).applies("正高"));
    let year = result.year(2020);
    assert_eq!((year.public(), year.deemed_of(&Subject::public())), (h(30), h(30)));
    assert_eq!(year.specialty(), h(0));
    assert_eq!(year.evidenced_of(&Subject::public()), h(30));
    let owed: Vec<&str> = result.owed().collect();
    assert_eq!(owed.len(), 1);
    assert!(owed[0].contains("补交") && owed[0].contains("资格确认"), "{owed:?}");
    assert!(result.obligations[0].clause.quote.contains("补充提供"));

    let mut records = full_years(2015..=2019);
    records.push(online_public(2020, 30));
    let unproved = check_one(&handbook(records.clone()).applies("正高"));
    assert_eq!(unproved.owed().count(), 1);
    records.push(online_public(2020, 30).with_papers());
    let proved = check_one(&handbook(records.clone()).applies("正高"));
    assert_eq!(proved.owed().count(), 0);
    assert!(proved.obligations[0].closed_by().contains("补齐"), "{:?}", proved.obligations);

    // The certificate itself closes it, whatever was learnt; without its paper it closes nothing.
    let mut book = handbook(full_years(2015..=2019)).applies("正高");
    let mut discharge = Discharge {
        id: DischargeId(1),
        person: book.person.id,
        campaign: 2020,
        year: 2020,
        vouched: vouched(),
        attachments: Vec::new(),
    };
    book.discharges = vec![discharge.clone()];
    assert_eq!(check_one(&book).owed().count(), 1);
    discharge.attachments.push(file(&SlotId("year-certificate".into())));
    book.discharges = vec![discharge];
    let met = check_one(&book);
    assert_eq!(met.owed().count(), 0);
    assert!(met.findings.iter().all(|it| it.code != "obligation-open"));
    assert_eq!(met.year(2020).deemed_of(&Subject::public()), h(30), "the deeming stands");
}

#[test]
fn a_slip_s_years_need_no_papers_but_its_own_scan() {
    let mut records = full_years([2018, 2019]);
    records.push(online_public(2016, 30));
    let book = handbook(records).slip(2013, 2017, true).applies("正高");
    let result = check_one(&book);
    assert_eq!(result.verdict, Verdict::Met);
    assert!(!result.findings.iter().any(|it| it.code == "evidence-missing"));

    let bare = handbook(full_years([2018, 2019])).slip(2013, 2017, false).applies("正高");
    let result = check_one(&bare);
    assert_eq!(result.verdict, Verdict::Blocked);
    assert!(result.has(Block, "slip-scan-missing"));

    let later = handbook(full_years([2018])).slip(2013, 2017, true).applies("正高");
    assert_eq!(check_one(&later).verdict, Verdict::Short);
}

fn with_public_of_2019(change: impl FnOnce(&mut Activity)) -> ApplicantResult {
    let mut records = full_years(2016..=2018);
    records.push(online_public(2019, 30).with_papers().with(change));
    records.push(online_specialty(2019, 60).with_papers());
    check_one(&handbook(records).applies("中级"))
}

#[test]
fn a_platform_that_is_not_filed_blocks() {
    let result = with_public_of_2019(|it| it.platform = Some("某某网校".into()));
    assert_eq!(result.verdict, Verdict::Short);
    assert!(result.has(Block, "platform-not-filed"));
    let none = with_public_of_2019(|it| it.platform = None);
    assert!(none.has(Block, "platform-not-filed"));
}

#[test]
fn a_region_elsewhere_blocks_and_one_nearby_warns() {
    let elsewhere = with_public_of_2019(|it| it.region = Some("长沙市".into()));
    assert!(elsewhere.has(Block, "region-mismatch"));
    assert_eq!(elsewhere.verdict, Verdict::Blocked);
    let nearby = with_public_of_2019(|it| it.region = Some("湘西自治州吉首市".into()));
    assert!(nearby.has(Warn, "region-mismatch"));
    assert_eq!(nearby.verdict, Verdict::Met);
    let right = with_public_of_2019(|it| it.region = Some(" 湘西自治州 州直 ".into()));
    assert!(!right.findings.iter().any(|it| it.code.starts_with("region")));
    assert!(with_public_of_2019(|it| it.region = None).has(Warn, "region-missing"));
}

#[test]
fn a_block_set_aside_with_a_reason_no_longer_blocks() {
    let mut records = full_years(2016..=2018);
    records.push(online_public(2019, 30).with_papers());
    records.push(online_specialty(2019, 50).with_papers());
    records.push(online_public(2019, 10).with_papers());
    let book = handbook(records).applies("中级");
    assert_eq!(check_one(&book).verdict, Verdict::Short);
    let other_year = check_one(&book.clone().set_aside(2018, "hours-short-specialty"));
    assert_eq!(other_year.verdict, Verdict::Short);
    let result = check_one(&book.set_aside(2019, "hours-short-specialty"));
    assert_eq!(result.verdict, Verdict::Met);
    let found = result.findings.iter().find(|it| it.code == "hours-short-specialty").unwrap();
    assert!(found.overridden);
    assert!(found.message.contains("李科"), "{}", found.message);
}

#[test]
fn the_way_from_collecting_to_ready() {
    let book = handbook(full_years(2015..=2019)).applies("副高");
    let report = check_all(std::slice::from_ref(&book), &[]);
    assert_eq!(report.last_working_day, date("2020-08-28"));
    assert!(!report.ready);
    assert_eq!(report.applicants[0].stage, Stage::Collecting);
    assert!(report.applicants[0].has(Block, "review-missing"));

    let book = book.reviewed(ReviewResult::Passed);
    let stage = |runs: &[Publicity]| {
        let report = check_all(std::slice::from_ref(&book), runs);
        (report.applicants[0].stage, report.ready)
    };
    assert_eq!(stage(&[]), (Stage::Reviewed, false));
    assert_eq!(stage(&[publicity(&[&book], false)]), (Stage::Posted, false));
    assert_eq!(stage(&[publicity(&[&book], true)]), (Stage::Publicised, true));
    assert_eq!(stage(&[publicity(&[], true)]), (Stage::Reviewed, false));

    let failed = book.clone().reviewed(ReviewResult::Returned);
    let result = check_one(&failed);
    assert_eq!((result.stage, result.verdict), (Stage::Collecting, Verdict::Met));
    assert!(result.has(Block, "review-not-passed"));
}

#[test]
fn who_withdrew_stays_listed_but_holds_nobody_up() {
    let good = handbook(full_years(2015..=2019)).applies("副高").reviewed(ReviewResult::Passed);
    let mut gone = handbook([]).applies("副高");
    gone.applications[0].withdrawn = Some(vouched());
    let run = publicity(&[&good], true);
    let report = check_all(&[good, gone.clone()], &[run]);
    assert!(report.ready);
    assert_eq!(report.applicants[1].stage, Stage::Withdrawn);
    assert!(report.applicants[1].findings.is_empty());
    assert!(!check_all(&[gone], &[]).ready, "nobody is left");
}

#[test]
fn only_the_asked_level_group_and_campaign_are_checked() {
    let books = [handbook([]).applies("副高"), handbook([]).applies("中级"), handbook([])];
    let calendar = Calendar::default();
    let count = |campaign: i32, group: Option<&str>| {
        let unit = unit();
        let today = date(TODAY);
        check(&NOTICE, &calendar, &unit, campaign, group, &books, &[], today)
            .unwrap()
            .applicants
            .len()
    };
    assert_eq!(count(2020, None), 2);
    assert_eq!(count(2020, Some("高级")), 1);
    assert_eq!(count(2019, None), 0);
}

#[test]
fn roster_and_identity_findings() {
    let mut book = handbook(full_years(2015..=2019)).applies("副高");
    book.person.sex = "男".into();
    book.person.birth_date = Some(date("1985-01-02"));
    book.person.handbook_number.clear();
    book.applications[0].speciality.clear();
    let last = if book.person.id_number.as_str().ends_with('0') { '1' } else { '0' };
    let wrong = format!("{}{last}", &book.person.id_number.as_str()[..17]);
    book.person.id_number = IdNumber::parse(&wrong).unwrap();
    let result = check_one(&book);
    assert_eq!(result.verdict, Verdict::Met, "none of this touches the verdict");
    for code in
        ["id-check-digit", "id-sex-mismatch", "id-birth-mismatch", "handbook-number-missing"]
    {
        assert!(result.has(Warn, code), "{code}");
    }
    assert!(result.has(Block, "speciality-missing"));
    let shown = serde_json::to_string(&result.findings).unwrap();
    assert!(!shown.contains(&wrong), "an ID number is never told whole");
}

#[test]
fn the_same_name_twice_is_told() {
    let mut one = handbook([]).applies("副高");
    let mut other = handbook([]).applies("副高");
    one.person.name = "张三".into();
    other.person.name = "张三".into();
    let report = check_all(&[one, other], &[]);
    assert!(report.applicants.iter().all(|it| it.has(Info, "name-duplicate")));
}

#[test]
fn overlapping_sessions_and_duplicate_awards_are_told() {
    let mut records = full_years(2015..=2019);
    records.push(training("甲", "2019-06-03 全天"));
    records.push(training("乙", "2019-06-03 上午"));
    for level in ["省部级", "地厅级"] {
        records.push(record(8, "成果", "2018-05-01").with(|it| {
            it.level = Some(level.into());
            it.source = Some("政府".into());
            it.rank = Some(Rank::Place(1));
        }));
    }
    let result = check_one(&handbook(records).applies("正高"));
    assert!(result.has(Warn, "sessions-overlap"));
    assert!(result.has(Warn, "achievement-duplicate"));
    assert_eq!(result.verdict, Verdict::Met);
}

#[test]
fn the_same_file_for_different_things_is_told_but_not_within_one_training() {
    let shared = file(&SlotId("completion-certificate".into()));
    let with_shared = |record: Record| {
        let mut record = record.with_papers();
        record.attachments.push(shared.clone());
        record
    };
    let attend = || with_shared(training("骨干班", "2019-06-03 全天"));
    let one = handbook([attend()]).applies("副高");
    let other = handbook([attend()]).applies("副高");
    let report = check_all(&[one.clone(), other], &[]);
    assert!(report.applicants.iter().all(|it| !it.has(Warn, "evidence-reused")));

    let misused = handbook([with_shared(training("另一个班", "2018-03-05 全天"))]).applies("副高");
    let report = check_all(&[one, misused], &[]);
    assert!(report.applicants.iter().all(|it| it.has(Warn, "evidence-reused")));
}

#[test]
fn what_the_notice_does_not_say_needs_confirmation() {
    let unconfirmed = |confirmed: bool| {
        let mut records = full_years(2016..=2019);
        for course in records.iter_mut().filter(|_| !confirmed) {
            course.confirmed = None;
        }
        check_one(&handbook(records).applies("中级"))
    };
    assert!(unconfirmed(false).has(Warn, "needs-confirmation"));
    assert_eq!(unconfirmed(false).verdict, Verdict::Met, "the hours count all the same");
    assert!(!unconfirmed(true).has(Warn, "needs-confirmation"));
}

#[test]
fn an_unusual_sum_is_told() {
    let mut records = full_years(2016..=2019);
    records.push(record(9, "计算机考试", "2019-05-01").with(|it| it.quantity = Some(15)));
    let result = check_one(&handbook(records).applies("中级"));
    assert!(result.has(Warn, "hours-unusually-many"));
}

#[test]
fn everybody_s_gaps_are_told_without_blocking() {
    let book = handbook(full_years([2019]));
    let span = Span { first: 2018, last: 2020 };
    let calendar = Calendar::default();
    let found = examine(&NOTICE, &calendar, &unit(), &book, span, date(TODAY));
    let short: Vec<_> =
        found.iter().filter(|it| it.code == "hours-short-public").map(|it| it.year).collect();
    assert_eq!(short, [Some(2018), Some(2020)]);
    assert!(found.iter().all(|it| it.severity != Block));

    let mut gone = book;
    gone.person.retired = true;
    let found = examine(&NOTICE, &calendar, &unit(), &gone, span, date(TODAY));
    assert!(!found.iter().any(|it| it.code.starts_with("hours-short")), "{found:#?}");
}

#[test]
fn the_verdict_rests_on_hours_and_papers_only() {
    let mut records = full_years(2015..=2018);
    records.push(online_public(2019, 30).with_papers());
    records.push(online_specialty(2019, 60));
    let mut book = handbook(records).applies("副高");
    book.applications[0].speciality.clear();
    let result = check_one(&book);
    assert_eq!(result.verdict, Verdict::Blocked);
    let codes: Vec<_> = result.verdict_findings().map(|it| it.code).collect();
    assert_eq!(codes, ["evidence-missing"]);
}

#[test]
fn a_slip_from_elsewhere_is_accepted_and_told() {
    let told = |issuer: &str| {
        let mut book = handbook(full_years([2018, 2019])).slip(2013, 2017, true).applies("正高");
        book.slips[0].issuer = issuer.into();
        let result = check_one(&book);
        assert_eq!(result.verdict, Verdict::Met);
        result.has(Info, "slip-issuer-other")
    };
    assert!(told("长沙市人力资源和社会保障局"));
    assert!(!told("州人社局"));
    assert!(!told("吉首市人社局"));
}

#[test]
fn every_code_is_listed_once_and_every_finding_speaks() {
    let mut codes: Vec<&str> = finding::CODES.iter().map(|(code, _)| *code).collect();
    codes.sort_unstable();
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count);
    for named in [
        "evidence-missing",
        "hours-short-public",
        "hours-short-specialty",
        "hours-short-total",
        "platform-not-filed",
        "region-mismatch",
        "publicity-missing",
        "review-missing",
        "sessions-missing",
        "needs-confirmation",
        "id-check-digit",
        "sessions-overlap",
        "theme-mismatch",
        "year-disagrees",
        "evidence-reused",
    ] {
        assert!(codes.binary_search(&named).is_ok(), "{named}");
    }
    let result = check_one(&handbook([training("甲", "2019-06-03 全天")]).applies("特级"));
    assert!(result.has(Block, "level-unknown"));
    for found in &result.findings {
        assert!(finding::CODES.iter().any(|(code, _)| *code == found.code), "{}", found.code);
        for text in [&found.message, &found.fix, &found.clause] {
            assert!(!text.is_empty(), "{found:?}");
        }
        assert!(!found.message.ends_with(['。', '!', '！']), "{}", found.message);
    }
}

#[test]
fn a_passed_deadline_is_told_to_everybody_and_stops_nobody() {
    let book = handbook(full_years(2015..=2019)).applies("正高").reviewed(ReviewResult::Passed);
    let runs = [publicity(&[&book], true)];
    let at = |today: &str| {
        let books = std::slice::from_ref(&book);
        let calendar = Calendar::default();
        check(&NOTICE, &calendar, &unit(), 2020, None, books, &runs, date(today)).unwrap()
    };
    assert!(!at("2020-08-28").applicants[0].has(Info, "deadline-passed"));
    let late = at("2020-08-31");
    assert!(late.applicants[0].has(Info, "deadline-passed"));
    assert!(late.ready);
}

#[test]
fn a_run_of_the_other_level_is_not_the_one_that_somebody_missed() {
    let senior = handbook(full_years(2015..=2019)).applies("正高");
    let middle = handbook(full_years(2015..=2019)).applies("中级");
    let later = handbook(full_years(2015..=2019)).applies("副高");
    let runs = [publicity(&[&senior], true)];
    let report = check_all(&[senior, middle, later], &runs);
    let told = |at: usize| {
        let found = &report.applicants[at].findings;
        found.iter().find(|it| it.code == "publicity-missing").map(|it| it.message.as_str())
    };
    assert_eq!(told(1), Some("还没有公示"));
    assert_eq!(told(2), Some("不在已有的公示名单里，须另行公示"));
}

#[test]
fn sessions_that_have_not_come_yet_are_told_without_an_end_date() {
    let mut class = training("冬季班", "2020-07-01 上午");
    class.activity.end = None;
    let told = |class: &Record| {
        check_one(&handbook([class.clone()]).applies("中级")).has(Warn, "date-in-future")
    };
    assert!(!told(&class));
    class.activity.sessions.extend(sessions("2020-12-01 上午"));
    assert_eq!(class.activity.over_on(), date("2020-12-01"));
    assert!(told(&class));
}
