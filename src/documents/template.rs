//! The certificate's template: its wording and the places of it, read from a file that a clerk may edit
//! and checked as a notice is. Drawing it is `certificate`'s business; finding the file is the caller's.

use std::ops::Range;
use std::path::PathBuf;

use super::Context;
use super::layout::{Align, plain};
use crate::failure::Result;
use crate::ledger::ApplicantResult;
use crate::notice::load::{Cursor, load_other};

/// The sheet that a certificate is printed on, A4 lying, in millimetres.
const SHEET: (f32, f32) = (297.0, 210.0);

/// 附件3 as it is printed: what is written and where.
#[derive(Debug, Clone)]
pub struct CertificateTemplate {
    /// Of the PDF.
    pub(super) title: Words,
    pub(super) cut: Cut,
    pub(super) parts: [Part; 2],
}

/// The dashed line and the words across it.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    /// In millimetres, as all places here.
    pub x: f32,
    pub words: String,
    pub size: f32,
}

/// 存根 or 证书.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub blocks: Vec<Block>,
}

/// Words at a place.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// 名目 before an underlined value; without it the words are a paragraph.
    pub field: Option<String>,
    pub words: Words,
    pub x: f32,
    pub width: f32,
    /// `None`: right below the block before.
    pub y: Option<f32>,
    /// Kept free above when what stands there grows.
    pub gap: f32,
    /// In points.
    pub size: f32,
    /// Set smaller down to this while it is higher than `room`.
    pub least: f32,
    pub room: f32,
    /// From line to line at `size`.
    pub line: f32,
    /// In em.
    pub indent: f32,
    pub strong: bool,
    pub align: Align,
    /// Printed only until the certificate has been issued.
    pub prepared: bool,
}

/// A text with places to fill in.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Plain(String),
    Fill { slot: Slot, underlined: bool },
}

/// What a place is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    Name,
    Workplace,
    Title,
    Education,
    Degree,
    Speciality,
    Level,
    First,
    Last,
    Years,
    HandbookNumber,
    CertificateNumber,
    Contact,
    Phone,
    Campaign,
    Unit,
    Province,
}

const SLOTS: [(&str, Slot); 17] = [
    ("姓名", Slot::Name),
    ("单位", Slot::Workplace),
    ("现职称", Slot::Title),
    ("学历", Slot::Education),
    ("学位", Slot::Degree),
    ("申报专业", Slot::Speciality),
    ("级别", Slot::Level),
    ("起始年度", Slot::First),
    ("截止年度", Slot::Last),
    ("年数", Slot::Years),
    ("登记证书编号", Slot::HandbookNumber),
    ("证书编号", Slot::CertificateNumber),
    ("经办人", Slot::Contact),
    ("联系电话", Slot::Phone),
    ("申报年度", Slot::Campaign),
    ("填报单位", Slot::Unit),
    ("省", Slot::Province),
];

/// Without these a certificate certifies nothing.
const NEEDED: [(&str, Slot); 3] =
    [("姓名", Slot::Name), ("起始年度", Slot::First), ("截止年度", Slot::Last)];

impl CertificateTemplate {
    /// Its file name in a registry's folder of templates.
    pub const FILE: &str = "certificate.toml";

    /// The template that the program carries, to be copied and edited.
    pub const BUILTIN: &str = include_str!("../../assets/templates/certificate.toml");

    /// A registry's own template where it has one, else the program's.
    ///
    /// # Errors
    /// The first fault of the file: file, line, key, remedy.
    pub fn chosen(own: Option<(PathBuf, String)>) -> Result<Self> {
        match own {
            Some((file, text)) => Self::load(&file.display().to_string(), &text),
            None => Self::load(Self::FILE, Self::BUILTIN),
        }
    }

    /// Reads a template; `file` is only named in messages.
    ///
    /// # Errors
    /// The first fault of the file: file, line, key, remedy.
    pub fn load(file: &str, text: &str) -> Result<Self> {
        load_other("读取证书模板", file, text, |root| Self {
            title: words(root, "title"),
            cut: cut(root),
            parts: [part(root, "stub", &[]), part(root, "certificate", &NEEDED)],
        })
    }
}

fn cut(root: &Cursor<'_, '_>) -> Cut {
    let Some(at) = root.table("cut") else {
        return Cut { x: 0.0, words: String::new(), size: 10.5 };
    };
    Cut {
        x: number(&at, "x", 0.0, SHEET.0),
        words: at.optional_text("words").unwrap_or_default(),
        size: at.optional_number("size", 9.0..=40.0).unwrap_or(10.5),
    }
}

fn part(root: &Cursor<'_, '_>, key: &'static str, needed: &[(&str, Slot)]) -> Part {
    let Some(at) = root.table(key) else { return Part { blocks: Vec::new() } };
    let (x, width) = (number(&at, "x", 0.0, SHEET.0), number(&at, "width", 10.0, SHEET.0));
    let blocks: Vec<Block> =
        at.some_tables("block").iter().map(|block| read_block(block, x, width)).collect();
    let filled = |wanted: Slot| {
        blocks
            .iter()
            .flat_map(|block| &block.words.0)
            .any(|piece| matches!(piece, Piece::Fill { slot, .. } if *slot == wanted))
    };
    // Words that could not be read are told already, and may hold what is looked for.
    let unread = blocks.iter().any(|block| block.field.is_none() && block.words.0.is_empty());
    for (name, slot) in needed {
        if !unread && !filled(*slot) {
            let message = format!("没有一处写着 {{{name}}}");
            at.fault("block", message, format!("请在文字里补上 {{{name}}}"));
        }
    }
    Part { blocks }
}

fn read_block(at: &Cursor<'_, '_>, x: f32, width: f32) -> Block {
    let size = number(at, "size", 9.0, 72.0);
    let field = at.optional_text("field");
    // A form's place may be left for the pen.
    let empty = field.is_some() && at.optional_text("text").is_some_and(|text| text.is_empty());
    let block = Block {
        words: if empty { Words::default() } else { words(at, "text") },
        field,
        x: at.optional_number("x", 0.0..=SHEET.0).unwrap_or(x),
        width: at.optional_number("width", 10.0..=SHEET.0).unwrap_or(width),
        y: at.optional_number("y", 0.0..=SHEET.1),
        gap: at.optional_number("gap", 0.0..=100.0).unwrap_or(0.0),
        size,
        least: at.optional_number("least", 9.0..=72.0).unwrap_or(size).min(size),
        room: at.optional_number("room", 5.0..=SHEET.1).unwrap_or(SHEET.1),
        line: at.optional_number("line", 3.0..=60.0).unwrap_or(size * 0.6),
        indent: at.optional_number("indent", 0.0..=20.0).unwrap_or(0.0),
        strong: at.flag("strong"),
        align: align(at),
        prepared: at.flag("prepared"),
    };
    if block.x + block.width > SHEET.0 {
        let message = format!("右边到 {} 毫米，出了纸边", block.x + block.width);
        let fix = format!("请改小 width 或 x，两者之和不超过 {}", SHEET.0);
        at.fault(if at.has("width") { "width" } else { "x" }, message, fix);
    }
    if block.y.is_some_and(|y| y + block.line > SHEET.1) {
        at.fault("y", "下边出了纸边", format!("请改小 y，纸高 {} 毫米", SHEET.1));
    }
    block
}

/// A required number within bounds.
fn number(at: &Cursor<'_, '_>, key: &'static str, low: f32, high: f32) -> f32 {
    at.optional_number(key, low..=high).unwrap_or_else(|| {
        if !at.has(key) {
            at.fault(key, format!("缺少“{key}”"), format!("请补上 {low} 到 {high} 之间的数"));
        }
        low
    })
}

fn align(at: &Cursor<'_, '_>) -> Align {
    match at.optional_text("align").as_deref() {
        None | Some("左") => Align::Left,
        Some("中") => Align::Centre,
        Some("右") => Align::Right,
        Some("两端") => Align::Justify,
        Some(other) => {
            at.fault("align", format!("不认识“{other}”"), "请写左、中、右或两端");
            Align::Left
        }
    }
}

fn words(at: &Cursor<'_, '_>, key: &'static str) -> Words {
    let text = at.text(key);
    Words::parse(&text).unwrap_or_else(|(message, fix)| {
        at.fault(key, message, fix);
        Words::default()
    })
}

impl Words {
    /// Splits a text at its places.
    fn parse(text: &str) -> Result<Self, (String, String)> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let inner = &rest[open + 1..];
            let closing = inner.find(['}', '{']).filter(|&at| inner[at..].starts_with('}'));
            let Some(close) = closing.map(|at| open + 1 + at) else {
                let shown: String = rest[open..].chars().take(12).collect();
                return Err((format!("“{shown}”的花括号没有写完"), "请补上 }".to_owned()));
            };
            let name = &rest[open + 1..close];
            let Some(&(_, slot)) = SLOTS.iter().find(|(known, _)| *known == name) else {
                let all: Vec<&str> = SLOTS.iter().map(|(name, _)| *name).collect();
                return Err((
                    format!("没有 {{{name}}} 这一项"),
                    format!("可以写的是：{}", all.join("、")),
                ));
            };
            let (before, after) = (&rest[..open], &rest[close + 1..]);
            let underlined = before.ends_with('_') && after.starts_with('_');
            let before = if underlined { &before[..before.len() - 1] } else { before };
            if !before.is_empty() {
                pieces.push(Piece::Plain(before.to_owned()));
            }
            pieces.push(Piece::Fill { slot, underlined });
            rest = if underlined { &after[1..] } else { after };
        }
        if rest.contains('}') {
            return Err(("多了一个 }".to_owned(), "请删去，或在前面补上 {".to_owned()));
        }
        if !rest.is_empty() {
            pieces.push(Piece::Plain(rest.to_owned()));
        }
        Ok(Self(pieces))
    }

    /// The words for one person, and which of their characters are underlined.
    pub fn fill(
        &self,
        context: &Context<'_>,
        result: &ApplicantResult,
    ) -> (String, Vec<Range<usize>>) {
        let (mut words, mut lines, mut at) = (String::new(), Vec::new(), 0);
        for (piece, next) in self.0.iter().zip(self.0.iter().skip(1).map(Some).chain([None])) {
            let (text, underlined) = match piece {
                Piece::Plain(text) => (text.clone(), false),
                Piece::Fill { slot, underlined } => {
                    let value = slot.value(context, result);
                    let value = plain(without_repeat(*slot, &value, next)).into_owned();
                    match (value.as_str(), underlined) {
                        ("", true) => ("　".repeat(slot.blank()), true),
                        (value, true) => (format!(" {value} "), true),
                        (value, false) => (value.to_owned(), false),
                    }
                }
            };
            let end = at + text.chars().count();
            if underlined {
                lines.push(at..end);
            }
            words.push_str(&text);
            at = end;
        }
        (words, lines)
    }
}

/// 本科学历 before 学历 is 本科: the word is not said twice.
fn without_repeat<'v>(slot: Slot, value: &'v str, next: Option<&Piece>) -> &'v str {
    let word = match slot {
        Slot::Education => "学历",
        Slot::Degree => "学位",
        Slot::Speciality => "专业",
        _ => return value,
    };
    let follows = matches!(next, Some(Piece::Plain(text)) if text.starts_with(word));
    match value.strip_suffix(word) {
        Some(shorter) if follows => shorter,
        _ => value,
    }
}

impl Slot {
    fn value(self, context: &Context<'_>, result: &ApplicantResult) -> String {
        let (person, applicant, span) = (&result.person, &result.applicant, result.span);
        match self {
            Self::Name => person.name.clone(),
            Self::Workplace => context.workplace(person).to_owned(),
            Self::Title => person.title.clone(),
            Self::Education => person.education.clone(),
            Self::Degree => person.degree.clone(),
            Self::Speciality => applicant.speciality.clone(),
            Self::Level => {
                let level = context.notice.levels.iter().find(|l| l.name == applicant.level);
                level.map_or(&result.level_group, |level| &level.certificate_words).clone()
            }
            Self::First => span.first.to_string(),
            Self::Last => span.last.to_string(),
            Self::Years => span.len().to_string(),
            Self::HandbookNumber => person.handbook_number.clone(),
            Self::CertificateNumber => match &applicant.issued {
                Some(issued) => issued.number.clone(),
                // The row's number is given to nobody else ever.
                None if context.notice.draft_serial => {
                    format!("草拟号{}-{:04}", applicant.campaign, applicant.id.0)
                }
                None => String::new(),
            },
            Self::Contact => context.unit.contact.clone(),
            Self::Phone => context.unit.phone.clone(),
            Self::Campaign => applicant.campaign.to_string(),
            Self::Unit => context.unit.name.clone(),
            Self::Province => context.notice.province.clone(),
        }
    }

    /// How many characters wide its line is when there is nothing to print on it.
    fn blank(self) -> usize {
        if self == Self::HandbookNumber { 8 } else { 4 }
    }
}
