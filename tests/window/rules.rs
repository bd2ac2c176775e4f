//! 规则: read by clause and searched; the unit's own platforms, each change an undo step.

use super::desk::*;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, ImeEvent, Key};
use egui_kittest::kittest::Queryable as _;

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
    desk.must_see("截止日不是工作日");
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

    desk.must_see("还没有放备案证明");
    desk.click("修改 州专技网");
    desk.click("级别：省级");
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

#[test]
fn proof_of_filing_is_kept_with_a_platform() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = xueshi::registry::Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    let platform = xueshi::notice::Platform {
        name: "州专技网".to_owned(),
        ..registry.notice().platforms[0].clone()
    };
    registry.transact("保存平台", |tx| tx.save_platform(&platform)).unwrap();
    drop(registry);
    let proof = room.path().join("备案批复.pdf");
    std::fs::write(&proof, b"%PDF-1.4\n%%EOF\n").unwrap();
    let mut desk = Desk::open(room, Some(dir), vec![proof]);
    desk.click("规则");
    desk.click("目录：平台");
    desk.must_see("还没有放备案证明");
    desk.click("放入备案证明 州专技网");
    desk.must_see("备案批复.pdf");
    desk.look("platforms");
    desk.click("取下 备案批复.pdf");
    desk.must_see("还没有放备案证明");
    desk.click("撤销");
    desk.must_see("备案批复.pdf");
    let (_room, registry) = desk.reopened();
    let proofs = registry.platform_proofs().unwrap();
    assert_eq!((proofs[0].0.as_str(), proofs[0].1.name.as_str()), ("州专技网", "备案批复.pdf"));
    assert_eq!(registry.doctor().unwrap(), [], "the scan is in the vault and in use");
}

#[test]
fn a_rule_lights_its_sentence_and_a_sentence_leads_to_its_rule() {
    let mut desk = Desk::with_people(&[]);
    desk.click("规则");
    desk.must_see("点一句，看据它定的规则");
    desk.must_see("湘西土家族苗族自治州人力资源和社会保障局");
    desk.click("目录：公示");
    desk.click("原文 正文·三·（一） 公示");
    desk.must_see("已标出 正文·三·（一）");
    desk.look("rules-lit");
    desk.on_screen([1366.0, 768.0], 2.0, true);
    desk.look("rules-lit-200-dark");
    desk.on_screen([1366.0, 768.0], 1.0, false);
    // The other way: a sentence of annex 1.
    let sentence =
        "6. 参加人社部门专业技术人员计算机应用能力考试合格的，每个模块折算专业科目20学时（分）。";
    desk.window.get_by_role_and_label(Role::Link, sentence).click_accesskit();
    desk.run();
    desk.must_see("已标出 附件1·二·6");
    desk.must_see("每项 20 学时");
}

#[test]
fn a_reading_is_looked_at_chosen_undone_and_chosen_again() {
    let mut desk = Desk::with_people(&["张桂英", "田秀"]);
    desk.click("规则");
    desk.click("目录：口径");
    desk.look("decisions");
    desk.must_see("没有开关：通知两处的用语不同");
    desk.reach("张贴当天：也数");
    desk.must_see("改为“也数”");
    desk.must_see("没有人的各年学时会变");
    desk.must_see("今天张贴的公示由 2020-08-17 期满变为 2020-08-14");
    desk.click("照此办");
    desk.must_see("请写明理由，以后查得到");
    desk.fill("理由", "电话问过州人社局专技科");
    desk.look("decision-pending");
    desk.on_screen([1366.0, 768.0], 2.0, true);
    desk.look("decision-pending-200-dark");
    desk.on_screen([1366.0, 768.0], 1.0, false);
    desk.click("照此办");
    desk.must_see("本单位另定");
    desk.must_see("原为不数。向明，2020-08-10，电话问过州人社局专技科");
    desk.click("目录：公示");
    desk.must_see("张贴当天也数");
    desk.must_see("正文·三·（一）·口径A-29");
    desk.click("撤销");
    desk.must_see("张贴当天不数");
    desk.click("重做");
    desk.must_see("张贴当天也数");

    // A number: typed, looked at, left alone; then a value that cannot be.
    desk.click("目录：口径");
    let field = "一天最多计多少";
    desk.window.get_field(field).scroll_to_me();
    desk.run();
    desk.window.get_field(field).focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill(field, "40");
    desk.must_see("请填 10 到 16 之间的数");
    desk.press_ctrl(Key::A);
    desk.fill(field, "12");
    desk.press(Key::Enter);
    desk.must_see("改为“12 学时”");
    desk.click("不改");
    assert_eq!(desk.value(field), "10");

    let (_room, registry) = desk.reopened();
    let rulings = registry.rulings(2020).unwrap();
    assert_eq!(rulings.len(), 1);
    assert_eq!((rulings[0].by.as_str(), rulings[0].choice.as_str()), ("向明", "counted"));
    assert!(registry.notice().publicity.count_posting_day);
}

#[test]
fn next_years_notice_is_made_checked_and_gone_over_to() {
    let mut desk = Desk::with_people(&["张桂英"]);
    desk.click("规则");
    desk.click("照它新建 2021 年度的通知");
    desk.must_see("还有 1 处要改");
    desk.must_see("文号：不能为空");
    desk.fill("文号", "州人社函〔2021〕36号");
    desk.must_see("照此办的结果");
    desk.must_see("高级：看 2016–2020 年");
    desk.must_see("最后一个工作日 2021-08-30");
    desk.look("renewal");
    desk.on_screen([1366.0, 768.0], 2.0, false);
    desk.look("renewal-200");
    desk.on_screen([1366.0, 768.0], 1.0, false);
    desk.fill_lines("公需主题", "创新与专业技术人员职业发展");
    desk.window.get_field("公示").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("公示", "0");
    desk.must_see("“0”不能用");
    desk.press_ctrl(Key::A);
    desk.fill("公示", "7");
    desk.fill_lines("新通知全文", "关于做好2021年继续教育工作的通知");
    desk.click("存好，换到 2021 年度");
    desk.must_see("2021 年度的通知已存好");
    desk.must_see("州人社函〔2021〕36号");
    desk.must_see("换到 2020 年度");
    desk.look("years");
    desk.must_see("关于做好2021年继续教育工作的通知");
    desk.click("目录：公示");
    desk.must_see("不少于 7 个工作日");
    desk.click("目录：视同与认定单");
    assert!(!desk.sees("本年度参评人员"), "the deeming of 2020 is left behind");

    // Back and forth from 总览.
    desk.click("总览");
    desk.click("年度");
    desk.click("2020 年度");
    desk.must_see("现在按 2020 年度办");
    desk.click("年度");
    desk.click("2021 年度");
    desk.must_see("现在按 2021 年度办");
    desk.click("规则");
    desk.click("目录：通知");
    desk.click("修改这份通知");
    desk.must_see("修改 2021 年度的通知");
    desk.window.get_field("文号").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("文号", "州人社函〔2021〕37号");
    desk.click("存好");
    desk.must_see("州人社函〔2021〕37号");

    let (room, registry) = desk.reopened();
    assert_eq!(registry.notice().campaign_year, 2021);
    assert_eq!(registry.notice().document, "州人社函〔2021〕37号");
    assert_eq!(registry.notice().publicity.workdays, 7);
    assert_eq!(registry.notice_of(2020).unwrap().publicity.workdays, 5);
    assert!(registry.notice().themes.iter().filter(|it| it.year == 2021).count() == 1);
    assert!(room.path().join("登记库/notices/xiangxi-2021.txt").is_file());
}

#[test]
fn a_year_of_days_off_is_clicked_together() {
    let mut desk = Desk::with_people(&[]);
    desk.click("规则");
    desk.click("目录：工作日历");
    desk.look("calendar");
    desk.must_see("2020-10-01 放假");
    desk.must_see("2020-09-27 上班");
    desk.reach("2027-01-01 工作日");
    desk.reach("2027-10-01 工作日");
    desk.reach("2027-10-09 周末");
    desk.must_see("周一到周五放假 2 天，周末上班 1 天");
    desk.look("calendar-2027");
    desk.reach("记下这一年");
    desk.must_see("已记下 2027 年的放假安排");
    desk.must_see("2027 自己录入");
    let (_room, registry) = desk.reopened();
    let calendar = registry.calendar();
    assert!(!calendar.is_workday(day("2027-10-01")).unwrap());
    assert!(calendar.is_workday(day("2027-10-09")).unwrap());
    assert!(calendar.is_workday(day("2027-10-08")).unwrap());
}
