//! From the tables of a notice file to a [`Notice`], one function a section; what contradicts itself
//! within a section is told here.

use super::cursor::Cursor;
use super::sink::{Name, Sink};
use super::{applicants, rules, switches};
use crate::notice::ask::folded;
use crate::notice::{
    Annual, AnnualMode, CalendarYear, Clause, Decision, DoubtfulSerials, EvidenceSet, Field, Form,
    FormId, Hours, Level, Need, Notice, Overflow, SerialRule, Slot, SlotId, SpanRule, Subject,
    SubjectRule, Theme, Word,
};
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::DeTable;

/// What every section needs while it is read: the clauses, which rules name by id.
pub(super) struct Clauses(BTreeMap<String, Clause>);

impl Clauses {
    /// The clause that a table's `key` names; an unknown one is told and left empty.
    pub fn named(&self, at: &Cursor<'_, '_>, key: &'static str) -> Clause {
        let id = at.reference(key, Name::Clause);
        self.0.get(&id).cloned().unwrap_or_else(|| empty_clause(id))
    }

    pub fn optional(&self, at: &Cursor<'_, '_>, key: &'static str) -> Option<Clause> {
        let id = at.optional_reference(key, Name::Clause)?;
        Some(self.0.get(&id).cloned().unwrap_or_else(|| empty_clause(id)))
    }
}

pub(super) fn empty_clause(id: String) -> Clause {
    Clause { id, place: String::new(), quote: String::new() }
}

pub(super) fn notice<'t>(sink: &Sink<'t>, root: &Spanned<DeTable<'t>>) -> Notice {
    let root = sink.root(root);
    let clauses = clauses(&root);
    let head = root.table("notice");
    let text = |key| head.as_ref().map(|head| head.text(key)).unwrap_or_default();
    let texts = |key| head.as_ref().map(|head| head.texts(key)).unwrap_or_default();
    let subjects = subjects(&root, &clauses);
    let annual = annual(&root, &clauses, &subjects);
    let campaign_year = head.as_ref().map(|head| head.year("campaign_year")).unwrap_or_default();
    let issued = head.as_ref().map(|head| head.date("issued")).unwrap_or_default();
    let slots = slots(&root);
    let forms = forms(&root, &clauses);
    let levels = applicants::levels(&root);
    let (closed_periods, closed_clause) = applicants::closed_periods(&root, &clauses);
    let (conversions, dayparts) = rules::conversions(&root, &clauses, &forms);
    let summary = root.table("summary");
    let deadline = applicants::deadline(&root, &clauses);
    if let Some(head) = head.as_ref().filter(|head| head.has("issued"))
        && issued > deadline.date
        && root.has("deadline")
    {
        head.fault("issued", "发文日期晚于报送截止日期", "请核对 issued 和 [deadline] 的 date");
    }
    let spans = applicants::spans(&root, &clauses);
    levels_have_spans(&root, &levels, &spans);
    slots_told_apart(&root, &slots, &forms);
    Notice {
        id: id(head.as_ref()),
        document: text("document"),
        title: text("title"),
        issuer: text("issuer"),
        region: text("region"),
        province: head.as_ref().and_then(|head| head.optional_text("province")).unwrap_or_default(),
        issued,
        campaign_year,
        basis: texts("basis"),
        hours_label: text("hours_label"),
        region_names: texts("region_names"),
        counties: texts("counties"),
        annual,
        themes: themes(&root, &clauses),
        conversions,
        dayparts,
        spans,
        summary_groups: summary
            .as_ref()
            .map(|summary| summary.count("groups", 1..13))
            .map_or(1, |groups| usize::try_from(groups).unwrap_or(1)),
        summary_overflow: summary.as_ref().map_or(Overflow::Column, |summary| {
            let words = [("column", Overflow::Column), ("sheet", Overflow::Sheet)];
            chosen_or(summary, "overflow", Overflow::Column, &words)
        }),
        draft_serial: root
            .optional_table("certificate")
            .is_some_and(|certificate| certificate.flag("draft_serial")),
        deeming: applicants::deeming(&root, &clauses),
        platforms: applicants::platforms(&root),
        platform_rules: applicants::platform_rules(&root, &clauses),
        publicity: applicants::publicity(&root, &clauses),
        deadline,
        closed_periods,
        closed_clause,
        filing: root.optional_table("filing").map(|at| clauses.named(&at, "clause")),
        serial: serial(&root, &clauses),
        prior_slip: applicants::prior_slip(&root, &clauses),
        recipients: applicants::recipients(&root, &clauses),
        calendar: calendar(&root),
        decisions: decisions(&root),
        changed: Vec::new(),
        words: words(&root),
        subjects,
        slots,
        forms,
        levels,
        clauses: clauses.0,
    }
}

/// Every applied level needs a span.
fn levels_have_spans(root: &Cursor<'_, '_>, levels: &[Level], spans: &[SpanRule]) {
    let plain = |rule: &&SpanRule| rule.degrees.is_empty() && rule.series.is_empty();
    for level in levels {
        let covers = |rule: &SpanRule| {
            rule.levels.is_empty()
                || rule.levels.contains(&level.name)
                || rule.levels.contains(&level.group)
        };
        if !spans.is_empty() && !spans.iter().filter(plain).any(covers) {
            let message = format!("级别“{}”没有不限学位、系列的认定起止", level.name);
            root.fault("span", message, "请为它补一节 [[span]]");
        }
    }
}

/// Within one form a word must mean one slot.
fn slots_told_apart(root: &Cursor<'_, '_>, slots: &[Slot], forms: &[Form]) {
    for form in forms {
        let needs = form.evidence.iter().flat_map(|set| &set.needs);
        let asked: BTreeSet<&SlotId> = needs.flat_map(|need| &need.any_of).collect();
        let mut meant: BTreeMap<String, &str> = BTreeMap::new();
        for slot in slots.iter().filter(|slot| asked.contains(&slot.id)) {
            let words: BTreeSet<String> =
                std::iter::once(&slot.name).chain(&slot.synonyms).map(|w| folded(w)).collect();
            for word in words {
                if let Some(other) = meant.insert(word.clone(), &slot.name) {
                    let message =
                        format!("形式“{}”里，“{word}”既指{other}，又指{}", form.name, slot.name);
                    root.fault("slot", message, "请从其中一个材料项的 synonyms 里删去");
                }
            }
        }
    }
}

fn id(head: Option<&Cursor<'_, '_>>) -> String {
    let Some(head) = head else { return String::new() };
    let id = head.text("id");
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !id.is_empty() && !id.chars().all(plain) {
        head.fault(
            "id",
            format!("“{id}”不能作编号"),
            "请只用小写字母、数字和短横，如 xiangxi-2020",
        );
    }
    id
}

fn clauses(root: &Cursor<'_, '_>) -> Clauses {
    let Some(section) = root.table("clauses") else { return Clauses(BTreeMap::new()) };
    let entries = section.free_tables().into_iter().map(|(id, at)| {
        at.declare_shared(Name::Clause, &id);
        let clause = Clause { id: id.clone(), place: at.text("place"), quote: at.text("quote") };
        (id, clause)
    });
    Clauses(entries.collect())
}

fn subjects(root: &Cursor<'_, '_>, clauses: &Clauses) -> Vec<SubjectRule> {
    let subject = |at: &Cursor<'_, '_>| {
        let id = at.text("id");
        at.declare("id", Name::Subject, &id);
        SubjectRule {
            id: Subject(id),
            name: at.text("name"),
            synonyms: at.texts("synonyms"),
            minimum: at.hours("minimum"),
            soft: at.flag("soft"),
            clause: clauses.named(at, "clause"),
        }
    };
    root.some_tables("subject").iter().map(subject).collect()
}

fn annual(root: &Cursor<'_, '_>, clauses: &Clauses, subjects: &[SubjectRule]) -> Annual {
    let Some(at) = root.table("annual") else {
        return Annual {
            total: Hours::ZERO,
            mode: AnnualMode::PerYear,
            warn_above: None,
            year_cap: None,
            clause: empty_clause(String::new()),
        };
    };
    let total = at.hours("total");
    let sum: Hours = subjects.iter().map(|subject| subject.minimum).sum();
    if !total.is_zero() && sum > total {
        at.fault(
            "total",
            format!("各科目最低学时合计 {sum}，多于全年 {total}"),
            "请改小科目的 minimum，或改大 total",
        );
    }
    let warn_above = at.optional_hours("warn_above");
    if let Some(above) = warn_above.filter(|above| *above < total) {
        at.fault(
            "warn_above",
            format!("提醒线 {above} 低于全年 {total}"),
            "请改成不低于 total 的数",
        );
    }
    let year_cap = at.optional_hours("year_cap");
    if let Some(cap) = year_cap.filter(|cap| *cap < total) {
        at.fault(
            "year_cap",
            format!("全年最多计 {cap}，低于全年要求 {total}"),
            "请改成不低于 total 的数",
        );
    }
    let mode = chosen(
        &at,
        "mode",
        &[("per-year", AnnualMode::PerYear), ("cumulative", AnnualMode::Cumulative)],
    );
    Annual {
        total,
        mode: mode.unwrap_or(AnnualMode::PerYear),
        warn_above,
        year_cap,
        clause: clauses.named(&at, "clause"),
    }
}

/// One of a few words.
pub(super) fn chosen<T: Copy>(
    at: &Cursor<'_, '_>,
    key: &'static str,
    words: &[(&str, T)],
) -> Option<T> {
    let word = at.text(key);
    let found = words.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() && !word.trim().is_empty() {
        unknown_word(at, key, &word, words);
    }
    found
}

/// One of a few words, or what it is where none is written.
pub(super) fn chosen_or<T: Copy>(
    at: &Cursor<'_, '_>,
    key: &'static str,
    otherwise: T,
    words: &[(&str, T)],
) -> T {
    let Some(word) = at.optional_text(key) else { return otherwise };
    let found = words.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    if found.is_none() {
        unknown_word(at, key, &word, words);
    }
    found.unwrap_or(otherwise)
}

fn unknown_word<T>(at: &Cursor<'_, '_>, key: &str, word: &str, words: &[(&str, T)]) {
    let names: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
    at.fault(key, format!("不认识“{word}”"), format!("这里可写 {}", names.join("、")));
}

fn themes(root: &Cursor<'_, '_>, clauses: &Clauses) -> Vec<Theme> {
    let theme = |at: &Cursor<'_, '_>| {
        let texts = at.texts("texts");
        if texts.is_empty() && !at.has("texts") {
            at.fault("texts", "缺少“texts”", "请补上主题文字的列表");
        }
        Theme {
            year: at.year("year"),
            subject: Subject(at.reference("subject", Name::Subject)),
            texts,
            clause: clauses.named(at, "clause"),
        }
    };
    root.tables("theme").iter().map(theme).collect()
}

fn slots(root: &Cursor<'_, '_>) -> Vec<Slot> {
    let mut names: Vec<String> = Vec::new();
    let slot = |at: &Cursor<'_, '_>| {
        let id = at.text("id");
        at.declare("id", Name::Slot, &id);
        let name = at.text("name");
        if names.contains(&name) {
            at.fault("name", format!("材料项“{name}”出现了两次"), "请改名或删去一处");
        }
        names.push(name.clone());
        Slot {
            id: SlotId(id),
            name,
            synonyms: at.texts("synonyms"),
            open: at.flag("open"),
            personal: at.flag("personal"),
        }
    };
    root.some_tables("slot").iter().map(slot).collect()
}

fn forms(root: &Cursor<'_, '_>, clauses: &Clauses) -> Vec<Form> {
    let mut names: BTreeMap<String, u16> = BTreeMap::new();
    let form = |at: &Cursor<'_, '_>| {
        let number = u16::try_from(at.count("id", 1..1000)).unwrap_or_default();
        at.declare("id", Name::Form, &number.to_string());
        let sources = at.texts("sources");
        let form = Form {
            id: FormId(number),
            name: at.text("name"),
            synonyms: at.texts("synonyms"),
            hint: at.optional_text("hint").unwrap_or_default(),
            asks: fields(at),
            evidence: evidence(at, "evidence", clauses, &sources),
            sources,
            levels: at.texts("levels"),
            tasks: at.texts("tasks"),
            fixed_subject: at.optional_reference("fixed_subject", Name::Subject).map(Subject),
            clause: clauses.named(at, "clause"),
        };
        for word in std::iter::once(&form.name).chain(&form.synonyms) {
            if let Some(other) = names.insert(word.clone(), number).filter(|other| *other != number)
            {
                let message = format!("“{word}”同时是形式 {other} 和 {number} 的叫法");
                at.fault("synonyms", message, "请只留在一种形式里");
            }
        }
        form
    };
    root.some_tables("form").iter().map(form).collect()
}

fn fields(at: &Cursor<'_, '_>) -> Vec<Field> {
    const FIELDS: [(&str, Field); 13] = [
        ("sessions", Field::Sessions),
        ("rank", Field::Rank),
        ("level", Field::Level),
        ("source", Field::Source),
        ("quantity", Field::Quantity),
        ("passed", Field::Passed),
        ("certified", Field::Certified),
        ("serial", Field::Serial),
        ("task", Field::Task),
        ("assessment", Field::Assessment),
        ("platform", Field::Platform),
        ("region", Field::Region),
        ("certificate-number", Field::CertificateNumber),
    ];
    let mut fields = Vec::new();
    for word in at.texts("asks") {
        match FIELDS.iter().find(|(name, _)| *name == word) {
            Some((_, field)) => fields.push(*field),
            None => unknown_word(at, "asks", &word, &FIELDS),
        }
    }
    fields
}

/// Evidence sets; they may only answer to the 来源 words of what they belong to.
pub(super) fn evidence(
    at: &Cursor<'_, '_>,
    key: &'static str,
    clauses: &Clauses,
    sources: &[String],
) -> Vec<EvidenceSet> {
    let need = |at: &Cursor<'_, '_>| {
        let any_of = at.references("any_of", Name::Slot);
        if any_of.is_empty() {
            at.fault("any_of", "没有写材料项", "请在 any_of 里写一个或几个材料项");
        }
        Need {
            any_of: any_of.into_iter().map(SlotId).collect(),
            label: at.optional_text("label"),
            stamped: at.flag("stamped"),
            waivable: at.flag("waivable"),
            recommended: at.optional_count("recommended", 1..100).unwrap_or(1),
        }
    };
    let set = |at: &Cursor<'_, '_>| {
        let set = EvidenceSet {
            needs: at.some_tables("needs").iter().map(need).collect(),
            sources: at.texts("sources"),
            clause: clauses.named(at, "clause"),
        };
        for source in set.sources.iter().filter(|word| !sources.contains(word)) {
            let message = format!("这种形式没有“{source}”这个来源");
            at.fault("sources", message, "请与 [[form]] 的 sources 一致");
        }
        set
    };
    at.tables(key).iter().map(set).collect()
}

fn serial(root: &Cursor<'_, '_>, clauses: &Clauses) -> Option<SerialRule> {
    let at = root.optional_table("serial")?;
    let doubtful = |at: &Cursor<'_, '_>| {
        let (first, last) = (at.count("first", 0..1_000_000), at.count("last", 0..1_000_000));
        if first > last {
            at.fault("first", "起号大于止号", "请核对两个号码");
        }
        DoubtfulSerials { first, last, what: at.text("what") }
    };
    let digits = |key| usize::try_from(at.count(key, 1..10)).unwrap_or(1);
    Some(SerialRule {
        prefix: at.text("prefix"),
        example: at.text("example"),
        region_digits: digits("region_digits"),
        serial_digits: digits("serial_digits"),
        doubtful: at.tables("doubtful").iter().map(doubtful).collect(),
        doubtful_words: at.texts("doubtful_words"),
        clause: clauses.named(&at, "clause"),
    })
}

/// A file of working days alone.
pub(super) fn calendar_file<'t>(sink: &Sink<'t>, root: &Spanned<DeTable<'t>>) -> Vec<CalendarYear> {
    let root = sink.root(root);
    if root.has("calendar") { calendar(&root) } else { vec![calendar_year(&root)] }
}

fn calendar(root: &Cursor<'_, '_>) -> Vec<CalendarYear> {
    root.tables("calendar").iter().map(calendar_year).collect()
}

fn calendar_year(at: &Cursor<'_, '_>) -> CalendarYear {
    let year = CalendarYear { year: at.year("year"), off: at.dates("off"), work: at.dates("work") };
    let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    for (key, days) in [("off", &year.off), ("work", &year.work)] {
        for day in days {
            // The last days of a year may be ruled by the next year's notice.
            if at.has("year") && day.year() != year.year && day.year() + 1 != year.year {
                at.fault(key, format!("{day} 不在 {} 年", year.year), "请写到它自己的年份里");
            } else if (key == "off") == weekend(day) {
                let (is, fix) = if key == "off" {
                    ("本来就是周末", "off 只写周一到周五放假的日子")
                } else {
                    ("本来就是工作日", "work 只写周末上班的日子")
                };
                at.fault(key, format!("{day} {is}"), fix);
            }
        }
    }
    year
}

fn decisions(root: &Cursor<'_, '_>) -> Vec<Decision> {
    let mut ids: Vec<String> = Vec::new();
    let decision = |at: &Cursor<'_, '_>| {
        let id = at.text("id");
        if ids.contains(&id) {
            at.fault("id", format!("口径“{id}”出现了两次"), "请改名或删去一处");
        }
        ids.push(id.clone());
        Decision {
            id,
            question: at.text("question"),
            choice: at.text("choice"),
            reason: at.text("reason"),
            switches: switches::of(at),
            fixed: at.optional_text("fixed").unwrap_or_default(),
        }
    };
    root.tables("decision").iter().map(decision).collect()
}

fn words(root: &Cursor<'_, '_>) -> Vec<Word> {
    let word = |at: &Cursor<'_, '_>| {
        let (name, synonyms) = (at.text("name"), at.texts("synonyms"));
        let folded = synonyms.iter().map(|word| folded(word)).collect();
        Word { name, synonyms, folded }
    };
    root.tables("word").iter().map(word).collect()
}
