//! Applicants (参评人员) of campaigns.

use super::rows::{Cells, Table, cell};
use super::{Tx, vouched};
use crate::failure::Result;
use crate::ledger::{Applicant, ApplicantId, Issued, PersonId, ReviewResult};
use rusqlite::types::Value;

pub(super) const APPLICANT: Table = Table {
    name: "applicant",
    columns: &[
        "person",
        "campaign",
        "level",
        "series",
        "speciality",
        "start_override",
        "note",
        "review_result",
        "review_by",
        "review_at",
        "review_reason",
        "withdrawn_by",
        "withdrawn_at",
        "withdrawn_reason",
        "department_result",
        "department_by",
        "department_at",
        "department_reason",
        "sent_by",
        "sent_at",
        "sent_reason",
        "certificate_number",
        "issued_by",
        "issued_at",
        "issued_reason",
    ],
};

fn cells(applicant: &Applicant) -> Vec<Value> {
    let review = applicant.review.as_ref();
    let department = applicant.department.as_ref();
    let issued = applicant.issued.as_ref();
    [
        cell(applicant.person.0),
        cell(applicant.campaign),
        cell(applicant.level.clone()),
        cell(applicant.series.clone()),
        cell(applicant.speciality.clone()),
        cell(applicant.start_override),
        cell(applicant.note.clone()),
        cell(review.map(|(result, _)| result.name().to_owned())),
    ]
    .into_iter()
    .chain(vouched::cells(review.map(|(_, vouched)| vouched)))
    .chain(vouched::cells(applicant.withdrawn.as_ref()))
    .chain([cell(department.map(|(result, _)| result.name().to_owned()))])
    .chain(vouched::cells(department.map(|(_, vouched)| vouched)))
    .chain(vouched::cells(applicant.sent.as_ref()))
    .chain([cell(issued.map(|issued| issued.number.clone()))])
    .chain(vouched::cells(issued.map(|issued| &issued.vouched)))
    .collect()
}

pub(super) fn read(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Applicant> {
    Ok(Applicant {
        id: ApplicantId(cells.next()?),
        person: PersonId(cells.next()?),
        campaign: cells.next()?,
        level: cells.next()?,
        series: cells.next()?,
        speciality: cells.next()?,
        start_override: cells.next()?,
        note: cells.next()?,
        review: {
            let result = cells.maybe(read_result)?;
            result.zip(vouched::read(cells)?)
        },
        withdrawn: vouched::read(cells)?,
        department: {
            let result = cells.maybe(read_result)?;
            result.zip(vouched::read(cells)?)
        },
        sent: vouched::read(cells)?,
        issued: {
            let number: Option<String> = cells.next()?;
            let vouched = vouched::read(cells)?;
            number.zip(vouched).map(|(number, vouched)| Issued { number, vouched })
        },
    })
}

fn read_result(word: &str) -> Option<ReviewResult> {
    [ReviewResult::Passed, ReviewResult::Failed, ReviewResult::Returned]
        .into_iter()
        .find(|result| result.name() == word)
}

impl Tx<'_> {
    /// # Errors
    /// No such applicant or person.
    pub fn save_applicant(&mut self, applicant: &Applicant) -> Result<ApplicantId> {
        let what = "保存参评人员";
        self.person_must_exist(what, applicant.person)?;
        self.put(&APPLICANT, what, applicant.id.0, cells(applicant)).map(ApplicantId)
    }

    /// # Errors
    /// No such applicant.
    pub fn delete_applicant(&mut self, applicant: ApplicantId) -> Result<()> {
        let what = "删除参评人员";
        let found = APPLICANT.delete(self.db(), "id", applicant.0).map_err(self.trouble(what))? > 0;
        self.must_exist(what, "参评人员", found)
    }
}
