//! The switches of the decided readings (口径): what may be chosen, what stands in a notice file now, and
//! a notice as it is with what a unit chose instead. The shipped file is never changed: choices are laid
//! over it. Who chose, when and why is kept with every choice.

use super::amend::{Draft, Plain};
use super::load::{self, load};
use super::{Decision, Hours, Notice};
use crate::failure::Result;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One thing about a decision that can be chosen otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// Stable, kebab-case, one of its kind within the decision.
    pub id: String,
    /// 同一班次上午加下午
    pub name: String,
    pub way: Way,
}

/// What is chosen from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// One of a few, each setting one or several keys.
    Among(Vec<Alternative>),
    /// A number within bounds; `none` is what it is called when the key is not there at all.
    Number {
        key: String,
        low: i64,
        high: i64,
        unit: String,
        none: Option<String>,
    },
    Date {
        key: String,
    },
    /// A list of words.
    Words {
        key: String,
    },
    Text {
        key: String,
    },
}

/// One of the things that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    pub id: String,
    pub words: String,
    pub set: Vec<(String, Plain)>,
    /// Keys that must not be there.
    pub unset: Vec<String>,
}

/// What a unit chose instead of what the notice file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// `A-08`
    pub decision: String,
    /// The switch's id.
    pub switch: String,
    /// An alternative's id, or the value in words.
    pub choice: String,
    pub by: String,
    pub at: NaiveDate,
    pub reason: String,
}

/// A ruling as it is told: what the file says, and what stands instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    #[serde(flatten)]
    pub ruling: Ruling,
    /// The switch's name.
    pub name: String,
    pub was: String,
    pub now: String,
}

impl Changed {
    /// `口径 A-08 同一班次上午加下午：算两个半天（原为算全天）。向明，2020-08-10，州局电话答复`
    pub fn told(&self) -> String {
        let Ruling { decision, by, at, reason, .. } = &self.ruling;
        let Self { name, was, now, .. } = self;
        format!("口径 {decision} {name}：{now}（原为{was}）。{by}，{at}，{reason}")
    }
}

/// A switch as it stands: by the file, and now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub decision: String,
    pub switch: Switch,
    /// What the file says; empty where it says something that none of the alternatives is.
    pub shipped: String,
    pub now: String,
    /// Who chose otherwise.
    pub ruling: Option<Ruling>,
}

impl Switch {
    /// What a draft says here, as a choice.
    pub fn read(&self, draft: &mut Draft) -> String {
        let plain = |draft: &mut Draft, key: &str| {
            draft.get(key).map(|plain| plain.to_string()).unwrap_or_default()
        };
        match &self.way {
            Way::Among(all) => all
                .iter()
                .find(|it| {
                    it.set.iter().all(|(key, value)| draft.get(key).as_ref() == Some(value))
                        && it.unset.iter().all(|key| draft.get(key).is_none())
                })
                .map(|it| it.id.clone())
                .unwrap_or_default(),
            Way::Number { key, .. }
            | Way::Date { key }
            | Way::Words { key }
            | Way::Text { key } => plain(draft, key),
        }
    }

    /// A choice in words.
    pub fn words(&self, choice: &str) -> String {
        match &self.way {
            Way::Among(all) => all
                .iter()
                .find(|it| it.id == choice)
                .map_or_else(|| "另有写法".to_owned(), |it| it.words.clone()),
            Way::Number { none: Some(none), .. } if choice.is_empty() => none.clone(),
            Way::Number { unit, .. } => format!("{choice} {unit}").trim_end().to_owned(),
            Way::Date { .. } | Way::Words { .. } | Way::Text { .. } if choice.is_empty() => {
                "没有".to_owned()
            }
            Way::Date { .. } | Way::Words { .. } | Way::Text { .. } => choice.to_owned(),
        }
    }

    /// Every key that it may set.
    pub fn keys(&self) -> Vec<&str> {
        match &self.way {
            Way::Among(all) => all
                .iter()
                .flat_map(|it| it.set.iter().map(|(key, _)| key).chain(&it.unset))
                .map(String::as_str)
                .collect(),
            Way::Number { key, .. }
            | Way::Date { key }
            | Way::Words { key }
            | Way::Text { key } => {
                vec![key]
            }
        }
    }

    /// A typed choice as it is kept, or why it cannot be one.
    ///
    /// # Errors
    /// One Chinese clause: what is wrong and what may be written.
    pub fn reading(&self, typed: &str) -> Result<String, String> {
        let typed = typed.trim();
        match &self.way {
            Way::Among(all) => {
                let found = all.iter().find(|it| it.id == typed || it.words == typed);
                found.map(|it| it.id.clone()).ok_or_else(|| {
                    let known: Vec<String> =
                        all.iter().map(|it| format!("{}（{}）", it.id, it.words)).collect();
                    format!("没有“{typed}”这个选项，可选 {}", known.join("、"))
                })
            }
            Way::Number { none, .. }
                if typed.is_empty() || none.as_deref().is_some_and(|none| none == typed) =>
            {
                match none {
                    Some(_) => Ok(String::new()),
                    None => Err("请填一个数".to_owned()),
                }
            }
            Way::Number { low, high, .. } => number(typed)
                .filter(|plain| within(plain, *low, *high))
                .map(|plain| plain.to_string())
                .ok_or_else(|| format!("“{typed}”不能用，请填 {low} 到 {high} 之间的数")),
            Way::Date { .. } => typed
                .parse::<NaiveDate>()
                .map(|date| date.to_string())
                .map_err(|_| format!("“{typed}”不是日期，请写成 2020-08-30 这样")),
            Way::Words { .. } => match texts(typed) {
                words if words.is_empty() => Err("请至少写一个词，几个词用顿号分开".to_owned()),
                words => Ok(words.join("、")),
            },
            Way::Text { .. } if typed.is_empty() => Err("请填上文字".to_owned()),
            Way::Text { .. } => Ok(typed.to_owned()),
        }
    }

    /// Lays a choice over a draft.
    ///
    /// # Errors
    /// The choice is none, or a key of it leads nowhere in this notice.
    pub fn lay(&self, draft: &mut Draft, choice: &str) -> Result<(), String> {
        let choice = self.reading(choice)?;
        let lost = |key: &str| format!("通知文件里没有 {key} 这个位置");
        let put = |draft: &mut Draft, key: &str, plain: &Plain| {
            if draft.set(key, plain) { Ok(()) } else { Err(lost(key)) }
        };
        let remove = |draft: &mut Draft, key: &str| {
            if draft.remove(key) { Ok(()) } else { Err(lost(key)) }
        };
        match &self.way {
            Way::Among(all) => {
                let Some(it) = all.iter().find(|it| it.id == choice) else { return Ok(()) };
                it.unset.iter().try_for_each(|key| remove(draft, key))?;
                it.set.iter().try_for_each(|(key, plain)| put(draft, key, plain))
            }
            Way::Number { key, .. } => match number(&choice) {
                Some(plain) => put(draft, key, &plain),
                None => remove(draft, key),
            },
            Way::Date { key } => match choice.parse() {
                Ok(date) => put(draft, key, &Plain::Date(date)),
                Err(_) => Err(lost(key)),
            },
            Way::Words { key } => put(draft, key, &Plain::Texts(texts(&choice))),
            Way::Text { key } => put(draft, key, &Plain::Text(choice)),
        }
    }
}

fn number(text: &str) -> Option<Plain> {
    match text.parse::<i64>() {
        Ok(whole) => Some(Plain::Whole(whole)),
        Err(_) => Some(Plain::Hours(Hours::from_f64(text.parse().ok()?)?)),
    }
}

fn within(plain: &Plain, low: i64, high: i64) -> bool {
    match plain {
        Plain::Whole(number) => (low..=high).contains(number),
        // Bounds of hours are small.
        #[allow(clippy::cast_precision_loss)]
        Plain::Hours(hours) => (low as f64..=high as f64).contains(&hours.as_f64()),
        _ => false,
    }
}

fn texts(text: &str) -> Vec<String> {
    let parts = text.split(['、', ',', '，', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A notice with a unit's choices laid over it.
#[derive(Debug, Clone)]
pub struct Ruled {
    pub notice: Notice,
    pub standings: Vec<Standing>,
    /// Choices that do not fit this notice (any more), with the reason; the rest stands without them.
    pub refused: Vec<(Ruling, String)>,
}

/// Loads a notice and lays choices over it; `file` is only named in messages.
///
/// # Errors
/// The file itself is unsound.
pub fn ruled(file: &str, text: &str, rulings: &[Ruling]) -> Result<Ruled> {
    let written = load(file, text)?;
    let Some(mut draft) = Draft::read(text) else {
        // What `load` reads can be edited: both read the same language.
        return Ok(Ruled { notice: written, standings: Vec::new(), refused: Vec::new() });
    };
    let mut standings = standings(&written.decisions, &mut draft);
    let mut notice = written;
    let (mut refused, mut changes) = (Vec::new(), Vec::new());
    for ruling in rulings {
        let found = standings
            .iter_mut()
            .find(|it| it.decision == ruling.decision && it.switch.id == ruling.switch);
        let Some(standing) = found else {
            refused.push((ruling.clone(), "这份通知里没有这个口径开关".to_owned()));
            continue;
        };
        if standing.shipped == ruling.choice {
            continue;
        }
        let mut tried = draft.clone();
        let laid = standing.switch.lay(&mut tried, &ruling.choice).and_then(|()| {
            for key in standing.switch.keys() {
                tried.cite(key, &format!("口径{}", ruling.decision));
            }
            load(file, &tried.text())
                .map_err(|failure| format!("{}。{}", failure.why, failure.remedy))
        });
        match laid {
            Err(why) => refused.push((ruling.clone(), why)),
            Ok(amended) => {
                draft = tried;
                notice = amended;
                standing.now.clone_from(&ruling.choice);
                standing.ruling = Some(ruling.clone());
                changes.push(Changed {
                    ruling: ruling.clone(),
                    name: standing.switch.name.clone(),
                    was: standing.switch.words(&standing.shipped),
                    now: standing.switch.words(&ruling.choice),
                });
            }
        }
    }
    notice.changed = changes;
    Ok(Ruled { notice, standings, refused })
}

fn standings(decisions: &[Decision], draft: &mut Draft) -> Vec<Standing> {
    let switches = decisions.iter().flat_map(|it| it.switches.iter().map(move |s| (it, s)));
    switches
        .map(|(decision, switch)| {
            let shipped = switch.read(draft);
            Standing {
                decision: decision.id.clone(),
                switch: switch.clone(),
                now: shipped.clone(),
                shipped,
                ruling: None,
            }
        })
        .collect()
}

/// Faults of a notice's switches: keys that lead nowhere, alternatives that make the notice unsound,
/// a file that says what none of them is.
pub(super) fn faults(text: &str, notice: &Notice) -> Vec<load::Fault> {
    let Some(draft) = Draft::read(text) else { return Vec::new() };
    let mut faults = Vec::new();
    for decision in &notice.decisions {
        for switch in &decision.switches {
            let mut told = |message: String, fix: &str| {
                let key = format!("decision.{}.switch.{}", decision.id, switch.id);
                faults.push(load::Fault { line: None, key, message, fix: fix.to_owned() });
            };
            let mut present = draft.clone();
            if let Some(key) = switch.keys().into_iter().find(|key| !present.leads_somewhere(key)) {
                told(format!("通知里没有 {key} 这个位置"), "请核对键名");
                continue;
            }
            let Way::Among(all) = &switch.way else { continue };
            if switch.read(&mut present).is_empty() {
                told(
                    "通知现在的写法不是其中任何一个选项".to_owned(),
                    "请补一个与现在写法相同的选项",
                );
            }
            for it in all {
                let mut tried = draft.clone();
                let sound = switch
                    .lay(&mut tried, &it.id)
                    .and_then(|()| load("", &tried.text()).map_err(|failure| failure.why));
                if let Err(why) = sound {
                    told(format!("选“{}”以后通知不能用：{why}", it.words), "请核对这个选项的 set");
                }
            }
        }
    }
    faults
}
