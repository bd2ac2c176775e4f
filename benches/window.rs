//! How long the window's own thread takes for one frame of every page with 100,000 people and 5,000
//! applicants: laying out, not painting. No registry stands behind it: the picture is made in memory.
//! Of each step (the first letter, the second …) the quickest repeat is taken, since this PC does other
//! things too; `longest` is the longest such step, and `worst` the very worst frame that was seen, whatever
//! else the PC was doing. Beside each stands the ratio to the same window with nobody in it.
//! Every step must change what is drawn (but for looking): a step that does nothing measures nothing.

#[allow(dead_code)]
#[path = "../tests/rules/support.rs"]
mod support;

use eframe::egui::accesskit;
use eframe::egui::{self, Event, Key, Modifiers, RawInput, Rect, pos2, vec2};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::*;
use xueshi::ledger::*;
use xueshi::notice::Calendar;
use xueshi::registry::{PersonRow, TitleRow};
use xueshi::ui::index::Index;
use xueshi::ui::snapshot::{CampaignView, PersonLine, PersonView, Plan, Snapshot, marks};
use xueshi::ui::titles::Titles;
use xueshi::ui::{App, Page, Start};

const PEOPLE: u32 = 100_000;
const APPLICANTS: u32 = 5_000;
/// What a frame may take.
const LIMIT: Duration = Duration::from_millis(8);
/// Frames of one turn of what the clerk does, and of all turns.
const TURN: usize = 9;
const FRAMES: usize = TURN * 8;

const SURNAMES: [&str; 8] = ["张", "李", "王", "刘", "陈", "杨", "赵", "黄"];
const GIVEN: [&str; 7] = ["伟", "娜", "芳", "洋", "静怡", "军", "敏华"];
const SECTIONS: [&str; 5] = ["护理部", "内科", "外科", "急诊科", "医学检验科"];

fn id_number(n: u32) -> IdNumber {
    let text = format!(
        "433101{}{:02}{:02}{:03}X",
        1960 + n / 84_000 % 40,
        n / 7_000 % 12 + 1,
        n / 250 % 28 + 1,
        n % 1000
    );
    IdNumber::parse(&text).unwrap_or_else(|| panic!("{text} is no ID number"))
}

fn book(n: u32, applies: bool) -> Handbook {
    let mut records = full_years(2016..=2019);
    records.push(training("骨干班", "2019-06-03~2019-06-05 全天"));
    let mut book = handbook(records);
    let id = PersonId(i64::from(n) + 1);
    book.person.id = id;
    book.person.id_number = id_number(n);
    book.person.name = format!("{}{}", SURNAMES[n as usize % 8], GIVEN[n as usize / 8 % 7]);
    book.person.section = SECTIONS[n as usize % 5].to_owned();
    book.person.title = "主治医师".to_owned();
    for record in &mut book.records {
        record.person = id;
    }
    if !applies {
        return book;
    }
    let mut book = book.applies("中级");
    for applicant in &mut book.applications {
        applicant.person = id;
    }
    book
}

fn picture(people: u32, applicants: u32) -> (Arc<Snapshot>, Option<Arc<PersonView>>) {
    let calendar = Calendar::default();
    let today = date(TODAY);
    let books: Vec<Handbook> = (0..applicants).map(|n| book(n, true)).collect();
    let report = check(&NOTICE, &calendar, &unit(), 2020, None, &books, &[], today);
    let campaign = CampaignView::of(&NOTICE, report);
    let like = book(0, false);
    let years = marks(&NOTICE, &years(&NOTICE, &like));
    let mut lines: Vec<Arc<PersonLine>> = (0..people)
        .map(|n| {
            let person = book(n, false).person;
            let mut line = PersonLine::new(PersonRow::of(&person, like.records.len() as u32));
            line.years = Some(years.clone());
            line.applies = (n < applicants).then(|| "中级 · 内科".to_owned());
            Arc::new(line)
        })
        .collect();
    lines.sort_by(|a, b| {
        (&a.sounds, &a.row.name, a.row.id).cmp(&(&b.sounds, &b.row.name, b.row.id))
    });
    let person = books.first().map(|book| {
        let result = campaign.result_of(book.person.id).cloned();
        Arc::new(PersonView::of(&NOTICE, book.clone(), Vec::new(), Vec::new(), result))
    });
    let snapshot = Snapshot {
        serial: u64::from(people) + 1,
        revision: 1,
        dir: std::path::PathBuf::from("登记库"),
        today,
        unit: Arc::new(unit()),
        notice: Arc::new(NOTICE.clone()),
        plan: Plan::make(&NOTICE, &calendar, &unit(), today).map_err(|failure| failure.to_string()),
        owing: Arc::default(),
        publicity: Arc::default(),
        packages: Arc::default(),
        events: Arc::default(),
        undo: Some("添加人员".to_owned()),
        redo: None,
        calendar: Arc::new(calendar),
        campaign: Arc::new(campaign),
        counted: lines.len(),
        records: 0,
        platforms: Arc::default(),
        rules: Arc::default(),
        index: Arc::new(Index::of(&lines, 2020)),
        received: Arc::default(),
        awaited: Arc::default(),
        has_department: true,
        people: Arc::new(lines),
    };
    (Arc::new(snapshot), person)
}

/// A window without a screen.
struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    time: f64,
    /// A place on a row of the page's table.
    table: Option<egui::Pos2>,
    /// What the last frame looked like.
    drawn: u64,
}

impl Window {
    fn on((snapshot, person): &(Arc<Snapshot>, Option<Arc<PersonView>>), page: Page) -> Self {
        let ctx = egui::Context::default();
        ctx.enable_accesskit();
        let start = Start { inline: true, today: Some(date(TODAY)), ..Start::default() };
        let mut app = App::new(&ctx, start);
        app.look_at(Arc::clone(snapshot), person.clone());
        app.show_page(page);
        let frame = eframe::Frame::_new_kittest();
        let mut window = Self { ctx, app, frame, time: 0.0, table: None, drawn: 0 };
        for _ in 0..4 {
            window.frame(Vec::new());
        }
        // A screen reader costs time of its own; it only had to say where the table is.
        window.ctx.disable_accesskit();
        window
    }

    /// One frame with these events; how long it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1366.0, 768.0))),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let begun = Instant::now();
        let mut output = self.ctx.run_ui(input, |ui| {
            eframe::App::logic(app, ui.ctx(), frame);
            eframe::App::ui(app, ui, frame);
        });
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = begun.elapsed();
        // Nobody paints: what was to be uploaded is let go.
        output.textures_delta.clear();
        self.table = table_of(output.platform_output.accesskit_update.as_ref()).or(self.table);
        self.drawn = shapes.iter().map(mark_of).fold(0, |all, mark| all.rotate_left(5) ^ mark);
        took
    }

    fn click(&mut self, at: egui::Pos2) {
        for pressed in [true, false] {
            let button = egui::PointerButton::Primary;
            let modifiers = Modifiers::NONE;
            self.frame(vec![
                Event::PointerMoved(at),
                Event::PointerButton { pos: at, button, pressed, modifiers },
            ]);
        }
    }
}

/// The middle of the page's table, as a screen reader is told it.
fn table_of(update: Option<&accesskit::TreeUpdate>) -> Option<egui::Pos2> {
    let node = |(_, node): &(accesskit::NodeId, accesskit::Node)| {
        (node.role() == accesskit::Role::Table).then(|| node.bounds()).flatten()
    };
    let bounds = update?.nodes.iter().find_map(node)?;
    Some(pos2((bounds.x0 + bounds.x1) as f32 / 2.0, bounds.y0 as f32 + 60.0))
}

/// Something that is another number when a shape looks otherwise.
fn mark_of(shape: &egui::ClippedPrimitive) -> u64 {
    let egui::epaint::Primitive::Mesh(mesh) = &shape.primitive else { return 0 };
    mesh.vertices.iter().fold(0, |all, vertex| {
        let bits = u64::from(vertex.uv.x.to_bits()) << 32 | u64::from(vertex.uv.y.to_bits());
        let place = u64::from(vertex.pos.x.to_bits()) << 32 | u64::from(vertex.pos.y.to_bits());
        all.rotate_left(7) ^ bits ^ place.rotate_left(13)
    })
}

fn key(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// What the clerk does in each frame.
#[derive(Clone, Copy)]
enum Doing {
    Looking,
    Typing,
    Scrolling,
    Paging,
}

impl Doing {
    fn word(self) -> &'static str {
        match self {
            Self::Looking => "looking",
            Self::Typing => "typing",
            Self::Scrolling => "scrolling",
            Self::Paging => "paging",
        }
    }

    fn events(self, nr: usize) -> Vec<Event> {
        let middle = pos2(600.0, 500.0);
        match self {
            Self::Looking => Vec::new(),
            // One letter, and after eight of them all are taken out again.
            Self::Typing if nr % 9 == 8 => {
                vec![key(Key::A, Modifiers::COMMAND), key(Key::Backspace, Modifiers::NONE)]
            }
            Self::Typing => vec![Event::Text("zwljlwzm"[nr % 9..=nr % 9].to_owned())],
            Self::Scrolling => vec![
                Event::PointerMoved(middle),
                Event::MouseWheel {
                    source: egui::MouseWheelSource::Wheel,
                    unit: egui::MouseWheelUnit::Point,
                    delta: vec2(0.0, -400.0),
                    modifiers: Modifiers::NONE,
                    phase: egui::TouchPhase::Move,
                },
            ],
            Self::Paging => vec![key(Key::PageDown, Modifiers::NONE)],
        }
    }

    fn measure(self, window: &mut Window) -> Took {
        match self {
            Self::Typing => {
                window.frame(vec![key(Key::F, Modifiers::COMMAND)]);
                window.frame(Vec::new());
                window.frame(Vec::new());
            }
            Self::Paging => {
                if let Some(row) = window.table {
                    window.click(row);
                }
            }
            Self::Looking | Self::Scrolling => {}
        }
        let mut took = Took::default();
        let mut quickest = [Duration::MAX; TURN];
        for nr in 0..FRAMES {
            let before = window.drawn;
            let this = window.frame(self.events(nr));
            quickest[nr % TURN] = quickest[nr % TURN].min(this);
            took.worst = took.worst.max(this);
            took.changed += usize::from(window.drawn != before);
        }
        quickest.sort();
        (took.middle, took.longest) = (quickest[TURN / 2], quickest[TURN - 1]);
        took
    }
}

/// How long the frames of one kind took.
#[derive(Default)]
struct Took {
    middle: Duration,
    longest: Duration,
    worst: Duration,
    /// Frames that looked otherwise than the one before.
    changed: usize,
}

fn measure_typing(window: &mut Window, letters: &str) -> Took {
    let letters: Vec<char> = letters.chars().collect();
    let mut took = Took::default();
    let mut quickest = vec![Duration::MAX; letters.len() + 1];
    for _ in 0..8 {
        for (nr, quick) in quickest.iter_mut().enumerate() {
            let events = match letters.get(nr) {
                Some(letter) => vec![Event::Text(letter.to_string())],
                None => vec![key(Key::A, Modifiers::COMMAND), key(Key::Backspace, Modifiers::NONE)],
            };
            let before = window.drawn;
            let this = window.frame(events);
            *quick = this.min(*quick);
            took.worst = took.worst.max(this);
            took.changed += usize::from(window.drawn != before);
        }
    }
    took.longest = quickest.iter().copied().max().unwrap_or_default();
    quickest.sort();
    took.middle = quickest[quickest.len() / 2];
    took
}

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let (people, applicants) =
        if std::env::args().any(|arg| arg == "--bench") { (PEOPLE, APPLICANTS) } else { (300, 30) };
    let nobody = picture(0, 0);
    let everybody = picture(people, applicants);
    println!(
        "{people} people, {applicants} applicants; middle, longest and worst frame, against an empty registry"
    );
    let mut over: HashMap<String, Duration> = HashMap::new();
    let pages: [(Page, &[Doing]); 11] = [
        (Page::Overview, &[Doing::Looking, Doing::Scrolling]),
        (Page::People, &[Doing::Looking, Doing::Typing, Doing::Scrolling, Doing::Paging]),
        (Page::Person, &[Doing::Looking, Doing::Scrolling]),
        (Page::Entry, &[Doing::Looking, Doing::Scrolling]),
        (Page::Campaign, &[Doing::Looking, Doing::Typing, Doing::Scrolling, Doing::Paging]),
        (Page::Publicity, &[Doing::Looking, Doing::Scrolling]),
        (Page::Receive, &[Doing::Looking, Doing::Scrolling]),
        (Page::Package, &[Doing::Looking, Doing::Scrolling]),
        (Page::Rules, &[Doing::Looking, Doing::Typing, Doing::Scrolling]),
        (Page::Settings, &[Doing::Looking, Doing::Scrolling]),
        (Page::Import, &[Doing::Looking]),
    ];
    for (page, doings) in pages {
        for doing in doings {
            let base = doing.measure(&mut Window::on(&nobody, page));
            let took = doing.measure(&mut Window::on(&everybody, page));
            let name = format!("{} {}", page.name(), doing.word());
            print(&name, &took, Some(base.middle));
            let moves = matches!(doing, Doing::Typing | Doing::Paging);
            if moves && took.changed == 0 {
                println!("DOES NOTHING: {name}");
            }
            if took.longest > LIMIT {
                over.insert(name, took.longest);
            }
        }
    }
    // Search as people really type: letters, Chinese, an ID number; on 人员 and in the palette.
    for (what, letters) in [
        ("letters", "zwljlwzm"),
        ("Chinese", "张伟护理部"),
        ("a section", "急诊科"),
        ("digits", "433101"),
    ] {
        for palette in [false, true] {
            let page = if palette { Page::Overview } else { Page::People };
            let mut window = Window::on(&everybody, page);
            let opens = if palette { Key::K } else { Key::F };
            window.frame(vec![key(opens, Modifiers::COMMAND)]);
            window.frame(Vec::new());
            window.frame(Vec::new());
            let took = measure_typing(&mut window, letters);
            let place = if palette { "palette" } else { "人员" };
            let name = format!("{place}: {what}");
            print(&name, &took, None);
            if took.changed == 0 {
                println!("DOES NOTHING: {name}");
            }
            if took.longest > LIMIT {
                over.insert(name, took.longest);
            }
        }
    }
    // Titles of records, as the palette goes through them.
    let titles = Titles::new(
        1,
        (0..people)
            .map(|n| TitleRow {
                title: format!("护理新进展与质量安全培训班第{n}期"),
                record: RecordId(i64::from(n)),
                people: 1,
                first: date("2019-06-03"),
                last: date("2019-06-05"),
            })
            .collect(),
    );
    for sought in ["质量安全", "没有这样的班", "99999期"] {
        let query = xueshi::ui::search::Query::new(sought);
        let begun = Instant::now();
        let found = titles.find(&query, 5).len();
        println!("{people} titles for {sought}: {found} in {:.2} ms", ms(begun.elapsed()));
    }
    for (name, took) in &over {
        println!("OVER {} ms: {name} {:.2} ms", LIMIT.as_millis(), ms(*took));
    }
}

fn print(name: &str, took: &Took, empty: Option<Duration>) {
    let ratio = empty.map_or_else(String::new, |empty| {
        format!("  empty {:>7.2} ms  ratio {:>5.1}", ms(empty), ms(took.middle) / ms(empty))
    });
    println!(
        "{name:<24} {:>7.2} ms  longest {:>7.2} ms  worst {:>7.2} ms{ratio}",
        ms(took.middle),
        ms(took.longest),
        ms(took.worst),
    );
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
