//! 人员 for many at once: picking, one change for all of them, a year reviewed, who is short of a year,
//! two entries that are one person, columns that stay as they were chosen.

use super::desk::*;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use xueshi::ledger::{Person, PersonId, Record, ReviewState};
use xueshi::notice::{Activity, FormId, Subject};
use xueshi::registry::Registry;
use xueshi::ui::Start;

/// How a row is called.
fn row(name: &str, n: u32) -> String {
    format!("{name}，4331 **** {}", &id_number(n).as_str()[14..])
}

fn training(person: PersonId, title: &str, date: &str) -> Record {
    Record::new(person, Activity::new(FormId(1), Subject::specialty(), title, day(date)))
}

#[track_caller]
fn click_with(desk: &mut Desk, row: &str, keys: Modifiers) {
    desk.window.get_by_role_and_label(Role::Row, row).click_modifiers(keys);
    desk.run();
}

#[test]
fn picked_people_change_together_and_one_undo_takes_it_back() {
    let mut desk = Desk::with_people(&["安一", "白二", "蔡三", "丁四"]);
    desk.click("人员");
    desk.must_see("勾选后可以批量办理");
    desk.click(&format!("选 {}", row("安一", 1)));
    desk.must_see("已选 1 人");
    click_with(&mut desk, &row("蔡三", 3), Modifiers::SHIFT);
    desk.must_see("已选 3 人");
    click_with(&mut desk, &row("白二", 2), Modifiers::COMMAND);
    desk.must_see("已选 2 人");
    desk.click("批量修改");
    desk.click("修改 2 人");
    desk.must_see("请勾选要改哪几项");
    desk.fill("科室", "康复科");
    desk.fill("现职称", "主管护师");
    desk.click("修改 2 人");
    desk.must_see("已修改 2 人");
    desk.must_see("康复科");
    desk.press_ctrl(Key::Z);
    assert!(!desk.sees("康复科"));
    desk.press_ctrl(Key::Y);
    let (_room, registry) = desk.reopened();
    let changed: Vec<String> = registry
        .people()
        .unwrap()
        .into_iter()
        .filter(|row| row.section == "康复科" && row.title == "主管护师")
        .map(|row| row.name)
        .collect();
    assert_eq!(changed, ["安一", "蔡三"]);
    assert_eq!(registry.can_undo().as_deref(), Some("批量修改 2 人"));
}

#[test]
fn rows_are_picked_by_keyboard_and_escape_lets_go() {
    let mut desk = Desk::with_people(&["安一", "白二", "蔡三", "丁四"]);
    desk.click("人员");
    desk.click(&row("安一", 1));
    desk.press(Key::Space);
    desk.must_see("已选 1 人");
    desk.window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    desk.run();
    desk.window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    desk.run();
    desk.must_see("已选 3 人");
    desk.press(Key::Escape);
    desk.must_see("勾选后可以批量办理");
    desk.press_ctrl(Key::A);
    desk.must_see("已选 4 人");
    desk.fill("查找人员", "by");
    desk.must_see("没有符合的人");
    desk.must_see("其中 4 人不在当前列表");
    desk.press(Key::Escape);
    desk.click("全选");
    assert!(!desk.sees("已选"));
}

#[test]
fn sixty_people_get_one_training_in_one_gesture() {
    let names: Vec<String> = (1..=60).map(|n| format!("护士{n:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut desk = Desk::with_people(&names);
    desk.click("人员");
    desk.click("全选");
    desk.click("登记同一班次");
    desk.must_see("勾选的 60 人");
    desk.must_see("共 60 人，同一班次");
    desk.fill("内容", "全院感控培训");
    desk.click("2020-08-10 全天");
    desk.click("登记 60 人");
    desk.must_see("已登记 60 人");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.people_with("全院感控培训").unwrap().len(), 60);
    assert_eq!(registry.can_undo().as_deref(), Some("登记 60 人"));
}

#[test]
fn picked_people_become_applicants() {
    let mut desk = Desk::with_people(&["安一", "白二"]);
    desk.click("人员");
    desk.click("全选");
    desk.click("加入参评");
    desk.click("添加 2 人");
    desk.must_see("已添加参评人员 2 人");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.applicant_handbooks(2020).unwrap().len(), 2);
}

#[test]
fn a_year_is_reviewed_for_many_and_the_rest_are_named() {
    let mut desk = Desk::prepared(|registry| {
        for (n, name) in ["安一", "白二", "蔡三"].iter().enumerate() {
            let one = Person::new(*name, id_number(n as u32 + 1));
            registry
                .transact("添加人员", |tx| {
                    let id = tx.save_person(&one)?;
                    if n < 2 {
                        tx.save_record(&training(id, "骨干班", "2019-06-03"))?;
                    }
                    Ok(())
                })
                .unwrap();
        }
    });
    desk.click("人员");
    desk.click("全选");
    desk.click("年度审核");
    assert_eq!(desk.value("审核人"), "向明");
    desk.click("审核 2019 年 3 人");
    desk.must_see("2019 年单位已审核 2 人");
    desk.must_see("没有办的 1 人");
    desk.must_see("蔡三：2019 年没有登记，无可审核");
    desk.click("知道了");
    let (_room, registry) = desk.reopened();
    let reviews = registry.handbook(person(&registry, "安一")).unwrap().reviews;
    assert_eq!((reviews[0].year, reviews[0].state), (2019, ReviewState::UnitReviewed));
    assert_eq!(registry.can_undo().as_deref(), Some("2019 年单位审核 2 人"));
}

#[test]
fn people_leave_the_staff_from_the_rows_menu_and_come_back() {
    let mut desk = Desk::with_people(&["安一", "白二"]);
    desk.click("人员");
    desk.window.get_by_role_and_label(Role::Row, &row("安一", 1)).click_secondary();
    desk.run();
    desk.click("标记退休或离职");
    desk.must_see("已标记退休或离职 1 人");
    assert!(!desk.sees(&row("安一", 1)));
    desk.click("退休或离职 1");
    desk.click(&format!("选 {}", row("安一", 1)));
    desk.click("恢复在职");
    let (_room, registry) = desk.reopened();
    assert!(registry.people().unwrap().iter().all(|row| !row.retired));
    assert_eq!(registry.can_undo().as_deref(), Some("恢复在职 1 人"));
}

#[test]
fn the_handbooks_of_those_picked_are_printed_together() {
    let mut desk = Desk::with_people(&["安一", "白二", "蔡三"]);
    desk.click("人员");
    desk.click(&format!("选 {}", row("安一", 1)));
    desk.click(&format!("选 {}", row("蔡三", 3)));
    desk.click("打印手册");
    desk.must_see("登记手册（2 人）");
    desk.click("返回");
    desk.must_see("已选 2 人");
}

#[test]
fn who_is_short_of_a_year_is_listed_and_printed() {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let (pdf, xlsx) = (room.path().join("还差.pdf"), room.path().join("还差.xlsx"));
    let mut registry = Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    for (n, (name, section)) in
        [("安一", "内科"), ("白二", "外科"), ("蔡三", "内科")].iter().enumerate()
    {
        let mut one = Person::new(*name, id_number(n as u32 + 1));
        one.section = (*section).to_owned();
        one.retired = *name == "蔡三";
        registry.transact("添加人员", |tx| tx.save_person(&one)).unwrap();
    }
    drop(registry);
    let mut desk = Desk::open(room, Some(dir), vec![xlsx.clone(), pdf.clone()]);
    desk.click("人员");
    desk.choose("年度", "2019 年");
    desk.must_see("2019 年还差：学时不够 2 人，缺材料 0 人");
    desk.must_see("公需 30，专业 60（没有登记）");
    desk.click("不够 2");
    desk.choose("科室", "内科");
    desk.must_see("2019 年还差：学时不够 1 人");
    assert!(!desk.sees(&row("白二", 2)));
    desk.click("存为 Excel");
    desk.must_see("已存 1 人");
    desk.click("打印还差名单");
    desk.must_see("年度还差名单（2019 年）");
    desk.save_preview();
    assert!(exists(&xlsx) && exists(&pdf));
    desk.choose("年度", "2020 年");
    desk.must_see("这一年还没有过完");
}

#[test]
fn two_entries_of_one_person_become_one() {
    let mut desk = Desk::prepared(|registry| {
        let right = id_number(7);
        let mut wrong = right.as_str().to_owned();
        let last = if wrong.ends_with('1') { '2' } else { '1' };
        wrong.pop();
        wrong.push(last);
        for (number, section, title) in
            [(wrong.as_str(), "内科", "骨干班"), (right.as_str(), "外科", "急救")]
        {
            let number = xueshi::ledger::IdNumber::parse(number).unwrap();
            let mut one = Person::new("向小红", number);
            one.section = section.to_owned();
            registry
                .transact("添加人员", |tx| {
                    let id = tx.save_person(&one)?;
                    tx.save_record(&training(id, title, "2019-06-03"))
                })
                .unwrap();
        }
    });
    desk.click("人员");
    desk.click("查找重复的人");
    desk.must_see("可能重复的人 1 对");
    desk.must_see("姓名相同，身份证号只差一笔");
    desk.must_see("保留这一条");
    desk.click("外科");
    desk.click("合并");
    desk.must_see("已合并为一人：向小红");
    desk.press_ctrl(Key::Z);
    desk.must_see("2 人，2 条记录");
    desk.press_ctrl(Key::Y);
    desk.must_see("1 人，2 条记录");
    let (_room, registry) = desk.reopened();
    let people = registry.people().unwrap();
    assert_eq!(people.len(), 1);
    // The number whose check character fits was offered by itself.
    assert_eq!((people[0].id_number.clone(), people[0].records), (id_number(7), 2));
    assert_eq!(people[0].section, "外科");
}

#[test]
fn two_who_are_not_one_person_are_not_asked_about_again() {
    let mut desk = Desk::prepared(|registry| {
        for n in [1, 2, 3] {
            let mut one = Person::new("向小红", id_number(n));
            one.birth_date = Some(day("1985-01-01"));
            registry.transact("添加人员", |tx| tx.save_person(&one)).unwrap();
        }
    });
    desk.click("人员");
    desk.click("查找重复的人");
    desk.must_see("可能重复的人 3 对");
    desk.click("不是同一个人");
    desk.must_see("可能重复的人 2 对");
    desk.press(Key::Escape);
    desk.click("查找重复的人");
    desk.must_see("可能重复的人 2 对");
    desk.press(Key::Escape);
    desk.press_ctrl(Key::Z);
    desk.click("查找重复的人");
    desk.must_see("可能重复的人 3 对");
    desk.click("不是同一个人");
    desk.click("不是同一个人");
    desk.click("不是同一个人");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.told_apart().unwrap().len(), 3);
}

#[test]
fn people_are_found_by_any_beginning_or_end_of_their_number() {
    let mut desk = Desk::with_people(&["安一", "白二"]);
    desk.click("人员");
    let number = id_number(2).as_str().to_owned();
    for (typed, both) in [
        (&number[..6], true),
        (&number[..13], true),
        (&number[..16], true),
        (&number[..17], false),
        (number.as_str(), false),
        (&number[14..], false),
        (&number[9..], false),
    ] {
        desk.fill("查找人员", typed);
        assert!(desk.sees("白二"), "{typed}");
        assert_eq!(desk.sees("安一"), both, "{typed}");
        desk.press(Key::Escape);
    }
    desk.fill("查找人员", "433102");
    assert!(!desk.sees("白二"));
}

#[test]
fn two_picked_people_are_merged_or_told_why_not() {
    let mut desk = Desk::prepared(|registry| {
        for (n, name) in ["安一", "安宜"].iter().enumerate() {
            let one = Person::new(*name, id_number(n as u32 + 1));
            registry
                .transact("添加人员", |tx| {
                    let id = tx.save_person(&one)?;
                    tx.save_record(&training(id, "骨干班", "2019-06-03"))?;
                    tx.save_year_review(&xueshi::ledger::YearReview {
                        state: ReviewState::DepartmentConfirmed,
                        ..xueshi::ledger::YearReview::draft(id, 2019)
                    })
                })
                .unwrap();
        }
    });
    desk.click("人员");
    desk.click("全选");
    desk.click("合并为一人");
    desk.must_see("2019 年度已经主管部门确认，内容已锁定");
    desk.press(Key::Escape);
    assert!(!desk.sees("内容已锁定"));
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.people().unwrap().len(), 2);
}

#[test]
fn the_palette_finds_records_and_leads_to_them() {
    let mut desk = Desk::prepared(|registry| {
        for (n, name) in ["安一", "白二", "蔡三"].iter().enumerate() {
            let one = Person::new(*name, id_number(n as u32 + 1));
            registry
                .transact("添加人员", |tx| {
                    let id = tx.save_person(&one)?;
                    if n < 2 {
                        tx.save_record(&training(id, "全院感控培训", "2019-06-03"))?;
                    }
                    tx.save_record(&training(id, &format!("{name}的论文"), "2018-06-03"))
                })
                .unwrap();
        }
    });
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "感控");
    desk.click("全院感控培训：学习记录 · 2 人 · 2019 年");
    desk.must_see("学过「全院感控培训」");
    desk.must_see("在职 2");
    assert!(!desk.sees(&row("蔡三", 3)));
    desk.click("移除 学过「全院感控培训」");
    desk.must_see("在职 3");
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "蔡三的论");
    desk.press(Key::Enter);
    desk.must_see("为什么不计学时");
    desk.must_see("蔡三的论文");
}

#[test]
fn chosen_columns_and_widths_are_there_the_next_day() {
    let mut desk = Desk::prepared(|registry| {
        let mut one = Person::new("安一", id_number(1));
        one.phone = "0743-8220000".to_owned();
        one.section = "内科".to_owned();
        registry.transact("添加人员", |tx| tx.save_person(&one)).unwrap();
    });
    desk.click("人员");
    assert!(!desk.sees("0743-8220000"));
    desk.click("选列");
    desk.click("联系电话");
    desk.click("近六年");
    desk.press(Key::Escape);
    desk.must_see("0743-8220000");
    desk.must_see("按联系电话排序");
    let remembered = desk.window.state().remembered().clone();
    assert!(remembered.people.columns.iter().any(|name| name == "联系电话"));
    let dir = desk.dir();
    let (room, registry) = desk.reopened();
    drop(registry);
    let start =
        Start { registry: Some(dir), remembered, today: Some(day(TODAY)), ..Start::default() };
    let mut desk = Desk::started(room, start);
    desk.click("人员");
    desk.must_see("0743-8220000");
    assert!(!desk.sees("正在计算"));
    desk.click("选列");
    desk.click("恢复原样");
    assert!(!desk.sees("0743-8220000"));
}

#[test]
fn every_column_sorts_both_ways() {
    let mut desk = Desk::prepared(|registry| {
        for (n, (name, section, records)) in
            [("安一", "丙科", 1), ("白二", "", 3), ("蔡三", "甲科", 2)].iter().enumerate()
        {
            let mut one = Person::new(*name, id_number(n as u32 + 1));
            one.section = (*section).to_owned();
            registry
                .transact("添加人员", |tx| {
                    let id = tx.save_person(&one)?;
                    for nr in 0..*records {
                        tx.save_record(&training(id, &format!("第{nr}"), "2019-06-03"))?;
                    }
                    Ok(())
                })
                .unwrap();
        }
    });
    desk.click("人员");
    for (column, up, down) in [
        ("按姓名排序", ["安一", "白二", "蔡三"], ["蔡三", "白二", "安一"]),
        ("按身份证号排序", ["安一", "白二", "蔡三"], ["蔡三", "白二", "安一"]),
        // Who has no section stands last either way.
        ("按科室排序", ["丙", "甲", ""], ["甲", "丙", ""]),
        ("按记录排序", ["安一", "蔡三", "白二"], ["白二", "蔡三", "安一"]),
    ] {
        for wanted in [up, down] {
            desk.click(column);
            let wanted: Vec<&str> = wanted
                .into_iter()
                .map(|name| match name {
                    "丙" => "安一",
                    "甲" => "蔡三",
                    "" => "白二",
                    name => name,
                })
                .collect();
            assert_eq!(shown(&desk), wanted, "{column}");
        }
        desk.click(column);
        assert_eq!(shown(&desk), ["安一", "白二", "蔡三"], "no order after {column}");
    }
}

/// The names of the rows, from the top.
fn shown(desk: &Desk) -> Vec<String> {
    use egui_kittest::kittest::NodeT as _;
    let mut rows: Vec<(f32, String)> = desk
        .window
        .query_all_by_role(Role::Row)
        .map(|node| {
            let label = node.accesskit_node().label().unwrap_or_default();
            (node.rect().top(), label.split('，').next().unwrap_or_default().to_owned())
        })
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn a_column_is_dragged_wider_and_stays_so() {
    let mut desk = Desk::with_people(&["安一", "白二"]);
    desk.click("人员");
    let section = desk.window.get_by_label("按科室排序").rect();
    let name = desk.window.get_by_label("按身份证号排序").rect();
    // The line between 姓名 and 身份证号 is eight points before the latter's title.
    let from = eframe::egui::pos2(name.left() - 8.0, name.center().y);
    desk.window.hover_at(from);
    desk.run();
    desk.window.drag_at(from);
    desk.run();
    desk.window.hover_at(from + eframe::egui::vec2(60.0, 0.0));
    desk.run();
    desk.window.drop_at(from + eframe::egui::vec2(60.0, 0.0));
    desk.run();
    let moved = desk.window.get_by_label("按身份证号排序").rect().left() - name.left();
    assert!((moved - 60.0).abs() < 4.0, "moved by {moved}");
    assert!(desk.window.get_by_label("按科室排序").rect().left() > section.left() + 40.0);
    let widths = &desk.window.state().remembered().people.widths;
    assert_eq!(widths.keys().collect::<Vec<_>>(), ["姓名"]);
}

#[test]
fn names_of_two_and_of_twelve_characters_stand_in_their_cell() {
    let long = "阿卜杜拉·买买提·吐尔逊";
    assert_eq!(long.chars().count(), 12);
    let mut desk = Desk::with_people(&["张三", long]);
    desk.click("人员");
    for name in ["张三", long] {
        let cell = desk
            .window
            .get_all_by_label(name)
            .find(|node| {
                use egui_kittest::kittest::NodeT as _;
                node.accesskit_node().role() == Role::Label
            })
            .unwrap()
            .rect();
        let next = desk.window.get_by_label("按身份证号排序").rect();
        assert!(cell.right() <= next.left(), "{name} runs into the next column");
    }
}

#[test]
fn years_before_the_last_six_are_turned_to_at_the_end_of_their_row() {
    let mut desk = Desk::prepared(|registry| {
        registry
            .transact("登记", |tx| {
                let who = tx.save_person(&Person::new("向明", id_number(1)))?;
                for year in 2012..=2019 {
                    let date = format!("{year}-05-06");
                    tx.save_record(&training(who, &format!("{year} 年的研修班"), &date))?;
                }
                Ok(())
            })
            .unwrap();
    });
    desk.click("人员");
    desk.window.get_by_role_and_label(Role::Row, &row("向明", 1)).click();
    desk.run();
    desk.press(Key::Enter);
    desk.must_see("2020 年，");
    assert!(!desk.sees("2013 年，"));
    for _ in 0..3 {
        desk.click("更早的年度");
    }
    desk.must_see("2012 年，");
    desk.must_see("2012 年的研修班");
    assert!(!desk.sees("2018 年，"));
    desk.look("years-before");
    desk.click("以后的年度");
    desk.must_see("2018 年，");
}
