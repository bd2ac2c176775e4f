//! What 规则 shows of the notices: the switches of the one in work as its file has them and as they stand,
//! its words in full, the other years, what cannot be read. Made by the worker, looked at by the page.

use crate::failure::Result;
use crate::ledger::Evidence;
use crate::notice::Notice;
use crate::notice::switch::Standing;
use crate::notice::words::{Paragraph, paragraphs};
use crate::registry::{BrokenRule, NoticeEntry, Registry};
use std::sync::Arc;

/// The rules of one picture.
#[derive(Debug, Clone, Default)]
pub struct RulesView {
    /// The notice that `standings`, `words` and `text` were made of.
    made_of: Option<Arc<Notice>>,
    pub standings: Arc<Vec<Standing>>,
    /// The notice in full; where its words are not there, its clauses one by one.
    pub words: Arc<Vec<Paragraph>>,
    pub in_full: bool,
    /// Its file, of which next year's is made.
    pub text: Arc<str>,
    pub notices: Arc<Vec<NoticeEntry>>,
    /// Proofs that the unit's own platforms are filed, by platform.
    pub proofs: Arc<Vec<(String, Evidence)>>,
    pub broken: Arc<Vec<BrokenRule>>,
    pub refused: Arc<Vec<String>>,
}

impl RulesView {
    /// Looks at a registry; what costs something is taken over from `before` while the notice is the same.
    ///
    /// # Errors
    /// Damage.
    pub fn of(registry: &Registry, before: &Self) -> Result<Self> {
        let notice = registry.notice();
        let year = notice.campaign_year;
        let mut view = match &before.made_of {
            Some(made) if Arc::ptr_eq(made, &notice) => before.clone(),
            _ => {
                let words = registry.notice_words(year);
                Self {
                    standings: Arc::new(registry.standings(year)?),
                    words: Arc::new(match words {
                        Some(words) => paragraphs(words, &notice),
                        None => paragraphs(&clause_by_clause(&notice), &notice),
                    }),
                    in_full: words.is_some(),
                    text: registry.notice_text(year)?.into(),
                    made_of: Some(notice),
                    ..Self::default()
                }
            }
        };
        view.notices = Arc::new(registry.notices()?);
        view.proofs = Arc::new(registry.platform_proofs()?);
        view.broken = Arc::new(registry.broken_rules().to_vec());
        view.refused = Arc::new(registry.refused_rulings());
        Ok(view)
    }
}

fn clause_by_clause(notice: &Notice) -> String {
    let own = notice.clauses.values().filter(|clause| !clause.id.contains('~'));
    own.map(|clause| format!("{}　{}\n", clause.place, clause.quote)).collect()
}
