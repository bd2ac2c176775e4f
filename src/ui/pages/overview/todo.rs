//! 现在该做: what is to be done, most pressing first, each line leading to its place.

use crate::ledger::Publicity;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::pages::campaign::Filter;
use crate::ui::pages::{Go, Page};
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{dot, h2, hairline, link, plain, quiet, small};
use chrono::Datelike;
use eframe::egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

/// One line of 现在该做.
pub struct Todo {
    urgent: bool,
    title: String,
    note: String,
    lead: &'static str,
    way: Way,
}

/// Where a line leads.
enum Way {
    Go(Go),
    Do(Action),
}

pub fn todos(snapshot: &Snapshot) -> Vec<Todo> {
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
            way: Way::Go(Go::Campaign(Filter::Short)),
        });
    }
    if view.lacking_records > 0 {
        todos.push(Todo {
            urgent: true,
            title: format!("{} 条记录缺材料", view.lacking_records),
            note: top(&view.lacking_why, ""),
            lead: "逐条补 ›",
            way: Way::Go(Go::Campaign(Filter::Lacking)),
        });
    }
    for &(code, ref words, people) in view.others.iter().take(3) {
        // The person mends it at the platform: a paper to hand out is what helps.
        let (note, lead, way) = match code {
            "region-mismatch" => {
                ("请本人在平台更正，给每人打一张通知单", "打印通知单 ›", Way::Do(Action::Checklist))
            }
            code => {
                let way = Way::Go(Go::Campaign(Filter::Kind(code)));
                ("打开看每一条的依据和办法", "逐人看 ›", way)
            }
        };
        todos.push(Todo {
            urgent: false,
            title: format!("{people} 人{words}"),
            note: note.to_owned(),
            lead,
            way,
        });
    }
    if view.to_review > 0 {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人尚未单位初审", view.to_review),
            note: "学时与材料已齐".to_owned(),
            lead: "去初审 ›",
            way: Way::Go(Go::Campaign(Filter::ToReview)),
        });
    }
    if view.to_post > 0 {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人等公示", view.to_post),
            note: "单位初审合格，还不在公示名单里".to_owned(),
            lead: "去公示 ›",
            way: Way::Go(Go::Page(Page::Publicity)),
        });
    }
    posted(snapshot, &mut todos);
    department(snapshot, &mut todos);
    if view.publicised > 0 && !handed_in(snapshot) {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人可以报送", view.publicised),
            note: "公示期满，可写报送包".to_owned(),
            lead: "去报送 ›",
            way: Way::Go(Go::Page(Page::Package)),
        });
    }
    owing(snapshot, &mut todos);
    if next_year(snapshot).is_some() && !snapshot.people.is_empty() {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 年度的申报期限早已过去", view.year),
            note: "来年的通知下来以后新建一个年度，往年的申报仍按往年的通知".to_owned(),
            lead: "新建年度 ›",
            way: Way::Go(Go::NextYear),
        });
    }
    todos
}

/// The year to begin, where the newest notice is of a year that is over.
fn next_year(snapshot: &Snapshot) -> Option<i32> {
    let newest = snapshot.rules.notices.iter().map(|notice| notice.campaign).max()?;
    (newest < snapshot.today.year()).then_some(newest + 1)
}

/// What was promised when people applied (B3-09), of this campaign once it is handed in, and of earlier ones.
fn owing(snapshot: &Snapshot, todos: &mut Vec<Todo>) {
    let view = &snapshot.campaign;
    if view.obligations > 0 && handed_in(snapshot) {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人待补交 {} 年度合格证明", view.obligations, view.year),
            note: "资格确认或聘任时要交，收到以后放进手册".to_owned(),
            lead: "看是谁 ›",
            way: Way::Go(Go::Campaign(Filter::Owes)),
        });
    }
    if let Some(first) = snapshot.owing.first() {
        let mut names: Vec<&str> = snapshot.owing.iter().map(|it| it.name.as_str()).collect();
        names.truncate(6);
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人还欠以前年度的合格证明", snapshot.owing.len()),
            note: format!("{}：{}", first.text, names.join("、")),
            lead: "逐人办 ›",
            way: Way::Go(Go::Person(first.person, None)),
        });
    }
}

/// Lists on the wall: what was objected, what may be taken down.
fn posted(snapshot: &Snapshot, todos: &mut Vec<Todo>) {
    let runs = &snapshot.publicity;
    let objections: usize = runs.iter().map(Publicity::unsettled).sum();
    if objections > 0 {
        todos.push(Todo {
            urgent: true,
            title: format!("{objections} 条公示异议没有处理结果"),
            note: "核查以后记下结果，会印在公示结果说明上".to_owned(),
            lead: "去处理 ›",
            way: Way::Go(Go::Page(Page::Publicity)),
        });
    }
    let rule = &snapshot.notice.publicity;
    let over = |run: &&Publicity| run.closed.is_none() && snapshot.today >= run.last_day(rule);
    let people: usize = runs.iter().filter(over).map(|run| run.members.len()).sum();
    if people > 0 {
        todos.push(Todo {
            urgent: false,
            title: format!("{people} 人公示期满，可以结束"),
            note: "没有异议的，结束以后就能报送".to_owned(),
            lead: "去结束 ›",
            way: Way::Go(Go::Page(Page::Publicity)),
        });
    }
}

/// What the department has to do, or gave back.
fn department(snapshot: &Snapshot, todos: &mut Vec<Todo>) {
    let view = &snapshot.campaign;
    if view.returned > 0 {
        todos.push(Todo {
            urgent: true,
            title: format!("{} 人复审退回", view.returned),
            note: "照退回的理由改正，重新初审".to_owned(),
            lead: "看是谁 ›",
            way: Way::Go(Go::Campaign(Filter::Returned)),
        });
    }
    let year = view.year;
    let came =
        |name: &str| snapshot.received.iter().any(|it| it.campaign == year && it.unit == name);
    let awaited = snapshot
        .awaited
        .iter()
        .filter(|unit| unit.nobody_in != Some(year) && !came(&unit.name))
        .count();
    if awaited > 0 {
        todos.push(Todo {
            urgent: false,
            title: format!("{awaited} 个单位还没有报来"),
            note: "收到的在单位名单上打勾".to_owned(),
            lead: "去接收 ›",
            way: Way::Go(Go::Page(Page::Receive)),
        });
    }
    if view.to_confirm > 0 && !snapshot.received.is_empty() {
        todos.push(Todo {
            urgent: false,
            title: format!("{} 人待主管部门复审", view.to_confirm),
            note: "公示期满，复审确认以后送人社核验".to_owned(),
            lead: "去复审 ›",
            way: Way::Go(Go::Page(Page::Receive)),
        });
    }
}

pub fn handed_in(snapshot: &Snapshot) -> bool {
    snapshot.packages.iter().any(|entry| !entry.draft && entry.campaign == snapshot.campaign.year)
}

pub fn show(ui: &mut Ui, todos: &[Todo], cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    h2(ui, "现在该做", if todos.is_empty() { "" } else { "做完一条，少一条" });
    if todos.is_empty() {
        if cx.snap.people.is_empty() {
            small(ui, "先把人员名册导进来，再登记学习和材料。");
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                if plain(ui, "从 Excel 导入名册").clicked() {
                    cx.act(Action::Import);
                }
                let template = Action::Template;
                if quiet(ui, template.name()).on_hover_text(template.tip()).clicked() {
                    cx.act(template);
                }
            });
            if let Some(next) = next_year(cx.snap) {
                ui.add_space(4.0);
                ui.horizontal(|ui| {
                    small(ui, format!("现在是 {} 年：", cx.snap.today.year()));
                    if link(ui, &format!("照它新建 {next} 年度的通知 ›")).clicked() {
                        cx.go(Go::NextYear);
                    }
                });
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
                ui.set_min_height(47.0);
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
                    let name = format!("{}：{}", todo.lead.trim_end_matches(" ›"), todo.title);
                    if link(ui, todo.lead).accessible_name(name).clicked() {
                        match &todo.way {
                            Way::Go(go) => cx.go(go.clone()),
                            Way::Do(action) => cx.act(*action),
                        }
                    }
                });
            });
        }
    });
}
