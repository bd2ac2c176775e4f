//! The dates counted back from the last working day (B3-15): today, post by, department by, hand in by; and
//! how many working days the department gets.

use crate::ledger::Unit;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::icons::Icon;
use crate::ui::snapshot::Plan;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{icon_button, small};
use crate::ui::words;
use chrono::{Datelike, NaiveDate};
use eframe::egui::{Align, Align2, Layout, Rect, RichText, Stroke, Ui, pos2, vec2};

/// The department never gets more working days than this.
const MOST: u32 = 30;

pub fn show(ui: &mut Ui, plan: &Plan, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let left = plan.days_left();
    // How many days ago is of no use when they are years.
    let over = plan.today.year() > plan.deadline.year();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let bold = |text: &str| RichText::new(text).font(theme::bold(size::TEXT)).color(t.ink);
        let number =
            |number: i64| RichText::new(number.to_string()).font(theme::bold(20.0)).color(t.seal);
        if left >= 0 {
            ui.label(bold("离最后工作日还有"));
            ui.label(number(left));
            ui.label(bold("天"));
        } else if over {
            ui.label(bold(&format!("{} 年度的报送期限已过", plan.deadline.year())));
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
                plan.deadline.month(),
                plan.deadline.day(),
                words::weekday(plan.deadline).replace('周', "星期"),
                words::long_day(plan.last_working_day)
            )
        };
        ui.label(RichText::new(why).small().color(t.ink3));
        if cx.snap.has_department {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| review_days(ui, plan, cx));
        }
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
            match over {
                true => format!("今天 {}", plan.today),
                false => format!("今天 {}", words::short_day(plan.today)),
            },
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

/// How many working days are left for the department's review, one more or one less.
fn review_days(ui: &mut Ui, plan: &Plan, cx: &mut Cx<'_>) {
    let days = plan.review_workdays;
    let mut to = None;
    ui.spacing_mut().item_spacing.x = 2.0;
    if icon_button(ui, Icon::Right, "复审多留一天", days < MOST, false).clicked() {
        to = Some(days + 1);
    }
    small(ui, format!("复审留 {days} 个工作日"));
    if icon_button(ui, Icon::Left, "复审少留一天", days > 0, false).clicked() {
        to = Some(days - 1);
    }
    if let Some(days) = to {
        let planned = cx.snap.notice.deadline.review_workdays;
        let review_workdays = (days != planned).then_some(days);
        let unit = Unit { review_workdays, ..(*cx.snap.unit).clone() };
        let done = format!("复审留 {days} 个工作日");
        cx.desk.work("调整复审天数", move |registry, _, _| {
            chores::save_unit_as(registry, &unit, "调整复审天数", &done)
        });
    }
}
