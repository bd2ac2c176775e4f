//! The frame around every page: navigation at the left, header above, the page, long work below.

use super::action::Action;
use super::app::Cx;
use super::desk::Desk;
use super::icons::{self};
use super::in_view;
use super::office;
use super::pages::{self, Go, Page, Pages};
use super::theme::{self, Tokens, size};
use super::widgets::{combo, icon_button, plain};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Align2, Area, Color32, Context, CursorIcon, Frame, Id, Label, Layout, Margin, Order,
    Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use std::time::Duration;

/// Navigation, header and page.
pub fn show(ui: &mut Ui, page: Page, pages: &mut Pages, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let all = ui.max_rect();
    ui.painter().rect_filled(all, 0.0, t.bg);
    let roomy = all.width() >= size::ROOMY;
    let wide = if roomy { size::NAV } else { size::NAV_NARROW };
    let margin = match roomy {
        true => vec2(size::PAGE_X, size::PAGE_Y),
        false => vec2(size::PAGE_NARROW, size::PAGE_NARROW),
    };
    let nav = Rect::from_min_max(all.min, pos2(all.left() + wide, all.bottom()));
    let header = Rect::from_min_max(nav.right_top(), pos2(all.right(), all.top() + size::HEADER));
    let room = Rect::from_min_max(header.left_bottom(), all.max).shrink2(margin);
    navigation(ui, nav, page, cx);
    top(ui, header.shrink2(vec2(margin.x, 0.0)), page, pages, cx);
    ui.painter().hline(header.x_range(), header.bottom() - 0.5, Stroke::new(1.0, t.line));
    let salt = ("page", page.name());
    let least = pages.view(page).least();
    if room.width() >= least.x && room.height() >= least.y {
        let mut body = ui.new_child(UiBuilder::new().max_rect(room).id_salt(salt));
        pages.view(page).body(&mut body, room, cx);
        return;
    }
    // On a small screen or at a large scale a page keeps its least size and is scrolled.
    let below = Rect::from_min_max(header.left_bottom(), all.max);
    let mut body = ui.new_child(UiBuilder::new().max_rect(below).id_salt(salt));
    body.shrink_clip_rect(below);
    ScrollArea::both().id_salt(salt).auto_shrink(false).show(&mut body, |ui| {
        let inside = Rect::from_min_size(ui.cursor().min + margin, room.size().max(least));
        ui.allocate_rect(inside.expand2(margin), Sense::hover());
        let mut page_ui = ui.new_child(UiBuilder::new().max_rect(inside).id_salt(salt));
        pages.view(page).body(&mut page_ui, inside, cx);
        if let Some(reached) = in_view::wanted(ui.ctx()) {
            ui.scroll_to_rect(reached.expand(8.0), None);
        }
    });
}

fn navigation(ui: &mut Ui, rect: Rect, page: Page, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    ui.painter().rect_filled(rect, 0.0, t.sunken);
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), Stroke::new(1.0, t.line));

    let narrow = is_narrow(rect);
    let corner = if narrow { vec2(16.0, 12.0) } else { vec2(16.0, 18.0) };
    let mark = Rect::from_min_size(rect.min + corner, vec2(32.0, 32.0));
    ui.painter().rect_filled(mark, size::RADIUS, t.seal_fill);
    let seal = theme::quote(18.0);
    ui.painter().text(mark.center(), Align2::CENTER_CENTER, "学", seal, t.on_seal);
    if !narrow {
        let name = mark.right_top() + vec2(10.0, -2.0);
        ui.painter().text(name, Align2::LEFT_TOP, "学时", theme::bold(16.0), t.ink);
        let under = name + vec2(0.0, 21.0);
        ui.painter().text(under, Align2::LEFT_TOP, "继续教育登记手册", theme::text(12.0), t.ink3);
    }

    let mut top = rect.top() + if narrow { 54.0 } else { 70.0 };
    let steps = [
        Page::Overview,
        Page::People,
        Page::Entry,
        Page::Campaign,
        Page::Publicity,
        Page::Receive,
        Page::Package,
    ];
    // 接收 is a department's step; others find it in the palette and on 报送.
    let receives = page == Page::Receive || pages::receive::is_for(cx.snap);
    let steps: Vec<Page> =
        steps.into_iter().filter(|step| *step != Page::Receive || receives).collect();
    let others = [Page::Rules, Page::Settings];
    // On a low screen the steps stand closer, so that all of them can be reached.
    let all = (steps.len() + others.len()) as f32;
    let most = if narrow { 46.0 } else { 34.0 };
    let high = ((rect.bottom() - top - 12.0) / all).clamp(28.0, most);
    for step in steps {
        step_of(ui, rect, (top, high), step, page, cx);
        top += high;
    }
    top += if narrow { 4.0 } else { 10.0 };
    let line = Rect::from_min_max(pos2(rect.left() + 16.0, top), pos2(rect.right() - 16.0, top));
    ui.painter().hline(line.x_range(), top, Stroke::new(1.0, t.line));
    top += if narrow { 4.0 } else { 12.0 };
    for step in others {
        step_of(ui, rect, (top, high), step, page, cx);
        top += high;
    }
    // At a large scale the steps need the room.
    if !narrow && top + 70.0 < rect.bottom() {
        foot(ui, rect, cx);
    }
}

fn is_narrow(nav: Rect) -> bool {
    nav.width() < size::NAV
}

fn step_of(
    ui: &mut Ui,
    nav: Rect,
    (top, high): (f32, f32),
    step: Page,
    page: Page,
    cx: &mut Cx<'_>,
) {
    let t = Tokens::of(ui);
    let narrow = is_narrow(nav);
    let side = if narrow { 5.0 } else { 12.0 };
    let room = vec2(nav.width() - 2.0 * side, high - 2.0);
    let rect = Rect::from_min_size(pos2(nav.left() + side, top), room);
    let response = ui.interact(rect, Id::unique(("step", step.name())), Sense::click());
    let on = page.step() == step;
    let (fill, line) = match (on, response.hovered()) {
        (true, _) => (t.surface, Stroke::new(1.0, t.line)),
        (false, true) => (t.line, Stroke::NONE),
        (false, false) => (Color32::TRANSPARENT, Stroke::NONE),
    };
    ui.painter().rect(rect, size::RADIUS, fill, line, StrokeKind::Inside);
    let (icon_at, name_at, align, letters) = match narrow {
        true => (
            vec2(room.x / 2.0, room.y * 0.31),
            vec2(room.x / 2.0, room.y * 0.75),
            Align2::CENTER_CENTER,
            12.0,
        ),
        false => {
            let middle = room.y / 2.0;
            (vec2(17.0, middle), vec2(36.0, middle), Align2::LEFT_CENTER, 14.0)
        }
    };
    if let Some(icon) = step.icon() {
        let place = Rect::from_center_size(rect.min + icon_at, vec2(16.0, 16.0));
        icons::paint(ui.painter(), icon, place, if on { t.seal } else { t.ink3 });
    }
    let (font, ink) =
        if on { (theme::bold(letters), t.ink) } else { (theme::text(letters), t.ink2) };
    ui.painter().text(rect.min + name_at, align, step.name(), font, ink);
    let snapshot = cx.snap;
    let count = match step {
        Page::People => Some((snapshot.people.len(), false)),
        Page::Campaign => Some((snapshot.campaign.waiting() as usize, true)),
        Page::Publicity => Some((snapshot.campaign.to_post as usize, true)),
        _ => None,
    };
    // The narrow bar has room for what is waiting only.
    if let Some((count, urgent)) = count.filter(|&(n, urgent)| n > 0 && (urgent || !narrow)) {
        // Three figures beside the icon of the narrow bar have to be small ones.
        let (letters, at) = match narrow {
            true if count > 99 => (10.0, rect.right_top() + vec2(-1.0, 8.0)),
            true => (12.0, rect.right_top() + vec2(-3.0, 10.0)),
            false => (12.0, rect.right_center() - vec2(8.0, 0.0)),
        };
        let (font, ink) =
            if urgent { (theme::bold(letters), t.seal) } else { (theme::text(letters), t.ink3) };
        ui.painter().text(at, Align2::RIGHT_CENTER, count.to_string(), font, ink);
    }
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, step.name()));
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        cx.act(Action::Show(step));
    }
}

fn foot(ui: &mut Ui, nav: Rect, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let rect = Rect::from_min_max(
        pos2(nav.left() + 20.0, nav.bottom() - 62.0),
        pos2(nav.right() - 12.0, nav.bottom() - 14.0),
    );
    let mut foot = ui.new_child(
        UiBuilder::new().max_rect(rect).layout(Layout::bottom_up(Align::Min)).id_salt("foot"),
    );
    foot.spacing_mut().item_spacing.y = 0.0;
    let saved = if cx.desk.waiting() { "正在写入" } else { "已自动保存" };
    let unit = &cx.snap.unit;
    let words =
        if unit.kind.is_empty() { saved.to_owned() } else { format!("{} · {saved}", unit.kind) };
    foot.label(RichText::new(words).small().color(t.ink3));
    let name = Label::new(RichText::new(&unit.name).small().color(t.ink3)).truncate();
    foot.add(name.show_tooltip_when_elided(false)).on_hover_text(format!(
        "{}\n{}",
        unit.name,
        cx.snap.dir.display()
    ));
}

fn top(ui: &mut Ui, inner: Rect, page: Page, pages: &mut Pages, cx: &mut Cx<'_>) {
    let mut right = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Center))
            .id_salt("tools"),
    );
    right.spacing_mut().item_spacing.x = 12.0;
    for (action, what) in
        [(Action::Redo, cx.snap.redo.as_deref()), (Action::Undo, cx.snap.undo.as_deref())]
    {
        let enabled = action.disabled(&cx.standing).is_none();
        let icon = action.icon().unwrap_or(icons::Icon::Undo);
        let response = icon_button(&mut right, icon, action.name(), enabled, true);
        let tip = match what {
            Some(what) => format!("{what}　{}", action.shortcut_words().unwrap_or_default()),
            None => action.disabled(&cx.standing).unwrap_or_default().to_owned(),
        };
        if response.on_hover_text(tip).clicked() {
            cx.act(action);
        }
    }
    pages.view(page).tools(&mut right, cx);
    let end = right.min_rect().left() - 12.0;
    let left = Rect::from_min_max(inner.min, pos2(end.max(inner.left()), inner.bottom()));
    let mut title = ui.new_child(
        UiBuilder::new()
            .max_rect(left)
            .layout(Layout::left_to_right(Align::Center))
            .id_salt("title"),
    );
    title.shrink_clip_rect(left);
    title.spacing_mut().item_spacing.x = 12.0;
    pages.view(page).title(&mut title, cx);
}

/// The page's name in the header, with a quiet line behind it.
pub fn heading(ui: &mut Ui, title: &str, sub: &str) {
    let t = Tokens::of(ui);
    ui.label(RichText::new(title).font(theme::bold(size::TITLE)).color(t.ink));
    if !sub.is_empty() {
        ui.add(Label::new(RichText::new(sub).color(t.ink3)).truncate());
    }
}

/// The campaign year in work: another is chosen, or next year's begun.
pub fn year(ui: &mut Ui, cx: &mut Cx<'_>) {
    let years: Vec<i32> = cx.snap.rules.notices.iter().map(|it| it.campaign).collect();
    let now = cx.snap.notice.campaign_year;
    let words = |year: i32| format!("{year} 年度");
    let next = years.last().map_or(now, |last| last + 1);
    let mut choices: Vec<String> = years.iter().map(|&year| words(year)).collect();
    let begin = format!("新建 {next} 年度…");
    choices.push(begin.clone());
    let listed: Vec<&str> = choices.iter().map(String::as_str).collect();
    let mut chosen = words(now);
    if !combo(ui, "年度", 112.0, &listed, &mut chosen) {
        return;
    }
    if chosen == begin {
        cx.go(Go::NextYear);
    } else if let Some(&year) = years.iter().find(|&&year| words(year) == chosen) {
        cx.desk.work("换年度", move |registry, _, _| office::choose_campaign(registry, year));
    }
}

/// The wide button that opens the palette.
pub fn finder(ui: &mut Ui, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    // In a narrow header the page's own tools and its name come first.
    let wide = (ui.available_width() * 0.4).min(260.0);
    if wide < 124.0 {
        let name = Action::Palette.name();
        if icon_button(ui, icons::Icon::Search, name, true, true).on_hover_text(name).clicked() {
            cx.act(Action::Palette);
        }
        return;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(wide, size::CONTROL), Sense::click());
    let line = Stroke::new(1.0, t.line);
    ui.painter().rect(rect, size::RADIUS, t.surface, line, StrokeKind::Inside);
    let at = rect.left_center() + vec2(10.0, 0.0);
    let words = if wide > 170.0 { Action::Palette.name() } else { "查找" };
    ui.painter().text(at, Align2::LEFT_CENTER, words, theme::text(14.0), t.ink3);
    if wide > 210.0 {
        let at = rect.right_center() - vec2(10.0, 0.0);
        ui.painter().text(at, Align2::RIGHT_CENTER, "Ctrl K", theme::text(12.0), t.ink3);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, Action::Palette.name()));
    if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
        cx.act(Action::Palette);
    }
}

/// Long work: what is being done, how far it is, and a way to stop it.
pub fn running(ctx: &Context, desk: &Desk) {
    let Some(running) = desk.running() else { return };
    let shown_after = Duration::from_millis(400);
    let elapsed = running.since.elapsed();
    if elapsed < shown_after {
        ctx.request_repaint_after(shown_after - elapsed);
        return;
    }
    ctx.request_repaint_after(Duration::from_millis(150));
    let (done, total, note) = running.control.now();
    Area::new(Id::unique("running"))
        .order(Order::Foreground)
        .anchor(Align2::RIGHT_BOTTOM, vec2(-24.0, -24.0))
        .show(ctx, |ui| {
            let t = Tokens::of(ui);
            Frame::NONE
                .fill(t.surface)
                .stroke(Stroke::new(1.0, t.ink3))
                .corner_radius(size::CARD_RADIUS)
                .inner_margin(Margin::same(16))
                .show(ui, |ui| {
                    ui.set_width(320.0);
                    let title = format!("正在{}", running.name);
                    ui.label(RichText::new(title).font(theme::bold(size::TEXT)));
                    ui.add_space(4.0);
                    if total > 0 {
                        let share = done as f32 / total as f32;
                        super::widgets::bar::shares(ui, 320.0, 8.0, &[(share, t.ink)]);
                        ui.add_space(2.0);
                    }
                    let words = if total > 0 { format!("{note}　{done} / {total}") } else { note };
                    if !words.is_empty() {
                        ui.add(Label::new(RichText::new(words).small().color(t.ink3)).truncate());
                    }
                    ui.add_space(6.0);
                    if running.control.cancelled() {
                        ui.label(RichText::new("正在停下，不会留下半成品").small().color(t.ink3));
                    } else if plain(ui, "停下").clicked() {
                        running.control.cancel();
                    }
                });
        });
}
