//! Pictures of files to look at: images and pages of PDFs, small and large, made on a thread of its own and
//! kept while there is room. Files of the vault are named by their content, so that a picture never ages.

use crate::documents::TiffPages;
use crate::ledger::is_pdf;
use crate::ui::words;
use eframe::egui::{ColorImage, Context, TextureHandle, TextureOptions, Vec2, vec2};
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::peniko::ImageAlphaType;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader};
use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Larger files are opened with the PC's program.
const LARGEST_FILE: u64 = 200 * 1024 * 1024;
/// No picture is wider or higher, in pixels.
const LARGEST: f32 = 6000.0;
/// Up to this size a picture is a thumbnail.
const SMALL: u32 = 400;
/// So many thumbnails and large pictures are kept.
const KEPT_SMALL: usize = 240;
const KEPT_LARGE: usize = 8;

/// A page (from 0) of a file, its longer side so many pixels.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Want {
    file: PathBuf,
    page: usize,
    dots: u32,
}

/// What there is to see.
#[derive(Clone)]
pub enum Look {
    /// It is being made.
    Coming,
    Picture(Picture),
    /// Why there is none, in one sentence.
    Trouble(String),
}

/// A picture of a page.
#[derive(Clone)]
pub struct Picture {
    pub texture: TextureHandle,
    /// How many pages the file has.
    pub pages: usize,
    /// The page's own size at 100 %, in points of the screen.
    pub full: Vec2,
}

struct Made {
    image: ColorImage,
    pages: usize,
    full: Vec2,
}

/// What the thread is to make, the last first.
#[derive(Default)]
struct Queue {
    wants: Vec<Want>,
    closed: bool,
}

type Told = (Want, Result<Made, String>);

/// The pictures that were asked for lately.
#[derive(Default)]
pub struct Looks {
    kept: HashMap<Want, (Look, u64)>,
    /// Counts askings, to know what was looked at longest ago.
    clock: u64,
    studio: Option<Studio>,
    /// For tests: pictures are made when they are asked for.
    inline: bool,
}

struct Studio {
    queue: Arc<(Mutex<Queue>, Condvar)>,
    told: Receiver<Told>,
}

impl Drop for Studio {
    fn drop(&mut self) {
        let (queue, wake) = &*self.queue;
        queue.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        wake.notify_one();
    }
}

impl Looks {
    /// Pictures that are there at once, without a thread.
    pub fn inline() -> Self {
        Self { inline: true, ..Self::default() }
    }

    /// A thumbnail whose longer side is about `side` points.
    pub fn small(&mut self, ctx: &Context, file: &Path, side: f32) -> Look {
        let dots = ((side * ctx.pixels_per_point()).ceil() as u32).next_multiple_of(32);
        self.ask(ctx, file, 0, dots.min(SMALL))
    }

    /// A page whose longer side is at least `side` points, as sharp as it can be.
    pub fn large(&mut self, ctx: &Context, file: &Path, page: usize, side: f32) -> Look {
        let wanted = side * ctx.pixels_per_point();
        let dots = [800, 1600, 3200, LARGEST as u32];
        let dots = dots.into_iter().find(|&dots| dots as f32 >= wanted).unwrap_or(LARGEST as u32);
        let look = self.ask(ctx, file, page, dots);
        if !matches!(look, Look::Coming) {
            return look;
        }
        // Until it is there, what there is of the same page.
        let other = self.kept.iter().filter(|(want, (look, _))| {
            want.file == file && want.page == page && matches!(look, Look::Picture(_))
        });
        other.max_by_key(|(want, _)| want.dots).map_or(look, |(_, (look, _))| look.clone())
    }

    fn ask(&mut self, ctx: &Context, file: &Path, page: usize, dots: u32) -> Look {
        self.take(ctx);
        self.clock += 1;
        let want = Want { file: file.to_path_buf(), page, dots };
        if let Some((look, asked)) = self.kept.get_mut(&want) {
            *asked = self.clock;
            return look.clone();
        }
        if self.inline {
            let look = shown(ctx, made_safely(&want, &mut None));
            self.kept.insert(want, (look.clone(), self.clock));
            return look;
        }
        let studio = self.studio.get_or_insert_with(|| Studio::open(ctx));
        let (queue, wake) = &*studio.queue;
        queue.lock().unwrap_or_else(PoisonError::into_inner).wants.push(want.clone());
        wake.notify_one();
        self.kept.insert(want, (Look::Coming, self.clock));
        Look::Coming
    }

    fn take(&mut self, ctx: &Context) {
        let Some(studio) = &self.studio else { return };
        let mut came = false;
        for (want, made) in studio.told.try_iter() {
            came = true;
            self.kept.insert(want, (shown(ctx, made), self.clock));
        }
        if came {
            self.let_go(true, KEPT_SMALL);
            self.let_go(false, KEPT_LARGE);
        }
    }

    /// Keeps only the `most` that were looked at last.
    fn let_go(&mut self, small: bool, most: usize) {
        let mut asked: Vec<u64> = self
            .kept
            .iter()
            .filter(|(want, (look, _))| {
                (want.dots <= SMALL) == small && !matches!(look, Look::Coming)
            })
            .map(|(_, (_, asked))| *asked)
            .collect();
        if asked.len() <= most {
            return;
        }
        asked.sort_unstable_by(|a, b| b.cmp(a));
        let oldest = asked[most - 1];
        self.kept.retain(|want, (look, asked)| {
            (want.dots <= SMALL) != small || matches!(look, Look::Coming) || *asked >= oldest
        });
    }
}

fn shown(ctx: &Context, made: Result<Made, String>) -> Look {
    match made {
        Ok(Made { image, pages, full }) => {
            let texture = ctx.load_texture("look", image, TextureOptions::LINEAR);
            Look::Picture(Picture { texture, pages, full })
        }
        Err(why) => Look::Trouble(why),
    }
}

impl Studio {
    fn open(ctx: &Context) -> Self {
        let queue: Arc<(Mutex<Queue>, Condvar)> = Arc::default();
        let (outbox, told) = channel();
        let (orders, ctx) = (Arc::clone(&queue), ctx.clone());
        // Without a thread the pictures never come; everything else goes on.
        let spawned = std::thread::Builder::new()
            .name("looks".to_owned())
            .spawn(move || serve(&orders, &outbox, &ctx));
        debug_assert!(spawned.is_ok());
        Self { queue, told }
    }
}

/// The thread: makes what was asked for last, until nobody looks any more.
fn serve((queue, wake): &(Mutex<Queue>, Condvar), out: &Sender<Told>, ctx: &Context) {
    let mut open: Option<(PathBuf, Pdf)> = None;
    loop {
        let want = {
            let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
            loop {
                if queue.closed {
                    return;
                }
                if let Some(want) = queue.wants.pop() {
                    break want;
                }
                queue = wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
        };
        let made = made_safely(&want, &mut open);
        if out.send((want, made)).is_err() {
            return;
        }
        ctx.request_repaint();
    }
}

/// A file that the renderer cannot stand must not take the other pictures along.
fn made_safely(want: &Want, open: &mut Option<(PathBuf, Pdf)>) -> Result<Made, String> {
    catch_unwind(AssertUnwindSafe(|| make(want, open))).unwrap_or_else(|_| {
        *open = None;
        Err("这一页画不出来，请用电脑的程序打开".to_owned())
    })
}

fn make(want: &Want, open: &mut Option<(PathBuf, Pdf)>) -> Result<Made, String> {
    let size =
        std::fs::metadata(&want.file).map_err(|_| "文件不在了，请重新放入这一份".to_owned())?.len();
    if size > LARGEST_FILE {
        let size = words::bytes(size);
        return Err(format!("文件有 {size}，太大，请用电脑的程序打开"));
    }
    let mut head = [0; 1024];
    let read = std::fs::File::open(&want.file)
        .and_then(|mut file| std::io::Read::read(&mut file, &mut head))
        .map_err(|_| "文件读不出来，请检查磁盘".to_owned())?;
    let extension = want.file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if is_pdf(&head[..read]) || extension == "pdf" {
        return page(want, open);
    }
    let is_image = image::guess_format(&head[..read]).is_ok();
    if is_image || image::ImageFormat::from_extension(&extension).is_some() {
        return picture(want);
    }
    Err(format!("这种文件（{extension}）不能在这里看，请用电脑的程序打开"))
}

fn page(want: &Want, open: &mut Option<(PathBuf, Pdf)>) -> Result<Made, String> {
    if open.as_ref().is_none_or(|(file, _)| *file != want.file) {
        let bytes = std::fs::read(&want.file).map_err(|_| "文件读不出来，请检查磁盘".to_owned())?;
        let pdf = Pdf::new(Arc::new(bytes)).map_err(|error| match error {
            LoadPdfError::Decryption(_) => "这个 PDF 加了密码，请去掉密码后重新放入",
            LoadPdfError::Invalid => "这个 PDF 已损坏或不完整，请重新扫描后放入",
        })?;
        *open = Some((want.file.clone(), pdf));
    }
    let broken = || "这个 PDF 已损坏或不完整，请重新扫描后放入".to_owned();
    let pdf = open.as_ref().map(|(_, pdf)| pdf).ok_or_else(broken)?;
    let pages = pdf.pages();
    let page = pages.get(want.page).ok_or_else(broken)?;
    let (width, height) = page.render_dimensions();
    let scale = (want.dots as f32 / width.max(height)).min(LARGEST / width.max(height));
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let (settings, rendering) = (InterpreterSettings::default(), RenderSettings::default());
    let pixmap = render(page, &RenderCache::new(), &settings, &rendering, &pixmap);
    let pixels = [usize::from(pixmap.width()), usize::from(pixmap.height())];
    let bytes = pixmap.take_rgba8(ImageAlphaType::AlphaPremultiplied);
    Ok(Made {
        image: ColorImage::from_rgba_premultiplied(pixels, &bytes),
        pages: pages.len(),
        full: vec2(width, height) * (96.0 / 72.0),
    })
}

fn picture(want: &Want) -> Result<Made, String> {
    let broken = || "这张图片已损坏或不完整，请重新扫描后放入".to_owned();
    let mut bytes = std::fs::read(&want.file).map_err(|_| "文件读不出来，请检查磁盘".to_owned())?;
    let tiff = image::guess_format(&bytes).is_ok_and(|it| it == image::ImageFormat::Tiff);
    let mut pages = match tiff {
        true => Some(TiffPages::of(std::mem::take(&mut bytes)).ok_or_else(broken)?),
        false => None,
    };
    let count = pages.as_ref().map_or(1, TiffPages::count);
    let bytes = match &mut pages {
        Some(pages) => pages.page(want.page).ok_or_else(broken)?,
        None => &bytes,
    };
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut decoder =
        reader.map_err(|_| broken())?.into_decoder().map_err(|error| match error {
            ImageError::Unsupported(_) => {
                let extension = want.file.extension().unwrap_or_default().to_string_lossy();
                format!("这种图片（{extension}）不能在这里看，请用电脑的程序打开")
            }
            _ => broken(),
        })?;
    let turned = decoder.orientation().map_err(|_| broken())?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| broken())?;
    image.apply_orientation(turned);
    let full = vec2(image.width() as f32, image.height() as f32);
    if image.width().max(image.height()) > want.dots {
        image = image.thumbnail(want.dots, want.dots);
    }
    let rgba = image.into_rgba8();
    let pixels = [rgba.width() as usize, rgba.height() as usize];
    let image = ColorImage::from_rgba_unmultiplied(pixels, &rgba);
    Ok(Made { image, pages: count, full })
}
