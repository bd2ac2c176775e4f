//! What the notice says, one line per rule: its value in a clerk's words and the clause it comes from.
//! Made once per notice; nothing is drawn here.

use crate::notice::convert::{Conversion, ConversionKind};
use crate::notice::{Clause, EvidenceSet, FormId, Notice, PlatformRule};
use std::collections::BTreeSet;

/// One rule as it is shown.
#[derive(Debug, Clone)]
pub struct Line {
    pub part: Part,
    pub title: String,
    pub value: String,
    pub clause: Clause,
    /// All words of it, for searching.
    pub words: String,
}

/// The parts of the page, in the order of the table of contents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Notice,
    Annual,
    Evidence,
    Conversion,
    Span,
    Deeming,
    Publicity,
    Deadline,
    Platform,
    Other,
    Decisions,
    Calendar,
}

impl Part {
    pub const ALL: [Self; 12] = [
        Self::Notice,
        Self::Annual,
        Self::Evidence,
        Self::Conversion,
        Self::Span,
        Self::Deeming,
        Self::Publicity,
        Self::Deadline,
        Self::Platform,
        Self::Other,
        Self::Decisions,
        Self::Calendar,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "通知",
            Self::Annual => "内容与要求",
            Self::Evidence => "形式与材料",
            Self::Conversion => "折算",
            Self::Span => "认定起止",
            Self::Deeming => "视同与认定单",
            Self::Publicity => "公示",
            Self::Deadline => "期限与报送",
            Self::Platform => "平台",
            Self::Other => "其他条款",
            Self::Decisions => "口径",
            Self::Calendar => "工作日历",
        }
    }

    pub fn about(self) -> &'static str {
        match self {
            Self::Notice => "按哪个文件办",
            Self::Annual => "每年要学多少、学什么",
            Self::Evidence => "每种形式要交什么材料",
            Self::Conversion => "一次学习折算多少学时",
            Self::Span => "参评人员看哪几年",
            Self::Deeming => "不学也算完成的，以后要补什么",
            Self::Publicity => "公示多少天，怎么数",
            Self::Deadline => "什么时候、报送给谁",
            Self::Platform => "哪些网络培训平台认可；可以添加本单位用的平台",
            Self::Other => "程序只作提示的条款",
            Self::Decisions => "通知没有写明或有两种读法的，按这些办",
            Self::Calendar => "工作日按国务院放假安排计算",
        }
    }
}

/// Collects lines and which clauses they have told.
struct Lines {
    all: Vec<Line>,
    told: BTreeSet<String>,
}

impl Lines {
    fn add(
        &mut self,
        part: Part,
        title: impl Into<String>,
        value: impl Into<String>,
        clause: &Clause,
    ) {
        let (title, value) = (title.into(), value.into());
        let words = format!("{title}\n{value}\n{}\n{}", clause.place, clause.quote);
        self.told.insert(clause.id.clone());
        self.all.push(Line { part, title, value, clause: clause.clone(), words });
    }
}

/// Every rule of a notice, and every clause that no rule was made of.
pub fn lines(notice: &Notice) -> Vec<Line> {
    let mut lines = Lines { all: Vec::new(), told: BTreeSet::new() };
    annual(notice, &mut lines);
    for form in &notice.forms {
        let title = format!("{} {}", form.id.0, form.name);
        lines.add(Part::Evidence, title, form.hint.clone(), &form.clause);
        for (nr, set) in form.evidence.iter().enumerate() {
            let title = if form.evidence.len() > 1 {
                format!("{}，第 {} 组", form.name, nr + 1)
            } else {
                format!("{}的材料", form.name)
            };
            lines.add(Part::Evidence, title, evidence_words(notice, set), &set.clause);
        }
    }
    if let Some(serial) = &notice.serial {
        let value = format!("刊号写成 {} 的样子", serial.example);
        lines.add(Part::Evidence, "国内统一刊号", value, &serial.clause);
    }
    if let Some(day) = &notice.dayparts {
        let value = format!(
            "全天 {}，半天 {}，晚上 {}，一天最多 {}",
            day.full, day.half, day.evening, day.day_cap
        );
        lines.add(Part::Conversion, "按时段", value, &day.clause);
    }
    for rule in &notice.conversions {
        let title = conversion_title(notice, rule);
        lines.add(Part::Conversion, title, conversion_words(rule), &rule.clause);
    }
    spans_and_deeming(notice, &mut lines);
    handing_in(notice, &mut lines);
    for rule in &notice.platform_rules {
        let (title, value) = platform_words(notice, rule);
        lines.add(Part::Platform, title, value, &rule.clause);
        if rule.key_b && !lines.told.contains(&rule.key_clause.id) {
            let value = "密钥 B 须交省里统一管理，否则不认可";
            lines.add(Part::Platform, "密钥 B", value, &rule.key_clause);
        }
    }
    for clause in notice.clauses.values() {
        if !lines.told.contains(&clause.id) {
            lines.add(Part::Other, "", "", clause);
        }
    }
    lines.all
}

fn annual(notice: &Notice, lines: &mut Lines) {
    let annual = &notice.annual;
    let above = annual.warn_above.map_or_else(String::new, |h| format!("；超过 {h} 时提醒核对"));
    let value = format!("不少于 {} 学时{above}", annual.total);
    lines.add(Part::Annual, "每年合计", value, &annual.clause);
    for rule in &notice.subjects {
        let soft = if rule.soft { "（一般；不足的可说明理由）" } else { "" };
        let value = format!("每年不少于 {} 学时{soft}", rule.minimum);
        lines.add(Part::Annual, rule.name.clone(), value, &rule.clause);
    }
    for theme in &notice.themes {
        let title = format!("{} 年{}主题", theme.year, notice.subject_name(&theme.subject));
        lines.add(Part::Annual, title, theme.texts.join("；"), &theme.clause);
    }
    if let Some(clause) = &notice.closed_clause {
        let periods: Vec<String> = notice
            .closed_periods
            .iter()
            .map(|(first, last)| format!("{first} 至 {last}"))
            .collect();
        let value = if periods.is_empty() {
            "通知没有写起止日期，以防控部门的通知为准".to_owned()
        } else {
            periods.join("；")
        };
        lines.add(Part::Annual, "停办面授的时段", value, clause);
    }
    if let Some(clause) = &notice.filing {
        lines.add(Part::Annual, "面授培训备案", "备案日期与开班日期核对", clause);
    }
}

fn spans_and_deeming(notice: &Notice, lines: &mut Lines) {
    for rule in &notice.spans {
        let year = notice.campaign_year;
        let who = [rule.degrees.join("、"), rule.series.join("、"), rule.levels.join("、")];
        let who: Vec<&str> = who.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        let value = format!("看 {}–{} 年", year + rule.first_offset, year + rule.last_offset);
        lines.add(Part::Span, who.join(" · "), value, &rule.clause);
    }
    for rule in &notice.deeming {
        let title = if rule.applicants {
            "本年度参评人员".to_owned()
        } else {
            rule.reasons.join("、")
        };
        let subjects: Vec<&str> = rule.subjects.iter().map(|s| notice.subject_name(s)).collect();
        let subjects =
            if subjects.is_empty() { "全部科目".to_owned() } else { subjects.join("、") };
        let year = rule.year.map_or_else(String::new, |year| format!(" {year} 年"));
        let later = match (&rule.obligation, &rule.obligation_due) {
            (Some(what), Some(when)) => format!("；{when}{what}"),
            (Some(what), None) => format!("；{what}"),
            _ => String::new(),
        };
        let value = format!("视同完成{year}{subjects}{later}");
        lines.add(Part::Deeming, title, value, &rule.clause);
    }
    let value = "单子上写的年度算完成，那些年不再要材料";
    lines.add(Part::Deeming, "学时认定单", value, &notice.prior_slip.clause);
}

fn handing_in(notice: &Notice, lines: &mut Lines) {
    let publicity = &notice.publicity;
    let counting =
        if publicity.count_posting_day { "张贴当天也数" } else { "张贴当天不数" };
    let value = format!("不少于 {} 个工作日，{counting}", publicity.workdays);
    lines.add(Part::Publicity, "公示", value, &publicity.clause);
    let deadline = &notice.deadline;
    let value = format!(
        "{} 截止；给主管部门留 {} 个工作日复审",
        deadline.date.format("%Y 年 %-m 月 %-d 日"),
        deadline.review_workdays
    );
    lines.add(Part::Deadline, "报送期限", value, &deadline.clause);
    for rule in &notice.recipients {
        let county =
            |text: &str| text.replace("{department}", "主管部门").replace("{county}", "所在县市");
        let region = if rule.region.is_empty() {
            String::new()
        } else {
            format!("\n公需证书的注册地区：{}", county(&rule.region))
        };
        let (below, own) = (county(&rule.below_department), county(&rule.otherwise));
        let to = if below == own {
            format!("报送给{own}")
        } else {
            format!("有主管部门的报送给{below}，主管部门报送给{own}")
        };
        lines.add(Part::Deadline, rule.unit_kind.clone(), format!("{to}{region}"), &rule.clause);
    }
}

fn platform_words(notice: &Notice, rule: &PlatformRule) -> (String, String) {
    let subjects: Vec<&str> = rule.subjects.iter().map(|s| notice.subject_name(s)).collect();
    let mut needs = Vec::new();
    if rule.required {
        needs.push("须写明平台");
    }
    if rule.filed {
        needs.push("须已备案");
    }
    if rule.account {
        needs.push("须有查询账号");
    }
    let who = if rule.required { "网络课程" } else { "继续教育基地的课程" };
    (format!("{}{who}", subjects.join("、")), format!("{}，否则不计学时", needs.join("，")))
}

fn evidence_words(notice: &Notice, set: &EvidenceSet) -> String {
    let needs: Vec<String> = set
        .needs
        .iter()
        .map(|need| {
            let names: Vec<&str> = need
                .any_of
                .iter()
                .filter_map(|id| notice.slot(id))
                .map(|slot| slot.name.as_str())
                .collect();
            let stamp = if need.stamped { "（盖章）" } else { "" };
            match names.len() {
                0 | 1 => format!("{}{stamp}", names.concat()),
                _ => format!("（{}）{stamp}", names.join("或")),
            }
        })
        .collect();
    let of = if set.sources.is_empty() {
        String::new()
    } else {
        format!("{}：", set.sources.join("、"))
    };
    format!("{of}{}", needs.join(" ＋ "))
}

fn conversion_title(notice: &Notice, rule: &Conversion) -> String {
    let name =
        |id: &FormId| notice.form(*id).map_or_else(|| id.0.to_string(), |form| form.name.clone());
    let mut parts: Vec<String> = vec![rule.forms.iter().map(name).collect::<Vec<_>>().join("、")];
    if !rule.entered.is_empty() {
        let subjects: Vec<&str> = rule.entered.iter().map(|s| notice.subject_name(s)).collect();
        parts.push(subjects.join("、"));
    }
    for words in [&rule.sources, &rule.levels, &rule.tasks] {
        if !words.is_empty() {
            parts.push(words.join("、"));
        }
    }
    parts.join(" · ")
}

fn conversion_words(rule: &Conversion) -> String {
    let confirm = if rule.needs_confirmation { "；须人事确认" } else { "" };
    let words = match &rule.kind {
        ConversionKind::DayParts => "按参加的时段折算".to_owned(),
        ConversionKind::PerItem { hours, cap } => match cap {
            Some(cap) => format!("每项 {hours} 学时，最多 {cap}"),
            None => format!("每项 {hours} 学时"),
        },
        ConversionKind::Rank { first_n, first, others } => {
            if *first_n > 1 {
                format!("前 {first_n} 名 {first} 学时，其他 {others}")
            } else {
                format!("主持、独立或第一 {first} 学时，其他 {others}")
            }
        }
        ConversionKind::OncePassed { hours } => format!("当年通过一门即 {hours} 学时，一年一次"),
        ConversionKind::Certified { minutes_per_hour, yearly_cap } => {
            let cap = yearly_cap.map_or_else(String::new, |cap| format!("，一年最多 {cap}"));
            format!("按证书学时；只有时长的每 {minutes_per_hour} 分钟 1 学时{cap}")
        }
        ConversionKind::Completes { at_least_months, more_than_months, .. } => format!(
            "满 {at_least_months} 个月视为完成当年，超过 {more_than_months} 个月视为完成外派期间各年"
        ),
        ConversionKind::Deems { .. } => "视同完成该年度，见“视同”".to_owned(),
        ConversionKind::Nothing { why } => format!("不计学时：{why}"),
    };
    format!("{words}{confirm}")
}
