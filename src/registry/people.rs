//! Unit and people: their rows, the people table of the window, saving and deleting.

use super::rows::{Cells, Table, cell, date_cell, read_date};
use super::{PersonRow, Registry, Tx};
use crate::failure::{Failure, Result};
use crate::ledger::{Evidence, IdNumber, Person, PersonId, RowOrder, Unit};
use rusqlite::OptionalExtension;
use rusqlite::types::Value;

const UNIT: Table = Table {
    name: "unit",
    columns: &[
        "name",
        "kind",
        "county",
        "department",
        "contact",
        "phone",
        "registration_system",
        "recipient",
        "recipient_reason",
        "review_workdays",
        "row_order",
    ],
};

pub(super) const PERSON: Table = Table {
    name: "person",
    columns: &[
        "name",
        "id_number",
        "sex",
        "birth_date",
        "workplace",
        "section",
        "education",
        "degree",
        "title",
        "title_date",
        "series",
        "speciality",
        "handbook_number",
        "employed",
        "phone",
        "note",
        "retired",
        "photo_sha256",
        "photo_size",
        "photo_name",
        "photo_extension",
        "former_unit",
    ],
};

pub(super) fn unit_cells(unit: &Unit) -> Vec<Value> {
    vec![
        cell(unit.name.clone()),
        cell(unit.kind.clone()),
        cell(unit.county.clone()),
        cell(unit.department.clone()),
        cell(unit.contact.clone()),
        cell(unit.phone.clone()),
        cell(unit.registration_system.clone()),
        cell(unit.recipient.clone()),
        cell(unit.recipient_reason.clone()),
        cell(unit.review_workdays),
        cell(unit.order.name().to_owned()),
    ]
}

/// Writes the unit of a registry that has none yet.
pub(super) fn first_unit(db: &rusqlite::Connection, unit: &Unit) -> rusqlite::Result<()> {
    UNIT.insert(db, unit_cells(unit)).map(drop)
}

fn person_cells(person: &Person) -> Vec<Value> {
    let photo = person.photo.as_ref();
    vec![
        cell(person.name.clone()),
        cell(person.id_number.as_str().to_owned()),
        cell(person.sex.clone()),
        person.birth_date.map_or(Value::Null, date_cell),
        cell(person.workplace.clone()),
        cell(person.section.clone()),
        cell(person.education.clone()),
        cell(person.degree.clone()),
        cell(person.title.clone()),
        person.title_date.map_or(Value::Null, date_cell),
        cell(person.series.clone()),
        cell(person.speciality.clone()),
        cell(person.handbook_number.clone()),
        person.employed.map_or(Value::Null, date_cell),
        cell(person.phone.clone()),
        cell(person.note.clone()),
        cell(person.retired),
        cell(photo.map(|photo| photo.sha256.clone())),
        cell(photo.map(|photo| i64::try_from(photo.size).unwrap_or(i64::MAX))),
        cell(photo.map(|photo| photo.name.clone())),
        cell(photo.map(|photo| photo.extension.clone())),
        cell(person.former_unit.clone()),
    ]
}

pub(super) fn read_person(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: PersonId(cells.next()?),
        name: cells.next()?,
        id_number: cells.parse(IdNumber::parse)?,
        sex: cells.next()?,
        birth_date: cells.maybe(read_date)?,
        workplace: cells.next()?,
        section: cells.next()?,
        education: cells.next()?,
        degree: cells.next()?,
        title: cells.next()?,
        title_date: cells.maybe(read_date)?,
        series: cells.next()?,
        speciality: cells.next()?,
        handbook_number: cells.next()?,
        employed: cells.maybe(read_date)?,
        phone: cells.next()?,
        note: cells.next()?,
        retired: cells.next()?,
        photo: read_photo(cells)?,
        former_unit: cells.next()?,
    })
}

fn read_order(word: &str) -> Option<RowOrder> {
    RowOrder::ALL.into_iter().find(|order| order.name() == word)
}

fn read_photo(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Option<Evidence>> {
    let (sha256, size) = (cells.next::<Option<String>>()?, cells.next::<Option<i64>>()?);
    let (name, extension) = (cells.next::<Option<String>>()?, cells.next::<Option<String>>()?);
    Ok(sha256.map(|sha256| Evidence {
        sha256,
        size: size.unwrap_or_default().unsigned_abs(),
        name: name.unwrap_or_default(),
        extension: extension.unwrap_or_default(),
    }))
}

impl Registry {
    /// The unit that keeps this registry.
    ///
    /// # Errors
    /// Damage.
    pub fn unit(&self) -> Result<Unit> {
        let read = || {
            self.db.prepare_cached(&format!("SELECT {} FROM unit", UNIT.selection()))?.query_row(
                [],
                |row| {
                    let mut cells = Cells::of(row);
                    cells.next::<i64>()?;
                    Ok(Unit {
                        name: cells.next()?,
                        kind: cells.next()?,
                        county: cells.next()?,
                        department: cells.next()?,
                        contact: cells.next()?,
                        phone: cells.next()?,
                        registration_system: cells.next()?,
                        recipient: cells.next()?,
                        recipient_reason: cells.next()?,
                        review_workdays: cells.next()?,
                        order: cells.parse(read_order)?,
                    })
                },
            )
        };
        read().map_err(self.trouble("读取单位信息"))
    }

    /// Every person in name order.
    ///
    /// # Errors
    /// Damage.
    pub fn people(&self) -> Result<Vec<PersonRow>> {
        let read = || {
            self.db
                .prepare_cached(include_str!("sql/people.sql"))?
                .query_map([], |row| {
                    let mut cells = Cells::of(row);
                    Ok(PersonRow {
                        id: PersonId(cells.next()?),
                        name: cells.next()?,
                        id_number: cells.parse(IdNumber::parse)?,
                        birth_date: cells.maybe(read_date)?,
                        workplace: cells.next()?,
                        section: cells.next()?,
                        education: cells.next()?,
                        degree: cells.next()?,
                        title: cells.next()?,
                        series: cells.next()?,
                        speciality: cells.next()?,
                        handbook_number: cells.next()?,
                        employed: cells.maybe(read_date)?,
                        phone: cells.next()?,
                        retired: cells.next()?,
                        records: cells.next()?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取人员"))
    }

    /// One person's particulars, without the handbook.
    ///
    /// # Errors
    /// No such person; damage.
    pub fn person(&self, id: PersonId) -> Result<Person> {
        let what = "读取人员";
        let sql = format!("SELECT {} FROM person WHERE id = ?1", PERSON.selection());
        let read = || {
            self.db
                .prepare_cached(&sql)?
                .query_row([id.0], |row| read_person(&mut Cells::of(row)))
                .optional()
        };
        read().map_err(self.trouble(what))?.ok_or_else(|| self.nobody(what))
    }

    /// # Errors
    /// Damage.
    pub fn person_by_id_number(&self, id: &IdNumber) -> Result<Option<Person>> {
        let sql = format!("SELECT {} FROM person WHERE id_number = ?1", PERSON.selection());
        let read = || {
            self.db
                .prepare_cached(&sql)?
                .query_row([id.as_str()], |row| read_person(&mut Cells::of(row)))
                .optional()
        };
        read().map_err(self.trouble("查找人员"))
    }
}

impl Tx<'_> {
    /// # Errors
    /// The unit's facts do not fit the notice.
    pub fn save_unit(&mut self, unit: &Unit) -> Result<()> {
        let what = "保存单位信息";
        let unit = super::create::fitting(what, unit, &self.registry.notice())?;
        let stored = UNIT.update(self.db(), 1, unit_cells(&unit)).map_err(self.trouble(what))?;
        self.must_exist(what, "单位", stored)
    }

    /// Inserts (id 0) or updates a person.
    ///
    /// # Errors
    /// No name; another person has this ID number; no such person.
    pub fn save_person(&mut self, person: &Person) -> Result<PersonId> {
        let what = "保存人员";
        if person.name.trim().is_empty() {
            return Err(Failure::refused(what, "姓名", "姓名是空的", "请填写姓名"));
        }
        let number = cell(person.id_number.as_str().to_owned());
        let same =
            PERSON.find(self.db(), &["id_number"], vec![number]).map_err(self.trouble(what))?;
        if same.is_some_and(|id| id != person.id.0) {
            return Err(Failure::refused(
                what,
                &person.name,
                "登记库里已有身份证号相同的人员",
                "请核对身份证号，或打开已有的那个人修改",
            ));
        }
        self.put(&PERSON, what, person.id.0, person_cells(person)).map(PersonId)
    }

    /// Deletes a person with everything in the handbook.
    ///
    /// # Errors
    /// No such person; a year is confirmed; the person stands on a publicity list.
    pub fn delete_person(&mut self, person: PersonId) -> Result<()> {
        let what = "删除人员";
        let handbook = self.registry.handbook(person)?;
        if let Some(year) = self.locked_years(person)?.first() {
            return Err(super::locked::refusal(what, &handbook.person.name, *year));
        }
        let told = self.trouble(what);
        let db = self.db();
        let posted =
            super::publicity::MEMBER.find(db, &["person"], vec![cell(person.0)]).map_err(&told)?;
        if posted.is_some() {
            return Err(Failure::refused(
                what,
                &handbook.person.name,
                "此人在公示名单里，名单须留存",
                "请改为标记离职，手册会保留下来",
            ));
        }
        for record in &handbook.records {
            super::records::delete(db, record.id).map_err(&told)?;
        }
        for deemed in &handbook.deemed {
            super::grants::delete_deemed(db, deemed.id).map_err(&told)?;
        }
        for slip in &handbook.slips {
            super::grants::delete_slip(db, slip.id).map_err(&told)?;
        }
        for discharge in &handbook.discharges {
            super::discharges::delete(db, discharge.id).map_err(&told)?;
        }
        for owned in [
            &super::reviews::REVIEW,
            &super::reviews::OVERRIDE,
            &super::applicants::APPLICANT,
            &super::career::POST_CHANGE,
            &super::merge::MERGED,
        ] {
            owned.delete(db, "person", person.0).map_err(&told)?;
        }
        self.forget_apart(person)?;
        PERSON.delete(self.db(), "id", person.0).map_err(&told)?;
        Ok(())
    }
}
