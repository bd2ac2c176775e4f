//! How long papers take: 附件2 of a large department, and handbooks by the hundred.
//! `cargo bench --bench papers`

#[path = "../tests/papers/sample.rs"]
#[allow(dead_code)] // the tests use more of it
mod sample;

use divan::Bencher;
use sample::{SENIOR, context, handbook, notice, seniors, unit};
use xueshi::documents::{handbook_pdf, summary_pdf, summary_xlsx};
use xueshi::ledger::{ApplicantResult, Handbook, YearTotal};

fn main() {
    divan::main();
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

#[divan::bench(args = [1, 100], sample_count = 10)]
fn handbooks(bencher: Bencher<'_, '_>, people: usize) {
    let (notice, unit) = (notice(), unit());
    let books: Vec<(Handbook, Vec<YearTotal>)> =
        (0..people).map(|at| handbook(&format!("张三{at}"), 8, SENIOR)).collect();
    let people: Vec<(&Handbook, &[YearTotal])> =
        books.iter().map(|(book, years)| (book, years.as_slice())).collect();
    bencher.bench_local(|| handbook_pdf(&context(&notice, &unit), &people).expect("a paper"));
}
