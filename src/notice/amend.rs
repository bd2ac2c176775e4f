//! A notice file changed by key, its comments and its order kept: what a 口径 switch sets, and what next
//! year's notice says differently. A key walks from the root: `publicity.workdays`, `span.*.last_offset`
//! (every entry), `conversion.C8.hours` (the entry of this id or name), `form.4.evidence.1.needs.3.waivable`
//! (the first of form 4's evidence sets, the third of its needs). Whether the result is a sound notice is
//! `load`'s to say.

use super::Hours;
use chrono::NaiveDate;
use std::fmt;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, TableLike, Value, value};

/// A value as it stands in a notice file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plain {
    Flag(bool),
    Whole(i64),
    /// A number of hours that is not whole.
    Hours(Hours),
    Text(String),
    Date(NaiveDate),
    Texts(Vec<String>),
}

impl fmt::Display for Plain {
    /// As a clerk reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(true) => f.write_str("是"),
            Self::Flag(false) => f.write_str("否"),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Hours(hours) => write!(f, "{hours}"),
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => write!(f, "{date}"),
            Self::Texts(texts) => f.write_str(&texts.join("、")),
        }
    }
}

impl Plain {
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Boolean(flag) => Self::Flag(*flag.value()),
            Value::Integer(number) => Self::Whole(*number.value()),
            Value::Float(number) => Self::Hours(Hours::from_f64(*number.value())?),
            Value::String(text) => Self::Text(text.value().clone()),
            Value::Datetime(date) => Self::Date(date.value().to_string().parse().ok()?),
            Value::Array(array) => {
                let texts: Option<Vec<String>> =
                    array.iter().map(|item| item.as_str().map(str::to_owned)).collect();
                Self::Texts(texts?)
            }
            Value::InlineTable(_) => return None,
        })
    }

    fn written(&self) -> Value {
        match self {
            Self::Flag(flag) => (*flag).into(),
            Self::Whole(number) => (*number).into(),
            Self::Hours(hours) => hours.as_f64().into(),
            Self::Text(text) => text.as_str().into(),
            // A date of the calendar is a date of TOML.
            Self::Date(date) => {
                date.to_string().parse().unwrap_or_else(|_| date.to_string().as_str().into())
            }
            Self::Texts(texts) => texts.iter().map(String::as_str).collect::<Array>().into(),
        }
    }
}

/// A notice file being changed.
#[derive(Debug, Clone)]
pub struct Draft {
    document: DocumentMut,
}

/// What may be done at the end of a key.
enum Deed<'v> {
    Set(&'v Plain),
    Remove,
    /// The rule's clause gets another name, which says that it was changed.
    Cite(&'v str),
}

/// A place that a key can walk on from.
enum Node<'a> {
    Table(&'a mut dyn TableLike),
    Tables(&'a mut ArrayOfTables),
    List(&'a mut Array),
}

impl Draft {
    /// `None`: the text is no TOML; `load` says where.
    pub fn read(text: &str) -> Option<Self> {
        text.parse().ok().map(|document| Self { document })
    }

    /// The changed file.
    pub fn text(&self) -> String {
        self.document.to_string()
    }

    /// The value at a key; where a key means several entries, of the first. `None`: not written.
    pub fn get(&mut self, key: &str) -> Option<Plain> {
        // The walk is written once, for changing; here it only looks.
        let mut found = None;
        walk(Node::Table(self.document.as_table_mut()), &parts(key), &mut |table, last| {
            if found.is_none() {
                found = table.get(last).and_then(Item::as_value).and_then(Plain::of);
            }
        });
        found
    }

    /// Whether a key leads to a table in which its last part may stand.
    pub fn leads_somewhere(&mut self, key: &str) -> bool {
        walk(Node::Table(self.document.as_table_mut()), &parts(key), &mut |_, _| {}) > 0
    }

    /// Writes a value; false when the key leads nowhere.
    pub fn set(&mut self, key: &str, value: &Plain) -> bool {
        self.at(key, &Deed::Set(value))
    }

    /// Takes a value away; false when the key leads nowhere.
    pub fn remove(&mut self, key: &str) -> bool {
        self.at(key, &Deed::Remove)
    }

    /// Lets the rule that a key belongs to cite a clause of its own, the old clause with `word` behind its
    /// place, so that every explanation says what was changed.
    pub fn cite(&mut self, key: &str, word: &str) {
        let mut cited = Vec::new();
        let suffix = format!("~{word}");
        walk(Node::Table(self.document.as_table_mut()), &parts(key), &mut |table, _| {
            if let Some(id) = table.get("clause").and_then(Item::as_str)
                && !id.ends_with(&suffix)
            {
                cited.push(id.to_owned());
            }
        });
        self.at(key, &Deed::Cite(&suffix));
        for id in cited {
            let own = format!("{id}{suffix}");
            let Some(clauses) = self.document.get_mut("clauses").and_then(Item::as_table_like_mut)
            else {
                continue;
            };
            let Some(mut clause) = clauses.get(&id).cloned() else { continue };
            if let Some(table) = clause.as_table_like_mut()
                && let Some(place) = table.get("place").and_then(Item::as_str).map(str::to_owned)
            {
                table.insert("place", value(format!("{place}·{word}")));
            }
            if clauses.get(&own).is_none() {
                clauses.insert(&own, clause);
            }
        }
    }

    /// The entries of a list of tables by their id or name.
    pub fn entries(&self, list: &str) -> Vec<String> {
        let Some(tables) = self.document.get(list).and_then(Item::as_array_of_tables) else {
            return Vec::new();
        };
        tables.iter().map(|table| name_of(table).unwrap_or_default()).collect()
    }

    /// Takes an entry of a list of tables away.
    pub fn drop_entry(&mut self, list: &str, name: &str) {
        if let Some(tables) = self.document.get_mut(list).and_then(Item::as_array_of_tables_mut) {
            tables.retain(|table| name_of(table).as_deref() != Some(name));
        }
    }

    /// Adds an entry to a list of tables; what is empty is left out.
    pub fn add_entry(&mut self, list: &str, values: &[(&str, Plain)]) {
        let mut table = toml_edit::Table::new();
        for (key, plain) in values {
            table.insert(key, Item::Value(plain.written()));
        }
        let entry = self.document.entry(list).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
        if let Some(tables) = entry.as_array_of_tables_mut() {
            tables.push(table);
        }
    }

    fn at(&mut self, key: &str, deed: &Deed<'_>) -> bool {
        walk(Node::Table(self.document.as_table_mut()), &parts(key), &mut |table, last| {
            do_at(table, last, deed);
        }) > 0
    }
}

fn do_at(table: &mut dyn TableLike, key: &str, deed: &Deed<'_>) {
    match deed {
        Deed::Set(plain) => {
            let mut written = plain.written();
            if let Some(present) = table.get_mut(key).and_then(Item::as_value_mut) {
                *written.decor_mut() = present.decor().clone();
                *present = written;
            } else {
                table.insert(key, Item::Value(written));
            }
        }
        Deed::Remove => drop(table.remove(key)),
        Deed::Cite(suffix) => {
            if let Some(present) = table.get_mut("clause").and_then(Item::as_value_mut)
                && let Some(id) = present.as_str().filter(|id| !id.ends_with(suffix))
            {
                *present = format!("{id}{suffix}").into();
            }
        }
    }
}

fn parts(key: &str) -> Vec<&str> {
    key.split('.').collect()
}

/// Brings `visit` to every table that a key's last part stands in; how many there are.
fn walk(node: Node<'_>, key: &[&str], visit: &mut dyn FnMut(&mut dyn TableLike, &str)) -> usize {
    let [part, rest @ ..] = key else { return 0 };
    match node {
        Node::Table(table) if rest.is_empty() => {
            visit(table, part);
            1
        }
        Node::Table(table) => match table.get_mut(part) {
            Some(item) => step(item, rest, visit),
            None => 0,
        },
        Node::Tables(tables) => {
            let names: Vec<_> = tables.iter().map(|table| name_of(table)).collect();
            let mut met = 0;
            for ((nr, table), name) in tables.iter_mut().enumerate().zip(names) {
                if means(part, nr, name.as_deref()) {
                    met += walk(Node::Table(table), rest, visit);
                }
            }
            met
        }
        Node::List(list) => {
            let mut met = 0;
            for (nr, item) in list.iter_mut().enumerate() {
                if let Some(table) = item.as_inline_table_mut()
                    && means(part, nr, name_of(table).as_deref())
                {
                    met += walk(Node::Table(table), rest, visit);
                }
            }
            met
        }
    }
}

fn step(item: &mut Item, rest: &[&str], visit: &mut dyn FnMut(&mut dyn TableLike, &str)) -> usize {
    let node = match item {
        Item::Table(table) => Node::Table(table),
        Item::ArrayOfTables(tables) => Node::Tables(tables),
        Item::Value(Value::InlineTable(table)) => Node::Table(table),
        Item::Value(Value::Array(list)) => Node::List(list),
        _ => return 0,
    };
    walk(node, rest, visit)
}

/// Whether a part of a key means this entry.
fn means(part: &str, nr: usize, name: Option<&str>) -> bool {
    // An entry with a name answers to it alone: form 4 is not the fourth form.
    part == "*"
        || match name {
            Some(name) => part.split('|').any(|one| one == name),
            None => part.parse() == Ok(nr + 1),
        }
}

/// What an entry of a list is called.
fn name_of(table: &dyn TableLike) -> Option<String> {
    ["id", "name", "unit_kind"].into_iter().find_map(|key| {
        let item = table.get(key)?;
        item.as_str()
            .map(str::to_owned)
            .or_else(|| item.as_integer().map(|number| number.to_string()))
    })
}
