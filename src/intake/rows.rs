//! Rows are read into drafts. A row with a cell that cannot be read becomes bad cells instead (contract §4 "Import").

use super::drafts::{
    ApplicantDraft, DeemedDraft, Drafts, Origin, PersonDraft, RecordDraft, SlipDraft,
};
use super::files::{FileRef, Folder, files};
use super::parse;
use super::schema::{Listed, Sheet};
use super::sessions::sessions;
use super::table::{RowReader, Table};
use super::text;
use crate::ledger::IdNumber;
use crate::notice::{Activity, Form, Hours, Notice, Subject};
use chrono::Datelike;
use std::collections::BTreeMap;

/// Reads every row of every table. `tick` is called once a row and says false to stop.
pub fn read(
    notice: &Notice,
    tables: &[Table],
    folder: &mut Folder,
    tick: &mut dyn FnMut() -> bool,
) -> Option<Drafts> {
    let words = Words::of(notice);
    let mut drafts = Drafts::default();
    for table in tables {
        drafts.bad.extend(table.missing.iter().cloned());
        if !table.missing.is_empty() {
            continue;
        }
        for (number, cells) in &table.rows {
            if !tick() {
                return None;
            }
            let mut row = RowReader::new(table, *number, cells);
            let mut context = Context { notice, words: &words, folder };
            match table.sheet {
                Sheet::People => {
                    let id = row.id_number("身份证号");
                    let read = context.person(&mut row, id.clone());
                    keep(read, &row, &mut drafts.people);
                    if let (Some(id), false) = (id, row.bad.is_empty()) {
                        drafts.bad_people.insert(id, *number);
                    }
                }
                Sheet::Records => {
                    let read = context.record(&mut row);
                    keep(read, &row, &mut drafts.records);
                }
                Sheet::Deemed => {
                    let read = context.deemed(&mut row);
                    keep(read, &row, &mut drafts.deemed);
                }
                Sheet::Slips => {
                    let read = context.slip(&mut row);
                    keep(read, &row, &mut drafts.slips);
                }
                Sheet::Applicants => {
                    let read = context.applicant(&mut row);
                    keep(read, &row, &mut drafts.applicants);
                }
            }
            drafts.bad.append(&mut row.bad);
            drafts.notes.append(&mut row.notes);
        }
    }
    Some(drafts)
}

/// A row with any bad cell is no draft.
fn keep<T>(read: Option<T>, row: &RowReader<'_>, rows: &mut Vec<T>) {
    if row.bad.is_empty() {
        rows.extend(read);
    }
}

/// The lists of a notice, gathered once.
struct Words {
    levels: Vec<String>,
    sources: Vec<String>,
    tasks: Vec<String>,
    applied_levels: Vec<String>,
    reasons: Vec<String>,
    subjects: Vec<String>,
    degrees: Vec<String>,
    proofs: Vec<String>,
}

impl Words {
    fn of(notice: &Notice) -> Self {
        let column = |sheet: Sheet, name: &str| {
            sheet
                .columns()
                .iter()
                .find(|column| column.name == name)
                .map(|column| column.listed.words(notice))
                .unwrap_or_default()
        };
        Self {
            levels: Listed::RecordLevels.words(notice),
            sources: Listed::Sources.words(notice),
            tasks: Listed::Tasks.words(notice),
            applied_levels: Listed::AppliedLevels.words(notice),
            reasons: Listed::DeemReasons.words(notice),
            subjects: Listed::Subjects.words(notice),
            degrees: column(Sheet::People, "学位"),
            proofs: column(Sheet::Records, "证明方式"),
        }
    }
}

struct Context<'a> {
    notice: &'a Notice,
    words: &'a Words,
    folder: &'a mut Folder,
}

impl<'a> Context<'a> {
    fn origin(row: &RowReader<'_>) -> Origin {
        Origin {
            sheet: row.sheet_name().to_owned(), row: row.row, id_typed: row.shown("身份证号")
        }
    }

    fn person(&self, row: &mut RowReader<'_>, id: Option<IdNumber>) -> Option<PersonDraft> {
        let name = row.text("姓名").map(|name| text::name(&name));
        let birth_date = row.date("出生日期");
        let title_date = row.date("现职称取得日期");
        let employed = row.date("参加工作日期");
        let degree = row.text("学位").filter(|degree| !is_none_word(degree));
        let degree = degree.and_then(|degree| {
            // 医学硕士, 博士研究生: the highest that is named.
            let word = self.words.degrees.iter().rev().find(|word| degree.contains(word.as_str()));
            if word.is_none() {
                let known = one_of(&self.words.degrees);
                row.reject("学位", format!("{known}，没有学位留空"));
            }
            word.cloned()
        });
        Some(PersonDraft {
            origin: Self::origin(row),
            name: name?,
            sex: row
                .text("性别")
                .map(|sex| text::code(&sex).trim_end_matches(['性', '姓']).to_owned()),
            birth_date,
            workplace: row.text("工作单位").map(|name| text::name(&name)),
            section: row.text("科室"),
            education: row.text("学历"),
            degree,
            title: row.text("现职称"),
            title_date,
            series: row.text("系列"),
            speciality: row.text("从事专业"),
            handbook_number: row.text("登记证书编号"),
            employed,
            phone: row.text("联系电话"),
            note: row.text("备注"),
            id_number: id?,
        })
    }

    fn record(&mut self, row: &mut RowReader<'_>) -> Option<RecordDraft> {
        let id = row.id_number("身份证号");
        let subject = self.subject(row);
        let form = self.form(row);
        let title = row.text("内容");
        let start = row.date("开始日期");
        let end = row.date("结束日期");
        let year = row.typed("年度", parse::year);
        let near = start.map(|start| start.year());
        let sessions = row.typed("时段", |cell| sessions(cell, near));
        let rank = row.typed("名次", parse::rank);
        let level = self.of_form(row, "级别", form, |form| &form.levels, &self.words.levels);
        let source = self.of_form(row, "来源", form, |form| &form.sources, &self.words.sources);
        let task = self.of_form(row, "任务", form, |form| &form.tasks, &self.words.tasks);
        let quantity = row.typed("数量", parse::count);
        let passed = row.typed("通过", parse::count);
        let certified = row.typed("证书学时", parse::hours);
        let minutes = row.typed("时长(分钟)", parse::count);
        let mode = row.typed("面授/网络", parse::mode);
        let filing_date = row.date("备案日期");
        let related = row.typed("与专业相关", parse::yes_no);
        let in_paper_handbook = row.typed("已登纸质手册", parse::yes_no);
        let proof_kind = row.typed("证明方式", |cell| {
            let typed = text::fold(cell);
            let word = self.words.proofs.iter().find(|word| **word == typed);
            word.cloned().ok_or_else(|| one_of(&self.words.proofs))
        });
        let files = self.files(row, form);
        let mut activity = Activity::new(form?.id, subject?, title?, start?);
        activity.year = year;
        activity.organiser = row.text("主办单位").unwrap_or_default();
        activity.end = end;
        activity.sessions = sessions.unwrap_or_default();
        activity.rank = rank;
        activity.level = level;
        activity.source = source;
        activity.quantity = quantity;
        activity.passed = passed;
        activity.certified = certified;
        activity.minutes = minutes;
        activity.serial = row.text("刊号");
        activity.task = task;
        activity.assessment = row.text("考核结果");
        activity.certificate_number = row.text("证书编号");
        activity.platform = row.text("平台").map(|name| self.platform(name));
        activity.region = row.text("注册地区").map(|region| text::code(&region));
        activity.mode = mode;
        activity.filing_number = row.text("备案号");
        activity.filing_date = filing_date;
        activity.related = related;
        activity.proof_kind = proof_kind;
        activity.in_paper_handbook = in_paper_handbook;
        Some(RecordDraft {
            origin: Self::origin(row),
            id_number: id?,
            name: row.text("姓名").map(|name| text::name(&name)),
            activity,
            event: row.text("班次"),
            files,
            note: row.text("备注"),
        })
    }

    fn deemed(&mut self, row: &mut RowReader<'_>) -> Option<DeemedDraft> {
        let id = row.id_number("身份证号");
        let year = row.typed("年度", parse::year);
        let reason = row.text("事由").map(|reason| {
            let typed = text::fold(&reason);
            let known = self.words.reasons.iter().find(|word| text::fold(word) == typed);
            known.cloned().unwrap_or(reason)
        });
        let all = matches!(
            text::fold(&row.shown("科目")).as_str(),
            "全部" | "全" | "公需和专业" | "公需、专业"
        );
        let subject = if all { Some(None) } else { self.subject(row).map(Some) };
        let hours = row.typed("学时", parse::hours);
        let files = self.files(row, None);
        Some(DeemedDraft {
            origin: Self::origin(row),
            basis: row.text("依据"),
            id_number: id?,
            year: year?,
            reason: reason?,
            subject,
            hours,
            files,
        })
    }

    fn slip(&mut self, row: &mut RowReader<'_>) -> Option<SlipDraft> {
        let id = row.id_number("身份证号");
        let number = row.text("单号");
        let issued = row.date("出具日期");
        let first = row.typed("起始年度", parse::year);
        let last = row.typed("截止年度", parse::year);
        let hours = row.typed("学时", |cell| slip_hours(self.notice, cell));
        match (first, last, &hours) {
            (Some(first), Some(last), _) if last < first => row.remark(format!(
                "认定单的截止年度 {last} 在起始年度 {first} 之前，不认定任何年度，请照认定单核对"
            )),
            (Some(first), Some(last), Some(hours)) => {
                if let Some(year) = hours.keys().find(|year| !(first..=last).contains(year)) {
                    row.remark(format!(
                        "认定单学时里的 {year} 年不在起止年度 {first}–{last} 之内，请核对"
                    ));
                }
            }
            _ => {}
        }
        let files = self.files(row, None);
        Some(SlipDraft {
            origin: Self::origin(row),
            issuer: row.text("出具单位"),
            issued,
            id_number: id?,
            number: number?,
            first_year: first?,
            last_year: last?,
            hours,
            files,
        })
    }

    fn applicant(&self, row: &mut RowReader<'_>) -> Option<ApplicantDraft> {
        let id = row.id_number("身份证号");
        let campaign = row.typed("申报年度", parse::year);
        let level = row.typed("申报级别", |cell| {
            let level = self.notice.level_by_text(cell);
            level.map(|level| level.name.clone()).ok_or_else(|| one_of(&self.words.applied_levels))
        });
        let speciality = row.text("申报专业");
        let start_override = row.typed("起始年度", parse::year);
        if let (Some(campaign), Some(start)) = (campaign, start_override)
            && start > campaign
        {
            row.remark(format!("起始年度 {start} 在申报年度 {campaign} 之后，请核对"));
        }
        Some(ApplicantDraft {
            origin: Self::origin(row),
            series: row.text("申报系列"),
            note: row.text("说明"),
            id_number: id?,
            campaign: campaign?,
            level: level?,
            speciality: speciality?,
            start_override,
        })
    }

    /// 公需 / 专业, 公需科目, 专业课; or the subject's id.
    fn subject(&self, row: &mut RowReader<'_>) -> Option<Subject> {
        row.typed("科目", |cell| {
            let subject = self.notice.subject_by_text(cell);
            subject.map(|subject| subject.id.clone()).ok_or_else(|| one_of(&self.words.subjects))
        })
    }

    /// A form by number, `1 培训班`, its name or a synonym.
    fn form(&self, row: &mut RowReader<'_>) -> Option<&'a Form> {
        let notice = self.notice;
        row.typed("形式", |cell| {
            notice.form_by_text(cell).ok_or_else(|| {
                let last = notice.forms.iter().map(|form| form.id.0).max().unwrap_or(1);
                format!("请写形式的编号 1–{last} 或名称，名称见模板的「填写说明」")
            })
        })
    }

    /// A word that the form lists; a form that lists none takes any form's words.
    fn of_form(
        &self,
        row: &mut RowReader<'_>,
        name: &str,
        form: Option<&Form>,
        own: impl Fn(&Form) -> &Vec<String>,
        any: &[String],
    ) -> Option<String> {
        let words = match form.map(own) {
            Some(own) if !own.is_empty() => own,
            _ => any,
        };
        row.typed(name, |cell| {
            self.notice.word(cell, words).map(str::to_owned).ok_or_else(|| one_of(words))
        })
    }

    /// A platform's name as the notice spells it.
    fn platform(&self, typed: String) -> String {
        self.notice.platform(&typed).map_or(typed, |platform| platform.name.clone())
    }

    fn files(&mut self, row: &mut RowReader<'_>, form: Option<&Form>) -> Vec<FileRef> {
        let (notice, folder) = (self.notice, &mut *self.folder);
        let slot = |name: &str| {
            let slot = match form {
                Some(form) => notice.slot_of_form(form.id, name),
                None => notice.slot_by_text(name),
            };
            slot.map(|slot| &slot.id)
        };
        row.typed_raw("证明材料", |cell| files(&slot, folder, cell)).unwrap_or_default()
    }
}

/// `请写「公需」「专业」中的一个`
fn one_of(words: &[String]) -> String {
    let words: String = words.iter().map(|word| format!("「{word}」")).collect();
    format!("请写{words}中的一个")
}

/// What people write into an empty cell.
fn is_none_word(text: &str) -> bool {
    matches!(text, "无" | "无学位" | "没有" | "-" | "—" | "——" | "/" | "\\")
}

/// The hours of a slip: `2015:30/60; 2016:30/72`, in the notice's order of subjects, a total behind them allowed.
fn slip_hours(
    notice: &Notice,
    cell: &str,
) -> Result<BTreeMap<i32, BTreeMap<Subject, Hours>>, String> {
    let names: Vec<&str> = notice.subjects.iter().map(|subject| subject.name.as_str()).collect();
    let wrong = |entry: &str| {
        format!("「{entry}」认不出，请写成 2015:30/60; 2016:30/72，依次是{}学时", names.join("、"))
    };
    let mut years = BTreeMap::new();
    for entry in cell.split([';', '；', ',', '，', '、', '\n', '\r']) {
        let plain = text::code(entry);
        if plain.is_empty() {
            continue;
        }
        let (year, numbers) = plain.split_once([':', '=']).ok_or_else(|| wrong(entry.trim()))?;
        let year = parse::year(year)?;
        let hours: Vec<Hours> =
            numbers.split(['/', '+']).map(parse::hours).collect::<Result<_, _>>()?;
        let count = notice.subjects.len();
        let total: Hours = hours.iter().take(count).copied().sum();
        match hours.get(count..) {
            Some([]) => {}
            Some([sum]) if *sum == total => {}
            _ => return Err(wrong(entry.trim())),
        }
        let by_subject = notice.subjects.iter().map(|subject| subject.id.clone()).zip(hours);
        if years.insert(year, by_subject.collect()).is_some() {
            return Err(format!("{year} 年写了两次，请核对"));
        }
    }
    Ok(years)
}
