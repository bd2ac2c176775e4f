//! What people type, made plain: stray, full-width and zero-width characters.
//! Meaning (dates, ranks, hours …) is read elsewhere.

use unicode_normalization::UnicodeNormalization;

/// Characters that show nothing and mean nothing in a cell.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}')
        || (c.is_control() && !c.is_whitespace())
}

/// A text cell: invisible characters gone, runs of white space one space, ends trimmed. Letters stay as typed.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// A code, number or word of a list: full-width forms made half-width and every white space removed.
pub fn code(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}

/// As [`code`], but a gap between two things stays one space (`2020 7 1`).
pub fn code_keeping_gaps(text: &str) -> String {
    clean(&text.nfkc().collect::<String>())
}

/// A person's name: `张　三` is 张三; a space stays only between Latin words.
pub fn name(text: &str) -> String {
    let clean = clean(text);
    if !clean.contains(' ') {
        return clean;
    }
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '.');
    let chars: Vec<char> = clean.chars().collect();
    chars
        .iter()
        .enumerate()
        .filter(|&(at, &c)| {
            c != ' '
                || (at > 0
                    && latin(chars.get(at - 1).copied())
                    && latin(chars.get(at + 1).copied()))
        })
        .map(|(_, c)| *c)
        .collect()
}

/// How texts are held against each other: `护理 培训（一）` and `护理培训(一)` are the same.
pub fn fold(text: &str) -> String {
    code(text).to_lowercase()
}

/// The number written in Chinese (一 … 九十九), as people write ranks.
pub fn chinese_number(text: &str) -> Option<u32> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u32);
    let chars: Vec<char> = text
        .chars()
        .map(|c| match c {
            '零' => '〇',
            '两' => '二',
            c => c,
        })
        .collect();
    match chars.as_slice() {
        ['十'] => Some(10),
        ['十', ones] => Some(10 + digit(*ones)?),
        [ones] => digit(*ones),
        [tens, '十'] => Some(digit(*tens)? * 10),
        [tens, '十', ones] => Some(digit(*tens)? * 10 + digit(*ones)?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_spaces_settle() {
        assert_eq!(clean("\u{FEFF}  护理\u{3000}\n培训\u{200B} "), "护理 培训");
        assert_eq!(code(" ４３３１\u{3000}０１－Ｘ "), "433101-X");
    }

    #[test]
    fn names_lose_their_inner_spaces_unless_latin() {
        assert_eq!(name("张　 三"), "张三");
        assert_eq!(name("John  Smith"), "John Smith");
        assert_eq!(name("买买提·阿依古丽 "), "买买提·阿依古丽");
    }

    #[test]
    fn chinese_numbers() {
        for (text, number) in [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23)]
        {
            assert_eq!(chinese_number(text), Some(number), "{text}");
        }
        assert_eq!(chinese_number("作者"), None);
    }
}
