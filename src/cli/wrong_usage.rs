//! Turns what the argument parser refuses into one Chinese sentence: what, where, why, what to do.

use crate::failure::Failure;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// The sentence for a refused command line.
pub fn failure(error: &Error) -> Failure {
    let text = |kind| context(error, kind);
    let argument = || text(ContextKind::InvalidArg).unwrap_or_default();
    let help = "请用 xueshi --help 看有哪些命令，用 xueshi <命令> --help 看它的写法";
    let (place, why, remedy) = match error.kind() {
        ErrorKind::UnknownArgument => {
            let remedy = match text(ContextKind::SuggestedArg) {
                Some(near) => format!("是不是想写 {near}"),
                None => help.to_owned(),
            };
            (argument(), "没有这个选项，或多写了一个参数".to_owned(), remedy)
        }
        ErrorKind::InvalidSubcommand => {
            let remedy = match text(ContextKind::SuggestedSubcommand) {
                Some(near) => format!("是不是想写 {near}"),
                None => help.to_owned(),
            };
            let place = text(ContextKind::InvalidSubcommand).unwrap_or_default();
            (place, "没有这个命令".to_owned(), remedy)
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = alternatives(&argument());
            (String::new(), format!("没有写 {missing}"), "请补上再试".to_owned())
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            (String::new(), "没有写明要做什么".to_owned(), help.to_owned())
        }
        ErrorKind::InvalidValue => {
            let value = text(ContextKind::InvalidValue).unwrap_or_default();
            let allowed = text(ContextKind::ValidValue);
            if value.is_empty() {
                let remedy = match allowed {
                    Some(allowed) => format!("请写上它的值：{allowed}"),
                    None => "请写上它的值".to_owned(),
                };
                (argument(), "后面没有写值".to_owned(), remedy)
            } else {
                let remedy = match allowed {
                    Some(allowed) => format!("可以写的是：{allowed}"),
                    None => help.to_owned(),
                };
                (argument(), format!("不能写“{value}”"), remedy)
            }
        }
        ErrorKind::ValueValidation => {
            let value = text(ContextKind::InvalidValue).unwrap_or_default();
            let reason = std::error::Error::source(error).map(ToString::to_string);
            let reason = reason.unwrap_or_else(|| "写法不对，请看说明".to_owned());
            let (why, remedy) = reason.split_once('，').unwrap_or((&reason, "请改正后再试"));
            (argument(), format!("写的是“{value}”，{why}"), remedy.to_owned())
        }
        ErrorKind::ArgumentConflict => {
            let other = text(ContextKind::PriorArg).unwrap_or_default();
            if other.is_empty() || other == argument() {
                (argument(), "只能写一次".to_owned(), "请去掉多写的".to_owned())
            } else {
                (argument(), format!("不能与 {other} 同时写"), "请去掉其中一个".to_owned())
            }
        }
        ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues
        | ErrorKind::NoEquals => (argument(), "值的个数不对".to_owned(), help.to_owned()),
        ErrorKind::InvalidUtf8 => {
            (String::new(), "有读不懂的字符".to_owned(), "请改用一般的文字".to_owned())
        }
        _ => (argument(), "写法不对".to_owned(), help.to_owned()),
    };
    Failure::usage("执行命令", place, why, remedy)
}

/// `<--posted <日期>|--close <日期>>`, as the parser writes a choice, in words.
fn alternatives(missing: &str) -> String {
    match missing.strip_prefix("<--").and_then(|rest| rest.strip_suffix('>')) {
        Some(choice) => format!("--{}", choice.replace('|', " 或 ")),
        // Of what may be written several times the parser says so with dots.
        None => missing.trim_end_matches("...").to_owned(),
    }
}

/// A piece of what the parser knows, as text.
fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.join("、")),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
