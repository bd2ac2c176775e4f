//! The system's own file dialogs, each on a thread of its own, so that the window goes on drawing.
//! In tests the answers are written down beforehand.

use super::chores;
use crate::ledger::{PersonId, PublicityId, RecordId, RunFileKind};
use crate::notice::SlotId;
use eframe::egui;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What the answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    OpenRegistry,
    /// The folder in which the first-run form makes the registry's own folder.
    RegistryParent,
    SampleParent,
    Workbook,
    SaveTemplate,
    /// Evidence for a slot.
    Evidence {
        slot: SlotId,
        name: String,
        to: For,
    },
    /// A person's photo.
    Photo,
    PackageParent,
    /// Packages to be received: folders, or zips.
    ReceiveFolders,
    ReceiveZips,
    /// A file that shows something of a publicity run.
    RunFile {
        run: PublicityId,
        kind: RunFileKind,
    },
    VerifyPackage,
    /// As [`Ask::VerifyPackage`], for a package in one zip file.
    VerifyZip,
    SavePaper(Paper),
    /// The paper that is being looked at.
    SavePreview,
    /// A paper of one level, or of one publicity run.
    LevelPaper {
        paper: Paper,
        group: String,
        run: Option<PublicityId>,
    },
    /// Proof that this platform is filed.
    PlatformProof(String),
    /// The folder for the bound evidence of a level's applicants.
    Binders {
        group: String,
    },
    /// A file of calendar years.
    Calendar,
    /// A new notice in full, as a text file.
    NoticeWords,
    BackupTo,
    /// The folder in which a whole backup makes its own.
    BackupWholeInto,
    BackupWholeZip,
    /// A backup to restore from.
    RestoreFrom,
}

/// What a file is evidence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum For {
    /// A record.
    Record(RecordId),
    /// What is being registered.
    Entry,
    /// The 视同 or 认定单 that is being registered.
    Declared,
    /// What closes an obligation.
    Discharge { person: PersonId, campaign: i32, year: i32 },
    /// A person's photo.
    Photo,
}

/// A paper to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    Handbook,
    /// Those of a level's applicants in one file.
    Handbooks,
    Cards,
    SummaryPdf,
    SummaryXlsx,
    Certificates,
    Publicity,
    PublicityResult,
    Findings,
    Missing,
    Register,
    Checklist,
    /// Who is short of what in a year.
    Gaps,
    GapsXlsx,
    /// One person's evidence bound into one file.
    Evidence,
}

impl Paper {
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Handbook | Self::Handbooks => "登记手册.pdf",
            Self::Cards => "登记卡.pdf",
            Self::SummaryPdf => "汇总表.pdf",
            Self::SummaryXlsx => "汇总表.xlsx",
            Self::Certificates => "合格证书.pdf",
            Self::Publicity => "公示名单.pdf",
            Self::PublicityResult => "公示结果说明.pdf",
            Self::Findings => "体检报告.pdf",
            Self::Missing => "缺材料通知单.pdf",
            Self::Checklist => "材料清单.pdf",
            Self::Evidence => "证明材料.pdf",
            Self::Register => "合格证书登记册.pdf",
            Self::Gaps => "年度还差名单.pdf",
            Self::GapsXlsx => "年度还差名单.xlsx",
        }
    }
}

/// Asks and collects answers.
pub struct Dialogs {
    answers: Receiver<(Ask, Vec<PathBuf>)>,
    outbox: Sender<(Ask, Vec<PathBuf>)>,
    ctx: egui::Context,
    /// Tests: the answers, in order.
    pub scripted: Option<VecDeque<PathBuf>>,
    open: u32,
}

impl Dialogs {
    pub fn new(ctx: &egui::Context) -> Self {
        let (outbox, answers) = channel();
        Self { answers, outbox, ctx: ctx.clone(), scripted: None, open: 0 }
    }

    pub fn ask(&mut self, ask: Ask, suggested: &str) {
        if let Some(answers) = &mut self.scripted {
            let chosen: Vec<PathBuf> = answers.pop_front().into_iter().collect();
            // The other end is in this very struct.
            let _ = self.outbox.send((ask, chosen));
            return;
        }
        if self.open > 0 {
            return; // One dialog at a time: a second click on the button opens no second window.
        }
        let (outbox, ctx, suggested) =
            (self.outbox.clone(), self.ctx.clone(), suggested.to_owned());
        let spawned = std::thread::Builder::new().name("dialog".to_owned()).spawn(move || {
            let chosen = show(&ask, &suggested);
            let _ = outbox.send((ask, chosen));
            ctx.request_repaint();
        });
        self.open += u32::from(spawned.is_ok());
    }

    /// The answers that have come; cancelled dialogs are not among them.
    pub fn answers(&mut self) -> Vec<(Ask, Vec<PathBuf>)> {
        let all: Vec<_> = self.answers.try_iter().collect();
        self.open = self.open.saturating_sub(all.len() as u32);
        all.into_iter().filter(|(_, paths)| !paths.is_empty()).collect()
    }
}

fn show(ask: &Ask, suggested: &str) -> Vec<PathBuf> {
    let dialog = rfd::FileDialog::new().set_file_name(suggested);
    let one = |path: Option<PathBuf>| path.into_iter().collect::<Vec<_>>();
    match ask {
        Ask::OpenRegistry => {
            one(rfd::FileDialog::new().set_title("打开登记库文件夹").pick_folder())
        }
        Ask::RegistryParent => {
            one(rfd::FileDialog::new().set_title("登记库放在哪个文件夹里").pick_folder())
        }
        Ask::SampleParent => {
            one(rfd::FileDialog::new().set_title("样例放在哪个文件夹里").pick_folder())
        }
        Ask::Binders { .. } => {
            one(rfd::FileDialog::new().set_title("合订好的证明材料放在哪个文件夹里").pick_folder())
        }
        Ask::PackageParent => {
            one(rfd::FileDialog::new().set_title("选择 U 盘或文件夹").pick_folder())
        }
        Ask::ReceiveFolders => rfd::FileDialog::new()
            .set_title("选择各单位的报送包文件夹")
            .pick_folders()
            .unwrap_or_default(),
        Ask::ReceiveZips => rfd::FileDialog::new()
            .set_title("选择各单位的报送包（zip）")
            .add_filter("zip", &["zip"])
            .pick_files()
            .unwrap_or_default(),
        Ask::RunFile { kind, .. } => rfd::FileDialog::new()
            .set_title(format!("选择{}", kind.name()))
            .add_filter("照片和扫描件", &["pdf", "jpg", "jpeg", "png", "tif", "tiff", "bmp"])
            .add_filter("所有文件", &["*"])
            .pick_files()
            .unwrap_or_default(),
        Ask::VerifyPackage => {
            one(rfd::FileDialog::new().set_title("选择要核对的报送包文件夹").pick_folder())
        }
        Ask::Workbook => one(rfd::FileDialog::new()
            .set_title("从 Excel 导入")
            .add_filter("Excel 或 csv", &["xlsx", "csv"])
            .pick_file()),
        Ask::SaveTemplate => one(dialog.add_filter("Excel", &["xlsx"]).save_file()),
        Ask::Evidence { name, .. } => rfd::FileDialog::new()
            .set_title(format!("选择{name}"))
            .add_filter("扫描件和文档", &chores::KINDS)
            .add_filter("所有文件", &["*"])
            .pick_files()
            .unwrap_or_default(),
        Ask::Photo => one(rfd::FileDialog::new()
            .set_title("选择照片")
            .add_filter("照片", &chores::PHOTOS)
            .pick_file()),
        Ask::VerifyZip => one(rfd::FileDialog::new()
            .set_title("选择要核对的报送包（zip）")
            .add_filter("zip", &["zip"])
            .pick_file()),
        Ask::Calendar => one(rfd::FileDialog::new()
            .set_title("选择放假安排文件")
            .add_filter("放假安排", &["toml"])
            .pick_file()),
        Ask::PlatformProof(_) => rfd::FileDialog::new()
            .set_title("选择备案证明")
            .add_filter("扫描件", &["pdf", "jpg", "jpeg", "png"])
            .pick_files()
            .unwrap_or_default(),
        Ask::NoticeWords => one(rfd::FileDialog::new()
            .set_title("选择通知全文")
            .add_filter("文本文件", &["txt"])
            .pick_file()),
        Ask::BackupWholeInto => {
            one(rfd::FileDialog::new().set_title("完整备份放在哪个文件夹里").pick_folder())
        }
        Ask::BackupWholeZip => one(dialog.add_filter("zip", &["zip"]).save_file()),
        Ask::RestoreFrom => one(rfd::FileDialog::new()
            .set_title("选择备份")
            .add_filter("备份", &["sqlite3", "zip"])
            .pick_file()),
        Ask::BackupTo => one(dialog.add_filter("备份", &["sqlite3"]).save_file()),
        Ask::SavePreview => one(dialog.add_filter("pdf", &["pdf"]).save_file()),
        Ask::SavePaper(paper) | Ask::LevelPaper { paper, .. } => {
            let table = matches!(paper, Paper::SummaryXlsx | Paper::GapsXlsx);
            let kind = if table { "xlsx" } else { "pdf" };
            one(dialog.add_filter(kind, &[kind]).save_file())
        }
    }
}
