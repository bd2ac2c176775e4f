//! Who goes into a package and who stays out, with the reasons (B3-10…B3-13, A-45).

use super::LeftOut;
use crate::ledger::{ApplicantResult, CampaignReport, Publicity, Verdict};
use crate::registry::campaign::{blocks, is_step, told, unmet};

/// Those who go in, in the report's order, and the rest.
pub fn choose<'a>(
    report: &'a CampaignReport,
    runs: &[Publicity],
    draft: bool,
) -> (Vec<&'a ApplicantResult>, Vec<LeftOut>) {
    let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
    for found in &report.applicants {
        let reasons = against(found, runs, draft);
        if reasons.is_empty() {
            chosen.push(found);
        } else {
            left_out.push(LeftOut {
                name: found.person.name.clone(),
                id_number: found.person.id_number.to_string(),
                reasons,
            });
        }
    }
    (chosen, left_out)
}

/// Why a person cannot be packed: whatever blocks, and the steps not yet taken. A draft asks only for
/// the verdict.
pub fn against(found: &ApplicantResult, runs: &[Publicity], draft: bool) -> Vec<String> {
    if let Some(withdrawn) = &found.applicant.withdrawn {
        return vec![format!("{} 退出申报（{}）", withdrawn.at, withdrawn.reason)];
    }
    if let Some(returned) = found.applicant.returned() {
        return vec![format!("{} 主管部门复审退回（{}）", returned.at, returned.reason)];
    }
    if draft {
        let met = found.verdict == Verdict::Met;
        return if met { Vec::new() } else { vec![unmet(found)] };
    }
    // Hours and papers first; the steps that follow them are told once they can be taken.
    let (steps, rest): (Vec<_>, Vec<_>) = blocks(found).partition(|it| is_step(it.code));
    let standing = if rest.is_empty() { steps } else { rest };
    let mut reasons: Vec<String> = standing.into_iter().map(told).collect();
    // What stops a package does not hang on what a check reports.
    let closed = |run: &Publicity| run.closed.is_some() && run.stands_for(found.person.id);
    if !reasons.is_empty() {
    } else if found.verdict != Verdict::Met {
        reasons.push(found.verdict.name().to_owned());
    } else if !found.applicant.passed() {
        reasons.push("单位还没有初审合格".to_owned());
    } else if !runs.iter().any(closed) {
        reasons.push("公示还没有期满".to_owned());
    }
    reasons
}
