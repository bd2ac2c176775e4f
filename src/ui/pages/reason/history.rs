//! What was changed and when; much of the same kind in one step is told as a number.

use crate::ledger::{HistoryLine, RecordId};
use crate::ui::app::Cx;
use crate::ui::snapshot::PersonView;
use crate::ui::widgets::{h2, hairline, link, segment, small};
use eframe::egui::{Id, Ui};

/// Steps shown at first, and as many again with every 更早的.
const STEPS: usize = 20;
/// From so many lines of one kind on they are told as a number.
const MANY: usize = 4;

/// The history of the handbook, or of one record where that is asked for.
pub fn show(ui: &mut Ui, view: &PersonView, record: Option<RecordId>, cx: &mut Cx<'_>) {
    if view.history.is_empty() {
        return;
    }
    ui.add_space(14.0);
    h2(ui, "修改历史", "新的在前");
    let id = Id::unique(("history", view.handbook.person.id.0));
    let mut of: Option<RecordId> = record.or(ui.data(|data| data.get_temp(id)).flatten());
    if record.is_none() {
        filter(ui, view, &mut of);
        ui.data_mut(|data| data.insert_temp(id, of));
    }
    let lines: Vec<(&HistoryLine, Vec<&str>)> = view
        .history
        .iter()
        .map(|line| (line, said(line, of)))
        .filter(|(_, said)| of.is_none() || !said.is_empty())
        .collect();
    let more = id.with("more");
    let shown = ui.data(|data| data.get_temp::<usize>(more)).unwrap_or(STEPS);
    for (nr, (line, said)) in lines.iter().take(shown).enumerate() {
        if nr > 0 {
            hairline(ui);
        }
        step(ui, line, said, cx);
    }
    if lines.len() > shown && link(ui, "更早的 ›").clicked() {
        ui.data_mut(|data| data.insert_temp(more, shown + STEPS));
    }
}

/// One record's history, or everything.
fn filter(ui: &mut Ui, view: &PersonView, of: &mut Option<RecordId>) {
    let records = &view.handbook.records;
    if records.len() < 2 {
        *of = None;
        return;
    }
    let chosen = of.and_then(|id| records.iter().find(|record| record.id == id));
    ui.horizontal_wrapped(|ui| {
        if segment(ui, "全部", chosen.is_none()).clicked() {
            *of = None;
        }
        let words = chosen.map_or("只看一条…", |record| record.activity.title.as_str());
        let short: String = words.chars().take(16).collect();
        let button = segment(ui, &short, chosen.is_some());
        eframe::egui::Popup::menu(&button).show(|ui| {
            ui.set_max_width(320.0);
            eframe::egui::ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                for record in records {
                    let start = record.activity.start.format("%Y-%m-%d");
                    if ui.button(format!("{start}　{}", record.activity.title)).clicked() {
                        *of = Some(record.id);
                    }
                }
            });
        });
    });
}

/// What a step changed, of one record if that is asked for.
fn said(line: &HistoryLine, of: Option<RecordId>) -> Vec<&str> {
    let concerns = line.concerns.iter().copied().chain(std::iter::repeat(None));
    line.changes
        .iter()
        .zip(concerns)
        .filter(|(_, concerns)| of.is_none() || *concerns == of)
        .map(|(said, _)| said.as_str())
        .collect()
}

fn step(ui: &mut Ui, line: &HistoryLine, said: &[&str], cx: &mut Cx<'_>) {
    let this_year = chrono::Datelike::year(&cx.snap.today);
    let format = match chrono::Datelike::year(&line.at) {
        year if year == this_year => "%m-%d %H:%M",
        _ => "%Y-%m-%d %H:%M",
    };
    ui.add_space(3.0);
    ui.label(format!("{}　{}", line.at.format(format), line.action));
    let open = Id::unique(("history-step", line.at, &line.action));
    let all = ui.data(|data| data.get_temp::<bool>(open)).unwrap_or(false);
    if all {
        for said in said {
            small(ui, *said);
        }
    } else {
        let short = grouped(said);
        let hidden = short.len() < said.len();
        for said in short {
            small(ui, said);
        }
        if hidden && link(ui, "逐条看 ›").clicked() {
            ui.data_mut(|data| data.insert_temp(open, true));
        }
    }
    ui.add_space(3.0);
}

/// Lines that say the same of many things become one with their number: `新增证明材料 104 个`.
fn grouped(said: &[&str]) -> Vec<String> {
    let mut kinds: Vec<(String, Vec<&str>)> = Vec::new();
    for line in said {
        let kind = kind_of(line);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, lines)) => lines.push(line),
            None => kinds.push((kind, vec![line])),
        }
    }
    let mut short = Vec::new();
    for (kind, lines) in kinds {
        if lines.len() < MANY {
            short.extend(lines.into_iter().map(str::to_owned));
        } else {
            short.push(format!("{kind} {} 个", lines.len()));
        }
    }
    short
}

/// A line without what it names: `新增学习记录「甲」的证明材料「乙」` is of the kind `新增证明材料`.
fn kind_of(line: &str) -> String {
    let mut kind = String::new();
    let mut depth = 0;
    for c in line.chars() {
        match c {
            '「' => depth += 1,
            '」' => depth -= 1,
            _ if depth == 0 => kind.push(c),
            _ => {}
        }
    }
    let verb = ["新增", "删除"].into_iter().find(|verb| kind.starts_with(verb));
    match verb {
        Some(verb) => {
            let noun = kind.rsplit('的').next().unwrap_or_default();
            format!("{verb}{}", noun.trim_start_matches(verb))
        }
        // A changed field: which one, not from what to what.
        None => match kind.split_once('：') {
            Some((field, _)) => format!("修改{}", field.trim()),
            None => kind,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_lines_of_one_kind_are_one_with_their_number() {
        let files: Vec<String> = (0..104)
            .map(|nr| format!("新增学习记录「护理」的证明材料「签到表 {nr}.pdf」"))
            .collect();
        let mut said: Vec<&str> = files.iter().map(String::as_str).collect();
        said.push("人员「张三」 科室：内科 → 护理部");
        assert_eq!(grouped(&said), ["新增证明材料 104 个", "人员「张三」 科室：内科 → 护理部"]);
        assert_eq!(grouped(&said[..2]), said[..2]);
    }
}
