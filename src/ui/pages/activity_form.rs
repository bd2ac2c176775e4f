//! The fields of one activity: only those that its form asks for. Sessions are picked on small days.

mod sessions;

use super::form_row;
use crate::notice::{Activity, Field, Form, FormId, Hours, Mode, Notice, Rank, Session, Subject};
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, combo, link, note, segment, small};
use chrono::{NaiveDate, Weekday};
use eframe::egui::{Ui, vec2};
use std::collections::BTreeSet;

/// Who organises a training (B2-05).
const ORGANISERS: [&str; 3] = ["行业主管部门", "本单位", "其他"];

/// What is filled in; numbers stay text until they can be read.
#[derive(Debug, Clone)]
pub struct ActivityForm {
    pub form: FormId,
    subject: Subject,
    title: String,
    organiser: String,
    organiser_kind: String,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    sessions: BTreeSet<Session>,
    /// The first of the seven days that are shown.
    monday: NaiveDate,
    rank: Rank,
    place: String,
    level: String,
    source: String,
    task: String,
    quantity: String,
    passed: String,
    certified: String,
    minutes: String,
    serial: String,
    assessment: String,
    platform: String,
    region: String,
    certificate_number: String,
    mode: Option<Mode>,
    related: Option<bool>,
    proof_kind: String,
    in_paper_handbook: bool,
    filing_number: String,
    filing_date: Option<NaiveDate>,
    /// The seldom-asked fields are shown.
    more: bool,
    /// The rest of an activity that is being changed, kept as it is.
    rest: Option<Box<Activity>>,
}

impl ActivityForm {
    /// An empty form; days begin at `day`.
    pub fn new(notice: &Notice, form: FormId, day: NaiveDate) -> Self {
        let subject = notice.subjects.iter().map(|rule| rule.id.clone()).next_back();
        Self::blank(form, subject.unwrap_or_else(Subject::specialty), day)
    }

    fn blank(form: FormId, subject: Subject, day: NaiveDate) -> Self {
        Self {
            form,
            subject,
            title: String::new(),
            organiser: String::new(),
            organiser_kind: String::new(),
            start: None,
            end: None,
            sessions: BTreeSet::new(),
            monday: day.week(Weekday::Mon).first_day(),
            rank: Rank::Lead,
            place: String::new(),
            level: String::new(),
            source: String::new(),
            task: String::new(),
            quantity: String::new(),
            passed: String::new(),
            certified: String::new(),
            minutes: String::new(),
            serial: String::new(),
            assessment: String::new(),
            platform: String::new(),
            region: String::new(),
            certificate_number: String::new(),
            mode: None,
            related: None,
            proof_kind: String::new(),
            in_paper_handbook: false,
            filing_number: String::new(),
            filing_date: None,
            more: false,
            rest: None,
        }
    }

    /// Filled from an activity.
    pub fn of(activity: &Activity) -> Self {
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
        Self {
            title: activity.title.clone(),
            organiser: activity.organiser.clone(),
            organiser_kind: words(&activity.organiser_kind),
            start: Some(activity.start),
            end: activity.end,
            sessions: activity.sessions.clone(),
            rank: match activity.rank {
                Some(Rank::Place(_)) | None => Rank::Place(0),
                Some(rank) => rank,
            },
            place: match activity.rank {
                Some(Rank::Place(place)) => place.to_string(),
                _ => String::new(),
            },
            level: words(&activity.level),
            source: words(&activity.source),
            task: words(&activity.task),
            quantity: number(activity.quantity),
            passed: number(activity.passed),
            certified: activity.certified.map_or_else(String::new, |hours| hours.to_string()),
            minutes: number(activity.minutes),
            serial: words(&activity.serial),
            assessment: words(&activity.assessment),
            platform: words(&activity.platform),
            region: words(&activity.region),
            certificate_number: words(&activity.certificate_number),
            mode: activity.mode,
            related: activity.related,
            proof_kind: words(&activity.proof_kind),
            in_paper_handbook: activity.in_paper_handbook == Some(true),
            filing_number: words(&activity.filing_number),
            filing_date: activity.filing_date,
            more: true,
            rest: Some(Box::new(activity.clone())),
            ..Self::blank(activity.form, activity.subject.clone(), activity.start)
        }
    }

    /// The same for other people: what is one person's own is left out.
    pub fn for_others(activity: &Activity) -> Self {
        Self {
            certificate_number: String::new(),
            assessment: String::new(),
            in_paper_handbook: false,
            ..Self::of(activity)
        }
    }

    fn asks(form: &Form, field: Field) -> bool {
        form.asks.contains(&field)
    }

    /// The activity as filled in, with an empty title allowed; `None` while a date is missing.
    pub fn activity(&self, notice: &Notice) -> Option<Activity> {
        let form = notice.form(self.form)?;
        let by_sessions = Self::asks(form, Field::Sessions);
        let first = self.sessions.first().map(|session| session.date);
        let last = self.sessions.last().map(|session| session.date);
        let start = if by_sessions { first.or(self.start) } else { self.start.or(self.end) }?;
        let end = if by_sessions { last.or(self.end) } else { self.end };
        let words = |field: Field, text: &str| {
            (Self::asks(form, field) && !text.trim().is_empty()).then(|| text.trim().to_owned())
        };
        let number =
            |field: Field, text: &str| words(field, text).and_then(|text| text.parse::<u32>().ok());
        let mut activity = match &self.rest {
            Some(rest) => (**rest).clone(),
            None => Activity::new(self.form, self.subject.clone(), "", start),
        };
        activity.form = self.form;
        activity.subject = form.fixed_subject.clone().unwrap_or_else(|| self.subject.clone());
        self.title.trim().clone_into(&mut activity.title);
        self.organiser.trim().clone_into(&mut activity.organiser);
        activity.organiser_kind =
            (!self.organiser_kind.is_empty()).then(|| self.organiser_kind.clone());
        activity.start = start;
        activity.end = end.filter(|&end| end != start);
        activity.sessions = if by_sessions { self.sessions.clone() } else { BTreeSet::new() };
        activity.rank =
            Self::asks(form, Field::Rank).then_some(()).and_then(|()| match self.rank {
                Rank::Place(_) => {
                    self.place.trim().parse().ok().filter(|&p| p > 0).map(Rank::Place)
                }
                rank => Some(rank),
            });
        activity.level = words(Field::Level, &self.level);
        activity.source = words(Field::Source, &self.source);
        activity.task = words(Field::Task, &self.task);
        activity.quantity = number(Field::Quantity, &self.quantity);
        activity.passed = number(Field::Passed, &self.passed);
        activity.certified = words(Field::Certified, &self.certified)
            .and_then(|text| text.parse().ok())
            .and_then(Hours::from_f64);
        activity.minutes = number(Field::Certified, &self.minutes);
        activity.serial = words(Field::Serial, &self.serial);
        activity.assessment =
            (!self.assessment.trim().is_empty()).then(|| self.assessment.trim().to_owned());
        activity.platform = words(Field::Platform, &self.platform);
        activity.region = words(Field::Region, &self.region);
        activity.certificate_number = words(Field::CertificateNumber, &self.certificate_number);
        activity.mode = self.mode;
        activity.related = self.related;
        let kept = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        activity.proof_kind = kept(&self.proof_kind);
        activity.filing_number = kept(&self.filing_number);
        activity.filing_date = self.filing_date;
        activity.in_paper_handbook = self.in_paper_handbook.then_some(true);
        Some(activity)
    }

    /// What still has to be filled in before it can be registered.
    pub fn lacking(&self, notice: &Notice) -> Vec<&'static str> {
        let mut lacking = Vec::new();
        if self.title.trim().is_empty() {
            lacking.push("内容");
        }
        if self.activity(notice).is_none() {
            let by_sessions =
                notice.form(self.form).is_some_and(|form| Self::asks(form, Field::Sessions));
            lacking.push(if by_sessions { "时段" } else { "日期" });
        }
        lacking
    }

    pub fn show(&mut self, ui: &mut Ui, notice: &Notice, told: bool, year: i32, region: &str) {
        let t = Tokens::of(ui);
        let Some(form) = notice.form(self.form) else { return };
        form_row(ui, "内容", |ui| {
            let bad = told && self.title.trim().is_empty();
            let hint = "培训、论文、项目的全称";
            TextField::new("内容").hint(hint).bad(bad).show(ui, &mut self.title);
            if bad {
                note(ui, "请填写内容", t.seal);
            }
        });
        form_row(ui, "科目", |ui| {
            ui.horizontal(|ui| match &form.fixed_subject {
                Some(subject) => {
                    segment(ui, notice.subject_name(subject), true);
                    small(ui, "这一形式按通知只计入这一科目");
                }
                None => {
                    for rule in notice.subjects.iter().rev() {
                        if segment(ui, &rule.name, self.subject == rule.id).clicked() {
                            self.subject = rule.id.clone();
                        }
                    }
                }
            });
        });
        form_row(ui, "主办单位", |ui| {
            TextField::new("主办单位").show(ui, &mut self.organiser);
            if Self::asks(form, Field::Sessions) {
                ui.horizontal_wrapped(|ui| {
                    ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
                    for kind in ORGANISERS {
                        let on = self.organiser_kind == kind;
                        if segment(ui, kind, on).clicked() {
                            self.organiser_kind = if on { String::new() } else { kind.to_owned() };
                        }
                    }
                });
            }
        });
        if Self::asks(form, Field::Sessions) {
            form_row(ui, "时段", |ui| {
                self.days(ui, year);
                if told && self.activity(notice).is_none() {
                    note(ui, "请在日历上点出参加的时段", t.seal);
                }
            });
        } else {
            form_row(ui, "日期", |ui| {
                ui.horizontal(|ui| {
                    ui.set_height(size::FIELD);
                    date_field(ui, "开始日期", year, &mut self.start);
                    small(ui, "至");
                    date_field(ui, "结束日期", year, &mut self.end);
                });
                if told && self.activity(notice).is_none() {
                    note(ui, "请填写日期", t.seal);
                } else {
                    small(ui, "结题、出版、授权、获奖、通过的日期填在结束日期");
                }
            });
        }
        self.asked(ui, notice, form, region);
        if !Self::asks(form, Field::Assessment) {
            form_row(ui, "考核结果", |ui| self.assessed(ui));
        }
        if self.more {
            self.seldom(ui, year);
        } else {
            form_row(ui, "", |ui| {
                if link(ui, "更多项目 ›")
                    .on_hover_text("与专业相关、面授网络、备案、证明方式")
                    .clicked()
                {
                    self.more = true;
                }
            });
        }
    }

    fn assessed(&mut self, ui: &mut Ui) {
        combo(ui, "考核结果", 140.0, &["", "合格", "优秀", "不合格"], &mut self.assessment);
    }

    /// Fields that no form needs but papers and findings look at (B1-03, B2-02, B2-06, B2-08, B2-09).
    fn seldom(&mut self, ui: &mut Ui, year: i32) {
        form_row(ui, "与专业", |ui| {
            ui.horizontal(|ui| {
                for (related, name) in [(Some(true), "与本人专业相关"), (Some(false), "不相关")]
                {
                    if segment(ui, name, self.related == related).clicked() {
                        self.related = if self.related == related { None } else { related };
                    }
                }
            });
        });
        form_row(ui, "方式", |ui| {
            ui.horizontal(|ui| {
                for (mode, name) in [(Mode::FaceToFace, "面授"), (Mode::Online, "网络")] {
                    if segment(ui, name, self.mode == Some(mode)).clicked() {
                        self.mode = if self.mode == Some(mode) { None } else { Some(mode) };
                    }
                }
            });
        });
        form_row(ui, "备案", |ui| {
            ui.horizontal(|ui| {
                ui.set_height(size::FIELD);
                TextField::new("备案号")
                    .hint("备案号")
                    .width(160.0)
                    .show(ui, &mut self.filing_number);
                date_field(ui, "备案日期", year, &mut self.filing_date);
            });
        });
        form_row(ui, "证明方式", |ui| {
            ui.horizontal(|ui| {
                let kinds = ["", "登记手册", "登记卡", "合格证", "结业证书", "其他"];
                combo(ui, "证明方式", 140.0, &kinds, &mut self.proof_kind);
                ui.checkbox(&mut self.in_paper_handbook, "已登纸质手册");
            });
        });
    }

    fn asked(&mut self, ui: &mut Ui, notice: &Notice, form: &Form, region: &str) {
        for &field in &form.asks {
            match field {
                Field::Sessions => {}
                Field::Rank => form_row(ui, "名次", |ui| self.ranks(ui)),
                Field::Level => choose(ui, "级别", &form.levels, &mut self.level),
                Field::Source => choose(ui, "来源", &form.sources, &mut self.source),
                Field::Task => choose(ui, "任务", &form.tasks, &mut self.task),
                Field::Quantity => number(ui, "数量", "模块或项数", &mut self.quantity),
                Field::Passed => number(ui, "通过门数", "本年度通过的课程", &mut self.passed),
                Field::Certified => form_row(ui, "证书学时", |ui| {
                    ui.horizontal(|ui| {
                        let name = "证书学时";
                        TextField::new(name).width(100.0).show(ui, &mut self.certified);
                        small(ui, "没有学时只有时长的，填分钟");
                        TextField::new("分钟").width(90.0).show(ui, &mut self.minutes);
                    });
                }),
                Field::Serial => form_row(ui, "刊号", |ui| {
                    let hint = "例如 CN 43-1234/R";
                    TextField::new("刊号").hint(hint).width(240.0).show(ui, &mut self.serial);
                }),
                Field::Assessment => form_row(ui, "考核结果", |ui| self.assessed(ui)),
                Field::Platform => form_row(ui, "平台", |ui| {
                    ui.horizontal(|ui| {
                        let names: Vec<&str> = std::iter::once("")
                            .chain(notice.platforms.iter().map(|p| p.name.as_str()))
                            .collect();
                        combo(ui, "平台", 220.0, &names, &mut self.platform);
                        let hint = "或填平台全称";
                        TextField::new("平台全称").hint(hint).show(ui, &mut self.platform);
                    });
                }),
                Field::Region => form_row(ui, "注册地区", |ui| {
                    TextField::new("注册地区").hint(region).width(300.0).show(ui, &mut self.region);
                    if !region.is_empty() && self.region.is_empty() && link(ui, region).clicked() {
                        region.clone_into(&mut self.region);
                    }
                }),
                Field::CertificateNumber => form_row(ui, "证书编号", |ui| {
                    TextField::new("证书编号").width(240.0).show(ui, &mut self.certificate_number);
                }),
            }
        }
    }

    fn ranks(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            for (rank, name) in [(Rank::Lead, "主持"), (Rank::Member, "参与"), (Rank::Sole, "独立")]
            {
                if segment(ui, name, self.rank == rank).clicked() {
                    self.rank = rank;
                }
            }
            let by_place = matches!(self.rank, Rank::Place(_));
            if segment(ui, "按排名", by_place).clicked() {
                self.rank = Rank::Place(0);
            }
            if by_place {
                small(ui, "第");
                TextField::new("名次").width(60.0).show(ui, &mut self.place);
                small(ui, "名");
            }
        });
    }
}

fn choose(ui: &mut Ui, name: &str, words: &[String], chosen: &mut String) {
    form_row(ui, name, |ui| {
        ui.horizontal_wrapped(|ui| {
            for word in words {
                if segment(ui, word, chosen == word).clicked() {
                    if chosen == word {
                        chosen.clear();
                    } else {
                        chosen.clone_from(word);
                    }
                }
            }
        });
    });
}

fn number(ui: &mut Ui, name: &str, hint: &str, text: &mut String) {
    form_row(ui, name, |ui| {
        let t = Tokens::of(ui);
        let bad = !text.trim().is_empty() && text.trim().parse::<u32>().is_err();
        TextField::new(name).hint(hint).width(180.0).bad(bad).show(ui, text);
        if bad {
            note(ui, "请填数字", t.seal);
        }
    });
}
