//! What a pre-flight check (体检) finds: code, severity, clause, and what to do.

use super::{PersonId, RecordId};
use crate::notice::convert::REMARK_CODES;
use serde::Serialize;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Block,
    Warn,
    Info,
}

/// A stable kebab-case word, e.g. `evidence-missing`.
pub type FindingCode = &'static str;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub code: FindingCode,
    /// The clause it rests on, as a clerk would cite it.
    pub clause: String,
    pub year: Option<i32>,
    pub message: String,
    /// What to do.
    pub fix: String,
    /// Where to go.
    #[serde(skip)]
    pub person: PersonId,
    #[serde(skip)]
    pub record: Option<RecordId>,
    /// Set aside by somebody; its severity is then `Info`.
    #[serde(skip)]
    pub overridden: bool,
}

/// Every finding code with a short Chinese description, for `--help` and the window.
pub const CODES: &[(FindingCode, &str)] = &joined::<{ OWN.len() + REMARK_CODES.len() }>();

/// The codes of what several records, the person or the campaign show; those of one record looked at
/// alone stand in [`REMARK_CODES`].
const OWN: &[(FindingCode, &str)] = &[
    ("hours-short-public", "公需科目学时不够"),
    ("hours-short-specialty", "专业科目学时不够"),
    ("hours-short-subject", "某一科目学时不够"),
    ("hours-short-total", "总学时不够"),
    ("hours-unusually-many", "一年的学时多得少见"),
    ("hours-capped", "一年的学时超过上限，多的不计"),
    ("hours-overridden", "学时由人另行认定"),
    ("year-unfinished", "本年度学时还没有学完"),
    ("year-unreviewed", "年度登记还没有审核"),
    ("evidence-missing", "证明材料不齐"),
    ("evidence-thin", "辅证材料偏少"),
    ("evidence-reused", "同一份材料用在了不同的学习上"),
    ("certificate-reused", "同一证书编号出现在不同人名下"),
    ("deemed-papers-missing", "视同的证明材料不齐"),
    ("deemed-not-applicable", "视同的事由或年度不在通知之列"),
    ("deemed-basis-missing", "视同没有写依据"),
    ("slip-scan-missing", "学时认定单没有扫描件"),
    ("slip-dates-odd", "学时认定单的年度或日期不对"),
    ("slip-issuer-other", "学时认定单由外地或外单位出具"),
    ("obligation-open", "先视同完成，以后须补交证明"),
    ("needs-confirmation", "学时的算法通知没有写明，须有人确认"),
    ("region-mismatch", "网络培训的注册地区与单位不符"),
    ("region-missing", "公需网络培训没有填注册地区"),
    ("filing-missing", "公需面授培训没有填备案号"),
    ("relevance-unmarked", "专业科目没有标明与本人专业相关"),
    ("result-unmarked", "没有填考核结果"),
    ("sessions-overlap", "两次学习的时段重叠"),
    ("sessions-outside-dates", "时段不在起止日期之内"),
    ("sessions-on-rest-day", "时段在休息日"),
    ("dates-reversed", "结束日期早于开始日期"),
    ("date-in-future", "学习日期还没有到"),
    ("achievement-duplicate", "同一成果当年登记了几项"),
    ("record-duplicate", "内容相同的记录重复登记"),
    ("id-check-digit", "身份证号校验码不对"),
    ("id-sex-mismatch", "性别与身份证号不符"),
    ("id-birth-mismatch", "出生日期与身份证号不符"),
    ("name-duplicate", "参评人员中有同名的人"),
    ("handbook-number-missing", "没有填登记证书编号"),
    ("speciality-missing", "没有填申报专业"),
    ("title-missing", "没有填现职称"),
    ("education-missing", "没有填学历"),
    ("level-unknown", "申报级别不在通知之列"),
    ("span-overridden", "认定起始年度由人指定"),
    ("span-reason-missing", "指定了认定起始年度，没有写说明"),
    ("employed-after-span-start", "参加工作晚于认定起始年度"),
    ("review-missing", "单位还没有初审"),
    ("review-not-passed", "单位初审没有通过"),
    ("review-returned", "主管部门复审退回"),
    ("review-unconfirmed", "下属单位报来的人还没有复审"),
    ("recipient-bypassed", "下属单位没有报送给主管部门"),
    ("publicity-missing", "还没有公示"),
    ("publicity-open", "公示还没有期满"),
    ("publicity-objection", "公示期间有异议"),
    ("publicity-too-late", "现在开始公示，赶不上报送期限"),
    ("deadline-passed", "报送期限已过"),
];

const fn joined<const N: usize>() -> [(FindingCode, &'static str); N] {
    let mut all = [("", ""); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < OWN.len() { OWN[at] } else { REMARK_CODES[at - OWN.len()] };
        at += 1;
    }
    all
}
