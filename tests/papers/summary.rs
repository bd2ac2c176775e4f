//! 附件2: what is printed is what the ledger said, on every page and in every cell.

use crate::read::{Read, keep};
use crate::sample::*;
use xueshi::documents::{summary_pdf, summary_xlsx};
use xueshi::ledger::{ApplicantResult, Finding, PersonId, Severity, Verdict, YearTotal};
use xueshi::notice::{Hours, Span, Subject};

fn pdf(rows: &[ApplicantResult], group: &str, draft: bool) -> Vec<u8> {
    let (notice, unit) = (notice(), unit());
    let mut context = context(&notice, &unit);
    context.draft = draft;
    let rows: Vec<&ApplicantResult> = rows.iter().collect();
    summary_pdf(&context, group, &rows).expect("a paper")
}

#[test]
fn every_cell_can_be_read_back() {
    let mut rows = seniors(8);
    rows[1].person.workplace =
        "湘西土家族苗族自治州龙山县里耶镇中心卫生院（龙山县第二人民医院医疗共同体里耶分院）".into();
    rows[2].years[0] = year(2015, 1, 121);
    rows[3].years[1].deemed.insert(Subject::public(), Hours::whole(30));
    rows[3].years[1].deemed_reasons = vec!["援藏".into()];
    rows[7].years[1] = rows[3].years[1].clone();
    rows[7].years[2] = YearTotal { year: 2017, ..rows[3].years[1].clone() };
    for subject in [Subject::public(), Subject::specialty()] {
        rows[4].years[2].recognised.insert(subject, Hours::whole(30));
    }
    rows[4].years[2].slips = vec!["州认〔2018〕12号".into()];
    rows[5].findings.push(Finding {
        severity: Severity::Block,
        code: "hours-short-specialty",
        clause: "B1-06".into(),
        year: Some(2018),
        message: "2018年专业学时不足60".into(),
        fix: String::new(),
        person: PersonId(6),
        record: None,
        overridden: true,
    });
    rows[6].span = Span { first: 2018, last: 2019 };
    let bytes = pdf(&rows, "高级", false);
    keep("summary.pdf", &bytes);
    let read = Read::new(&bytes);
    let text = read.text();
    for expected in HARD_NAMES {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    for expected in [
        "2020年度高级职称参评人员学时（分）认定汇总表",
        "填报单位（盖章）：湘西土家族苗族自治州人民医院",
        "填报人：彭丽",
        "填报时间：2020年8月3日",
        &rows[1].person.workplace,
        "0.560.561",
        "30※",
        "30认",
        "※ 含按规定视同完成的学时：吴𡎚2016年（公需视同30，援藏）、张三72016—2017年（公需视同30，援藏）。",
        "州认〔2018〕12号",
        "△ 该年度有经单位说明理由后放行或改认的事项",
        "——————",
        "以后要办：补交2020年度继续教育合格证明。",
        "第 1 页 共 2 页",
        "依据：《专业技术人员继续教育规定》（人社部令第25号）",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("433101"), "no ID numbers");
    assert_eq!(read.info("Title"), "2020年度高级职称参评人员学时（分）认定汇总表");
    assert_eq!(read.info("Author"), unit().name);
    assert!(read.info("CreationDate").starts_with("D:20200803"));
    assert!(read.info("ModDate").starts_with("D:20200803"));
}

#[test]
fn the_header_stands_on_every_page_and_nobody_is_lost() {
    let rows = seniors(300);
    let read = Read::new(&pdf(&rows, "高级", true));
    keep("summary-300.pdf", &pdf(&rows, "高级", true));
    assert!(read.pages > 5);
    let text = read.text();
    for row in &rows {
        assert!(text.contains(&row.person.name));
    }
    // Every line of a row stands on the page of its number: rows are kept whole.
    let pages = |text: &str| -> Vec<usize> {
        read.lines.iter().filter(|line| line.text == text).map(|line| line.page).collect()
    };
    for (number, row) in (1..).zip(&rows).skip(HARD_NAMES.len()) {
        let page = pages(&row.person.name)[0];
        assert!(pages(&number.to_string()).contains(&page), "row {number}");
    }
    for page in 1..=read.pages {
        let count = |text: &str| {
            read.lines.iter().filter(|line| line.page == page && line.text == text).count()
        };
        assert_eq!(count("湘西土家族苗族"), count("自治州人民医院"), "page {page}");
    }
    for page in 1..=read.pages {
        let text = read.page(page);
        for expected in ["序号", "申报专业", "2015年", "2019年", "公需", "总学时", "草稿"]
        {
            assert!(text.contains(expected), "{expected} on page {page}");
        }
        assert!(text.contains(&format!("第 {page} 页 共 {} 页", read.pages)));
    }
    for line in read.lines.iter().filter(|line| !line.aslant) {
        assert!(line.size >= 9.0, "{line:?}");
        assert!((20.0..600.0).contains(&line.y) && (30.0..830.0).contains(&line.x), "{line:?}");
    }
}

#[test]
fn the_same_input_and_day_give_the_same_bytes() {
    let rows = seniors(40);
    assert_eq!(pdf(&rows, "高级", false), pdf(&rows, "高级", false));
}

#[test]
fn a_middle_table_leaves_the_fifth_group_empty_and_six_years_make_a_sixth() {
    let middle: Vec<_> = (1..4).map(|at| applicant("田甜", at, "中级", MIDDLE)).collect();
    let bytes = pdf(&middle, "中级", false);
    keep("summary-middle.pdf", &bytes);
    let text = Read::new(&bytes).text();
    assert!(text.contains("2016年2017年2018年2019年　　年"), "{text}");
    let six: Vec<_> =
        (1..4).map(|at| applicant("田甜", at, "副高", Span { first: 2015, last: 2020 })).collect();
    let bytes = pdf(&six, "高级", false);
    keep("summary-six.pdf", &bytes);
    let text = Read::new(&bytes).text();
    assert!(text.contains("2015年2016年2017年2018年2019年2020年"), "{text}");
}

#[test]
fn a_character_without_a_glyph_is_told_by_person_and_code_point() {
    let mut rows = seniors(7);
    rows[6].person.name = "王\u{E863}".into();
    let (notice, unit) = (notice(), unit());
    let rows: Vec<&ApplicantResult> = rows.iter().collect();
    let failure = summary_pdf(&context(&notice, &unit), "高级", &rows).expect_err("no glyph");
    let sentence = failure.to_string();
    assert!(sentence.contains("U+E863") && sentence.contains("王"), "{sentence}");
}

#[test]
fn nobody_to_list_is_refused_and_the_unmet_are_named() {
    let (notice, unit) = (notice(), unit());
    let failure = summary_pdf(&context(&notice, &unit), "高级", &[]).expect_err("nobody");
    assert_eq!(failure.exit_code(), 1);
    let mut rows = seniors(2);
    rows[0].verdict = Verdict::Short;
    assert!(Read::new(&pdf(&rows, "高级", false)).text().contains("未达标：张㛃（"));
}

#[test]
fn the_workbook_keeps_numbers_as_numbers() {
    use calamine::{Data, Reader, Xlsx};
    let mut rows = seniors(8);
    rows[3].years[1].deemed.insert(Subject::public(), Hours::whole(30));
    rows[2].years[0] = year(2015, 1, 121);
    let (notice, unit) = (notice(), unit());
    let all: Vec<&ApplicantResult> = rows.iter().collect();
    let bytes = summary_xlsx(&context(&notice, &unit), "高级", &all).expect("a workbook");
    keep("summary.xlsx", &bytes);
    assert_eq!(bytes, summary_xlsx(&context(&notice, &unit), "高级", &all).expect("a workbook"));
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("readable");
    assert_eq!(book.sheet_names(), ["汇总表", "说明"]);
    let sheet = book.worksheet_range_at(0).expect("the table").expect("the table");
    let notes = book.worksheet_range_at(1).expect("the notes").expect("the notes");
    let note = notes.rows().next_back().expect("a note");
    assert_eq!(note[0], Data::String("※".into()));
    assert_eq!(note[1], Data::Float(4.0));
    assert_eq!(note[3], Data::Float(2016.0));
    let at = |y, x| sheet.get_value((y, x)).cloned().unwrap_or_default();
    assert_eq!(at(0, 0), Data::String("2020年度高级职称参评人员学时（分）认定汇总表".into()));
    for (row, y) in rows.iter().zip(4..) {
        assert_eq!(at(y, 2), Data::String(row.person.name.clone()));
        for (year, x) in row.years.iter().zip((4..).step_by(3)) {
            assert_eq!(at(y, x), Data::Float(year.evidenced[&Subject::public()].as_f64()));
            assert_eq!(at(y, x + 2), Data::Float(year.evidenced_total.as_f64()));
        }
    }
}

#[test]
fn a_region_with_three_subjects_gets_a_wider_sheet() {
    let (mut notice, unit) = (notice(), unit());
    let mut third = notice.subjects[1].clone();
    third.id = Subject("elective".into());
    third.name = "选修".into();
    notice.subjects.push(third);
    let rows = seniors(3);
    let rows: Vec<&ApplicantResult> = rows.iter().collect();
    let bytes = summary_pdf(&context(&notice, &unit), "高级", &rows).expect("a paper");
    let read = Read::new(&bytes);
    assert!(read.text().contains("公需专业选修总学时公需"));
    let page = *read.raw.get_pages().values().next().expect("a page");
    let sheet =
        read.raw.get_dictionary(page).and_then(|page| page.get(b"MediaBox")).expect("a size");
    let sheet = sheet.as_array().expect("a box");
    assert!((sheet[2].as_float().expect("a number") - 1190.55).abs() < 0.1, "A3 lying");
}
