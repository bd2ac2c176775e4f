//! What single records and pairs of one person's records show: remarks of the conversion, regions,
//! confirmations, overlaps, duplicates, dates, boxes not ticked.

use super::Look;
use crate::ledger::tally::{Entry, Reason, Share};
use crate::ledger::{Finding, FindingCode, Severity};
use crate::notice::ask::RegionFit;
use crate::notice::convert::{ConversionKind, Outcome};
use crate::notice::{Mode, Subject};
use std::collections::{BTreeMap, HashMap};

pub(in crate::ledger) fn find(look: &Look<'_>, found: &mut Vec<Finding>) {
    let mut years: Vec<Vec<i32>> = vec![Vec::new(); look.book.entries.len()];
    for share in &look.book.shares {
        if look.looks_at(share.year) {
            years[share.entry].push(share.year);
            of_share(look, share, found);
        }
    }
    for (entry, years) in look.book.entries.iter().zip(&mut years) {
        years.sort_unstable();
        if let Some(&year) = years.first() {
            of_record(look, entry, year, found);
        }
    }
    duplicates(look, found);
    unmarked(look, &years, found);
}

/// How much a remark of the conversion matters. Where hours that are not counted are missed in a year
/// that fails without them, they block; a platform that is not filed always does.
fn severity_of(look: &Look<'_>, code: FindingCode, year: i32) -> Severity {
    match code {
        "platform-not-filed" if look.span.contains(year) => Severity::Block,
        "serial-missing" if look.span.contains(year) && !look.book.reached(year).met => {
            Severity::Block
        }
        "closed-period" => Severity::Info,
        _ => Severity::Warn,
    }
}

/// What is told once a record, in the first year looked at.
fn of_record(look: &Look<'_>, entry: &Entry<'_>, year: i32, found: &mut Vec<Finding>) {
    let record = entry.record;
    let activity = &record.activity;
    let name = entry.name();
    let mut add = |severity, code, clause: String, message: String, fix: &str| {
        let finding = look.finding(severity, code, clause, message, fix);
        found.push(finding.of_year(year).of_record(record.id));
    };
    for remark in &entry.converted.remarks {
        add(
            severity_of(look, remark.code, year),
            remark.code,
            remark.clause.place.clone(),
            format!("「{name}」{}", remark.message),
            &remark.fix,
        );
    }
    if activity.end.is_some_and(|end| end < activity.start) {
        let message = format!("「{name}」结束日期早于开始日期 {}", activity.start);
        add(Severity::Warn, "dates-reversed", look.cite("B2-07"), message, "请核对起止日期");
    }
    let last = activity.start.max(activity.over_on());
    if last > look.today {
        let message = format!("「{name}」日期 {last} 还没有到");
        add(Severity::Warn, "date-in-future", look.cite("B2-07"), message, "请核对起止日期");
    }
    let outside = activity.sessions.iter().find(|session| {
        session.date < activity.start || activity.end.is_some_and(|end| session.date > end)
    });
    if let Some(session) = outside {
        let message = format!("「{name}」时段 {} 不在起止日期之内", session.date);
        let fix = "请核对时段和起止日期";
        add(Severity::Warn, "sessions-outside-dates", look.cite("C1-d"), message, fix);
    }
    let resting = activity.sessions.iter().map(|session| session.date).filter(|date| {
        // A year without data is not guessed at; the deadline's own year is told by `check`.
        look.calendar.is_workday(*date).is_ok_and(|works| !works)
    });
    let mut resting: Vec<String> = resting.map(|date| date.to_string()).collect();
    resting.dedup();
    if !resting.is_empty() {
        let more =
            if resting.len() > 3 { format!("等 {} 天", resting.len()) } else { String::new() };
        let days = resting[..resting.len().min(3)].join("、");
        let message = format!("「{name}」{days}{more}是休息日");
        add(Severity::Info, "sessions-on-rest-day", look.cite("C1-d"), message, "请核对时段");
    }
    let online = is_online(look, entry);
    let public = activity.subject == Subject::public();
    let face_to_face = public && activity.mode == Some(Mode::FaceToFace);
    if face_to_face && activity.filing_number.as_deref().is_none_or(|it| it.trim().is_empty()) {
        let message = format!("「{name}」是公需面授，没有填备案号");
        let fix = "请填培训方案的备案号和备案日期";
        add(Severity::Warn, "filing-missing", look.cite("B2-06"), message, fix);
    }
    if public && online && activity.region.as_deref().is_none_or(|it| it.trim().is_empty()) {
        let expected = look.region.map(|region| format!("，应为“{region}”")).unwrap_or_default();
        let message = format!("「{name}」没有填注册地区{expected}");
        add(
            Severity::Warn,
            "region-missing",
            look.cite("B2-04"),
            message,
            "请照网络平台的证书填写",
        );
    }
    if entry.thin {
        let message = format!("「{name}」辅证材料偏少");
        add(Severity::Info, "evidence-thin", look.cite("A-41"), message, "最好再附一两样辅证材料");
    }
}

/// Whether a record is a network course: entered so, with a platform, or credited as a certificate.
fn is_online(look: &Look<'_>, entry: &Entry<'_>) -> bool {
    let activity = &entry.record.activity;
    match activity.mode {
        Some(mode) => mode == Mode::Online,
        None => {
            activity.platform.as_deref().is_some_and(|name| !name.trim().is_empty())
                || look
                    .notice
                    .conversion(&entry.converted.rule)
                    .is_some_and(|rule| matches!(rule.kind, ConversionKind::Certified { .. }))
        }
    }
}

/// What is told of a record's year.
fn of_share(look: &Look<'_>, share: &Share, found: &mut Vec<Finding>) {
    let entry = &look.book.entries[share.entry];
    let record = entry.record;
    let activity = &record.activity;
    let name = entry.name();
    let mut add = |severity, code, clause: String, message: String, fix: String| {
        let finding = look.finding(severity, code, clause, message, fix);
        found.push(finding.of_year(share.year).of_record(record.id));
    };
    let counts = !share.hours.is_zero() || matches!(share.reason, Reason::Completes);
    if entry.converted.needs_confirmation && record.confirmed.is_none() && counts {
        add(
            Severity::Warn,
            "needs-confirmation",
            entry.converted.clause.place.clone(),
            format!("「{name}」通知没有写明怎样折算，暂计 {} 学时", share.hours),
            "请核对后点“确认”，并写明依据".to_owned(),
        );
    }
    if activity.subject == Subject::public()
        && let Some(text) = activity.region.as_deref().filter(|text| !text.trim().is_empty())
    {
        region(look, share.year, &name, text, &mut add);
    }
    match &share.reason {
        Reason::Days(days) => {
            let mut takers: Vec<usize> = days.iter().flat_map(|day| day.takers()).collect();
            takers.sort_unstable();
            takers.dedup();
            for taker in takers {
                let other = &look.book.entries[taker];
                if !same_event(entry, other) {
                    add(
                        Severity::Warn,
                        "sessions-overlap",
                        look.cite("A-43"),
                        format!("「{name}」与「{}」时段重叠，重叠部分只计一次", other.name()),
                        "请核对两次学习的时段".to_owned(),
                    );
                }
            }
        }
        Reason::Best(taker) => add(
            Severity::Warn,
            "achievement-duplicate",
            look.cite("A-18"),
            format!(
                "「{name}」与「{}」是同一成果，当年只计最高的一项",
                look.book.entries[*taker].name()
            ),
            "确是不同成果的，请把内容写得能区分开".to_owned(),
        ),
        Reason::Overridden => {
            if let Some(set) = &record.hours_override {
                add(
                    Severity::Info,
                    "hours-overridden",
                    entry.converted.clause.place.clone(),
                    format!(
                        "「{name}」由{}改认 {} 学时：{}",
                        set.vouched.by, set.hours, set.vouched.reason
                    ),
                    "请备好依据".to_owned(),
                );
            }
        }
        _ => {}
    }
}

fn same_event(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    let (one, other) = (one.record, other.record);
    match (one.event, other.event) {
        (Some(a), Some(b)) => a == b,
        _ => !one.event_name.trim().is_empty() && one.event_name.trim() == other.event_name.trim(),
    }
}

/// B2-04, A-12: within the region it can be corrected on the platform; elsewhere it cannot be accepted.
fn region(
    look: &Look<'_>,
    year: i32,
    name: &str,
    text: &str,
    add: &mut impl FnMut(Severity, FindingCode, String, String, String),
) {
    let text = text.trim();
    if look.region == Some(text) {
        return;
    }
    let unit = look.unit;
    let fit = look.notice.region_fit(&unit.kind, &unit.county, text);
    let expected = look.region.map(|region| format!("，应为“{region}”")).unwrap_or_default();
    let clause = look.cite("B2-04");
    match fit {
        RegionFit::Fits => {}
        RegionFit::WithinRegion => add(
            Severity::Warn,
            "region-mismatch",
            clause,
            format!("「{name}」注册地区是“{text}”{expected}"),
            "请在报送前请本人到平台上更正所属地".to_owned(),
        ),
        RegionFit::Elsewhere => {
            let severity = if look.span.contains(year) { Severity::Block } else { Severity::Warn };
            add(
                severity,
                "region-mismatch",
                clause,
                format!("「{name}」注册地区是“{text}”，不在本地区{expected}"),
                "请联系平台更正所属地并重新出证；确有原因的，写明理由放行".to_owned(),
            );
        }
    }
}

/// The same title in the same form and year, each giving hours.
fn duplicates(look: &Look<'_>, found: &mut Vec<Finding>) {
    let mut known: HashMap<(u16, i32, &str), usize> = HashMap::new();
    for share in look.book.shares.iter().filter(|share| look.looks_at(share.year)) {
        let entry = &look.book.entries[share.entry];
        let credited = matches!(entry.converted.outcome, Outcome::Credited(_));
        let title = entry.record.activity.title.trim();
        if !credited || share.hours.is_zero() || title.is_empty() {
            continue;
        }
        let key = (entry.record.activity.form.0, share.year, title);
        if known.insert(key, share.entry).is_some() {
            found.push(
                look.finding(
                    Severity::Warn,
                    "record-duplicate",
                    look.cite("A-42"),
                    format!("「{title}」在 {} 年登记了不止一次", share.year),
                    "重复的请删去；不同的请把内容写得能区分开",
                )
                .of_year(share.year)
                .of_record(entry.record.id),
            );
        }
    }
}

/// Boxes not ticked, told once a year rather than once a record (B1-03, B2-07).
fn unmarked(look: &Look<'_>, years: &[Vec<i32>], found: &mut Vec<Finding>) {
    let mut counts: BTreeMap<i32, [usize; 2]> = BTreeMap::new();
    for (entry, years) in look.book.entries.iter().zip(years) {
        let activity = &entry.record.activity;
        let Some(&year) = years.first() else { continue };
        let count = counts.entry(year).or_default();
        let study = matches!(entry.converted.outcome, Outcome::Sessions)
            || activity.certified.is_some()
            || activity.minutes.is_some();
        if study && entry.converted.subject == Subject::specialty() && activity.related.is_none() {
            count[0] += 1;
        }
        if study && activity.assessment.as_deref().is_none_or(|it| it.trim().is_empty()) {
            count[1] += 1;
        }
    }
    for (year, [related, result]) in counts {
        if related > 0 {
            found.push(
                look.finding(
                    Severity::Info,
                    "relevance-unmarked",
                    look.cite("B1-03"),
                    format!("有 {related} 条专业科目记录没有标明与本人专业相关"),
                    "请逐条核对后勾选",
                )
                .of_year(year),
            );
        }
        if result > 0 {
            found.push(
                look.finding(
                    Severity::Info,
                    "result-unmarked",
                    look.cite("B2-07"),
                    format!("有 {result} 条记录没有填考核结果"),
                    "登记手册要写考核结果，请照证书补填",
                )
                .of_year(year),
            );
        }
    }
}
