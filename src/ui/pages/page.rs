//! Which pages there are, what they are called, and where one may go.

use super::campaign;
use crate::ledger::{EventId, PersonId, Record, RecordId};
use crate::ui::icons::Icon;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Overview,
    People,
    /// One person's handbook; under 人员.
    Person,
    Entry,
    Campaign,
    Publicity,
    /// A department's: other units' packages.
    Receive,
    Package,
    Rules,
    Settings,
    /// Taking in a workbook; under 人员.
    Import,
    /// A paper as it will be printed.
    Preview,
}

impl Page {
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "总览",
            Self::People => "人员",
            Self::Person => "登记手册",
            Self::Entry => "登记",
            Self::Campaign => "申报",
            Self::Publicity => "公示",
            Self::Receive => "接收",
            Self::Package => "报送",
            Self::Rules => "规则",
            Self::Settings => "设置",
            Self::Import => "从 Excel 导入",
            Self::Preview => "打印预览",
        }
    }

    pub fn tip(self) -> &'static str {
        match self {
            Self::Overview => "期限、待办和进度",
            Self::People => "人员名册，查找和打开登记手册",
            Self::Person => "一个人的登记手册",
            Self::Entry => "登记学习，可一次登记多人",
            Self::Campaign => "参评人员、各年学时和体检结果",
            Self::Publicity => "张贴公示，看清五个工作日",
            Self::Receive => "收下属单位的报送包，合成一份汇总表",
            Self::Package => "体检、写入 U 盘并核对",
            Self::Rules => "通知的规则、原文和口径",
            Self::Settings => "单位、外观、备份",
            Self::Import => "先看会写入什么、哪里不对，再导入",
            Self::Preview => "打印、存为 PDF",
        }
    }

    pub fn icon(self) -> Option<Icon> {
        Some(match self {
            Self::Overview => Icon::Overview,
            Self::People | Self::Person => Icon::People,
            Self::Entry | Self::Import => Icon::Entry,
            Self::Campaign => Icon::Campaign,
            Self::Publicity => Icon::Publicity,
            Self::Receive => Icon::Receive,
            Self::Package => Icon::Package,
            Self::Rules => Icon::Rules,
            Self::Settings => Icon::Settings,
            Self::Preview => return None,
        })
    }

    /// The step of the navigation that is lit.
    pub fn step(self) -> Self {
        match self {
            Self::Person | Self::Import => Self::People,
            other => other,
        }
    }
}

/// Where to go, and with what in mind.
#[derive(Debug, Clone)]
pub enum Go {
    Page(Page),
    /// A person's handbook; optionally at a record.
    Person(PersonId, Option<RecordId>),
    /// A person's handbook at a year.
    Year(PersonId, i32),
    /// Register something for a person, in a year.
    Record(PersonId, Option<i32>),
    /// Register one activity for many people.
    RecordAll(Vec<PersonId>),
    /// Change a record.
    Edit(Box<Record>),
    /// Register the same for other people.
    Copy(Box<Record>),
    /// Change a 班次 for everybody in it.
    Event(EventId),
    /// 申报, filtered.
    Campaign(campaign::Filter),
    /// 规则, at the years whose working days are known.
    Calendar,
    /// 规则, making next year's notice.
    NextYear,
}
