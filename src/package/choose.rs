//! Who goes into a package and who stays out, with the reasons (B3-10…B3-13, A-45).

use super::LeftOut;
use crate::ledger::{ApplicantResult, CampaignReport, Publicity, ReviewResult, Verdict};
use crate::notice::Notice;
use crate::registry::campaign::unmet;

/// Those who go in, in the report's order, and the rest.
pub fn choose<'a>(
    notice: &Notice,
    report: &'a CampaignReport,
    runs: &[Publicity],
    draft: bool,
) -> (Vec<&'a ApplicantResult>, Vec<LeftOut>) {
    let (mut chosen, mut left_out) = (Vec::new(), Vec::new());
    for found in &report.applicants {
        let reasons = against(notice, found, runs, draft);
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

/// Why a person cannot be packed; a draft asks only for the verdict.
fn against(
    notice: &Notice,
    found: &ApplicantResult,
    runs: &[Publicity],
    draft: bool,
) -> Vec<String> {
    if let Some(withdrawn) = &found.applicant.withdrawn {
        return vec![format!("{} 退出申报（{}）", withdrawn.at, withdrawn.reason)];
    }
    let mut reasons = Vec::new();
    if found.verdict != Verdict::Met {
        reasons.push(unmet(found));
    }
    if draft {
        return reasons;
    }
    let reviewed = match &found.applicant.review {
        Some((ReviewResult::Passed, _)) => true,
        Some((result, vouched)) => {
            reasons.push(format!("初审{}（{}）", result.name(), vouched.reason));
            false
        }
        None => {
            reasons.push("还没有初审".to_owned());
            false
        }
    };
    let mut own = runs.iter().filter(|run| run.members.contains(&found.person.id)).peekable();
    if own.peek().is_none() {
        if reviewed {
            reasons.push("还没有公示".to_owned());
        }
    } else if !own.clone().any(|run| run.closed.is_some())
        && let Some(run) = own.next()
    {
        let last = match notice.publicity.count_posting_day {
            true => run.close_inclusive,
            false => run.close_strict,
        };
        reasons.push(format!("公示还没有结束（{last} 下班后可以结束）"));
    }
    reasons
}
