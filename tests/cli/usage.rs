//! Help and wrong usage: Chinese throughout, one sentence, exit status 2.

use crate::program::run;

const COMMANDS: &[&str] = &[
    "sample",
    "new",
    "template",
    "import",
    "hours",
    "check",
    "review",
    "withdraw",
    "override",
    "publicity",
    "workdays",
    "export",
    "package",
    "verify",
    "receive",
    "doctor",
    "backup",
    "restore",
    "notices",
    "notice",
    "ruling",
];

/// English words that the parser would print by itself.
const ENGLISH: &[&str] = &[
    "Usage",
    "Options",
    "Arguments",
    "Commands",
    "possible values",
    "default:",
    "Print help",
    "error:",
];

#[test]
fn help_lists_every_command_in_chinese() {
    let help =
        run(&["--help"]).exits(0).says(COMMANDS).says(&["用法：", "命令", "选项", "退出状态"]);
    assert_eq!(help.err, "");
    for word in ENGLISH {
        assert!(!help.out.contains(word), "{word}");
    }
}

#[test]
fn every_command_has_chinese_help_with_an_example() {
    for command in COMMANDS {
        let help =
            run(&[command, "--help"]).exits(0).says(&["用法：", &format!("例：xueshi {command}")]);
        for word in ENGLISH {
            assert!(!help.out.contains(word), "{command}: {word}");
        }
        assert_eq!(help.out, run(&["help", command]).exits(0).out);
    }
}

#[test]
fn the_manual_page_names_the_commands_that_help_lists() {
    let help = run(&["--help"]).exits(0).out;
    let lines = help.lines().skip_while(|line| !line.starts_with("命令")).skip(1);
    let mut listed: Vec<&str> = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| word.is_ascii() && !word.starts_with('-'))
        .collect();
    let page = include_str!("../../packaging/linux/xueshi.1");
    let section = page.split(".SH ").find(|section| section.starts_with("COMMANDS")).unwrap();
    let mut named: Vec<&str> = section
        .lines()
        .filter_map(|line| line.strip_prefix(".B"))
        .flat_map(|names| names.split([' ', ',', '"', 'R']))
        .filter(|word| !word.is_empty())
        .collect();
    listed.sort_unstable();
    named.sort_unstable();
    assert_eq!(named, listed);
}

#[test]
fn wrong_usage_is_one_chinese_sentence_and_status_2() {
    let cases: &[(&[&str], &[&str])] = &[
        (&["frobnicate"], &["frobnicate", "没有这个命令"]),
        (&["chek"], &["没有这个命令", "check"]),
        (&["notices", "--colour"], &["--colour", "没有这个选项"]),
        (&["workdays", "--post", "2020-08-17"], &["--post", "--posted"]),
        (&["check", "库"], &["没有写 --campaign <年度>"]),
        (&["check", "库", "--campaign"], &["--campaign", "没有写值"]),
        (&["check", "库", "--campaign", "二十"], &["二十", "2020"]),
        (&["workdays", "--posted", "2020-02-30"], &["2020-02-30", "--posted"]),
        (&["workdays", "--posted", "2020-08-17", "--days", "0"], &["--days"]),
        (&["--today", "昨天", "notices"], &["--today", "昨天"]),
        (
            &["review", "库", "--campaign", "2020", "--by", "向明", "--result", "好"],
            &["合格、不合格或退回"],
        ),
        (&["export", "库", "posters", "--out", "a.pdf"], &["posters", "summary"]),
        (&["publicity", "库", "--campaign", "2020", "--level", "高级"], &["--posted", "--close"]),
        (
            &[
                "publicity",
                "库",
                "--campaign",
                "2020",
                "--level",
                "高级",
                "--posted",
                "2020-08-17",
                "--close",
                "2020-08-24",
            ],
            &["--posted", "--close", "同时"],
        ),
        (&["notice"], &["没有写明"]),
        (&["--json"], &["没有写命令"]),
        (&["--registry", "库", "notices"], &["--registry"]),
        (&["--package", "包", "verify", "包"], &["--package", "只用于打开窗口"]),
        (&["help", "frobnicate"], &["frobnicate"]),
    ];
    for (words, said) in cases {
        run(words).refuses(2, said);
    }
}

#[test]
fn export_tells_what_is_wrong_before_it_looks_for_the_registry() {
    let export =
        |paper, rest: &[&str]| run(&[&["export", "没有的库", paper, "--out"], rest].concat());
    export("summary", &["表.doc", "--level", "高级"]).refuses(2, &[".pdf", "表.doc"]);
    export("handbook", &["手册.xlsx"]).refuses(2, &["只有汇总表", "手册.xlsx"]);
    export("summary", &["表.xlsx"]).refuses(2, &["--level 高级"]);
    export("publicity", &["名单.pdf"]).refuses(2, &["--level 高级"]);
}

#[test]
fn version_is_told() {
    run(&["--version"]).exits(0).says(&["xueshi", env!("CARGO_PKG_VERSION")]);
}

#[test]
fn json_is_one_document_for_help_too() {
    let told = run(&["help", "check", "--json"]).exits(0).json();
    assert!(told["help"].as_str().unwrap().contains("--campaign"));
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin("xueshi"))
        .args(["help", "check"])
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
