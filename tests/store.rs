//! Tests of what is kept and taken in: the registry on disk and the intake of workbooks.

#[path = "store/intake_desk.rs"]
mod intake_desk;
#[path = "store/intake_files.rs"]
mod intake_files;
#[path = "store/intake_rows.rs"]
mod intake_rows;
#[path = "store/registry_desk.rs"]
mod registry_desk;
#[path = "store/registry_door.rs"]
mod registry_door;
#[path = "store/registry_undo.rs"]
mod registry_undo;
