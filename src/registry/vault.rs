//! The evidence vault: files by their SHA-256, written temp → fsync → rename before the row that names them.
//! The same content is kept once, whatever it was called.

use crate::durable;
use crate::failure::{Failure, Result};
use crate::ledger::Evidence;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const WHAT: &str = "存入证明材料";
/// Names of files that came in half.
pub(super) const UNFINISHED: &str = ".未完成-";

/// A folder of content-addressed files.
#[derive(Debug, Clone)]
pub struct Vault {
    dir: PathBuf,
}

impl Vault {
    pub fn at(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Takes a file in (hash at intake); the same content is kept once.
    ///
    /// # Errors
    /// Missing, empty, unreadable, or a full disk; what came in half is removed.
    pub fn take_in(&self, file: &Path) -> Result<Evidence> {
        let io = |error| Failure::io(WHAT, file, error);
        if file.is_dir() {
            return Err(Failure::refused(
                WHAT,
                file.display().to_string(),
                "这是一个文件夹，不是文件",
                "请选择文件夹里的文件",
            ));
        }
        let source = File::open(file).map_err(io)?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        self.keep(&name.unwrap_or_default(), file, |take| read_parts(source, file, take))
    }

    /// Takes bytes in under a name (pasted images, received packages).
    ///
    /// # Errors
    /// As [`Vault::take_in`].
    pub fn take_in_bytes(&self, name: &str, bytes: &[u8]) -> Result<Evidence> {
        // Names from outside may bring folders along; ours never do.
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        self.keep(name, Path::new(name), |take| take(bytes))
    }

    /// Takes in what `feed` hands over part by part; `feed`'s failure leaves nothing behind.
    ///
    /// # Errors
    /// As [`Vault::take_in`], and what `feed` returned.
    pub fn take_in_parts(
        &self,
        name: &str,
        feed: impl FnOnce(&mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()>,
    ) -> Result<Evidence> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        self.keep(name, Path::new(name), feed)
    }

    /// Whether content is kept, under whatever extension. `sha256` is 64 hex digits.
    pub fn holds(&self, sha256: &str) -> bool {
        sha256.get(..2).is_some_and(|start| present(&self.dir.join(start), sha256).is_some())
    }

    /// Where a file lies.
    pub fn path_of(&self, evidence: &Evidence) -> PathBuf {
        self.dir
            .join(&evidence.sha256[..2])
            .join(format!("{}.{}", evidence.sha256, evidence.extension))
    }

    /// A file's content, checked against what came in; why not, in words.
    ///
    /// # Errors
    /// It is gone, cannot be read, or is not what it was.
    pub fn read(&self, evidence: &Evidence) -> std::result::Result<Vec<u8>, String> {
        let bytes = fs::read(self.path_of(evidence)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "登记库里的这份材料不见了，请重新附上".to_owned(),
            _ => format!("登记库里的这份材料读不出来：{}", Failure::io(WHAT, &self.dir, error).why),
        })?;
        match hex::encode(Sha256::digest(&bytes)) == evidence.sha256 {
            true => Ok(bytes),
            false => Err("登记库里的这份材料已损坏，与登记时不同，请重新附上".to_owned()),
        }
    }

    fn keep(
        &self,
        name: &str,
        place: &Path,
        feed: impl FnOnce(&mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()>,
    ) -> Result<Evidence> {
        let ours = |error| Failure::io(WHAT, &self.dir, error);
        fs::create_dir_all(&self.dir).map_err(ours)?;
        let mut unfinished =
            tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(&self.dir).map_err(ours)?;
        let (mut hash, mut size, mut head) = (Sha256::new(), 0u64, Vec::new());
        feed(&mut |part| {
            if head.is_empty() {
                head = part.to_vec();
            }
            hash.update(part);
            size += part.len() as u64;
            unfinished.write_all(part).map_err(ours)
        })?;
        if size == 0 {
            return Err(Failure::refused(
                WHAT,
                place.display().to_string(),
                "文件是空的（0 字节）",
                "请重新扫描或重新下载这个文件",
            ));
        }
        let sha256 = hex::encode(hash.finalize());
        let folder = self.dir.join(&sha256[..2]);
        let present = present(&folder, &sha256);
        let extension = present
            .as_deref()
            .and_then(|path| path.extension())
            .map(|extension| extension.to_string_lossy().into_owned())
            .unwrap_or_else(|| extension(name, &head));
        let evidence = Evidence { sha256, size, name: name.to_owned(), extension };
        // What lies there under this name may have been damaged since: then what came in heals it.
        let whole =
            present.is_some_and(|path| hash_of(&path).is_ok_and(|it| it == evidence.sha256));
        if !whole {
            fs::create_dir_all(&folder).map_err(ours)?;
            durable::persist(unfinished.into_temp_path(), &self.path_of(&evidence))
                .map_err(ours)?;
            durable::sync_folder(&self.dir).map_err(ours)?;
        }
        Ok(evidence)
    }
}

/// Hands over a file on the clerk's desk.
fn read_parts(
    mut source: impl Read,
    place: &Path,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    each_part(&mut source, |error| Failure::io(WHAT, place, error), take)
}

/// A file's SHA-256 in lower-case hex.
pub(crate) fn hash_of(file: &Path) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    each_part(
        &mut File::open(file)?,
        |error| error,
        |part| {
            hash.update(part);
            Ok(())
        },
    )?;
    Ok(hex::encode(hash.finalize()))
}

/// Reads to the end, part by part; `trouble` puts a failed read into words.
fn each_part<E>(
    source: &mut impl Read,
    trouble: impl Fn(std::io::Error) -> E,
    mut take: impl FnMut(&[u8]) -> Result<(), E>,
) -> Result<(), E> {
    let mut buffer = vec![0; 256 * 1024];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(read) => take(&buffer[..read])?,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(trouble(error)),
        }
    }
}

/// The file with this content, under whatever extension.
fn present(folder: &Path, sha256: &str) -> Option<PathBuf> {
    fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.file_stem().is_some_and(|stem| stem == sha256))
}

/// The name's extension if it is a plain one, else what the content looks like.
fn extension(name: &str, head: &[u8]) -> String {
    let given = Path::new(name).extension().and_then(|extension| extension.to_str());
    let plain = given.filter(|extension| {
        (1..=8).contains(&extension.len()) && extension.bytes().all(|b| b.is_ascii_alphanumeric())
    });
    match plain {
        Some(extension) => extension.to_ascii_lowercase(),
        None => infer::get(head).map_or("bin", |kind| kind.extension()).to_owned(),
    }
}
