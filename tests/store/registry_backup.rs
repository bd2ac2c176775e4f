//! Backups and restoring, with the two traps: a file copied while its log is live, and a stale log left beside.

use super::registry_desk::*;
use rusqlite::Connection;
use std::fs;
use xueshi::registry::{Registry, restore};

fn fill(registry: &mut Registry, from: u32, to: u32) {
    registry
        .transact("新增人员", |tx| {
            (from..to).try_for_each(|n| tx.save_person(&person(n)).map(drop))
        })
        .unwrap();
}

#[test]
fn a_backup_has_what_the_live_file_lacks() {
    let desk = Desk::new();
    let mut registry = desk.create();
    fill(&mut registry, 0, 50);
    let copied = desk.folder.path().join("复制.sqlite3");
    fs::copy(desk.dir().join("registry.sqlite3"), &copied).unwrap();
    let backup = registry.backup(None).unwrap();
    let people = |file| -> i64 {
        Connection::open(file)
            .unwrap()
            .query_row("SELECT count(*) FROM person", [], |row| row.get(0))
            .unwrap()
    };
    assert_eq!(people(&copied), 0, "the trap: a copied file silently lacks what is in the log");
    assert_eq!(people(&backup), 50);
    assert!(backup.starts_with(desk.dir().join("backups")));
    let left: Vec<_> = fs::read_dir(desk.dir().join("backups")).unwrap().collect();
    assert_eq!(left.len(), 1, "one file, no log, nothing half-done");
}

#[test]
fn restoring_is_not_undone_by_a_stale_log() {
    let desk = Desk::new();
    let mut registry = desk.create();
    fill(&mut registry, 0, 3);
    let backup = registry.backup(None).unwrap();
    fill(&mut registry, 3, 9);
    // The program dies: its log stays.
    let log = desk.dir().join("registry.sqlite3-wal");
    let (stale, database) = (fs::read(&log).unwrap(), desk.dir().join("registry.sqlite3"));
    let present = fs::read(&database).unwrap();
    assert!(!stale.is_empty());
    drop(registry);
    fs::write(&database, present).unwrap();
    fs::write(&log, stale).unwrap();

    restore(&backup, &desk.dir()).unwrap();
    let registry = desk.open();
    assert_eq!(registry.people().unwrap().len(), 3);
    assert_eq!(registry.can_undo().as_deref(), Some("新增人员"));
    drop(registry);
    // What was there is kept, whole, and can be brought back.
    let kept = fs::read_dir(desk.dir().join("backups"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.to_string_lossy().ends_with("恢复前.sqlite3"))
        .unwrap();
    restore(&kept, &desk.dir()).unwrap();
    assert_eq!(desk.open().people().unwrap().len(), 9);
}

#[test]
fn a_damaged_database_is_replaced_and_kept() {
    let desk = Desk::new();
    let mut registry = desk.create();
    fill(&mut registry, 0, 3);
    let backup = registry.backup(None).unwrap();
    drop(registry);
    fs::write(desk.dir().join("registry.sqlite3"), "损坏".repeat(3000)).unwrap();
    fs::write(desk.dir().join("registry.sqlite3-wal"), "x").unwrap();
    assert!(Registry::open(&desk.dir()).is_err());
    restore(&backup, &desk.dir()).unwrap();
    let registry = desk.open();
    assert_eq!(registry.people().unwrap().len(), 3);
    assert!(registry.doctor().unwrap().is_empty());
}

#[test]
fn a_backup_makes_a_registry_in_a_new_place() {
    let desk = Desk::new();
    let mut registry = desk.create();
    fill(&mut registry, 0, 3);
    let backup = registry.backup(Some(&desk.folder.path().join("备份.sqlite3"))).unwrap();
    let full = all(&registry);
    let elsewhere = desk.folder.path().join("新电脑");
    restore(&backup, &elsewhere).unwrap();
    assert_eq!(all(&Registry::open(&elsewhere).unwrap()), full);
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    fill(&mut registry, 0, 3);
    let backup = registry.backup(None).unwrap();
    let full = all(&registry);
    let mut damaged = fs::read(&backup).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 6000].fill(0xA5);
    let damaged = desk.file("坏备份.sqlite3", &damaged);
    let text = desk.file("文本.sqlite3", "不是数据库".repeat(300).as_bytes());
    let foreign = desk.folder.path().join("别的.sqlite3");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let live = desk.folder.path().join("使用中.sqlite3");
    fs::copy(desk.dir().join("registry.sqlite3"), &live).unwrap();
    fs::copy(
        desk.dir().join("registry.sqlite3-wal"),
        desk.folder.path().join("使用中.sqlite3-wal"),
    )
    .unwrap();
    drop(registry);
    for (file, why) in [
        (damaged, "已损坏"),
        (text, "已损坏，或不是登记库"),
        (foreign, "不是学时登记库"),
        (live, "-wal"),
        (desk.folder.path().join("没有"), "找不到这个备份文件"),
    ] {
        let failure = restore(&file, &desk.dir()).unwrap_err().to_string();
        assert!(failure.contains(why), "{failure}");
    }
    let elsewhere = desk.folder.path().join("新电脑");
    assert!(restore(&desk.folder.path().join("坏备份.sqlite3"), &elsewhere).is_err());
    assert!(!elsewhere.exists(), "a failed restoring leaves nothing");
    let other = desk.folder.path().join("文档");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("论文.docx"), "x").unwrap();
    let failure = restore(&backup, &other).unwrap_err().to_string();
    assert!(failure.contains("不是登记库"), "{failure}");
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
    let registry = desk.open();
    assert_eq!(all(&registry), full);
    assert!(registry.doctor().unwrap().is_empty());
}

#[test]
fn a_backup_overwrites_nothing_and_makes_no_folder() {
    let desk = Desk::new();
    let registry = desk.create();
    let file = desk.file("重要.sqlite3", b"x");
    let failure = registry.backup(Some(&file)).unwrap_err().to_string();
    assert!(failure.contains("同名"), "{failure}");
    assert_eq!(fs::read(&file).unwrap(), b"x");
    let failure = registry.backup(Some(&desk.folder.path().join("无/a"))).unwrap_err().to_string();
    assert!(failure.contains("文件夹不存在"), "{failure}");
    let (one, two) = (registry.backup(None).unwrap(), registry.backup(None).unwrap());
    assert_ne!(one, two);
}
