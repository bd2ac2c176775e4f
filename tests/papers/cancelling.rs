//! The clerk stops long work at any moment: nothing half-done stays, neither on the drive nor in the
//! registry, and the same work can be done afterwards. An import's test stands beside the other imports.

use super::campaign_desk::*;
use super::registry_desk::*;
use std::cell::Cell;
use std::path::Path;
use xueshi::failure::Result;
use xueshi::package::{PackageRequest, ReceiveRequest, look, receive, write};
use xueshi::registry::{Registry, campaign};

/// Stops `work` at its first look at the clerk, then at its second, and so on until it comes to its end;
/// after each, nothing may have stayed. How often it was stopped.
fn stopped_everywhere<T>(
    mut work: impl FnMut(&dyn Fn(u64, u64, &str) -> bool) -> Result<T>,
    mut nothing_stays: impl FnMut(usize),
) -> usize {
    for at in 0.. {
        let looks = Cell::new(0);
        let done = work(&|_, _, _| {
            looks.set(looks.get() + 1);
            looks.get() != at + 1
        });
        match done {
            Ok(_) => return at,
            Err(failure) => assert!(failure.to_string().contains("已经取消"), "{failure}"),
        }
        nothing_stays(at);
    }
    unreachable!("the work ends")
}

/// Names of what lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
}

/// Everything in the registry and its vault.
fn whole(registry: &Registry) -> String {
    let files = walkdir::WalkDir::new(registry.dir().join("evidence"))
        .sort_by_file_name()
        .into_iter()
        .filter_map(std::result::Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .count();
    let (packages, received) = (registry.packages().unwrap(), registry.received().unwrap());
    format!("{}{files}{packages:?}{received:?}{}", all(registry), registry.revision())
}

fn publicised(desk: &Desk) -> Registry {
    let mut registry = desk.create();
    applicants(&mut registry, desk, "副高", 3, 3);
    pass(&mut registry, "2020-08-14");
    let (posted, closed) = (day("2020-08-17"), day("2020-08-24"));
    campaign::open_publicity(&mut registry, 2020, "高级", posted, "", posted).unwrap();
    campaign::close_publicity(&mut registry, 2020, "高级", closed, &[], closed).unwrap();
    registry
}

fn request(out: &Path) -> PackageRequest {
    PackageRequest {
        campaign: 2020,
        level_group: "高级".to_owned(),
        out: out.to_owned(),
        draft: false,
        today: day("2020-08-26"),
    }
}

#[test]
fn a_package_that_is_stopped_is_neither_on_the_drive_nor_in_the_history() {
    let desk = Desk::new();
    let registry = std::cell::RefCell::new(publicised(&desk));
    let before = whole(&registry.borrow());
    let drive = tempfile::tempdir().unwrap();
    let stopped = stopped_everywhere(
        |progress| write(&mut registry.borrow_mut(), &request(drive.path()), progress),
        |at| {
            assert_eq!(names(drive.path()), [""; 0], "stopped at {at}");
            assert_eq!(whole(&registry.borrow()), before, "stopped at {at}");
        },
    );
    assert!(stopped > 10, "stopped {stopped} times only");
    assert_eq!(registry.borrow().packages().unwrap().len(), 1);
    assert_eq!(names(drive.path()).len(), 1);
}

#[test]
fn receiving_that_is_stopped_leaves_the_registry_as_it_was() {
    let (sender, desk) = (Desk::new(), Desk::new());
    let out = tempfile::tempdir().unwrap();
    let package =
        write(&mut publicised(&sender), &request(out.path()), &|_, _, _| true).unwrap().path;
    let registry = std::cell::RefCell::new(desk.create());
    let before = whole(&registry.borrow());
    let asked = |dry_run| ReceiveRequest {
        packages: vec![package.clone()],
        accept: None,
        settled: Default::default(),
        dry_run,
        now: day("2020-08-27").and_hms_opt(9, 0, 0).unwrap(),
    };
    let unchanged = |at| assert_eq!(whole(&registry.borrow()), before, "stopped at {at}");
    let looked = stopped_everywhere(
        |progress| look(&mut registry.borrow_mut(), &asked(true), progress),
        unchanged,
    );
    assert_eq!(whole(&registry.borrow()), before, "looking changes nothing");
    let taken = stopped_everywhere(
        |progress| receive(&mut registry.borrow_mut(), &asked(false), progress),
        unchanged,
    );
    assert!(looked > 5 && taken > looked, "stopped {looked} and {taken} times only");
    assert_eq!(registry.borrow().people().unwrap().len(), 3);
}

#[test]
fn what_proves_a_run_travels_with_its_list() {
    let desk = Desk::new();
    let mut registry = publicised(&desk);
    let run = registry.publicity(2020).unwrap().remove(0).id;
    let photo = registry.vault().take_in_bytes("IMG 01.jpg", b"on the wall").unwrap();
    let kind = xueshi::ledger::RunFileKind::Photo;
    campaign::change_run(&mut registry, 2020, run, "放入张贴照片", |run| {
        run.files.push(xueshi::ledger::RunFile { kind, evidence: photo.clone() });
    })
    .unwrap();
    let drive = tempfile::tempdir().unwrap();
    let written = write(&mut registry, &request(drive.path()), &|_, _, _| true).unwrap();
    let kept = std::fs::read(written.path.join("data/2 公示 张贴照片.jpg")).unwrap();
    assert_eq!(kept, b"on the wall");
    let index = std::fs::read_to_string(written.path.join("data/目录.html")).unwrap();
    assert!(index.contains("2 公示 张贴照片.jpg"), "{index}");
}

#[test]
fn a_backup_that_is_stopped_leaves_no_file() {
    let desk = Desk::new();
    let registry = publicised(&desk);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("备份.sqlite3");
    let stopped = stopped_everywhere(
        |progress| registry.backup_watched(Some(&to), progress),
        |at| assert_eq!(names(folder.path()), [""; 0], "stopped at {at}"),
    );
    assert!(stopped >= 2, "stopped {stopped} times only");
    assert_eq!(names(folder.path()), ["备份.sqlite3"]);
}
