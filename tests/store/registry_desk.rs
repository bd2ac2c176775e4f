//! What every registry test starts from: a unit, people, records, and a registry in a folder of its own.

use chrono::NaiveDate;
use std::path::PathBuf;
use xueshi::ledger::*;
use xueshi::notice::*;
use xueshi::registry::Registry;

pub const NOTICE: &str = "xiangxi-2020";

/// A folder that goes away with the test, and the registry's place in it.
pub struct Desk {
    pub folder: tempfile::TempDir,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn dir(&self) -> PathBuf {
        self.folder.path().join("登记库")
    }

    pub fn create(&self) -> Registry {
        Registry::create(&self.dir(), &unit(), NOTICE).unwrap()
    }

    pub fn open(&self) -> Registry {
        Registry::open(&self.dir()).unwrap()
    }

    /// A file on the clerk's desk, outside the registry.
    pub fn file(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

pub fn unit() -> Unit {
    Unit {
        name: "湘西州人民医院".to_owned(),
        kind: "州直".to_owned(),
        department: "湘西州卫生健康委员会".to_owned(),
        contact: "田秀英".to_owned(),
        phone: "0743-8220000".to_owned(),
        ..Unit::default()
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A made-up ID number, different for each `n`.
pub fn id_number(n: u32) -> IdNumber {
    IdNumber::parse(&format!("43310119800101{n:03}X")).unwrap()
}

pub fn person(n: u32) -> Person {
    let mut person = Person::new(format!("人员{n:03}"), id_number(n));
    person.section = "内科".to_owned();
    person.title = "主治医师".to_owned();
    person.title_date = Some(day("2015-12-01"));
    person
}

pub fn vouched(reason: &str) -> Vouched {
    Vouched { by: "田秀英".to_owned(), at: day("2020-08-01"), reason: reason.to_owned() }
}

/// A training of two days and an evening in `year`.
pub fn training(person: PersonId, year: i32, title: &str) -> Record {
    let date = NaiveDate::from_ymd_opt(year, 5, 11).unwrap();
    let mut activity = Activity::new(FormId(1), Subject::specialty(), title, date);
    activity.end = date.succ_opt();
    activity.organiser = "省医学会".to_owned();
    activity.sessions = [
        Session { date, part: DayPart::Morning },
        Session { date, part: DayPart::Afternoon },
        Session { date: date.succ_opt().unwrap(), part: DayPart::Evening },
    ]
    .into();
    Record::new(person, activity)
}

pub fn confirmed(person: PersonId, year: i32) -> YearReview {
    YearReview {
        person,
        year,
        state: ReviewState::DepartmentConfirmed,
        unit: Some(vouched("")),
        department: Some(vouched("")),
        reopened: None,
    }
}

/// Everything that the registry says about people, events, campaigns and the unit.
pub fn all(registry: &Registry) -> String {
    format!(
        "{:#?}",
        (
            registry.unit().unwrap(),
            registry.handbooks().unwrap(),
            registry.events().unwrap(),
            registry.publicity(2020).unwrap(),
            registry.packages().unwrap(),
        )
    )
}
