//! The tag files of a BagIt 1.0 bag (RFC 8493): written plainly, read strictly. A line that a lenient
//! validator would skip is an error here.

use super::names;
use std::collections::BTreeMap;

/// The whole content of `bagit.txt`.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
pub const BAGIT: &str = "bagit.txt";
pub const INFO: &str = "bag-info.txt";
pub const MANIFEST: &str = "manifest-sha256.txt";
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// The folder of the payload.
pub const PAYLOAD: &str = "data/";
/// Label of the payload's size: `bytes.files`.
pub const OXUM: &str = "Payload-Oxum";
/// Label of the package's id.
pub const IDENTIFIER: &str = "External-Identifier";

/// A manifest of `(path, sha256)`, in the form that `sha256sum -c` reads too.
pub fn write<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    lines.map(|(path, sha256)| format!("{sha256}  {path}\n")).collect()
}

/// `bag-info.txt`; line ends in values become spaces.
pub fn write_info(lines: &[(String, String)]) -> String {
    lines
        .iter()
        .map(|(label, value)| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{label}: {value}\n")
        })
        .collect()
}

/// Paths and hashes of a manifest named `name`, in path order; what is wrong with it goes into `errors`.
pub fn read(name: &str, text: &str, errors: &mut Vec<String>) -> BTreeMap<String, String> {
    let payload = name == MANIFEST;
    let mut found = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    if text.is_empty() {
        errors.push(format!("{name} 是空的"));
    } else if !text.ends_with('\n') {
        errors.push(format!("{name} 最后一行不完整，可能没有拷完"));
    }
    for (at, line) in text.split_terminator('\n').enumerate() {
        let at = at + 1;
        let Some((sha256, path)) = entry(line) else {
            errors.push(format!("{name} 第 {at} 行不是“校验值  文件路径”：{}", shown(line)));
            continue;
        };
        if let Some(fault) = names::fault(path) {
            errors.push(format!("{name} 第 {at} 行的路径不许用（{fault}）：{}", shown(path)));
            continue;
        }
        if path.starts_with(PAYLOAD) != payload {
            let why = if payload { "不在 data 文件夹里" } else { "不应列在这里" };
            errors.push(format!("{name} 第 {at} 行的文件{why}：{path}"));
            continue;
        }
        if let Some(before) = seen.insert(names::folded(path), at) {
            errors.push(format!("{name} 第 {at} 行与第 {before} 行是同一个文件：{path}"));
            continue;
        }
        found.insert(path.to_owned(), sha256.to_owned());
    }
    found
}

/// 64 lower-case hex digits, two spaces, a path.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (sha256, rest) = line.split_at_checked(64)?;
    let path = rest.strip_prefix("  ")?;
    let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (sha256.bytes().all(hex) && !path.starts_with([' ', '*'])).then_some((sha256, path))
}

/// Labels and values of `bag-info.txt`; what is wrong with it goes into `errors`.
pub fn read_info(text: &str, errors: &mut Vec<String>) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        match line.split_once(": ") {
            Some((label, value)) if !label.is_empty() && label.trim() == label => {
                if found.insert(label.to_owned(), value.to_owned()).is_some() {
                    errors.push(format!("{INFO} 第 {} 行的“{label}”写了两次", at + 1));
                }
            }
            _ => errors.push(format!("{INFO} 第 {} 行不是“名称: 内容”：{}", at + 1, shown(line))),
        }
    }
    found
}

/// A line as it may be shown: no controls, not long.
fn shown(line: &str) -> String {
    let plain: String =
        line.chars().map(|c| if c.is_control() { '·' } else { c }).take(80).collect();
    if plain.is_empty() { "（空行）".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bad_line_is_told() {
        let hash = "0".repeat(64);
        let good = format!("{hash}  data/1 汇总表.pdf\n");
        for bad in [
            "垃圾\n".to_owned(),
            "\n".to_owned(),
            format!("{hash} data/a\n"),
            format!("{hash}  *data/a\n"),
            format!("{}  data/a\n", "A".repeat(64)),
            format!("{hash}  data/../../a\n"),
            format!("{hash}  /data/a\n"),
            format!("{hash}  data\\a\n"),
            format!("{hash}  bagit.txt\n"),
            format!("{hash}  data/1 汇总表.PDF\n"),
            format!("{hash}  data/a\r\n"),
            format!("{hash}  data/a"),
        ] {
            let mut errors = Vec::new();
            read(MANIFEST, &format!("{good}{bad}"), &mut errors);
            assert_eq!(errors.len(), 1, "{bad:?}: {errors:?}");
        }
        let mut errors = Vec::new();
        let found = read(MANIFEST, &good, &mut errors);
        assert_eq!((found.len(), errors), (1, Vec::new()));
    }
}
