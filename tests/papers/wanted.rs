//! 体检报告, 缺材料通知单, 合格证书登记册 and a handbook's single year.

use crate::read::{Read, keep};
use crate::sample::*;
use xueshi::documents::{
    findings_pdf, handbook_year_pdf, lacks_anything, missing_pdf, register_pdf,
};
use xueshi::ledger::{ApplicantResult, Severity, Stage, Verdict};

#[test]
fn findings_stand_under_their_person_the_gravest_first() {
    let (notice, unit) = (notice(), unit());
    let mut rows = seniors(5);
    rows[1].verdict = Verdict::Blocked;
    rows[1].findings = vec![
        finding(Severity::Info, None, "需补交2020年度证明", "申报后补交"),
        finding(Severity::Warn, Some(2018), "证书编号与他人相同", "请核对证书"),
        finding(Severity::Block, Some(2017), "缺签到表", "请补交签到表"),
    ];
    rows[2].verdict = Verdict::Short;
    let mut passed = finding(Severity::Info, Some(2016), "专业学时不足60", "—");
    passed.overridden = true;
    rows[2].findings = (2015..2020)
        .flat_map(|year| {
            (0..9).map(move |at| {
                let message = format!("{year}年第{at}条学习缺结业证书，无法证明参加了全部课程");
                finding(Severity::Block, Some(year), &message, "请补交结业证书或单位证明")
            })
        })
        .chain([passed])
        .collect();
    rows[4].stage = Stage::Withdrawn;
    let bytes = findings_pdf(&context(&notice, &unit), &report(rows)).expect("a paper");
    keep("findings.pdf", &bytes);
    let read = Read::new(&bytes);
    let text = read.text();
    for expected in [
        "2020年度职称参评人员继续教育体检报告",
        "参评4人：达标2人，学时不足1人，有问题待解决1人；还不能报送。",
        "报送截止2020年8月30日（最后一个工作日2020年8月28日）",
        "2　王䶮　副高　内科护理　2015—2019年",
        "没有发现问题。",
        "已放过",
        "2019年第8条",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let at = |part: &str| text.find(part).expect(part);
    assert!(at("缺签到表") < at("证书编号与他人相同"));
    assert!(at("证书编号与他人相同") < at("需补交2020年度证明"));
    assert!(!text.contains("龙龑"), "the withdrawn are left out");
    assert!(!text.contains("4331"), "no ID numbers");
    assert!(text.matches("3　李𬭎").count() > 1, "overleaf the person is named again");
    assert!(findings_pdf(&context(&notice, &unit), &report(Vec::new())).is_err());
}

#[test]
fn only_those_who_lack_something_get_a_notice() {
    let (notice, unit) = (notice(), unit());
    let context = context(&notice, &unit);
    let (lacking, years) = handbook(HARD_NAMES[5], 6, SENIOR);
    let mut wanting = applicant(HARD_NAMES[5], 1, "副高", SENIOR);
    wanting.years = years;
    wanting.years[4].total = xueshi::notice::Hours::whole(70);
    wanting.years[4].met = false;
    let (complete, years) = handbook("田甜", 1, SENIOR);
    let mut fine = applicant("田甜", 2, "副高", SENIOR);
    fine.years = years;
    assert!(lacks_anything(&context, &lacking, &wanting));
    assert!(!lacks_anything(&context, &complete, &fine));
    let bytes = missing_pdf(&context, &[(&lacking, &wanting), (&complete, &fine)]).expect("paper");
    keep("missing.pdf", &bytes);
    let read = Read::new(&bytes);
    let text = read.text();
    for expected in [
        "继续教育缺材料通知单",
        "2015年至2019年",
        "彭丽（电话0743-8222222）",
        "签到表或其他签到形式",
        "年度公需还差专业还差总学时还差2019——20湘西",
        "回　执",
        "本人签名：",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(text.contains(HARD_NAMES[5]) && !text.contains("田甜"));
    for line in &read.lines {
        let right = line.x + line.size * line.text.chars().filter(|c| !c.is_ascii()).count() as f32;
        assert!(line.size >= 9.0 && line.y > 20.0 && right < 596.0, "{line:?}");
    }
    assert!(!text.contains("4331"), "no ID numbers");
    let none = missing_pdf(&context, &[(&complete, &fine)]).expect_err("nobody");
    assert_eq!(none.exit_code(), 1);
}

#[test]
fn a_telephone_number_stands_on_one_line_wherever_it_falls() {
    let (notice, mut unit) = (notice(), unit());
    let (lacking, years) = handbook(HARD_NAMES[5], 6, SENIOR);
    let mut wanting = applicant(HARD_NAMES[5], 1, "副高", SENIOR);
    wanting.years = years;
    for length in 1..=16 {
        unit.contact = "彭".repeat(length);
        let context = context(&notice, &unit);
        let read = Read::new(&missing_pdf(&context, &[(&lacking, &wanting)]).expect("paper"));
        let whole = read.lines.iter().any(|line| line.text.contains("0743-8222222"));
        assert!(whole, "after a name of {length}: {}", read.text());
    }
}

#[test]
fn the_register_lists_certificates_in_their_order() {
    let (notice, unit) = (notice(), unit());
    let context = context(&notice, &unit);
    let mut rows = seniors(60);
    rows[3].person.workplace = "湘西土家族苗族自治州龙山县里耶镇中心卫生院".into();
    let all: Vec<&ApplicantResult> = rows.iter().collect();
    let bytes = register_pdf(&context, &all).expect("a paper");
    keep("register.pdf", &bytes);
    let read = Read::new(&bytes);
    for row in &rows {
        assert!(read.text().contains(&row.person.name));
        assert!(read.text().contains(&row.person.handbook_number));
    }
    for page in 1..=read.pages {
        assert!(read.page(page).contains("合格证书编号"), "page {page}");
    }
    for line in &read.lines {
        assert!(line.size >= 9.0 && line.y > 20.0 && (30.0..830.0).contains(&line.x), "{line:?}");
    }
    rows[1].verdict = Verdict::Short;
    let all: Vec<&ApplicantResult> = rows.iter().collect();
    let failure = register_pdf(&context, &all).expect_err("one is unmet");
    assert!(failure.to_string().contains("王䶮"), "{failure}");
}

#[test]
fn a_single_year_is_printed_to_be_pasted_in() {
    let (notice, unit) = (notice(), unit());
    let context = context(&notice, &unit);
    let (book, years) = handbook("吴𡎚", 5, SENIOR);
    let bytes = handbook_year_pdf(&context, &[(&book, &years)], 2017).expect("a paper");
    keep("handbook-year.pdf", &bytes);
    let read = Read::new(&bytes);
    let text = read.text();
    for expected in
        ["姓名：吴𡎚", "湘J000001", "2017年度", "HN2017-00004", "本年度合计", "单位审核意见"]
    {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("2016年度") && !text.contains("照片"));
    let none = handbook_year_pdf(&context, &[(&book, &years)], 2012).expect_err("no such year");
    assert!(none.to_string().contains("2012") && none.to_string().contains("吴𡎚"), "{none}");
}
