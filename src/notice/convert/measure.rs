//! One kind of rule each: from an activity's facts to its outcome, with the arithmetic in words.

use super::posting::{exceeds, months_between, year_with_most_days};
use super::remark::Remarks;
use super::serial::{self, Serial};
use super::{Conversion, ConversionKind, Credit, Outcome, spoken};
use crate::notice::{Activity, Hours, Notice, Rank, Subject};
use chrono::Datelike;

/// The outcome, and whether it needs confirmation because of how it came about.
pub(super) fn measure(
    notice: &Notice,
    rule: &Conversion,
    activity: &Activity,
    year: i32,
    subject: &Subject,
    remarks: &mut Remarks<'_>,
) -> (Outcome, bool) {
    remarks.blanks(rule);
    if rule.needs_serial
        && let Some(why) = check_serial(notice, activity, remarks)
    {
        return (Outcome::NotCounted { why }, false);
    }
    let credit = |hours: Hours, why: String| {
        Outcome::Credited(Credit {
            year,
            subject: subject.clone(),
            hours,
            clause: rule.clause.clone(),
            why,
        })
    };
    let outcome = match &rule.kind {
        ConversionKind::DayParts if activity.sessions.is_empty() => {
            Outcome::NotCounted { why: remarks.sessions_missing() }
        }
        ConversionKind::DayParts => Outcome::Sessions,
        ConversionKind::PerItem { hours, cap } => match count(activity, remarks) {
            Err(why) => Outcome::NotCounted { why },
            Ok(items) => {
                let sum = *hours * items;
                let given = cap.map_or(sum, |cap| sum.min(cap));
                let mut why = per_item(rule, "", *hours, items, sum);
                if given < sum {
                    why.push_str(&format!("，最多计 {given}"));
                }
                credit(given, why)
            }
        },
        ConversionKind::Rank { first_n, first, others } => match count(activity, remarks) {
            Err(why) => Outcome::NotCounted { why },
            Ok(items) => {
                let is_first = match activity.rank {
                    Some(Rank::Lead | Rank::Sole) => true,
                    Some(Rank::Place(place)) => (1..=*first_n).contains(&place),
                    Some(Rank::Member) => false,
                    None => {
                        remarks.rank_missing(rule);
                        false
                    }
                };
                let (hours, name) = if is_first {
                    (*first, &rule.first_name)
                } else {
                    (*others, &rule.others_name)
                };
                let sum = hours * items;
                credit(sum, per_item(rule, name, hours, items, sum))
            }
        },
        ConversionKind::OncePassed { hours } => match activity.passed {
            None => Outcome::NotCounted { why: remarks.passed_missing() },
            Some(0) => Outcome::NotCounted {
                why: "当年没有通过的课程或科目，不折算".to_owned()
            },
            Some(passed) => {
                credit(*hours, format!("当年通过 {passed} 门，折算 {hours} 学时，一年只计一次"))
            }
        },
        ConversionKind::Certified { minutes_per_hour, .. } => {
            match (activity.certified, activity.minutes) {
                (Some(hours), _) => credit(hours, format!("按证书或进度页所载 {hours} 学时")),
                (None, Some(minutes)) => {
                    let whole = minutes / (*minutes_per_hour).max(1);
                    let why = format!(
                        "课程 {minutes} 分钟，每 {minutes_per_hour} 分钟 1 学时，计 {whole} 学时"
                    );
                    let hours = Hours::whole(i32::try_from(whole).unwrap_or(i32::MAX / 2));
                    return (credit(hours, why), true);
                }
                (None, None) => Outcome::NotCounted { why: remarks.certified_missing() },
            }
        }
        ConversionKind::Completes {
            at_least_months,
            more_than_months,
            level_required,
            passing,
            or_equal,
            later_of_equal,
        } => {
            return complete(
                rule,
                activity,
                remarks,
                [*at_least_months, *more_than_months],
                [*or_equal, *later_of_equal],
                [level_required, passing],
                notice,
            );
        }
        ConversionKind::Deems { rule: deemed, passing } => {
            deem(notice, deemed, passing, activity, remarks)
        }
        ConversionKind::Nothing { why } => Outcome::NotCounted { why: remarks.nothing(why) },
    };
    (outcome, false)
}

/// 数量, 1 where nothing is entered.
fn count(activity: &Activity, remarks: &mut Remarks<'_>) -> Result<i32, String> {
    match activity.quantity {
        None => Ok(1),
        Some(0) => Err("数量为 0，不折算".to_owned()),
        Some(items) if items > 100 => {
            remarks.quantity_odd(items);
            i32::try_from(items.min(10_000)).map_err(|_| "数量过大，不折算".to_owned())
        }
        Some(items) => i32::try_from(items).map_err(|_| "数量过大，不折算".to_owned()),
    }
}

/// `其他作者，每篇 10 学时 × 2 ＝ 20`
fn per_item(rule: &Conversion, who: &str, hours: Hours, items: i32, sum: Hours) -> String {
    let who = if who.is_empty() { String::new() } else { format!("{who}，") };
    let unit = &rule.unit;
    if items == 1 {
        format!("{who}每{unit} {hours} 学时")
    } else {
        format!("{who}每{unit} {hours} 学时 × {items} ＝ {sum}")
    }
}

/// Why a paper's serial keeps it from counting; remarks on what is merely odd.
fn check_serial(notice: &Notice, activity: &Activity, remarks: &mut Remarks<'_>) -> Option<String> {
    let rule = notice.serial.as_ref()?;
    let text = spoken(&activity.serial).unwrap_or_default();
    let why = match serial::read(rule, text) {
        Serial::National { doubt } => {
            if let Some(what) = doubt {
                remarks.serial_odd(rule, &format!("刊号“{text}”一般是{what}"));
            }
            let doubtful = rule
                .doubtful_words
                .iter()
                .find(|word| activity.title.contains(*word) || text.contains(*word));
            if let Some(word) = doubtful {
                remarks.serial_odd(rule, &format!("内容或刊号里有“{word}”"));
            }
            return None;
        }
        Serial::Missing => "没有填国内统一刊号".to_owned(),
        Serial::OnlyInternational => {
            format!("“{text}”只是国际刊号，不是国内统一刊号")
        }
        Serial::Unreadable => format!("“{text}”里看不出国内统一刊号"),
    };
    remarks.serial_missing(rule, &why);
    Some(format!("{why}，不折算"))
}

/// C7: one year from six months on, every year touched beyond twelve.
fn complete(
    rule: &Conversion,
    activity: &Activity,
    remarks: &mut Remarks<'_>,
    [at_least, more_than]: [u32; 2],
    [or_equal, later_of_equal]: [bool; 2],
    [levels, passing]: [&[String]; 2],
    notice: &Notice,
) -> (Outcome, bool) {
    let nothing = |why: String| (Outcome::NotCounted { why }, false);
    let level = spoken(&activity.level).or(rule.blank_level.as_deref());
    if !levels.is_empty() {
        match level {
            None => return nothing(remarks.level_missing()),
            Some(level) if notice.word(level, levels).is_none() => {
                let why = format!("级别“{level}”不够：须是{}的特定工作任务", levels.join("或"));
                return nothing(remarks.nothing(&why));
            }
            Some(_) => {}
        }
    }
    match spoken(&activity.assessment) {
        None => return nothing(remarks.assessment_missing()),
        Some(result) if notice.word(result, passing).is_none() => {
            return nothing(remarks.nothing(&format!("考核结果“{result}”，不是合格")));
        }
        Some(_) => {}
    }
    let Some(end) = activity.end else { return nothing(remarks.end_missing()) };
    let start = activity.start;
    let months = months_between(start, end);
    let task = spoken(&activity.task).unwrap_or("特定工作任务");
    let period = format!("{task} {start} 至 {end}");
    if end < start || months < at_least {
        let why = format!("{period}，不满 {at_least} 个月");
        return nothing(remarks.nothing(&why));
    }
    if exceeds(start, end, more_than, or_equal) {
        let years: Vec<i32> = (start.year()..=end.year()).collect();
        let reaches = if or_equal { "满" } else { "超过" };
        let why = format!("{period}，{reaches} {more_than} 个月，视为完成外派期间所有年度");
        return (Outcome::Completes { years, why }, false);
    }
    if months == more_than {
        remarks.exactly_a_year(more_than);
    }
    let default = year_with_most_days(start, end, later_of_equal);
    let touched = start.year()..=end.year();
    let chosen = activity.year.filter(|year| *year != default && touched.contains(year));
    let year = chosen.unwrap_or(default);
    let why = match chosen {
        Some(_) => format!("{period}，满 {months} 个月，只算一年；按所填年度计入 {year} 年"),
        None if touched.clone().count() > 1 => {
            format!("{period}，满 {months} 个月，只算一年，计入天数较多的 {year} 年")
        }
        None => format!("{period}，满 {months} 个月，视为完成 {year} 年"),
    };
    (Outcome::Completes { years: vec![year], why }, chosen.is_some())
}

/// B4-08: work that completes the one year its deeming rule names.
fn deem(
    notice: &Notice,
    deemed: &str,
    passing: &[String],
    activity: &Activity,
    remarks: &mut Remarks<'_>,
) -> Outcome {
    let rule = notice.deeming.iter().find(|rule| rule.id == deemed);
    let task = spoken(&activity.task).unwrap_or("这项工作");
    if let Some(result) = spoken(&activity.assessment)
        && notice.word(result, passing).is_none()
    {
        let why = format!("考核结果“{result}”，不是合格");
        return Outcome::NotCounted { why: remarks.nothing(&why) };
    }
    let touched = activity.start.year()..=activity.last_day().year();
    let year = match rule.and_then(|rule| rule.year) {
        Some(year) if !touched.contains(&year) => {
            let why = format!("{task}只视同完成 {year} 年，起止日期不在 {year} 年内");
            return Outcome::NotCounted { why: remarks.nothing(&why) };
        }
        Some(year) => year,
        None => activity.last_day().year(),
    };
    Outcome::Completes { years: vec![year], why: format!("{task}视同完成 {year} 年") }
}
