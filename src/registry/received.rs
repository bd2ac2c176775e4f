//! Packages that were received from other units: which, whose, and who was in them.

use super::rows::{Cells, Table, cell, read_time, time_cell};
use super::{Registry, Tx};
use crate::failure::Result;
use crate::ledger::IdNumber;
use chrono::NaiveDateTime;

const RECEIVED: Table = Table {
    name: "received",
    columns: &["package", "unit", "campaign", "level_group", "made_at", "members", "at"],
};

/// A package that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedEntry {
    /// The package's own id.
    pub id: String,
    /// Who sent it.
    pub unit: String,
    pub campaign: i32,
    pub level_group: String,
    /// When the sender wrote it.
    pub made_at: NaiveDateTime,
    /// Everybody in it.
    pub members: Vec<IdNumber>,
    pub at: NaiveDateTime,
}

impl Registry {
    /// The packages that were received, oldest first.
    ///
    /// # Errors
    /// Damage.
    pub fn received(&self) -> Result<Vec<ReceivedEntry>> {
        let members = |text: &str| text.lines().map(IdNumber::parse).collect();
        let read = || {
            let sql = format!("SELECT {} FROM received ORDER BY id", RECEIVED.selection());
            self.db
                .prepare_cached(&sql)?
                .query_map([], |row| {
                    let mut cells = Cells::of(row);
                    cells.next::<i64>()?;
                    Ok(ReceivedEntry {
                        id: cells.next()?,
                        unit: cells.next()?,
                        campaign: cells.next()?,
                        level_group: cells.next()?,
                        made_at: cells.parse(read_time)?,
                        members: cells.parse(members)?,
                        at: cells.parse(read_time)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取收到的报送包"))
    }
}

impl Tx<'_> {
    /// Notes a package that was not received before.
    ///
    /// # Errors
    /// It was.
    pub fn save_received(&mut self, received: &ReceivedEntry) -> Result<()> {
        let members: Vec<&str> = received.members.iter().map(IdNumber::as_str).collect();
        let row = vec![
            cell(received.id.clone()),
            cell(received.unit.clone()),
            cell(received.campaign),
            cell(received.level_group.clone()),
            time_cell(received.made_at),
            cell(members.join("\n")),
            time_cell(received.at),
        ];
        self.put(&RECEIVED, "记录收到的报送包", 0, row).map(drop)
    }
}
