//! People who may have been entered twice: the same name and birth date, or ID numbers one slip of the
//! hand apart. Whether they are one person is the clerk's to say.

use super::{IdNumber, PersonId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// What is looked at of a person.
#[derive(Debug, Clone)]
pub struct Known<'a> {
    pub id: PersonId,
    pub name: &'a str,
    pub id_number: &'a IdNumber,
    pub birth_date: Option<NaiveDate>,
}

/// Why two entries may be one person; the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    NameAndNumber,
    NameAndBirth,
    Number,
}

impl Likeness {
    pub fn words(self) -> &'static str {
        match self {
            Self::NameAndNumber => "姓名相同，身份证号只差一笔",
            Self::NameAndBirth => "姓名、出生日期相同",
            Self::Number => "身份证号只差一笔，姓名不同",
        }
    }
}

/// Two entries that may be one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twins {
    pub one: PersonId,
    pub other: PersonId,
    pub likeness: Likeness,
}

/// The pairs among `people`, the surest first, else in the order given.
pub fn twins(people: &[Known<'_>]) -> Vec<Twins> {
    let mut found: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
    let mut note = |one: usize, other: usize, likeness: Likeness| {
        if one != other {
            let pair = (one.min(other), one.max(other));
            found.entry(pair).and_modify(|it| *it = likeness.min(*it)).or_insert(likeness);
        }
    };
    let names: Vec<String> = people.iter().map(|it| plain(it.name)).collect();
    let mut born: HashMap<(&str, NaiveDate), Vec<usize>> = HashMap::new();
    for (at, it) in people.iter().enumerate() {
        for date in [it.birth_date, it.id_number.birth_date()].into_iter().flatten() {
            let same = born.entry((&names[at], date)).or_default();
            if same.last() != Some(&at) {
                for &other in same.iter() {
                    note(other, at, Likeness::NameAndBirth);
                }
                same.push(at);
            }
        }
    }
    let numbers: HashMap<&str, usize> =
        people.iter().enumerate().map(|(at, it)| (it.id_number.as_str(), at)).collect();
    for (at, it) in people.iter().enumerate() {
        // A single slip never leaves a number whose check character fits: that of one of the two is wrong.
        if it.id_number.check_digit_ok() {
            continue;
        }
        for slip in slips(it.id_number.as_str()) {
            if let Some(&other) = numbers.get(slip.as_str()) {
                let same = names[at] == names[other];
                note(at, other, if same { Likeness::NameAndNumber } else { Likeness::Number });
            }
        }
    }
    let mut pairs: Vec<((usize, usize), Likeness)> = found.into_iter().collect();
    pairs.sort_by_key(|(pair, likeness)| (*likeness, *pair));
    pairs
        .into_iter()
        .map(|((one, other), likeness)| Twins {
            one: people[one].id,
            other: people[other].id,
            likeness,
        })
        .collect()
}

/// A name without the spaces and with the one middle dot that people type in several ways.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if matches!(c, '.' | '．' | '•' | '‧' | '・' | '∙') { '·' } else { c })
        .collect()
}

/// Every number one slip away: one character another one, or two neighbours changed about.
fn slips(number: &str) -> impl Iterator<Item = String> {
    let bytes: Vec<u8> = number.bytes().collect();
    let changed = |at: usize, to: u8, bytes: &[u8]| {
        let mut other = bytes.to_vec();
        other[at] = to;
        other
    };
    let mut all: Vec<Vec<u8>> = Vec::with_capacity(18 * 10 + 17);
    for at in 0..bytes.len() {
        let last = at + 1 == bytes.len();
        let characters: &[u8] = if last { b"0123456789X" } else { b"0123456789" };
        all.extend(characters.iter().filter(|c| **c != bytes[at]).map(|c| changed(at, *c, &bytes)));
        if at > 0 && bytes[at] != bytes[at - 1] && !(last && bytes[at] == b'X') {
            let mut swapped = bytes.clone();
            swapped.swap(at - 1, at);
            all.push(swapped);
        }
    }
    all.into_iter().map(|bytes| bytes.into_iter().map(char::from).collect())
}
