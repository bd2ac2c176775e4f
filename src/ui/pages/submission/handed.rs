//! Beside the pre-flight: the papers of a level, what was written or verified last, and the history of
//! packages.

use super::{Last, verify};
use crate::package::{Verification, Written};
use crate::registry::PackageEntry;
use crate::ui::action::Action;
use crate::ui::app::Cx;
use crate::ui::dialog::{Ask, Paper};
use crate::ui::pages::{Go, Page};
use crate::ui::papers::{Whose, look};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Tone, h2, hairline, link, note, plain, quiet, small, tag};
use crate::ui::{office, reveal, words};
use eframe::egui::{RichText, Ui};
use std::path::PathBuf;
use std::sync::Arc;

/// Errors of a damaged package that are told one by one.
const TOLD: usize = 12;
/// What the number beside a package says.
const MANIFEST: &str = "清单文件的 SHA-256：收件人的和这里的一样，就是同一个报送包";

/// Buttons for the papers of a level.
pub fn papers(ui: &mut Ui, group: &str, cx: &mut Cx<'_>) {
    h2(ui, "打印和导出", &format!("{group}，先预览，再打印或保存"));
    ui.horizontal_wrapped(|ui| {
        for (paper, name, tip) in [
            (Paper::SummaryPdf, "汇总表 PDF", Action::SummaryPdf.tip()),
            (Paper::SummaryXlsx, "汇总表 Excel", Action::SummaryXlsx.tip()),
            (Paper::Certificates, "合格证书", Action::Certificates.tip()),
            (Paper::Handbooks, "登记手册", "本级别参评人员的登记手册，合成一个 PDF"),
            (Paper::Cards, "登记卡", "每人一页，认定起止各年的摘要"),
            (Paper::Checklist, "材料清单", "每人一份：有什么材料，可逐项打勾核对"),
            (Paper::Missing, "缺材料通知单", Action::Checklist.tip()),
            (Paper::Register, "合格证书登记册", Action::Register.tip()),
        ] {
            if !plain(ui, name).on_hover_text(tip).clicked() {
                continue;
            }
            if paper == Paper::SummaryXlsx {
                let ask = Ask::LevelPaper { paper, group: group.to_owned(), run: None };
                cx.dialogs.ask(ask, &office::paper_name(paper, group));
            } else {
                let whose = Whose { group: Some(group.to_owned()), ..Whose::default() };
                look(cx.desk, paper, whose, Page::Package);
            }
        }
        let tip = "每人的扫描件订成一个 PDF，有目录和页码，存到一个文件夹";
        if plain(ui, "证明材料合订").on_hover_text(tip).clicked() {
            cx.dialogs.ask(Ask::Binders { group: group.to_owned() }, "");
        }
    });
}

/// What came of the last writing or verification.
pub fn result(ui: &mut Ui, last: Option<&Last>, cx: &mut Cx<'_>) {
    match last {
        None => return,
        Some(Last::Packed(written)) => packed(ui, written, cx),
        Some(Last::Verified(path, found)) => verified(ui, path, found),
    }
    ui.add_space(14.0);
}

fn packed(ui: &mut Ui, written: &Written, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    h2(ui, "已写好并读回核对", "");
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
    let hash = cx.snap.packages.iter().find(|entry| entry.id == written.id);
    if let Some(entry) = hash {
        small(ui, format!("清单校验码 {}", entry.manifest_sha256)).on_hover_text(MANIFEST);
    }
    if !written.left_out.is_empty() {
        let names: Vec<&str> = written.left_out.iter().map(|left| left.name.as_str()).collect();
        small(ui, format!("没有装入 {} 人：{}", names.len(), names.join("、")));
    }
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        if plain(ui, "打开文件夹").clicked() {
            reveal::folder(&written.path);
        }
        if quiet(ui, "再核对一遍").clicked() {
            verify(cx.desk, written.path.clone());
        }
    });
    small(ui, "拔 U 盘前，请先在系统里安全弹出。");
}

fn verified(ui: &mut Ui, path: &std::path::Path, found: &Verification) {
    let t = Tokens::of(ui);
    h2(ui, "核对结果", "");
    ui.horizontal_wrapped(|ui| {
        let (tone, word) = match (found.valid, found.complete) {
            (true, _) => (Tone::Ok, "完好"),
            (false, true) => (Tone::Bad, "内容不对"),
            (false, false) => (Tone::Bad, "不完整"),
        };
        tag(ui, tone, word);
        ui.label(format!("{} 个文件，{}", found.files, words::bytes(found.bytes)));
    });
    if let Some(facts) = &found.package {
        let line =
            format!("{}，{} 年度{}，{} 人", facts.unit, facts.campaign, facts.level, facts.people);
        note(ui, line, t.ink);
    }
    note(ui, path.display().to_string(), t.ink2);
    if found.valid {
        small(ui, "每个文件都在，逐个核对过，与清单一致。");
        return;
    }
    for error in found.errors.iter().take(TOLD) {
        note(ui, error.clone(), t.seal);
    }
    if let Some(more) = found.errors.len().checked_sub(TOLD).filter(|more| *more > 0) {
        note(ui, format!("另有 {more} 处"), t.seal);
    }
    small(ui, "不要用这个报送包。请从原来的登记库重新写一份，或向报送单位重新索取。");
}

/// Packages written before, newest first, and a way to verify any package.
pub fn history(ui: &mut Ui, cx: &mut Cx<'_>) {
    let snapshot = Arc::clone(cx.snap);
    h2(ui, "核对一个报送包", "自己的、别的单位的都可以");
    ui.horizontal(|ui| {
        let tip = Action::VerifyPackage.tip();
        if plain(ui, "核对文件夹").on_hover_text(tip).clicked() {
            cx.dialogs.ask(Ask::VerifyPackage, "");
        }
        if plain(ui, "核对压缩包").on_hover_text(tip).clicked() {
            cx.dialogs.ask(Ask::VerifyZip, "");
        }
    });
    ui.add_space(14.0);
    h2(ui, "收下属单位的报送包", "");
    if link(ui, "去接收 ›").on_hover_text(Page::Receive.tip()).clicked() {
        cx.go(Go::Page(Page::Receive));
    }
    ui.add_space(14.0);
    h2(ui, "写过的报送包", "新的在前");
    if snapshot.packages.is_empty() {
        small(ui, "还没有写过。写好后，这里记下时间、人数、位置和清单的校验值。");
    }
    let mut packages: Vec<&PackageEntry> = snapshot.packages.iter().collect();
    packages.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    for (nr, entry) in packages.into_iter().enumerate() {
        if nr > 0 {
            hairline(ui);
        }
        ui.add_space(6.0);
        ui.push_id(&entry.id, |ui| written_before(ui, entry, cx));
        ui.add_space(6.0);
    }
}

fn written_before(ui: &mut Ui, entry: &PackageEntry, cx: &mut Cx<'_>) {
    let t = Tokens::of(ui);
    let path = PathBuf::from(&entry.path);
    let at = entry.at.format("%Y-%m-%d %H:%M").to_string();
    ui.horizontal(|ui| {
        if entry.draft {
            tag(ui, Tone::Mute, "草稿");
        }
        let words = format!("{} 年度{} {} 人", entry.campaign, entry.level_group, entry.people);
        ui.label(RichText::new(words).font(theme::bold(size::TEXT)).color(t.ink));
        small(ui, at.clone());
    });
    small(ui, entry.path.clone());
    ui.horizontal(|ui| {
        let hash: String = entry.manifest_sha256.chars().take(12).collect();
        small(ui, format!("清单校验码 {hash}…"))
            .on_hover_text(format!("{}\n{MANIFEST}", entry.manifest_sha256));
        let name = |verb: &str| format!("{verb} {} {at}", entry.level_group);
        if link(ui, "核对").accessible_name(name("核对")).clicked() {
            verify(cx.desk, path.clone());
        }
        if link(ui, "打开文件夹").accessible_name(name("打开")).clicked() {
            reveal::folder(&path);
        }
    });
}
