//! Missing papers of records, deemed entries and prior slips. A gap blocks only where the year (or the
//! span, where the notice tests the sum) fails without what it should prove; else it is a warning.

use super::Look;
use crate::ledger::deem::Ground;
use crate::ledger::tally::Reason;
use crate::ledger::{Finding, Severity};
use crate::notice::AnnualMode;
use std::collections::HashSet;

pub(in crate::ledger) fn find(look: &Look<'_>, found: &mut Vec<Finding>) {
    let book = look.book;
    match look.notice.annual.mode {
        AnnualMode::PerYear => {
            for year in look.span.years() {
                let met = book.reached_with_papers(year).met;
                gaps(look, &[year], &[year], met, found);
            }
        }
        AnnualMode::Cumulative => {
            let years: Vec<i32> = look.span.years().collect();
            let with_papers: Vec<_> =
                years.iter().map(|year| book.reached_with_papers(*year)).collect();
            gaps(look, &years, &years, book.suffice(&with_papers), found);
        }
    }
    if !look.span.contains(look.current) {
        gaps(look, &[look.current], &[], true, found);
    }
}

/// The gaps of some years that are tested together; `met` = what has its papers suffices.
fn gaps(look: &Look<'_>, years: &[i32], tested: &[i32], met: bool, found: &mut Vec<Finding>) {
    let book = look.book;
    let grounds: Vec<(i32, Ground)> =
        years.iter().flat_map(|year| without_papers(look, *year)).collect();
    // Leaves out what the years can do without, one after the other: what remains is a smallest set that
    // must be completed, also where two gaps could each stand in for the other.
    let mut dispensable: Vec<Ground> = Vec::new();
    let mut blocking: HashSet<usize> = HashSet::new();
    if !met {
        for (at, (_, ground)) in grounds.iter().enumerate() {
            if book.passes(tested, |other| other != *ground && !dispensable.contains(&other)) {
                dispensable.push(*ground);
            } else {
                blocking.insert(at);
            }
        }
    }
    for (at, (year, ground)) in grounds.into_iter().enumerate() {
        let severity = if blocking.contains(&at) { Severity::Block } else { Severity::Warn };
        found.push(missing(look, year, ground, severity));
    }
}

/// What gives hours in a year without having its papers.
fn without_papers(look: &Look<'_>, year: i32) -> Vec<(i32, Ground)> {
    let book = look.book;
    // Years of a slip that is there need no other papers (B4-03).
    if book.slips.iter().any(|slip| slip.covers(year) && slip.papers) {
        return Vec::new();
    }
    let records = book.shares.iter().filter(|share| {
        share.year == year
            && !book.entries[share.entry].evidenced
            && (!share.hours.is_zero() || matches!(share.reason, Reason::Completes))
    });
    let records = records.map(|share| Ground::Record(share.entry));
    let declared = book.declared.iter().enumerate();
    let declared = declared
        .filter(|(_, entry)| entry.deemed.year == year && entry.applies && !entry.papers)
        .map(|(at, _)| Ground::Declared(at));
    let slips = book.slips.iter().enumerate();
    let slips =
        slips.filter(|(_, slip)| slip.covers(year) && !slip.papers).map(|(at, _)| Ground::Slip(at));
    records.chain(declared).chain(slips).map(|ground| (year, ground)).collect()
}

fn missing(look: &Look<'_>, year: i32, ground: Ground, severity: Severity) -> Finding {
    let list = |missing: &[String]| {
        if missing.is_empty() { "证明材料".to_owned() } else { missing.join("、") }
    };
    let finding = match ground {
        Ground::Record(at) => {
            let entry = &look.book.entries[at];
            let form = look.notice.form(entry.record.activity.form);
            look.finding(
                severity,
                "evidence-missing",
                form.map_or_else(String::new, |form| form.clause.place.clone()),
                format!("「{}」还缺{}", entry.name(), list(&entry.missing)),
                if severity == Severity::Block {
                    "请补齐材料；补齐了这一年才达标"
                } else {
                    "请补齐材料，或确认不用这条记录"
                },
            )
            .of_record(entry.record.id)
        }
        Ground::Declared(at) => {
            let entry = &look.book.declared[at];
            look.finding(
                severity,
                "deemed-papers-missing",
                entry.rule.map_or_else(String::new, |rule| rule.clause.place.clone()),
                format!("视同（{}）还缺{}", entry.deemed.reason.trim(), list(&entry.missing)),
                "请补齐视同的证明材料",
            )
        }
        Ground::Slip(at) => look.finding(
            severity,
            "slip-scan-missing",
            look.notice.prior_slip.clause.place.clone(),
            format!("学时认定单 {} 没有扫描件", look.book.slips[at].slip.number),
            "请附上学时认定单的扫描件，该单年度的其他材料就不用再交",
        ),
        Ground::Campaign => look.finding(severity, "obligation-open", "", "", ""),
    };
    finding.of_year(year)
}
