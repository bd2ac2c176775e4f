//! The doctor names each trouble once, says what to do, and changes nothing.

use super::registry_desk::*;
use std::fs;
use xueshi::ledger::*;
use xueshi::notice::SlotId;
use xueshi::registry::Registry;

fn codes(registry: &Registry) -> Vec<String> {
    let problems = registry.doctor().unwrap();
    assert!(problems.iter().all(|it| !it.message.is_empty() && !it.fix.is_empty()));
    problems.into_iter().map(|problem| problem.code).collect()
}

/// A registry with one record and one file.
fn with_file(desk: &Desk) -> (Registry, Evidence) {
    let mut registry = desk.create();
    let evidence = registry.vault().take_in(&desk.file("签到表.pdf", b"sheet")).unwrap();
    registry
        .transact("登记一条", |tx| {
            let id = tx.save_person(&person(1))?;
            let mut record = training(id, 2019, "课");
            record.attachments.push(Attachment {
                slot: SlotId("sign-in-sheet".to_owned()),
                stamped: false,
                evidence: evidence.clone(),
                reason: String::new(),
            });
            tx.save_record(&record)
        })
        .unwrap();
    (registry, evidence)
}

#[test]
fn a_sound_registry_has_no_problems() {
    let desk = Desk::new();
    let (registry, _) = with_file(&desk);
    registry.backup(None).unwrap();
    assert!(codes(&registry).is_empty());
}

#[test]
fn lost_and_changed_files_are_named_with_whose_they_are() {
    let desk = Desk::new();
    let (registry, evidence) = with_file(&desk);
    let path = registry.vault().path_of(&evidence);
    fs::write(&path, "sheeT").unwrap();
    assert_eq!(codes(&registry), ["evidence-changed"]);
    fs::remove_file(&path).unwrap();
    assert_eq!(codes(&registry), ["evidence-lost"]);
    let problem = registry.doctor().unwrap().remove(0);
    assert!(problem.message.contains("签到表.pdf") && problem.message.contains("人员001"));
    // What it advises works.
    registry.vault().take_in(&desk.file("再来.pdf", b"sheet")).unwrap();
    assert!(codes(&registry).is_empty());
}

#[test]
fn a_file_that_redo_needs_is_no_stray() {
    let desk = Desk::new();
    let (mut registry, _) = with_file(&desk);
    registry.undo().unwrap();
    assert!(codes(&registry).is_empty());
    registry.vault().take_in_bytes("没人用.pdf", b"stray").unwrap();
    assert_eq!(codes(&registry), ["evidence-stray"]);
}

#[test]
fn what_a_crash_left_is_shown() {
    let desk = Desk::new();
    let (registry, _) = with_file(&desk);
    fs::write(registry.dir().join("evidence/.未完成-abc"), "half").unwrap();
    fs::write(registry.dir().join("backups/.备份未完成-abc"), "half").unwrap();
    fs::write(registry.dir().join(".恢复未完成-abc"), "half").unwrap();
    assert_eq!(codes(&registry), ["unfinished-file"; 3]);
}

#[test]
fn a_backup_that_could_not_be_used_is_told() {
    let desk = Desk::new();
    let (registry, _) = with_file(&desk);
    let backup = registry.backup(None).unwrap();
    let content = fs::read(&backup).unwrap();
    fs::write(&backup, &content[..content.len() / 2]).unwrap();
    fs::write(registry.dir().join("backups/旧.sqlite3"), "x").unwrap();
    assert_eq!(codes(&registry), ["backup-damaged"; 2]);
}

#[test]
fn a_damaged_database_is_told_and_not_a_panic() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry
        .transact("新增人员", |tx| {
            (0..500).try_for_each(|n| tx.save_person(&person(n)).map(drop))
        })
        .unwrap();
    drop(registry);
    let database = desk.dir().join("registry.sqlite3");
    let page = {
        let db = rusqlite::Connection::open(&database).unwrap();
        let root: usize = db
            .query_row(
                "SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'person' AND type = 'index'",
                [],
                |row| row.get::<_, i64>(0),
            )
            .unwrap()
            .try_into()
            .unwrap();
        (root - 1) * 4096
    };
    let mut content = fs::read(&database).unwrap();
    content[page + 8..page + 400].fill(0x5A);
    fs::write(&database, content).unwrap();
    match Registry::open(&desk.dir()) {
        Ok(registry) => assert!(codes(&registry).contains(&"database-damaged".to_owned())),
        Err(failure) => assert!(failure.to_string().contains("已损坏"), "{failure}"),
    }
}

#[test]
fn tidying_removes_only_what_nothing_names() {
    let desk = Desk::new();
    let (mut registry, evidence) = with_file(&desk);
    // Only a backup of what was undone elsewhere names this one.
    let older = {
        let other = Desk::new();
        let (registry, _) = with_file(&other);
        let kept = registry.vault().take_in_bytes("只有备份用到.pdf", b"in the backup").unwrap();
        let backup = other.folder.path().join("旧.sqlite3");
        let mut registry = registry;
        registry
            .transact("照片", |tx| {
                tx.save_person(&Person { photo: Some(kept.clone()), ..person(2) })
            })
            .unwrap();
        registry.backup(Some(&backup)).unwrap();
        fs::copy(&backup, desk.dir().join("backups/旧.sqlite3")).unwrap();
        registry.vault().path_of(&kept)
    };
    let kept = registry.vault().take_in_bytes("只有备份用到.pdf", b"in the backup").unwrap();
    assert_eq!(older.file_name(), registry.vault().path_of(&kept).file_name());
    registry.undo().unwrap();
    let stray = registry.vault().take_in_bytes("没人用.pdf", b"stray").unwrap();
    fs::write(registry.dir().join("evidence/.未完成-abc"), "half").unwrap();
    fs::write(registry.dir().join("backups/.备份未完成-abc-journal"), "half").unwrap();
    assert_eq!(codes(&registry), ["evidence-stray", "unfinished-file", "unfinished-file"]);
    assert!(registry.doctor().unwrap().iter().all(xueshi::registry::Problem::tidies));

    let tidied = registry.tidy().unwrap();
    assert_eq!((tidied.files, tidied.bytes), (3, 13));
    let there = |it: &Evidence| registry.vault().path_of(it).exists();
    // What redo needs and what the backup names stays.
    assert!(there(&evidence) && there(&kept) && !there(&stray));
    assert_eq!(codes(&registry), [""; 0]);
    assert_eq!(registry.tidy().unwrap().files, 0);
    registry.redo().unwrap();
    assert_eq!(codes(&registry), [""; 0]);
}

#[test]
fn nothing_is_tidied_away_from_a_database_that_cannot_be_read() {
    let desk = Desk::new();
    let (registry, evidence) = with_file(&desk);
    let stray = registry.vault().take_in_bytes("没人用.pdf", b"stray").unwrap();
    drop(registry);
    let db = rusqlite::Connection::open(desk.dir().join("registry.sqlite3")).unwrap();
    db.execute("UPDATE person SET birth_date = 'nonsense'", []).unwrap();
    drop(db);
    let registry = desk.open();
    assert_eq!(codes(&registry), ["database-unreadable"]);
    assert_eq!(registry.tidy().unwrap().files, 0);
    assert!(registry.vault().path_of(&stray).exists());
    assert!(registry.vault().path_of(&evidence).exists());
}
