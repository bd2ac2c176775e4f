//! Tests of what is kept and taken in: the registry on disk and the intake of workbooks.

#[path = "store/campaign_after.rs"]
mod campaign_after;
#[path = "store/campaign_desk.rs"]
mod campaign_desk;
#[path = "store/campaign_steps.rs"]
mod campaign_steps;
#[path = "store/intake_desk.rs"]
mod intake_desk;
#[path = "store/intake_files.rs"]
mod intake_files;
#[path = "store/intake_reading.rs"]
mod intake_reading;
#[path = "store/intake_rows.rs"]
mod intake_rows;
#[path = "store/intake_typed.rs"]
mod intake_typed;
#[path = "store/registry_backup.rs"]
mod registry_backup;
#[path = "store/registry_career.rs"]
mod registry_career;
#[path = "store/registry_desk.rs"]
mod registry_desk;
#[path = "store/registry_disk.rs"]
mod registry_disk;
#[path = "store/registry_doctor.rs"]
mod registry_doctor;
#[path = "store/registry_door.rs"]
mod registry_door;
#[path = "store/registry_handbook.rs"]
mod registry_handbook;
#[path = "store/registry_history.rs"]
mod registry_history;
#[path = "store/registry_locked.rs"]
mod registry_locked;
#[path = "store/registry_merge.rs"]
mod registry_merge;
#[path = "store/registry_open.rs"]
mod registry_open;
#[path = "store/registry_process.rs"]
mod registry_process;
#[path = "store/registry_roster.rs"]
mod registry_roster;
#[path = "store/registry_rules.rs"]
mod registry_rules;
#[path = "store/registry_undo.rs"]
mod registry_undo;
#[path = "store/registry_vault.rs"]
mod registry_vault;
