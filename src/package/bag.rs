//! A BagIt 1.0 bag being written, folder or zip: under an unfinished name on the target, synced, read back
//! and verified, then renamed. Whatever goes wrong, nothing half-done keeps the good name. What goes into
//! the bag is the caller's business.

mod unfinished;

use unfinished::Unfinished;
pub(super) use unfinished::discard;

use super::manifest::{self, BAGIT, INFO, MANIFEST, OXUM, PAYLOAD, TAG_MANIFEST};
use super::{WRITING, cancelled, names, verify};
use crate::durable;
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::registry::vault::hash_of;
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What a file takes on a USB drive beyond its bytes, at most.
const CLUSTER: u64 = 32 << 10;
/// How many files are made durable at once.
const SYNCED_TOGETHER: usize = 8;
/// Left free on the target.
const SPARE: u64 = 8 << 20;

/// One payload file.
#[derive(Debug, Clone)]
pub struct Item {
    /// Below the bag's folder: `data/目录.html`.
    pub path: String,
    pub sha256: String,
    pub size: u64,
    content: Content,
}

#[derive(Debug, Clone)]
enum Content {
    Bytes(Vec<u8>),
    /// A file to copy, and what it is, for a sentence.
    File(PathBuf, String),
}

impl Item {
    /// A file made of bytes.
    pub fn made(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            path: path.into(),
            sha256: hex::encode(Sha256::digest(&bytes)),
            size: bytes.len() as u64,
            content: Content::Bytes(bytes),
        }
    }

    /// A copy of a file whose hash and size are known; `label` says in words what it is.
    pub fn copied(
        path: impl Into<String>,
        file: PathBuf,
        (sha256, size): (&str, u64),
        label: impl Into<String>,
    ) -> Self {
        let content = Content::File(file, label.into());
        Self { path: path.into(), sha256: sha256.to_owned(), size, content }
    }
}

/// What is to be written.
#[derive(Debug, Clone)]
pub struct Bag {
    /// The name of the bag's own folder.
    pub name: String,
    /// In the order written.
    pub items: Vec<Item>,
    /// Labels and values of `bag-info.txt`, without the payload's size.
    pub info: Vec<(String, String)>,
    /// The date that entries of a zip bear.
    pub date: NaiveDate,
}

/// A bag that stands on the target, read back and verified.
#[derive(Debug, Clone)]
pub struct Sealed {
    pub path: PathBuf,
    /// Payload files and bytes.
    pub files: u64,
    pub bytes: u64,
    pub manifest_sha256: String,
}

/// Where a bag goes.
enum Target {
    Folder(PathBuf),
    Zip(PathBuf),
}

impl Bag {
    /// Where the bag would go: below a folder that exists, or to a `.zip` file whose folder exists.
    ///
    /// # Errors
    /// The folder does not exist; the name is taken.
    pub fn target(name: &str, out: &Path) -> Result<PathBuf> {
        Target::choose(name, out).map(|target| target.path().to_owned())
    }

    /// Writes the bag.
    ///
    /// # Errors
    /// The folder does not exist, the name is taken, no space, I/O, a file to copy is missing or damaged,
    /// cancelled. Nothing is left on the target.
    pub fn write(&self, out: &Path, progress: Progress<'_>) -> Result<Sealed> {
        let target = Target::choose(&self.name, out)?;
        self.sound()?;
        if let (true, Target::Folder(folder)) = (cfg!(windows), &target) {
            self.within_reach(folder)?;
        }
        let bytes: u64 = self.items.iter().map(|item| item.size).sum();
        let files = self.items.len() as u64;
        let folder = target.path().parent().unwrap_or(Path::new("."));
        room(folder, bytes + files * CLUSTER + SPARE)?;

        let tags = self.tags(files, bytes);
        let unfinished = Unfinished::begin(target.path())?;
        // Written once, read once.
        let whole = 2 * bytes;
        match &target {
            Target::Folder(_) => self.fill_folder(&unfinished.path, &tags, whole, progress)?,
            Target::Zip(_) => self.fill_zip(&unfinished.path, &tags, whole, progress)?,
        }
        let seen = verify::examine(&unfinished.path, true, &|done, _, what| {
            progress((bytes + done).min(whole), whole, what)
        })?;
        if let Some(error) = seen.errors.first() {
            if let Some(failure) = self.changed_source() {
                return Err(failure);
            }
            return Err(Failure::cannot(
                WRITING,
                target.path().display().to_string(),
                format!("写好后读回来核对不上：{error}"),
                "请换一个 U 盘或磁盘再写；原来的登记没有改动",
            ));
        }
        unfinished.finish(target.path())?;
        Ok(Sealed {
            path: target.path().to_owned(),
            files,
            bytes,
            manifest_sha256: hex::encode(Sha256::digest(&tags.manifest)),
        })
    }

    /// The first file that was no longer what it had been when it was copied: then the target is not to blame.
    fn changed_source(&self) -> Option<Failure> {
        self.items.iter().find_map(|item| match &item.content {
            Content::File(file, label) => match hash_of(file) {
                Ok(hash) if hash == item.sha256 => None,
                Ok(_) => Some(damaged(file, label)),
                Err(error) => Some(missing(file, label, error)),
            },
            Content::Bytes(_) => None,
        })
    }

    /// Every path is one that a package may have.
    fn sound(&self) -> Result<()> {
        for item in &self.items {
            let fault = match item.path.strip_prefix(PAYLOAD) {
                None => Some("不在 data 文件夹里"),
                Some(_) if names::utf16(&item.path) > names::PATH_CAP => Some("路径太长"),
                Some(_) => names::fault(&item.path),
            };
            if let Some(fault) = fault {
                let remedy = "请改短或改正对应的姓名、标题或文件名";
                return Err(Failure::cannot(WRITING, &item.path, fault, remedy));
            }
        }
        Ok(())
    }

    /// Explorer and Office open no file whose whole path is longer than this; we ourselves would write it.
    fn within_reach(&self, folder: &Path) -> Result<()> {
        const LONGEST: usize = 259;
        let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let below = self.items.iter().map(|item| names::utf16(&item.path)).max().unwrap_or(0);
        let over = (names::utf16(&whole.to_string_lossy()) + 1 + below).saturating_sub(LONGEST);
        if over == 0 {
            return Ok(());
        }
        Err(Failure::cannot(
            WRITING,
            folder.display().to_string(),
            format!("位置太深，里面的文件路径会超出 {over} 个字，别人在 Windows 上打不开"),
            "请写到 U 盘的最外层，或名字短一些、层次浅一些的文件夹",
        ))
    }

    fn tags(&self, files: u64, bytes: u64) -> Tags {
        let mut lines: Vec<(&str, &str)> =
            self.items.iter().map(|item| (item.path.as_str(), item.sha256.as_str())).collect();
        lines.sort_unstable();
        let manifest = manifest::write(lines.into_iter());
        let mut info = self.info.clone();
        info.push((OXUM.to_owned(), format!("{bytes}.{files}")));
        let info = manifest::write_info(&info);
        let hashed = [(BAGIT, manifest::DECLARATION), (INFO, &info), (MANIFEST, &manifest)]
            .map(|(name, text)| (name, hex::encode(Sha256::digest(text))));
        let tag_manifest =
            manifest::write(hashed.iter().map(|(name, sha256)| (*name, sha256.as_str())));
        Tags { info, manifest, tag_manifest }
    }

    fn fill_folder(
        &self,
        folder: &Path,
        tags: &Tags,
        whole: u64,
        progress: Progress<'_>,
    ) -> Result<()> {
        let io = |path: &Path, error| Failure::io(WRITING, path, error);
        fs::create_dir(folder).map_err(|error| io(folder, error))?;
        let mut written = Vec::new();
        let mut folders = vec![folder.to_owned()];
        let mut done = 0;
        for item in &self.items {
            if !progress(done, whole, "写入") {
                return Err(cancelled(WRITING));
            }
            let mut path = folder.to_owned();
            // Part by part: a verbatim Windows path takes no forward slashes.
            path.extend(item.path.split('/'));
            if let Some(parent) = path.parent()
                && !parent.is_dir()
            {
                fs::create_dir_all(parent).map_err(|error| io(parent, error))?;
                let made = parent.ancestors().take_while(|it| *it != folder);
                folders.extend(made.map(Path::to_owned));
            }
            match &item.content {
                Content::Bytes(bytes) => {
                    fs::write(&path, bytes).map_err(|error| io(&path, error))?
                }
                Content::File(file, label) => {
                    fs::copy(file, &path).map_err(|error| match File::open(file) {
                        Err(error) => missing(file, label, error),
                        Ok(_) => io(&path, error),
                    })?;
                    // Looked up: not every Windows tells how much it has copied (wine says 0).
                    let copied = fs::metadata(&path).map_err(|error| io(&path, error))?.len();
                    if copied != item.size {
                        return Err(damaged(file, label));
                    }
                    plain(&path).map_err(|error| io(&path, error))?;
                }
            }
            done += item.size;
            written.push(path);
        }
        for (name, text) in tags.files() {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|error| io(&path, error))?;
            written.push(path);
        }
        // All written first, then all synced: the system flushes in its own order, once.
        for some in written.chunks(SYNCED_TOGETHER * 16) {
            if !progress(done, whole, "落盘") {
                return Err(cancelled(WRITING));
            }
            sync(some)?;
        }
        folders.sort();
        folders.dedup();
        let synced = |made: &PathBuf| durable::sync_folder(made).map_err(|error| io(made, error));
        folders.iter().try_for_each(synced)
    }

    fn fill_zip(&self, path: &Path, tags: &Tags, whole: u64, progress: Progress<'_>) -> Result<()> {
        let io = |error: io::Error| Failure::io(WRITING, path, error);
        let file = File::create_new(path).map_err(io)?;
        let mut zip = ZipWriter::new(io::BufWriter::with_capacity(1 << 20, file));
        let mut done = 0;
        for item in &self.items {
            if !progress(done, whole, "写入") {
                return Err(cancelled(WRITING));
            }
            let options = self.options(&item.path, item.size);
            zip.start_file(format!("{}/{}", self.name, item.path), options)
                .map_err(|error| io(error.into()))?;
            match &item.content {
                Content::Bytes(bytes) => zip.write_all(bytes).map_err(io)?,
                Content::File(file, label) => {
                    let mut source =
                        File::open(file).map_err(|error| missing(file, label, error))?;
                    if io::copy(&mut source, &mut zip).map_err(io)? != item.size {
                        return Err(damaged(file, label));
                    }
                }
            }
            done += item.size;
        }
        for (name, text) in tags.files() {
            zip.start_file(format!("{}/{name}", self.name), self.options(name, text.len() as u64))
                .map_err(|error| io(error.into()))?;
            zip.write_all(text.as_bytes()).map_err(io)?;
        }
        let file = zip.finish().map_err(|error| io(error.into()))?;
        let file = file.into_inner().map_err(|error| io(error.into_error()))?;
        file.sync_all().map_err(io)
    }

    /// Scans and papers are compressed already; what is not, is.
    fn options(&self, path: &str, size: u64) -> SimpleFileOptions {
        let extension = path.rsplit('.').next().unwrap_or_default();
        let packed = matches!(
            extension,
            "pdf" | "jpg" | "jpeg" | "png" | "webp" | "heic" | "xlsx" | "docx" | "pptx" | "zip"
        );
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let year = u16::try_from(self.date.year()).unwrap_or(1980);
        // Months and days of a date fit a byte.
        let (month, day) = (self.date.month() as u8, self.date.day() as u8);
        let date = zip::DateTime::from_date_and_time(year, month, day, 0, 0, 0);
        SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(date.unwrap_or_default())
            .unix_permissions(0o644)
            .large_file(size >= u64::from(u32::MAX))
    }
}

/// The tag files' texts.
struct Tags {
    info: String,
    manifest: String,
    tag_manifest: String,
}

impl Tags {
    fn files(&self) -> [(&'static str, &str); 4] {
        [
            (BAGIT, manifest::DECLARATION),
            (INFO, &self.info),
            (MANIFEST, &self.manifest),
            (TAG_MANIFEST, &self.tag_manifest),
        ]
    }
}

impl Target {
    fn choose(name: &str, out: &Path) -> Result<Self> {
        let zip = out.extension().is_some_and(|it| it.eq_ignore_ascii_case("zip"));
        let target = if zip && !out.is_dir() {
            Self::Zip(out.to_owned())
        } else {
            Self::Folder(out.join(name))
        };
        let parent = match target.path().parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        if !parent.is_dir() {
            return Err(Failure::cannot(
                WRITING,
                parent.display().to_string(),
                "没有这个文件夹",
                "请先建好文件夹，或检查路径是否写对、U 盘是否插好",
            ));
        }
        if fs::symlink_metadata(target.path()).is_ok() {
            return Err(Failure::cannot(
                WRITING,
                target.path().display().to_string(),
                "已经有同名的报送包",
                "请先把旧的移走或改名，再写新的",
            ));
        }
        Ok(target)
    }

    fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::Zip(path) => path,
        }
    }
}

/// A copy that everybody may read and its owner delete, whatever the original was.
fn plain(path: &Path) -> io::Result<()> {
    let mut permissions = fs::metadata(path)?.permissions();
    #[cfg(unix)]
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o644);
    #[cfg(not(unix))]
    permissions.set_readonly(false);
    match fs::set_permissions(path, permissions) {
        // FAT and network drives know no permissions, and refuse.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        done => done,
    }
}

/// Makes files durable, several at once: each waits for the drive, and one wait serves many.
fn sync(files: &[PathBuf]) -> Result<()> {
    let one = |path: &PathBuf| {
        durable::sync_file(path).map_err(|error| Failure::io(WRITING, path, error))
    };
    std::thread::scope(|scope| {
        let running: Vec<_> = files
            .chunks(files.len().div_ceil(SYNCED_TOGETHER).max(1))
            .map(|some| scope.spawn(move || some.iter().try_for_each(one)))
            .collect();
        running.into_iter().try_for_each(|it| match it.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })
}

/// Refuses when the target has not this much space.
fn room(folder: &Path, needed: u64) -> Result<()> {
    // A drive that does not tell its space is simply tried.
    let Ok(free) = fs4::available_space(folder) else { return Ok(()) };
    if free >= needed {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    Err(Failure::cannot(
        WRITING,
        folder.display().to_string(),
        format!("空间不够，需要约 {} MB，只剩 {} MB", megabytes(needed), megabytes(free)),
        "请腾出空间或换一个 U 盘再写",
    ))
}

fn missing(file: &Path, label: &str, error: io::Error) -> Failure {
    Failure::cannot(
        WRITING,
        label,
        "登记库里的这份证明材料打不开",
        "请用 xueshi doctor 检查登记库，重新放入这份材料",
    )
    .because(Failure::io(WRITING, file, error))
}

fn damaged(file: &Path, label: &str) -> Failure {
    Failure::cannot(
        WRITING,
        label,
        "登记库里的这份证明材料已损坏，与登记时不同",
        format!("请重新放入这份材料（{}）", file.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_that_explorer_could_not_reach_into_is_told() {
        let path = format!("data/{}.pdf", "长".repeat(150));
        let bag = Bag {
            name: "包".to_owned(),
            items: vec![Item::made(path, Vec::new())],
            info: Vec::new(),
            date: NaiveDate::default(),
        };
        // With the slash and 159 units below it, a path of 99 units just fits.
        let deep = |units: usize| PathBuf::from(format!("/{}", "深".repeat(units - 1)));
        bag.within_reach(&deep(99)).expect("it fits");
        let error = bag.within_reach(&deep(102)).expect_err("too deep").to_string();
        assert!(error.contains("会超出 3 个字"), "{error}");
    }

    #[test]
    fn a_full_target_is_told_before_anything_is_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = room(folder.path(), u64::MAX).expect_err("nobody has so much").to_string();
        assert!(error.contains("空间不够") && error.contains("MB"), "{error}");
        room(folder.path(), 1).expect("a byte");
    }
}
