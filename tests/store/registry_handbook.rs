//! What a handbook keeps besides records: the photo, where records came from, and the papers that closed an
//! obligation; kept, taken back, brought again, and known to the doctor.

use super::registry_desk::*;
use xueshi::ledger::*;
use xueshi::notice::SlotId;
use xueshi::registry::campaign;

#[test]
fn a_photo_is_kept_taken_back_and_never_called_a_stray() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap().value;
    let photo = registry.vault().take_in(&desk.file("一寸照.jpg", b"\xFF\xD8\xFFphoto")).unwrap();
    let mut changed = registry.handbook(id).unwrap().person;
    changed.photo = Some(photo.clone());
    changed.former_unit = "永顺县人民医院".to_owned();
    registry.transact("修改资料", |tx| tx.save_person(&changed)).unwrap();
    drop(registry);

    let mut registry = desk.open();
    assert_eq!(registry.handbook(id).unwrap().person, changed);
    assert!(registry.doctor().unwrap().is_empty());
    let told = registry.history(id).unwrap()[0].changes.join("；");
    assert!(told.contains("照片：空 → 一寸照.jpg") && told.contains("调入前单位"), "{told}");
    registry.undo().unwrap();
    assert_eq!(registry.handbook(id).unwrap().person.photo, None);
    assert!(registry.doctor().unwrap().is_empty(), "redo may bring the photo again");
    registry.redo().unwrap();
    assert_eq!(registry.handbook(id).unwrap().person, changed);

    std::fs::remove_file(registry.vault().path_of(&photo)).unwrap();
    let problems = registry.doctor().unwrap();
    assert_eq!(problems[0].code, "evidence-lost");
    assert!(problems[0].message.contains("一寸照.jpg"), "{}", problems[0].message);
}

#[test]
fn where_a_record_came_from_and_who_organised_it_are_kept() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap().value;
    let mut record = training(id, 2019, "护理新进展");
    record.origin = "永顺县人民医院".to_owned();
    record.origin_stamped = true;
    record.activity.organiser_kind = Some("行业主管部门".to_owned());
    registry.transact("登记一条", |tx| tx.save_record(&record)).unwrap();
    drop(registry);
    let registry = desk.open();
    let stored = registry.handbook(id).unwrap().records.remove(0);
    record.id = stored.id;
    assert_eq!(stored, record);
}

#[test]
fn an_obligation_is_closed_by_its_paper_and_opened_again_by_undo() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let id = registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap().value;
    let applicant = Applicant {
        id: ApplicantId(0),
        person: id,
        campaign: 2020,
        level: "中级".to_owned(),
        series: "卫生".to_owned(),
        speciality: "内科护理".to_owned(),
        start_override: None,
        note: String::new(),
        review: None,
        withdrawn: None,
        department: None,
        sent: None,
        issued: None,
    };
    registry.transact("添加参评人员", |tx| tx.save_applicant(&applicant)).unwrap();
    let owed = |registry: &xueshi::registry::Registry| {
        let report = campaign::check(registry, 2020, None, day("2020-08-10")).unwrap();
        report.applicants[0].owed().count()
    };
    assert_eq!(owed(&registry), 1);

    let mut discharge = Discharge {
        id: DischargeId(0),
        person: id,
        campaign: 2020,
        year: 2020,
        vouched: vouched(""),
        attachments: Vec::new(),
    };
    let refused = registry.transact("登记补交", |tx| tx.save_discharge(&discharge)).unwrap_err();
    assert!(refused.to_string().contains("没有放入证明"), "{refused}");
    let evidence = registry.vault().take_in(&desk.file("合格证明.pdf", b"%PDF-1.4")).unwrap();
    discharge.attachments.push(Attachment {
        slot: SlotId("year-certificate".to_owned()),
        stamped: true,
        evidence,
        reason: String::new(),
    });
    registry.transact("登记补交", |tx| tx.save_discharge(&discharge)).unwrap();
    assert_eq!(owed(&registry), 0);
    assert!(registry.doctor().unwrap().is_empty());
    drop(registry);

    let mut registry = desk.open();
    let book = registry.handbook(id).unwrap();
    let closed = obligations(&registry.notice(), &book, 2020);
    assert!(closed[0].closed_by().contains("由 田秀英 收到：合格证明.pdf"), "{closed:?}");
    assert!(
        registry.history(id).unwrap()[0].changes.iter().any(|it| it.contains("事后补交「2020」"))
    );
    assert_eq!(registry.undo().unwrap().unwrap().value, "登记补交");
    assert_eq!(owed(&registry), 1);
    registry.redo().unwrap();
    assert_eq!(owed(&registry), 0);
    registry.transact("删除人员", |tx| tx.delete_person(id)).unwrap();
    registry.undo().unwrap();
    assert_eq!(registry.handbook(id).unwrap(), book);
}
