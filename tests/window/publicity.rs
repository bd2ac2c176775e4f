//! 公示: the days as they are counted, runs opened, objected to and ended, years that cannot be counted.

use super::campaign::with_slips;
use super::desk::*;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::path::PathBuf;
use tempfile::TempDir;
use xueshi::ledger::{Applicant, ApplicantId, PersonId, ReviewResult};
use xueshi::registry::{Registry, campaign};

/// Makes people applicants of 2020 and, where asked, has them reviewed 合格.
pub fn apply(registry: &mut Registry, names: &[&str], reviewed: bool) -> Vec<PersonId> {
    let people: Vec<PersonId> = names.iter().map(|name| person(registry, name)).collect();
    registry
        .transact("准备", |tx| {
            for &person in &people {
                tx.save_applicant(&Applicant {
                    id: ApplicantId(0),
                    person,
                    campaign: 2020,
                    level: "中级".to_owned(),
                    series: "卫生".to_owned(),
                    speciality: "护理".to_owned(),
                    start_override: None,
                    note: String::new(),
                    review: None,
                    withdrawn: None,
                    department: None,
                    sent: None,
                    issued: None,
                })?;
            }
            Ok(())
        })
        .unwrap();
    if reviewed {
        let of = |name: &&str| {
            let rows = registry.people().unwrap();
            rows.into_iter().find(|row| row.name == **name).unwrap().id_number
        };
        let numbers: Vec<_> = names.iter().map(of).collect();
        let passed = ReviewResult::Passed;
        let done = campaign::review(registry, 2020, None, &numbers, passed, "向明", "", day(TODAY))
            .unwrap();
        assert_eq!(done.done.len(), names.len(), "{:?}", done.refused);
    }
    people
}

/// A registry with people whose years are covered, as applicants.
pub fn applicants(names: &[&str], reviewed: bool) -> (TempDir, PathBuf) {
    let room = TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    with_slips(&mut registry, names, &room.path().join("认定单.pdf"));
    apply(&mut registry, names, reviewed);
    drop(registry);
    (room, dir)
}

pub fn is_disabled(desk: &Desk, button: &str) -> bool {
    let node = desk.window.get_by_role_and_label(Role::Button, button);
    node.accesskit_node().is_disabled()
}

#[test]
fn the_days_are_counted_over_a_holiday_with_a_worked_saturday() {
    let (room, dir) = applicants(&["张三"], true);
    let mut desk = Desk::open_on("2020-09-28", room, Some(dir), Vec::new());
    desk.click("公示");
    desk.must_see("9 月 28 日（周一）：张贴日 不计");
    desk.must_see("9 月 29 日（周二）：第 1 天");
    desk.must_see("10 月 1 日（周四）：放假");
    desk.must_see("10 月 4 日（周日）：休息日");
    desk.must_see("10 月 10 日（周六）：第 4 天 调休上班");
    desk.must_see("10 月 12 日（周一）：第 5 天 期满");
    desk.must_see("本程序按这个");
    desk.must_see("10 月 12 日（周一） 下班后期满");
    desk.must_see("10 月 10 日（周六） 下班后期满");
    desk.must_see("合格人员名单在本单位公示不少于5个工作日");
}

#[test]
fn a_run_is_posted_printed_objected_to_and_ended_in_its_time() {
    let (room, dir) = applicants(&["张三", "李四"], true);
    let pdf = room.path().join("名单.pdf");
    let mut desk = Desk::open_on("2020-08-10", room, Some(dir.clone()), vec![pdf.clone()]);
    desk.click("公示");
    desk.must_see("待公示的中级人员");
    desk.fill("张贴地点", "门诊楼一楼");
    desk.click("张贴 中级 2 人的公示");
    desk.must_see("中级 2 人公示中");
    assert!(is_disabled(&desk, "结束公示 8-10 中级"));
    desk.must_see("要等8 月 17 日（周一）这一天过完才满 5 个工作日");

    desk.click("打印公示名单 8-10 中级");
    desk.save_preview();
    assert!(std::fs::read(&pdf).unwrap().starts_with(b"%PDF"));

    desk.click("记录异议 8-10 中级");
    desk.fill_lines("异议", "有人反映李四 2018 年的证书，已核查属实有效");
    desk.click("记下异议");
    desk.must_see("异议：有人反映李四");
    desk.click("撤销");
    assert!(!desk.sees("异议：有人反映李四"));
    desk.click("重做");
    let (room, registry) = desk.reopened();
    let run = registry.publicity(2020).unwrap().remove(0);
    assert_eq!((run.posted, run.closed), (day("2020-08-10"), None));
    assert_eq!((run.place.as_str(), run.objections.len()), ("门诊楼一楼", 1));
    drop(registry);

    let mut desk = Desk::open_on("2020-08-18", room, Some(dir), Vec::new());
    desk.click("公示");
    desk.must_see("可以结束");
    desk.click("结束公示 8-10 中级");
    desk.click("公示期满，结束");
    desk.must_see("8-18 结束");
    desk.click("看名单和日历 8-10 中级");
    desk.must_see("8-10 张贴的中级名单");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.publicity(2020).unwrap()[0].closed, Some(day("2020-08-18")));
}

#[test]
fn those_who_come_later_get_a_run_of_their_own() {
    let (room, dir) = applicants(&["张三", "李四"], false);
    let mut registry = Registry::open(&dir).unwrap();
    let passed = ReviewResult::Passed;
    let number = |n| vec![id_number(n)];
    campaign::review(&mut registry, 2020, None, &number(1), passed, "向明", "", day(TODAY))
        .unwrap();
    campaign::open_publicity(&mut registry, 2020, "中级", day("2020-08-03"), "", day(TODAY))
        .unwrap();
    campaign::review(&mut registry, 2020, None, &number(2), passed, "向明", "", day(TODAY))
        .unwrap();
    drop(registry);
    let mut desk = Desk::open(room, Some(dir), Vec::new());
    desk.click("公示");
    desk.must_see("另行公示");
    desk.click("张贴 中级 1 人的公示");
    let (_room, registry) = desk.reopened();
    let runs = registry.publicity(2020).unwrap();
    let of = |name| vec![person(&registry, name)];
    assert_eq!((runs.len(), &runs[0].members, &runs[1].members), (2, &of("张三"), &of("李四")));
}

#[test]
fn a_year_without_calendar_data_is_refused_until_it_is_entered() {
    let (room, dir) = applicants(&["张三"], true);
    let mut desk = Desk::open_on("2031-03-03", room, Some(dir), Vec::new());
    desk.click("公示");
    desk.must_see("没有 2031 年的放假安排");
    desk.click("去看有哪些年份的放假安排");
    desk.fill("放假年份", "2031");
    desk.fill_lines("放假的日子", "1.1-1.3，5.1-5.5，五一");
    desk.must_see("认不出“五一”");
    assert!(is_disabled(&desk, "记下这一年"));
    desk.click("清空");
    desk.fill("放假年份", "2031");
    desk.fill_lines("放假的日子", "1.1-1.3，5.1-5.5");
    desk.fill_lines("上班的周末", "5.10");
    desk.click("记下这一年");
    desk.must_see("2031 自己录入");
    desk.click("公示");
    desk.must_see("3 月 10 日（周一）：第 5 天 期满");
    let (_room, registry) = desk.reopened();
    let calendar = registry.calendar();
    assert!(calendar.knows(2031));
    assert!(!calendar.is_workday(day("2031-05-01")).unwrap());
    assert!(calendar.is_workday(day("2031-05-10")).unwrap());
}
