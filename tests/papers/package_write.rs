//! Packages from a registry: who is in, what lies where, what is told, and that nothing is left behind.

use super::campaign_desk::*;
use super::package_make::quietly;
use super::registry_desk::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use xueshi::failure::Kind;
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::package::statement::{Owner, Statement};
use xueshi::package::{PackageRequest, names, preview, verify, write};
use xueshi::registry::{Registry, campaign};

fn request(out: &Path, draft: bool) -> PackageRequest {
    PackageRequest {
        campaign: 2020,
        level_group: "高级".to_owned(),
        out: out.to_owned(),
        draft,
        today: day("2020-08-26"),
    }
}

/// Two who are met, reviewed and publicised; one who is short.
fn ready(desk: &Desk) -> Registry {
    let mut registry = desk.create();
    applicants(&mut registry, desk, "副高", 2, 3);
    pass(&mut registry, "2020-08-14");
    publicise(&mut registry, "2020-08-17", "2020-08-24");
    registry
}

/// One publicity run posted on a day and closed on another.
fn publicise(registry: &mut Registry, posted: &str, closed: &str) {
    campaign::open_publicity(registry, 2020, "高级", day(posted), "一楼公示栏", day(posted))
        .unwrap();
    campaign::close_publicity(registry, 2020, "高级", day(closed), &[], day(closed)).unwrap();
}

fn drive(desk: &Desk) -> PathBuf {
    let drive = desk.folder.path().join("U盘");
    std::fs::create_dir(&drive).unwrap();
    drive
}

fn listing(folder: &Path) -> BTreeSet<String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            entry.path().strip_prefix(folder).unwrap().display().to_string().replace('\\', "/")
        })
        .collect()
}

fn statement(bag: &Path) -> Statement {
    Statement::read(&std::fs::read_to_string(bag.join("data/package.json")).unwrap()).unwrap()
}

#[test]
fn the_whole_package() {
    let desk = Desk::new();
    let mut registry = ready(&desk);
    let drive = drive(&desk);
    let (going, staying) = preview(&registry, &request(&drive, false)).unwrap();
    assert_eq!((going.len(), staying.len()), (2, 1));
    let written = write(&mut registry, &request(&drive, false), &quietly).unwrap();
    assert_eq!(written.path, drive.join("湘西州人民医院_2020_高级_2020-08-26"));
    assert_eq!(written.people, 2);
    assert_eq!(written.left_out, staying);
    assert_eq!(written.left_out[0].name, "人员003");
    assert!(!written.left_out[0].reasons.is_empty());
    let expected: BTreeSet<String> = [
        "bag-info.txt",
        "bagit.txt",
        "data/1 汇总表.pdf",
        "data/1 汇总表.xlsx",
        "data/2 公示名单.pdf",
        "data/3 合格证书.pdf",
        "data/package.json",
        "data/人员/001 人员001/登记手册.pdf",
        "data/人员/001 人员001/证明材料/2015-2019 认定单 2019-001/认定单.pdf",
        "data/人员/002 人员002/登记手册.pdf",
        "data/人员/002 人员002/证明材料/2015-2019 认定单 2019-002/认定单.pdf",
        "data/目录.html",
        "data/目录.xueshi",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
    ]
    .map(str::to_owned)
    .into();
    assert_eq!(listing(&written.path), expected);

    // The package is meant, too, when somebody opens what the system opens with our program.
    for path in [written.path.clone(), written.path.join("data/目录.xueshi")] {
        let seen = verify(&path, &quietly).unwrap();
        assert!(seen.valid && seen.complete, "{:?}", seen.errors);
    }
    let seen = verify(&written.path, &quietly).unwrap();
    let facts = seen.package.unwrap();
    assert_eq!((facts.unit.as_str(), facts.people), ("湘西州人民医院", 2));
    assert_eq!(facts.id, written.id);
    assert_eq!((seen.files, seen.bytes), (written.files, written.bytes));

    let info = std::fs::read_to_string(written.path.join("bag-info.txt")).unwrap();
    assert!(info.contains("报送至: 湘西州卫生健康委员会"), "{info}");
    assert!(info.contains("2020年8月28日") && info.contains("状态: 正式"), "{info}");

    let history = registry.packages().unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].id.as_str(), history[0].people), (written.id.as_str(), 2));
    assert_eq!(history[0].manifest_sha256.len(), 64);
}

#[test]
fn the_statement_holds_the_handbooks() {
    let desk = Desk::new();
    let mut registry = ready(&desk);
    let drive = drive(&desk);
    let written = write(&mut registry, &request(&drive, false), &quietly).unwrap();
    let told = statement(&written.path);
    let handbooks = registry.applicant_handbooks(2020).unwrap();
    for person in &told.people {
        assert!(handbooks.contains(&person.handbook));
        assert_eq!(person.evidence.len(), 1);
        assert_eq!(person.evidence[0].of, Owner::Slip(person.handbook.slips[0].id.0));
        assert_eq!(person.check["years"][0]["recognised"]["public"], 30);
    }
    assert_eq!(told.publicity.len(), 1);
    assert_eq!(told.publicity[0].members.len(), 2);
    assert_eq!(told.recipient, "湘西州卫生健康委员会");
}

/// The page for a reader without our program.
#[test]
fn the_table_of_contents() {
    let desk = Desk::new();
    let mut registry = ready(&desk);
    let drive = drive(&desk);
    let written = write(&mut registry, &request(&drive, false), &quietly).unwrap();
    let page = std::fs::read_to_string(written.path.join("data/目录.html")).unwrap();
    assert!(!page.contains("<script") && !page.contains("http"));
    assert!(page.contains("报送至") && page.contains("湘西州卫生健康委员会"));
    assert!(!page.contains(id_number(1).as_str()) && page.contains(&id_number(1).masked()));
    let mut links = 0;
    for part in page.split("href=\"").skip(1) {
        let link = part.split('"').next().unwrap();
        let path = percent_encoding::percent_decode_str(link).decode_utf8().unwrap();
        assert!(link.is_ascii() && !link.contains(' '));
        assert!(written.path.join("data").join(path.as_ref()).is_file(), "{path}");
        links += 1;
    }
    // Everything but itself, its twin for our program, and the statement.
    assert_eq!(links, written.files - 3);
}

#[test]
fn who_stays_out_and_why() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let today = day("2020-08-26");
    applicants(&mut registry, &desk, "副高", 5, 6);
    let drive = drive(&desk);
    let refused = write(&mut registry, &request(&drive, false), &quietly).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused);
    assert!(refused.to_string().contains("人员001：单位还没有初审"), "{refused}");
    assert_eq!(listing(&drive), BTreeSet::new());

    let review = |registry: &mut Registry, n: u32, result, reason: &str| {
        campaign::review(registry, 2020, None, &[id_number(n)], result, "田秀英", reason, today)
            .unwrap();
    };
    for n in [1, 2, 4] {
        review(&mut registry, n, ReviewResult::Passed, "");
    }
    publicise(&mut registry, "2020-08-14", "2020-08-21");
    campaign::withdraw(&mut registry, 2020, &id_number(2), "调出", today).unwrap();
    review(&mut registry, 3, ReviewResult::Returned, "材料不清");
    review(&mut registry, 4, ReviewResult::Failed, "异议属实");
    review(&mut registry, 5, ReviewResult::Passed, "");
    campaign::open_publicity(&mut registry, 2020, "高级", day("2020-08-25"), "", today).unwrap();
    let written = write(&mut registry, &request(&drive, false), &quietly).unwrap();
    let told: Vec<String> = written
        .left_out
        .iter()
        .map(|out| format!("{}：{}", out.name, out.reasons.join("；")))
        .collect();
    assert_eq!(written.people, 1);
    for (told, says) in told.iter().zip(["调出", "材料不清", "异议属实", "2020-09-01", "2015 年"])
    {
        assert!(told.contains(says), "{told}");
    }
    assert_eq!(told.len(), 5);
    // The posted list is the one that was posted, with everybody on it.
    let told = statement(&written.path);
    assert_eq!(told.publicity[0].members.len(), 3);
    assert_eq!(told.publicity[0].members.iter().filter(|it| it.id_number.is_some()).count(), 1);
    let papers = listing(&written.path.join("data"));
    assert!(papers.contains("2 公示名单.pdf") && !papers.contains("2 公示名单 (2).pdf"));
}

#[test]
fn a_draft_says_so_everywhere() {
    let desk = Desk::new();
    let mut registry = desk.create();
    applicants(&mut registry, &desk, "副高", 1, 2);
    let drive = drive(&desk);
    let written = write(&mut registry, &request(&drive, true), &quietly).unwrap();
    assert_eq!((written.people, written.left_out.len()), (1, 1));
    assert!(written.path.ends_with("湘西州人民医院_2020_高级_2020-08-26_草稿"));
    let info = std::fs::read_to_string(written.path.join("bag-info.txt")).unwrap();
    assert!(info.contains("状态: 草稿"), "{info}");
    let page = std::fs::read_to_string(written.path.join("data/目录.html")).unwrap();
    assert!(page.contains("草稿"));
    for name in ["data/1 汇总表.pdf", "data/3 合格证书.pdf"] {
        let paper = super::read::Read::new(&std::fs::read(written.path.join(name)).unwrap());
        assert!((1..=paper.pages).all(|page| paper.page(page).contains("草稿")), "{name}");
    }
    assert!(registry.packages().unwrap()[0].draft);
    assert!(verify(&written.path, &quietly).unwrap().valid);
}

#[test]
fn a_zip_on_the_drive() {
    let desk = Desk::new();
    let mut registry = ready(&desk);
    let out = drive(&desk).join("报送.ZIP");
    let written = write(&mut registry, &request(&out, false), &quietly).unwrap();
    assert_eq!(written.path, out);
    let seen = verify(&out, &quietly).unwrap();
    assert!(seen.valid && seen.complete, "{:?}", seen.errors);
    assert_eq!((seen.files, seen.bytes), (written.files, written.bytes));
}

/// The second package of the day does not touch the first, nor the registry.
#[test]
fn the_name_is_taken() {
    let desk = Desk::new();
    let mut registry = ready(&desk);
    let drive = drive(&desk);
    let written = write(&mut registry, &request(&drive, false), &quietly).unwrap();
    let (before, revision) = (listing(&drive), registry.revision());
    let error = write(&mut registry, &request(&drive, false), &quietly).unwrap_err();
    assert_eq!(error.kind, Kind::Cannot);
    assert_eq!((listing(&drive), registry.revision()), (before, revision));
    assert!(verify(&written.path, &quietly).unwrap().valid);
}

#[test]
fn evidence_gone_from_the_vault_is_named_before_anything_is_written() {
    let desk = Desk::new();
    let mut registry = ready(&desk);
    let drive = drive(&desk);
    let handbooks = registry.applicant_handbooks(2020).unwrap();
    let scan = &handbooks[0].slips[0].attachments[0].evidence;
    std::fs::remove_file(registry.vault().path_of(scan)).unwrap();
    let error = write(&mut registry, &request(&drive, false), &quietly).unwrap_err();
    assert!(
        error.to_string().contains("人员001") && error.to_string().contains("不见了"),
        "{error}"
    );
    assert_eq!(std::fs::read_dir(&drive).unwrap().count(), 0);
    assert!(registry.packages().unwrap().is_empty());
}

/// Titles that no file system would take, files of the same name, a record over New Year.
#[test]
fn hard_names_on_the_drive() {
    let desk = Desk::new();
    let mut registry = ready(&desk);
    let person = registry.person_by_id_number(&id_number(1)).unwrap().unwrap();
    let titles = [
        "CON",
        "2019/护理: <新>理论? 100%",
        "a\r\nb",
        &"长".repeat(200),
        "同名",
        "同名",
        "..",
        " ",
    ];
    registry
        .transact("改名", |tx| {
            tx.save_person(&Person {
                name: "阿卜杜热依木·麦麦提/吐尔逊".repeat(9), ..person
            })?;
            for (at, title) in titles.iter().enumerate() {
                let mut record = training(person_id(tx.registry()), 2018, title);
                record.activity.certificate_number = Some(at.to_string());
                for copy in 0..2 {
                    let bytes = format!("%PDF {at} {copy}");
                    let evidence =
                        tx.registry().vault().take_in_bytes("a.pdf", bytes.as_bytes())?;
                    record.attachments.push(Attachment {
                        slot: SlotId("sign-in-sheet".to_owned()),
                        stamped: false,
                        evidence,
                        reason: String::new(),
                    });
                }
                record.attachments.sort();
                tx.save_record(&record)?;
            }
            Ok(())
        })
        .unwrap();
    let drive = drive(&desk);
    let written = write(&mut registry, &request(&drive, false), &quietly).unwrap();
    assert!(verify(&written.path, &quietly).unwrap().valid);
    let papers = listing(&written.path);
    let own = papers.iter().filter(|path| path.contains("2018 专业")).count();
    assert_eq!(own, 2 * titles.len());
    for path in papers {
        assert!(names::utf16(&path) <= names::PATH_CAP, "{path}");
        assert_eq!(names::fault(&path), None, "{path}");
    }
}

fn person_id(registry: &Registry) -> PersonId {
    registry.person_by_id_number(&id_number(1)).unwrap().unwrap().id
}
