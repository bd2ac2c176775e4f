//! Lines break as Chinese is broken, seen on paper: no mark of closing at a line's head, none of
//! opening at its end, no name's dot at a head, nothing lost.

use crate::read::Read;
use crate::sample::*;
use proptest::prelude::*;
use xueshi::documents::{checklist_pdf, handbook_pdf};
use xueshi::notice::Span;

const NEVER_FIRST: &str = "、。，；：？！」』）》〉】”’…·%";
const NEVER_LAST: &str = "「『（《〈【“‘";

/// The drawn lines of a record's title on a handbook page.
fn title_lines(title: &str) -> Vec<String> {
    let (notice, unit) = (notice(), unit());
    let (mut book, mut years) = handbook("田甜", 1, Span { first: 2019, last: 2019 });
    title.clone_into(&mut book.records[0].activity.title);
    title.clone_into(&mut years[0].credits[0].title);
    let bytes = handbook_pdf(&context(&notice, &unit), &[(&book, &years)]).expect("a paper");
    let form = &notice.form(years[0].credits[0].form).expect("a form").name;
    let read = Read::new(&bytes);
    let start =
        read.lines.iter().position(|line| line.text == "证明材料" || line.text.ends_with("材料"));
    let lines = &read.lines[start.expect("the header") + 1..];
    // After the number 1 the title's lines follow down to the form's.
    let lines = lines.iter().skip_while(|line| line.text != "1").skip(1);
    lines.take_while(|line| !form.starts_with(&line.text)).map(|line| line.text.clone()).collect()
}

#[test]
fn marks_stay_with_their_words() {
    let title = "关于“十三五”时期「互联网＋护理」服务（第一期）：理论、方法、实践；《护士条例》解读，\
                 买买提·阿卜杜热依木·吐尔逊主讲（2019年12月31日），共30学时。";
    let lines = title_lines(title);
    assert!(lines.len() > 4, "{lines:?}");
    assert_eq!(lines.concat(), title);
    for line in &lines {
        let first = line.chars().next().expect("not empty");
        let last = line.chars().next_back().expect("not empty");
        assert!(!NEVER_FIRST.contains(first), "{line} in {lines:?}");
        assert!(!NEVER_LAST.contains(last), "{line} in {lines:?}");
    }
}

#[test]
fn a_word_wider_than_its_cell_is_broken_and_not_cut() {
    let title = "https://jxjyjd.hnu.edu.cn/course/0123456789abcdefghijklmnopqrstuvwxyz";
    assert_eq!(title_lines(title).concat(), title);
}

#[test]
fn a_certificates_number_parts_behind_its_hyphen() {
    let (notice, unit) = (notice(), unit());
    let (mut book, years) = handbook("田甜", 1, Span { first: 2019, last: 2019 });
    book.records[0].activity.certificate_number = Some("GX2015-001".to_owned());
    let bytes = handbook_pdf(&context(&notice, &unit), &[(&book, &years)]).expect("a paper");
    let lines = Read::new(&bytes).lines;
    let at = lines.iter().position(|line| line.text == "GX2015-").expect("the number's head");
    assert_eq!(lines[at + 1].text, "001");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_ever_lost(title in "[护理学、。，（）「」《》“”·a-z0-9—㛃𬭎]{1,120}") {
        prop_assert_eq!(title_lines(&title).concat(), title);
    }
}

#[test]
fn a_row_higher_than_a_page_goes_on_overleaf() {
    let (notice, unit) = (notice(), unit());
    let (mut book, mut years) = handbook("田甜", 2, MIDDLE);
    let mut result = applicant("田甜", 1, "中级", MIDDLE);
    let long: String = (0..900).map(|at| format!("第{at}讲、")).collect();
    long.clone_into(&mut book.records[0].activity.title);
    long.clone_into(&mut years[0].credits[0].title);
    result.years = years;
    let bytes = checklist_pdf(&context(&notice, &unit), &[(&book, &result)]).expect("a paper");
    crate::read::keep("checklist-long.pdf", &bytes);
    let read = Read::new(&bytes);
    assert!(read.pages > 3, "{}", read.pages);
    let column =
        read.lines.iter().find(|line| line.text.starts_with("第0讲")).expect("it begins").x;
    let cell = read.lines.iter().filter(|line| line.x == column && line.text.contains('讲'));
    assert!(cell.map(|line| line.text.as_str()).collect::<String>().starts_with(&long));
    for line in &read.lines {
        assert!(line.y > 25.0, "{line:?}");
    }
}
