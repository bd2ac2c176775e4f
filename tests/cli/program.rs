//! Runs the program and looks at what came out.

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

/// What a run left behind.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// Runs `xueshi` with these words in `dir`.
pub fn run_in(dir: &Path, words: &[&str]) -> Run {
    let output =
        Command::cargo_bin("xueshi").unwrap().current_dir(dir).args(words).output().unwrap();
    Run {
        status: output.status.code().expect("the program was not killed"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `xueshi` with these words, wherever the test runs.
pub fn run(words: &[&str]) -> Run {
    run_in(Path::new("."), words)
}

impl Run {
    /// Asserts the exit status, telling everything when it differs.
    #[track_caller]
    pub fn exits(self, status: i32) -> Self {
        assert_eq!(self.status, status, "\nstdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// Asserts that it was refused with one line on stderr that says all these words, and nothing on stdout.
    #[track_caller]
    pub fn refuses(self, status: i32, words: &[&str]) {
        let run = self.exits(status);
        assert_eq!(run.out, "", "a failure prints nothing on stdout");
        assert_eq!(run.err.trim_end().lines().count(), 1, "one line: {}", run.err);
        assert!(run.err.trim_end().ends_with('。'), "a sentence: {}", run.err);
        for word in words {
            assert!(run.err.contains(word), "{word} is not in: {}", run.err);
        }
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{error}\nstdout: {}\nstderr: {}", self.out, self.err))
    }

    /// Asserts that stdout says all these words.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.out.contains(word), "{word} is not in: {}", self.out);
        }
        self
    }
}
