//! Files in slots: rows that name a file of the vault, owned by a record, an event, a deemed entry, a slip
//! or a discharge.

use super::rows::{Cells, Table, cell};
use crate::ledger::{Attachment, Evidence};
use crate::notice::SlotId;
use rusqlite::types::Value;
use rusqlite::{Connection, Params};
use std::collections::HashMap;

pub(super) const ATTACHMENT: Table = Table {
    name: "attachment",
    columns: &[
        "record",
        "event",
        "deemed",
        "slip",
        "discharge",
        "slot",
        "stamped",
        "sha256",
        "size",
        "name",
        "extension",
        "reason",
    ],
};

/// The owning columns, in the table's order.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Owner {
    Record,
    Event,
    Deemed,
    Slip,
    Discharge,
}

impl Owner {
    pub const ALL: [Self; 5] =
        [Self::Record, Self::Event, Self::Deemed, Self::Slip, Self::Discharge];

    pub fn column(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Event => "event",
            Self::Deemed => "deemed",
            Self::Slip => "slip",
            Self::Discharge => "discharge",
        }
    }
}

/// Makes an owner's files exactly these.
pub(super) fn own(
    db: &Connection,
    owner: Owner,
    id: i64,
    attachments: &[Attachment],
) -> rusqlite::Result<()> {
    let mut sorted: Vec<_> = attachments.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    let wanted = sorted.into_iter().map(|attachment| cells(owner, id, attachment)).collect();
    ATTACHMENT.own(db, owner.column(), id, wanted)
}

fn cells(owner: Owner, id: i64, attachment: &Attachment) -> Vec<Value> {
    let owners = Owner::ALL.map(|column| if column == owner { cell(id) } else { Value::Null });
    let evidence = &attachment.evidence;
    let facts = [
        cell(attachment.slot.0.clone()),
        cell(attachment.stamped),
        cell(evidence.sha256.clone()),
        cell(i64::try_from(evidence.size).unwrap_or(i64::MAX)),
        cell(evidence.name.clone()),
        cell(evidence.extension.clone()),
        cell(attachment.reason.clone()),
    ];
    owners.into_iter().chain(facts).collect()
}

/// The files of all owners that `sql` selects (with [`Table::selection`] as its columns), sorted.
pub(super) fn read(
    db: &Connection,
    sql: &str,
    owner: Owner,
    params: impl Params,
) -> rusqlite::Result<HashMap<i64, Vec<Attachment>>> {
    let mut of: HashMap<i64, Vec<Attachment>> = HashMap::new();
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        let mut cells = Cells::of(row);
        cells.next::<i64>()?;
        let mut owners: [Option<i64>; 5] = [None; 5];
        for owner in &mut owners {
            *owner = cells.next()?;
        }
        let attachment = Attachment {
            slot: SlotId(cells.next()?),
            stamped: cells.next()?,
            evidence: Evidence {
                sha256: cells.next()?,
                size: cells.next::<i64>()?.unsigned_abs(),
                name: cells.next()?,
                extension: cells.next()?,
            },
            reason: cells.next()?,
        };
        if let Some(id) = owners[owner as usize] {
            of.entry(id).or_default().push(attachment);
        }
    }
    for attachments in of.values_mut() {
        attachments.sort_unstable();
    }
    Ok(of)
}
