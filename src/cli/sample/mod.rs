//! The sample job: a made-up unit and a whole year's work on it. Every step is an ordinary command,
//! read by the same parser and run by the same code; this module only says which, on what day, and why.

mod files;

use super::answer::{Answer, say};
use super::{notices, wrong_usage};
use crate::failure::{Failure, Kind, Result};
use crate::notice::Calendar;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The unit of the sample; it exists nowhere.
const UNIT: &str = "湘西自治州边城示范医院";
const DEPARTMENT: &str = "湘西自治州卫生健康委员会";
const CLERK: &str = "向明";
const PHONE: &str = "0743-0000000";
/// The sample's package is made so many working days before the last one for handing in.
const DAYS_TO_SPARE: u32 = 3;
/// Whose hours are shown as an example: a paper, a patent, a project and a book.
const EXAMPLE: &str = "433101198110250061";

/// `sample`
///
/// # Errors
/// The folder is in use; a step fails. What had been made is then removed again.
pub fn run(dir: &Path, believed: Option<NaiveDate>, quiet: bool) -> Result<Answer> {
    let made = claim(dir)?;
    tell_story(dir, believed, quiet).map_err(|failure| {
        // The step's own failure is what the clerk must hear; leftovers would only be in the way.
        let _ = clear(dir, made);
        Failure { kind: Kind::Cannot, ..failure }
    })
}

/// Takes a folder that is empty or not there yet; tells whether it was made.
fn claim(dir: &Path) -> Result<bool> {
    let what = "做样例";
    match std::fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(false),
            Some(_) => Err(Failure::cannot(
                what,
                dir.display().to_string(),
                "这个文件夹里已经有东西",
                "请换一个空的文件夹，如 xueshi sample 样例2",
            )),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            std::fs::create_dir(dir).map(|()| true).map_err(|error| Failure::io(what, dir, error))
        }
        Err(error) => Err(Failure::io(what, dir, error)),
    }
}

/// Removes everything in the folder, and the folder where it was made here.
fn clear(dir: &Path, made: bool) -> std::io::Result<()> {
    if made {
        return std::fs::remove_dir_all(dir);
    }
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            std::fs::remove_dir_all(entry.path())?;
        } else {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// The days of the story: publicity has run its full course on the believed day.
struct Days {
    begun: NaiveDate,
    reviewed: NaiveDate,
    posted: NaiveDate,
    packed: NaiveDate,
}

impl Days {
    fn ending(packed: NaiveDate, publicity: u32, calendar: &Calendar) -> Result<Self> {
        let before = |days| calendar.workdays_before(packed, days);
        Ok(Self {
            begun: before(publicity + 4)?,
            reviewed: before(publicity + 2)?,
            posted: before(publicity + 1)?,
            packed,
        })
    }
}

/// The job from beginning to end.
fn tell_story(dir: &Path, believed: Option<NaiveDate>, quiet: bool) -> Result<Answer> {
    let notice = notices::newest()?;
    let campaign = notice.campaign_year;
    let calendar = Calendar::with(notice.calendar.clone());
    let packed = match believed {
        Some(day) => day,
        None => calendar.workdays_before(
            calendar.last_workday_on_or_before(notice.deadline.date)?,
            DAYS_TO_SPARE,
        )?,
    };
    let days = Days::ending(packed, notice.publicity.workdays, &calendar)?;
    let at = |name: &str| dir.join(name).display().to_string();
    let year = campaign.to_string();
    let registry = at("登记库");
    let mut story = Story { dir, quiet, chapter: 0, steps: Vec::new() };

    story.tell(&format!("样例单位：{UNIT}（虚构）。文件都放在 {}", whole(dir).display()))?;

    story.chapter("写出样例资料：导入表和扫描件")?;
    let made = files::write(dir, &notice)?;
    story.tell(&format!("    导入表：{}", made.workbook.display()))?;
    story.tell(&format!("    扫描件 {} 个：{}", made.scans, made.folder.display()))?;
    let workbook = made.workbook.display().to_string();
    let scans = made.folder.display().to_string();

    story.chapter("新建登记库")?;
    let new = [
        "new",
        &registry,
        "--unit",
        UNIT,
        "--department",
        DEPARTMENT,
        "--contact",
        CLERK,
        "--phone",
        PHONE,
    ];
    story.run_clean(days.begun, &new)?;

    story.chapter("导入人员、学习记录、视同、认定单和参评人员，收下证明材料")?;
    story.run_clean(days.begun, &["import", &registry, &workbook, "--evidence", &scans])?;

    story.chapter("看一个人的学时和每条的依据")?;
    story.run(days.begun, &["hours", &registry, "--person", EXAMPLE])?;

    story.chapter("体检：谁达标，谁还差什么，怎么办")?;
    story.run(days.begun, &["check", &registry, "--campaign", &year])?;

    story.chapter("单位初审：达标的人一并初审合格")?;
    let review = ["review", &registry, "--campaign", &year, "--result", "合格", "--by", CLERK];
    story.run(days.reviewed, &review)?;

    std::fs::create_dir(dir.join("打印")).map_err(|error| Failure::io("做样例", dir, error))?;
    std::fs::create_dir(dir.join("报送包")).map_err(|error| Failure::io("做样例", dir, error))?;
    let print = |name: String| dir.join("打印").join(name).display().to_string();
    let levels = notice.level_groups();

    story.chapter("公示：张贴名单")?;
    let posted = days.posted.to_string();
    for level in &levels {
        let place = "门诊楼一楼公示栏";
        story.run_clean(
            days.posted,
            &[
                "publicity",
                &registry,
                "--campaign",
                &year,
                "--level",
                level,
                "--posted",
                &posted,
                "--place",
                place,
            ],
        )?;
        let list = print(format!("公示名单（{level}）.pdf"));
        story.run_clean(
            days.posted,
            &["export", &registry, "publicity", "--level", level, "--out", &list],
        )?;
    }

    story.chapter("公示期满，没有异议")?;
    let closed =
        calendar.publicity(days.posted, notice.publicity.workdays)?.close_strict.to_string();
    for level in &levels {
        story.run_clean(
            days.packed,
            &["publicity", &registry, "--campaign", &year, "--level", level, "--close", &closed],
        )?;
    }

    story.chapter("打印材料")?;
    for level in &levels {
        for kind in ["xlsx", "pdf"] {
            let table = print(format!("汇总表（{level}）.{kind}"));
            story.run(
                days.packed,
                &["export", &registry, "summary", "--level", level, "--out", &table],
            )?;
        }
    }
    for (paper, name) in [
        ("certificates", "合格证书.pdf"),
        ("handbook", "登记手册.pdf"),
        ("card", "登记卡.pdf"),
        ("checklist", "材料清单.pdf"),
    ] {
        let out = print(name.to_owned());
        story
            .run(days.packed, &["export", &registry, paper, "--campaign", &year, "--out", &out])?;
    }

    story.chapter("打成报送包，再核对一遍")?;
    let mut packages = Vec::new();
    for level in &levels {
        let pack =
            ["package", &registry, "--campaign", &year, "--level", level, "--out", &at("报送包")];
        let written = story.run(days.packed, &pack)?;
        let path = written["path"].as_str().unwrap_or_default().to_owned();
        story.run_clean(days.packed, &["verify", &path])?;
        packages.push(path);
    }

    story.chapter("查一遍登记库有没有损坏")?;
    story.run_clean(days.packed, &["doctor", &registry])?;

    let mut end = vec![String::new(), "办完了。接着可以看：".to_owned()];
    end.extend(packages.iter().map(|path| format!("  报送包：{path}（打开 data/目录.html）")));
    end.push(format!("  打印的材料：{}", dir.join("打印").display()));
    end.push(format!("  用窗口打开这个登记库：{}", shown(["xueshi", "--registry", &registry])));
    let document = json!({
        "folder": whole(dir),
        "registry": registry,
        "packages": packages,
        "steps": story.steps,
    });
    Ok(Answer::clean(end.join("\n"), document))
}

/// The job as far as it has come.
struct Story<'a> {
    dir: &'a Path,
    quiet: bool,
    chapter: usize,
    steps: Vec<Value>,
}

impl Story<'_> {
    fn tell(&self, text: &str) -> Result<()> {
        if self.quiet { Ok(()) } else { say(text) }
    }

    /// Begins a step with its number and what it is about.
    fn chapter(&mut self, title: &str) -> Result<()> {
        self.chapter += 1;
        self.tell(&format!("\n{}. {title}", self.chapter))
    }

    /// Runs one command on `day`, shows it with its answer, and keeps both.
    fn run(&mut self, day: NaiveDate, words: &[&str]) -> Result<Value> {
        let day = day.to_string();
        let line: Vec<&str> =
            ["xueshi"].iter().chain(words).chain(&["--today", &day]).copied().collect();
        let command = shown(line.iter().copied());
        self.tell(&format!("  > {command}"))?;
        let arguments = super::parse(line.iter().map(Into::into).collect())
            .map_err(|error| wrong_usage::failure(&error))?;
        let Some(asked) = arguments.command else {
            return Err(self.broken(&command, "没有写命令"));
        };
        let answer = super::perform(asked, arguments.common.today, true)?;
        for line in answer.text.lines() {
            self.tell(format!("    {line}").trim_end())?;
        }
        self.steps.push(json!({
            "command": command,
            "findings": answer.findings,
            "result": answer.json,
        }));
        Ok(answer.json)
    }

    /// As [`Story::run`], for steps that must leave nothing to look at.
    fn run_clean(&mut self, day: NaiveDate, words: &[&str]) -> Result<Value> {
        let result = self.run(day, words)?;
        match self.steps.last() {
            Some(step) if step["findings"] == true => {
                Err(self.broken(step["command"].as_str().unwrap_or_default(), "这一步不该有问题"))
            }
            _ => Ok(result),
        }
    }

    fn broken(&self, command: &str, why: &str) -> Failure {
        let place = format!("{}：{command}", self.dir.display());
        Failure::cannot("做样例", place, why, "请把这句话告诉程序的维护人")
    }
}

/// A command line as it would be typed.
fn shown<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted = |word: &str| match word.contains([' ', '（', '）']) || word.is_empty() {
        true => format!("\"{word}\""),
        false => word.to_owned(),
    };
    words.into_iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// The whole path where it can be had.
fn whole(dir: &Path) -> PathBuf {
    std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned())
}
