//! The merged table: everybody of all units, numbered in the chosen order, and the department's own steps.

use crate::ledger::{ApplicantResult, IdNumber, ReviewResult, RowOrder, Stage, Unit, Verdict};
use crate::registry::campaign::Step;
use crate::ui::app::{Cx, Wish};
use crate::ui::chores;
use crate::ui::dialog::{Ask, Paper};
use crate::ui::office;
use crate::ui::pages::campaign::conclusion;
use crate::ui::pages::{Go, Page};
use crate::ui::papers::{Whose, look};
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::Tokens;
use crate::ui::widgets::table::{self, Col, Rows, TableState, name_words, small_words, words};
use crate::ui::widgets::{Answer, Asked, Question, combo, empty, h2, plain, segment, small, tag};
use eframe::egui::{Align, Layout, Rect, Ui, UiBuilder, pos2};

/// What the table remembers.
#[derive(Default)]
pub struct Merged {
    group: Option<String>,
    table: TableState,
    /// Applicants of the group (places in the picture's), and of which picture and group they are.
    shown: Vec<usize>,
    made: Option<(u64, String)>,
    /// Whose papers are being given back, and why.
    returning: Option<(IdNumber, String, Asked)>,
}

impl Merged {
    fn make(&mut self, snapshot: &Snapshot) {
        let applicants = snapshot.campaign.applicants();
        let here = |result: &ApplicantResult| result.stage != Stage::Withdrawn;
        let groups = &snapshot.campaign.groups;
        let group = self.group.get_or_insert_with(|| {
            let first = groups.iter().find(|(_, people)| *people > 0).or(groups.first());
            first.map(|(group, _)| group.clone()).unwrap_or_default()
        });
        let key = (snapshot.serial, group.clone());
        if self.made.as_ref() != Some(&key) {
            self.shown = (0..applicants.len())
                .filter(|nr| here(&applicants[*nr]) && applicants[*nr].level_group == *group)
                .collect();
            self.made = Some(key);
        }
    }

    pub fn show(&mut self, ui: &mut Ui, snapshot: &Snapshot, cx: &mut Cx<'_>) {
        self.make(snapshot);
        let applicants = snapshot.campaign.applicants();
        // The steps stand above the table: what is said about them appears at the bottom.
        let all = ui.available_rect_before_wrap();
        let high = if self.returning.is_some() { 116.0 } else { 36.0 };
        let part = |top: f32, bottom: f32| {
            Rect::from_min_max(pos2(all.left() + 16.0, top), pos2(all.right() - 16.0, bottom))
        };
        let head = part(all.top() + 10.0, all.top() + 48.0);
        let steps = part(head.bottom() + 4.0, head.bottom() + 4.0 + high);
        let row = Layout::left_to_right(Align::Center);
        let mut top = ui.new_child(UiBuilder::new().max_rect(head).layout(row).id_salt("head"));
        self.head(&mut top, snapshot, cx);
        let mut under = ui.new_child(UiBuilder::new().max_rect(steps).id_salt("steps"));
        self.steps(&mut under, snapshot, cx);
        let rows = Rect::from_min_max(pos2(all.left(), steps.bottom() + 8.0), all.max);
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("merged"));
        inside.shrink_clip_rect(rows);
        if self.shown.is_empty() {
            let how = "收进各单位的报送包，这里就合成一份汇总表，统一编号；\
                       也可以先在申报页添加本部门自己的人。";
            empty(&mut inside, "还没有人", how, |_| {});
        } else {
            let cols = [
                Col::new("序号", 52.0).right(),
                Col::new("工作单位", 150.0).grow(),
                Col::new("姓名", 84.0).grow(),
                Col::new("级别", 56.0),
                Col::new("申报专业", 124.0),
                Col::new("办到哪里", 96.0),
            ];
            let mut lines = Lines {
                applicants,
                shown: &self.shown,
                unit: &snapshot.unit,
                go: None,
                back: None,
            };
            let done =
                table::table(&mut inside, "合并后的汇总表", &cols, &mut self.table, &mut lines);
            if let Some(go) = lines.go {
                cx.wishes.push(Wish::Go(go));
            }
            if let Some(row) = lines.back {
                let person = &applicants[self.shown[row]].person;
                self.returning =
                    Some((person.id_number.clone(), person.name.clone(), Asked::default()));
            }
            if let Some(row) = done.opened {
                cx.wishes.push(Wish::Go(Go::Person(applicants[self.shown[row]].person.id, None)));
            }
        }
    }

    fn head(&mut self, ui: &mut Ui, snapshot: &Snapshot, cx: &mut Cx<'_>) {
        ui.vertical(|ui| {
            ui.add_space(8.0);
            h2(ui, "合并后的汇总表", "");
        });
        for (name, people) in &snapshot.campaign.groups {
            let on = self.group.as_ref() == Some(name);
            if segment(ui, &format!("{name} {people}"), on).clicked() {
                self.group = Some(name.clone());
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let mut order = snapshot.unit.order.name().to_owned();
            let names = RowOrder::ALL.map(RowOrder::name);
            if combo(ui, "编号次序", 150.0, &names, &mut order)
                && let Some(order) = RowOrder::ALL.into_iter().find(|it| it.name() == order)
            {
                let unit = Unit { order, ..(*snapshot.unit).clone() };
                cx.desk.work("编号次序", move |registry, _, _| {
                    chores::save_unit_as(registry, &unit, "编号次序", "已重新编号")
                });
            }
            small(ui, "编号次序");
        });
    }

    fn steps(&mut self, ui: &mut Ui, snapshot: &Snapshot, cx: &mut Cx<'_>) {
        if self.returning.is_some() {
            self.give_back(ui, cx);
            return;
        }
        let applicants = snapshot.campaign.applicants();
        let due = |wanted: &dyn Fn(&ApplicantResult) -> bool| -> Vec<IdNumber> {
            let here = self.shown.iter().map(|&nr| &applicants[nr]);
            here.filter(|it| wanted(it)).map(|it| it.person.id_number.clone()).collect()
        };
        let confirm = due(&|it| {
            it.stage == Stage::Publicised
                && it.applicant.returned().is_none()
                && it.verdict == Verdict::Met
        });
        let send = due(&|it| it.stage == Stage::Confirmed);
        let group = self.group.clone().unwrap_or_default();
        ui.horizontal(|ui| {
            for (words, people, step, tip) in [
                (
                    format!("复审确认 {} 人", confirm.len()),
                    confirm,
                    Step::Department(ReviewResult::Passed),
                    "体检达标、公示期满、还没有复审的人，一并确认；有问题的先在名字上点右键退回",
                ),
                (
                    format!("送人社核验 {} 人", send.len()),
                    send,
                    Step::Send,
                    "已复审确认的人，报送包交到人社部门以后记下",
                ),
            ] {
                let ready = !people.is_empty() && !cx.desk.waiting();
                let button = ui.add_enabled_ui(ready, |ui| plain(ui, &words)).inner;
                if button.on_hover_text(tip).on_disabled_hover_text(tip).clicked() {
                    let (year, by) = (snapshot.campaign.year, cx.signer());
                    cx.desk.work(step.name(), move |registry, today, _| {
                        chores::step(registry, year, &people, &step, &by, "", today)
                    });
                }
            }
            if self.shown.is_empty() {
                return;
            }
            if plain(ui, "汇总表预览").clicked() {
                let whose = Whose { group: Some(group.clone()), ..Whose::default() };
                look(cx.desk, Paper::SummaryPdf, whose, Page::Receive);
            }
            if plain(ui, "导出 Excel").clicked() {
                let paper = Paper::SummaryXlsx;
                let ask = Ask::LevelPaper { paper, group: group.clone(), run: None };
                cx.dialogs.ask(ask, &office::paper_name(paper, &group));
            }
            if plain(ui, "去写报送包").clicked() {
                cx.go(Go::Page(Page::Package));
            }
        });
    }

    fn give_back(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some((number, name, answer)) = &mut self.returning else { return };
        small(ui, format!("退回 {name}，写明理由，单位改正后重新报来"));
        let question = Question { field: "退回理由", ..Question::why("复审退回") };
        match answer.show(ui, &question, None) {
            Answer::Open => return,
            Answer::Cancelled => {}
            Answer::Given(reason) => {
                let people = vec![number.clone()];
                let (year, by) = (cx.snap.campaign.year, cx.signer());
                let step = Step::Department(ReviewResult::Returned);
                cx.desk.work("复审退回", move |registry, today, _| {
                    chores::step(registry, year, &people, &step, &by, &reason, today)
                });
            }
        }
        self.returning = None;
    }
}

struct Lines<'a> {
    applicants: &'a [ApplicantResult],
    shown: &'a [usize],
    unit: &'a Unit,
    go: Option<Go>,
    /// Whose papers are to be given back.
    back: Option<usize>,
}

impl Rows for Lines<'_> {
    fn count(&self) -> usize {
        self.shown.len()
    }

    fn name(&self, row: usize) -> String {
        let result = &self.applicants[self.shown[row]];
        let place = self.workplace(result);
        format!("{} {}，{place}，{}", row + 1, result.person.name, conclusion(result).1)
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize) {
        let t = Tokens::of(ui);
        let result = &self.applicants[self.shown[row]];
        match col {
            0 => small_words(ui, &(row + 1).to_string(), t.ink2),
            1 => words(ui, self.workplace(result), t.ink),
            2 => name_words(ui, &result.person.name, t.ink),
            3 => small_words(ui, &result.applicant.level, t.ink),
            4 => small_words(ui, &result.applicant.speciality, t.ink),
            _ => {
                let (tone, word) = conclusion(result);
                tag(ui, tone, word);
            }
        }
    }

    fn has_menu(&self) -> bool {
        true
    }

    fn menu(&mut self, ui: &mut Ui, row: usize) {
        let result = &self.applicants[self.shown[row]];
        if ui.button("打开手册").clicked() {
            self.go = Some(Go::Person(result.person.id, None));
        }
        let back = (Stage::Publicised..=Stage::Sent).contains(&result.stage);
        if ui.add_enabled(back, eframe::egui::Button::new("复审退回…")).clicked() {
            self.back = Some(row);
        }
    }
}

impl<'a> Lines<'a> {
    fn workplace(&self, result: &'a ApplicantResult) -> &'a str {
        match result.person.workplace.trim() {
            "" => &self.unit.name,
            workplace => workplace,
        }
    }
}
