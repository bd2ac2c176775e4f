//! Evidence sets (annex 1 part 1): which files a record needs, which it has, what is missing.

use super::{Clause, EvidenceSet, Notice, SlotId};

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
        todo!()
    }
}

/// Holds proofs against sets; any one complete set suffices.
pub fn state(
    _notice: &Notice,
    _sets: &[EvidenceSet],
    _source: Option<&str>,
    _proofs: &[Proof],
    _waived: &[SlotId],
) -> EvidenceState {
    todo!()
}
