//! Gives the Windows program its icon, version information and manifest. Other systems need nothing here.

use std::io;

const ICON: &str = "packaging/icon/xueshi.ico";
const MANIFEST: &str = "packaging/windows/xueshi.manifest";
/// 中文（简体）
const CHINESE: u16 = 0x0804;

fn main() -> io::Result<()> {
    for watched in ["build.rs", ICON, MANIFEST] {
        println!("cargo::rerun-if-changed={watched}");
    }
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("windows") {
        return Ok(());
    }
    winresource::WindowsResource::new()
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set_language(CHINESE)
        .set("ProductName", "学时")
        .set("FileDescription", "学时：专业技术人员继续教育登记手册")
        .set("InternalName", "xueshi")
        .set("OriginalFilename", "xueshi.exe")
        .set("LegalCopyright", "MIT License")
        .compile()
}
