//! Evidence sets E1-1…E12: any one complete set suffices; substitutes, stamps, open slots, waivers.

use crate::notice_data::xiangxi;
use proptest::prelude::*;
use xueshi::notice::evidence::{self, EvidenceState, Proof};
use xueshi::notice::{FormId, SlotId};

/// Files by the words a clerk would type; `[章]` behind one means sealed, `[由]` reasoned.
fn state(form: u16, source: Option<&str>, files: &[&str], waived: &[&str]) -> EvidenceState {
    let notice = xiangxi();
    let slot = |word: &str| -> SlotId {
        let slot = notice.slot_of_form(FormId(form), word);
        slot.unwrap_or_else(|| panic!("no slot {word}")).id.clone()
    };
    let proofs: Vec<Proof> = files
        .iter()
        .map(|file| Proof {
            slot: slot(file.split('[').next().unwrap()),
            stamped: file.contains("[章]"),
            reasoned: file.contains("[由]"),
        })
        .collect();
    let waived: Vec<SlotId> = waived.iter().map(|word| slot(word)).collect();
    let sets = &notice.form(FormId(form)).unwrap().evidence;
    evidence::state(&notice, sets, source, &proofs, &waived)
}

#[test]
fn one_complete_set_is_enough() {
    for (form, source, files, complete) in [
        // E1-1, E1-2
        (1, None, &["培训通知", "课程表", "签到表"][..], true),
        (1, None, &["培训通知", "日程", "其他签到形式"], true),
        (1, None, &["培训通知", "课程表"], false),
        (1, None, &["课程表", "签到表"], false),
        (1, None, &["签到表", "结业证书"], true),
        (1, None, &["日程安排", "结业证书"], true),
        (1, None, &["结业证书"], false),
        (1, None, &["其他签到形式", "结业证书"], false),
        (1, None, &[], false),
        // E2-1, E2-2
        (2, None, &["通知", "派出通知[章]"], true),
        (2, None, &["通知", "派出通知"], false),
        (2, None, &["报名表", "活动日志"], true),
        (2, None, &["活动日志"], false),
        // E3-1, E3-2
        (3, None, &["课程内容", "完成进度"], true),
        (3, None, &["课程时长", "结业证书"], true),
        (3, None, &["课程内容", "结业证书"], true),
        (3, None, &["课程时长", "完成进度"], false),
        // E4-1, E4-2
        (4, None, &["邀请函", "回执[章]", "学习笔记"], true),
        (4, None, &["通知", "参会回执[章]", "学习笔记"], true),
        (4, None, &["通知", "参会回执", "学习笔记"], false),
        (4, None, &["通知", "参会回执[章]"], false),
        (4, None, &["报账单"], true),
        (4, None, &["其他辅证"], false),
        (4, None, &["其他辅证[由]"], true),
        // E5, E7, E8, E9
        (5, None, &["结题证明"], true),
        (7, None, &["专利证书"], true),
        (8, None, &["获奖证书"], true),
        (9, None, &["合格证书"], true),
        (9, None, &[], false),
        // E6-1, E6-2
        (6, Some("著作"), &["封面", "版权页", "目录"], true),
        (6, Some("论文"), &["封面", "版权页", "目录"], false),
        (6, Some("论文"), &["刊物封面", "刊号", "目录"], true),
        (6, Some("论文"), &["封面", "刊号页", "目录"], true),
        (6, Some("教材"), &["刊物封面", "刊号", "目录"], false),
        (6, None, &["刊物封面", "刊号", "目录"], true),
        // E10
        (10, None, &["派遣通知", "考核表"], true),
        (10, None, &["派遣通知"], false),
        (10, None, &["派遣通知", "其他辅证"], false),
        (10, None, &["派遣通知", "其他辅证[由]"], true),
        // E11-1, E11-2
        (11, Some("学历教育"), &["成绩单"], true),
        (11, Some("职业资格考试"), &["考试成绩单"], true),
        // E12
        (12, None, &["邀请函", "回执"], true),
        (12, None, &["邀请函", "学习资料"], true),
        (12, None, &["邀请函", "结业证书"], true),
        (12, None, &["结业证书", "回执"], false),
    ] {
        let state = state(form, source, files, &[]);
        assert_eq!(state.complete, complete, "form {form} {source:?} {files:?}");
        assert_eq!(state.missing().is_empty(), complete, "form {form} {files:?}");
    }
}

#[test]
fn what_is_missing_is_told_of_the_nearest_set() {
    let missing = |form, source, files: &[&str]| state(form, source, files, &[]).missing();
    assert_eq!(missing(1, None, &["培训通知", "课程表"]), ["签到表或其他签到形式"]);
    assert_eq!(missing(1, None, &[]), ["培训通知、签到表、课程表或日程安排", "结业证书"]);
    assert_eq!(missing(2, None, &["通知", "派出通知"]), ["派出通知（缺盖章）"]);
    assert_eq!(missing(4, None, &["其他"]), ["通讯录、邮件回执、报账单或其他辅证（须写明理由）"]);
    assert_eq!(missing(6, Some("论文"), &["刊物封面"]), ["刊号页", "目录（含题目和作者）"]);
}

#[test]
fn sets_have_names_clauses_and_advice() {
    let state = state(4, None, &["报账单"], &[]);
    let names: Vec<_> = state.sets.iter().map(|set| set.name.as_str()).collect();
    assert_eq!(names, ["第一组", "第二组"]);
    assert_eq!(state.sets[0].clause.place, "附件1·一·4·(1)");
    assert_eq!(state.sets[1].needs[0].advice.as_deref(), Some("建议备 2 份"));
}

#[test]
fn study_notes_may_be_waived_and_nothing_else() {
    let waived = state(4, None, &["通知", "参会回执[章]"], &["学习笔记"]);
    assert!(waived.complete);
    assert!(waived.sets[0].needs[2].waived);
    assert!(!state(4, None, &["通知", "学习笔记"], &["参会回执"]).complete);
    assert!(!state(1, None, &["培训通知", "课程表"], &["签到表"]).complete);
}

#[test]
fn nothing_asked_is_complete() {
    let notice = xiangxi();
    assert!(evidence::state(&notice, &[], None, &[], &[]).complete);
}

#[test]
fn slips_and_deemed_years_have_their_papers() {
    let notice = xiangxi();
    let proof = |word: &str, reasoned| Proof {
        slot: notice.slot_by_text(word).unwrap().id.clone(),
        stamped: false,
        reasoned,
    };
    let slip = &notice.prior_slip.evidence;
    assert!(!evidence::state(&notice, slip, None, &[], &[]).complete);
    assert!(evidence::state(&notice, slip, None, &[proof("认定单", false)], &[]).complete);
    let front = &notice.deem_rule("疫情防控一线").unwrap().evidence;
    let files = [proof("派遣通知", false), proof("考核表", false)];
    assert!(evidence::state(&notice, front, None, &files, &[]).complete);
}

proptest! {
    /// Another file never makes complete evidence incomplete.
    #[test]
    fn more_never_hurts(
        form in 1u16..13, source in prop::option::of("著作|论文|学历教育|[a-z]{0,3}"),
        picks in prop::collection::vec((0usize..40, any::<bool>(), any::<bool>()), 0..8),
    ) {
        let notice = xiangxi();
        let sets = &notice.form(FormId(form)).unwrap().evidence;
        let proofs: Vec<Proof> = picks
            .iter()
            .map(|(at, stamped, reasoned)| Proof {
                slot: notice.slots[at % notice.slots.len()].id.clone(),
                stamped: *stamped,
                reasoned: *reasoned,
            })
            .collect();
        let mut complete = false;
        for n in 0..=proofs.len() {
            let state = evidence::state(&notice, sets, source.as_deref(), &proofs[..n], &[]);
            prop_assert!(state.complete || !complete);
            prop_assert_eq!(state.complete, state.missing().is_empty());
            complete = state.complete;
        }
    }
}
