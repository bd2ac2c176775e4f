//! Commands about rules and calendars: which notices there are, whether a notice file is sound,
//! and to what day a publicity run lasts.

use super::answer::{Answer, value};
use crate::failure::{Failure, Result};
use crate::notice::workdays::weekday;
use crate::notice::{Calendar, Notice, load};
use chrono::NaiveDate;
use serde_json::json;
use std::path::Path;

/// Every notice that the program carries, oldest first.
fn carried() -> Result<Vec<Notice>> {
    load::BUILTIN.iter().map(|(id, text)| load::load(&format!("{id}.toml"), text)).collect()
}

/// The newest notice that the program carries.
///
/// # Errors
/// A carried notice is unsound.
pub fn newest() -> Result<Notice> {
    carried()?
        .into_iter()
        .max_by_key(|notice| notice.campaign_year)
        .ok_or_else(|| Failure::cannot("查找通知", "", "程序里没有一份通知", "请重新安装程序"))
}

/// `notices`
///
/// # Errors
/// A carried notice is unsound.
pub fn list() -> Result<Answer> {
    let notices = carried()?;
    let text = notices
        .iter()
        .map(|notice| {
            format!(
                "{}  {} 年度  {}\n    {}\n    {}  {}",
                notice.id,
                notice.campaign_year,
                notice.document,
                notice.title,
                notice.issuer,
                spoken(notice.issued)
            )
        })
        .collect::<Vec<_>>()
        .join("\n");
    let listed: Vec<_> = notices
        .iter()
        .map(|notice| {
            json!({
                "id": notice.id,
                "campaign": notice.campaign_year,
                "document": notice.document,
                "title": notice.title,
                "issuer": notice.issuer,
                "region": notice.region,
                "issued": notice.issued,
            })
        })
        .collect();
    Ok(Answer::clean(text, json!({ "notices": listed })))
}

/// `notice check FILE`
///
/// # Errors
/// The file cannot be read as text.
pub fn check(file: &Path) -> Result<Answer> {
    let shown = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| {
        if error.kind() == std::io::ErrorKind::InvalidData {
            Failure::cannot(
                "检查通知文件",
                &shown,
                "它不是 UTF-8 文字",
                "请另存为 UTF-8 编码的 .toml 文件",
            )
        } else {
            Failure::io("检查通知文件", file, error)
        }
    })?;
    let faults = load::check(&shown, &text);
    let mut lines = vec![match faults.len() {
        0 => format!("{shown} 没有错处，可以使用。"),
        count => format!("{shown} 有 {count} 处要改："),
    }];
    lines.extend(faults.iter().map(|fault| {
        let line = fault.line.map(|line| format!("第 {line} 行 ")).unwrap_or_default();
        format!("  {line}{}：{}。{}。", fault.key, fault.message, fault.fix)
    }));
    let document = json!({ "ok": faults.is_empty(), "file": shown, "faults": value(&faults)? });
    Ok(Answer::with_findings(lines.join("\n"), document, !faults.is_empty()))
}

/// `workdays`
///
/// # Errors
/// A year that the count needs has no calendar data.
pub fn workdays(posted: NaiveDate, days: u32) -> Result<Answer> {
    let notice = newest()?;
    let dates = Calendar::with(notice.calendar).publicity(posted, days)?;
    let held = |counted| match notice.publicity.count_posting_day == counted {
        true => "（本程序按此办）",
        false => "",
    };
    let text = format!(
        "{} 张贴，公示满 {days} 个工作日：\n  张贴当天不计：到 {}{}\n  张贴当天计入：到 {}{}",
        spoken(dates.posted),
        spoken(dates.close_strict),
        held(false),
        spoken(dates.close_inclusive),
        held(true)
    );
    Ok(Answer::clean(text, value(&dates)?))
}

/// `2020-08-24 周一`
pub fn spoken(date: NaiveDate) -> String {
    format!("{date} {}", weekday(date))
}
