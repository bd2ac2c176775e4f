//! Obligations that were met after a campaign (B3-09), with the papers that met them.

use super::attachments::{self, ATTACHMENT, Owner};
use super::rows::{Cells, Table, cell};
use super::vouched;
use super::{Registry, Tx};
use crate::failure::{Failure, Result};
use crate::ledger::{Discharge, DischargeId, Handbook, Obligation, PersonId, obligations};
use rusqlite::Connection;
use std::collections::BTreeSet;

pub(super) const DISCHARGE: Table =
    Table { name: "discharge", columns: &["person", "campaign", "year", "by", "at", "reason"] };

/// Reads a discharge's own row; files are added by whoever read them.
pub(super) fn read(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Discharge> {
    Ok(Discharge {
        id: DischargeId(cells.next()?),
        person: PersonId(cells.next()?),
        campaign: cells.next()?,
        year: cells.next()?,
        vouched: vouched::read_required(cells)?,
        attachments: Vec::new(),
    })
}

pub(super) fn delete(db: &Connection, discharge: DischargeId) -> rusqlite::Result<bool> {
    ATTACHMENT.delete(db, "discharge", discharge.0)?;
    Ok(DISCHARGE.delete(db, "id", discharge.0)? > 0)
}

impl Registry {
    /// What the person owes, or owed, because of every campaign whose notice is known.
    pub fn obligations(&self, handbook: &Handbook) -> Vec<Obligation> {
        let campaigns: BTreeSet<i32> =
            handbook.applications.iter().map(|applicant| applicant.campaign).collect();
        let of = |campaign: i32| {
            let notice = self.notice_of(campaign).ok()?;
            Some(obligations(&notice, handbook, campaign))
        };
        campaigns.into_iter().filter_map(of).flatten().collect()
    }
}

/// Somebody who still owes something of an earlier campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owing {
    pub person: PersonId,
    pub name: String,
    pub campaign: i32,
    pub text: String,
}

impl Registry {
    /// What is still owed of campaigns before this one.
    ///
    /// # Errors
    /// Damage.
    pub fn owed_before(&self, campaign: i32) -> Result<Vec<Owing>> {
        let read = || -> rusqlite::Result<Vec<i32>> {
            self.db
                .prepare_cached("SELECT DISTINCT campaign FROM applicant WHERE campaign < ?1")?
                .query_map([campaign], |row| row.get(0))?
                .collect()
        };
        let mut owing = Vec::new();
        for before in read().map_err(self.trouble("读取参评人员"))? {
            let Ok(notice) = self.notice_of(before) else { continue };
            if notice.applicant_deeming(before).all(|rule| rule.obligation.is_none()) {
                continue;
            }
            for handbook in self.applicant_handbooks(before)? {
                let open = obligations(&notice, &handbook, before).into_iter();
                owing.extend(open.filter(Obligation::open).map(|it| Owing {
                    person: handbook.person.id,
                    name: handbook.person.name.clone(),
                    campaign: before,
                    text: it.text,
                }));
            }
        }
        Ok(owing)
    }
}

impl Tx<'_> {
    /// The one discharge of this person, campaign and year.
    ///
    /// # Errors
    /// No papers; no such person.
    pub fn save_discharge(&mut self, discharge: &Discharge) -> Result<DischargeId> {
        let what = "登记补交";
        self.person_must_exist(what, discharge.person)?;
        if discharge.attachments.is_empty() {
            return Err(Failure::refused(
                what,
                format!("{} 年度合格证明", discharge.year),
                "没有放入证明",
                "请选择合格证明的扫描件",
            ));
        }
        let key = vec![cell(discharge.person.0), cell(discharge.campaign), cell(discharge.year)];
        let row = key.iter().cloned().chain(vouched::cells(Some(&discharge.vouched))).collect();
        let present = DISCHARGE
            .find(self.db(), &["person", "campaign", "year"], key)
            .map_err(self.trouble(what))?;
        let id = self.put(&DISCHARGE, what, present.unwrap_or(0), row)?;
        attachments::own(self.db(), Owner::Discharge, id, &discharge.attachments)
            .map_err(self.trouble(what))?;
        Ok(DischargeId(id))
    }

    /// The obligation is open again.
    ///
    /// # Errors
    /// No such discharge.
    pub fn delete_discharge(&mut self, discharge: DischargeId) -> Result<()> {
        let what = "撤回补交";
        let found = delete(self.db(), discharge).map_err(self.trouble(what))?;
        self.must_exist(what, "补交", found)
    }
}
