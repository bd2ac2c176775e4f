//! 总览: how much time is left, what to do now, where each step stands.

use super::campaign::Filter;
use super::{Go, Page, View};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::icons::{self, Icon};
use crate::ui::shell;
use crate::ui::snapshot::{CampaignView, Plan, Snapshot};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{
    bar, card_in, dot, empty, h2, hairline, link, note, plain, primary, quiet, rows_of, small,
};
use crate::ui::words;
use chrono::NaiveDate;
use eframe::egui::{
    Align, Align2, Color32, Label, Layout, Rect, RichText, ScrollArea, Stroke, Ui, pos2, vec2,
};

/// The page.
#[derive(Default)]
pub struct Overview;

/// One line of 现在该做.
struct Todo {
    urgent: bool,
    title: String,
    note: String,
    lead: &'static str,
    go: Go,
}

/// One line of 办理进度.
struct Step {
    state: State,
    title: &'static str,
    note: String,
    go: Page,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Done,
    Now,
    Later,
}

impl View for Overview {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let view = &cx.snap.campaign;
        let groups: Vec<String> =
            view.groups.iter().map(|(group, people)| format!("{group} {people} 人")).collect();
        shell::heading(ui, &format!("{} 年度申报", view.year), &groups.join(" · "));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        shell::finder(ui, cx);
        shell::year(ui, cx);
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        let [time, rest] = rows_of(room, [Some(124.0), None]);
        card_in(ui, time, size::CARD, |ui| match &cx.snap.plan {
            Ok(plan) => timeline(ui, plan),
            Err(why) => {
                h2(ui, "还算不出期限", "");
                small(ui, why.clone());
            }
        });
        let (left, right) = beside(rest, 408.0_f32.min(rest.width() * 0.4));
        let todos = todos(cx.snap);
        let lines = todos.len().clamp(1, 5) as f32;
        // A short window leaves less than both cards want: then the tasks go before the picture.
        let high = (44.0 + 53.0 * lines + 24.0).min(left.height() - 200.0).max(140.0);
        let [now, picture] = rows_of(left, [Some(high), None]);
        card_in(ui, now, size::CARD, |ui| what_now(ui, &todos, cx));
        card_in(ui, picture, size::CARD, |ui| years(ui, cx));
        card_in(ui, right, size::CARD, |ui| progress(ui, cx));
    }
}

fn timeline(ui: &mut Ui, plan: &Plan) {
    let t = Tokens::of(ui);
    let left = plan.days_left();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let bold = |text: &str| RichText::new(text).font(theme::bold(size::TEXT)).color(t.ink);
        let number =
            |number: i64| RichText::new(number.to_string()).font(theme::bold(20.0)).color(t.seal);
        if left >= 0 {
            ui.label(bold("离最后工作日还有"));
            ui.label(number(left));
            ui.label(bold("天"));
        } else {
            ui.label(bold("已过最后工作日"));
            ui.label(number(-left));
            ui.label(bold("天"));
        }
        let why = if plan.deadline == plan.last_working_day {
            format!("{} 是工作日", words::long_day(plan.deadline))
        } else {
            format!(
                "{} 月 {} 日是{}，按 {}安排",
                chrono::Datelike::month(&plan.deadline),
                chrono::Datelike::day(&plan.deadline),
                words::weekday(plan.deadline).replace('周', "星期"),
                words::long_day(plan.last_working_day)
            )
        };
        ui.label(RichText::new(why).small().color(t.ink3));
    });

    let all = ui.available_rect_before_wrap();
    let line = Rect::from_min_max(
        pos2(all.left() + 8.0, all.top() + 22.0),
        pos2(all.right() - 8.0, all.top() + 24.0),
    );
    let mut points: Vec<(NaiveDate, u8, String, String)> = vec![
        (
            plan.post_by,
            1,
            format!("最晚张贴公示 {}", words::short_day(plan.post_by)),
            format!("满 5 个工作日 {}", words::short_day(plan.post_close)),
        ),
        (
            plan.to_department,
            2,
            format!("送主管部门复审 {}", words::short_day(plan.to_department)),
            format!("留 {} 个工作日复审", plan.review_workdays),
        ),
        (
            plan.last_working_day,
            3,
            format!(
                "报送 {} {}",
                words::short_day(plan.last_working_day),
                words::weekday(plan.last_working_day)
            ),
            format!("通知限 {}", words::short_day(plan.deadline)),
        ),
        (
            plan.today,
            0,
            format!("今天 {}", words::short_day(plan.today)),
            words::weekday(plan.today).to_owned(),
        ),
    ];
    points.sort_by_key(|&(date, kind, ..)| (date, kind));
    let place = |nr: usize| line.left() + line.width() * (0.11 + 0.27 * nr as f32);
    let today_at = points.iter().position(|point| point.1 == 0).map_or(line.left(), place);
    let painter = ui.painter().clone();
    painter.rect_filled(line, 1.0, t.line);
    painter.rect_filled(line.with_max_x(today_at), 1.0, t.ink);
    for (nr, (date, kind, first, second)) in points.into_iter().enumerate() {
        let center = pos2(place(nr), line.center().y);
        let passed = date < plan.today;
        match kind {
            0 => painter.circle_filled(center, 8.0, t.ink),
            3 => painter.circle_filled(center, 8.0, t.seal_fill),
            _ => painter.circle(
                center,
                7.0,
                t.surface,
                Stroke::new(2.0, if passed { t.ink } else { t.ink3 }),
            ),
        };
        let (font, ink) = match kind {
            0 => (theme::bold(12.0), t.ink),
            3 => (theme::bold(12.0), t.seal),
            _ => (theme::text(12.0), t.ink),
        };
        let at = center + vec2(0.0, 13.0);
        painter.text(at, Align2::CENTER_TOP, &first, font, ink);
        painter.text(at + vec2(0.0, 16.0), Align2::CENTER_TOP, &second, theme::text(12.0), t.ink3);
        // Painted words are said through a label without ink.
        let said = Rect::from_center_size(center + vec2(0.0, 24.0), vec2(120.0, 40.0));
        let words = format!("{first}，{second}");
        let response = ui.interact(said, ui.scope_id().with(kind), eframe::egui::Sense::hover());
        response.widget_info(|| {
            eframe::egui::WidgetInfo::labeled(eframe::egui::accesskit::Role::Label, true, &words)
        });
    }
}

fn todos(snapshot: &Snapshot) -> Vec<Todo> {
    let view = &snapshot.campaign;
    let mut todos = Vec::new();
    let top = |counts: &[(String, u32)], unit: &str| {
        let words: Vec<String> =
            counts.iter().take(3).map(|(what, n)| format!("{what} {n}{unit}")).collect();
        words.join(" · ")
    };
    if view.short > 0 {
        todos.push(Todo {
            urgent: true,
            title: format!("{} 人学时不够", view.short),
            note: top(&view.short_why, " 人"),
            lead: "看是谁 ›",
            go: Go::Campaign(Filter::Short),
        });
    }
    if view.lacking_records > 0 {
        todos.push(Todo {
            urgent: true,
            title: format!("{} 条记录缺材料", view.lacking_records),
            note: top(&view.lacking_why, ""),
            lead: "逐条补 ›",
            go: Go::Campaign(Filter::Lacking),
        });
    }
    for (_, words, people) in view.others.iter().take(2) {
        todos.push(Todo {
            urgent: false,
            title: format!("{people} 人{words}"),
            note: "打开看每一条的依据和办法".to_owned(),
            lead: "逐人看 ›",
            go: Go::Campaign(Filter::Findings),
        });
    }
    if view.to_review > 0 {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人尚未单位初审", view.to_review),
            note: "学时与材料已齐".to_owned(),
            lead: "去初审 ›",
            go: Go::Campaign(Filter::ToReview),
        });
    }
    if view.to_post > 0 {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人等公示", view.to_post),
            note: "单位初审合格，还不在公示名单里".to_owned(),
            lead: "去公示 ›",
            go: Go::Page(Page::Publicity),
        });
    }
    if view.publicised > 0 && !handed_in(snapshot) {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人可以报送", view.publicised),
            note: "公示期满，可写报送包".to_owned(),
            lead: "去报送 ›",
            go: Go::Page(Page::Package),
        });
    }
    todos
}

fn handed_in(snapshot: &Snapshot) -> bool {
    snapshot.packages.iter().any(|entry| !entry.draft && entry.campaign == snapshot.campaign.year)
}

fn what_now(ui: &mut Ui, todos: &[Todo], cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    h2(ui, "现在该做", if todos.is_empty() { "" } else { "做完一条，少一条" });
    if todos.is_empty() {
        if cx.snap.people.is_empty() {
            small(ui, "先把人员名册导进来，再登记学习和材料。");
            ui.add_space(6.0);
            if plain(ui, "从 Excel 导入名册").clicked() {
                cx.act(Action::Import);
            }
        } else if cx.snap.campaign.applicants().is_empty() {
            small(ui, "本年度还没有参评人员。选出参评的人，就能看到各年学时和所缺材料。");
            ui.add_space(6.0);
            if plain(ui, "添加参评人员").clicked() {
                cx.act(Action::AddApplicants);
            }
        } else {
            small(ui, "这里没有要办的事了。");
        }
        return;
    }
    ScrollArea::vertical().id_salt("todos").show(ui, |ui| {
        for (nr, todo) in todos.iter().enumerate() {
            if nr > 0 {
                hairline(ui);
            }
            ui.horizontal(|ui| {
                ui.set_min_height(51.0);
                ui.spacing_mut().item_spacing.x = 12.0;
                dot(ui, if todo.urgent { t.seal } else { t.bar_wait });
                let room = ui.available_width() - 96.0;
                ui.allocate_ui_with_layout(vec2(room, 40.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(room);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    let title = RichText::new(&todo.title).font(theme::bold(size::TEXT));
                    ui.add(Label::new(title.color(t.ink)).truncate());
                    ui.add(Label::new(RichText::new(&todo.note).small().color(t.ink3)).truncate());
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if link(ui, todo.lead).clicked() {
                        cx.go(todo.go.clone());
                    }
                });
            });
        }
    });
}

fn years(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let view: &CampaignView = &cx.snap.campaign;
    let people: u32 = view.groups.iter().map(|(_, people)| people).sum();
    if people == 0 {
        let how = "参评人员各年达标的情况会画在这里：绿色达标，黄色缺材料，红色学时不够。";
        empty(ui, "还没有参评人员", how, |_| {});
        return;
    }
    h2(ui, &format!("申报人员 {people} 人"), "每年只数认定起止含该年的人");
    ScrollArea::vertical().id_salt("years").show(ui, |ui| {
        let width = (ui.available_width() - 44.0 - 84.0 - 20.0).max(80.0);
        for (year, bar) in &view.bars {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 10.0;
                ui.add_sized(
                    vec2(44.0, 20.0),
                    Label::new(RichText::new(year.to_string()).size(13.0)),
                );
                let all = bar.all().max(1) as f32;
                let share = |n: u32| n as f32 / all;
                bar::shares(
                    ui,
                    width,
                    14.0,
                    &[
                        (share(bar.met), t.bar_ok),
                        (share(bar.pending), t.bar_wait),
                        (share(bar.short), t.bar_bad),
                    ],
                )
                .on_hover_text(format!(
                    "{year} 年：达标 {} 人，缺材料 {} 人，学时不够 {} 人",
                    bar.met, bar.pending, bar.short
                ));
                let words = format!("{} / {}", bar.met, bar.all());
                ui.label(RichText::new(words).size(13.0).color(t.ink3));
            });
            ui.add_space(2.0);
        }
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            for (color, words) in [
                (t.bar_ok, "达标且材料齐"),
                (t.bar_wait, "学时够、材料缺"),
                (t.bar_bad, "学时不够"),
            ] {
                square(ui, color);
                small(ui, words);
                ui.add_space(8.0);
            }
        });
    });
}

fn square(ui: &mut Ui, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), eframe::egui::Sense::hover());
    ui.painter().rect_filled(rect, 1.0, color);
}

fn steps(snapshot: &Snapshot) -> Vec<Step> {
    let view = &snapshot.campaign;
    let applicants = view.applicants().len() as u32;
    let people = snapshot.people.len();
    let open = snapshot.publicity.iter().find(|run| run.closed.is_none());
    let state = |done: bool, begun: bool| match (done, begun) {
        (true, _) => State::Done,
        (false, true) => State::Now,
        (false, false) => State::Later,
    };
    let settled = applicants > 0 && view.short == 0 && view.lacking_records == 0;
    let reviewed = applicants > 0 && view.to_review == 0 && view.reviewed > 0;
    let posted = view.publicised > 0 && view.to_post == 0 && open.is_none();
    vec![
        Step {
            state: state(people > 0, true),
            title: "人员名册",
            note: if people > 0 { format!("{people} 人") } else { "还没有人员".to_owned() },
            go: Page::People,
        },
        Step {
            state: state(settled, people > 0),
            title: "登记与材料",
            note: format!("共 {} 条，参评人员缺材料 {} 条", snapshot.records, view.lacking_records),
            go: Page::Entry,
        },
        Step {
            state: state(reviewed && view.short == 0, view.reviewed + view.to_review > 0),
            title: "单位初审",
            note: format!(
                "已审 {} 人，待审 {} 人，不够 {} 人",
                view.reviewed, view.to_review, view.short
            ),
            go: Page::Campaign,
        },
        Step {
            state: state(posted, open.is_some() || view.to_post > 0),
            title: "公示 5 个工作日",
            note: match open {
                Some(run) => format!(
                    "{} 张贴，{} 满",
                    words::short_day(run.posted),
                    words::short_day(run.close_strict)
                ),
                None if view.publicised > 0 => format!("{} 人公示期满", view.publicised),
                None => "尚未张贴".to_owned(),
            },
            go: Page::Publicity,
        },
        Step {
            state: state(handed_in(snapshot), view.publicised > 0),
            title: "写入 U 盘并核对",
            note: match snapshot.packages.iter().find(|entry| !entry.draft) {
                Some(entry) => {
                    format!("{} 写好，{} 人", entry.at.format("%m-%d"), entry.people)
                }
                None => "手册、汇总表、证书和材料一起写入".to_owned(),
            },
            go: Page::Package,
        },
        Step {
            state: state(false, handed_in(snapshot) && view.obligations > 0),
            title: "事后补交",
            note: if view.obligations > 0 {
                format!("{} 人待补 {} 年公需证明，资格确认或聘任时", view.obligations, view.year)
            } else {
                "没有待补的证明".to_owned()
            },
            go: Page::Campaign,
        },
    ]
}

fn progress(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    h2(ui, "办理进度", "");
    let tools = 48.0;
    let high = (ui.available_height() - tools).max(80.0);
    ScrollArea::vertical().id_salt("steps").max_height(high).show(ui, |ui| {
        for (nr, step) in steps(cx.snap).into_iter().enumerate() {
            if nr > 0 {
                hairline(ui);
            }
            ui.horizontal(|ui| {
                ui.set_min_height(54.0);
                ui.spacing_mut().item_spacing.x = 12.0;
                badge(ui, nr + 1, step.state);
                let room = ui.available_width() - 64.0;
                ui.allocate_ui_with_layout(vec2(room, 40.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(room);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    ui.label(RichText::new(step.title).font(theme::bold(size::TEXT)).color(t.ink));
                    ui.add(Label::new(RichText::new(&step.note).small().color(t.ink3)).truncate());
                });
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| match step.state {
                    State::Now => {
                        let response =
                            link(ui, "去办 ›").accessible_name(format!("去办{}", step.title));
                        if response.clicked() {
                            cx.go(Go::Page(step.go));
                        }
                    }
                    State::Done => {
                        note(ui, "已办", t.ok);
                    }
                    State::Later => {}
                });
            });
        }
    });
    ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
        ui.horizontal(|ui| {
            if primary(ui, "登记一条").on_hover_text(Action::AddRecord.tip()).clicked() {
                cx.act(Action::AddRecord);
            }
            if plain(ui, "从 Excel 导入").on_hover_text(Action::Import.tip()).clicked() {
                cx.act(Action::Import);
            }
            let why = Action::Checklist.disabled(&cx.standing);
            let response =
                ui.add_enabled_ui(why.is_none(), |ui| quiet(ui, "打印缺材料通知单")).inner;
            if response.on_disabled_hover_text(why.unwrap_or_default()).clicked() {
                cx.act(Action::Checklist);
            }
        });
    });
}

fn badge(ui: &mut Ui, number: usize, state: State) {
    let t = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(22.0, 22.0), eframe::egui::Sense::hover());
    let (fill, ink) = match state {
        State::Done => (t.ok_wash, t.ok),
        State::Now => (t.chosen, t.on_chosen),
        State::Later => (t.sunken, t.ink3),
    };
    ui.painter().circle_filled(rect.center(), 11.0, fill);
    if state == State::Done {
        icons::paint(ui.painter(), Icon::Check, rect, ink);
    } else {
        let number = number.to_string();
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, number, theme::text(12.0), ink);
    }
}
