//! `check --year`: who on the staff is short of what in one year, applicant or not (X1-00).

use super::answer::Answer;
use super::registry::spoken_year;
use crate::failure::Result;
use crate::ledger::{Gap, YearGaps, report};
use crate::notice::Notice;
use crate::registry::{Registry, roster};
use chrono::NaiveDate;
use std::path::Path;

/// # Errors
/// The registry cannot be read.
pub fn check(dir: &Path, year: i32, today: NaiveDate) -> Result<Answer> {
    let registry = Registry::open(dir)?;
    let notice = registry.notice();
    let found = roster::gaps(&registry, year, today)?;
    let findings = !found.gaps.is_empty();
    Ok(Answer::with_findings(told(&notice, &found), report::gaps(&notice, &found), findings))
}

fn told(notice: &Notice, found: &YearGaps) -> String {
    let under_way = if found.under_way { "（这一年还没有过完）" } else { "" };
    let short = found.short();
    let mut lines = vec![format!(
        "{} 年度{under_way}：在职 {} 人，学时不够 {short} 人，只缺材料 {} 人",
        found.year,
        found.people,
        found.gaps.len() - short
    )];
    lines.extend(found.gaps.iter().flat_map(|gap| told_of(notice, gap)));
    lines.join("\n")
}

fn told_of(notice: &Notice, gap: &Gap) -> Vec<String> {
    let person = &gap.person;
    let mut lines =
        vec![format!("{}  {}  {}", person.name, person.section, spoken_year(notice, &gap.total))];
    let about = |it: &&crate::ledger::Finding| it.code.starts_with("hours-short");
    lines.extend(
        gap.findings
            .iter()
            .filter(about)
            .chain(gap.papers())
            .map(|finding| format!("  {} → {}", finding.message, finding.fix)),
    );
    lines
}
