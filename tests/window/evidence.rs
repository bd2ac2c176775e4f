//! Evidence: files dropped on a record, or chosen, land in the vault and complete its set.

use super::desk::*;
use eframe::egui::DroppedFile;
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

#[test]
fn files_dropped_on_a_record_become_its_evidence() {
    let mut desk = Desk::prepared(|registry| {
        let person = xueshi::ledger::Person::new("张三", id_number(1));
        registry
            .transact("准备", |tx| {
                let id = tx.save_person(&person)?;
                tx.save_record(&Record::new(id, training()))
            })
            .unwrap();
    });
    desk.press_ctrl(eframe::egui::Key::K);
    desk.fill("查找人员、记录、操作", "张三");
    desk.press(eframe::egui::Key::Enter);
    desk.click("心血管介入研修班，10 学时");
    desk.must_see("为什么是 10 学时");
    desk.must_see("缺 签到表");
    let files = [
        desk.file("2019培训通知.pdf", "%PDF-1.4 a"),
        desk.file("课程表.pdf", "%PDF-1.4 b"),
        desk.file("扫描件003.pdf", "%PDF-1.4 c"),
    ];
    for file in files {
        desk.window.input_mut().dropped_files.push(Arc::new(Dropped(file)));
        desk.run();
    }
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
