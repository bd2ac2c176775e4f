//! Bags being written: what lies there afterwards, whole or not at all.

use super::package_make::{self as make, Made, NAME, SCAN, SUMMARY, quietly};
use std::cell::Cell;
use std::path::Path;
use xueshi::failure::Kind;
use xueshi::package::verify;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_is_a_bag() {
    let made = Made::folder();
    assert_eq!(made.sealed.path, made.dir.path().join(NAME));
    assert_eq!(
        names(&made.sealed.path),
        ["bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    );
    assert_eq!(made.text("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let manifest = made.text("manifest-sha256.txt");
    assert_eq!(manifest.lines().count() as u64, made.sealed.files);
    assert!(manifest.lines().any(|line| line.ends_with(&format!("  {SCAN}"))));
    let oxum = format!("Payload-Oxum: {}.{}", made.sealed.bytes, made.sealed.files);
    assert!(made.text("bag-info.txt").lines().any(|line| line == oxum));

    let seen = verify(&made.sealed.path, &quietly).expect("verified");
    assert!(seen.valid && seen.complete, "{:?}", seen.errors);
    assert_eq!((seen.files, seen.bytes), (made.sealed.files, made.sealed.bytes));
    let facts = seen.package.expect("facts");
    assert_eq!((facts.campaign, facts.level.as_str(), facts.people), (2020, "高级", 1));
}

#[test]
fn a_zip_holds_the_same_bag_in_one_folder() {
    let made = Made::zip();
    let seen = verify(&made.sealed.path, &quietly).expect("verified");
    assert!(seen.valid && seen.complete, "{:?}", seen.errors);
    let file = std::fs::File::open(&made.sealed.path).expect("a zip");
    let mut zip = zip::ZipArchive::new(file).expect("a zip");
    for at in 0..zip.len() {
        let entry = zip.by_index(at).expect("an entry");
        let name = String::from_utf8(entry.name_raw().to_vec()).expect("UTF-8");
        assert!(name.starts_with(&format!("{NAME}/")), "{name}");
        let day = entry.last_modified().expect("a date");
        assert_eq!((day.year(), day.month(), day.day()), (2020, 8, 26));
        let stored = name.ends_with(".jpg") || name.ends_with(".pdf");
        assert_eq!(entry.compression() == zip::CompressionMethod::Stored, stored, "{name}");
    }
}

#[test]
fn the_same_zip_twice_is_the_same_bytes() {
    let (one, two) = (Made::zip(), Made::zip());
    let read = |made: &Made| std::fs::read(&made.sealed.path).expect("a zip");
    assert!(read(&one) == read(&two));
}

#[test]
fn a_taken_name_is_left_alone() {
    let made = Made::folder();
    make_dirty(&made);
    let again = make::bag(made.dir.path()).write(made.dir.path(), &quietly).expect_err("taken");
    assert_eq!(again.kind, Kind::Cannot);
    assert!(again.to_string().contains("已经有同名的报送包"), "{again}");
    assert_eq!(made.text(SUMMARY), "改过");
}

fn make_dirty(made: &Made) {
    made.put(SUMMARY, "改过");
}

#[test]
fn the_target_folder_is_never_made() {
    let dir = tempfile::tempdir().expect("a folder");
    for out in ["没有", "没有/包.zip"] {
        let out = dir.path().join(out);
        let error = make::bag(dir.path()).write(&out, &quietly).expect_err("no folder");
        assert!(error.to_string().contains("没有这个文件夹"), "{error}");
        assert!(!dir.path().join("没有").exists());
    }
}

/// Cancelled anywhere, nothing is left; and what an earlier interruption left is cleared away.
#[test]
fn cancelled_leaves_nothing() {
    for out in ["", "包.zip"] {
        let mut at = 0;
        loop {
            let dir = tempfile::tempdir().expect("a folder");
            let scans = tempfile::tempdir().expect("a folder");
            let out = dir.path().join(out);
            let calls = Cell::new(0);
            let done = make::bag(scans.path()).write(&out, &|_, _, _| {
                calls.set(calls.get() + 1);
                calls.get() != at + 1
            });
            match done {
                Ok(_) => break,
                Err(error) => assert!(error.to_string().contains("已经取消"), "{error}"),
            }
            assert_eq!(names(dir.path()), [""; 0], "cancelled at call {at}");
            at += 1;
        }
        assert!(at > 15, "cancelled {at} times only");
    }
}

#[test]
fn what_an_interrupted_run_left_is_cleared_away() {
    let dir = tempfile::tempdir().expect("a folder");
    let scans = tempfile::tempdir().expect("a folder");
    let left = dir.path().join(format!("{NAME}.未完成"));
    std::fs::create_dir_all(left.join("data")).expect("a folder");
    std::fs::write(left.join("data/半个.pdf"), "半个").expect("a file");
    let seen = verify(&left, &quietly).expect("readable");
    assert!(!seen.valid && !seen.complete && seen.errors[0].contains("没有写完"));
    let sealed = make::bag(scans.path()).write(dir.path(), &quietly).expect("written");
    assert_eq!(names(dir.path()), [NAME]);
    assert!(verify(&sealed.path, &quietly).expect("verified").valid);
}

#[test]
fn evidence_that_is_gone_or_changed_stops_the_bag() {
    for (damage, says) in [
        (None, "打不开"),
        (Some("notice".repeat(8999)), "登记库里的这份证明材料已损坏"),
        (Some("Notice".repeat(9000)), "登记库里的这份证明材料已损坏"),
    ] {
        for out in ["", "包.zip"] {
            let dir = tempfile::tempdir().expect("a folder");
            let scans = tempfile::tempdir().expect("a folder");
            let bag = make::bag(scans.path());
            let scan = bag.items.iter().find(|item| item.path == SCAN).expect("the scan");
            let scan = scans.path().join(&scan.sha256);
            match &damage {
                None => std::fs::remove_file(scan).expect("removed"),
                Some(content) => std::fs::write(scan, content).expect("written"),
            }
            let error = bag.write(&dir.path().join(out), &quietly).expect_err("damaged");
            assert!(error.to_string().contains(says), "{error}");
            assert_eq!(names(dir.path()), [""; 0]);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_target_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("a folder");
    let scans = tempfile::tempdir().expect("a folder");
    let locked = dir.path().join("只读");
    std::fs::create_dir(&locked).expect("a folder");
    std::fs::set_permissions(&locked, PermissionsExt::from_mode(0o555)).expect("locked");
    if std::fs::write(locked.join("试"), "试").is_ok() {
        // A superuser writes anywhere.
        return;
    }
    let error = make::bag(scans.path()).write(&locked, &quietly).expect_err("read-only");
    assert_eq!(error.kind, Kind::Cannot);
    assert!(error.to_string().contains("没有读写权限"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn evidence_copied_from_a_read_only_file_can_be_deleted_again() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().expect("a folder");
    let scans = tempfile::tempdir().expect("a folder");
    let bag = make::bag(scans.path());
    for entry in std::fs::read_dir(scans.path()).expect("scans") {
        let path = entry.expect("a scan").path();
        std::fs::set_permissions(path, PermissionsExt::from_mode(0o400)).expect("locked");
    }
    let sealed = bag.write(dir.path(), &quietly).expect("written");
    let mode = std::fs::metadata(sealed.path.join(SCAN)).expect("the scan").permissions().mode();
    assert_eq!(mode & 0o777, 0o644);
}
