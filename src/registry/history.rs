//! A person's history, read from the very images that undo puts back: which field, before → after, in Chinese.

use super::Registry;
use super::rows::{Cells, read_time};
use super::words::{Noun, noun};
use crate::failure::Result;
use crate::ledger::{HistoryLine, PersonId, RecordId};
use serde_json::{Map, Value};
use std::collections::HashMap;

type Image = Map<String, Value>;

/// A row as it was before a step and after it.
struct Changed {
    noun: String,
    row: i64,
    before: Option<Image>,
    after: Option<Image>,
}

/// One step of the person's history.
struct Step {
    id: i64,
    at: chrono::NaiveDateTime,
    action: String,
    taken_back: bool,
    rows: Vec<Changed>,
}

impl Registry {
    /// The changes of one person's handbook, newest first; a step that was taken back says so.
    ///
    /// # Errors
    /// Damage.
    pub fn history(&self, person: PersonId) -> Result<Vec<HistoryLine>> {
        let steps = self.steps_of(person).map_err(self.trouble("读取修改历史"))?;
        Ok(steps
            .into_iter()
            .map(|step| {
                let (changes, concerns) = self.told(&step.rows).into_iter().unzip();
                let action = match step.taken_back {
                    true => format!("{}（已撤销）", step.action),
                    false => step.action,
                };
                HistoryLine { at: step.at, action, changes, concerns }
            })
            .collect())
    }

    fn steps_of(&self, person: PersonId) -> rusqlite::Result<Vec<Step>> {
        let mut query = self.db.prepare_cached(include_str!("sql/history.sql"))?;
        let mut rows = query.query([person.0])?;
        let mut steps: Vec<Step> = Vec::new();
        while let Some(row) = rows.next()? {
            let mut cells = Cells::of(row);
            let id = cells.next()?;
            let (at, action) = (cells.parse(read_time)?, cells.next()?);
            let taken_back = cells.next()?;
            if steps.last().is_none_or(|last| last.id != id) {
                steps.push(Step { id, at, action, taken_back, rows: Vec::new() });
            }
            let image = |text: &str| serde_json::from_str::<Image>(text).ok();
            let changed = Changed {
                noun: cells.next()?,
                row: cells.next()?,
                before: cells.maybe(image)?,
                after: cells.maybe(image)?,
            };
            if let Some(step) = steps.last_mut() {
                step.add(changed);
            }
        }
        Ok(steps)
    }

    /// The lines of a step, each with the record it is about.
    fn told(&self, rows: &[Changed]) -> Vec<(String, Option<RecordId>)> {
        // What came or went with its owner is not told again.
        let whole: HashMap<(&str, i64), &Changed> = rows
            .iter()
            .filter(|it| it.before.is_none() != it.after.is_none())
            .map(|it| ((it.noun.as_str(), it.row), it))
            .collect();
        let mut lines = Vec::new();
        for changed in rows {
            let Some(noun) = noun(&changed.noun) else { continue };
            let image = changed.after.as_ref().or(changed.before.as_ref());
            let Some(image) = image else { continue };
            let owner = noun.owner(image);
            if owner.is_some_and(|(owner, id)| whole.contains_key(&(owner, id))) {
                continue;
            }
            let mut name = self.named(noun, image);
            if let Some((owner, id)) = owner {
                name = format!("{}{name}", self.owner_name(owner, id));
            }
            let concerns = match owner {
                Some(("record", id)) => Some(RecordId(id)),
                _ => (changed.noun == "record").then_some(RecordId(changed.row)),
            };
            let mut tell = |line| lines.push((line, concerns));
            match (&changed.before, &changed.after) {
                (None, Some(_)) => tell(format!("新增{name}")),
                (Some(_), None) => tell(format!("删除{name}")),
                (Some(before), Some(after)) => {
                    let fields = self.fields(noun, before, after);
                    fields.into_iter().for_each(|field| tell(format!("{name} {field}")));
                }
                (None, None) => {}
            }
        }
        lines
    }

    /// `学习记录「护理新进展」`
    fn named(&self, noun: &Noun, image: &Image) -> String {
        let parts: Vec<_> = noun
            .title
            .iter()
            .map(|column| self.shown(noun, column, image.get(*column)))
            .filter(|part| part != EMPTY)
            .collect();
        if parts.is_empty() {
            noun.name.to_owned()
        } else {
            format!("{}「{}」", noun.name, parts.join(" "))
        }
    }

    fn owner_name(&self, owner: &str, id: i64) -> String {
        let Some(noun) = noun(owner) else { return String::new() };
        let Some(column) = noun.title.first() else { return noun.name.to_owned() };
        // The owner may be gone by now: then its kind alone is told.
        let title = self.db.query_row(
            &format!("SELECT {column} FROM {owner} WHERE id = ?1"),
            [id],
            |row| row.get::<_, rusqlite::types::Value>(0),
        );
        match title {
            Ok(rusqlite::types::Value::Text(title)) => format!("{}「{title}」的", noun.name),
            Ok(rusqlite::types::Value::Integer(title)) => format!("{}「{title}」的", noun.name),
            _ => format!("{}的", noun.name),
        }
    }

    /// `内容：甲 → 乙` for each field that differs.
    fn fields(&self, noun: &Noun, before: &Image, after: &Image) -> Vec<String> {
        noun.fields
            .iter()
            .filter(|(column, _)| before.get(*column) != after.get(*column))
            .map(|(column, label)| {
                let was = self.shown(noun, column, before.get(*column));
                let is = self.shown(noun, column, after.get(*column));
                format!("{label}：{was} → {is}")
            })
            .collect()
    }

    /// A cell in the clerk's words.
    fn shown(&self, noun: &Noun, column: &str, value: Option<&Value>) -> String {
        let word = match value {
            None | Some(Value::Null) => return EMPTY.to_owned(),
            Some(Value::String(text)) if text.is_empty() => return EMPTY.to_owned(),
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        let notice = self.notice();
        let known = match column {
            "event" => self
                .db
                .query_row("SELECT name FROM event WHERE id = ?1", [&word], |row| row.get(0))
                .ok(),
            "form" => word
                .parse()
                .ok()
                .and_then(|id| notice.form(crate::notice::FormId(id)).map(|it| it.name.clone())),
            "subject" => {
                let subject = crate::notice::Subject(word.clone());
                Some(notice.subject_name(&subject).to_owned())
            }
            "slot" => {
                notice.slot(&crate::notice::SlotId(word.clone())).map(|slot| slot.name.clone())
            }
            _ => super::words::word(noun, column, &word),
        };
        known.unwrap_or(word)
    }
}

const EMPTY: &str = "空";

impl Step {
    /// A row that changed more than once in a step is told once.
    fn add(&mut self, changed: Changed) {
        let same = |it: &&mut Changed| it.noun == changed.noun && it.row == changed.row;
        match self.rows.iter_mut().rev().find(same) {
            Some(earlier) => earlier.after = changed.after,
            None => self.rows.push(changed),
        }
    }
}
