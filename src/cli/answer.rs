//! What a command answers with, and how it reaches the terminal: words for a person, or one JSON
//! document, never both; a reader that has gone away is not an error.

use crate::failure::{Failure, Result};
use serde::Serialize;
use serde_json::Value;
use std::cell::Cell;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;

/// A finished command.
#[derive(Debug)]
pub struct Answer {
    /// Words for a person, with line ends between lines and none at the end.
    pub text: String,
    /// The same for a program.
    pub json: Value,
    /// There is something to look at: exit status 1 instead of 0.
    pub findings: bool,
}

impl Answer {
    /// An answer without findings.
    pub fn clean(text: impl Into<String>, json: Value) -> Self {
        Self { text: text.into(), json, findings: false }
    }

    /// An answer that may have findings.
    pub fn with_findings(text: impl Into<String>, json: Value, findings: bool) -> Self {
        Self { text: text.into(), json, findings }
    }

    /// Prints the answer and gives the exit status.
    pub fn print(&self, as_json: bool) -> u8 {
        let written = if as_json { say(&format!("{:#}", self.json)) } else { say(&self.text) };
        match written {
            Ok(()) => u8::from(self.findings),
            Err(failure) => refuse(&failure),
        }
    }
}

/// Writes a line to standard output. A closed pipe is silence, not a failure.
///
/// # Errors
/// The output cannot be written for another reason, such as a full disk.
pub fn say(line: &str) -> Result<()> {
    let mut output = std::io::stdout().lock();
    match writeln!(output, "{line}").and_then(|()| output.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::io("输出结果", Path::new("标准输出"), error))
        }
        _ => Ok(()),
    }
}

/// Tells a failure as one line on standard error and gives its exit status.
pub fn refuse(failure: &Failure) -> u8 {
    let line = failure.to_string().replace(['\r', '\n'], " ");
    // Nobody is left to tell when standard error is closed too.
    let _ = writeln!(std::io::stderr(), "{line}");
    failure.exit_code()
}

/// Any plain data as a JSON value.
///
/// # Errors
/// A map whose keys are not text; none of ours is.
pub fn value(data: &impl Serialize) -> Result<Value> {
    serde_json::to_value(data).map_err(|error| {
        Failure::cannot("输出 JSON", "", "结果不能写成 JSON", "请把这句话告诉程序的维护人")
            .because(error)
    })
}

/// Shows how far long work is on a terminal; silent elsewhere.
pub struct Meter {
    shown: Cell<bool>,
    terminal: bool,
}

impl Meter {
    pub fn new() -> Self {
        Self { shown: Cell::new(false), terminal: std::io::stderr().is_terminal() }
    }

    /// One step; always goes on.
    pub fn step(&self, done: u64, of: u64, what: &str) -> bool {
        if self.terminal {
            self.shown.set(true);
            // Progress is a courtesy: where it cannot be shown, the work goes on.
            let _ = write!(std::io::stderr(), "\r\x1b[K{what} {done}/{of}");
        }
        true
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        if self.shown.get() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

/// A size as people say it: `3.4 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} KB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
