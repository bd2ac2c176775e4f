//! Broken notices: every fault is told with key, line and remedy, in words.

use proptest::prelude::*;
use xueshi::notice::load::{self, BUILTIN, Fault};

const REGION: &str = include_str!("../fixtures/notices/invented-region.toml");

/// The invented region's file with one place changed.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(REGION.matches(from).count(), 1, "{from}");
    REGION.replacen(from, to, 1)
}

fn told(text: &str) -> Vec<String> {
    load::check("a.toml", text)
        .into_iter()
        .map(|Fault { line, key, message, fix }| {
            let line = line.map_or_else(String::new, |line| line.to_string());
            format!("{line} {key}: {message}; {fix}")
        })
        .collect()
}

fn line_of(text: &str, part: &str) -> usize {
    text[..text.find(part).unwrap()].lines().count() + 1
}

#[test]
fn each_fault_is_told_with_its_place_and_remedy() {
    for (from, to, fault) in [
        (
            "mode = \"cumulative\"",
            "mode = \"cumulativ\"",
            "annual.mode: 不认识“cumulativ”; 这里可写 per-year、cumulative",
        ),
        (
            "total = 72",
            "total = 60",
            "annual.total: 各科目最低学时合计 72，多于全年 60; 请改小科目的 minimum，或改大 total",
        ),
        (
            "total = 72",
            "total = -72",
            "annual.total: -72：学时不能是负数; 请改成 0、0.5、1、1.5 这样的数",
        ),
        (
            "total = 72",
            "total = 72.3",
            "annual.total: 72.3：学时应是 0.5 的倍数，不超过 10000; 请改成 0、0.5、1、1.5 这样的数",
        ),
        ("total = 72", "total = \"72\"", "annual.total: 应为学时数，写的是文字; 请改成学时数"),
        (
            "id = \"roll\"",
            "id = \"certificate\"",
            "slot[2].id: 材料项“certificate”出现了两次; 请改名或删去一处",
        ),
        (
            "any_of = [\"certificate\", \"roll\"]",
            "any_of = [\"certificate\", \"rol\"]",
            "form[1].evidence[1].needs[1].any_of[2]: 没有“rol”这个材料项; 是不是“roll”？否则请在 [[slot]] 里补上",
        ),
        (
            "any_of = [\"certificate\", \"roll\"]",
            "any_of = []",
            "form[1].evidence[1].needs[1].any_of: 没有写材料项; 请在 any_of 里写一个或几个材料项",
        ),
        (
            "fixed_subject = \"elective\"",
            "fixed_subject = \"medical\"",
            "form[3].fixed_subject: 没有“medical”这个科目; 请改成已有的科目，或在 [[subject]] 里补上",
        ),
        (
            "forms = [21]",
            "forms = [22]",
            "conversion[4].forms[1]: 没有“22”这个形式; 是不是“21”？否则请在 [[form]] 里补上",
        ),
        (
            "kind = \"per-item\"",
            "kind = \"per-itm\"",
            "conversion[3].kind: 不认识“per-itm”; 这里可写 day-parts、per-item、rank、once-passed、certified、completes、deems、nothing",
        ),
        (
            "minutes_per_hour = 45",
            "minutes_per_hour = 0",
            "conversion[2].minutes_per_hour: 0 超出范围; 请填 1 到 600 之间的整数",
        ),
        (
            "more_than_months = 18",
            "more_than_months = 2",
            "conversion[4].more_than_months: more_than_months 小于 at_least_months; 请核对两个月数",
        ),
        (
            "first_offset = -3",
            "first_offset = 0",
            "span[1].first_offset: 起始年度晚于截止年度; 请让 first_offset 不大于 last_offset",
        ),
        (
            "date = 2023-10-31",
            "date = \"2023-02-30\"",
            "deadline.date: “2023-02-30”不是一个日期; 请写成 2020-08-30 这样",
        ),
        (
            "off = [2031-01-01]",
            "off = [2031-01-04]",
            "calendar[1].off: 2031-01-04 本来就是周末; off 只写周一到周五放假的日子",
        ),
        (
            "work = []",
            "work = [2031-01-06]",
            "calendar[1].work: 2031-01-06 本来就是工作日; work 只写周末上班的日子",
        ),
        (
            "off = [2031-01-01]",
            "off = [2033-01-03]",
            "calendar[1].off: 2033-01-03 不在 2031 年; 请写到它自己的年份里",
        ),
        (
            "region = \"云溪省{county}\"",
            "region = \"云溪省{city}\"",
            "recipient[2].region: “云溪省{city}”里有不认识的花括号; 只能用 {county} 和 {department}",
        ),
        (
            "day_cap = 8",
            "day_cap = 6",
            "dayparts.day_cap: 一天的上限小于全天的学时; 请核对 day_cap 和 full",
        ),
        ("document = \"云人社发〔2023〕7号\"\n", "", "notice.document: 缺少“document”; 请补上文字"),
        ("name = \"点名册\"", "name = \"  \"", "slot[2].name: 不能为空; 请填上文字"),
        (
            "id = \"yunxi-2023\"",
            "id = \"云溪\"",
            "notice.id: “云溪”不能作编号; 请只用小写字母、数字和短横，如 xiangxi-2020",
        ),
        (
            "counties = [\"青石县\", \"白水市\"]",
            "counties = [\"青石县\", \"青石县\"]",
            "notice.counties[2]: “青石县”在列表里写了两次; 请删去一处",
        ),
        (
            "passing = [\"达标\"]\n",
            "",
            "conversion[4].passing: 没有写哪些考核结果算合格; 请在 passing 里写，如 [\"合格\"]",
        ),
        (
            "tasks = [\"下乡\"]\naccepts_blank",
            "tasks = [\"进村\"]\naccepts_blank",
            "conversion[4].tasks: 适用的形式没有“进村”这个词; 请与 [[form]] 的 tasks 一致",
        ),
        (
            "workdays = 7",
            "workdays = 99999999999999999999",
            "publicity.workdays: 应为整数，写的是整数; 请改成整数",
        ),
    ] {
        let text = changed(from, to);
        let faults = told(&text);
        let found = faults.iter().find_map(|told| told.split_once(' ').filter(|f| f.1 == fault));
        let Some((line, said)) = found else { panic!("{to}: {fault} not in {faults:#?}") };
        // A name that is gone is also missed where it was used.
        assert!(faults.len() <= 2, "{to}: {faults:#?}");
        if !to.is_empty() {
            let place = REGION.find(from).unwrap();
            let wrong = REGION[..place].matches('\n').count() + 1;
            assert_eq!(line, wrong.to_string(), "{said}");
        }
    }
}

#[test]
fn sections_that_contradict_each_other_are_told() {
    for (from, to, fault) in [
        (
            "issued = \"2023-03-01\"",
            "issued = 2023-12-01",
            "notice.issued: 发文日期晚于报送截止日期; 请核对 issued 和 [deadline] 的 date",
        ),
        (
            "[[span]]\n",
            "[[span]]\nlevels = [\"高级\"]\n",
            "span: 级别“初级”没有不限学位、系列的认定起止; 请为它补一节 [[span]]",
        ),
        (
            "name = \"点名册\"",
            "name = \"点名册\"\nsynonyms = [\"证书\"]",
            "slot: 形式“面授”里，“证书”既指证书，又指点名册; 请从其中一个材料项的 synonyms 里删去",
        ),
    ] {
        let faults = told(&changed(from, to));
        assert_eq!(faults.len(), 1, "{faults:#?}");
        assert!(faults[0].ends_with(fault), "{faults:#?}");
    }
}

#[test]
fn a_misspelt_key_is_told_with_its_likely_spelling() {
    let faults = told(&changed("total = 72", "totl = 72"));
    assert_eq!(faults.len(), 2, "{faults:#?}");
    assert!(faults[0].ends_with("annual.total: 缺少“total”; 请补上学时数"));
    assert!(faults[1].ends_with("annual.totl: 不认识“totl”这个键; 是不是“total”？否则请删去"));
}

#[test]
fn an_unknown_clause_is_told_wherever_it_is_named() {
    let text = changed("5 = { place", "7 = { place");
    let faults = told(&text);
    assert_eq!(faults.len(), 2, "{faults:#?}");
    assert!(
        faults[0].ends_with("没有“5”这个条款; 请改成已有的条款，或在 [clauses] 里补上"),
        "{}",
        faults[0]
    );
}

#[test]
fn broken_toml_is_told_by_line() {
    let text = changed("total = 72", "total = = 72");
    let faults = told(&text);
    let line = line_of(&text, "total = = 72");
    assert_eq!(
        faults[0],
        format!(
            "{line} : “total = = 72”不合 TOML 格式; 请检查引号、等号、方括号和日期是否写全写对"
        )
    );
    let text = changed("total = 72", "total = 72\ntotal = 80");
    let line = line_of(&text, "total = 80");
    assert_eq!(told(&text), [format!("{line} : “total”写了两次; 请删去一处")]);
    let text = changed("date = 2023-10-31", "date = 2023-13-31");
    assert!(!told(&text).is_empty());
}

#[test]
fn several_faults_are_all_told_and_the_first_fails_the_load() {
    let text = changed("total = 72", "total = 60").replace("half = 4\n", "half = 9\n");
    assert_eq!(told(&text).len(), 2);
    let failure = load::load("云溪.toml", &text).unwrap_err();
    assert_eq!(failure.exit_code(), 3);
    let line = line_of(&text, "total = 60");
    assert_eq!(
        failure.to_string(),
        format!(
            "读取通知规则没有成功（云溪.toml 第 {line} 行 annual.total）：\
             各科目最低学时合计 72，多于全年 60（另有 1 处问题）。请改小科目的 minimum，或改大 total。"
        )
    );
}

#[test]
fn an_empty_file_lacks_every_section() {
    let faults = told("");
    let keys: Vec<_> = faults.iter().map(|fault| fault.split([' ', ':']).nth(1).unwrap()).collect();
    for key in ["notice", "annual", "clauses", "deadline", "publicity", "subject", "slot", "form"] {
        assert!(keys.contains(&key), "{key} in {faults:#?}");
    }
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(told(&format!("\u{feff}{REGION}")), Vec::<String>::new());
    assert_eq!(told(&REGION.replace('\n', "\r\n")), Vec::<String>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever happens to a notice file, loading answers: sound, or faults with messages.
    #[test]
    fn mutated_files_never_panic(
        builtin in any::<bool>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[\\[\\]{}=\"'#.\\-0-9a-z\n条 ]{0,6}"), 1..4),
    ) {
        let mut text: Vec<char> = if builtin { BUILTIN[0].rules } else { REGION }.chars().collect();
        for (at, removed, inserted) in edits {
            let at = at.index(text.len());
            let end = (at + removed).min(text.len());
            text.splice(at..end, inserted.chars());
        }
        let text: String = text.into_iter().collect();
        let faults = load::check("a.toml", &text);
        for fault in &faults {
            prop_assert!(!fault.message.is_empty() && !fault.fix.is_empty());
            prop_assert!(fault.line.is_none_or(|line| line <= text.lines().count() + 1));
        }
        // What loads has no faults of its own; checking also asks what its switches would make of it.
        let loads = load::load("a.toml", &text).is_ok();
        prop_assert_eq!(loads, load::faults(&text).is_empty());
        prop_assert!(loads || !faults.is_empty());
    }

    /// Anything at all.
    #[test]
    fn any_text_never_panics(text in any::<String>()) {
        prop_assert!(load::load("a.toml", &text).is_err());
    }
}
