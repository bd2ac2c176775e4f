//! The window, driven as a clerk drives it: by the names of its controls, without a display.

#[path = "window/theme.rs"]
mod theme;
