//! Titles of records for the palette: all in one run of text, gone through in a fraction of a frame.
//! Asked from the worker when the palette is opened, and kept until something changes.

use super::search::Query;
use crate::registry::TitleRow;

/// The titles of a registry at one revision.
#[derive(Debug, Default)]
pub struct Titles {
    revision: u64,
    rows: Vec<TitleRow>,
    /// All titles in small letters, each ended by a line feed, and where each begins.
    text: String,
    starts: Vec<u32>,
}

impl Titles {
    pub fn new(revision: u64, rows: Vec<TitleRow>) -> Self {
        let mut titles = Self { revision, ..Self::default() };
        for row in &rows {
            // A line feed ends a title, so there is none inside.
            titles.starts.push(titles.text.len() as u32);
            titles.text.extend(row.title.to_lowercase().chars().filter(|c| *c != '\n'));
            titles.text.push('\n');
        }
        titles.rows = rows;
        titles
    }

    /// Whether they are those of this revision.
    pub fn are_of(&self, revision: u64) -> bool {
        self.revision == revision
    }

    /// The titles that have every word of the query, the latest first, at most `limit`.
    pub fn find(&self, query: &Query, limit: usize) -> Vec<&TitleRow> {
        let Some(first) = query.words().next() else { return Vec::new() };
        let mut found = Vec::new();
        let mut from = 0;
        while found.len() < limit
            && let Some(at) = memchr::memmem::find(&self.text.as_bytes()[from..], first.as_bytes())
        {
            let at = (from + at) as u32;
            let nr = self.starts.partition_point(|start| *start <= at) - 1;
            let end = self.starts.get(nr + 1).map_or(self.text.len(), |next| *next as usize);
            let title = &self.text[self.starts[nr] as usize..end];
            if query.words().all(|word| title.contains(word)) {
                found.push(&self.rows[nr]);
            }
            from = end;
        }
        found
    }
}
