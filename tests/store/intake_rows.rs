//! What rows become: people, records, deemed years, slips, applicants; updates, repeats, bad cells.

use crate::intake_desk::*;
use crate::registry_desk::{Desk, day};
use xueshi::intake::ImportOptions;
use xueshi::ledger::*;
use xueshi::notice::*;

#[test]
fn every_sheet_is_taken_in_as_people_write_it() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = book(
        &desk,
        "登记.xlsx",
        &[
            // The order of sheets is free as well: people are read first.
            (
                "参评人员",
                &[
                    &["身份证号*", "申报年度", "申报级别", "申报专业", "申报系列"],
                    &[ZHANG, "2020年", "副高级", "内科", "卫生"],
                ],
            ),
            (
                "学习记录",
                &[
                    &[
                        "内容",
                        " * 身份证号码",
                        "科目",
                        "形式",
                        "开始日期",
                        "时段",
                        "年度",
                        "平台",
                        "证书学时",
                        "证书编号",
                    ],
                    &[
                        "护理安全培训班",
                        "４３３１０１１９９００３０７００１９",
                        "专业科目",
                        "培训班、研修班",
                        "2020.7.1",
                        "2020年7月1日至3日 全天；7月4日 上午、晚上",
                        "",
                        "",
                        "",
                        "",
                    ],
                    &[
                        "2020年公需课程",
                        " 43310119850512002６ ",
                        "公需",
                        "３",
                        "2020年4月1日",
                        "",
                        "2020年度",
                        "湖南人才市场",
                        "30学时",
                        "GX 1",
                    ],
                ],
            ),
            (
                "人员",
                &[
                    &[
                        "姓名",
                        "身份证号",
                        "出生日期",
                        "学位（学士/硕士/博士）",
                        "现职称取得日期",
                        "联系电话",
                    ],
                    &["张　三", ZHANG, "1990年3月7日", "医学硕士", "20141220", "0743-1"],
                    &["李\u{200B}四", LI, "", "无", "", ""],
                ],
            ),
            (
                "视同",
                &[
                    &["身份证号", "年度", "事由", "科目", "学时", "依据"],
                    &[LI, "2020", "疫情防控一线", "全部", "", "派遣通知"],
                ],
            ),
            (
                "认定单",
                &[
                    &["身份证号", "单号", "起始年度", "截止年度", "学时", "出具日期"],
                    &[LI, "2018-7", "2015", "2017", "2015:30/60；2016：30/72/102", "2018/6/20"],
                ],
            ),
        ],
    );
    let report = import(&mut registry, &file);
    let counts: Vec<(&str, u32)> =
        report.added.iter().map(|(key, count)| (key.as_str(), *count)).collect();
    assert_eq!(
        counts,
        [
            ("applicants", 1),
            ("deemed", 1),
            ("evidence", 0),
            ("people", 2),
            ("records", 2),
            ("slips", 1)
        ]
    );
    assert_eq!(registry.can_undo().as_deref(), Some("导入 Excel"));

    let zhang = handbook(&registry, ZHANG);
    assert_eq!(zhang.person.name, "张三");
    assert_eq!(zhang.person.birth_date, Some(day("1990-03-07")));
    assert_eq!(zhang.person.title_date, Some(day("2014-12-20")));
    assert_eq!(zhang.person.degree, "硕士");
    let activity = &zhang.records[0].activity;
    assert_eq!((activity.form, &activity.subject), (FormId(1), &Subject::specialty()));
    assert_eq!(activity.sessions.len(), 8);
    assert_eq!(zhang.applications[0].level, "副高");

    let li = handbook(&registry, LI);
    assert_eq!(li.person.name, "李四");
    assert_eq!(li.person.degree, "");
    let activity = &li.records[0].activity;
    assert_eq!((activity.form, activity.year), (FormId(3), Some(2020)));
    assert_eq!(activity.certified, Some(Hours::whole(30)));
    assert_eq!(activity.platform.as_deref(), Some("湖南人才市场有限公司"));
    assert_eq!((li.deemed[0].year, &li.deemed[0].subject), (2020, &None));
    let slip = &li.slips[0];
    assert_eq!(
        (slip.first_year, slip.last_year, slip.issued),
        (2015, 2017, Some(day("2018-06-20")))
    );
    assert_eq!(slip.hours[&2016][&Subject::specialty()], Hours::whole(72));
}

#[test]
fn importing_twice_changes_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    desk.file("a.pdf", b"notice");
    desk.file("b.pdf", b"list");
    let file = records(
        &desk,
        "登记.xlsx",
        &[
            &[
                ZHANG,
                "专业",
                "1",
                "培训一",
                "2020-07-01",
                "2020-07-01 全天",
                "班",
                "培训通知=a.pdf; 签到表=b.pdf",
                "x",
            ],
            &[
                LI,
                "专业",
                "1",
                "培训一",
                "2020-07-01",
                "2020-07-01 全天",
                "班",
                "培训通知=a.pdf; 签到表=b.pdf",
                "y",
            ],
            &[LI, "专业", "1", "培训二", "2020-07-05", "2020-07-05 上午", "", "", ""],
        ],
    );
    let first = import(&mut registry, &file);
    assert_eq!((first.added["people"], first.added["records"], first.added["evidence"]), (2, 3, 2));
    let revision = registry.revision();
    let second = import(&mut registry, &file);
    assert_eq!(registry.revision(), revision);
    assert!(second.added.values().chain(second.updated.values()).all(|count| *count == 0));
    assert_eq!(second.unchanged, 5);
    registry.undo().unwrap();
    assert_eq!(registry.people().unwrap(), []);
}

#[test]
fn a_changed_cell_updates_and_a_blank_one_keeps() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let row = |sessions, note| -> Vec<&'static str> {
        vec![ZHANG, "专业", "1", "培训", "2020-07-01", sessions, "", "", note]
    };
    let first = row("2020-07-01~2020-07-02 全天", "原来");
    import(&mut registry, &records(&desk, "一.xlsx", &[&first]));
    let second = row("2020-07-01 全天", "");
    let report = import(&mut registry, &records(&desk, "二.xlsx", &[&second]));
    assert_eq!((report.added["records"], report.updated["records"]), (0, 1));
    let zhang = handbook(&registry, ZHANG);
    assert_eq!(zhang.records.len(), 1);
    assert_eq!(zhang.records[0].activity.sessions.len(), 2, "the cell as it now stands");
    assert_eq!(zhang.records[0].note, "原来");
    let third = row("", "改了");
    import(&mut registry, &records(&desk, "三.xlsx", &[&third]));
    let zhang = handbook(&registry, ZHANG);
    assert_eq!(zhang.records[0].activity.sessions.len(), 2);
    assert_eq!(zhang.records[0].note, "改了");
}

#[test]
fn rows_of_one_key_are_one_record_with_all_their_sessions() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = records(
        &desk,
        "登记.xlsx",
        &[
            &[ZHANG, "专业", "1", "护理 培训（一）", "2020-07-01", "2020-07-01 上午", "", "", ""],
            &[
                ZHANG,
                "专业",
                "1",
                "护理培训(一)",
                "2020-07-01",
                "2020-07-01 全天; 2020-07-02 晚上",
                "",
                "",
                "",
            ],
            &[ZHANG, "专业", "1", "护理培训(一)", "2020-07-01", "2020-07-02 晚上", "", "", ""],
        ],
    );
    let report = import(&mut registry, &file);
    assert_eq!((report.added["records"], report.unchanged), (1, 1));
    assert!(
        report.notes.iter().any(|note| note.contains("第 3 行与第 2 行是同一条")),
        "{:?}",
        report.notes
    );
    let zhang = handbook(&registry, ZHANG);
    assert_eq!(zhang.records[0].activity.sessions.len(), 3);
    assert_eq!(import(&mut registry, &file).updated["records"], 0);
}

#[test]
fn the_same_name_twice_is_told_apart_by_id() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = book(
        &desk,
        "登记.xlsx",
        &[
            ("人员", &[&["姓名", "身份证号"], &["张三", ZHANG], &["张三", OTHER_ZHANG]]),
            (
                "学习记录",
                &[
                    &["身份证号", "姓名", "科目", "形式", "内容", "开始日期"],
                    &[OTHER_ZHANG, "张三", "专业", "1", "培训", "2020-07-01"],
                ],
            ),
        ],
    );
    assert_eq!(import(&mut registry, &file).added["people"], 2);
    assert_eq!(handbook(&registry, ZHANG).records.len(), 0);
    assert_eq!(handbook(&registry, OTHER_ZHANG).records.len(), 1);
}

/// A row of 学习记录 in which one cell is replaced.
fn spoilt(column: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut cells = vec![
        ("身份证号", ZHANG),
        ("科目", "专业"),
        ("形式", "1"),
        ("内容", "培训"),
        ("开始日期", "2020-07-01"),
        ("结束日期", ""),
        ("时段", ""),
        ("名次", ""),
        ("级别", ""),
        ("来源", ""),
        ("任务", ""),
        ("证书学时", ""),
        ("数量", ""),
        ("证明材料", ""),
        ("与专业相关", ""),
    ];
    for cell in &mut cells {
        if cell.0 == column {
            cell.1 = value;
        }
    }
    cells
}

#[test]
fn a_bad_cell_is_told_with_its_place_value_and_remedy() {
    let desk = Desk::new();
    let mut registry = desk.create();
    desk.file("outside.pdf", b"x");
    std::fs::create_dir(desk.folder.path().join("导入")).unwrap();
    for (column, value, hint) in [
        ("身份证号", "43310119900307", "14 位"),
        ("身份证号", "433127198811230032", "人员"),
        ("科目", "", "必须填写"),
        ("科目", "选修", "「公需」「专业」"),
        ("形式", "13", "1–12"),
        ("形式", "聊天", "1–12"),
        ("内容", "", "必须填写"),
        ("开始日期", "2020-7", "补上日"),
        ("开始日期", "2020-02-30", "没有"),
        ("开始日期", "七月", "认不出"),
        ("时段", "2020-07-01", "全天"),
        ("时段", "2020-07-03~2020-07-01 全天", "颠倒"),
        ("名次", "主编", "第几"),
        ("级别", "宇宙级", "「国家级」"),
        ("来源", "天上", "「政府」"),
        ("任务", "援月", "「援藏」"),
        ("证书学时", "4.3", "0.5"),
        ("数量", "许多", "整数"),
        ("证明材料", "培训通知=没有.pdf", "找不到"),
        ("证明材料", "奖状=outside.pdf", "没有「奖状」"),
        ("证明材料", "outside.pdf", "哪一项材料"),
        ("证明材料", "培训通知=../outside.pdf", "外面"),
        ("证明材料", "培训通知=C:\\outside.pdf", "外面"),
        ("与专业相关", "也许", "「是」"),
    ] {
        let row = spoilt(column, value);
        let headers: Vec<&str> = row.iter().map(|cell| cell.0).collect();
        let cells: Vec<&str> = row.iter().map(|cell| cell.1).collect();
        let file =
            book(&desk, "导入/坏.xlsx", &[("人员", PEOPLE), ("学习记录", &[&headers, &cells])]);
        let report = told(&mut registry, &file);
        let bad = only(&report);
        assert_eq!((bad.sheet.as_str(), bad.row, bad.column.as_str()), ("学习记录", 2, column));
        assert_eq!(bad.value, value);
        assert!(bad.message.contains(hint), "{column} {value}: {}", bad.message);
        assert_eq!(registry.people().unwrap(), [], "nothing is imported beside a bad row");
        assert_eq!(report.added["people"], 0);
    }
}

#[test]
fn only_listed_reasons_make_a_row_bad() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = book(
        &desk,
        "登记.xlsx",
        &[
            // Wrong check character, sex and birth date against the ID.
            (
                "人员",
                &[
                    &["姓名", "身份证号", "性别", "出生日期"],
                    &["张三", "433101199003070010", "女", "1991-01-01"],
                ],
            ),
            (
                "学习记录",
                &[
                    &[
                        "身份证号",
                        "姓名",
                        "科目",
                        "形式",
                        "内容",
                        "开始日期",
                        "时段",
                        "刊号",
                        "年度",
                        "考核结果",
                        "结束日期",
                    ],
                    // Another name, an odd serial, sessions on a rest day, a disagreeing year, an end before the start.
                    &[
                        "433101199003070010",
                        "张山",
                        "公需",
                        "6",
                        "论文",
                        "2020-10-01",
                        "2020-10-01 全天",
                        "ISSN 1",
                        "2019",
                        "好",
                        "2020-09-01",
                    ],
                ],
            ),
        ],
    );
    let report = import(&mut registry, &file);
    assert_eq!((report.added["people"], report.added["records"]), (1, 1));
    assert!(report.notes.iter().any(|note| note.contains("姓名与名册不同")), "{:?}", report.notes);
}

#[test]
fn bad_rows_are_skipped_when_asked_and_theirs_with_them() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = book(
        &desk,
        "登记.xlsx",
        &[
            (
                "人员",
                &[
                    &["姓名", "身份证号", "出生日期"],
                    &["张三", ZHANG, "某年"],
                    &["李四", LI, ""],
                    &["", OTHER_ZHANG, ""],
                ],
            ),
            (
                "学习记录",
                &[
                    &["身份证号", "科目", "形式", "内容", "开始日期"],
                    &[ZHANG, "专业", "1", "培训", "2020-07-01"],
                    &[LI, "专业", "1", "培训", "2020-07-01"],
                ],
            ),
        ],
    );
    let dry = ImportOptions { dry_run: true, ..options() };
    let preview = try_import(&mut registry, &file, &dry).unwrap();
    assert_eq!(
        (preview.errors.len(), preview.added["people"], preview.added["records"]),
        (3, 1, 1)
    );
    assert_eq!(registry.people().unwrap(), []);
    let skip = ImportOptions { skip_bad_rows: true, ..options() };
    let report = try_import(&mut registry, &file, &skip).unwrap();
    let places: Vec<(&str, u32, &str)> = report
        .errors
        .iter()
        .map(|bad| (bad.sheet.as_str(), bad.row, bad.column.as_str()))
        .collect();
    assert_eq!(places, [("人员", 2, "出生日期"), ("人员", 4, "姓名"), ("学习记录", 2, "身份证号")]);
    assert!(report.errors[2].message.contains("第 2 行有错"));
    assert_eq!((report.added["people"], report.added["records"]), (1, 1));
    assert_eq!(registry.people().unwrap().len(), 1);
}

#[test]
fn a_missing_required_column_is_told_once() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = book(
        &desk,
        "登记.xlsx",
        &[("人员", &[&["姓名", "科室"], &["张三", "内科"], &["李四", "外科"]])],
    );
    let report = told(&mut registry, &file);
    let bad = only(&report);
    assert_eq!((bad.row, bad.column.as_str()), (1, "身份证号"));
}

#[test]
fn unknown_columns_and_sheets_are_told_and_left_alone() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = book(
        &desk,
        "登记.xlsx",
        &[
            (
                "人员",
                &[
                    &["2020 年人员名册", "", "", ""],
                    &["序号", "姓名", "身份证号", "政治面貌"],
                    &["1", "张三", ZHANG, "群众"],
                    &["2", "", "", ""],
                ],
            ),
            ("统计", &[&["合计"], &["1"]]),
        ],
    );
    let report = import(&mut registry, &file);
    assert_eq!(report.added["people"], 1);
    let notes = report.notes.join("\n");
    assert!(notes.contains("「序号」「政治面貌」"), "{notes}");
    assert!(notes.contains("「统计」"), "{notes}");
}

#[test]
fn a_confirmed_year_is_not_changed_by_a_workbook() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let row = |title, sessions| vec![ZHANG, "专业", "1", title, "2019-07-01", sessions, "", "", ""];
    let first = row("培训", "2019-07-01 全天");
    let file = records(&desk, "一.xlsx", &[&first]);
    import(&mut registry, &file);
    let person = handbook(&registry, ZHANG).person.id;
    let review = YearReview {
        person,
        year: 2019,
        state: ReviewState::DepartmentConfirmed,
        unit: None,
        department: None,
        reopened: None,
    };
    registry.transact("确认", |tx| tx.save_year_review(&review)).unwrap();
    import(&mut registry, &file);
    let changed = row("培训", "2019-07-01 上午");
    let report = told(&mut registry, &records(&desk, "二.xlsx", &[&changed]));
    let bad = only(&report);
    assert_eq!((bad.sheet.as_str(), bad.row), ("学习记录", 2));
    assert!(bad.message.contains("2019 年度已经主管部门确认"), "{}", bad.message);
    let new = row("另一培训", "2019-08-01 全天");
    assert_eq!(told(&mut registry, &records(&desk, "三.xlsx", &[&new])).errors.len(), 1);
    assert_eq!(handbook(&registry, ZHANG).records[0].activity.sessions.len(), 2);
}

/// A campaign knows a person once: another level is a change, and whoever reads the report must see it.
#[test]
fn another_level_for_somebody_who_applies_already_is_told() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let headers: &[&str] = &["身份证号", "申报年度", "申报级别", "申报专业"];
    let rows = |rows: &[&[&str]]| {
        let rows: Vec<&[&str]> = std::iter::once(headers).chain(rows.iter().copied()).collect();
        book(&desk, "参评.xlsx", &[("人员", PEOPLE), ("参评人员", &rows)])
    };
    let first = import(&mut registry, &rows(&[&[ZHANG, "2020", "副高", "内科"]]));
    assert_eq!(first.notes, Vec::<String>::new());
    let told = |report: xueshi::intake::ImportReport, word: &str| {
        assert!(report.notes.iter().any(|note| note.contains(word)), "{word}: {:?}", report.notes);
    };
    let twice = rows(&[&[ZHANG, "2020", "副高", "内科"], &[ZHANG, "2020", "中级", "内科"]]);
    told(
        import(&mut registry, &twice),
        "第 3 行：张三 2020 年度原来申报「副高」，按表改为「中级」",
    );
    let early = rows(&[&[ZHANG, "2031", "副高", "内科"]]);
    told(import(&mut registry, &early), "2031 年度的，还没有这个年度的通知");
    let number = IdNumber::parse(ZHANG).unwrap();
    let day = day("2020-08-14");
    xueshi::registry::campaign::withdraw(&mut registry, 2020, &number, "放弃", day).unwrap();
    let again = rows(&[&[ZHANG, "2020", "中级", "内科"]]);
    told(import(&mut registry, &again), "已退出 2020 年度申报，导入不使其重新申报");
}
