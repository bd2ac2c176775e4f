//! Year reviews (年度审核) and findings set aside. Which step may follow which is the ledger's business.

use super::rows::{Cells, Table, cell};
use super::{Tx, vouched};
use crate::failure::Result;
use crate::ledger::{FindingOverride, PersonId, ReviewState, YearReview};

pub(super) const REVIEW: Table = Table {
    name: "year_review",
    columns: &[
        "person",
        "year",
        "state",
        "unit_by",
        "unit_at",
        "unit_reason",
        "department_by",
        "department_at",
        "department_reason",
        "reopened_by",
        "reopened_at",
        "reopened_reason",
    ],
};
pub(super) const OVERRIDE: Table =
    Table { name: "finding_override", columns: &["person", "year", "code", "by", "at", "reason"] };

fn state_word(state: ReviewState) -> &'static str {
    match state {
        ReviewState::Draft => "draft",
        ReviewState::UnitReviewed => "unit-reviewed",
        ReviewState::DepartmentConfirmed => "department-confirmed",
    }
}

fn read_state(word: &str) -> Option<ReviewState> {
    [ReviewState::Draft, ReviewState::UnitReviewed, ReviewState::DepartmentConfirmed]
        .into_iter()
        .find(|state| state_word(*state) == word)
}

pub(super) fn read_review(cells: &mut Cells<'_, '_>) -> rusqlite::Result<YearReview> {
    cells.next::<i64>()?;
    Ok(YearReview {
        person: PersonId(cells.next()?),
        year: cells.next()?,
        state: cells.parse(read_state)?,
        unit: vouched::read(cells)?,
        department: vouched::read(cells)?,
        reopened: vouched::read(cells)?,
    })
}

pub(super) fn read_override(cells: &mut Cells<'_, '_>) -> rusqlite::Result<FindingOverride> {
    cells.next::<i64>()?;
    Ok(FindingOverride {
        person: PersonId(cells.next()?),
        year: cells.next()?,
        code: cells.next()?,
        vouched: vouched::read_required(cells)?,
    })
}

impl Tx<'_> {
    /// The one review of this person and year.
    pub fn save_year_review(&mut self, review: &YearReview) -> Result<()> {
        let what = "保存年度审核";
        self.person_must_exist(what, review.person)?;
        let key = vec![cell(review.person.0), cell(review.year)];
        let row = key
            .iter()
            .cloned()
            .chain([cell(state_word(review.state).to_owned())])
            .chain(vouched::cells(review.unit.as_ref()))
            .chain(vouched::cells(review.department.as_ref()))
            .chain(vouched::cells(review.reopened.as_ref()))
            .collect();
        let present =
            REVIEW.find(self.db(), &["person", "year"], key).map_err(self.trouble(what))?;
        self.put(&REVIEW, what, present.unwrap_or(0), row).map(drop)
    }

    /// The one setting-aside of this person, year and finding.
    pub fn save_override(&mut self, set_aside: &FindingOverride) -> Result<()> {
        let what = "保存例外";
        self.person_must_exist(what, set_aside.person)?;
        let key =
            vec![cell(set_aside.person.0), cell(set_aside.year), cell(set_aside.code.clone())];
        let row = key.iter().cloned().chain(vouched::cells(Some(&set_aside.vouched))).collect();
        let present = OVERRIDE
            .find(self.db(), &["person", "year", "code"], key)
            .map_err(self.trouble(what))?;
        self.put(&OVERRIDE, what, present.unwrap_or(0), row).map(drop)
    }
}
