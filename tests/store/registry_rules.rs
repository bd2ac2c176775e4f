//! 口径 and notices of a registry: chosen, undone, kept over reopening; another year taken in and put into
//! work; a broken file stops only the registry that goes by it.

use crate::registry_desk::*;
use chrono::NaiveDate;
use std::fs;
use xueshi::ledger::{Applicant, ApplicantId, Record, Verdict};
use xueshi::notice::load::BUILTIN;
use xueshi::notice::renew::Renewal;
use xueshi::notice::{Activity, DayPart, FormId, Ruling, Session, Subject};
use xueshi::registry::{Registry, campaign, effect};

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

fn choose(registry: &mut Registry, ruling: &Ruling) -> xueshi::failure::Result<()> {
    registry.transact("另定口径", |tx| tx.save_ruling(2020, ruling)).map(drop)
}

/// The next year's notice as a clerk would make it.
fn next_year(registry: &Registry) -> String {
    let old = registry.written_notice(2020).unwrap();
    let mut renewal = Renewal::proposed(&old, 2021);
    renewal.document = "州人社函〔2021〕36号".into();
    renewal.written(registry.notice_text(2020).unwrap(), &old).unwrap()
}

#[test]
fn a_choice_is_undone_and_kept() {
    let desk = Desk::new();
    let mut registry = desk.create();
    choose(&mut registry, &ruling("A-29", "posting-day", "counted")).unwrap();
    assert!(registry.notice().publicity.count_posting_day);
    assert!(!registry.written_notice(2020).unwrap().publicity.count_posting_day);
    registry.undo().unwrap();
    assert!(!registry.notice().publicity.count_posting_day);
    assert_eq!(registry.rulings(2020).unwrap(), []);
    registry.redo().unwrap();
    drop(registry);

    let mut registry = desk.open();
    assert!(registry.notice().publicity.count_posting_day);
    assert_eq!(registry.rulings(2020).unwrap(), [ruling("A-29", "posting-day", "counted")]);
    let standing = registry.standings(2020).unwrap();
    let standing = standing.iter().find(|it| it.switch.id == "posting-day").unwrap();
    assert_eq!((standing.shipped.as_str(), standing.now.as_str()), ("after", "counted"));
    // Back to what the file says takes the choice away; it needs no reason.
    let back = Ruling { reason: String::new(), ..ruling("A-29", "posting-day", "after") };
    choose(&mut registry, &back).unwrap();
    assert_eq!(registry.rulings(2020).unwrap(), []);
    assert_eq!(registry.notice().changed, []);
}

#[test]
fn what_cannot_be_chosen_is_told_and_changes_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let revision = registry.revision();
    for (typed, told) in [
        (ruling("A-29", "posting-day", "maybe"), "可选 after（不数）、counted（也数）"),
        (ruling("A-29", "no-such", "x"), "这个口径可以另选的是 posting-day（张贴当天）"),
        (ruling("A-04", "no-such", "x"), "没有这个口径开关"),
        (ruling("A-08", "day-cap", "99"), "10 到 16"),
        (ruling("A-07", "year-cap", "20"), "90 到 1000"),
        (Ruling { reason: " ".into(), ..ruling("A-29", "posting-day", "counted") }, "没有写理由"),
        (
            Ruling { by: String::new(), ..ruling("A-29", "posting-day", "counted") },
            "没有写谁决定的",
        ),
    ] {
        let failure = choose(&mut registry, &typed).unwrap_err().to_string();
        assert!(failure.contains(told), "{failure}");
    }
    // Two that contradict each other: a reminder below the cap is fine, a cap below the reminder too.
    assert_eq!(registry.revision(), revision);
    assert_eq!(registry.rulings(2020).unwrap(), []);
}

/// A person with a training of so many morning-and-afternoon days in each of the span's years, and 公需.
fn applicant(registry: &mut Registry, halves: u32) {
    let person = registry.transact("添加人员", |tx| tx.save_person(&person(1))).unwrap().value;
    registry
        .transact("登记", |tx| {
            for year in 2016..=2019 {
                let first = NaiveDate::from_ymd_opt(year, 3, 1).unwrap();
                let activity = Activity::new(FormId(1), Subject::specialty(), "护理新进展", first);
                let mut training = Record::new(person, activity);
                training.activity.end = Some(first + chrono::Days::new(u64::from(halves)));
                training.activity.sessions = (0..halves)
                    .flat_map(|nr| {
                        let date = first + chrono::Days::new(u64::from(nr));
                        [DayPart::Morning, DayPart::Afternoon].map(|part| Session { date, part })
                    })
                    .collect();
                tx.save_record(&training)?;
            }
            tx.save_applicant(&Applicant {
                id: ApplicantId::default(),
                person,
                campaign: 2020,
                level: "中级".into(),
                series: String::new(),
                speciality: "内科护理".into(),
                start_override: None,
                note: String::new(),
                review: None,
                withdrawn: None,
                department: None,
                sent: None,
                issued: None,
            })
            .map(drop)
        })
        .unwrap();
}

#[test]
fn the_effect_is_seen_before_anything_is_chosen() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicant(&mut registry, 6);
    let revision = registry.revision();
    let halves = ruling("A-08", "two-halves", "halves");
    let seen = effect::of_ruling(&registry, 2020, &halves, day("2020-08-10"), &|_, _, _| true);
    let seen = seen.unwrap();
    assert_eq!((seen.was.as_str(), seen.now.as_str()), ("算全天 10", "算两个半天 8"));
    assert_eq!((seen.applicants, seen.applicants_changed, seen.people_changed), (1, 1, 1));
    assert!(seen.told().contains("1 人的各年学时会变"), "{}", seen.told());
    let publicity = ruling("A-29", "posting-day", "counted");
    let seen = effect::of_ruling(&registry, 2020, &publicity, day("2020-08-10"), &|_, _, _| true);
    let told = seen.unwrap().told();
    assert!(told.contains("1 名参评人员的结论都不变"), "{told}");
    assert!(told.contains("今天张贴的公示由 2020-08-17 期满变为 2020-08-14"), "{told}");
    let stopped = effect::of_ruling(&registry, 2020, &halves, day("2020-08-10"), &|_, _, _| false);
    assert!(stopped.unwrap_err().to_string().contains("已停下"));
    assert_eq!(registry.revision(), revision);

    let verdict = |registry: &Registry| {
        campaign::check(registry, 2020, None, day("2020-08-10")).unwrap().applicants[0].verdict
    };
    let hours = |registry: &Registry| {
        let report = campaign::check(registry, 2020, None, day("2020-08-10")).unwrap();
        report.applicants[0].years[0].specialty().as_f64()
    };
    assert_eq!((verdict(&registry), hours(&registry)), (Verdict::Short, 60.0));
    choose(&mut registry, &halves).unwrap();
    assert_eq!(hours(&registry), 48.0);
}

#[test]
fn the_next_year_is_taken_in_and_put_into_work() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicant(&mut registry, 6);
    choose(&mut registry, &ruling("A-29", "posting-day", "counted")).unwrap();
    let text = next_year(&registry);
    let (year, file) = registry.take_notice(&text, Some("新通知的全文"), false).unwrap();
    assert_eq!(year, 2021);
    assert!(file.ends_with("notices/xiangxi-2021.toml"), "{}", file.display());
    // The old year stays in work until somebody says otherwise, and keeps its own choices.
    assert_eq!(registry.notice().campaign_year, 2020);
    assert_eq!(registry.campaigns(), [2020, 2021]);
    assert!(!registry.notice_of(2021).unwrap().publicity.count_posting_day);
    assert_eq!(registry.notice_words(2021), Some("新通知的全文"));
    assert!(registry.notice_words(2020).unwrap().contains("州人社函（2020）40号"));
    let again = registry.take_notice(&text, None, false).unwrap_err().to_string();
    assert!(again.contains("已经有这一年度的通知"), "{again}");

    registry.choose_campaign(2021).unwrap();
    drop(registry);
    let mut registry = desk.open();
    assert_eq!(registry.notice().campaign_year, 2021);
    let notices = registry.notices().unwrap();
    let told: Vec<_> =
        notices.iter().map(|it| (it.campaign, it.in_work, it.applicants, it.rulings)).collect();
    assert_eq!(told, [(2020, false, 1, 1), (2021, true, 0, 0)]);
    let old = campaign::check(&registry, 2020, None, day("2021-08-10")).unwrap();
    assert_eq!(old.applicants.len(), 1);
    let failure = registry.choose_campaign(2023).unwrap_err().to_string();
    assert!(failure.contains("没有 2023 年度的通知，现有 2020、2021 年度"), "{failure}");

    // Replaced, the former text is kept.
    let other = text.replacen("州人社函〔2021〕36号", "州人社函〔2021〕37号", 1);
    registry.take_notice(&other, None, true).unwrap();
    assert_eq!(registry.notice().document, "州人社函〔2021〕37号");
    let kept: Vec<_> = fs::read_dir(desk.dir().join("notices/旧")).unwrap().collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read_to_string(kept[0].as_ref().unwrap().path()).unwrap(), text);
}

#[test]
fn a_broken_notice_stops_only_who_goes_by_it() {
    let desk = Desk::new();
    let registry = desk.create();
    let text = next_year(&registry);
    drop(registry);
    let notices = desk.dir().join("notices");
    fs::create_dir_all(&notices).unwrap();
    fs::write(notices.join("xiangxi-2021.toml"), text.replacen("groups = 5", "groups = 50", 1))
        .unwrap();
    fs::create_dir_all(desk.dir().join("calendar")).unwrap();
    fs::write(desk.dir().join("calendar/2027.toml"), "year = ").unwrap();
    let mut registry = desk.open();
    assert_eq!(registry.notice().campaign_year, 2020);
    let broken = registry.broken_rules();
    assert_eq!(broken.len(), 2);
    assert!(broken[0].why.contains("summary.groups") && broken[0].why.contains("行"), "{broken:?}");
    let problems = registry.doctor().unwrap();
    let codes: Vec<_> = problems.iter().map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["rules-broken", "rules-broken"]);
    assert!(problems[0].message.contains("xiangxi-2021.toml"), "{problems:?}");

    // In work it stops the registry, with file and line.
    fs::write(notices.join("xiangxi-2021.toml"), &text).unwrap();
    registry.reread_rules().unwrap();
    registry.choose_campaign(2021).unwrap();
    drop(registry);
    fs::write(notices.join("xiangxi-2021.toml"), text.replacen("groups = 5", "groups = 50", 1))
        .unwrap();
    let failure = Registry::open(&desk.dir()).unwrap_err().to_string();
    assert!(
        failure.contains("xiangxi-2021.toml") && failure.contains("summary.groups"),
        "{failure}"
    );
}

#[test]
fn a_notice_of_another_region_or_an_unsound_one_is_not_taken_in() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let other = BUILTIN[0].rules.replacen("region = \"湘西自治州\"", "region = \"云溪省\"", 1);
    let failure = registry.take_notice(&other, None, true).unwrap_err().to_string();
    assert!(failure.contains("云溪省"), "{failure}");
    let unsound = BUILTIN[0].rules.replacen("workdays = 5", "workdays = 0", 1);
    let failure = registry.take_notice(&unsound, None, true).unwrap_err().to_string();
    assert!(failure.contains("publicity.workdays"), "{failure}");
    assert!(!desk.dir().join("notices").exists());
}

#[test]
fn a_choice_that_no_longer_fits_is_told_and_stops_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    choose(&mut registry, &ruling("A-08", "day-cap", "12")).unwrap();
    drop(registry);
    let notices = desk.dir().join("notices");
    fs::create_dir_all(&notices).unwrap();
    let without = BUILTIN[0].rules.replacen("high = 16", "high = 11", 1);
    fs::write(notices.join("xiangxi-2020.toml"), without).unwrap();
    let registry = desk.open();
    assert_eq!(registry.notice().dayparts.as_ref().unwrap().day_cap.as_f64(), 10.0);
    let refused = registry.refused_rulings();
    assert!(refused.len() == 1 && refused[0].contains("A-08"), "{refused:?}");
    assert!(registry.doctor().unwrap().iter().any(|it| it.code == "ruling-refused"));
}
