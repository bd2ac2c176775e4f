//! SQLite's refusals in a clerk's words.

use crate::failure::Failure;
use rusqlite::ErrorCode as Code;
use std::path::Path;

/// Puts a database error into one sentence: what was being done, which registry, why, what to do.
pub(super) fn trouble(what: &str, dir: &Path, error: rusqlite::Error) -> Failure {
    let (why, remedy) = match error.sqlite_error_code() {
        Some(Code::DiskFull) => ("磁盘空间已满，没有改动任何内容", "请腾出空间后再试"),
        // A full disk shows as any trouble at all when not even the log's index finds room.
        Some(Code::SystemIoFailure | Code::CannotOpen) if full(dir) => {
            ("磁盘空间已满，没有改动任何内容", "请腾出空间后再试")
        }
        Some(Code::SystemIoFailure) => {
            ("读写磁盘时出错，没有改动任何内容", "请检查磁盘或网络位置是否正常，再试一次")
        }
        Some(Code::ReadOnly | Code::PermissionDenied) => {
            ("登记库是只读的", "请解除写保护，或把整个登记库文件夹复制到可以写入的磁盘再打开")
        }
        Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
            ("登记库正被另一个程序占用", "请关闭另一个程序后再试")
        }
        Some(Code::NotADatabase) => {
            ("登记库的数据库文件已损坏，或不是登记库", "请用 backups 文件夹里最近的备份恢复")
        }
        Some(Code::DatabaseCorrupt) => {
            ("登记库的数据库文件已损坏", "请用 backups 文件夹里最近的备份恢复")
        }
        Some(Code::CannotOpen) => {
            ("数据库文件打不开", "请检查文件是否还在、是否有读写权限、磁盘是否已满")
        }
        Some(Code::ConstraintViolation) => {
            ("内容互相矛盾，没有改动任何内容", "请刷新后再试；若仍不行，请运行检查")
        }
        _ => match error {
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => {
                ("登记库里有读不懂的内容", "请用 backups 文件夹里最近的备份恢复")
            }
            _ => ("数据库没有接受这一步", "请再试一次；若仍不行，请运行检查"),
        },
    };
    Failure::cannot(what, dir.display().to_string(), why, remedy).because(error)
}

/// Less room than a database's log needs to begin.
fn full(dir: &Path) -> bool {
    fs4::available_space(dir).is_ok_and(|free| free < 64 * 1024)
}
