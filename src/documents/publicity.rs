//! 公示名单: the notice that a unit posts, in the form of an official paper (GB/T 9704: margins, type
//! sizes, 28 characters to 22 lines), the statement of its result, and the list behind either. They bear
//! no ID numbers.

use super::furniture::{day, lacking, put, stamp};
use super::layout::{Align, Cell, Flow, Grid, MM, Missing, Page, Paper, Section, Sections, Weight};
use super::{Context, Document};
use crate::failure::{Failure, Result};
use crate::ledger::{ApplicantResult, Publicity, YearTotal};
use crate::notice::SubjectRule;

const WHAT: &str = "生成公示";
/// 三号 and 22 lines to the page.
const BODY: f32 = 16.0;
const LEADING: f32 = 28.95 / BODY;
/// 四号, of page numbers.
const FOOT: f32 = 14.0;

/// The sheet of an official letter.
fn letter() -> Paper {
    Paper::a4(37.0, 26.0, 35.0, 28.0)
}

/// The posted paper and its list.
pub(super) struct Posted<'a> {
    pub run: &'a Publicity,
    pub results: &'a [&'a ApplicantResult],
}

impl Document for Posted<'_> {
    fn title(&self, context: &Context<'_>) -> String {
        let (unit, run, subjects) = (&context.unit.name, self.run, named(context));
        format!(
            "{unit}关于{}年度{}职称参评人员继续教育{subjects}科目培训合格人员名单的公示",
            run.campaign, run.level_group
        )
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        if self.results.is_empty() {
            let remedy = "请先完成单位初审";
            return Err(Failure::refused(WHAT, "", "没有初审合格、可以公示的人员", remedy));
        }
        let mut flow = Flow::new(letter());
        text(context, self.run, self.results.len(), &self.title(context), &mut flow)
            .map_err(lacking(WHAT, &context.unit.name))?;
        bind(context, self.run, self.results, "公示", flow)
    }
}

/// The statement of a closed run's result and the list of those who stood in it.
pub(super) struct Outcome<'a> {
    pub run: &'a Publicity,
    pub results: &'a [&'a ApplicantResult],
}

impl Document for Outcome<'_> {
    fn title(&self, context: &Context<'_>) -> String {
        let (unit, run, subjects) = (&context.unit.name, self.run, named(context));
        format!(
            "{unit}关于{}年度{}职称参评人员继续教育{subjects}科目培训公示结果的说明",
            run.campaign, run.level_group
        )
    }

    fn sections<'s>(&'s self, context: &'s Context<'_>) -> Result<Sections<'s>> {
        const WHAT: &str = "生成公示结果说明";
        let Some(closed) = self.run.closed else {
            let remedy = "请在公示期满、登记结束公示以后再打印";
            return Err(Failure::refused(WHAT, "", "公示还没有结束", remedy));
        };
        if self.results.is_empty() {
            return Err(Failure::refused(WHAT, "", "公示名单里没有人", "请核对公示批次"));
        }
        let mut flow = Flow::new(letter());
        outcome(context, self.run, (self.results, closed), &self.title(context), &mut flow)
            .map_err(lacking(WHAT, &context.unit.name))?;
        bind(context, self.run, self.results, "公示结果说明", flow)
    }
}

/// The letter and the list behind it, their pages numbered through.
fn bind(
    context: &Context<'_>,
    run: &Publicity,
    results: &[&ApplicantResult],
    label: &str,
    letter: Flow,
) -> Result<Sections<'static>> {
    let plain = lacking(WHAT, &context.unit.name);
    let mut number = 0;
    let mut furnish = |page: &mut Page, paper: &Paper, _: usize, _: usize| {
        number += 1;
        stamp(page, context.draft)?;
        // 一字线 at either side of the number, 7 mm below the body's lower edge; one character in from the
        // outer edge, as sheets printed on both sides want it.
        let place =
            (paper.left + FOOT, paper.height - 28.0 * MM, paper.measure() - 2.0 * FOOT, FOOT);
        let align = if number % 2 == 1 { Align::Right } else { Align::Left };
        put(page, &format!("— {number} —"), (Weight::Plain, FOOT), align, place)
    };
    let paper = letter.paper;
    let pages = letter.finish(&mut furnish).map_err(&plain)?;
    let mut sections = vec![Section::new(label, paper, pages)];

    let sheet = Paper::a4(25.0, 20.0, 35.0, 20.0);
    let mut flow = Flow::new(sheet);
    list(context, run, results, &mut flow)?;
    let pages = flow.finish(&mut furnish).map_err(&plain)?;
    sections.push(Section::new("人员名单", sheet, pages));
    Ok(Box::new(sections.into_iter().map(Ok)))
}

/// The subjects whose hours the list shows.
fn listed<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a SubjectRule> + use<'a> {
    let chosen = &context.notice.publicity.subjects;
    context.notice.subjects.iter().filter(|rule| chosen.is_empty() || chosen.contains(&rule.id))
}

fn named(context: &Context<'_>) -> String {
    listed(context).map(|rule| rule.name.as_str()).collect::<Vec<_>>().join("、")
}

fn text(
    context: &Context<'_>,
    run: &Publicity,
    people: usize,
    title: &str,
    flow: &mut Flow,
) -> Result<(), Missing> {
    let notice = context.notice;
    heading(title, flow)?;
    let last = run.last_day(&notice.publicity);
    let counted = if notice.publicity.count_posting_day { "" } else { "，张贴当日不计入" };
    let place = match run.place.as_str() {
        "" => String::new(),
        place => format!("公示地点：{place}。\n"),
    };
    let contact = match (context.unit.contact.as_str(), context.unit.phone.as_str()) {
        ("", "") => "联系人：　　　　　　联系电话：".to_owned(),
        (contact, phone) => format!("联系人：{contact}　　联系电话：{phone}"),
    };
    let body = format!(
        "根据{}《{}》（{}）要求，我单位对{}年度{}职称参评人员继续教育{}科目培训情况进行了初审，\
         现将初审合格的{people}名人员名单（见附件）予以公示。\n\
         公示时间：{}至{}（不少于{}个工作日{counted}）。\n\
         {place}\
         公示期间，如对公示人员的培训情况有异议，请以书面或电话形式向我单位反映。\
         反映情况应当实事求是，并署真实姓名和联系方式。\n\
         {contact}",
        notice.issuer,
        notice.title,
        notice.document,
        run.campaign,
        run.level_group,
        named(context),
        day(run.posted),
        day(last),
        run.days,
    );
    flow.paragraph(&body, Weight::Plain, BODY, Align::Justify, 2.0, LEADING)?;
    flow.space(LEADING * BODY);
    attached(context, run, run.posted, flow)
}

/// A title breaks by meaning, not where the line happens to be full.
fn heading(title: &str, flow: &mut Flow) -> Result<(), Missing> {
    let heading = title.replacen("关于", "\n关于", 1).replacen("继续教育", "\n继续教育", 1);
    flow.paragraph(&heading, Weight::Strong, 22.0, Align::Centre, 0.0, 1.5)?;
    flow.space(LEADING * BODY);
    Ok(())
}

/// What came of a run: when and where it was posted, which objections came in.
fn outcome(
    context: &Context<'_>,
    run: &Publicity,
    (results, closed): (&[&ApplicantResult], chrono::NaiveDate),
    title: &str,
    flow: &mut Flow,
) -> Result<(), Missing> {
    let people = results.len();
    let notice = context.notice;
    heading(title, flow)?;
    let to = context.unit.recipient(notice);
    if !to.is_empty() {
        let to = format!("{to}：");
        flow.paragraph(&to, Weight::Plain, BODY, Align::Left, 0.0, LEADING)?;
    }
    let place = match run.place.as_str() {
        "" => String::new(),
        place => format!("在{place}"),
    };
    let objections = match run.objections.as_slice() {
        [] => "公示期间，没有收到对公示人员的异议。".to_owned(),
        all => {
            let listed = all.iter().zip(1..).map(|(objection, number): (_, usize)| {
                let text = objection.text.trim_end_matches('。');
                let settled = objection.settled.as_ref().map_or("", |it| it.reason.as_str());
                let end = if settled.is_empty() || settled.ends_with('。') { "" } else { "。" };
                format!("\n{number}．{text}。处理情况：{settled}{end}")
            });
            format!("公示期间，收到异议{}件：{}", all.len(), listed.collect::<String>())
        }
    };
    let failed: Vec<String> = results
        .iter()
        .filter_map(|result| Some((&result.person.name, run.failed.get(&result.person.id)?)))
        .map(|(name, why)| format!("{name}（{}）", why.trim_end_matches('。')))
        .collect();
    let failed = match failed.len() {
        0 => String::new(),
        count => format!(
            "\n经核查，{count}名改为不合格：{}；其余{}名合格。",
            failed.join("、"),
            people - count
        ),
    };
    let body = format!(
        "根据{}《{}》（{}）要求，我单位将初审合格的{}年度{}职称参评人员{people}名（见附件），\
         于{}至{}{place}公示，不少于{}个工作日。\n{objections}{failed}\n特此说明。",
        notice.issuer,
        notice.title,
        notice.document,
        run.campaign,
        run.level_group,
        day(run.posted),
        day(closed),
        run.days,
    );
    flow.paragraph(&body, Weight::Plain, BODY, Align::Justify, 2.0, LEADING)?;
    flow.space(LEADING * BODY);
    attached(context, run, closed, flow)
}

/// The line that names the list, and the signature.
fn attached(
    context: &Context<'_>,
    run: &Publicity,
    date: chrono::NaiveDate,
    flow: &mut Flow,
) -> Result<(), Missing> {
    let attached = format!("附件：{}年度{}职称参评人员名单", run.campaign, run.level_group);
    flow.paragraph(&attached, Weight::Plain, BODY, Align::Justify, 2.0, LEADING)?;
    // Two lines before the signature where there is room; it never stands alone on a page if closing
    // up avoids that.
    let (signature, gap) = (2.0 * LEADING * BODY, 2.0 * LEADING * BODY);
    flow.space((flow.room() - signature).clamp(0.0, gap));
    flow.need(signature);
    sign(context, date, flow)
}

/// Unit and date: the date four characters from the right edge, the unit centred above it.
fn sign(context: &Context<'_>, date: chrono::NaiveDate, flow: &mut Flow) -> Result<(), Missing> {
    let date = day(date);
    let wide = |text: &str| {
        text.chars().map(|c| if c.is_ascii() { 0.54 } else { 1.0 }).sum::<f32>() * BODY
    };
    let right = flow.paper.left + flow.paper.measure() - 4.0 * BODY;
    let middle = right - wide(&date) / 2.0;
    let unit = wide(&context.unit.name);
    // A long name is pushed left so that it does not run over the edge.
    let middle_of_unit = middle.min(flow.paper.left + flow.paper.measure() - unit / 2.0);
    let height = LEADING * BODY;
    for (text, middle) in [(context.unit.name.as_str(), middle_of_unit), (&date, middle)] {
        let width = wide(text);
        let place = (middle - width / 2.0, flow.y(), width, height);
        put(flow.page(), text, (Weight::Plain, BODY), Align::Centre, place)?;
        flow.space(height);
    }
    Ok(())
}

fn list(
    context: &Context<'_>,
    run: &Publicity,
    results: &[&ApplicantResult],
    flow: &mut Flow,
) -> Result<()> {
    const SIZE: f32 = 10.0;
    let plain = lacking(WHAT, &context.unit.name);
    let head = format!("{}年度{}职称参评人员名单", run.campaign, run.level_group);
    flow.paragraph("附件", Weight::Plain, BODY, Align::Left, 0.0, 1.6).map_err(&plain)?;
    flow.paragraph(&head, Weight::Strong, 18.0, Align::Centre, 0.0, 1.5).map_err(&plain)?;
    flow.space(3.0 * MM);
    let first = results.iter().map(|result| result.span.first).min().unwrap_or(run.campaign);
    let last = results.iter().map(|result| result.span.last).max().unwrap_or(run.campaign);
    let years: Vec<i32> = (first..=last).collect();
    let mut columns = [9.0, 24.0, 31.0, 22.0, 11.0].map(|width| width * MM).to_vec();
    let rest = flow.paper.measure() - columns.iter().sum::<f32>();
    columns.extend(years.iter().map(|_| rest / years.len() as f32));

    let heads: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
    let subjects: Vec<&str> = listed(context).map(|rule| rule.name.as_str()).collect();
    let over = format!("各年度学时（{}）", subjects.join("/"));
    let mut above: Vec<Cell<'_>> = ["序号", "姓名", "工作单位", "申报专业", "级别"]
        .iter()
        .map(|head| Cell::new(head, SIZE).over(1, 2))
        .collect();
    above.push(Cell::new(&over, SIZE).over(years.len(), 1));
    let below: Vec<Cell<'_>> = heads.iter().map(|head| Cell::new(head, SIZE)).collect();
    let header = Grid::new(&columns, &[above, below], &[7.0 * MM]).map_err(&plain)?;
    flow.table(&header, results.iter().zip(1..), |(result, number): (_, usize)| {
        let number = number.to_string();
        let workplace = context.workplace(&result.person);
        let hours: Vec<String> = years.iter().map(|&year| hours(context, result, year)).collect();
        let mut cells = vec![
            Cell::new(&number, SIZE),
            Cell::new(&result.person.name, SIZE),
            Cell::new(workplace, SIZE).left(),
            Cell::new(&result.applicant.speciality, SIZE),
            Cell::new(&result.applicant.level, SIZE),
        ];
        cells.extend(hours.iter().map(|hours| Cell::new(hours, 9.0)));
        Grid::new(&columns, &[cells], &[8.0 * MM]).map_err(lacking(WHAT, &result.person.name))
    })
}

/// `72`, `30/72` where both subjects are posted, or a dash outside the person's span.
fn hours(context: &Context<'_>, result: &ApplicantResult, year: i32) -> String {
    if !result.span.contains(year) {
        return "—".to_owned();
    }
    let total: Option<&YearTotal> = result.years.iter().find(|total| total.year == year);
    let subjects = listed(context).map(|subject| {
        let hours = total.and_then(|total| total.evidenced.get(&subject.id));
        hours.copied().unwrap_or_default().to_string()
    });
    subjects.collect::<Vec<_>>().join("/")
}
