//! The window. egui only here: shell, pages, widgets, theme. The registry is owned by the worker's
//! thread (`desk`, `worker`); pages look at its pictures (`snapshot`) and give it orders (`chores`).

mod action;
mod app;
mod chores;
pub mod composing;
mod desk;
mod dialog;
mod fonts;
mod icons;
mod office;
mod pages;
mod palette;
mod papers;
mod reveal;
pub mod search;
mod shell;
pub mod snapshot;
pub mod theme;
pub mod widgets;
mod words;
mod worker;

pub use app::{App, Start};

use crate::failure::{Failure, Result};
use chrono::NaiveDate;
use eframe::egui::ViewportBuilder;
use std::path::PathBuf;

/// Opens the window on a registry, the last one, or the first-run page. `today` is the day the program
/// believes in; without it, the clock.
///
/// # Errors
/// No renderer works on this PC.
pub fn run(registry: Option<PathBuf>, today: Option<NaiveDate>) -> Result<()> {
    let viewport = ViewportBuilder::default()
        .with_title("学时")
        .with_app_id("xueshi")
        .with_inner_size([1366.0, 768.0])
        .with_min_inner_size([1100.0, 680.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        persist_window: true,
        centered: true,
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "学时",
        options,
        Box::new(move |cc| {
            let start = Start { registry, today, ..Start::remembered(cc.storage) };
            Ok(Box::new(App::new(&cc.egui_ctx, start)))
        }),
    )
    .map_err(|error| {
        Failure::cannot(
            "打开窗口",
            "",
            "这台电脑的显卡驱动不能绘图",
            "请更新显卡驱动，或在命令行里办理（xueshi --help）",
        )
        .because(error.to_string())
    })
}
