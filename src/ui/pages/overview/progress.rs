//! 办理进度: the steps of the year in their order, and where each stands.

use super::todo::handed_in;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::icons::{self, Icon};
use crate::ui::pages::{Go, Page};
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{h2, hairline, link, note, plain, primary, quiet};
use crate::ui::words;
use eframe::egui::{Align, Align2, Label, Layout, RichText, ScrollArea, Ui, vec2};

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
    let receives = crate::ui::pages::receive::is_for(snapshot);
    let settled = applicants > 0 && view.short == 0 && view.lacking_records == 0;
    let reviewed = applicants > 0 && view.to_review == 0 && view.reviewed > 0;
    let posted = view.publicised > 0 && view.to_post == 0 && open.is_none();
    let mut steps = vec![
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
            state: state(
                view.publicised > 0 && view.to_confirm + view.returned == 0,
                view.publicised > 0,
            ),
            title: "主管部门复审",
            note: format!(
                "待复审 {} 人，已确认 {} 人，退回 {} 人",
                view.to_confirm,
                view.to_send + view.with_bureau + view.issued,
                view.returned
            ),
            go: if receives { Page::Receive } else { Page::Campaign },
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
            state: state(
                view.issued > 0 && view.to_send + view.with_bureau == 0,
                view.with_bureau + view.issued > 0,
            ),
            title: "人社核验、领证",
            note: format!("核验中 {} 人，已发证 {} 人", view.with_bureau, view.issued),
            go: Page::Campaign,
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
    ];
    if !snapshot.has_department {
        steps.retain(|step| step.title != "主管部门复审");
    }
    steps
}

pub fn show(ui: &mut Ui, cx: &mut Cx<'_>) {
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
