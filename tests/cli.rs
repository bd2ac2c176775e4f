//! The command line through its own binary: words, exit statuses, JSON, and what lands on disk.

#[path = "cli/library.rs"]
mod library;
#[path = "cli/program.rs"]
mod program;

#[path = "cli/campaign.rs"]
mod campaign;
#[path = "cli/gaps.rs"]
mod gaps;
#[path = "cli/next_year.rs"]
mod next_year;
#[path = "cli/papers.rs"]
mod papers;
#[path = "cli/registry.rs"]
mod registry;
#[path = "cli/rules.rs"]
mod rules;
#[path = "cli/sample.rs"]
mod sample;
#[path = "cli/sentences.rs"]
mod sentences;
#[path = "cli/usage.rs"]
mod usage;
