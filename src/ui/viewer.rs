//! A file looked at inside the window: an image, or a PDF page by page; larger, smaller, turned, or handed to
//! the PC's own program. It is looked at and never changed.

use super::desk::Desk;
use super::looks::{Look, Looks, Picture};
use super::reveal;
use super::theme::{self, Tokens, size};
use super::widgets::{note, plain, quiet, small};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Color32, Context, Frame, Id, Key, Label, Margin, Mesh, Modal, Rect, RichText, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use std::path::PathBuf;

/// A file that can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What the file proves: 签到表.
    pub what: String,
    /// Its own name.
    pub name: String,
    pub path: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Zoom {
    /// The whole page.
    Whole,
    Times(f32),
}

/// The files being looked at, one at a time.
#[derive(Debug)]
pub struct Viewer {
    files: Vec<Shown>,
    at: usize,
    page: usize,
    /// Of the file, once it is known.
    pages: usize,
    zoom: Zoom,
    /// Quarter turns clockwise.
    turns: u8,
}

impl Viewer {
    pub fn new(files: Vec<Shown>, at: usize) -> Self {
        let at = at.min(files.len().saturating_sub(1));
        Self { files, at, page: 0, pages: 1, zoom: Zoom::Whole, turns: 0 }
    }

    /// True when it is done with.
    pub fn show(&mut self, ctx: &Context, looks: &mut Looks, desk: &mut Desk) -> bool {
        let Some(file) = self.files.get(self.at).cloned() else { return true };
        let t = Tokens::when(ctx.global_style().visuals.dark_mode);
        let room = ctx.content_rect().size() - vec2(64.0, 48.0);
        let modal = Modal::new(Id::unique("viewer")).backdrop_color(t.veil).frame(
            Frame::NONE
                .fill(t.surface)
                .stroke(Stroke::new(1.0, t.line))
                .corner_radius(size::CARD_RADIUS)
                .inner_margin(Margin::same(16)),
        );
        let shown = modal.show(ctx, |ui| {
            let inner = (room - Vec2::splat(32.0)).max(vec2(240.0, 160.0));
            ui.set_min_size(inner);
            ui.set_max_size(inner);
            let look = self.look(ui, looks, &file);
            let done = self.head(ui, &file, desk);
            ui.add_space(8.0);
            self.body(ui, &look, &file);
            done
        });
        self.keys(ctx);
        shown.inner || shown.should_close()
    }

    fn look(&mut self, ui: &Ui, looks: &mut Looks, file: &Shown) -> Look {
        let room = ui.available_size();
        let side = match self.zoom {
            Zoom::Whole => room.x.max(room.y),
            Zoom::Times(times) => room.x.max(room.y).max(1200.0) * times,
        };
        let look = looks.large(ui.ctx(), &file.path, self.page, side);
        if let Look::Picture(picture) = &look {
            self.pages = picture.pages;
        }
        look
    }

    fn head(&mut self, ui: &mut Ui, file: &Shown, desk: &mut Desk) -> bool {
        let t = Tokens::of(ui);
        let mut done = false;
        ui.horizontal(|ui| {
            let words = match file.what.as_str() {
                "" => file.name.clone(),
                what => format!("{what}　{}", file.name),
            };
            let title = RichText::new(words).font(theme::bold(size::TEXT)).color(t.ink);
            let width = (ui.available_width() - 96.0).max(80.0);
            ui.scope(|ui| {
                ui.set_max_width(width);
                ui.add(Label::new(title).truncate());
            });
            ui.with_layout(
                eframe::egui::Layout::right_to_left(eframe::egui::Align::Center),
                |ui| done = quiet(ui, "关闭预览").clicked(),
            );
        });
        ui.horizontal_wrapped(|ui| {
            let many = self.pages > 1 || self.files.len() > 1;
            if many && plain(ui, "上一页").clicked() {
                self.step(false);
            }
            if many && plain(ui, "下一页").clicked() {
                self.step(true);
            }
            let place = format!("第 {} 页，共 {} 页", self.page + 1, self.pages);
            let place = match self.files.len() {
                1 => place,
                files => format!("{place}　·　第 {} 个文件，共 {files} 个", self.at + 1),
            };
            ui.label(RichText::new(place).small().color(t.ink3));
            ui.add_space(8.0);
            if plain(ui, "缩小").clicked() {
                self.scale(0.8);
            }
            if plain(ui, "放大").clicked() {
                self.scale(1.25);
            }
            if plain(ui, "整页").clicked() {
                self.zoom = Zoom::Whole;
            }
            if plain(ui, "转向").on_hover_text("只是转过来看，不改文件").clicked() {
                self.turns = (self.turns + 1) % 4;
            }
            ui.add_space(8.0);
            if quiet(ui, "用电脑的程序打开").clicked() {
                desk.open_file(file.path.clone(), file.name.clone());
            }
            if quiet(ui, "在文件夹中显示").clicked() {
                reveal::folder(&file.path);
            }
        });
        done
    }

    fn body(&self, ui: &mut Ui, look: &Look, file: &Shown) {
        let t = Tokens::of(ui);
        let room = ui.available_rect_before_wrap();
        ui.painter().rect_filled(room, size::RADIUS, t.sunken);
        match look {
            Look::Coming => {
                ui.add_space(24.0);
                ui.vertical_centered(|ui| small(ui, "正在打开……"));
            }
            Look::Trouble(why) => {
                ui.add_space(24.0);
                ui.vertical_centered(|ui| note(ui, why.clone(), t.seal));
            }
            Look::Picture(picture) => {
                let area = ScrollArea::both()
                    .id_salt(("viewer", self.at, self.page))
                    .auto_shrink(false)
                    .max_height(room.height())
                    .max_width(room.width());
                area.show(ui, |ui| self.sheet(ui, picture, room.size(), file));
            }
        }
    }

    fn sheet(&self, ui: &mut Ui, picture: &Picture, room: Vec2, file: &Shown) {
        let t = Tokens::of(ui);
        let lying = self.turns % 2 == 1;
        let full = if lying { vec2(picture.full.y, picture.full.x) } else { picture.full };
        let fit = ((room.x - 24.0) / full.x).min((room.y - 24.0) / full.y).max(0.01);
        let times = match self.zoom {
            Zoom::Whole => fit,
            Zoom::Times(times) => fit * times,
        };
        let extent = full * times;
        let all = extent.max(room - vec2(12.0, 12.0));
        let (place, response) = ui.allocate_exact_size(all, Sense::hover());
        let rect = Rect::from_center_size(place.center(), extent);
        turned(ui, picture, rect, self.turns);
        ui.painter().rect_stroke(rect, 0.0, Stroke::new(1.0, t.line), StrokeKind::Outside);
        let name = format!("{}，第 {} 页", file.name, self.page + 1);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    }

    fn scale(&mut self, by: f32) {
        let now = match self.zoom {
            Zoom::Whole => 1.0,
            Zoom::Times(times) => times,
        };
        self.zoom = Zoom::Times((now * by).clamp(0.25, 6.0));
    }

    /// The next page, or the next file's first; backwards the one before, or the file's before.
    fn step(&mut self, forward: bool) {
        let before = (self.at, self.page);
        if forward && self.page + 1 < self.pages {
            self.page += 1;
        } else if !forward && self.page > 0 {
            self.page -= 1;
        } else if forward && self.at + 1 < self.files.len() {
            (self.at, self.page) = (self.at + 1, 0);
        } else if !forward && self.at > 0 {
            (self.at, self.page) = (self.at - 1, 0);
        }
        if before.0 != self.at {
            (self.pages, self.turns, self.zoom) = (1, 0, Zoom::Whole);
        }
    }

    fn keys(&mut self, ctx: &Context) {
        let pressed = |key| ctx.input(|input| input.key_pressed(key));
        if pressed(Key::ArrowRight) || pressed(Key::PageDown) {
            self.step(true);
        }
        if pressed(Key::ArrowLeft) || pressed(Key::PageUp) {
            self.step(false);
        }
        if pressed(Key::Plus) || pressed(Key::Equals) {
            self.scale(1.25);
        }
        if pressed(Key::Minus) {
            self.scale(0.8);
        }
        if pressed(Key::R) {
            self.turns = (self.turns + 1) % 4;
        }
    }
}

/// A picture turned clockwise by quarters.
fn turned(ui: &Ui, picture: &Picture, rect: Rect, turns: u8) {
    let mut mesh = Mesh::with_texture(picture.texture.id());
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
    let paper = [pos2(0.0, 0.0), pos2(1.0, 0.0), pos2(1.0, 1.0), pos2(0.0, 1.0)];
    for (nr, pos) in corners.into_iter().enumerate() {
        let uv = paper[(nr + 4 - usize::from(turns)) % 4];
        mesh.vertices.push(eframe::egui::epaint::Vertex { pos, uv, color: Color32::WHITE });
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    ui.painter().add(mesh);
}
