//! The grammar of 时段: `2020-07-01~2020-07-03 全天; 2020-07-04 上午、晚上`, in whatever punctuation people use.
//! What overlaps is a union; a part of a day that is not written is never guessed.

use super::parse::{Unread, month_only, ymd};
use super::text;
use crate::notice::{DayPart, Session};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// A range of more days (ten years) is a slip of the pen; postings do last for years.
const LONGEST_RANGE: i64 = 3660;

/// Reads a 时段 cell. `year` completes dates written without one (`7月4日 上午`), as the record's 开始日期 tells it.
///
/// # Errors
/// A date that cannot be read, a day without its part, a range that runs backwards.
pub fn sessions(text: &str, year: Option<i32>) -> Result<BTreeSet<Session>, Unread> {
    let mut reader = Reader {
        tokens: tokens(text)?,
        at: 0,
        year,
        last: None,
        days: Vec::new(),
        parted: false,
        found: BTreeSet::new(),
    };
    reader.read()?;
    Ok(reader.found)
}

/// Writes sessions as [`sessions`] reads them, whole days and runs of days gathered.
pub fn write_sessions(sessions: &BTreeSet<Session>) -> String {
    let mut days: Vec<(NaiveDate, Vec<DayPart>)> = Vec::new();
    for session in sessions {
        match days.last_mut() {
            Some((date, parts)) if *date == session.date => parts.push(session.part),
            _ => days.push((session.date, vec![session.part])),
        }
    }
    let mut runs: Vec<(NaiveDate, NaiveDate, Vec<DayPart>)> = Vec::new();
    for (date, parts) in days {
        match runs.last_mut() {
            Some((_, last, same)) if last.succ_opt() == Some(date) && *same == parts => {
                *last = date;
            }
            _ => runs.push((date, date, parts)),
        }
    }
    let words = |parts: &[DayPart]| {
        let whole = parts.contains(&DayPart::Morning) && parts.contains(&DayPart::Afternoon);
        let mut words: Vec<&str> = Vec::new();
        if whole {
            words.push("全天");
        }
        words.extend(
            parts.iter().filter(|part| !whole || **part == DayPart::Evening).map(|p| p.name()),
        );
        words.join("、")
    };
    runs.iter()
        .map(|(first, last, parts)| {
            if first == last {
                format!("{first} {}", words(parts))
            } else {
                format!("{first}~{last} {}", words(parts))
            }
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Number(String),
    /// Between the numbers of a date: `.` `/` 年 月.
    Dot(char),
    /// 日 or 号.
    DayMark,
    /// `-`, which is either between the numbers of a date or between two dates.
    Dash,
    /// Between two dates only: `~` 至 到 –.
    To,
    Part(&'static [DayPart]),
    /// Between things of one kind.
    Comma,
    /// Between entries.
    Semicolon,
}

const WHOLE: &[DayPart] = &[DayPart::Morning, DayPart::Afternoon];

/// Longest first, so that 上下午 is not read as 上 and 下午.
const PARTS: &[(&str, &[DayPart])] = &[
    ("上下午", WHOLE),
    ("全天", WHOLE),
    ("整天", WHOLE),
    ("一天", WHOLE),
    ("上午", &[DayPart::Morning]),
    ("下午", &[DayPart::Afternoon]),
    ("晚上", &[DayPart::Evening]),
    ("晚间", &[DayPart::Evening]),
    ("夜间", &[DayPart::Evening]),
    ("上", &[DayPart::Morning]),
    ("下", &[DayPart::Afternoon]),
    ("晚", &[DayPart::Evening]),
];

fn tokens(text: &str) -> Result<Vec<Token>, Unread> {
    let lines: String =
        text.chars().map(|c| if matches!(c, '\n' | '\r') { ';' } else { c }).collect();
    let line = text::code_keeping_gaps(&lines);
    let mut rest = line.as_str();
    let mut tokens = Vec::new();
    while let Some(c) = rest.chars().next() {
        if let Some((word, parts)) = PARTS.iter().find(|(word, _)| rest.starts_with(word)) {
            tokens.push(Token::Part(parts));
            rest = &rest[word.len()..];
            continue;
        }
        if rest.starts_with("半天") {
            return Err("「半天」请写明是上午还是下午".to_owned());
        }
        if c.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            tokens.push(Token::Number(rest[..end].to_owned()));
            rest = &rest[end..];
            continue;
        }
        match c {
            '.' | '/' | '年' | '月' => tokens.push(Token::Dot(c)),
            '日' | '号' => tokens.push(Token::DayMark),
            '-' => tokens.push(Token::Dash),
            '~' | '∼' | '〜' | '–' | '—' | '―' | '−' | '至' | '到' => {
                // A Chinese dash is two characters.
                if tokens.last() != Some(&Token::To) {
                    tokens.push(Token::To);
                }
            }
            ',' | '、' | '和' | '及' | '与' | '+' | '&' => tokens.push(Token::Comma),
            ';' | '。' => tokens.push(Token::Semicolon),
            ' ' | ':' | '(' | ')' | '[' | ']' | '【' | '】' | '"' => {}
            other => {
                return Err(format!(
                    "认不出「{other}」，请写成 2020-07-01~2020-07-03 全天; 2020-07-04 上午"
                ));
            }
        }
        rest = &rest[c.len_utf8()..];
    }
    Ok(tokens)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    year: Option<i32>,
    /// The last date read: what later dates leave out is taken from it.
    last: Option<NaiveDate>,
    /// The days that the next part belongs to.
    days: Vec<NaiveDate>,
    /// Whether `days` have had a part.
    parted: bool,
    found: BTreeSet<Session>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn read(&mut self) -> Result<(), Unread> {
        while let Some(token) = self.peek(0).cloned() {
            match token {
                Token::Number(_) => {
                    let days = self.days_here()?;
                    if self.parted {
                        self.days.clear();
                        self.parted = false;
                    }
                    self.days.extend(days);
                }
                Token::Part(parts) => {
                    self.at += 1;
                    self.part(parts)?;
                }
                Token::To | Token::Dash if self.parted => {
                    self.at += 1;
                    self.stretch_to_part()?;
                }
                Token::Comma => self.at += 1,
                Token::Semicolon => {
                    self.at += 1;
                    self.all_parted()?;
                }
                Token::DayMark | Token::Dot(_) | Token::Dash | Token::To => {
                    return Err(
                        "日期写得不完整，请写成 2020-07-01~2020-07-03 全天; 2020-07-04 上午"
                            .to_owned(),
                    );
                }
            }
        }
        self.all_parted()?;
        if self.found.is_empty() {
            return Err("没有写日期，请写成 2020-07-01 上午 这样".to_owned());
        }
        Ok(())
    }

    fn all_parted(&self) -> Result<(), Unread> {
        match self.days.last() {
            Some(day) if !self.parted => {
                Err(format!("{day} 没有写明全天、上午、下午还是晚上，请补上"))
            }
            _ => Ok(()),
        }
    }

    fn part(&mut self, parts: &[DayPart]) -> Result<(), Unread> {
        if self.days.is_empty() {
            return Err("上午、下午、晚上前面要写日期，如 2020-07-01 上午".to_owned());
        }
        self.parted = true;
        for date in &self.days {
            self.found.extend(parts.iter().map(|part| Session { date: *date, part: *part }));
        }
        Ok(())
    }

    /// `2020-07-01 上午至 2020-07-03 下午`: from that part to that part, the days between whole.
    fn stretch_to_part(&mut self) -> Result<(), Unread> {
        let first = *self.days.last().ok_or_else(|| "范围前面要写日期".to_owned())?;
        let last = match self.peek(0) {
            Some(Token::Number(_)) => self.one_date()?,
            _ => first,
        };
        let Some(Token::Part(parts)) = self.peek(0).cloned() else {
            return Err(format!("{last} 没有写明到上午还是下午，请补上"));
        };
        self.at += 1;
        if parts.contains(&DayPart::Evening) {
            return Err("跨到晚上的时段请分开写，如 2020-07-01 全天; 2020-07-01 晚上".to_owned());
        }
        let days = range(first, last)?;
        let starts_afternoon =
            !self.found.contains(&Session { date: first, part: DayPart::Morning });
        let ends_morning = !parts.contains(&DayPart::Afternoon);
        for date in days {
            for part in [DayPart::Morning, DayPart::Afternoon] {
                let before = date == first && starts_afternoon && part == DayPart::Morning;
                let after = date == last && ends_morning && part == DayPart::Afternoon;
                if !before && !after {
                    self.found.insert(Session { date, part });
                }
            }
        }
        self.days = vec![last];
        Ok(())
    }

    /// One date, or the days of a range.
    fn days_here(&mut self) -> Result<Vec<NaiveDate>, Unread> {
        let first = self.one_date()?;
        let ranged = matches!(self.peek(0), Some(Token::To | Token::Dash))
            && matches!(self.peek(1), Some(Token::Number(_)));
        if !ranged {
            return Ok(vec![first]);
        }
        self.at += 1;
        let last = self.one_date()?;
        range(first, last)
    }

    /// A date; what it leaves out comes from the date before it, or from the record's year.
    fn one_date(&mut self) -> Result<NaiveDate, Unread> {
        let first = self.number()?;
        let date = match first.len() {
            8 => ymd(value(&first[..4]) as i32, value(&first[4..6]), value(&first[6..]))?,
            4 => {
                let year = value(&first) as i32;
                let month = self.next_of_date().ok_or_else(month_only)?;
                let day = self.next_of_date().ok_or_else(month_only)?;
                ymd(year, value(&month), value(&day))?
            }
            1 | 2 => self.short_date(value(&first))?,
            _ => return Err(format!("「{first}」认不出是哪一天，请写成 2020-07-01 这样")),
        };
        if self.peek(0) == Some(&Token::DayMark) {
            self.at += 1;
        }
        self.last = Some(date);
        Ok(date)
    }

    /// `7月4日`, `7.4`, `07-04`, `4日`, `4`.
    fn short_date(&mut self, first: u32) -> Result<NaiveDate, Unread> {
        // 3-5日 are days; 7-5 is a month and a day.
        let days_of_range = self.peek(0) == Some(&Token::Dash)
            && self.peek(2) == Some(&Token::DayMark)
            && self.last.is_some();
        let second = if days_of_range { None } else { self.next_of_date() };
        let date = match (second, self.last) {
            (Some(day), Some(last)) => ymd(last.year(), first, value(&day))?,
            (Some(day), None) => {
                let year =
                    self.year.ok_or_else(|| "第一个日期要写年份，如 2020-07-01".to_owned())?;
                ymd(year, first, value(&day))?
            }
            (None, Some(last)) => ymd(last.year(), last.month(), first)?,
            (None, None) => return Err("第一个日期要写全，如 2020-07-01".to_owned()),
        };
        match self.last {
            Some(last) if date < last => {
                Err(format!("{date} 在前面写的 {last} 之前，请写上年份和月份"))
            }
            _ => Ok(date),
        }
    }

    fn number(&mut self) -> Result<String, Unread> {
        match self.peek(0).cloned() {
            Some(Token::Number(number)) => {
                self.at += 1;
                Ok(number)
            }
            _ => Err("范围后面要写日期，如 2020-07-01~2020-07-03 全天".to_owned()),
        }
    }

    /// The next number of the same date, when a separator stands before it.
    fn next_of_date(&mut self) -> Option<String> {
        match (self.peek(0), self.peek(1)) {
            (Some(Token::Dot(_) | Token::Dash), Some(Token::Number(number)))
                if number.len() <= 2 =>
            {
                let number = number.clone();
                self.at += 2;
                Some(number)
            }
            _ => None,
        }
    }
}

/// At most eight digits by construction of the tokens used here.
fn value(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

fn range(first: NaiveDate, last: NaiveDate) -> Result<Vec<NaiveDate>, Unread> {
    if last < first {
        return Err(format!("时段从 {first} 到 {last} 前后颠倒了，请核对"));
    }
    if (last - first).num_days() > LONGEST_RANGE {
        return Err(format!("时段从 {first} 到 {last} 超过十年，请核对"));
    }
    Ok(first.iter_days().take_while(|day| *day <= last).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read with the record's year 2020 and written back.
    fn settled(text: &str) -> String {
        match sessions(text, Some(2020)) {
            Ok(sessions) => write_sessions(&sessions),
            Err(error) => panic!("{text}: {error}"),
        }
    }

    #[test]
    fn the_written_form_is_read_back() {
        let text = "2020-07-01~2020-07-03 全天; 2020-07-04 上午、晚上";
        assert_eq!(settled(text), text);
    }

    #[test]
    fn punctuation_is_free() {
        let want = "2020-07-01~2020-07-03 全天; 2020-07-04 上午、晚上";
        for text in [
            "2020-07-01~2020-07-03 全天；2020-07-04 上午；2020-07-04 晚上",
            "2020年7月1日至7月3日全天，7月4日上午、晚上",
            "2020.7.1-2020.7.3 全天 2020.7.4 上午+晚上",
            "2020.7.1-7.3全天；7.4上午；晚上",
            "2020/7/1—3 全天、2020/7/4 上午和晚上",
            "20200701－20200703 整天; 20200704 上、晚",
            "2020-07-01–03 全天\n2020-07-04 上午 晚上",
            "２０２０－０７－０１～０３（全天）；０７－０４（上午，晚上）",
            "7月1-3日 全天; 4日 上午,晚上",
            "2020-07-01到2020-07-03：上下午；2020-07-04：上午、晚上",
            "2020-07-01、2020-07-02、2020-07-03 全天; 2020-07-04 上午, 2020-07-04 晚上",
            "2020-07-01上午至2020-07-04上午; 2020-07-04 晚",
            "2020-07-01-2020-07-03 全天 ; 2020-07-04 上午 晚上;",
        ] {
            assert_eq!(settled(text), want, "{text}");
        }
    }

    #[test]
    fn overlaps_are_a_union() {
        assert_eq!(
            settled("2020-07-01 上午; 2020-07-01 全天; 2020-07-01~2020-07-02 上午"),
            "2020-07-01 全天; 2020-07-02 上午"
        );
    }

    #[test]
    fn nothing_is_guessed() {
        for (text, hint) in [
            ("2020-07-01", "没有写明"),
            ("2020-07-01; 2020-07-02 全天", "没有写明"),
            ("2020-07-01 半天", "上午还是下午"),
            ("2020-07-03~2020-07-01 全天", "颠倒"),
            ("2020-07 全天", "补上日"),
            ("2020-02-30 全天", "没有"),
            ("上午", "前面要写日期"),
            ("三天", "认不出"),
            ("2005-07-01~2020-07-03 全天", "超过十年"),
            ("2020-12-31 全天; 1月2日 全天", "写上年份"),
            ("2020-07-01~ 全天", "不完整"),
        ] {
            let error = sessions(text, Some(2020)).expect_err(text);
            assert!(error.contains(hint), "{text}: {error}");
        }
        assert!(sessions("7月1日 全天", None).is_err());
    }
}
