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
#[path = "rules/ledger_years.rs"]
mod ledger_years;

#[path = "rules/notice_data.rs"]
mod notice_data;
