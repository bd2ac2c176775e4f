//! Finding people as one types: by name, pinyin initials, the tail of the ID number, section or title.

use super::snapshot::{PersonLine, Snapshot};

/// A query made ready to be held against many people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<Word>,
}

/// One word of it, looked at once instead of for everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    /// Digits, perhaps with an x behind: part of an ID number.
    digits: bool,
    /// Each character, and as a letter the bit it has in [`PersonLine::initials`], else 0.
    characters: Vec<(char, u32)>,
    /// The bits of all of them, when every one is a letter: a name without them is passed over at once.
    letters: Option<u32>,
}

impl Word {
    fn new(text: &str) -> Self {
        let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'x')
            && text.bytes().any(|b| b.is_ascii_digit());
        let bit = |c: char| if c.is_ascii_lowercase() { 1 << (c as u32 - 'a' as u32) } else { 0 };
        let characters: Vec<(char, u32)> = text.chars().map(|c| (c, bit(c))).collect();
        let letters = characters
            .iter()
            .all(|(_, bit)| *bit != 0)
            .then(|| characters.iter().fold(0, |all, (_, bit)| all | bit));
        Self { text: text.to_owned(), digits, characters, letters }
    }

    fn finds(&self, line: &PersonLine) -> bool {
        let (row, word) = (&line.row, self.text.as_str());
        if self.digits {
            let id = row.id_number.as_str();
            return id.len() >= word.len()
                && id[id.len() - word.len()..].eq_ignore_ascii_case(word)
                || word.len() >= 6 && id.starts_with(word);
        }
        match self.letters {
            // A single letter is never meant for a section.
            Some(letters) => {
                line.letters & letters == letters && self.in_name(line)
                    || self.characters.len() > 1 && self.beside_name(line)
            }
            None => self.in_name(line) || self.beside_name(line),
        }
    }

    fn beside_name(&self, line: &PersonLine) -> bool {
        line.row.section.contains(&self.text) || line.row.title.contains(&self.text)
    }

    /// Characters of the name or their initials, one after the other, anywhere in the name.
    fn in_name(&self, line: &PersonLine) -> bool {
        let have = line.initials.len();
        (0..(have + 1).saturating_sub(self.characters.len())).any(|start| {
            let name = line.row.name.chars().skip(start).zip(&line.initials[start..]);
            self.characters.iter().zip(name).all(|((wanted, bit), (character, letters))| {
                *wanted == character || letters & bit != 0
            })
        })
    }
}

impl Query {
    /// Words are separated by spaces; all must be found. Full-width letters and digits are understood.
    pub fn new(text: &str) -> Self {
        use unicode_normalization::UnicodeNormalization;
        let plain: String = text.nfkc().collect::<String>().to_lowercase();
        Self { words: plain.split_whitespace().map(Word::new).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub fn finds(&self, line: &PersonLine) -> bool {
        self.words.iter().all(|word| word.finds(line))
    }

    /// Whether all words stand in a text.
    pub fn finds_text(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word.text.as_str()))
    }
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
