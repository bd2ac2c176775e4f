//! `ruling`: the decided readings (口径) of a registry's notice, which of them can be chosen otherwise, and
//! choosing, with what it would change.

use super::answer::{Answer, Meter, value};
use super::arguments::RulingArgs;
use crate::failure::{Failure, Result};
use crate::notice::switch::{Standing, Way};
use crate::notice::{Notice, Ruling};
use crate::registry::{Registry, effect};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// `ruling`
///
/// # Errors
/// No notice for the year; no such switch; no name or reason; the choice is none.
pub fn ruling(args: &RulingArgs, today: NaiveDate) -> Result<Answer> {
    let mut registry = Registry::open(&args.at.dir)?;
    let year = args.campaign.unwrap_or_else(|| registry.notice().campaign_year);
    let Some(set) = &args.set else { return list(&registry, year) };
    let typed = typed(set, args, today)?;
    let meter = Meter::new();
    let effect = effect::of_ruling(&registry, year, &typed, today, &|done, of, what| {
        meter.step(done, of, what)
    })?;
    drop(meter);
    if !args.dry_run {
        let action = format!("另定口径 {}", typed.decision);
        registry.transact(&action, |tx| tx.save_ruling(year, &typed))?;
    }
    let verb = if args.dry_run { "只是先看，没有写入" } else { "已记下" };
    let text = format!(
        "口径 {}：{} → {}（{verb}）\n  {}",
        typed.decision,
        effect.was,
        effect.now,
        effect.told()
    );
    let document = json!({
        "campaign": year,
        "written": !args.dry_run,
        "effect": value(&effect)?,
        "rulings": value(&registry.notice_of(year)?.changed)?,
    });
    Ok(Answer::clean(text, document))
}

/// `A-08/two-halves=halves`
fn typed(set: &str, args: &RulingArgs, today: NaiveDate) -> Result<Ruling> {
    let parts = set.split_once('=').and_then(|(switch, choice)| {
        let (decision, switch) = switch.split_once('/')?;
        Some((decision.trim(), switch.trim(), choice.trim()))
    });
    let Some((decision, switch, choice)) = parts else {
        let remedy =
            "请写成 --set A-08/two-halves=halves 这样，有哪些可选见 xueshi ruling <登记库>";
        return Err(Failure::usage("另定口径", set, "看不懂要改哪一个口径", remedy));
    };
    Ok(Ruling {
        decision: decision.to_owned(),
        switch: switch.to_owned(),
        choice: choice.to_owned(),
        by: args.by.clone(),
        at: today,
        reason: args.reason.clone(),
    })
}

fn list(registry: &Registry, year: i32) -> Result<Answer> {
    let notice = registry.notice_of(year)?;
    let standings = registry.standings(year)?;
    let mut lines = vec![format!("{} {} 年度的口径：", notice.document, year)];
    let mut told = Vec::new();
    for decision in &notice.decisions {
        let mine: Vec<&Standing> =
            standings.iter().filter(|it| it.decision == decision.id).collect();
        lines.push(format!("{}  {}\n      {}", decision.id, decision.question, decision.choice));
        if mine.is_empty() && !decision.fixed.is_empty() {
            lines.push(format!("      不另选：{}", decision.fixed));
        }
        lines.extend(mine.iter().map(|it| spoken(it)));
        told.push(json!({
            "id": decision.id,
            "question": decision.question,
            "choice": decision.choice,
            "reason": decision.reason,
            "fixed": decision.fixed,
            "switches": mine.iter().map(|it| shape(it)).collect::<Value>(),
        }));
    }
    lines.extend(registry.refused_rulings().iter().map(|it| format!("注意：{it}")));
    let document = json!({ "campaign": year, "notice": notice.id, "decisions": told });
    Ok(Answer::clean(lines.join("\n"), document))
}

fn spoken(standing: &Standing) -> String {
    let switch = &standing.switch;
    let can = match &switch.way {
        Way::Among(all) => {
            let all: Vec<String> =
                all.iter().map(|it| format!("{}（{}）", it.id, it.words)).collect();
            format!("可选 {}", all.join("、"))
        }
        Way::Number { low, high, none, .. } => {
            let none = none.as_ref().map_or_else(String::new, |none| format!("，或“{none}”"));
            format!("可填 {low} 到 {high}{none}")
        }
        Way::Date { .. } => "可填日期".to_owned(),
        Way::Words { .. } => "可填几个词，用顿号分开".to_owned(),
        Way::Text { .. } => "可填文字".to_owned(),
    };
    let by = standing.ruling.as_ref().map_or_else(String::new, |it| {
        let was = switch.words(&standing.shipped);
        format!("（原为{was}；{}，{}，{}）", it.by, it.at, it.reason)
    });
    format!(
        "      {}/{}  {}：{}{by}；{can}",
        standing.decision,
        switch.id,
        switch.name,
        switch.words(&standing.now)
    )
}

fn shape(standing: &Standing) -> Value {
    let switch = &standing.switch;
    json!({
        "id": switch.id,
        "name": switch.name,
        "shipped": standing.shipped,
        "now": standing.now,
        "words": switch.words(&standing.now),
        "ruling": standing.ruling,
    })
}

/// What a notice goes by that its file does not say, a line each.
pub fn differing(notice: &Notice) -> Vec<String> {
    notice.changed.iter().map(|changed| changed.told()).collect()
}
