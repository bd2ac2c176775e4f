//! The whole year as one journey: roster, records, a training of sixty, evidence, applicants, findings
//! mended, review, publicity, pre-flight, package, verified. By the labels that a clerk reads; at the end
//! the facts are read back from a registry that is opened anew.

use super::desk::*;
use super::evidence::Dropped;
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;
use xueshi::ledger::{Stage, Verdict};
use xueshi::notice::Hours;
use xueshi::package;
use xueshi::registry::{Registry, campaign};

const STAFF: usize = 60;
const CLASS: &str = "护理安全与不良事件管理培训班";

/// The fifth has a name of eleven characters; the rest of the sixty are told apart by a numeral.
fn staff() -> Vec<String> {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let mut names = vec!["古丽妮萨·阿卜杜热合曼".to_owned()];
    names.extend(
        (1..STAFF).map(|n| {
            format!("{}{}", ["向", "田", "彭", "石", "龙", "麻"][n / 10], NUMERALS[n % 10])
        }),
    );
    names
}

fn workbook(folder: &Path) -> PathBuf {
    let mut book = Workbook::new();
    let mut sheet = |name: &str, rows: &[Vec<String>]| {
        let page = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate() {
                page.write_string(row as u32, column as u16, text).unwrap();
            }
        }
    };
    let line = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
    let mut people = vec![line(&["姓名", "身份证号", "科室", "学历", "从事专业", "登记证书编号"])];
    for (n, name) in staff().iter().enumerate() {
        let (number, book) = (id_number(n as u32 + 1), format!("HN{n:04}"));
        people.push(line(&[name, number.as_str(), "护理部", "本科", "内科护理", &book]));
    }
    sheet("人员", &people);

    let mut records = vec![line(&[
        "身份证号",
        "科目",
        "形式",
        "内容",
        "平台",
        "注册地区",
        "开始日期",
        "时段",
        "证书学时",
        "证明材料",
    ])];
    for n in [1, 2] {
        let number = id_number(n);
        for year in 2016..=2019 {
            records.push(line(&[
                number.as_str(),
                "公需",
                "网络课程",
                &format!("{year} 年公需科目"),
                "湖南人才市场有限公司",
                "湘西自治州州直",
                &format!("{year}-03-06"),
                "",
                "30",
                "课程内容=内容.pdf; 结业证书=证书.pdf",
            ]));
            // The first lacks a certificate in 2018, the second has no training in 2019.
            let papers = if (n, year) == (1, 2018) {
                "培训通知=通知.pdf"
            } else {
                "培训通知=通知.pdf; 结业证书=证书.pdf"
            };
            if (n, year) != (2, 2019) {
                records.push(line(&[
                    number.as_str(),
                    "专业",
                    "培训班",
                    &format!("{year} 年内科护理研修班"),
                    "",
                    "",
                    &format!("{year}-05-14"),
                    &format!("{year}-05-14~{year}-05-19 全天"),
                    "",
                    papers,
                ]));
            }
        }
    }
    sheet("学习记录", &records);

    let third = id_number(3);
    sheet(
        "认定单",
        &[
            line(&["身份证号", "单号", "出具单位", "出具日期", "起始年度", "截止年度", "证明材料"]),
            line(&[
                third.as_str(),
                "2019-017",
                "州人社局",
                "2019-12-20",
                "2016",
                "2019",
                "认定单=认定单.pdf",
            ]),
        ],
    );
    for (name, text) in [("通知", "a"), ("证书", "b"), ("内容", "c"), ("认定单", "d")] {
        std::fs::write(folder.join(format!("{name}.pdf")), format!("%PDF-1.4 {text}")).unwrap();
    }
    let path = folder.join("名册和学习记录.xlsx");
    book.save(&path).unwrap();
    path
}

fn drop_scans(desk: &mut Desk, names: &[&str]) {
    for name in names {
        let scan = desk.file(&format!("{name}.pdf"), &format!("%PDF-1.4 {name}"));
        desk.window.input_mut().dropped_files.push(Arc::new(Dropped(scan)));
        desk.run();
    }
}

/// The same registry on a later day, with what the file dialogs will answer.
fn on(today: &str, desk: Desk, answers: Vec<PathBuf>) -> Desk {
    let dir = desk.room.path().join("学时登记库");
    let Desk { room, window, .. } = desk;
    drop(window);
    Desk::open_on(today, room, Some(dir), answers)
}

#[test]
fn a_year_from_the_roster_to_the_verified_package() {
    let drive = TempDir::new().unwrap();
    let room = TempDir::new().unwrap();
    let answers = vec![room.path().to_path_buf(), workbook(room.path())];

    // March: a registry, the roster, what was learned in the years before.
    let mut desk = Desk::open_on("2020-03-02", room, None, answers);
    desk.fill("单位名称", "湘西自治州示范医院");
    desk.fill("主管部门", "州卫生健康委");
    desk.fill("经办人", "向明");
    desk.click("更改");
    desk.click("建立登记库");
    desk.must_see("先把人员名册导进来");
    desk.click("从 Excel 导入名册");
    desk.must_see(&format!("人员 {STAFF}"));
    desk.click("导入");
    desk.must_see("已写入");

    // July: one training for sixty people, with a shared sign-in sheet.
    let mut desk = on("2020-07-09", desk, Vec::new());
    desk.click("登记");
    desk.fill("内容", CLASS);
    desk.fill("主办单位", "本院护理部");
    for day in ["2020-07-07 全天", "2020-07-08 全天", "2020-07-09 上午"] {
        desk.click(day);
    }
    desk.must_see("24");
    desk.fill("参加人员", &staff().join("、"));
    desk.must_see(&format!("共 {STAFF} 人，同一班次，材料共用"));
    drop_scans(&mut desk, &["培训通知", "课程表", "签到表"]);
    desk.click(&format!("登记 {STAFF} 人"));
    desk.must_see(&format!("已登记 {STAFF} 人"));

    // The notice is there: who applies, and what each of them lacks.
    let mut desk = on("2020-07-20", desk, Vec::new());
    desk.click("添加参评人员");
    let three = staff()[..3].join("、");
    desk.fill("人员", &three);
    desk.click("中级");
    desk.fill("申报系列", "卫生");
    desk.click("添加 3 人");
    desk.must_see("已添加参评人员 3 人");
    for told in ["学时不够 1", "缺材料 1", "待初审 1"] {
        desk.must_see(told);
    }

    // The missing certificate is put where the finding leads.
    desk.click("缺材料 1");
    desk.click("去补：2018 「2018 年内科护理研修班」还缺结业证书");
    desk.must_see("缺 结业证书");
    drop_scans(&mut desk, &["2018结业证书"]);
    desk.must_see("齐 2");

    // The year without training is registered, from the year's own cell.
    desk.click("申报");
    desk.click("学时不够 1");
    let short = staff()[1].clone();
    desk.click(&format!("{short} 2019 年 30 / 0，不够"));
    desk.click("登记一条");
    desk.fill("内容", "2019 年骨干护士培训班");
    desk.window.get_field("从哪天起").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("从哪天起", "2019.6.3");
    desk.press(Key::Tab);
    for day in 3..=8 {
        desk.click(&format!("2019-06-0{day} 全天"));
    }
    drop_scans(&mut desk, &["通知", "日程安排", "签到表"]);
    desk.window.get_by_role_and_label(Role::Button, "登记").click();
    desk.run();
    desk.must_see("2019 年骨干护士培训班");

    desk.click("申报");
    desk.click("待初审 3");
    desk.click("单位初审合格：待初审的 3 人");
    desk.must_see("单位初审合格 3 人");

    // August: posted, and ended when the days are over.
    let mut desk = on("2020-08-03", desk, Vec::new());
    desk.must_see("3 人等公示");
    desk.click("公示");
    desk.fill("张贴地点", "门诊楼一楼");
    desk.click("张贴 中级 3 人的公示");
    desk.must_see("中级 3 人公示中");
    let mut desk = on("2020-08-11", desk, Vec::new());
    desk.click("公示");
    desk.click("结束公示 8-3 中级");
    desk.click("公示期满，结束");
    desk.must_see("8-11 结束");

    // Handed in on a drive, read back, and checked again as the receiver would.
    let mut desk = on("2020-08-12", desk, vec![drive.path().to_path_buf()]);
    desk.must_see("3 人可以报送");
    desk.click("报送");
    desk.must_see("人可以报送");
    desk.click("写入报送包");
    desk.must_see("已写好并读回核对");
    let written: Vec<PathBuf> =
        std::fs::read_dir(drive.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 1, "{written:?}");
    let mut desk = on("2020-08-13", desk, written.clone());
    desk.click("报送");
    desk.click("核对文件夹");
    desk.must_see("完好");
    desk.must_see("湘西自治州示范医院，2020 年度中级，3 人");

    let dir = desk.room.path().join("学时登记库");
    let Desk { room, window, .. } = desk;
    drop(window);
    let registry = Registry::open(&dir).unwrap();
    let people = registry.people().unwrap();
    assert_eq!(people.len(), STAFF);
    let events = registry.events().unwrap();
    let class = events.iter().find(|event| event.name == CLASS).unwrap();
    assert_eq!(class.attachments.len(), 3);
    for row in &people {
        let handbook = registry.handbook(row.id).unwrap();
        let of_class: Vec<_> =
            handbook.records.iter().filter(|record| record.event == Some(class.id)).collect();
        assert_eq!(of_class.len(), 1, "{}", row.name);
        let years = xueshi::ledger::years(&registry.notice(), &handbook);
        let this_year = years.iter().find(|year| year.year == 2020).unwrap();
        assert_eq!(this_year.total, Hours::whole(24), "{}", row.name);
    }
    let report = campaign::check(&registry, 2020, None, day("2020-08-13")).unwrap();
    assert_eq!(report.applicants.len(), 3);
    for result in &report.applicants {
        assert_eq!((result.stage, result.verdict), (Stage::Publicised, Verdict::Met));
    }
    let run = registry.publicity(2020).unwrap().remove(0);
    assert_eq!((run.posted, run.closed), (day("2020-08-03"), Some(day("2020-08-11"))));
    let handed_in = registry.packages().unwrap();
    assert_eq!((handed_in.len(), handed_in[0].people, handed_in[0].draft), (1, 3, false));
    let seen = package::verify(&written[0], &|_, _, _| true).unwrap();
    assert!(seen.valid && seen.complete, "{:?}", seen.errors);
    drop(room);
}
