//! A small registry for tests: a folder with the unit's registry `库` and three people in it.
//! 李桂香 (副高) and 王小明 (中级) have what they need, 赵海波 (中级) lacks a year's public hours.

use crate::program::run_in;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

pub const LI: &str = "433101197503120028";
pub const WANG: &str = "433101199006150030";
pub const ZHAO: &str = "433101199109200010";

/// The day that the registry's story believes in.
pub const TODAY: &str = "2020-08-14";

const PEOPLE: &str = "姓名,身份证号,学历,学位,现职称,系列,从事专业,登记证书编号\n\
    李桂香,{LI},本科,学士,主治医师,卫生系列,内科学,A-1\n\
    王小明,{WANG},本科,学士,护师,卫生系列,护理学,A-2\n\
    赵海波,{ZHAO},本科,学士,药师,卫生系列,药学,A-3\n";

const APPLICANTS: &str = "身份证号,申报年度,申报级别,申报系列,申报专业\n\
    {LI},2020,副高,卫生系列,内科学\n\
    {WANG},2020,中级,卫生系列,护理学\n\
    {ZHAO},2020,中级,卫生系列,药学\n";

/// `xueshi new` and nothing more.
pub fn empty() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    run_in(dir.path(), &["new", "库", "--unit", "某某州立医院", "--contact", "刘芳"]).exits(0);
    dir
}

/// The registry with its people, records, evidence and applicants.
pub fn filled() -> TempDir {
    let dir = empty();
    for (name, table) in [("人员", people()), ("学习记录", records()), ("参评人员", applicants())]
    {
        for scan in table.split(['=', ';', ',', '\n']).filter(|cell| cell.ends_with(".pdf")) {
            fs::write(dir.path().join(scan), format!("%PDF-1.4\n{scan}\n%%EOF\n")).unwrap();
        }
        let file = format!("{name}.csv");
        fs::write(dir.path().join(&file), table).unwrap();
        run_in(dir.path(), &["import", "库", &file, "--today", TODAY]).exits(0);
    }
    dir
}

pub fn people() -> String {
    named(PEOPLE)
}

pub fn applicants() -> String {
    named(APPLICANTS)
}

fn named(table: &str) -> String {
    table.replace("{LI}", LI).replace("{WANG}", WANG).replace("{ZHAO}", ZHAO)
}

/// Public hours online and a six-day course for every year of everybody's span; 赵海波 lacks 2018's public ones.
pub fn records() -> String {
    let mut rows = vec![
        "身份证号,姓名,科目,形式,内容,主办单位,平台,注册地区,开始日期,结束日期,时段,证书学时,班次,证明材料"
            .to_owned(),
    ];
    for (number, name, first) in
        [(LI, "李桂香", 2015), (WANG, "王小明", 2016), (ZHAO, "赵海波", 2016)]
    {
        for year in first..=2019 {
            if (number, year) != (ZHAO, 2018) {
                rows.push(format!(
                    "{number},{name},公需,3,{year}年公需课程,湖南人才市场有限公司,湖南人才市场有限公司,湘西自治州州直,\
                     {year}-07-01,{year}-07-31,,30,,课程内容={year}课程{name}.pdf; 结业证书={year}证书{name}.pdf"
                ));
            }
            rows.push(format!(
                "{number},{name},专业,1,{year}年业务培训班,某某州立医院,,,{year}-03-01,{year}-03-30,{},,{year}班,\
                 培训通知={year}通知.pdf; 培训日程安排={year}日程.pdf; 培训签到表={year}签到.pdf",
                six_days(year)
            ));
        }
    }
    rows.join("\n") + "\n"
}

/// Six whole days in March, none on a weekend.
fn six_days(year: i32) -> String {
    let days: Vec<String> = (1..=31)
        .filter_map(|day| chrono::NaiveDate::from_ymd_opt(year, 3, day))
        .filter(|date| date.format("%u").to_string().parse::<u8>().is_ok_and(|day| day < 6))
        .take(6)
        .map(|date| format!("{date} 全天"))
        .collect();
    days.join("; ")
}

/// Whether anything at all stands in a folder.
pub fn is_empty(dir: &Path) -> bool {
    fs::read_dir(dir).unwrap().next().is_none()
}
