//! 申报: the applicants by year, what the check finds about each, and the unit's review.

use super::applicants::AddApplicants;
use super::{Go, View, findings};
use crate::ledger::{
    ApplicantResult, Person, PersonId, ReviewResult, Severity, Stage, Verdict, YearTotal,
};
use crate::notice::Notice;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::icons::{self, Icon};
use crate::ui::search::Query;
use crate::ui::shell;
use crate::ui::snapshot::{Mark, Snapshot};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::table::{self, Col, Rows, TableState, bold_words, small_words};
use crate::ui::widgets::{
    Tone, card_in, empty, filter_chip, plain, primary, search_box, small, tag,
};
use crate::ui::words;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Color32, CursorIcon, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    Vec2, WidgetInfo, pos2, vec2,
};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Which applicants are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    All,
    Short,
    Lacking,
    ToReview,
    ToPost,
    Findings,
    Withdrawn,
}

impl Filter {
    const ALL: [(Self, &'static str, Option<Tone>); 7] = [
        (Self::All, "全部", None),
        (Self::Short, "学时不够", Some(Tone::Bad)),
        (Self::Lacking, "缺材料", Some(Tone::Wait)),
        (Self::ToReview, "待初审", Some(Tone::Info)),
        (Self::ToPost, "可公示", Some(Tone::Ok)),
        (Self::Findings, "有提示", Some(Tone::Wait)),
        (Self::Withdrawn, "已退出", None),
    ];

    fn keeps(self, result: &ApplicantResult) -> bool {
        let here = result.stage != Stage::Withdrawn;
        match self {
            Self::Withdrawn => !here,
            Self::All => here,
            Self::Short => here && result.verdict == Verdict::Short,
            Self::Lacking => here && result.verdict == Verdict::Blocked,
            Self::ToReview => {
                here && result.verdict == Verdict::Met && result.stage == Stage::Collecting
            }
            Self::ToPost => here && result.stage == Stage::Reviewed,
            Self::Findings => {
                here && result
                    .findings
                    .iter()
                    .any(|f| f.severity != Severity::Info && !f.overridden)
            }
        }
    }
}

/// The page.
#[derive(Default)]
pub struct Campaign {
    group: Option<String>,
    filter: Filter,
    text: String,
    table: TableState,
    chosen: Option<PersonId>,
    checked: BTreeSet<PersonId>,
    shown: Vec<usize>,
    counts: [usize; 7],
    made: Option<(u64, Option<String>, Filter, String)>,
    /// Of which picture `places` tells where each applicant stands among the people.
    placed: Option<u64>,
    places: Vec<Option<usize>>,
    adding: Option<AddApplicants>,
    side: findings::Side,
}

impl Campaign {
    pub fn set_filter(&mut self, filter: Filter) {
        self.filter = filter;
        self.text.clear();
        self.group = None;
    }

    pub fn add(&mut self, snapshot: &Snapshot) {
        self.adding = Some(AddApplicants::new(snapshot));
    }

    /// The level group that is shown: the chosen one, else all.
    pub fn group(&self) -> Option<&str> {
        self.group.as_deref()
    }

    fn make(&mut self, snapshot: &Snapshot) {
        let key = (snapshot.serial, self.group.clone(), self.filter, self.text.clone());
        if self.made.as_ref() == Some(&key) {
            return;
        }
        let query = Query::new(&self.text);
        let applicants = snapshot.campaign.applicants();
        let in_group = |result: &&ApplicantResult| {
            self.group.as_ref().is_none_or(|group| *group == result.level_group)
        };
        let only_words = self
            .made
            .as_ref()
            .is_some_and(|(serial, group, ..)| *serial == key.0 && *group == key.1);
        if !only_words {
            self.counts = Filter::ALL.map(|(filter, ..)| {
                applicants.iter().filter(in_group).filter(|result| filter.keeps(result)).count()
            });
        }
        if self.placed != Some(snapshot.serial) {
            self.placed = Some(snapshot.serial);
            let at: HashMap<PersonId, usize> =
                applicants.iter().enumerate().map(|(nr, result)| (result.person.id, nr)).collect();
            self.places = vec![None; applicants.len()];
            for (place, line) in snapshot.people.iter().enumerate() {
                if line.applies.is_some()
                    && let Some(&nr) = at.get(&line.row.id)
                {
                    self.places[nr] = Some(place);
                }
            }
        }
        let found =
            |nr: usize| self.places[nr].is_some_and(|place| query.finds(&snapshot.people[place]));
        self.shown = (0..applicants.len())
            .filter(|&nr| {
                let result = &applicants[nr];
                in_group(&result) && self.filter.keeps(result) && (query.is_empty() || found(nr))
            })
            .collect();
        if !self.checked.is_empty() {
            let there: HashSet<PersonId> = applicants.iter().map(|r| r.person.id).collect();
            self.checked.retain(|person| there.contains(person));
        }
        let at =
            |person: PersonId| self.shown.iter().position(|&nr| applicants[nr].person.id == person);
        self.table.chosen =
            self.chosen.and_then(at).or_else(|| (!self.shown.is_empty()).then_some(0));
        self.chosen = self.table.chosen.map(|row| applicants[self.shown[row]].person.id);
        self.made = Some(key);
    }

    fn left(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            for (nr, (filter, name, tone)) in Filter::ALL.into_iter().enumerate() {
                if filter != Filter::All && self.counts[nr] == 0 && self.filter != filter {
                    continue;
                }
                let on = self.filter == filter;
                if filter_chip(ui, name, Some(self.counts[nr]), tone, on).clicked() {
                    self.filter = filter;
                }
            }
            if ui.available_width() > 230.0 {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add_space(16.0);
                    let names: Vec<&str> =
                        cx.snap.notice.subjects.iter().map(|s| s.name.as_str()).collect();
                    let words = format!("{} · ※ 视同 · 认 学时认定单", names.join(" / "));
                    ui.label(RichText::new(words).small().color(t.ink3));
                });
            }
        });
        ui.add_space(8.0);
        let foot = 56.0;
        let all = ui.available_rect_before_wrap();
        let rows = Rect::from_min_max(all.min, pos2(all.right(), all.bottom() - foot));
        let mut inside = ui.new_child(UiBuilder::new().max_rect(rows).id_salt("matrix"));
        inside.shrink_clip_rect(rows);
        self.matrix(&mut inside, cx);
        let below = Rect::from_min_max(pos2(all.left() + 16.0, rows.bottom()), all.max);
        let mut under = ui.new_child(
            UiBuilder::new()
                .max_rect(below)
                .layout(Layout::left_to_right(Align::Center))
                .id_salt("batch"),
        );
        self.batch(&mut under, cx);
    }

    fn matrix(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let applicants = cx.snap.campaign.applicants();
        if self.shown.is_empty() {
            empty(ui, "没有符合的人", "换一个筛选条件或查找词。", |ui| {
                if plain(ui, "显示全部").clicked() {
                    self.filter = Filter::All;
                    self.text.clear();
                }
            });
            return;
        }
        let years: Vec<i32> = {
            let spans = self.shown.iter().map(|&nr| applicants[nr].span);
            let first = spans.clone().map(|span| span.first).min().unwrap_or_default();
            let last = spans.map(|span| span.last).max().unwrap_or_default();
            (first.max(last - 7)..=last).collect()
        };
        let titles: Vec<String> = years.iter().map(i32::to_string).collect();
        let mut cols =
            vec![Col::new("", 40.0), Col::new("姓名", 84.0).grow(), Col::new("申报", 110.0).grow()];
        cols.extend(titles.iter().map(|title| Col::new(title, 82.0)));
        cols.push(Col::new("结论", 76.0));
        let mut opened = None;
        let mut rows = Matrix {
            notice: &cx.snap.notice,
            applicants,
            shown: &self.shown,
            years: &years,
            checked: &mut self.checked,
            opened: &mut opened,
            go: None,
        };
        let done = table::table_of(ui, "参评人员", &cols, 33.0, &mut self.table, &mut rows);
        if let Some(go) = rows.go {
            cx.wishes.push(crate::ui::app::Wish::Go(go));
        }
        if done.chosen {
            self.chosen = self.table.chosen.map(|row| applicants[self.shown[row]].person.id);
        }
        if let Some(row) = done.opened {
            cx.wishes.push(crate::ui::app::Wish::Go(Go::Person(
                applicants[self.shown[row]].person.id,
                None,
            )));
        } else if let Some((person, year)) = opened {
            cx.wishes.push(crate::ui::app::Wish::Go(Go::Year(person, year)));
        }
    }

    fn batch(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let view = &cx.snap.campaign;
        let reviewable: Vec<&Person> = view
            .applicants()
            .iter()
            .filter(|r| r.verdict == Verdict::Met && r.stage == Stage::Collecting)
            .filter(|r| self.group.as_ref().is_none_or(|group| *group == r.level_group))
            .filter(|r| self.checked.is_empty() || self.checked.contains(&r.person.id))
            .map(|r| &r.person)
            .collect();
        let words = if self.checked.is_empty() {
            format!("单位初审合格：待初审的 {} 人", reviewable.len())
        } else {
            format!("对所选 {} 人：单位初审合格", self.checked.len())
        };
        let ready = !reviewable.is_empty();
        let ids: Vec<_> = reviewable.iter().map(|person| person.id_number.clone()).collect();
        let response = ui.add_enabled_ui(ready, |ui| plain(ui, &words)).inner;
        if response
            .on_hover_text("专业科目培训情况由用人单位初审；只对学时和材料都齐的人")
            .on_disabled_hover_text("没有学时和材料都齐、等着初审的人")
            .clicked()
        {
            let (year, by) = (view.year, cx.signer());
            cx.desk.work("单位初审", move |registry, today, _| {
                chores::review(registry, year, &ids, ReviewResult::Passed, &by, "", today)
            });
            self.checked.clear();
        }
        if plain(ui, Action::Checklist.name()).on_hover_text(Action::Checklist.tip()).clicked() {
            cx.act(Action::Checklist);
        }
        let spans = spans(&cx.snap.notice, view.applicants());
        let t = Tokens::of(ui);
        ui.add(eframe::egui::Label::new(RichText::new(&spans).small().color(t.ink3)).truncate());
    }
}

/// `高级认定 2015–2019；博士副高 2018–2019`, for the spans that occur.
fn spans(notice: &Notice, applicants: &[ApplicantResult]) -> String {
    let mut seen: Vec<(String, i32, i32)> = Vec::new();
    for result in applicants {
        let degree = if notice.spans.iter().any(|rule| {
            rule.degrees.contains(&result.person.degree) && rule.clause == result.span_clause
        }) {
            result.person.degree.as_str()
        } else {
            ""
        };
        let who = if degree.is_empty() {
            result.level_group.clone()
        } else {
            format!("{degree}{}", result.applicant.level)
        };
        let one = (who, result.span.first, result.span.last);
        if result.applicant.start_override.is_none() && !seen.contains(&one) {
            seen.push(one);
        }
    }
    seen.sort_by_key(|(_, first, _)| *first);
    let words: Vec<String> =
        seen.iter().map(|(who, first, last)| format!("{who}认定 {first}–{last}")).collect();
    words.join("；")
}

/// The word and colour of an applicant's conclusion.
pub fn conclusion(result: &ApplicantResult) -> (Tone, &'static str) {
    match (result.stage, result.verdict) {
        (Stage::Withdrawn, _) => (Tone::Mute, "已退出"),
        (_, Verdict::Short) => (Tone::Bad, "不够"),
        (_, Verdict::Blocked) => {
            let lacks = result.findings.iter().any(|f| {
                f.severity == Severity::Block && !f.overridden && f.code.starts_with("evidence")
            });
            if lacks { (Tone::Wait, "缺材料") } else { (Tone::Bad, "须更正") }
        }
        (Stage::Collecting, Verdict::Met) => (Tone::Info, "待初审"),
        (Stage::Reviewed, Verdict::Met) => (Tone::Ok, "可公示"),
        (Stage::Posted, Verdict::Met) => (Tone::Info, "公示中"),
        (Stage::Publicised, Verdict::Met) => (Tone::Ok, "可报送"),
    }
}

struct Matrix<'a> {
    notice: &'a Notice,
    applicants: &'a [ApplicantResult],
    shown: &'a [usize],
    years: &'a [i32],
    checked: &'a mut BTreeSet<PersonId>,
    opened: &'a mut Option<(PersonId, i32)>,
    /// Chosen from a row's menu.
    go: Option<Go>,
}

impl Rows for Matrix<'_> {
    fn count(&self) -> usize {
        self.shown.len()
    }

    fn name(&self, row: usize) -> String {
        let result = &self.applicants[self.shown[row]];
        format!("{}，{}，{}", result.person.name, result.applicant.level, conclusion(result).1)
    }

    fn cell(&mut self, ui: &mut Ui, row: usize, col: usize) {
        let t = Tokens::of(ui);
        let result = &self.applicants[self.shown[row]];
        match col {
            0 => {
                let on = self.checked.contains(&result.person.id);
                if check(ui, &result.person.name, on).clicked()
                    && !self.checked.remove(&result.person.id)
                {
                    self.checked.insert(result.person.id);
                }
            }
            1 => bold_words(ui, &result.person.name, t.ink),
            2 => {
                let applicant = &result.applicant;
                let degree = match result.person.degree.as_str() {
                    "学士" => "",
                    degree => degree,
                };
                let words = words::joined(&[&applicant.level, degree, &applicant.speciality]);
                small_words(ui, &words, t.ink);
            }
            col if col - 3 < self.years.len() => {
                let year = self.years[col - 3];
                if verdict_cell(ui, self.notice, result, year).clicked() {
                    *self.opened = Some((result.person.id, year));
                }
            }
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
        let id = self.applicants[self.shown[row]].person.id;
        if ui.button("打开手册").clicked() {
            self.go = Some(Go::Person(id, None));
        }
        if ui.button("登记一条").clicked() {
            self.go = Some(Go::Record(id, None));
        }
        let on = self.checked.contains(&id);
        if ui.button(if on { "取消勾选" } else { "勾选" }).clicked() && !self.checked.remove(&id)
        {
            self.checked.insert(id);
        }
    }
}

/// A box with a tick, named by whom it chooses.
fn check(ui: &mut Ui, name: &str, on: bool) -> eframe::egui::Response {
    let t = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click());
    let square = Rect::from_center_size(rect.center(), Vec2::splat(14.0));
    let fill = if on { t.chosen } else { t.surface };
    let line =
        if response.has_focus() { Stroke::new(2.0, t.ink) } else { Stroke::new(1.2, t.ink3) };
    ui.painter().rect(square, 2.0, fill, line, StrokeKind::Inside);
    if on {
        icons::paint(ui.painter(), Icon::Check, square, t.on_chosen);
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("选中 {name}")));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// One person's year: the hours by subject, coloured by what they amount to.
fn verdict_cell(
    ui: &mut Ui,
    notice: &Notice,
    result: &ApplicantResult,
    year: i32,
) -> eframe::egui::Response {
    let t = Tokens::of(ui);
    let total = result.years.iter().find(|total| total.year == year);
    let counts = result.span.contains(year);
    let (text, tone, why) = match total {
        _ if !counts => ("—".to_owned(), Tone::Mute, "不在认定起止之内".to_owned()),
        None => ("0 / 0".to_owned(), Tone::Bad, "没有记录".to_owned()),
        Some(total) => {
            let mark = Mark::of(total);
            let recognised = total.recognised.values().any(|hours| !hours.is_zero());
            let tone = match mark {
                Mark::Short => Tone::Bad,
                Mark::Pending => Tone::Wait,
                Mark::Deemed => Tone::Info,
                Mark::Met => Tone::Ok,
            };
            let lead = if recognised { "认 " } else { "" };
            (format!("{lead}{}", hours_words(notice, total)), tone, mark.word().to_owned())
        }
    };
    let (ink, ground) = tone.colors(t);
    let font = if tone == Tone::Bad { theme::bold(12.0) } else { theme::text(12.0) };
    let (rect, response) = ui.allocate_exact_size(vec2(66.0, 22.0), Sense::click());
    ui.painter().rect_filled(rect, 4.0, ground);
    let galley = ui.painter().layout_no_wrap(text.clone(), font, Color32::PLACEHOLDER);
    let ink = if tone == Tone::Mute { t.ink3 } else { ink };
    ui.painter().with_clip_rect(rect).galley(rect.center() - galley.size() / 2.0, galley, ink);
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(2.0, t.ink), StrokeKind::Inside);
    }
    let name = format!("{} {year} 年 {text}，{why}", result.person.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response
        .on_hover_text(format!("{year} 年：{why}。点开看记录"))
        .on_hover_cursor(CursorIcon::PointingHand)
}

/// `30 / 72`, `30※/60※`
pub fn hours_words(notice: &Notice, total: &YearTotal) -> String {
    let deemed_any = total.deemed.values().any(|hours| !hours.is_zero());
    let parts: Vec<String> = notice
        .subjects
        .iter()
        .map(|rule| {
            let hours = total.hours.get(&rule.id).copied().unwrap_or_default();
            let deemed = total.deemed.get(&rule.id).is_some_and(|deemed| !deemed.is_zero());
            format!("{hours}{}", if deemed { "※" } else { "" })
        })
        .collect();
    parts.join(if deemed_any { "/" } else { " / " })
}

impl View for Campaign {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let view = &cx.snap.campaign;
        shell::heading(ui, &format!("{} 年度申报", view.year), "");
        let all: u32 = view.groups.iter().map(|(_, people)| people).sum();
        if all == 0 {
            return;
        }
        if filter_chip(ui, "不分级", Some(all as usize), None, self.group.is_none()).clicked() {
            self.group = None;
        }
        for (group, people) in &view.groups {
            let on = self.group.as_ref() == Some(group);
            if filter_chip(ui, group, Some(*people as usize), None, on).clicked() {
                self.group = Some(group.clone());
            }
        }
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let none = cx.snap.campaign.applicants().is_empty();
        if !none && primary(ui, "导出汇总表").on_hover_text(Action::SummaryXlsx.tip()).clicked()
        {
            cx.act(Action::SummaryXlsx);
        }
        let add = Action::AddApplicants;
        let clicked = if none { primary(ui, add.name()) } else { plain(ui, add.name()) };
        if clicked.on_hover_text(add.tip()).clicked() {
            self.add(cx.snap);
        }
        shell::year(ui, cx);
        if none {
            shell::finder(ui, cx);
            return;
        }
        let hint = "姓名、拼音首字母、身份证尾号";
        let typed = search_box(ui, "查找参评人员", hint, 240.0, &mut self.text);
        if cx.find {
            typed.response.request_focus();
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        if !crate::ui::composing::active(ui.ctx()) || self.made.is_none() {
            self.make(cx.snap);
        }
        if let Some(trouble) = &cx.snap.campaign.trouble {
            card_in(ui, room, size::CARD, |ui| {
                small(ui, trouble.clone());
            });
        } else if cx.snap.campaign.applicants().is_empty() {
            card_in(ui, room, 0.0, |ui| {
                let how = "从人员中选出本年度参评职称的人，这里就按认定起止逐年列出学时，\
                           并指出还缺什么、去哪里补。";
                empty(ui, "本年度还没有参评人员", how, |ui| {
                    if plain(ui, "从人员中选").clicked() {
                        self.add(cx.snap);
                    }
                });
            });
        } else {
            let (left, right) = beside(room, 352.0);
            card_in(ui, left, 0.0, |ui| self.left(ui, cx));
            let snapshot = Arc::clone(cx.snap);
            card_in(ui, right, size::CARD, |ui| {
                match self.chosen.and_then(|person| snapshot.campaign.result_of(person)) {
                    Some(result) => self.side.show(ui, result, cx),
                    None => {
                        small(ui, "在左边点一个人，这里就列出体检结果和办法。");
                    }
                }
            });
        }
        if let Some(adding) = &mut self.adding
            && adding.show(ui, cx)
        {
            self.adding = None;
        }
    }
}
