//! The unit's facts: changed where they stand, checked against the notice, written when a field is
//! left, each an undo step.

use crate::ledger::Unit;
use crate::notice::Notice;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::pages::form_row;
use crate::ui::theme::Tokens;
use crate::ui::widgets::{TextField, combo, h2, note, segment, small};
use eframe::egui::Ui;
use std::sync::Arc;

/// The form.
#[derive(Default)]
pub struct Profile {
    /// What is being typed, and what it was made from.
    unit: Option<(Arc<Unit>, Unit)>,
}

/// Why the facts cannot stand as they are, by field.
#[derive(Debug, Default, PartialEq, Eq)]
struct Faults {
    name: Option<&'static str>,
    kind: Option<&'static str>,
    county: Option<String>,
}

impl Faults {
    fn of(unit: &Unit, notice: &Notice) -> Self {
        let rule = notice.recipient_rule(&unit.kind);
        let county = unit.county.trim();
        let county = match rule {
            Some(rule) if rule.needs_county && county.is_empty() => {
                Some("请填写所属县市，报送对象和注册地区都要用".to_owned())
            }
            _ if !county.is_empty()
                && !notice.counties.is_empty()
                && notice.county(county).is_none() =>
            {
                Some(format!("通知的地区里没有这个县市，可写 {}", notice.counties.join("、")))
            }
            _ => None,
        };
        Self {
            name: unit.name.trim().is_empty().then_some("请填写单位名称，与公章一致"),
            kind: rule.is_none().then_some("请选择隶属，程序按它找报送对象"),
            county,
        }
    }

    fn none(&self) -> bool {
        *self == Self::default()
    }
}

impl Profile {
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        h2(ui, "单位", "改完离开这一格就记下，可以撤销");
        let fresh = self.unit.as_ref().is_none_or(|(of, _)| **of != *cx.snap.unit);
        if fresh {
            self.unit = Some((Arc::clone(&cx.snap.unit), (*cx.snap.unit).clone()));
        }
        let Some((_, unit)) = &mut self.unit else { return };
        let notice = Arc::clone(&cx.snap.notice);
        let settled = fields(ui, unit, &notice);
        let faults = Faults::of(unit, &notice);
        if settled && faults.none() {
            let unit = trimmed(unit);
            if unit != *cx.snap.unit {
                cx.desk.work("修改单位资料", move |registry, _, _| {
                    chores::save_unit(registry, &unit)
                });
            }
        }
        follows(ui, unit, &notice);
        if !faults.none() {
            let t = Tokens::of(ui);
            note(ui, "改好标红的格子后才会记下", t.seal);
        }
    }
}

/// The fields; true when one was settled.
fn fields(ui: &mut Ui, unit: &mut Unit, notice: &Notice) -> bool {
    let t = Tokens::of(ui);
    let faults = Faults::of(unit, notice);
    let mut settled = false;
    let mut line = |ui: &mut Ui, name: &str, hint: &str, text: &mut String, fault: Option<&str>| {
        form_row(ui, name, |ui| {
            let field = TextField::new(name).hint(hint).bad(fault.is_some());
            settled |= field.show(ui, text).left;
            if let Some(fault) = fault {
                note(ui, fault, t.seal);
            }
        });
    };
    line(ui, "单位名称", "全称，与公章一致", &mut unit.name, faults.name);
    line(ui, "主管部门", "本身是主管部门的不填", &mut unit.department, None);
    line(ui, "经办人", "初审、确认时的署名", &mut unit.contact, None);
    line(ui, "电话", "经办人的电话", &mut unit.phone, None);
    let kinds: Vec<&str> = notice.recipients.iter().map(|r| r.unit_kind.as_str()).collect();
    form_row(ui, "隶属", |ui| {
        settled |= combo(ui, "隶属", 160.0, &kinds, &mut unit.kind);
        if let Some(fault) = faults.kind {
            note(ui, fault, t.seal);
        }
    });
    form_row(ui, "县市", |ui| {
        let listed = unit.county.is_empty() || notice.counties.contains(&unit.county);
        if listed && !notice.counties.is_empty() {
            let mut counties = vec![""];
            counties.extend(notice.counties.iter().map(String::as_str));
            settled |= combo(ui, "县市", 160.0, &counties, &mut unit.county);
        } else {
            let field = TextField::new("县市").bad(faults.county.is_some());
            settled |= field.show(ui, &mut unit.county).left;
        }
        if let Some(fault) = &faults.county {
            note(ui, fault.clone(), t.seal);
        }
    });
    form_row(ui, "登记办法", |ui| {
        ui.horizontal_wrapped(|ui| {
            for system in ["证书年度登记制", "合格证制"] {
                if segment(ui, system, unit.registration_system == system).clicked() {
                    system.clone_into(&mut unit.registration_system);
                    settled = true;
                }
            }
        });
    });
    settled
}

/// What the notice makes of the facts.
fn follows(ui: &mut Ui, unit: &Unit, notice: &Notice) {
    let to = unit.recipient(notice);
    if !to.is_empty() {
        small(ui, format!("报送给：{to}"));
    }
    if let Some(region) = notice.expected_region(&unit.kind, &unit.county) {
        small(ui, format!("公需证书的注册地区应写：{region}"));
    }
}

fn trimmed(unit: &Unit) -> Unit {
    let plain = |text: &str| text.trim().to_owned();
    Unit {
        name: plain(&unit.name),
        county: plain(&unit.county),
        department: plain(&unit.department),
        contact: plain(&unit.contact),
        phone: plain(&unit.phone),
        ..unit.clone()
    }
}
