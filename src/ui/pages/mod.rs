//! The pages, in the order of the year's steps, and how one gets from one to another.

pub mod activity_form;
pub mod applicants;
pub mod campaign;
pub mod change_form;
pub mod declared;
pub mod entry;
pub mod evidence;
pub mod findings;
pub mod first_run;
pub mod handbook;
pub mod import;
mod import_sheets;
pub mod overview;
mod page;
pub mod people;
pub mod person_form;
pub mod picker;
pub mod preview;
pub mod publicity;
pub mod reason;
pub mod receive;
pub mod rules;
pub mod settings;
pub mod submission;

pub use page::{Go, Page};

use super::action::Action;
use super::app::Cx;
use super::chores;
use super::desk::{Desk, Outcome};
use super::dialog::{Ask, Dialogs, For, Paper};
use super::office;
use super::papers::{self, Whose};
use super::snapshot::Snapshot;
use super::theme::{Tokens, size};
use super::widgets::modal::{modal, room};

use crate::notice::SlotId;
use eframe::egui::{Align, Context, Layout, Pos2, Rect, RichText, ScrollArea, Ui, Vec2, vec2};
use evidence::arrive::{self, Spot};
use std::path::PathBuf;
use std::sync::Arc;

/// What a page draws: its title in the header, its tools at the header's right, its body.
pub trait View {
    /// The page is never laid out smaller; where there is less room it is scrolled.
    fn least(&self) -> Vec2 {
        vec2(size::LEAST_X, size::LEAST_Y)
    }
    fn title(&mut self, ui: &mut Ui, cx: &mut Cx<'_>);
    /// Drawn from right to left.
    fn tools(&mut self, ui: &mut Ui, cx: &mut Cx<'_>);
    fn body(&mut self, ui: &mut Ui, room: Rect, cx: &mut Cx<'_>);
}

/// A labelled line of a form: the label right-aligned in 92 points, the field beside it.
pub fn form_row(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui)) {
    let t = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            vec2(92.0, size::FIELD),
            Layout::right_to_left(Align::Center),
            |ui| {
                ui.set_min_size(vec2(92.0, size::FIELD));
                ui.label(RichText::new(label).color(t.ink2));
            },
        );
        ui.add_space(4.0);
        ui.vertical(|ui| {
            ui.set_min_height(size::FIELD);
            add(ui);
        });
    });
    ui.add_space(4.0);
}

/// A form over the page: its body scrolls where it is higher than the window, its buttons stay in sight.
/// True when it is done with.
pub fn form_modal<F>(
    ui: &Ui,
    name: &str,
    width: f32,
    form: &mut F,
    body: impl FnOnce(&mut F, &mut Ui),
    buttons: impl FnOnce(&mut F, &mut Ui) -> bool,
) -> bool {
    let shown = modal(ui.ctx(), name, width, |ui| {
        let high = room(ui.ctx(), 24.0);
        // As high as it will be from the first frame on: a button never moves away below the pointer.
        let fields = ScrollArea::vertical().max_height(high).min_scrolled_height(high);
        fields.show(ui, |ui| body(form, ui));
        ui.add_space(8.0);
        buttons(form, ui)
    });
    shown.inner || shown.dismissed
}

/// All pages with what they remember while the program runs.
#[derive(Default)]
pub struct Pages {
    pub first_run: first_run::FirstRun,
    pub overview: overview::Overview,
    pub people: people::People,
    pub handbook: handbook::Handbook,
    pub entry: entry::Entry,
    pub import: import::Import,
    pub campaign: campaign::Campaign,
    pub publicity: publicity::Publicity,
    pub receive: receive::Receive,
    pub rules: rules::Rules,
    pub settings: settings::Settings,
    pub submission: submission::Submission,
    pub preview: preview::Preview,
}

impl Pages {
    pub fn view(&mut self, page: Page) -> &mut dyn View {
        match page {
            Page::Overview => &mut self.overview,
            Page::Person => &mut self.handbook,
            Page::Entry => &mut self.entry,
            Page::Import => &mut self.import,
            Page::Campaign => &mut self.campaign,
            Page::Publicity => &mut self.publicity,
            Page::Receive => &mut self.receive,
            Page::Package => &mut self.submission,
            Page::Rules => &mut self.rules,
            Page::Settings => &mut self.settings,
            Page::Preview => &mut self.preview,
            Page::People => &mut self.people,
        }
    }

    pub fn go(&mut self, go: Go, desk: &mut Desk) -> Page {
        let snapshot = desk.snapshot.clone();
        match (go, snapshot) {
            (Go::Page(page), _) => page,
            (Go::Person(person, record), _) => {
                self.handbook.open(person, record, None);
                desk.watch(Some(person));
                Page::Person
            }
            (Go::Year(person, year), _) => {
                self.handbook.open(person, None, Some(year));
                desk.watch(Some(person));
                Page::Person
            }
            (Go::NextYear, Some(snapshot)) => {
                self.rules.renew(&snapshot);
                Page::Rules
            }
            (Go::Calendar, _) => {
                self.rules.open_calendar();
                Page::Rules
            }
            (Go::Campaign(filter), _) => {
                self.campaign.set_filter(filter);
                Page::Campaign
            }
            (Go::Record(person, year), Some(snapshot)) => {
                self.entry.for_person(&snapshot, person, year);
                Page::Entry
            }
            (Go::RecordAll(people), Some(snapshot)) => {
                self.entry.for_people(&snapshot, people);
                Page::Entry
            }
            (Go::Edit(record), _) => {
                self.entry.change(record);
                Page::Entry
            }
            (Go::Copy(record), _) => {
                self.entry.copy(&record);
                Page::Entry
            }
            (Go::Event(event), _) => {
                desk.glance(move |registry| chores::open_event(registry, event));
                Page::Entry
            }
            (Go::Record(..) | Go::RecordAll(_) | Go::NextYear, None) => Page::Overview,
        }
    }

    /// Takes a job's result; the page that shows it.
    pub fn hand_over(&mut self, outcome: Outcome, desk: &mut Desk) -> Option<Page> {
        match outcome {
            Outcome::Edit(record) => Some(self.go(Go::Edit(record), desk)),
            Outcome::Looked(looked) => {
                self.receive.looked(looked);
                Some(Page::Receive)
            }
            Outcome::Received(receipt) => {
                self.receive.received(receipt, desk);
                Some(Page::Receive)
            }
            Outcome::Imported { report, file, dry_run, revision } => {
                self.import.take(file, report, dry_run, revision);
                Some(Page::Import)
            }
            Outcome::Packed(written) => {
                self.submission.packed(written);
                Some(Page::Package)
            }
            Outcome::Verified { path, verification } => {
                self.submission.verified(path, verification);
                Some(Page::Package)
            }
            Outcome::Examined { problems, tidied } => {
                self.settings.examined(problems, tidied);
                Some(Page::Settings)
            }
            Outcome::Effect { asked, told } => {
                self.rules.effect(asked, told);
                None
            }
            Outcome::Checked { name, told } => {
                self.settings.checked(name, told);
                None
            }
            Outcome::Template(found) => {
                self.settings.template(found);
                None
            }
            Outcome::Units(found) => {
                self.settings.units(found);
                None
            }
            Outcome::NoticeWords(words) => {
                self.rules.take_words(words);
                None
            }
            Outcome::Overlaps { asked, lines } => {
                self.entry.overlaps(asked, lines);
                None
            }
            Outcome::Events(lines) => {
                self.entry.events(lines);
                None
            }
            Outcome::Event(view) => {
                self.entry.change_event(*view);
                Some(Page::Entry)
            }
            Outcome::Room(room) => {
                self.submission.room(room);
                None
            }
            Outcome::Backups { all, .. } => {
                self.settings.backups(all);
                None
            }
            Outcome::Preview(paper) => Some(self.preview.open(paper)),
            Outcome::Twins(pairs) => {
                self.people.twins(pairs);
                Some(Page::People)
            }
            Outcome::Merge(merge) => {
                self.people.merge(merge.map(|merge| *merge));
                None
            }
            Outcome::With { title, people, .. } => {
                self.people.only(title, people);
                Some(Page::People)
            }
            Outcome::Quiet
            | Outcome::Partly { .. }
            | Outcome::Titles(_)
            | Outcome::Reopen { .. }
            | Outcome::Pasted { .. }
            | Outcome::Unfit { .. }
            | Outcome::Said { .. }
            | Outcome::Person { .. }
            | Outcome::Saved { .. } => None,
        }
    }

    /// Files that were pasted have come from the clipboard.
    pub fn pasted(
        &mut self,
        to: For,
        spots: &[Spot],
        at: Option<Pos2>,
        files: Vec<PathBuf>,
        desk: &mut Desk,
    ) {
        let Some(snapshot) = desk.snapshot.clone() else { return };
        let files = arrive::placed(&snapshot.notice, spots, files, at);
        self.land(to, files, desk);
    }

    /// Files have found their slots.
    fn land(&mut self, to: For, files: Vec<(SlotId, PathBuf)>, desk: &mut Desk) {
        match to {
            For::Entry => self.entry.add_files(files, desk),
            For::Record(record) => self.handbook.attach(record, files, desk),
            For::Declared => self.handbook.attach_declared(files, desk),
            For::Discharge { person, campaign, year } => {
                handbook::discharge(desk, person, campaign, year, files);
            }
            For::Photo => {
                if let Some((_, file)) = files.into_iter().next() {
                    self.handbook.photo(file.clone());
                    self.people.photo(file);
                }
            }
        }
    }

    /// Files that a form holds turned out not to be evidence.
    pub fn unfit(&mut self, to: For, files: &[(PathBuf, String)]) {
        match to {
            For::Entry => self.entry.drop_files(files),
            For::Declared => self.handbook.drop_declared(files),
            For::Record(_) | For::Discharge { .. } | For::Photo => {}
        }
    }

    /// A file dialog was answered.
    pub fn answer(&mut self, ctx: &Context, ask: Ask, paths: Vec<PathBuf>, desk: &mut Desk) {
        let snapshot = desk.snapshot.clone();
        let Some(first) = paths.first().cloned() else { return };
        match (ask, snapshot) {
            (Ask::Evidence { slot, to, .. }, _) => {
                let files = paths.into_iter().map(|path| (slot.clone(), path)).collect();
                self.land(to, files, desk);
            }
            (Ask::Photo, _) => self.land(For::Photo, vec![(SlotId(String::new()), first)], desk),
            (Ask::Workbook, _) => self.import.look_at(desk, first),
            (Ask::SaveTemplate, _) => {
                desk.work("保存导入模板", move |registry, _, _| {
                    chores::template(registry, &first)
                });
            }
            (Ask::PackageParent, Some(snapshot)) => self.submission.chosen(&snapshot, first, desk),
            (Ask::ReceiveFolders | Ask::ReceiveZips, _) => self.receive.look_at(paths, desk),
            (Ask::RunFile { run, kind }, _) => {
                desk.work("放入材料", move |registry, _, progress| {
                    chores::attach_to_run(registry, run, kind, &paths, progress)
                });
            }
            (Ask::VerifyPackage | Ask::VerifyZip, _) => submission::verify(desk, first),
            (Ask::LevelPaper { paper, group, run }, _) => {
                let whose = Whose { group: Some(group), run, ..Whose::default() };
                desk.work("存文件", move |registry, today, _| {
                    papers::save(registry, paper, &whose, &first, today)
                });
            }
            (Ask::Binders { group }, _) => {
                desk.work("合订证明材料", move |registry, today, progress| {
                    papers::bind(registry, &group, &first, today, progress)
                });
            }
            (Ask::Calendar, _) => desk.work("保存放假安排", move |registry, _, _| {
                office::take_calendar(registry, &first)
            }),
            (Ask::BackupWholeInto, Some(snapshot)) => {
                let name = format!("{} 完整备份 {}", snapshot.unit.name, snapshot.today);
                let to = first.join(name);
                desk.work("完整备份", move |registry, _, progress| {
                    office::back_up_whole(registry, &to, progress)
                });
            }
            (Ask::BackupWholeZip, _) => desk.work("完整备份", move |registry, _, progress| {
                office::back_up_whole(registry, &first, progress)
            }),
            (Ask::RestoreFrom, _) => self.settings.restore_from(first),
            (Ask::PlatformProof(platform), _) => {
                desk.work("放入备案证明", move |registry, _, progress| {
                    office::attach_proofs(registry, &platform, &paths, progress)
                });
            }
            (Ask::NoticeWords, _) => {
                desk.work("读入通知全文", move |_, _, _| office::read_words(&first));
            }
            (Ask::BackupTo, _) => desk.work("备份登记库", move |registry, _, progress| {
                office::back_up(registry, Some(&first), progress)
            }),
            (Ask::SavePreview, _) => self.preview.save(ctx, first),
            (Ask::SavePaper(paper), snapshot) => {
                let mut whose = self.whose();
                if let (Paper::GapsXlsx, Some(snapshot)) = (paper, &snapshot) {
                    (whose.year, whose.people) = self.people.whose_gaps(snapshot);
                }
                desk.work("存文件", move |registry, today, _| {
                    papers::save(registry, paper, &whose, &first, today)
                });
            }
            (ask, _) => self.first_run.answer(&ask, &paths, desk),
        }
    }

    /// Whose papers are asked for: the open handbook's person, the level that is filtered for.
    fn whose(&self) -> Whose {
        let group = self.campaign.group().map(str::to_owned);
        Whose { person: self.handbook.person(), group, ..Whose::default() }
    }

    /// Does an action that is a page's; the page to show.
    pub fn perform(
        &mut self,
        action: Action,
        snapshot: &Arc<Snapshot>,
        desk: &mut Desk,
        dialogs: &mut Dialogs,
    ) -> Option<Page> {
        let whose = self.whose();
        let mut look = |paper: Paper, back: Page| {
            papers::look(desk, paper, whose.clone(), back);
            None
        };
        match action {
            Action::AddRecord => Some(Page::Entry),
            Action::AddPerson => {
                self.people.add();
                Some(Page::People)
            }
            Action::Twins => {
                desk.work("查找重复的人", |registry, _, _| chores::find_twins(registry));
                None
            }
            Action::AddApplicants => {
                self.campaign.add(snapshot);
                Some(Page::Campaign)
            }
            Action::Import => {
                dialogs.ask(Ask::Workbook, "");
                Some(Page::Import)
            }
            Action::Template => {
                dialogs.ask(Ask::SaveTemplate, "导入模板.xlsx");
                None
            }
            Action::ReceivePackages => {
                dialogs.ask(Ask::ReceiveFolders, "");
                Some(Page::Receive)
            }
            Action::VerifyPackage => {
                dialogs.ask(Ask::VerifyPackage, "");
                None
            }
            Action::Backup => {
                desk.work("备份登记库", |registry, _, progress| {
                    office::back_up(registry, None, progress)
                });
                None
            }
            Action::Doctor => {
                desk.work("检查登记库", |registry, _, _| chores::doctor(registry));
                None
            }
            Action::SummaryXlsx => {
                dialogs.ask(Ask::SavePaper(Paper::SummaryXlsx), Paper::SummaryXlsx.file_name());
                None
            }
            Action::SummaryPdf => look(Paper::SummaryPdf, Page::Campaign),
            Action::Certificates => look(Paper::Certificates, Page::Campaign),
            Action::Register => look(Paper::Register, Page::Campaign),
            Action::Findings => look(Paper::Findings, Page::Campaign),
            Action::Checklist => look(Paper::Missing, Page::Campaign),
            Action::HandbookPdf => look(Paper::Handbook, Page::Person),
            Action::EvidencePdf => look(Paper::Evidence, Page::Person),
            Action::PublicityPdf => look(Paper::Publicity, Page::Publicity),
            Action::PublicityResult => look(Paper::PublicityResult, Page::Publicity),
            _ => None,
        }
    }
}
