//! The command line (contract §1): the window's work without the window. Chinese help, JSON, exit statuses.

/// Runs a command; `None` when the window is asked for.
pub fn run(_arguments: Vec<std::ffi::OsString>) -> Option<u8> {
    todo!()
}
