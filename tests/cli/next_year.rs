//! From one campaign to the next: the old year closed and kept, next year's notice made of this year's,
//! new applicants, their span one year on, a package of their own. And the readings (口径), chosen and told.

use crate::program::{Run, run_in};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const ONE: &str = "433101198503120021";
const TWO: &str = "433101198203150019";

/// A unit with two people whose 认定单 cover 2015–2020, and one applicant of 2020.
fn unit() -> TempDir {
    let room = TempDir::new().unwrap();
    let write = |name: &str, text: String| fs::write(room.path().join(name), text).unwrap();
    run_in(room.path(), &["new", "库", "--unit", "州示范医院", "--contact", "向明"]).exits(0);
    write(
        "人员.csv",
        format!(
            "姓名,身份证号,学历,现职称,从事专业,登记证书编号\n田秀,{ONE},本科,主治医师,内科学,湘继001\n向英,{TWO},本科,主治医师,外科学,湘继002\n"
        ),
    );
    // A scan that is one, for the vault looks at what it takes in.
    fs::write(room.path().join("单.pdf"), b"%PDF-1.4\n%%EOF\n").unwrap();
    let slip = |who: &str, number: &str| {
        format!("{who},{number},州人社局,2021-03-01,2015,2020,认定单=单.pdf\n")
    };
    write(
        "认定单.csv",
        format!(
            "身份证号,单号,出具单位,出具日期,起始年度,截止年度,证明材料\n{}{}",
            slip(ONE, "认2021-1"),
            slip(TWO, "认2021-2")
        ),
    );
    write("参评人员.csv", format!("身份证号,申报年度,申报级别,申报专业\n{ONE},2020,正高,内科学\n"));
    for file in ["人员.csv", "认定单.csv", "参评人员.csv"] {
        on(room.path(), "2021-03-02", &["import", "库", file]).exits(0);
    }
    room
}

fn on(room: &Path, today: &str, words: &[&str]) -> Run {
    let mut all = words.to_vec();
    all.extend(["--today", today]);
    run_in(room, &all)
}

#[test]
fn the_registry_goes_from_one_campaign_to_the_next() {
    let room = unit();
    let at = |today: &str, words: &[&str]| on(room.path(), today, words);
    let review = ["--result", "合格", "--by", "向明"];

    // 2020: reviewed, posted, closed, handed in.
    at("2020-08-12", &[&["review", "库", "--campaign", "2020"][..], &review].concat()).exits(0);
    let publicity = ["publicity", "库", "--level", "高级", "--campaign"];
    at("2020-08-17", &[&publicity[..], &["2020", "--posted", "2020-08-17"]].concat()).exits(0);
    at("2020-08-25", &[&publicity[..], &["2020", "--close", "2020-08-24"]].concat()).exits(0);
    let package = ["package", "库", "--level", "高级", "--campaign"];
    at("2020-08-26", &[&package[..], &["2020", "--out", "2020.zip"]].concat()).exits(0);

    // Without a notice the next year is refused.
    at("2021-08-01", &["check", "库", "--campaign", "2021"]).refuses(3, &["没有 2021 年度的通知"]);
    let copied = at(
        "2021-08-01",
        &[
            "notice",
            "copy",
            "库",
            "--year",
            "2021",
            "--document",
            "州人社函〔2021〕36号",
            "--theme",
            "创新与专业技术人员职业发展",
            "--use",
        ],
    );
    copied.exits(0).says(&[
        "看 2016–2020 年",
        "本年度参评人员视同完成 2020 年公需",
        "现在按 2021 年度办",
    ]);
    let notices = at("2021-08-01", &["notices", "库", "--json"]).exits(0).json();
    assert_eq!(notices["notices"][0]["in_work"], false);
    assert_eq!(notices["notices"][1]["in_work"], true);
    assert_eq!(notices["notices"][1]["document"], "州人社函〔2021〕36号");

    // New applicants; nobody of the old year is among them.
    let applicants = format!("身份证号,申报年度,申报级别,申报专业\n{TWO},2021,副高,外科学\n");
    fs::write(room.path().join("参评人员.csv"), applicants).unwrap();
    at("2021-08-01", &["import", "库", "参评人员.csv"]).exits(0);
    let check = at("2021-08-02", &["check", "库", "--campaign", "2021", "--json"]).json();
    let found = check["applicants"].as_array().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id_number"], TWO);
    assert_eq!(found[0]["span"], serde_json::json!([2016, 2020]));
    assert_eq!(
        (check["deadline"].as_str(), found[0]["verdict"].as_str()),
        (Some("2021-08-30"), Some("met"))
    );
    assert_eq!(
        found[0]["obligations"],
        serde_json::json!([]),
        "the deeming of 2020 is not of 2021"
    );

    at("2021-08-09", &[&["review", "库", "--campaign", "2021"][..], &review].concat()).exits(0);
    at("2021-08-09", &[&publicity[..], &["2021", "--posted", "2021-08-09"]].concat()).exits(0);
    at("2021-08-17", &[&publicity[..], &["2021", "--close", "2021-08-16"]].concat()).exits(0);
    at("2021-08-18", &[&package[..], &["2021", "--out", "2021.zip"]].concat()).exits(0);
    let verified = at("2021-08-18", &["verify", "2021.zip", "--json"]).exits(0).json();
    assert_eq!(
        (verified["package"]["campaign"].as_i64(), verified["package"]["people"].as_i64()),
        (Some(2021), Some(1))
    );
    // Papers without a year are those of the year in work.
    at("2021-08-18", &["export", "库", "summary", "--level", "高级", "--out", "汇总.xlsx"])
        .exits(0)
        .says(&["1 人"]);

    // The old year is as it was, under its own notice.
    let old = at("2021-08-18", &["check", "库", "--campaign", "2020", "--json"]).json();
    assert_eq!(
        (old["deadline"].as_str(), old["applicants"][0]["stage"].as_str()),
        (Some("2020-08-30"), Some("publicised"))
    );
    at("2021-08-18", &["notice", "use", "库", "--campaign", "2020"]).exits(0).says(&["40号"]);
    at("2021-08-18", &["notice", "use", "库", "--campaign", "2031"])
        .refuses(3, &["没有 2031 年度的通知"]);
}

#[test]
fn a_reading_is_looked_at_chosen_and_told_everywhere() {
    let room = unit();
    let at = |words: &[&str]| on(room.path(), "2020-08-12", words);
    at(&["ruling", "库"]).exits(0).says(&[
        "A-29/posting-day  张贴当天：不数",
        "可选 after（不数）、counted（也数）",
        "不另选：通知写明",
    ]);
    let set = ["ruling", "库", "--set", "A-29/posting-day=counted"];
    at(&set).refuses(2, &["没有写谁决定的"]);
    let who = ["--by", "向明", "--reason", "电话问过州人社局专技科"];
    at(&[&set[..], &who, &["--dry-run"]].concat()).exits(0).says(&["不数 → 也数", "没有写入"]);
    let before = at(&["check", "库", "--campaign", "2020", "--json"]).json();
    assert_eq!(before["rulings"], serde_json::json!([]));
    let done = at(&[&set[..], &who, &["--json"]].concat()).exits(0).json();
    assert_eq!(done["written"], true);
    assert_eq!(done["effect"]["verdicts"], serde_json::json!([]));
    let check = at(&["check", "库", "--campaign", "2020", "--json"]).json();
    assert_eq!(check["rulings"][0]["decision"], "A-29");
    assert_eq!(check["rulings"][0]["reason"], "电话问过州人社局专技科");
    let line = "口径 A-29 张贴当天：也数（原为不数）。向明，2020-08-12，电话问过州人社局专技科";
    let check = at(&["check", "库", "--campaign", "2020"]);
    assert!(check.out.contains(line), "{}", check.out);
    at(&["hours", "库"]).exits(0).says(&[line]);

    // Posted on Monday, five days with the posting day end on Friday.
    at(&["review", "库", "--campaign", "2020", "--result", "合格", "--by", "向明"]).exits(0);
    let publicity = ["publicity", "库", "--campaign", "2020", "--level", "高级"];
    on(room.path(), "2020-08-17", &[&publicity[..], &["--posted", "2020-08-17"]].concat()).exits(0);
    on(room.path(), "2020-08-22", &[&publicity[..], &["--close", "2020-08-21"]].concat()).exits(0);
    let package = ["package", "库", "--campaign", "2020", "--level", "高级", "--out", "."];
    let packed = on(room.path(), "2020-08-24", &package).exits(0);
    let bag = fs::read_dir(room.path()).unwrap().map(|entry| entry.unwrap().path());
    let bag = bag.into_iter().find(|path| path.join("bagit.txt").is_file()).expect(&packed.out);
    let told = fs::read_to_string(bag.join("data/package.json")).unwrap();
    assert!(told.contains("电话问过州人社局专技科"), "the package says which reading differs");
    assert!(fs::read_to_string(bag.join("data/目录.html")).unwrap().contains("另定口径"));
}

#[test]
fn a_notice_file_is_taken_in_and_a_broken_one_told() {
    let room = unit();
    let at = |words: &[&str]| on(room.path(), "2021-08-01", words);
    let copy = ["notice", "copy", "库", "--year", "2021", "--document", "州人社函〔2021〕36号"];
    at(&[&copy[..], &["--out", "2021.toml"]].concat()).exits(0);
    at(&["notice", "check", "2021.toml"]).exits(0);
    at(&[&copy[..], &["--drop", "B9-99"]].concat()).refuses(2, &["B9-99", "B3-08"]);
    at(&["notice", "add", "库", "2021.toml"]).exits(0).says(&["现在按 2020 年度办"]);
    at(&["notice", "add", "库", "2021.toml"]).refuses(1, &["已经有这一年度的通知"]);

    let file = room.path().join("库/notices/xiangxi-2021.toml");
    let text = fs::read_to_string(&file).unwrap().replacen("total = 90", "total = 9", 1);
    fs::write(&file, text).unwrap();
    at(&["notices", "库"]).exits(1).says(&["不能用", "xiangxi-2021.toml", "annual.total"]);
    at(&["doctor", "库"]).exits(1).says(&["rules-broken", "annual.total"]);
    at(&["hours", "库"]).exits(0);
}
