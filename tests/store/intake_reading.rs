//! Headers and sheets that nobody could guess, read as the clerk says.

use crate::intake_desk::*;
use crate::registry_desk::Desk;
use xueshi::intake::schema::Sheet;
use xueshi::intake::{self, ImportOptions, Reading};

const ROSTER: Rows<'static> = &[
    &["职工", "证号", "所在", "工号"],
    &["张三", ZHANG, "内科", "0012"],
    &["李四", LI, "外科", ""],
];

#[test]
fn the_clerk_says_what_a_sheet_and_its_headers_mean() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = book(&desk, "花名册.xlsx", &[("2020年7月", ROSTER)]);
    let seen = intake::look(&file, &Reading::default()).unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].kind, seen[0].rows), (None, 2));
    assert!(try_import(&mut registry, &file, &options()).is_err());

    let mut reading = Reading::default();
    reading.sheets.insert("2020年7月".to_owned(), Sheet::People);
    let seen = intake::look(&file, &reading).unwrap();
    assert_eq!(seen[0].kind, Some(Sheet::People));
    assert_eq!(seen[0].missing, ["姓名", "身份证号"]);

    for (header, column) in [("职工", "姓名"), ("证号", "身份证号"), ("所在", "科室")]
    {
        let key = ("2020年7月".to_owned(), header.to_owned());
        reading.columns.insert(key, Some(column.to_owned()));
    }
    let told = ImportOptions { reading, ..options() };
    let report = try_import(&mut registry, &file, &told).unwrap();
    assert_eq!(report.added["people"], 2);
    let columns = &report.sheets[0].columns;
    let of = |header: &str| columns.iter().find(|c| c.header == header).unwrap();
    assert_eq!((of("所在").column, of("所在").sample.as_str()), (Some("科室"), "内科"));
    assert_eq!((of("工号").column, of("工号").sample.as_str()), (None, "0012"));
    let sections: Vec<String> =
        registry.people().unwrap().into_iter().map(|person| person.section).collect();
    assert_eq!(sections, ["内科", "外科"]);
}

#[test]
fn a_header_that_is_understood_may_be_left_out_or_taken_over() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let rows: Rows<'_> =
        &[&["姓名", "身份证号", "科室", "实际科室"], &["张三", ZHANG, "内科", "急诊科"]];
    let file = book(&desk, "人员.xlsx", &[("人员", rows)]);
    let mut reading = Reading::default();
    let key = |header: &str| ("人员".to_owned(), header.to_owned());
    reading.columns.insert(key("实际科室"), Some("科室".to_owned()));
    let told = ImportOptions { reading: reading.clone(), dry_run: true, ..options() };
    let report = try_import(&mut registry, &file, &told).unwrap();
    let taken: Vec<Option<&str>> = report.sheets[0].columns.iter().map(|c| c.column).collect();
    assert_eq!(taken, [Some("姓名"), Some("身份证号"), None, Some("科室")]);

    reading.columns.insert(key("实际科室"), None);
    reading.columns.insert(key("科室"), None);
    let told = ImportOptions { reading, ..options() };
    try_import(&mut registry, &file, &told).unwrap();
    assert_eq!(registry.people().unwrap()[0].section, "");
}
