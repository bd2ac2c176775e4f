//! Typed values from what people type: dates, ranks, hours, counts, years, yes and no.
//! Used by the import and by the window's typed fields alike. An error is one Chinese sentence that says what to do.
//! 时段 has its own grammar in `sessions`.

use super::text;
use crate::notice::{Hours, Mode, Rank};
use chrono::{Datelike, Days, NaiveDate};

/// Why a value cannot be read, and what to write instead, without a full stop.
pub type Unread = String;

/// Years that a record of continuing education, or the birth of somebody who made it, may fall in.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// A date: `2020-07-01`, `2020.7.1`, `2020/7/1`, `2020年7月1日`, `20200701`, an Excel serial, with or without a
/// time of day behind it.
///
/// # Errors
/// No full date, or a date that does not exist. A day is never guessed.
pub fn date(text: &str) -> Result<NaiveDate, Unread> {
    date_near(text, None)
}

/// As [`date`]; where `year` is given, `8.3` and `8月3日` are understood too (the window's date field).
///
/// # Errors
/// As [`date`].
pub fn date_near(text: &str, year: Option<i32>) -> Result<NaiveDate, Unread> {
    let trimmed = text::clean(text);
    // `2020-07-01 00:00:00` and `2020-07-01T00:00`, as databases and csv exports write dates.
    let day = match trimmed.split_once([' ', 'T']) {
        Some((day, time))
            if time.contains([':', '：']) && time.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            day
        }
        _ => &trimmed,
    };
    let groups = digit_groups(&text::code_keeping_gaps(day)).ok_or_else(|| unread_date(text))?;
    let number = |group: &str| group.parse::<u32>().map_err(|_| unread_date(text));
    match groups.as_slice() {
        [y, m, d] if y.len() == 4 => ymd(number(y)? as i32, number(m)?, number(d)?),
        [_, _, y] if y.len() == 4 => Err("请把年份写在最前面，如 2020-07-01".to_owned()),
        [_, _, _] => Err("年份请写四位，如 2020-07-01".to_owned()),
        [one] if one.len() == 8 => {
            ymd(number(&one[..4])? as i32, number(&one[4..6])?, number(&one[6..])?)
        }
        [one] if one.len() == 5 => serial(f64::from(number(one)?)),
        [m, d] if m.len() <= 2 && d.len() <= 2 => match year {
            Some(year) => ymd(year, number(m)?, number(d)?),
            None => Err("缺年份，请写成 2020-07-01 这样".to_owned()),
        },
        [y, m] if y.len() == 4 && m.len() <= 2 => Err(month_only()),
        [one] if one.len() == 6 => Err(month_only()),
        [one] if one.len() == 4 => Err("只写了年，请补上月和日，如 2020-07-01".to_owned()),
        _ => Err(unread_date(text)),
    }
}

/// A date that Excel keeps as a count of days (1900 system).
///
/// # Errors
/// Out of the years that can be meant.
pub fn serial(days: f64) -> Result<NaiveDate, Unread> {
    // Excel counts a 29 February 1900 that never was; from March 1900 on, day 0 is 1899-12-30.
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30);
    epoch
        .filter(|_| (61.0..100_000.0).contains(&days))
        .and_then(|epoch| epoch.checked_add_days(Days::new(days as u64)))
        .filter(|date| YEARS.contains(&date.year()))
        .ok_or_else(|| format!("{days} 不是日期，请写成 2020-07-01 这样"))
}

/// Year, month, day of a date that exists.
///
/// # Errors
/// It does not, or its year cannot be meant.
pub(super) fn ymd(year: i32, month: u32, day: u32) -> Result<NaiveDate, Unread> {
    if !YEARS.contains(&year) {
        return Err(format!("年份 {year} 不对，请核对"));
    }
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| format!("没有 {year} 年 {month} 月 {day} 日这一天，请核对"))
}

fn unread_date(text: &str) -> Unread {
    format!("「{}」认不出是哪一天，请写成 2020-07-01 这样", text::clean(text))
}

pub(super) fn month_only() -> Unread {
    "只写到月，请补上日，如 2020-07-01".to_owned()
}

/// The groups of digits between date separators; `None` if anything else stands there.
fn digit_groups(text: &str) -> Option<Vec<String>> {
    let mut groups = vec![String::new()];
    for c in text.chars() {
        if c.is_ascii_digit() {
            groups.last_mut()?.push(c);
        } else if matches!(
            c,
            '-' | '.'
                | '/'
                | '\\'
                | '年'
                | '月'
                | '日'
                | '号'
                | ' '
                | '–'
                | '—'
                | '−'
                | '。'
                | '、'
        ) {
            if groups.last().is_some_and(|group| !group.is_empty()) {
                groups.push(String::new());
            }
        } else {
            return None;
        }
    }
    groups.retain(|group| !group.is_empty());
    (!groups.is_empty()).then_some(groups)
}

/// A year: `2020`, `2020年`, `2020年度`.
///
/// # Errors
/// Not a four-digit year.
pub fn year(text: &str) -> Result<i32, Unread> {
    let code = text::code(text);
    let digits = code.trim_end_matches("度").trim_end_matches("年").trim_end_matches(".0");
    (digits.len() == 4)
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|year| YEARS.contains(year))
        .ok_or_else(|| "年度请写四位数字，如 2020".to_owned())
}

/// A count: `3`, `3门`, `２`, `三`.
///
/// # Errors
/// Not a whole number from 0 to 99,999.
pub fn count(text: &str) -> Result<u32, Unread> {
    let code = text::code(text);
    let digits = code.trim_end_matches(|c: char| "门个项篇次件人科分钟".contains(c));
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    digits
        .parse()
        .ok()
        .or_else(|| text::chinese_number(digits))
        .filter(|count| *count < 100_000)
        .ok_or_else(|| "请写整数，如 3".to_owned())
}

/// Hours: `30`, `4.5`, `30学时`, `30分`.
///
/// # Errors
/// Not a multiple of one half, or negative.
pub fn hours(text: &str) -> Result<Hours, Unread> {
    let code = text::code(text);
    let digits = ["学时(分)", "学时", "课时", "学分", "分"]
        .iter()
        .find_map(|unit| code.strip_suffix(unit))
        .unwrap_or(&code);
    digits
        .parse()
        .ok()
        .and_then(Hours::from_f64)
        .ok_or_else(|| "学时请写数字，以 0.5 为一档，如 30 或 4.5".to_owned())
}

/// Yes or no: `是`/`否`, `有`/`无`, `已登`/`未登`, `√`/`×`, `1`/`0`.
///
/// # Errors
/// Neither.
pub fn yes_no(text: &str) -> Result<bool, Unread> {
    match text::fold(text).as_str() {
        "是" | "有" | "已登" | "已登记" | "相关" | "√" | "✓" | "y" | "yes" | "true" | "1" => {
            Ok(true)
        }
        "否" | "无" | "未登" | "未登记" | "不相关" | "无关" | "×" | "✗" | "x" | "n" | "no"
        | "false" | "0" => Ok(false),
        _ => Err("请写「是」或「否」".to_owned()),
    }
}

/// 面授 or 网络.
///
/// # Errors
/// Neither.
pub fn mode(text: &str) -> Result<Mode, Unread> {
    match text::fold(text).as_str() {
        "面授" | "集中面授" | "线下" | "现场" => Ok(Mode::FaceToFace),
        "网络" | "网络培训" | "线上" | "网上" | "远程" => Ok(Mode::Online),
        _ => Err("请写「面授」或「网络」".to_owned()),
    }
}

/// A rank: 主持 / 参与 / 独立 / 第一 / 第二作者 / 第3完成人 / `3`.
///
/// # Errors
/// Not a rank, or one that leaves open who was first.
pub fn rank(text: &str) -> Result<Rank, Unread> {
    let code = text::code(text);
    let mut word = code.as_str();
    for prefix in ["排名", "位次", "名次"] {
        word = word.strip_prefix(prefix).unwrap_or(word);
    }
    match word {
        "主持" | "主持人" | "负责人" | "项目负责人" | "课题负责人" => {
            return Ok(Rank::Lead);
        }
        "参与" | "参与人" | "参与人员" | "参加" | "参加人" | "其他" | "其他作者" | "其他完成人"
        | "通讯作者" | "通信作者" | "副主编" | "参编" => {
            return Ok(Rank::Member);
        }
        "独立" | "独立作者" | "独立完成" | "独立完成人" | "独著" | "独译" => {
            return Ok(Rank::Sole);
        }
        _ => {}
    }
    let place = word.strip_prefix('第').unwrap_or(word);
    let place = ["作者", "完成人", "主编", "译者", "发明人", "主持人", "参与人", "名", "位"]
        .iter()
        .find_map(|tail| place.strip_suffix(tail))
        .unwrap_or(place);
    let place = place.strip_suffix(".0").unwrap_or(place);
    place
        .parse()
        .ok()
        .or_else(|| text::chinese_number(place))
        .filter(|place| (1..=999).contains(place))
        .map(Rank::Place)
        .ok_or_else(|| "名次请写主持、参与、独立，或第几，如 第一、2".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_as_people_write_them() {
        for text in [
            "2020-07-01",
            "2020.7.1",
            "2020/7/1",
            "2020年7月1日",
            "2020年7月1号",
            "20200701",
            "２０２０．７．１",
            " 2020 年 7 月 1 日 ",
            "2020-07-01 00:00:00",
            "2020/7/1 0:00",
            "2020-07-01T08:30:00",
            "2020\u{200B}-7-1",
            "44013",
            "2020—7—1",
        ] {
            assert_eq!(date(text), Ok(day(2020, 7, 1)), "{text}");
        }
        assert_eq!(date_near("8.3", Some(2020)), Ok(day(2020, 8, 3)));
    }

    #[test]
    fn a_day_is_never_guessed() {
        for (text, hint) in [
            ("2020-7", "补上日"),
            ("202007", "补上日"),
            ("2020", "月和日"),
            ("7/1/2020", "年份写在最前"),
            ("20-7-1", "四位"),
            ("2020-02-30", "没有"),
            ("8.3", "缺年份"),
            ("去年夏天", "认不出"),
            ("1820-01-01", "年份"),
        ] {
            let error = date(text).expect_err(text);
            assert!(error.contains(hint), "{text}: {error}");
        }
    }

    #[test]
    fn ranks() {
        for (text, rank_) in [
            ("主持", Rank::Lead),
            ("参与", Rank::Member),
            ("独立", Rank::Sole),
            ("第一", Rank::Place(1)),
            ("第二作者", Rank::Place(2)),
            ("第 3 完成人", Rank::Place(3)),
            ("排名第十二", Rank::Place(12)),
            ("５", Rank::Place(5)),
            ("1.0", Rank::Place(1)),
        ] {
            assert_eq!(rank(text), Ok(rank_), "{text}");
        }
        assert!(rank("主编").is_err());
        assert!(rank("0").is_err());
    }

    #[test]
    fn hours_counts_years_and_words() {
        assert_eq!(hours("30学时"), Ok(Hours::whole(30)));
        assert_eq!(hours("４.５"), Ok(Hours::halves(9)));
        assert!(hours("4.3").is_err() && hours("-1").is_err() && hours("很多").is_err());
        assert_eq!(count("3门"), Ok(3));
        assert_eq!(count("三"), Ok(3));
        assert!(count("3.5").is_err());
        assert_eq!(year("2020年度"), Ok(2020));
        assert!(year("20").is_err());
        assert_eq!(yes_no("√"), Ok(true));
        assert_eq!(mode("线上"), Ok(Mode::Online));
    }
}
