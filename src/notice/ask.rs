//! Questions that the floors above ask a notice: look-ups by id and by the words people type,
//! spans, recipients, regions. No arithmetic of hours.

use super::convert::Conversion;
use super::{
    Clause, DeemRule, Form, FormId, Level, Notice, Platform, Recipient, Slot, SlotId, Span,
    SpanRule, Subject, SubjectRule,
};
use unicode_normalization::UnicodeNormalization;

/// How a 注册地区 text fits the unit (B2-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionFit {
    /// As it should be.
    Fits,
    /// Within the region, but another unit's place: can be corrected on the platform.
    WithinRegion,
    /// Another region altogether.
    Elsewhere,
}

/// A text reduced to what matters when people's spellings are compared: compatibility forms folded,
/// lower case, letters and digits only.
pub fn folded(text: &str) -> String {
    plainly_folded(text).unwrap_or_else(|| {
        text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
    })
}

/// The same for texts of ASCII and common ideographs alone, which no folding changes: almost all texts,
/// and this is asked a hundred times a handbook.
fn plainly_folded(text: &str) -> Option<String> {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{4e00}'..='\u{9fff}' => folded.push(character),
            _ if character.is_ascii_alphanumeric() => folded.push(character.to_ascii_lowercase()),
            _ if character.is_ascii() => {}
            _ => return None,
        }
    }
    Some(folded)
}

/// Whether a text is one of a thing's names.
fn named(text: &str, name: &str, synonyms: &[String]) -> bool {
    let wanted = folded(text);
    !wanted.is_empty()
        && (folded(name) == wanted || synonyms.iter().any(|word| folded(word) == wanted))
}

impl Notice {
    pub fn form(&self, id: FormId) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// A form by what a clerk types: `3`, `３`, `3 网络课程`, its name or a synonym.
    pub fn form_by_text(&self, text: &str) -> Option<&Form> {
        let folded_text = folded(text);
        let digits = folded_text.chars().take_while(char::is_ascii_digit).count();
        let (number, words) = folded_text.split_at(digits);
        let by_words = self.forms.iter().find(|form| named(words, &form.name, &form.synonyms));
        match (number.parse::<u16>(), words.is_empty()) {
            (Ok(number), true) => self.form(FormId(number)),
            (Ok(number), false) => by_words.filter(|form| form.id == FormId(number)),
            (Err(_), _) => by_words,
        }
    }

    pub fn slot(&self, id: &SlotId) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.id == *id)
    }

    /// A slot by its name or a synonym; where a word stands for several, the first in the notice.
    pub fn slot_by_text(&self, text: &str) -> Option<&Slot> {
        self.slots
            .iter()
            .find(|slot| folded(&slot.name) == folded(text))
            .or_else(|| self.slots.iter().find(|slot| named(text, &slot.name, &slot.synonyms)))
    }

    /// As [`Notice::slot_by_text`], preferring the slots that the form asks for
    /// (`通知` on a practice record is 实践活动通知).
    pub fn slot_of_form(&self, form: FormId, text: &str) -> Option<&Slot> {
        let asked = |slot: &&Slot| {
            self.form(form).is_some_and(|form| {
                form.evidence
                    .iter()
                    .flat_map(|set| &set.needs)
                    .any(|need| need.any_of.contains(&slot.id))
            })
        };
        self.slots
            .iter()
            .filter(asked)
            .find(|slot| named(text, &slot.name, &slot.synonyms))
            .or_else(|| self.slot_by_text(text))
    }

    pub fn subject(&self, id: &Subject) -> Option<&SubjectRule> {
        self.subjects.iter().find(|subject| subject.id == *id)
    }

    /// A subject by its name, a synonym, or its id.
    pub fn subject_by_text(&self, text: &str) -> Option<&SubjectRule> {
        self.subjects
            .iter()
            .find(|subject| named(text, &subject.name, &subject.synonyms))
            .or_else(|| self.subjects.iter().find(|subject| subject.id.id() == text.trim()))
    }

    /// The subject's Chinese name, or its id where the notice does not know it.
    pub fn subject_name<'a>(&'a self, id: &'a Subject) -> &'a str {
        self.subject(id).map_or(id.id(), |subject| &subject.name)
    }

    pub fn level(&self, name: &str) -> Option<&Level> {
        self.levels.iter().find(|level| level.name == name)
    }

    /// An applied level (申报级别) by its name or a synonym.
    pub fn level_by_text(&self, text: &str) -> Option<&Level> {
        self.levels.iter().find(|level| named(text, &level.name, &level.synonyms))
    }

    /// 高级 or 中级 of an applied level.
    pub fn level_group<'a>(&'a self, level: &'a str) -> Option<&'a str> {
        self.level(level).map(|level| level.group.as_str())
    }

    /// The distinct level groups in order.
    pub fn level_groups(&self) -> Vec<&str> {
        let mut groups: Vec<&str> = Vec::new();
        for level in &self.levels {
            if !groups.contains(&level.group.as_str()) {
                groups.push(&level.group);
            }
        }
        groups
    }

    /// A word of one of a form's lists (来源 / 级别 / 任务) as the list spells it.
    pub fn word<'a>(&self, text: &str, list: &'a [String]) -> Option<&'a str> {
        if let Some(word) = list.iter().find(|word| *word == text) {
            return Some(word);
        }
        let wanted = folded(text);
        let exact = list.iter().find(|word| folded(word) == wanted);
        let meant = || {
            let mut words = self.words.iter().filter(|word| word.folded.contains(&wanted));
            words.find_map(|word| list.iter().find(|name| **name == word.name))
        };
        exact.or_else(meant).map(String::as_str)
    }

    pub fn conversion(&self, id: &str) -> Option<&Conversion> {
        self.conversions.iter().find(|conversion| conversion.id == id)
    }

    /// The clause of an id such as `B3-11`.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.get(id)
    }

    /// A deeming rule by the 事由 of an entry.
    pub fn deem_rule(&self, reason: &str) -> Option<&DeemRule> {
        let reason = folded(reason);
        self.deeming.iter().find(|rule| rule.reasons.iter().any(|word| folded(word) == reason))
    }

    /// The deeming of a campaign's applicants (B3-08).
    pub fn applicant_deeming(&self, campaign: i32) -> impl Iterator<Item = &DeemRule> {
        let this_year = move |rule: &&DeemRule| rule.year.is_none_or(|year| year == campaign);
        self.deeming.iter().filter(|rule| rule.applicants).filter(this_year)
    }

    /// The 事由 words that a deemed entry may give, in the notice's order.
    pub fn deem_reasons(&self) -> Vec<&str> {
        self.deeming.iter().flat_map(|rule| &rule.reasons).map(String::as_str).collect()
    }

    /// A platform by its name, a synonym or its address on the web.
    pub fn platform(&self, text: &str) -> Option<&Platform> {
        self.platforms.iter().find(|platform| {
            named(text, &platform.name, &platform.synonyms)
                || named(text, &platform.website, &[])
                || named(
                    text.trim_start_matches("https://").trim_start_matches("http://"),
                    &platform.website,
                    &[],
                )
        })
    }

    /// The notice with a user's platforms added; one of the same name stands above the notice's.
    #[must_use]
    pub fn with_platforms(mut self, added: Vec<Platform>) -> Self {
        for platform in added {
            match self
                .platforms
                .iter_mut()
                .find(|known| folded(&known.name) == folded(&platform.name))
            {
                Some(known) => *known = platform,
                None => self.platforms.push(platform),
            }
        }
        self
    }

    /// First and last year that an applicant must show, and the rule that says so: the most specific
    /// match wins. `None` when the notice has no rule for the level.
    pub fn span_for(
        &self,
        level: &str,
        degree: &str,
        series: &str,
        campaign: i32,
    ) -> Option<(Span, &SpanRule)> {
        let group = self.level_group(level);
        let fits = |rule: &&SpanRule| {
            let level_fits = rule.levels.is_empty()
                || rule.levels.iter().any(|word| word == level || Some(word.as_str()) == group);
            let degree_fits = rule.degrees.is_empty()
                || rule.degrees.iter().any(|word| folded(degree).starts_with(&folded(word)));
            let series_fits = rule.series.is_empty() || named(series, "", &rule.series);
            level_fits && degree_fits && series_fits
        };
        let weight = |rule: &SpanRule| {
            let exact_level = rule.levels.iter().any(|word| word == level);
            u8::from(!rule.series.is_empty()) * 4
                + u8::from(!rule.degrees.is_empty()) * 4
                + u8::from(!rule.levels.is_empty())
                + u8::from(exact_level)
        };
        let mut best: Option<&SpanRule> = None;
        for rule in self.spans.iter().filter(fits) {
            if best.is_none_or(|known| weight(rule) > weight(known)) {
                best = Some(rule);
            }
        }
        best.map(|rule| {
            let span =
                Span { first: campaign + rule.first_offset, last: campaign + rule.last_offset };
            (span, rule)
        })
    }

    pub fn recipient_rule(&self, unit_kind: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.unit_kind == unit_kind)
    }

    /// Whom a unit hands its package to (B3-12…B3-18): a unit below a department to that department,
    /// others to the bureau that the notice names. Empty for a kind the notice does not know.
    pub fn recipient(
        &self,
        unit_kind: &str,
        county: &str,
        department: &str,
        unit_name: &str,
    ) -> String {
        let Some(rule) = self.recipient_rule(unit_kind) else { return String::new() };
        let department = department.trim();
        let below = !department.is_empty() && folded(department) != folded(unit_name);
        let text = if below { &rule.below_department } else { &rule.otherwise };
        let county = self.county(county).unwrap_or_else(|| county.trim().to_owned());
        let county = if county.is_empty() { "所在县（市区）" } else { &county };
        text.replace("{department}", department).replace("{county}", county)
    }

    /// The 注册地区 that a unit's staff must have on public online certificates (B2-04);
    /// `None` when the kind is unknown or its county is not given.
    pub fn expected_region(&self, unit_kind: &str, county: &str) -> Option<String> {
        let rule = self.recipient_rule(unit_kind)?;
        let county = self.county(county).unwrap_or_else(|| county.trim().to_owned());
        if county.is_empty() && rule.region.contains("{county}") {
            return None;
        }
        Some(rule.region.replace("{county}", &county))
    }

    /// How a 注册地区 text fits a unit (B2-04); an unknown county is judged by the region alone.
    pub fn region_fit(&self, unit_kind: &str, county: &str, text: &str) -> RegionFit {
        let text = self.without_region(text);
        let expected = self.expected_region(unit_kind, county).map(|e| self.without_region(&e));
        if expected.is_some_and(|expected| expected == text) {
            return RegionFit::Fits;
        }
        let within =
            text.named_region || self.counties.iter().any(|county| folded(county) == text.rest);
        if within { RegionFit::WithinRegion } else { RegionFit::Elsewhere }
    }

    /// A county of the region by its name, with or without 县 / 市.
    pub fn county(&self, text: &str) -> Option<String> {
        let wanted = self.without_region(text).rest;
        self.counties.iter().find(|county| folded(county) == wanted).cloned()
    }

    /// A place text split into whether it names the region, and what follows.
    fn without_region(&self, text: &str) -> PlaceText {
        let text = folded(text);
        let head = self
            .region_names
            .iter()
            .map(|name| folded(name))
            .filter(|name| text.starts_with(name.as_str()))
            .max_by_key(String::len);
        let named_region = head.is_some();
        let rest = &text[head.map_or(0, |head| head.len())..];
        let short = |county: &str| folded(county.trim_end_matches(['市', '县', '区']));
        let county = self.counties.iter().find(|county| short(county) == rest);
        PlaceText {
            named_region,
            rest: county.map_or_else(|| rest.to_owned(), |county| folded(county)),
        }
    }
}

#[derive(PartialEq, Eq)]
struct PlaceText {
    named_region: bool,
    rest: String,
}
