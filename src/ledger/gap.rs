//! Who is short of what in one year, applicant or not (X1-00): everybody on the staff is looked at.

use super::findings::Look;
use super::year::Book;
use super::{Finding, Handbook, Person, Unit, YearTotal, check};
use crate::notice::{Calendar, Hours, Notice, Span};
use chrono::{Datelike, NaiveDate};

/// A person who lacks hours or papers in a year.
#[derive(Debug, Clone)]
pub struct Gap {
    pub person: Person,
    pub total: YearTotal,
    /// Everything that is found about the year.
    pub findings: Vec<Finding>,
}

impl Gap {
    /// Whether hours are lacking, not only papers.
    pub fn short(&self) -> bool {
        self.findings.iter().any(|it| !it.overridden && it.code.starts_with("hours-short"))
    }

    /// Papers that are lacking, each with what it belongs to.
    pub fn papers(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|it| is_about_papers(it))
    }
}

/// One year of everybody.
#[derive(Debug, Clone)]
pub struct YearGaps {
    pub year: i32,
    /// The year is not over yet.
    pub under_way: bool,
    /// Everybody on the staff.
    pub people: usize,
    /// Only those who lack something, in the order of the handbooks.
    pub gaps: Vec<Gap>,
}

impl YearGaps {
    pub fn short(&self) -> usize {
        self.gaps.iter().filter(|gap| gap.short()).count()
    }
}

/// Looks at one year of every handbook; who has left the staff is passed over.
pub fn year_gaps<'a>(
    notice: &Notice,
    calendar: &Calendar,
    unit: &Unit,
    handbooks: impl IntoIterator<Item = &'a Handbook>,
    year: i32,
    today: NaiveDate,
) -> YearGaps {
    let mut found = YearGaps { year, under_way: today.year() <= year, people: 0, gaps: Vec::new() };
    let region = notice.expected_region(&unit.kind, &unit.county);
    for handbook in handbooks.into_iter().filter(|book| !book.person.retired) {
        found.people += 1;
        let book = Book::open(notice, handbook, None);
        let look = Look {
            notice,
            calendar,
            unit,
            region: region.as_deref(),
            book: &book,
            person: handbook.person.id,
            span: Span { first: year, last: year },
            current: year,
            today,
        };
        let findings = check::of_anybody(&look, handbook);
        let gap = Gap { person: handbook.person.clone(), total: book.year(year), findings };
        if gap.short() || gap.papers().next().is_some() {
            found.gaps.push(gap);
        }
    }
    found
}

fn is_about_papers(finding: &Finding) -> bool {
    !finding.overridden
        && matches!(
            finding.code,
            "evidence-missing" | "deemed-papers-missing" | "slip-scan-missing"
        )
}

/// What a year is short of: hours per subject in the notice's order, and those that the total lacks when
/// no subject does. All zero when the year is met.
pub fn shortage(notice: &Notice, total: Option<&YearTotal>) -> Vec<Hours> {
    let none = Hours::ZERO;
    if total.is_some_and(|total| total.met) {
        return vec![none; notice.subjects.len() + 1];
    }
    let mut short: Vec<Hours> = notice
        .subjects
        .iter()
        .map(|rule| total.map_or(none, |it| it.hours_of(&rule.id)).short_of(rule.minimum))
        .collect();
    let rest = if short.iter().all(|hours| hours.is_zero()) {
        total.map_or(none, |it| it.total).short_of(notice.annual.total)
    } else {
        none
    };
    short.push(rest);
    short
}

/// `公需 30，专业 12`; empty when nothing is short.
pub fn shortage_words(notice: &Notice, short: &[Hours]) -> String {
    let names = notice.subjects.iter().map(|rule| rule.name.as_str()).chain(["合计"]);
    let parts: Vec<String> = names
        .zip(short)
        .filter(|(_, hours)| !hours.is_zero())
        .map(|(name, hours)| format!("{name} {hours}"))
        .collect();
    parts.join("，")
}
