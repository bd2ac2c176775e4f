//! Gathers what a package holds, before anything is written: papers, evidence, table of contents,
//! statement, and the words of `bag-info.txt`.

use super::bag::{Bag, Item};
use super::manifest::IDENTIFIER;
use super::statement::{
    EvidenceTold, FileTold, MemberTold, NoticeTold, Owner, PersonTold, RunTold, Statement,
};
use super::{LeftOut, PackageRequest, WRITING, cancelled, choose, index, names, statement};
use crate::documents::{self, CertificateTemplate, Context, HandbookLook, IdShown};
use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{
    ApplicantResult, Attachment, CampaignReport, Handbook, Objection, PersonId, Publicity, Unit,
    report, years,
};
use crate::notice::Notice;
use crate::registry::vault::Vault;
use crate::registry::{ReceivedEntry, Registry, campaign};
use crate::template;
use chrono::NaiveDateTime;
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::fs;

/// How long parts of a path may be, in UTF-16 units; together they stay below [`names::PATH_CAP`].
const UNIT_CAP: usize = 40;
const NAME_CAP: usize = 30;
const RECORD_CAP: usize = 64;
const SLOT_CAP: usize = 40;

/// What is to be written, and who is not in it.
pub struct Gathered {
    pub bag: Bag,
    pub id: String,
    pub people: u32,
    pub left_out: Vec<LeftOut>,
}

/// # Errors
/// Nobody to pack; the name is taken on the target; evidence missing from the vault; a paper that cannot
/// be set; cancelled.
pub fn gather(
    registry: &Registry,
    request: &PackageRequest,
    name: String,
    now: NaiveDateTime,
    progress: Progress<'_>,
) -> Result<Gathered> {
    let notice = registry.notice_of(request.campaign)?;
    let level = request.level_group.as_str();
    let report = campaign::check(registry, request.campaign, Some(level), request.today)?;
    let runs: Vec<Publicity> = registry
        .publicity(request.campaign)?
        .into_iter()
        .filter(|run| run.level_group == level)
        .collect();
    let (chosen, left_out) = choose::choose(&report, &runs, request.draft);
    if chosen.is_empty() {
        return Err(nobody(request, &left_out));
    }
    let unit = registry.unit()?;
    let template = template::of(registry)?;
    // Before the papers are set, which takes a while.
    Bag::target(&name, &request.out)?;

    let handbooks = registry.applicant_handbooks(request.campaign)?;
    let gathering = Gathering {
        notice: &notice,
        context: Context {
            notice: &notice,
            unit: &unit,
            filled_by: &unit.contact,
            date: request.today,
            draft: request.draft,
        },
        template,
        vault: registry.vault(),
        handbooks: handbooks.iter().map(|it| (it.person.id, it)).collect(),
        report: &report,
        chosen: &chosen,
        width: chosen.len().to_string().len().max(3),
    };
    let mut items = Vec::new();
    let received = registry.received()?;
    let documents = gathering.documents(level, &runs, &received, &mut items)?;
    let people = gathering.people(&mut items, progress)?;
    let recipient = unit.recipient(&notice);
    let (format, version) = Statement::format();
    let mut statement = Statement {
        format,
        version,
        id: String::new(),
        made_at: now,
        software: concat!("xueshi ", env!("CARGO_PKG_VERSION")).to_owned(),
        draft: request.draft,
        unit: unit.clone(),
        notice: NoticeTold {
            id: notice.id.clone(),
            document: notice.document.clone(),
            rulings: notice.changed.clone(),
        },
        campaign: request.campaign,
        level: level.to_owned(),
        recipient,
        deadline: report.deadline,
        last_working_day: report.last_working_day,
        documents,
        publicity: gathering.runs(&runs),
        people,
    };
    let page = Item::made(index::PATH, index::page(&statement).into_bytes());
    for contents in [page, Item::made(index::OURS, index::OURS_TEXT.into())] {
        statement.documents.push(told(&contents));
        items.push(contents);
    }
    statement.id = id(&items, now);
    items.push(Item::made(statement::PATH, statement.write()?));
    let info = info(&statement);
    let people = u32::try_from(chosen.len()).unwrap_or(u32::MAX);
    let bag = Bag { name, items, info, date: request.today };
    Ok(Gathered { bag, id: statement.id, people, left_out })
}

/// The handbook as it is told: pictures of people and what was handed in after a campaign stay at home.
fn told_of(handbook: &Handbook) -> Handbook {
    let mut told = Handbook { discharges: Vec::new(), ..handbook.clone() };
    told.person.photo = None;
    told
}

struct Gathering<'a> {
    notice: &'a Notice,
    context: Context<'a>,
    template: CertificateTemplate,
    vault: Vault,
    handbooks: HashMap<PersonId, &'a Handbook>,
    report: &'a CampaignReport,
    chosen: &'a [&'a ApplicantResult],
    /// Digits of a person's number.
    width: usize,
}

impl Gathering<'_> {
    /// The papers of the whole package, numbered in the order in which a department reads them.
    fn documents(
        &self,
        level: &str,
        runs: &[Publicity],
        received: &[ReceivedEntry],
        items: &mut Vec<Item>,
    ) -> Result<Vec<FileTold>> {
        let context = &self.context;
        let mut made = vec![
            ("1 汇总表", "xlsx", documents::summary_xlsx(context, level, self.chosen)?),
            ("1 汇总表", "pdf", documents::summary_pdf(context, level, self.chosen)?),
        ];
        for run in runs {
            let posted = self.posted(run);
            // A run none of whose people are in the package belongs to another one.
            if posted.iter().any(|found| self.chosen.iter().any(|it| it.person == found.person)) {
                let unit = self.posted_by(run, &posted, received);
                let context = Context { unit: &unit, ..context.clone() };
                made.push(("2 公示名单", "pdf", documents::publicity_pdf(&context, run, &posted)?));
            }
        }
        let certificates = documents::certificates_pdf_with(context, &self.template, self.chosen)?;
        made.push(("3 合格证书", "pdf", certificates));
        let mut taken = names::Taken::default();
        let made = made.into_iter().map(|(stem, extension, bytes)| {
            Item::made(taken.path("data", stem, extension, SLOT_CAP), bytes)
        });
        let mut papers: Vec<Item> = made.collect();
        // What proves a run goes along with its list.
        let here = |run: &&Publicity| self.chosen.iter().any(|it| run.stands_for(it.person.id));
        for file in runs.iter().filter(here).flat_map(|run| &run.files) {
            let evidence = &file.evidence;
            let stem = format!("2 公示 {}", file.kind.name());
            let path = taken.path("data", &stem, &extension(&evidence.extension), SLOT_CAP);
            let label = format!("公示 {}（{}）", file.kind.name(), evidence.name);
            let kept = self.vault.path_of(evidence);
            papers.push(Item::copied(path, kept, (&evidence.sha256, evidence.size), label));
        }
        let listed = papers.iter().map(told).collect();
        items.append(&mut papers);
        Ok(listed)
    }

    /// Everybody who was posted in a run, also those who are not in the package.
    fn posted(&self, run: &Publicity) -> Vec<&ApplicantResult> {
        let of = |found: &&ApplicantResult| run.members.contains(&found.person.id);
        self.report.applicants.iter().filter(of).collect()
    }

    /// Who posted a run: the unit from whose package it came, else the registry's own.
    fn posted_by(
        &self,
        run: &Publicity,
        posted: &[&ApplicantResult],
        received: &[ReceivedEntry],
    ) -> Unit {
        let own = self.context.unit.clone();
        let from = received.iter().rev().find(|it| {
            let came = |found: &&ApplicantResult| it.members.contains(&found.person.id_number);
            it.campaign == run.campaign
                && it.level_group == run.level_group
                && run.place.starts_with(&it.unit)
                && posted.iter().all(came)
        });
        match from {
            None => own,
            Some(from) => {
                let (contact, phone) = (String::new(), String::new());
                Unit { name: from.unit.clone(), contact, phone, ..own }
            }
        }
    }

    fn runs(&self, runs: &[Publicity]) -> Vec<RunTold> {
        let member = |run: &Publicity, found: &ApplicantResult| MemberTold {
            name: found.person.name.clone(),
            id_number: self
                .chosen
                .iter()
                .any(|it| it.person.id == found.person.id && run.stands_for(it.person.id))
                .then(|| found.person.id_number.clone()),
        };
        runs.iter()
            .map(|run| RunTold {
                posted: run.posted,
                place: run.place.clone(),
                days: run.days,
                close_strict: run.close_strict,
                close_inclusive: run.close_inclusive,
                closed: run.closed,
                objections: run.objections.iter().map(Objection::told).collect(),
                members: self.posted(run).into_iter().map(|it| member(run, it)).collect(),
            })
            .collect()
    }

    fn people(&self, items: &mut Vec<Item>, progress: Progress<'_>) -> Result<Vec<PersonTold>> {
        let total = self.chosen.len() as u64;
        let mut people = Vec::new();
        for (at, found) in self.chosen.iter().enumerate() {
            if !progress(at as u64, total, "排印登记手册") {
                return Err(cancelled(WRITING));
            }
            people.push(self.person(at + 1, found, items)?);
        }
        Ok(people)
    }

    fn person(
        &self,
        number: usize,
        found: &ApplicantResult,
        items: &mut Vec<Item>,
    ) -> Result<PersonTold> {
        let name = &found.person.name;
        let Some(&handbook) = self.handbooks.get(&found.person.id) else {
            let why = "登记库里找不到这个人的登记手册";
            return Err(Failure::cannot(WRITING, name, why, "请用 xueshi doctor 检查登记库"));
        };
        let folder = format!(
            "data/人员/{number:0width$} {}",
            names::component(name, NAME_CAP),
            width = self.width
        );
        let totals = years(self.notice, handbook);
        let look = HandbookLook { id: IdShown::Full, read: &|photo| self.vault.read(photo) };
        let paper = documents::handbook_pdf_with(&self.context, &[(handbook, &totals)], &look)?;
        let paper = Item::made(format!("{folder}/登记手册.pdf"), paper);
        let paper_told = told(&paper);
        items.push(paper);
        Ok(PersonTold {
            number,
            evidence: self.evidence(&folder, found, handbook, items)?,
            folder,
            handbook: told_of(handbook),
            application: found.applicant.clone(),
            span: found.span,
            check: report::applicant(self.notice, found),
            paper: paper_told,
        })
    }

    /// The evidence of the years that the campaign looks at: of records, of deemed years, of prior slips.
    fn evidence(
        &self,
        folder: &str,
        found: &ApplicantResult,
        handbook: &Handbook,
        items: &mut Vec<Item>,
    ) -> Result<Vec<EvidenceTold>> {
        let mut shelf = Shelf {
            folder: format!("{folder}/证明材料"),
            notice: self.notice,
            vault: &self.vault,
            person: &found.person.name,
            taken: names::Taken::default(),
            told: Vec::new(),
            items,
        };
        let looked_at = |year: i32| found.years.iter().any(|it| it.year == year);
        let mut seen = HashSet::new();
        for credit in found.years.iter().flat_map(|year| &year.credits) {
            let Some(record) = handbook.records.iter().find(|it| it.id == credit.record) else {
                continue;
            };
            // A record over New Year stands in two years; its evidence goes with the first.
            if seen.insert(record.id) {
                let subject = self.notice.subject_name(&credit.subject);
                let title = format!("{} {subject} {}", credit.year, record.activity.title);
                let of = Owner::Record(record.id.0);
                shelf.put(&title, of, &mut record.all_attachments())?;
            }
        }
        for deemed in handbook.deemed.iter().filter(|it| looked_at(it.year)) {
            let title = format!("{} 视同 {}", deemed.year, deemed.reason);
            shelf.put(&title, Owner::Deemed(deemed.id.0), &mut deemed.attachments.iter())?;
        }
        for slip in &handbook.slips {
            if (slip.first_year..=slip.last_year).any(looked_at) {
                let title =
                    format!("{}-{} 认定单 {}", slip.first_year, slip.last_year, slip.number);
                shelf.put(&title, Owner::Slip(slip.id.0), &mut slip.attachments.iter())?;
            }
        }
        Ok(shelf.told)
    }
}

/// One person's folder of evidence being filled.
struct Shelf<'a> {
    folder: String,
    notice: &'a Notice,
    vault: &'a Vault,
    person: &'a str,
    taken: names::Taken,
    told: Vec<EvidenceTold>,
    items: &'a mut Vec<Item>,
}

impl Shelf<'_> {
    /// Puts what proves one thing into a folder of its own.
    fn put(
        &mut self,
        title: &str,
        of: Owner,
        attachments: &mut dyn Iterator<Item = &Attachment>,
    ) -> Result<()> {
        let mut attachments = attachments.peekable();
        if attachments.peek().is_none() {
            return Ok(());
        }
        let folder = self.taken.path(&self.folder, title, "", RECORD_CAP);
        let mut seen = HashSet::new();
        for attachment in attachments {
            let evidence = &attachment.evidence;
            if !seen.insert((&attachment.slot, &evidence.sha256)) {
                continue;
            }
            let slot = self.notice.slot(&attachment.slot).map_or(&attachment.slot.0, |it| &it.name);
            let label = format!("{} {title}：{slot}（{}）", self.person, evidence.name);
            let file = self.vault.path_of(evidence);
            let length = fs::metadata(&file).ok().filter(fs::Metadata::is_file).map(|it| it.len());
            if length != Some(evidence.size) {
                let why = match length {
                    None => "登记库里的这份证明材料不见了",
                    Some(_) => "登记库里的这份证明材料已损坏，与登记时不同",
                };
                return Err(Failure::cannot(
                    WRITING,
                    label,
                    why,
                    "请重新放入这份材料，并用 xueshi doctor 检查登记库",
                ));
            }
            let path = self.taken.path(&folder, slot, &extension(&evidence.extension), SLOT_CAP);
            let item = Item::copied(path, file, (&evidence.sha256, evidence.size), label);
            self.told.push(EvidenceTold {
                file: told(&item),
                of,
                slot: slot.clone(),
                name: evidence.name.clone(),
            });
            self.items.push(item);
        }
        Ok(())
    }
}

/// A plain extension.
fn extension(given: &str) -> String {
    let plain =
        (1..=8).contains(&given.len()) && given.bytes().all(|it| it.is_ascii_alphanumeric());
    if plain { given.to_ascii_lowercase() } else { "bin".to_owned() }
}

fn told(item: &Item) -> FileTold {
    FileTold { path: item.path.clone(), sha256: item.sha256.clone(), size: item.size }
}

/// `<单位>_<年度>_<级别>_<日期>`
pub fn bag_name(unit: &Unit, request: &PackageRequest) -> String {
    let unit = names::component(&unit.name, UNIT_CAP);
    let level = names::component(&request.level_group, 10);
    let draft = if request.draft { "_草稿" } else { "" };
    format!("{unit}_{}_{level}_{}{draft}", request.campaign, request.today)
}

/// Made of content and time, in the shape of a UUID (version 8: our own making).
fn id(items: &[Item], now: NaiveDateTime) -> String {
    let mut hash = Sha256::new();
    for item in items {
        hash.update(format!("{}  {}\n", item.sha256, item.path));
    }
    hash.update(now.to_string());
    let mut bytes: Vec<u8> = hash.finalize()[..16].to_vec();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex::encode(bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

/// The words of `bag-info.txt`; the payload's size is added when the bag is written.
fn info(statement: &Statement) -> Vec<(String, String)> {
    let unit = &statement.unit;
    let state = if statement.draft { "草稿，不作报送用" } else { "正式" };
    let what = format!("{}年度{}职称参评人员继续教育报送材料", statement.campaign, statement.level);
    [
        ("Source-Organization", unit.name.clone()),
        ("Contact-Name", unit.contact.clone()),
        ("Contact-Phone", unit.phone.clone()),
        ("External-Description", what),
        (IDENTIFIER, statement.id.clone()),
        ("Bagging-Date", statement.made_at.date().to_string()),
        ("Bag-Software-Agent", statement.software.clone()),
        ("报送至", statement.recipient.clone()),
        ("报送截止", index::deadline(statement)),
        ("依据", statement.notice.document.clone()),
        ("人数", statement.people.len().to_string()),
        ("状态", state.to_owned()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.trim().is_empty())
    .map(|(label, value)| (label.to_owned(), value))
    .collect()
}

fn nobody(request: &PackageRequest, left_out: &[LeftOut]) -> Failure {
    let named: Vec<String> =
        left_out.iter().map(|it| format!("{}：{}", it.name, it.reasons.join("，"))).collect();
    let (why, remedy) = match named.as_slice() {
        [] => ("没有参评人员".to_owned(), "请先登记参评人员"),
        named => (
            format!("没有一个人可以装入（{}）", named.join("；")),
            "请先解决这些问题，做完初审和公示再打包",
        ),
    };
    let place = format!("{} 年度{}", request.campaign, request.level_group);
    Failure::refused(WRITING, place, why, remedy)
}
