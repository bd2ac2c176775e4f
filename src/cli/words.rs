//! Reads single words of the command line: dates, years, ID numbers, review results, finding codes.
//! What is wrong with one is said in Chinese; `wrong_usage` puts it into its sentence.

use crate::intake::parse;
use crate::ledger::{IdNumber, ReviewResult, finding};
use crate::package::Side;
use chrono::NaiveDate;

/// A date in any of the usual spellings (contract §2).
pub fn date(text: &str) -> Result<NaiveDate, String> {
    parse::date(text)
}

/// A calendar year: `2019`, `2019年`. Whether there is a notice for it is asked of the registry.
pub fn year(text: &str) -> Result<i32, String> {
    parse::year(text)
}

/// A count of working days.
pub fn days(text: &str) -> Result<u32, String> {
    parse::count(text.trim_end_matches('天'))
        .ok()
        .filter(|days| (1..=250).contains(days))
        .ok_or_else(|| "天数不对，请写 1 到 250 的整数".to_owned())
}

/// An ID number; its check digit is not judged here.
pub fn id_number(text: &str) -> Result<IdNumber, String> {
    IdNumber::parse(text)
        .ok_or_else(|| "身份证号应是 17 位数字加 1 位数字或 X，请对照身份证改正".to_owned())
}

/// 合格 / 不合格 / 退回.
pub fn review_result(text: &str) -> Result<ReviewResult, String> {
    [ReviewResult::Passed, ReviewResult::Failed, ReviewResult::Returned]
        .into_iter()
        .find(|result| result.name() == text.trim())
        .ok_or_else(|| "初审结果只有三种，请写合格、不合格或退回".to_owned())
}

/// Which review `review` is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewStep {
    /// The unit's.
    Unit,
    /// 主管部门复审
    Department,
    /// 送人社核验
    Send,
    /// 发证
    Issue,
}

/// 初审 / 复审 / 核验 / 发证.
pub fn review_step(text: &str) -> Result<ReviewStep, String> {
    match text.trim() {
        "初审" => Ok(ReviewStep::Unit),
        "复审" => Ok(ReviewStep::Department),
        "核验" => Ok(ReviewStep::Send),
        "发证" => Ok(ReviewStep::Issue),
        _ => Err("步骤只有四种，请写初审、复审、核验或发证".to_owned()),
    }
}

/// 新的 / 原有的.
pub fn side(text: &str) -> Result<Side, String> {
    Side::ALL
        .into_iter()
        .find(|side| side.name() == text.trim())
        .ok_or_else(|| "请写 新的（以这次收的包为准）或 原有的（以登记库里的为准）".to_owned())
}

/// A finding's code.
pub fn finding_code(text: &str) -> Result<String, String> {
    finding::CODES
        .iter()
        .find(|(code, _)| *code == text.trim())
        .map(|(code, _)| (*code).to_owned())
        .ok_or_else(|| "没有这个问题代码，请照 xueshi check --help 所列的写".to_owned())
}
