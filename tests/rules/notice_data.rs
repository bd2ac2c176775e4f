//! The notice of Xiangxi 2020 as data: it loads, and every quotation is the notice's own.

use std::sync::LazyLock;
use xueshi::notice::load::{self, BUILTIN};
use xueshi::notice::{Hours, Notice, Subject};

pub fn xiangxi() -> Notice {
    static XIANGXI: LazyLock<Notice> = LazyLock::new(|| {
        let builtin = &BUILTIN[0];
        load::load(builtin.id, builtin.rules).unwrap_or_else(|failure| panic!("{failure}"))
    });
    XIANGXI.clone()
}

#[test]
fn every_builtin_notice_is_sound() {
    for load::Builtin { id, rules, .. } in BUILTIN {
        assert_eq!(load::check(id, rules), [], "{id}");
        assert_eq!(load::load(id, rules).unwrap().id, *id);
    }
}

#[test]
fn every_quotation_stands_in_the_notice() {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let source = bare(BUILTIN[0].words);
    let notice = xiangxi();
    let strange: Vec<_> =
        notice.clauses.values().filter(|clause| !source.contains(&bare(&clause.quote))).collect();
    assert!(strange.is_empty(), "{strange:#?}");
}

#[test]
fn every_rule_row_of_the_trace_has_its_clause() {
    let notice = xiangxi();
    let rows = [("B0", 3), ("B1", 8), ("B2", 11), ("B3", 19), ("B4", 9)];
    for (part, count) in rows {
        for row in 1..=count {
            let id = format!("{part}-{row:02}");
            assert!(notice.clause(&id).is_some(), "{id}");
        }
    }
    for id in [
        "X1-00", "E1-1", "E1-2", "E2-1", "E2-2", "E3-1", "E3-2", "E4-1", "E4-2", "E5", "E6-1",
        "E6-2", "E7", "E8", "E9", "E10", "E11-1", "E11-2", "E12", "E-G", "C1-a", "C1-b", "C1-c",
        "C1-d", "C2-a", "C2-b", "C3-a", "C3-b", "C3-c", "C4", "C5-a", "C5-b", "C6", "C7-a", "C7-b",
        "C7-c", "C8", "C9",
    ] {
        assert!(notice.clause(id).is_some(), "{id}");
    }
    for row in 1..=45 {
        let id = format!("A-{row:02}");
        assert!(notice.decisions.iter().any(|decision| decision.id == id), "{id}");
    }
}

#[test]
fn the_annual_test_is_ninety_of_thirty_and_sixty() {
    let notice = xiangxi();
    assert_eq!(notice.annual.total, Hours::whole(90));
    assert_eq!(notice.subject(&Subject::public()).unwrap().minimum, Hours::whole(30));
    let specialty = notice.subject(&Subject::specialty()).unwrap();
    assert_eq!((specialty.minimum, specialty.soft), (Hours::whole(60), true));
    assert_eq!(notice.level_groups(), ["高级", "中级"]);
    assert_eq!((notice.forms.len(), notice.platforms.len()), (12, 2));
}

#[test]
fn every_clause_is_found_in_the_notices_own_words_both_ways() {
    let notice = xiangxi();
    let paragraphs = xueshi::notice::words::paragraphs(BUILTIN[0].words, &notice);
    for clause in notice.clauses.values() {
        let stands = paragraphs.iter().any(|it| it.ranges_of(&clause.id).next().is_some());
        assert!(stands, "{} {}", clause.id, clause.quote);
    }
    let posted = paragraphs.iter().find(|it| it.text.contains("公示不少于5个工作日")).unwrap();
    let at = posted.text.find("不少于5个工作日").unwrap();
    assert_eq!(posted.clause_at(at), Some("B3-11"));
    let range = posted.ranges_of("B3-11").next().unwrap();
    assert_eq!(&posted.text[range], "合格人员名单在本单位公示不少于5个工作日");
    // A place inside several clauses means the shortest.
    let days = paragraphs.iter().find(|it| it.text.contains("晚上折算2学时")).unwrap();
    assert_eq!(days.clause_at(days.text.find("晚上折算").unwrap()), Some("C1-c"));
}
