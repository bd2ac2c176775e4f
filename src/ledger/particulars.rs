//! A person's particulars one by one: named, read and set the same way by whoever changes many people
//! at once or lays two entries of one person side by side.

use super::{IdNumber, Person};

/// One particular of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Particular {
    Name,
    IdNumber,
    Sex,
    BirthDate,
    Workplace,
    Section,
    Education,
    Degree,
    Title,
    TitleDate,
    Series,
    Speciality,
    HandbookNumber,
    Employed,
    Phone,
    Note,
    FormerUnit,
    Retired,
}

impl Particular {
    pub const ALL: [Self; 18] = [
        Self::Name,
        Self::IdNumber,
        Self::Sex,
        Self::BirthDate,
        Self::Workplace,
        Self::Section,
        Self::Education,
        Self::Degree,
        Self::Title,
        Self::TitleDate,
        Self::Series,
        Self::Speciality,
        Self::HandbookNumber,
        Self::Employed,
        Self::Phone,
        Self::Note,
        Self::FormerUnit,
        Self::Retired,
    ];

    /// Those that many people can have alike.
    pub const SHARED: [Self; 7] = [
        Self::Section,
        Self::Workplace,
        Self::Title,
        Self::Series,
        Self::Speciality,
        Self::Education,
        Self::Degree,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "姓名",
            Self::IdNumber => "身份证号",
            Self::Sex => "性别",
            Self::BirthDate => "出生日期",
            Self::Workplace => "工作单位",
            Self::Section => "科室",
            Self::Education => "学历",
            Self::Degree => "学位",
            Self::Title => "现职称",
            Self::TitleDate => "现职称取得日期",
            Self::Series => "系列",
            Self::Speciality => "从事专业",
            Self::HandbookNumber => "登记证书编号",
            Self::Employed => "参加工作日期",
            Self::Phone => "联系电话",
            Self::Note => "备注",
            Self::FormerUnit => "调入前单位",
            Self::Retired => "在职",
        }
    }

    /// What a person's entry says; empty where it says nothing.
    pub fn of(self, person: &Person) -> String {
        let date =
            |date: Option<chrono::NaiveDate>| date.map_or_else(String::new, |d| d.to_string());
        match self {
            Self::IdNumber => person.id_number.as_str().to_owned(),
            Self::BirthDate => date(person.birth_date),
            Self::TitleDate => date(person.title_date),
            Self::Employed => date(person.employed),
            Self::Retired => if person.retired { "退休或离职" } else { "在职" }.to_owned(),
            _ => self.text(person).to_owned(),
        }
    }

    /// Takes over what another entry says.
    pub fn take(self, to: &mut Person, from: &Person) {
        match self {
            Self::IdNumber => to.id_number = from.id_number.clone(),
            Self::BirthDate => to.birth_date = from.birth_date,
            Self::TitleDate => to.title_date = from.title_date,
            Self::Employed => to.employed = from.employed,
            Self::Retired => to.retired = from.retired,
            _ => self.set(to, self.text(from)),
        }
    }

    /// Writes a particular that is plain text; the others are left alone.
    pub fn set(self, person: &mut Person, text: &str) {
        let place = match self {
            Self::Name => &mut person.name,
            Self::Sex => &mut person.sex,
            Self::Workplace => &mut person.workplace,
            Self::Section => &mut person.section,
            Self::Education => &mut person.education,
            Self::Degree => &mut person.degree,
            Self::Title => &mut person.title,
            Self::Series => &mut person.series,
            Self::Speciality => &mut person.speciality,
            Self::HandbookNumber => &mut person.handbook_number,
            Self::Phone => &mut person.phone,
            Self::Note => &mut person.note,
            Self::FormerUnit => &mut person.former_unit,
            Self::IdNumber | Self::BirthDate | Self::TitleDate | Self::Employed | Self::Retired => {
                return;
            }
        };
        text.trim().clone_into(place);
    }

    fn text(self, person: &Person) -> &str {
        match self {
            Self::Name => &person.name,
            Self::Sex => &person.sex,
            Self::Workplace => &person.workplace,
            Self::Section => &person.section,
            Self::Education => &person.education,
            Self::Degree => &person.degree,
            Self::Title => &person.title,
            Self::Series => &person.series,
            Self::Speciality => &person.speciality,
            Self::HandbookNumber => &person.handbook_number,
            Self::Phone => &person.phone,
            Self::Note => &person.note,
            Self::FormerUnit => &person.former_unit,
            Self::IdNumber | Self::BirthDate | Self::TitleDate | Self::Employed | Self::Retired => {
                ""
            }
        }
    }
}

/// Where two entries of one person say different things: both say something, and not the same.
pub fn differences(one: &Person, other: &Person) -> Vec<Particular> {
    Particular::ALL
        .into_iter()
        .filter(|it| {
            let (one, other) = (it.of(one), it.of(other));
            !one.is_empty() && !other.is_empty() && one != other
        })
        .collect()
}

/// One entry out of two: what `keep` does not say is taken from `gone`, and so are the particulars that
/// the clerk wants `from_gone`.
pub fn united(keep: &Person, gone: &Person, from_gone: &[Particular]) -> Person {
    let mut person = keep.clone();
    for it in Particular::ALL {
        if from_gone.contains(&it) || it.of(keep).is_empty() {
            it.take(&mut person, gone);
        }
    }
    person.photo = keep.photo.clone().or_else(|| gone.photo.clone());
    person
}

/// Whose number to believe: the one whose check character fits.
pub fn better_number(one: &IdNumber, other: &IdNumber) -> bool {
    !one.check_digit_ok() && other.check_digit_ok()
}
