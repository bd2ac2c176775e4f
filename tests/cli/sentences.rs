//! What a clerk reads when something cannot be done: the true cause, and the right thing to do about it.

use crate::library::{LI, TODAY, WANG, empty, filled};
use crate::program::run_in;
use std::fs;

#[test]
fn a_file_where_a_folder_belongs_is_called_a_file() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("库"), "x").unwrap();
    run_in(dir.path(), &["hours", "库"]).refuses(3, &["这是文件，不是文件夹"]);
}

#[test]
fn a_name_too_long_for_the_disk_is_not_blamed_on_the_disk() {
    let dir = tempfile::tempdir().unwrap();
    let name = "长".repeat(300);
    // wine takes such a name, and cuts it short.
    if cfg!(windows) && std::fs::create_dir(dir.path().join(&name)).is_ok() {
        return;
    }
    run_in(dir.path(), &["new", &name, "--unit", "甲"]).refuses(3, &["名字太长"]);
    run_in(dir.path(), &["template", &format!("{name}.xlsx")]).refuses(3, &["名字太长"]);
    assert!(crate::library::is_empty(dir.path()));
}

#[test]
fn what_may_be_written_several_times_is_named_plainly() {
    let dir = tempfile::tempdir().unwrap();
    let run = run_in(dir.path(), &["receive", "库"]).exits(2);
    assert!(run.err.contains("没有写 <报送包>。"), "{}", run.err);
}

#[test]
fn a_units_facts_stand_on_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let words = ["new", "库", "--unit", " 某某\n州立\t医院 ", "--contact", "向　明", "--json"];
    let made = run_in(dir.path(), &words).exits(0).json();
    assert_eq!(made["unit"]["name"], "某某 州立 医院");
}

#[test]
fn a_character_that_cannot_be_printed_is_told_with_its_line_as_it_reads() {
    let dir = tempfile::tempdir().unwrap();
    run_in(dir.path(), &["new", "库", "--unit", "某某\"州立\"医院😀"]).exits(0);
    fs::write(dir.path().join("人员.csv"), crate::library::people()).unwrap();
    run_in(dir.path(), &["import", "库", "人员.csv"]).exits(0);
    let run = run_in(dir.path(), &["export", "库", "handbook", "--out", "册.pdf"]);
    assert!(!run.err.contains("\\\"") && !run.err.contains("\\u{"), "{}", run.err);
    run.refuses(3, &["某某\"州立\"医院😀", "「😀」U+1F600"]);
}

#[test]
fn what_is_no_backup_is_answered_with_another_backup() {
    let dir = filled();
    fs::write(dir.path().join("照片.jpg"), [0x5a; 9000]).unwrap();
    run_in(dir.path(), &["restore", "照片.jpg", "库"])
        .refuses(3, &["不是登记库的备份", "没有改动现有的登记库", "请换一个备份"]);
    run_in(dir.path(), &["doctor", "库"]).exits(0);
}

#[test]
fn an_evidence_file_that_nobody_can_look_at_is_told_on_import() {
    let dir = empty();
    fs::write(dir.path().join("人员.csv"), crate::library::people()).unwrap();
    run_in(dir.path(), &["import", "库", "人员.csv"]).exits(0);
    fs::write(dir.path().join("真.pdf"), b"\xEF\xBB\xBF%PDF-1.4\n").unwrap();
    fs::write(dir.path().join("假.pdf"), "网页另存的内容").unwrap();
    fs::write(
        dir.path().join("认定单.csv"),
        format!(
            "身份证号,单号,起始年度,截止年度,证明材料\n{LI},1,2015,2016,认定单=真.pdf\n{WANG},2,2015,2016,认定单=假.pdf\n"
        ),
    )
    .unwrap();
    let report = run_in(dir.path(), &["import", "库", "认定单.csv", "--today", TODAY, "--json"])
        .exits(0)
        .json();
    let notes = report["notes"].to_string();
    assert!(notes.contains("「假.pdf」的内容不是 PDF 或图片"), "{notes}");
    assert!(!notes.contains("真.pdf"), "{notes}");
    assert_eq!(report["added"]["evidence"], 2, "it is kept all the same");
}

/// A row is bad only for what contract §4 lists; years the wrong way round are kept, grant nothing, and are found.
#[test]
fn a_slip_that_ends_before_it_begins_is_kept_and_told() {
    let dir = filled();
    fs::write(dir.path().join("单.pdf"), "%PDF-1.4\n").unwrap();
    let table = "身份证号,单号,起始年度,截止年度,学时,证明材料";
    let import = |row: String| {
        fs::write(dir.path().join("认定单.csv"), format!("{table}\n{row}\n")).unwrap();
        run_in(dir.path(), &["import", "库", "认定单.csv", "--today", TODAY, "--json"])
            .exits(0)
            .json()
    };
    let check = || {
        let words = ["check", "库", "--campaign", "2020", "--today", TODAY, "--json"];
        let found = run_in(dir.path(), &words).exits(1).json();
        let people = found["applicants"].as_array().unwrap();
        people.iter().find(|one| one["id_number"] == crate::library::ZHAO).unwrap().clone()
    };
    let told = |one: &serde_json::Value| {
        let findings = one["findings"].as_array().unwrap();
        findings.iter().any(|it| it["code"] == "slip-dates-odd" && it["severity"] == "warn")
    };
    let zhao = crate::library::ZHAO;
    let report = import(format!("{zhao},7,2019,2018,2018:36/72,认定单=单.pdf"));
    assert_eq!(report["added"]["slips"], 1, "{report}");
    let notes = report["notes"].to_string();
    assert!(notes.contains("截止年度 2018 在起始年度 2019 之前，不认定任何年度"), "{notes}");
    let before = check();
    assert!(told(&before), "{before}");
    assert_ne!(before["verdict"], "met", "it grants nothing");
    // Corrected by the next import, it grants its years.
    import(format!("{zhao},7,2018,2019,2018:36/72,认定单=单.pdf"));
    let after = check();
    assert!(!told(&after), "{after}");
    assert_eq!(after["verdict"], "met", "{after}");
}

/// The batch passes whoever is met; a judgement on one person it does not undo unasked.
#[test]
fn who_was_judged_by_name_is_not_passed_by_the_batch() {
    let dir = filled();
    let review = |rest: &[&str]| {
        let words =
            ["review", "库", "--campaign", "2020", "--by", "向明", "--today", TODAY, "--json"];
        run_in(dir.path(), &[&words, rest].concat())
    };
    review(&["--result", "不合格", "--person", LI, "--reason", "公示期间查实有异议"]).exits(0);
    let batch = review(&["--result", "合格"]).exits(1).json();
    assert!(!batch["done"].to_string().contains(LI), "{batch}");
    let left = batch["refused"].as_array().unwrap().iter().find(|one| one["id_number"] == LI);
    let why = left.unwrap()["reason"].as_str().unwrap();
    assert!(why.contains("不合格（公示期间查实有异议）") && why.contains("单独"), "{why}");
    let named = review(&["--result", "合格", "--person", LI]).exits(0).json();
    assert_eq!(named["done"][0]["id_number"], LI);
    // Given back to be mended is not judged: mended, the batch takes them again.
    review(&["--result", "退回", "--person", LI, "--reason", "补签名"]).exits(0);
    assert!(review(&["--result", "合格"]).json()["done"].to_string().contains(LI));
}
