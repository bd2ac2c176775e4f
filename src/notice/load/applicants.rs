//! The sections of a notice file about applicants and units: levels, spans, deeming, prior slips, platforms,
//! recipients, publicity, deadline, closed periods.

use super::cursor::Cursor;
use super::shape::{Clauses, empty_clause, evidence};
use super::sink::Name;
use crate::notice::{
    Clause, Deadline, DeemRule, FormId, Level, Platform, PlatformRule, PriorSlipRule,
    PublicityRule, Recipient, SpanRule, Subject,
};
use chrono::NaiveDate;

pub(super) fn levels(root: &Cursor<'_, '_>) -> Vec<Level> {
    let level = |at: &Cursor<'_, '_>| {
        let level = Level {
            name: at.text("name"),
            synonyms: at.texts("synonyms"),
            group: at.text("group"),
            certificate_words: at.text("certificate_words"),
        };
        at.declare("name", Name::Level, &level.name);
        level
    };
    let tables = root.some_tables("level");
    let levels: Vec<Level> = tables.iter().map(level).collect();
    // A group may be named wherever a level may.
    for (at, level) in tables.iter().zip(&levels) {
        at.declare_shared(Name::Level, &level.group);
    }
    levels
}

pub(super) fn spans(root: &Cursor<'_, '_>, clauses: &Clauses) -> Vec<SpanRule> {
    let span = |at: &Cursor<'_, '_>| {
        let offset = |key| i32::try_from(at.integer(key, -50..11)).unwrap_or_default();
        let (first_offset, last_offset) = (offset("first_offset"), offset("last_offset"));
        if at.has("first_offset") && at.has("last_offset") && first_offset > last_offset {
            at.fault(
                "first_offset",
                "起始年度晚于截止年度",
                "请让 first_offset 不大于 last_offset",
            );
        }
        SpanRule {
            levels: at.references("levels", Name::Level),
            degrees: at.texts("degrees"),
            series: at.texts("series"),
            first_offset,
            last_offset,
            clause: clauses.named(at, "clause"),
        }
    };
    let tables = root.some_tables("span");
    let spans: Vec<SpanRule> = tables.iter().map(span).collect();
    for (n, at) in tables.iter().enumerate() {
        let same = |other: &SpanRule| {
            let this = &spans[n];
            (&other.levels, &other.degrees, &other.series)
                == (&this.levels, &this.degrees, &this.series)
        };
        if spans[..n].iter().any(same) {
            at.fault("levels", "两条认定起止的适用对象完全相同", "请删去一条，或写清学位、系列");
        }
    }
    spans
}

pub(super) fn deeming(root: &Cursor<'_, '_>, clauses: &Clauses) -> Vec<DeemRule> {
    let mut taken: Vec<String> = Vec::new();
    let rule = |at: &Cursor<'_, '_>| {
        let id = at.text("id");
        at.declare("id", Name::Deeming, &id);
        let rule = DeemRule {
            id,
            applicants: at.flag("applicants"),
            reasons: at.texts("reasons"),
            year: at.optional_year("year"),
            subjects: at.references("subjects", Name::Subject).into_iter().map(Subject).collect(),
            evidence: evidence(at, "evidence", clauses, &[]),
            obligation: at.optional_text("obligation"),
            obligation_due: at.optional_text("obligation_due"),
            clause: clauses.named(at, "clause"),
        };
        if rule.applicants && !rule.reasons.is_empty() {
            at.fault(
                "reasons",
                "参评人员的视同不需要事由",
                "请删去 reasons，或把 applicants 改为 false",
            );
        } else if !rule.applicants && rule.reasons.is_empty() {
            at.fault(
                "reasons",
                "没有写适用的事由",
                "请在 reasons 里写事由，或写 applicants = true",
            );
        }
        for reason in &rule.reasons {
            if taken.contains(reason) {
                at.fault("reasons", format!("事由“{reason}”已在另一条视同规则里"), "请只留一处");
            }
            taken.push(reason.clone());
        }
        rule
    };
    root.tables("deeming").iter().map(rule).collect()
}

pub(super) fn prior_slip(root: &Cursor<'_, '_>, clauses: &Clauses) -> PriorSlipRule {
    match root.table("prior_slip") {
        Some(at) => PriorSlipRule {
            evidence: evidence(&at, "evidence", clauses, &[]),
            clause: clauses.named(&at, "clause"),
        },
        None => PriorSlipRule { evidence: Vec::new(), clause: empty_clause(String::new()) },
    }
}

pub(super) fn platforms(root: &Cursor<'_, '_>) -> Vec<Platform> {
    let mut names: Vec<String> = Vec::new();
    let platform = |at: &Cursor<'_, '_>| {
        let name = at.text("name");
        if names.contains(&name) {
            at.fault("name", format!("平台“{name}”出现了两次"), "请删去一处");
        }
        names.push(name.clone());
        let years = (at.optional_year("first_year"), at.optional_year("last_year"));
        if let (Some(first), Some(last)) = years
            && first > last
        {
            at.fault("first_year", "备案起始年晚于截止年", "请核对两个年份");
        }
        let note = |key| at.optional_text(key).unwrap_or_default();
        Platform {
            name,
            synonyms: at.texts("synonyms"),
            address: note("address"),
            contact: note("contact"),
            website: note("website"),
            phone: note("phone"),
            level: note("level"),
            filed: at.optional_flag("filed"),
            account: at.optional_flag("account"),
            key_b: at.optional_flag("key_b"),
            base: at.flag("base"),
            first_year: years.0,
            last_year: years.1,
        }
    };
    root.tables("platform").iter().map(platform).collect()
}

pub(super) fn platform_rules(root: &Cursor<'_, '_>, clauses: &Clauses) -> Vec<PlatformRule> {
    let rule = |at: &Cursor<'_, '_>| {
        let clause = clauses.named(at, "clause");
        PlatformRule {
            forms: at.forms("forms").into_iter().map(FormId).collect(),
            subjects: at.references("subjects", Name::Subject).into_iter().map(Subject).collect(),
            required: at.flag("required"),
            filed: at.flag("filed"),
            account: at.flag("account"),
            key_b: at.flag("key_b"),
            key_clause: clauses.optional(at, "key_clause").unwrap_or_else(|| clause.clone()),
            clause,
        }
    };
    root.tables("platform_rule").iter().map(rule).collect()
}

pub(super) fn recipients(root: &Cursor<'_, '_>, clauses: &Clauses) -> Vec<Recipient> {
    let mut kinds: Vec<String> = Vec::new();
    let recipient = |at: &Cursor<'_, '_>| {
        let recipient = Recipient {
            unit_kind: at.text("unit_kind"),
            below_department: at.text("below_department"),
            otherwise: at.text("otherwise"),
            region: at.text("region"),
            needs_county: at.flag("needs_county"),
            clause: clauses.named(at, "clause"),
        };
        if kinds.contains(&recipient.unit_kind) {
            let message = format!("单位类别“{}”出现了两次", recipient.unit_kind);
            at.fault("unit_kind", message, "请删去一处");
        }
        kinds.push(recipient.unit_kind.clone());
        for (key, text) in [
            ("below_department", &recipient.below_department),
            ("otherwise", &recipient.otherwise),
            ("region", &recipient.region),
        ] {
            blanks_known(at, key, text);
        }
        recipient
    };
    root.some_tables("recipient").iter().map(recipient).collect()
}

/// Only `{county}` and `{department}` are filled in.
fn blanks_known(at: &Cursor<'_, '_>, key: &str, text: &str) {
    let rest = text.replace("{county}", "").replace("{department}", "");
    if rest.contains(['{', '}']) {
        at.fault(key, format!("“{text}”里有不认识的花括号"), "只能用 {county} 和 {department}");
    }
}

pub(super) fn publicity(root: &Cursor<'_, '_>, clauses: &Clauses) -> PublicityRule {
    match root.table("publicity") {
        Some(at) => PublicityRule {
            workdays: at.count("workdays", 1..61),
            count_posting_day: at.flag("count_posting_day"),
            subjects: at.references("subjects", Name::Subject).into_iter().map(Subject).collect(),
            clause: clauses.named(&at, "clause"),
        },
        None => PublicityRule {
            workdays: 0,
            count_posting_day: false,
            subjects: Vec::new(),
            clause: empty_clause(String::new()),
        },
    }
}

pub(super) fn deadline(root: &Cursor<'_, '_>, clauses: &Clauses) -> Deadline {
    match root.table("deadline") {
        Some(at) => Deadline {
            date: at.date("date"),
            review_workdays: at.optional_count("review_workdays", 0..61).unwrap_or_default(),
            clause: clauses.named(&at, "clause"),
        },
        None => Deadline {
            date: NaiveDate::default(),
            review_workdays: 0,
            clause: empty_clause(String::new()),
        },
    }
}

pub(super) fn closed_periods(
    root: &Cursor<'_, '_>,
    clauses: &Clauses,
) -> (Vec<(NaiveDate, NaiveDate)>, Option<Clause>) {
    let Some(at) = root.optional_table("closed") else { return (Vec::new(), None) };
    let period = |at: &Cursor<'_, '_>| {
        let (first, last) = (at.date("first"), at.date("last"));
        if at.has("first") && at.has("last") && first > last {
            at.fault("first", "起始日期晚于截止日期", "请核对两个日期");
        }
        (first, last)
    };
    let periods = at.tables("period").iter().map(period).collect();
    (periods, Some(clauses.named(&at, "clause")))
}
