//! Which files of evidence can be looked at, printed and bound, and what is to be done about the others.

/// What papers can show: PDFs and these pictures.
const PRINTED: [&str; 8] = ["pdf", "jpg", "jpeg", "png", "bmp", "tif", "tiff", "webp"];

/// Why a file of this kind can be kept as evidence and not be bound, with the remedy; `None` when it can.
pub fn unprintable(extension: &str) -> Option<String> {
    let kind = extension.trim_start_matches('.').to_ascii_lowercase();
    let remedy = match kind.as_str() {
        kind if PRINTED.contains(&kind) => return None,
        "" | "bin" => {
            return Some("认不出这是什么文件，不能合订，请转成 PDF 或 JPG 后重新放入".to_owned());
        }
        "heic" | "heif" | "avif" => "请在手机或电脑上另存为 JPG 后重新放入",
        "gif" => "请用画图程序另存为 PNG 后重新放入",
        "ofd" => "请用 OFD 阅读器另存为 PDF 后重新放入",
        "doc" | "docx" | "wps" | "rtf" | "xls" | "xlsx" | "et" | "ppt" | "pptx" | "txt" | "eml" => {
            "请打开它另存为 PDF 后重新放入"
        }
        _ => "请转成 PDF 或 JPG 后重新放入",
    };
    Some(format!("{kind} 文件不能合订，{remedy}"))
}

/// Whether a file is a PDF, by its mark: PDF readers look for it among the first 1024 bytes.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    memchr::memmem::find(head, b"%PDF-").is_some()
}
