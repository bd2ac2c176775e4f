//! Draws the window into a picture on the processor: no GPU and no driver, so the same pixels on every
//! machine. What is done with pictures stands in `pictures`.

use eframe::egui::epaint::{ImageData, Primitive, Vertex};
use eframe::egui::{self, Color32, ColorImage, FullOutput, Pos2, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Pixels, row by row from the top.
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub pixels: Vec<Color32>,
}

#[derive(Default)]
struct Textures {
    kept: HashMap<TextureId, ColorImage>,
    /// Let go after the frame that still shows them.
    free: HashSet<TextureId>,
}

/// Keeps the textures of a window; clones share them.
#[derive(Clone, Default)]
pub struct Easel(Rc<RefCell<Textures>>);

impl TestRenderer for Easel {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let mut textures = self.0.borrow_mut();
        for id in std::mem::take(&mut textures.free) {
            textures.kept.remove(&id);
        }
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = change.image;
                match (change.pos, textures.kept.get_mut(&id)) {
                    (Some([left, top]), Some(whole)) => {
                        for row in 0..image.height() {
                            let from = row * image.width();
                            let to = (top + row) * whole.width() + left;
                            whole.pixels[to..to + image.width()]
                                .copy_from_slice(&image.pixels[from..from + image.width()]);
                        }
                    }
                    _ => {
                        textures.kept.insert(id, ColorImage::clone(&image));
                    }
                }
            }
        }
        textures.free.extend(delta.free.drain());
    }
}

impl Easel {
    /// What a frame shows in a part of the window; the rest stays black.
    pub fn draw(&self, ctx: &egui::Context, output: &FullOutput, part: Rect) -> Picture {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as usize, size.y.round() as usize);
        let mut picture = Picture { width, height, pixels: vec![Color32::BLACK; width * height] };
        let textures = self.0.borrow();
        for shown in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = shown.primitive else { continue };
            let Some(texture) = textures.kept.get(&mesh.texture_id) else { continue };
            let clip = Clip::new(shown.clip_rect.intersect(part), scale, &picture);
            if clip.is_empty() {
                continue;
            }
            for corners in mesh.indices.chunks_exact(3) {
                let corners =
                    [0, 1, 2].map(|n| Corner::new(&mesh.vertices[corners[n] as usize], scale));
                picture.triangle(&corners, texture, clip);
            }
        }
        picture
    }
}

/// The pixels that may be touched.
#[derive(Clone, Copy)]
struct Clip {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

impl Clip {
    fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    fn new(rect: Rect, scale: f32, picture: &Picture) -> Self {
        let at =
            |points: f32, most: usize| (points * scale).round().clamp(0.0, most as f32) as usize;
        Self {
            left: at(rect.left(), picture.width),
            right: at(rect.right(), picture.width),
            top: at(rect.top(), picture.height),
            bottom: at(rect.bottom(), picture.height),
        }
    }
}

/// A corner in pixels; colour and place in the texture as six numbers that run evenly across a triangle.
#[derive(Clone, Copy)]
struct Corner {
    at: Pos2,
    runs: [f32; 6],
}

impl Corner {
    fn new(vertex: &Vertex, scale: f32) -> Self {
        let [r, g, b, a] = vertex.color.to_array().map(f32::from);
        Self { at: vertex.pos * scale, runs: [r, g, b, a, vertex.uv.x, vertex.uv.y] }
    }
}

impl Picture {
    fn triangle(&mut self, corners: &[Corner; 3], texture: &ColorImage, clip: Clip) {
        let [a, b, c] = corners;
        let (ab, ac) = (b.at - a.at, c.at - a.at);
        let area = ab.x * ac.y - ab.y * ac.x;
        if area == 0.0 {
            return;
        }
        // How the six numbers change from pixel to pixel, rightwards and downwards.
        let step = |n: usize| {
            let (along, down) = (b.runs[n] - a.runs[n], c.runs[n] - a.runs[n]);
            ((along * ac.y - down * ab.y) / area, (down * ab.x - along * ac.x) / area)
        };
        let steps = [0, 1, 2, 3, 4, 5].map(step);
        let flat = b.runs == a.runs && c.runs == a.runs;
        let paint = flat.then(|| shade(a.runs, texture));
        let ys = corners.map(|corner| corner.at.y);
        let (first, last) =
            (ys.iter().copied().fold(f32::MAX, f32::min), ys.into_iter().fold(f32::MIN, f32::max));
        for y in pixel(first).max(clip.top)..pixel(last).min(clip.bottom) {
            let middle = y as f32 + 0.5;
            let (mut left, mut right) = (f32::MAX, f32::MIN);
            for (from, to) in [(a, b), (b, c), (c, a)] {
                // From top to bottom, so that triangles that share an edge agree about it.
                let (from, to) = if from.at.y <= to.at.y { (from, to) } else { (to, from) };
                if from.at.y <= middle && middle < to.at.y {
                    let share = (middle - from.at.y) / (to.at.y - from.at.y);
                    let x = from.at.x + share * (to.at.x - from.at.x);
                    (left, right) = (left.min(x), right.max(x));
                }
            }
            if left >= right {
                continue;
            }
            let (from, to) = (pixel(left).max(clip.left), pixel(right).min(clip.right));
            if from >= to {
                continue;
            }
            let row = &mut self.pixels[y * self.width..][from..to];
            match paint {
                Some(paint) if paint.a() == 255 => row.fill(paint),
                Some(paint) => row.iter_mut().for_each(|under| *under = over(*under, paint)),
                None => {
                    let (dx, dy) = (from as f32 + 0.5 - a.at.x, middle - a.at.y);
                    let mut runs = a.runs;
                    for (run, (right, down)) in runs.iter_mut().zip(steps) {
                        *run += dx * right + dy * down;
                    }
                    for under in row {
                        *under = over(*under, shade(runs, texture));
                        for (run, (right, _)) in runs.iter_mut().zip(steps) {
                            *run += right;
                        }
                    }
                }
            }
        }
    }
}

/// The first pixel whose middle lies at or behind an edge.
fn pixel(edge: f32) -> usize {
    (edge - 0.5).ceil().max(0.0) as usize
}

fn over(under: Color32, paint: Color32) -> Color32 {
    match paint.a() {
        0 if paint == Color32::TRANSPARENT => under,
        255 => paint,
        alpha => {
            let rest = 255 - u32::from(alpha);
            let mix = |under: u8, paint: u8| {
                let sum = u32::from(paint) + (u32::from(under) * rest + 127) / 255;
                sum.min(255) as u8
            };
            let (under, paint) = (under.to_array(), paint.to_array());
            premultiplied([0, 1, 2, 3].map(|n| mix(under[n], paint[n])))
        }
    }
}

/// The vertices' colour times the texture's, between its four nearest texels.
fn shade(runs: [f32; 6], texture: &ColorImage) -> Color32 {
    let [width, height] = texture.size;
    let (x, y) = (runs[4] * width as f32 - 0.5, runs[5] * height as f32 - 0.5);
    let texel = |x: f32, y: f32| {
        let column = x.clamp(0.0, width as f32 - 1.0) as usize;
        let row = y.clamp(0.0, height as f32 - 1.0) as usize;
        texture.pixels[row * width + column].to_array().map(f32::from)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right, down) = (x - left, y - top);
    // Letters lie on whole texels; all but pictures and curves need no mixing.
    let near = |share: f32| !(0.004..=0.996).contains(&share);
    let found = if near(right) && near(down) {
        texel(x.round(), y.round())
    } else {
        let corners = [
            (texel(left, top), (1.0 - right) * (1.0 - down)),
            (texel(left + 1.0, top), right * (1.0 - down)),
            (texel(left, top + 1.0), (1.0 - right) * down),
            (texel(left + 1.0, top + 1.0), right * down),
        ];
        [0, 1, 2, 3].map(|n| corners.iter().map(|(texel, share)| texel[n] * share).sum())
    };
    premultiplied(
        [0, 1, 2, 3].map(|n| (runs[n] * found[n] / 255.0).round().clamp(0.0, 255.0) as u8),
    )
}

#[expect(clippy::disallowed_methods, reason = "pixels that the theme's colours were mixed into")]
fn premultiplied([r, g, b, a]: [u8; 4]) -> Color32 {
    Color32::from_rgba_premultiplied(r, g, b, a)
}
