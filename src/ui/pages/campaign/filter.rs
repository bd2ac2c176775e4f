//! Which applicants are shown, and the word for how each stands.

use crate::ledger::{ApplicantResult, Severity, Stage, Verdict};
use crate::ui::widgets::Tone;

/// Which applicants are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Short,
    Lacking,
    ToReview,
    ToPost,
    Findings,
    /// Given back by the department.
    Returned,
    Withdrawn,
    /// One kind of finding, by its code.
    Kind(&'static str),
}

impl Filter {
    pub const ALL: [(Self, &'static str, Option<Tone>); 8] = [
        (Self::All, "全部", None),
        (Self::Short, "学时不够", Some(Tone::Bad)),
        (Self::Lacking, "缺材料", Some(Tone::Wait)),
        (Self::ToReview, "待初审", Some(Tone::Info)),
        (Self::ToPost, "可公示", Some(Tone::Ok)),
        (Self::Findings, "有提示", Some(Tone::Wait)),
        (Self::Returned, "复审退回", Some(Tone::Bad)),
        (Self::Withdrawn, "已退出", None),
    ];

    pub fn keeps(self, result: &ApplicantResult) -> bool {
        let here = result.stage != Stage::Withdrawn;
        match self {
            Self::Withdrawn => !here,
            Self::All => here,
            Self::Short => here && result.verdict == Verdict::Short,
            Self::Lacking => here && result.verdict == Verdict::Blocked,
            Self::ToReview => {
                here && result.verdict == Verdict::Met && result.stage == Stage::Collecting
            }
            Self::ToPost => here && result.stage == Stage::Reviewed,
            Self::Returned => here && result.applicant.returned().is_some(),
            Self::Kind(code) => {
                here && result.findings.iter().any(|f| f.code == code && !f.overridden)
            }
            Self::Findings => {
                here && result
                    .findings
                    .iter()
                    .any(|f| f.severity != Severity::Info && !f.overridden)
            }
        }
    }
}

/// The word and colour of an applicant's conclusion.
pub fn conclusion(result: &ApplicantResult) -> (Tone, &'static str) {
    match (result.stage, result.verdict) {
        (Stage::Withdrawn, _) => (Tone::Mute, "已退出"),
        (_, Verdict::Short) => (Tone::Bad, "不够"),
        (_, Verdict::Blocked) => {
            let lacks = result.findings.iter().any(|f| {
                f.severity == Severity::Block && !f.overridden && f.code.starts_with("evidence")
            });
            if lacks { (Tone::Wait, "缺材料") } else { (Tone::Bad, "须更正") }
        }
        (Stage::Collecting, Verdict::Met) => (Tone::Info, "待初审"),
        (Stage::Reviewed, Verdict::Met) => (Tone::Ok, "可公示"),
        (Stage::Posted, Verdict::Met) => (Tone::Info, "公示中"),
        (_, Verdict::Met) if result.applicant.returned().is_some() => (Tone::Bad, "复审退回"),
        (Stage::Publicised, Verdict::Met) => (Tone::Ok, "可报送"),
        (Stage::Confirmed, Verdict::Met) => (Tone::Ok, "已复审"),
        (Stage::Sent, Verdict::Met) => (Tone::Info, "核验中"),
        (Stage::Issued, Verdict::Met) => (Tone::Ok, "已发证"),
    }
}
