//! 目录.html: the package's table of contents for a reader without our program. One plain page: no
//! scripts, nothing from elsewhere, ID numbers masked, links that every browser resolves. Beside it
//! 目录.xueshi, for a reader with our program: the system opens it with that.

use super::statement::Statement;
use chrono::{Datelike, NaiveDate};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;

/// Its place in the bag.
pub const PATH: &str = "data/目录.html";

/// The place of what our program opens, and the words in it for whoever opens it with another one.
pub const OURS: &str = "data/目录.xueshi";
pub const OURS_TEXT: &str = "这是学时报送包的目录。\n\n\
     装有“学时”的电脑：双击这个文件，程序逐个核对报送包里的文件。\n\
     没有装的电脑：打开旁边的“目录.html”。\n";

/// What a link may hold unescaped.
const KEPT: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

const STYLE: &str = "\
body{max-width:56rem;margin:2rem auto;padding:0 1rem;font-family:'Noto Serif SC','Source Han Serif SC',SimSun,serif;\
line-height:1.7;color:#222;background:#fdfcf8}\
h1{font-size:1.5rem;text-align:center}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #bbb}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:left;\
vertical-align:top}th{background:#f3efe4;font-weight:600}a{color:#8c1c13}\
.draft{border:2px solid #b00;color:#b00;padding:.25rem .75rem;text-align:center;font-weight:700}\
summary{cursor:pointer}ul{margin:.25rem 0;padding-left:1.25rem}";

/// The page; `statement` need not have its id yet.
pub fn page(statement: &Statement) -> String {
    let unit = &statement.unit;
    let title =
        format!("{}年度{}职称参评人员继续教育报送材料", statement.campaign, statement.level);
    let mut html =
        String::from("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n");
    let mut line = |text: String| {
        html.push_str(&text);
        html.push('\n');
    };
    line("<meta name=\"viewport\" content=\"width=device-width\">".to_owned());
    line(format!("<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>", escaped(&title)));
    if statement.draft {
        line("<p class=\"draft\">草稿，不作报送用</p>".to_owned());
    }
    line(format!("<h1>{}</h1>\n<table>", escaped(&title)));
    for (label, value) in [
        ("报送单位", unit.name.clone()),
        ("报送至", statement.recipient.clone()),
        ("截止", deadline(statement)),
        ("依据", statement.notice.document.clone()),
        ("经办人", format!("{}　{}", unit.contact, unit.phone).trim().to_owned()),
        ("制作日期", day(statement.made_at.date())),
        ("人数", format!("{} 人", statement.people.len())),
    ] {
        line(format!("<tr><th>{label}</th><td>{}</td></tr>", escaped(&value)));
    }
    for ruling in &statement.notice.rulings {
        line(format!("<tr><th>另定口径</th><td>{}</td></tr>", escaped(&ruling.told())));
    }
    line("</table>\n<h2>公文</h2>\n<ul>".to_owned());
    for file in &statement.documents {
        line(format!("<li>{}</li>", link(&file.path, name(&file.path))));
    }
    line("</ul>".to_owned());
    if !statement.publicity.is_empty() {
        line("<h2>公示</h2>\n<ul>".to_owned());
    }
    for run in &statement.publicity {
        let closed = match run.closed {
            Some(closed) => format!("{}结束", day(closed)),
            None => "尚未结束".to_owned(),
        };
        let heard = match run.objections.as_slice() {
            [] => "没有异议".to_owned(),
            objections => format!("异议：{}", objections.join("；")),
        };
        let (from, people) = (day(run.posted), run.members.len());
        line(format!("<li>{people} 人，{from}张贴，{closed}，{}</li>", escaped(&heard)));
    }
    if !statement.publicity.is_empty() {
        line("</ul>".to_owned());
    }
    line("<h2>人员</h2>\n<table>".to_owned());
    line(
        "<tr><th>序号</th><th>姓名</th><th>身份证号</th><th>申报</th><th>材料</th></tr>".to_owned(),
    );
    for told in &statement.people {
        let person = &told.handbook.person;
        let application = &told.application;
        line(format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{} {}</td><td>{}{}</td></tr>",
            told.number,
            escaped(&person.name),
            person.id_number.masked(),
            escaped(&application.level),
            escaped(&application.speciality),
            link(&told.paper.path, "登记手册"),
            evidence(told),
        ));
    }
    line("</table>\n<h2>怎样核对</h2>".to_owned());
    line(
        "<p>用学时登记程序的“核对报送包”打开本文件夹；没有这个程序时，任何 BagIt 校验工具，\
         或在包的文件夹里运行 sha256sum -c manifest-sha256.txt，都可以核对文件是否完好。</p>"
            .to_owned(),
    );
    line("</body>\n</html>".to_owned());
    html
}

/// A person's evidence, folded away.
fn evidence(told: &super::statement::PersonTold) -> String {
    if told.evidence.is_empty() {
        return String::new();
    }
    let mut list = format!("<details><summary>证明材料 {} 件</summary><ul>", told.evidence.len());
    for file in &told.evidence {
        let path = &file.file.path;
        let shown = path.strip_prefix(&told.folder).unwrap_or(path).trim_start_matches('/');
        let shown = shown.split_once('/').map_or(shown, |(_, below)| below);
        // Writing to a string cannot fail.
        let _ = write!(list, "<li>{}</li>", link(path, shown));
    }
    list + "</ul></details>"
}

/// The deadline and the last working day before it.
pub fn deadline(statement: &Statement) -> String {
    format!("{}前（最后一个工作日 {}）", day(statement.deadline), day(statement.last_working_day))
}

fn day(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A link to a payload file, from beside which the page stands.
fn link(path: &str, text: &str) -> String {
    let path = path.strip_prefix(super::manifest::PAYLOAD).unwrap_or(path);
    format!("<a href=\"{}\">{}</a>", utf8_percent_encode(path, KEPT), escaped(text))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(character),
        }
    }
    safe
}
