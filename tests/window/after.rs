//! What the campaign's pages do beyond the plain way: findings mended where they stand, objections settled,
//! proofs kept, another recipient, the plan's days, the steps up to the certificate.

use super::desk::*;
use super::publicity::applicants;
use eframe::egui::Key;
use egui_kittest::kittest::Queryable as _;
use std::path::PathBuf;
use tempfile::TempDir;
use xueshi::ledger::{ApplicantId, Record, RecordId, ReviewResult, RunFileKind, Stage};
use xueshi::notice::{Activity, FormId, Hours, Mode, Subject};
use xueshi::registry::{Registry, campaign};

/// Two people of 中级 whose list is posted; on the 18th it may be taken down.
fn posted(answers: Vec<PathBuf>) -> Desk {
    let (room, dir) = applicants(&["张三", "李四"], true);
    let mut registry = Registry::open(&dir).unwrap();
    campaign::open_publicity(&mut registry, 2020, "中级", day(TODAY), "门诊楼", day(TODAY))
        .unwrap();
    drop(registry);
    Desk::open_on("2020-08-18", room, Some(dir), answers)
}

/// Fills a field anew.
fn refill(desk: &mut Desk, field: &str, text: &str) {
    desk.window.get_field(field).focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill(field, text);
}

#[test]
fn an_objection_is_settled_and_somebody_is_found_unfit() {
    let scans = TempDir::new().unwrap();
    let photo = scans.path().join("墙上.jpg");
    std::fs::write(&photo, "photo").unwrap();
    let mut desk = posted(vec![photo]);
    desk.click("公示");
    desk.click("放入张贴照片 8-10 中级");
    desk.must_see("已放入 1 个文件");
    desk.must_see("墙上.jpg");
    desk.click("看名单和日历 8-10 中级");
    desk.click("对 李四 的异议");
    desk.fill_lines("异议", "认定单不是本人的");
    desk.click("记下异议");
    desk.must_see("异议（李四）：认定单不是本人的");
    desk.click("记下处理结果 8-10 中级 1");
    desk.fill_lines("处理结果", "与出具单位核对，查无此号");
    desk.click("记下处理结果");
    desk.must_see("处理：与出具单位核对，查无此号（向明，2020-08-18）");
    desk.click("李四 改为不合格");
    desk.fill_lines("不合格理由", "认定单查无此号");
    desk.click("改为不合格");
    desk.must_see("公示后不合格：李四，认定单查无此号");
    desk.click("结束公示 8-10 中级");
    desk.click("公示期满，结束");
    desk.must_see("8-18 结束");

    let (_room, registry) = desk.reopened();
    let run = registry.publicity(2020).unwrap().remove(0);
    let settled = run.objections[0].settled.clone().unwrap();
    assert_eq!(run.objections[0].about, Some(person(&registry, "李四")));
    assert_eq!((settled.by.as_str(), settled.at), ("向明", day("2020-08-18")));
    assert_eq!(run.failed[&person(&registry, "李四")], "认定单查无此号");
    assert_eq!((run.files.len(), run.files[0].kind), (1, RunFileKind::Photo));
    let report = campaign::check(&registry, 2020, None, day("2020-08-18")).unwrap();
    let stage = |name: &str| {
        report.applicants.iter().find(|found| found.person.name == name).unwrap().stage
    };
    assert_eq!((stage("张三"), stage("李四")), (Stage::Publicised, Stage::Collecting));
}

#[test]
fn from_the_end_of_publicity_to_the_certificate() {
    let mut desk = posted(Vec::new());
    desk.click("总览");
    desk.click("去结束：2 人公示期满，可以结束");
    desk.click("结束公示 8-10 中级");
    desk.click("公示期满，结束");
    desk.click("申报");
    desk.click("复审确认");
    desk.must_see("复审确认 1 人");
    desk.must_see("主管部门复审确认，向明，2020-08-18");
    desk.click("送人社核验");
    desk.must_see("送人社核验，向明，2020-08-18");
    desk.click("登记发证…");
    desk.fill("证书编号", "湘职继 20200017");
    desk.click("登记发证");
    desk.must_see("已发证 湘职继 20200017");
    desk.press_ctrl(Key::Z);
    desk.must_see("核验中");
    desk.press_ctrl(Key::Y);
    desk.click("总览");
    desk.must_see("核验中 0 人，已发证 1 人");
    let (_room, registry) = desk.reopened();
    let books = registry.applicant_handbooks(2020).unwrap();
    let issued: Vec<_> =
        books.iter().filter_map(|book| book.applications[0].issued.as_ref()).collect();
    assert_eq!((issued.len(), issued[0].number.as_str()), (1, "湘职继 20200017"));
    assert_eq!(issued[0].vouched.at, day("2020-08-18"));
}

#[test]
fn another_recipient_is_chosen_with_a_reason_and_taken_back() {
    let (room, dir) = applicants(&["张三"], true);
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.click("报送");
    desk.must_see("报送给 州卫生健康委");
    desk.click("另选收件单位…");
    desk.fill("收件单位", "州人社局专技科");
    desk.click("改送这里");
    desk.must_see("收件单位和理由都要写");
    desk.fill("另选理由", "主管部门已同意直接报送");
    desk.click("改送这里");
    desk.must_see("没有经过主管部门");
    desk.must_see("报送给 州人社局专技科（另选：主管部门已同意直接报送）");
    desk.click("申报");
    desk.must_see("没有经过主管部门 州卫生健康委");
    let (room, registry) = desk.reopened();
    let unit = registry.unit().unwrap();
    assert_eq!(unit.recipient_reason, "主管部门已同意直接报送");
    drop(registry);
    let dir = room.path().join("登记库");
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.click("报送");
    desk.click("改回按隶属");
    desk.must_see("报送给 州卫生健康委");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.unit().unwrap().recipient, "");
}

#[test]
fn the_departments_days_are_set_on_the_plan() {
    let (room, dir) = applicants(&["张三"], false);
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.must_see("复审留 3 个工作日");
    desk.must_see("送主管部门复审 8-25");
    desk.click("复审多留一天");
    desk.must_see("送主管部门复审 8-24");
    desk.click("复审多留一天");
    desk.must_see("复审留 5 个工作日");
    desk.must_see("送主管部门复审 8-21");
    desk.click("按科目");
    desk.must_see("公需：达标 1 人");
    desk.must_see("合计：达标 1 人");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.unit().unwrap().review_workdays, Some(5));
}

/// A public course taken online, registered elsewhere in the region.
fn course(region: &str) -> Activity {
    Activity {
        end: Some(day("2019-06-30")),
        certified: Some(Hours::whole(30)),
        platform: Some("湖南人才市场有限公司".to_owned()),
        region: Some(region.to_owned()),
        mode: Some(Mode::Online),
        ..Activity::new(FormId(3), Subject::public(), "2019年度公需科目", day("2019-05-06"))
    }
}

#[test]
fn findings_are_grouped_by_kind_and_mended_where_they_stand() {
    let (room, dir) = applicants(&["张三", "李四"], false);
    let mut registry = Registry::open(&dir).unwrap();
    let who = person(&registry, "李四");
    registry
        .transact("准备", |tx| {
            tx.save_record(&Record {
                id: RecordId(0),
                ..Record::new(who, course("湘西自治州吉首市"))
            })
        })
        .unwrap();
    drop(registry);
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.click("申报");
    desk.click("按问题");
    desk.must_see("网络培训的注册地区与单位不符");
    desk.click("李四：网络培训的注册地区与单位不符");
    let fix = desk.window.get_all_by_label_contains("更正地区：").count();
    assert_eq!(fix, 1);
    desk.window.get_by_label_contains("更正地区：").scroll_to_me();
    desk.run();
    desk.window.get_by_label_contains("更正地区：").click();
    desk.run();
    assert_eq!(desk.value("注册地区"), "湘西自治州州直");
    desk.click("记下地区");
    desk.must_see("注册地区已更正");
    assert!(!desk.sees("网络培训的注册地区与单位不符"));

    // The span stands with its rule; another start needs a reason.
    desk.click("逐人");
    desk.must_see("认定 2016–2019 年");
    desk.click("改起始年度");
    refill(&mut desk, "认定起始年度", "2018");
    desk.click("改起始年度");
    desk.must_see("请写明为什么另定起始年度");
    desk.fill("另定理由", "2018 年参加工作");
    desk.click("改起始年度");
    desk.must_see("认定 2018–2019 年（由人指定起始年度）");
    let (_room, registry) = desk.reopened();
    let book = registry.handbook(who).unwrap();
    assert_eq!(book.records[0].activity.region.as_deref(), Some("湘西自治州州直"));
    assert_eq!(book.applications[0].start_override, Some(2018));
    assert_eq!(book.applications[0].note, "2018 年参加工作");
    assert_ne!(book.applications[0].id, ApplicantId(0));
}

#[test]
fn whoever_was_given_back_is_found_at_once() {
    let (room, dir) = applicants(&["张三"], false);
    let mut registry = Registry::open(&dir).unwrap();
    let one = [id_number(1)];
    let passed = ReviewResult::Passed;
    campaign::review(&mut registry, 2020, None, &one, passed, "向明", "", day(TODAY)).unwrap();
    let posted = day("2020-08-03");
    campaign::open_publicity(&mut registry, 2020, "中级", posted, "", posted).unwrap();
    campaign::close_publicity(&mut registry, 2020, "中级", day(TODAY), &[], day(TODAY)).unwrap();
    let back = campaign::Step::Department(ReviewResult::Returned);
    campaign::step(&mut registry, 2020, None, &one, &back, "彭主任", "缺派出通知", day(TODAY))
        .unwrap();
    drop(registry);
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.click("看是谁：1 人复审退回");
    desk.must_see("复审退回 1");
    desk.must_see("主管部门复审退回：缺派出通知");
    desk.click("重新初审合格");
    desk.must_see("单位初审合格 1 人");
    // Nobody is given back any more.
    desk.click("显示全部");
    desk.click("复审确认");
    let (_room, registry) = desk.reopened();
    let report = campaign::check(&registry, 2020, None, day(TODAY)).unwrap();
    assert_eq!(report.applicants[0].stage, Stage::Confirmed);
}
