//! Training platforms (annex 4) that the unit adds to the notice's, with what it knows of their filing.

use super::rows::{Cells, Table, cell};
use super::{Registry, Tx};
use crate::failure::{Failure, Result};
use crate::ledger::Evidence;
use crate::notice::Platform;
use rusqlite::Connection;

const PLATFORM: Table = Table {
    name: "platform",
    columns: &[
        "name",
        "synonyms",
        "address",
        "contact",
        "website",
        "phone",
        "level",
        "filed",
        "account",
        "key_b",
        "base",
        "first_year",
        "last_year",
    ],
};

const PROOF: Table =
    Table { name: "platform_proof", columns: &["platform", "sha256", "size", "name", "extension"] };

/// The added platforms in name order.
pub(super) fn read(db: &Connection) -> rusqlite::Result<Vec<Platform>> {
    db.prepare_cached(&format!("SELECT {} FROM platform ORDER BY name", PLATFORM.selection()))?
        .query_map([], |row| {
            let mut cells = Cells::of(row);
            cells.next::<i64>()?;
            Ok(Platform {
                name: cells.next()?,
                synonyms: cells.next::<String>()?.lines().map(str::to_owned).collect(),
                address: cells.next()?,
                contact: cells.next()?,
                website: cells.next()?,
                phone: cells.next()?,
                level: cells.next()?,
                filed: cells.next()?,
                account: cells.next()?,
                key_b: cells.next()?,
                base: cells.next()?,
                first_year: cells.next()?,
                last_year: cells.next()?,
            })
        })?
        .collect()
}

impl Registry {
    /// The platforms that the unit added; [`Registry::notice`] has them among its own.
    ///
    /// # Errors
    /// Damage.
    pub fn platforms(&self) -> Result<Vec<Platform>> {
        read(&self.db).map_err(self.trouble("读取平台"))
    }

    /// Proofs that the unit's own platforms are filed (B2-03, P-04), by platform.
    ///
    /// # Errors
    /// Damage.
    pub fn platform_proofs(&self) -> Result<Vec<(String, Evidence)>> {
        let read = || -> rusqlite::Result<Vec<_>> {
            let sql = "SELECT platform.name, sha256, size, platform_proof.name, extension
                       FROM platform_proof JOIN platform ON platform.id = platform_proof.platform
                       ORDER BY platform.name, platform_proof.id";
            self.db
                .prepare_cached(sql)?
                .query_map([], |row| {
                    let mut cells = Cells::of(row);
                    let platform = cells.next()?;
                    let sha256 = cells.next()?;
                    let size = cells.next::<i64>()?.cast_unsigned();
                    let (name, extension) = (cells.next()?, cells.next()?);
                    Ok((platform, Evidence { sha256, size, name, extension }))
                })?
                .collect()
        };
        read().map_err(self.trouble("读取备案证明"))
    }
}

impl Tx<'_> {
    /// The one platform of this name; it stands above the notice's platform of the same name.
    ///
    /// # Errors
    /// The name is empty.
    pub fn save_platform(&mut self, platform: &Platform) -> Result<()> {
        let what = "保存平台";
        if platform.name.trim().is_empty() {
            return Err(Failure::refused(what, "平台名称", "名称是空的", "请填写平台的单位名称"));
        }
        let row = vec![
            cell(platform.name.clone()),
            cell(platform.synonyms.join("\n")),
            cell(platform.address.clone()),
            cell(platform.contact.clone()),
            cell(platform.website.clone()),
            cell(platform.phone.clone()),
            cell(platform.level.clone()),
            cell(platform.filed),
            cell(platform.account),
            cell(platform.key_b),
            cell(platform.base),
            cell(platform.first_year),
            cell(platform.last_year),
        ];
        let present = self.platform(what, &platform.name)?;
        self.put(&PLATFORM, what, present.unwrap_or(0), row).map(drop)
    }

    /// Takes an added platform away again.
    ///
    /// # Errors
    /// The unit added none of this name.
    pub fn delete_platform(&mut self, name: &str) -> Result<()> {
        let what = "删除平台";
        let id = self.platform(what, name)?.unwrap_or(0);
        PROOF.delete(self.db(), "platform", id).map_err(self.trouble(what))?;
        let found = PLATFORM.delete(self.db(), "id", id).map_err(self.trouble(what))? > 0;
        self.must_exist(what, "平台", found)
    }

    /// Makes the proofs of one of the unit's platforms exactly these.
    ///
    /// # Errors
    /// The unit added none of this name.
    pub fn save_platform_proofs(&mut self, name: &str, proofs: &[Evidence]) -> Result<()> {
        let what = "放入备案证明";
        let id = self.platform(what, name)?;
        self.must_exist(what, "平台", id.is_some())?;
        let id = id.unwrap_or(0);
        let row = |proof: &Evidence| {
            vec![
                cell(id),
                cell(proof.sha256.clone()),
                cell(proof.size.cast_signed()),
                cell(proof.name.clone()),
                cell(proof.extension.clone()),
            ]
        };
        let rows = proofs.iter().map(row).collect();
        PROOF.own(self.db(), "platform", id, rows).map_err(self.trouble(what))
    }

    fn platform(&self, what: &str, name: &str) -> Result<Option<i64>> {
        PLATFORM.find(self.db(), &["name"], vec![cell(name.to_owned())]).map_err(self.trouble(what))
    }
}
