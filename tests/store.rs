//! Tests of what is kept and taken in: the registry on disk and the intake of workbooks.

#[path = "store/registry_desk.rs"]
mod registry_desk;
#[path = "store/registry_door.rs"]
mod registry_door;
#[path = "store/registry_undo.rs"]
mod registry_undo;
