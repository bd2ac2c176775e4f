//! A package on its way in: verified, read, and held against what cannot be. What it says about people
//! that the registry knows otherwise is no business of this file.

use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{Applicant, Attachment, Handbook, span_of, years_as_applicant};
use crate::notice::Notice;
use crate::package::source::Source;
use crate::package::statement::{self, PersonTold, RunTold, Statement};
use crate::package::verify;
use crate::registry::Registry;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

pub(super) const WHAT: &str = "接收报送包";
/// So many faults of a broken package are told.
const TOLD: usize = 3;
const STATEMENT_CAP: u64 = 512 << 20;

/// A package that may be received.
pub(super) struct Incoming {
    pub source: Source,
    pub statement: Statement,
    pub notice: Arc<Notice>,
    /// Files of evidence: their content's hash → their path in the package.
    pub files: HashMap<String, String>,
}

impl Incoming {
    /// # Errors
    /// Not whole, not finished, a draft, of another notice, or saying what cannot be.
    pub fn read(registry: &Registry, path: &Path, progress: Progress<'_>) -> Result<Self> {
        let place = path.display().to_string();
        let broken = |why: String| Failure::cannot(WHAT, &place, why, "请向报送单位重新索取");
        let seen = verify::examine(path, false, progress)?;
        if !seen.valid {
            let mut told = seen.errors;
            let count = told.len();
            told.truncate(TOLD);
            let more = if count > TOLD { format!("；等 {count} 处") } else { String::new() };
            return Err(broken(format!("没有通过核对：{}{more}", told.join("；"))));
        }
        let mut source = Source::open(WHAT, path)?;
        let text = source.text(statement::PATH, STATEMENT_CAP).map_err(broken)?;
        let statement = Statement::read(&text).map_err(broken)?;
        if statement.draft {
            return Err(Failure::refused(
                WHAT,
                &place,
                format!("{} 的这个包是草稿，不作报送用", statement.unit.name),
                "请让报送单位做完初审和公示，再打正式的报送包",
            ));
        }
        let notice = registry.notice_of(statement.campaign)?;
        if notice.id != statement.notice.id {
            return Err(broken(format!(
                "是按通知 {} 算的，本登记库 {} 年度依的是 {}",
                statement.notice.id, statement.campaign, notice.id
            )));
        }
        sound(registry, &notice, &statement)?.map_or(Ok(()), |why| Err(broken(why)))?;
        let files = statement
            .people
            .iter()
            .flat_map(|it| &it.evidence)
            .map(|it| (it.file.sha256.clone(), it.file.path.clone()))
            .collect();
        let read = Self { source, statement, notice, files };
        match read.missing() {
            Some(why) => Err(broken(why)),
            None => Ok(read),
        }
    }

    /// Evidence of the years that the campaign looks at must have come along.
    fn missing(&self) -> Option<String> {
        let campaign = self.statement.campaign;
        self.statement.people.iter().find_map(|told| {
            let book = &told.handbook;
            let (span, _) = span_of(&self.notice, &book.person, &told.application);
            let looked_at = |year: i32| span.contains(year) || year == campaign;
            let years = years_as_applicant(&self.notice, book, campaign, span.years());
            let records: BTreeSet<_> = years
                .iter()
                .filter(|total| looked_at(total.year))
                .flat_map(|total| total.credits.iter().map(|credit| credit.record))
                .collect();
            let of_records = book
                .records
                .iter()
                .filter(|it| records.contains(&it.id))
                .flat_map(|it| it.all_attachments());
            let of_deemed =
                book.deemed.iter().filter(|it| looked_at(it.year)).flat_map(|it| &it.attachments);
            let of_slips = book
                .slips
                .iter()
                .filter(|it| (it.first_year..=it.last_year).any(looked_at))
                .flat_map(|it| &it.attachments);
            let lost = of_records
                .chain(of_deemed)
                .chain(of_slips)
                .find(|it: &&Attachment| !self.files.contains_key(&it.evidence.sha256))?;
            Some(format!(
                "{} 的证明材料「{}」不在包里",
                book.person.name,
                lost.evidence.name.escape_debug()
            ))
        })
    }
}

/// What in the statement cannot be, in words.
fn sound(registry: &Registry, notice: &Notice, told: &Statement) -> Result<Option<String>> {
    if told.id.trim().is_empty() || told.unit.name.trim().is_empty() {
        return Ok(Some("没有写明编号或报送单位".to_owned()));
    }
    if !notice.level_groups().contains(&told.level.as_str()) {
        return Ok(Some(format!("写的级别“{}”不在通知之列", told.level.escape_debug())));
    }
    if told.people.is_empty() {
        return Ok(Some("里面没有人".to_owned()));
    }
    if let Some(why) = odd(told) {
        return Ok(Some(why));
    }
    for run in &told.publicity {
        let dates = registry.calendar().publicity(run.posted, notice.publicity.workdays)?;
        let last = if notice.publicity.count_posting_day {
            dates.close_inclusive
        } else {
            dates.close_strict
        };
        if run.closed.is_some_and(|closed| closed < last) {
            return Ok(Some(format!(
                "{} 张贴的公示不满 {} 个工作日就结束了，应到 {last}",
                run.posted, dates.days
            )));
        }
    }
    Ok(told.people.iter().find_map(|person| of_person(notice, told, person)))
}

fn of_person(notice: &Notice, told: &Statement, person: &PersonTold) -> Option<String> {
    let (book, application) = (&person.handbook, &person.application);
    let name = book.person.name.escape_debug();
    if book.person.name.trim().is_empty() {
        return Some(format!("第 {} 个人没有姓名", person.number));
    }
    if application.campaign != told.campaign
        || notice.level_group(&application.level) != Some(told.level.as_str())
    {
        return Some(format!(
            "{name} 申报的是 {} 年度{}，与包不符",
            application.campaign,
            application.level.escape_debug()
        ));
    }
    if !application.passed() || application.withdrawn.is_some() {
        return Some(format!("{name} 还没有单位初审合格，或已退出申报"));
    }
    if !told.publicity.iter().any(|run| run.closed.is_some() && posts(run, person)) {
        return Some(format!("{name} 不在公示期满的名单里"));
    }
    for record in &book.records {
        let activity = &record.activity;
        if notice.form(activity.form).is_none() || notice.subject(&activity.subject).is_none() {
            let title = activity.title.escape_debug();
            return Some(format!("{name} 的学习记录「{title}」的形式或科目不在通知之列"));
        }
    }
    None
}

pub(super) fn posts(run: &RunTold, person: &PersonTold) -> bool {
    let number = &person.handbook.person.id_number;
    run.members.iter().any(|member| member.id_number.as_ref() == Some(number))
}

/// Dates, years and numbers that no handbook has.
fn odd(told: &Statement) -> Option<String> {
    #[derive(serde::Serialize)]
    struct Said<'a> {
        publicity: &'a [RunTold],
        people: Vec<(&'a Handbook, &'a Applicant)>,
    }
    let people = told.people.iter().map(|it| (&it.handbook, &it.application)).collect();
    let said = Said { publicity: &told.publicity, people };
    // What was just read from JSON can be written as JSON.
    let value = serde_json::to_value(said).ok()?;
    odd_value("", &value)
}

fn odd_value(parent: &str, value: &Value) -> Option<String> {
    const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;
    const MOST: f64 = 100_000.0;
    let year_is_odd = |year: i64| !YEARS.contains(&year);
    match value {
        Value::Array(items) => items.iter().find_map(|item| odd_value(parent, item)),
        Value::Object(fields) => fields.iter().find_map(|(key, value)| {
            match key.parse::<i64>() {
                Ok(year) if year_is_odd(year) => Some(format!("写的年度 {year} 不合理")),
                // Hours of a slip stand by year and subject.
                _ => odd_value(if parent == "hours" { parent } else { key }, value),
            }
        }),
        Value::String(text) => {
            let date: chrono::NaiveDate = text.parse().ok()?;
            let year = i64::from(chrono::Datelike::year(&date));
            year_is_odd(year).then(|| format!("写的日期 {date} 不合理"))
        }
        Value::Number(number) => match parent {
            "year" | "first_year" | "last_year" | "campaign" | "start_override" => {
                number.as_i64().is_none_or(year_is_odd).then(|| format!("写的年度 {number} 不合理"))
            }
            "quantity" | "passed" | "minutes" | "certified" | "hours" | "days" | "place" => number
                .as_f64()
                .is_none_or(|it| !(0.0..MOST).contains(&it))
                .then(|| format!("写的数 {number} 不合理")),
            _ => None,
        },
        Value::Bool(_) | Value::Null => None,
    }
}
