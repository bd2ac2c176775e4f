//! Identity and roster facts of a person, declared deeming and prior slips as such, yearly reviews.

use super::Look;
use crate::ledger::{Finding, Handbook, ReviewState, Severity};
use chrono::Datelike;

pub(in crate::ledger) fn find(look: &Look<'_>, handbook: &Handbook, found: &mut Vec<Finding>) {
    identity(look, handbook, found);
    deeming(look, found);
    slips(look, found);
    reviews(look, handbook, found);
}

fn identity(look: &Look<'_>, handbook: &Handbook, found: &mut Vec<Finding>) {
    let person = &handbook.person;
    let id = &person.id_number;
    let clause = || look.cite("B2-07");
    let mut warn = |code, message: String| {
        found.push(look.finding(Severity::Warn, code, clause(), message, "请照身份证核对"));
    };
    if !id.check_digit_ok() {
        let message =
            format!("身份证号 {} 的校验码不对，应为 {}", id.masked(), id.expected_check());
        warn("id-check-digit", message);
    }
    let sex = person.sex.trim();
    if !sex.is_empty() && !sex.starts_with(id.sex()) {
        warn("id-sex-mismatch", format!("性别填的是{sex}，身份证号是{}", id.sex()));
    }
    match (id.birth_date(), person.birth_date) {
        (None, _) => warn("id-birth-mismatch", "身份证号里的出生日期不成立".to_owned()),
        (Some(written), Some(entered)) if written != entered => {
            warn("id-birth-mismatch", format!("出生日期填的是 {entered}，身份证号是 {written}"));
        }
        _ => {}
    }
}

fn deeming(look: &Look<'_>, found: &mut Vec<Finding>) {
    for entry in &look.book.declared {
        let deemed = entry.deemed;
        if !look.looks_at(deemed.year) {
            continue;
        }
        let reason = deemed.reason.trim();
        match entry.rule {
            None => found.push(
                look.finding(
                    Severity::Warn,
                    "deemed-not-applicable",
                    look.cite("C7-c"),
                    format!("视同的事由“{reason}”不在通知之列，不计"),
                    format!("请改选：{}", look.notice.deem_reasons().join("、")),
                )
                .of_year(deemed.year),
            ),
            Some(rule) if !entry.applies => {
                let year = rule.year.map(|year| year.to_string()).unwrap_or_default();
                found.push(
                    look.finding(
                        Severity::Warn,
                        "deemed-not-applicable",
                        rule.clause.place.clone(),
                        format!("“{reason}”只视同完成 {year} 年，{} 年不计", deemed.year),
                        "请核对年度",
                    )
                    .of_year(deemed.year),
                );
            }
            Some(rule) if rule.year.is_none() && deemed.basis.trim().is_empty() => found.push(
                look.finding(
                    Severity::Warn,
                    "deemed-basis-missing",
                    rule.clause.place.clone(),
                    format!("视同（{reason}）没有写依据"),
                    "请填文件名称和文号",
                )
                .of_year(deemed.year),
            ),
            Some(_) => {}
        }
    }
}

fn slips(look: &Look<'_>, found: &mut Vec<Finding>) {
    for entry in &look.book.slips {
        let slip = entry.slip;
        let Some(year) = look.span.years().chain([look.current]).find(|year| entry.covers(*year))
        else {
            if slip.first_year > slip.last_year {
                found.push(look.finding(
                    Severity::Warn,
                    "slip-dates-odd",
                    look.cite("B4-02"),
                    format!("学时认定单 {} 的起始年度晚于截止年度", slip.number),
                    "请照认定单核对年度",
                ));
            }
            continue;
        };
        if slip.issued.is_some_and(|issued| issued.year() < slip.last_year) {
            found.push(
                look.finding(
                    Severity::Warn,
                    "slip-dates-odd",
                    look.cite("B4-02"),
                    format!(
                        "学时认定单 {} 的出具日期早于所认定的 {} 年",
                        slip.number, slip.last_year
                    ),
                    "请照认定单核对年度和日期",
                )
                .of_year(year),
            );
        }
        let issuer = slip.issuer.trim();
        // An issuer that names no place (州人社局) is taken for one's own.
        let names_a_place = issuer.contains(['省', '市', '县', '区']);
        let mut own = look.notice.region_names.iter().chain(&look.notice.counties);
        let local = !names_a_place || own.any(|name| issuer.contains(name.as_str()));
        if !issuer.is_empty() && !local {
            found.push(
                look.finding(
                    Severity::Info,
                    "slip-issuer-other",
                    look.cite("A-25"),
                    format!("学时认定单 {} 由{issuer}出具", slip.number),
                    "可以采用，核验时可能要说明",
                )
                .of_year(year),
            );
        }
    }
}

fn reviews(look: &Look<'_>, handbook: &Handbook, found: &mut Vec<Finding>) {
    let reviewed = |year: i32| {
        handbook.reviews.iter().any(|it| it.year == year && it.state != ReviewState::Draft)
    };
    let open: Vec<String> =
        look.span.years().filter(|year| !reviewed(*year)).map(|year| year.to_string()).collect();
    if !open.is_empty() {
        found.push(look.finding(
            Severity::Info,
            "year-unreviewed",
            look.cite("B2-11"),
            format!("{} 年的年度登记还没有审核", open.join("、")),
            "请在登记手册里逐年审核",
        ));
    }
}
