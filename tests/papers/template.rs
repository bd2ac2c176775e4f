//! The certificate's template: edited words and places are printed, faults are told with file, line, key
//! and remedy.

use crate::read::{Read, keep};
use crate::sample::*;
use xueshi::documents::{CertificateTemplate, certificates_pdf, certificates_pdf_with};
use xueshi::ledger::ApplicantResult;

fn print(text: &str, rows: &[ApplicantResult]) -> Read {
    let (notice, unit) = (notice(), unit());
    let template = CertificateTemplate::load("certificate.toml", text).expect("a sound template");
    let rows: Vec<&ApplicantResult> = rows.iter().collect();
    let bytes = certificates_pdf_with(&context(&notice, &unit), &template, &rows).expect("a paper");
    keep("certificate-edited.pdf", &bytes);
    Read::new(&bytes)
}

/// What is said of the built-in template with one thing changed.
fn fault(from: &str, to: &str) -> String {
    let text = CertificateTemplate::BUILTIN.replacen(from, to, 1);
    assert_ne!(text, CertificateTemplate::BUILTIN, "nothing was changed");
    CertificateTemplate::load("证书.toml", &text).expect_err("a fault").to_string()
}

#[test]
fn edited_words_and_places_are_printed() {
    let rows = seniors(2);
    let before = print(CertificateTemplate::BUILTIN, &rows);
    let text = CertificateTemplate::BUILTIN
        .replace("骑缝盖章处", "骑缝章")
        .replace("待人社部门核验，未签发", "样张")
        .replace("_{学历}_学历，", "_{学历}_学历（{学位}，{填报单位}），")
        .replace("x = 118.0", "x = 116.0");
    let after = print(&text, &rows);
    let said = after.page(1).replace(' ', "");
    for expected in ["骑缝章", "样张", "本科学历（硕士，湘西土家族苗族自治州人民医院），申报"]
    {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(!said.contains("未签发") && !said.contains("盖章处"));
    let left = |read: &Read| {
        let line = read.lines.iter().find(|line| line.text.starts_with("继续教育登记证书编号"));
        line.expect("the number").x
    };
    assert!((left(&before) - left(&after) - 2.0 * 72.0 / 25.4).abs() < 0.1);
}

#[test]
fn what_grows_pushes_down_what_stands_below() {
    let mut rows = seniors(1);
    let at = |read: &Read, text: &str| {
        read.lines.iter().find(|line| line.text.contains(text)).expect(text).y
    };
    let before = print(CertificateTemplate::BUILTIN, &rows);
    rows[0].person.workplace = "湘西土家族苗族自治州龙山县里耶镇中心卫生院".repeat(4);
    let after = print(CertificateTemplate::BUILTIN, &rows);
    assert!(at(&after, "联系电话") < at(&before, "联系电话"));
}

#[test]
fn faults_are_told_with_line_key_and_remedy() {
    for (from, to, parts) in [
        (
            "申报_{申报专业}_",
            "申报_{申报专页}_",
            &["没有 {申报专页} 这一项", "certificate.block", "可以写的是"][..],
        ),
        ("_{姓名}_同志", "同志", &["没有一处写着 {姓名}", "请在文字里补上 {姓名}"]),
        ("x = 118.0\nwidth = 161.0", "x = 118.0\nwidth = 190.0", &["出了纸边", "297"]),
        ("align = \"两端\"", "align = \"齐\"", &["不认识“齐”", "左、中、右或两端"]),
        ("size = 22.0", "size = 6.0", &["6 超出范围", "9 到 72"]),
        ("size = 22.0", "siz = 22.0", &["size"]),
        ("至_{截止年度}_", "至_{截止年度_", &["花括号", "请补上 }"]),
        ("y = 162.0", "y = 209.0", &["出了纸边"]),
        ("width = 70.0", "width = \"七十\"", &["应为数字，写的是文字"]),
        ("[cut]", "[cut", &["TOML"]),
    ] {
        let sentence = fault(from, to);
        assert!(sentence.contains("证书.toml 第 "), "{sentence}");
        for part in parts {
            assert!(sentence.contains(part), "{part} in {sentence}");
        }
    }
}

#[test]
fn another_region_has_its_own_titles() {
    let (mut notice, unit) = (notice(), unit());
    notice.province = "云南省".into();
    let rows = seniors(1);
    let context = context(&notice, &unit);
    let bytes = certificates_pdf(&context, &rows.iter().collect::<Vec<_>>()).expect("a paper");
    let read = Read::new(&bytes);
    assert!(read.text().contains("云南省专业技术人员") && !read.text().contains("湖南"));
    assert_eq!(read.info("Title"), "2020年度云南省专业技术人员继续教育合格证书");
    let (book, years) = handbook("田甜", 1, MIDDLE);
    let bytes = xueshi::documents::handbook_pdf(&context, &[(&book, &years)]).expect("a paper");
    assert!(Read::new(&bytes).page(1).contains("云南省专业技术人员"));
}
