//! The form that makes next year's notice of this year's, or changes one that was made so: checked as one
//! types by the very reader that reads notices, with what follows from it beside.

use crate::notice::Notice;
use crate::notice::load::{self, Fault};
use crate::notice::renew::Renewal;
use crate::ui::app::Cx;
use crate::ui::composing;
use crate::ui::dialog::Ask;
use crate::ui::office;
use crate::ui::pages::form_row;
use crate::ui::snapshot::{Plan, Snapshot};
use crate::ui::theme::Tokens;
use crate::ui::widgets::card::beside;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, h2, note, plain, primary, quiet, small, strong};
use chrono::NaiveDate;
use eframe::egui::{ScrollArea, Ui, UiBuilder};
use std::sync::Arc;

/// What is typed where numbers are meant.
struct Numbers {
    year: String,
    review: String,
    publicity: String,
    /// First and last year of each span.
    spans: Vec<[String; 2]>,
    /// First and last year of each platform.
    platforms: Vec<[String; 2]>,
}

/// The form.
pub struct Form {
    of: Arc<Notice>,
    text: Arc<str>,
    renewal: Renewal,
    numbers: Numbers,
    issued: Option<NaiveDate>,
    deadline: Option<NaiveDate>,
    basis: String,
    theme: String,
    words: String,
    /// A notice that is there already is changed.
    changes: bool,
    /// Take the choices (口径) of the old year along.
    rulings: bool,
    checked: Option<Checked>,
}

/// What the reader makes of the form as it stands.
struct Checked {
    text: String,
    notice: Option<Notice>,
    faults: Vec<Fault>,
    plan: Result<Plan, String>,
}

impl Form {
    pub fn renewing(snap: &Snapshot, year: i32) -> Self {
        Self::of(snap, Renewal::proposed(&snap.notice, year), false)
    }

    pub fn changing(snap: &Snapshot) -> Self {
        let notice = &snap.notice;
        let mut renewal = Renewal::proposed(notice, notice.campaign_year);
        renewal.document.clone_from(&notice.document);
        renewal.theme = notice
            .themes
            .iter()
            .find(|theme| theme.year == notice.campaign_year)
            .map(|theme| theme.texts.clone())
            .unwrap_or_default();
        renewal.deeming.iter_mut().for_each(|rule| rule.keep = true);
        Self::of(snap, renewal, true)
    }

    fn of(snap: &Snapshot, renewal: Renewal, changes: bool) -> Self {
        let year = |year: Option<i32>| year.map_or_else(String::new, |year| year.to_string());
        let spans = renewal.spans.iter();
        let platforms = renewal.platforms.iter();
        Self {
            of: Arc::clone(&snap.notice),
            text: Arc::clone(&snap.rules.text),
            numbers: Numbers {
                year: renewal.campaign_year.to_string(),
                review: renewal.review_workdays.to_string(),
                publicity: renewal.publicity_workdays.to_string(),
                spans: spans.map(|it| [it.first.to_string(), it.last.to_string()]).collect(),
                platforms: platforms.map(|it| [year(it.first_year), year(it.last_year)]).collect(),
            },
            issued: Some(renewal.issued),
            deadline: Some(renewal.deadline),
            basis: renewal.basis.join("\n"),
            theme: renewal.theme.join("\n"),
            words: String::new(),
            changes,
            rulings: true,
            renewal,
            checked: None,
        }
    }

    pub fn take_words(&mut self, words: String) {
        self.words = words;
    }

    /// The form; true when it is done with.
    pub fn show(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let (year, verb) = (self.renewal.campaign_year, if self.changes { "修改" } else { "新建" });
        let note = match self.changes {
            true => "存好以后照新的算，原来的留一份".to_owned(),
            false => format!("照 {} 年度的来，请逐项与新通知核对", self.of.campaign_year),
        };
        h2(ui, &format!("{verb} {year} 年度的通知"), &note);
        let room = ui.available_rect_before_wrap();
        let (fields, outcome) = beside(room, 280.0);
        let column = |ui: &mut Ui, rect, salt| {
            let mut column = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
            column.shrink_clip_rect(rect);
            column
        };
        let before = self.fingerprint();
        let mut left = column(ui, fields, "fields");
        ScrollArea::vertical().id_salt("renewal").auto_shrink(false).show(&mut left, |ui| {
            ui.set_max_width((ui.available_width() - 12.0).min(640.0));
            self.fields(ui, cx);
            ui.add_space(24.0);
        });
        if before != self.fingerprint() {
            self.checked = None;
        }
        if self.checked.is_none() && !composing::active(ui.ctx()) {
            self.checked = Some(self.check(cx.snap));
        }
        let mut right = column(ui, outcome, "outcome");
        ScrollArea::vertical()
            .id_salt("result")
            .auto_shrink(false)
            .show(&mut right, |ui| {
                let done = self.ending(ui, cx);
                ui.add_space(12.0);
                self.outcome(ui);
                done
            })
            .inner
    }

    /// Everything that was typed, to see whether it changed.
    fn fingerprint(&self) -> String {
        let Numbers { year, review, publicity, spans, platforms } = &self.numbers;
        format!(
            "{:?}{year}{review}{publicity}{spans:?}{platforms:?}{:?}{:?}{}{}",
            self.renewal, self.issued, self.deadline, self.basis, self.theme
        )
    }

    fn fields(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let renewal = &mut self.renewal;
        let line = |ui: &mut Ui, name: &str, hint: &str, width: f32, text: &mut String| {
            form_row(ui, name, |ui| {
                TextField::new(name).hint(hint).width(width).show(ui, text);
            });
        };
        if !self.changes {
            line(ui, "申报年度", "", 96.0, &mut self.numbers.year);
        }
        line(ui, "文号", "例如 州人社函〔2021〕36号", 360.0, &mut renewal.document);
        line(ui, "标题", "", f32::INFINITY, &mut renewal.title);
        let year = renewal.campaign_year;
        form_row(ui, "发文日期", |ui| {
            date_field(ui, "发文日期", year, &mut self.issued);
        });
        form_row(ui, "报送期限", |ui| {
            date_field(ui, "报送期限", year, &mut self.deadline);
        });
        form_row(ui, "复审留", |ui| {
            ui.horizontal(|ui| {
                TextField::new("复审留").width(64.0).show(ui, &mut self.numbers.review);
                small(ui, "个工作日给主管部门");
            });
        });
        form_row(ui, "公示", |ui| {
            ui.horizontal(|ui| {
                TextField::new("公示").width(64.0).show(ui, &mut self.numbers.publicity);
                small(ui, "个工作日");
            });
        });
        form_row(ui, "公需主题", |ui| {
            let hint = "一行一个；新通知没有写主题的不填";
            TextField::new("公需主题").hint(hint).rows(2).show(ui, &mut self.theme);
        });
        form_row(ui, "依据", |ui| {
            TextField::new("依据").hint("一行一个文件").rows(2).show(ui, &mut self.basis);
        });
        self.spans(ui);
        self.kept(ui);
        self.clauses(ui);
        self.full_text(ui, cx);
    }

    fn spans(&mut self, ui: &mut Ui) {
        ui.add_space(8.0);
        strong(ui, "认定起止");
        for (span, [first, last]) in self.renewal.spans.iter().zip(&mut self.numbers.spans) {
            ui.horizontal_wrapped(|ui| {
                let name = format!("{}：起", span.who);
                TextField::new(&name).width(72.0).show(ui, first);
                ui.label("至");
                let name = format!("{}：止", span.who);
                TextField::new(&name).width(72.0).show(ui, last);
                ui.label("年");
                small(ui, span.who.clone());
            });
        }
    }

    fn kept(&mut self, ui: &mut Ui) {
        ui.add_space(8.0);
        strong(ui, "视同");
        for rule in &mut self.renewal.deeming {
            ui.checkbox(&mut rule.keep, rule.what.clone());
            small(ui, rule.why.clone());
        }
        ui.add_space(8.0);
        strong(ui, "通知所列的平台");
        let numbers = self.numbers.platforms.iter_mut();
        for (platform, [first, last]) in self.renewal.platforms.iter_mut().zip(numbers) {
            ui.horizontal_wrapped(|ui| {
                ui.checkbox(&mut platform.keep, platform.name.clone());
                small(ui, "有效年度");
                let name = format!("{}：起始年度", platform.name);
                TextField::new(&name).hint("不限").width(72.0).show(ui, first);
                ui.label("至");
                let name = format!("{}：截止年度", platform.name);
                TextField::new(&name).hint("不限").width(72.0).show(ui, last);
            });
        }
        small(ui, "新通知另列的平台，存好以后在“平台”里添加。");
    }

    fn clauses(&mut self, ui: &mut Ui) {
        ui.add_space(8.0);
        strong(ui, "带年份、日期的条款");
        small(ui, "年份是推算的，请照新通知逐句改成原文。");
        for clause in &mut self.renewal.clauses {
            small(ui, clause.place.clone());
            let name = format!("条款 {}", clause.id);
            TextField::new(&name).rows(2).show(ui, &mut clause.quote);
        }
    }

    fn full_text(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        ui.add_space(8.0);
        strong(ui, "新通知全文");
        small(ui, "贴上全文，规则旁边就能对照原文；也可以以后再补。");
        TextField::new("新通知全文")
            .hint("从网页或 Word 里复制过来")
            .rows(5)
            .show(ui, &mut self.words);
        ui.add_space(4.0);
        if plain(ui, "从文本文件读入").clicked() {
            cx.dialogs.ask(Ask::NoticeWords, "");
        }
        if !self.changes && !self.of.changed.is_empty() {
            ui.add_space(8.0);
            let words = format!(
                "沿用 {} 年度另定的口径（{} 处）",
                self.of.campaign_year,
                self.of.changed.len()
            );
            ui.checkbox(&mut self.rulings, words);
        }
    }

    /// Reads the numbers and lets the reader of notices judge the whole.
    fn check(&mut self, snap: &Snapshot) -> Checked {
        let mut faults = Vec::new();
        let mut number = |name: &str, text: &str, low: i32, high: i32| {
            let read = text.trim().parse::<i32>().ok().filter(|it| (low..=high).contains(it));
            if read.is_none() {
                faults.push(Fault {
                    line: None,
                    key: name.to_owned(),
                    message: format!("“{}”不能用", text.trim()),
                    fix: format!("请填 {low} 到 {high} 之间的整数"),
                });
            }
            read
        };
        let renewal = &mut self.renewal;
        if let Some(year) = number("申报年度", &self.numbers.year, 1990, 2100)
            && year != renewal.campaign_year
        {
            let fresh = Renewal::proposed(&self.of, year);
            (renewal.campaign_year, renewal.id) = (year, fresh.id);
        }
        let count = |it: i32| u32::try_from(it).unwrap_or_default();
        if let Some(days) = number("复审留", &self.numbers.review, 0, 60) {
            renewal.review_workdays = count(days);
        }
        if let Some(days) = number("公示", &self.numbers.publicity, 1, 60) {
            renewal.publicity_workdays = count(days);
        }
        for (span, [first, last]) in renewal.spans.iter_mut().zip(&self.numbers.spans) {
            span.first = number(&span.who, first, 1990, 2100).unwrap_or(span.first);
            span.last = number(&span.who, last, 1990, 2100).unwrap_or(span.last);
        }
        for (platform, years) in renewal.platforms.iter_mut().zip(&self.numbers.platforms) {
            let mut year = |text: &str| match text.trim() {
                "" => None,
                text => number(&platform.name, text, 1990, 2100),
            };
            (platform.first_year, platform.last_year) = (year(&years[0]), year(&years[1]));
        }
        for (name, date) in [("发文日期", self.issued), ("报送期限", self.deadline)] {
            if date.is_none() {
                let message = "还没有填".to_owned();
                let fix = "请填日期，例如 2021-8-30".to_owned();
                faults.push(Fault { line: None, key: name.to_owned(), message, fix });
            }
        }
        renewal.issued = self.issued.unwrap_or(renewal.issued);
        renewal.deadline = self.deadline.unwrap_or(renewal.deadline);
        let lines = |text: &str| -> Vec<String> {
            text.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
        };
        renewal.basis = lines(&self.basis);
        renewal.theme = lines(&self.theme);
        let text = renewal.written(&self.text, &self.of).unwrap_or_default();
        faults.extend(load::faults(&text));
        let notice = if faults.is_empty() { load::load("新通知", &text).ok() } else { None };
        let plan = match &notice {
            Some(notice) => Plan::make(notice, &snap.calendar, &snap.unit, snap.today)
                .map_err(|failure| failure.to_string()),
            None => Err(String::new()),
        };
        Checked { text, notice, faults, plan }
    }

    /// What is wrong, or what follows.
    fn outcome(&self, ui: &mut Ui) {
        let t = Tokens::of(ui);
        let Some(checked) = &self.checked else { return };
        if !checked.faults.is_empty() {
            strong(ui, format!("还有 {} 处要改", checked.faults.len()));
            for fault in checked.faults.iter().take(12) {
                let Fault { key, message, fix, .. } = fault;
                note(ui, format!("{}：{message}。{fix}。", spoken_key(key)), t.seal);
            }
            return;
        }
        strong(ui, "照此办的结果");
        if let Some(notice) = &checked.notice {
            for rule in &notice.spans {
                let who = [rule.degrees.join("、"), rule.series.join("、"), rule.levels.join("、")];
                let who: Vec<_> = who.into_iter().filter(|it| !it.is_empty()).collect();
                let (first, last) = (
                    notice.campaign_year + rule.first_offset,
                    notice.campaign_year + rule.last_offset,
                );
                small(ui, format!("{}：看 {first}–{last} 年", who.join(" · ")));
            }
        }
        match &checked.plan {
            Ok(plan) => small(
                ui,
                format!(
                    "报送 {} 前，最后一个工作日 {}；公示最晚 {} 张贴，{} 期满；{} 前送主管部门。",
                    plan.deadline,
                    plan.last_working_day,
                    plan.post_by,
                    plan.post_close,
                    plan.to_department
                ),
            ),
            Err(why) => note(ui, format!("{why}可以先存好，再到“工作日历”里添加。"), t.wait),
        };
    }

    fn ending(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let sound = self.checked.as_ref().is_some_and(|it| it.notice.is_some());
        let mut done = false;
        ui.vertical(|ui| {
            let year = self.renewal.campaign_year;
            let mut save = |ui: &mut Ui, words: &str, main: bool, in_work: bool| {
                let button = ui.add_enabled_ui(sound, |ui| match main {
                    true => primary(ui, words),
                    false => plain(ui, words),
                });
                if button.inner.clicked()
                    && let Some(checked) = &self.checked
                {
                    let taking = office::NewNotice {
                        text: checked.text.clone(),
                        words: self.words.clone(),
                        replace: self.changes,
                        in_work,
                        rulings_of: (self.rulings && !self.changes)
                            .then_some(self.of.campaign_year),
                    };
                    cx.desk.work("保存通知", move |registry, today, _| {
                        office::take_notice(registry, &taking, today)
                    });
                    done = true;
                }
            };
            if self.changes {
                save(ui, "存好", true, true);
            } else {
                save(ui, &format!("存好，换到 {year} 年度"), true, true);
                save(ui, "只存好", false, false);
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }
}

/// A key of a notice file as it is called in the form, where the form has it.
fn spoken_key(key: &str) -> String {
    const KNOWN: [(&str, &str); 9] = [
        ("notice.document", "文号"),
        ("notice.title", "标题"),
        ("notice.issued", "发文日期"),
        ("notice.basis", "依据"),
        ("notice.campaign_year", "申报年度"),
        ("deadline.date", "报送期限"),
        ("deadline.review_workdays", "复审留"),
        ("publicity.workdays", "公示"),
        ("span", "认定起止"),
    ];
    let known = KNOWN.iter().find(|(known, _)| key.starts_with(known));
    known.map_or_else(|| key.to_owned(), |(_, name)| (*name).to_owned())
}
