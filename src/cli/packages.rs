//! Commands about submission packages: package, verify, receive.

use super::answer::{Answer, Meter, size, value};
use super::arguments::{Pack, Receive};
use crate::failure::Result;
use crate::package::{self, PackageRequest, ReceiveRequest};
use crate::registry::Registry;
use crate::registry::campaign as steps;
use chrono::NaiveDate;
use std::path::Path;

/// `package`
///
/// # Errors
/// As [`package::write`].
pub fn package(pack: &Pack, today: NaiveDate) -> Result<Answer> {
    let mut registry = Registry::open(&pack.at.dir)?;
    if let Some(recipient) = &pack.recipient {
        let reason = pack.recipient_reason.as_deref().unwrap_or_default();
        steps::choose_recipient(&mut registry, recipient, reason)?;
    }
    let request = PackageRequest {
        campaign: pack.campaign,
        level_group: pack.level.clone(),
        out: pack.out.clone(),
        draft: pack.draft,
        today,
    };
    let meter = Meter::new();
    let written =
        package::write(&mut registry, &request, &|done, of, what| meter.step(done, of, what))?;
    drop(meter);
    let mut lines = vec![
        format!("报送包已写好并核对过：{}", written.path.display()),
        format!("  {} 人，{} 个文件，{}", written.people, written.files, size(written.bytes)),
    ];
    lines.extend(
        written
            .left_out
            .iter()
            .map(|left| format!("  没有装入 {}：{}", left.name, left.reasons.join("；"))),
    );
    let (unit, notice) = (registry.unit()?, registry.notice_of(pack.campaign)?);
    let bypassed = unit.bypasses(&notice);
    if bypassed {
        lines.push(format!(
            "  请留意：报送给 {}，没有经过主管部门 {}（{}）",
            unit.recipient, unit.department, unit.recipient_reason
        ));
    }
    let findings = bypassed || !written.left_out.is_empty();
    Ok(Answer::with_findings(lines.join("\n"), value(&written)?, findings))
}

/// `verify`
///
/// # Errors
/// As [`package::verify`].
pub fn verify(package: &Path) -> Result<Answer> {
    let meter = Meter::new();
    let seen = package::verify(package, &|done, of, what| meter.step(done, of, what))?;
    drop(meter);
    let sound = seen.valid && seen.complete && seen.errors.is_empty();
    let mut lines = vec![match sound {
        true => format!("报送包完好：{} 个文件，{}", seen.files, size(seen.bytes)),
        false => format!("报送包有 {} 处不对，请向报送单位重新索取：", seen.errors.len()),
    }];
    lines.extend(seen.errors.iter().map(|error| format!("  {error}")));
    if let Some(facts) = &seen.package {
        lines.push(format!(
            "  {}  {} 年度  {}  {} 人  编号 {}",
            facts.unit, facts.campaign, facts.level, facts.people, facts.id
        ));
    }
    Ok(Answer::with_findings(lines.join("\n"), value(&seen)?, !sound))
}

/// `receive`
///
/// # Errors
/// As [`package::receive`].
pub fn receive(receive: &Receive, today: NaiveDate) -> Result<Answer> {
    let mut registry = Registry::open(&receive.at.dir)?;
    let request = ReceiveRequest {
        packages: receive.packages.clone(),
        accept: receive.accept,
        settled: Default::default(),
        dry_run: receive.dry_run,
        now: today.and_time(chrono::Local::now().time()),
    };
    let meter = Meter::new();
    let receipt =
        package::receive(&mut registry, &request, &|done, of, what| meter.step(done, of, what))?;
    drop(meter);
    let done = if receive.dry_run { "可以收" } else { "已收" };
    let mut lines = Vec::new();
    for it in &receipt.received {
        let (unit, people, records) = (&it.unit, it.people, it.records);
        lines.push(match it.already {
            true => format!("以前收过，没有改动：{unit}（编号 {}）", it.package),
            false => format!(
                "{done}：{unit} {people} 人，学习记录 {records} 条，证明材料 {} 份",
                it.evidence
            ),
        });
    }
    lines.extend(receipt.notes.iter().map(|note| format!("  {note}")));
    for conflict in &receipt.conflicts {
        let who = match conflict.name.as_str() {
            "" => String::new(),
            name => format!(" {name}"),
        };
        let settled = match conflict.settled {
            Some(side) => format!("（以{}为准）", side.name()),
            None => String::new(),
        };
        lines.push(format!("  有出入 {}{who}：{}{settled}", conflict.unit, conflict.message));
    }
    if receipt.unsettled() {
        lines.push(
            "有出入的包没有收。请核实后加 --accept 新的（以这次收的包为准）或 --accept 原有的（以登记库为准）再收。"
                .to_owned(),
        );
    }
    if receive.dry_run {
        lines.push("这是试收，登记库没有改动。".to_owned());
    }
    let findings = receipt.unsettled();
    Ok(Answer::with_findings(lines.join("\n"), value(&receipt)?, findings))
}
