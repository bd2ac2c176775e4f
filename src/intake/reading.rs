//! What stands in a file as far as its headers tell, and what the clerk says it means where they do not.
//! Rows are read elsewhere.

use super::schema::Sheet;
use std::collections::BTreeMap;

/// What the clerk says about headers and sheets that are not understood by themselves. Empty: nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Name of a sheet in the file → the one of ours that it is.
    pub sheets: BTreeMap<String, Sheet>,
    /// (name of a sheet in the file, header as it is shown) → our column's name; `None` leaves the column out.
    pub columns: BTreeMap<(String, String), Option<String>>,
}

/// A sheet of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFound {
    /// As it is named in the file.
    pub name: String,
    /// Which of ours it is; `None`: left alone.
    pub kind: Option<Sheet>,
    /// Rows of content, without headers, example rows and blank ones.
    pub rows: u32,
    pub columns: Vec<ColumnFound>,
    /// Columns that must be there and are not.
    pub missing: Vec<&'static str>,
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnFound {
    pub header: String,
    /// Our column; `None`: left alone.
    pub column: Option<&'static str>,
    /// Said by the clerk, not understood from the header.
    pub told: bool,
    /// The first thing that stands in it.
    pub sample: String,
}

impl Reading {
    /// Our column's place among a sheet's columns, by what the clerk said of a header, else by the header itself.
    pub(super) fn column(&self, sheet: Sheet, name: &str, header: &str) -> Option<usize> {
        match self.told(name, header) {
            Some(told) => {
                let told = told?;
                sheet.columns().iter().position(|column| column.name == told)
            }
            None => sheet.column(header),
        }
    }

    pub(super) fn told(&self, name: &str, header: &str) -> Option<Option<&str>> {
        let key = (name.to_owned(), header.to_owned());
        self.columns.get(&key).map(Option::as_deref)
    }
}
