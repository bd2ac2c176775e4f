//! What finding and filtering look at first: a few bytes for everybody, in one run of memory, so that
//! 100,000 people are gone through between two frames. Made by the worker with every picture.

use super::snapshot::{Mark, PersonLine};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// So many years are looked at, the last one being the campaign's.
pub const YEARS: usize = 6;

/// One person's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// Letters that the characters of the name may begin with.
    pub letters: u32,
    /// A bit for each character of the name, by [`bit_of`].
    pub characters: u64,
    /// The first sixteen digits of the ID number, by [`head_of`], and its last four characters.
    pub head: u64,
    pub tail: u32,
    /// Places in [`Index::sections`] and [`Index::titles`].
    pub section: u32,
    pub title: u32,
    pub retired: bool,
    pub applies: bool,
    /// Records without complete evidence.
    pub lacks: bool,
    /// How each of the last [`YEARS`] years stands; `None` where nothing is registered.
    pub years: [Option<Mark>; YEARS],
    /// In which of them evidence is lacking.
    pub lacking: [bool; YEARS],
    /// Any year at all is short.
    pub short: bool,
    /// Every year that says anything is met, papers included.
    pub every_year: bool,
    /// The years are known.
    pub counted: bool,
}

/// The bytes of everybody, in the order of the people, and the words that many share.
#[derive(Debug, Clone, Default)]
pub struct Index {
    pub briefs: Vec<Brief>,
    /// 科室 with how many of it are on the staff.
    pub sections: Vec<(Arc<str>, u32)>,
    pub titles: Vec<Arc<str>>,
    pub years: Range<i32>,
}

impl Index {
    pub fn of(people: &[Arc<PersonLine>], campaign: i32) -> Self {
        let years = campaign + 1 - YEARS as i32..campaign + 1;
        let mut sections = Words::default();
        let mut titles = Words::default();
        let briefs: Vec<Brief> = people
            .iter()
            .map(|line| {
                let mut brief = Brief {
                    letters: line.letters,
                    characters: line.row.name.chars().fold(0, |all, c| all | bit_of(c)),
                    head: head_of(line.row.id_number.as_str()),
                    tail: tail_of(line.row.id_number.as_str()),
                    section: sections.place(&line.row.section, !line.row.retired),
                    title: titles.place(&line.row.title, true),
                    retired: line.row.retired,
                    applies: line.applies.is_some(),
                    lacks: line.lacking() > 0,
                    years: [None; YEARS],
                    lacking: [false; YEARS],
                    short: line.worst() == Some(Mark::Short),
                    every_year: line.worst() >= Some(Mark::Deemed),
                    counted: line.years.is_some(),
                };
                for mark in line.years.iter().flatten().filter(|mark| years.contains(&mark.year)) {
                    let at = (mark.year - years.start) as usize;
                    brief.years[at] = Some(mark.mark);
                    brief.lacking[at] = mark.lacking > 0;
                }
                brief
            })
            .collect();
        Self { briefs, sections: sections.counted, titles: titles.names(), years }
    }

    /// The place of a year among those looked at.
    pub fn year(&self, year: i32) -> Option<usize> {
        self.years.contains(&year).then(|| (year - self.years.start) as usize)
    }

    /// Which sections have these words in them, by place.
    pub fn sections_with(&self, text: &str) -> Vec<bool> {
        self.sections.iter().map(|(name, _)| name.contains(text)).collect()
    }

    pub fn titles_with(&self, text: &str) -> Vec<bool> {
        self.titles.iter().map(|name| name.contains(text)).collect()
    }
}

/// Words that many share, each once.
#[derive(Default)]
struct Words {
    counted: Vec<(Arc<str>, u32)>,
    places: HashMap<Arc<str>, u32>,
}

impl Words {
    fn place(&mut self, word: &str, counts: bool) -> u32 {
        let place = match self.places.get(word) {
            Some(&place) => place,
            None => {
                let place = self.counted.len() as u32;
                let word: Arc<str> = word.into();
                self.counted.push((Arc::clone(&word), 0));
                self.places.insert(word, place);
                place
            }
        };
        self.counted[place as usize].1 += u32::from(counts);
        place
    }

    fn names(self) -> Vec<Arc<str>> {
        self.counted.into_iter().map(|(name, _)| name).collect()
    }
}

/// One of 64 bits for a character: who lacks it has not the character.
pub fn bit_of(character: char) -> u64 {
    let character = character.to_lowercase().next().unwrap_or(character);
    1 << ((character as u32).wrapping_mul(0x9E37_79B1) >> 26)
}

/// The last four characters of a number as one, the last in the lowest byte.
pub fn tail_of(number: &str) -> u32 {
    let bytes = number.as_bytes();
    bytes[bytes.len().saturating_sub(4)..]
        .iter()
        .fold(0, |all, byte| all << 8 | u32::from(byte.to_ascii_lowercase()))
}

/// So many digits of a number's beginning are kept: those who live in one county share the first six.
pub const HEAD: usize = 16;

/// The first digits of a number, four bits each, the first one highest; without the rest 0 bits stand.
pub fn head_of(number: &str) -> u64 {
    number
        .bytes()
        .take(HEAD)
        .enumerate()
        .fold(0, |all, (place, byte)| all | u64::from(byte & 0xF) << (4 * (HEAD - 1 - place)))
}
