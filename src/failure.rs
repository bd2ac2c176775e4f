//! What could not be done, said once to the person at the desk: what, where, why, and what to do.
//! Every floor returns this one error; the kind decides only the command line's exit status.

use std::fmt;

/// How a failure ends a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request is understood but the rules do not allow it, or there is nothing to do (exit 1).
    Refused,
    /// The request itself is malformed (exit 2).
    Usage,
    /// It cannot be done: I/O, damage, a lock, a missing notice (exit 3). Nothing was changed.
    Cannot,
}

/// One failure, as one Chinese sentence.
#[derive(Debug)]
pub struct Failure {
    pub kind: Kind,
    /// What was being done, e.g. `导入人员名册`.
    pub what: String,
    /// Where: a file, a sheet and row, a key of a notice. Empty when there is no place.
    pub place: String,
    /// Why it failed, without a full stop.
    pub why: String,
    /// What to do now, without a full stop.
    pub remedy: String,
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What Excel does to a file that it shows.
const HELD: (&str, &str) = ("文件正被别的程序打开", "请关闭打开它的程序再试");

/// The result type of every fallible operation above `notice`.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

impl Failure {
    /// Something that cannot be done; nothing was changed.
    pub fn cannot(
        what: impl Into<String>,
        place: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            kind: Kind::Cannot,
            what: what.into(),
            place: place.into(),
            why: why.into(),
            remedy: remedy.into(),
            source: None,
        }
    }

    /// Something the rules do not allow, or for which nobody remains.
    pub fn refused(
        what: impl Into<String>,
        place: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { kind: Kind::Refused, ..Self::cannot(what, place, why, remedy) }
    }

    /// A malformed request.
    pub fn usage(
        what: impl Into<String>,
        place: impl Into<String>,
        why: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self { kind: Kind::Usage, ..Self::cannot(what, place, why, remedy) }
    }

    /// An I/O failure on a path, its cause put into words a clerk knows.
    pub fn io(what: impl Into<String>, path: &std::path::Path, error: std::io::Error) -> Self {
        use std::io::ErrorKind as E;
        let (why, remedy) = match error.kind() {
            E::NotFound => ("找不到这个文件或文件夹", "请检查路径是否写对，U 盘是否还插着"),
            E::PermissionDenied => {
                ("没有读写权限，或文件正被别的程序打开", "请关闭打开它的程序，或换一个文件夹再试")
            }
            E::AlreadyExists => ("已经有同名的文件或文件夹", "请换一个名字或位置"),
            E::NotADirectory => ("这不是文件夹", "请改写成一个文件夹"),
            E::IsADirectory => ("这是一个文件夹，不是文件", "请写上文件名"),
            E::StorageFull | E::QuotaExceeded => ("磁盘空间已满", "请腾出空间或换一个磁盘再试"),
            E::FileTooLarge => {
                ("文件太大，这个磁盘的格式放不下", "请换一个磁盘，或把 U 盘改为 exFAT 格式")
            }
            E::InvalidFilename => {
                ("名字太长，或有不许用的字符", "请换一个短些的名字，或放到上级文件夹")
            }
            E::ResourceBusy | E::ExecutableFileBusy => HELD,
            // Windows: another program, mostly Excel or a virus scanner, has the file open.
            _ if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33 | 1224)) => HELD,
            E::ReadOnlyFilesystem => ("磁盘是只读的", "请解除写保护或换一个磁盘"),
            _ => ("读写时出错", "请检查磁盘或 U 盘是否完好，再试一次"),
        };
        Self {
            source: Some(Box::new(error)),
            ..Self::cannot(what, path.display().to_string(), why, remedy)
        }
    }

    /// Keeps the technical cause beside the sentence.
    pub fn because(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The command line's exit status.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Refused => 1,
            Kind::Usage => 2,
            Kind::Cannot => 3,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A gap between Latin letters and Chinese: 导入 Excel 没有成功.
        let gap = if self.what.ends_with(|c: char| c.is_ascii_alphanumeric()) { " " } else { "" };
        write!(f, "{}{gap}没有成功", self.what)?;
        if !self.place.is_empty() {
            write!(f, "（{}）", self.place)?;
        }
        write!(f, "：{}。{}。", self.why, self.remedy)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as &(dyn std::error::Error + 'static))
    }
}
