//! Files of 证明材料 as evidence: hashed once each, joined to what a record already has, and shared through its
//! 班次 where its rows name the same.

use super::files::FileRef;
use crate::failure::{Failure, Result};
use crate::ledger::{Attachment, Evidence, is_pdf, unprintable};
use crate::notice::SlotId;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What each file is, by where it lies.
#[derive(Debug, Default)]
pub struct Hashes {
    known: HashMap<PathBuf, Evidence>,
    /// Names of files that nobody will be able to look at as a scan.
    odd: BTreeSet<String>,
}

/// How many odd files are named.
const ODD_TOLD: usize = 5;

impl Hashes {
    /// Hashes files; `tick` is called once a file and says false to stop.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of<'a>(
        files: impl Iterator<Item = &'a FileRef>,
        tick: &mut dyn FnMut() -> bool,
    ) -> Result<Option<Self>> {
        let mut hashes = Self::default();
        for file in files {
            if hashes.known.contains_key(&file.path) {
                continue;
            }
            if !tick() {
                return Ok(None);
            }
            let (evidence, scan) = hashed(&file.path)?;
            // A kind that cannot be bound anyway is told with its own remedy.
            if !scan && unprintable(&evidence.extension).is_none() {
                hashes.odd.insert(evidence.name.clone());
            }
            hashes.known.insert(file.path.clone(), evidence);
        }
        Ok(Some(hashes))
    }

    /// What to say of files that are no scans, whatever they are called.
    pub fn note(&self) -> Option<String> {
        let first: Vec<&str> = self.odd.iter().take(ODD_TOLD).map(String::as_str).collect();
        let names = match self.odd.len() {
            0 => return None,
            count if count > ODD_TOLD => format!("「{}」等 {count} 个", first.join("」「")),
            _ => format!("「{}」", first.join("」「")),
        };
        Some(format!("证明材料{names}的内容不是 PDF 或图片，已照样存入，请打开核对"))
    }

    /// The attachments that a row's files make.
    pub fn attachments(&self, files: &[FileRef]) -> Vec<Attachment> {
        files
            .iter()
            .filter_map(|file| {
                Some(Attachment {
                    slot: file.slot.clone(),
                    stamped: file.stamped,
                    evidence: self.known.get(&file.path)?.clone(),
                    reason: file.reason.clone(),
                })
            })
            .collect()
    }

    /// Files that can be kept and yet not be bound, a sentence for each kind.
    pub fn unprintable(&self) -> Vec<String> {
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for evidence in self.known.values().filter(|it| !it.extension.is_empty()) {
            kinds.entry(&evidence.extension).or_default().push(&evidence.name);
        }
        let told = kinds.into_iter().filter_map(|(kind, mut names)| {
            let why = unprintable(kind)?;
            names.sort_unstable();
            let count = match names.len() {
                1 => String::new(),
                count => format!("等 {count} 个"),
            };
            Some(format!("{}{count}：{why}", names[0]))
        });
        told.collect()
    }

    /// One path for each content.
    pub fn paths(&self) -> HashMap<&str, &Path> {
        let paths = self.known.iter();
        paths.map(|(path, evidence)| (evidence.sha256.as_str(), path.as_path())).collect()
    }
}

/// The evidence that a file would be once it is in the vault, and whether it looks like a scan; nothing is
/// written.
fn hashed(path: &Path) -> Result<(Evidence, bool)> {
    let told = |error| Failure::io("读取证明材料", path, error);
    let mut file = std::fs::File::open(path).map_err(told)?;
    let mut hash = Sha256::new();
    let mut size = 0;
    let mut scan = false;
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(told)?;
        if read == 0 {
            break;
        }
        if size == 0 {
            scan = is_scan(&buffer[..read]);
        }
        hash.update(&buffer[..read]);
        size += read as u64;
    }
    let evidence = Evidence {
        sha256: hex::encode(hash.finalize()),
        size,
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        extension: path.extension().unwrap_or_default().to_string_lossy().to_lowercase(),
    };
    Ok((evidence, scan))
}

/// By how it begins.
fn is_scan(head: &[u8]) -> bool {
    is_pdf(head) || infer::is_image(head)
}

fn same_file(one: &Attachment, other: &Attachment) -> bool {
    one.slot == other.slot && one.evidence.sha256 == other.evidence.sha256
}

/// Joins files to those that are there. Nothing that is there goes: a workbook adds evidence, it never takes any
/// away. What the 班次 shares already is not kept twice.
pub fn join(own: &mut Vec<Attachment>, shared: &[Attachment], named: &[Attachment]) {
    for file in named {
        if let Some(held) = own.iter_mut().find(|held| same_file(held, file)) {
            held.stamped |= file.stamped;
            if !file.reason.is_empty() {
                held.reason.clone_from(&file.reason);
            }
        } else if !shared
            .iter()
            .any(|held| same_file(held, file) && (held.stamped || !file.stamped))
        {
            own.push(file.clone());
        }
    }
    own.sort();
}

/// The files that every row of a 班次 names alike, slot by slot: they belong to the 班次. Rows that name no file
/// at all rest on those of the others, but never on a `personal` one. A single row shares with nobody: its files
/// stay its own.
pub fn shared(rows: &[&[Attachment]], personal: impl Fn(&SlotId) -> bool) -> Vec<Attachment> {
    if rows.len() < 2 {
        return Vec::new();
    }
    let naming: Vec<&[Attachment]> = rows.iter().copied().filter(|row| !row.is_empty()).collect();
    let all_name = naming.len() == rows.len();
    let [first, rest @ ..] = naming.as_slice() else { return Vec::new() };
    let slot_files = |row: &[Attachment], slot: &SlotId| {
        let mut files: Vec<Attachment> =
            row.iter().filter(|file| file.slot == *slot).cloned().collect();
        files.sort();
        files.dedup();
        files
    };
    let mut out: Vec<Attachment> = Vec::new();
    for file in *first {
        if out.iter().any(|held| held.slot == file.slot) {
            continue;
        }
        let files = slot_files(first, &file.slot);
        let alike = rest.iter().all(|row| slot_files(row, &file.slot) == files);
        if alike && (all_name || !personal(&file.slot)) {
            out.extend(files);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(slot: &str, content: &str, stamped: bool) -> Attachment {
        Attachment {
            slot: SlotId(slot.to_owned()),
            stamped,
            evidence: Evidence {
                sha256: content.to_owned(),
                size: 1,
                name: format!("{content}.pdf"),
                extension: "pdf".to_owned(),
            },
            reason: String::new(),
        }
    }

    #[test]
    fn only_what_every_row_names_alike_is_shared() {
        let one = [file("notice", "a", false), file("certificate", "b", false)];
        let two = [file("certificate", "c", false), file("notice", "a", false)];
        let personal = |slot: &SlotId| slot.0 == "certificate";
        let shared = |rows: &[&[Attachment]]| shared(rows, personal);
        assert_eq!(shared(&[&one, &two]), [file("notice", "a", false)]);
        assert_eq!(shared(&[&one]), []);
        let more = [file("notice", "a", false), file("notice", "d", false)];
        assert_eq!(shared(&[&one, &more]), []);
        // Who names nothing rests on the others' files, but on nobody's certificate.
        assert_eq!(shared(&[&one, &[]]), [file("notice", "a", false)]);
        assert_eq!(shared(&[&one, &more, &[]]), []);
        assert_eq!(shared(&[&one, &one]), one);
    }

    #[test]
    fn joining_adds_and_never_takes_away() {
        let mut own = vec![file("notice", "a", false)];
        let shared = [file("schedule", "s", true)];
        let (again, new) = (file("notice", "a", true), file("notice", "z", false));
        join(&mut own, &shared, &[again.clone(), new.clone(), file("schedule", "s", false)]);
        assert_eq!(own, [new, again]);
    }
}
