//! 单位名单: the units whose packages a department waits for, in its own order.

use super::rows::{Cells, Table, cell};
use super::{Registry, Tx};
use crate::failure::{Failure, Result};

const AWAITED: Table = Table { name: "awaited_unit", columns: &["position", "name", "nobody_in"] };

/// A unit on the department's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedUnit {
    pub name: String,
    /// The campaign for which the unit said that nobody applies.
    pub nobody_in: Option<i32>,
}

impl Registry {
    /// The department's list of units, in its order.
    ///
    /// # Errors
    /// Damage.
    pub fn awaited_units(&self) -> Result<Vec<AwaitedUnit>> {
        let read = || {
            let sql =
                format!("SELECT {} FROM awaited_unit ORDER BY position, id", AWAITED.selection());
            self.db
                .prepare_cached(&sql)?
                .query_map([], |row| {
                    let mut cells = Cells::of(row);
                    cells.next::<i64>()?;
                    cells.next::<i64>()?;
                    Ok(AwaitedUnit { name: cells.next()?, nobody_in: cells.next()? })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(self.trouble("读取单位名单"))
    }
}

impl Tx<'_> {
    /// Makes the list exactly this one; a unit that stays keeps its row.
    ///
    /// # Errors
    /// A name is empty or stands there twice.
    pub fn save_awaited_units(&mut self, units: &[AwaitedUnit]) -> Result<()> {
        let what = "保存单位名单";
        for (nr, unit) in units.iter().enumerate() {
            if unit.name.trim().is_empty() {
                return Err(Failure::refused(what, "", "有一个单位没有名称", "请填写单位全称"));
            }
            if units[..nr].iter().any(|earlier| earlier.name.trim() == unit.name.trim()) {
                let why = "名单里已经有这个单位";
                return Err(Failure::refused(what, &unit.name, why, "同一个单位写一次就行"));
            }
        }
        let told = self.trouble(what);
        let db = self.db();
        let stored: Vec<(i64, String)> = db
            .prepare_cached("SELECT id, name FROM awaited_unit")
            .and_then(|mut rows| {
                rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
            })
            .map_err(&told)?;
        for (id, name) in &stored {
            if !units.iter().any(|unit| unit.name.trim() == name) {
                AWAITED.delete(db, "id", *id).map_err(&told)?;
            }
        }
        for (place, unit) in units.iter().enumerate() {
            let name = unit.name.trim();
            let row = vec![
                cell(i64::try_from(place).unwrap_or(i64::MAX)),
                cell(name.to_owned()),
                cell(unit.nobody_in),
            ];
            let id = stored.iter().find(|(_, known)| known == name).map_or(0, |(id, _)| *id);
            self.put(&AWAITED, what, id, row)?;
        }
        Ok(())
    }
}
