//! Files that become evidence: which can, and taking them into the vault. Also what the clipboard holds.

use crate::failure::{Failure, Result};
use crate::intake::Progress;
use crate::ledger::{Attachment, Evidence, unprintable};
use crate::notice::SlotId;
use crate::registry::Registry;
use crate::registry::vault::Vault;
use crate::ui::desk::Desk;
use crate::ui::dialog::For;
use crate::ui::pages::evidence::arrive;
use crate::ui::reveal::Lent;
use crate::ui::words;
use eframe::egui::ColorImage;
use std::path::{Path, PathBuf};

const WHAT: &str = "放入证明材料";
/// Larger scans do not fit a package of many people.
const LARGEST: u64 = 100 * 1024 * 1024;
/// What scanners, cameras and offices make.
pub const KINDS: [&str; 19] = [
    "pdf", "jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp", "heic", "doc", "docx", "xls",
    "xlsx", "wps", "et", "ofd", "txt", "eml",
];
/// Pictures of people.
pub const PHOTOS: [&str; 3] = ["jpg", "jpeg", "png"];

/// A file to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    pub slot: SlotId,
    pub path: PathBuf,
    pub stamped: bool,
}

impl NewFile {
    /// Has a form hold files that are taken in later; what cannot be evidence is told at once.
    pub fn hold(held: &mut Vec<Self>, files: Vec<(SlotId, PathBuf)>, to: For, desk: &mut Desk) {
        if files.is_empty() {
            return;
        }
        arrive::look_over(desk, to, files.iter().map(|(_, path)| path.clone()).collect());
        held.extend(files.into_iter().map(|(slot, path)| Self { slot, path, stamped: false }));
    }
}

/// Whether a file can be evidence, before it is taken in.
///
/// # Errors
/// Missing, a folder, empty, too large, or of no kind that proves anything.
pub fn fit(file: &Path) -> Result<()> {
    let place = || file.display().to_string();
    let found = std::fs::metadata(file).map_err(|error| Failure::io(WHAT, file, error))?;
    if found.is_dir() {
        let why = "这是一个文件夹，不是文件";
        return Err(Failure::refused(WHAT, place(), why, "请选择文件夹里的文件"));
    }
    if found.len() == 0 {
        let remedy = "请重新扫描或重新下载这个文件";
        return Err(Failure::refused(WHAT, place(), "文件是空的（0 字节）", remedy));
    }
    if found.len() > LARGEST {
        let (size, most) = (words::bytes(found.len()), words::bytes(LARGEST));
        let why = format!("文件有 {size}，超过 {most}");
        return Err(Failure::refused(WHAT, place(), why, "请降低扫描的清晰度，或分成几个文件"));
    }
    let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if KINDS.contains(&extension.as_str()) {
        return Ok(());
    }
    let known = infer::get_from_path(file).ok().flatten();
    if known.is_some_and(|kind| KINDS.contains(&kind.extension())) {
        return Ok(());
    }
    let why = match extension.as_str() {
        "" => "认不出这是什么文件".to_owned(),
        extension => format!("这种文件（{extension}）不能作证明材料"),
    };
    Err(Failure::refused(WHAT, place(), why, "请用扫描件或照片（PDF、JPG、PNG 等）"))
}

/// Which of these files, by name and kind, can be kept and yet not be bound, each with what to do about it;
/// empty when all can.
pub fn odd_kinds<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let odd = files.filter_map(|(name, kind)| Some(format!("{name}：{}", unprintable(kind)?)));
    odd.collect::<Vec<_>>().join("；")
}

/// As [`odd_kinds`], of files that are still to be taken in.
pub fn odd_files(files: &[PathBuf]) -> String {
    let named: Vec<(String, String)> = files
        .iter()
        .filter_map(|file| {
            let kind = match file.extension() {
                Some(kind) => kind.to_string_lossy().into_owned(),
                None => infer::get_from_path(file).ok().flatten()?.extension().to_owned(),
            };
            Some((file.file_name()?.to_string_lossy().into_owned(), kind))
        })
        .collect();
    odd_kinds(named.iter().map(|(name, kind)| (name.as_str(), kind.as_str())))
}

/// Takes in all of `files`, or none.
pub(super) fn take_in(
    registry: &Registry,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<Vec<Attachment>> {
    let vault = registry.vault();
    let mut taken = Vec::with_capacity(files.len());
    for (nr, file) in files.iter().enumerate() {
        if !progress(nr as u64, files.len() as u64, "放入材料") {
            return Err(Failure::refused(WHAT, "", "已停下", "没有写入，可重新来"));
        }
        fit(&file.path)?;
        taken.push(Attachment {
            slot: file.slot.clone(),
            stamped: file.stamped,
            evidence: vault.take_in(&file.path)?,
            reason: String::new(),
        });
    }
    taken.sort();
    Ok(taken)
}

/// Takes in those of `files` that can be evidence; of the others, their names and why.
///
/// # Errors
/// None can.
pub(super) fn take_in_what_fits(
    registry: &Registry,
    files: &[NewFile],
    progress: Progress<'_>,
) -> Result<(Vec<Attachment>, Vec<String>)> {
    let mut refused = Vec::new();
    let mut first = None;
    let mut fitting = Vec::new();
    for file in files {
        match fit(&file.path) {
            Ok(()) => fitting.push(file.clone()),
            Err(failure) => {
                let name = file.path.file_name().unwrap_or_default().to_string_lossy();
                refused.push(format!("{name}：{}", failure.why));
                first.get_or_insert(failure);
            }
        }
    }
    match first {
        Some(failure) if fitting.is_empty() && files.len() == 1 => Err(failure),
        Some(_) if fitting.is_empty() => Err(Failure::refused(
            WHAT,
            "",
            refused.join("；"),
            "请用扫描件或照片（PDF、JPG、PNG 等）",
        )),
        _ => Ok((take_in(registry, &fitting, progress)?, refused)),
    }
}

/// A person's photo, as it is kept.
///
/// # Errors
/// No picture that papers can print.
pub(super) fn take_in_photo(vault: &Vault, file: &Path) -> Result<Evidence> {
    const WHAT: &str = "放入照片";
    let refused = |why: &str| {
        let remedy = "请选一张 JPG 或 PNG 的证件照";
        Err(Failure::refused(WHAT, file.display().to_string(), why, remedy))
    };
    fit(file)?;
    let Ok(reader) =
        image::ImageReader::open(file).and_then(image::ImageReader::with_guessed_format)
    else {
        return refused("文件读不出来");
    };
    if !matches!(reader.format(), Some(image::ImageFormat::Jpeg | image::ImageFormat::Png)) {
        return refused("这不是 JPG 或 PNG 图片");
    }
    if reader.decode().is_err() {
        return refused("这张图片已损坏或不完整");
    }
    vault.take_in(file)
}

/// Writes a pasted picture where it can be taken in from.
///
/// # Errors
/// The PC's temporary folder cannot be written to.
pub fn keep_pasted(image: &ColorImage, lent: &Lent) -> Result<PathBuf> {
    let file = lent.folder()?.join("粘贴的图片.png");
    let (width, height) = (image.size[0] as u32, image.size[1] as u32);
    let pixels: Vec<u8> =
        image.pixels.iter().flat_map(|pixel| pixel.to_srgba_unmultiplied()).collect();
    image::save_buffer(&file, &pixels, width, height, image::ExtendedColorType::Rgba8).map_err(
        |error| {
            Failure::cannot("粘贴图片", "", "剪贴板里的图片存不下来", "请另存为文件再选择")
                .because(error)
        },
    )?;
    Ok(file)
}

/// What the clipboard holds that can be evidence: files copied in a file window, else a picture.
///
/// # Errors
/// Nothing of that kind.
pub fn from_clipboard(lent: &Lent) -> Result<Vec<PathBuf>> {
    let nothing = || {
        let remedy = "请先在文件窗口里复制扫描件，或复制一张图片";
        Failure::refused("粘贴", "", "剪贴板里没有文件或图片", remedy)
    };
    let mut clipboard = arboard::Clipboard::new().map_err(|error| nothing().because(error))?;
    if let Ok(files) = clipboard.get().file_list()
        && !files.is_empty()
    {
        return Ok(files);
    }
    let image = clipboard.get().image().map_err(|_| nothing())?;
    let size = [image.width, image.height];
    Ok(vec![keep_pasted(&ColorImage::from_rgba_unmultiplied(size, &image.bytes), lent)?])
}
