//! One person's particulars: the form for adding and for changing them.

use super::form_row;
use crate::ledger::{IdNumber, Person};
use crate::ui::app::Cx;
use crate::ui::chores;
use crate::ui::theme::{Tokens, size};
use crate::ui::widgets::date_field::date_field;
use crate::ui::widgets::{TextField, combo, h2, note, plain, primary, quiet};
use eframe::egui::{Frame, Id, Margin, Modal, ScrollArea, Stroke, Ui};

/// What is typed; the ID number stays text until it can be read.
pub struct PersonForm {
    /// `None`: somebody new.
    of: Option<Person>,
    name: String,
    id_number: String,
    draft: Draft,
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
}

impl PersonForm {
    pub fn add() -> Self {
        Self {
            of: None,
            name: String::new(),
            id_number: String::new(),
            draft: Draft::default(),
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
            },
            all: true,
            told: false,
            fresh: true,
        }
    }

    /// True when the form is done with.
    pub fn show(&mut self, ui: &Ui, cx: &mut Cx<'_>) -> bool {
        let t = Tokens::of(ui);
        let modal = Modal::new(Id::unique("person-form")).backdrop_color(t.veil).frame(
            Frame::NONE
                .fill(t.surface)
                .stroke(Stroke::new(1.0, t.line))
                .corner_radius(size::CARD_RADIUS)
                .inner_margin(Margin::same(20)),
        );
        let high = ui.ctx().content_rect().height() - 160.0;
        let shown = modal.show(ui.ctx(), |ui| {
            ui.set_width(460.0);
            let title = if self.of.is_some() { "个人资料" } else { "添加人员" };
            h2(ui, title, "");
            ScrollArea::vertical().max_height(high).show(ui, |ui| self.fields(ui, cx));
            self.buttons(ui, cx)
        });
        shown.inner || shown.should_close()
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

    fn fields(&mut self, ui: &mut Ui, cx: &Cx<'_>) {
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
                note(ui, "应为 17 位数字加一位数字或 X", t.seal);
            } else if id.as_ref().is_some_and(|id| !id.check_digit_ok()) {
                note(ui, "校验位不符，请核对是否抄错；仍可登记", t.wait);
            }
        });
        let year = cx.snap.campaign.year;
        let draft = &mut self.draft;
        line(ui, "科室", "", &mut draft.section);
        line(ui, "现职称", "例如 主治医师", &mut draft.title);
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
        line(ui, "联系电话", "", &mut draft.phone);
        line(ui, "备注", "", &mut draft.note);
        form_row(ui, "", |ui| {
            ui.checkbox(&mut draft.retired, "退休或调离，不再登记");
        });
    }

    fn buttons(&mut self, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
        ui.add_space(8.0);
        let mut done = false;
        ui.horizontal(|ui| {
            ui.add_space(104.0);
            let verb = if self.of.is_some() { "改好了" } else { "添加" };
            if primary(ui, verb).clicked() {
                self.told = true;
                let taken = self.taken_by(cx).is_some();
                if let Some(id) = self.id().filter(|_| !taken && !self.name.trim().is_empty()) {
                    self.commit(id, cx);
                    done = true;
                }
            }
            if !self.all && plain(ui, "更多项目").clicked() {
                self.all = true;
            }
            done |= quiet(ui, "取消").clicked();
        });
        done
    }

    fn commit(&self, id: IdNumber, cx: &mut Cx<'_>) {
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
        if self.of.is_some() {
            cx.desk
                .work("修改资料", move |registry, _, _| chores::save_person(registry, &person));
        } else {
            cx.desk
                .work("添加人员", move |registry, _, _| chores::add_person(registry, &person));
        }
    }
}

fn line(ui: &mut Ui, name: &str, hint: &str, text: &mut String) {
    form_row(ui, name, |ui| {
        TextField::new(name).hint(hint).show(ui, text);
    });
}
