//! The sample job from beginning to end, on an empty folder, without a display.

use crate::program::run_in;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path};

#[test]
fn sample_does_the_whole_job_and_leaves_its_packages() {
    let dir = tempfile::tempdir().unwrap();
    let run = run_in(dir.path(), &["sample", "样例"]).exits(0);
    assert_eq!(run.err, "");
    let run =
        run.says(&["龙㛃", "田䶮", "古丽妮萨·阿卜杜热合曼", "周立群", "罗思源", "报送包完好"]);
    let last = run.out.trim_end().lines().last().unwrap();
    let begin = format!("样例{MAIN_SEPARATOR}");
    assert!(last.contains(&format!("xueshi --registry {begin}登记库")), "{last}");
    // Every path that is told is there.
    for path in run.out.split_whitespace().filter(|word| word.starts_with(&begin)) {
        let path = path.trim_end_matches(['：', '，', '。']).split(['（', '：']).next().unwrap();
        assert!(dir.path().join(path).exists(), "{path}");
    }
    let bags: Vec<_> =
        fs::read_dir(dir.path().join("样例/报送包")).unwrap().map(Result::unwrap).collect();
    assert_eq!(bags.len(), 2, "one for each level");
    for bag in &bags {
        assert!(bag.path().join("bagit.txt").is_file());
        assert!(bag.path().join("data/package.json").is_file());
    }

    run_in(dir.path(), &["sample", "样例"]).refuses(3, &["样例", "已经有东西"]);
    run_in(dir.path(), &["sample", "没有/样例"]).refuses(3, &["没有"]);
    assert!(!Path::new("没有").exists());
}
