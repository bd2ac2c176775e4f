//! The window's type faces: on Windows the PC's own 微软雅黑, then the embedded Noto subsets, so that
//! there is Chinese on every PC, then what Windows has for the rarest names.

use super::remembered::Face;
use super::theme;
use eframe::egui::{self, FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// Puts the faces into egui; the rarest names fall back from one to the other. `of_the_pc`: its own may stand
/// around the embedded ones; they are mapped, not read: nothing is slower.
pub fn install(ctx: &egui::Context, face: Face, of_the_pc: bool) {
    let fonts = embedded(face);
    #[cfg(windows)]
    let fonts = if of_the_pc { around(fonts, face, &pc::face) } else { fonts };
    #[cfg(not(windows))]
    let _ = of_the_pc;
    ctx.set_fonts(fonts);
}

fn embedded(face: Face) -> FontDefinitions {
    let text = match face {
        Face::Sans => ["sans", "serif"],
        Face::Serif => ["serif", "sans"],
    };
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [
        ("sans", xueshi_fonts::SANS),
        ("medium", xueshi_fonts::SANS_MEDIUM),
        ("serif", xueshi_fonts::SERIF),
    ] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, faces) in [
        (FontFamily::Proportional, &text[..]),
        (FontFamily::Monospace, &text[..]),
        (theme::medium(), &["medium", "sans", "serif"][..]),
        (theme::serif(), &["serif", "sans"][..]),
    ] {
        fonts.families.insert(family, faces.iter().map(|&face| face.to_owned()).collect());
    }
    fonts
}

/// 微软雅黑 before all where 黑体 is wanted, 宋体 of Extension B behind all, if they are there.
#[cfg(any(windows, test))]
fn around(
    mut fonts: FontDefinitions,
    face: Face,
    found: &dyn Fn(&str) -> Option<FontData>,
) -> FontDefinitions {
    let text = [FontFamily::Proportional, FontFamily::Monospace];
    let text = if face == Face::Sans { &text[..] } else { &[] };
    for (file, before) in [("msyh.ttc", text), ("msyhbd.ttc", &[theme::medium()][..])] {
        let Some(data) = found(file) else { continue };
        fonts.font_data.insert(file.to_owned(), Arc::new(data));
        for family in before {
            fonts.families.entry(family.clone()).or_default().insert(0, file.to_owned());
        }
    }
    if let Some(data) = found("simsunb.ttf") {
        fonts.font_data.insert("simsunb.ttf".to_owned(), Arc::new(data));
        for faces in fonts.families.values_mut() {
            faces.push("simsunb.ttf".to_owned());
        }
    }
    fonts
}

#[cfg(windows)]
mod pc {
    use super::{Arc, FontData};
    use std::fs::File;
    use std::path::PathBuf;

    /// A face of Windows' own, the first of its file.
    pub fn face(file: &str) -> Option<FontData> {
        let windows = PathBuf::from(std::env::var_os("SystemRoot")?);
        let file = File::open(windows.join("Fonts").join(file)).ok()?;
        // SAFETY: Windows keeps its fonts from being written while they are in use, and this one is.
        let bytes = unsafe { memmap2::Mmap::map(&file) }.ok()?;
        super::whole(&bytes).then(|| FontData::from_blob(Arc::new(bytes), 0))
    }
}

/// Whether this begins as a font, or a collection of fonts, with all its tables inside: of anything else
/// egui makes a defect.
#[cfg(any(windows, test))]
fn whole(bytes: &[u8]) -> bool {
    let number = |at: usize| {
        let four = bytes.get(at..at.checked_add(4)?)?;
        Some(u32::from_be_bytes(four.try_into().ok()?) as usize)
    };
    let start = match bytes.get(..4) {
        Some(b"ttcf") => number(12),
        Some([0, 1, 0, 0] | b"OTTO") => Some(0),
        _ => None,
    };
    let Some(start) = start else { return false };
    // Twelve bytes, of which the fifth and sixth count the tables, then sixteen for each.
    let Some(tables) = number(start + 4).map(|word| word >> 16) else { return false };
    let ends = (0..tables).map(|nr| {
        let entry = start + 12 + 16 * nr;
        number(entry + 8)?.checked_add(number(entry + 12)?)
    });
    tables > 0 && ends.into_iter().all(|end| end.is_some_and(|end| end <= bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_of_the_pc_stand_around_the_embedded_ones() {
        let there = |file: &str| {
            (file != "msyhbd.ttc").then(|| FontData::from_static(xueshi_fonts::SANS_MEDIUM))
        };
        let fonts = around(embedded(Face::Sans), Face::Sans, &there);
        let of = |family: FontFamily| fonts.families[&family].join(" ");
        assert_eq!(of(FontFamily::Proportional), "msyh.ttc sans serif simsunb.ttf");
        // One that is not there leaves the embedded one in its place.
        assert_eq!(of(theme::medium()), "medium sans serif simsunb.ttf");
        assert_eq!(of(theme::serif()), "serif sans simsunb.ttf");
        let none = around(embedded(Face::Sans), Face::Sans, &|_| None);
        assert_eq!(none.families, embedded(Face::Sans).families);
        // Whoever wants 宋体 reads the embedded one.
        let fonts = around(embedded(Face::Serif), Face::Serif, &there);
        assert_eq!(fonts.families[&FontFamily::Proportional].join(" "), "serif sans simsunb.ttf");
    }

    #[test]
    fn only_whole_fonts_are_taken() {
        let sans = xueshi_fonts::SANS;
        assert!(whole(sans));
        assert!(!whole(&sans[..sans.len() / 2]), "cut off");
        assert!(!whole(b"ttcf"));
        assert!(!whole(b""));
        // A collection whose only font stands behind its head of sixteen bytes.
        let mut collection = b"ttcf\0\x01\0\0\0\0\0\x01\0\0\0\x10".to_vec();
        collection.extend(b"\0\x01\0\0\0\x01\0\0\0\0\0\0glyf\0\0\0\0\0\0\0\x2c\0\0\0\x04");
        assert!(!whole(&collection));
        collection.extend([0; 4]);
        assert!(whole(&collection));
    }
}
