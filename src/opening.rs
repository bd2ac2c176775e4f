//! What the command line hands to the window. Both floors know it; how a window is drawn stands in `ui`.

use chrono::NaiveDate;
use clap::ValueEnum;
use std::path::PathBuf;

/// How the window is asked for. Left empty: the last registry or the first-run page, the clock's day, the
/// renderer that suits the PC.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    pub registry: Option<PathBuf>,
    /// A package to be checked.
    pub package: Option<PathBuf>,
    /// The day the program believes in.
    pub today: Option<NaiveDate>,
    pub renderer: Option<Renderer>,
}

/// A way of drawing, in the order of trying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Renderer {
    /// DirectX 12 on a graphics card.
    #[cfg(windows)]
    #[value(name = "dx12")]
    DirectX,
    /// OpenGL.
    #[value(name = "opengl")]
    OpenGl,
    /// DirectX 12 counted out by the processor (WARP): slow, but on every Windows 10 and over remote desktop.
    #[cfg(windows)]
    #[value(name = "software")]
    Software,
}
