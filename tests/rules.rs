//! The rules and what follows from them: notice and ledger through their public doors.

#[path = "rules/support.rs"]
mod support;

#[path = "rules/ledger_check.rs"]
mod ledger_check;
#[path = "rules/ledger_dayparts.rs"]
mod ledger_dayparts;
#[path = "rules/ledger_identity.rs"]
mod ledger_identity;
#[path = "rules/ledger_properties.rs"]
mod ledger_properties;
#[path = "rules/ledger_region.rs"]
mod ledger_region;
#[path = "rules/ledger_steps.rs"]
mod ledger_steps;
#[path = "rules/ledger_twins.rs"]
mod ledger_twins;
#[path = "rules/ledger_years.rs"]
mod ledger_years;

#[path = "rules/notice_data.rs"]
mod notice_data;

#[path = "rules/notice_applicants.rs"]
mod notice_applicants;

#[path = "rules/notice_days.rs"]
mod notice_days;

#[path = "rules/notice_region.rs"]
mod notice_region;
#[path = "rules/notice_switch.rs"]
mod notice_switch;

#[path = "rules/notice_convert.rs"]
mod notice_convert;

#[path = "rules/notice_evidence.rs"]
mod notice_evidence;

#[path = "rules/notice_faults.rs"]
mod notice_faults;
