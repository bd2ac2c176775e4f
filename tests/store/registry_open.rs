//! Making and opening: every way in which it cannot be done has one sentence, and leaves nothing behind.

use super::registry_desk::*;
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use xueshi::failure::Result;
use xueshi::ledger::Unit;
use xueshi::notice::Platform;
use xueshi::notice::load::BUILTIN;
use xueshi::registry::Registry;

/// The failure's sentence; it names the remedy and is exit status 3 or 2, never a panic.
fn sentence<T>(result: Result<T>) -> String {
    let failure = result.err().expect("it should have failed");
    assert!(failure.exit_code() >= 2, "{failure}");
    let text = failure.to_string();
    assert!(text.contains("没有成功") && text.ends_with('。'), "{text}");
    assert!(!text.contains('\n'));
    text
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_new_registry_is_a_folder_that_opens_again() {
    let desk = Desk::new();
    let registry = desk.create();
    assert_eq!(registry.unit().unwrap(), unit());
    assert_eq!(registry.notice().id, NOTICE);
    assert_eq!(registry.notice_of(2020).unwrap().id, NOTICE);
    assert_eq!(registry.revision(), 0);
    drop(registry);
    assert_eq!(desk.open().unit().unwrap(), unit());
    assert_eq!(names(desk.folder.path()), ["登记库"]);
    let inside = names(&desk.dir());
    assert_eq!(inside, ["backups", "evidence", "registry.lock", "registry.sqlite3"]);
}

#[test]
fn an_empty_folder_will_do() {
    let desk = Desk::new();
    fs::create_dir(desk.dir()).unwrap();
    drop(desk.create());
    desk.open();
}

#[test]
fn a_folder_in_use_is_left_alone() {
    let desk = Desk::new();
    fs::create_dir(desk.dir()).unwrap();
    fs::write(desk.dir().join("别的.txt"), "x").unwrap();
    let text = sentence(Registry::create(&desk.dir(), &unit(), NOTICE));
    assert!(text.contains("已经有别的文件"), "{text}");
    assert_eq!(names(&desk.dir()), ["别的.txt"]);
    assert_eq!(names(desk.folder.path()), ["登记库"]);

    let other = desk.folder.path().join("另一个");
    drop(Registry::create(&other, &unit(), NOTICE).unwrap());
    let text = sentence(Registry::create(&other, &unit(), NOTICE));
    assert!(text.contains("已经有一个登记库"), "{text}");

    let file = desk.file("文件", b"x");
    let text = sentence(Registry::create(&file, &unit(), NOTICE));
    assert!(text.contains("同名文件"), "{text}");
}

#[test]
fn a_parent_that_is_not_there_is_not_made() {
    let desk = Desk::new();
    let text = sentence(Registry::create(&desk.dir().join("里面"), &unit(), NOTICE));
    assert!(text.contains("上一级文件夹不存在"), "{text}");
    assert!(!desk.dir().exists());
}

#[test]
fn a_unit_must_fit_the_notice() {
    let desk = Desk::new();
    for (unit, why) in [
        (Unit { name: " ".to_owned(), ..unit() }, "单位名称是空的"),
        (Unit { kind: "省直".to_owned(), ..unit() }, "没有「省直」这一类单位"),
        (Unit { kind: "县市区".to_owned(), ..unit() }, "要写明所在县市"),
        (Unit { county: "长沙县".to_owned(), ..unit() }, "没有「长沙县」这个县市"),
    ] {
        let text = sentence(Registry::create(&desk.dir(), &unit, NOTICE));
        assert!(text.contains(why), "{text}");
    }
    let text = sentence(Registry::create(&desk.dir(), &unit(), "没有的通知"));
    assert!(text.contains("没有这个通知"), "{text}");
    assert!(names(desk.folder.path()).is_empty(), "a failed creation leaves nothing");
}

#[test]
fn what_is_not_a_registry_is_told_apart() {
    let desk = Desk::new();
    let text = sentence(Registry::open(&desk.dir()));
    assert!(text.contains("没有这个文件夹"), "{text}");
    let text = sentence(Registry::open(desk.folder.path()));
    assert!(text.contains("这个文件夹不是登记库"), "{text}");

    drop(desk.create());
    let database = desk.dir().join("registry.sqlite3");
    let content = fs::read(&database).unwrap();
    fs::remove_file(&database).unwrap();
    let text = sentence(Registry::open(&desk.dir()));
    assert!(text.contains("数据库文件不见了") && text.contains("备份"), "{text}");

    fs::write(&database, "这不是数据库".repeat(500)).unwrap();
    let text = sentence(Registry::open(&desk.dir()));
    assert!(text.contains("已损坏，或不是登记库"), "{text}");

    fs::write(&database, &content[..content.len() / 2]).unwrap();
    let text = sentence(Registry::open(&desk.dir()));
    assert!(text.contains("已损坏"), "{text}");

    fs::write(&database, "").unwrap();
    let text = sentence(Registry::open(&desk.dir()));
    assert!(text.contains("是空的，已损坏") && text.contains("backups"), "{text}");
}

#[test]
fn a_newer_programs_registry_is_not_touched() {
    let desk = Desk::new();
    drop(desk.create());
    let database = desk.dir().join("registry.sqlite3");
    Connection::open(&database).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let text = sentence(Registry::open(&desk.dir()));
    assert!(text.contains("更新版本的程序") && text.contains("99"), "{text}");
    let version: i32 = Connection::open(&database)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 99);
    assert!(names(&desk.dir().join("backups")).is_empty());
}

/// Rewrites a database as the first version of the program would have written it.
fn in_its_first_shape(database: &Path) {
    let first = database.with_extension("first");
    let old = Connection::open(&first).unwrap();
    old.execute_batch(include_str!("../../src/registry/migrations/0001_registry.sql")).unwrap();
    old.execute("ATTACH ?1 AS now", [database.to_str().unwrap()]).unwrap();
    let names = |sql: &str| -> Vec<String> {
        let mut query = old.prepare(sql).unwrap();
        query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    for table in names(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
    ) {
        let columns = names(&format!("SELECT name FROM pragma_table_info('{table}', 'main')"));
        let columns = columns.join(", ");
        old.execute_batch(&format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}"
        ))
        .unwrap();
    }
    let application: i32 =
        old.pragma_query_value(Some("now"), "application_id", |row| row.get(0)).unwrap();
    old.execute_batch("DETACH now").unwrap();
    old.pragma_update(None, "application_id", application).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    old.close().unwrap();
    fs::rename(first, database).unwrap();
}

#[test]
fn an_older_registry_is_backed_up_and_brought_up_to_date() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap();
    drop(registry);
    in_its_first_shape(&desk.dir().join("registry.sqlite3"));

    let mut registry = desk.open();
    assert_eq!(registry.people().unwrap().len(), 1);
    assert_eq!(registry.can_undo(), None, "images of the former shape are history only");
    assert_eq!(registry.history(registry.people().unwrap()[0].id).unwrap().len(), 1);
    let backups = names(&desk.dir().join("backups"));
    assert!(backups.len() == 1 && backups[0].contains("升级前-格式1"), "{backups:?}");
    registry.transact("登记一条", |tx| tx.save_person(&person(2))).unwrap();
    assert!(registry.doctor().unwrap().is_empty());
    drop(registry);

    xueshi::registry::restore(&desk.dir().join("backups").join(&backups[0]), &desk.dir()).unwrap();
    assert_eq!(desk.open().people().unwrap().len(), 1);
}

#[test]
fn a_second_program_is_told_who_is_in_the_way() {
    let desk = Desk::new();
    let first = desk.create();
    let text = sentence(Registry::open(&desk.dir()));
    assert!(text.contains("正被另一个学时程序打开") && text.contains("登记库"), "{text}");
    let backup = first.backup(None).unwrap();
    let text = sentence(xueshi::registry::restore(&backup, &desk.dir()));
    assert!(text.contains("正被另一个学时程序打开"), "{text}");
    drop(first);
    desk.open();
}

#[test]
fn a_program_that_died_leaves_everything_it_had_committed() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap();
    let full = all(&registry);
    // The disk as it is at this moment, the log not yet written back, is what a crash leaves.
    let crashed = desk.folder.path().join("断电后");
    fs::create_dir(&crashed).unwrap();
    for name in names(&desk.dir()) {
        if desk.dir().join(&name).is_file() {
            fs::copy(desk.dir().join(&name), crashed.join(&name)).unwrap();
        }
    }
    assert!(fs::metadata(crashed.join("registry.sqlite3-wal")).unwrap().len() > 0);
    let mut after = Registry::open(&crashed).unwrap();
    assert_eq!(all(&after), full);
    assert_eq!(after.undo().unwrap().unwrap().value, "新增人员");
}

#[test]
fn a_change_that_was_cut_off_never_was() {
    let desk = Desk::new();
    let mut registry = desk.create();
    registry.transact("新增人员", |tx| tx.save_person(&person(1))).unwrap();
    let crashed = desk.folder.path().join("断电后");
    registry
        .transact("新增人员", |tx| {
            for n in 2..200 {
                tx.save_person(&person(n))?;
            }
            fs::create_dir(&crashed).unwrap();
            for name in ["registry.sqlite3", "registry.sqlite3-wal"] {
                fs::copy(desk.dir().join(name), crashed.join(name)).unwrap();
            }
            Ok(())
        })
        .unwrap();
    let after = Registry::open(&crashed).unwrap();
    assert_eq!(after.people().unwrap().len(), 1);
    assert!(after.doctor().unwrap().is_empty());
}

#[test]
fn the_units_own_platforms_stand_in_the_notice() {
    let desk = Desk::new();
    let mut registry = desk.create();
    let before = registry.notice().platforms.len();
    let platform = Platform {
        name: "自治州干部网络学院".to_owned(),
        synonyms: vec!["州网院".to_owned(), "干部网院".to_owned()],
        address: String::new(),
        contact: String::new(),
        website: "example.org".to_owned(),
        level: "省级".to_owned(),
        phone: String::new(),
        filed: Some(true),
        account: None,
        key_b: Some(false),
        base: true,
        first_year: Some(2018),
        last_year: None,
    };
    registry.transact("新增平台", |tx| tx.save_platform(&platform)).unwrap();
    assert_eq!(registry.platforms().unwrap(), std::slice::from_ref(&platform));
    assert_eq!(registry.notice().platforms.last(), Some(&platform));
    drop(registry);
    let mut registry = desk.open();
    assert_eq!(registry.notice_of(2020).unwrap().platforms.len(), before + 1);
    registry.undo().unwrap();
    assert_eq!(registry.notice().platforms.len(), before);
    registry.redo().unwrap();
    registry.transact("删除平台", |tx| tx.delete_platform(&platform.name)).unwrap();
    assert_eq!(registry.notice().platforms.len(), before);
}

#[test]
fn a_year_without_a_notice_is_refused() {
    let desk = Desk::new();
    let text = sentence(desk.create().notice_of(1999));
    assert!(text.contains("没有 1999 年度的通知"), "{text}");
}

#[test]
fn added_calendar_years_are_read_and_bad_ones_named() {
    let desk = Desk::new();
    drop(desk.create());
    let folder = desk.dir().join("calendar");
    fs::create_dir(&folder).unwrap();
    let file = folder.join("2035.toml");
    fs::write(&file, "year = 2035\noff = [2035-01-01]\nwork = [2035-01-07]\n").unwrap();
    let calendar = desk.open().calendar();
    assert!(!calendar.is_workday(day("2035-01-01")).unwrap());
    assert!(calendar.is_workday(day("2035-01-07")).unwrap());
    fs::write(&file, "year = 两千").unwrap();
    // The year is unknown again, which is refused where it is needed; nothing else stops.
    let registry = desk.open();
    assert!(registry.calendar().is_workday(day("2035-01-01")).is_err());
    assert!(registry.broken_rules()[0].why.contains("2035.toml"), "{:?}", registry.broken_rules());
}

#[test]
fn a_county_is_written_out() {
    let desk = Desk::new();
    let county = Unit { kind: "县市区".to_owned(), county: "吉首".to_owned(), ..unit() };
    let mut registry = Registry::create(&desk.dir(), &county, NOTICE).unwrap();
    assert_eq!(registry.unit().unwrap().county, "吉首市");
    let wrong = Unit { kind: "省直".to_owned(), ..county };
    let text = sentence(registry.transact("保存单位", |tx| tx.save_unit(&wrong)));
    assert!(text.contains("没有「省直」这一类单位"), "{text}");
}

#[test]
fn a_notice_file_is_checked_copied_and_used() {
    let desk = Desk::new();
    let text = BUILTIN[0].rules;
    let file =
        |name: &str, text: String| desk.file(name, text.as_bytes()).to_string_lossy().into_owned();
    let broken = file("坏.toml", text.replacen("[annual]", "[annual", 1));
    let failure = sentence(Registry::create(&desk.dir(), &unit(), &broken));
    assert!(failure.contains("坏.toml"), "{failure}");
    assert!(!desk.dir().exists());

    let next = text.replacen("id = \"xiangxi-2020\"", "id = \"xiangxi-2021\"", 1).replacen(
        "campaign_year = 2020",
        "campaign_year = 2021",
        1,
    );
    let registry = Registry::create(&desk.dir(), &unit(), &file("明年.toml", next)).unwrap();
    assert!(desk.dir().join("notices/xiangxi-2021.toml").is_file());
    assert_eq!(registry.notice().id, "xiangxi-2021");
    assert_eq!(registry.notice_of(2020).unwrap().id, NOTICE);
    drop(registry);
    assert_eq!(desk.open().notice_of(2021).unwrap().campaign_year, 2021);
    fs::write(desk.dir().join("notices/xiangxi-2021.toml"), "[notice").unwrap();
    let failure = sentence(Registry::open(&desk.dir()));
    assert!(failure.contains("xiangxi-2021.toml"), "{failure}");
}
