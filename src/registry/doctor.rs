//! The registry's own examination: the database, the evidence it names, what was left half-done, the backups,
//! the disk. It reads and tells; it changes nothing.

use super::backup::BACKUPS;
use super::strays::{STRAY, UNFINISHED, files_in, is_unfinished};
use super::vault::hash_of;
use super::{Problem, Registry, migrate};
use crate::failure::{Failure, Result};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

/// Below this much free space the clerk is told.
const LITTLE_SPACE: u64 = 500 * 1024 * 1024;
/// How many faults of the database are told one by one.
const FAULTS: usize = 20;

/// How many lost files are told one by one.
const TOLD: usize = 50;
/// What to do with files that nothing needs.
const CLEAN: &str = "不影响使用；点“清理”（命令行用 xueshi doctor --fix）就会删除";

fn problem(code: &str, message: String, fix: impl Into<String>) -> Problem {
    Problem { code: code.to_owned(), message, fix: fix.into() }
}

fn damaged(message: &str) -> Problem {
    let fix = "请关闭程序，用 backups 文件夹里最近的备份恢复";
    problem("database-damaged", message.to_owned(), fix)
}

impl Registry {
    /// Database integrity, evidence files present and unchanged, strays, things left half-done, backups,
    /// disk space. Codes: `database-damaged`, `database-dangling`, `database-unreadable`, `evidence-lost`,
    /// `evidence-changed`, `evidence-stray`, `rules-broken`, `ruling-refused`, `unfinished-file`, `backup-damaged`, `disk-low`.
    ///
    /// # Errors
    /// It cannot be examined at all.
    pub fn doctor(&self) -> Result<Vec<Problem>> {
        let mut problems = match self.database() {
            Ok(problems) => problems,
            // Damage can be such that not even the check gets through.
            Err(error) => vec![damaged(&self.trouble("检查登记库")(error).why)],
        };
        if problems.is_empty() {
            problems.extend(self.content());
        }
        // What rows name can only be asked of a database that can be read.
        if problems.is_empty() {
            problems.extend(self.evidence()?);
        }
        problems.extend(self.rules());
        problems.extend(self.unfinished()?);
        problems.extend(self.backups()?);
        let free = fs4::available_space(&self.dir)
            .map_err(|error| Failure::io("检查登记库", &self.dir, error))?;
        if free < LITTLE_SPACE {
            let left = free / 1024 / 1024;
            let message = format!("登记库所在的磁盘只剩 {left} MB 空间");
            problems.push(problem("disk-low", message, "请清理磁盘，留出至少 500 MB"));
        }
        Ok(problems)
    }

    /// The database file itself.
    fn database(&self) -> rusqlite::Result<Vec<Problem>> {
        let mut check = self.db.prepare(&format!("PRAGMA integrity_check({FAULTS})"))?;
        let faults = check
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let mut problems = Vec::new();
        if faults != ["ok"] {
            let message = format!("数据库文件已损坏（{} 处）：{}", faults.len(), faults.join("；"));
            problems.push(damaged(&message));
        }
        let dangling: i64 =
            self.db
                .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))?;
        if dangling > 0 {
            problems.push(problem(
                "database-dangling",
                format!("有 {dangling} 条内容找不到所属的人员或记录"),
                "请关闭程序，用 backups 文件夹里最近的备份恢复",
            ));
        }
        Ok(problems)
    }

    /// Whether what the database names can be relied upon.
    pub(super) fn sound(&self) -> bool {
        self.database().is_ok_and(|problems| problems.is_empty()) && self.content().is_none()
    }

    /// Whether everything can be read as what it is.
    fn content(&self) -> Option<Problem> {
        let read = || -> Result<()> {
            self.unit()?;
            self.people()?;
            self.handbooks()?;
            self.events()?;
            self.packages()?;
            self.received()?;
            self.awaited_units()?;
            self.platforms()?;
            Ok(())
        };
        let failure = read().err()?;
        Some(problem(
            "database-unreadable",
            format!("{}没有成功：{}", failure.what, failure.why),
            "请关闭程序，用 backups 文件夹里最近的备份恢复",
        ))
    }

    /// Files that rows name, and files that none names.
    fn evidence(&self) -> Result<Vec<Problem>> {
        let folder = self.dir.join("evidence");
        let mut problems = Vec::new();
        let mut lost = 0;
        for file in self.named_files().map_err(self.trouble("检查证明材料"))? {
            let place = folder.join(&file.sha256[..2]).join(&file.file_name);
            let used = format!("「{}」（{}，共 {} 处在用）", file.name, file.user, file.uses);
            let again = "请在用到它的地方重新放入同一个文件，或从备份盘把它复制回来";
            if !place.is_file() {
                lost += 1;
                if lost <= TOLD {
                    problems.push(problem("evidence-lost", format!("证明材料{used}不见了"), again));
                }
            } else if !hash_of(&place).is_ok_and(|hash| hash == file.sha256) {
                let message = format!("证明材料{used}被改动过或已损坏");
                problems.push(problem("evidence-changed", message, again));
            }
        }
        if lost > TOLD {
            let message = format!("另有 {} 个证明材料也不见了", lost - TOLD);
            let whole = "请检查 evidence 文件夹是否被移走，把它放回登记库";
            problems.push(problem("evidence-lost", message, whole));
        }
        let strays = self.stray_files()?;
        if let Some(first) = strays.first() {
            let first = first.strip_prefix(&self.dir).unwrap_or(first).display();
            problems.push(problem(
                STRAY,
                format!("evidence 文件夹里有 {} 个文件没有被用到，例如 {first}", strays.len()),
                CLEAN,
            ));
        }
        Ok(problems)
    }

    /// The files in use, each with one who uses it.
    fn named_files(&self) -> rusqlite::Result<Vec<NamedFile>> {
        self.db
            .prepare(include_str!("sql/named_files.sql"))?
            .query_map([], |row| {
                let sha256: String = row.get(0)?;
                let extension: String = row.get(1)?;
                Ok(NamedFile {
                    file_name: format!("{sha256}.{extension}"),
                    sha256,
                    name: row.get(2)?,
                    uses: row.get(3)?,
                    user: row.get::<_, Option<String>>(4)?.unwrap_or_else(|| "班次".to_owned()),
                })
            })?
            .collect()
    }

    /// Files of rules that cannot be read, and choices that do not fit their notice.
    fn rules(&self) -> Vec<Problem> {
        let broken = self.broken_rules().iter().map(|broken| {
            let fix = "请照提示改好这个文件，或把它移出登记库；其他年度不受影响";
            problem("rules-broken", broken.why.clone(), fix)
        });
        let refused = self.refused_rulings().into_iter().map(|told| {
            problem("ruling-refused", format!("{told}，没有照它办"), "请在“规则”的口径里重新选")
        });
        broken.chain(refused).collect()
    }

    /// What was left when the program or the computer stopped in the middle.
    fn unfinished(&self) -> Result<Vec<Problem>> {
        let left = self.unfinished_files()?;
        Ok(left
            .iter()
            .map(|file| {
                let name = file.strip_prefix(&self.dir).unwrap_or(file).display();
                let message = format!("有一个写到一半的文件 {name}，是上次中断时留下的");
                problem(UNFINISHED, message, CLEAN)
            })
            .collect())
    }

    /// Whether the backups could be used.
    fn backups(&self) -> Result<Vec<Problem>> {
        let mut problems = Vec::new();
        for file in files_in(&self.dir.join(BACKUPS))? {
            let is_backup = file.extension().is_some_and(|extension| extension == "sqlite3");
            // What restoring moved aside may be the damaged database: kept, but promised to nobody.
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if is_backup && !name.contains("恢复前") && !is_unfinished(&file) && !readable(&file)
            {
                problems.push(problem(
                    "backup-damaged",
                    format!("备份 {name} 读不出来或已损坏"),
                    "请删除它，并马上做一次新的备份",
                ));
            }
        }
        Ok(problems)
    }
}

/// A file of the vault that rows name.
struct NamedFile {
    sha256: String,
    file_name: String,
    name: String,
    uses: i64,
    user: String,
}

fn readable(file: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(file, flags).is_ok_and(|db| {
        migrate::version("检查备份", file, &db).is_ok()
            && super::backup::sound(&db).is_ok_and(|fault| fault.is_none())
    })
}
