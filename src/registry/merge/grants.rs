//! 视同 and 认定单 that both entries have: the same one stays once, with the papers of both.

use super::Merge;
use crate::failure::Result;
use crate::ledger::{Attachment, Deemed, DeemedId, Handbook, PriorSlip, SlipId};
use crate::registry::Tx;

/// What becomes of those that both have: the one that stays as it will be, and the one that goes.
#[derive(Debug, Clone, Default)]
pub(super) struct SameGrants {
    deemed: Vec<(Deemed, DeemedId)>,
    slips: Vec<(PriorSlip, SlipId)>,
}

impl SameGrants {
    pub fn of(keep: &Handbook, gone: &Handbook) -> Self {
        Self {
            deemed: pairs(&keep.deemed, &gone.deemed, same_deemed)
                .into_iter()
                .map(|(own, other)| (united_deemed(own, other), other.id))
                .collect(),
            slips: pairs(&keep.slips, &gone.slips, same_slip)
                .into_iter()
                .map(|(own, other)| (united_slip(own, other), other.id))
                .collect(),
        }
    }

    pub fn notes(&self) -> impl Iterator<Item = String> {
        let deemed = self.deemed.iter().map(|(it, _)| {
            format!("{} 年视同「{}」两边各有一项，相同：合为一项，材料放在一起", it.year, it.reason)
        });
        let slips = self.slips.iter().map(|(it, _)| {
            format!("认定单「{}」两边各有一份，相同：合为一份，材料放在一起", it.number)
        });
        deemed.chain(slips)
    }
}

impl Tx<'_> {
    pub(super) fn unite_grants(&mut self, merge: &Merge) -> Result<()> {
        for (stays, goes) in &merge.grants.deemed {
            self.save_deemed(stays)?;
            self.delete_deemed(*goes)?;
        }
        for (stays, goes) in &merge.grants.slips {
            self.save_slip(stays)?;
            self.delete_slip(*goes)?;
        }
        Ok(())
    }
}

/// Each of `gone` with the one of `keep` that is the same, each taken once.
pub(super) fn pairs<'a, T>(
    keep: &'a [T],
    gone: &'a [T],
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(&'a T, &'a T)> {
    let mut left: Vec<&T> = keep.iter().collect();
    gone.iter()
        .filter_map(|other| {
            let at = left.iter().position(|own| same(own, other))?;
            Some((left.swap_remove(at), other))
        })
        .collect()
}

fn same_deemed(own: &Deemed, other: &Deemed) -> bool {
    (own.year, &own.reason, &own.subject, own.hours)
        == (other.year, &other.reason, &other.subject, other.hours)
        && agree(&own.basis, &other.basis)
}

/// The same number for the same years, and nothing on one that the other denies.
fn same_slip(own: &PriorSlip, other: &PriorSlip) -> bool {
    (&own.number, own.first_year, own.last_year)
        == (&other.number, other.first_year, other.last_year)
        && agree(&own.issuer, &other.issuer)
        && (own.issued == other.issued || own.issued.is_none() || other.issued.is_none())
        && (own.hours == other.hours || own.hours.is_empty() || other.hours.is_empty())
}

pub(super) fn agree(own: &str, other: &str) -> bool {
    own == other || own.is_empty() || other.is_empty()
}

fn united_deemed(own: &Deemed, other: &Deemed) -> Deemed {
    let mut deemed = own.clone();
    fill(&mut deemed.basis, &other.basis);
    papers(&mut deemed.attachments, &other.attachments);
    deemed
}

fn united_slip(own: &PriorSlip, other: &PriorSlip) -> PriorSlip {
    let mut slip = own.clone();
    fill(&mut slip.issuer, &other.issuer);
    slip.issued = slip.issued.or(other.issued);
    if slip.hours.is_empty() {
        slip.hours.clone_from(&other.hours);
    }
    papers(&mut slip.attachments, &other.attachments);
    slip
}

pub(super) fn fill(own: &mut String, other: &str) {
    if own.is_empty() {
        other.clone_into(own);
    }
}

/// The files of both, each once.
pub(super) fn papers(own: &mut Vec<Attachment>, other: &[Attachment]) {
    own.extend_from_slice(other);
    own.sort();
    own.dedup();
}
