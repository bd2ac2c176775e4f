//! Adding applicants: pick people, say which level, series and speciality.

use super::picker::Picker;
use super::{form_modal, form_row};
use crate::ledger::{Applicant, ApplicantId, PersonId};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::Tokens;
use crate::ui::widgets::field::go_to_fault;
use crate::ui::widgets::{TextField, h2, note, primary, quiet, segment, small};
use eframe::egui::Ui;

/// The form.
pub struct AddApplicants {
    picker: Picker,
    level: String,
    series: String,
    speciality: String,
    start: String,
    note: String,
    told: bool,
}

impl AddApplicants {
    pub fn new(snapshot: &Snapshot) -> Self {
        let level = snapshot.notice.levels.iter().map(|level| level.name.clone());
        Self {
            picker: Picker::ready(),
            level: level.clone().nth(1).or_else(|| level.clone().next()).unwrap_or_default(),
            series: String::new(),
            speciality: String::new(),
            start: String::new(),
            note: String::new(),
            told: false,
        }
    }

    /// For people who were picked already.
    pub fn of(snapshot: &Snapshot, people: Vec<PersonId>) -> Self {
        Self { picker: Picker::of(snapshot, people), ..Self::new(snapshot) }
    }

    /// True when the form is done with.
    pub fn show(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> bool {
        form_modal(
            ui,
            "add-applicants",
            560.0,
            &mut (self, cx),
            |(form, cx), ui| form.fields(ui, cx),
            |(form, cx), ui| form.buttons(ui, cx),
        )
    }

    fn fields(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
        let t = Tokens::of(ui);
        h2(ui, "添加参评人员", &format!("{} 年度", cx.snap.campaign.year));
        form_row(ui, "人员", |ui| {
            self.picker.show(ui, "人员", cx.snap);
            if self.told && self.picker.is_empty() {
                note(ui, "请选至少一个人", t.seal);
            }
        });
        form_row(ui, "申报级别", |ui| {
            ui.horizontal(|ui| {
                for level in &cx.snap.notice.levels {
                    if segment(ui, &level.name, self.level == level.name).clicked() {
                        self.level.clone_from(&level.name);
                    }
                }
            });
        });
        form_row(ui, "申报系列", |ui| {
            TextField::new("申报系列")
                .hint("不填就用各人的系列，例如 卫生、工程")
                .show(ui, &mut self.series);
        });
        form_row(ui, "申报专业", |ui| {
            TextField::new("申报专业")
                .hint("不填就用各人的从事专业")
                .show(ui, &mut self.speciality);
        });
        form_row(ui, "起始年度", |ui| {
            let bad = !self.start.trim().is_empty() && self.start_year().is_none();
            TextField::new("起始年度")
                .hint("一般不填，按通知推定")
                .width(200.0)
                .bad(bad)
                .show(ui, &mut self.start);
        });
        form_row(ui, "说明", |ui| {
            let bad = self.told && !self.start.trim().is_empty() && self.note.trim().is_empty();
            TextField::new("说明").hint("改起始年度的写明理由").bad(bad).show(ui, &mut self.note);
        });
        if let Some(span) = self.span_words(cx) {
            small(ui, span);
        }
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let people = self.picker.people();
        let mut done = false;
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            let words = match people.len() {
                0 => "添加".to_owned(),
                many => format!("添加 {many} 人"),
            };
            if primary(ui, &words).clicked() {
                self.told = true;
                let start_ok = self.start.trim().is_empty()
                    || self.start_year().is_some() && !self.note.trim().is_empty();
                if !people.is_empty() && start_ok {
                    self.add(cx, people);
                    done = true;
                } else {
                    go_to_fault(ui.ctx());
                }
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }

    fn start_year(&self) -> Option<i32> {
        self.start.trim().parse().ok().filter(|year| (1990..2100).contains(year))
    }

    fn span_words(&self, cx: &Cx<'_>) -> Option<String> {
        let notice = &cx.snap.notice;
        let group = notice.level_group(&self.level)?;
        let rule = notice.spans.iter().find(|rule| {
            rule.degrees.is_empty()
                && (rule.levels.is_empty()
                    || rule.levels.iter().any(|l| l == group || *l == self.level))
        })?;
        let year = notice.campaign_year;
        Some(format!(
            "一般认定 {}–{} 年（{}）；博士、硕士另有起点的，程序自动按本人学位推定。",
            year + rule.first_offset,
            year + rule.last_offset,
            rule.clause.place
        ))
    }

    fn add(&self, cx: &mut Cx<'_>, people: Vec<PersonId>) {
        let applicant = Applicant {
            id: ApplicantId::default(),
            person: PersonId::default(),
            campaign: cx.snap.campaign.year,
            level: self.level.clone(),
            series: self.series.trim().to_owned(),
            speciality: self.speciality.trim().to_owned(),
            start_override: self.start_year(),
            note: self.note.trim().to_owned(),
            review: None,
            withdrawn: None,
            department: None,
            sent: None,
            issued: None,
        };
        cx.desk.work("添加参评人员", move |registry, _, _| {
            chores::add_applicants(registry, &people, &applicant)
        });
    }
}
