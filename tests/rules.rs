//! The rules and what follows from them: notice and ledger through their public doors.

#[path = "rules/ledger_identity.rs"]
mod ledger_identity;

#[path = "rules/notice_data.rs"]
mod notice_data;
