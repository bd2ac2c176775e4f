//! Beside the form: what the activity is worth as it is filled in, and the evidence it still needs.

use super::Entry;
use crate::ledger::{self, Person, PersonId, Record, RecordCredit};
use crate::notice::evidence::state;
use crate::notice::{Activity, Hours, Notice};
use crate::ui::app::Cx;
use crate::ui::dialog::{Ask, For};
use crate::ui::pages::evidence::{self, Deed, Item, Panel, arrive};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{h2, note, serif_quote, small};
use eframe::egui::{Label, RichText, ScrollArea, Ui};
use std::sync::Arc;

impl Entry {
    pub(super) fn side(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let snapshot = Arc::clone(cx.snap);
        let notice = &snapshot.notice;
        let people = self.people().len();
        ScrollArea::vertical().id_salt("worth").show(ui, |ui| {
            h2(ui, if people > 1 { "每人得到" } else { "得到" }, "");
            let credits = self.activity(notice).map(|activity| worth(notice, &activity));
            match credits.as_deref() {
                None => {
                    big(ui, "0", "学时");
                    small(ui, "填好日期，这里就算出学时并说明依据。");
                }
                Some([]) => {
                    big(ui, "0", "学时");
                    small(ui, "按通知折算不出学时。");
                }
                Some(credits) => {
                    let hours: Hours = credits.iter().filter(|c| c.counted).map(|c| c.hours).sum();
                    let subject =
                        credits.first().map(|credit| notice.subject_name(&credit.subject));
                    big(ui, &hours.to_string(), &format!("{}学时", subject.unwrap_or_default()));
                    for credit in credits {
                        let lead = if credits.len() > 1 {
                            format!("{} 年：", credit.year)
                        } else {
                            String::new()
                        };
                        let color = if credit.counted { t.ink } else { t.seal };
                        note(ui, format!("{lead}{}", credit.why), color);
                    }
                    if let Some(credit) = credits.first() {
                        ui.add_space(4.0);
                        serif_quote(ui, &credit.clause.quote);
                        small(ui, format!("{}　{}", credit.clause.place, notice.document));
                    }
                }
            }
            ui.add_space(16.0);
            self.proofs(ui, notice, people, cx);
        });
    }

    fn proofs(&mut self, ui: &mut Ui, notice: &Notice, people: usize, cx: &mut Cx<'_>) {
        let Some(form) = self.form.as_ref().and_then(|form| notice.form(form.form)) else { return };
        let vault = cx.vault();
        let of_record = self.changing.iter().flat_map(|record| record.all_attachments());
        let of_event = self.event_edit.iter().flat_map(|edit| &edit.event.attachments);
        let kept = of_record.chain(of_event).map(|file| Item::kept(&vault, file, true));
        let items: Vec<Item> = self.files.iter().map(Item::coming).chain(kept).collect();
        let source = self.activity(notice).and_then(|activity| activity.source);
        let state =
            state(notice, &form.evidence, source.as_deref(), &evidence::proofs(&items), &[]);
        let shared = if people > 1 { format!("{people} 人共用") } else { String::new() };
        let panel = Panel {
            to: For::Entry,
            notice,
            state: &state,
            items: &items,
            note: &shared,
            settled: false,
            waivable: &[],
        };
        match panel.show(ui, cx.looks) {
            Some(Deed::Choose(slot)) => {
                let name = notice.slot(&slot).map_or_else(String::new, |slot| slot.name.clone());
                cx.dialogs.ask(Ask::Evidence { slot, name, to: For::Entry }, "");
            }
            Some(Deed::Remove(nr)) if nr < self.files.len() => {
                self.files.remove(nr);
            }
            Some(Deed::Stamp(nr, stamped)) if nr < self.files.len() => {
                self.files[nr].stamped = stamped;
            }
            Some(Deed::Look(nr)) => cx.look(evidence::shown(notice, &items), nr),
            Some(Deed::Paste(slot)) => cx.paste(For::Entry, slot),
            _ => {}
        }
        let spots = arrive::spots(ui.ctx());
        let files = cx.arrivals(For::Entry, &spots);
        self.add_files(files, cx.desk);
        if !state.complete {
            ui.add_space(6.0);
            small(ui, "现在不齐也能登记，报送前补齐即可。");
        }
    }
}

fn big(ui: &mut Ui, number: &str, unit: &str) {
    let t = Tokens::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(number).font(theme::quote(size::RESULT)).color(t.ink));
        ui.add(Label::new(RichText::new(unit).color(t.ink3)));
    });
}

/// What an activity would give somebody who has nothing else.
pub fn worth(notice: &Notice, activity: &Activity) -> Vec<RecordCredit> {
    // Any readable number: the hours do not look at it.
    let Some(id) = ledger::IdNumber::parse("110101199001010015") else { return Vec::new() };
    let person = Person::new("", id);
    let record = Record::new(PersonId::default(), activity.clone());
    let handbook = ledger::Handbook { records: vec![record], ..ledger::Handbook::blank(person) };
    ledger::years(notice, &handbook).into_iter().flat_map(|total| total.credits).collect()
}
