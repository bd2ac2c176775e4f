//! Commands about rules and calendars: which notices there are, whether a notice file is sound,
//! and to what day a publicity run lasts.

use super::answer::{Answer, value};
use super::arguments::CopyNotice;
use crate::durable;
use crate::failure::{Failure, Result};
use crate::notice::renew::Renewal;
use crate::notice::workdays::weekday;
use crate::notice::{Calendar, Notice, load};
use crate::registry::Registry;
use chrono::NaiveDate;
use serde_json::json;
use std::path::Path;

/// Every notice that the program carries, oldest first.
fn carried() -> Result<Vec<Notice>> {
    load::BUILTIN.iter().map(|it| load::load(&format!("{}.toml", it.id), it.rules)).collect()
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

/// `notices DIR`
///
/// # Errors
/// The registry cannot be read.
pub fn of_registry(dir: &Path) -> Result<Answer> {
    let registry = Registry::open(dir)?;
    let all = registry.notices()?;
    let mut lines: Vec<String> = all
        .iter()
        .map(|it| {
            let work = if it.in_work { "  （在办）" } else { "" };
            let from = match &it.file {
                Some(file) => file.display().to_string(),
                None => "程序所带".to_owned(),
            };
            let rulings = match it.rulings {
                0 => String::new(),
                count => format!("，另定口径 {count} 处"),
            };
            format!(
                "{} 年度{work}  {}  {}\n    {}\n    {from}；参评人员 {} 人{rulings}",
                it.campaign, it.id, it.document, it.title, it.applicants
            )
        })
        .collect();
    let broken = registry.broken_rules();
    lines.extend(broken.iter().map(|it| format!("不能用：{}", it.why)));
    let faults: Vec<_> =
        broken.iter().map(|it| json!({ "file": it.file, "why": it.why })).collect();
    let document = json!({ "notices": value(&all)?, "broken": faults });
    Ok(Answer::with_findings(lines.join("\n"), document, !broken.is_empty()))
}

/// `notice copy`
///
/// # Errors
/// No notice to copy; the new one would be unsound; the year has one already; I/O.
pub fn copy(args: &CopyNotice) -> Result<Answer> {
    const WHAT: &str = "新建通知";
    let mut registry = Registry::open(&args.at.dir)?;
    let from = args.from.unwrap_or_else(|| registry.notice().campaign_year);
    let old = registry.written_notice(from)?;
    let mut renewal = Renewal::proposed(&old, args.year);
    renewal.document.clone_from(&args.document);
    if let Some(title) = &args.title {
        renewal.title.clone_from(title);
    }
    renewal.issued = args.issued.unwrap_or(renewal.issued);
    renewal.deadline = args.deadline.unwrap_or(renewal.deadline);
    renewal.theme.clone_from(&args.themes);
    for (ids, keep) in [(&args.drop, false), (&args.keep, true)] {
        for id in ids {
            let Some(rule) = renewal.deeming.iter_mut().find(|rule| rule.id == *id) else {
                let known: Vec<&str> = renewal.deeming.iter().map(|it| it.id.as_str()).collect();
                let remedy = format!("可写的是 {}", known.join("、"));
                return Err(Failure::usage(WHAT, id, "原通知没有这条视同规则", remedy));
            };
            rule.keep = keep;
        }
    }
    let text = renewal.written(registry.notice_text(from)?, &old).ok_or_else(|| {
        Failure::cannot(WHAT, &old.id, "原通知的文件读不懂", "请先用 xueshi notice check 检查")
    })?;
    load::load(WHAT, &text)?;
    let dropped: Vec<&str> =
        renewal.deeming.iter().filter(|it| !it.keep).map(|it| it.what.as_str()).collect();
    let mut lines = Vec::new();
    let file = match &args.out {
        Some(out) => {
            durable::write(WHAT, out, text.as_bytes())?;
            out.clone()
        }
        None => {
            let words = args.words.as_deref().map(read_words).transpose()?;
            registry.take_notice(&text, words.as_deref(), false)?.1
        }
    };
    lines.push(format!("{} 年度的通知已写好：{}", args.year, file.display()));
    lines.extend(
        renewal.spans.iter().map(|it| format!("  {}：看 {}–{} 年", it.who, it.first, it.last)),
    );
    if !dropped.is_empty() {
        lines.push(format!("  不再用的视同：{}", dropped.join("；")));
    }
    lines.push(format!(
        "  条款原文里的年份是推算的，有 {} 句，请照新通知核对",
        renewal.clauses.len()
    ));
    if args.in_work {
        registry.choose_campaign(args.year)?;
        lines.push(format!("现在按 {} 年度办", args.year));
    }
    let document = json!({
        "campaign": args.year,
        "file": file,
        "in_work": registry.notice().campaign_year,
        "renewal": value(&renewal)?,
    });
    Ok(Answer::clean(lines.join("\n"), document))
}

/// `notice add`
///
/// # Errors
/// As [`Registry::take_notice`].
pub fn add(
    dir: &Path,
    file: &Path,
    words: Option<&Path>,
    replace: bool,
    in_work: bool,
) -> Result<Answer> {
    let mut registry = Registry::open(dir)?;
    let text =
        std::fs::read_to_string(file).map_err(|error| Failure::io("收下通知", file, error))?;
    load::load(&file.display().to_string(), &text)?;
    let words = words.map(read_words).transpose()?;
    let (campaign, kept) = registry.take_notice(&text, words.as_deref(), replace)?;
    if in_work {
        registry.choose_campaign(campaign)?;
    }
    let now = registry.notice().campaign_year;
    let text = format!("{campaign} 年度的通知已收下：{}\n现在按 {now} 年度办", kept.display());
    Ok(Answer::clean(text, json!({ "campaign": campaign, "file": kept, "in_work": now })))
}

/// `notice use`
///
/// # Errors
/// No notice for the year.
pub fn choose(dir: &Path, campaign: i32) -> Result<Answer> {
    let mut registry = Registry::open(dir)?;
    registry.choose_campaign(campaign)?;
    let notice = registry.notice();
    let text = format!("现在按 {campaign} 年度办：{} {}", notice.document, notice.title);
    Ok(Answer::clean(text, json!({ "in_work": campaign, "notice": notice.id })))
}

fn read_words(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| Failure::io("读取通知全文", file, error))
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
        let line = fault.line.map(|line| format!("第 {line} 行")).unwrap_or_default();
        let place = format!("{line} {}", fault.key);
        format!("  {}：{}。{}。", place.trim(), fault.message, fault.fix)
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
