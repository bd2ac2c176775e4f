//! 报送: who can be packed, who stays out and why; write to a drive, verify, and what was handed in.

use super::campaign::conclusion;
use super::{Go, View};
use crate::ledger::{ApplicantResult, Severity, Stage, Verdict};
use crate::package::{PackageRequest, Verification, Written};
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::Desk;
use crate::ui::dialog::Ask;
use crate::ui::shell;
use crate::ui::snapshot::Snapshot;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::card::beside;
use crate::ui::widgets::{
    Tone, card_in, empty, h2, hairline, link, note, plain, primary, quiet, segment, small, tag,
};
use crate::ui::words;
use eframe::egui::{OpenUrl, Rect, RichText, ScrollArea, Ui};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was done last.
enum Last {
    Packed(Written),
    Verified(PathBuf, Verification),
}

/// The page.
#[derive(Default)]
pub struct Package {
    group: Option<String>,
    draft: bool,
    last: Option<Last>,
}

impl Package {
    pub fn packed(&mut self, written: Written) {
        self.last = Some(Last::Packed(written));
    }

    pub fn verified(&mut self, path: PathBuf, verification: Verification) {
        self.last = Some(Last::Verified(path, verification));
    }

    /// Writes the package into a folder that was chosen.
    pub fn write(&self, snapshot: &Snapshot, out: PathBuf, desk: &mut Desk) {
        let (campaign, draft) = (snapshot.campaign.year, self.draft);
        let level_group = self.group.clone().unwrap_or_default();
        desk.work("写报送包", move |registry, today, progress| {
            let request = PackageRequest { campaign, level_group, out, draft, today };
            chores::pack(registry, &request, progress)
        });
    }

    fn flight(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let snapshot = Arc::clone(cx.snap);
        let view = &snapshot.campaign;
        let group = self.group.clone().unwrap_or_default();
        let people: Vec<&ApplicantResult> = view
            .applicants()
            .iter()
            .filter(|r| r.level_group == group && r.stage != Stage::Withdrawn)
            .collect();
        let fits = |result: &&ApplicantResult| {
            result.verdict == Verdict::Met && (self.draft || result.stage == Stage::Publicised)
        };
        let (inside, out): (Vec<&ApplicantResult>, Vec<&ApplicantResult>) =
            people.into_iter().partition(fits);
        h2(ui, "报送前体检", "");
        ui.horizontal(|ui| {
            for (name, people) in &view.groups {
                let words = format!("{name} {people} 人");
                if segment(ui, &words, *name == group).clicked() {
                    self.group = Some(name.clone());
                }
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let number = RichText::new(inside.len().to_string()).font(theme::quote(size::RESULT));
            ui.label(number.color(t.ink));
            let words = if self.draft { "人写入草稿" } else { "人可以报送" };
            ui.label(RichText::new(words).color(t.ink3));
            if !out.is_empty() {
                tag(ui, Tone::Wait, &format!("{} 人不在内", out.len()));
            }
        });
        small(ui, recipient(&snapshot));
        ui.add_space(6.0);
        ui.checkbox(&mut self.draft, "先出草稿：达标的都写入，每页注明草稿");
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let ready = !inside.is_empty() && !cx.desk.waiting();
            let button =
                ui.add_enabled_ui(ready, |ui| primary(ui, "选择 U 盘或文件夹，写入")).inner;
            let why = if inside.is_empty() {
                "没有达标、初审合格并公示期满的人"
            } else {
                "正在办上一件事"
            };
            if button.on_disabled_hover_text(why).clicked() {
                cx.dialogs.ask(Ask::PackageParent, "");
            }
        });
        ui.add_space(14.0);
        if !out.is_empty() {
            h2(ui, "不在内的人", "逐个点开去补");
        }
        let high = ui.available_height();
        ScrollArea::vertical().id_salt("left-out").max_height(high).show(ui, |ui| {
            for (nr, result) in out.iter().enumerate() {
                if nr > 0 {
                    hairline(ui);
                }
                ui.horizontal(|ui| {
                    ui.set_min_height(36.0);
                    ui.label(RichText::new(&result.person.name).font(theme::bold(size::TEXT)));
                    let (tone, word) = conclusion(result);
                    tag(ui, tone, word);
                    if link(ui, "去看 ›")
                        .accessible_name(format!("去看{}", result.person.name))
                        .clicked()
                    {
                        cx.go(Go::Person(result.person.id, None));
                    }
                    small(ui, why_out(result));
                });
            }
        });
    }

    fn result(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        match &self.last {
            None => {}
            Some(Last::Packed(written)) => {
                h2(ui, "已写好并核对", "");
                ui.horizontal_wrapped(|ui| {
                    tag(ui, Tone::Ok, "核对无误");
                    ui.label(format!(
                        "{} 人，{} 个文件，{}",
                        written.people,
                        written.files,
                        words::bytes(written.bytes)
                    ));
                });
                note(ui, written.path.display().to_string(), t.ink2);
                for left in &written.left_out {
                    small(ui, format!("没有装入 {}：{}", left.name, left.reasons.join("；")));
                }
                let path = written.path.clone();
                ui.horizontal(|ui| {
                    if plain(ui, "打开文件夹").clicked() {
                        open_folder(ui, &path);
                    }
                    if quiet(ui, "再核对一遍").clicked() {
                        verify(cx.desk, path.clone());
                    }
                });
                small(ui, "拔 U 盘前请先在系统里安全弹出。");
                ui.add_space(14.0);
            }
            Some(Last::Verified(path, found)) => {
                h2(ui, "核对结果", "");
                ui.horizontal_wrapped(|ui| {
                    if found.valid {
                        tag(ui, Tone::Ok, "完好");
                    } else {
                        tag(ui, Tone::Bad, "有损坏");
                    }
                    ui.label(format!("{} 个文件，{}", found.files, words::bytes(found.bytes)));
                });
                note(ui, path.display().to_string(), t.ink2);
                if let Some(facts) = &found.package {
                    small(
                        ui,
                        format!(
                            "{} {} 年度 {} {} 人",
                            facts.unit, facts.campaign, facts.level, facts.people
                        ),
                    );
                }
                for error in found.errors.iter().take(12) {
                    note(ui, error.clone(), t.seal);
                }
                ui.add_space(14.0);
            }
        }
    }

    fn history(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let snapshot = Arc::clone(cx.snap);
        h2(ui, "报送过的", "新的在前");
        if snapshot.packages.is_empty() {
            small(ui, "还没有写过报送包。写好后，这里记下时间、人数、位置和校验值。");
        }
        let mut packages: Vec<_> = snapshot.packages.iter().collect();
        packages.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        for (nr, entry) in packages.into_iter().enumerate() {
            if nr > 0 {
                hairline(ui);
            }
            ui.add_space(6.0);
            ui.horizontal_wrapped(|ui| {
                if entry.draft {
                    tag(ui, Tone::Mute, "草稿");
                }
                let words = format!("{} {} {} 人", entry.campaign, entry.level_group, entry.people);
                ui.label(RichText::new(words).font(theme::bold(size::TEXT)));
                small(ui, entry.at.format("%Y-%m-%d %H:%M").to_string());
                let path = PathBuf::from(&entry.path);
                let name = format!("核对 {}", entry.at.format("%m-%d %H:%M"));
                if path.exists() && link(ui, "核对").accessible_name(name).clicked() {
                    verify(cx.desk, path);
                }
            });
            small(ui, entry.path.clone());
            let hash: String = entry.manifest_sha256.chars().take(16).collect();
            small(ui, format!("清单 SHA-256 {hash}…")).on_hover_text(&entry.manifest_sha256);
            ui.add_space(6.0);
        }
    }
}

/// Checks a package file by file.
pub fn verify(desk: &mut Desk, path: PathBuf) {
    desk.work("核对报送包", move |_, _, progress| chores::verify(&path, progress));
}

fn open_folder(ui: &Ui, path: &Path) {
    ui.ctx().open_url(OpenUrl::new_tab(format!("file://{}", path.display())));
}

/// Why somebody is not packed, in one line.
fn why_out(result: &ApplicantResult) -> String {
    let block = result.findings.iter().find(|f| f.severity == Severity::Block && !f.overridden);
    match (result.verdict, block) {
        (Verdict::Met, _) => match result.stage {
            Stage::Collecting => "还没有单位初审".to_owned(),
            Stage::Reviewed => "还没有公示".to_owned(),
            Stage::Posted => "公示还没有期满".to_owned(),
            Stage::Publicised | Stage::Withdrawn => String::new(),
        },
        (_, Some(finding)) => match finding.year {
            Some(year) => format!("{year} 年 {}", finding.message),
            None => finding.message.clone(),
        },
        (_, None) => "学时不够".to_owned(),
    }
}

/// To whom the package goes (B3-12…18).
fn recipient(snapshot: &Snapshot) -> String {
    let unit = &snapshot.unit;
    let found = snapshot.notice.recipients.iter().find(|r| r.unit_kind == unit.kind);
    let Some(rule) = found else { return String::new() };
    let below = !unit.department.is_empty() && unit.department != unit.name;
    let to = if below { &rule.below_department } else { &rule.otherwise };
    let to = to.replace("{department}", &unit.department).replace("{county}", &unit.county);
    format!("报送给：{to}（{}）", rule.clause.place)
}

impl View for Package {
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let sub = match &cx.snap.plan {
            Ok(plan) if plan.days_left() >= 0 => {
                format!(
                    "{}前报送，还有 {} 天",
                    words::long_day(plan.last_working_day),
                    plan.days_left()
                )
            }
            Ok(plan) => format!("最后工作日 {} 已过", words::long_day(plan.last_working_day)),
            Err(_) => String::new(),
        };
        shell::heading(ui, "报送", &sub);
    }

    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let verify = Action::VerifyPackage;
        if plain(ui, verify.name()).on_hover_text(verify.tip()).clicked() {
            cx.act(verify);
        }
        if quiet(ui, "合格证书").on_hover_text(Action::Certificates.tip()).clicked() {
            cx.act(Action::Certificates);
        }
        if quiet(ui, "汇总表").on_hover_text(Action::SummaryPdf.tip()).clicked() {
            cx.act(Action::SummaryPdf);
        }
    }

    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>) {
        if self.group.is_none() {
            self.group = cx
                .snap
                .campaign
                .groups
                .iter()
                .find(|(_, people)| *people > 0)
                .or(cx.snap.campaign.groups.first())
                .map(|(group, _)| group.clone());
        }
        let (left, right) = beside(room, 440.0);
        card_in(ui, left, size::CARD, |ui| {
            if cx.snap.campaign.applicants().is_empty() {
                let how = "先到申报页添加参评人员，办完初审和公示，再来写报送包。";
                empty(ui, "还没有参评人员", how, |_| {});
            } else {
                self.flight(ui, cx);
            }
        });
        card_in(ui, right, size::CARD, |ui| {
            ScrollArea::vertical().id_salt("handed-in").show(ui, |ui| {
                self.result(ui, cx);
                self.history(ui, cx);
            });
        });
    }
}
