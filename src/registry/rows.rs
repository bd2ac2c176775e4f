//! Rows in and out, the same way for every noun: a table names its columns once, and the noun writes
//! and reads its cells in that order. No noun is known here.

use chrono::{NaiveDate, NaiveDateTime};
use rusqlite::types::{FromSql, Type, Value};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

/// A table and its columns other than `id`.
pub(super) struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
}

/// A stored row's id with its cells.
type Stored = (i64, Vec<Value>);

impl Table {
    fn marks(&self) -> String {
        (1..=self.columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(",")
    }

    /// `id, a, b`, each with the table's name, to select from a join.
    pub fn selection(&self) -> String {
        let mut text = format!("{}.id", self.name);
        for column in self.columns {
            text.push_str(&format!(", {}.{column}", self.name));
        }
        text
    }

    pub fn insert(&self, db: &Connection, cells: Vec<Value>) -> rusqlite::Result<i64> {
        let (name, columns, marks) = (self.name, self.columns.join(","), self.marks());
        db.prepare_cached(&format!("INSERT INTO {name} ({columns}) VALUES ({marks})"))?
            .insert(params_from_iter(cells))
    }

    /// Writes the row unless it already says the same. False: there is no such row.
    pub fn update(
        &self,
        db: &Connection,
        id: i64,
        mut cells: Vec<Value>,
    ) -> rusqlite::Result<bool> {
        let (name, columns, marks) = (self.name, self.columns.join(","), self.marks());
        let id_mark = self.columns.len() + 1;
        cells.push(Value::Integer(id));
        let (one, is_not) = if self.columns.len() == 1 {
            (format!("{columns} = {marks}"), format!("{columns} IS NOT {marks}"))
        } else {
            (format!("({columns}) = ({marks})"), format!("({columns}) IS NOT ({marks})"))
        };
        let written = db
            .prepare_cached(&format!("UPDATE {name} SET {one} WHERE id = ?{id_mark} AND {is_not}"))?
            .execute(params_from_iter(cells))?;
        Ok(written > 0 || self.has(db, id)?)
    }

    pub fn has(&self, db: &Connection, id: i64) -> rusqlite::Result<bool> {
        db.prepare_cached(&format!("SELECT 1 FROM {} WHERE id = ?1", self.name))?.exists([id])
    }

    /// The id of the row whose `column`s have these values.
    pub fn find(
        &self,
        db: &Connection,
        columns: &[&str],
        values: Vec<Value>,
    ) -> rusqlite::Result<Option<i64>> {
        let condition: Vec<_> = columns
            .iter()
            .enumerate()
            .map(|(n, column)| format!("{column} = ?{}", n + 1))
            .collect();
        let sql = format!("SELECT id FROM {} WHERE {}", self.name, condition.join(" AND "));
        db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0)).optional()
    }

    /// Deletes the rows whose `column` is `value`.
    pub fn delete(&self, db: &Connection, column: &str, value: i64) -> rusqlite::Result<usize> {
        db.prepare_cached(&format!("DELETE FROM {} WHERE {column} = ?1", self.name))?
            .execute([value])
    }

    /// Makes the rows owned by `owner` (in column `by`) exactly these; rows that stay are not touched.
    pub fn own(
        &self,
        db: &Connection,
        by: &str,
        owner: i64,
        wanted: Vec<Vec<Value>>,
    ) -> rusqlite::Result<()> {
        let (name, columns) = (self.name, self.columns.join(","));
        let mut present: Vec<Stored> = db
            .prepare_cached(&format!("SELECT id, {columns} FROM {name} WHERE {by} = ?1"))?
            .query_map([owner], |row| {
                let cells =
                    (1..=self.columns.len()).map(|n| row.get(n)).collect::<Result<_, _>>()?;
                Ok((row.get(0)?, cells))
            })?
            .collect::<Result<_, _>>()?;
        let mut new = Vec::new();
        for cells in wanted {
            match present.iter().position(|(_, old)| *old == cells) {
                Some(at) => drop(present.swap_remove(at)),
                None => new.push(cells),
            }
        }
        for (id, _) in present {
            self.delete(db, "id", id)?;
        }
        for cells in new {
            self.insert(db, cells)?;
        }
        Ok(())
    }
}

/// Reads a row's cells one after the other.
pub(super) struct Cells<'a, 'stmt> {
    row: &'a Row<'stmt>,
    at: usize,
}

impl<'a, 'stmt> Cells<'a, 'stmt> {
    pub fn of(row: &'a Row<'stmt>) -> Self {
        Self { row, at: 0 }
    }

    pub fn next<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.at += 1;
        self.row.get(self.at - 1)
    }

    /// A value written in words of our own; words we do not know are damage.
    pub fn parse<T>(&mut self, read: impl FnOnce(&str) -> Option<T>) -> rusqlite::Result<T> {
        let at = self.at;
        let text: String = self.next()?;
        read(&text).ok_or_else(|| unreadable(at))
    }

    /// As [`Cells::parse`], where the cell may be empty.
    pub fn maybe<T>(
        &mut self,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> rusqlite::Result<Option<T>> {
        let at = self.at;
        let text: Option<String> = self.next()?;
        text.map(|text| read(&text).ok_or_else(|| unreadable(at))).transpose()
    }
}

fn unreadable(column: usize) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Text, "not a value of ours".into())
}

/// A cell of text, number, or nothing.
pub(super) fn cell(value: impl Into<Value>) -> Value {
    value.into()
}

pub(super) fn date_cell(date: NaiveDate) -> Value {
    Value::Text(date.to_string())
}

pub(super) fn read_date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

pub(super) fn time_cell(time: NaiveDateTime) -> Value {
    Value::Text(time.format("%Y-%m-%dT%H:%M:%S%.f").to_string())
}

pub(super) fn read_time(text: &str) -> Option<NaiveDateTime> {
    text.parse().ok()
}
