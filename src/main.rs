//! argv → window or command; nothing else.

use std::process::ExitCode;
use xueshi::cli::{self, Called};

fn main() -> ExitCode {
    match cli::run(std::env::args_os().collect()) {
        Called::Done(status) => ExitCode::from(status),
        Called::Window(registry, today) => match xueshi::ui::run(registry, today) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => ExitCode::from(cli::refuse(&failure)),
        },
    }
}
