//! How long papers take: 附件2 of a large department, and handbooks by the hundred; and how that compares
//! with what other programs of this PC need for the same table, in the same run. Nothing here fails for
//! being slow.
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
    divan::main();
    // Names on the command line choose benchmarks; the comparison is for a whole run.
    let chosen = std::env::args().skip(1).any(|word| !word.starts_with('-'));
    if !chosen {
        compare();
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
    let mut typst = Command::new("typst");
    typst.arg("compile").arg(source).output().is_ok_and(|said| said.status.success())
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
        "#set page(paper: \"a4\", flipped: true, margin: 14mm)\n#set text(font: \"Noto Serif SC\", size: 9pt)\n\
         #table(columns: 19, table.header(..([序号], [工作单位], [姓名], [申报专业]), ..range(15).map(n => [#n])),\n",
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
