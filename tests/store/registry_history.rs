//! A person's history: who is told what changed, field by field, newest first.

use super::registry_desk::*;
use xueshi::ledger::*;
use xueshi::notice::*;

#[test]
fn fields_are_told_before_and_after_in_chinese() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let (id, other) = registry
        .transact("导入", |tx| {
            let id = tx.save_person(&person(1))?;
            tx.save_record(&training(id, 2019, "护理新进展"))?;
            Ok((id, tx.save_person(&person(2))?))
        })
        .unwrap()
        .value;
    let mut book = registry.handbook(id).unwrap();
    book.person.title = "副主任医师".to_owned();
    let record = &mut book.records[0];
    record.activity.rank = Some(Rank::Place(2));
    record.activity.certified = Some(Hours::halves(9));
    record.activity.related = Some(true);
    record.activity.sessions.pop_last();
    record.hours_override =
        Some(HoursOverride { hours: Hours::whole(30), vouched: vouched("并列") });
    registry
        .transact("修改", |tx| {
            tx.save_person(&book.person)?;
            tx.save_record(&book.records[0])
        })
        .unwrap();
    let lines = registry.history(id).unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].action, "导入");
    assert_eq!(lines[1].changes, ["新增人员「人员001」", "新增学习记录「护理新进展」"]);
    assert_eq!(
        lines[0].changes,
        [
            "人员「人员001」 现职称：主治医师 → 副主任医师",
            "学习记录「护理新进展」 名次：空 → 第2",
            "学习记录「护理新进展」 证书学时：空 → 4.5",
            "学习记录「护理新进展」 与专业相关：空 → 是",
            "学习记录「护理新进展」 另定学时：空 → 30",
            "学习记录「护理新进展」 另定人：空 → 田秀英",
            "学习记录「护理新进展」 另定日期：空 → 2020-08-01",
            "学习记录「护理新进展」 另定理由：空 → 并列",
            "删除学习记录「护理新进展」的时段「2019-05-12」",
        ]
    );
    registry.undo().unwrap();
    assert_eq!(registry.history(id).unwrap()[0].action, "修改（已撤销）");
    assert_eq!(registry.history(other).unwrap().len(), 1);
}

#[test]
fn files_shared_through_an_event_are_in_everybodys_history() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = registry
        .transact("登记", |tx| {
            let id = tx.save_person(&person(1))?;
            let mut record = training(id, 2019, "课");
            record.event = Some(tx.event("急救班")?);
            tx.save_record(&record)?;
            Ok(id)
        })
        .unwrap()
        .value;
    let evidence = registry.vault().take_in_bytes("签到.pdf", b"x").unwrap();
    let mut event = registry.events().unwrap().remove(0);
    let slot = SlotId("其他材料".to_owned());
    event.attachments.push(Attachment { slot, stamped: false, evidence, reason: String::new() });
    registry.transact("放入材料", |tx| tx.save_event(&event)).unwrap();
    let told = registry.history(id).unwrap().remove(0);
    assert_eq!(told.changes, ["新增班次「急救班」的证明材料「其他材料 签到.pdf」"]);
}

#[test]
fn a_deleted_persons_history_is_still_there() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = registry.transact("新增", |tx| tx.save_person(&person(1))).unwrap().value;
    registry.transact("删除", |tx| tx.delete_person(id)).unwrap();
    let lines = registry.history(id).unwrap();
    assert_eq!(lines[0].changes, ["删除人员「人员001」"]);
}
