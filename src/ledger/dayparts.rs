//! Day parts of one person (C1, A-08, A-43): each is credited once, whatever the order of entry.
//! Which records take part, and what else limits them, is decided in `tally`.

use crate::notice::convert::DayPartRule;
use crate::notice::{DayPart, Hours, Session};
use chrono::{Datelike, NaiveDate};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Some of a day's three parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts(u8);

impl Parts {
    const NONE: Self = Self(0);

    fn of(part: DayPart) -> Self {
        Self(match part {
            DayPart::Morning => 1,
            DayPart::Afternoon => 2,
            DayPart::Evening => 4,
        })
    }

    fn has(self, part: DayPart) -> bool {
        self.0 & Self::of(part).0 != 0
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    fn is_none(self) -> bool {
        self.0 == 0
    }

    fn iter(self) -> impl Iterator<Item = DayPart> {
        DayPart::ALL.into_iter().filter(move |part| self.has(*part))
    }

    /// 全天 / 上午 / 下午、晚上 …
    fn name(self) -> String {
        let whole = self.has(DayPart::Morning) && self.has(DayPart::Afternoon);
        let mut names: Vec<&str> = Vec::new();
        if whole {
            names.push("全天");
        }
        names.extend(
            self.iter().filter(|part| !whole || *part == DayPart::Evening).map(DayPart::name),
        );
        names.join("、")
    }

    /// What these parts of one event are worth, before the day's cap.
    fn uncapped(self, rule: &DayPartRule) -> Hours {
        let halves =
            i32::from(self.has(DayPart::Morning)) + i32::from(self.has(DayPart::Afternoon));
        let day = if halves == 2 && rule.two_halves_same_event_full {
            rule.full
        } else {
            rule.half * halves
        };
        day + if self.has(DayPart::Evening) { rule.evening } else { Hours::ZERO }
    }

    fn worth(self, rule: &DayPartRule) -> Hours {
        self.uncapped(rule).min(rule.day_cap)
    }
}

/// A record's wish for its sessions.
pub(super) struct Claim<'a> {
    /// The record's place in canonical order.
    pub entry: usize,
    /// The place of its event's first record: rows of one 班次 share it.
    pub event: usize,
    pub sessions: &'a BTreeSet<Session>,
}

/// The parts of one date that a record claims.
struct Wish {
    date: NaiveDate,
    event: usize,
    entry: usize,
    parts: Parts,
}

/// What a record is given of one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DayShare {
    pub date: NaiveDate,
    pub hours: Hours,
    got: Parts,
    /// Parts of this day already credited to other rows of the same 班次.
    beside: Parts,
    /// Parts that another record took, and which.
    lost: Vec<(DayPart, usize)>,
}

impl DayShare {
    /// The records that took parts of this one.
    pub fn takers(&self) -> impl Iterator<Item = usize> {
        self.lost.iter().map(|(_, taker)| *taker)
    }

    fn term(&self, rule: &DayPartRule) -> String {
        let mut text = format!("{} {} {}", day(self.date), self.got.name(), self.hours);
        let joined = self.beside.and(self.got).worth(rule) - self.beside.worth(rule);
        if self.hours != self.got.uncapped(rule) {
            if !self.beside.is_none() && self.hours == joined {
                text.push_str(&format!("（同班次{}已计，合并折算）", self.beside.name()));
            } else {
                text.push_str(&format!("（每天最多 {}）", rule.day_cap));
            }
        }
        text
    }
}

/// Credits every day part once: on each date the event covering more parts goes first, then the
/// one that comes first in canonical order; the rest is valued by A-08 and the day never exceeds its cap.
/// `claims` are in canonical order; the answer is by date, then by precedence.
pub(super) fn compete(rule: &DayPartRule, claims: &[Claim<'_>]) -> Vec<(usize, DayShare)> {
    let mut wishes: Vec<Wish> = Vec::new();
    for claim in claims {
        for session in claim.sessions {
            let part = Parts::of(session.part);
            match wishes.last_mut() {
                Some(wish) if wish.date == session.date && wish.entry == claim.entry => {
                    wish.parts = wish.parts.and(part);
                }
                _ => wishes.push(Wish {
                    date: session.date,
                    event: claim.event,
                    entry: claim.entry,
                    parts: part,
                }),
            }
        }
    }
    wishes.sort_unstable_by_key(|wish| (wish.date, wish.event, wish.entry));
    let mut shares = Vec::with_capacity(wishes.len());
    for one_day in wishes.chunk_by(|a, b| a.date == b.date) {
        credit_day(rule, one_day, &mut shares);
    }
    shares
}

fn credit_day(rule: &DayPartRule, wishes: &[Wish], shares: &mut Vec<(usize, DayShare)>) {
    let mut events: Vec<(Parts, &[Wish])> = wishes
        .chunk_by(|a, b| a.event == b.event)
        .map(|rows| (rows.iter().fold(Parts::NONE, |all, row| all.and(row.parts)), rows))
        .collect();
    events.sort_by_key(|(parts, rows)| (Reverse(parts.0.count_ones()), rows[0].event));
    let mut taken = Parts::NONE;
    let mut holders: [usize; 3] = [0; 3];
    let mut day_sum = Hours::ZERO;
    for (parts, rows) in events {
        let free = parts.without(taken);
        let mut credited = Parts::NONE;
        let mut before = Hours::ZERO;
        for row in rows {
            let got = Parts(row.parts.0 & free.0).without(credited);
            let beside = credited;
            credited = credited.and(got);
            let after = credited.worth(rule).min(rule.day_cap - day_sum).max(before);
            let lost = row.parts.without(got).iter();
            let lost = lost.map(|part| (part, holders[part as usize])).collect();
            for part in got.iter() {
                holders[part as usize] = row.entry;
            }
            let hours = after - before;
            shares.push((row.entry, DayShare { date: row.date, hours, got, beside, lost }));
            before = after;
        }
        day_sum += before;
        taken = taken.and(credited);
    }
}

/// The arithmetic of one record's days in one year, in words:
/// `6月2日 全天 10 ＋ 6月3日 全天 10 ＋ 6月4日 上午 4 ＝ 24`. `name` tells what another record is called.
pub(super) fn explain(
    rule: &DayPartRule,
    days: &[DayShare],
    name: impl Fn(usize) -> String,
) -> String {
    let got: Vec<&DayShare> = days.iter().filter(|share| !share.got.is_none()).collect();
    let total: Hours = got.iter().map(|share| share.hours).sum();
    let terms = terms(rule, &got);
    let mut text = terms.join(" ＋ ");
    if terms.len() > 1 || (terms.len() == 1 && got.len() > 1) {
        text.push_str(&format!(" ＝ {total}"));
    }
    let losses = losses(days, name);
    if text.is_empty() {
        text = format!("不计：{losses}");
    } else if !losses.is_empty() {
        text.push('；');
        text.push_str(&losses);
    }
    text
}

/// One term a day; longer lists tell runs of equal days together.
fn terms(rule: &DayPartRule, got: &[&DayShare]) -> Vec<String> {
    if got.len() <= 6 {
        return got.iter().map(|share| share.term(rule)).collect();
    }
    got.chunk_by(|a, b| {
        a.date.succ_opt() == Some(b.date)
            && (a.got, a.hours, a.beside) == (b.got, b.hours, b.beside)
    })
    .map(|run| match run {
        [first, .., last] => {
            let each = first.term(rule);
            let each = each.split_once(' ').map_or("", |(_, rest)| rest);
            format!("{}至{} 每天{each} × {} 天", day(first.date), day(last.date), run.len())
        }
        _ => run.iter().map(|share| share.term(rule)).collect(),
    })
    .collect()
}

fn losses(days: &[DayShare], name: impl Fn(usize) -> String) -> String {
    let mut by_taker: Vec<(usize, Vec<String>)> = Vec::new();
    for share in days {
        let mut takers: Vec<usize> = share.takers().collect();
        takers.sort_unstable();
        takers.dedup();
        for taker in takers {
            let parts = share.lost.iter().filter(|(_, t)| *t == taker);
            let parts = parts.fold(Parts::NONE, |all, (part, _)| all.and(Parts::of(*part)));
            let place = format!("{}{}", day(share.date), parts.name());
            match by_taker.iter_mut().find(|(known, _)| *known == taker) {
                Some((_, places)) => places.push(place),
                None => by_taker.push((taker, vec![place])),
            }
        }
    }
    let sentences = by_taker.into_iter().map(|(taker, places)| {
        let shown = places.iter().take(4).map(String::as_str).collect::<Vec<_>>().join("、");
        let more =
            if places.len() > 4 { format!("等 {} 处", places.len()) } else { String::new() };
        format!("{shown}{more}已由「{}」计入，不重复计", name(taker))
    });
    sentences.collect::<Vec<_>>().join("；")
}

/// `6月2日`
pub(super) fn day(date: NaiveDate) -> String {
    format!("{}月{}日", date.month(), date.day())
}
