//! 公示: dates, contact, list; never an ID number.

use crate::read::{Read, keep};
use crate::sample::*;
use xueshi::documents::{publicity_pdf, publicity_result_pdf};
use xueshi::ledger::{ApplicantResult, Vouched};

#[test]
fn the_paper_says_when_where_and_who() {
    let (notice, unit) = (notice(), unit());
    let rows = seniors(45);
    let all: Vec<&ApplicantResult> = rows.iter().collect();
    let bytes = publicity_pdf(&context(&notice, &unit), &run(None), &all).expect("a paper");
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
        "各年度学时（专业）",
        "— 1 —",
        "— 2 —",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("4331"), "no ID number, not even masked");
    assert!(publicity_pdf(&context(&notice, &unit), &run(None), &[]).is_err());
}

#[test]
fn the_result_is_stated_once_the_run_is_closed() {
    let (notice, unit) = (notice(), unit());
    let context = context(&notice, &unit);
    let rows = seniors(12);
    let all: Vec<&ApplicantResult> = rows.iter().collect();
    let refused = publicity_result_pdf(&context, &run(None), &all).expect_err("still posted");
    assert!(refused.to_string().contains("公示还没有结束"), "{refused}");

    let mut run = run(Some(day(2020, 8, 25)));
    let bytes = publicity_result_pdf(&context, &run, &all).expect("a paper");
    keep("publicity-result.pdf", &bytes);
    let read = Read::new(&bytes);
    let text = read.text();
    for expected in [
        "关于2020年度高级职称参评人员继续教育专业科目培训公示结果的说明",
        "湘西自治州卫生健康委员会：",
        "12名",
        "于2020年8月17日至2020年8月25日在医院门诊大厅公示栏公示",
        "没有收到对公示人员的异议",
        "特此说明。",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("4331"), "no ID number, not even masked");

    run.objections = vec!["反映王䶮2018年未参加培训。".into(), "名单漏列一人".into()];
    let text = Read::new(&publicity_result_pdf(&context, &run, &all).expect("a paper")).text();
    for expected in ["收到异议2件", "1．反映王䶮2018年未参加培训。处理情况：", "2．名单漏列一人。"]
    {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    let by =
        Vouched { by: "彭丽".into(), at: day(2020, 8, 24), reason: "原件核对属实".into() };
    run.objections[0].settled = Some(by);
    let text = Read::new(&publicity_result_pdf(&context, &run, &all).expect("a paper")).text();
    for expected in ["处理情况：原件核对属实。", "2．名单漏列一人。处理情况："]
    {
        assert!(text.contains(expected), "{expected} in {text}");
    }
}
