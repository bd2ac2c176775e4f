//! Handing a PDF to the PC: to a printer, or to the program that the PC opens PDFs with. On Linux through
//! `lp` and the desktop's opener, on Windows through the shell's verbs. It takes as long as the PC takes: call it on
//! a thread of its own.

use super::reveal;
use crate::failure::{Failure, Result};
use std::path::Path;

/// On which sides of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sides {
    One,
    /// Turned over like a book's leaves: upright pages over the long edge.
    LongEdge,
    /// Lying pages over the short one.
    ShortEdge,
}

impl Sides {
    /// Both sides of sheets whose pages stand or lie.
    pub fn both(lying: bool) -> Self {
        if lying { Self::ShortEdge } else { Self::LongEdge }
    }
}

/// How something is printed. On Windows this cannot be said from outside the PDF program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// `None`: the PC's own choice.
    pub printer: Option<String>,
    pub copies: u32,
    /// `1-3,5`; `None`: all pages.
    pub range: Option<String>,
    pub sides: Sides,
}

/// Whether printer, copies, range and sides can be chosen here.
pub const CHOICES: bool = !cfg!(windows);

/// What is said where they cannot.
pub const NO_CHOICES: &str = "“打印”直接送到默认打印机，每页一份。要选打印机、份数、页码、双面，请用电脑的 PDF 程序打开后打印。";

impl Job {
    /// Checks what was typed: copies, and pages like `1-3,5` of a paper of so many pages.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn read(copies: &str, range: &str, pages: usize) -> Result<Self, String> {
        let copies = copies.trim().parse::<u32>().ok().filter(|copies| (1..=99).contains(copies));
        let copies = copies.ok_or("份数请写 1 到 99")?;
        let plain: String = range
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '，' | '、' => ',',
                '—' | '–' | '－' | '~' | '～' | '至' => '-',
                c => c,
            })
            .collect();
        let number =
            |text: &str| text.parse::<usize>().ok().filter(|page| (1..=pages).contains(page));
        let sound = |part: &str| match part.split_once('-') {
            None => number(part).is_some(),
            Some((first, last)) => {
                matches!((number(first), number(last)), (Some(first), Some(last)) if first <= last)
            }
        };
        if !plain.is_empty() && !plain.split(',').all(sound) {
            return Err(format!("页码请写成 1-3,5 这样，不超过 {pages}"));
        }
        let range = (!plain.is_empty()).then_some(plain);
        Ok(Self { printer: None, copies, range, sides: Sides::One })
    }
}

/// Prints a PDF; answers with what to tell.
///
/// # Errors
/// There is no printer, or the PC will not take it.
pub fn print(file: &Path, title: &str, job: &Job) -> Result<String> {
    system::print(file, title, job)
}

/// Opens a PDF with the PC's own program.
///
/// # Errors
/// There is none.
pub fn open(file: &Path) -> Result<String> {
    let remedy = "请存为 PDF，再自己打开";
    let failed = || Failure::cannot("打开 PDF", "", "电脑里没有能打开 PDF 的程序", remedy);
    match reveal::with_program(file) {
        Ok(true) => Ok("已用电脑的 PDF 程序打开".to_owned()),
        Ok(false) => Err(failed()),
        Err(error) => Err(failed().because(error)),
    }
}

/// The printers that can be chosen, the PC's own choice not among them.
pub fn printers() -> Vec<String> {
    system::printers()
}

#[cfg(not(windows))]
mod system {
    use super::{Failure, Job, Path, Result, Sides};
    use std::process::Command;

    pub fn print(file: &Path, title: &str, job: &Job) -> Result<String> {
        lp(Path::new("lp"), file, title, job)
    }

    pub(super) fn lp(program: &Path, file: &Path, title: &str, job: &Job) -> Result<String> {
        let mut command = Command::new(program);
        command.arg("-t").arg(title).arg("-n").arg(job.copies.to_string());
        if let Some(printer) = &job.printer {
            command.arg("-d").arg(printer);
        }
        if let Some(range) = &job.range {
            command.arg("-P").arg(range);
        }
        let sides = match job.sides {
            Sides::One => "one-sided",
            Sides::LongEdge => "two-sided-long-edge",
            Sides::ShortEdge => "two-sided-short-edge",
        };
        command.arg("-o").arg(format!("sides={sides}")).arg("--").arg(file);
        let failed = |why: String| {
            let remedy = "请检查打印机是否接好，或存为 PDF 后用别的程序打印";
            Failure::cannot("打印", title, why, remedy)
        };
        match command.output() {
            Ok(said) if said.status.success() => Ok("已交给打印机".to_owned()),
            Ok(said) => {
                let words = String::from_utf8_lossy(&said.stderr).trim().to_owned();
                Err(failed("打印系统没有接受".to_owned()).because(words))
            }
            Err(error) => Err(failed("这台电脑没有打印系统（lp）".to_owned()).because(error)),
        }
    }

    pub fn printers() -> Vec<String> {
        let Ok(said) = Command::new("lpstat").arg("-e").output() else { return Vec::new() };
        String::from_utf8_lossy(&said.stdout).lines().map(str::to_owned).collect()
    }
}

#[cfg(windows)]
mod system {
    use super::{Failure, Job, Path, Result};
    use std::os::windows::ffi::OsStrExt;
    use std::ptr::{null, null_mut};
    use windows_sys::Win32::UI::Shell::ShellExecuteW;
    use windows_sys::Win32::UI::WindowsAndMessaging::SW_HIDE;

    pub fn print(file: &Path, title: &str, _job: &Job) -> Result<String> {
        if verb("print", file, SW_HIDE) {
            return Ok("已交给电脑的 PDF 程序打印".to_owned());
        }
        let remedy = "请装一个 PDF 程序并设为默认，或点“用电脑的 PDF 程序打开”后在那里打印";
        Err(Failure::cannot("打印", title, "电脑的 PDF 程序不接受打印", remedy))
    }

    pub fn printers() -> Vec<String> {
        Vec::new()
    }

    fn verb(verb: &str, file: &Path, show: i32) -> bool {
        let verb: Vec<u16> = verb.encode_utf16().chain([0]).collect();
        let file: Vec<u16> = file.as_os_str().encode_wide().chain([0]).collect();
        // SAFETY: both texts end in a zero and live until the call returns; the rest may be null.
        let answer = unsafe {
            ShellExecuteW(null_mut(), verb.as_ptr(), file.as_ptr(), null(), null(), show)
        };
        // By its description an answer up to 32 is an error.
        answer as usize > 32
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn fake_lp(dir: &Path, body: &str) -> std::io::Result<std::path::PathBuf> {
        let program = dir.join("lp");
        std::fs::write(&program, format!("#!/bin/sh\n{body}\n"))?;
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))?;
        Ok(program)
    }

    #[test]
    fn what_is_typed_becomes_a_job_or_words() {
        let read = |copies, range| Job::read(copies, range, 12);
        assert_eq!(read("2", " 1—3，5 ").map(|job| job.range), Ok(Some("1-3,5".to_owned())));
        assert_eq!(read(" 1 ", "").map(|job| (job.copies, job.range)), Ok((1, None)));
        for (copies, range) in
            [("0", ""), ("一", ""), ("1", "0"), ("1", "3-1"), ("1", "13"), ("1", ",")]
        {
            assert!(read(copies, range).is_err(), "{copies} {range}");
        }
    }

    #[test]
    fn a_printer_is_told_everything_and_its_refusal_is_a_sentence() -> std::io::Result<()> {
        let dir = tempfile::tempdir()?;
        let file = dir.path().join("汇总表.pdf");
        let told = dir.path().join("told");
        let program =
            fake_lp(dir.path(), &format!("printf '%s\\n' \"$@\" > '{}'", told.display()))?;
        let job = Job {
            printer: Some("office".to_owned()),
            copies: 2,
            range: Some("1-3,5".to_owned()),
            sides: Sides::both(false),
        };
        let said = system::lp(&program, &file, "汇总表", &job).map_err(std::io::Error::other)?;
        assert_eq!(said, "已交给打印机");
        let words = std::fs::read_to_string(&told)?;
        let words: Vec<&str> = words.lines().collect();
        let path = file.display().to_string();
        assert_eq!(
            words,
            [
                "-t",
                "汇总表",
                "-n",
                "2",
                "-d",
                "office",
                "-P",
                "1-3,5",
                "-o",
                "sides=two-sided-long-edge",
                "--",
                &path
            ]
        );
        let program = fake_lp(dir.path(), "echo no default destination >&2; exit 1")?;
        let refused = system::lp(&program, &file, "汇总表", &job).map_err(|f| f.to_string());
        assert!(refused.is_err_and(|said| said.contains("打印系统没有接受")));
        let missing = system::lp(&dir.path().join("none"), &file, "汇总表", &job);
        assert!(missing.is_err_and(|said| said.to_string().contains("没有打印系统")));
        Ok(())
    }
}
