//! The pages of a PDF as pictures, drawn on a thread of their own from the very bytes that are saved and
//! printed. What is looked at is drawn first; what is out of sight is let go.

use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions, Vec2, vec2};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::peniko::ImageAlphaType;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// No picture is wider or higher than this, in pixels.
const LARGEST: f32 = 6000.0;
/// Pictures kept of each size.
const KEPT: usize = 64;
/// Pages after which what the renderer remembers of glyphs is forgotten.
const FORGET_AFTER: usize = 200;

/// A page (from 0) at a width in pixels.
type Want = (usize, u32);

enum Told {
    /// Sizes of all pages in points.
    Sizes(Vec<Vec2>),
    Drawn(Want, ColorImage),
}

/// What the thread is to draw, the first first.
#[derive(Default)]
struct Queue {
    wants: Vec<Want>,
    /// Being drawn now.
    drawing: Option<Want>,
    closed: bool,
}

/// The pages of one PDF.
pub struct Sheets {
    queue: Arc<(Mutex<Queue>, Condvar)>,
    told: Receiver<Told>,
    /// In points; empty until the PDF has been read.
    pub sizes: Vec<Vec2>,
    /// Pictures by page: in the middle of the window and as thumbnails.
    large: HashMap<usize, (u32, TextureHandle)>,
    small: HashMap<usize, (u32, TextureHandle)>,
    /// The renderer has given up.
    pub broken: bool,
}

/// Which of a page's two pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    Large,
    Small,
}

impl Sheets {
    pub fn new(ctx: &Context, bytes: Arc<Vec<u8>>) -> Self {
        let queue: Arc<(Mutex<Queue>, Condvar)> = Arc::default();
        let (outbox, told) = channel();
        let (orders, ctx) = (Arc::clone(&queue), ctx.clone());
        let spawned = std::thread::Builder::new()
            .name("preview".to_owned())
            .spawn(move || draw(bytes, &orders, &outbox, &ctx));
        Self {
            queue,
            told,
            sizes: Vec::new(),
            large: HashMap::new(),
            small: HashMap::new(),
            broken: spawned.is_err(),
        }
    }

    /// Takes what has been drawn. Thumbnails are no wider than `small` pixels.
    pub fn take(&mut self, ctx: &Context, small: u32) {
        loop {
            match self.told.try_recv() {
                Ok(Told::Sizes(sizes)) => self.sizes = sizes,
                Ok(Told::Drawn((page, width), image)) => {
                    let texture = ctx.load_texture("preview", image, TextureOptions::LINEAR);
                    let kept = if width <= small { &mut self.small } else { &mut self.large };
                    kept.insert(page, (width, texture));
                }
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    self.broken = true;
                    return;
                }
            }
        }
    }

    /// A page's picture, if there is one yet; it may be of another width than was asked for last.
    pub fn picture(&self, page: usize, size: Size) -> Option<&TextureHandle> {
        let kept = if size == Size::Large { &self.large } else { &self.small };
        kept.get(&page).or_else(|| self.small.get(&page)).map(|(_, texture)| texture)
    }

    /// Says what is looked at now; the rest is let go when there is much of it.
    pub fn want(&mut self, wants: Vec<(Size, Want)>) {
        for (size, kept) in [(Size::Large, &mut self.large), (Size::Small, &mut self.small)] {
            if kept.len() > KEPT {
                kept.retain(|page, _| {
                    wants.iter().any(|(of, want)| *of == size && want.0 == *page)
                });
            }
        }
        let missing = |(size, (page, width)): &(Size, Want)| {
            let kept = if *size == Size::Large { &self.large } else { &self.small };
            kept.get(page).is_none_or(|(drawn, _)| drawn != width)
        };
        let wants: Vec<Want> = wants.iter().filter(|want| missing(want)).map(|&(_, w)| w).collect();
        let (queue, wake) = &*self.queue;
        queue.lock().unwrap_or_else(PoisonError::into_inner).wants = wants;
        wake.notify_one();
    }
}

impl Drop for Sheets {
    fn drop(&mut self) {
        let (queue, wake) = &*self.queue;
        queue.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        wake.notify_one();
    }
}

/// The thread: reads the PDF, then draws what is wanted until nobody looks any more. Where it ends for
/// any other reason the channel closes, and the window says so.
fn draw(bytes: Arc<Vec<u8>>, orders: &(Mutex<Queue>, Condvar), out: &Sender<Told>, ctx: &Context) {
    let Ok(pdf) = Pdf::new(bytes) else {
        ctx.request_repaint();
        return;
    };
    let pages = pdf.pages();
    let size = |page: &hayro::hayro_syntax::page::Page<'_>| {
        let (width, height) = page.render_dimensions();
        vec2(width, height)
    };
    let sizes: Vec<Vec2> = pages.iter().map(size).collect();
    if out.send(Told::Sizes(sizes)).is_err() {
        return;
    }
    ctx.request_repaint();
    let (settings, rendering) = (InterpreterSettings::default(), RenderSettings::default());
    let mut cache = RenderCache::new();
    let mut drawn = 0;
    while let Some((at, width)) = next(orders) {
        let Some(page) = pages.get(at) else { continue };
        let full = size(page);
        let scale = (width as f32 / full.x).min(LARGEST / full.x.max(full.y));
        let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let pixmap = render(page, &cache, &settings, &rendering, &pixmap);
        let pixels = [usize::from(pixmap.width()), usize::from(pixmap.height())];
        let bytes = pixmap.take_rgba8(ImageAlphaType::AlphaPremultiplied);
        let image = ColorImage::from_rgba_premultiplied(pixels, &bytes);
        if out.send(Told::Drawn((at, width), image)).is_err() {
            return;
        }
        ctx.request_repaint();
        drawn += 1;
        if drawn % FORGET_AFTER == 0 {
            cache = RenderCache::new();
        }
    }
}

/// Waits for something to draw; `None` when nobody looks any more.
fn next((queue, wake): &(Mutex<Queue>, Condvar)) -> Option<Want> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    let before = queue.drawing.take();
    loop {
        if queue.closed {
            return None;
        }
        // What has just been drawn may be asked for once more before the window has taken it.
        queue.wants.retain(|want| Some(*want) != before);
        if !queue.wants.is_empty() {
            let want = queue.wants.remove(0);
            queue.drawing = Some(want);
            return Some(want);
        }
        queue = wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}
