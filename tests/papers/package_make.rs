//! A small package made without a registry: two documents, one person, two files of evidence.

use super::sample;
use std::path::{Path, PathBuf};
use xueshi::ledger::*;
use xueshi::package::bag::{Bag, Item, Sealed};
use xueshi::package::statement::*;

/// One that never cancels.
pub fn quietly(_: u64, _: u64, _: &str) -> bool {
    true
}

pub const NAME: &str = "湘西土家族苗族自治州人民医院_2020_高级_2020-08-26";
pub const SUMMARY: &str = "data/1 汇总表.pdf";
pub const SCAN: &str = "data/人员/001 李𬭎/证明材料/2019 专业 内科护理新进展/培训通知.jpg";

fn told(item: &Item) -> FileTold {
    FileTold { path: item.path.clone(), sha256: item.sha256.clone(), size: item.size }
}

/// The bag; `scans` is a folder in which evidence lies.
pub fn bag(scans: &Path) -> Bag {
    let summary = Item::made(SUMMARY, b"%PDF-1.7 summary".repeat(4096));
    let index = Item::made("data/目录.html", "<p>目录</p>".into());
    let paper = Item::made("data/人员/001 李𬭎/登记手册.pdf", b"%PDF-1.7 handbook".to_vec());
    let mut evidence = Vec::new();
    for (path, content) in [
        (SCAN, "notice".repeat(9000)),
        ("data/人员/001 李𬭎/证明材料/2019 专业 内科护理新进展/签到表.txt", "sheet".repeat(90_000)),
    ] {
        let made = Item::made(path, content.clone().into_bytes());
        let file = scans.join(&made.sha256);
        std::fs::write(&file, content).expect("a scan");
        evidence.push(Item::copied(path, file, (&made.sha256, made.size), "扫描件"));
    }
    let result = sample::applicant("李𬭎", 1, "副高", sample::SENIOR);
    let handbook = Handbook {
        applications: vec![result.applicant.clone()],
        ..Handbook::blank(result.person.clone())
    };
    let (format, version) = Statement::format();
    let statement = Statement {
        format,
        version,
        id: "3f2b8c1e-0000-8000-8000-000000000001".into(),
        made_at: sample::day(2020, 8, 26).and_hms_opt(9, 30, 0).expect("a time"),
        software: "xueshi".into(),
        draft: false,
        unit: sample::unit(),
        notice: NoticeTold {
            rulings: Vec::new(),
            id: "xiangxi-2020".into(),
            document: "州人社函〔2020〕40号".into(),
        },
        campaign: 2020,
        level: "高级".into(),
        recipient: "湘西自治州卫生健康委员会".into(),
        deadline: sample::day(2020, 8, 30),
        last_working_day: sample::day(2020, 8, 28),
        documents: vec![told(&summary), told(&index)],
        publicity: Vec::new(),
        people: vec![PersonTold {
            number: 1,
            folder: "data/人员/001 李𬭎".into(),
            handbook,
            application: result.applicant,
            span: result.span,
            check: serde_json::json!({ "verdict": "met" }),
            paper: told(&paper),
            evidence: evidence
                .iter()
                .map(|item| EvidenceTold {
                    file: told(item),
                    of: Owner::Record(1),
                    slot: "培训通知".into(),
                    name: "扫描件.jpg".into(),
                })
                .collect(),
        }],
    };
    let info = vec![
        ("Source-Organization".to_owned(), statement.unit.name.clone()),
        ("External-Identifier".to_owned(), statement.id.clone()),
    ];
    let json = Item::made(PATH, statement.write().expect("JSON"));
    let mut items = vec![summary, index, paper, json];
    items.extend(evidence);
    Bag { name: NAME.into(), items, info, date: sample::day(2020, 8, 26) }
}

/// A written package in a folder of its own.
pub struct Made {
    pub dir: tempfile::TempDir,
    pub sealed: Sealed,
}

impl Made {
    pub fn folder() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let sealed = bag(dir.path()).write(dir.path(), &quietly).expect("written");
        Self { dir, sealed }
    }

    pub fn zip() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path().join("报送.zip");
        let sealed = bag(dir.path()).write(&out, &quietly).expect("written");
        Self { dir, sealed }
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.sealed.path.join(path)
    }

    pub fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.file(path)).expect("a text")
    }

    pub fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.file(path), content).expect("written");
    }
}
