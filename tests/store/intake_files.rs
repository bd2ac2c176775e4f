//! Evidence named in workbooks, and what kinds of file can be imported at all.

use crate::intake_desk::*;
use crate::registry_desk::Desk;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::cell::Cell;
use xueshi::failure::Kind;
use xueshi::intake::{self, ImportOptions};
use xueshi::ledger::Attachment;
use xueshi::notice::*;

#[test]
fn what_can_be_kept_and_not_be_bound_is_told() {
    let desk = Desk::new();
    let mut registry = desk.create();
    for name in ["通知.heic", "回执.heic", "笔记.docx", "照片.tif"] {
        desk.file(name, name.as_bytes());
    }
    let files = "通知=通知.heic;参会回执=回执.heic;学习笔记=笔记.docx;其他=照片.tif";
    let row = [ZHANG, "专业", "4", "讲座", "2020-07-01", "", "", files, ""];
    let file = records(&desk, "登记.xlsx", &[&row]);
    let report = try_import(&mut registry, &file, &options()).unwrap();
    assert_eq!(report.errors, []);
    let told: Vec<&String> = report.notes.iter().filter(|it| it.contains("不能合订")).collect();
    assert_eq!(
        told,
        [
            "笔记.docx：docx 文件不能合订，请打开它另存为 PDF 后重新放入",
            "回执.heic等 2 个：heic 文件不能合订，请在手机或电脑上另存为 JPG 后重新放入",
        ]
    );
}

#[test]
fn evidence_is_taken_in_and_found_again() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let folder = desk.folder.path().join("材料/扫描");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("通知 一.pdf"), b"notice").unwrap();
    std::fs::write(folder.join("回执.jpg"), b"receipt").unwrap();
    let file = records(
        &desk,
        "登记.xlsx",
        &[&[
            ZHANG,
            "专业",
            "4",
            "讲座",
            "2020-07-01",
            "",
            "",
            "通知＝扫描\\通知 一.pdf；参会回执【盖章】=扫描/回执.jpg",
            "",
        ]],
    );
    let options = ImportOptions { evidence: Some(desk.folder.path().join("材料")), ..options() };
    let dry = ImportOptions { dry_run: true, ..options.clone() };
    let preview = try_import(&mut registry, &file, &dry).unwrap();
    assert_eq!((preview.added["evidence"], vault_files(&registry)), (2, 0));
    let report = try_import(&mut registry, &file, &options).unwrap();
    assert_eq!(report.errors, []);
    assert_eq!((report.added["evidence"], vault_files(&registry)), (2, 2));
    let zhang = handbook(&registry, ZHANG);
    let files: Vec<(&str, bool, &str, &str)> = zhang.records[0]
        .attachments
        .iter()
        .map(|file| {
            let evidence = &file.evidence;
            (
                file.slot.0.as_str(),
                file.stamped,
                evidence.name.as_str(),
                evidence.extension.as_str(),
            )
        })
        .collect();
    // 通知 on a lecture is the slot that the form asks for.
    assert_eq!(
        files,
        [
            ("attendance-receipt", true, "回执.jpg", "jpg"),
            ("training-notice", false, "通知 一.pdf", "pdf")
        ]
    );
    for file in &zhang.records[0].attachments {
        assert!(registry.vault().path_of(&file.evidence).is_file());
    }
    // More files add to those that are there; none is taken away.
    std::fs::write(folder.join("笔记.pdf"), b"notes").unwrap();
    let more = records(
        &desk,
        "补.xlsx",
        &[&[ZHANG, "专业", "4", "讲座", "2020-07-01", "", "", "学习笔记=扫描/笔记.pdf", ""]],
    );
    let report = try_import(&mut registry, &more, &options).unwrap();
    assert_eq!((report.updated["records"], report.added["evidence"]), (1, 1));
    assert_eq!(handbook(&registry, ZHANG).records[0].attachments.len(), 3);
}

#[test]
fn what_all_rows_of_a_training_name_is_the_trainings() {
    let desk = Desk::new();
    let mut registry = desk.create();
    for name in ["通知.pdf", "张.pdf", "李.pdf"] {
        desk.file(name, name.as_bytes());
    }
    let file = records(
        &desk,
        "登记.xlsx",
        &[
            &[
                ZHANG,
                "专业",
                "1",
                "培训",
                "2020-07-01",
                "",
                "护理班",
                "培训通知=通知.pdf; 结业证书=张.pdf",
                "",
            ],
            &[
                LI,
                "专业",
                "1",
                "培训",
                "2020-07-01",
                "",
                "护理 班",
                "培训通知=通知.pdf; 结业证书=李.pdf",
                "",
            ],
        ],
    );
    import(&mut registry, &file);
    let events = registry.events().unwrap();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].name, "护理班");
    let slots = |files: &[xueshi::ledger::Attachment]| -> Vec<String> {
        files.iter().map(|file| file.slot.0.clone()).collect()
    };
    assert_eq!(slots(&events[0].attachments), ["training-notice"]);
    for id in [ZHANG, LI] {
        let record = &handbook(&registry, id).records[0];
        assert_eq!(record.event, Some(events[0].id));
        assert_eq!(slots(&record.attachments), ["completion-certificate"]);
        assert_eq!(slots(&record.event_attachments), ["training-notice"]);
    }
    let revision = registry.revision();
    import(&mut registry, &file);
    assert_eq!(registry.revision(), revision);
}

#[test]
fn csv_files_are_named_by_their_sheet_in_either_encoding() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let people =
        format!("姓名,身份证号,科室\r\n张三,{ZHANG},内科\r\n\r\n𬭎四,{LI}\t,\"外\n科\"\r\n");
    let marked = desk.file("人员.csv", format!("\u{FEFF}{people}").as_bytes());
    assert_eq!(import(&mut registry, &marked).added["people"], 2);
    assert_eq!(handbook(&registry, LI).person.name, "𬭎四");
    let (bytes, _, _) = encoding_rs::GB18030.encode(&people);
    let gb = desk.file("人员.csv", &bytes);
    assert_eq!(import(&mut registry, &gb).unchanged, 2);
    let records =
        format!("身份证号,科目,形式,内容,开始日期\n=\"{ZHANG}\",专业,1,培训,2020/7/1 0:00\n,,,,\n");
    let records = desk.file("学习记录.csv", records.as_bytes());
    assert_eq!(import(&mut registry, &records).added["records"], 1);
    // Rows are counted as Excel shows them, blank ones too.
    let bad = desk
        .file("人员.csv", format!("姓名,身份证号\n张三,{ZHANG}\n\n王五,4.33101E+17\n").as_bytes());
    let report = told(&mut registry, &bad);
    let bad = only(&report);
    assert_eq!((bad.sheet.as_str(), bad.row, bad.column.as_str()), ("人员", 4, "身份证号"));
    assert!(bad.message.contains("末几位"), "{}", bad.message);
    // A roster under another name is known by its headers.
    let roster = desk.file("2020花名册(终).csv", people.as_bytes());
    let report = import(&mut registry, &roster);
    assert!(report.notes.iter().any(|note| note.contains("认作「人员」")), "{:?}", report.notes);
}

#[test]
fn cells_that_excel_keeps_as_numbers_and_dates() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("yyyy/m/d");
    let page = book.add_worksheet().set_name("人员").unwrap();
    for (column, header) in
        ["姓名", "身份证号", "出生日期", "参加工作日期", "联系电话"].iter().enumerate()
    {
        page.write_string(0, column as u16, *header).unwrap();
    }
    page.write_string(1, 0, "张三").unwrap();
    page.write_string(1, 1, ZHANG).unwrap();
    page.write_datetime_with_format(1, 2, ExcelDateTime::from_ymd(1990, 3, 7).unwrap(), &date)
        .unwrap();
    page.write_number(1, 3, 41_091.0).unwrap();
    page.write_number(1, 4, 13_907_430_000_f64).unwrap();
    let good = desk.folder.path().join("好.xlsx");
    book.save(&good).unwrap();
    import(&mut registry, &good);
    let person = handbook(&registry, ZHANG).person;
    assert_eq!(person.birth_date.unwrap().to_string(), "1990-03-07");
    assert_eq!(person.employed.unwrap().to_string(), "2012-07-01");
    assert_eq!(person.phone, "13907430000");

    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("人员").unwrap();
    page.write_string(0, 0, "姓名").unwrap();
    page.write_string(0, 1, "身份证号").unwrap();
    page.write_string(1, 0, "李四").unwrap();
    page.write_number(1, 1, 433_101_199_003_070_015_f64).unwrap();
    let bad = desk.folder.path().join("坏.xlsx");
    book.save(&bad).unwrap();
    let report = told(&mut registry, &bad);
    assert!(only(&report).message.contains("按数字存放"), "{}", only(&report).message);
}

#[test]
fn a_file_that_cannot_be_imported_is_one_clear_failure() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let whole = book(&desk, "整.xlsx", &[("人员", PEOPLE)]);
    let bytes = std::fs::read(&whole).unwrap();
    desk.file("空.xlsx", b"");
    desk.file("断.xlsx", &bytes[..bytes.len() / 2]);
    desk.file("假.xlsx", b"<html>not a workbook</html>");
    desk.file("工作簿.csv", &bytes);
    desk.file("文档.docx", &bytes);
    desk.file("乱码.csv", &[0xFF, 0x80, 0x81, 0x00, 0xFF]);
    desk.file("空白.csv", b"\r\n \r\n");
    // As Office writes a workbook with a password: a compound file with the stream EncryptedPackage.
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.resize(512, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    desk.file("密.xlsx", &locked);
    desk.file("残.xls", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0, 0]);
    book(&desk, "别的.xlsx", &[("统计", &[&["合计"], &["1"]])]);
    for (name, hint) in [
        ("没有.xlsx", "找不到"),
        ("空.xlsx", "是空的"),
        ("断.xlsx", "损坏"),
        ("假.xlsx", "不是 Excel 工作簿"),
        ("工作簿.csv", "内容却是"),
        ("文档.docx", "不是能导入的文件"),
        ("乱码.csv", "编码"),
        ("空白.csv", "没有内容"),
        ("密.xlsx", "密码"),
        ("残.xls", "损坏"),
        ("别的.xlsx", "「人员」"),
        ("登记库", "文件夹"),
    ] {
        let file = desk.folder.path().join(name);
        let failure = try_import(&mut registry, &file, &options()).expect_err(name);
        let said = failure.to_string();
        assert_eq!(failure.kind, Kind::Cannot, "{name}");
        assert!(said.contains(hint) && said.contains(name), "{name}: {said}");
        assert_eq!(said.matches('。').count(), 2, "why and remedy, once: {said}");
    }
    let nowhere = ImportOptions { evidence: Some(desk.folder.path().join("无")), ..options() };
    let failure = try_import(&mut registry, &whole, &nowhere).unwrap_err().to_string();
    assert!(failure.contains("材料文件夹"), "{failure}");
}

#[test]
fn cancelled_at_any_moment_nothing_stays() {
    let desk = Desk::new();
    desk.file("a.pdf", b"notice");
    let row: &[&str] = &[ZHANG, "专业", "1", "培训", "2020-07-01", "", "班", "培训通知=a.pdf", ""];
    let file = records(&desk, "登记.xlsx", &[row]);
    let mut registry = desk.create();
    let asked = Cell::new(0);
    let count = |_: u64, _: u64, _: &str| {
        asked.set(asked.get() + 1);
        true
    };
    let dry = ImportOptions { dry_run: true, ..options() };
    intake::import(&mut registry, &file, &dry, &count).unwrap();
    let mut stopped = 0;
    for stop in 0.. {
        let asked = Cell::new(0);
        let until = |_: u64, _: u64, _: &str| {
            asked.set(asked.get() + 1);
            asked.get() <= stop
        };
        match intake::import(&mut registry, &file, &options(), &until) {
            Err(failure) => {
                stopped += 1;
                assert!(failure.to_string().contains("已经取消"), "{failure}");
                assert_eq!(registry.people().unwrap(), []);
                assert_eq!(registry.can_undo(), None);
                assert_eq!(vault_files(&registry), 0, "stopped at {stop}");
            }
            Ok(report) => {
                assert_eq!(report.added["records"], 1);
                break;
            }
        }
    }
    assert!(stopped > asked.get(), "writing asks as well: {stopped}");
}

#[test]
fn the_untouched_template_adds_nothing_and_says_so() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = desk.folder.path().join("模板.xlsx");
    intake::template(&registry.notice(), &file).unwrap();
    let report = import(&mut registry, &file);
    assert!(report.added.values().all(|count| *count == 0));
    let notes = report.notes.join("\n");
    assert!(notes.contains("「人员」第 2 行") && notes.contains("示例"), "{notes}");
    assert!(notes.contains("没有可导入的"), "{notes}");
    assert!(!notes.contains("没有导入；") && !notes.contains("不是导入用的表"), "{notes}");
}

#[test]
fn the_templates_example_is_itself_a_good_row() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let file = desk.folder.path().join("模板.xlsx");
    intake::template(&registry.notice(), &file).unwrap();
    std::fs::create_dir(desk.folder.path().join("files")).unwrap();
    for name in ["通知.pdf", "证书.jpg", "派遣通知.pdf", "考核表.pdf", "认定单.jpg"] {
        desk.file(&format!("files/{name}"), name.as_bytes());
    }
    // The same workbook with the mark 示例 taken off the ID numbers.
    let mut read: calamine::Xlsx<_> = calamine::open_workbook(&file).unwrap();
    let mut copy = Workbook::new();
    for name in ["人员", "学习记录", "视同", "认定单", "参评人员"] {
        let range = calamine::Reader::worksheet_range(&mut read, name).unwrap();
        let page = copy.add_worksheet().set_name(name).unwrap();
        for (row, column, value) in range.used_cells() {
            let text = value.to_string().replace("示例 ", "");
            if !text.is_empty() {
                page.write_string(row as u32, column as u16, text).unwrap();
            }
        }
    }
    let unmarked = desk.folder.path().join("照填.xlsx");
    copy.save(&unmarked).unwrap();
    let report = import(&mut registry, &unmarked);
    for key in ["people", "records", "deemed", "slips", "applicants"] {
        assert_eq!(report.added[key], 1, "{key}");
    }
    assert_eq!(report.added["evidence"], 5);
    let people = registry.people().unwrap();
    let handbook = registry.handbook(people[0].id).unwrap();
    let slots = |files: &[Attachment]| -> Vec<String> {
        files.iter().map(|file| file.slot.0.clone()).collect()
    };
    assert_eq!(slots(&handbook.deemed[0].attachments), ["assessment-form", "posting-notice"]);
    assert_eq!(slots(&handbook.slips[0].attachments), ["recognition-slip"]);
    assert_eq!(handbook.records[0].activity.form, FormId(1));
    assert_eq!(handbook.records[0].activity.sessions.len(), 5);
}

#[test]
fn a_damaged_workbook_is_answered_whatever_is_damaged() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let whole = std::fs::read(book(&desk, "整.xlsx", &[("人员", PEOPLE)])).unwrap();
    let dry = ImportOptions { dry_run: true, ..options() };
    let mut failures = 0;
    for turn in 0..200 {
        let mut bytes = whole.clone();
        let at = turn * 7919 % bytes.len();
        if turn % 4 == 0 {
            bytes.truncate(at.max(4));
        } else {
            bytes[at] ^= 0x5A;
        }
        let file = desk.file("坏.xlsx", &bytes);
        failures += usize::from(try_import(&mut registry, &file, &dry).is_err());
    }
    assert!(failures > 50, "{failures}");
}

#[test]
fn a_stray_cell_in_the_last_corner_costs_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let mut book = Workbook::new();
    let page = book.add_worksheet().set_name("人员").unwrap();
    for (row, cells) in PEOPLE.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            page.write_string(row as u32, column as u16, *text).unwrap();
        }
    }
    page.write_string(1_048_575, 16_383, "x").unwrap();
    let file = desk.folder.path().join("远.xlsx");
    book.save(&file).unwrap();
    assert_eq!(import(&mut registry, &file).added["people"], 2);
}

#[test]
fn the_rows_of_one_event_rest_on_the_files_that_one_of_them_names() {
    let desk = Desk::new();
    let mut registry = desk.create();
    for name in ["通知.pdf", "签到.pdf", "证书.pdf"] {
        std::fs::write(desk.folder.path().join(name), name).unwrap();
    }
    let row = |id: &'static str, files: &'static str| {
        [id, "专业", "1", "急救班", "2019-07-01", "2019-07-01 全天", "急救一期", files, ""]
    };
    let zhang = row(ZHANG, "培训通知=通知.pdf; 签到表=签到.pdf; 结业证书=证书.pdf");
    let li = row(LI, "");
    let file = records(&desk, "登记.xlsx", &[&zhang, &li]);
    import(&mut registry, &file);
    let slots = |id: &str| {
        let record = handbook(&registry, id).records.remove(0);
        let mut slots: Vec<String> =
            record.all_attachments().map(|file| file.slot.0.clone()).collect();
        slots.sort();
        slots
    };
    assert_eq!(slots(ZHANG), ["completion-certificate", "sign-in-sheet", "training-notice"]);
    // Nobody hands in another's certificate.
    assert_eq!(slots(LI), ["sign-in-sheet", "training-notice"]);
    let again = import(&mut registry, &file);
    assert_eq!((again.updated["records"], again.unchanged), (0, 4));
}

#[test]
fn wide_and_narrow_characters_of_a_file_name_are_not_told_apart() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let folder = desk.folder.path();
    for name in ["通知　（１）.PDF", "回执（1）.jpg", "回执(1).jpg"] {
        std::fs::write(folder.join(name), name).unwrap();
    }
    let row = |title, files| [ZHANG, "专业", "4", title, "2020-07-01", "", "", files, ""];
    let good = row("讲座", "通知=通知 (1).pdf；参会回执=回执(1).jpg");
    let file = records(&desk, "登记.xlsx", &[&good]);
    let report = try_import(&mut registry, &file, &options()).unwrap();
    assert_eq!(report.errors, []);
    assert_eq!(report.added["evidence"], 2);
    // Two files might be meant: the clerk must say which.
    let file = records(&desk, "登记二.xlsx", &[&row("会议", "参会回执=回执 (1).jpg")]);
    let report = try_import(&mut registry, &file, &options()).unwrap();
    assert!(only(&report).message.contains("找不到文件「回执 (1).jpg」"));
}
