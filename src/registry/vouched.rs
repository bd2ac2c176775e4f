//! Who vouched for something, when and why: three cells of a row, all empty or all filled.

use super::rows::{Cells, cell, date_cell, read_date};
use crate::ledger::Vouched;
use rusqlite::types::Value;

pub(super) fn cells(vouched: Option<&Vouched>) -> [Value; 3] {
    match vouched {
        None => [Value::Null, Value::Null, Value::Null],
        Some(vouched) => {
            [cell(vouched.by.clone()), date_cell(vouched.at), cell(vouched.reason.clone())]
        }
    }
}

pub(super) fn read(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Option<Vouched>> {
    let (by, at, reason) = (cells.next()?, cells.maybe(read_date)?, cells.next::<Option<_>>()?);
    Ok(match (by, at) {
        (Some(by), Some(at)) => Some(Vouched { by, at, reason: reason.unwrap_or_default() }),
        _ => None,
    })
}

/// Where the columns may not be empty.
pub(super) fn read_required(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Vouched> {
    Ok(Vouched { by: cells.next()?, at: cells.parse(read_date)?, reason: cells.next()? })
}
