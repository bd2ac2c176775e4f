//! Serial numbers of journals (C3-b, A-19): `CN 43-1234/R`.

use crate::notice::SerialRule;
use unicode_normalization::UnicodeNormalization;

/// What a 刊号 cell turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Serial {
    Missing,
    /// An international number without a national one.
    OnlyInternational,
    /// Something else that holds no national number.
    Unreadable,
    /// A national number; what it usually is, where that is worth a second look.
    National {
        doubt: Option<String>,
    },
}

pub(super) fn read(rule: &SerialRule, text: &str) -> Serial {
    let text: String = text
        .nfkc()
        .flat_map(char::to_uppercase)
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            if matches!(c, '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '一') {
                '-'
            } else {
                c
            }
        })
        .collect();
    if text.is_empty() {
        return Serial::Missing;
    }
    let prefix = rule.prefix.to_uppercase();
    let national = text.match_indices(&prefix).find_map(|(at, _)| {
        number_after(rule, text[at + prefix.len()..].trim_start_matches([':', '号', '.']))
    });
    match national {
        Some(number) => {
            let doubt = rule.doubtful.iter().find(|d| (d.first..=d.last).contains(&number));
            Serial::National { doubt: doubt.map(|d| d.what.clone()) }
        }
        None if text.contains("ISSN") || looks_international(&text) => Serial::OnlyInternational,
        None => Serial::Unreadable,
    }
}

/// The serial part of `43-1234`, when the text begins so.
fn number_after(rule: &SerialRule, text: &str) -> Option<u32> {
    let (region, rest) = text.split_once('-')?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let fits = region.len() == rule.region_digits
        && region.chars().all(|c| c.is_ascii_digit())
        && digits.len() == rule.serial_digits;
    fits.then(|| digits.parse().ok()).flatten()
}

/// `1000-123X` without any letters before it.
fn looks_international(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters.len() == 9
        && characters[4] == '-'
        && characters.iter().enumerate().all(|(i, c)| i == 4 || c.is_ascii_digit() || *c == 'X')
}
