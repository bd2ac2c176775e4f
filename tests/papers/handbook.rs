//! 登记手册, 登记卡 and 材料清单: every record, its arithmetic and its proof stand on paper.

use crate::read::{Read, keep};
use crate::sample::*;
use xueshi::documents::{
    HandbookLook, IdShown, card_pdf, checklist_pdf, handbook_pdf, handbook_pdf_with,
};
use xueshi::ledger::{Handbook, PersonId, PostChange, PostChangeId, YearTotal};
use xueshi::notice::{DayPart, Hours, Session, Span, Subject};

#[test]
fn every_record_stands_in_its_year() {
    let (notice, unit) = (notice(), unit());
    let (book, mut years) = handbook(HARD_NAMES[5], 5, SENIOR);
    years[1].deemed.insert(Subject::public(), Hours::whole(30));
    years[1].deemed_reasons = vec!["援藏视同".into()];
    years[2].total = Hours::whole(120);
    let bytes = handbook_pdf(&context(&notice, &unit), &[(&book, &years)]).expect("a paper");
    keep("handbook.pdf", &bytes);
    let read = Read::new(&bytes);
    let text = read.text();
    for expected in [
        "继续教育登记手册",
        HARD_NAMES[5],
        "433101198501010001",
        "湘J000001",
        "2015年度",
        "2019年度",
        "湘西州第1期“互联网+护理服务”与基层急危重症救治能力提升培训班（吉首）",
        "全天 2×10 ＋ 半天 4 ＋ 0.5（附件1·二·1）",
        "不计同一天已计入另一班次",
        "缺：签到表或其他签到形式",
        "公需 30（应满 30）　专业 72.5（应满 60）　合计 102.5（应满 90）　达标",
        "其中视同 公需30（援藏视同）",
        "另有 17.5 学时证明材料待补，未计入",
        "单位审核意见：审核属实",
        "2016年1月8日",
        "主管部门确认意见：",
    ] {
        // A space at a line's end is not drawn.
        let (expected, text) = (expected.replace(' ', ""), text.replace(' ', ""));
        assert!(text.contains(&expected), "{expected} in {text}");
    }
    assert_eq!(text.matches("HN2017-0000").count(), 5);
    for line in &read.lines {
        assert!(line.size >= 9.0 && line.y > 25.0, "{line:?}");
    }
    let look = HandbookLook { id: IdShown::Masked, ..HandbookLook::PLAIN };
    let masked = handbook_pdf_with(&context(&notice, &unit), &[(&book, &years)], &look);
    let text = Read::new(&masked.expect("a paper")).text();
    assert!(!text.contains("433101198501010001") && text.contains("4331••••••••••0001"));
}

#[test]
fn two_hundred_records_over_twenty_years_print_right() {
    let (notice, unit) = (notice(), unit());
    let (book, years) = handbook("张㛃", 10, Span { first: 2000, last: 2019 });
    let bytes = handbook_pdf(&context(&notice, &unit), &[(&book, &years)]).expect("a paper");
    keep("handbook-200.pdf", &bytes);
    let text = Read::new(&bytes).text();
    for year in 2000..2020 {
        for at in 0..10 {
            assert!(text.contains(&format!("HN{year}-{at:05}")), "HN{year}-{at:05}");
        }
    }
}

#[test]
fn several_people_make_an_outline() {
    let (notice, unit) = (notice(), unit());
    let books: Vec<(Handbook, Vec<YearTotal>)> =
        HARD_NAMES.iter().map(|name| handbook(name, 2, MIDDLE)).collect();
    let people: Vec<(&Handbook, &[YearTotal])> =
        books.iter().map(|(book, years)| (book, years.as_slice())).collect();
    let bytes = handbook_pdf(&context(&notice, &unit), &people).expect("a paper");
    let read = Read::new(&bytes);
    assert_eq!(read.outline(), HARD_NAMES);
    assert_eq!(read.pages % 2, 0, "each cover begins a sheet");
    // The spine is at the left of odd pages and at the right of even ones.
    let left =
        |page| read.lines.iter().filter(|l| l.page == page).map(|l| l.x).fold(999.0, f32::min);
    assert!(left(2) < left(3));
}

#[test]
fn card_and_checklist_speak_of_the_span() {
    let (notice, unit) = (notice(), unit());
    let (book, years) = handbook("李𬭎", 8, SENIOR);
    let mut result = applicant("李𬭎", 1, "副高", SENIOR);
    result.years = years;
    let context = context(&notice, &unit);
    let card = card_pdf(&context, &[(&book, &result)]).expect("a paper");
    keep("card.pdf", &card);
    let read = Read::new(&card);
    for expected in ["登记卡", "李𬭎", "2015年至2019年", "担当作为（24.5）", "102.5"]
    {
        assert!(read.text().contains(expected), "{expected} in {}", read.text());
    }
    let list = checklist_pdf(&context, &[(&book, &result)]).expect("a paper");
    keep("checklist.pdf", &list);
    let text = Read::new(&list).text();
    for expected in ["材料清单", "□ 培训通知（已盖章）", "签到表或其他签到形式", "核对日期"]
    {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}

#[test]
fn the_last_session_ends_what_has_no_end_date() {
    let (notice, unit) = (notice(), unit());
    let (mut book, years) = handbook("向明", 1, SENIOR);
    let activity = &mut book.records[0].activity;
    let start = activity.start;
    activity.end = None;
    let last = start + chrono::Days::new(17);
    activity.sessions = [start, last].map(|date| Session { date, part: DayPart::Morning }).into();
    let bytes = handbook_pdf(&context(&notice, &unit), &[(&book, &years)]).expect("a paper");
    let last = last.format("%Y.%m.%d").to_string();
    assert!(Read::new(&bytes).text().contains(&last), "{last}");
}

/// The table of changes on the person's page, its cells in the order drawn.
fn career_of(book: &Handbook) -> (Read, Vec<String>) {
    let (notice, unit) = (notice(), unit());
    let bytes = handbook_pdf(&context(&notice, &unit), &[(book, &[])]).expect("a paper");
    keep("handbook-career.pdf", &bytes);
    let read = Read::new(&bytes);
    let cells = read.lines.iter().map(|line| line.text.clone());
    let cells = cells.skip_while(|text| text != "依据、说明").skip(1);
    let cells = cells.take_while(|text| !text.starts_with("依据：")).collect();
    (read, cells)
}

#[test]
fn changes_of_post_and_title_stand_in_the_order_of_their_dates() {
    let (mut book, _) = handbook("李𬭎", 0, MIDDLE);
    let change = |id: i64, date: (i32, u32, u32), post: &str, title: &str, note: &str| PostChange {
        id: PostChangeId(id),
        person: PersonId(1),
        date: day(date.0, date.1, date.2),
        workplace: "湘西土家族苗族自治州人民医院".into(),
        post: post.into(),
        title: title.into(),
        note: note.into(),
    };
    // What the particulars say stands there without being noted.
    let (_, cells) = career_of(&book);
    let text = cells.concat();
    assert!(text.starts_with("2008年7月1日参加工作2014年12月1日"), "{text}");
    assert!(text.ends_with("护理部主治医师取得现职称"), "{text}");

    // Noted: the day of hiring and the present title are said once, and in their place.
    book.changes = vec![
        change(3, (2014, 12, 1), "急诊科", "主治医师", "湘职改〔2014〕31号"),
        change(1, (2008, 7, 1), "内科", "医师", "毕业分配"),
        change(2, (2012, 9, 3), "内科副主任", "", "州卫健委任免通知"),
    ];
    let (read, cells) = career_of(&book);
    let text = cells.concat();
    let places = [
        "毕业分配",
        "2012年9月3日",
        "内科副主任",
        "州卫健委任免通知",
        "2014年12月1日",
        "急诊科",
        "〔2014〕31号",
    ];
    let places = places.map(|it| text.find(it).unwrap_or_else(|| panic!("{it} in {text}")));
    assert!(places.is_sorted(), "{places:?} in {text}");
    assert_eq!((text.matches("2008年7月1日").count(), text.matches("主治医师").count()), (1, 1));
    assert!(!text.contains("取得现职称") && !text.contains("参加工作"), "{text}");
    assert!(read.pages == 3, "cover, person, no records: {}", read.pages);

    // A long career goes on overleaf under its heads, and the pen has its lines there.
    book.changes = (0..40)
        .map(|n| change(n + 1, (1980 + n as i32, 3, 1), "科室", "", &format!("第{n}次变动")))
        .collect();
    let (read, _) = career_of(&book);
    assert_eq!(read.pages, 5);
    for n in 0..40 {
        assert_eq!(read.text().matches(&format!("第{n}次变动")).count(), 1, "{n}");
    }
    assert!(read.page(3).contains("依据、说明"), "{}", read.page(3));
    assert!(read.lines.iter().all(|line| line.y > 25.0));
}
