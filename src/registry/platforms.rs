//! Training platforms (annex 4) that the unit adds to the notice's, with what it knows of their filing.

use super::rows::{Cells, Table, cell};
use super::{Registry, Tx};
use crate::failure::{Failure, Result};
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
        let found = PLATFORM.delete(self.db(), "id", id).map_err(self.trouble(what))? > 0;
        self.must_exist(what, "平台", found)
    }

    fn platform(&self, what: &str, name: &str) -> Result<Option<i64>> {
        PLATFORM.find(self.db(), &["name"], vec![cell(name.to_owned())]).map_err(self.trouble(what))
    }
}
