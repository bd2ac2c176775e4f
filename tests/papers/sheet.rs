//! The plain sheet that the sample's made-up scans are printed with.

use crate::read::{Read, keep};
use crate::sample::day;
use xueshi::documents::sheet_pdf;

#[test]
fn a_sheet_of_words_is_one_page() {
    let lines: Vec<String> = (1..20).map(|at| format!("第{at}项：州人民医院护理部培训")).collect();
    let bytes = sheet_pdf("培训通知", &lines, day(2019, 3, 1)).expect("a paper");
    keep("sheet.pdf", &bytes);
    let read = Read::new(&bytes);
    assert_eq!(read.pages, 1);
    assert_eq!(read.text(), format!("培训通知{}", lines.concat()));
}
