//! Applicants in a registry: those whose years an earlier slip covers are met, the others are short.

use super::registry_desk::*;
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::registry::Registry;
use xueshi::registry::campaign;

/// Applicants `1..=met` are met, `met+1..=all` are short; all apply at this level in 2020.
pub fn applicants(registry: &mut Registry, desk: &Desk, level: &str, met: u32, all: u32) {
    for n in 1..=all {
        applicant(registry, desk, level, n, n <= met);
    }
}

pub fn applicant(registry: &mut Registry, desk: &Desk, level: &str, n: u32, met: bool) {
    let scan = desk.file(&format!("认定单{n}.pdf"), format!("%PDF-1.4 slip {n}").as_bytes());
    let slip = registry.vault().take_in(&scan).unwrap();
    let save = |tx: &mut xueshi::registry::Tx<'_>| {
        let mut one = person(n);
        one.handbook_number = format!("湘J{n:06}");
        one.education = "本科".to_owned();
        let person = tx.save_person(&one)?;
        if met {
            tx.save_slip(&PriorSlip {
                id: SlipId(0),
                person,
                number: format!("2019-{n:03}"),
                issuer: "湘西自治州人力资源和社会保障局".to_owned(),
                issued: Some(day("2019-12-20")),
                first_year: 2015,
                last_year: 2019,
                hours: Default::default(),
                attachments: vec![Attachment {
                    slot: SlotId("recognition-slip".to_owned()),
                    stamped: true,
                    evidence: slip,
                    reason: String::new(),
                }],
            })?;
        }
        tx.save_applicant(&Applicant {
            id: ApplicantId(0),
            person,
            campaign: 2020,
            level: level.to_owned(),
            series: "卫生".to_owned(),
            speciality: "内科护理".to_owned(),
            start_override: None,
            note: String::new(),
            review: None,
            withdrawn: None,
            department: None,
            sent: None,
            issued: None,
        })
    };
    registry.transact("登记参评人员", save).unwrap();
}

/// Everybody's review, with all steps allowed.
pub fn pass(registry: &mut Registry, today: &str) -> campaign::Outcome {
    let today = day(today);
    campaign::review(registry, 2020, None, &[], ReviewResult::Passed, "田秀英", "", today).unwrap()
}
