//! 公示: who is reviewed and not yet posted, how the working days are counted, and the runs.
//! The picture of the days stands in `days`, the runs that were opened in `runs`.

mod days;
mod runs;

use super::campaign::conclusion;
use super::{Go, Page, View};
use crate::ledger::{ApplicantResult, Publicity as Run, PublicityId, Stage, Verdict};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{
    TextField, Tone, card_in, empty, h2, hairline, line, link, note, plain, primary, rows_of,
    segment, serif_quote, small, tag,
};
use crate::ui::words;
use chrono::{Datelike, NaiveDate};
use days::Counting;
use eframe::egui::{Frame, Label, Margin, Rect, RichText, ScrollArea, Stroke, Ui, vec2};
use runs::Filling;
use std::sync::Arc;

/// Days counted from a posting day in one picture; where they cannot be counted, why and what to do.
struct Counted {
    of: Arc<Snapshot>,
    posted: NaiveDate,
    counting: Result<Counting, (String, String)>,
}

/// The page.
#[derive(Default)]
pub struct Publicity {
    group: Option<String>,
    posted: Option<NaiveDate>,
    place: String,
    /// The form that was just opened is to be brought into view.
    reveal: bool,
    filling: Option<Filling>,
    /// The run whose list and days are shown instead of what is to be posted.
    shown: Option<PublicityId>,
    counted: Option<Counted>,
}

impl Publicity {
    /// Counted once per day and picture.
    fn counting(
        &mut self,
        posted: NaiveDate,
        snapshot: &Arc<Snapshot>,
    ) -> Result<Counting, (String, String)> {
        let fresh = |known: &&Counted| Arc::ptr_eq(&known.of, snapshot) && known.posted == posted;
        if let Some(known) = self.counted.as_ref().filter(fresh) {
            return known.counting.clone();
        }
        let counting = Counting::of(&snapshot.calendar, posted, &snapshot.notice.publicity)
            .map_err(|failure| (failure.why, failure.remedy));
        let of = Arc::clone(snapshot);
        self.counted = Some(Counted { of, posted, counting: counting.clone() });
        counting
    }

    fn post(&mut self, ui: &mut Ui, group: &str, waiting: &[&ApplicantResult], cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let shown = snapshot.publicity.iter().find(|run| Some(run.id) == self.shown);
        let posted = match shown {
            Some(run) => {
                h2(ui, &format!("{} 人的公示", run.members.len()), &runs::name_of(run));
                run.posted
            }
            None => self.form(ui, group, waiting, cx),
        };
        let t = Tokens::of(ui);
        match self.counting(posted, &snapshot) {
            Ok(counting) => {
                // On a low screen what is below the days may have to be scrolled to: not this.
                if shown.is_none() {
                    Self::cautions(ui, group, &counting, waiting, cx);
                }
                counting.show(ui, snapshot.today);
                ui.add_space(6.0);
                readings(ui, &counting, &snapshot);
            }
            Err((why, remedy)) => {
                ui.add_space(8.0);
                note(ui, format!("算不出期满的日子：{why}。{remedy}。"), t.seal);
                ui.add_space(4.0);
                if link(ui, "去看有哪些年份的放假安排 ›").clicked() {
                    cx.go(Go::Calendar);
                }
            }
        }
    }

    /// Level, date, place, and the button that opens the run; the posting day.
    fn form(
        &mut self,
        ui: &mut Ui,
        group: &str,
        waiting: &[&ApplicantResult],
        cx: &mut Cx<'_>,
    ) -> NaiveDate {
        let t = Tokens::of(ui);
        let today = cx.snap.today;
        let count = waiting.iter().filter(|result| result.verdict == Verdict::Met).count();
        line(ui, |ui| {
            ui.label(RichText::new("张贴公示").font(theme::bold(size::TEXT)).color(t.ink));
            for (name, _) in &cx.snap.campaign.groups {
                if segment(ui, name, group == name).clicked() {
                    self.group = Some(name.clone());
                }
            }
            let words = match count {
                0 => "现在没有要公示的人；可以先看哪一天期满",
                _ => "选好张贴日期，看清哪一天期满；做错了可以撤销",
            };
            let words = RichText::new(words).small().color(t.ink3);
            ui.add(Label::new(words).truncate());
        });
        let narrow = ui.available_width() < 620.0;
        ui.add_space(4.0);
        let mut posted = self.posted.or(Some(today));
        ui.horizontal_top(|ui| {
            caption(ui, "张贴日期");
            ui.allocate_ui(vec2(160.0, size::FIELD), |ui| {
                ui.vertical(|ui| date_field(ui, "张贴日期", today.year(), &mut posted));
            });
            caption(ui, "张贴地点");
            let hint = "例如 门诊楼一楼公示栏";
            let room = ui.available_width();
            let wide = if narrow { room } else { room - 176.0 };
            TextField::new("张贴地点").hint(hint).width(wide.max(80.0)).show(ui, &mut self.place);
            if !narrow {
                self.open_button(ui, group, count, posted, cx);
            }
        });
        // In a narrow window the button has a line of its own.
        if narrow {
            ui.add_space(4.0);
            self.open_button(ui, group, count, posted, cx);
        }
        ui.add_space(6.0);
        self.posted = posted;
        posted.unwrap_or(today)
    }

    fn open_button(
        &mut self,
        ui: &mut Ui,
        group: &str,
        count: usize,
        posted: Option<NaiveDate>,
        cx: &mut Cx<'_>,
    ) {
        let words = format!("张贴 {group} {count} 人的公示");
        let ready = count > 0 && !cx.desk.waiting();
        let button = ui.add_enabled_ui(ready, |ui| primary(ui, &words)).inner;
        let why = "没有初审合格、还未公示的人";
        if let (true, Some(day)) = (button.on_disabled_hover_text(why).clicked(), posted) {
            self.open_run(group, day, cx);
            self.shown = None;
        }
    }

    /// What is to be minded before a run is opened.
    fn cautions(
        ui: &mut Ui,
        group: &str,
        counting: &Counting,
        waiting: &[&ApplicantResult],
        cx: &Cx<'_>,
    ) {
        let t = Tokens::of(ui);
        if waiting.is_empty() {
            return;
        }
        if let Ok(plan) = &cx.snap.plan
            && counting.last >= plan.to_department
        {
            let words = format!(
                "期满已到 {} 送主管部门复审的日子，来不及的请先与主管部门说好。",
                words::long_day(plan.to_department)
            );
            note(ui, words, t.wait);
        }
        if cx.snap.publicity.iter().any(|run| run.level_group == group) {
            let words = "已经公示过一批。这些人是后加的，另行公示，单独计满工作日（口径 A-45）。";
            note(ui, words, t.info);
        }
    }

    fn list(&mut self, ui: &mut Ui, group: &str, waiting: &[&ApplicantResult], cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let shown = snapshot.publicity.iter().find(|run| Some(run.id) == self.shown);
        let people: Vec<&ApplicantResult> = match shown {
            Some(run) => {
                run.members.iter().filter_map(|id| snapshot.campaign.result_of(*id)).collect()
            }
            None => waiting.to_vec(),
        };
        let title = match shown {
            Some(run) => format!("{} 张贴的{}名单", words::short_day(run.posted), run.level_group),
            None => format!("待公示的{group}人员"),
        };
        h2(ui, &title, &format!("{} 人", people.len()));
        if shown.is_some() && link(ui, "回到待公示的人").clicked() {
            self.shown = None;
        }
        if people.is_empty() {
            let how = "单位初审合格、还没有公示的人会列在这里。";
            empty(ui, "没有待公示的人", how, |ui| {
                if plain(ui, "去申报页初审").clicked() {
                    cx.act(Action::Show(Page::Campaign));
                }
            });
            return;
        }
        let rows = people.len();
        ScrollArea::vertical().id_salt("members").auto_shrink(false).show_rows(
            ui,
            size::ROW,
            rows,
            |ui, range| {
                for nr in range {
                    if let Some(filling) = member(ui, nr, people[nr], shown, cx) {
                        self.begin(filling);
                    }
                }
            },
        );
    }
}

/// One person of a list; what the clerk begins to say about them. `run` is the run whose list it is.
fn member(
    ui: &mut Ui,
    nr: usize,
    result: &ApplicantResult,
    run: Option<&Run>,
    cx: &mut Cx<'_>,
) -> Option<Filling> {
    let t = Tokens::of(ui);
    let mut begun = None;
    let name = &result.person.name;
    ui.allocate_ui(vec2(ui.available_width(), size::ROW - 4.0), |ui| {
        if nr > 0 {
            hairline(ui);
        }
        ui.horizontal_centered(|ui| {
            ui.add_sized(
                vec2(24.0, 20.0),
                Label::new(RichText::new((nr + 1).to_string()).small().color(t.ink3)),
            );
            if link(ui, name).on_hover_text("打开登记手册").clicked() {
                cx.go(Go::Person(result.person.id, None));
            }
            let id = result.person.id;
            if let Some(run) = run {
                if run.failed.contains_key(&id) {
                    tag(ui, Tone::Bad, "不合格");
                } else {
                    let object = link(ui, "异议").accessible_name(format!("对 {name} 的异议"));
                    if object.clicked() {
                        begun = Some(Filling::Objection(run.id, Some(id), String::new()));
                    }
                    let fail = link(ui, "不合格").accessible_name(format!("{name} 改为不合格"));
                    if fail.on_hover_text("异议属实的，退出这一批").clicked() {
                        begun = Some(Filling::Fail(run.id, id, String::new()));
                    }
                }
            }
            if run.is_none() && result.verdict != Verdict::Met {
                let (tone, word) = conclusion(result);
                tag(ui, tone, word).on_hover_text("初审以后又有不合的地方，先补齐再公示");
            }
            let applicant = &result.applicant;
            let words =
                words::joined(&[&result.person.section, &applicant.level, &applicant.speciality]);
            ui.add(Label::new(RichText::new(words).small().color(t.ink3)).truncate());
        });
    });
    begun
}

/// The two ways to count, side by side, and the sentence they read.
fn readings(ui: &mut Ui, counting: &Counting, snapshot: &Snapshot) {
    let rule = &snapshot.notice.publicity;
    let dates = &counting.dates;
    let wide = ((ui.available_width() - 12.0) / 2.0).floor();
    ui.horizontal_top(|ui| {
        for (title, day, followed) in [
            ("从严：张贴当天不数", dates.close_strict, !rule.count_posting_day),
            ("从宽：张贴当天也数", dates.close_inclusive, rule.count_posting_day),
        ] {
            reading(ui, wide, title, day, followed);
        }
    });
    ui.add_space(6.0);
    serif_quote(ui, &rule.clause.quote);
    let which = match snapshot.notice.decisions.iter().find(|decision| decision.id == "A-29") {
        Some(decision) => format!("{}　口径 A-29：{}", rule.clause.place, decision.reason),
        None => rule.clause.place.clone(),
    };
    small(ui, which);
}

fn reading(ui: &mut Ui, wide: f32, title: &str, day: NaiveDate, followed: bool) {
    let t = Tokens::of(ui);
    let line = if followed { Stroke::new(1.5, t.ok) } else { Stroke::new(1.0, t.line) };
    Frame::NONE
        .stroke(line)
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(12, 6))
        .show(ui, |ui| {
            ui.set_width(wide - 24.0);
            ui.vertical(|ui| {
                ui.horizontal(|ui| {
                    small_line(ui, title);
                    if followed {
                        tag(ui, Tone::Ok, "本程序按这个");
                    } else {
                        tag(ui, Tone::Mute, "仅供参考");
                    }
                });
                let words = format!("{} 下班后期满", words::long_day(day));
                let color = if followed { t.ink } else { t.ink2 };
                ui.label(RichText::new(words).font(theme::bold(size::TEXT)).color(color));
            });
        });
}

/// A field's name before it, on the field's own line.
fn caption(ui: &mut Ui, text: &str) {
    let t = Tokens::of(ui);
    let words = RichText::new(text).color(t.ink2);
    ui.add_sized(vec2(58.0, size::FIELD), Label::new(words));
}

fn small_line(ui: &mut Ui, text: &str) {
    let t = Tokens::of(ui);
    ui.label(RichText::new(text).small().color(t.ink3));
}

impl View for Publicity {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let days = cx.snap.notice.publicity.workdays;
        shell::heading(ui, "公示", &format!("合格人员名单在本单位公示不少于 {days} 个工作日"));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        let waiting = || {
            snapshot.campaign.applicants().iter().filter(|result| result.stage == Stage::Reviewed)
        };
        if self.group.is_none() {
            self.group = waiting()
                .next()
                .map(|result| result.level_group.clone())
                .or_else(|| snapshot.campaign.groups.first().map(|(group, _)| group.clone()));
        }
        let group = self.group.clone().unwrap_or_default();
        let here: Vec<&ApplicantResult> =
            waiting().filter(|result| result.level_group == group).collect();
        let (left, right) = beside(room, 352.0);
        // While something is said about a run, the days above it give way.
        let busy = self.filling.is_some();
        let share = if busy { 0.42 } else { 0.6 };
        let high = (left.height() * share).clamp(if busy { 200.0 } else { 392.0 }, 470.0);
        let [post, runs] = rows_of(left, [Some(high), None]);
        card_in(ui, post, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("post").show(ui, |ui| self.post(ui, &group, &here, cx));
        });
        card_in(ui, runs, size::CARD, |ui| self.runs(ui, cx));
        card_in(ui, right, size::CARD, |ui| self.list(ui, &group, &here, cx));
    }
}
