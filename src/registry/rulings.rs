//! What the unit chose instead of what a notice says (口径): kept beside the notice, never in it, with who,
//! when and why. Each choice is one undo step.

use super::rows::{Cells, Table, cell, date_cell, read_date};
use super::{Registry, Tx};
use crate::failure::{Failure, Result};
use crate::notice::Ruling;
use crate::notice::switch::{Ruled, Standing};
use rusqlite::Connection;

const RULING: Table = Table {
    name: "ruling",
    columns: &["notice", "decision", "switch", "choice", "by", "at", "reason"],
};

/// All choices, each with the id of its notice, in the order in which they were first made.
pub(super) fn read(db: &Connection) -> rusqlite::Result<Vec<(String, Ruling)>> {
    db.prepare_cached(&format!("SELECT {} FROM ruling ORDER BY id", RULING.selection()))?
        .query_map([], |row| {
            let mut cells = Cells::of(row);
            cells.next::<i64>()?;
            let notice = cells.next()?;
            let ruling = Ruling {
                decision: cells.next()?,
                switch: cells.next()?,
                choice: cells.next()?,
                by: cells.next()?,
                at: cells.parse(read_date)?,
                reason: cells.next()?,
            };
            Ok((notice, ruling))
        })?
        .collect()
}

impl Registry {
    /// The choices made for a year's notice.
    ///
    /// # Errors
    /// No notice for the year.
    pub fn rulings(&self, campaign: i32) -> Result<Vec<Ruling>> {
        Ok(self.rules.rulings_of(&self.written_notice(campaign)?.id))
    }

    /// A choice as it is kept, made of what was typed (an alternative's id or words, a number, a date).
    ///
    /// # Errors
    /// No notice for the year; no such switch; the choice is none of it; without a name or a reason.
    pub fn ruling(&self, campaign: i32, typed: &Ruling) -> Result<Ruling> {
        const WHAT: &str = "另定口径";
        let standing = self.standing(campaign, &typed.decision, &typed.switch)?;
        let place = format!("{} {}", typed.decision, standing.switch.name);
        let usage = |why: &str, remedy: &str| Failure::usage(WHAT, &place, why, remedy);
        let choice = standing
            .switch
            .reading(&typed.choice)
            .map_err(|why| usage(&why, "请照口径所列的写"))?;
        let back = choice == standing.shipped;
        if typed.by.trim().is_empty() {
            return Err(usage("没有写谁决定的", "请写上经办人姓名"));
        }
        if typed.reason.trim().is_empty() && !back {
            return Err(usage("没有写理由", "请写明理由，例如问过哪个部门、依据哪个文件"));
        }
        Ok(Ruling {
            choice,
            by: typed.by.trim().to_owned(),
            reason: typed.reason.trim().to_owned(),
            ..typed.clone()
        })
    }

    /// A year's notice as it would be with one more choice.
    ///
    /// # Errors
    /// As [`Registry::ruling`]; the notice would contradict itself.
    pub fn notice_under(&self, campaign: i32, ruling: &Ruling) -> Result<Ruled> {
        let source =
            self.rules.source(campaign).ok_or_else(|| self.no_notice("另定口径", campaign))?;
        let mut rulings = self.rules.rulings_of(&source.notice.id);
        rulings.retain(|it| (&it.decision, &it.switch) != (&ruling.decision, &ruling.switch));
        rulings.push(ruling.clone());
        let mut ruled = source.ruled(&rulings)?;
        if let Some((_, why)) = ruled.refused.iter().find(|(it, _)| it == ruling) {
            let place = format!("{} {}", ruling.decision, ruling.switch);
            return Err(Failure::refused(
                "另定口径",
                place,
                why.clone(),
                "请改选别的，或先改相关的口径",
            ));
        }
        ruled.notice.platforms = self.notice_of(campaign)?.platforms.clone();
        Ok(ruled)
    }

    fn standing(&self, campaign: i32, decision: &str, switch: &str) -> Result<Standing> {
        let all = self.standings(campaign)?;
        let of: Vec<String> = all
            .iter()
            .filter(|it| it.decision == decision)
            .map(|it| format!("{}（{}）", it.switch.id, it.switch.name))
            .collect();
        let remedy = match of.as_slice() {
            [] => "请用 xueshi ruling 看有哪些口径可以另选".to_owned(),
            of => format!("这个口径可以另选的是 {}", of.join("、")),
        };
        all.into_iter().find(|it| it.decision == decision && it.switch.id == switch).ok_or_else(
            || {
                let place = format!("{decision}/{switch}");
                Failure::usage("另定口径", place, "没有这个口径开关", remedy)
            },
        )
    }
}

impl Tx<'_> {
    /// Chooses for a year's notice; what its file says anyway takes the choice back.
    ///
    /// # Errors
    /// As [`Registry::notice_under`].
    pub fn save_ruling(&mut self, campaign: i32, typed: &Ruling) -> Result<()> {
        let what = "另定口径";
        let ruling = self.registry().ruling(campaign, typed)?;
        let shipped = self.registry().standing(campaign, &ruling.decision, &ruling.switch)?.shipped;
        self.registry().notice_under(campaign, &ruling)?;
        let notice = self.registry().written_notice(campaign)?.id.clone();
        let key = ["notice", "decision", "switch"];
        let of = [&notice, &ruling.decision, &ruling.switch].map(|text| cell(text.clone()));
        let present =
            RULING.find(self.db(), &key, of.to_vec()).map_err(self.trouble(what))?.unwrap_or(0);
        if ruling.choice == shipped {
            RULING.delete(self.db(), "id", present).map_err(self.trouble(what))?;
            return Ok(());
        }
        let Ruling { decision, switch, choice, by, at, reason } = ruling;
        let mut row = vec![cell(notice)];
        row.extend([decision, switch, choice, by].map(cell));
        row.extend([date_cell(at), cell(reason)]);
        self.put(&RULING, what, present, row).map(drop)
    }
}
