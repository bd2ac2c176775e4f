//! A package as it lies there to be read, folder or zip: which files it has, and their content in pieces.
//! Links, odd names and entries that do not fit are told here and never followed.

use super::names;
use crate::failure::{Failure, Result};
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;
use zip::ZipArchive;

/// What a package is called until it is whole.
pub const UNFINISHED: &str = ".未完成";
/// More than this no unit's package holds; what claims more is not unpacked.
const MOST_ENTRIES: usize = 500_000;
const MOST_BYTES: u64 = 256 << 30;
/// Deflate cannot do better than about 1032 to 1; what shrinks this much is no scan and no paper.
const MOST_SHRINKING: u64 = 1000;
const NOTICEABLE: u64 = 16 << 20;

/// One file, by its path below the bag's folder.
#[derive(Debug)]
pub struct Entry {
    pub path: String,
    pub size: u64,
    place: Place,
}

#[derive(Debug)]
enum Place {
    File(PathBuf),
    Index(usize),
}

/// An opened package.
pub struct Source {
    /// In path order.
    pub entries: Vec<Entry>,
    pub errors: Vec<String>,
    archive: Option<ZipArchive<BufReader<File>>>,
}

impl Source {
    /// # Errors
    /// There is nothing at this path, or it cannot be read.
    pub fn open(what: &str, package: &Path) -> Result<Self> {
        let package = super::of_index(package);
        let io = |error| Failure::io(what, package, error);
        let mut source = if std::fs::metadata(package).map_err(io)?.is_dir() {
            Self::folder(package)
        } else {
            Self::zip(File::open(package).map_err(io)?).map_err(io)?
        };
        let name = package.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(UNFINISHED) {
            let why = format!("{name} 没有写完（名字以“{UNFINISHED}”结尾），不能用");
            source.errors.insert(0, why);
        }
        source.entries.sort_by(|a, b| a.path.cmp(&b.path));
        source.collisions();
        Ok(source)
    }

    fn folder(package: &Path) -> Self {
        let mut source = Self { entries: Vec::new(), errors: Vec::new(), archive: None };
        for found in WalkDir::new(package).min_depth(1) {
            let found = match found {
                Ok(found) => found,
                Err(error) => {
                    let place = error.path().unwrap_or(package).display().to_string();
                    source.errors.push(format!("{place} 读不出来，磁盘可能有损坏"));
                    continue;
                }
            };
            let below = found.path().strip_prefix(package).unwrap_or(found.path());
            let parts: Option<Vec<&str>> =
                below.components().map(|part| part.as_os_str().to_str()).collect();
            let Some(parts) = parts else {
                source.errors.push(format!("{} 的名字不是 UTF-8", below.display()));
                continue;
            };
            let path = parts.join("/");
            let kind = found.file_type();
            if kind.is_dir() {
                continue;
            }
            if !kind.is_file() {
                let what = if kind.is_symlink() { "链接" } else { "特殊文件" };
                source.errors.push(format!("{path} 是{what}，不是普通文件"));
                continue;
            }
            match found.metadata() {
                Ok(facts) => source.take(path, facts.len(), Place::File(found.into_path())),
                Err(_) => source.errors.push(format!("{path} 读不出来，磁盘可能有损坏")),
            }
        }
        source
    }

    fn zip(file: File) -> std::io::Result<Self> {
        let length = file.metadata()?.len();
        let mut source = Self { entries: Vec::new(), errors: Vec::new(), archive: None };
        let mut archive = match ZipArchive::new(BufReader::new(file)) {
            Ok(archive) => archive,
            Err(zip::result::ZipError::Io(error))
                if error.kind() != std::io::ErrorKind::UnexpectedEof =>
            {
                return Err(error);
            }
            Err(_) => {
                let why = "不是完整的 zip 文件，可能没有拷完或不是报送包".to_owned();
                source.errors.push(why);
                return Ok(source);
            }
        };
        if archive.len() > MOST_ENTRIES {
            source.errors.push(format!("zip 里有 {} 个文件，多得不合理，没有解开", archive.len()));
            return Ok(source);
        }
        if archive.validate_header_consistency().is_err() {
            source.errors.push("zip 的目录与内容不一致，或有两个同名的文件".to_owned());
            return Ok(source);
        }
        source.index(&archive, length);
        source.archive = Some(archive);
        Ok(source)
    }

    /// The entries of a zip, below its one folder.
    fn index(&mut self, archive: &ZipArchive<BufReader<File>>, length: u64) {
        let (mut top, mut total) = (None, 0u64);
        for at in 0..archive.len() {
            let Ok(entry) = archive.by_index_data(at) else {
                self.errors.push(format!("zip 里的第 {} 个文件读不出来", at + 1));
                continue;
            };
            let raw = entry.name_raw();
            let name = match std::str::from_utf8(raw) {
                Ok(name) => name.to_owned(),
                Err(_) => {
                    let shown = String::from_utf8_lossy(raw);
                    self.errors.push(format!("zip 里 {shown} 的名字没有按 UTF-8 存"));
                    continue;
                }
            };
            let path = name.strip_suffix('/').filter(|_| entry.is_dir()).unwrap_or(&name);
            if let Some(fault) = names::fault(path) {
                self.errors.push(format!("zip 里 {} 的路径不许用（{fault}）", name.escape_debug()));
                continue;
            }
            if entry.encrypted() {
                self.errors.push(format!("zip 里 {name} 加了密码，读不出来"));
                continue;
            }
            let (folder, below) = path.split_once('/').unwrap_or((path, ""));
            if *top.get_or_insert_with(|| folder.to_owned()) != folder {
                self.errors.push(format!("zip 里应只有一个文件夹，却还有 {folder}"));
                continue;
            }
            if entry.is_dir() {
                continue;
            }
            if entry.is_symlink() || !entry.is_file() {
                self.errors.push(format!("zip 里 {name} 是链接或特殊文件，不是普通文件"));
                continue;
            }
            if below.is_empty() {
                self.errors.push(format!("zip 里 {name} 不在包的文件夹里"));
                continue;
            }
            let (size, packed) = (entry.size(), entry.compressed_size());
            total = total.saturating_add(size);
            let swollen = size > NOTICEABLE && size / packed.max(1) > MOST_SHRINKING;
            if swollen || total > MOST_BYTES || packed > length {
                self.errors.push(format!("zip 里 {name} 解开后大得不合理，没有解开"));
                continue;
            }
            let below = below.to_owned();
            self.take(below, size, Place::Index(at));
        }
    }

    fn take(&mut self, path: String, size: u64, place: Place) {
        match names::fault(&path) {
            Some(fault) => {
                self.errors.push(format!("{} 不许用（{fault}）", path.escape_debug()));
            }
            None => self.entries.push(Entry { path, size, place }),
        }
    }

    /// Paths that Windows takes for one and the same.
    fn collisions(&mut self) {
        let mut seen: HashMap<String, &str> = HashMap::new();
        for entry in &self.entries {
            if let Some(before) = seen.insert(names::folded(&entry.path), &entry.path) {
                let why = format!("{} 与 {before} 在 Windows 上是同一个文件名", entry.path);
                self.errors.push(why);
            }
        }
    }

    /// Where a file stands among the entries.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
    }

    /// Hands an entry's content over piece by piece, until `take` says stop; false when stopped.
    /// More than the size told beforehand is never read.
    ///
    /// # Errors
    /// In words: it cannot be read, or it is longer or shorter than told.
    pub fn stream(
        &mut self,
        at: usize,
        take: &mut dyn FnMut(&[u8]) -> bool,
    ) -> Result<bool, String> {
        let entry = &self.entries[at];
        let damaged = |_| format!("{} 读不出来，文件已损坏", entry.path);
        match (&entry.place, &mut self.archive) {
            (Place::Index(index), Some(archive)) => {
                let file = archive.by_index(*index).map_err(|error| damaged(error.to_string()))?;
                pieces(file, entry, take)
            }
            (Place::Index(_), None) => Err(damaged(String::new())),
            (Place::File(path), _) => {
                let file = File::open(path).map_err(|error| damaged(error.to_string()))?;
                pieces(file, entry, take)
            }
        }
    }

    /// A small file as text.
    ///
    /// # Errors
    /// In words: missing, unreadable, not UTF-8, longer than `cap`.
    pub fn text(&mut self, path: &str, cap: u64) -> Result<String, String> {
        let Some(at) = self.position(path) else { return Err(format!("缺少 {path}")) };
        if self.entries[at].size > cap {
            return Err(format!("{path} 大得不合理"));
        }
        let mut bytes = Vec::new();
        self.stream(at, &mut |piece| {
            bytes.extend_from_slice(piece);
            true
        })?;
        String::from_utf8(bytes).map_err(|_| format!("{path} 不是 UTF-8 文字"))
    }
}

fn pieces(
    file: impl Read,
    entry: &Entry,
    take: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<bool, String> {
    let mut file = file.take(entry.size.saturating_add(1));
    let mut buffer = vec![0; 256 * 1024];
    let mut length = 0u64;
    loop {
        let read = match file.read(&mut buffer) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            read => read.map_err(|_| format!("{} 读不出来，文件已损坏", entry.path))?,
        };
        let Some(piece) = buffer.get(..read).filter(|piece| !piece.is_empty()) else { break };
        length += piece.len() as u64;
        if !take(piece) {
            return Ok(false);
        }
    }
    if length == entry.size {
        Ok(true)
    } else {
        Err(format!("{} 的长度与所记的不符，文件已损坏", entry.path))
    }
}
