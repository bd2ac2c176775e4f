//! Every text of both themes can be read: contrast computed from the theme's own tokens.

use eframe::egui::Color32;
use xueshi::ui::theme::{DARK, LIGHT};

/// Relative luminance (WCAG 2.2).
fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_text_stands_out_from_its_ground() {
    for (theme, tokens) in [("light", LIGHT), ("dark", DARK)] {
        for (name, text, ground) in tokens.text_on_ground() {
            let ratio = contrast(text, ground);
            assert!(ratio >= 4.5, "{theme}: {name} {text:?} on {ground:?} has only {ratio:.2} : 1");
        }
    }
}
