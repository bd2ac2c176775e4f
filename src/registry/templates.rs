//! The unit's own templates of papers: files that a clerk put into the registry's folder `templates`.
//! What stands in them is `documents`' business.

use super::Registry;
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
}
