//! argv → window or command; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    xueshi::cli::run(std::env::args_os().collect()).map_or(ExitCode::SUCCESS, ExitCode::from)
}
