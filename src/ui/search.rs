//! Finding people as one types: by name, pinyin initials, the tail of the ID number, section or title.

use super::snapshot::{PersonLine, Snapshot};

/// A query made ready to be held against many people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Words are separated by spaces; all must be found. Full-width letters and digits are understood.
    pub fn new(text: &str) -> Self {
        use unicode_normalization::UnicodeNormalization;
        let plain: String = text.nfkc().collect::<String>().to_lowercase();
        Self { words: plain.split_whitespace().map(str::to_owned).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub fn finds(&self, line: &PersonLine) -> bool {
        self.words.iter().all(|word| found(word, line))
    }

    /// Whether all words stand in a text.
    pub fn finds_text(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

fn found(word: &str, line: &PersonLine) -> bool {
    let row = &line.row;
    let digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'x');
    if digits && word.bytes().any(|b| b.is_ascii_digit()) {
        let id = row.id_number.as_str();
        return id.len() >= word.len() && id[id.len() - word.len()..].eq_ignore_ascii_case(word)
            || word.len() >= 6 && id.starts_with(word);
    }
    in_name(word, line) || row.section.contains(word) || row.title.contains(word)
}

/// Characters of the name or their initials, one after the other, anywhere in the name.
fn in_name(word: &str, line: &PersonLine) -> bool {
    let wanted = word.chars().count();
    let have = line.initials.len();
    (0..have.saturating_sub(wanted - 1)).any(|start| {
        word.chars().zip(line.row.name.chars().skip(start)).zip(&line.initials[start..]).all(
            |((wanted, character), letters)| {
                wanted == character
                    || wanted.is_ascii_lowercase()
                        && letters & 1 << (wanted as u32 - 'a' as u32) != 0
            },
        )
    })
}

/// The places of the people found in a snapshot, in its order, at most `limit`.
pub fn people(snapshot: &Snapshot, query: &Query, limit: usize) -> Vec<usize> {
    snapshot
        .people
        .iter()
        .enumerate()
        .filter(|(_, line)| query.finds(line))
        .map(|(place, _)| place)
        .take(limit)
        .collect()
}
