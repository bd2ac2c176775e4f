//! argv → window or command; nothing else.

#![cfg_attr(windows, windows_subsystem = "windows")]

#[cfg(windows)]
mod console;

use std::ffi::OsString;
use std::process::ExitCode;
use xueshi::cli::{self, Called};

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    #[cfg(windows)]
    if arguments.len() > 1 {
        console::attach();
    }
    match cli::run(arguments) {
        Called::Done(status) => ExitCode::from(status),
        Called::Window(opening) => match xueshi::ui::run(&opening) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => ExitCode::from(cli::refuse(&failure)),
        },
    }
}
