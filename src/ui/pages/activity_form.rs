//! The fields of one activity: only those that its form asks for. Sessions are picked on small days.

use super::form_row;
use crate::notice::{
    Activity, DayPart, Field, Form, FormId, Hours, Mode, Notice, Rank, Session, Subject,
};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, combo, icon_button, link, note, segment, small};
use crate::ui::words;
use chrono::{Days, NaiveDate, Weekday};
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align2, CursorIcon, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use std::collections::BTreeSet;

/// What is filled in; numbers stay text until they can be read.
#[derive(Debug, Clone)]
pub struct ActivityForm {
    pub form: FormId,
    subject: Subject,
    title: String,
    organiser: String,
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
    /// The rest of an activity that is being changed, kept as it is.
    rest: Option<Box<Activity>>,
}

impl ActivityForm {
    /// An empty form; days begin at `day`.
    pub fn new(notice: &Notice, form: FormId, day: NaiveDate) -> Self {
        let subject = notice.subjects.iter().map(|rule| rule.id.clone()).next_back();
        Self {
            form,
            subject: subject.unwrap_or_else(Subject::specialty),
            title: String::new(),
            organiser: String::new(),
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
            rest: None,
        }
    }

    /// Filled from an activity.
    pub fn of(notice: &Notice, activity: &Activity) -> Self {
        let words = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<u32>| number.map_or_else(String::new, |n| n.to_string());
        Self {
            subject: activity.subject.clone(),
            title: activity.title.clone(),
            organiser: activity.organiser.clone(),
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
            rest: Some(Box::new(activity.clone())),
            ..Self::new(notice, activity.form, activity.start)
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
        activity.assessment = words(Field::Assessment, &self.assessment);
        activity.platform = words(Field::Platform, &self.platform);
        activity.region = words(Field::Region, &self.region);
        activity.certificate_number = words(Field::CertificateNumber, &self.certificate_number);
        activity.mode = self.mode;
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
                Field::Assessment => form_row(ui, "考核结果", |ui| {
                    combo(
                        ui,
                        "考核结果",
                        140.0,
                        &["", "合格", "优秀", "不合格"],
                        &mut self.assessment,
                    );
                }),
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

    /// Seven small days with 上 / 下 / 晚; a click on the date takes the whole day.
    fn days(&mut self, ui: &mut Ui, year: i32) {
        let t = Tokens::of(ui);
        ui.horizontal(|ui| {
            if icon_button(ui, Icon::Left, "上一周", true, false).clicked() {
                self.monday = self.monday.checked_sub_days(Days::new(7)).unwrap_or(self.monday);
            }
            let mut from = Some(self.monday);
            if date_field(ui, "从哪天起", year, &mut from)
                && let Some(day) = from
            {
                self.monday = day;
            }
            if icon_button(ui, Icon::Right, "下一周", true, false).clicked() {
                self.monday = self.monday.checked_add_days(Days::new(7)).unwrap_or(self.monday);
            }
            if !self.sessions.is_empty() && link(ui, "清空时段").clicked() {
                self.sessions.clear();
            }
        });
        let gap = 6.0;
        let room = ui.available_width();
        let days = (((room + gap) / (54.0 + gap)) as u64).clamp(3, 7);
        let width = ((room - gap * (days - 1) as f32) / days as f32).min(84.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for nr in 0..days {
                if let Some(day) = self.monday.checked_add_days(Days::new(nr)) {
                    self.day(ui, day, width);
                }
            }
        });
        if !self.sessions.is_empty() {
            small(ui, words::sessions(&self.sessions));
        } else {
            note(ui, "点日期选全天，点 上、下、晚 选半天和晚上", t.ink3);
        }
    }

    fn day(&mut self, ui: &mut Ui, day: NaiveDate, width: f32) {
        let t = Tokens::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(width, 72.0), Sense::click());
        let session = |part| Session { date: day, part };
        let any = DayPart::ALL.iter().any(|&part| self.sessions.contains(&session(part)));
        let line = if response.has_focus() {
            Stroke::new(2.0, t.ink)
        } else if response.hovered() {
            Stroke::new(1.0, t.ink3)
        } else {
            Stroke::new(1.0, t.line)
        };
        ui.painter().rect(rect, size::RADIUS, t.surface, line, StrokeKind::Inside);
        let ink = if any { t.ink } else { t.ink3 };
        let at = pos2(rect.center().x, rect.top() + 4.0);
        ui.painter().text(at, Align2::CENTER_TOP, words::weekday(day), theme::text(12.0), ink);
        let at = pos2(rect.center().x, rect.top() + 20.0);
        let date = day.format("%-m-%d").to_string();
        ui.painter().text(at, Align2::CENTER_TOP, date, theme::bold(14.0), ink);
        let whole = [session(DayPart::Morning), session(DayPart::Afternoon)];
        let all = whole.iter().all(|session| self.sessions.contains(session));
        let name = format!("{} 全天", day.format("%Y-%m-%d"));
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, all, &name));
        let inner = rect.width() - 12.0;
        let seg = (inner - 4.0) / 3.0;
        let mut on_part = false;
        for (nr, part) in DayPart::ALL.into_iter().enumerate() {
            let left = rect.left() + 6.0 + (seg + 2.0) * nr as f32;
            let place = Rect::from_min_size(pos2(left, rect.bottom() - 26.0), vec2(seg, 20.0));
            let id = response.id.with(nr);
            let part_response = ui.interact(place, id, Sense::click());
            let on = self.sessions.contains(&session(part));
            let (fill, ink) = match (on, part_response.hovered()) {
                (true, _) => (t.chosen, t.on_chosen),
                (false, true) => (t.line, t.ink),
                (false, false) => (t.sunken, t.ink3),
            };
            ui.painter().rect_filled(place, 3.0, fill);
            if part_response.has_focus() {
                ui.painter().rect_stroke(place, 3.0, Stroke::new(2.0, t.seal), StrokeKind::Inside);
            }
            let short: String = part.name().chars().take(1).collect();
            ui.painter().text(place.center(), Align2::CENTER_CENTER, short, theme::text(12.0), ink);
            let name = format!("{} {}", day.format("%Y-%m-%d"), part.name());
            part_response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
            if part_response.on_hover_cursor(CursorIcon::PointingHand).clicked() {
                on_part = true;
                if !self.sessions.remove(&session(part)) {
                    self.sessions.insert(session(part));
                }
            }
        }
        if response.on_hover_cursor(CursorIcon::PointingHand).clicked() && !on_part {
            if all {
                whole.iter().for_each(|session| {
                    self.sessions.remove(session);
                });
            } else {
                self.sessions.extend(whole);
            }
        }
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
