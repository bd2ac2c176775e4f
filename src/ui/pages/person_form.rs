//! One person's particulars: the form for adding and for changing them.

mod moving;

use super::{form_modal, form_row};
use crate::ledger::{Evidence, IdNumber, Person};
use crate::notice::SlotId;
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::desk::Outcome;
use crate::ui::dialog::{Ask, For};
use crate::ui::looks::Look;
use crate::ui::pages::evidence::thumb;
use crate::ui::theme::Tokens;
use crate::ui::viewer::Shown;
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::field::go_to_fault;
use crate::ui::widgets::{TextField, combo, h2, link, note, plain, primary, quiet, small};
use eframe::egui::Ui;
use moving::{Below, Moving};
use std::path::PathBuf;

/// What is typed; the ID number stays text until it can be read.
pub struct PersonForm {
    /// `None`: somebody new.
    of: Option<Person>,
    name: String,
    id_number: String,
    draft: Draft,
    /// A photo that will be taken in.
    photo: Option<PathBuf>,
    moving: Moving,
    /// All particulars are shown.
    all: bool,
    told: bool,
    /// Just opened: the name wants the cursor.
    fresh: bool,
}

/// The particulars besides name and ID number.
#[derive(Default, Clone)]
struct Draft {
    sex: String,
    birth_date: Option<chrono::NaiveDate>,
    workplace: String,
    section: String,
    education: String,
    degree: String,
    title: String,
    title_date: Option<chrono::NaiveDate>,
    series: String,
    speciality: String,
    handbook_number: String,
    employed: Option<chrono::NaiveDate>,
    phone: String,
    note: String,
    retired: bool,
    former_unit: String,
    photo: Option<Evidence>,
}

impl PersonForm {
    pub fn add() -> Self {
        Self {
            of: None,
            name: String::new(),
            id_number: String::new(),
            draft: Draft::default(),
            photo: None,
            moving: Moving::default(),
            all: false,
            told: false,
            fresh: true,
        }
    }

    pub fn edit(person: &Person) -> Self {
        let p = person.clone();
        Self {
            of: Some(person.clone()),
            name: p.name,
            id_number: p.id_number.as_str().to_owned(),
            draft: Draft {
                sex: p.sex,
                birth_date: p.birth_date,
                workplace: p.workplace,
                section: p.section,
                education: p.education,
                degree: p.degree,
                title: p.title,
                title_date: p.title_date,
                series: p.series,
                speciality: p.speciality,
                handbook_number: p.handbook_number,
                employed: p.employed,
                phone: p.phone,
                note: p.note,
                retired: p.retired,
                former_unit: p.former_unit,
                photo: p.photo,
            },
            photo: None,
            moving: Moving::default(),
            all: true,
            told: false,
            fresh: true,
        }
    }

    /// True when the form is done with.
    pub fn show(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> bool {
        form_modal(
            ui,
            "person-form",
            460.0,
            &mut (self, cx),
            |(form, cx), ui| {
                h2(ui, if form.of.is_some() { "个人资料" } else { "添加人员" }, "");
                form.fields(ui, cx);
            },
            |(form, cx), ui| form.buttons(ui, cx),
        )
    }

    /// A photo was chosen or pasted.
    pub fn take_photo(&mut self, file: PathBuf) {
        self.photo = Some(file);
    }

    /// The photo, small, and how to choose another.
    fn photo(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        let kept = self.draft.photo.as_ref();
        let shown = match (&self.photo, kept) {
            (Some(file), _) => {
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                Some((file.clone(), name))
            }
            (None, Some(photo)) => Some((cx.vault().path_of(photo), photo.name.clone())),
            (None, None) => None,
        };
        ui.horizontal(|ui| {
            if let Some((path, name)) = &shown {
                let look = cx.looks.small(ui.ctx(), path, 92.0);
                if thumb(ui, &look, name) {
                    let what = "照片".to_owned();
                    let photo = Shown { what, name: name.clone(), path: path.clone() };
                    cx.look(vec![photo], 0);
                }
                if let Look::Trouble(why) = look {
                    note(ui, why, t.seal);
                }
            }
            let choose = if shown.is_some() { "换一张" } else { "选择照片" };
            if link(ui, choose).clicked() {
                cx.dialogs.ask(Ask::Photo, "");
            }
            if link(ui, "粘贴").accessible_name("粘贴照片").clicked() {
                cx.paste(For::Photo, SlotId(String::new()));
            }
            if shown.is_some() && link(ui, "去掉").accessible_name("去掉照片").clicked() {
                (self.photo, self.draft.photo) = (None, None);
            }
        });
        small(ui, "JPG 或 PNG，印在登记手册上");
    }

    fn id(&self) -> Option<IdNumber> {
        IdNumber::parse(&self.id_number)
    }

    fn taken_by(&self, cx: &Cx<'_>) -> Option<String> {
        let id = self.id()?;
        let me = self.of.as_ref().map(|person| person.id);
        cx.snap
            .people
            .iter()
            .find(|line| line.row.id_number == id && Some(line.row.id) != me)
            .map(|line| line.row.name.clone())
    }

    fn fields(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let t = Tokens::of(ui);
        form_row(ui, "姓名", |ui| {
            let bad = self.told && self.name.trim().is_empty();
            let typed = TextField::new("姓名").bad(bad).show(ui, &mut self.name);
            if std::mem::take(&mut self.fresh) {
                typed.response.request_focus();
            }
            if bad {
                note(ui, "请填写姓名", t.seal);
            }
        });
        let (id, taken) = (self.id(), self.taken_by(cx));
        form_row(ui, "身份证号", |ui| {
            let bad = self.told && id.is_none() || taken.is_some();
            TextField::new("身份证号").hint("18 位").bad(bad).show(ui, &mut self.id_number);
            if let Some(name) = &taken {
                note(ui, format!("这个身份证号已登记为 {name}"), t.seal);
            } else if self.told && id.is_none() {
                note(ui, not_an_id(&self.id_number), t.seal);
            } else if id.as_ref().is_some_and(|id| !id.check_digit_ok()) {
                note(ui, "校验位不符，请核对是否抄错；仍可登记", t.wait);
            }
        });
        if self.all {
            form_row(ui, "照片", |ui| self.photo(ui, cx));
        }
        let year = cx.snap.campaign.year;
        let draft = &mut self.draft;
        line(ui, "科室", "", &mut draft.section);
        line(ui, "现职称", "例如 主治医师", &mut draft.title);
        self.moving(ui, Below::Title, cx);
        let draft = &mut self.draft;
        form_row(ui, "学位", |ui| {
            combo(ui, "学位", 120.0, &["", "学士", "硕士", "博士"], &mut draft.degree);
        });
        line(ui, "从事专业", "", &mut draft.speciality);
        if !self.all {
            return;
        }
        line(ui, "系列", "例如 卫生", &mut draft.series);
        line(ui, "学历", "例如 本科", &mut draft.education);
        form_row(ui, "职称取得", |ui| {
            date_field(ui, "职称取得日期", year, &mut draft.title_date);
        });
        line(ui, "手册编号", "登记证书编号", &mut draft.handbook_number);
        form_row(ui, "性别", |ui| {
            combo(ui, "性别", 90.0, &["", "男", "女"], &mut draft.sex);
        });
        form_row(ui, "出生日期", |ui| {
            date_field(ui, "出生日期", 1980, &mut draft.birth_date);
        });
        form_row(ui, "参加工作", |ui| {
            date_field(ui, "参加工作日期", 2010, &mut draft.employed);
        });
        line(ui, "工作单位", "与本单位相同的不填", &mut draft.workplace);
        self.moving(ui, Below::Workplace, cx);
        let draft = &mut self.draft;
        line(ui, "调入前单位", "从外单位调来的填", &mut draft.former_unit);
        line(ui, "联系电话", "", &mut draft.phone);
        line(ui, "备注", "", &mut draft.note);
        form_row(ui, "", |ui| {
            ui.checkbox(&mut draft.retired, "退休或调离，不再登记");
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        let mut done = false;
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            let verb = if self.of.is_some() { "改好了" } else { "添加" };
            let one = primary(ui, verb).clicked();
            // A section is often typed in one go.
            let another = self.of.is_none() && plain(ui, "再添一个").clicked();
            if one || another {
                self.told = true;
                let taken = self.taken_by(cx).is_some();
                if let Some(id) = self.id().filter(|_| !taken && !self.name.trim().is_empty()) {
                    done = self.commit(id, another, cx);
                }
                if !done {
                    go_to_fault(ui.ctx());
                } else if another {
                    let (section, all) = (std::mem::take(&mut self.draft.section), self.all);
                    *self = Self { all, ..Self::add() };
                    self.draft.section = section;
                    done = false;
                }
            }
            if !self.all && plain(ui, "更多项目").clicked() {
                self.all = true;
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }

    /// The person as it will be.
    fn person(&self, id: IdNumber) -> Person {
        let draft = &self.draft;
        let trimmed = |text: &str| text.trim().to_owned();
        let mut person = Person::new(self.name.trim(), id);
        person.id = self.of.as_ref().map_or_else(Default::default, |of| of.id);
        person.sex = trimmed(&draft.sex);
        person.birth_date = draft.birth_date;
        person.workplace = trimmed(&draft.workplace);
        person.section = trimmed(&draft.section);
        person.education = trimmed(&draft.education);
        person.degree = trimmed(&draft.degree);
        person.title = trimmed(&draft.title);
        person.title_date = draft.title_date;
        person.series = trimmed(&draft.series);
        person.speciality = trimmed(&draft.speciality);
        person.handbook_number = trimmed(&draft.handbook_number);
        person.employed = draft.employed;
        person.phone = trimmed(&draft.phone);
        person.note = trimmed(&draft.note);
        person.retired = draft.retired;
        person.former_unit = trimmed(&draft.former_unit);
        person.photo.clone_from(&draft.photo);
        person
    }

    /// The offer to note what has changed, where there is somebody who may have been something before.
    fn moving(&mut self, ui: &mut Ui, below: Below, cx: &Cx<'_>) {
        let Some(was) = self.of.clone() else { return };
        let now = self.person(was.id_number.clone());
        self.moving.show(ui, below, [&was, &now], self.told, cx);
    }

    /// True when the form is done with.
    /// True when it is under way. `another`: one more is to be added, so the new handbook is not opened.
    fn commit(&self, id: IdNumber, another: bool, cx: &mut Cx<'_>) -> bool {
        let person = self.person(id);
        let photo = self.photo.clone();
        let Some(was) = &self.of else {
            cx.desk.work("添加人员", move |registry, _, _| {
                let mut added = chores::add_person(registry, person, photo.as_deref())?;
                if let (Outcome::Person { text, .. }, true) = (&added.outcome, another) {
                    added.outcome = Outcome::Said { text: text.clone(), undoable: true };
                }
                Ok(added)
            });
            return true;
        };
        let Ok(noted) = self.moving.noted([was, &person], cx) else { return false };
        cx.desk.work("修改资料", move |registry, _, _| {
            chores::save_person(registry, person, photo.as_deref(), noted)
        });
        true
    }
}

/// What is wrong with a number that is no ID number.
fn not_an_id(text: &str) -> String {
    match text.chars().filter(|c| !c.is_whitespace()).count() {
        0 => "请填写身份证号".to_owned(),
        18 => "应是 17 位数字，最后一位是数字或 X，请核对".to_owned(),
        many => format!("身份证号应是 18 位，这里是 {many} 位，请核对"),
    }
}

fn line(ui: &mut Ui, name: &str, hint: &str, text: &mut String) {
    form_row(ui, name, |ui| {
        TextField::new(name).hint(hint).show(ui, text);
    });
}
