//! 公示: dates, contact, list; never an ID number.

use crate::read::{Read, keep};
use crate::sample::*;
use xueshi::documents::publicity_pdf;
use xueshi::ledger::{ApplicantResult, Publicity, PublicityId};

fn run() -> Publicity {
    Publicity {
        id: PublicityId(1),
        campaign: 2020,
        level_group: "高级".into(),
        posted: day(2020, 8, 17),
        place: "医院门诊大厅公示栏".into(),
        days: 5,
        close_strict: day(2020, 8, 24),
        close_inclusive: day(2020, 8, 21),
        closed: None,
        objections: Vec::new(),
        members: Vec::new(),
    }
}

#[test]
fn the_paper_says_when_where_and_who() {
    let (notice, unit) = (notice(), unit());
    let rows = seniors(45);
    let all: Vec<&ApplicantResult> = rows.iter().collect();
    let bytes = publicity_pdf(&context(&notice, &unit), &run(), &all).expect("a paper");
    keep("publicity.pdf", &bytes);
    let read = Read::new(&bytes);
    let text = read.text();
    for row in &rows {
        assert!(text.contains(&row.person.name));
    }
    for expected in [
        "关于2020年度高级职称参评人员继续教育专业科目培训合格人员名单的公示",
        "公示时间：2020年8月17日至2020年8月24日（不少于5个工作日，张贴当日不计入）。",
        "公示地点：医院门诊大厅公示栏。",
        "联系人：彭丽　　联系电话：0743-8222222",
        "45名人员",
        "州人社函〔2020〕40号",
        "30/71",
        "— 1 —",
        "— 2 —",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("4331"), "no ID number, not even masked");
    assert!(publicity_pdf(&context(&notice, &unit), &run(), &[]).is_err());
}
