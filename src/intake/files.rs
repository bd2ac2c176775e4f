//! The grammar of 证明材料 (`培训通知=files/a.pdf; 派出通知[盖章]=files/b.jpg`) and where the files may lie:
//! inside the evidence folder, nowhere else.

use super::text;
use crate::notice::SlotId;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A file named on a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    pub slot: SlotId,
    pub stamped: bool,
    /// Why an open 「等」 slot is accepted.
    pub reason: String,
    pub path: PathBuf,
}

/// The folder that evidence is taken from. Remembers what it has looked up: sixty rows name the same file.
pub struct Folder {
    root: PathBuf,
    seen: HashMap<String, Result<PathBuf, String>>,
    /// What lies in a folder by its folded name; nothing where two names fold to one.
    listed: HashMap<PathBuf, HashMap<String, Option<PathBuf>>>,
}

impl Folder {
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), seen: HashMap::new(), listed: HashMap::new() }
    }

    /// The file that a path in a cell means.
    ///
    /// # Errors
    /// It leads out of the folder, or there is no such file.
    pub fn find(&mut self, typed: &str) -> Result<PathBuf, String> {
        if let Some(known) = self.seen.get(typed) {
            return known.clone();
        }
        let found = self.look(typed);
        self.seen.insert(typed.to_owned(), found.clone());
        found
    }

    fn look(&mut self, typed: &str) -> Result<PathBuf, String> {
        let slashed = typed.replace('\\', "/");
        let parts: Vec<&str> =
            slashed.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        let drive = slashed.as_bytes().get(1) == Some(&b':');
        if slashed.starts_with('/') || drive || parts.contains(&"..") {
            return Err(format!(
                "「{typed}」指到了材料文件夹外面；请把文件放进材料文件夹，写相对于它的位置"
            ));
        }
        if parts.is_empty() {
            return Err("没有写文件名，请写成 材料项=文件 这样".to_owned());
        }
        let path = parts.iter().fold(self.root.clone(), |path, part| self.part(&path, part));
        let place = || format!("在「{}」里", self.root.display());
        let metadata = std::fs::metadata(&path)
            .map_err(|_| format!("{}找不到文件「{typed}」；请核对文件名和位置", place()))?;
        if !metadata.is_file() {
            return Err(format!("「{typed}」不是文件；请写到具体的文件"));
        }
        if metadata.len() == 0 {
            return Err(format!("文件「{typed}」是空的；请换成完好的文件"));
        }
        // A link must not lead out either.
        let inside = path
            .canonicalize()
            .and_then(|path| Ok(path.starts_with(self.root.canonicalize()?)))
            .unwrap_or(false);
        if !inside {
            return Err(format!("「{typed}」是指到材料文件夹外面的链接；请放进文件本身"));
        }
        Ok(path)
    }

    /// What a part of a path means: the name as it is typed, else the one name that differs in nothing but
    /// spaces and wide or narrow characters, which a workbook does not keep apart.
    fn part(&mut self, folder: &Path, typed: &str) -> PathBuf {
        let path = folder.join(typed);
        if path.exists() {
            return path;
        }
        let listed = self.listed.entry(folder.to_owned()).or_insert_with(|| {
            let mut names = HashMap::new();
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                names
                    .entry(text::fold(&entry.file_name().to_string_lossy()))
                    .and_modify(|other| *other = None)
                    .or_insert_with(|| Some(entry.path()));
            }
            names
        });
        listed.get(&text::fold(typed)).cloned().flatten().unwrap_or(path)
    }
}

/// Reads a 证明材料 cell; `slot` finds a 材料项 by its name.
///
/// # Errors
/// The first trouble: no `=`, an unknown slot, a file that is not there.
pub fn files<'n>(
    slot: &dyn Fn(&str) -> Option<&'n SlotId>,
    folder: &mut Folder,
    cell: &str,
) -> Result<Vec<FileRef>, String> {
    let mut out: Vec<FileRef> = Vec::new();
    for entry in cell.split([';', '；', '\n', '\r']) {
        let entry = text::clean(entry);
        if entry.is_empty() {
            continue;
        }
        let Some((left, right)) = entry.split_once(['=', '＝']) else {
            return Err(format!("「{entry}」没有写是哪一项材料，请写成 培训通知={entry} 这样"));
        };
        let mut marks = Marks::default();
        let name = marks.strip(left);
        let typed = marks.strip_end(right.trim());
        let slot = slot(&name)
            .ok_or_else(|| format!("没有「{name}」这项材料；材料项的名称见模板的「填写说明」"))?;
        let path = folder.find(typed)?;
        let file =
            FileRef { slot: slot.clone(), stamped: marks.stamped, reason: marks.reason, path };
        if !out.contains(&file) {
            out.push(file);
        }
    }
    if out.is_empty() {
        return Err("没有写文件，请写成 材料项=文件 这样，或留空".to_owned());
    }
    Ok(out)
}

/// `[盖章]` and `[理由：…]`, in any brackets.
#[derive(Default)]
struct Marks {
    stamped: bool,
    reason: String,
}

const BRACKETS: [(char, char); 4] = [('[', ']'), ('【', '】'), ('(', ')'), ('（', '）')];

impl Marks {
    fn take(&mut self, mark: &str) -> bool {
        let mark = mark.trim();
        if ["盖章", "已盖章", "加盖公章", "已盖公章"].contains(&mark) {
            self.stamped = true;
            return true;
        }
        if let Some(reason) = mark.strip_prefix("理由") {
            self.reason = reason.trim_start_matches([':', '：', ' ']).to_owned();
            return true;
        }
        false
    }

    /// Takes the marks out of a slot's name.
    fn strip(&mut self, name: &str) -> String {
        let mut name = name.trim().to_owned();
        for (open, close) in BRACKETS {
            while let Some(start) = name.find(open) {
                let Some(length) = name[start..].find(close) else { break };
                if !self.take(&name[start + open.len_utf8()..start + length]) {
                    break;
                }
                name.replace_range(start..start + length + close.len_utf8(), "");
            }
        }
        name.trim().to_owned()
    }

    /// Takes a mark from the end of a file's name; other brackets belong to the name.
    fn strip_end<'a>(&mut self, file: &'a str) -> &'a str {
        for (open, close) in BRACKETS {
            if let Some(inner) = file.strip_suffix(close)
                && let Some(start) = inner.rfind(open)
                && self.take(&inner[start + open.len_utf8()..])
            {
                return file[..start].trim();
            }
        }
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_and_names_keep_their_brackets() {
        let mut marks = Marks::default();
        assert_eq!(marks.strip("派出通知【盖章】"), "派出通知");
        assert!(marks.stamped);
        let mut marks = Marks::default();
        assert_eq!(marks.strip_end("files/通知(一).pdf [已盖章]"), "files/通知(一).pdf");
        assert!(marks.stamped);
        let mut marks = Marks::default();
        assert_eq!(marks.strip_end("files/通知(盖章版)"), "files/通知(盖章版)");
        assert!(!marks.stamped);
        assert_eq!(marks.strip("其他辅证[理由：无签到表]"), "其他辅证");
        assert_eq!(marks.reason, "无签到表");
    }

    #[test]
    fn nothing_outside_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("材料");
        std::fs::create_dir_all(root.join("files")).unwrap();
        std::fs::write(root.join("files/通知.pdf"), b"x").unwrap();
        std::fs::write(root.join("empty.pdf"), b"").unwrap();
        std::fs::write(dir.path().join("secret.pdf"), b"x").unwrap();
        let mut folder = Folder::at(&root);
        assert!(folder.find("files\\通知.pdf").is_ok());
        assert!(folder.find("./files//通知.pdf").is_ok());
        for typed in
            ["../secret.pdf", "files/../../secret.pdf", "/etc/passwd", "C:\\a.pdf", "..\\a"]
        {
            let error = folder.find(typed).unwrap_err();
            assert!(error.contains("外面"), "{typed}: {error}");
        }
        assert!(folder.find("没有.pdf").unwrap_err().contains("找不到"));
        assert!(folder.find("files").unwrap_err().contains("不是文件"));
        assert!(folder.find("empty.pdf").unwrap_err().contains("空的"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(dir.path().join("secret.pdf"), root.join("link.pdf"))
                .unwrap();
            assert!(folder.find("link.pdf").unwrap_err().contains("链接"));
        }
    }
}
