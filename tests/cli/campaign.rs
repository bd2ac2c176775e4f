//! From pre-flight check to a verified package: each step in its turn, and refused out of turn.

use crate::library::{LI, TODAY, WANG, ZHAO, filled, is_empty};
use crate::program::{Run, run_in};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// `xueshi COMMAND 库 --campaign 2020 … --today DAY`
fn on(dir: &TempDir, day: &str, command: &str, rest: &[&str]) -> Run {
    let words = [&[command, "库", "--campaign", "2020", "--today", day], rest].concat();
    run_in(dir.path(), &words)
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|person| person["name"].as_str().unwrap()).collect()
}

#[test]
fn check_tells_verdicts_findings_and_what_to_do() {
    let dir = filled();
    let report = on(&dir, TODAY, "check", &["--json"]).exits(1).json();
    assert_eq!(report["campaign"], 2020);
    assert_eq!(report["deadline"], "2020-08-30");
    assert_eq!(report["last_working_day"], "2020-08-28");
    assert_eq!(report["ready"], false);
    let of = |name: &str| {
        report["applicants"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["name"] == name)
            .unwrap()
            .clone()
    };
    let li = of("李桂香");
    assert_eq!(li["level"], "副高");
    assert_eq!(li["span"], json!([2015, 2019]));
    assert_eq!(li["verdict"], "met");
    assert!(li["years"][0].get("records").is_none());
    assert!(!li["obligations"].as_array().unwrap().is_empty(), "2020 public hours are owed");
    let zhao = of("赵海波");
    assert_eq!(zhao["verdict"], "short");
    let finding = zhao["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "hours-short-public")
        .unwrap();
    assert_eq!(finding["severity"], "block");
    assert_eq!(finding["year"], 2018);
    for key in ["clause", "message", "fix"] {
        assert_ne!(finding[key].as_str().unwrap(), "", "{key}");
    }
    on(&dir, TODAY, "check", &[]).exits(1).says(&[
        "赵海波",
        "学时不够",
        "hours-short-public",
        "达标 2 人",
    ]);
}

#[test]
fn check_refuses_what_the_notice_does_not_know() {
    let dir = filled();
    on(&dir, TODAY, "check", &["--level", "初级"]).refuses(2, &["高级"]);
    run_in(dir.path(), &["check", "库", "--campaign", "2013"]).refuses(3, &["2013"]);
    let middle = on(&dir, TODAY, "check", &["--level", "中级", "--json"]).exits(1).json();
    assert_eq!(names(&middle["applicants"]).len(), 2);
    run_in(dir.path(), &["check", "--help"])
        .exits(0)
        .says(&["hours-short-public", "evidence-missing"]);
}

#[test]
fn review_without_names_takes_those_who_are_met() {
    let dir = filled();
    let review = ["--result", "合格", "--by", "刘芳", "--json"];
    let done = on(&dir, TODAY, "review", &review).json();
    let mut passed = names(&done["done"]);
    passed.sort_unstable();
    assert_eq!(passed, ["李桂香", "王小明"]);
}

#[test]
fn review_of_one_who_is_short_is_told() {
    let dir = filled();
    let pass = |who| ["--result", "合格", "--by", "刘芳", "--person", who];
    on(&dir, TODAY, "review", &pass(WANG)).exits(0).says(&["王小明"]);
    let refused = on(&dir, TODAY, "review", &pass(ZHAO)).exits(1);
    assert!(format!("{}{}", refused.out, refused.err).contains("赵海波"));
    on(&dir, TODAY, "review", &pass("433101198001010019")).refuses(1, &["没有这个身份证号"]);
    on(&dir, TODAY, "review", &["--result", "退回", "--by", "刘芳", "--person", LI])
        .refuses(2, &["理由"]);
}

#[test]
fn withdraw_and_override_keep_who_and_why() {
    let dir = filled();
    let withdraw = ["--person", ZHAO, "--reason", "本人放弃"];
    on(&dir, TODAY, "withdraw", &withdraw).exits(0).says(&["赵海波", "本人放弃"]);
    on(&dir, TODAY, "withdraw", &withdraw).refuses(1, &["已经退出"]);

    let set_aside = |code, year| {
        run_in(
            dir.path(),
            &[
                "override",
                "库",
                "--person",
                ZHAO,
                "--year",
                year,
                "--finding",
                code,
                "--by",
                "刘芳",
                "--reason",
                "见文件",
            ],
        )
    };
    set_aside("no-such-code", "2018").refuses(2, &["no-such-code"]);
    set_aside("hours-short-public", "2017").refuses(1, &["2017"]);
}

#[test]
fn publicity_is_held_to_its_working_days() {
    let dir = filled();
    let level = ["--level", "高级"];
    let post = [&level[..], &["--posted", "2020-08-17", "--place", "一楼", "--json"]].concat();
    on(&dir, "2020-08-17", "publicity", &post).refuses(1, &["初审"]);
    on(&dir, TODAY, "review", &["--result", "合格", "--by", "刘芳"]);
    let run = on(&dir, "2020-08-17", "publicity", &post).exits(0).json();
    assert_eq!(run["posted"], "2020-08-17");
    assert_eq!(run["days"], 5);
    assert_eq!(run["close_strict"], "2020-08-24");
    assert_eq!(run["close_inclusive"], "2020-08-21");

    let close = |today, day| {
        on(&dir, today, "publicity", &[&level[..], &["--close", day, "--json"]].concat())
    };
    close("2020-08-25", "2020-08-21").refuses(1, &["2020-08-24"]);
    close("2020-08-21", "2020-08-24").refuses(1, &["2020-08-24"]);
    let closed = close("2020-08-24", "2020-08-24").exits(0).json();
    assert_eq!(closed["closed"], "2020-08-24");
    close("2020-08-25", "2020-08-25").refuses(1, &[]);
}

/// Both levels reviewed, posted on 17 August and closed on the 24th.
fn publicised() -> TempDir {
    let dir = filled();
    on(&dir, TODAY, "review", &["--result", "合格", "--by", "刘芳"]);
    for level in ["高级", "中级"] {
        let with = |rest: &[&'static str]| [&["--level", level], rest].concat();
        on(&dir, "2020-08-17", "publicity", &with(&["--posted", "2020-08-17"])).exits(0);
        on(&dir, "2020-08-24", "publicity", &with(&["--close", "2020-08-24"])).exits(0);
    }
    dir
}

#[test]
fn check_is_clean_when_nothing_stands() {
    let dir = publicised();
    on(&dir, "2020-08-25", "check", &["--level", "高级"]).exits(0).says(&["可以打报送包了"]);
    on(&dir, "2020-08-25", "check", &["--level", "中级"]).exits(1);
    on(&dir, "2020-08-25", "withdraw", &["--person", ZHAO, "--reason", "本人放弃"]).exits(0);
    let report = on(&dir, "2020-08-25", "check", &["--json"]).exits(0).json();
    assert_eq!(report["ready"], true);
    assert_eq!(names(&report["applicants"]).len(), 2);
    let late = on(&dir, "2020-09-01", "check", &["--json"]).exits(0).json();
    assert!(late.to_string().contains("deadline-passed"));
}

#[test]
fn an_override_lets_a_block_pass_with_its_reason() {
    let dir = filled();
    let set_aside = |code: &str| {
        let who = ["--by", "刘芳", "--reason", "见州人社函"];
        let what = ["override", "库", "--person", ZHAO, "--year", "2018", "--finding", code];
        run_in(dir.path(), &[&what[..], &who[..]].concat())
            .exits(0)
            .says(&["赵海波", "见州人社函"]);
    };
    set_aside("hours-short-public");
    set_aside("hours-short-total");
    let report = on(&dir, TODAY, "check", &["--level", "中级", "--json"]).json();
    let zhao = report["applicants"].as_array().unwrap().iter().find(|one| one["name"] == "赵海波");
    assert_eq!(zhao.unwrap()["verdict"], "met");
    on(&dir, TODAY, "check", &["--level", "中级"]).says(&["已放行", "刘芳", "见州人社函"]);
}

#[test]
fn package_holds_the_publicised_and_names_the_rest() {
    let dir = publicised();
    let out = dir.path().join("U盘");
    fs::create_dir(&out).unwrap();
    let pack = |level, rest: &[&str]| {
        on(
            &dir,
            "2020-08-25",
            "package",
            &[&["--level", level, "--out", "U盘", "--json"], rest].concat(),
        )
    };
    let written = pack("高级", &[]).exits(0).json();
    assert_eq!(written["people"], 1);
    let bag = dir.path().join(written["path"].as_str().unwrap());
    assert!(bag.join("bagit.txt").is_file() && bag.parent() == Some(&out));

    let seen = run_in(dir.path(), &["verify", bag.to_str().unwrap(), "--json"]).exits(0).json();
    assert_eq!(
        (&seen["valid"], &seen["complete"], &seen["errors"]),
        (&json!(true), &json!(true), &json!([]))
    );
    assert_eq!(seen["package"]["unit"], "某某州立医院");
    assert_eq!(seen["package"]["campaign"], 2020);
    assert_eq!(seen["package"]["level"], "高级");
    assert_eq!(seen["package"]["people"], 1);

    let table = bag.join("data/1 汇总表.pdf");
    fs::write(&table, "spoilt").unwrap();
    let spoilt = run_in(dir.path(), &["verify", bag.to_str().unwrap(), "--json"]).exits(1).json();
    assert_eq!(spoilt["valid"], false);
    assert!(spoilt["errors"].to_string().contains("汇总表"));
    run_in(dir.path(), &["verify", "没有的包"]).refuses(3, &["没有的包"]);

    let middle = pack("中级", &[]).exits(1).json();
    assert_eq!(middle["people"], 1);
    assert_eq!(names(&middle["left_out"]), ["赵海波"]);
    assert!(!middle["left_out"][0]["reasons"].as_array().unwrap().is_empty());
}

#[test]
fn package_refuses_when_nobody_remains_and_drafts_when_asked() {
    let dir = filled();
    fs::create_dir(dir.path().join("U盘")).unwrap();
    let pack = |rest: &[&str]| {
        on(&dir, TODAY, "package", &[&["--level", "高级", "--out", "U盘"], rest].concat())
    };
    pack(&[]).refuses(1, &["李桂香"]);
    assert!(is_empty(&dir.path().join("U盘")), "nothing written");
    on(&dir, TODAY, "package", &["--level", "高级", "--out", "没有", "--draft"])
        .refuses(3, &["没有"]);
    assert!(!dir.path().join("没有").exists());
    let written = pack(&["--draft", "--json"]).json();
    let info = fs::read_to_string(
        Path::new(dir.path()).join(written["path"].as_str().unwrap()).join("bag-info.txt"),
    );
    assert!(info.unwrap().contains("草稿"));

    let zip =
        on(&dir, TODAY, "package", &["--level", "高级", "--out", "包.zip", "--draft", "--json"])
            .json();
    assert_eq!(zip["people"], 1);
    run_in(dir.path(), &["verify", "包.zip"]).exits(0).says(&["完好"]);
}

#[test]
fn the_department_receives_a_package() {
    let dir = publicised();
    let day = ["--today", "2020-08-26"];
    on(&dir, "2020-08-25", "package", &["--level", "高级", "--out", "包.zip"]).exits(0);
    run_in(dir.path(), &["new", "主管", "--unit", "州卫健委"]).exits(0);
    let receive = |rest: &[&str]| {
        run_in(dir.path(), &[&["receive", "主管", "包.zip"], &day[..], rest].concat())
    };
    receive(&["--dry-run"]).exits(0).says(&["可以收", "没有改动"]);
    let told = receive(&["--json"]).exits(0).json();
    assert_eq!(told["conflicts"], json!([]));
    let received = &told["received"][0];
    assert_eq!((&received["unit"], &received["people"]), (&json!("某某州立医院"), &json!(1)));
    assert_eq!((&received["records"], &received["already"]), (&json!(10), &json!(false)));
    assert_eq!(received["evidence"], 25);
    assert_eq!(receive(&["--json"]).exits(0).json()["received"][0]["already"], true);
    receive(&[]).exits(0).says(&["以前收过"]);

    let summary = ["export", "主管", "summary", "--level", "高级", "--out", "汇总.xlsx"];
    run_in(dir.path(), &[&summary[..], &day].concat()).exits(0).says(&["1 人"]);
    let pack = ["package", "主管", "--campaign", "2020", "--level", "高级", "--out", "上报.zip"];
    run_in(dir.path(), &[&pack[..], &day].concat()).exits(0);
    run_in(dir.path(), &["verify", "上报.zip"]).exits(0).says(&["州卫健委", "1 人"]);
    run_in(dir.path(), &["doctor", "主管"]).exits(0);

    // Packed again it is another package: somebody must say which side wins.
    on(&dir, "2020-08-26", "package", &["--level", "高级", "--out", "新包.zip"]).exits(0);
    let again = |rest: &[&str]| {
        run_in(dir.path(), &[&["receive", "主管", "新包.zip"], &day[..], rest].concat())
    };
    let told = again(&["--json"]).exits(1).json();
    assert_eq!(told["received"], json!([]));
    assert_eq!(told["conflicts"][0]["code"], "package-replaced");
    again(&[]).exits(1).says(&["有出入", "--accept 新的"]);
    again(&["--accept", "随便"]).refuses(2, &["新的"]);
    again(&["--accept", "新的"]).exits(0).says(&["已收", "以新的为准"]);

    fs::write(dir.path().join("坏.zip"), "PK").unwrap();
    run_in(dir.path(), &["receive", "主管", "坏.zip", "--json"]).refuses(3, &["没有通过核对"]);
    run_in(dir.path(), &["receive", "主管"]).refuses(2, &[]);
}

#[test]
fn review_goes_on_to_the_department_the_bureau_and_the_certificate() {
    let dir = publicised();
    let day = "2020-08-25";
    let step = |step: &str, rest: &[&str]| {
        let words = ["--step", step, "--by", "彭主任"];
        on(&dir, day, "review", &[&words[..], rest].concat())
    };
    step("复查", &["--result", "合格"]).refuses(2, &["初审、复审、核验或发证"]);
    step("核验", &["--result", "退回", "--reason", "缺页"]).refuses(2, &["只能是合格"]);
    step("发证", &["--result", "合格", "--person", LI]).refuses(2, &["没有写证书编号"]);
    step("初审", &["--result", "合格", "--certificate", "1"]).refuses(2, &["只有发证才写"]);
    // Whoever is not publicised is told, and nothing is done for them.
    let told = step("复审", &["--result", "合格", "--person", ZHAO]).exits(1);
    told.says(&["复审确认 0 人", "没有办 赵海波"]);

    let done = step("复审", &["--result", "合格", "--json"]).exits(0).json();
    assert_eq!(names(&done["done"]), ["李桂香", "王小明"]);
    step("复审", &["--result", "退回", "--person", LI, "--reason", "缺派出通知"])
        .exits(0)
        .says(&["复审退回 1 人：李桂香"]);
    let report = on(&dir, day, "check", &["--level", "高级", "--json"]).exits(1).json();
    let findings = report["applicants"][0]["findings"].as_array().unwrap();
    let returned = findings.iter().find(|it| it["code"] == "review-returned").unwrap();
    assert_eq!(returned["severity"], "block");
    // What was given back is in no package.
    on(&dir, day, "package", &["--level", "高级", "--out", "."]).refuses(1, &["缺派出通知"]);

    on(&dir, day, "review", &["--result", "合格", "--by", "刘芳", "--person", LI]).exits(0);
    step("复审", &["--result", "合格"]).exits(0);
    step("核验", &["--result", "合格"]).exits(0).says(&["送人社核验 2 人：李桂香、王小明"]);
    let number = ["--certificate", "湘职继 20200017"];
    step("发证", &[&["--result", "合格", "--person", LI][..], &number].concat()).exits(0);
    let report = on(&dir, day, "check", &["--level", "高级", "--json"]).json();
    assert_eq!(report["applicants"][0]["stage"], "issued");
    on(&dir, day, "export", &["register", "--out", "册.pdf"]);
    assert!(fs::read(dir.path().join("册.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn another_recipient_is_told_and_needs_a_reason() {
    let dir = publicised();
    let day = "2020-08-25";
    let registry = dir.path().join("库");
    let mut opened = xueshi::registry::Registry::open(&registry).unwrap();
    let unit = xueshi::ledger::Unit {
        department: "某某州卫生健康委".to_owned(),
        ..opened.unit().unwrap()
    };
    opened.transact("单位", |tx| tx.save_unit(&unit)).unwrap();
    drop(opened);
    let pack = |rest: &[&str]| {
        let words = ["--level", "高级", "--out", ".", "--recipient", "州人社局专技科"];
        on(&dir, day, "package", &[&words[..], rest].concat())
    };
    pack(&[]).refuses(2, &["没有写理由"]);
    let packed = pack(&["--recipient-reason", "主管部门同意"]).exits(1);
    packed.says(&["没有经过主管部门", "主管部门同意"]);
    let bag = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path());
    let bag = bag.into_iter().find(|path| path.join("bag-info.txt").is_file()).unwrap();
    let info = fs::read_to_string(bag.join("bag-info.txt")).unwrap();
    assert!(info.contains("报送至: 州人社局专技科"), "{info}");
    let index = fs::read_to_string(bag.join("data/目录.html")).unwrap();
    assert!(index.contains("州人社局专技科"), "{index}");
}

/// Everybody in a package stands on a completed list of its own level (B3-13).
#[test]
fn who_changes_level_after_publicity_is_posted_again() {
    let dir = filled();
    on(&dir, "2020-08-03", "review", &["--result", "合格", "--by", "向明"]).exits(1);
    on(&dir, "2020-08-03", "publicity", &["--level", "高级", "--posted", "2020-08-03"]).exits(0);
    on(&dir, "2020-08-10", "publicity", &["--level", "高级", "--close", "2020-08-10"]).exits(0);
    let table =
        format!("身份证号,申报年度,申报级别,申报系列,申报专业\n{LI},2020,中级,卫生系列,内科学\n");
    fs::write(dir.path().join("参评人员.csv"), table).unwrap();
    run_in(dir.path(), &["import", "库", "参评人员.csv"]).exits(0);
    let report = on(&dir, "2020-08-11", "check", &["--level", "中级", "--json"]).exits(1).json();
    let applicants = report["applicants"].as_array().unwrap();
    let li = applicants.iter().find(|one| one["id_number"] == LI).unwrap();
    assert_eq!((&li["level"], &li["verdict"]), (&json!("中级"), &json!("met")));
    let codes: Vec<_> = li["findings"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
    assert!(codes.contains(&&json!("publicity-missing")), "{codes:?}");
    let posted = ["--level", "中级", "--posted", "2020-08-11", "--json"];
    let run = on(&dir, "2020-08-11", "publicity", &posted).exits(0).json();
    assert_eq!(run["people"], 2, "李桂香 again, and 王小明 who was waiting");
}
