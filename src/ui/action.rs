//! Every action a clerk can take from more than one place: its name, tooltip, shortcut, and why it
//! cannot be taken now. Menus, palette, shortcuts and buttons all ask here.

use super::icons::Icon;
use super::pages::Page;
use eframe::egui::{Key, KeyboardShortcut, Modifiers};

/// One action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Show(Page),
    AddRecord,
    AddPerson,
    Twins,
    Import,
    Template,
    AddApplicants,
    SummaryPdf,
    SummaryXlsx,
    Certificates,
    Checklist,
    HandbookPdf,
    EvidencePdf,
    PublicityPdf,
    PublicityResult,
    Findings,
    Register,
    VerifyPackage,
    ReceivePackages,
    Backup,
    Doctor,
    NewRegistry,
    OpenRegistry,
    Undo,
    Redo,
    Back,
    Find,
    Palette,
    Theme,
    Larger,
    Smaller,
    ActualSize,
    Shortcuts,
    Said,
}

/// What decides whether actions can be taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    pub registry: bool,
    pub undo: bool,
    pub redo: bool,
    pub applicants: bool,
    pub person: bool,
    pub publicity: bool,
    /// Another page was open before.
    pub back: bool,
}

impl Action {
    /// In the order of the palette.
    pub const ALL: [Self; 42] = [
        Self::AddRecord,
        Self::AddPerson,
        Self::Twins,
        Self::Import,
        Self::Template,
        Self::AddApplicants,
        Self::Show(Page::Overview),
        Self::Show(Page::People),
        Self::Show(Page::Entry),
        Self::Show(Page::Campaign),
        Self::Show(Page::Publicity),
        Self::Show(Page::Receive),
        Self::Show(Page::Package),
        Self::Show(Page::Rules),
        Self::Show(Page::Settings),
        Self::HandbookPdf,
        Self::EvidencePdf,
        Self::SummaryPdf,
        Self::SummaryXlsx,
        Self::Certificates,
        Self::Checklist,
        Self::Register,
        Self::Findings,
        Self::PublicityPdf,
        Self::PublicityResult,
        Self::VerifyPackage,
        Self::ReceivePackages,
        Self::Backup,
        Self::Doctor,
        Self::Undo,
        Self::Redo,
        Self::Back,
        Self::Find,
        Self::OpenRegistry,
        Self::NewRegistry,
        Self::Theme,
        Self::Larger,
        Self::Smaller,
        Self::ActualSize,
        Self::Shortcuts,
        Self::Said,
        Self::Palette,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Show(page) => page.name(),
            Self::AddRecord => "登记一条",
            Self::AddPerson => "添加人员",
            Self::Twins => "查找重复的人",
            Self::Import => "从 Excel 导入",
            Self::Template => "保存导入模板",
            Self::AddApplicants => "添加参评人员",
            Self::SummaryPdf => "汇总表（PDF）",
            Self::SummaryXlsx => "汇总表（Excel）",
            Self::Certificates => "合格证书（附件3）",
            Self::Checklist => "打印缺材料通知单",
            Self::HandbookPdf => "打印手册",
            Self::EvidencePdf => "证明材料合订",
            Self::PublicityPdf => "打印公示名单",
            Self::PublicityResult => "打印公示结果说明",
            Self::Findings => "打印体检报告",
            Self::Register => "打印合格证书登记册",
            Self::VerifyPackage => "核对报送包",
            Self::ReceivePackages => "接收报送包",
            Self::Backup => "备份登记库",
            Self::Doctor => "检查登记库",
            Self::NewRegistry => "新建登记库",
            Self::OpenRegistry => "打开登记库",
            Self::Undo => "撤销",
            Self::Redo => "重做",
            Self::Back => "回到上一页",
            Self::Find => "查找",
            Self::Palette => "查找人员、记录、操作",
            Self::Theme => "切换浅色与深色",
            Self::Larger => "放大",
            Self::Smaller => "缩小",
            Self::ActualSize => "原始大小",
            Self::Shortcuts => "快捷键",
            Self::Said => "刚才的提示",
        }
    }

    pub fn tip(self) -> &'static str {
        match self {
            Self::Show(page) => page.tip(),
            Self::AddRecord => "按形式登记一次学习，可同时登记多人",
            Self::AddPerson => "新增一名专业技术人员的登记手册",
            Self::Twins => "同一个人登记了两次的，找出来合并",
            Self::Import => "从 Excel 或 csv 导入人员、学习记录、参评人员",
            Self::Template => "存一份空白的导入表，内有填写说明",
            Self::AddApplicants => "从人员中选出本年度参评职称的人",
            Self::SummaryPdf | Self::SummaryXlsx => "附件2：学时认定汇总表",
            Self::Certificates => "附件3：预填，由人社部门核验后盖章",
            Self::Checklist => "每人一份：还缺哪些证明材料",
            Self::HandbookPdf => "预览、打印当前人员的登记手册，或存为 PDF",
            Self::EvidencePdf => "当前人员的扫描件订成一个 PDF，有目录和页码",
            Self::PublicityPdf => "当前公示批次的名单，不含身份证号",
            Self::PublicityResult => "公示结束以后交给主管部门的说明",
            Self::Findings => "参评人员各有什么问题，可交给同事逐人办理",
            Self::Register => "已备合格证书的人员名册，供填证书编号和领取签名",
            Self::ReceivePackages => "选下属单位的报送包文件夹，核对后并入本部门的登记库",
            Self::VerifyPackage => "逐个文件核对一个报送包是否完好",
            Self::Backup => "存一份核对过的备份",
            Self::Doctor => "检查数据库和证明材料是否完好",
            Self::NewRegistry => "为一个单位新建登记库",
            Self::OpenRegistry => "打开已有的登记库文件夹",
            Self::Undo => "撤销上一步",
            Self::Redo => "重做刚撤销的一步",
            Self::Back => "刚才看的那一页",
            Self::Find => "把光标放到本页的查找框",
            Self::Palette => "查找人员、学习记录和操作",
            Self::Theme => "浅色、深色、随系统",
            Self::Larger | Self::Smaller | Self::ActualSize => "调整界面大小",
            Self::Shortcuts => "所有快捷键",
            Self::Said => "程序刚才说过的话，可以复制",
        }
    }

    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let ctrl = |key| Some(KeyboardShortcut::new(Modifiers::COMMAND, key));
        match self {
            Self::AddRecord => ctrl(Key::N),
            Self::Import => ctrl(Key::I),
            Self::OpenRegistry => ctrl(Key::O),
            Self::HandbookPdf => ctrl(Key::P),
            Self::Undo => ctrl(Key::Z),
            Self::Redo => ctrl(Key::Y),
            Self::Back => Some(KeyboardShortcut::new(Modifiers::ALT, Key::ArrowLeft)),
            Self::Find => ctrl(Key::F),
            Self::Palette => ctrl(Key::K),
            Self::Larger => ctrl(Key::Plus),
            Self::Smaller => ctrl(Key::Minus),
            Self::ActualSize => ctrl(Key::Num0),
            Self::Shortcuts => Some(KeyboardShortcut::new(Modifiers::NONE, Key::F1)),
            Self::Show(page) => {
                let key = match page {
                    Page::Overview => Key::Num1,
                    Page::People => Key::Num2,
                    Page::Entry => Key::Num3,
                    Page::Campaign => Key::Num4,
                    Page::Publicity => Key::Num5,
                    Page::Package => Key::Num6,
                    Page::Rules => Key::Num7,
                    Page::Settings => Key::Num8,
                    Page::Receive => Key::Num9,
                    Page::Person | Page::Import | Page::Preview => return None,
                };
                ctrl(key)
            }
            _ => None,
        }
    }

    pub fn icon(self) -> Option<Icon> {
        match self {
            Self::Show(page) => page.icon(),
            Self::Undo => Some(Icon::Undo),
            Self::Redo => Some(Icon::Redo),
            Self::Find | Self::Palette => Some(Icon::Search),
            _ => None,
        }
    }

    /// Why it cannot be taken now; `None` when it can.
    pub fn disabled(self, standing: &Standing) -> Option<&'static str> {
        let needs = |has: bool, why: &'static str| (!has).then_some(why);
        match self {
            Self::NewRegistry
            | Self::OpenRegistry
            | Self::Theme
            | Self::Larger
            | Self::Smaller
            | Self::ActualSize
            | Self::Shortcuts
            | Self::Said => None,
            _ if !standing.registry => Some("请先新建或打开登记库"),
            Self::Undo => needs(standing.undo, "没有可撤销的步骤"),
            Self::Redo => needs(standing.redo, "没有可重做的步骤"),
            Self::Back => needs(standing.back, "前面没有看过别的页"),
            Self::HandbookPdf | Self::EvidencePdf => needs(standing.person, "请先打开一个人的手册"),
            Self::PublicityPdf | Self::PublicityResult => {
                needs(standing.publicity, "还没有公示批次")
            }
            Self::SummaryPdf
            | Self::SummaryXlsx
            | Self::Certificates
            | Self::Checklist
            | Self::Findings
            | Self::Register => needs(standing.applicants, "本年度还没有参评人员"),
            _ => None,
        }
    }

    /// `Ctrl+K` as it stands on the key caps.
    pub fn shortcut_words(self) -> Option<String> {
        let shortcut = self.shortcut()?;
        let key = match shortcut.logical_key {
            Key::Plus => "+".to_owned(),
            Key::Minus => "-".to_owned(),
            Key::ArrowLeft => "←".to_owned(),
            key => key.symbol_or_name().to_owned(),
        };
        Some(match shortcut.modifiers {
            Modifiers::NONE => key,
            Modifiers::ALT => format!("Alt {key}"),
            _ => format!("Ctrl {key}"),
        })
    }
}
