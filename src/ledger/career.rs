//! 职务、职称变动: what a person became, when and where. The lines of it are those that were noted, and what
//! the particulars say besides.

use super::{Handbook, Person, PersonId, PostChangeId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One change of post or title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostChange {
    pub id: PostChangeId,
    pub person: PersonId,
    pub date: NaiveDate,
    /// 工作单位 as it was called then.
    pub workplace: String,
    /// 科室、职务
    pub post: String,
    /// 职称
    pub title: String,
    /// 依据、说明
    pub note: String,
}

impl PostChange {
    /// What it came to, in a few words: `内科 主治医师`.
    pub fn what(&self) -> String {
        let said = [&self.workplace, &self.post, &self.title];
        let said: Vec<&str> =
            said.into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        said.join(" ")
    }

    /// Whether both say the same change, whatever is remarked of it.
    pub fn is_twin(&self, other: &Self) -> bool {
        let said = |it: &Self| (it.date, it.workplace.clone(), it.post.clone(), it.title.clone());
        said(self) == said(other)
    }
}

/// A line of 职务、职称变动.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CareerLine {
    /// `None`: the particulars do not say when.
    pub date: Option<NaiveDate>,
    pub workplace: String,
    pub post: String,
    pub title: String,
    pub note: String,
    /// The change that was noted; `None`: it follows from the particulars.
    pub noted: Option<PostChangeId>,
}

/// 参加工作 and 取得现职称, which stand among a person's particulars.
const EMPLOYED: &str = "参加工作";
const TITLED: &str = "取得现职称";

/// What became of post and title, the earliest first, what has no date last. `workplace` is where the person
/// works now.
pub fn career(handbook: &Handbook, workplace: &str) -> Vec<CareerLine> {
    let person = &handbook.person;
    let changes = &handbook.changes;
    let mut lines: Vec<CareerLine> = Vec::new();
    // A noted change of that day tells more of it.
    let began = person.employed.filter(|day| changes.iter().all(|it| it.date != *day));
    if let Some(day) = began {
        lines.push(CareerLine {
            date: Some(day),
            workplace: person.former_unit.clone(),
            post: String::new(),
            title: String::new(),
            note: EMPLOYED.to_owned(),
            noted: None,
        });
    }
    lines.extend(changes.iter().map(|it| CareerLine {
        date: Some(it.date),
        workplace: it.workplace.clone(),
        post: it.post.clone(),
        title: it.title.clone(),
        note: it.note.clone(),
        noted: Some(it.id),
    }));
    if !person.title.is_empty() && changes.iter().all(|it| it.title != person.title) {
        lines.push(CareerLine {
            date: person.title_date,
            workplace: workplace.to_owned(),
            post: person.section.clone(),
            title: person.title.clone(),
            note: TITLED.to_owned(),
            noted: None,
        });
    }
    lines.sort_by_key(|line| (line.date.is_none(), line.date));
    lines
}

/// What has become of somebody whose particulars are changed; nothing where neither title nor 科室 nor
/// 工作单位 was one before and is another now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    pub title: bool,
    pub section: bool,
    pub workplace: bool,
}

impl Moved {
    pub fn between(before: &Person, after: &Person, unit: &str) -> Self {
        let other = |was: &str, is: &str| !was.trim().is_empty() && was.trim() != is.trim();
        Self {
            title: other(&before.title, &after.title),
            section: other(&before.section, &after.section),
            workplace: other(before.works_at(unit), after.works_at(unit)),
        }
    }

    pub fn any(self) -> bool {
        self.title || self.section || self.workplace
    }

    /// What it was before, for 依据、说明: `原职称：主治医师；原科室：内科`.
    pub fn before(self, before: &Person, unit: &str) -> String {
        let said = [
            (self.title, "原职称", before.title.as_str()),
            (self.section, "原科室", &before.section),
            (self.workplace, "原工作单位", before.works_at(unit)),
        ];
        let said = said.into_iter().filter(|(changed, ..)| *changed);
        said.map(|(_, label, was)| format!("{label}：{}", was.trim()))
            .collect::<Vec<_>>()
            .join("；")
    }
}

/// The changes that keep what the particulars said before: `now` as of `date`, and the former title with its
/// own date, unless it stands there already. To be noted together with the particulars.
pub fn noted(
    before: &Handbook,
    now: &Person,
    unit: &str,
    date: NaiveDate,
    note: &str,
) -> Vec<PostChange> {
    let of = |person: &Person, date: NaiveDate, note: &str| PostChange {
        id: PostChangeId::default(),
        person: before.person.id,
        date,
        workplace: person.works_at(unit).to_owned(),
        post: person.section.clone(),
        title: person.title.clone(),
        note: note.to_owned(),
    };
    let was = &before.person;
    let moved = Moved::between(was, now, unit);
    let stands = before.changes.iter().any(|it| it.title == was.title);
    let former = was.title_date.filter(|day| moved.title && !stands && *day < date);
    let former = former.map(|day| of(was, day, "取得职称"));
    former.into_iter().chain([of(now, date, note)]).collect()
}
