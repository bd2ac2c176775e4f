//! The first page: a new registry for a unit, one that exists, or a made-up one to look around in.

use super::form_row;
use crate::failure::Failure;
use crate::ledger::Unit;
use crate::notice::{Notice, load};
use crate::registry::Registry;
use crate::ui::action::Action;
use crate::ui::app::Wish;
use crate::ui::desk::Desk;
use crate::ui::dialog::{Ask, Dialogs};
use crate::ui::places::{self, cloud, documents};
use crate::ui::theme::{self, Tokens, size};
use crate::ui::widgets::field::go_to_fault;
use crate::ui::widgets::{self, TextField, card, combo, h2, link, plain, primary, quiet, small};
use eframe::egui::{Align, Label, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};
use std::path::{Path, PathBuf};

/// What has been filled in.
#[derive(Default)]
pub struct FirstRun {
    /// Shown over an open registry (新建登记库 was asked for).
    asked: bool,
    unit: Unit,
    parent: Option<PathBuf>,
    folder: String,
    told_missing: bool,
    /// The cursor has been put into the first field.
    begun: bool,
    notice: Option<Notice>,
}

impl FirstRun {
    pub fn open_form(&mut self) {
        *self = Self { asked: true, ..Self::default() };
    }

    pub fn is_open(&self) -> bool {
        self.asked
    }

    pub fn answer(&mut self, ask: &Ask, paths: &[PathBuf], desk: &mut Desk) {
        let Some(dir) = paths.first() else { return };
        match ask {
            Ask::RegistryParent => self.parent = Some(dir.clone()),
            Ask::SampleParent => make_sample(desk, dir.join("学时样例")),
            _ => {}
        }
    }

    pub fn show(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk,
        dialogs: &mut Dialogs,
        recent: &[PathBuf],
        can_go_back: bool,
        wishes: &mut Vec<Wish>,
    ) {
        let t = Tokens::of(ui);
        let all = ui.max_rect();
        ui.painter().rect_filled(all, 0.0, t.bg);
        let width = 920.0_f32.min(all.width() - 48.0);
        let room = Rect::from_center_size(all.center(), vec2(width, all.height() - 64.0));
        let mut page = ui.new_child(UiBuilder::new().max_rect(room).id_salt("first-run"));
        ScrollArea::vertical().show(&mut page, |ui| {
            head(ui);
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::GAP;
                let left = 548.0;
                ui.allocate_ui_with_layout(
                    vec2(left, 0.0),
                    Layout::top_down(Align::Min),
                    |ui| {
                        ui.spacing_mut().item_spacing.x = 8.0;
                        card(ui, |ui| self.form(ui, desk, dialogs, can_go_back))
                    },
                );
                ui.vertical(|ui| {
                    card(ui, |ui| {
                        h2(ui, "已有登记库", "");
                        small(ui, "登记库是一个文件夹：选中这个文件夹打开，从别的电脑拷来的也行。");
                        ui.add_space(8.0);
                        if plain(ui, "打开登记库").clicked() {
                            wishes.push(Wish::Do(Action::OpenRegistry));
                        }
                        for dir in recent.iter().filter(|dir| dir.exists()) {
                            ui.add_space(4.0);
                            let name = dir.display().to_string();
                            if link(ui, &name).clicked() {
                                self.asked = false;
                                wishes.push(Wish::Open(dir.clone()));
                            }
                        }
                    });
                    ui.add_space(12.0);
                    card(ui, |ui| {
                        h2(ui, "先看看样子", "");
                        small(
                            ui,
                            "做一个虚构的单位：人员、学习记录、材料、公示和报送包都有，可以随意改动。",
                        );
                        ui.add_space(8.0);
                        if plain(ui, "看样例").clicked() {
                            match documents().filter(|dir| dir.is_dir()) {
                                Some(dir) => make_sample(desk, dir.join("学时样例")),
                                None => dialogs.ask(Ask::SampleParent, ""),
                            }
                        }
                    });
                });
            });
        });
    }

    fn form(&mut self, ui: &mut Ui, desk: &mut Desk, dialogs: &mut Dialogs, can_go_back: bool) {
        let t = Tokens::of(ui);
        h2(ui, "新建登记库", "一个单位一个，以后都可以改");
        let notice = self.notice.get_or_insert_with(newest).clone();
        let kinds: Vec<&str> = notice.recipients.iter().map(|r| r.unit_kind.as_str()).collect();
        if self.unit.kind.is_empty() {
            self.unit.kind = kinds.first().map_or_else(String::new, |&kind| kind.to_owned());
        }
        form_row(ui, "单位名称", |ui| {
            let missing = self.told_missing && self.unit.name.trim().is_empty();
            let field = TextField::new("单位名称").hint("全称，与公章一致").bad(missing);
            let typed = field.show(ui, &mut self.unit.name);
            if !std::mem::replace(&mut self.begun, true) {
                typed.response.request_focus();
            }
            if missing {
                widgets::note(ui, "请填写单位名称", t.seal);
            }
        });
        form_row(ui, "隶属", |ui| {
            combo(ui, "隶属", 160.0, &kinds, &mut self.unit.kind);
        });
        let needs_county = notice
            .recipients
            .iter()
            .any(|recipient| recipient.unit_kind == self.unit.kind && recipient.needs_county);
        if needs_county {
            form_row(ui, "县市", |ui| {
                let missing = self.told_missing && self.unit.county.trim().is_empty();
                if notice.counties.is_empty() {
                    let field = TextField::new("县市").width(160.0).bad(missing);
                    field.show(ui, &mut self.unit.county);
                } else {
                    let counties: Vec<&str> = notice.counties.iter().map(String::as_str).collect();
                    combo(ui, "县市", 160.0, &counties, &mut self.unit.county);
                }
                if missing {
                    widgets::note(ui, "请选择所属县市", t.seal);
                }
            });
        }
        form_row(ui, "主管部门", |ui| {
            TextField::new("主管部门")
                .hint("例如 州卫生健康委；本身是主管部门的不填")
                .show(ui, &mut self.unit.department);
        });
        form_row(ui, "经办人", |ui| {
            ui.horizontal(|ui| {
                TextField::new("经办人").hint("姓名").width(140.0).show(ui, &mut self.unit.contact);
                TextField::new("电话").hint("电话").width(160.0).show(ui, &mut self.unit.phone);
            });
        });
        let parent = self.parent.clone().or_else(documents);
        if self.folder.is_empty() {
            places::FOLDER.clone_into(&mut self.folder);
        }
        form_row(ui, "放在", |ui| {
            let shown = parent
                .as_ref()
                .map(|dir| dir.join(&self.folder).display().to_string())
                .unwrap_or_else(|| "请选择文件夹".to_owned());
            ui.horizontal(|ui| {
                ui.set_min_height(size::FIELD);
                if link(ui, "更改").clicked() {
                    dialogs.ask(Ask::RegistryParent, "");
                }
                ui.add(Label::new(RichText::new(shown).color(t.ink2)).truncate());
            });
            if let Some(cloud) = parent.as_deref().and_then(cloud) {
                let told = format!("{cloud} 会把它传到网上，同步时还可能弄坏数据：请换一个文件夹");
                widgets::note(ui, told, t.seal);
            }
        });
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            // A double click founds one registry.
            if primary(ui, "建立登记库").clicked() && !desk.waiting() {
                self.told_missing = true;
                let county_ok = !needs_county || !self.unit.county.trim().is_empty();
                match parent {
                    _ if self.unit.name.trim().is_empty() || !county_ok => go_to_fault(ui.ctx()),
                    Some(parent) => {
                        self.found(desk, parent.join(self.folder.trim()), notice.id.clone());
                    }
                    None => dialogs.ask(Ask::RegistryParent, ""),
                }
            }
            if can_go_back && quiet(ui, "返回").clicked() {
                self.asked = false;
            }
        });
        small(ui, "");
        small(ui, format!("按 {} 办理。不联网，所有内容只在这个文件夹里。", notice.document));
    }

    fn found(&mut self, desk: &mut Desk, dir: PathBuf, notice: String) {
        let unit = Unit {
            name: self.unit.name.trim().to_owned(),
            county: self.unit.county.trim().to_owned(),
            department: self.unit.department.trim().to_owned(),
            contact: self.unit.contact.trim().to_owned(),
            phone: self.unit.phone.trim().to_owned(),
            ..self.unit.clone()
        };
        self.asked = false;
        desk.found("新建登记库", move |_, _| {
            Registry::create(&dir, &unit, &notice)?;
            Ok(dir)
        });
    }
}

/// Makes the sample unit, or opens it when it was made before.
fn make_sample(desk: &mut Desk, dir: PathBuf) {
    desk.found("做样例", move |_, _| {
        if let Some(registry) = registry_in(&dir) {
            return Ok(registry);
        }
        crate::cli::make_sample(&dir)?;
        registry_in(&dir).ok_or_else(|| {
            Failure::cannot(
                "做样例",
                dir.display().to_string(),
                "里面没有登记库",
                "请移走这个文件夹再试",
            )
        })
    });
}

/// The registry in a folder: the folder itself, or one directly in it.
fn registry_in(dir: &Path) -> Option<PathBuf> {
    let is_registry = |dir: &Path| dir.join("registry.sqlite3").is_file();
    if is_registry(dir) {
        return Some(dir.to_path_buf());
    }
    let mut inside: Vec<PathBuf> =
        std::fs::read_dir(dir).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    inside.sort();
    inside.into_iter().find(|dir| is_registry(dir))
}

fn head(ui: &mut Ui) {
    let t = Tokens::of(ui);
    ui.add_space(24.0);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(48.0, 48.0), eframe::egui::Sense::hover());
        ui.painter().rect_filled(rect, 8.0, t.seal_fill);
        ui.painter().text(
            rect.center(),
            eframe::egui::Align2::CENTER_CENTER,
            "学",
            theme::quote(28.0),
            t.on_seal,
        );
        ui.add_space(8.0);
        ui.vertical(|ui| {
            ui.label(RichText::new("学时").font(theme::bold(24.0)).color(t.ink));
            ui.label(
                RichText::new("专业技术人员继续教育登记手册：登记、折算、体检、公示、报送")
                    .color(t.ink2),
            );
        });
    });
    ui.add_space(20.0);
}

/// The newest notice that the program carries.
fn newest() -> Notice {
    load::BUILTIN
        .iter()
        .filter_map(|it| load::load(it.id, it.rules).ok())
        .max_by_key(|notice| notice.campaign_year)
        // The notices inside the program are loaded by its own tests.
        .unwrap_or_else(|| unreachable!("a built-in notice loads"))
}
