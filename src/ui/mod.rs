//! The window. egui only here: shell, pages, widgets, theme. The registry is owned by the worker's
//! thread (`desk`, `worker`); pages look at its pictures (`snapshot`) and give it orders (`chores`).

mod action;
mod app;
mod aside;
mod calls;
mod chores;
pub mod composing;
mod cx;
mod desk;
mod dialog;
#[cfg(windows)]
mod driver;
mod drives;
mod fonts;
mod icons;
mod in_view;
pub mod index;
mod journal;
mod looks;
mod office;
mod outcome;
mod pages;
mod palette;
mod papers;
mod places;
mod printing;
mod remembered;
mod renderer;
mod reveal;
pub mod rules_view;
pub mod search;
mod shell;
mod shortcuts;
#[cfg(windows)]
mod single;
pub mod snapshot;
pub mod theme;
pub mod titles;
mod trail;
mod viewer;
mod walking;
pub mod widgets;
mod words;
mod worker;

pub use app::{App, Remembered, Start};
pub use calls::Calls;
pub use pages::Page;

use crate::failure::Result;
use crate::opening::Opening;
use eframe::egui::ViewportBuilder;
use std::sync::Arc;

/// The window's title.
const TITLE: &str = "学时";

/// Opens the window and stays until it is closed. Why there is none is told in a box, too.
///
/// # Errors
/// No renderer works on this PC.
pub fn run(opening: &Opening) -> Result<()> {
    let settings = places::settings();
    #[cfg(windows)]
    if !single::is_first() && opening.registry.is_none() && single::is_open() {
        if let (Some(settings), Some(package)) = (&settings, &opening.package) {
            // If it cannot be handed over, the window comes forward all the same.
            let _ = calls::hand_over(settings, package);
        }
        single::bring_forward();
        return Ok(());
    }
    if let Some(folder) = &settings {
        journal::begin(folder);
    }
    let calls = Arc::new(Calls::of(opening.package.clone()));
    let options = || eframe::NativeOptions {
        viewport: viewport(),
        persist_window: true,
        centered: true,
        persistence_path: settings.as_ref().map(|folder| folder.join("app.ron")),
        #[cfg(windows)]
        event_loop_builder: single::bell(&settings, &calls),
        ..eframe::NativeOptions::default()
    };
    let app = |cc: &eframe::CreationContext<'_>| {
        let mut start = Start::remembered(cc.storage);
        start.registry.clone_from(&opening.registry);
        start.today = opening.today;
        start.calls = Arc::clone(&calls);
        if start.registry.is_none() && !start.remembers_one_that_is_there() {
            start.registry = places::carried_along().or_else(places::usual);
        }
        App::new(&cc.egui_ctx, start)
    };
    renderer::run(opening.renderer, settings.clone(), options, app).inspect_err(renderer::tell)
}

fn viewport() -> ViewportBuilder {
    let viewport = ViewportBuilder::default()
        .with_title(TITLE)
        .with_app_id("xueshi")
        // Fits a small screen with its task bar; the first time the window fills the screen (`App::new`).
        .with_inner_size([1280.0, 680.0])
        .with_min_inner_size([900.0, 600.0])
        .with_drag_and_drop(true);
    let icon = include_bytes!("../../packaging/icon/xueshi.png");
    match eframe::icon_data::from_png_bytes(icon) {
        Ok(icon) => viewport.with_icon(icon),
        Err(_) => viewport,
    }
}
