//! The help, Chinese throughout: headings, template, and the finding codes under `check --help`.

use super::answer::Answer;
use super::arguments::Arguments;
use crate::failure::{Failure, Result};
use crate::ledger::finding;
use clap::{Command, CommandFactory};

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// The command line as clap knows it, with Chinese headings everywhere.
pub fn command() -> Command {
    let codes: String =
        finding::CODES.iter().map(|(code, meaning)| format!("\n  {code:<28}{meaning}")).collect();
    chinese(Arguments::command())
        .arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help("显示版本")
                .display_order(104)
                .help_heading("选项"),
        )
        .mut_subcommand("check", |check| {
            check.after_help(format!(
                "例：xueshi check 学时登记库 --campaign 2020 --level 高级\n\n问题代码：{codes}"
            ))
        })
}

fn chinese(command: Command) -> Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(|argument| {
            let heading = if argument.is_positional() { "参数" } else { "选项" };
            argument.help_heading(heading)
        })
        .mut_subcommands(chinese)
}

/// A help or version text as the parser made it, without the line ends around it.
pub fn text(error: &clap::Error) -> String {
    error.render().to_string().trim_end().to_owned()
}

/// The help of the command that `path` names.
///
/// # Errors
/// There is no such command.
pub fn of(path: &[String]) -> Result<Answer> {
    let mut root = command();
    root.build();
    let mut found = &mut root;
    for name in path {
        found = found.find_subcommand_mut(name).ok_or_else(|| {
            Failure::usage("执行命令", name, "没有这个命令", "请用 xueshi --help 看有哪些命令")
        })?;
    }
    let text = found.render_help().to_string().trim_end().to_owned();
    Ok(Answer::clean(text.clone(), serde_json::json!({ "help": text })))
}
