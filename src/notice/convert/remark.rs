//! What is told about an activity besides its hours: blanks, odd values, platforms, themes, filings.
//! How much each matters is decided in the ledger.

use super::{Conversion, ConversionKind, Outcome, Remark, folded, spoken};
use crate::notice::{Activity, Clause, Mode, Notice, PlatformRule, SerialRule, Subject};
use chrono::Datelike;

/// Every remark's code and what it says.
pub const CODES: &[(&str, &str)] = &[
    ("form-unknown", "形式不在通知之列"),
    ("subject-ignored", "所填科目与这种形式折算的科目不同"),
    ("sessions-missing", "没有填时段，学时算不出"),
    ("certified-missing", "没有填证书学时，学时算不出"),
    ("passed-missing", "没有填通过门数，学时算不出"),
    ("rank-missing", "没有填名次，暂按其他人员折算"),
    ("source-missing", "没有填来源"),
    ("level-missing", "没有填级别"),
    ("task-missing", "没有填任务"),
    ("assessment-missing", "没有填考核结果"),
    ("end-missing", "没有填结束日期"),
    ("quantity-odd", "数量大得少见"),
    ("not-convertible", "照实登记，但不折算学时"),
    ("serial-missing", "论文没有国内统一刊号，不折算"),
    ("serial-odd", "刊号少见，需要核对"),
    ("platform-not-filed", "网络平台没有备案、没有账号或密钥 B，学时不予认可"),
    ("platform-unverified", "网络平台的备案条件还没有核实"),
    ("theme-mismatch", "公需科目内容与当年主题不符"),
    ("year-disagrees", "所填年度与日期不符"),
    ("filing-late", "面授培训备案晚于开班"),
    ("closed-period", "在停办线下培训期间"),
    ("posting-exactly-a-year", "外派正好一年，按一个年度计"),
    ("relevance-denied", "标明与本人专业无关"),
];

/// Gathers remarks about one activity.
pub(super) struct Remarks<'a> {
    notice: &'a Notice,
    activity: &'a Activity,
    /// What a remark rests on when it has no clause of its own.
    clause: Clause,
    list: Vec<Remark>,
}

impl<'a> Remarks<'a> {
    pub fn new(notice: &'a Notice, activity: &'a Activity, rule: Option<&Conversion>) -> Self {
        let clause = rule
            .map(|rule| &rule.clause)
            .or_else(|| notice.form(activity.form).map(|form| &form.clause))
            .unwrap_or(&notice.annual.clause)
            .clone();
        Self { notice, activity, clause, list: Vec::new() }
    }

    pub fn into_vec(self) -> Vec<Remark> {
        self.list
    }

    fn add(&mut self, code: &'static str, message: impl Into<String>, fix: impl Into<String>) {
        let clause = self.clause.clone();
        self.add_under(clause, code, message, fix);
    }

    fn add_under(
        &mut self,
        clause: Clause,
        code: &'static str,
        message: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.list.push(Remark { code, clause, message: message.into(), fix: fix.into() });
    }

    pub fn subject_ignored(&mut self, credited: &Subject) {
        let entered = self.notice.subject_name(&self.activity.subject).to_owned();
        let credited = self.notice.subject_name(credited).to_owned();
        self.add(
            "subject-ignored",
            format!("填的是{entered}，这种形式只折算{credited}，已按{credited}计"),
            format!("请把科目改为{credited}"),
        );
    }

    pub fn sessions_missing(&mut self) -> String {
        let why = "没有填时段，不计学时；证书上的学时不能代替";
        self.add("sessions-missing", why, "请按通知或课程表填上、下午和晚上");
        why.to_owned()
    }

    pub fn certified_missing(&mut self) -> String {
        let why = "没有填证书学时，也没有课程时长，不计学时";
        self.add("certified-missing", why, "请照证书或进度页填学时");
        why.to_owned()
    }

    pub fn passed_missing(&mut self) -> String {
        let why = "没有填当年通过的门数，不计学时";
        self.add("passed-missing", why, "请照成绩单填通过门数");
        why.to_owned()
    }

    pub fn rank_missing(&mut self, rule: &Conversion) {
        self.add(
            "rank-missing",
            format!("没有填名次，暂按{}折算", rule.others_name),
            "请照证明材料填名次",
        );
    }

    pub fn quantity_odd(&mut self, items: u32) {
        self.add("quantity-odd", format!("数量 {items}，大得少见"), "请核对数量");
    }

    pub fn level_missing(&mut self) -> String {
        let why = "没有填级别，不能折算";
        self.add("level-missing", why, "请照证明材料填级别");
        why.to_owned()
    }

    pub fn assessment_missing(&mut self) -> String {
        let why = "没有填考核结果，不能视为完成";
        self.add("assessment-missing", why, "请照考核表填考核结果");
        why.to_owned()
    }

    pub fn end_missing(&mut self) -> String {
        let why = "没有填结束日期，算不出工作时间";
        self.add("end-missing", why, "请填结束日期；还没结束的，结束后再填");
        why.to_owned()
    }

    pub fn exactly_a_year(&mut self, months: u32) {
        self.add(
            "posting-exactly-a-year",
            format!("正好 {months} 个月，没有超过，只算一年"),
            "请核对起止日期",
        );
    }

    /// Stored, but worth nothing.
    pub fn nothing(&mut self, why: &str) -> String {
        self.add(
            "not-convertible",
            format!("{why}，不折算"),
            "请核对；确有依据的，可另记认定学时并写明理由",
        );
        format!("{why}，不折算")
    }

    pub fn serial_missing(&mut self, rule: &SerialRule, why: &str) {
        self.add_under(
            rule.clause.clone(),
            "serial-missing",
            format!("{why}，不折算"),
            format!("请照刊号页填，如 {}", rule.example),
        );
    }

    pub fn serial_odd(&mut self, rule: &SerialRule, what: &str) {
        self.add_under(rule.clause.clone(), "serial-odd", what, "请核对是不是正式期刊的论文");
    }

    /// Words that a rule wants to tell it from others, left blank.
    pub fn blanks(&mut self, rule: &Conversion) {
        let activity = self.activity;
        if !rule.sources.is_empty() && spoken(&activity.source).is_none() {
            let meant = rule.sources.join("或");
            self.add("source-missing", format!("没有填来源，暂按{meant}折算"), "请补填来源");
        }
        if !rule.levels.is_empty() && spoken(&activity.level).is_none() {
            let meant = rule.levels.join("或");
            self.add("level-missing", format!("没有填级别，暂按{meant}折算"), "请补填级别");
        }
        if !rule.tasks.is_empty() && spoken(&activity.task).is_none() {
            let meant = rule.tasks.join("或");
            self.add("task-missing", format!("没有填任务，暂按{meant}折算"), "请补填任务");
        }
    }

    /// No rule answers: says which word is missing or does not convert.
    pub fn no_rule(&mut self) -> String {
        let Some(form) = self.notice.form(self.activity.form) else {
            let why = format!("通知里没有第 {} 种形式", self.activity.form.0);
            self.add("form-unknown", why.clone(), "请改选形式");
            return why;
        };
        // What only tells apart things worth nothing is not missed.
        let rules: Vec<&Conversion> = self
            .notice
            .conversions
            .iter()
            .filter(|rule| rule.forms.contains(&form.id))
            .filter(|rule| !matches!(rule.kind, ConversionKind::Nothing { .. }))
            .collect();
        let asked = |list: fn(&Conversion) -> &[String]| rules.iter().any(|r| !list(r).is_empty());
        let words = [
            ("来源", "source-missing", asked(|rule| &rule.sources), &self.activity.source),
            ("级别", "level-missing", asked(|rule| &rule.levels), &self.activity.level),
            ("任务", "task-missing", asked(|rule| &rule.tasks), &self.activity.task),
        ];
        for (name, code, asked, word) in words {
            if asked && spoken(word).is_none() {
                let why = format!("没有填{name}，不能折算");
                self.add(code, why.clone(), format!("请照证明材料填{name}"));
                return why;
            }
        }
        let given: Vec<&str> = words.iter().filter(|w| w.2).filter_map(|w| spoken(w.3)).collect();
        let why = if given.is_empty() {
            "通知没有规定这种形式的学时".to_owned()
        } else {
            format!("“{}”不在通知的折算范围", given.join("、"))
        };
        self.nothing(&why)
    }

    /// Zeroes what a platform does not warrant (B4-05, B4-06).
    pub fn platform(&mut self, year: i32, outcome: Outcome) -> Outcome {
        let (form, subject) = (self.activity.form, &self.activity.subject);
        let rule = self
            .notice
            .platform_rules
            .iter()
            .find(|rule| rule.forms.contains(&form) && rule.subjects.contains(subject));
        let trouble = rule.and_then(|rule| self.platform_trouble(rule, year));
        match trouble {
            Some(why) => Outcome::NotCounted { why: format!("{why}，培训结果不予认可") },
            None => outcome,
        }
    }

    fn platform_trouble(&mut self, rule: &PlatformRule, year: i32) -> Option<String> {
        let name = spoken(&self.activity.platform);
        let platform = name.and_then(|name| self.notice.platform(name));
        let (why, clause) = match (name, platform) {
            (None, _) if rule.required => ("没有填网络平台".to_owned(), &rule.clause),
            (Some(name), None) if rule.required => {
                (format!("平台“{name}”不在备案名单"), &rule.clause)
            }
            (_, Some(platform)) if rule.required || platform.base => {
                let name = &platform.name;
                let in_period = platform.first_year.is_none_or(|first| first <= year)
                    && platform.last_year.is_none_or(|last| year <= last);
                if rule.filed && platform.filed != Some(true) {
                    (format!("平台“{name}”没有备案"), &rule.clause)
                } else if rule.filed && !in_period {
                    (format!("平台“{name}”的备案不含 {year} 年"), &rule.clause)
                } else if rule.account && platform.account == Some(false) {
                    (format!("平台“{name}”没有提供查询账号"), &rule.clause)
                } else if rule.key_b && platform.key_b == Some(false) {
                    (format!("平台“{name}”没有交存密钥 B"), &rule.key_clause)
                } else {
                    let unknown = [
                        (rule.account && platform.account.is_none(), "查询账号", &rule.clause),
                        (rule.key_b && platform.key_b.is_none(), "密钥 B", &rule.key_clause),
                    ];
                    for (unknown, what, clause) in unknown {
                        if unknown {
                            self.add_under(
                                clause.clone(),
                                "platform-unverified",
                                format!("平台“{name}”的{what}情况还没有核实"),
                                "请向平台或人社部门核实后在“规则”的平台里填上",
                            );
                        }
                    }
                    return None;
                }
            }
            _ => return None,
        };
        self.add_under(
            clause.clone(),
            "platform-not-filed",
            format!("{why}，培训结果不予认可"),
            "请核对平台名称；确已备案的，在“规则”的平台里添加并附备案证明",
        );
        Some(why)
    }

    /// Year, theme, filing, closed periods, relevance.
    pub fn circumstances(&mut self, rule: Option<&Conversion>, year: i32, subject: &Subject) {
        let study = rule.is_some_and(|rule| {
            matches!(rule.kind, ConversionKind::DayParts | ConversionKind::Certified { .. })
        });
        self.year(rule, year);
        if study {
            self.theme(year, subject);
            self.filing();
            self.closed();
        }
        if self.activity.related == Some(false) {
            self.add("relevance-denied", "标明与本人专业无关", "请核对是否该算专业科目");
        }
    }

    fn year(&mut self, rule: Option<&Conversion>, year: i32) {
        let activity = self.activity;
        let Some(entered) = activity.year else { return };
        let touched = activity.start.year()..=activity.last_day().year();
        let agrees = match rule.map(|rule| &rule.kind) {
            Some(ConversionKind::DayParts) if !activity.sessions.is_empty() => {
                activity.sessions.iter().any(|session| session.date.year() == entered)
            }
            Some(
                ConversionKind::DayParts
                | ConversionKind::Certified { .. }
                | ConversionKind::Completes { .. }
                | ConversionKind::Deems { .. },
            ) => touched.contains(&entered),
            _ => entered == year,
        };
        if !agrees {
            let dated =
                if entered == year { touched_text(&touched) } else { format!("{year} 年") };
            self.add(
                "year-disagrees",
                format!("年度填的是 {entered}，日期是 {dated}"),
                "请核对年度和起止日期",
            );
        }
    }

    fn theme(&mut self, year: i32, subject: &Subject) {
        let notice = self.notice;
        let mut themes =
            notice.themes.iter().filter(|t| t.year == year && t.subject == *subject).peekable();
        let Some(first) = themes.peek() else { return };
        let clause = first.clause.clone();
        let title = folded(&self.activity.title);
        let bears = |text: &String| title.contains(&folded(text));
        if !themes.any(|theme| theme.texts.iter().any(bears)) {
            let name = notice.subject_name(subject).to_owned();
            self.add_under(
                clause,
                "theme-mismatch",
                format!("内容里看不出 {year} 年{name}科目的主题"),
                "请核对证书是不是当年的课程，内容照证书填写",
            );
        }
    }

    fn filing(&mut self) {
        let Some(clause) = self.notice.filing.clone() else { return };
        if self.activity.mode == Some(Mode::Online) {
            return;
        }
        let start = self.activity.start;
        if let Some(filed) = self.activity.filing_date.filter(|filed| *filed >= start) {
            self.add_under(
                clause,
                "filing-late",
                format!("备案日期 {filed} 不早于开班日期 {start}"),
                "面授培训应事前备案，请核对备案日期",
            );
        }
    }

    fn closed(&mut self) {
        let Some(clause) = self.notice.closed_clause.clone() else { return };
        if self.activity.mode == Some(Mode::Online) {
            return;
        }
        let hit = self.activity.sessions.iter().find(|session| {
            self.notice
                .closed_periods
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&session.date))
        });
        if let Some(session) = hit {
            let message = format!("{} 在停办线下培训期间", session.date);
            self.add_under(clause, "closed-period", message, "请核对培训日期");
        }
    }
}

fn touched_text(touched: &std::ops::RangeInclusive<i32>) -> String {
    if touched.start() == touched.end() {
        format!("{} 年", touched.start())
    } else {
        format!("{}–{} 年", touched.start(), touched.end())
    }
}
