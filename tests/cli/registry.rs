//! Making, filling, reading and keeping one registry.

use crate::library::{self, LI, TODAY, ZHAO, empty, filled};
use crate::program::run_in;
use serde_json::json;
use std::fs;

#[test]
fn new_makes_a_registry_and_says_what_next() {
    let dir = tempfile::tempdir().unwrap();
    let words = ["new", "库", "--unit", "某某州立医院", "--department", "某州卫生健康委员会"];
    run_in(dir.path(), &words).exits(0).says(&["某某州立医院", "40号", "下一步"]);
    assert!(dir.path().join("库/registry.sqlite3").is_file());
    run_in(dir.path(), &words).refuses(3, &["库", "已经有一个登记库"]);
    run_in(dir.path(), &["new", "没有/库", "--unit", "甲"]).refuses(3, &["上一级文件夹不存在"]);
    assert!(!dir.path().join("没有").exists());
}

#[test]
fn new_checks_the_unit_against_the_notice() {
    let dir = tempfile::tempdir().unwrap();
    let new = |rest: &[&str]| run_in(dir.path(), &[&["new", "库", "--unit", "甲"], rest].concat());
    new(&["--kind", "省直"]).refuses(2, &["省直", "州直"]);
    new(&["--kind", "县市区"]).refuses(2, &["县市"]);
    new(&["--notice", "没有这份"]).refuses(3, &["没有这份"]);
    assert!(library::is_empty(dir.path()), "a refused registry leaves nothing");
    let made = new(&["--kind", "县市区", "--county", "吉首市", "--json"]).exits(0).json();
    assert_eq!(made["unit"]["county"], "吉首市");
    assert_eq!(made["notice"], "xiangxi-2020");
}

#[test]
fn template_is_written_whole_or_not_at_all() {
    let dir = tempfile::tempdir().unwrap();
    run_in(dir.path(), &["template", "表.xlsx"]).exits(0).says(&["表.xlsx"]);
    assert!(fs::read(dir.path().join("表.xlsx")).unwrap().starts_with(b"PK"));
    run_in(dir.path(), &["template", "表.xls"]).refuses(2, &[".xlsx"]);
    run_in(dir.path(), &["template", "没有/表.xlsx"]).refuses(3, &["没有"]);
    assert!(!dir.path().join("没有").exists());
}

#[test]
fn import_counts_and_is_idempotent() {
    let dir = empty();
    fs::write(dir.path().join("人员.csv"), library::people()).unwrap();
    let import = |rest: &[&str]| {
        run_in(
            dir.path(),
            &[&["import", "库", "人员.csv", "--today", TODAY, "--json"], rest].concat(),
        )
        .exits(0)
        .json()
    };
    let tried = import(&["--dry-run"]);
    assert_eq!(tried["added"]["people"], 3);
    let first = import(&[]);
    assert_eq!(first["added"]["people"], 3, "a dry run changes nothing");
    assert_eq!(first["errors"], json!([]));
    let again = import(&[]);
    assert_eq!(again["unchanged"], 3);
    assert_ne!(again["added"]["people"], 3);
}

#[test]
fn import_tells_every_bad_cell_and_takes_nothing_or_the_rest() {
    let dir = empty();
    let file = dir.path().join("人员.csv");
    fs::write(&file, library::people() + "孙悦,4331,本科,,,,,\n,433101198001010019,,,,,,\n")
        .unwrap();
    let told = run_in(dir.path(), &["import", "库", "人员.csv"]).exits(1);
    told.says(&["人员 第 5 行", "身份证号", "4331", "第 6 行", "姓名", "一行也没有导入"]);
    let report = run_in(dir.path(), &["import", "库", "人员.csv", "--json"]).exits(1).json();
    let errors = report["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[0]["row"], 5);
    assert_eq!(errors[0]["value"], "4331");
    let hours = || run_in(dir.path(), &["hours", "库", "--json"]).exits(0).json();
    assert_eq!(hours()["people"], json!([]));
    run_in(dir.path(), &["import", "库", "人员.csv", "--skip-bad-rows"]).exits(1).says(&["人员 3"]);
    assert_eq!(hours()["people"].as_array().unwrap().len(), 3);
}

#[test]
fn import_refuses_what_it_cannot_read() {
    let dir = empty();
    run_in(dir.path(), &["import", "库", "没有.xlsx"]).refuses(3, &["没有.xlsx"]);
    fs::write(dir.path().join("不是.xlsx"), "hello").unwrap();
    run_in(dir.path(), &["import", "库", "不是.xlsx"]).refuses(3, &["不是.xlsx"]);
    fs::write(dir.path().join("人员.csv"), library::people()).unwrap();
    run_in(dir.path(), &["import", "没有的库", "人员.csv"]).refuses(3, &["没有的库"]);
}

#[test]
fn hours_tells_years_records_and_reasons() {
    let dir = filled();
    let all = run_in(dir.path(), &["hours", "库", "--json"]).exits(0).json();
    assert_eq!(all["notice"], "xiangxi-2020");
    assert_eq!(all["people"].as_array().unwrap().len(), 3);

    let one = run_in(dir.path(), &["hours", "库", "--person", LI, "--year", "2019", "--json"]);
    let one = one.exits(0).json();
    let person = &one["people"][0];
    assert_eq!((&person["id_number"], &person["name"]), (&json!(LI), &json!("李桂香")));
    let years = person["years"].as_array().unwrap();
    assert_eq!(years.len(), 1);
    let year = &years[0];
    assert_eq!(year["year"], 2019);
    assert_eq!(year["public"], 30);
    assert_eq!(year["specialty"], 60);
    assert_eq!(year["total"], 90);
    assert_eq!(year["deemed"], json!({"public": 0, "specialty": 0}));
    assert_eq!(year["recognised"], json!({"public": 0, "specialty": 0, "slips": []}));
    assert_eq!(year["evidenced"], json!({"public": 30, "specialty": 60, "total": 90}));
    assert_eq!(year["met"], true);
    let records = year["records"].as_array().unwrap();
    assert_eq!(records.len(), 2);
    let course = records.iter().find(|record| record["subject"] == "specialty").unwrap();
    assert_eq!(course["title"], "2019年业务培训班");
    assert_eq!(course["hours"], 60);
    assert_eq!(course["counted"], true);
    assert_ne!(course["clause"], "");
    assert_ne!(course["why"], "");

    run_in(dir.path(), &["hours", "库", "--person", ZHAO]).exits(0).says(&[
        "赵海波",
        "2018 年",
        "未达标",
    ]);
    run_in(dir.path(), &["hours", "库", "--person", "433101198001010019"])
        .refuses(1, &["没有这个身份证号"]);
}

#[test]
fn a_registry_must_be_one_and_be_free() {
    let dir = empty();
    fs::create_dir(dir.path().join("空")).unwrap();
    run_in(dir.path(), &["hours", "空"]).refuses(3, &["不是登记库"]);
    run_in(dir.path(), &["doctor", "没有"]).refuses(3, &["没有"]);
    let held = xueshi::registry::Registry::open(&dir.path().join("库")).unwrap();
    run_in(dir.path(), &["hours", "库", "--json"]).refuses(3, &["正被另一个"]);
    drop(held);
    run_in(dir.path(), &["hours", "库"]).exits(0);
}

#[test]
fn doctor_and_backup() {
    let dir = filled();
    let well = run_in(dir.path(), &["doctor", "库", "--json"]).exits(0).json();
    assert_eq!(well, json!({"ok": true, "problems": []}));
    run_in(dir.path(), &["backup", "库", "--to", "备份.sqlite3"]).exits(0).says(&["备份.sqlite3"]);
    assert!(fs::read(dir.path().join("备份.sqlite3")).unwrap().starts_with(b"SQLite format 3"));
    run_in(dir.path(), &["backup", "库", "--to", "没有/备份.sqlite3"]).refuses(3, &["没有"]);
    let made = run_in(dir.path(), &["backup", "库", "--json"]).exits(0).json();
    assert!(made["file"].as_str().unwrap().contains("backups"));

    let scan = walkdir::WalkDir::new(dir.path().join("库/evidence"))
        .into_iter()
        .map(Result::unwrap)
        .find(|entry| entry.file_type().is_file())
        .unwrap();
    fs::remove_file(scan.path()).unwrap();
    let ill = run_in(dir.path(), &["doctor", "库", "--json"]).exits(1).json();
    assert_eq!(ill["ok"], false);
    let problem = &ill["problems"][0];
    for key in ["code", "message", "fix"] {
        assert_ne!(problem[key].as_str().unwrap(), "");
    }
}

#[test]
fn doctor_reads_the_units_own_template() {
    let dir = filled();
    let own = dir.path().join("库/templates/certificate.toml");
    run_in(dir.path(), &["template", "certificate.toml"]).exits(0);
    fs::create_dir_all(own.parent().unwrap()).unwrap();
    fs::rename(dir.path().join("certificate.toml"), &own).unwrap();
    run_in(dir.path(), &["doctor", "库"]).exits(0);
    let told = |text: &[u8], says: &[&str]| {
        fs::write(&own, text).unwrap();
        run_in(dir.path(), &["doctor", "库"]).exits(1).says(&["certificate.toml"]).says(says);
    };
    told(b"title = \n", &["template-broken", "第 1 行"]);
    told(&[0xd6, 0xd0], &["template-broken", "UTF-8"]);
    fs::remove_file(&own).unwrap();
    run_in(dir.path(), &["doctor", "库"]).exits(0);
}

#[test]
fn doctor_fix_removes_what_nothing_names() {
    let dir = filled();
    let files = || walkdir::WalkDir::new(dir.path().join("库/evidence")).into_iter().count();
    let named = files();
    fs::create_dir_all(dir.path().join("库/evidence/zz")).unwrap();
    fs::write(dir.path().join("库/evidence/zz/stray.pdf"), "12345").unwrap();
    run_in(dir.path(), &["doctor", "库"]).exits(1).says(&["没有被用到", "--fix"]);
    let fixed = run_in(dir.path(), &["doctor", "库", "--fix", "--json"]).exits(0).json();
    assert_eq!(fixed, json!({"ok": true, "problems": [], "removed": {"files": 1, "bytes": 5}}));
    assert_eq!(files(), named);
    run_in(dir.path(), &["doctor", "库", "--fix"]).exits(0).says(&["没有要清理的文件", "完好"]);
}

#[test]
fn a_backup_named_zip_is_one_and_comes_back() {
    let dir = filled();
    run_in(dir.path(), &["backup", "库", "--to", "备份.zip"]).exits(0).says(&["证明材料"]);
    assert!(fs::read(dir.path().join("备份.zip")).unwrap().starts_with(b"PK"));
    run_in(dir.path(), &["restore", "备份.zip", "新库"]).exits(0);
    // A backup of the database that somebody called so is still one.
    run_in(dir.path(), &["backup", "库", "--to", "备份.sqlite3"]).exits(0);
    fs::rename(dir.path().join("备份.sqlite3"), dir.path().join("旧.zip")).unwrap();
    run_in(dir.path(), &["restore", "旧.zip", "库"]).exits(0).says(&["恢复"]);
}

#[test]
fn restore_brings_back_what_the_backup_held() {
    let dir = filled();
    run_in(dir.path(), &["backup", "库", "--to", "备份.sqlite3"]).exits(0);
    let people = || run_in(dir.path(), &["hours", "库", "--json"]).exits(0).json();
    let before = people();
    fs::write(dir.path().join("人员.csv"), "姓名,身份证号\n孙悦,433101198001010019\n").unwrap();
    run_in(dir.path(), &["import", "库", "人员.csv"]).exits(0);
    assert_ne!(people(), before);
    run_in(dir.path(), &["restore", "备份.sqlite3", "库"]).exits(0).says(&["恢复"]);
    assert_eq!(people(), before);
    run_in(dir.path(), &["restore", "没有.sqlite3", "库"]).refuses(3, &["没有.sqlite3"]);
    fs::write(dir.path().join("坏.sqlite3"), "坏").unwrap();
    run_in(dir.path(), &["restore", "坏.sqlite3", "库"]).refuses(3, &["坏.sqlite3"]);
    assert_eq!(people(), before);
}
