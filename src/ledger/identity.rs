//! Resident identity numbers (GB 11643): normalising what people type, the check character, and the
//! birth date and sex written inside. Whether they agree with the roster is told in `check`.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A normalised ID number: 17 digits and a digit or `X`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

impl IdNumber {
    /// Accepts stray spaces, dashes, quotes, full-width digits and a small `x`; `None` unless 17 digits
    /// and a digit or X remain. The check character is not tested here (it is only a finding).
    pub fn parse(text: &str) -> Option<Self> {
        let mut id = String::with_capacity(18);
        for character in text.chars() {
            match character {
                '0'..='9' => id.push(character),
                '０'..='９' => {
                    // Full-width digits lie in one run from U+FF10.
                    id.push(char::from(b'0' + (character as u32 - '０' as u32) as u8));
                }
                'x' | 'X' | 'ｘ' | 'Ｘ' | '×' => id.push('X'),
                '-' | '－' | '\'' | '’' | '‘' | '\u{200b}' | '\u{feff}' => {}
                _ if character.is_whitespace() => {}
                _ => return None,
            }
        }
        let (body, last) = id.split_at_checked(17)?;
        (body.bytes().all(|byte| byte.is_ascii_digit()) && last.len() == 1).then_some(Self(id))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `4331••••••••••0021`, for anything public.
    pub fn masked(&self) -> String {
        format!("{}••••••••••{}", &self.0[..4], &self.0[14..])
    }

    /// The check character that the first 17 digits ask for (GB 11643, ISO 7064 MOD 11-2).
    pub fn expected_check(&self) -> char {
        const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
        let sum: u32 = self
            .0
            .bytes()
            .zip(WEIGHTS)
            .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
            .sum();
        CHECKS[(sum % 11) as usize]
    }

    /// Whether the check character fits (GB 11643).
    pub fn check_digit_ok(&self) -> bool {
        self.0.ends_with(self.expected_check())
    }

    /// The birth date written in it; `None` when it is no date.
    pub fn birth_date(&self) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(&self.0[6..14], "%Y%m%d").ok()
    }

    /// 男 / 女 as written in it.
    pub fn sex(&self) -> &'static str {
        if (self.0.as_bytes()[16] - b'0') % 2 == 1 { "男" } else { "女" }
    }
}

impl TryFrom<String> for IdNumber {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("身份证号应是 17 位数字加 1 位数字或 X")
    }
}

impl From<IdNumber> for String {
    fn from(id: IdNumber) -> Self {
        id.0
    }
}

/// Debug output is masked: ID numbers never reach a log.
impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Display for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
