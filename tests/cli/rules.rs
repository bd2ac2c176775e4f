//! Commands that need no registry: workdays and notices.

use crate::program::{run, run_in};
use serde_json::json;

#[test]
fn workdays_counts_strictly_and_inclusively() {
    for (posted, strict, inclusive) in [
        ("2020-08-17", "2020-08-24", "2020-08-21"),
        ("2020-08-22", "2020-08-28", "2020-08-28"),
        ("2020-09-25", "2020-10-09", "2020-09-30"),
        ("2018-12-28", "2019-01-07", "2019-01-04"),
    ] {
        let run = run(&["workdays", "--posted", posted, "--json"]).exits(0);
        let expected = json!({"posted": posted, "days": 5, "close_strict": strict, "close_inclusive": inclusive});
        assert_eq!(run.json(), expected);
        assert_eq!(run.err, "");
    }
    run(&["workdays", "--posted", "2020年8月17日"])
        .exits(0)
        .says(&["2020-08-24 周一", "2020-08-21 周五"]);
    let three =
        run(&["workdays", "--posted", "2020.8.17", "--days", "3", "--json"]).exits(0).json();
    assert_eq!(three["close_strict"], "2020-08-20");
}

#[test]
fn workdays_refuses_a_year_without_data() {
    run(&["workdays", "--posted", "2061-08-17"]).refuses(3, &["2061"]);
    run(&["workdays", "--posted", "2061-08-17", "--json"]).refuses(3, &["2061"]);
}

#[test]
fn notices_are_listed() {
    let listed = run(&["notices", "--json"]).exits(0).json();
    assert_eq!(listed["notices"][0]["id"], "xiangxi-2020");
    assert_eq!(listed["notices"][0]["campaign"], 2020);
    run(&["notices"]).exits(0).says(&["xiangxi-2020", "40号"]);
}

#[test]
fn a_notice_file_is_checked() {
    let dir = tempfile::tempdir().unwrap();
    let carried = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/notices/xiangxi-2020.toml");
    run(&["notice", "check", carried]).exits(0).says(&["没有错处"]);
    assert_eq!(run(&["notice", "check", carried, "--json"]).exits(0).json()["ok"], true);

    std::fs::write(dir.path().join("坏.toml"), "campaign_year = \"二零二零\"\n").unwrap();
    let faults = run_in(dir.path(), &["notice", "check", "坏.toml", "--json"]).exits(1).json();
    assert_eq!(faults["ok"], false);
    assert!(!faults["faults"].as_array().unwrap().is_empty());

    run_in(dir.path(), &["notice", "check", "没有.toml"]).refuses(3, &["没有.toml", "找不到"]);
}
