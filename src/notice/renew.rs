//! Next year's notice made of this year's: what the new notice says differently is put in, what held for
//! the old year alone is left out, the rest and all comments stay. Spans move by themselves, for they are
//! written as offsets from the campaign year.

use super::amend::{Draft, Plain};
use super::{Clause, Notice, Subject};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// What the new notice says. [`Renewal::proposed`] fills it in from the old one; all of it can be changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewal {
    pub campaign_year: i32,
    pub id: String,
    pub document: String,
    pub title: String,
    pub issued: NaiveDate,
    pub basis: Vec<String>,
    /// The new year's theme of a subject; empty: the notice has none.
    pub theme_subject: String,
    pub theme: Vec<String>,
    pub deadline: NaiveDate,
    pub review_workdays: u32,
    pub publicity_workdays: u32,
    pub spans: Vec<SpanTold>,
    pub deeming: Vec<DeemingTold>,
    pub platforms: Vec<PlatformTold>,
    /// Sentences that name a year: as the new notice has them.
    pub clauses: Vec<ClauseTold>,
}

/// First and last year of some applicants, in the new campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanTold {
    /// 博士 · 副高
    pub who: String,
    pub first: i32,
    pub last: i32,
}

/// A deeming rule, kept or dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeemingTold {
    pub id: String,
    /// In words: 本年度参评人员视同完成 2020 年公需
    pub what: String,
    pub keep: bool,
    /// Why it is proposed so.
    pub why: String,
}

/// A platform of the notice, kept or dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformTold {
    pub name: String,
    pub keep: bool,
    pub first_year: Option<i32>,
    pub last_year: Option<i32>,
}

/// A sentence of the notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseTold {
    pub id: String,
    pub place: String,
    pub was: String,
    pub quote: String,
}

impl Renewal {
    /// As the new year's notice probably is, from the old one's words with its years moved; the document
    /// number cannot be guessed.
    pub fn proposed(notice: &Notice, year: i32) -> Self {
        let moved = |text: &str| moved(text, notice.campaign_year, year - notice.campaign_year);
        let on = |date: NaiveDate| {
            let to = date.year() + year - notice.campaign_year;
            date.with_year(to).or_else(|| NaiveDate::from_ymd_opt(to, 2, 28)).unwrap_or(date)
        };
        let theme = notice.themes.iter().find(|theme| theme.year == notice.campaign_year);
        Self {
            campaign_year: year,
            id: {
                let (old, new) = (notice.campaign_year.to_string(), year.to_string());
                match notice.id.contains(&old) {
                    true => notice.id.replace(&old, &new),
                    false => format!("{}-{new}", notice.id),
                }
            },
            document: String::new(),
            title: moved(&notice.title),
            issued: on(notice.issued),
            basis: notice.basis.iter().map(|basis| moved(basis)).collect(),
            theme_subject: theme.map_or_else(
                || Subject::public().id().to_owned(),
                |theme| theme.subject.id().to_owned(),
            ),
            theme: Vec::new(),
            deadline: on(notice.deadline.date),
            review_workdays: notice.deadline.review_workdays,
            publicity_workdays: notice.publicity.workdays,
            spans: notice
                .spans
                .iter()
                .map(|rule| {
                    let who = [&rule.degrees, &rule.series, &rule.levels].map(|it| it.join("、"));
                    let who: Vec<_> = who.into_iter().filter(|it| !it.is_empty()).collect();
                    let who =
                        if who.is_empty() { "所有人".to_owned() } else { who.join(" · ") };
                    let (first, last) = (year + rule.first_offset, year + rule.last_offset);
                    SpanTold { who, first, last }
                })
                .collect(),
            deeming: notice.deeming.iter().map(|rule| deeming(notice, rule)).collect(),
            platforms: notice
                .platforms
                .iter()
                .map(|it| PlatformTold {
                    name: it.name.clone(),
                    keep: true,
                    first_year: it.first_year,
                    last_year: it.last_year,
                })
                .collect(),
            clauses: dated(notice)
                .map(|clause| ClauseTold {
                    id: clause.id.clone(),
                    place: clause.place.clone(),
                    was: clause.quote.clone(),
                    quote: moved(&clause.quote),
                })
                .collect(),
        }
    }

    /// The new notice's text, made of the old one's. Whether it is sound is `load`'s to say.
    pub fn written(&self, text: &str, notice: &Notice) -> Option<String> {
        let mut draft = Draft::read(text)?;
        let mut set = |key: &str, plain: Plain| draft.set(key, &plain);
        set("notice.id", Plain::Text(self.id.clone()));
        set("notice.document", Plain::Text(self.document.trim().to_owned()));
        set("notice.title", Plain::Text(self.title.trim().to_owned()));
        set("notice.issued", Plain::Date(self.issued));
        set("notice.campaign_year", Plain::Whole(self.campaign_year.into()));
        set("notice.basis", Plain::Texts(self.basis.clone()));
        set("deadline.date", Plain::Date(self.deadline));
        set("deadline.review_workdays", Plain::Whole(self.review_workdays.into()));
        set("publicity.workdays", Plain::Whole(self.publicity_workdays.into()));
        for (nr, span) in self.spans.iter().enumerate() {
            let offset = |year: i32| Plain::Whole((year - self.campaign_year).into());
            set(&format!("span.{}.first_offset", nr + 1), offset(span.first));
            set(&format!("span.{}.last_offset", nr + 1), offset(span.last));
        }
        for clause in &self.clauses {
            set(&format!("clauses.{}.quote", clause.id), Plain::Text(clause.quote.clone()));
        }
        for platform in &self.platforms {
            for (key, year) in
                [("first_year", platform.first_year), ("last_year", platform.last_year)]
            {
                let key = format!("platform.{}.{key}", platform.name);
                match year {
                    Some(year) => draft.set(&key, &Plain::Whole(year.into())),
                    None => draft.remove(&key),
                };
            }
            if !platform.keep {
                draft.drop_entry("platform", &platform.name);
            }
        }
        for rule in self.deeming.iter().filter(|rule| !rule.keep) {
            draft.drop_entry("deeming", &rule.id);
        }
        if !self.theme.is_empty() {
            let clause = notice
                .themes
                .first()
                .map_or_else(|| notice.annual.clause.id.clone(), |theme| theme.clause.id.clone());
            draft.add_entry(
                "theme",
                &[
                    ("year", Plain::Whole(self.campaign_year.into())),
                    ("subject", Plain::Text(self.theme_subject.clone())),
                    ("texts", Plain::Texts(self.theme.clone())),
                    ("clause", Plain::Text(clause)),
                ],
            );
        }
        Some(draft.text())
    }
}

fn deeming(notice: &Notice, rule: &super::DeemRule) -> DeemingTold {
    let who =
        if rule.applicants { "本年度参评人员".to_owned() } else { rule.reasons.join("、") };
    let subjects: Vec<&str> = rule.subjects.iter().map(|it| notice.subject_name(it)).collect();
    let subjects =
        if subjects.is_empty() { "全部科目".to_owned() } else { subjects.join("、") };
    let year = rule.year.map_or_else(String::new, |year| format!(" {year} 年"));
    let (keep, why) = match (rule.applicants, rule.year) {
        (true, Some(year)) => (false, format!("只管 {year} 年的参评人员，新通知没有再写就不用")),
        (false, Some(year)) => (true, format!("{year} 年还在认定起止内，仍要用")),
        _ => (true, "不分年度".to_owned()),
    };
    DeemingTold {
        id: rule.id.clone(), what: format!("{who}视同完成{year}{subjects}"), keep, why
    }
}

/// The sentences that rules rest on and that name the campaign year, or a year of its spans.
fn dated(notice: &Notice) -> impl Iterator<Item = &Clause> {
    let named = |clause: &&Clause| has_year(&clause.quote) || clause.quote.contains("月");
    notice.clauses.values().filter(named)
}

fn has_year(text: &str) -> bool {
    years_in(text).next().is_some()
}

/// Where four digits that are a year stand.
fn years_in(text: &str) -> impl Iterator<Item = (usize, i32)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(found) = text[from..].find(|c: char| c.is_ascii_digit()) {
            let start = from + found;
            let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
            from = start + digits;
            if let (4, Ok(year)) = (digits, text[start..start + digits].parse::<i32>())
                && (1990..2100).contains(&year)
            {
                return Some((start, year));
            }
        }
        None
    })
}

/// A text with its years near the campaign moved; the numbers of documents (〔2020〕11号) stay.
fn moved(text: &str, campaign: i32, by: i32) -> String {
    let mut moved = String::with_capacity(text.len());
    let mut done = 0;
    for (start, year) in years_in(text) {
        moved.push_str(&text[done..start]);
        let of_document = text[..start].ends_with(['〔', '（', '(', '[']);
        let near = (campaign - 10..=campaign + 1).contains(&year);
        moved.push_str(&(if near && !of_document { year + by } else { year }).to_string());
        done = start + 4;
    }
    moved.push_str(&text[done..]);
    moved
}
