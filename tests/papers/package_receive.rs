//! The department receives units' packages: merged, the same twice, taken back, disagreeing, hostile.

use super::campaign_desk::*;
use super::package_make::quietly;
use super::registry_desk::*;
use std::io::Write;
use std::path::{Path, PathBuf};
use xueshi::failure::{Failure, Kind};
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::package::{
    PackageRequest, Receipt, ReceiveRequest, Side, look, receive, verify, write,
};
use xueshi::registry::{Registry, campaign};

const DEPARTMENT: &str = "湘西州卫生健康委员会";
const OTHER: &str = "湘西州中医院";

/// A registry of a unit of this name, beside the desk's own.
fn of(desk: &Desk, name: &str) -> Registry {
    let unit = Unit { name: name.to_owned(), ..unit() };
    Registry::create(&desk.folder.path().join(name), &unit, NOTICE).unwrap()
}

/// Applicants with these numbers, all steps taken.
fn ready(desk: &Desk, registry: &mut Registry, level: &str, numbers: &[u32]) {
    for n in numbers {
        applicant(registry, desk, level, *n, true);
    }
    registry
        .transact("登记一条", |tx| {
            for n in numbers {
                let person = person_of(tx.registry(), *n).id;
                let scan = format!("%PDF {n}");
                let evidence = tx.registry().vault().take_in_bytes("签到.pdf", scan.as_bytes())?;
                let mut record = training(person, 2019, "急救培训");
                record.attachments = vec![Attachment {
                    slot: SlotId("sign-in-sheet".to_owned()),
                    stamped: false,
                    evidence,
                    reason: String::new(),
                }];
                let shared = tx.registry().unit()?.name;
                let shared = tx.registry().vault().take_in_bytes("通知.pdf", shared.as_bytes())?;
                let event = tx.event("2019 年急救班")?;
                record.event = Some(event);
                tx.save_event(&Event {
                    id: event,
                    name: "2019 年急救班".to_owned(),
                    attachments: vec![Attachment {
                        slot: SlotId("training-notice".to_owned()),
                        stamped: true,
                        evidence: shared,
                        reason: String::new(),
                    }],
                })?;
                tx.save_record(&record)?;
            }
            Ok(())
        })
        .unwrap();
    publicise(registry, if level == "中级" { "中级" } else { "高级" });
}

fn publicise(registry: &mut Registry, group: &str) {
    pass(registry, "2020-08-14");
    let (posted, closed) = (day("2020-08-17"), day("2020-08-24"));
    campaign::open_publicity(registry, 2020, group, posted, "一楼公示栏", posted).unwrap();
    campaign::close_publicity(registry, 2020, group, closed, &[], closed).unwrap();
}

fn person_of(registry: &Registry, n: u32) -> Person {
    registry.person_by_id_number(&id_number(n)).unwrap().unwrap()
}

fn handbook_of(registry: &Registry, n: u32) -> Handbook {
    registry.handbook(person_of(registry, n).id).unwrap()
}

fn pack(registry: &mut Registry, out: &Path, group: &str, draft: bool) -> PathBuf {
    let request = PackageRequest {
        campaign: 2020,
        level_group: group.to_owned(),
        out: out.to_owned(),
        draft,
        today: day("2020-08-26"),
    };
    write(registry, &request, &quietly).unwrap().path
}

fn asked(packages: &[&Path], accept: Option<Side>, dry_run: bool) -> ReceiveRequest {
    ReceiveRequest {
        packages: packages.iter().map(|it| it.to_path_buf()).collect(),
        accept,
        dry_run,
        settled: Default::default(),
        now: day("2020-08-27").and_hms_opt(9, 0, 0).unwrap(),
    }
}

fn take(registry: &mut Registry, packages: &[&Path], accept: Option<Side>) -> Receipt {
    receive(registry, &asked(packages, accept, false), &quietly).unwrap()
}

fn codes(receipt: &Receipt) -> Vec<&str> {
    receipt.conflicts.iter().map(|conflict| conflict.code).collect()
}

/// Everything there is, the files of the vault too.
fn whole(registry: &Registry) -> String {
    let mut files: Vec<_> = walkdir::WalkDir::new(registry.dir().join("evidence"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.path().to_path_buf())
        .collect();
    files.sort();
    format!("{}{files:?}{:?}", all(registry), registry.received().unwrap())
}

/// Two units' packages, a folder and a zip, and the department that they go to.
struct Day {
    desk: Desk,
    hospital: Registry,
    other: Registry,
    department: Registry,
    folder: PathBuf,
    zip: PathBuf,
}

impl Day {
    fn new() -> Self {
        let desk = Desk::new();
        let (mut hospital, mut other) = (desk.create(), of(&desk, OTHER));
        let department = of(&desk, DEPARTMENT);
        ready(&desk, &mut hospital, "副高", &[1, 2]);
        ready(&desk, &mut other, "正高", &[11, 12]);
        let folder = pack(&mut hospital, desk.folder.path(), "高级", false);
        let zip = pack(&mut other, &desk.folder.path().join("中医院.zip"), "高级", false);
        Self { desk, hospital, other, department, folder, zip }
    }
}

#[test]
fn two_units_become_one_package() {
    let mut day = Day::new();
    let receipt = take(&mut day.department, &[&day.folder, &day.zip], None);
    assert_eq!(codes(&receipt), [""; 0]);
    let told = serde_json::to_value(&receipt).unwrap();
    assert_eq!(told["received"][0]["unit"], "湘西州人民医院");
    assert_eq!(told["received"][1]["unit"], OTHER);
    for received in told["received"].as_array().unwrap() {
        assert_eq!((&received["people"], &received["records"]), (&2.into(), &2.into()));
        // A slip, a sign-in sheet and the shared notice for each.
        assert_eq!((&received["evidence"], &received["already"]), (&6.into(), &false.into()));
    }

    let mine = handbook_of(&day.department, 1);
    let theirs = handbook_of(&day.hospital, 1);
    assert_eq!(mine.person.workplace, "湘西州人民医院");
    assert_eq!(mine.records[0].activity, theirs.records[0].activity);
    assert_eq!(mine.records[0].attachments, theirs.records[0].attachments);
    assert_eq!(mine.records[0].event_attachments, theirs.records[0].event_attachments);
    assert_eq!(mine.slips[0].attachments, theirs.slips[0].attachments);
    assert_eq!(mine.applications[0].review, theirs.applications[0].review);
    // Two units' 班次 of one name with different files stay two.
    let other = handbook_of(&day.department, 11);
    assert_ne!(mine.records[0].event, other.records[0].event);
    assert_eq!(
        other.records[0].event_attachments,
        handbook_of(&day.other, 11).records[0].event_attachments
    );
    assert_eq!(day.department.doctor().unwrap(), []);

    // Everybody stands in the department's own package, unit by unit.
    let out = day.desk.folder.path().join("上报");
    std::fs::create_dir(&out).unwrap();
    let path = pack(&mut day.department, &out, "高级", false);
    let seen = verify(&path, &quietly).unwrap();
    assert!(seen.valid && seen.complete, "{:?}", seen.errors);
    let facts = seen.package.unwrap();
    assert_eq!((facts.unit.as_str(), facts.people), (DEPARTMENT, 4));
    let table = std::fs::read_dir(path.join("data/人员")).unwrap();
    let mut names: Vec<_> =
        table.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["001 人员011", "002 人员012", "003 人员001", "004 人员002"]);
    let summary =
        super::read::Read::new(&std::fs::read(path.join("data/1 汇总表.pdf")).unwrap()).text();
    for word in ["填报单位（盖章）：湘西州卫生健康委员会", "湘西州人民医院", OTHER, "人员012"]
    {
        assert!(summary.contains(word), "{word}: {summary}");
    }
    // Each unit's own list, under its own name.
    for (list, unit) in [("2 公示名单.pdf", "湘西州人民医院"), ("2 公示名单 (2).pdf", OTHER)]
    {
        let list = std::fs::read(path.join("data").join(list)).unwrap();
        let list = super::read::Read::new(&list).text();
        assert!(list.contains(&format!("{unit}（一楼公示栏）")), "{list}");
        assert!(
            list.contains(&format!("{unit}关于")) || list.contains(&format!("{unit}\n关于")),
            "{list}"
        );
        assert!(!list.contains(DEPARTMENT), "{list}");
    }
}

#[test]
fn twice_is_once_and_undo_takes_it_back() {
    let mut day = Day::new();
    let empty = whole(&day.department);
    let both: [&Path; 2] = [&day.folder, &day.zip];
    let rehearsed = receive(&mut day.department, &asked(&both, None, true), &quietly).unwrap();
    assert_eq!(rehearsed.received.len(), 2);
    assert_eq!(whole(&day.department), empty);
    assert_eq!(day.department.can_undo(), None);

    assert_eq!(take(&mut day.department, &both, None).received, rehearsed.received);
    let (full, revision) = (whole(&day.department), day.department.revision());
    let again = take(&mut day.department, &both, None);
    assert!(again.received.iter().all(|it| it.already) && again.conflicts.is_empty());
    assert_eq!((whole(&day.department), day.department.revision()), (full.clone(), revision));

    // Taken in together, taken back together.
    assert_eq!(day.department.can_undo().unwrap(), "接收报送包：2 个");
    day.department.undo().unwrap();
    assert_eq!(all(&day.department), all(&of(&day.desk, "空").tap_name(DEPARTMENT)));
    day.department.redo().unwrap();
    assert_eq!(whole(&day.department), full);
}

trait TapName {
    fn tap_name(self, name: &str) -> Self;
}

impl TapName for Registry {
    /// The same registry under another name.
    fn tap_name(mut self, name: &str) -> Self {
        let unit = Unit { name: name.to_owned(), ..unit() };
        self.transact("改名", |tx| tx.save_unit(&unit)).unwrap();
        self
    }
}

#[test]
fn a_newer_package_of_the_same_unit() {
    let mut day = Day::new();
    take(&mut day.department, &[&day.folder], None);
    let first = whole(&day.department);
    // Since then: a record corrected, one deleted, somebody gone, somebody new.
    let (one, two) = (handbook_of(&day.hospital, 1), handbook_of(&day.hospital, 2));
    day.hospital
        .transact("改", |tx| {
            let mut record = one.records[0].clone();
            record.activity.organiser = "州医学会".to_owned();
            tx.save_record(&record)?;
            tx.save_record(&training(one.person.id, 2018, "新补的"))?;
            tx.delete_record(two.records[0].id)
        })
        .unwrap();
    campaign::withdraw(
        &mut day.hospital,
        2020,
        &id_number(2),
        "放弃",
        super::registry_desk::day("2020-08-25"),
    )
    .unwrap();
    applicant(&mut day.hospital, &day.desk, "副高", 3, true);
    publicise(&mut day.hospital, "高级");
    let newer = day.desk.folder.path().join("新包.zip");
    let newer = pack(&mut day.hospital, &newer, "高级", false);

    let refused = take(&mut day.department, &[&newer], None);
    assert_eq!(codes(&refused), ["package-replaced", "record-differs"]);
    assert!(refused.unsettled() && refused.received.is_empty());
    assert!(refused.conflicts[0].message.contains("人员002"), "{:?}", refused.conflicts);
    assert!(refused.conflicts[1].message.contains("主办单位"), "{:?}", refused.conflicts);
    assert_eq!(whole(&day.department), first);

    let kept = take(&mut day.department, &[&newer], Some(Side::Old));
    assert!(!kept.unsettled() && kept.received.len() == 1);
    let book = handbook_of(&day.department, 1);
    assert_eq!(book.records[0].activity.organiser, "省医学会");
    assert_eq!(book.records.len(), 2);
    assert_eq!(handbook_of(&day.department, 2).applications.len(), 1);
    assert_eq!(handbook_of(&day.department, 3).applications.len(), 1);

    day.department.undo().unwrap();
    take(&mut day.department, &[&newer], Some(Side::New));
    let book = handbook_of(&day.department, 1);
    assert!(book.records.iter().any(|it| it.activity.organiser == "州医学会"));
    assert_eq!(book.records.len(), 2);
    assert_eq!(handbook_of(&day.department, 2).applications.len(), 0);
    assert_eq!(handbook_of(&day.department, 3).applications.len(), 1);
}

#[test]
fn what_disagrees() {
    let mut day = Day::new();
    take(&mut day.department, &[&day.folder], None);
    // The other hospital says the same person is theirs, under another name, at another level.
    let mut third = of(&day.desk, "湘西州妇幼保健院");
    ready(&day.desk, &mut third, "中级", &[1]);
    let person = Person { name: "另一人".to_owned(), ..person_of(&third, 1) };
    third.transact("改名", |tx| tx.save_person(&person)).unwrap();
    let package = pack(&mut third, &day.desk.folder.path().join("妇幼.zip"), "中级", false);
    let before = whole(&day.department);
    let told = take(&mut day.department, &[&package], None);
    assert_eq!(codes(&told), ["name-differs", "unit-differs", "record-differs", "applied-twice"]);
    assert!(told.conflicts[0].message.contains("另一人"), "{:?}", told.conflicts);
    assert!(told.conflicts[3].message.contains("中级"), "{:?}", told.conflicts);
    assert_eq!(told.conflicts[0].id_number, id_number(1).as_str());
    assert_eq!(whole(&day.department), before);
    // Told beforehand, too, when both come at once.
    let mut empty = of(&day.desk, "另一主管部门");
    let both = asked(&[&day.folder, &package], None, true);
    assert_eq!(codes(&receive(&mut empty, &both, &quietly).unwrap()), codes(&told));

    take(&mut day.department, &[&package], Some(Side::Old));
    let book = handbook_of(&day.department, 1);
    assert_eq!(
        (book.person.name.as_str(), book.applications[0].level.as_str()),
        ("人员001", "副高")
    );
    day.department.undo().unwrap();
    take(&mut day.department, &[&package], Some(Side::New));
    let book = handbook_of(&day.department, 1);
    assert_eq!(
        (book.person.name.as_str(), book.applications[0].level.as_str()),
        ("另一人", "中级")
    );
    assert_eq!(book.person.workplace, "湘西州妇幼保健院");
}

#[test]
fn each_conflict_is_decided_by_itself() {
    let mut day = Day::new();
    take(&mut day.department, &[&day.folder], None);
    let mut third = of(&day.desk, "湘西州妇幼保健院");
    ready(&day.desk, &mut third, "中级", &[1]);
    let person = Person { name: "另一人".to_owned(), ..person_of(&third, 1) };
    third.transact("改名", |tx| tx.save_person(&person)).unwrap();
    let package = pack(&mut third, &day.desk.folder.path().join("妇幼.zip"), "中级", false);
    let broken = day.desk.file("坏的.zip", b"no zip");
    // A damaged package is named and stops nobody.
    let mut request = asked(&[&broken, &package], None, true);
    let looked = look(&mut day.department, &request, &quietly).unwrap();
    assert_eq!((looked.damaged.len(), looked.sound.len()), (1, 1));
    assert_eq!((&looked.sound[0].path, looked.sound[0].facts.already), (&package, false));
    assert_eq!(looked.damaged[0].0, broken);
    let conflicts = looked.conflicts;
    assert!(conflicts.iter().all(|it| it.settled.is_none()), "nobody has decided");
    let name = &conflicts[0];
    assert_eq!(
        (name.code, name.old.as_str(), name.new.as_str()),
        ("name-differs", "人员001", "另一人")
    );
    let record = conflicts.iter().find(|it| it.code == "record-differs").unwrap();
    assert!(record.old.lines().count() == record.new.lines().count() && record.old != record.new);

    // The new name, and whatever else is there stays.
    request.packages.remove(0);
    request.dry_run = false;
    request.accept = Some(Side::Old);
    request.settled.insert(name.key(), Side::New);
    let receipt = receive(&mut day.department, &request, &quietly).unwrap();
    assert!(!receipt.unsettled());
    let book = handbook_of(&day.department, 1);
    assert_eq!(
        (book.person.name.as_str(), book.applications[0].level.as_str()),
        ("另一人", "副高")
    );
    assert_eq!(book.person.workplace, "湘西州人民医院");
}

#[test]
fn the_departments_own_steps_are_no_conflict() {
    let mut day = Day::new();
    take(&mut day.department, &[&day.folder], None);
    let today = super::registry_desk::day("2020-08-27");
    let confirm = campaign::Step::Department(ReviewResult::Passed);
    let give_back = campaign::Step::Department(ReviewResult::Returned);
    let one = [id_number(1)];
    let step = |registry: &mut Registry, people: &[IdNumber], what, why| {
        campaign::step(registry, 2020, None, people, what, "彭主任", why, today).unwrap().done.len()
    };
    let warned = campaign::check(&day.department, 2020, None, today).unwrap();
    let unconfirmed =
        |found: &ApplicantResult| found.findings.iter().any(|it| it.code == "review-unconfirmed");
    assert!(warned.applicants.iter().all(unconfirmed) && warned.ready);
    let all = step(&mut day.department, &[], &confirm, "");
    assert!(all >= 2);
    step(&mut day.department, &one, &give_back, "缺派出通知");
    // The unit hands in again: the one given back waits for the review again, the other stays confirmed.
    let newer = pack(&mut day.hospital, &day.desk.folder.path().join("新.zip"), "高级", false);
    let told = take(&mut day.department, &[&newer], Some(Side::New));
    assert_eq!(codes(&told), ["package-replaced"]);
    assert_eq!(handbook_of(&day.department, 1).applications[0].department, None);
    assert!(handbook_of(&day.department, 2).applications[0].confirmed());
    // What the department made of it goes on to the bureau in its own package.
    let report = campaign::check(&day.department, 2020, Some("高级"), today).unwrap();
    let returned = report.applicants.iter().filter(|it| it.applicant.returned().is_some()).count();
    assert_eq!(returned, 0);
}

#[test]
fn a_confirmed_year_stays() {
    let mut day = Day::new();
    take(&mut day.department, &[&day.folder], None);
    let person = person_of(&day.department, 1).id;
    day.department.transact("确认", |tx| tx.save_year_review(&confirmed(person, 2019))).unwrap();
    let mut record = handbook_of(&day.hospital, 1).records[0].clone();
    record.note = "改".to_owned();
    day.hospital.transact("改", |tx| tx.save_record(&record)).unwrap();
    let newer = pack(&mut day.hospital, &day.desk.folder.path().join("新.zip"), "高级", false);
    let before = whole(&day.department);
    for accept in [None, Some(Side::New)] {
        let told = take(&mut day.department, &[&newer], accept);
        assert_eq!(codes(&told), ["package-replaced", "year-locked"]);
        assert!(told.unsettled() && told.conflicts[1].message.contains("2019"));
        assert_eq!(whole(&day.department), before);
    }
    assert!(!take(&mut day.department, &[&newer], Some(Side::Old)).unsettled());
    assert_eq!(handbook_of(&day.department, 1).records[0].note, "");
}

#[track_caller]
fn refuses(registry: &mut Registry, packages: &[&Path], says: &str) -> Failure {
    let before = whole(registry);
    let failure =
        receive(registry, &asked(packages, Some(Side::New), false), &quietly).unwrap_err();
    assert!(failure.to_string().contains(says), "{says}: {failure}");
    assert_eq!(failure.to_string().lines().count(), 1);
    assert_eq!(whole(registry), before);
    failure
}

#[test]
fn drafts_and_damage() {
    let mut day = Day::new();
    let draft = pack(&mut day.hospital, &day.desk.folder.path().join("草稿.zip"), "高级", true);
    // A good package before it does not go in either.
    let failure = refuses(&mut day.department, &[&day.zip, &draft], "草稿");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(day.department.people().unwrap().is_empty());
    let nowhere = day.desk.folder.path().join("没有");
    assert_eq!(refuses(&mut day.department, &[&nowhere], "找不到").kind, Kind::Cannot);
    let unfinished = day.desk.folder.path().join("包.未完成");
    std::fs::rename(&day.folder, &unfinished).unwrap();
    refuses(&mut day.department, &[&unfinished], "没有写完");
    std::fs::rename(&unfinished, &day.folder).unwrap();
    let scan = walkdir::WalkDir::new(day.folder.join("data/人员"))
        .into_iter()
        .filter_map(Result::ok)
        .find(|it| it.file_name() == "认定单.pdf")
        .unwrap();
    std::fs::write(scan.path(), "另一份").unwrap();
    refuses(&mut day.department, &[&day.folder], "认定单.pdf");
}

/// Rewrites the statement as somebody would who means it, all hashes right.
fn forge(folder: &Path, change: impl Fn(&mut serde_json::Value)) {
    let path = folder.join("data/package.json");
    let mut told: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    change(&mut told);
    let before = std::fs::metadata(&path).unwrap().len();
    std::fs::write(&path, serde_json::to_vec(&told).unwrap()).unwrap();
    let after = std::fs::metadata(&path).unwrap().len();
    let rewrite = |name: &str, change: &dyn Fn(&str) -> String| {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let lines: Vec<String> = text.lines().map(change).collect();
        std::fs::write(folder.join(name), lines.join("\n") + "\n").unwrap();
    };
    rewrite("bag-info.txt", &|line| match line.strip_prefix("Payload-Oxum: ") {
        Some(oxum) => {
            let (bytes, files) = oxum.split_once('.').unwrap();
            let bytes: u64 = bytes.parse().unwrap();
            format!("Payload-Oxum: {}.{files}", bytes + after - before)
        }
        None => line.to_owned(),
    });
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        rewrite(manifest, &|line| {
            use sha2::{Digest, Sha256};
            let (_, name) = line.split_once("  ").unwrap();
            let bytes = std::fs::read(folder.join(name)).unwrap();
            format!("{}  {name}", hex::encode(Sha256::digest(bytes)))
        });
    }
}

#[test]
fn a_statement_that_cannot_be() {
    use serde_json::json;
    type Change = fn(&mut serde_json::Value);
    let cases: [(&str, Change); 16] = [
        ("更新的程序", |it| it["version"] = json!(2)),
        ("读不懂", |it| it["people"] = json!("没有")),
        ("读不懂", |it| it["people"][0]["handbook"]["person"]["id_number"] = json!("12345")),
        ("读不懂", |it| {
            it["people"][0]["handbook"]["records"][0]["activity"]["start"] = json!("2019-02-30")
        }),
        ("日期", |it| it["people"][0]["handbook"]["person"]["birth_date"] = json!("0085-01-01")),
        ("年度", |it| {
            it["people"][0]["handbook"]["slips"][0]["last_year"] = json!(2_000_000_000)
        }),
        ("写的数", |it| {
            it["people"][0]["handbook"]["slips"][0]["hours"] = json!({"2015": {"public": 500_000}});
        }),
        ("形式或科目", |it| {
            it["people"][0]["handbook"]["records"][0]["activity"]["form"] = json!(99)
        }),
        ("级别", |it| it["level"] = json!("特级")),
        ("副高", |it| it["level"] = json!("中级")),
        ("通知 别处", |it| it["notice"]["id"] = json!("别处")),
        ("2013", |it| it["campaign"] = json!(2013)),
        ("初审合格", |it| it["people"][0]["application"]["review"] = json!(null)),
        ("公示期满", |it| it["publicity"] = json!([])),
        ("不满 5 个工作日", |it| it["publicity"][0]["closed"] = json!("2020-08-18")),
        ("不在包里", |it| {
            let attachments = &mut it["people"][0]["handbook"]["slips"][0]["attachments"];
            attachments[0]["evidence"]["sha256"] = json!("..");
        }),
    ];
    let mut day = Day::new();
    let good = std::fs::read(day.folder.join("data/package.json")).unwrap();
    for (says, change) in cases {
        forge(&day.folder, change);
        refuses(&mut day.department, &[&day.folder], says);
        let good: serde_json::Value = serde_json::from_slice(&good).unwrap();
        forge(&day.folder, |it| *it = good.clone());
    }
    assert_eq!(take(&mut day.department, &[&day.folder], None).received.len(), 1);
}

#[test]
fn zips_that_mean_harm() {
    let mut day = Day::new();
    let path = day.desk.folder.path().join("坏.zip");
    for (name, says) in [
        ("包/data/../../逃.txt", "不许用"),
        ("/tmp/逃.txt", "不许用"),
        ("包/data\\..\\..\\逃.txt", "不许用"),
        ("C:/逃.txt", "不许用"),
    ] {
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("包/bagit.txt", options).unwrap();
        zip.start_file(name, options).unwrap();
        zip.write_all(b"x").unwrap();
        zip.finish().unwrap();
        refuses(&mut day.department, &[&path], says);
    }
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    zip.start_file("包/data/大.bin", options).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..64 {
        zip.write_all(&zeros).unwrap();
    }
    zip.finish().unwrap();
    refuses(&mut day.department, &[&path], "大得不合理");
}

/// Whoever is not met in the department's registry is named, whatever the sender saw.
#[test]
fn a_verdict_that_differs_is_told() {
    let mut day = Day::new();
    assert!(take(&mut day.department, &[&day.zip], None).notes.is_empty());
    // A statement whose papers speak of a slip that it does not have.
    forge(&day.folder, |it| it["people"][0]["handbook"]["slips"] = serde_json::json!([]));
    let receipt = take(&mut day.department, &[&day.folder], None);
    assert_eq!(receipt.received.len(), 1);
    assert!(
        receipt.notes.len() == 1 && receipt.notes[0].contains("人员001"),
        "{:?}",
        receipt.notes
    );
}

#[test]
fn cancelled_half_way_leaves_nothing() {
    let mut day = Day::new();
    let before = whole(&day.department);
    let stop = |done: u64, _: u64, what: &str| what != "正在存入证明材料" || done < 2;
    let cancelled =
        receive(&mut day.department, &asked(&[&day.folder], None, false), &stop).unwrap_err();
    assert!(cancelled.to_string().contains("取消"), "{cancelled}");
    assert_eq!(whole(&day.department), before);
    assert_eq!(take(&mut day.department, &[&day.folder], None).received.len(), 1);
}

#[test]
fn changes_of_post_and_title_come_along() {
    let mut day = Day::new();
    let of = |day: &Day, n: u32| person_of(&day.hospital, n).id;
    let noted = |person: PersonId, date: &str, title: &str, note: &str| PostChange {
        id: PostChangeId(0),
        person,
        date: super::registry_desk::day(date),
        workplace: "湘西州人民医院".to_owned(),
        post: String::new(),
        title: title.to_owned(),
        note: note.to_owned(),
    };
    let first = of(&day, 1);
    day.hospital
        .transact("登记变动", |tx| {
            tx.save_post_change(&noted(first, "2010-07-01", "医师", "转正"))?;
            tx.save_post_change(&noted(first, "2015-12-01", "主治医师", ""))
        })
        .unwrap();
    let pack_as = |day: &mut Day, name: &str| {
        let out = day.desk.folder.path().join(name);
        pack(&mut day.hospital, &out, "高级", false)
    };
    let package = pack_as(&mut day, "带变动.zip");
    let told = |registry: &Registry| -> Vec<(String, String, String)> {
        let changes = handbook_of(registry, 1).changes.into_iter();
        changes.map(|it| (it.date.to_string(), it.title, it.note)).collect()
    };
    let said = |rows: [(&str, &str, &str); 2]| -> Vec<(String, String, String)> {
        rows.map(|(date, title, note)| (date.into(), title.into(), note.into())).to_vec()
    };
    take(&mut day.department, &[&package], None);
    let both = said([("2010-07-01", "医师", "转正"), ("2015-12-01", "主治医师", "")]);
    assert_eq!(told(&day.department), both);
    assert_eq!(day.department.doctor().unwrap(), []);
    day.department.undo().unwrap();
    assert!(day.department.person_by_id_number(&id_number(1)).unwrap().is_none());
    day.department.redo().unwrap();
    // The paper in the package shows them.
    let bag = day.desk.folder.path().join("看");
    std::fs::create_dir(&bag).unwrap();
    let bag = pack(&mut day.hospital, &bag, "高级", false);
    let paper = std::fs::read(bag.join("data/人员/001 人员001/登记手册.pdf")).unwrap();
    let paper = super::read::Read::new(&paper).text();
    assert!(paper.contains("2010年7月1日") && paper.contains("转正"), "{paper}");

    // A later package in which one is remarked otherwise and one has gone.
    let stored = handbook_of(&day.hospital, 1).changes;
    day.hospital
        .transact("改", |tx| {
            tx.save_post_change(&PostChange { note: "聘任".to_owned(), ..stored[1].clone() })?;
            tx.delete_post_change(stored[0].id)
        })
        .unwrap();
    let newer = pack_as(&mut day, "后来的.zip");
    let refused = take(&mut day.department, &[&newer], None);
    assert_eq!(codes(&refused), ["package-replaced", "record-differs", "record-gone"]);
    let messages: Vec<&str> = refused.conflicts.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages[1..],
        [
            "职务职称变动「2015-12-01 湘西州人民医院 主治医师」与登记库里的不同：依据、说明",
            "职务职称变动「2010-07-01 湘西州人民医院 医师」在这一包里没有了",
        ]
    );
    assert_eq!(told(&day.department), both);
    take(&mut day.department, &[&newer], Some(Side::Old));
    assert_eq!(told(&day.department), both);
    day.department.undo().unwrap();
    take(&mut day.department, &[&newer], Some(Side::New));
    assert_eq!(told(&day.department), [("2015-12-01".into(), "主治医师".into(), "聘任".into())]);
}
