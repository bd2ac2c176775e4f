//! A walk over a parsed notice file: takes values by key, remembers what was asked for, and puts every
//! fault with its key path and line into one sink. A faulty value becomes an empty one, so that the rest
//! is still looked at.

use super::sink::{Name, Reference, Sink, nearest};
use crate::notice::Hours;
use crate::notice::amend::Plain;
use chrono::NaiveDate;
use std::cell::{Cell, RefCell};
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One table of the file.
pub struct Cursor<'a, 't> {
    sink: &'a Sink<'t>,
    path: String,
    span: Range<usize>,
    table: &'a DeTable<'t>,
    asked: RefCell<Vec<&'static str>>,
    /// Keys are free here (`[clauses]`).
    free: Cell<bool>,
}

type Value<'a, 't> = &'a Spanned<DeValue<'t>>;

impl<'a, 't> Cursor<'a, 't> {
    pub(super) fn new(
        sink: &'a Sink<'t>,
        path: String,
        span: Range<usize>,
        table: &'a DeTable<'t>,
    ) -> Self {
        Self { sink, path, span, table, asked: RefCell::default(), free: Cell::new(false) }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// A fault at one of this table's keys, or at the table where the key is missing.
    pub fn fault(&self, key: &str, message: impl Into<String>, fix: impl Into<String>) {
        let span = self.table.get(key).map_or_else(|| self.span.clone(), Spanned::span);
        let line = self.sink.line(span.start);
        self.sink.put(Some(line), &self.path_of(key), message.into(), fix.into());
    }

    fn find(&self, key: &'static str) -> Option<Value<'a, 't>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn wrong_type(&self, path: &str, span: &Range<usize>, wanted: &str, found: &DeValue<'_>) {
        let found = match found {
            DeValue::String(_) => "文字",
            DeValue::Integer(_) => "整数",
            DeValue::Float(_) => "小数",
            DeValue::Boolean(_) => "true/false",
            DeValue::Datetime(_) => "日期",
            DeValue::Array(_) => "列表",
            DeValue::Table(_) => "表",
        };
        let line = self.sink.line(span.start);
        let message = format!("应为{wanted}，写的是{found}");
        self.sink.put(Some(line), path, message, format!("请改成{wanted}"));
    }

    fn missing(&self, key: &str, wanted: &str) {
        let line = self.sink.line(self.span.start);
        let message = format!("缺少“{key}”");
        self.sink.put(Some(line), &self.path_of(key), message, format!("请补上{wanted}"));
    }

    /// A required value read by `read`; a fault gives the default.
    fn required<T: Default>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&Self, Value<'a, 't>) -> Option<T>,
    ) -> T {
        match self.find(key) {
            None => {
                self.missing(key, wanted);
                T::default()
            }
            Some(value) => self.typed(key, wanted, value, read).unwrap_or_default(),
        }
    }

    fn optional<T>(
        &self,
        key: &'static str,
        wanted: &str,
        read: impl FnOnce(&Self, Value<'a, 't>) -> Option<T>,
    ) -> Option<T> {
        self.find(key).and_then(|value| self.typed(key, wanted, value, read))
    }

    fn typed<T>(
        &self,
        key: &str,
        wanted: &str,
        value: Value<'a, 't>,
        read: impl FnOnce(&Self, Value<'a, 't>) -> Option<T>,
    ) -> Option<T> {
        let got = read(self, value);
        if got.is_none() {
            self.wrong_type(&self.path_of(key), &value.span(), wanted, value.get_ref());
        }
        got
    }

    /// A text that is not blank.
    pub fn text(&self, key: &'static str) -> String {
        let had = self.has(key);
        let text = self.required(key, "文字", |_, value| plain_text(value));
        if had
            && text.trim().is_empty()
            && self.table.get(key).is_some_and(|v| v.get_ref().is_str())
        {
            self.fault(key, "不能为空", "请填上文字");
        }
        text
    }

    pub fn optional_text(&self, key: &'static str) -> Option<String> {
        self.optional(key, "文字", |_, value| plain_text(value))
    }

    pub fn flag(&self, key: &'static str) -> bool {
        self.optional_flag(key).unwrap_or_default()
    }

    pub fn optional_flag(&self, key: &'static str) -> Option<bool> {
        self.optional(key, "true 或 false", |_, value| value.get_ref().as_bool())
    }

    /// A whole number within bounds.
    pub fn integer(&self, key: &'static str, within: Range<i64>) -> i64 {
        let number = self.required(key, "整数", |_, value| integer(value));
        if self.has(key) { self.bounded(key, number, within) } else { number }
    }

    pub fn optional_integer(&self, key: &'static str, within: Range<i64>) -> Option<i64> {
        self.optional(key, "整数", |_, value| integer(value))
            .map(|number| self.bounded(key, number, within))
    }

    fn bounded(&self, key: &str, number: i64, within: Range<i64>) -> i64 {
        if within.contains(&number)
            || !self.table.get(key).is_some_and(|v| v.get_ref().is_integer())
        {
            return number;
        }
        let (low, high) = (within.start, within.end - 1);
        let message = format!("{number} 超出范围");
        self.fault(key, message, format!("请填 {low} 到 {high} 之间的整数"));
        within.start
    }

    pub fn year(&self, key: &'static str) -> i32 {
        small(self.integer(key, 1990..2101))
    }

    pub fn optional_year(&self, key: &'static str) -> Option<i32> {
        self.optional_integer(key, 1990..2101).map(small)
    }

    pub fn count(&self, key: &'static str, within: Range<u32>) -> u32 {
        let number = self.integer(key, i64::from(within.start)..i64::from(within.end));
        u32::try_from(number).unwrap_or_default()
    }

    pub fn optional_count(&self, key: &'static str, within: Range<u32>) -> Option<u32> {
        self.optional_integer(key, i64::from(within.start)..i64::from(within.end))
            .map(|number| u32::try_from(number).unwrap_or_default())
    }

    /// A number within bounds, if it is written; outside them it is told and brought inside.
    pub fn optional_number(&self, key: &'static str, within: RangeInclusive<f32>) -> Option<f32> {
        // Bounds of a paper are small: what is lost in the conversion does not matter.
        #[allow(clippy::cast_possible_truncation)]
        let number = self.optional(key, "数字", |_, value| number(value))? as f32;
        if !within.contains(&number) {
            let (low, high) = (within.start(), within.end());
            let message = format!("{number} 超出范围");
            self.fault(key, message, format!("请填 {low} 到 {high} 之间的数"));
        }
        Some(number.clamp(*within.start(), *within.end()))
    }

    pub fn hours(&self, key: &'static str) -> Hours {
        let number = self.required(key, "学时数", |_, value| number(value));
        if self.has(key) { self.as_hours(key, number) } else { Hours::ZERO }
    }

    pub fn optional_hours(&self, key: &'static str) -> Option<Hours> {
        let number = self.optional(key, "学时数", |_, value| number(value))?;
        Some(self.as_hours(key, number))
    }

    fn as_hours(&self, key: &str, number: f64) -> Hours {
        Hours::from_f64(number).filter(|hours| *hours <= Hours::whole(10_000)).unwrap_or_else(
            || {
                let why = if number < 0.0 {
                    "学时不能是负数"
                } else {
                    "学时应是 0.5 的倍数，不超过 10000"
                };
                self.fault(key, format!("{number}：{why}"), "请改成 0、0.5、1、1.5 这样的数");
                Hours::ZERO
            },
        )
    }

    pub fn date(&self, key: &'static str) -> NaiveDate {
        self.required(key, "日期，如 2020-08-30", |cursor, value| {
            Some(cursor.as_date(&cursor.path_of(key), value).unwrap_or_default())
        })
    }

    /// A TOML date or a text that holds one; impossible ones are told.
    fn as_date(&self, path: &str, value: Value<'a, 't>) -> Option<NaiveDate> {
        let written = match value.get_ref() {
            DeValue::Datetime(date) if date.time.is_none() => date.to_string(),
            DeValue::String(text) => text.trim().to_owned(),
            other => {
                self.wrong_type(path, &value.span(), "日期，如 2020-08-30", other);
                return None;
            }
        };
        let date = NaiveDate::parse_from_str(&written, "%Y-%m-%d").ok();
        if date.is_none() {
            let line = self.sink.line(value.span().start);
            let message = format!("“{written}”不是一个日期");
            self.sink.put(Some(line), path, message, "请写成 2020-08-30 这样".to_owned());
        }
        date
    }

    pub fn dates(&self, key: &'static str) -> Vec<NaiveDate> {
        self.items(key).into_iter().filter_map(|(path, value)| self.as_date(&path, value)).collect()
    }

    /// The items of an optional list, with their paths.
    fn items(&self, key: &'static str) -> Vec<(String, Value<'a, 't>)> {
        let list = self.optional(key, "列表", |_, value| value.get_ref().as_array());
        let path = self.path_of(key);
        list.map_or_else(Vec::new, |list| {
            list.iter().enumerate().map(|(n, v)| (format!("{path}[{}]", n + 1), v)).collect()
        })
    }

    /// An optional list of texts, none of them blank, none twice.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for (path, value) in self.items(key) {
            let line = Some(self.sink.line(value.span().start));
            match plain_text(value) {
                None => self.wrong_type(&path, &value.span(), "文字", value.get_ref()),
                Some(text) if text.trim().is_empty() => {
                    self.sink.put(line, &path, "不能为空".to_owned(), "请填上文字".to_owned());
                }
                Some(text) if texts.contains(&text) => {
                    let message = format!("“{text}”在列表里写了两次");
                    self.sink.put(line, &path, message, "请删去一处".to_owned());
                }
                Some(text) => texts.push(text),
            }
        }
        texts
    }

    /// An optional list of names that must be declared elsewhere.
    pub(super) fn references(&self, key: &'static str, kind: Name) -> Vec<String> {
        let texts = self.texts(key);
        for (path, value) in self.items(key) {
            if let Some(text) = plain_text(value).filter(|text| !text.trim().is_empty()) {
                let at = value.span().start;
                self.sink.refer(Reference { kind, id: text, key: path, at });
            }
        }
        texts
    }

    /// A required name that must be declared elsewhere.
    pub(super) fn reference(&self, key: &'static str, kind: Name) -> String {
        let text = self.text(key);
        self.refer(key, kind, &text);
        text
    }

    pub(super) fn optional_reference(&self, key: &'static str, kind: Name) -> Option<String> {
        let text = self.optional_text(key)?;
        self.refer(key, kind, &text);
        Some(text)
    }

    fn refer(&self, key: &str, kind: Name, text: &str) {
        if let Some(value) = self.table.get(key).filter(|_| !text.is_empty()) {
            let (id, at) = (text.to_owned(), value.span().start);
            self.sink.refer(Reference { kind, id, key: self.path_of(key), at });
        }
    }

    /// A list of form numbers.
    pub fn forms(&self, key: &'static str) -> Vec<u16> {
        let mut forms = Vec::new();
        for (path, value) in self.items(key) {
            match integer(value).and_then(|number| u16::try_from(number).ok()) {
                None => self.wrong_type(&path, &value.span(), "形式的编号", value.get_ref()),
                Some(number) => {
                    let (id, at) = (number.to_string(), value.span().start);
                    self.sink.refer(Reference { kind: Name::Form, id, key: path, at });
                    forms.push(number);
                }
            }
        }
        forms
    }

    /// Declares this table's name; twice is a fault.
    pub(super) fn declare(&self, key: &'static str, kind: Name, id: &str) {
        if !self.sink.declare(kind, id) {
            let (what, _) = kind.words();
            self.fault(key, format!("{what}“{id}”出现了两次"), "请改名或删去一处");
        }
    }

    /// Declares a name that several tables may share (level groups).
    pub(super) fn declare_shared(&self, kind: Name, id: &str) {
        self.sink.declare(kind, id);
    }

    /// A required sub-table.
    pub fn table(&self, key: &'static str) -> Option<Cursor<'a, 't>> {
        if !self.has(key) {
            self.find(key);
            self.missing(key, &format!("[{}] 一节", self.path_of(key)));
            return None;
        }
        self.optional_table(key)
    }

    pub fn optional_table(&self, key: &'static str) -> Option<Cursor<'a, 't>> {
        let value = self.find(key)?;
        let table = self.typed(key, "表", value, |_, value| value.get_ref().as_table())?;
        Some(Cursor::new(self.sink, self.path_of(key), value.span(), table))
    }

    /// The tables of an optional list of tables.
    pub fn tables(&self, key: &'static str) -> Vec<Cursor<'a, 't>> {
        self.items(key)
            .into_iter()
            .filter_map(|(path, value)| match value.get_ref().as_table() {
                Some(table) => Some(Cursor::new(self.sink, path, value.span(), table)),
                None => {
                    self.wrong_type(&path, &value.span(), "表", value.get_ref());
                    None
                }
            })
            .collect()
    }

    /// As [`Cursor::tables`], at least one.
    pub fn some_tables(&self, key: &'static str) -> Vec<Cursor<'a, 't>> {
        let tables = self.tables(key);
        if tables.is_empty() && !self.has(key) {
            self.missing(key, &format!("至少一节 [[{}]]", self.path_of(key)));
        } else if tables.is_empty() && self.table.get(key).is_some_and(|v| v.get_ref().is_array()) {
            self.fault(key, "列表是空的", "请至少写一项");
        }
        tables
    }

    /// Values under free keys, of any kind that a notice may hold.
    pub fn plain_values(&self) -> Vec<(String, Plain)> {
        self.accept_any_key();
        let entry = |(key, value): (&Spanned<std::borrow::Cow<'_, str>>, Value<'a, 't>)| {
            let path = self.path_of(key.get_ref());
            let plain = plain(value);
            if plain.is_none() {
                let wanted = "文字、整数、日期、true/false 或文字的列表";
                self.wrong_type(&path, &value.span(), wanted, value.get_ref());
            }
            Some((key.get_ref().to_string(), plain?))
        };
        self.table.iter().filter_map(entry).collect()
    }

    /// Unknown keys are not told for this table.
    pub fn accept_any_key(&self) {
        self.free.set(true);
    }

    /// Every sub-table under a free key.
    pub fn free_tables(&self) -> Vec<(String, Cursor<'a, 't>)> {
        self.accept_any_key();
        let entry = |(key, value): (&'a Spanned<std::borrow::Cow<'t, str>>, Value<'a, 't>)| {
            let path = self.path_of(key.get_ref());
            match value.get_ref().as_table() {
                Some(table) => {
                    let cursor = Cursor::new(self.sink, path, key.span(), table);
                    Some((key.get_ref().to_string(), cursor))
                }
                None => {
                    self.wrong_type(&path, &value.span(), "表", value.get_ref());
                    None
                }
            }
        };
        self.table.iter().filter_map(entry).collect()
    }
}

/// A table that is done with tells the keys nobody asked for.
impl Drop for Cursor<'_, '_> {
    fn drop(&mut self) {
        if self.free.get() {
            return;
        }
        let asked = self.asked.borrow();
        for (key, _) in self.table.iter() {
            let name: &str = key.get_ref();
            if !asked.contains(&name) {
                let known: Vec<String> = asked.iter().map(|key| (*key).to_owned()).collect();
                let fix = match nearest(name, &known) {
                    Some(near) => format!("是不是“{near}”？否则请删去"),
                    None => format!("请删去；这里可写 {}", listed(&asked)),
                };
                let line = self.sink.line(key.span().start);
                let path = self.path_of(name);
                self.sink.put(Some(line), &path, format!("不认识“{name}”这个键"), fix);
            }
        }
    }
}

fn listed(keys: &[&'static str]) -> String {
    let mut keys: Vec<&str> = keys.to_vec();
    keys.sort_unstable();
    keys.dedup();
    keys.join("、")
}

fn plain_text(value: &Spanned<DeValue<'_>>) -> Option<String> {
    value.get_ref().as_str().map(str::to_owned)
}

fn plain(value: &Spanned<DeValue<'_>>) -> Option<Plain> {
    Some(match value.get_ref() {
        DeValue::Boolean(flag) => Plain::Flag(*flag),
        DeValue::Integer(_) => Plain::Whole(integer(value)?),
        DeValue::Float(_) => Plain::Hours(Hours::from_f64(number(value)?)?),
        DeValue::String(text) => Plain::Text(text.to_string()),
        DeValue::Datetime(date) => Plain::Date(date.to_string().parse().ok()?),
        DeValue::Array(list) => {
            Plain::Texts(list.iter().map(plain_text).collect::<Option<Vec<_>>>()?)
        }
        DeValue::Table(_) => return None,
    })
}

fn integer(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    let integer = value.get_ref().as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn number(value: &Spanned<DeValue<'_>>) -> Option<f64> {
    match value.get_ref() {
        // Far beyond any number of hours: what is lost in the conversion does not matter.
        #[allow(clippy::cast_precision_loss)]
        DeValue::Integer(_) => integer(value).map(|number| number as f64),
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    }
}

/// Years and offsets are bounded before.
fn small(number: i64) -> i32 {
    i32::try_from(number).unwrap_or_default()
}
