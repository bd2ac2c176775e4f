//! The command line through its own binary: words, exit statuses, JSON, and what lands on disk.

#[path = "cli/program.rs"]
mod program;

#[path = "cli/usage.rs"]
mod usage;
