//! Export: every paper lands whole, needs are told, nobody to export is told.

use crate::library::{TODAY, WANG, ZHAO, empty, filled};
use crate::program::{Run, run_in};
use std::fs;
use tempfile::TempDir;

fn export(dir: &TempDir, paper: &str, out: &str, rest: &[&str]) -> Run {
    let words = [&["export", "库", paper, "--out", out, "--today", TODAY], rest].concat();
    run_in(dir.path(), &words)
}

#[test]
fn every_paper_is_written() {
    let dir = filled();
    let starts = |name: &str, magic: &[u8]| {
        assert!(fs::read(dir.path().join(name)).unwrap().starts_with(magic), "{name}");
    };
    export(&dir, "summary", "汇总表.pdf", &["--level", "高级"])
        .exits(0)
        .says(&["汇总表 1 人", "草稿"]);
    starts("汇总表.pdf", b"%PDF-");
    export(&dir, "summary", "汇总表.xlsx", &["--level", "高级", "--campaign", "2020"]).exits(0);
    starts("汇总表.xlsx", b"PK");
    export(&dir, "summary", "中级.pdf", &["--level", "中级"]).exits(1).says(&["没有列入 赵海波"]);
    export(&dir, "certificates", "证书.pdf", &["--level", "高级"]).exits(0);
    starts("证书.pdf", b"%PDF-");
    export(&dir, "handbook", "手册.pdf", &[]).exits(0).says(&["登记手册 3 人"]);
    starts("手册.pdf", b"%PDF-");
    export(&dir, "handbook", "一人.pdf", &["--person", WANG]).exits(0).says(&["登记手册 1 人"]);
    export(&dir, "card", "登记卡.pdf", &["--person", WANG, "--person", ZHAO])
        .exits(0)
        .says(&["2 人"]);
    starts("登记卡.pdf", b"%PDF-");
    let list =
        export(&dir, "checklist", "清单.pdf", &["--level", "中级", "--json"]).exits(0).json();
    assert_eq!(list["people"], 2);
    starts("清单.pdf", b"%PDF-");
    export(&dir, "report", "体检.pdf", &[]).exits(0).says(&["体检报告 3 人"]);
    starts("体检.pdf", b"%PDF-");
    export(&dir, "notice", "通知单.pdf", &["--level", "中级"]).exits(0).says(&["缺材料通知单"]);
    starts("通知单.pdf", b"%PDF-");
    export(&dir, "register", "登记册.pdf", &["--level", "高级"]).exits(0).says(&["登记册 1 人"]);
    starts("登记册.pdf", b"%PDF-");
}

#[test]
fn one_year_of_the_handbooks_names_who_has_none() {
    let dir = filled();
    export(&dir, "handbook", "一年.pdf", &["--year", "2019", "--person", WANG])
        .exits(0)
        .says(&["登记手册 1 人"]);
    export(&dir, "handbook", "无.pdf", &["--year", "1998"]).refuses(1, &["1998"]);
    export(&dir, "card", "无.pdf", &["--year", "2019"]).refuses(2, &["--year"]);
    assert!(!dir.path().join("无.pdf").exists());
}

#[test]
fn the_units_own_template_words_its_certificates() {
    let dir = filled();
    run_in(dir.path(), &["template", "certificate.toml"]).exits(0).says(&["templates"]);
    let text = fs::read_to_string(dir.path().join("certificate.toml")).unwrap();
    let own = dir.path().join("库/templates/certificate.toml");
    fs::create_dir(own.parent().unwrap()).unwrap();
    export(&dir, "certificates", "一.pdf", &["--level", "高级"]).exits(0);
    fs::write(&own, text.replace("x = 118.0", "x = 116.0")).unwrap();
    export(&dir, "certificates", "二.pdf", &["--level", "高级"]).exits(0);
    let read = |name: &str| fs::read(dir.path().join(name)).unwrap();
    assert_ne!(read("一.pdf"), read("二.pdf"));
    fs::write(&own, text.replace("{姓名}", "{姓}")).unwrap();
    export(&dir, "certificates", "三.pdf", &["--level", "高级"])
        .refuses(3, &["certificate.toml 第", "{姓}", "可以写的是"]);
    assert!(!dir.path().join("三.pdf").exists());
}

#[test]
fn nobody_to_export_is_status_1_and_writes_nothing() {
    let dir = empty();
    for (paper, level) in [
        ("summary", "高级"),
        ("certificates", "中级"),
        ("handbook", "高级"),
        ("card", "高级"),
        ("checklist", "高级"),
        ("publicity", "高级"),
    ] {
        export(&dir, paper, "空.pdf", &["--level", level]).refuses(1, &[]);
    }
    export(&dir, "handbook", "空.pdf", &[]).refuses(1, &["人员"]);
    assert!(!dir.path().join("空.pdf").exists());
}

#[test]
fn export_refuses_what_it_cannot_do() {
    let dir = filled();
    export(&dir, "publicity", "名单.pdf", &["--level", "高级"]).refuses(1, &["还没有开始公示"]);
    export(&dir, "summary", "表.pdf", &["--level", "初级"]).refuses(2, &["高级"]);
    export(&dir, "summary", "表.pdf", &["--level", "高级", "--campaign", "2013"])
        .refuses(3, &["2013"]);
    export(&dir, "summary", "没有/表.pdf", &["--level", "高级"]).refuses(3, &["没有"]);
    export(&dir, "summary", "表.pdf", &["--level", "中级", "--person", ZHAO])
        .refuses(1, &["赵海波"]);
    export(&dir, "card", "表.pdf", &["--person", "433101198001010019"])
        .refuses(1, &["没有这个身份证号"]);
    assert!(!dir.path().join("没有").exists() && !dir.path().join("表.pdf").exists());
}
