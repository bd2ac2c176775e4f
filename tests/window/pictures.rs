//! Pictures of every page, drawn without a GPU and held against those that were looked at before.
//!
//! `XUESHI_PICTURES=look cargo test --test window pictures` writes every page at every size, light and
//! dark, into `target/pictures/look`; `look:overview` only those whose name begins so.
//! `XUESHI_PICTURES=update …` puts the kept ones into `tests/window/pictures` anew: on purpose only, and
//! to be looked at before they are committed.

use super::desk::*;
use super::easel::Picture;
use super::staff;
use eframe::egui::{Color32, Key, Rect, Theme};
use egui_kittest::kittest::NodeT as _;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use xueshi::ui::Page;

const KEPT: &str = "tests/window/pictures";
const LEFT: &str = "target/pictures";

/// Size in pixels and scale of the screens that clerks have.
const SCREENS: [(&str, [u32; 2], f32); 3] =
    [("1366", [1366, 768], 1.0), ("1920", [1920, 1080], 1.5), ("small", [1366, 768], 1.5)];

/// Printing is asked for differently on Windows.
const PREVIEW: &str = if cfg!(windows) { "preview-windows" } else { "preview" };

/// What there is to see: its name, and the way there.
type Sight = (&'static str, fn(&mut Desk));

const SIGHTS: [Sight; 17] = [
    ("overview", |desk| go(desk, Page::Overview)),
    ("people", |desk| go(desk, Page::People)),
    ("handbook", |desk| go(desk, Page::Person)),
    ("entry", |desk| go(desk, Page::Entry)),
    ("campaign", |desk| go(desk, Page::Campaign)),
    ("publicity", |desk| go(desk, Page::Publicity)),
    ("receive", |desk| go(desk, Page::Receive)),
    ("package", |desk| go(desk, Page::Package)),
    ("rules", |desk| go(desk, Page::Rules)),
    ("settings", |desk| go(desk, Page::Settings)),
    ("import", |desk| go(desk, Page::Import)),
    (PREVIEW, |desk| go(desk, Page::Preview)),
    ("palette", |desk| {
        go(desk, Page::Overview);
        desk.press_ctrl(Key::K);
    }),
    ("shortcuts", |desk| desk.press(Key::F1)),
    ("person-form", |desk| in_dialog(desk, Page::People, "添加人员")),
    ("applicants-form", |desk| in_dialog(desk, Page::Campaign, "添加参评人员")),
    ("record", |desk| {
        go(desk, Page::Person);
        desk.press(Key::Escape);
        desk.click("心血管介入新技术研修班，40 学时");
    }),
];

/// Those that need somebody to be there.
const OF_THREE: [&str; 3] = ["handbook", PREVIEW, "record"];

fn in_dialog(desk: &mut Desk, page: Page, button: &str) {
    go(desk, page);
    desk.click(button);
}

/// Those that stand in the tree.
fn is_kept(sight: &str, crowd: &str, screen: &str, dark: bool) -> bool {
    let among = |sights: &[&str]| sights.contains(&sight);
    match (crowd, screen, dark) {
        ("3", "1366", false) => true,
        ("3", "1366", true) => among(&["overview", "handbook", "entry", "campaign", "settings"]),
        ("3", "1920", false) => among(&["overview", "handbook", "entry", "campaign"]),
        ("3", "small", false) => {
            among(&["people", "record", "entry", "campaign", "publicity", "package", "settings"])
        }
        ("0", "1366", false) => among(&["overview", "people", "campaign", "first"]),
        ("5000", "1366", false) => among(&["overview", "people", "campaign"]),
        _ => false,
    }
}

fn name(page: &str, crowd: &str, screen: &str, dark: bool) -> String {
    format!("{page}-{crowd}-{screen}{}", if dark { "-dark" } else { "" })
}

enum Purpose {
    Compare,
    Update,
    /// All whose names begin so.
    Look(String),
}

impl Purpose {
    fn of_this_run() -> Self {
        match std::env::var("XUESHI_PICTURES").as_deref() {
            Ok("update") => Self::Update,
            Ok(look) if look.starts_with("look") => {
                Self::Look(look.trim_start_matches("look").trim_start_matches(':').to_owned())
            }
            Ok(other) => panic!("XUESHI_PICTURES is update, look or look:…, not {other}"),
            Err(_) => Self::Compare,
        }
    }

    fn wants(&self, name: &str, kept: bool) -> bool {
        match self {
            Self::Compare | Self::Update => kept,
            Self::Look(begin) => name.starts_with(begin.as_str()),
        }
    }
}

/// Walks through the pages of a window and takes their pictures.
struct Album {
    crowd: &'static str,
    purpose: Purpose,
    faults: Vec<String>,
}

impl Album {
    fn new(crowd: &'static str) -> Self {
        Self { crowd, purpose: Purpose::of_this_run(), faults: Vec::new() }
    }

    fn wants(&self, page: &str, screen: &str, dark: bool) -> bool {
        let kept = is_kept(page, self.crowd, screen, dark);
        self.purpose.wants(&name(page, self.crowd, screen, dark), kept)
    }

    /// Opens a window where one is wanted.
    fn walk(&mut self, open: impl FnOnce() -> Desk, sights: &[Sight]) {
        let mut open = Some(open);
        let mut opened = None;
        for (screen, pixels, scale) in SCREENS {
            for dark in [false, true] {
                for &(sight, go) in sights {
                    if !self.wants(sight, screen, dark) {
                        continue;
                    }
                    let name = name(sight, self.crowd, screen, dark);
                    let desk = opened.get_or_insert_with(|| open.take().unwrap()());
                    desk.window.ctx.set_theme(if dark { Theme::Dark } else { Theme::Light });
                    desk.look_through(pixels, scale);
                    desk.press(Key::Escape);
                    go(desk);
                    self.take(desk, &name);
                }
            }
        }
    }

    fn take(&mut self, desk: &Desk, name: &str) {
        let mut picture = desk.picture();
        veil(desk, &mut picture);
        match &self.purpose {
            Purpose::Look(_) => write(&picture, &Path::new(LEFT).join("look").join(file(name))),
            Purpose::Update => write(&picture, &Path::new(KEPT).join(file(name))),
            Purpose::Compare => {
                if let Err(fault) = compare(&picture, name) {
                    self.faults.push(fault);
                }
            }
        }
    }

    #[track_caller]
    fn close(self) {
        assert!(
            self.faults.is_empty(),
            "{}\nLook at them; where the change is meant: XUESHI_PICTURES=update cargo test --test window pictures",
            self.faults.join("\n")
        );
    }
}

fn file(name: &str) -> String {
    format!("{name}.png")
}

/// Covers what is another at every run or on every machine: the clock, free space, the home folder.
fn veil(desk: &Desk, picture: &mut Picture) {
    let scale = desk.window.ctx.pixels_per_point();
    for node in desk.window.root().children_recursive() {
        let inner = node.accesskit_node();
        // A text says what it says as its value, a control as its label.
        let said = inner.label().or_else(|| inner.value()).unwrap_or_default();
        if begins_with_a_time(&said) || said.contains("可用") {
            picture.cover(node.rect() * scale);
        }
        if said.ends_with("学时登记库") {
            picture.cover(node.rect().with_max_x(node.rect().left() + 380.0) * scale);
        }
    }
}

/// `11-25 18:16`, the year before it or not.
fn begins_with_a_time(said: &str) -> bool {
    let shape: String =
        said.chars().take(16).map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape.starts_with("00-00 00:00") || shape.starts_with("0000-00-00 00:00")
}

impl Picture {
    fn cover(&mut self, rect: Rect) {
        let (width, height) = (self.width, self.height);
        let within = |edge: f32, most: usize| (edge.max(0.0) as usize).min(most);
        for y in within(rect.top(), height)..within(rect.bottom(), height) {
            let row = &mut self.pixels[y * width..(y + 1) * width];
            row[within(rect.left(), width)..within(rect.right(), width)].fill(Color32::GRAY);
        }
    }
}

/// The picture in at most 256 colours: the most frequent ones, and for each other one the nearest of them.
pub fn write(picture: &Picture, to: &Path) {
    let mut counts: HashMap<Color32, usize> = HashMap::new();
    for run in picture.pixels.chunk_by(|a, b| a == b) {
        *counts.entry(run[0]).or_default() += run.len();
    }
    let mut colors: Vec<(usize, Color32)> =
        counts.into_iter().map(|(color, n)| (n, color)).collect();
    colors.sort_by_key(|&(n, color)| (std::cmp::Reverse(n), color.to_array()));
    let palette: Vec<Color32> = colors.iter().take(256).map(|&(_, color)| color).collect();
    let mut nearest = Nearest::new(&palette);
    let indices: Vec<u8> = picture.pixels.iter().map(|&color| nearest.of(color) as u8).collect();

    fs::create_dir_all(to.parent().unwrap()).unwrap();
    let out = BufWriter::new(fs::File::create(to).unwrap());
    let mut encoder = png::Encoder::new(out, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.iter().flat_map(|c| [c.r(), c.g(), c.b()]).collect::<Vec<u8>>());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().unwrap().write_image_data(&indices).unwrap();
}

/// Finds the palette's colour for a pixel; neighbours are mostly alike.
struct Nearest<'a> {
    palette: &'a [Color32],
    known: HashMap<Color32, usize>,
    last: Option<(Color32, usize)>,
}

impl<'a> Nearest<'a> {
    fn new(palette: &'a [Color32]) -> Self {
        Self { palette, known: HashMap::new(), last: None }
    }

    fn of(&mut self, color: Color32) -> usize {
        if let Some((last, index)) = self.last
            && last == color
        {
            return index;
        }
        let palette = self.palette;
        let index = *self.known.entry(color).or_insert_with(|| {
            // The same choice whatever the palette's order is.
            let key = |&n: &usize| (distance(palette[n], color), palette[n].to_array());
            (0..palette.len()).min_by_key(key).unwrap_or_default()
        });
        self.last = Some((color, index));
        index
    }
}

fn distance(a: Color32, b: Color32) -> u32 {
    let (a, b) = (a.to_array(), b.to_array());
    (0..3).map(|n| u32::from(a[n].abs_diff(b[n])).pow(2)).sum()
}

/// How far two colours are from each other, in the channel in which they differ most.
fn apart(a: Color32, b: Color32) -> u8 {
    let (a, b) = (a.to_array(), b.to_array());
    (0..3).map(|n| a[n].abs_diff(b[n])).max().unwrap_or_default()
}

/// A pixel may differ by so much before it counts, and so many pixels may count.
const TOLERANCE: u8 = 24;
const STRAY_PIXELS: usize = 12;

fn compare(picture: &Picture, name: &str) -> Result<(), String> {
    let kept = Path::new(KEPT).join(file(name));
    let left = Path::new(LEFT).join(format!("{name}.new.png"));
    let told = |what: &str| {
        write(picture, &left);
        Err(format!("{}: {what}; the new one is {}", kept.display(), left.display()))
    };
    let Ok(bytes) = fs::read(&kept) else { return told("there is no such picture yet") };
    let before = image::load_from_memory(&bytes).unwrap().to_rgb8();
    if (before.width() as usize, before.height() as usize) != (picture.width, picture.height) {
        return told("it has another size");
    }
    let palette: BTreeSet<[u8; 3]> = before.pixels().map(|pixel| pixel.0).collect();
    let palette: Vec<Color32> = palette.into_iter().map(opaque).collect();
    let mut nearest = Nearest::new(&palette);
    let strays: Vec<usize> = (0..picture.pixels.len())
        .zip(before.pixels())
        .filter(|&(at, was)| {
            let was = opaque(was.0);
            let now = picture.pixels[at];
            apart(now, was) > TOLERANCE && apart(palette[nearest.of(now)], was) > TOLERANCE
        })
        .map(|(at, _)| at)
        .collect();
    if strays.len() <= STRAY_PIXELS {
        return Ok(());
    }
    let faded = |color: &Color32| color.lerp_to_gamma(Color32::WHITE, 0.7);
    let mut diff = Picture {
        pixels: picture.pixels.iter().map(faded).collect(),
        width: picture.width,
        height: picture.height,
    };
    for at in &strays {
        diff.pixels[*at] = Color32::RED;
    }
    write(&diff, &Path::new(LEFT).join(format!("{name}.diff.png")));
    told(&format!("{} pixels are others (red in {LEFT}/{name}.diff.png)", strays.len()))
}

#[expect(clippy::disallowed_methods, reason = "pixels read from a picture")]
fn opaque([r, g, b]: [u8; 3]) -> Color32 {
    Color32::from_rgb(r, g, b)
}

/// A window on a registry whose path reads the same on every machine.
fn desk(crowd: &str, prepare: impl FnOnce(&Path)) -> Desk {
    let room = TempDir::new().unwrap();
    let dir = PathBuf::from(LEFT).join("desks").join(crowd).join("登记库");
    if dir.exists() {
        fs::remove_dir_all(&dir).unwrap();
    }
    fs::create_dir_all(dir.parent().unwrap()).unwrap();
    prepare(&dir);
    let workbook = dir.parent().unwrap().join("2020年新进人员.csv");
    fs::write(&workbook, WORKBOOK).unwrap();
    Desk::open(room, Some(dir), vec![workbook; 12])
}

/// A roster with something wrong in it.
const WORKBOOK: &str = "姓名,身份证号,性别,科室,现职称,登记证书编号,籍贯
彭远,433101198605040154,男,康复科,主治医师,BC2015-0006,吉首
麻春燕,433101198412110283,女,儿科,主治医师,BC2010-0007,凤凰
罗思源,43310119770722017,男,药剂科,主管药师,BC2000-0008,龙山
";

pub fn go(desk: &mut Desk, page: Page) {
    let ctrl = |desk: &mut Desk, key| desk.press_ctrl(key);
    match page {
        Page::Overview => ctrl(desk, Key::Num1),
        Page::People => ctrl(desk, Key::Num2),
        Page::Entry => ctrl(desk, Key::Num3),
        Page::Campaign => ctrl(desk, Key::Num4),
        Page::Publicity => ctrl(desk, Key::Num5),
        Page::Receive => ctrl(desk, Key::Num9),
        Page::Package => ctrl(desk, Key::Num6),
        Page::Rules => ctrl(desk, Key::Num7),
        Page::Settings => ctrl(desk, Key::Num8),
        Page::Person => choose(desk, "古丽妮萨"),
        Page::Import => ctrl(desk, Key::I),
        Page::Preview => {
            choose(desk, "打印体检报告");
            desk.wait_for("页，共");
            settle(desk);
        }
    }
    desk.run();
}

/// Waits for what other threads draw.
fn settle(desk: &mut Desk) {
    let mut before = desk.picture();
    let mut same = 0;
    while same < 3 {
        std::thread::sleep(std::time::Duration::from_millis(100));
        desk.run();
        let now = desk.picture();
        same = if now.pixels == before.pixels { same + 1 } else { 0 };
        before = now;
    }
}

/// By the palette.
fn choose(desk: &mut Desk, what: &str) {
    desk.press_ctrl(Key::K);
    desk.fill("查找人员、记录、操作", what);
    desk.press(Key::Enter);
}

/// Without these.
fn sights(but: &[&str]) -> Vec<Sight> {
    SIGHTS.into_iter().filter(|(name, _)| !but.contains(name)).collect()
}

#[test]
fn nobody_at_all() {
    let mut album = Album::new("0");
    album.walk(|| desk("0", staff::nobody), &sights(&OF_THREE));
    let first = || Desk::open(TempDir::new().unwrap(), None, Vec::new());
    album.walk(first, &[("first", |desk| desk.run())]);
    album.close();
}

#[test]
fn three_people() {
    let mut album = Album::new("3");
    album.walk(|| desk("3", staff::three), &SIGHTS);
    album.close();
}

#[test]
fn five_thousand_people() {
    let mut album = Album::new("5000");
    album.walk(|| desk("5000", |dir| staff::crowd(dir, 5000)), &sights(&["handbook", "record"]));
    album.close();
}

#[test]
fn no_picture_is_kept_that_nobody_compares() {
    let mut kept = BTreeMap::new();
    for (page, crowd) in SIGHTS
        .iter()
        .map(|&(sight, _)| sight)
        .chain(["first", "preview", "preview-windows"])
        .flat_map(|page| ["0", "3", "5000"].map(|crowd| (page, crowd)))
    {
        for (screen, ..) in SCREENS {
            for dark in [false, true] {
                let name = file(&name(page, crowd, screen, dark));
                kept.insert(name, is_kept(page, crowd, screen, dark));
            }
        }
    }
    for entry in fs::read_dir(KEPT).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(kept.get(&name).is_some_and(|kept| *kept), "{name}");
    }
}
