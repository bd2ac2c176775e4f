//! Verification of a package by our own strict reading: tag files, manifests, sizes, hashes, and
//! whether `package.json` tells of what is there. Stricter than a standard validator, never laxer.

use super::manifest::{
    self, BAGIT, DECLARATION, IDENTIFIER, INFO, MANIFEST, OXUM, PAYLOAD, TAG_MANIFEST,
};
use super::source::Source;
use super::statement::{self, Statement};
use super::{PackageFacts, Verification, cancelled};
use crate::failure::Result;
use crate::intake::Progress;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub(super) const WHAT: &str = "核对报送包";
/// No tag file of a real package comes near.
const TAG_CAP: u64 = 64 << 20;
const STATEMENT_CAP: u64 = 512 << 20;
/// What systems leave in folders they have shown.
const LITTER: [&str; 4] = ["Thumbs.db", "desktop.ini", ".DS_Store", "System Volume Information"];

/// Verifies a bag. While it is being written (`writing`) its unfinished name is no fault.
pub(super) fn examine(
    package: &Path,
    writing: bool,
    progress: Progress<'_>,
) -> Result<Verification> {
    let mut source = Source::open(WHAT, package)?;
    let mut errors = std::mem::take(&mut source.errors);
    if writing {
        errors.retain(|error| !error.contains(super::source::UNFINISHED));
    }
    let payload = || source.entries.iter().filter(|entry| entry.path.starts_with(PAYLOAD));
    let (files, bytes) = (payload().count() as u64, payload().map(|entry| entry.size).sum());
    let mut seen = Verification { files, bytes, ..Verification::default() };
    if source.entries.is_empty() {
        if errors.is_empty() {
            errors.push("是空的，不是报送包".to_owned());
        }
        seen.errors = errors;
        return Ok(seen);
    }
    if source.position(BAGIT).is_none() {
        errors.push(format!("缺少 {BAGIT}，这不是一个报送包，或没有选对文件夹"));
        seen.errors = errors;
        return Ok(seen);
    }

    declaration(&mut source, &mut errors);
    let info = info(&mut source, &mut errors);
    let listed = Listed {
        payload: list(&mut source, MANIFEST, &mut errors),
        tags: list(&mut source, TAG_MANIFEST, &mut errors),
    };
    let complete = listed.complete(&source, &mut errors);
    let Some(altered) = hashes(&mut source, &listed, &mut errors, progress)? else {
        return Err(cancelled(WHAT));
    };
    // A file that is gone, too many or altered changes the count as well, and has been told.
    if complete && altered.is_empty() {
        count(&info, files, bytes, &mut errors);
    }
    let statement = told(&mut source);
    seen.package = statement.as_ref().ok().map(facts);
    // Where an altered statement contradicts the rest, that follows from its having been altered.
    if !altered.contains(statement::PATH) {
        match &statement {
            Ok(statement) => compare(statement, &info, &listed.payload, &mut errors),
            Err(error) if errors.contains(error) => {}
            Err(error) => errors.push(error.clone()),
        }
    }
    seen.complete = complete;
    seen.valid = complete && errors.is_empty();
    seen.errors = errors;
    Ok(seen)
}

/// What the manifests list.
struct Listed {
    payload: BTreeMap<String, String>,
    tags: BTreeMap<String, String>,
}

impl Listed {
    fn hash_of(&self, path: &str) -> Option<&String> {
        self.payload.get(path).or_else(|| self.tags.get(path))
    }

    /// Whether everything listed is there and everything there is listed.
    fn complete(&self, source: &Source, errors: &mut Vec<String>) -> bool {
        let before = errors.len();
        let required = [BAGIT, INFO, MANIFEST];
        for name in required {
            if source.position(name).is_some() && !self.tags.contains_key(name) {
                errors.push(format!("{TAG_MANIFEST} 没有列出 {name}"));
            }
        }
        for path in self.payload.keys().chain(self.tags.keys()) {
            if source.position(path).is_none() && !required.contains(&path.as_str()) {
                errors.push(format!("缺少 {path}"));
            }
        }
        for entry in &source.entries {
            if entry.path != TAG_MANIFEST && self.hash_of(&entry.path).is_none() {
                let name = entry.path.rsplit('/').next().unwrap_or_default();
                let hint = match LITTER.iter().any(|litter| litter.eq_ignore_ascii_case(name)) {
                    true => "（是系统自动生成的文件，可以删除）",
                    false => "",
                };
                errors.push(format!("多出了清单里没有的文件 {}{hint}", entry.path));
            }
        }
        let whole = [BAGIT, INFO, MANIFEST, TAG_MANIFEST];
        errors.len() == before && whole.iter().all(|name| source.position(name).is_some())
    }
}

fn declaration(source: &mut Source, errors: &mut Vec<String>) {
    match source.text(BAGIT, TAG_CAP) {
        Ok(text) if text == DECLARATION => {}
        Ok(_) => errors.push(format!("{BAGIT} 的内容不对，应声明 BagIt 1.0 和 UTF-8")),
        Err(error) => errors.push(error),
    }
}

fn info(source: &mut Source, errors: &mut Vec<String>) -> BTreeMap<String, String> {
    match source.text(INFO, TAG_CAP) {
        Ok(text) => manifest::read_info(&text, errors),
        Err(error) => {
            errors.push(error);
            BTreeMap::new()
        }
    }
}

/// Holds the number of files and bytes that the bag tells of against what is there.
fn count(info: &BTreeMap<String, String>, files: u64, bytes: u64, errors: &mut Vec<String>) {
    let counted = format!("{bytes}.{files}");
    match info.get(OXUM) {
        Some(told) if *told == counted => {}
        Some(told) => {
            errors.push(format!("{INFO} 记的总字节数和文件数（{OXUM}）是 {told}，实际是 {counted}"))
        }
        None => errors.push(format!("{INFO} 没有记总字节数和文件数（{OXUM}）")),
    }
}

fn list(source: &mut Source, name: &str, errors: &mut Vec<String>) -> BTreeMap<String, String> {
    match source.text(name, TAG_CAP) {
        Ok(text) => manifest::read(name, &text, errors),
        Err(error) => {
            errors.push(error);
            BTreeMap::new()
        }
    }
}

/// Reads every listed file and returns those that are not what the manifests say; `None` when cancelled.
fn hashes(
    source: &mut Source,
    listed: &Listed,
    errors: &mut Vec<String>,
    progress: Progress<'_>,
) -> Result<Option<BTreeSet<String>>> {
    let mut altered = BTreeSet::new();
    let total = source.entries.iter().map(|entry| entry.size).sum();
    let mut done = 0;
    for at in 0..source.entries.len() {
        let path = source.entries[at].path.clone();
        let mut hash = Sha256::new();
        let streamed = source.stream(at, &mut |piece| {
            hash.update(piece);
            done += piece.len() as u64;
            progress(done, total, "核对")
        });
        match streamed {
            Ok(true) => {}
            Ok(false) => return Ok(None),
            Err(error) => {
                if !errors.contains(&error) {
                    errors.push(error);
                }
                continue;
            }
        }
        let told = listed.hash_of(&path);
        if told.is_some_and(|told| *told != hex::encode(hash.finalize())) {
            errors.push(format!("{path} 的内容被改过或已损坏，与清单里的校验值不符"));
            altered.insert(path);
        }
    }
    Ok(Some(altered))
}

/// The package's own statement, or why there is none that can be read.
fn told(source: &mut Source) -> std::result::Result<Statement, String> {
    source.text(statement::PATH, STATEMENT_CAP).and_then(|text| Statement::read(&text))
}

/// Holds the statement against what is there.
fn compare(
    statement: &Statement,
    info: &BTreeMap<String, String>,
    payload: &BTreeMap<String, String>,
    errors: &mut Vec<String>,
) {
    let told = statement::PATH;
    if info.get(IDENTIFIER) != Some(&statement.id) {
        errors.push(format!("{told} 里的编号与 {INFO} 里的（{IDENTIFIER}）不同"));
    }
    let mut named = BTreeSet::from([told]);
    for file in statement.files() {
        named.insert(file.path.as_str());
        match payload.get(&file.path) {
            None => errors.push(format!("{told} 提到的 {} 不在清单里", file.path)),
            Some(sha256) if *sha256 != file.sha256 => {
                errors.push(format!("{told} 里 {} 的校验值与清单里的不同", file.path));
            }
            Some(_) => {}
        }
    }
    for path in payload.keys().filter(|path| !named.contains(path.as_str())) {
        errors.push(format!("{told} 没有提到 {path}"));
    }
    let mut people = BTreeSet::new();
    for person in &statement.people {
        if !people.insert(person.handbook.person.id_number.as_str()) {
            errors.push(format!("{told} 里 {} 出现了两次", person.handbook.person.name));
        }
    }
}

fn facts(statement: &Statement) -> PackageFacts {
    PackageFacts {
        unit: statement.unit.name.clone(),
        campaign: statement.campaign,
        level: statement.level.clone(),
        people: u32::try_from(statement.people.len()).unwrap_or(u32::MAX),
        id: statement.id.clone(),
    }
}
