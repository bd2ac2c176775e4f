//! A disk that takes no more: one sentence, nothing half-done, nothing lost. The size limit of the shell stands
//! for the full disk, with its signal turned off so that the program sees an error.
#![cfg(unix)]

use super::registry_desk::*;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use xueshi::registry::Registry;

/// Runs the program with files limited to 48 KiB.
fn limited(arguments: &[&Path]) -> Output {
    Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 96; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_xueshi"),
        ])
        .args(arguments)
        .output()
        .unwrap()
}

fn is_told(output: &Output) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("没有成功") && !text.contains("panicked"), "{text}");
    assert_eq!(text.trim().lines().count(), 1, "{text}");
}

#[test]
fn a_backup_that_does_not_fit_leaves_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry
        .transact("新增人员", |tx| {
            (0..200).try_for_each(|n| tx.save_person(&person(n)).map(drop))
        })
        .unwrap();
    drop(registry);
    is_told(&limited(&[Path::new("backup"), &desk.dir()]));
    assert_eq!(fs::read_dir(desk.dir().join("backups")).unwrap().count(), 0);
    let registry = desk.open();
    assert_eq!(registry.people().unwrap().len(), 200);
    assert!(registry.doctor().unwrap().is_empty());
}

#[test]
fn a_registry_that_does_not_fit_is_not_made() {
    let desk = Desk::new();
    let new = ["new", "--unit", "某单位", "--kind", "州直"].map(Path::new);
    let dir = desk.dir();
    is_told(&limited(&[new[0], &dir, new[1], new[2], new[3], new[4]]));
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), 0);
}

#[test]
fn an_import_that_does_not_fit_changes_nothing() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry.transact("新增人员", |tx| tx.save_person(&person(0))).unwrap();
    let before = all(&registry);
    drop(registry);
    let mut rows = String::from("姓名,身份证号\n");
    for n in 1..900 {
        rows.push_str(&format!("人员{n},{}\n", id_number(n)));
    }
    let csv = desk.file("人员.csv", rows.as_bytes());
    is_told(&limited(&[Path::new("import"), &desk.dir(), &csv]));
    let registry = Registry::open(&desk.dir()).unwrap();
    assert_eq!(all(&registry), before);
    assert!(registry.doctor().unwrap().is_empty());
}
