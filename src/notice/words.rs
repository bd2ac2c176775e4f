//! A notice's own words in full, a paragraph a line, and where in them each clause stands: what a rule comes
//! from can be shown in its place, and what was made of a sentence can be asked of it.

use super::Notice;
use std::ops::Range;

/// One paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    /// Bytes of the text and the id of the clause that they are; the longer before the shorter.
    pub clauses: Vec<(Range<usize>, String)>,
}

impl Paragraph {
    /// The clause at a place of the text: the shortest that covers it.
    pub fn clause_at(&self, byte: usize) -> Option<&str> {
        let at = self.clauses.iter().filter(|(range, _)| range.contains(&byte));
        at.min_by_key(|(range, _)| range.len()).map(|(_, id)| id.as_str())
    }

    /// Where a clause stands in the text.
    pub fn ranges_of<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.clauses.iter().filter(move |(_, id)| id == clause).map(|(range, _)| range.clone())
    }
}

/// The paragraphs of `words` with the clauses of `notice` marked. A clause is found by its quotation,
/// whatever the spaces, line ends and forms of punctuation.
pub fn paragraphs(words: &str, notice: &Notice) -> Vec<Paragraph> {
    let mut all: Vec<Paragraph> = words
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Paragraph { text: line.to_owned(), clauses: Vec::new() })
        .collect();
    // Every letter that matters, with its paragraph and the bytes it stands in.
    let mut letters = Vec::new();
    let mut places = Vec::new();
    for (nr, paragraph) in all.iter().enumerate() {
        for (at, letter) in paragraph.text.char_indices() {
            if let Some(plain) = plain(letter) {
                letters.push(plain);
                places.push((nr, at..at + letter.len_utf8()));
            }
        }
    }
    for clause in notice.clauses.values().filter(|clause| !clause.id.contains('~')) {
        let wanted: Vec<char> = clause.quote.chars().filter_map(plain).collect();
        if wanted.is_empty() {
            continue;
        }
        for start in found(&letters, &wanted) {
            for (nr, range) in together(&places[start..start + wanted.len()]) {
                all[nr].clauses.push((range, clause.id.clone()));
            }
        }
    }
    for paragraph in &mut all {
        paragraph
            .clauses
            .sort_by_key(|(range, id)| (range.start, std::cmp::Reverse(range.len()), id.clone()));
    }
    all
}

/// A letter as it is compared; nothing for what is only spacing.
fn plain(letter: char) -> Option<char> {
    Some(match letter {
        letter if letter.is_whitespace() => return None,
        '（' | '〔' => '(',
        '）' | '〕' => ')',
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '“' | '”' => '"',
        other => other,
    })
}

/// Every place where `wanted` begins.
fn found<'a>(letters: &'a [char], wanted: &'a [char]) -> impl Iterator<Item = usize> + 'a {
    let last = letters.len().checked_sub(wanted.len()).map_or(0, |last| last + 1);
    (0..last).filter(move |&start| letters[start..start + wanted.len()] == *wanted)
}

/// The bytes of neighbouring letters, paragraph by paragraph.
fn together(places: &[(usize, Range<usize>)]) -> Vec<(usize, Range<usize>)> {
    let mut ranges: Vec<(usize, Range<usize>)> = Vec::new();
    for (nr, range) in places {
        match ranges.last_mut() {
            Some((last, known)) if last == nr => known.end = range.end,
            _ => ranges.push((*nr, range.clone())),
        }
    }
    ranges
}
