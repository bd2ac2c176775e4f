//! The unit's own templates of papers: files that a clerk put into the registry's folder `templates`.
//! What stands in them is `documents`' business.

use super::Registry;
use crate::durable;
use crate::failure::{Failure, Result};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

impl Registry {
    /// The path and text of a template such as `certificate.toml`; `None` when the unit has none of its
    /// own.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn template(&self, name: &str) -> Result<Option<(PathBuf, String)>> {
        let file = self.dir.join("templates").join(name);
        match fs::read_to_string(&file) {
            Ok(text) => Ok(Some((file, text))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == ErrorKind::InvalidData => Err(Failure::cannot(
                "读取模板",
                file.display().to_string(),
                "文件不是 UTF-8 编码",
                "请在记事本里另存为，编码选 UTF-8",
            )),
            Err(error) => Err(Failure::io("读取模板", &file, error)),
        }
    }

    /// Where a template of the unit's own lies, or would.
    pub fn template_file(&self, name: &str) -> PathBuf {
        self.dir.join("templates").join(name)
    }

    /// Puts a template of the unit's own in its place, unless there is one.
    ///
    /// # Errors
    /// There is one; I/O.
    pub fn keep_template(&self, name: &str, text: &str) -> Result<PathBuf> {
        const WHAT: &str = "新建模板";
        let file = self.template_file(name);
        if file.exists() {
            let place = file.display().to_string();
            let remedy = "请直接修改它，或先恢复程序自带的";
            return Err(Failure::refused(WHAT, place, "已经有一份本单位的模板", remedy));
        }
        let folder = self.dir.join("templates");
        fs::create_dir_all(&folder).map_err(|error| Failure::io(WHAT, &folder, error))?;
        durable::write(WHAT, &file, text.as_bytes()).map(|()| file)
    }

    /// Takes the unit's own template out of use; it stays beside under the time.
    ///
    /// # Errors
    /// I/O.
    pub fn drop_template(&self, name: &str) -> Result<()> {
        let file = self.template_file(name);
        let time = chrono::Local::now().format("%Y%m%d-%H%M%S");
        let kept = self.dir.join("templates").join(format!("旧-{time}-{name}"));
        durable::rename(&file, &kept).map_err(|error| Failure::io("恢复模板", &file, error))
    }
}
