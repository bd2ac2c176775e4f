//! A row laid over what is stored: what it says stands, what it leaves blank stays.

use super::drafts::{PersonDraft, RecordDraft};
use crate::ledger::{Person, Record};

/// A blank cell keeps what is there.
pub fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

pub fn set_if<T>(field: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *field = value;
    }
}

impl PersonDraft {
    pub fn lay_over(self, person: &mut Person) {
        person.name = self.name;
        set(&mut person.sex, self.sex);
        set_if(&mut person.birth_date, self.birth_date);
        set(&mut person.workplace, self.workplace);
        set(&mut person.section, self.section);
        set(&mut person.education, self.education);
        set(&mut person.degree, self.degree);
        set(&mut person.title, self.title);
        set_if(&mut person.title_date, self.title_date);
        set(&mut person.series, self.series);
        set(&mut person.speciality, self.speciality);
        set(&mut person.handbook_number, self.handbook_number);
        set_if(&mut person.employed, self.employed);
        set(&mut person.phone, self.phone);
        set(&mut person.note, self.note);
    }
}

impl RecordDraft {
    /// Key fields stay as stored. `union` joins the 时段 to those of an earlier row of the same file.
    pub fn lay_over(&self, record: &mut Record, union: bool) {
        let (new, old) = (&self.activity, &mut record.activity);
        set_if(&mut old.year, new.year);
        if !new.organiser.is_empty() {
            old.organiser.clone_from(&new.organiser);
        }
        set_if(&mut old.end, new.end);
        if union {
            old.sessions.extend(&new.sessions);
        } else if !new.sessions.is_empty() {
            old.sessions.clone_from(&new.sessions);
        }
        set_if(&mut old.rank, new.rank);
        set_if(&mut old.level, new.level.clone());
        set_if(&mut old.source, new.source.clone());
        set_if(&mut old.quantity, new.quantity);
        set_if(&mut old.passed, new.passed);
        set_if(&mut old.certified, new.certified);
        set_if(&mut old.minutes, new.minutes);
        set_if(&mut old.serial, new.serial.clone());
        set_if(&mut old.task, new.task.clone());
        set_if(&mut old.assessment, new.assessment.clone());
        set_if(&mut old.platform, new.platform.clone());
        set_if(&mut old.region, new.region.clone());
        set_if(&mut old.mode, new.mode);
        set_if(&mut old.filing_number, new.filing_number.clone());
        set_if(&mut old.filing_date, new.filing_date);
        set_if(&mut old.related, new.related);
        set_if(&mut old.proof_kind, new.proof_kind.clone());
        set_if(&mut old.in_paper_handbook, new.in_paper_handbook);
        set(&mut record.note, self.note.clone());
    }
}
