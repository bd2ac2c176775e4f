//! What the ledger says of every person can be read back from every document, cell after cell: by our own
//! reader, and by poppler's `pdftotext` where it is installed.

use crate::read::{Read, keep};
use crate::sample::*;
use std::process::Command;
use xueshi::documents::*;
use xueshi::ledger::{ApplicantResult, Handbook, Severity, YearTotal};
use xueshi::notice::{Notice, Subject};

/// A person as the ledger knows them.
struct Known {
    book: Handbook,
    result: ApplicantResult,
}

/// People who differ in all that is printed.
fn ledger() -> Vec<Known> {
    let names = HARD_NAMES.iter().map(|name| (*name).to_owned());
    let plain = (0..8).map(|at| format!("田{at}秀"));
    let people = names.chain(plain).zip(1..).map(|(name, at): (String, usize)| {
        let (mut book, mut years) = handbook(&name, 2 + at % 3, SENIOR);
        for (total, nr) in years.iter_mut().zip(0i32..) {
            let hours = year(total.year, 60, 120 + at as i32 * 5 + nr);
            total.hours = hours.hours;
            total.evidenced = hours.evidenced;
            (total.total, total.evidenced_total) = (hours.total, hours.evidenced_total);
        }
        for record in &mut book.records {
            record.activity.title = format!("{}（第{at}期）", record.activity.title);
        }
        for credit in years.iter_mut().flat_map(|total| &mut total.credits) {
            credit.title = format!("{}（第{at}期）", credit.title);
        }
        let mut result = applicant(&name, at, "副高", SENIOR);
        result.person.workplace = format!("湘西土家族苗族自治州第{at}人民医院");
        result.applicant.speciality = format!("内科护理{at}");
        result.findings =
            vec![finding(Severity::Warn, Some(2018), &format!("请核对第{at}号证书"), "请补扫描件")];
        result.years = years;
        book.person = result.person.clone();
        Known { book, result }
    });
    people.collect()
}

/// Without blanks and line ends: a cell's lines read on.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{c}').collect()
}

/// The document's text by each reader there is.
fn texts(name: &str, bytes: &[u8]) -> Vec<(&'static str, String)> {
    let mut texts = vec![("our reader", tight(&Read::new(bytes).text()))];
    let file = keep(&format!("round-trip-{name}.pdf"), bytes);
    // In the order of drawing, so that the lines of neighbouring cells are not mixed.
    let said =
        Command::new("pdftotext").args(["-raw", "-enc", "UTF-8"]).arg(&file).arg("-").output();
    if let Ok(said) = said {
        assert!(said.status.success(), "{name}");
        assert!(said.stderr.is_empty(), "{name}: {}", String::from_utf8_lossy(&said.stderr));
        texts.push(("pdftotext", tight(&String::from_utf8_lossy(&said.stdout))));
    }
    texts
}

/// Each person's words stand in the document, in this order within each.
fn stand(name: &str, bytes: xueshi::failure::Result<Vec<u8>>, expected: &[String]) {
    let bytes = bytes.expect(name);
    for (reader, text) in texts(name, &bytes) {
        for words in expected {
            assert!(text.contains(&tight(words)), "{name} by {reader}: {words}");
        }
    }
}

fn subjects(total: &YearTotal) -> [String; 3] {
    let of = |subject| total.evidenced[&subject].to_string();
    [of(Subject::public()), of(Subject::specialty()), total.evidenced_total.to_string()]
}

/// A line of a handbook, from the record and its credit.
fn lines(notice: &Notice, known: &Known) -> Vec<String> {
    let credits = known.result.years.iter().flat_map(|total| &total.credits);
    let lines = credits.map(|credit| {
        let record = known.book.records.iter().find(|record| record.id == credit.record);
        let activity = &record.expect("a record").activity;
        let form = &notice.form(credit.form).expect("a form").name;
        let day = |date: chrono::NaiveDate| date.format("%Y.%m.%d").to_string();
        let (start, end) = (day(activity.start), activity.end.map(day));
        let period = end.map_or(start.clone(), |end| format!("{start}—{end}"));
        let hours = if credit.counted { credit.hours.to_string() } else { "不计".into() };
        format!(
            "{}{form}{}{period}{}{hours}{}（{}）{}{}",
            credit.title,
            notice.subject_name(&credit.subject),
            activity.organiser,
            credit.why,
            credit.clause,
            activity.assessment.as_deref().unwrap_or_default(),
            activity.certificate_number.as_deref().unwrap_or_default(),
        )
    });
    lines.collect()
}

#[test]
fn every_document_says_what_the_ledger_says_of_everybody() {
    let (notice, unit) = (notice(), unit());
    let context = context(&notice, &unit);
    let people = ledger();
    let results: Vec<&ApplicantResult> = people.iter().map(|known| &known.result).collect();
    let books: Vec<(&Handbook, &[YearTotal])> =
        people.iter().map(|known| (&known.book, known.result.years.as_slice())).collect();
    let pairs: Vec<(&Handbook, &ApplicantResult)> =
        people.iter().map(|known| (&known.book, &known.result)).collect();
    let each = |words: &dyn Fn(usize, &Known) -> Vec<String>| -> Vec<String> {
        people.iter().zip(1..).flat_map(|(known, number)| words(number, known)).collect()
    };
    let values = |known: &Known| -> String {
        known.result.years.iter().flat_map(subjects).collect::<String>()
    };

    let rows = each(&|number, known| {
        let result = &known.result;
        let (person, speciality) = (&result.person, &result.applicant.speciality);
        vec![format!("{number}{}{}{speciality}{}", person.workplace, person.name, values(known))]
    });
    stand("summary", summary_pdf(&context, "高级", &results), &rows);
    stand("summary-a3", summary_pdf_on(&context, "高级", &results, SummarySheet::A3), &rows);

    let totals = |total: &YearTotal| {
        let [public, specialty, all] = subjects(total);
        format!("本年度合计公需{public}（应满30）专业{specialty}（应满60）合计{all}（应满90）")
    };
    let written = each(&|_, known| {
        let person = &known.result.person;
        let mut words = lines(&notice, known);
        words.extend(known.result.years.iter().map(totals));
        words.push(format!("姓名{}性别{}", person.name, person.sex));
        words.push(format!("身份证号{}", person.id_number));
        words.push(format!("现职称{}取得日期2014年12月1日", person.title));
        words.push(format!("登记证书编号{}", person.handbook_number));
        words
    });
    stand("handbook", handbook_pdf(&context, &books), &written);

    let one_year = each(&|_, known| {
        let of_2018 = |line: &&String| line.contains("2018.03.02");
        let mut words: Vec<String> =
            lines(&notice, known).iter().filter(of_2018).cloned().collect();
        words.push(totals(&known.result.years[3]));
        words
    });
    stand("handbook-year", handbook_year_pdf(&context, &books, 2018), &one_year);

    let cards = each(&|_, known| {
        let met = |total: &YearTotal| {
            let hours = subjects(total).concat();
            format!("{hours}{}", if total.met_evidenced { "是" } else { "否" })
        };
        known.result.years.iter().map(met).collect()
    });
    stand("card", card_pdf(&context, &pairs), &cards);

    let lists = each(&|_, known| {
        let credits = known.result.years.iter().flat_map(|total| &total.credits);
        let item = |credit: &xueshi::ledger::RecordCredit| {
            let (year, subject) = (credit.year, notice.subject_name(&credit.subject));
            let missing = credit.missing.join("、");
            format!("{year}{subject}{}{FILES}{missing}", credit.title)
        };
        credits.map(item).collect()
    });
    stand("checklist", checklist_pdf(&context, &pairs), &lists);

    let findings = each(&|number, known| {
        let (result, found) = (&known.result, &known.result.findings[0]);
        vec![
            format!("{number}{}副高{}", result.person.name, result.applicant.speciality),
            format!("2018{}{}{}", found.message, found.fix, found.clause),
        ]
    });
    let report = report(people.iter().map(|known| known.result.clone()).collect());
    stand("findings", findings_pdf(&context, &report), &findings);

    let wanted = each(&|_, known| {
        let credits = known.result.years.iter().flat_map(|total| &total.credits);
        let lacking = credits.filter(|credit| !credit.missing.is_empty());
        let words = |credit: &xueshi::ledger::RecordCredit| {
            let subject = notice.subject_name(&credit.subject);
            format!("{}{subject}{}{}", credit.year, credit.title, credit.missing.join(""))
        };
        lacking.map(words).chain([format!("{}同志", known.result.person.name)]).collect()
    });
    stand("missing", missing_pdf(&context, &pairs), &wanted);

    let register = each(&|number, known| {
        let (person, applied) = (&known.result.person, &known.result.applicant);
        vec![format!(
            "{number}{}{}{}{}{}2015—2019{}",
            person.name,
            person.workplace,
            person.title,
            applied.speciality,
            applied.level,
            person.handbook_number
        )]
    });
    stand("register", register_pdf(&context, &results), &register);

    let sheets = each(&|_, known| {
        let (person, speciality) = (&known.result.person, &known.result.applicant.speciality);
        vec![
            format!(
                "{}同志，{}学历，申报{speciality}专业高级或以上职称自2015年至2019年（近5年）",
                person.name, person.education
            ),
            format!("姓名{}单位{}现有职称{}", person.name, person.workplace, person.title),
            format!("继续教育登记证书编号：{}", person.handbook_number),
        ]
    });
    stand("certificates", certificates_pdf(&context, &results), &sheets);

    let posted = each(&|number, known| {
        let (person, applied) = (&known.result.person, &known.result.applicant);
        let hours = known.result.years.iter().map(|total| subjects(total)[1].clone());
        vec![format!(
            "{number}{}{}{}{}{}",
            person.name,
            person.workplace,
            applied.speciality,
            applied.level,
            hours.collect::<String>()
        )]
    });
    let closed = run(Some(day(2020, 8, 25)));
    let mut posted_words = posted.clone();
    posted_words.push("公示时间：2020年8月17日至2020年8月24日".into());
    stand("publicity", publicity_pdf(&context, &closed, &results), &posted_words);
    let mut stated = posted;
    stated.push("于2020年8月17日至2020年8月25日".into());
    stand("publicity-result", publicity_result_pdf(&context, &closed, &results), &stated);
}

/// What the sample's records are proved by, as the checklist names it.
const FILES: &str = "□培训通知（已盖章）□结业证书";
