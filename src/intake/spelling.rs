//! One spelling for one unit (S-05): what differs from a spelling in use only in spaces, width or punctuation
//! is written like it, and told.

use super::drafts::Drafts;
use crate::registry::Spellings;
use std::collections::BTreeMap;

pub(super) fn unify(drafts: &mut Drafts, mut known: Spellings) {
    let mut changed: BTreeMap<(String, String), u32> = BTreeMap::new();
    for workplace in drafts.people.iter_mut().filter_map(|draft| draft.workplace.as_mut()) {
        if let Some(spelling) = known.settle(workplace) {
            *changed.entry((workplace.clone(), spelling.clone())).or_default() += 1;
            *workplace = spelling;
        }
    }
    drafts.notes.extend(changed.into_iter().map(|((from, to), rows)| {
        format!("工作单位“{from}”（{rows} 行）与“{to}”只是写法不同，已统一写作后者")
    }));
}
