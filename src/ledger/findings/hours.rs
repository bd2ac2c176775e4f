//! The annual test (B1-04…06), the year under way, and sums worth a second look.

use super::Look;
use crate::ledger::year::Reached;
use crate::ledger::{Finding, FindingCode, Severity};
use crate::notice::{AnnualMode, Hours, Subject};

pub(in crate::ledger) fn find(look: &Look<'_>, found: &mut Vec<Finding>) {
    let notice = look.notice;
    match notice.annual.mode {
        AnnualMode::PerYear => {
            for year in look.span.years() {
                let reached = look.book.reached(year);
                if !reached.met {
                    short(look, Some(year), std::slice::from_ref(&reached), found);
                }
            }
        }
        AnnualMode::Cumulative => {
            let years: Vec<Reached> =
                look.span.years().map(|year| look.book.reached(year)).collect();
            if !look.book.suffice(&years) {
                short(look, None, &years, found);
            }
        }
    }
    if !look.span.contains(look.current) {
        under_way(look, found);
    }
    for year in look.span.years().chain([look.current]) {
        let reached = look.book.reached(year);
        let total = reached.total();
        if !reached.capped.is_zero() {
            found.push(
                look.finding(
                    Severity::Info,
                    "hours-capped",
                    look.cite("A-07"),
                    format!("一年最多计 {total} 学时，另有 {} 学时不计", reached.capped),
                    "不影响达标",
                )
                .of_year(year),
            );
        }
        if let Some(limit) = notice.annual.warn_above.filter(|limit| total > *limit) {
            found.push(
                look.finding(
                    Severity::Warn,
                    "hours-unusually-many",
                    look.cite("A-07"),
                    format!("全年 {total} 学时，超过 {limit}，少见"),
                    "请核对有没有重复登记或填错数量",
                )
                .of_year(year),
            );
        }
    }
}

fn code_of(subject: &Subject) -> FindingCode {
    match subject.id() {
        "public" => "hours-short-public",
        "specialty" => "hours-short-specialty",
        _ => "hours-short-subject",
    }
}

/// One finding for each of the tests that fails: no subject stands in for another.
fn short(look: &Look<'_>, year: Option<i32>, years: &[Reached], found: &mut Vec<Finding>) {
    let notice = look.notice;
    let count = i32::try_from(years.len()).unwrap_or(i32::MAX);
    let total: Hours = years.iter().map(Reached::total).sum();
    let total_minimum = notice.annual.total * count;
    let period = match year {
        Some(_) => String::new(),
        None => format!("{}—{} 年累计", look.span.first, look.span.last),
    };
    let at_year = |mut finding: Finding| {
        finding.year = year;
        finding
    };
    for (at, rule) in notice.subjects.iter().enumerate() {
        let reached: Hours = years.iter().map(|year| year.hours[at]).sum();
        let minimum = rule.minimum * count;
        let gap = reached.short_of(minimum);
        if gap.is_zero() {
            continue;
        }
        let soft = rule.soft && total >= total_minimum;
        let fix = if soft {
            format!("请补登{}学习；通知写的是“一般”，确有原因的可写明理由放行", rule.name)
        } else {
            format!("请补登{}学习，或登记视同、学时认定单", rule.name)
        };
        found.push(at_year(look.finding(
            Severity::Block,
            code_of(&rule.id),
            rule.clause.place.clone(),
            format!("{period}{} {reached} 学时，要求 {minimum}，还缺 {gap}", rule.name),
            fix,
        )));
    }
    let gap = total.short_of(total_minimum);
    if !gap.is_zero() {
        found.push(at_year(look.finding(
            Severity::Block,
            "hours-short-total",
            notice.annual.clause.place.clone(),
            format!("{period}总学时 {total}，要求 {total_minimum}，还缺 {gap}"),
            "请补登学习记录",
        )));
    }
}

fn under_way(look: &Look<'_>, found: &mut Vec<Finding>) {
    let reached = look.book.reached(look.current);
    if reached.met {
        return;
    }
    let gaps: Vec<String> = look
        .notice
        .subjects
        .iter()
        .zip(&reached.hours)
        .filter(|(rule, hours)| **hours < rule.minimum)
        .map(|(rule, hours)| format!("{}还缺 {}", rule.name, hours.short_of(rule.minimum)))
        .collect();
    let gaps = if gaps.is_empty() {
        format!("总学时还缺 {}", reached.total().short_of(look.notice.annual.total))
    } else {
        gaps.join("，")
    };
    found.push(
        look.finding(
            Severity::Info,
            "year-unfinished",
            look.cite("A-01"),
            format!("{gaps}；这一年不在认定起止内，不影响申报"),
            "请在年内学完",
        )
        .of_year(look.current),
    );
}
