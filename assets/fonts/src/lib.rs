//! The bytes of the fonts that are embedded in the program, and nothing else: they stand in a crate
//! of their own so that editing the program does not link 20 MB anew. `build.sh` says how they were
//! cut; `OFL.txt` is their licence.

/// Noto Serif SC Regular: papers, and every name. GBK, 通用规范汉字表, all of Extension A, and all
/// that Noto has of Extensions B and later.
pub static SERIF: &[u8] = include_bytes!("../NotoSerifSC-Regular.otf");

/// Noto Serif SC SemiBold: titles of papers. GB 2312 and 通用规范汉字表.
pub static SERIF_SEMIBOLD: &[u8] = include_bytes!("../NotoSerifSC-SemiBold.otf");

/// Noto Sans SC Regular: the window. GBK and 通用规范汉字表; let [`SERIF`] stand behind it for the
/// rarest names.
pub static SANS: &[u8] = include_bytes!("../NotoSansSC-Regular.otf");

/// Noto Sans SC Medium: emphasis in the window. GB 2312; let [`SANS`] stand behind it.
pub static SANS_MEDIUM: &[u8] = include_bytes!("../NotoSansSC-Medium.otf");
