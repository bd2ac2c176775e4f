//! `check --year` and `export gaps`: everybody on the staff, not only who applies.

use crate::library::{TODAY, WANG, ZHAO, filled};
use crate::program::{Run, run_in};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

fn check(dir: &TempDir, year: &str, rest: &[&str]) -> Run {
    let words = [&["check", "库", "--year", year, "--today", TODAY], rest].concat();
    run_in(dir.path(), &words)
}

#[test]
fn a_year_tells_who_is_short_of_what() {
    let dir = filled();
    check(&dir, "2018", &[]).exits(1).says(&[
        "2018 年度：在职 3 人，学时不够 1 人，只缺材料 0 人",
        "赵海波",
        "公需 0 学时，要求 30，还缺 30",
    ]);
    check(&dir, "2019", &[]).exits(0).says(&["学时不够 0 人"]);
    check(&dir, "2020", &[]).exits(1).says(&["（这一年还没有过完）", "学时不够 3 人"]);
    let told = check(&dir, "2018", &["--json"]).exits(1).json();
    assert_eq!(
        (&told["year"], &told["people"], &told["short"]),
        (&2018.into(), &3.into(), &1.into())
    );
    let gaps = told["gaps"].as_array().unwrap();
    assert_eq!(gaps.len(), 1);
    assert_eq!(gaps[0]["id_number"], Value::from(ZHAO));
    assert_eq!((&gaps[0]["short"], &gaps[0]["year"]["public"]), (&true.into(), &0.into()));
    assert_eq!(gaps[0]["findings"][0]["code"], Value::from("hours-short-public"));
}

#[test]
fn a_year_or_a_campaign_is_asked_for_and_not_both() {
    let dir = filled();
    run_in(dir.path(), &["check", "库"]).refuses(2, &[]);
    run_in(dir.path(), &["check", "库", "--year", "2018", "--campaign", "2020"]).refuses(2, &[]);
    run_in(dir.path(), &["check", "库", "--year", "2018", "--level", "高级"]).refuses(2, &[]);
}

#[test]
fn the_list_is_printed_and_saved_as_a_table() {
    let dir = filled();
    let export = |out: &str, rest: &[&str]| {
        let words = [&["export", "库", "gaps", "--out", out, "--today", TODAY], rest].concat();
        run_in(dir.path(), &words)
    };
    export("还差.pdf", &["--year", "2018"]).exits(0).says(&["已导出年度还差名单 1 人"]);
    export("还差.xlsx", &["--year", "2018"]).exits(0);
    assert!(fs::read(dir.path().join("还差.pdf")).unwrap().starts_with(b"%PDF-"));
    assert!(fs::read(dir.path().join("还差.xlsx")).unwrap().starts_with(b"PK"));
    export("无.pdf", &["--year", "2019"]).refuses(1, &["没有人还差学时或材料"]);
    export("无.pdf", &["--year", "2018", "--person", WANG]).refuses(1, &["没有人还差学时或材料"]);
    export("无.pdf", &[]).refuses(2, &["没有写是哪一年"]);
    assert!(!dir.path().join("无.pdf").exists());
}
