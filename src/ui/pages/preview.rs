//! 打印预览: a paper as it will be printed, with zoom, thumbnails and a jump to a page; from here it is
//! printed, saved, or opened with the PC's own program. Drawing stands in `sheets`, the PC's side in
//! `printing`.
//!
//! To show a paper of the registry call `papers::look`; any other PDF is shown by finishing a job with
//! `Outcome::Preview(Paper { … })`. Either way the window turns to this page when the paper is ready.
//! The bytes shown are the bytes printed and saved.

mod sheets;

use super::{Page, View};
use crate::durable;
use crate::failure::Result;
use crate::ui::app::Cx;
use crate::ui::dialog::Ask;
use crate::ui::pages::Go;
use crate::ui::printing::{self, Job, Sides};
use crate::ui::shell;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{TextField, combo, plain, primary, quiet, small};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, Align2, Checkbox, Color32, Context, CursorIcon, Key, Label, Layout, Rect, Response,
    RichText, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use sheets::{Sheets, Size};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// A paper to be looked at.
#[derive(Debug)]
pub struct Paper {
    /// 汇总表（高级）
    pub title: String,
    /// What is offered when it is saved: `汇总表.pdf`.
    pub file_name: String,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// What is to be said about it: `12 人，有人未公示期满，注明草稿`.
    pub note: String,
    /// Where 返回 leads.
    pub back: Page,
}

/// How large pages are shown.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Zoom {
    Width,
    Whole,
    /// 1.0 is the size of the paper on a screen of 96 dots to the inch.
    Times(f32),
}

/// Between pages, in points of the screen.
const GAP: f32 = 14.0;
const THUMBS: f32 = 132.0;
const THUMB: Vec2 = vec2(96.0, 124.0);
/// Points of the screen in a point of the paper at 100 %.
const FULL: f32 = 96.0 / 72.0;
const PC_DEFAULT: &str = "默认打印机";

/// Something that came back from the PC's side.
enum Back {
    Printers(Vec<String>),
    Said(String),
    Failed(String),
}

/// The page.
#[derive(Default)]
pub struct Preview {
    shown: Option<Shown>,
}

struct Shown {
    title: String,
    file_name: String,
    note: String,
    back: Page,
    bytes: Arc<Vec<u8>>,
    sheets: Option<Sheets>,
    zoom: Zoom,
    /// Room for the pages, as it was drawn last.
    pane: Vec2,
    /// The page in the middle, from 0.
    at: usize,
    /// What stands in the field of the page number while it is typed in.
    jump: String,
    turn_to: Option<usize>,
    copies: String,
    range: String,
    both_sides: bool,
    printer: String,
    printers: Option<Vec<String>>,
    /// Said below the tools, and whether it is a failure.
    said: Option<(String, bool)>,
    backs: (Sender<Back>, Receiver<Back>),
    /// Holds the file that another program was given; it goes with the preview.
    lent: Option<tempfile::TempDir>,
}

impl Preview {
    /// Shows a paper; the page to turn to.
    pub fn open(&mut self, paper: Paper) -> Page {
        self.shown = Some(Shown {
            title: paper.title,
            file_name: paper.file_name,
            note: paper.note,
            back: paper.back,
            bytes: Arc::new(paper.bytes),
            sheets: None,
            zoom: Zoom::Width,
            pane: vec2(800.0, 600.0),
            at: 0,
            jump: String::new(),
            turn_to: None,
            copies: "1".to_owned(),
            range: String::new(),
            both_sides: false,
            printer: PC_DEFAULT.to_owned(),
            printers: None,
            said: None,
            backs: channel(),
            lent: None,
        });
        Page::Preview
    }

    /// Saves the very bytes to a file.
    pub fn save(&mut self, ctx: &Context, file: PathBuf) {
        let Some(shown) = &mut self.shown else { return };
        let bytes = Arc::clone(&shown.bytes);
        shown.errand(ctx, "正在保存", move || {
            durable::write("写文件", &file, &bytes).map(|()| format!("已存为 {}", file.display()))
        });
    }
}

impl Shown {
    /// Has something done beside the window and says what came of it.
    fn errand(
        &mut self,
        ctx: &Context,
        saying: &str,
        work: impl FnOnce() -> Result<String> + Send + 'static,
    ) {
        self.said = Some((saying.to_owned(), false));
        let (out, ctx) = (self.backs.0.clone(), ctx.clone());
        let spawned = std::thread::Builder::new().name("errand".to_owned()).spawn(move || {
            let back = match work() {
                Ok(said) => Back::Said(said),
                Err(failure) => Back::Failed(failure.to_string()),
            };
            // The preview may be gone by now.
            let _ = out.send(back);
            ctx.request_repaint();
        });
        if spawned.is_err() {
            self.said = Some(("电脑太忙，没有办成，请再试一次".to_owned(), true));
        }
    }

    fn take(&mut self, ctx: &Context) {
        if self.printers.is_none() {
            self.printers = Some(Vec::new());
            let (out, ctx) = (self.backs.0.clone(), ctx.clone());
            // Without a list there is still the PC's own choice.
            let _ = std::thread::Builder::new().name("printers".to_owned()).spawn(move || {
                let _ = out.send(Back::Printers(printing::printers()));
                ctx.request_repaint();
            });
        }
        for back in self.backs.1.try_iter() {
            match back {
                Back::Printers(printers) => self.printers = Some(printers),
                Back::Said(said) => self.said = Some((said, false)),
                Back::Failed(why) => self.said = Some((why, true)),
            }
        }
    }

    /// Writes the paper where another program can read it.
    fn lend(&mut self) -> Result<PathBuf> {
        let failed =
            |error| crate::failure::Failure::io("写临时文件", &std::env::temp_dir(), error);
        if self.lent.is_none() {
            self.lent = Some(tempfile::Builder::new().prefix("xueshi").tempdir().map_err(failed)?);
        }
        let folder = self.lent.as_ref().map(|lent| lent.path().to_path_buf()).unwrap_or_default();
        Ok(folder.join(&self.file_name))
    }

    /// Gives the paper to another program.
    fn hand(
        &mut self,
        ctx: &Context,
        saying: &str,
        to: impl FnOnce(&std::path::Path) -> Result<String> + Send + 'static,
    ) {
        match self.lend() {
            Ok(file) => {
                let bytes = Arc::clone(&self.bytes);
                self.errand(ctx, saying, move || {
                    durable::write("写文件", &file, &bytes)?;
                    to(&file)
                });
            }
            Err(failure) => self.said = Some((failure.to_string(), true)),
        }
    }

    fn print(&mut self, ctx: &Context) {
        let pages = self.sheets.as_ref().map_or(1, |sheets| sheets.sizes.len().max(1));
        match Job::read(&self.copies, &self.range, pages) {
            Ok(mut job) => {
                if self.both_sides {
                    let first = self.sheets.as_ref().and_then(|sheets| sheets.sizes.first());
                    job.sides = Sides::both(first.is_some_and(|size| size.x > size.y));
                }
                job.printer = (self.printer != PC_DEFAULT).then(|| self.printer.clone());
                let title = self.title.clone();
                self.hand(ctx, "正在交给打印机", move |file| {
                    printing::print(file, &title, &job)
                });
            }
            Err(why) => self.said = Some((why, true)),
        }
    }
}

impl View for Preview {
    fn title(&mut self, ui: &mut Ui, _cx: &mut Cx<'_>) {
        let words = match &self.shown {
            Some(shown) if shown.note.is_empty() => shown.title.clone(),
            Some(shown) => format!("{}　{}", shown.title, shown.note),
            None => String::new(),
        };
        shell::heading(ui, "打印预览", &words);
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let Some(shown) = &mut self.shown else { return };
        let ctx = ui.ctx().clone();
        if primary(ui, "打印").clicked() {
            shown.print(&ctx);
        }
        if plain(ui, "存为 PDF").clicked() {
            cx.dialogs.ask(Ask::SavePreview, &shown.file_name);
        }
        if plain(ui, "用电脑的 PDF 程序打开").clicked() {
            shown.hand(&ctx, "正在打开", printing::open);
        }
        if quiet(ui, "返回").clicked() || ui.input(|input| input.key_pressed(Key::Escape)) {
            cx.go(Go::Page(shown.back));
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, _cx: &mut Cx<'_>) {
        let Some(shown) = &mut self.shown else {
            small(ui, "没有要预览的材料。");
            return;
        };
        let ctx = ui.ctx().clone();
        shown.take(&ctx);
        let sheets =
            shown.sheets.get_or_insert_with(|| Sheets::new(&ctx, Arc::clone(&shown.bytes)));
        sheets.take(&ctx, thumb_width(&ctx));
        let pages = sheets.sizes.len();
        if sheets.broken && pages == 0 {
            small(ui, "预览画不出来。可以存为 PDF，或用电脑的 PDF 程序打开。");
            return;
        }
        if pages == 0 {
            small(ui, "正在准备预览……");
            return;
        }
        let line = |top: f32| {
            Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), size::FIELD + 2.0))
        };
        row(ui, line(room.top()), "looks", |ui| shown.looks(ui, pages));
        let mut top = room.top() + size::FIELD + 10.0;
        row(ui, line(top), "choices", |ui| shown.choices(ui));
        top += size::FIELD + 12.0;
        let below =
            |left: f32, right: f32| Rect::from_min_max(pos2(left, top), pos2(right, room.bottom()));
        let mut wants = Vec::new();
        let thumbs = below(room.left(), room.left() + THUMBS);
        let large = below(thumbs.right() + 12.0, room.right());
        let mut pane = ui.new_child(UiBuilder::new().max_rect(large).id_salt("sheets"));
        shown.large(&mut pane, large, &mut wants);
        let mut pane = ui.new_child(UiBuilder::new().max_rect(thumbs).id_salt("thumbs"));
        shown.thumbs(&mut pane, &mut wants);
        if let Some(sheets) = &mut shown.sheets {
            sheets.want(wants);
        }
    }
}

fn row(ui: &mut Ui, rect: Rect, name: &str, add: impl FnOnce(&mut Ui)) {
    let layout = Layout::left_to_right(Align::Center);
    let mut line = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).id_salt(name));
    line.spacing_mut().item_spacing.x = 8.0;
    add(&mut line);
}

fn thumb_width(ctx: &Context) -> u32 {
    (THUMB.x * ctx.pixels_per_point()).round() as u32
}

impl Shown {
    /// Which page, how large.
    fn looks(&mut self, ui: &mut Ui, pages: usize) {
        let t = Tokens::of(ui);
        ui.label(RichText::new("第").color(t.ink2));
        let typed = TextField::new("页码").width(56.0).show(ui, &mut self.jump);
        if typed.left {
            self.jump_to_typed(pages);
        } else if !typed.response.has_focus() {
            self.jump = (self.at + 1).to_string();
        }
        ui.label(RichText::new(format!("页，共 {pages} 页")).color(t.ink2));
        if plain(ui, "上一页").clicked() || ui.input(|i| i.key_pressed(Key::PageUp)) {
            self.turn_to = Some(self.at.saturating_sub(1));
        }
        if plain(ui, "下一页").clicked() || ui.input(|i| i.key_pressed(Key::PageDown)) {
            self.turn_to = Some((self.at + 1).min(pages - 1));
        }
        ui.add_space(12.0);
        let now = self.times(self.pane);
        let mut zoom = self.zoom;
        if plain(ui, "缩小页面").clicked() {
            zoom = Zoom::Times((now / 1.25).max(0.2));
        }
        if plain(ui, "放大页面").clicked() {
            zoom = Zoom::Times((now * 1.25).min(4.0));
        }
        for (chosen, name) in
            [(Zoom::Width, "适合宽度"), (Zoom::Whole, "整页"), (Zoom::Times(1.0), "实际大小")]
        {
            if plain(ui, name).clicked() {
                zoom = chosen;
            }
        }
        if zoom != self.zoom {
            (self.zoom, self.turn_to) = (zoom, Some(self.at));
        }
        if let Zoom::Times(times) = self.zoom {
            ui.label(RichText::new(format!("{:.0}%", times * 100.0)).color(t.ink3));
        }
    }

    fn jump_to_typed(&mut self, pages: usize) {
        if let Ok(page) = self.jump.trim().parse::<usize>() {
            self.turn_to = Some(page.clamp(1, pages) - 1);
        }
    }

    /// How it is printed, and what was said last.
    fn choices(&mut self, ui: &mut Ui) {
        let t = Tokens::of(ui);
        if printing::CHOICES {
            let printers = self.printers.as_deref().unwrap_or_default();
            let names: Vec<&str> =
                std::iter::once(PC_DEFAULT).chain(printers.iter().map(String::as_str)).collect();
            combo(ui, "打印机", 150.0, &names, &mut self.printer);
            ui.label(RichText::new("份数").color(t.ink2));
            TextField::new("份数").width(48.0).show(ui, &mut self.copies);
            ui.label(RichText::new("页").color(t.ink2));
            TextField::new("打印哪些页").hint("全部").width(96.0).show(ui, &mut self.range);
            ui.add(Checkbox::new(&mut self.both_sides, "双面"));
        } else if self.said.is_none() {
            small(ui, printing::NO_CHOICES);
        }
        if let Some((said, failed)) = &self.said {
            let color = if *failed { t.seal } else { t.ink2 };
            ui.add(Label::new(RichText::new(said).color(color)).truncate()).on_hover_text(said);
        }
    }

    /// The zoom in times of the paper's own size.
    fn times(&self, pane: Vec2) -> f32 {
        let sizes = self.sheets.as_ref().map(|sheets| sheets.sizes.as_slice()).unwrap_or_default();
        let page = sizes.get(self.at).copied().unwrap_or(vec2(595.0, 842.0)) * FULL;
        let widest = sizes.iter().map(|size| size.x).fold(1.0, f32::max) * FULL;
        match self.zoom {
            Zoom::Times(times) => times,
            Zoom::Width => ((pane.x - 24.0) / widest).max(0.1),
            Zoom::Whole => ((pane.x - 24.0) / page.x).min((pane.y - GAP) / page.y).max(0.1),
        }
    }

    /// The pages one under another.
    fn large(&mut self, ui: &mut Ui, rect: Rect, wants: &mut Vec<(Size, (usize, u32))>) {
        let t = Tokens::of(ui);
        ui.painter().rect_filled(rect, size::CARD_RADIUS, t.sunken);
        self.pane = rect.size();
        let times = self.times(self.pane) * FULL;
        let Some(sheets) = &self.sheets else { return };
        // Upper edges of the pages, and the lower end of all.
        let mut tops = Vec::with_capacity(sheets.sizes.len() + 1);
        let (mut y, mut wide) = (GAP / 2.0, 0.0_f32);
        for page in &sheets.sizes {
            tops.push(y);
            y += page.y * times + GAP;
            wide = wide.max(page.x * times);
        }
        let all = vec2((wide + 16.0).max(rect.width() - 12.0), y);
        let mut area = ScrollArea::both().id_salt("sheets").auto_shrink(false);
        if let Some(page) = self.turn_to.take() {
            area = area.vertical_scroll_offset(tops.get(page).copied().unwrap_or(0.0) - GAP / 2.0);
        }
        let dots = ui.ctx().pixels_per_point();
        let at = &mut self.at;
        area.show_viewport(ui, |ui, view| {
            let (place, _) = ui.allocate_exact_size(all, Sense::hover());
            let first = tops.partition_point(|top| *top <= view.top()).saturating_sub(1);
            // The page that fills most of the view; at the end the last one, however short it is.
            let high = sheets.sizes.get(first).map_or(0.0, |page| page.y * times);
            let middle = view.top() + (view.height() * 0.4).min(high * 0.6);
            *at = tops.partition_point(|top| *top <= middle).saturating_sub(1);
            if view.top() > 1.0 && view.bottom() >= all.y - 1.0 {
                *at = sheets.sizes.len() - 1;
            }
            let placed = tops.iter().zip(&sheets.sizes).enumerate().skip(first);
            for (page, (top, full)) in placed.take_while(|(_, (top, _))| **top <= view.bottom()) {
                let extent = *full * times;
                let left = place.left() + (all.x - extent.x) / 2.0;
                let rect = Rect::from_min_size(pos2(left, place.top() + top), extent);
                let response = sheet(ui, sheets, rect, page, Size::Large);
                let drawn = sheets.picture(page, Size::Large).is_some();
                let name = format!("第 {} 页{}", page + 1, if drawn { "画好" } else { "正在画" });
                response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
                wants.push((Size::Large, (page, (extent.x * dots).round().max(1.0) as u32)));
            }
        });
    }

    /// The thumbnails; a click turns to the page.
    fn thumbs(&mut self, ui: &mut Ui, wants: &mut Vec<(Size, (usize, u32))>) {
        let t = Tokens::of(ui);
        let Some(sheets) = &self.sheets else { return };
        let (width, at, dots) = (thumb_width(ui.ctx()), self.at, ui.ctx().pixels_per_point());
        let mut turn_to = None;
        let rows = sheets.sizes.len();
        let area = ScrollArea::vertical().id_salt("thumbs").auto_shrink(false);
        area.show_rows(ui, THUMB.y + 24.0, rows, |ui, rows| {
            for page in rows {
                let (cell, response) =
                    ui.allocate_exact_size(vec2(THUMB.x + 12.0, THUMB.y + 24.0), Sense::click());
                let size = sheets.sizes[page];
                let scale = (THUMB.x / size.x).min(THUMB.y / size.y);
                let place = Rect::from_min_size(cell.min, vec2(cell.width(), THUMB.y));
                let rect = Rect::from_center_size(place.center(), size * scale);
                sheet(ui, sheets, rect, page, Size::Small);
                if page == at || response.has_focus() {
                    let ring = Stroke::new(2.0, if page == at { t.seal } else { t.ink });
                    ui.painter().rect_stroke(rect.expand(3.0), 2.0, ring, StrokeKind::Inside);
                }
                let name = (page + 1).to_string();
                let below = pos2(cell.center().x, place.bottom() + 9.0);
                ui.painter().text(below, Align2::CENTER_CENTER, &name, theme::text(12.0), t.ink3);
                let said = format!("缩略图 {name}");
                response
                    .widget_info(|| WidgetInfo::selected(Role::Button, true, page == at, &said));
                if response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                    turn_to = Some(page);
                }
                let dots = (rect.width() * dots).round().max(1.0) as u32;
                wants.push((Size::Small, (page, dots.min(width))));
            }
        });
        if turn_to.is_some() {
            self.turn_to = turn_to;
        }
    }
}

/// A page at its place: its picture, or bare paper until there is one.
fn sheet(ui: &mut Ui, sheets: &Sheets, rect: Rect, page: usize, size: Size) -> Response {
    let t = Tokens::of(ui);
    let response =
        ui.interact(rect, ui.scope_id().with((page, size == Size::Large)), Sense::hover());
    match sheets.picture(page, size) {
        Some(texture) => {
            let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), rect, all, Color32::WHITE);
        }
        None => {
            ui.painter().rect_filled(rect, 0.0, Color32::WHITE);
        }
    }
    ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, t.line), StrokeKind::Outside);
    response
}
