//! 打印预览: the very bytes that are shown are saved; pages are drawn, turned and zoomed; what cannot be
//! printed is a sentence and the window goes on.

use super::desk::*;
use eframe::egui::Key;
use xueshi::ledger::{Person, Record};
use xueshi::notice::{Activity, FormId, Subject};
use xueshi::registry::Registry;

/// A person with so many records that the handbook has several pages.
fn long_handbook(registry: &mut Registry) {
    let person = Person::new("阿卜杜热依木·买买提", id_number(1));
    registry
        .transact("准备", |tx| {
            let id = tx.save_person(&person)?;
            for at in 0..60u32 {
                let start = day("2019-01-07") + chrono::Days::new(u64::from(at) * 5);
                let mut activity = Activity::new(
                    FormId(1),
                    Subject::specialty(),
                    format!("第{at}期湘西州基层急危重症救治能力提升培训班"),
                    start,
                );
                activity.organiser = "州护理学会".to_owned();
                tx.save_record(&Record::new(id, activity))?;
            }
            Ok(())
        })
        .unwrap();
}

fn open_preview(answers: Vec<std::path::PathBuf>) -> Desk {
    let room = tempfile::TempDir::new().unwrap();
    let dir = room.path().join("登记库");
    let mut registry = Registry::create(&dir, &unit(), "xiangxi-2020").unwrap();
    long_handbook(&mut registry);
    drop(registry);
    let mut desk = Desk::open(room, Some(dir), answers);
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "阿卜杜");
    desk.press(Key::Enter);
    desk.must_see("年度审核");
    desk.press_ctrl(Key::P);
    desk.wait_for("打印预览");
    desk.wait_for("页，共");
    desk
}

#[test]
fn what_is_shown_is_what_is_saved() {
    let out = tempfile::TempDir::new().unwrap();
    let file = out.path().join("手册.pdf");
    let mut desk = open_preview(vec![file.clone()]);
    desk.must_see("登记手册（阿卜杜热依木·买买提）");
    // Drawn by another thread.
    desk.wait_for("第 1 页画好");
    desk.click("存为 PDF");
    desk.wait_for("已存为");
    let saved = std::fs::read(&file).unwrap();
    assert!(saved.starts_with(b"%PDF-"));
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "阿卜杜热依木·买买提")).unwrap();
    let (notice, unit) = (registry.notice(), registry.unit().unwrap());
    let years = xueshi::ledger::years(&notice, &handbook);
    let context = xueshi::documents::Context {
        notice: &notice,
        unit: &unit,
        filled_by: &unit.contact,
        date: day(TODAY),
        draft: false,
    };
    let printed = xueshi::documents::handbook_pdf(&context, &[(&handbook, &years)]).unwrap();
    assert!(saved == printed, "the saved bytes are the printed ones");
}

#[test]
fn pages_are_turned_jumped_to_and_zoomed() {
    let mut desk = open_preview(Vec::new());
    assert_eq!(desk.value("页码"), "1");
    desk.click("下一页");
    desk.run();
    assert_eq!(desk.value("页码"), "2");
    desk.click("缩略图 3");
    desk.run();
    assert_eq!(desk.value("页码"), "3");
    desk.window.get_field("页码").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("页码", "4");
    desk.press(Key::Enter);
    desk.run();
    assert_eq!(desk.value("页码"), "4");
    desk.click("实际大小");
    desk.must_see("100%");
    desk.click("放大页面");
    desk.must_see("125%");
    desk.click("整页");
    desk.run();
    assert!(!desk.sees("125%"));
    assert_eq!(desk.value("页码"), "4", "zooming stays on the page");
    desk.click("返回");
    desk.must_see("阿卜杜热依木·买买提");
    assert!(!desk.sees("页，共"));
}

#[test]
fn wrong_pages_to_print_are_told_and_nothing_is_printed() {
    if cfg!(windows) {
        return; // there the PDF program asks
    }
    let mut desk = open_preview(Vec::new());
    desk.fill("打印哪些页", "3-1");
    desk.click("打印");
    desk.must_see("页码请写成 1-3,5 这样");
}

/// Where the printing system of [`a_printer_is_told_what_was_chosen`] stands.
#[cfg(unix)]
const PRINTERS: &str = "XUESHI_TEST_PRINTERS";

/// A test of its own process, with a printing system of ours before the PC's on the path.
#[cfg(unix)]
fn among_printers(test: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let room = tempfile::TempDir::new().unwrap();
    let lists = "printf 'office\\nhall\\n'";
    let prints = "for last; do :; done\n\
        cp \"$last\" \"$XUESHI_TEST_PRINTERS/printed.pdf\"\n\
        printf '%s\\n' \"$@\" > \"$XUESHI_TEST_PRINTERS/told\"";
    for (name, does) in [("lpstat", lists), ("lp", prints)] {
        let program = room.path().join(name);
        std::fs::write(&program, format!("#!/bin/sh\n{does}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let ran = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(PRINTERS, room.path())
        .env("PATH", format!("{}:{path}", room.path().display()))
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
    room
}

#[cfg(unix)]
#[test]
fn a_printer_is_told_what_was_chosen() {
    if std::env::var_os(PRINTERS).is_none() {
        let room = among_printers("preview::a_printer_is_told_what_was_chosen");
        let told = std::fs::read_to_string(room.path().join("told")).unwrap();
        let told: Vec<&str> = told.lines().collect();
        let chosen = ["-n", "2", "-d", "hall", "-P", "1-2,4", "-o", "sides=two-sided-long-edge"];
        assert_eq!(told[..2], ["-t", "登记手册（阿卜杜热依木·买买提）"]);
        assert_eq!(told[2..10], chosen);
        assert!(std::fs::read(room.path().join("printed.pdf")).unwrap().starts_with(b"%PDF-"));
        return;
    }
    let mut desk = open_preview(Vec::new());
    // The printers are asked for by another thread.
    for _ in 0..100 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        desk.run();
    }
    desk.choose("打印机", "hall");
    desk.window.get_field("份数").focus();
    desk.run();
    desk.press_ctrl(Key::A);
    desk.fill("份数", "2");
    desk.fill("打印哪些页", "1—2，4");
    desk.click("双面");
    desk.look("preview-printers");
    desk.click("打印");
    desk.wait_for("已交给打印机");
}
