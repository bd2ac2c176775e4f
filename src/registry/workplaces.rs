//! Spellings of workplaces (S-05): those in use, the known spelling of a variant, and bringing two together.

use super::rows::cell;
use super::{Registry, Tx};
use crate::failure::Result;
use crate::notice::ask::folded;
use std::collections::HashMap;

/// The known spelling of each workplace, by what remains when spaces, width and punctuation are left out.
#[derive(Debug, Clone, Default)]
pub struct Spellings(HashMap<String, String>);

impl Spellings {
    /// As [`Spellings::of`]; a workplace that is not known yet is from now on.
    pub fn settle(&mut self, workplace: &str) -> Option<String> {
        let known = self.of(workplace).map(str::to_owned);
        let folded = folded(workplace);
        if known.is_none() && !folded.is_empty() {
            self.0.entry(folded).or_insert_with(|| workplace.trim().to_owned());
        }
        known
    }

    /// The spelling in use where this one differs from it only in spaces, width or punctuation.
    pub fn of<'a>(&'a self, workplace: &str) -> Option<&'a str> {
        let known = self.0.get(&folded(workplace))?;
        (known != workplace.trim()).then_some(known)
    }
}

impl Registry {
    /// The workplaces that people bear, with how many: the most frequent first.
    ///
    /// # Errors
    /// Damage.
    pub fn workplaces(&self) -> Result<Vec<(String, u32)>> {
        let read = || -> rusqlite::Result<Vec<_>> {
            self.db
                .prepare_cached(
                    "SELECT workplace, count(*) FROM person WHERE trim(workplace) <> ''
                     GROUP BY workplace ORDER BY count(*) DESC, workplace",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        read().map_err(self.trouble("读取单位名称"))
    }

    /// The spellings to keep to: the unit's own name, then the most frequent.
    ///
    /// # Errors
    /// Damage.
    pub fn spellings(&self) -> Result<Spellings> {
        let mut known = HashMap::new();
        let own = self.unit()?.name;
        let all = self.workplaces()?.into_iter().map(|(name, _)| name);
        for name in std::iter::once(own).chain(all) {
            let folded = folded(&name);
            if !folded.is_empty() {
                known.entry(folded).or_insert_with(|| name.trim().to_owned());
            }
        }
        Ok(Spellings(known))
    }
}

impl Tx<'_> {
    /// Gives everybody who bears one spelling another; how many they are.
    ///
    /// # Errors
    /// Damage.
    pub fn rename_workplace(&mut self, from: &str, to: &str) -> Result<usize> {
        self.db()
            .execute(
                "UPDATE person SET workplace = ?2 WHERE workplace = ?1 AND workplace <> ?2",
                [cell(from.to_owned()), cell(to.to_owned())],
            )
            .map_err(self.trouble("统一单位名称"))
    }
}
