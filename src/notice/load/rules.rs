//! The conversion rules of a notice file: one table each, its kind deciding which parameters it takes.

use super::cursor::Cursor;
use super::shape::{Clauses, chosen, chosen_or};
use super::sink::Name;
use crate::notice::convert::{Conversion, ConversionKind, DayPartRule};
use crate::notice::{Form, FormId, Subject};

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    DayParts,
    PerItem,
    Rank,
    OncePassed,
    Certified,
    Completes,
    Deems,
    Nothing,
}

const KINDS: [(&str, Kind); 8] = [
    ("day-parts", Kind::DayParts),
    ("per-item", Kind::PerItem),
    ("rank", Kind::Rank),
    ("once-passed", Kind::OncePassed),
    ("certified", Kind::Certified),
    ("completes", Kind::Completes),
    ("deems", Kind::Deems),
    ("nothing", Kind::Nothing),
];

pub(super) fn conversions(
    root: &Cursor<'_, '_>,
    clauses: &Clauses,
    forms: &[Form],
) -> (Vec<Conversion>, Option<DayPartRule>) {
    let tables = root.some_tables("conversion");
    let mut rules: Vec<Conversion> = Vec::new();
    for at in &tables {
        let rule = conversion(at, clauses);
        if !rule.id.is_empty() && rules.iter().any(|known| known.id == rule.id) {
            at.fault("id", format!("折算规则“{}”出现了两次", rule.id), "请改名或删去一处");
        }
        words_known(at, &rule, forms);
        rules.push(rule);
    }
    let dayparts = root.optional_table("dayparts").map(|at| dayparts(&at, clauses));
    if dayparts.is_none()
        && let Some(at) = tables
            .iter()
            .zip(&rules)
            .find_map(|(at, rule)| matches!(rule.kind, ConversionKind::DayParts).then_some(at))
    {
        at.fault("kind", "按时段折算，却没有 [dayparts] 一节", "请补上 [dayparts]");
    }
    (rules, dayparts)
}

fn conversion(at: &Cursor<'_, '_>, clauses: &Clauses) -> Conversion {
    let forms: Vec<FormId> = at.forms("forms").into_iter().map(FormId).collect();
    if forms.is_empty() {
        at.fault("forms", "没有写适用的形式", "请在 forms 里写形式的编号");
    }
    let kind = match chosen(at, "kind", &KINDS) {
        Some(kind) => parameters(at, kind),
        None => {
            // Which parameters are right cannot be told.
            at.accept_any_key();
            ConversionKind::Nothing { why: String::new() }
        }
    };
    let name = |key| at.optional_text(key);
    Conversion {
        id: at.text("id"),
        forms,
        entered: at.references("entered", Name::Subject).into_iter().map(Subject).collect(),
        sources: at.texts("sources"),
        levels: at.texts("levels"),
        tasks: at.texts("tasks"),
        subject: at.optional_reference("subject", Name::Subject).map(Subject),
        kind,
        needs_confirmation: at.flag("needs_confirmation"),
        accepts_blank: at.flag("accepts_blank"),
        blank_level: name("blank_level"),
        needs_serial: at.flag("needs_serial"),
        best_of_same: at.flag("best_of_same"),
        by_certificate_year: chosen_or(
            at,
            "year",
            true,
            &[("certificate", true), ("study", false)],
        ),
        unit: name("unit").unwrap_or_else(|| "项".to_owned()),
        first_name: name("first_name").unwrap_or_else(|| "第一".to_owned()),
        others_name: name("others_name").unwrap_or_else(|| "其他人员".to_owned()),
        clause: clauses.named(at, "clause"),
    }
}

fn parameters(at: &Cursor<'_, '_>, kind: Kind) -> ConversionKind {
    match kind {
        Kind::DayParts => ConversionKind::DayParts,
        Kind::PerItem => {
            ConversionKind::PerItem { hours: at.hours("hours"), cap: at.optional_hours("cap") }
        }
        Kind::Rank => {
            let (first, others) = (at.hours("first"), at.hours("others"));
            if at.has("first") && others > first {
                at.fault("others", "其他人员的学时多于排名在前的", "请核对 first 和 others");
            }
            ConversionKind::Rank { first_n: at.count("first_n", 1..1000), first, others }
        }
        Kind::OncePassed => ConversionKind::OncePassed { hours: at.hours("hours") },
        Kind::Certified => ConversionKind::Certified {
            minutes_per_hour: at.count("minutes_per_hour", 1..601),
            yearly_cap: at.optional_hours("yearly_cap"),
        },
        Kind::Completes => {
            let at_least_months = at.count("at_least_months", 1..601);
            let more_than_months = at.count("more_than_months", 1..601);
            if at.has("more_than_months") && more_than_months < at_least_months {
                let message = "more_than_months 小于 at_least_months";
                at.fault("more_than_months", message, "请核对两个月数");
            }
            ConversionKind::Completes {
                at_least_months,
                more_than_months,
                level_required: at.texts("level_required"),
                passing: passing(at),
                or_equal: at.flag("or_equal"),
                later_of_equal: chosen_or(
                    at,
                    "of_equal_years",
                    false,
                    &[("earlier", false), ("later", true)],
                ),
            }
        }
        Kind::Deems => ConversionKind::Deems {
            rule: at.reference("rule", Name::Deeming),
            passing: passing(at),
        },
        Kind::Nothing => ConversionKind::Nothing { why: at.text("why") },
    }
}

fn passing(at: &Cursor<'_, '_>) -> Vec<String> {
    let words = at.texts("passing");
    if words.is_empty() {
        at.fault("passing", "没有写哪些考核结果算合格", "请在 passing 里写，如 [\"合格\"]");
    }
    words
}

/// A rule may only answer to words that its forms take.
fn words_known(at: &Cursor<'_, '_>, rule: &Conversion, forms: &[Form]) {
    let of_rule: Vec<&Form> = forms.iter().filter(|form| rule.forms.contains(&form.id)).collect();
    type List = fn(&Form) -> &Vec<String>;
    let lists: [(&str, &[String], List); 3] = [
        ("sources", &rule.sources, |form| &form.sources),
        ("levels", &rule.levels, |form| &form.levels),
        ("tasks", &rule.tasks, |form| &form.tasks),
    ];
    for (key, words, of_form) in lists {
        let unknown = words.iter().filter(|w| !of_rule.iter().any(|f| of_form(f).contains(w)));
        for word in unknown {
            let message = format!("适用的形式没有“{word}”这个词");
            at.fault(key, message, format!("请与 [[form]] 的 {key} 一致"));
        }
    }
    if let ConversionKind::Completes { level_required, .. } = &rule.kind {
        let blank = rule.blank_level.iter();
        let unknown = level_required
            .iter()
            .chain(blank)
            .filter(|w| !of_rule.iter().any(|f| f.levels.contains(w)));
        for word in unknown {
            let message = format!("适用的形式没有“{word}”这个级别");
            at.fault("level_required", message, "请与 [[form]] 的 levels 一致");
        }
    }
}

fn dayparts(at: &Cursor<'_, '_>, clauses: &Clauses) -> DayPartRule {
    let rule = DayPartRule {
        full: at.hours("full"),
        half: at.hours("half"),
        evening: at.hours("evening"),
        day_cap: at.hours("day_cap"),
        two_halves_same_event_full: at.flag("two_halves_same_event_full"),
        clause: clauses.named(at, "clause"),
    };
    if at.has("day_cap") && rule.day_cap < rule.full {
        at.fault("day_cap", "一天的上限小于全天的学时", "请核对 day_cap 和 full");
    }
    if at.has("half") && rule.half > rule.full {
        at.fault("half", "半天的学时多于全天", "请核对 half 和 full");
    }
    rule
}
