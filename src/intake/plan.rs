//! What an import will do: every entry as stored and as it will be. Nothing here writes; a dry run is this and no
//! more.

use super::BadCell;
use super::drafts::Origin;
use crate::ledger::{Applicant, Deemed, Event, Person, PersonId, PriorSlip, Record};
use std::collections::{BTreeMap, BTreeSet};

/// So many merged rows are told one by one.
const MOST_MERGED_TOLD: usize = 10;

/// Something that is, or will be, in the registry.
#[derive(Debug)]
pub struct Planned<T> {
    /// As stored; `None` for a new one.
    pub before: Option<T>,
    pub after: T,
    /// Its place in [`Plan::people`].
    pub person: usize,
    /// The row that said so first.
    pub origin: Origin,
    /// Rows beyond the first that said the same again.
    pub repeated: u32,
    /// Rows beyond the first that said something more.
    pub merged: Vec<u32>,
}

impl<T: PartialEq> Planned<T> {
    pub fn changed(&self) -> bool {
        self.before.as_ref() != Some(&self.after)
    }
}

/// A person whom the file names in some sheet.
#[derive(Debug)]
pub struct PlannedPerson {
    pub before: Option<Person>,
    pub after: Person,
    /// The row of 人员, if there is one.
    pub row: Option<u32>,
    /// Years that the department has confirmed.
    pub locked: BTreeSet<i32>,
    /// Its place among the registry's handbooks.
    pub handbook: Option<usize>,
}

/// All that an import will do.
#[derive(Debug, Default)]
pub struct Plan {
    pub people: Vec<PlannedPerson>,
    /// 班次 by folded name, as stored and as they will be; id 0 is new.
    pub events: BTreeMap<String, (Option<Event>, Event)>,
    pub records: Vec<Planned<Record>>,
    pub deemed: Vec<Planned<Deemed>>,
    pub slips: Vec<Planned<PriorSlip>>,
    pub applicants: Vec<Planned<Applicant>>,
    pub bad: Vec<BadCell>,
    pub notes: Vec<String>,
    pub unchanged: u32,
}

impl Plan {
    pub fn count_unchanged(&self) -> u32 {
        fn of<T: PartialEq>(entries: &[Planned<T>]) -> u32 {
            entries.iter().map(|entry| entry.repeated + u32::from(!entry.changed())).sum()
        }
        let people = self
            .people
            .iter()
            .filter(|person| person.row.is_some() && person.before.as_ref() == Some(&person.after));
        people.count() as u32
            + of(&self.records)
            + of(&self.deemed)
            + of(&self.slips)
            + of(&self.applicants)
    }

    /// Tells which rows were taken as one.
    pub fn say_merged(&mut self) {
        fn of<T>(entries: &[Planned<T>]) -> impl Iterator<Item = String> {
            entries.iter().filter(|entry| !entry.merged.is_empty()).map(|entry| {
                let rows: Vec<String> = entry.merged.iter().map(u32::to_string).collect();
                format!(
                    "「{}」第 {} 行与第 {} 行是同一条，已合并",
                    entry.origin.sheet,
                    rows.join("、"),
                    entry.origin.row
                )
            })
        }
        let said: Vec<String> = of(&self.records)
            .chain(of(&self.deemed))
            .chain(of(&self.slips))
            .chain(of(&self.applicants))
            .collect();
        let more = said.len().saturating_sub(MOST_MERGED_TOLD);
        self.notes.extend(said.into_iter().take(MOST_MERGED_TOLD));
        if more > 0 {
            self.notes.push(format!("另有 {more} 处同一条写了几行，已合并"));
        }
    }

    /// Whether carrying it out would change the registry.
    pub fn changes_anything(&self) -> bool {
        self.people.iter().any(|person| person.before.as_ref() != Some(&person.after))
            || self.events.values().any(|(before, after)| before.as_ref() != Some(after))
            || self.records.iter().any(Planned::changed)
            || self.deemed.iter().any(Planned::changed)
            || self.slips.iter().any(Planned::changed)
            || self.applicants.iter().any(Planned::changed)
    }
}

/// Whom a planned entry belongs to once people have their ids.
pub trait OfPerson {
    fn belongs_to(&mut self, person: PersonId);
}

macro_rules! of_person {
    ($($noun:ty),*) => {$(
        impl OfPerson for $noun {
            fn belongs_to(&mut self, person: PersonId) {
                self.person = person;
            }
        }
    )*};
}

of_person!(Record, Deemed, PriorSlip, Applicant);
