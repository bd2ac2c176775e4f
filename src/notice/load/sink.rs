//! What stands behind every cursor: the text with its lines, the faults found, the names declared and
//! referred to.

use super::Fault;
use super::cursor::Cursor;
use std::cell::RefCell;
use std::collections::BTreeMap;
use toml::Spanned;
use toml::de::DeTable;

/// Something that other keys may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    Clause,
    Subject,
    Form,
    Slot,
    Level,
    Deeming,
}

impl Name {
    /// What it is called, and where it is declared.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Clause => ("条款", "[clauses]"),
            Self::Subject => ("科目", "[[subject]]"),
            Self::Form => ("形式", "[[form]]"),
            Self::Slot => ("材料项", "[[slot]]"),
            Self::Level => ("申报级别", "[[level]]"),
            Self::Deeming => ("视同规则", "[[deeming]]"),
        }
    }
}

/// The text, its faults, and the references met on the way.
pub(super) struct Sink<'t> {
    text: &'t str,
    line_starts: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
    known: RefCell<BTreeMap<Name, Vec<String>>>,
    references: RefCell<Vec<Reference>>,
}

/// A name used at a key, declared somewhere else.
pub(super) struct Reference {
    pub kind: Name,
    pub id: String,
    pub key: String,
    pub at: usize,
}

/// What is said when a file is no TOML at all.
pub(super) fn unreadable() -> Fault {
    Fault {
        line: None,
        key: String::new(),
        message: "文件读不懂".to_owned(),
        fix: "请用原来的文件重新改".to_owned(),
    }
}

impl<'t> Sink<'t> {
    pub fn new(text: &'t str) -> Self {
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            line_starts: std::iter::once(0).chain(starts).collect(),
            faults: RefCell::default(),
            known: RefCell::default(),
            references: RefCell::default(),
        }
    }

    /// The file as a table; `None` when its TOML is broken, which is then told.
    pub fn parse(&self) -> Option<Spanned<DeTable<'t>>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            let line = self.line(span.start);
            let written = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim();
            let (message, fix) = if error.message().contains("duplicate key") {
                let key = self.text.get(span.clone()).unwrap_or(written);
                (format!("“{key}”写了两次"), "请删去一处".to_owned())
            } else {
                let shown: String = written.chars().take(40).collect();
                let message = if shown.is_empty() {
                    "写法不合 TOML 格式".to_owned()
                } else {
                    format!("“{shown}”不合 TOML 格式")
                };
                (message, "请检查引号、等号、方括号和日期是否写全写对".to_owned())
            };
            self.put(Some(line), "", message, fix);
        }
        errors.is_empty().then_some(table)
    }

    pub fn into_faults(self) -> Vec<Fault> {
        let known = self.known.take();
        for Reference { kind, id, key, at } in self.references.take() {
            let ids = known.get(&kind).map_or(&[][..], Vec::as_slice);
            if !ids.contains(&id) {
                let (what, place) = kind.words();
                let line = self.line(at);
                let fix = match nearest(&id, ids) {
                    Some(near) => format!("是不是“{near}”？否则请在 {place} 里补上"),
                    None => format!("请改成已有的{what}，或在 {place} 里补上"),
                };
                self.put(Some(line), &key, format!("没有“{id}”这个{what}"), fix);
            }
        }
        self.faults.into_inner()
    }

    pub fn put(&self, line: Option<usize>, key: &str, message: String, fix: String) {
        self.faults.borrow_mut().push(Fault { line, key: key.to_owned(), message, fix });
    }

    pub fn refer(&self, reference: Reference) {
        self.references.borrow_mut().push(reference);
    }

    /// Notes a name; false when it was there before.
    pub fn declare(&self, kind: Name, id: &str) -> bool {
        let mut known = self.known.borrow_mut();
        let ids = known.entry(kind).or_default();
        let new = !ids.iter().any(|known| known == id);
        if new {
            ids.push(id.to_owned());
        }
        new
    }

    /// Lines count from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    pub fn root<'a>(&'a self, table: &'a Spanned<DeTable<'t>>) -> Cursor<'a, 't> {
        Cursor::new(self, String::new(), table.span(), table.get_ref())
    }
}

/// A known word that differs from `word` by little.
pub(super) fn nearest<'k>(word: &str, known: &'k [String]) -> Option<&'k str> {
    known
        .iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 2 && *distance < candidate.chars().count())
        .min()
        .map(|(_, candidate)| candidate.as_str())
}
