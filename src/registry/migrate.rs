//! The tables' shape through time: numbered scripts, `user_version` says how many have run,
//! and a verified snapshot is taken before any of them touches a registry that is in use.

use super::backup;
use super::trouble::trouble;
use crate::failure::{Failure, Result};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// "XUES": marks the file as a registry of ours.
pub(super) const APPLICATION_ID: i32 = 0x5855_4553;

/// Script n brings version n − 1 to n.
const SCRIPTS: &[&str] = &[
    include_str!("migrations/0001_registry.sql"),
    include_str!("migrations/0002_platform.sql"),
    include_str!("migrations/0003_received.sql"),
    include_str!("migrations/0004_handbook.sql"),
    include_str!("migrations/0005_rulings.sql"),
    include_str!("migrations/0006_campaign.sql"),
    include_str!("migrations/0007_merged.sql"),
    include_str!("migrations/0008_apart.sql"),
    include_str!("migrations/0009_post_change.sql"),
];

/// The version this program writes.
pub(super) const VERSION: i32 = SCRIPTS.len() as i32;

/// What a database file says about itself.
///
/// # Errors
/// It is no registry of ours, or was made by a newer program.
pub(super) fn version(what: &str, place: &Path, db: &Connection) -> Result<i32> {
    let told = |error| trouble(what, place, error);
    let application: i32 =
        db.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(told)?;
    if application != APPLICATION_ID {
        return Err(Failure::cannot(
            what,
            place.display().to_string(),
            "这个数据库文件不是学时登记库",
            "请选择由本程序建立的登记库文件夹",
        ));
    }
    let version: i32 =
        db.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(told)?;
    if version > VERSION {
        return Err(Failure::cannot(
            what,
            place.display().to_string(),
            format!("登记库由更新版本的程序写成（格式 {version}，本程序只认到 {VERSION}）"),
            "请换用新版程序打开，旧版程序不会改动它",
        ));
    }
    Ok(version)
}

/// Brings an opened registry up to date.
///
/// # Errors
/// The snapshot beforehand fails, or a script does; then nothing was changed.
pub(super) fn migrate(dir: &Path, db: &mut Connection) -> Result<()> {
    const WHAT: &str = "升级登记库";
    let present = version("打开登记库", dir, db)?;
    if present == VERSION {
        return Ok(());
    }
    backup::snapshot(db, &backup::fresh_name(dir, &format!("升级前-格式{present}"))?)?;
    run(db, present).map_err(|error| trouble(WHAT, dir, error))
}

/// Runs the scripts after `from`, all or none.
pub(super) fn run(db: &mut Connection, from: i32) -> rusqlite::Result<()> {
    let open = db.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    open.pragma_update(None, "defer_foreign_keys", true)?;
    for script in SCRIPTS.iter().skip(from.max(0).unsigned_abs() as usize) {
        open.execute_batch(script)?;
    }
    // Images of rows in their former shape cannot be put back.
    open.execute("UPDATE step SET state = 'settled' WHERE state = 'done'", [])?;
    open.execute("UPDATE step SET state = 'cleared' WHERE state = 'undone'", [])?;
    open.pragma_update(None, "application_id", APPLICATION_ID)?;
    open.pragma_update(None, "user_version", VERSION)?;
    open.commit()
}
