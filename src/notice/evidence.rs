//! Evidence sets (annex 1 part 1): which files a record needs, which it has, what is missing.

use super::{Clause, EvidenceSet, Need, Notice, SlotId};

/// A file as the evidence rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub slot: SlotId,
    pub stamped: bool,
    /// A reason was given (open 「等」 slots need one).
    pub reasoned: bool,
}

/// One need of a set, met or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedState {
    /// `签到表或其他签到形式`
    pub label: String,
    pub slots: Vec<SlotId>,
    pub met: bool,
    pub waived: bool,
    /// Why what is there does not do: `缺盖章`.
    pub trouble: Option<String>,
    /// Enough, but more is better: `建议备 2 份`.
    pub advice: Option<String>,
}

/// One set (任选一组备齐即可).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetState {
    /// `第一组`
    pub name: String,
    pub needs: Vec<NeedState>,
    pub complete: bool,
    pub clause: Clause,
}

/// Where a record's evidence stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceState {
    pub complete: bool,
    pub sets: Vec<SetState>,
}

impl EvidenceState {
    /// The labels missing in the set nearest to completion; empty when complete.
    pub fn missing(&self) -> Vec<String> {
        if self.complete {
            return Vec::new();
        }
        let unmet = |set: &SetState| set.needs.iter().filter(|need| !need.met).count();
        let Some(nearest) = self.sets.iter().min_by_key(|set| unmet(set)) else {
            return Vec::new();
        };
        let unmet = nearest.needs.iter().filter(|need| !need.met);
        unmet
            .map(|need| match &need.trouble {
                Some(trouble) => format!("{}（{trouble}）", need.label),
                None => need.label.clone(),
            })
            .collect()
    }
}

/// Holds proofs against sets; any one complete set suffices. Sets that answer to other 来源 words are left
/// out; with a blank or unknown 来源 all are looked at. No sets: nothing is asked.
pub fn state(
    notice: &Notice,
    sets: &[EvidenceSet],
    source: Option<&str>,
    proofs: &[Proof],
    waived: &[SlotId],
) -> EvidenceState {
    let answers = |set: &EvidenceSet| {
        set.sources.is_empty()
            || source.is_some_and(|source| notice.word(source, &set.sources).is_some())
    };
    let answering: Vec<&EvidenceSet> = sets.iter().filter(|set| answers(set)).collect();
    let looked_at = if answering.is_empty() { sets.iter().collect() } else { answering };
    let sets: Vec<SetState> = looked_at
        .iter()
        .enumerate()
        .map(|(place, set)| {
            let needs: Vec<NeedState> =
                set.needs.iter().map(|need| need_state(notice, need, proofs, waived)).collect();
            SetState {
                name: set_name(place),
                complete: needs.iter().all(|need| need.met),
                needs,
                clause: set.clause.clone(),
            }
        })
        .collect();
    EvidenceState { complete: sets.is_empty() || sets.iter().any(|set| set.complete), sets }
}

fn need_state(notice: &Notice, need: &Need, proofs: &[Proof], waived: &[SlotId]) -> NeedState {
    let is_open = |slot: &SlotId| notice.slot(slot).is_some_and(|slot| slot.open);
    let here: Vec<&Proof> = proofs.iter().filter(|p| need.any_of.contains(&p.slot)).collect();
    let sealed = |proof: &Proof| !need.stamped || proof.stamped;
    let reasoned = |proof: &Proof| !is_open(&proof.slot) || proof.reasoned;
    let good = here.iter().filter(|proof| sealed(proof) && reasoned(proof)).count();
    let waived = need.waivable && need.any_of.iter().any(|slot| waived.contains(slot));
    let trouble = if good > 0 || here.is_empty() {
        None
    } else if here.iter().all(|proof| !sealed(proof)) {
        Some("缺盖章".to_owned())
    } else {
        Some("须写明理由".to_owned())
    };
    let wanted = usize::try_from(need.recommended).unwrap_or(usize::MAX);
    let advice = (good > 0 && good < wanted).then(|| format!("建议备 {wanted} 份"));
    NeedState {
        label: label(notice, need),
        slots: need.any_of.clone(),
        met: good > 0 || waived,
        waived: waived && good == 0,
        trouble,
        advice,
    }
}

/// The need's own words, else its slots' names: `签到表或其他签到形式`.
pub fn label(notice: &Notice, need: &Need) -> String {
    need.label.clone().unwrap_or_else(|| {
        let names: Vec<&str> = need
            .any_of
            .iter()
            .map(|id| notice.slot(id).map_or(id.0.as_str(), |slot| slot.name.as_str()))
            .collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] => format!("{}或{last}", first.join("、")),
        }
    })
}

fn set_name(place: usize) -> String {
    const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    NUMERALS.get(place).map_or_else(|| format!("第 {} 组", place + 1), |n| format!("第{n}组"))
}
