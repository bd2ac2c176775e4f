//! Two entries that are one person become one: everything of the entry that goes moves to the one that
//! stays. What both have is looked at beforehand and told; nothing is lost, and it is one undo step.

mod career;
mod grants;

use super::applicants::APPLICANT;
use super::career::POST_CHANGE;
use super::discharges::DISCHARGE;
use super::grants::{DEEMED, SLIP};
use super::people::PERSON;
use super::publicity::MEMBER;
use super::records::RECORD;
use super::reviews::{OVERRIDE, REVIEW};
use super::rows::{Table, cell};
use super::{Done, Registry, Tx, locked};
use crate::failure::{Failure, Result};
use crate::ledger::particulars::{differences, united};
use crate::ledger::{
    Applicant, Discharge, Handbook, Particular, Person, PersonId, Record, RecordId, ReviewState,
    Vouched, YearReview,
};
use crate::notice::Notice;
use career::SameChanges;
use grants::{SameGrants, papers};
use std::collections::BTreeSet;

pub(super) const MERGED: Table =
    Table { name: "merged", columns: &["person", "was", "name", "id_number"] };

const WHAT: &str = "合并重复人员";

/// What merging would do: two entries laid side by side.
#[derive(Debug, Clone)]
pub struct Merge {
    pub keep: Handbook,
    pub gone: Handbook,
    /// Particulars in which both say something, and not the same.
    pub differ: Vec<Particular>,
    /// What both have, and what becomes of it; for the clerk to read before.
    pub notes: Vec<String>,
    /// Records that say exactly the same: (stays, goes).
    same: Vec<(RecordId, RecordId)>,
    grants: SameGrants,
    changes: SameChanges,
    /// Years in which both have something: they must be reviewed anew.
    shared_years: BTreeSet<i32>,
}

impl Registry {
    /// What merging `gone` into `keep` would do.
    ///
    /// # Errors
    /// The same entry twice; one is gone; a year that the department confirmed would change.
    pub fn look_at_merge(&self, keep: PersonId, gone: PersonId) -> Result<Merge> {
        if keep == gone {
            return Err(Failure::refused(WHAT, "", "选的是同一个人", "请选两个人"));
        }
        Merge::of(&self.notice(), self.handbook(keep)?, self.handbook(gone)?)
    }

    /// Makes one person of two. The particulars of `from_gone` are taken from the entry that goes.
    ///
    /// # Errors
    /// As [`Registry::look_at_merge`].
    pub fn merge_people(
        &mut self,
        keep: PersonId,
        gone: PersonId,
        from_gone: &[Particular],
        by: &Vouched,
    ) -> Result<Done<()>> {
        let merge = self.look_at_merge(keep, gone)?;
        let action = format!("{WHAT}：{}", merge.keep.person.name);
        self.transact(&action, |tx| tx.merge(&merge, from_gone, by))
    }
}

impl Merge {
    fn of(notice: &Notice, keep: Handbook, gone: Handbook) -> Result<Self> {
        let (own, others) = (years_of(notice, &keep), years_of(notice, &gone));
        let shared_years: BTreeSet<i32> = own.intersection(&others).copied().collect();
        let confirmed = keep.reviews.iter().chain(&gone.reviews).find(|review| {
            let other = if review.person == keep.person.id { &others } else { &own };
            review.locked() && other.contains(&review.year)
        });
        if let Some(review) = confirmed {
            return Err(locked::refusal(WHAT, &keep.person.name, review.year));
        }
        let same = same_records(&keep, &gone);
        let mut notes = Vec::new();
        for (stays, _) in &same {
            let record = keep.records.iter().find(|record| record.id == *stays);
            let title = record.map_or("", |record| record.activity.title.as_str());
            notes.push(format!("「{title}」两边各有一条，完全相同：合为一条，材料放在一起"));
        }
        let grants = SameGrants::of(&keep, &gone);
        notes.extend(grants.notes());
        let changes = SameChanges::of(&keep, &gone);
        notes.extend(changes.notes());
        for year in reviewed_anew(&keep, &gone, &shared_years) {
            notes.push(format!("{year} 年两边都有登记：合并后回到草稿，请重新审核"));
        }
        for applicant in &gone.applications {
            if let Some(own) = same_application(&keep, applicant) {
                let stays = if further(own, applicant) {
                    "以保留的为准"
                } else {
                    "以并入的为准"
                };
                notes.push(format!(
                    "{} 年度两边都参评{}：合为一条，{stays}",
                    applicant.campaign, applicant.level
                ));
            } else if keep.applications.iter().any(|own| own.campaign == applicant.campaign) {
                notes.push(format!(
                    "{} 年度两边申报的级别不同：都保留，请到申报页核对",
                    applicant.campaign
                ));
            }
        }
        for it in gone.overrides.iter().filter(|it| has_override(&keep, it.year, it.code.as_str()))
        {
            notes.push(format!("{} 年的放行说明两边都有：以保留的为准", it.year));
        }
        let differ = differences(&keep.person, &gone.person);
        Ok(Self { keep, gone, differ, notes, same, grants, changes, shared_years })
    }

    /// The one entry that there will be.
    pub fn person(&self, from_gone: &[Particular]) -> Person {
        united(&self.keep.person, &self.gone.person, from_gone)
    }
}

/// The years in which a handbook says something; those of a review that somebody has taken too.
fn years_of(notice: &Notice, handbook: &Handbook) -> BTreeSet<i32> {
    let records = handbook.records.iter().flat_map(|record| locked::years_of(notice, record));
    let deemed = handbook.deemed.iter().map(|deemed| deemed.year);
    let slips = handbook.slips.iter().flat_map(|slip| slip.first_year..=slip.last_year);
    let reviewed = handbook.reviews.iter().filter(|it| it.state != ReviewState::Draft);
    let reviews = reviewed.map(|review| review.year);
    records.chain(deemed).chain(slips).chain(reviews).collect()
}

/// Reviewed years whose content becomes another one.
fn reviewed_anew(keep: &Handbook, gone: &Handbook, shared: &BTreeSet<i32>) -> BTreeSet<i32> {
    let reviews = keep.reviews.iter().chain(&gone.reviews);
    reviews
        .filter(|review| review.state == ReviewState::UnitReviewed && shared.contains(&review.year))
        .map(|review| review.year)
        .collect()
}

/// Pairs of records that differ in nothing but their files and ids.
fn same_records(keep: &Handbook, gone: &Handbook) -> Vec<(RecordId, RecordId)> {
    let alike = |a: &Record, b: &Record| {
        a.activity == b.activity
            && a.event == b.event
            && a.hours_override == b.hours_override
            && (&a.origin, a.origin_stamped) == (&b.origin, b.origin_stamped)
            && (a.note == b.note || b.note.is_empty())
    };
    let mut left: Vec<&Record> = keep.records.iter().collect();
    let mut pairs = Vec::new();
    for record in &gone.records {
        if let Some(at) = left.iter().position(|own| alike(own, record)) {
            pairs.push((left.swap_remove(at).id, record.id));
        }
    }
    pairs
}

fn same_application<'a>(keep: &'a Handbook, applicant: &Applicant) -> Option<&'a Applicant> {
    keep.applications
        .iter()
        .find(|own| own.campaign == applicant.campaign && own.level == applicant.level)
}

/// Whether `own` has got at least as far as `other`: still in the campaign first, then step by step.
fn further(own: &Applicant, other: &Applicant) -> bool {
    let far = |it: &Applicant| {
        let steps = [it.issued.is_some(), it.sent.is_some(), it.department.is_some()];
        (it.withdrawn.is_none(), steps, it.passed(), it.review.is_some())
    };
    far(own) >= far(other)
}

fn has_override(handbook: &Handbook, year: i32, code: &str) -> bool {
    handbook.overrides.iter().any(|it| it.year == year && it.code == code)
}

impl Tx<'_> {
    fn merge(&mut self, merge: &Merge, from_gone: &[Particular], by: &Vouched) -> Result<()> {
        let (keep, gone) = (merge.keep.person.id, merge.gone.person.id);
        for &(stays, goes) in &merge.same {
            self.unite_records(merge, stays, goes)?;
        }
        self.unite_grants(merge)?;
        self.unite_changes(merge)?;
        self.unite_applications(merge)?;
        self.unite_reviews(merge, by)?;
        for it in &merge.gone.overrides {
            if has_override(&merge.keep, it.year, &it.code) {
                self.drop_row(
                    &OVERRIDE,
                    &["person", "year", "code"],
                    vec![cell(gone.0), cell(it.year), cell(it.code.clone())],
                )?;
            }
        }
        self.unite_publicity(keep, gone)?;
        self.unite_discharges(merge)?;
        for table in [
            &RECORD,
            &DEEMED,
            &SLIP,
            &OVERRIDE,
            &APPLICANT,
            &DISCHARGE,
            &POST_CHANGE,
            &MEMBER,
            &MERGED,
        ] {
            self.hand_over(table, gone, keep)?;
        }
        self.hand_over_apart(gone, keep)?;
        let told = self.trouble(WHAT);
        PERSON.delete(self.db(), "id", gone.0).map_err(&told)?;
        let mut person = merge.person(from_gone);
        person.id = keep;
        self.save_person(&person)?;
        let row = vec![
            cell(keep.0),
            cell(gone.0),
            cell(merge.gone.person.name.clone()),
            cell(merge.gone.person.id_number.as_str().to_owned()),
        ];
        MERGED.insert(self.db(), row).map(drop).map_err(told)
    }

    /// Two records that say the same: files, waivers and confirmation of both stay with one.
    fn unite_records(&mut self, merge: &Merge, stays: RecordId, goes: RecordId) -> Result<()> {
        let of = |handbook: &Handbook, id| handbook.records.iter().find(|it| it.id == id).cloned();
        let (Some(mut record), Some(other)) = (of(&merge.keep, stays), of(&merge.gone, goes))
        else {
            return Ok(());
        };
        papers(&mut record.attachments, &other.attachments);
        for (slot, by) in other.waived {
            record.waived.entry(slot).or_insert(by);
        }
        record.confirmed = record.confirmed.or(other.confirmed);
        self.save_record(&record)?;
        self.delete_record(goes)
    }

    fn unite_applications(&mut self, merge: &Merge) -> Result<()> {
        for applicant in &merge.gone.applications {
            let Some(own) = same_application(&merge.keep, applicant) else { continue };
            if !further(own, applicant) {
                self.save_applicant(&Applicant {
                    id: own.id,
                    person: own.person,
                    ..applicant.clone()
                })?;
            }
            self.delete_applicant(applicant.id)?;
        }
        Ok(())
    }

    /// What both have met with papers: one of them has the papers of both.
    fn unite_discharges(&mut self, merge: &Merge) -> Result<()> {
        for discharge in &merge.gone.discharges {
            let same =
                |own: &&Discharge| (own.campaign, own.year) == (discharge.campaign, discharge.year);
            let Some(own) = merge.keep.discharges.iter().find(same) else { continue };
            let mut own = own.clone();
            papers(&mut own.attachments, &discharge.attachments);
            self.save_discharge(&own)?;
            self.delete_discharge(discharge.id)?;
        }
        Ok(())
    }

    /// A year of one entry only keeps its review; a year of both is to be reviewed again.
    fn unite_reviews(&mut self, merge: &Merge, by: &Vouched) -> Result<()> {
        let keep = merge.keep.person.id;
        let told = self.trouble(WHAT);
        REVIEW.delete(self.db(), "person", merge.gone.person.id.0).map_err(told)?;
        let anew = reviewed_anew(&merge.keep, &merge.gone, &merge.shared_years);
        for review in &merge.gone.reviews {
            let own = merge.keep.reviews.iter().any(|it| it.year == review.year);
            if !anew.contains(&review.year) && (!own || review.state != ReviewState::Draft) {
                self.save_year_review(&YearReview { person: keep, ..review.clone() })?;
            }
        }
        for year in anew {
            let why = Vouched { reason: WHAT.to_owned(), ..by.clone() };
            let review = YearReview { reopened: Some(why), ..YearReview::draft(keep, year) };
            self.save_year_review(&review)?;
        }
        Ok(())
    }

    /// Nobody stands twice on one list.
    fn unite_publicity(&mut self, keep: PersonId, gone: PersonId) -> Result<()> {
        let sql = "DELETE FROM publicity_member WHERE person = ?1
                   AND publicity IN (SELECT publicity FROM publicity_member WHERE person = ?2)";
        let told = self.trouble(WHAT);
        self.db().execute(sql, [gone.0, keep.0]).map_err(&told)?;
        let about = "UPDATE publicity_objection SET about = ?2 WHERE about = ?1";
        self.db().execute(about, [gone.0, keep.0]).map(drop).map_err(told)
    }

    fn hand_over(&mut self, table: &Table, from: PersonId, to: PersonId) -> Result<()> {
        let sql = format!("UPDATE {} SET person = ?2 WHERE person = ?1", table.name);
        self.db().execute(&sql, [from.0, to.0]).map(drop).map_err(self.trouble(WHAT))
    }

    fn drop_row(
        &mut self,
        table: &Table,
        columns: &[&str],
        values: Vec<rusqlite::types::Value>,
    ) -> Result<()> {
        let told = self.trouble(WHAT);
        if let Some(id) = table.find(self.db(), columns, values).map_err(&told)? {
            table.delete(self.db(), "id", id).map_err(&told)?;
        }
        Ok(())
    }
}
