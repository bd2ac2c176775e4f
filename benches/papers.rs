//! How long papers take: 附件2 of a large department, and handbooks by the hundred; and how that compares
//! with what other programs of this PC need for the same table, in the same run; and how much memory it
//! takes. Nothing here fails for being slow. A rival that is not installed is passed over: LibreOffice is
//! `soffice` on the path, typst the program `typst` or the Python package of that name.
//! `cargo bench --bench papers`

#[path = "../tests/papers/sample.rs"]
#[allow(dead_code)] // the tests use more of it
mod sample;

use divan::Bencher;
use sample::{SENIOR, context, handbook, notice, seniors, unit};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use xueshi::documents::{handbook_pdf, summary_pdf, summary_xlsx};
use xueshi::ledger::{ApplicantResult, Handbook, YearTotal};

fn main() {
    // Called by itself: one paper alone in a process, whose memory is then looked at.
    if let Ok(rows) = std::env::var(ALONE) {
        return alone(rows.parse().unwrap_or_default());
    }
    divan::main();
    // Names on the command line choose benchmarks; the comparison is for a whole run.
    let chosen = std::env::args().skip(1).any(|word| !word.starts_with('-'));
    if !chosen {
        compare();
        memory();
    }
}

const ALONE: &str = "XUESHI_BENCH_ROWS";

/// Makes one table and says how much memory the process took at most; 0 rows: 1,000 handbooks.
fn alone(rows: usize) {
    let (notice, unit) = (notice(), unit());
    if rows == 0 {
        let books: Vec<(Handbook, Vec<YearTotal>)> =
            (0..1_000).map(|at| handbook(&format!("张三{at}"), 8, SENIOR)).collect();
        let before = peak();
        let people: Vec<(&Handbook, &[YearTotal])> =
            books.iter().map(|(book, years)| (book, years.as_slice())).collect();
        let start = Instant::now();
        let bytes = handbook_pdf(&context(&notice, &unit), &people).expect("a paper");
        return said("登记手册 1000 本", start, bytes.len(), before);
    }
    let results = seniors(rows);
    let before = peak();
    let results: Vec<&ApplicantResult> = results.iter().collect();
    let start = Instant::now();
    let bytes = summary_pdf(&context(&notice, &unit), "高级", &results).expect("a paper");
    said(&format!("汇总表 {rows} 行"), start, bytes.len(), before);
}

fn said(what: &str, start: Instant, bytes: usize, before: u64) {
    println!(
        "{what}：{:.2} s，PDF {:.1} MB，内存最多 {} MB（其中数据 {} MB）",
        start.elapsed().as_secs_f64(),
        bytes as f64 / 1e6,
        peak() / 1000,
        before / 1000
    );
}

/// The most memory that this process has held, in kB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn memory() {
    let Ok(program) = std::env::current_exe() else { return };
    for rows in ["1000", "10000", "0"] {
        // What the child says goes straight to the terminal.
        let _ = Command::new(&program).env(ALONE, rows).status();
    }
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10)]
fn summary_as_pdf(bencher: Bencher<'_, '_>, rows: usize) {
    let (notice, unit, rows) = (notice(), unit(), seniors(rows));
    let rows: Vec<&ApplicantResult> = rows.iter().collect();
    bencher.bench_local(|| summary_pdf(&context(&notice, &unit), "高级", &rows).expect("a paper"));
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10)]
fn summary_as_xlsx(bencher: Bencher<'_, '_>, rows: usize) {
    let (notice, unit, rows) = (notice(), unit(), seniors(rows));
    let rows: Vec<&ApplicantResult> = rows.iter().collect();
    bencher.bench_local(|| summary_xlsx(&context(&notice, &unit), "高级", &rows).expect("a table"));
}

#[divan::bench(args = [1, 100, 1_000], sample_count = 3)]
fn handbooks(bencher: Bencher<'_, '_>, people: usize) {
    let (notice, unit) = (notice(), unit());
    let books: Vec<(Handbook, Vec<YearTotal>)> =
        (0..people).map(|at| handbook(&format!("张三{at}"), 8, SENIOR)).collect();
    let people: Vec<(&Handbook, &[YearTotal])> =
        books.iter().map(|(book, years)| (book, years.as_slice())).collect();
    bencher.bench_local(|| handbook_pdf(&context(&notice, &unit), &people).expect("a paper"));
}

/// The same table through LibreOffice and typst, where this PC has them: the best of three runs of each.
fn compare() {
    let folder = tempfile::tempdir().expect("a folder for the comparison");
    for count in [1_000, 10_000] {
        let (notice, unit, rows) = (notice(), unit(), seniors(count));
        let rows: Vec<&ApplicantResult> = rows.iter().collect();
        let context = context(&notice, &unit);
        let ours = best(|| {
            summary_pdf(&context, "高级", &rows).expect("a paper");
            true
        });
        let Some(ours) = ours else { continue };
        println!("汇总表 {count} 行：{:.2} s", ours.as_secs_f64());
        let table = folder.path().join("table.xlsx");
        let bytes = summary_xlsx(&context, "高级", &rows).expect("a table");
        std::fs::write(&table, bytes).expect("the folder takes files");
        tell("LibreOffice", ours, || {
            Command::new("soffice")
                .args(["--headless", "--convert-to", "pdf", "--outdir"])
                .arg(folder.path())
                .arg(&table)
                .output()
                .is_ok_and(|said| said.status.success())
        });
        let source = folder.path().join("table.typ");
        std::fs::write(&source, typst(&rows)).expect("the folder takes files");
        tell("typst", ours, || compile(&source));
    }
}

fn compile(source: &Path) -> bool {
    const PACKAGE: &str = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])";
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts");
    let out = source.with_extension("typst.pdf");
    let mut program = Command::new("typst");
    program.args(["compile", "--font-path", fonts]).arg(source).arg(&out);
    let mut package = Command::new("python3");
    package.args(["-c", PACKAGE]).arg(source).arg(&out).arg(fonts);
    let ran = |command: &mut Command| command.output().is_ok_and(|said| said.status.success());
    ran(&mut program) || ran(&mut package)
}

fn tell(name: &str, ours: Duration, run: impl FnMut() -> bool) {
    match best(run) {
        Some(theirs) => println!(
            "  {name} {:.2} s，是它的 {:.1} 倍快",
            theirs.as_secs_f64(),
            theirs.as_secs_f64() / ours.as_secs_f64()
        ),
        None => println!("  {name}：这台电脑没有，或没有做成"),
    }
}

/// The shortest of three runs; `None` when one does not succeed.
fn best(mut run: impl FnMut() -> bool) -> Option<Duration> {
    let mut best = None;
    for _ in 0..3 {
        let start = Instant::now();
        if !run() {
            return None;
        }
        let took = start.elapsed();
        best = Some(best.map_or(took, |best: Duration| best.min(took)));
    }
    best
}

/// The table as typst's markup: the same cells, the header on every page.
fn typst(rows: &[&ApplicantResult]) -> String {
    let mut text = String::from(
        "#set page(paper: \"a4\", flipped: true, margin: 14mm)\n\
         #set text(font: (\"Noto Serif SC\", \"Noto Serif CJK SC\"), size: 9pt)\n\
         #table(columns: (9mm, 43.5mm, 22mm, 25.5mm) + (11.2mm,) * 15, table.header(..([序号], [工作单位], [姓名], [申报专业]), ..range(15).map(n => [#n])),\n",
    );
    for (row, number) in rows.iter().zip(1..) {
        let (person, speciality) = (&row.person, &row.applicant.speciality);
        // A String takes all that is written to it.
        let _ =
            write!(text, "[{number}], [{}], [{}], [{speciality}],", person.workplace, person.name);
        for year in &row.years {
            for hours in year.evidenced.values().chain([&year.evidenced_total]) {
                let _ = write!(text, "[{hours}],");
            }
        }
        text.push('\n');
    }
    text.push_str(")\n");
    text
}
