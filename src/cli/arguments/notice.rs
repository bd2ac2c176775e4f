//! What may be typed about notices and their readings.

use super::At;
use crate::cli::words::{date, year};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be done with a notice file.
#[derive(Debug, Subcommand)]
pub enum NoticeAction {
    #[command(
        about = "照登记库已有的通知，新建下一年度的通知",
        override_usage = "xueshi notice copy <登记库> --year <年度> --document <文号> [--from <年度>] [--title <标题>] [--issued <日期>] [--deadline <日期>] [--theme <主题>]… [--drop <视同规则>]… [--keep <视同规则>]… [--words <文件.txt>] [--out <文件.toml>] [--use]",
        after_help = "认定起止跟着年度走；标题、条款里的年份推算到新年度，请照新通知核对；只管原年度参评人员的视同默认不要。\n写 --out 时只写成文件，不收进登记库。\n例：xueshi notice copy 学时登记库 --year 2021 --document 州人社函〔2021〕36号 --theme 创新与专业技术人员职业发展 --use"
    )]
    Copy(CopyNotice),
    #[command(
        about = "把一份通知文件收进登记库",
        override_usage = "xueshi notice add <登记库> <文件.toml> [--words <文件.txt>] [--replace] [--use] [--json]",
        after_help = "先照 notice check 检查；同一年度已有通知的，加 --replace 才替换，原来的留在 notices 文件夹的“旧”里。\n例：xueshi notice add 学时登记库 我州2021.toml --words 我州2021.txt"
    )]
    Add {
        #[command(flatten)]
        at: At,
        #[arg(value_name = "文件.toml", help = "通知文件")]
        file: PathBuf,
        #[arg(long, value_name = "文件.txt", help = "通知的全文，供在“规则”里对照")]
        words: Option<PathBuf>,
        #[arg(long, help = "替换同一年度已有的通知")]
        replace: bool,
        #[arg(long = "use", help = "收下以后就按这一年度办")]
        in_work: bool,
    },
    #[command(
        about = "换在办的年度：没有写 --campaign 的命令和窗口都按它",
        override_usage = "xueshi notice use <登记库> --campaign <年度>",
        after_help = "例：xueshi notice use 学时登记库 --campaign 2021"
    )]
    Use {
        #[command(flatten)]
        at: At,
        #[arg(long, value_name = "年度", value_parser = year, help = "申报年度")]
        campaign: i32,
    },
    #[command(
        about = "逐条说明通知文件的错处",
        override_usage = "xueshi notice check <文件.toml> [--json]",
        after_help = "例：xueshi notice check 我州2021.toml"
    )]
    Check {
        #[arg(value_name = "文件.toml", help = "通知文件")]
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub struct CopyNotice {
    #[command(flatten)]
    pub at: At,
    #[arg(long, value_name = "年度", value_parser = year, help = "新通知的申报年度")]
    pub year: i32,
    #[arg(long, value_name = "年度", value_parser = year, help = "照哪一年度的；默认在办的年度")]
    pub from: Option<i32>,
    #[arg(long, value_name = "文号", help = "新通知的文号")]
    pub document: String,
    #[arg(long, value_name = "文字", help = "标题；默认把原标题的年份推算到新年度")]
    pub title: Option<String>,
    #[arg(long, value_name = "日期", value_parser = date, help = "发文日期")]
    pub issued: Option<NaiveDate>,
    #[arg(long, value_name = "日期", value_parser = date, help = "报送期限")]
    pub deadline: Option<NaiveDate>,
    #[arg(long = "theme", value_name = "文字", help = "公需科目主题；可写几次")]
    pub themes: Vec<String>,
    #[arg(long = "drop", value_name = "视同规则", help = "不要哪一条视同；可写几次")]
    pub drop: Vec<String>,
    #[arg(long = "keep", value_name = "视同规则", help = "保留哪一条视同；可写几次")]
    pub keep: Vec<String>,
    #[arg(long, value_name = "文件.txt", help = "新通知的全文")]
    pub words: Option<PathBuf>,
    #[arg(
        long,
        value_name = "文件.toml",
        conflicts_with = "in_work",
        help = "只写成文件，不收进登记库"
    )]
    pub out: Option<PathBuf>,
    #[arg(long = "use", help = "新建以后就按这一年度办")]
    pub in_work: bool,
}

#[derive(Debug, Args)]
pub struct RulingArgs {
    #[command(flatten)]
    pub at: At,
    #[arg(long, value_name = "年度", value_parser = year, help = "申报年度；默认在办的年度")]
    pub campaign: Option<i32>,
    #[arg(long, value_name = "口径/开关=选项", help = "另选什么；选回原样就是取消")]
    pub set: Option<String>,
    #[arg(
        long,
        value_name = "姓名",
        default_value = "",
        hide_default_value = true,
        help = "谁决定的"
    )]
    pub by: String,
    #[arg(
        long,
        value_name = "文字",
        default_value = "",
        hide_default_value = true,
        help = "依据什么"
    )]
    pub reason: String,
    #[arg(long, requires = "set", help = "只看影响，不写入")]
    pub dry_run: bool,
}
