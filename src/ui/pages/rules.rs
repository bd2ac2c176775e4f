//! 规则: the notice as the program understood it: clause, quotation, value; and the decided readings.

use super::View;
use crate::notice::convert::{Conversion, ConversionKind};
use crate::notice::{Clause, EvidenceSet, FormId, Notice};
use crate::ui::app::Cx;
use crate::ui::search::Query;
use crate::ui::shell;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{
    card_in, empty, filter_chip, h2, hairline, search_box, serif_quote, small,
};
use eframe::egui::{Label, Rect, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// One rule as it is shown.
struct Line {
    part: Part,
    title: String,
    value: String,
    clause: Clause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Annual,
    Evidence,
    Conversion,
    Span,
    Deeming,
    Platform,
    Publicity,
    Recipient,
    Other,
}

impl Part {
    const ALL: [(Self, &'static str); 9] = [
        (Self::Annual, "学时要求"),
        (Self::Evidence, "形式与材料"),
        (Self::Conversion, "折算"),
        (Self::Span, "认定起止"),
        (Self::Deeming, "视同"),
        (Self::Platform, "平台"),
        (Self::Publicity, "公示与期限"),
        (Self::Recipient, "报送对象"),
        (Self::Other, "其他"),
    ];
}

/// The page.
#[derive(Default)]
pub struct Rules {
    text: String,
    part: Option<Part>,
    lines: Vec<Line>,
    made: Option<usize>,
}

impl Rules {
    fn make(&mut self, notice: &Arc<Notice>) {
        let key = Arc::as_ptr(notice) as usize;
        if self.made != Some(key) {
            self.lines = lines(notice);
            self.made = Some(key);
        }
    }
}

fn lines(notice: &Notice) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |part, title: String, value: String, clause: &Clause| {
        lines.push(Line { part, title, value, clause: clause.clone() });
    };
    let annual = &notice.annual;
    add(Part::Annual, "每年合计".into(), format!("不少于 {} 学时", annual.total), &annual.clause);
    for rule in &notice.subjects {
        let soft = if rule.soft { "（一般；不足的可说明理由）" } else { "" };
        let value = format!("每年不少于 {} 学时{soft}", rule.minimum);
        add(Part::Annual, rule.name.clone(), value, &rule.clause);
    }
    for theme in &notice.themes {
        let title = format!("{} 年{}主题", theme.year, notice.subject_name(&theme.subject));
        add(Part::Annual, title, theme.texts.join("；"), &theme.clause);
    }
    for form in &notice.forms {
        let sets: Vec<String> =
            form.evidence.iter().map(|set| evidence_words(notice, set)).collect();
        let title = format!("{} {}", form.id.0, form.name);
        add(Part::Evidence, title, sets.join("\n"), &form.clause);
    }
    if let Some(day) = &notice.dayparts {
        let value = format!(
            "全天 {}，半天 {}，晚上 {}，一天最多 {}",
            day.full, day.half, day.evening, day.day_cap
        );
        add(Part::Conversion, "按时段".into(), value, &day.clause);
    }
    for rule in &notice.conversions {
        add(Part::Conversion, conversion_title(notice, rule), conversion_words(rule), &rule.clause);
    }
    for rule in &notice.spans {
        let year = notice.campaign_year;
        let who = [rule.degrees.join("、"), rule.series.join("、"), rule.levels.join("、")];
        let who: Vec<&str> = who.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        let value = format!("{}–{} 年", year + rule.first_offset, year + rule.last_offset);
        add(Part::Span, who.join(" · "), value, &rule.clause);
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
        let year = rule.year.map_or_else(String::new, |year| format!("{year} 年"));
        let later = match (&rule.obligation, &rule.obligation_due) {
            (Some(what), Some(when)) => format!("；{when}{what}"),
            (Some(what), None) => format!("；{what}"),
            _ => String::new(),
        };
        add(Part::Deeming, title, format!("视同完成{year}{subjects}{later}"), &rule.clause);
    }
    let publicity = &notice.publicity;
    let counting =
        if publicity.count_posting_day { "张贴当天算" } else { "张贴当天不算" };
    let value = format!("不少于 {} 个工作日，{counting}", publicity.workdays);
    add(Part::Publicity, "公示".into(), value, &publicity.clause);
    let deadline = &notice.deadline;
    let value = format!(
        "{}，留 {} 个工作日复审",
        deadline.date.format("%Y-%m-%d"),
        deadline.review_workdays
    );
    add(Part::Publicity, "报送期限".into(), value, &deadline.clause);
    for rule in &notice.recipients {
        let region = if rule.region.is_empty() {
            String::new()
        } else {
            format!("；注册地区 {}", rule.region)
        };
        let value = format!("{}；主管部门自己：{}{region}", rule.below_department, rule.otherwise);
        add(Part::Recipient, rule.unit_kind.clone(), value, &rule.clause);
    }
    for clause in notice.clauses.values() {
        add(Part::Other, String::new(), String::new(), clause);
    }
    for platform in &notice.platforms {
        let known = |what: Option<bool>| match what {
            Some(true) => "是",
            Some(false) => "否",
            None => "不明",
        };
        let value = format!(
            "备案 {}，查询账号 {}，密钥 B {}\n{}",
            known(platform.filed),
            known(platform.account),
            known(platform.key_b),
            platform.website
        );
        let clause =
            Clause { id: String::new(), place: "附件4".to_owned(), quote: String::new() };
        add(Part::Platform, platform.name.clone(), value, &clause);
    }
    lines
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
            format!("{}{stamp}", names.join(" 或 "))
        })
        .collect();
    let of = if set.sources.is_empty() {
        String::new()
    } else {
        format!("{}：", set.sources.join("、"))
    };
    format!("· {of}{}", needs.join(" ＋ "))
}

fn conversion_title(notice: &Notice, rule: &Conversion) -> String {
    let name =
        |id: &FormId| notice.form(*id).map_or_else(|| id.0.to_string(), |form| form.name.clone());
    let mut parts: Vec<String> = vec![rule.forms.iter().map(name).collect::<Vec<_>>().join("、")];
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

impl View for Rules {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let notice = &cx.snap.notice;
        shell::heading(ui, "规则", &format!("{}　{}", notice.document, notice.title));
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let typed = search_box(ui, "查找规则", "查找条款、原文、口径", 240.0, &mut self.text);
        if cx.find {
            typed.response.request_focus();
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        self.make(&cx.snap.notice);
        let query = if crate::ui::composing::active(ui.ctx()) {
            Query::default()
        } else {
            Query::new(&self.text)
        };
        let (left, right) = beside(room, 400.0);
        card_in(ui, left, size::CARD, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = eframe::egui::vec2(6.0, 6.0);
                if filter_chip(ui, "全部", None, None, self.part.is_none()).clicked() {
                    self.part = None;
                }
                for (part, name) in Part::ALL {
                    if filter_chip(ui, name, None, None, self.part == Some(part)).clicked() {
                        self.part = Some(part);
                    }
                }
            });
            ui.add_space(8.0);
            let shown: Vec<&Line> = self
                .lines
                .iter()
                .filter(|line| self.part.is_none_or(|part| part == line.part))
                .filter(|line| {
                    query.is_empty()
                        || query.finds_text(&format!(
                            "{}{}{}{}",
                            line.title, line.value, line.clause.place, line.clause.quote
                        ))
                })
                .collect();
            if shown.is_empty() {
                empty(ui, "没有找到", "换一个词，或点“全部”。", |_| {});
                return;
            }
            ScrollArea::vertical().id_salt("rules").auto_shrink(false).show(ui, |ui| {
                for (part, name) in Part::ALL {
                    let of: Vec<&&Line> = shown.iter().filter(|line| line.part == part).collect();
                    if of.is_empty() {
                        continue;
                    }
                    ui.add_space(8.0);
                    h2(ui, name, "");
                    for (nr, line) in of.into_iter().enumerate() {
                        if nr > 0 {
                            hairline(ui);
                        }
                        rule(ui, line);
                    }
                }
            });
        });
        card_in(ui, right, size::CARD, |ui| {
            let notice = &cx.snap.notice;
            h2(ui, "口径", "通知没有写明的，按这些办");
            ScrollArea::vertical().id_salt("decisions").auto_shrink(false).show(ui, |ui| {
                for decision in &notice.decisions {
                    let all = format!(
                        "{}{}{}{}",
                        decision.id, decision.question, decision.choice, decision.reason
                    );
                    if !query.is_empty() && !query.finds_text(&all) {
                        continue;
                    }
                    let t = Tokens::of(ui);
                    ui.add_space(6.0);
                    let head = format!("{}　{}", decision.id, decision.question);
                    ui.add(Label::new(RichText::new(head).font(theme::bold(size::TEXT))).wrap());
                    ui.add(Label::new(RichText::new(&decision.choice).color(t.ink)).wrap());
                    small(ui, decision.reason.clone());
                    ui.add_space(6.0);
                    hairline(ui);
                }
            });
        });
    }
}

fn rule(ui: &mut Ui, line: &Line) {
    let t = Tokens::of(ui);
    ui.add_space(6.0);
    if !line.title.is_empty() {
        let title = RichText::new(&line.title).font(theme::bold(size::TEXT)).color(t.ink);
        ui.add(Label::new(title).wrap());
    }
    if !line.value.is_empty() {
        ui.add(Label::new(RichText::new(&line.value).color(t.ink)).wrap());
    }
    if !line.clause.quote.is_empty() {
        ui.add_space(2.0);
        serif_quote(ui, &line.clause.quote);
    }
    small(ui, line.clause.place.clone());
    ui.add_space(6.0);
}
