//! 规则: read by clause and searched; the unit's own platforms, each change an undo step.

use super::desk::*;
use eframe::egui::{Event, ImeEvent};

#[test]
fn rules_are_read_by_clause_beside_their_quotation() {
    let mut desk = Desk::with_people(&[]);
    desk.click("规则");
    desk.must_see("州人社函〔2020〕40号");
    desk.must_see("湘西土家族苗族自治州人力资源和社会保障局");
    desk.click("目录：内容与要求");
    desk.must_see("每年不少于 30 学时");
    desk.click("目录：折算");
    desk.must_see("全天 10，半天 4，晚上 2，一天最多 10");
    desk.click("目录：认定起止");
    desk.must_see("看 2015–2019 年");
    desk.click("目录：公示");
    desk.must_see("不少于 5 个工作日，张贴当天不数");
    desk.must_see("合格人员名单在本单位公示不少于5个工作日");
    desk.click("目录：期限与报送");
    desk.must_see("2020 年 8 月 30 日 截止");
    desk.click("目录：口径");
    desk.must_see("公示“不少于5个工作日”怎么数？");
    desk.must_see("理由：民法规定开始的当天不计入");
    desk.click("目录：工作日历");
    desk.must_see("2026");
}

#[test]
fn searching_goes_through_clauses_values_and_decisions() {
    let mut desk = Desk::with_people(&[]);
    desk.click("规则");
    desk.fill("查找规则", "A-28");
    desk.must_see("8 月 30 日是星期天，哪天截止？");
    desk.must_see("1 条");
    desk.window.get_field("查找规则").focus();
    desk.run();
    desk.press_ctrl(eframe::egui::Key::A);
    desk.fill("查找规则", "没有这样的词");
    desk.must_see("没有找到");
    desk.click("回到目录");
    desk.must_see("发文机关");
}

#[test]
fn nothing_is_looked_up_while_composing() {
    let mut desk = Desk::with_people(&[]);
    desk.click("规则");
    desk.window.get_field("查找规则").focus();
    desk.run();
    let text = "gongshi".to_owned();
    desk.window.event(Event::Ime(ImeEvent::Preedit { text, active_range_chars: None }));
    desk.run();
    desk.must_see("发文机关");
    desk.window.event(Event::Ime(ImeEvent::Commit("公示".to_owned())));
    desk.run();
    desk.must_see("查找结果");
}

#[test]
fn a_platform_is_added_changed_undone_and_deleted() {
    let mut desk = Desk::with_people(&[]);
    desk.click("规则");
    desk.click("目录：平台");
    desk.must_see("湖南人才市场有限公司");
    desk.click("添加平台");
    desk.click("记下平台");
    desk.must_see("请填写平台名称");
    desk.fill("平台名称", "州专技网");
    desk.fill("网址", "www.zhuanji.example");
    desk.click("备案：是");
    desk.fill("起始年度", "2021");
    desk.fill("截止年度", "2019");
    desk.must_see("起始年度在截止年度之后");
    desk.window.get_field("截止年度").focus();
    desk.run();
    desk.press_ctrl(eframe::egui::Key::A);
    desk.fill("截止年度", "2022");
    desk.click("记下平台");
    desk.must_see("本单位添加");
    desk.must_see("2021–2022 年有效");

    desk.click("修改 州专技网");
    desk.click("查询账号：否");
    desk.click("记下平台");
    desk.must_see("查询账号 否");
    desk.click("撤销");
    assert!(!desk.sees("查询账号 否"));
    desk.click("删除 州专技网");
    assert!(!desk.sees("本单位添加"));
    desk.click("撤销");
    desk.must_see("本单位添加");

    let (_room, registry) = desk.reopened();
    let own = registry.platforms().unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!(
        (own[0].name.as_str(), own[0].filed, own[0].account),
        ("州专技网", Some(true), None)
    );
    assert_eq!((own[0].first_year, own[0].last_year), (Some(2021), Some(2022)));
    assert!(registry.notice().platform("州专技网").is_some());
}
