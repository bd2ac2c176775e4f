//! The window. egui only here.

use crate::failure::Result;
use std::path::PathBuf;

/// Opens the window on a registry, the last one, or the default one.
///
/// # Errors
/// No renderer works on this PC.
pub fn run(_registry: Option<PathBuf>) -> Result<()> {
    todo!()
}
