//! A roster comes in from Excel: looked at first, columns named by the clerk, undone as one step.

use super::desk::*;
use super::evidence::Dropped;
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub fn book(folder: &Path, name: &str, sheet: &str, rows: &[&[&str]]) -> PathBuf {
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name(sheet).unwrap();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            page.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    let path = folder.join(name);
    book.save(&path).unwrap();
    path
}

fn drop_on(desk: &mut Desk, file: &Path) {
    desk.window.input_mut().dropped_files.push(Arc::new(Dropped(file.to_path_buf())));
    desk.run();
}

#[test]
fn what_failed_is_no_longer_said_when_it_is_tried_again() {
    let mut desk = Desk::with_people(&[]);
    let gone = desk.room.path().join("花名册.xlsx");
    drop_on(&mut desk, &gone);
    desk.must_see("没有成功");
    let zhang = id_number(1);
    let rows: [&[&str]; 2] = [&["姓名", "身份证号"], &["张三", zhang.as_str()]];
    let file = book(desk.room.path(), "花名册.xlsx", "人员", &rows);
    drop_on(&mut desk, &file);
    desk.must_see("人员 1");
    assert!(!desk.sees("没有成功"));
}

#[test]
fn a_roster_of_unknown_headers_is_dropped_mapped_imported_and_undone() {
    let mut desk = Desk::with_people(&[]);
    let (zhang, li) = (id_number(1), id_number(2));
    let file = book(
        desk.room.path(),
        "花名册.xlsx",
        "7月",
        &[
            &["职工", "证号", "部门", "工号"],
            &["张三", zhang.as_str(), "内科", "1"],
            &["李四", li.as_str(), "外科", "2"],
        ],
    );
    drop_on(&mut desk, &file);
    desk.must_see("还不知道各表是什么");
    desk.choose("7月 是", "人员");
    desk.must_see("还没有「姓名」「身份证号」列");
    desk.choose("7月 职工 导入为", "姓名");
    desk.choose("7月 证号 导入为", "身份证号");
    desk.must_see("人员 2");
    assert!(desk.window.state().snapshot().unwrap().people.is_empty(), "only looked at so far");

    desk.click("导入");
    desk.must_see("已写入");
    assert_eq!(desk.window.state().snapshot().unwrap().people.len(), 2);
    desk.click("撤销这次导入");
    assert!(desk.window.state().snapshot().unwrap().people.is_empty());
    desk.must_see("会写入");
    desk.click("导入");
    let (_room, registry) = desk.reopened();
    let people = registry.people().unwrap();
    assert_eq!(people.iter().map(|p| p.section.as_str()).collect::<Vec<_>>(), ["内科", "外科"]);
}

#[test]
fn bad_cells_are_told_and_their_rows_can_be_skipped() {
    let mut desk = Desk::with_people(&[]);
    let zhang = id_number(1);
    let rows: &[&[&str]] =
        &[&["姓名", "身份证号"], &["张三", zhang.as_str()], &["李四", "4331"], &["", "43"]];
    let file = book(desk.room.path(), "名册.xlsx", "人员", rows);
    desk.click("人员");
    drop_on(&mut desk, &file);
    desk.must_see("2 行里有 3 个格子不对");
    desk.must_see("人员 第 3 行 身份证号");
    desk.click("跳过这 2 行，导入其余");
    desk.must_see("跳过了 2 行，没有写入");
    let (_room, registry) = desk.reopened();
    assert_eq!(registry.people().unwrap().len(), 1);
}
