//! The command line (contract §1): the window's work without the window. Chinese help, JSON,
//! exit statuses. Each command calls the same floors that the window calls.

mod answer;
mod arguments;
mod bind;
mod campaign;
mod gaps;
mod help;
mod notices;
mod packages;
mod papers;
mod registry;
mod rulings;
mod sample;
mod words;
mod wrong_usage;

use crate::failure::{Failure, Result};
use crate::opening::Opening;
use answer::Answer;
use arguments::{Arguments, Command, NoticeAction, Paper};
use chrono::{Datelike, NaiveDate};
use clap::FromArgMatches;
use clap::error::ErrorKind;
use std::ffi::OsString;

/// What was asked for.
#[derive(Debug)]
pub enum Called {
    /// The window.
    Window(Opening),
    /// A command, which has run; its exit status.
    Done(u8),
}

/// Reads the command line and runs its command.
pub fn run(arguments: Vec<OsString>) -> Called {
    let arguments = match parse(arguments) {
        Ok(arguments) => arguments,
        Err(error)
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) =>
        {
            return Called::Done(Answer::clean(help::text(&error), ().into()).print(false));
        }
        Err(error) => return Called::Done(answer::refuse(&wrong_usage::failure(&error))),
    };
    let json = arguments.common.json;
    let today = arguments.common.today;
    let of_the_window = match (&arguments.registry, &arguments.package) {
        (Some(_), _) => Some("--registry"),
        (None, Some(_)) => Some("--package"),
        (None, None) => None,
    };
    let answered = match (arguments.command, of_the_window) {
        (None, _) if !json => {
            return Called::Window(Opening {
                registry: arguments.registry,
                package: arguments.package,
                today,
                renderer: arguments.renderer,
            });
        }
        (None, _) => Err(Failure::usage(
            "执行命令",
            "--json",
            "没有写命令",
            "请用 xueshi --help 看有哪些命令",
        )),
        (Some(_), Some(option)) => Err(Failure::usage(
            "执行命令",
            option,
            "这个选项只用于打开窗口",
            "命令所用的登记库或报送包请直接写在命令后面",
        )),
        (Some(command), None) => perform(command, today, json),
    };
    Called::Done(match answered {
        Ok(answer) => answer.print(json),
        Err(failure) => answer::refuse(&failure),
    })
}

/// Tells a failure of the window on standard error; gives its exit status.
pub fn refuse(failure: &Failure) -> u8 {
    answer::refuse(failure)
}

/// Makes the made-up unit of `sample` in `dir`, telling nothing.
///
/// # Errors
/// As the command.
pub fn make_sample(dir: &std::path::Path) -> Result<()> {
    sample::run(dir, None, true).map(|_| ())
}

fn parse(arguments: Vec<OsString>) -> Result<Arguments, clap::Error> {
    let matches = help::command().try_get_matches_from(arguments)?;
    Arguments::from_arg_matches(&matches)
}

fn perform(command: Command, believed: Option<NaiveDate>, json: bool) -> Result<Answer> {
    let today = believed.unwrap_or_else(|| chrono::Local::now().date_naive());
    match command {
        Command::Sample { dir } => sample::run(&dir, believed, json),
        Command::New(unit) => registry::new(&unit),
        Command::Template { file } => registry::template(&file),
        Command::Import(import) => registry::import(&import, today),
        Command::Hours { at, year, person } => registry::hours(&at.dir, year, person.as_ref()),
        Command::Check(check) => match (check.campaign, check.year) {
            (Some(campaign), _) => {
                campaign::check(&check.at.dir, campaign, check.level.as_deref(), today)
            }
            (None, year) => gaps::check(&check.at.dir, year.unwrap_or_else(|| today.year()), today),
        },
        Command::Review(review) => campaign::review(&review, today),
        Command::Withdraw { at, campaign, person, reason } => {
            campaign::withdraw(&at.dir, campaign, &person, &reason, today)
        }
        Command::SetAside { at, person, year, finding, by, reason } => {
            campaign::set_aside(&at.dir, &person, (year, &finding), (&by, &reason), today)
        }
        Command::Publicity(publicity) => campaign::publicity(&publicity, today),
        Command::Workdays { posted, days } => notices::workdays(posted, days),
        // What else it may not be told of is wrong for it as for other papers.
        Command::Export(export)
            if export.paper == Paper::Evidence
                && export.year.is_none()
                && export.paper_size.is_none() =>
        {
            bind::export(&export, today)
        }
        Command::Export(export) => papers::export(&export, today),
        Command::Package(pack) => packages::package(&pack, today),
        Command::Verify { package } => packages::verify(&package),
        Command::Receive(receive) => packages::receive(&receive, today),
        Command::Doctor { at, fix } => registry::doctor(&at.dir, fix),
        Command::Backup { at, to: Some(to), full }
            if full || registry::has_extension(&to, "zip") =>
        {
            registry::backup_whole(&at.dir, &to)
        }
        Command::Backup { at, to, .. } => registry::backup(&at.dir, to.as_deref()),
        Command::Restore { file, at } => registry::restore(&file, &at.dir),
        Command::Notices { dir: None } => notices::list(),
        Command::Notices { dir: Some(dir) } => notices::of_registry(&dir),
        Command::Notice { action } => match action {
            NoticeAction::Check { file } => notices::check(&file),
            NoticeAction::Copy(copy) => notices::copy(&copy),
            NoticeAction::Add { at, file, words, replace, in_work } => {
                notices::add(&at.dir, &file, words.as_deref(), replace, in_work)
            }
            NoticeAction::Use { at, campaign } => notices::choose(&at.dir, campaign),
        },
        Command::Ruling(args) => rulings::ruling(&args, today),
        Command::Help { command } => help::of(&command),
    }
}
