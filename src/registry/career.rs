//! Changes of post and title (职务、职称变动): their rows, saving and deleting.

use super::Tx;
use super::rows::{Cells, Table, cell, date_cell, read_date};
use crate::failure::{Failure, Result};
use crate::ledger::{PersonId, PostChange, PostChangeId};
use rusqlite::types::Value;

pub(super) const POST_CHANGE: Table = Table {
    name: "post_change",
    columns: &["person", "date", "workplace", "post", "title", "note"],
};

pub(super) fn read(cells: &mut Cells<'_, '_>) -> rusqlite::Result<PostChange> {
    Ok(PostChange {
        id: PostChangeId(cells.next()?),
        person: PersonId(cells.next()?),
        date: cells.parse(read_date)?,
        workplace: cells.next()?,
        post: cells.next()?,
        title: cells.next()?,
        note: cells.next()?,
    })
}

fn cells_of(change: &PostChange) -> Vec<Value> {
    let said = [&change.workplace, &change.post, &change.title, &change.note];
    let key = [cell(change.person.0), date_cell(change.date)];
    key.into_iter().chain(said.map(|text| cell(text.trim().to_owned()))).collect()
}

impl Tx<'_> {
    /// Inserts (id 0) or updates a change; one that stands there already to the letter is not put twice.
    ///
    /// # Errors
    /// It says nothing of unit, post or title; no such change or person.
    pub fn save_post_change(&mut self, change: &PostChange) -> Result<PostChangeId> {
        let what = "保存职务职称变动";
        self.person_must_exist(what, change.person)?;
        if [&change.workplace, &change.post, &change.title].iter().all(|it| it.trim().is_empty()) {
            return Err(Failure::refused(
                what,
                change.date.to_string(),
                "工作单位、科室职务、职称都是空的",
                "请至少填写一项",
            ));
        }
        let row = cells_of(change);
        let same = POST_CHANGE
            .find(self.db(), POST_CHANGE.columns, row.clone())
            .map_err(self.trouble(what))?;
        let id = match (change.id.0, same) {
            (0, Some(same)) => same,
            (id, _) => self.put(&POST_CHANGE, what, id, row)?,
        };
        Ok(PostChangeId(id))
    }

    /// # Errors
    /// No such change.
    pub fn delete_post_change(&mut self, change: PostChangeId) -> Result<()> {
        let what = "删除职务职称变动";
        let gone = POST_CHANGE.delete(self.db(), "id", change.0).map_err(self.trouble(what))?;
        self.must_exist(what, "职务职称变动", gone > 0)
    }
}
