//! The switches of a notice's decisions: each names the keys that it sets. Whether they lead anywhere and
//! make a sound notice is `notice::switch`'s to say.

use super::cursor::Cursor;
use crate::notice::switch::{Alternative, Switch, Way};

pub(super) fn of(decision: &Cursor<'_, '_>) -> Vec<Switch> {
    let mut ids: Vec<String> = Vec::new();
    let switch = |at: &Cursor<'_, '_>| {
        let id = at.text("id");
        if ids.contains(&id) {
            at.fault("id", format!("口径开关“{id}”出现了两次"), "请改名或删去一处");
        }
        ids.push(id.clone());
        Switch { id, name: at.text("name"), way: way(at) }
    };
    decision.tables("switch").iter().map(switch).collect()
}

fn way(at: &Cursor<'_, '_>) -> Way {
    let alternatives: Vec<Alternative> = at.tables("options").iter().map(alternative).collect();
    if !alternatives.is_empty() {
        return Way::Among(alternatives);
    }
    if let Some(key) = at.optional_text("number") {
        let bound = |key, otherwise| at.optional_integer(key, 0..100_001).unwrap_or(otherwise);
        return Way::Number {
            key,
            low: bound("low", 0),
            high: bound("high", 100_000),
            unit: at.optional_text("unit").unwrap_or_default(),
            none: at.optional_text("none"),
        };
    }
    if let Some(key) = at.optional_text("date") {
        return Way::Date { key };
    }
    if let Some(key) = at.optional_text("list") {
        return Way::Words { key };
    }
    if let Some(key) = at.optional_text("text") {
        return Way::Text { key };
    }
    at.fault("options", "没有写这个开关选什么", "请写 options、number、date、list、text 之一");
    Way::Among(Vec::new())
}

fn alternative(at: &Cursor<'_, '_>) -> Alternative {
    Alternative {
        id: at.text("id"),
        words: at.text("words"),
        set: at.optional_table("set").map(|set| set.plain_values()).unwrap_or_default(),
        unset: at.texts("unset"),
    }
}
