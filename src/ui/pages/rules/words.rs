//! The notice's own words beside the rules made of them: the sentence that a rule comes from is lit, and a
//! click on a sentence asks for the rule.

use crate::notice::Notice;
use crate::notice::words::Paragraph;
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::{h2, small};
use eframe::egui::accesskit::Role;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, CursorIcon, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

/// What of the text is lit.
#[derive(Default)]
pub struct Words {
    /// The clause, by its id.
    lit: Option<String>,
    /// Bring it into view once.
    reveal: bool,
}

impl Words {
    /// Lights a clause; one that a choice of the unit's made its own lights the sentence it came from.
    pub fn light(&mut self, clause: &str) {
        self.lit = Some(plain_id(clause).to_owned());
        self.reveal = true;
    }

    pub fn lit(&self) -> Option<&str> {
        self.lit.as_deref()
    }

    /// The text; the clause that was clicked.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        paragraphs: &[Paragraph],
        in_full: bool,
        notice: &Notice,
    ) -> Option<String> {
        let lit = self.lit.as_deref().and_then(|id| notice.clause(id));
        let note = match lit {
            Some(clause) => format!("已标出 {}", clause.place),
            None => "点一句，看据它定的规则".to_owned(),
        };
        h2(ui, "通知原文", &note);
        if !in_full {
            small(ui, "这份通知没有附全文，下面是规则所据的条款。");
        }
        let mut clicked = None;
        ScrollArea::vertical().id_salt("words").auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            for (nr, paragraph) in paragraphs.iter().enumerate() {
                let found = ui.push_id(nr, |ui| self.paragraph(ui, paragraph)).inner;
                clicked = clicked.take().or(found);
            }
        });
        self.reveal = false;
        if let Some(clause) = &clicked {
            self.lit = Some(clause.clone());
        }
        clicked
    }

    fn paragraph(&self, ui: &mut Ui, paragraph: &Paragraph) -> Option<String> {
        let t = Tokens::of(ui);
        let width = (ui.available_width() - 12.0).max(80.0);
        let galley = ui.painter().layout_job(self.job(t, paragraph, width));
        let sense = if paragraph.clauses.is_empty() { Sense::hover() } else { Sense::click() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y), sense);
        let role = if paragraph.clauses.is_empty() { Role::Label } else { Role::Link };
        response.widget_info(|| WidgetInfo::labeled(role, true, &paragraph.text));
        if response.has_focus() {
            ui.painter().vline(rect.left() - 4.0, rect.y_range(), Stroke::new(2.0, t.ink));
        }
        let is_lit = self.lit.as_deref().is_some_and(|id| paragraph.ranges_of(id).next().is_some());
        if is_lit {
            ui.painter().vline(rect.left() - 6.0, rect.y_range(), Stroke::new(3.0, t.seal));
            if self.reveal {
                ui.scroll_to_rect(rect, Some(Align::Center));
            }
        }
        let at = response.interact_pointer_pos().or(response.hover_pos());
        let clause = at.and_then(|at| {
            let letter = galley.cursor_from_pos(at - rect.min).index;
            let byte = paragraph.text.char_indices().nth(letter.0).map(|(byte, _)| byte)?;
            paragraph.clause_at(byte)
        });
        ui.painter().galley(rect.min, galley.clone(), t.ink2);
        // By the keyboard, or beside any sentence: the paragraph's first clause.
        let first = paragraph.clauses.first().map(|(_, id)| id.as_str());
        let clause = clause.or(first)?;
        let clicked = response.clicked();
        response.on_hover_cursor(CursorIcon::PointingHand);
        clicked.then(|| clause.to_owned())
    }

    /// The paragraph with what is lit on a ground of its own, and what rules come from underlined.
    fn job(&self, t: &Tokens, paragraph: &Paragraph, width: f32) -> LayoutJob {
        let text = &paragraph.text;
        let mut cuts = vec![0, text.len()];
        cuts.extend(paragraph.clauses.iter().flat_map(|(range, _)| [range.start, range.end]));
        cuts.sort_unstable();
        cuts.dedup();
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        for ends in cuts.windows(2) {
            let covers = |(range, _): &&(std::ops::Range<usize>, String)| {
                range.start <= ends[0] && ends[1] <= range.end
            };
            let marked = paragraph.clauses.iter().any(|it| covers(&it));
            let lit = self.lit.as_deref().is_some_and(|lit| {
                paragraph.clauses.iter().filter(covers).any(|(_, id)| id == lit)
            });
            let mut format =
                TextFormat::simple(theme::quote(size::QUOTE), if marked { t.ink } else { t.ink2 });
            format.line_height = Some(22.0);
            if lit {
                format.background = t.wait_wash;
                format.color = t.ink;
            }
            if marked {
                format.underline = Stroke::new(1.0, if lit { t.seal } else { t.line });
            }
            job.append(&text[ends[0]..ends[1]], 0.0, format);
        }
        job
    }
}

/// The id of the clause in the notice itself.
pub fn plain_id(clause: &str) -> &str {
    clause.split('~').next().unwrap_or(clause)
}
