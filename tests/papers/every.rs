//! What holds for every document alike: hard names come back as they went in, the same input gives the
//! same bytes, a character without a font is told by person and code point, the file is sound and says
//! what it is.

use crate::read::{Read, keep};
use crate::sample::*;
use lopdf::Object;
use std::process::Command;
use xueshi::documents::*;
use xueshi::failure::Result;
use xueshi::ledger::{ApplicantResult, Handbook, Severity, YearTotal};

/// Every PDF that is made of these people, by name.
fn all(names: &[&str], draft: bool) -> Vec<(&'static str, Result<Vec<u8>>)> {
    let (notice, unit) = (notice(), unit());
    let context = Context { draft, ..context(&notice, &unit) };
    let mut rows = Vec::new();
    let mut books: Vec<(Handbook, Vec<YearTotal>)> = Vec::new();
    for (name, at) in names.iter().zip(1..) {
        let (mut book, years) = handbook(name, 3, SENIOR);
        let mut row = applicant(name, at, "副高", SENIOR);
        row.findings = vec![finding(Severity::Warn, Some(2018), "请核对证书编号", "请核对")];
        row.years.clone_from(&years);
        book.person = row.person.clone();
        rows.push(row);
        books.push((book, years));
    }
    let rows_of: Vec<&ApplicantResult> = rows.iter().collect();
    let years: Vec<(&Handbook, &[YearTotal])> =
        books.iter().map(|(book, years)| (book, years.as_slice())).collect();
    let pairs: Vec<(&Handbook, &ApplicantResult)> =
        books.iter().map(|(book, _)| book).zip(&rows).collect();
    let closed = run(Some(day(2020, 8, 25)));
    vec![
        ("summary", summary_pdf(&context, "高级", &rows_of)),
        ("certificates", certificates_pdf(&context, &rows_of)),
        ("handbook", handbook_pdf(&context, &years)),
        ("handbook-year", handbook_year_pdf(&context, &years, 2018)),
        ("card", card_pdf(&context, &pairs)),
        ("checklist", checklist_pdf(&context, &pairs)),
        ("missing", missing_pdf(&context, &pairs)),
        ("register", register_pdf(&context, &rows_of)),
        ("findings", findings_pdf(&context, &report(rows.clone()))),
        ("publicity", publicity_pdf(&context, &closed, &rows_of)),
        ("publicity-result", publicity_result_pdf(&context, &closed, &rows_of)),
    ]
}

#[test]
fn hard_names_come_back_from_every_document() {
    for (what, bytes) in all(&HARD_NAMES, false) {
        let text = Read::new(&bytes.expect(what)).text();
        for name in HARD_NAMES {
            assert!(text.contains(name), "{name} in {what}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for ((what, one), (_, other)) in all(&HARD_NAMES, true).into_iter().zip(all(&HARD_NAMES, true))
    {
        assert!(one.expect(what) == other.expect(what), "{what}");
    }
}

#[test]
fn a_character_without_a_font_is_refused_by_person_and_code_point() {
    for (name, code) in [("王\u{E000}", "U+E000"), ("李😀", "U+1F600"), ("赵\u{7}", "U+0007")]
    {
        for (what, bytes) in all(&["张㛃", name], false) {
            let sentence = bytes.expect_err(what).to_string();
            assert!(sentence.contains(code), "{what}: {sentence}");
            let family = name.chars().next().expect("a name").to_string();
            assert!(sentence.contains(&family), "{what}: {sentence}");
        }
        let (notice, unit) = (notice(), unit());
        let row = applicant(name, 1, "副高", SENIOR);
        let sentence = summary_xlsx(&context(&notice, &unit), "高级", &[&row])
            .expect_err("the workbook too")
            .to_string();
        assert!(sentence.contains(code), "{sentence}");
    }
}

#[test]
fn every_document_says_what_it_is() {
    for (what, bytes) in all(&HARD_NAMES, false) {
        let bytes = bytes.expect(what);
        let read = Read::new(&bytes);
        let catalog = read.raw.catalog().expect("a catalog");
        let lang = catalog.get(b"Lang").and_then(Object::as_str).expect("a language");
        assert_eq!(lang, b"zh-CN", "{what}");
        assert!(!read.info("Title").is_empty(), "{what}");
        assert_eq!(read.info("Author"), unit().name, "{what}");
        let labels = read.labels();
        assert_eq!(labels.len(), read.pages, "{what}: {labels:?}");
        // Those with a section a person have an outline a person.
        if ["certificates", "handbook", "handbook-year", "card", "checklist", "missing"]
            .contains(&what)
        {
            let outline = read.outline();
            assert_eq!(outline.len(), HARD_NAMES.len(), "{what}");
            for (line, name) in outline.iter().zip(HARD_NAMES) {
                assert!(line.contains(name), "{what}: {line}");
                assert!(labels.iter().any(|label| label.contains(name)), "{what}: {labels:?}");
            }
        }
    }
}

/// qpdf looks harder than we do; where it is not installed there is nothing to ask.
#[test]
fn qpdf_finds_nothing_wrong() {
    if Command::new("qpdf").arg("--version").output().is_err() {
        return;
    }
    for (what, bytes) in all(&HARD_NAMES, true) {
        let file = keep(&format!("every-{what}.pdf"), &bytes.expect(what));
        let said = Command::new("qpdf").arg("--check").arg(&file).output().expect("qpdf runs");
        let words = String::from_utf8_lossy(&said.stdout).into_owned();
        assert!(said.status.success(), "{what}: {words}{}", String::from_utf8_lossy(&said.stderr));
        assert!(words.contains("No syntax or stream encoding errors"), "{what}: {words}");
    }
}
