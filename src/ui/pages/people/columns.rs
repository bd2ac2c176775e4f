//! The columns that the people table can have: their names, widths, order and cells.

use crate::ledger::gap::shortage_words;
use crate::notice::Notice;
use crate::ui::snapshot::{Mark, PersonLine, Snapshot};
use crate::ui::theme::{self, Tokens};
use crate::ui::widgets::table::{Col, name_words, small_words, words as cell_words};
use crate::ui::widgets::{Tone, tag};
use crate::ui::words;
use chrono::{Datelike, NaiveDate};
use eframe::egui::{Align2, Sense, Ui, vec2};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    Name,
    IdNumber,
    BirthDate,
    Workplace,
    Section,
    Education,
    Degree,
    Title,
    Series,
    Speciality,
    HandbookNumber,
    Employed,
    Phone,
    Applies,
    Records,
    Lacking,
    Years,
    /// What the chosen year is short of; there whenever a year is chosen.
    Short,
}

impl Column {
    /// Those that the clerk chooses among, in their order.
    pub const ALL: [Self; 17] = [
        Self::Name,
        Self::IdNumber,
        Self::BirthDate,
        Self::Workplace,
        Self::Section,
        Self::Education,
        Self::Degree,
        Self::Title,
        Self::Series,
        Self::Speciality,
        Self::HandbookNumber,
        Self::Employed,
        Self::Phone,
        Self::Applies,
        Self::Records,
        Self::Lacking,
        Self::Years,
    ];

    /// Those that are there at first.
    pub const USUAL: [Self; 7] = [
        Self::Name,
        Self::IdNumber,
        Self::Section,
        Self::Title,
        Self::Applies,
        Self::Records,
        Self::Years,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::IdNumber => "身份证号",
            Self::BirthDate => "出生日期",
            Self::Workplace => "工作单位",
            Self::Section => "科室",
            Self::Education => "学历",
            Self::Degree => "学位",
            Self::Title => "现职称",
            Self::Series => "系列",
            Self::Speciality => "从事专业",
            Self::HandbookNumber => "登记证书编号",
            Self::Employed => "参加工作",
            Self::Phone => "联系电话",
            Self::Applies => "参评",
            Self::Records => "记录",
            Self::Lacking => "缺材料",
            Self::Years => "近六年",
            Self::Short => "还差",
        }
    }

    pub fn col(self) -> Col<'static> {
        let col = Col::new(self.name(), self.width());
        match self {
            Self::Years => col,
            Self::Name
            | Self::Section
            | Self::Title
            | Self::Applies
            | Self::Workplace
            | Self::Short => col.grow().sorts(),
            Self::Records | Self::Lacking => col.right().sorts(),
            _ => col.sorts(),
        }
    }

    fn width(self) -> f32 {
        match self {
            Self::Name => 132.0,
            Self::IdNumber => 122.0,
            Self::BirthDate | Self::Employed => 104.0,
            Self::Workplace => 180.0,
            Self::Section | Self::Title => 96.0,
            Self::Education | Self::Degree => 76.0,
            Self::Series => 88.0,
            Self::Speciality | Self::HandbookNumber | Self::Phone => 124.0,
            Self::Applies => 116.0,
            Self::Records => 56.0,
            Self::Lacking => 76.0,
            Self::Years => 156.0,
            Self::Short => 232.0,
        }
    }

    pub fn cell(self, ui: &mut Ui, line: &PersonLine, snapshot: &Snapshot, year: Option<i32>) {
        let t = Tokens::of(ui);
        let row = &line.row;
        let mut says = |text: &str| cell_words(ui, text, t.ink2);
        let date = |date: Option<NaiveDate>| date.map_or_else(String::new, |date| date.to_string());
        match self {
            Self::Name => name_words(ui, &row.name, if row.retired { t.ink3 } else { t.ink }),
            Self::IdNumber => says(&words::masked(&row.id_number)),
            Self::BirthDate => says(&date(row.birth_date.or_else(|| row.id_number.birth_date()))),
            Self::Workplace => says(&row.workplace),
            Self::Section => says(&row.section),
            Self::Education => says(&row.education),
            Self::Degree => says(&row.degree),
            Self::Title => says(&row.title),
            Self::Series => says(&row.series),
            Self::Speciality => says(&row.speciality),
            Self::HandbookNumber => says(&row.handbook_number),
            Self::Employed => says(&date(row.employed)),
            Self::Phone => says(&row.phone),
            Self::Applies => {
                if let Some(applies) = &line.applies {
                    tag(ui, Tone::Info, applies);
                }
            }
            Self::Records => says(&row.records.to_string()),
            Self::Lacking => {
                let lacking = line.lacking();
                if lacking > 0 {
                    cell_words(ui, &lacking.to_string(), t.wait);
                }
            }
            Self::Years => marks(ui, line, snapshot.notice.campaign_year),
            Self::Short => {
                if let Some(year) = year {
                    short(ui, line, &snapshot.notice, year);
                }
            }
        }
    }
}

/// How the table is laid out, remembered from one day to the next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Names of the columns that are there.
    pub columns: Vec<String>,
    /// Widths that were dragged, by name.
    pub widths: BTreeMap<String, f32>,
}

impl Default for Layout {
    fn default() -> Self {
        let columns = Column::USUAL.iter().map(|column| column.name().to_owned()).collect();
        Self { columns, widths: BTreeMap::new() }
    }
}

impl Layout {
    pub fn columns(&self) -> Vec<Column> {
        let named = |column: &Column| self.columns.iter().any(|name| name == column.name());
        // Without a name nobody is known.
        Column::ALL.into_iter().filter(|it| *it == Column::Name || named(it)).collect()
    }
}

/// What a year of somebody is short of, in words, and how it is shown.
pub fn short_words(line: &PersonLine, notice: &Notice, year: i32) -> Option<(Tone, String)> {
    line.years.as_ref()?;
    if line.row.retired {
        return None;
    }
    let Some(mark) = line.year(year) else {
        let all = crate::ledger::gap::shortage(notice, None);
        let late = line.row.employed.filter(|date| date.year() > year);
        let why = late.map_or_else(
            || "没有登记".to_owned(),
            |date| format!("{} 才参加工作", date.format("%Y-%m")),
        );
        return Some((Tone::Bad, format!("{}（{why}）", shortage_words(notice, &all))));
    };
    match mark.mark {
        Mark::Short => Some((Tone::Bad, shortage_words(notice, &mark.short))),
        Mark::Pending => Some((Tone::Wait, format!("缺 {} 条的材料", mark.lacking))),
        Mark::Deemed | Mark::Met => None,
    }
}

fn short(ui: &mut Ui, line: &PersonLine, notice: &Notice, year: i32) {
    let t = Tokens::of(ui);
    if line.years.is_none() {
        return small_words(ui, "正在计算", t.ink3);
    }
    match short_words(line, notice, year) {
        Some((tone, words)) => cell_words(ui, &words, tone.colors(t).0),
        None if line.row.retired => {}
        None => cell_words(ui, "达标", t.ok),
    }
}

/// Six small squares, the last six years: green met, blue deemed, amber pending, red short.
fn marks(ui: &mut Ui, line: &PersonLine, campaign: i32) {
    let t = Tokens::of(ui);
    if line.years.is_none() {
        return small_words(ui, "正在计算", t.ink3);
    }
    ui.spacing_mut().item_spacing.x = 3.0;
    for year in campaign - 5..=campaign {
        let (rect, response) = ui.allocate_exact_size(vec2(20.0, 18.0), Sense::hover());
        let found = line.year(year);
        let (ink, ground) = match found.map(|mark| mark.mark) {
            Some(Mark::Met) => Tone::Ok.colors(t),
            Some(Mark::Deemed) => Tone::Info.colors(t),
            Some(Mark::Pending) => Tone::Wait.colors(t),
            Some(Mark::Short) => Tone::Bad.colors(t),
            None => (t.ink3, t.sunken),
        };
        ui.painter().rect_filled(rect, 4.0, ground);
        let digits = format!("{:02}", year % 100);
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, digits, theme::text(11.0), ink);
        if response.hovered() {
            let words = match found {
                Some(mark) => format!("{year} 年 {} 学时，{}", mark.total, mark.mark.word()),
                None => format!("{year} 年没有记录"),
            };
            response.on_hover_text(words);
        }
    }
}

/// The places of everybody in the order of a column; who says nothing there stands last. Words that many
/// share are compared once, so that 100,000 people are sorted between two frames.
pub fn sorted(column: Column, down: bool, year: Option<i32>, snapshot: &Snapshot) -> Vec<u32> {
    let people = &snapshot.people;
    let key = |place: usize| -> u64 {
        let line = &people[place];
        let date = |date: Option<NaiveDate>| {
            date.map_or(u64::MAX, |date| i64::from(date.num_days_from_ce()).unsigned_abs())
        };
        match column {
            Column::IdNumber => number(line.row.id_number.as_str()),
            Column::BirthDate => {
                date(line.row.birth_date.or_else(|| line.row.id_number.birth_date()))
            }
            Column::Employed => date(line.row.employed),
            Column::Records => u64::from(line.row.records),
            Column::Lacking => u64::from(line.lacking()),
            Column::Short => year.map_or(0, |year| lack(line, &snapshot.notice, year)),
            _ => place as u64,
        }
    };
    let keys: Vec<u64> = match text_of(column) {
        Some(text) => ranks(people.iter().map(|line| text(line))),
        None => (0..people.len()).map(key).collect(),
    };
    let mut order: Vec<u32> = (0..people.len() as u32).collect();
    order.sort_by_key(|&place| {
        let key = keys[place as usize];
        match (down, key) {
            (_, u64::MAX) => u64::MAX,
            (true, key) => u64::MAX - 1 - key,
            (false, key) => key,
        }
    });
    order
}

/// Halves of hours that are lacking; more for who has nothing at all.
fn lack(line: &PersonLine, notice: &Notice, year: i32) -> u64 {
    let sum = |short: &[crate::notice::Hours]| {
        short.iter().map(|hours| u64::from(hours.as_halves().unsigned_abs())).sum::<u64>()
    };
    match line.year(year) {
        Some(mark) => sum(&mark.short) * 1000 + u64::from(mark.lacking),
        None => sum(&crate::ledger::gap::shortage(notice, None)) * 1000 + 999,
    }
}

/// An ID number as a number.
fn number(id: &str) -> u64 {
    id.bytes().fold(0, |all, byte| match byte {
        b'0'..=b'9' => all * 10 + u64::from(byte - b'0'),
        _ => all * 10 + 9,
    })
}

fn text_of(column: Column) -> Option<fn(&PersonLine) -> &str> {
    Some(match column {
        Column::Workplace => |line| &line.row.workplace,
        Column::Section => |line| &line.row.section,
        Column::Education => |line| &line.row.education,
        Column::Degree => |line| &line.row.degree,
        Column::Title => |line| &line.row.title,
        Column::Series => |line| &line.row.series,
        Column::Speciality => |line| &line.row.speciality,
        Column::HandbookNumber => |line| &line.row.handbook_number,
        Column::Phone => |line| &line.row.phone,
        Column::Applies => |line| line.applies.as_deref().unwrap_or_default(),
        _ => return None,
    })
}

/// For each word its rank among the different ones; the empty one comes last.
fn ranks<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Vec<u64> {
    let mut places: HashMap<&str, u64> = HashMap::new();
    for text in texts.clone() {
        places.entry(text).or_insert(0);
    }
    let mut different: Vec<&str> = places.keys().copied().collect();
    different.sort_unstable();
    for (rank, text) in different.into_iter().enumerate() {
        places.insert(text, if text.is_empty() { u64::MAX } else { rank as u64 });
    }
    texts.map(|text| places[text]).collect()
}
