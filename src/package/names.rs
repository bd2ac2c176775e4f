//! Names of files and folders in a package: made so that Explorer, a USB drive and every BagIt validator
//! take them as they are, and judged by the same rules when a package is verified.

use std::collections::HashSet;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The longest path below the bag's own folder, in UTF-16 units: Explorer stops at 260 in all.
pub const PATH_CAP: usize = 180;

/// One name, with what may not stand in it replaced by its full-width twin or left out, in NFC, cut to
/// `cap` UTF-16 units. Never empty.
pub fn component(text: &str, cap: usize) -> String {
    let mut name = String::new();
    for character in text.nfc() {
        match character {
            '<' => name.push('＜'),
            '>' => name.push('＞'),
            ':' => name.push('：'),
            '"' => name.push('＂'),
            '/' => name.push('／'),
            '\\' => name.push('＼'),
            '|' => name.push('｜'),
            '?' => name.push('？'),
            '*' => name.push('＊'),
            '%' => name.push('％'),
            _ if character.is_whitespace() => {
                if !name.ends_with(' ') {
                    name.push(' ');
                }
            }
            _ if unseen(character) => {}
            _ => name.push(character),
        }
    }
    let name = trimmed(&cut(trimmed(&name), cap)).to_owned();
    match name.as_str() {
        "" => "无名".to_owned(),
        _ if reserved(&name) => format!("_{name}"),
        _ => name,
    }
}

/// Names without a dot or space at either end.
fn trimmed(name: &str) -> &str {
    name.trim_matches(['.', ' '])
}

/// The first `cap` UTF-16 units, an ellipsis in place of what is cut.
fn cut(name: &str, cap: usize) -> String {
    if utf16(name) <= cap {
        return name.to_owned();
    }
    let mut kept = String::new();
    let mut length = 1;
    for character in name.chars() {
        length += character.len_utf16();
        if length > cap {
            break;
        }
        kept.push(character);
    }
    kept.push('…');
    kept
}

/// A name's length as Windows counts it.
pub fn utf16(name: &str) -> usize {
    name.encode_utf16().count()
}

/// Controls, line ends, zero-width and direction marks, noncharacters: nothing that a reader sees.
fn unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}')
        || (u32::from(character) & 0xfffe) == 0xfffe
}

/// Names of devices, which Windows takes for files whatever follows the first dot.
fn reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    if let "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" = stem.as_str() {
        return true;
    }
    stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")).is_some_and(|number| {
        let mut digits = number.chars();
        matches!((digits.next(), digits.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    })
}

/// What a file system that knows neither case nor composition takes for the same path.
pub fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).collect()
}

/// Paths already given away, so that the next one of the same name is told apart by `(2)`.
#[derive(Debug, Default)]
pub struct Taken(HashSet<String>);

impl Taken {
    /// A free path `folder/stem.extension`, its stem at most `cap` units long; the extension may be empty.
    pub fn path(&mut self, folder: &str, stem: &str, extension: &str, cap: usize) -> String {
        let extension = match extension {
            "" => String::new(),
            extension => format!(".{extension}"),
        };
        let mut number = 1;
        loop {
            let tail = if number == 1 { String::new() } else { format!(" ({number})") };
            let stem = component(stem, cap.saturating_sub(tail.len()).max(1));
            let path = format!("{folder}/{stem}{tail}{extension}");
            if self.0.insert(folded(&path)) {
                return path;
            }
            number += 1;
        }
    }
}

/// Why a path cannot stand in a package; `None` when it can.
pub fn fault(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("路径是空的");
    }
    if path.contains('\\') {
        return Some("路径里有反斜杠");
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return Some("是绝对路径");
    }
    if path.contains('%') {
        return Some("名字里有百分号");
    }
    if path.chars().any(|character| unseen(character) || "<>:\"|?*".contains(character)) {
        return Some("名字里有不许用的字符");
    }
    if !is_nfc(path) {
        return Some("名字的字符不是规范写法（NFC）");
    }
    path.split('/').find_map(|name| match name {
        "" => Some("路径里有空的一段"),
        "." | ".." => Some("路径指向包外或绕行（. 或 ..）"),
        _ if name.ends_with(['.', ' ']) => Some("名字以点或空格结尾"),
        _ if reserved(name) => Some("名字是 Windows 的设备名"),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_by_windows_and_by_bag_validators() {
        for (given, made) in [
            ("2019/护理: 新<理论>?", "2019／护理： 新＜理论＞？"),
            ("100%\r\n合格\t证", "100％ 合格 证"),
            ("CON", "_CON"),
            ("com1.资料", "_com1.资料"),
            ("COM10", "COM10"),
            ("  尾点. . ", "尾点"),
            ("..", "无名"),
            ("\u{202e}fdp.exe", "fdp.exe"),
            ("e\u{301}tude", "étude"),
            ("\u{2028}", "无名"),
        ] {
            assert_eq!(component(given, 40), made);
            assert_eq!(fault(&component(given, 40)), None, "{given:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_at_whole_characters() {
        let made = component(&"𬭎".repeat(60), 40);
        assert!(utf16(&made) <= 40);
        assert!(made.ends_with('…') && made.starts_with('𬭎'));
        // The cut must not bring back a space at the end.
        assert_eq!(component("甲 乙丙丁", 3), "甲 …");
    }

    #[test]
    fn the_same_name_twice_is_told_apart() {
        let mut taken = Taken::default();
        assert_eq!(taken.path("data", "Abc", "pdf", 20), "data/Abc.pdf");
        assert_eq!(taken.path("data", "aBC", "pdf", 20), "data/aBC (2).pdf");
        assert_eq!(taken.path("data", "Abc", "jpg", 20), "data/Abc.jpg");
    }

    #[test]
    fn faults_are_told() {
        for path in [
            "",
            "/etc/passwd",
            "C:/a",
            "data/../a",
            "data//a",
            "data/./a",
            "data\\a",
            "data/a%25",
            "data/a\n",
            "data/NUL.txt",
            "data/a.",
            "data/e\u{301}",
        ] {
            assert!(fault(path).is_some(), "{path:?}");
        }
        assert_eq!(fault("data/人员/001 张三/登记手册.pdf"), None);
    }
}
