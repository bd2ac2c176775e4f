//! Colours, type sizes and spacing, light and dark: the one place where they are written down.
//! No widget and no page makes a colour of its own (`clippy.toml` refuses it).

use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Vec2,
};

/// The named colours of one theme. The words follow the drawings: paper, ink, seal red.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tokens {
    /// Paper ground.
    pub bg: Color32,
    /// Cards and fields.
    pub surface: Color32,
    /// The navigation, bars' troughs, chips.
    pub sunken: Color32,
    pub line: Color32,
    /// Lines between rows of a table.
    pub hair: Color32,
    /// The border of a field to type in.
    pub field: Color32,
    pub ink: Color32,
    pub ink2: Color32,
    pub ink3: Color32,
    /// The accent: the one main action, and what blocks.
    pub seal: Color32,
    pub seal_wash: Color32,
    /// Seal red as a ground for text, and that text.
    pub seal_fill: Color32,
    pub on_seal: Color32,
    /// Met.
    pub ok: Color32,
    pub ok_wash: Color32,
    /// Pending.
    pub wait: Color32,
    pub wait_wash: Color32,
    /// Deemed, or information.
    pub info: Color32,
    pub info_wash: Color32,
    /// A chosen chip or day part: ink as ground, and its text.
    pub chosen: Color32,
    pub on_chosen: Color32,
    pub on_chosen2: Color32,
    /// The row that is selected.
    pub row: Color32,
    pub bar_ok: Color32,
    pub bar_wait: Color32,
    pub bar_bad: Color32,
    pub bar_public: Color32,
    pub bar_public_deemed: Color32,
    pub bar_ok_deemed: Color32,
    /// Behind a dialog.
    pub veil: Color32,
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes colours")]
const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Paper and ink.
pub const LIGHT: Tokens = Tokens {
    bg: rgb(0xF6F4EF),
    surface: rgb(0xFFFFFF),
    sunken: rgb(0xEFECE5),
    line: rgb(0xE1DCD1),
    hair: rgb(0xF0ECE4),
    field: rgb(0xCFC9BC),
    ink: rgb(0x1F2328),
    ink2: rgb(0x575C63),
    ink3: rgb(0x656A71),
    seal: rgb(0xB3261E),
    seal_wash: rgb(0xFBEDEB),
    seal_fill: rgb(0xB3261E),
    on_seal: rgb(0xFFFFFF),
    ok: rgb(0x2B744A),
    ok_wash: rgb(0xE6F2EA),
    wait: rgb(0x8F5B00),
    wait_wash: rgb(0xFBF1DD),
    info: rgb(0x2B5C8A),
    info_wash: rgb(0xE7EFF7),
    chosen: rgb(0x1F2328),
    on_chosen: rgb(0xFFFFFF),
    on_chosen2: rgb(0xC9CDD2),
    row: rgb(0xFBF8F2),
    bar_ok: rgb(0x6FA585),
    bar_wait: rgb(0xE3B65B),
    bar_bad: rgb(0xCF6F67),
    bar_public: rgb(0x4E7CA8),
    bar_public_deemed: rgb(0xB9CBDD),
    bar_ok_deemed: rgb(0xBFD9C8),
    veil: Color32::from_black_alpha(70),
};

/// The same family at night.
pub const DARK: Tokens = Tokens {
    bg: rgb(0x1B1A18),
    surface: rgb(0x252320),
    sunken: rgb(0x171614),
    line: rgb(0x3B3833),
    hair: rgb(0x302D29),
    field: rgb(0x56514A),
    ink: rgb(0xECE8E0),
    ink2: rgb(0xBDB7AD),
    ink3: rgb(0xA39D93),
    seal: rgb(0xF1857C),
    seal_wash: rgb(0x43231F),
    seal_fill: rgb(0xB3352C),
    on_seal: rgb(0xFFFFFF),
    ok: rgb(0x86C7A0),
    ok_wash: rgb(0x1F3428),
    wait: rgb(0xE2B160),
    wait_wash: rgb(0x3A2F18),
    info: rgb(0x8FBCE6),
    info_wash: rgb(0x1F2E3D),
    chosen: rgb(0xE6E1D7),
    on_chosen: rgb(0x1B1A18),
    on_chosen2: rgb(0x4C4943),
    row: rgb(0x2D2A26),
    bar_ok: rgb(0x5E9474),
    bar_wait: rgb(0xC99B45),
    bar_bad: rgb(0xBE6159),
    bar_public: rgb(0x5B88B4),
    bar_public_deemed: rgb(0x3F566D),
    bar_ok_deemed: rgb(0x3F5E4B),
    veil: Color32::from_black_alpha(140),
};

impl Tokens {
    /// Those of the theme that is being shown.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::when(ui.visuals().dark_mode)
    }

    pub fn when(dark: bool) -> &'static Self {
        if dark { &DARK } else { &LIGHT }
    }

    /// Pairs of text and the ground it stands on; each must keep a contrast of 4.5 : 1.
    pub fn text_on_ground(&self) -> Vec<(&'static str, Color32, Color32)> {
        let mut pairs = vec![
            ("on_seal", self.on_seal, self.seal_fill),
            ("on_chosen", self.on_chosen, self.chosen),
            ("on_chosen2", self.on_chosen2, self.chosen),
            ("ok", self.ok, self.ok_wash),
            ("wait", self.wait, self.wait_wash),
            ("info", self.info, self.info_wash),
            ("seal", self.seal, self.seal_wash),
            ("ink2 on sunken", self.ink2, self.sunken),
            ("ink3 on sunken", self.ink3, self.sunken),
            ("ink on picked", self.ink, self.info_wash),
            ("ink2 on picked", self.ink2, self.info_wash),
            ("ink3 on picked", self.ink3, self.info_wash),
        ];
        for ground in [self.bg, self.surface, self.row] {
            for (name, text) in [
                ("ink", self.ink),
                ("ink2", self.ink2),
                ("ink3", self.ink3),
                ("seal", self.seal),
                ("ok", self.ok),
                ("wait", self.wait),
                ("info", self.info),
            ] {
                pairs.push((name, text, ground));
            }
        }
        pairs
    }
}

/// Sizes in points.
pub mod size {
    pub const TEXT: f32 = 14.0;
    pub const SMALL: f32 = 12.0;
    pub const TITLE: f32 = 20.0;
    pub const QUOTE: f32 = 13.0;
    pub const RESULT: f32 = 40.0;

    pub const NAV: f32 = 184.0;
    pub const HEADER: f32 = 56.0;
    pub const CONTROL: f32 = 32.0;
    pub const FIELD: f32 = 34.0;
    pub const ROW: f32 = 36.0;
    pub const GAP: f32 = 16.0;
    pub const CARD: f32 = 16.0;
    /// A page is never laid out smaller than this; where there is less room it is scrolled.
    pub const LEAST_X: f32 = 900.0;
    pub const LEAST_Y: f32 = 590.0;
    pub const PAGE_X: f32 = 24.0;
    pub const PAGE_Y: f32 = 20.0;
    pub const RADIUS: u8 = 6;
    pub const CARD_RADIUS: u8 = 8;
}

/// The semibold family.
pub fn medium() -> FontFamily {
    FontFamily::Name("medium".into())
}

/// The serif, for results and quotations of the notice.
pub fn serif() -> FontFamily {
    FontFamily::Name("serif".into())
}

pub fn text(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

pub fn bold(size: f32) -> FontId {
    FontId::new(size, medium())
}

pub fn quote(size: f32) -> FontId {
    FontId::new(size, serif())
}

/// Puts both themes into egui.
pub fn install(ctx: &egui::Context) {
    for theme in [egui::Theme::Light, egui::Theme::Dark] {
        let tokens = Tokens::when(theme == egui::Theme::Dark);
        ctx.style_mut_of(theme, |style| shape(style, tokens));
    }
    ctx.options_mut(|options| options.quit_shortcuts.clear());
}

fn shape(style: &mut egui::Style, t: &Tokens) {
    style.text_styles = [
        (TextStyle::Body, text(size::TEXT)),
        (TextStyle::Button, text(size::TEXT)),
        (TextStyle::Small, text(size::SMALL)),
        (TextStyle::Heading, bold(size::TITLE)),
        (TextStyle::Monospace, FontId::new(size::TEXT, FontFamily::Monospace)),
    ]
    .into();

    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(8.0, 4.0);
    spacing.button_padding = Vec2::new(14.0, 5.0);
    spacing.interact_size = Vec2::new(32.0, 28.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(20);
    spacing.combo_width = 120.0;
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = egui::style::ScrollStyle::thin();
    spacing.scroll.floating = true;

    let v = &mut style.visuals;
    v.override_text_color = None;
    v.weak_text_color = Some(t.ink3);
    v.panel_fill = t.bg;
    v.window_fill = t.surface;
    v.window_stroke = Stroke::new(1.0, t.line);
    v.window_corner_radius = CornerRadius::same(size::CARD_RADIUS);
    v.menu_corner_radius = CornerRadius::same(size::CARD_RADIUS);
    v.window_shadow = Shadow::NONE;
    v.popup_shadow = Shadow::NONE;
    v.faint_bg_color = t.row;
    v.extreme_bg_color = t.surface;
    v.text_edit_bg_color = Some(t.surface);
    v.code_bg_color = t.sunken;
    v.hyperlink_color = t.info;
    v.warn_fg_color = t.wait;
    v.error_fg_color = t.seal;
    v.selection.bg_fill = t.info_wash;
    v.selection.stroke = Stroke::new(1.0, t.ink);
    v.text_cursor.stroke = Stroke::new(1.5, t.ink);
    v.text_cursor.blink = false;
    v.ime_composition.legacy_visuals = false;
    v.disabled_alpha = 0.55;

    let radius = CornerRadius::same(size::RADIUS);
    let w = &mut v.widgets;
    for (widget, fill, stroke, text) in [
        (&mut w.noninteractive, t.surface, t.line, t.ink),
        (&mut w.inactive, t.surface, t.field, t.ink),
        (&mut w.hovered, t.row, t.ink3, t.ink),
        (&mut w.active, t.sunken, t.ink, t.ink),
        (&mut w.open, t.row, t.ink3, t.ink),
    ] {
        widget.bg_fill = fill;
        widget.weak_bg_fill = fill;
        widget.bg_stroke = Stroke::new(1.0, stroke);
        widget.fg_stroke = Stroke::new(1.0, text);
        widget.corner_radius = radius;
        widget.expansion = 0.0;
    }
}
