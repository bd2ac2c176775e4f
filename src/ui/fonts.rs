//! The window's type faces: the embedded Noto subsets, so that Chinese looks the same on every PC.

use super::theme;
use eframe::egui::{self, FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// Puts the faces into egui; the rarest names fall back from sans to serif.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [
        ("sans", xueshi_fonts::SANS),
        ("medium", xueshi_fonts::SANS_MEDIUM),
        ("serif", xueshi_fonts::SERIF),
    ] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, faces) in [
        (FontFamily::Proportional, &["sans", "serif"][..]),
        (FontFamily::Monospace, &["sans", "serif"][..]),
        (theme::medium(), &["medium", "sans", "serif"][..]),
        (theme::serif(), &["serif", "sans"][..]),
    ] {
        fonts.families.insert(family, faces.iter().map(|&face| face.to_owned()).collect());
    }
    ctx.set_fonts(fonts);
}
