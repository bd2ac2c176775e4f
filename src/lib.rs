//! 学时 xueshi: a unit's continuing-education registration handbooks, from an Excel roster to a
//! verified submission package. Each module is a floor that stands only on those listed before it.

mod durable;
pub mod failure;
pub mod opening;

pub mod notice;

pub mod ledger;

pub mod registry;

pub mod intake;

pub mod documents;

pub mod template;

pub mod package;

pub mod cli;

pub mod ui;
