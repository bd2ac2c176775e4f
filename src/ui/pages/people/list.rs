//! Which people are shown, in which order: filters, words looked for, sorting. Made anew only when one of
//! them changes, and then from a few bytes for everybody.

use super::columns::{self, Column};
use crate::ledger::PersonId;
use crate::ui::index::{Brief, Index};
use crate::ui::search::Query;
use crate::ui::snapshot::{Mark, Snapshot};
use crate::ui::widgets::Tone;
use std::collections::HashSet;

/// Which people are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Applicants,
    Met,
    /// A year that falls short.
    Short,
    /// A record without complete evidence.
    Lacking,
    Retired,
}

impl Filter {
    pub const ALL: [Self; 6] =
        [Self::All, Self::Applicants, Self::Met, Self::Short, Self::Lacking, Self::Retired];

    pub fn name(self, year: Option<i32>) -> String {
        match (self, year) {
            (Self::All, _) => "在职".to_owned(),
            (Self::Applicants, _) => "参评".to_owned(),
            (Self::Met, _) => "达标".to_owned(),
            (Self::Short, None) => "有年度不够".to_owned(),
            (Self::Short, Some(_)) => "不够".to_owned(),
            (Self::Lacking, _) => "缺材料".to_owned(),
            (Self::Retired, _) => "退休或离职".to_owned(),
        }
    }

    pub fn tone(self) -> Option<Tone> {
        match self {
            Self::Applicants => Some(Tone::Info),
            Self::Met => Some(Tone::Ok),
            Self::Short => Some(Tone::Bad),
            Self::Lacking => Some(Tone::Wait),
            Self::All | Self::Retired => None,
        }
    }

    /// `year` is the place of the chosen year among those looked at.
    fn keeps(self, brief: &Brief, year: Option<usize>) -> bool {
        match (self, year) {
            (Self::Retired, _) => brief.retired,
            _ if brief.retired => false,
            (Self::All, _) => true,
            (Self::Applicants, _) => brief.applies,
            (Self::Met, None) => brief.every_year,
            (Self::Met, Some(at)) => matches!(brief.years[at], Some(Mark::Met | Mark::Deemed)),
            (Self::Short, None) => brief.short,
            (Self::Short, Some(at)) => {
                brief.counted && matches!(brief.years[at], None | Some(Mark::Short))
            }
            (Self::Lacking, None) => brief.lacks,
            (Self::Lacking, Some(at)) => brief.lacking[at],
        }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    pub text: String,
    pub filter: Filter,
    /// Only this section.
    pub section: Option<String>,
    /// Only those who have a record of this title.
    pub with: Option<(String, HashSet<PersonId>)>,
    pub year: Option<i32>,
    pub sort: Option<(Column, bool)>,
}

/// A picture, a year, and a column with whether downwards: what an order was made from.
type Ordered = (u64, Option<i32>, Option<(Column, bool)>);

/// The people shown.
#[derive(Default)]
pub struct List {
    /// Places in the snapshot's list, filtered and sorted.
    pub shown: Vec<u32>,
    /// How many each filter would show, with the section and year that are chosen.
    pub counts: [usize; Filter::ALL.len()],
    /// What they were made from: a picture and what was asked.
    made: Option<(u64, Asked)>,
    /// Everybody in the order of a column, and for which picture and column it was made.
    order: Vec<u32>,
    ordered: Option<Ordered>,
}

impl List {
    /// True when another list came of it.
    pub fn make(&mut self, snapshot: &Snapshot, asked: &Asked) -> bool {
        if self
            .made
            .as_ref()
            .is_some_and(|(serial, made)| *serial == snapshot.serial && made == asked)
        {
            return false;
        }
        let index = &snapshot.index;
        let section = section_of(index, asked);
        let year = asked.year.and_then(|year| index.year(year));
        let before = self.made.take().filter(|(serial, _)| *serial == snapshot.serial);
        let same_crowd = before.as_ref().is_some_and(|(_, made)| {
            made.section == asked.section && made.year == asked.year && made.with == asked.with
        });
        let with = asked.with.as_ref().map(|(_, people)| people);
        let in_crowd = |place: usize, brief: &Brief| {
            section.is_none_or(|section| brief.section == section)
                && with.is_none_or(|with| with.contains(&snapshot.people[place].row.id))
        };
        if !same_crowd {
            self.counts = [0; Filter::ALL.len()];
            for (place, brief) in index.briefs.iter().enumerate() {
                if in_crowd(place, brief) {
                    for (count, filter) in self.counts.iter_mut().zip(Filter::ALL) {
                        *count += usize::from(filter.keeps(brief, year));
                    }
                }
            }
        }
        let query = Query::new(&asked.text);
        let search = query.among(snapshot);
        let keeps = |place: usize| {
            let brief = &index.briefs[place];
            asked.filter.keeps(brief, year)
                && in_crowd(place, brief)
                && (query.is_empty() || search.finds(place))
        };
        self.sort(snapshot, asked);
        self.shown.clear();
        if asked.sort.is_none() {
            let all = 0..index.briefs.len();
            self.shown.extend(all.filter(|&place| keeps(place)).map(|place| place as u32));
        } else {
            let all = self.order.iter().copied();
            self.shown.extend(all.filter(|&place| keeps(place as usize)));
        }
        self.made = Some((snapshot.serial, asked.clone()));
        true
    }

    /// The snapshot itself is in name order.
    fn sort(&mut self, snapshot: &Snapshot, asked: &Asked) {
        let wanted = (snapshot.serial, asked.year, asked.sort);
        if self.ordered != Some(wanted) {
            self.order = match asked.sort {
                None => Vec::new(),
                Some((column, down)) => columns::sorted(column, down, asked.year, snapshot),
            };
            self.ordered = Some(wanted);
        }
    }

    /// How many a search has found.
    pub fn found(&self) -> Option<usize> {
        let sought = self.made.as_ref().is_some_and(|(_, made)| !made.text.is_empty());
        sought.then_some(self.shown.len())
    }

    pub fn person(&self, snapshot: &Snapshot, row: usize) -> Option<PersonId> {
        let place = *self.shown.get(row)? as usize;
        snapshot.people.get(place).map(|line| line.row.id)
    }

    pub fn row_of(&self, snapshot: &Snapshot, person: PersonId) -> Option<usize> {
        self.shown.iter().position(|&place| snapshot.people[place as usize].row.id == person)
    }
}

/// The place of the section asked for; one that nobody is in keeps nobody.
fn section_of(index: &Index, asked: &Asked) -> Option<u32> {
    let wanted = asked.section.as_deref()?;
    let place = index.sections.iter().position(|(name, _)| **name == *wanted);
    Some(place.map_or(u32::MAX, |place| place as u32))
}
