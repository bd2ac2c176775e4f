//! Under the table: how many are shown, and what can be done with those that are picked.

use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{Tone, link, plain};
use eframe::egui::{Align, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, vec2};

/// What a clerk does with many people at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Batch {
    Record,
    Edit,
    Apply,
    Review,
    Print,
    Retire,
    Return,
    Merge,
    Nothing,
}

impl Batch {
    pub fn name(self) -> &'static str {
        match self {
            Self::Record => "登记同一班次",
            Self::Edit => "批量修改",
            Self::Apply => "加入参评",
            Self::Review => "年度审核",
            Self::Print => "打印手册",
            Self::Retire => "标记退休或离职",
            Self::Return => "恢复在职",
            Self::Merge => "合并为一人",
            Self::Nothing => "取消勾选",
        }
    }

    pub fn tip(self) -> &'static str {
        match self {
            Self::Record => "为勾选的人登记一次共同的学习，材料共用",
            Self::Edit => "一次改科室、工作单位、现职称等，可以撤销",
            Self::Apply => "把勾选的人列为本年度参评人员",
            Self::Review => "单位审核勾选的人某一年的登记",
            Self::Print => "预览、打印勾选的人的登记手册",
            Self::Retire => "不再登记，手册保留",
            Self::Return => "重新列入在职人员",
            Self::Merge => "勾选的两条是同一个人时，合为一条",
            Self::Nothing => "Esc",
        }
    }

    /// Those that are offered for so many people.
    pub fn offered(picked: usize, all_retired: bool) -> Vec<Self> {
        let mut all = vec![Self::Record, Self::Edit, Self::Apply, Self::Review, Self::Print];
        all.push(if all_retired { Self::Return } else { Self::Retire });
        if picked == 2 {
            all.push(Self::Merge);
        }
        all
    }
}

/// How many are picked, how many of them are not in the list, and whether all have left.
#[derive(Debug, Clone, Copy, Default)]
pub struct Picked {
    pub people: usize,
    pub hidden: usize,
    pub all_retired: bool,
}

/// The line at the foot of the card; what was asked for.
/// `found`: how many a search has found; `years`: whether the squares of the years are shown.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    picked: Picked,
    found: Option<usize>,
    years: bool,
) -> Option<Batch> {
    let t = Tokens::of(ui);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, t.line));
    if picked.people > 0 {
        let ground = rect.shrink2(vec2(1.0, 0.0)).with_min_y(rect.top() + 1.0);
        ui.painter().rect_filled(ground, size::RADIUS, t.info_wash);
    }
    let inner = rect.shrink2(vec2(16.0, 0.0));
    let mut line = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::left_to_right(Align::Center))
            .id_salt("picked"),
    );
    line.spacing_mut().item_spacing.x = 8.0;
    if picked.people == 0 {
        let how = "双击或按 Enter 打开手册，勾选后可以批量办理";
        let words = found.map_or_else(|| how.to_owned(), |found| format!("找到 {found} 人　{how}"));
        line.label(RichText::new(words).small().color(t.ink3));
        if years {
            legend(&mut line);
        }
        return None;
    }
    let words = format!("已选 {} 人", picked.people);
    line.label(RichText::new(words).font(theme::bold(size::TEXT)).color(t.ink));
    if picked.hidden > 0 {
        let words = format!("其中 {} 人不在当前列表", picked.hidden);
        line.label(RichText::new(words).small().color(t.ink2));
    }
    line.add_space(8.0);
    let mut asked = None;
    for batch in Batch::offered(picked.people, picked.all_retired) {
        if plain(&mut line, batch.name()).on_hover_text(batch.tip()).clicked() {
            asked = Some(batch);
        }
    }
    if link(&mut line, Batch::Nothing.name()).on_hover_text(Batch::Nothing.tip()).clicked() {
        asked = Some(Batch::Nothing);
    }
    asked
}

/// What the squares of the years mean, at the right, where there is room for all of it.
fn legend(line: &mut Ui) {
    let t = Tokens::of(line);
    let meanings = [
        ("达标", Tone::Ok),
        ("视同", Tone::Info),
        ("缺材料", Tone::Wait),
        ("不够", Tone::Bad),
        ("没有记录", Tone::Mute),
    ];
    let words: String = meanings.iter().map(|(word, _)| *word).collect();
    let width = line.painter().layout_no_wrap(words, theme::text(size::SMALL), t.ink3).size().x;
    let square = 12.0;
    if line.available_width() < width + meanings.len() as f32 * (square + 20.0) {
        return;
    }
    line.with_layout(Layout::right_to_left(Align::Center), |ui| {
        for (word, tone) in meanings.into_iter().rev() {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(RichText::new(word).small().color(t.ink3));
            let (rect, _) = ui.allocate_exact_size(vec2(square, square), Sense::hover());
            let (ink, ground) = tone.colors(t);
            let edge = Stroke::new(1.0, ink);
            ui.painter().rect(rect, 3.0, ground, edge, StrokeKind::Inside);
            ui.add_space(8.0);
        }
    });
}
