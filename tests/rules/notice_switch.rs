//! 口径: a switch is laid over the notice, never into it; every alternative makes a sound notice, changes
//! what it says it changes, and is told where it was used.

use crate::notice_data::xiangxi;
use crate::support;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use xueshi::ledger::{self, Record};
use xueshi::notice::amend::{Draft, Plain};
use xueshi::notice::load::{self, BUILTIN};
use xueshi::notice::renew::Renewal;
use xueshi::notice::switch::{Ruled, Way, ruled};
use xueshi::notice::{AnnualMode, Hours, Notice, Overflow, Ruling, Subject, convert};

const REGION: &str = include_str!("../fixtures/notices/invented-region.toml");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ruling(decision: &str, switch: &str, choice: &str) -> Ruling {
    Ruling {
        decision: decision.into(),
        switch: switch.into(),
        choice: choice.into(),
        by: "向明".into(),
        at: day("2020-08-10"),
        reason: "州人社局电话答复".into(),
    }
}

fn under(text: &str, rulings: &[Ruling]) -> Ruled {
    ruled("通知", text, rulings).unwrap_or_else(|failure| panic!("{failure}"))
}

fn chosen(decision: &str, switch: &str, choice: &str) -> Notice {
    let ruled = under(BUILTIN[0].rules, &[ruling(decision, switch, choice)]);
    assert_eq!(ruled.refused, [], "{decision}/{switch}={choice}");
    assert_eq!(ruled.notice.changed.len(), 1);
    ruled.notice
}

#[test]
fn every_decision_has_a_switch_or_says_why_not() {
    for text in [BUILTIN[0].rules] {
        let notice = load::load("通知", text).unwrap();
        for decision in &notice.decisions {
            let told = !decision.switches.is_empty() || !decision.fixed.is_empty();
            assert!(told, "{} has neither a switch nor a reason", decision.id);
        }
        let switched = notice.decisions.iter().filter(|it| !it.switches.is_empty()).count();
        assert!(switched >= 20, "{switched}");
    }
}

#[test]
fn every_alternative_makes_a_sound_notice_that_says_so() {
    let text = BUILTIN[0].rules;
    for standing in under(text, &[]).standings {
        let Way::Among(all) = &standing.switch.way else { continue };
        assert!(!standing.shipped.is_empty());
        for it in all.iter().filter(|it| it.id != standing.shipped) {
            let asked = ruling(&standing.decision, &standing.switch.id, &it.id);
            let ruled = under(text, std::slice::from_ref(&asked));
            assert_eq!(ruled.refused, [], "{asked:?}");
            let changed = &ruled.notice.changed[0];
            assert_eq!((changed.now.as_str(), &changed.ruling), (it.words.as_str(), &asked));
            assert!(changed.told().contains("州人社局电话答复"), "{}", changed.told());
            assert_ne!(ruled.notice, xiangxi(), "{asked:?} changes nothing");
        }
    }
}

#[test]
fn choosing_what_the_file_says_is_no_choice() {
    let ruled = under(BUILTIN[0].rules, &[ruling("A-08", "two-halves", "full")]);
    assert_eq!(ruled.notice, xiangxi());
    assert_eq!(ruled.notice.changed, []);
}

#[test]
fn what_does_not_fit_is_refused_and_the_rest_stands() {
    let rulings = [
        ruling("A-08", "two-halves", "thirds"),
        ruling("A-08", "no-such", "full"),
        ruling("A-99", "no-such", "full"),
        ruling("A-08", "day-cap", "9"),
        // More than a day's cap below: the notice would contradict itself.
        ruling("A-07", "warn-above", "20"),
        ruling("A-29", "posting-day", "counted"),
    ];
    let ruled = under(BUILTIN[0].rules, &rulings);
    assert_eq!(ruled.refused.len(), 5, "{:?}", ruled.refused);
    assert!(ruled.refused[0].1.contains("可选 full（算全天 10）"), "{:?}", ruled.refused[0]);
    assert!(ruled.refused[3].1.contains("10 到 16"), "{:?}", ruled.refused[3]);
    assert!(ruled.notice.publicity.count_posting_day);
    assert_eq!(ruled.notice.changed.len(), 1);
}

#[test]
fn day_parts_follow_their_switches_and_say_so() {
    let training =
        || support::training("培训班", "2019-03-05 上午; 2019-03-05 下午; 2019-03-05 晚上");
    let hours = |notice: &Notice| {
        let years = ledger::years(notice, &support::handbook([training()]));
        let credit = years[0].credits[0].clone();
        (credit.hours.as_f64(), credit.clause.place)
    };
    assert_eq!(hours(&xiangxi()), (10.0, "附件1·二·1".to_owned()));
    let halves = chosen("A-08", "two-halves", "halves");
    assert_eq!(hours(&halves), (10.0, "附件1·二·1·口径A-08".to_owned()));
    let both = under(
        BUILTIN[0].rules,
        &[ruling("A-08", "two-halves", "full"), ruling("A-08", "day-cap", "12")],
    );
    assert_eq!(hours(&both.notice).0, 12.0);
    // What was not touched cites as before.
    let clause = |id: &str| both.notice.conversion(id).unwrap().clause.place.clone();
    assert_eq!(clause("C2"), "附件1·二·2");
}

#[test]
fn spans_publicity_deadline_and_papers_follow_their_switches() {
    let to_the_year = chosen("A-01", "span-end", "campaign-year");
    let (span, rule) = to_the_year.span_for("正高", "", "", 2020).unwrap();
    assert_eq!((span.first, span.last), (2015, 2020));
    assert!(rule.clause.place.ends_with("口径A-01"), "{}", rule.clause.place);
    assert_eq!(chosen("A-01", "more-years", "sheet").summary_overflow, Overflow::Sheet);
    assert!(chosen("A-29", "posting-day", "counted").publicity.count_posting_day);
    assert_eq!(chosen("A-29", "workdays", "7").publicity.workdays, 7);
    assert_eq!(chosen("county-deadline", "date", "2020-08-20").deadline.date, day("2020-08-20"));
    assert!(chosen("A-32", "draft-serial", "yes").draft_serial);
    let posted = chosen("A-39", "posted-subjects", "both").publicity.subjects;
    assert_eq!(posted, [Subject::public(), Subject::specialty()]);
    let series = chosen("A-27", "medical-series", "卫生、中医");
    let first = |notice: &Notice, series: &str| {
        notice.span_for("副高", "硕士", series, 2020).unwrap().0.first
    };
    assert_eq!((first(&series, "中医"), first(&xiangxi(), "中医")), (2016, 2015));
    let zone = chosen("region-text", "zone", "湘西自治州经开区");
    assert_eq!(zone.expected_region("经开区", "").as_deref(), Some("湘西自治州经开区"));
    assert!(!chosen("A-02", "soft", "no").subject(&Subject::specialty()).unwrap().soft);
    let form = |notice: &Notice| notice.forms.iter().find(|it| it.id.0 == 4).unwrap().clone();
    let strict = form(&chosen("A-41", "notes", "required"));
    assert!(!strict.evidence[0].needs[2].waivable);
    assert_eq!(form(&chosen("A-41", "side-papers", "3")).evidence[1].needs[0].recommended, 3);
}

#[test]
fn postings_awards_papers_and_certificates_follow_their_switches() {
    let posting = |start: &str, end: &str| -> Record {
        let mut record = support::record(10, "援藏", start);
        record.activity.end = Some(day(end));
        record.activity.task = Some("援藏".into());
        record.activity.assessment = Some("合格".into());
        record
    };
    let years = |notice: &Notice, record: &Record| -> BTreeSet<i32> {
        let years = ledger::years(notice, &support::handbook([record.clone()]));
        years.iter().filter(|year| year.met).map(|year| year.year).collect()
    };
    let exactly = posting("2018-07-01", "2019-06-30");
    assert_eq!(years(&xiangxi(), &exactly), [2018].into());
    let all = chosen("A-17", "exactly-a-year", "all-years");
    assert_eq!(years(&all, &exactly), [2018, 2019].into());
    let evenly = posting("2018-10-03", "2019-03-31");
    assert_eq!(years(&xiangxi(), &posting("2018-10-01", "2019-03-31")), [2018].into());
    // 90 days on either side of New Year, but only 5 months and 29 days: nothing under either.
    assert_eq!(years(&chosen("A-17", "equal-years", "later"), &evenly), [].into());
    let equal = posting("2018-10-02", "2019-04-01");
    assert_eq!(years(&xiangxi(), &equal), [2018].into());
    assert_eq!(years(&chosen("A-17", "equal-years", "later"), &equal), [2019].into());

    let award = |rank: u32| {
        let mut record = support::record(8, "同一成果", "2019-05-01");
        record.activity.level = Some("地厅级".into());
        record.activity.source = Some("政府".into());
        record.activity.rank = Some(xueshi::notice::Rank::Place(rank));
        record
    };
    let total = |notice: &Notice, records: Vec<Record>| {
        ledger::years(notice, &support::handbook(records))[0].specialty().as_f64()
    };
    assert_eq!(total(&xiangxi(), vec![award(1), award(6)]), 60.0);
    let each = chosen("A-18", "same-achievement", "each");
    assert_eq!(total(&each, vec![award(1), award(6)]), 90.0);

    let paper = |serial: Option<&str>| {
        let mut record = support::record(6, "一篇论文", "2019-05-01");
        record.activity.source = Some("论文".into());
        record.activity.rank = Some(xueshi::notice::Rank::Place(2));
        record.activity.serial = serial.map(Into::into);
        vec![record]
    };
    assert_eq!(total(&chosen("A-19", "first-authors", "2"), paper(Some("CN 43-1234/R"))), 30.0);
    assert_eq!(total(&chosen("A-19", "serial", "waived"), paper(None)), 10.0);

    let mut course = support::record(3, "公需补学", "2020-03-01");
    course.activity.subject = Subject::public();
    course.activity.certified = Some(Hours::whole(30));
    course.activity.year = Some(2019);
    assert_eq!(convert::year_of(&xiangxi(), &course.activity), 2019);
    assert_eq!(convert::year_of(&chosen("A-24", "makeup", "study"), &course.activity), 2020);

    let mut practice = support::training("实践", "2019-03-05 全天");
    practice.activity.form = xueshi::notice::FormId(2);
    assert_eq!(total(&xiangxi(), vec![practice.clone()]), 10.0);
    assert_eq!(total(&chosen("A-14", "convert", "nothing"), vec![practice]), 0.0);
}

#[test]
fn a_cap_takes_from_what_is_over_the_minima_and_fails_nobody() {
    let long = || support::training("长班", "2019-03-01~2019-03-31 全天");
    let years = |notice: &Notice| ledger::years(notice, &support::handbook([long()]));
    let free = years(&xiangxi());
    assert_eq!(free[0].specialty().as_f64(), 310.0);
    let capped = years(&chosen("A-07", "year-cap", "100"));
    assert_eq!(capped[0].specialty().as_f64(), 100.0);
    assert_eq!(capped[0].met, free[0].met);
    let tight = under(BUILTIN[0].rules, &[ruling("A-07", "year-cap", "80")]);
    assert_eq!(tight.refused.len(), 1, "below what a year asks for");
}

#[test]
fn another_region_has_switches_of_its_own() {
    let ruled = under(REGION, &[ruling("K-1", "test", "each"), ruling("K-1", "minutes", "40")]);
    assert_eq!(ruled.refused, []);
    assert_eq!(ruled.notice.annual.mode, AnnualMode::PerYear);
    assert_eq!(
        ruled.standings.iter().map(|it| it.now.as_str()).collect::<Vec<_>>(),
        ["40", "each"]
    );
    assert_eq!(ruled.notice.changed[1].was, "45 分钟");
}

#[test]
fn a_switch_that_leads_nowhere_or_breaks_the_notice_is_a_fault() {
    let cases = [
        ("conversion.online.minutes_per_hour", "conversion.onlin.minutes_per_hour", "没有"),
        ("\"annual.mode\" = \"per-year\"", "\"annual.mode\" = \"weekly\"", "不能用"),
        ("\"annual.mode\" = \"cumulative\"", "\"annual.total\" = 72.5", "不是其中任何一个选项"),
    ];
    for (from, to, message) in cases {
        let text = REGION.replacen(from, to, 1);
        let faults = load::check("云溪", &text);
        assert!(
            faults.iter().any(|it| it.message.contains(message) && it.key.contains("K-1")),
            "{to}: {faults:?}"
        );
    }
    let text = REGION.replacen("number = \"conversion.online.minutes_per_hour\"\n", "", 1);
    let faults = load::check("云溪", &text);
    assert!(faults.iter().any(|it| it.message.contains("没有写这个开关选什么")), "{faults:?}");
}

#[test]
fn a_draft_keeps_comments_and_changes_only_what_it_is_told() {
    let text = BUILTIN[0].rules;
    let mut draft = Draft::read(text).unwrap();
    assert_eq!(draft.text(), text);
    assert!(draft.set("publicity.workdays", &Plain::Whole(7)));
    assert!(!draft.set("nothing.here.at.all", &Plain::Whole(7)));
    let changed = draft.text();
    let differing: Vec<_> =
        text.lines().zip(changed.lines()).filter(|(before, after)| before != after).collect();
    assert_eq!(differing, [("workdays = 5", "workdays = 7")]);
    assert_eq!(draft.get("form.4.evidence.1.needs.3.waivable"), Some(Plain::Flag(true)));
    assert_eq!(draft.get("deadline.date"), Some(Plain::Date(day("2020-08-30"))));
}

#[test]
fn next_years_notice_is_made_of_this_years() {
    let old = xiangxi();
    let mut renewal = Renewal::proposed(&old, 2021);
    assert_eq!((renewal.id.as_str(), renewal.deadline), ("xiangxi-2021", day("2021-08-30")));
    assert_eq!(renewal.title, "关于做好2021年专业技术人员继续教育有关工作的通知");
    assert!(renewal.basis.iter().any(|it| it.contains("〔2020〕11号")), "a document number stays");
    let spans: Vec<_> = renewal.spans.iter().map(|it| (it.first, it.last)).collect();
    assert_eq!(spans, [(2019, 2020), (2017, 2020), (2016, 2020), (2017, 2020)]);
    let kept: Vec<_> = renewal.deeming.iter().map(|it| (it.id.as_str(), it.keep)).collect();
    assert_eq!(kept, [("B3-08", false), ("B4-08", true), ("C7-c", true), ("C7-b", true)]);
    assert!(renewal.clauses.iter().any(|it| it.quote.contains("2021年参评高级职称")));

    renewal.document = "州人社函〔2021〕36号".into();
    renewal.theme = vec!["创新与专业技术人员职业发展".into()];
    renewal.platforms[1].keep = false;
    renewal.spans[2].first = 2015;
    let text = renewal.written(BUILTIN[0].rules, &old).unwrap();
    assert_eq!(load::check("新", &text), []);
    let new = load::load("新", &text).unwrap();
    assert_eq!((new.campaign_year, new.document.as_str()), (2021, "州人社函〔2021〕36号"));
    assert_eq!(new.span_for("正高", "", "", 2021).unwrap().0.first, 2015);
    assert_eq!(new.span_for("中级", "", "", 2021).unwrap().0.first, 2017);
    assert!(new.themes.iter().any(|it| it.year == 2021 && it.texts == renewal.theme));
    assert!(new.themes.iter().any(|it| it.year == 2020), "the old year is still in the span");
    assert_eq!(new.platforms.len(), 1);
    assert_eq!(new.applicant_deeming(2021).count(), 0);
    assert_eq!(new.deem_rule("疫情防控一线").unwrap().year, Some(2020));
    assert_eq!(
        new.clause("B3-04").unwrap().quote,
        "2021年参评高级职称继续教育学时（分）认定起始时间为2016年"
    );
    assert!(text.contains("# ---- 每年的要求 ----"), "comments stay");
}
