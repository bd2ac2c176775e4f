//! Finding people as one types: by name, pinyin initials, the tail of the ID number, section or title.
//! Most people are passed over by a look at their bytes in the [`Index`].

use super::index::{Brief, HEAD, Index, bit_of, head_of, tail_of};
use super::snapshot::{PersonLine, Snapshot};

/// So many digits or more may be a number's beginning; fewer are its tail.
const FROM_THE_FRONT: usize = 6;

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
    /// The bits of all that are letters.
    letters: u32,
    /// The bits of all that are none: they must stand in the name as they are.
    others: u64,
}

impl Word {
    fn new(text: &str) -> Self {
        let digits = text.bytes().all(|b| b.is_ascii_digit() || b == b'x')
            && text.bytes().any(|b| b.is_ascii_digit());
        let bit = |c: char| if c.is_ascii_lowercase() { 1 << (c as u32 - 'a' as u32) } else { 0 };
        let characters: Vec<(char, u32)> = text.chars().map(|c| (c, bit(c))).collect();
        let letters = characters.iter().fold(0, |all, (_, bit)| all | bit);
        let others = characters
            .iter()
            .filter(|(_, bit)| *bit == 0)
            .fold(0, |all, (character, _)| all | bit_of(*character));
        Self { text: text.to_owned(), digits, characters, letters, others }
    }

    /// A single letter: the bytes alone decide, and it is never meant for a section.
    fn one_letter(&self) -> bool {
        self.characters.len() == 1 && self.letters != 0
    }

    fn finds_number(&self, line: &PersonLine) -> bool {
        let (id, word) = (line.row.id_number.as_str(), self.text.as_str());
        id.len() >= word.len() && id[id.len() - word.len()..].eq_ignore_ascii_case(word)
            || word.len() >= FROM_THE_FRONT && id.starts_with(word)
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

/// A word held against one registry: which sections and titles have it is asked once.
struct Ready<'a> {
    word: &'a Word,
    sections: Vec<bool>,
    titles: Vec<bool>,
    /// The first digits of a number and where they lie, when so many are asked for.
    head: Option<(u64, u64)>,
    /// Its last characters, and where they lie.
    tail: u32,
    mask: u32,
}

impl<'a> Ready<'a> {
    fn of(word: &'a Word, index: &Index) -> Self {
        let beside = !word.digits && !word.one_letter();
        let (sections, titles) = if beside {
            (index.sections_with(&word.text), index.titles_with(&word.text))
        } else {
            (Vec::new(), Vec::new())
        };
        let mask = match word.text.len() {
            1 => 0xFF,
            2 => 0xFFFF,
            3 => 0xFF_FFFF,
            _ => u32::MAX,
        };
        let head = (word.text.len() >= FROM_THE_FRONT).then(|| {
            let after = 4 * HEAD.saturating_sub(word.text.len());
            (head_of(&word.text), u64::MAX << after)
        });
        Self { word, sections, titles, head, tail: tail_of(&word.text), mask }
    }

    fn finds(&self, brief: &Brief, line: &PersonLine) -> bool {
        let word = self.word;
        if word.digits {
            let length = word.text.len();
            let tail = brief.tail & self.mask == self.tail;
            let head = self.head.is_some_and(|(digits, mask)| brief.head & mask == digits);
            // What the bytes hold whole needs no look at the person.
            return tail && length <= 4
                || head && length <= HEAD
                || (tail || head) && word.finds_number(line);
        }
        let may = brief.letters & word.letters == word.letters
            && brief.characters & word.others == word.others;
        if word.one_letter() {
            return may;
        }
        self.sections.get(brief.section as usize) == Some(&true)
            || self.titles.get(brief.title as usize) == Some(&true)
            || may && word.in_name(line)
    }
}

/// A query held against one picture.
pub struct Search<'a> {
    snapshot: &'a Snapshot,
    words: Vec<Ready<'a>>,
}

impl Search<'_> {
    /// Whether the person at this place is found.
    pub fn finds(&self, place: usize) -> bool {
        let (brief, line) = (&self.snapshot.index.briefs[place], &self.snapshot.people[place]);
        self.words.iter().all(|word| word.finds(brief, line))
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

    /// Made ready for a picture's people.
    pub fn among<'a>(&'a self, snapshot: &'a Snapshot) -> Search<'a> {
        let words = self.words.iter().map(|word| Ready::of(word, &snapshot.index)).collect();
        Search { snapshot, words }
    }

    /// The words, in small letters.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(|word| word.text.as_str())
    }

    /// Whether all words stand in a text.
    pub fn finds_text(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.iter().all(|word| text.contains(word.text.as_str()))
    }
}

/// The places of the people found in a snapshot, in its order, at most `limit`.
pub fn people(snapshot: &Snapshot, query: &Query, limit: usize) -> Vec<usize> {
    let search = query.among(snapshot);
    (0..snapshot.people.len()).filter(|&place| search.finds(place)).take(limit).collect()
}
