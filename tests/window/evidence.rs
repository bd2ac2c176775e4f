//! Evidence: files dropped, pasted or chosen land in the vault and complete a record's set; they are looked at
//! inside the window; what cannot be evidence is told.

use super::desk::*;
use eframe::egui::accesskit::Role;
use eframe::egui::{Color32, ColorImage, DroppedFile, Event, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xueshi::ledger::Record;
use xueshi::notice::{Activity, DayPart, FormId, Session, Subject};

#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn training() -> Activity {
    let mut activity =
        Activity::new(FormId(1), Subject::specialty(), "心血管介入研修班", day("2019-06-02"));
    activity.sessions =
        DayPart::ALL[..2].iter().map(|&part| Session { date: day("2019-06-02"), part }).collect();
    activity
}

/// A person with these trainings, the handbook open.
fn handbook_of(titles: &[&str]) -> Desk {
    let mut desk = Desk::prepared(|registry| {
        let person = xueshi::ledger::Person::new("张三", id_number(1));
        registry
            .transact("准备", |tx| {
                let id = tx.save_person(&person)?;
                for title in titles {
                    let mut activity = training();
                    (*title).clone_into(&mut activity.title);
                    tx.save_record(&Record::new(id, activity))?;
                }
                Ok(())
            })
            .unwrap();
    });
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "张三");
    desk.press(Key::Enter);
    desk
}

fn drop_on(desk: &mut Desk, files: impl IntoIterator<Item = PathBuf>) {
    for file in files {
        desk.window.input_mut().dropped_files.push(Arc::new(Dropped(file)));
    }
    desk.run();
    desk.run();
}

/// A PDF of so many empty pages.
fn pdf(desk: &Desk, name: &str, pages: usize) -> PathBuf {
    let mut text = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    let kids: Vec<String> = (0..pages).map(|nr| format!("{} 0 R", nr + 3)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")),
    ];
    for _ in 0..pages {
        objects.push("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] >>".to_owned());
    }
    for (nr, object) in objects.iter().enumerate() {
        places.push(text.len());
        text += &format!("{} 0 obj\n{object}\nendobj\n", nr + 1);
    }
    let start = text.len();
    text += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        text += &format!("{place:010} 00000 n \n");
    }
    text += &format!(
        "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    desk.file(name, &text)
}

#[test]
fn files_dropped_on_a_record_become_its_evidence() {
    let mut desk = handbook_of(&["心血管介入研修班"]);
    desk.click("心血管介入研修班，10 学时");
    desk.must_see("为什么是 10 学时");
    desk.must_see("缺 签到表");
    let files = [
        desk.file("2019培训通知.pdf", "%PDF-1.4 a"),
        desk.file("课程表.pdf", "%PDF-1.4 b"),
        desk.file("扫描件003.pdf", "%PDF-1.4 c"),
    ];
    drop_on(&mut desk, files);
    desk.must_see("齐 3");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    let slots: Vec<&str> =
        handbook.records[0].attachments.iter().map(|a| a.slot.0.as_str()).collect();
    assert_eq!(slots.len(), 3);
    for attachment in &handbook.records[0].attachments {
        assert!(exists(&registry.vault().path_of(&attachment.evidence)));
    }
    let total = &xueshi::ledger::years(&registry.notice(), &handbook)[0];
    assert!(total.credits[0].evidenced, "{slots:?}");
}

#[test]
fn files_let_go_on_a_row_are_that_records() {
    let mut desk = handbook_of(&["甲班", "乙班"]);
    let row = desk.window.get_by_role_and_label(Role::Row, "乙班，10 学时").rect().center();
    let sheet = desk.file("签到表.pdf", "%PDF-1.4 a");
    desk.window.input_mut().events.push(Event::PointerMoved(row));
    drop_on(&mut desk, [sheet]);
    desk.must_see("已放入 1 个文件");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    let of = |title: &str| {
        let record = handbook.records.iter().find(|it| it.activity.title == title).unwrap();
        record.attachments.iter().map(|it| it.slot.0.clone()).collect::<Vec<_>>()
    };
    assert_eq!(of("乙班"), ["sign-in-sheet"]);
    assert!(of("甲班").is_empty());
}

#[test]
fn a_picture_is_pasted_into_the_first_slot_that_is_missing() {
    let mut desk = handbook_of(&["甲班"]);
    desk.click("甲班，10 学时");
    let image = ColorImage::filled([40, 60], Color32::WHITE);
    desk.window.input_mut().events.push(Event::PasteImage(Arc::new(image)));
    desk.run();
    desk.must_see("已放入 1 个文件");
    let copied = desk.file("签到表.pdf", "%PDF-1.4 copied");
    let words = format!("file://{}", copied.display());
    desk.window.input_mut().events.push(Event::Paste(words));
    desk.run();
    desk.wait_for("预览 签到表.pdf");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    let files: Vec<(&str, &str)> = handbook.records[0]
        .attachments
        .iter()
        .map(|it| (it.slot.0.as_str(), it.evidence.name.as_str()))
        .collect();
    assert!(files.contains(&("training-notice", "粘贴的图片.png")), "{files:?}");
    assert!(files.contains(&("sign-in-sheet", "签到表.pdf")), "{files:?}");
    for it in &handbook.records[0].attachments {
        assert!(exists(&registry.vault().path_of(&it.evidence)));
    }
}

#[test]
fn what_cannot_be_evidence_is_told_and_the_rest_is_taken() {
    let mut desk = handbook_of(&["甲班"]);
    desk.click("甲班，10 学时");
    let files = [
        desk.file("培训通知.pdf", "%PDF-1.4 a"),
        desk.file("安装.exe", "MZ"),
        desk.file("空的.pdf", ""),
    ];
    drop_on(&mut desk, files);
    desk.must_see("已放入 1 个文件；没有放入 安装.exe：这种文件（exe）不能作证明材料");
    desk.must_see("空的.pdf：文件是空的（0 字节）");
    let (_room, registry) = desk.reopened();
    let handbook = registry.handbook(person(&registry, "张三")).unwrap();
    assert_eq!(handbook.records[0].attachments.len(), 1);
}

#[test]
fn a_file_is_looked_at_inside_the_window() {
    let mut desk = handbook_of(&["甲班"]);
    desk.click("甲班，10 学时");
    let files = [
        pdf(&desk, "签到表.pdf", 3),
        desk.file("培训通知.pdf", "kein PDF"),
        desk.file("课程表.docx", "x"),
    ];
    drop_on(&mut desk, files);
    // Drawn by another thread; a broken one says so in the panel.
    desk.wait_for("签到表.pdf · 3 页");
    desk.wait_for("这个 PDF 已损坏或不完整");
    desk.wait_for("这种文件（docx）不能在这里看");
    desk.window.get_by_role_and_label(Role::Button, "预览 签到表.pdf").focus();
    desk.run();
    desk.press(Key::Space);
    desk.wait_for("第 1 页，共 3 页");
    desk.press(Key::ArrowRight);
    desk.wait_for("第 2 页，共 3 页");
    desk.click("放大");
    desk.click("转向");
    desk.click("上一页");
    desk.must_see("第 1 页，共 3 页");
    desk.press(Key::Escape);
    assert!(!desk.sees("第 1 页，共 3 页"));
    assert!(desk.sees("为什么是 10 学时"), "Escape closes the preview only");
}

#[test]
fn a_scan_for_the_whole_class_is_shared_by_it() {
    let mut desk = Desk::prepared(|registry| {
        registry
            .transact("准备", |tx| {
                let event = tx.event("护理班")?;
                for (nr, name) in ["张三", "李四"].into_iter().enumerate() {
                    let id = tx.save_person(&xueshi::ledger::Person::new(
                        name,
                        id_number(nr as u32 + 1),
                    ))?;
                    let mut record = Record::new(id, training());
                    record.event = Some(event);
                    tx.save_record(&record)?;
                }
                Ok(())
            })
            .unwrap();
    });
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", "张三");
    desk.press(Key::Enter);
    desk.click("心血管介入研修班，10 学时");
    desk.click("全班次共用");
    let sheet = desk.file("签到表.pdf", "%PDF-1.4 sheet");
    drop_on(&mut desk, [sheet]);
    desk.wait_for("签到表.pdf · 班次共用");
    let (_room, registry) = desk.reopened();
    for name in ["张三", "李四"] {
        let handbook = registry.handbook(person(&registry, name)).unwrap();
        assert_eq!(handbook.records[0].event_attachments.len(), 1, "{name}");
        assert!(handbook.records[0].attachments.is_empty(), "{name}");
    }
}

#[test]
fn keys_let_go_over_an_empty_clipboard_say_what_is_missing() {
    let mut desk = handbook_of(&["甲班"]);
    desk.click("甲班，10 学时");
    desk.window.input_mut().events.push(Event::Key {
        key: Key::V,
        physical_key: None,
        pressed: false,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    });
    desk.run();
    desk.must_see("剪贴板里没有文件或图片");
}

#[test]
fn a_persons_evidence_is_bound_and_looked_at() {
    let mut desk = handbook_of(&["心血管介入研修班"]);
    desk.click("心血管介入研修班，10 学时");
    let files = [pdf(&desk, "2019培训通知.pdf", 2), desk.file("课程表.pdf", "%PDF-1.4 broken")];
    drop_on(&mut desk, files);
    desk.click("证明材料合订");
    desk.wait_for("打印预览");
    // The contents, two pages of the notice, and a sheet in place of what is broken.
    desk.wait_for("页，共 4 页");
    desk.must_see("1 份材料，1 份没有订入：2019年「心血管介入研修班」课程表");
    desk.wait_for("第 1 页画好");
    desk.look("evidence-bound");
}

/// Two pages of a scanner's TIFF, eight by eight in grey.
fn tiff(desk: &Desk, name: &str) -> PathBuf {
    let mut bytes = b"II\x2A\0\x08\0\0\0".to_vec();
    for page in 0..2u32 {
        let (entries, strip) = ([256u32, 257, 258, 259, 262, 273, 278, 279], bytes.len() + 102);
        let values = [8, 8, 8, 1, 1, strip as u32, 8, 64];
        bytes.extend((entries.len() as u16).to_le_bytes());
        for (tag, value) in entries.into_iter().zip(values) {
            bytes.extend((tag as u16).to_le_bytes());
            bytes.extend([4, 0, 1, 0, 0, 0]);
            bytes.extend(value.to_le_bytes());
        }
        let next = if page == 0 { strip as u32 + 64 } else { 0 };
        bytes.extend(next.to_le_bytes());
        bytes.extend([200 - 90 * page as u8; 64]);
    }
    let path = desk.room.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_tiff_is_looked_at_page_by_page_and_what_cannot_be_bound_is_told_when_it_comes() {
    let mut desk = handbook_of(&["甲班"]);
    desk.click("甲班，10 学时");
    let files = [tiff(&desk, "签到表.tif"), desk.file("培训通知.heic", "ftypheic")];
    drop_on(&mut desk, files);
    desk.must_see(
        "已放入 2 个文件；培训通知.heic：heic 文件不能合订，请在手机或电脑上另存为 JPG 后重新放入",
    );
    desk.wait_for("签到表.tif · 2 页");
    desk.wait_for("这种文件（heic）不能在这里看");
    desk.window.get_by_role_and_label(Role::Button, "预览 签到表.tif").focus();
    desk.run();
    desk.press(Key::Space);
    desk.wait_for("第 1 页，共 2 页");
    desk.press(Key::ArrowRight);
    desk.wait_for("第 2 页，共 2 页");
}
