//! What the window remembers from one day to the next: where it was and how it looks, nothing of the registry.

use super::pages;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What is remembered.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    pub registry: Option<PathBuf>,
    /// Those opened before, newest first.
    pub recent: Vec<PathBuf>,
    pub theme: Tone,
    pub face: Face,
    /// 1.0 = 100 %
    pub zoom: f32,
    /// How the people table is laid out.
    pub people: pages::people::Layout,
}

impl Default for Remembered {
    fn default() -> Self {
        Self {
            registry: None,
            recent: Vec::new(),
            theme: Tone::Light,
            face: Face::Sans,
            zoom: 1.0,
            people: pages::people::Layout::default(),
        }
    }
}

/// 浅色 / 深色 / 随系统
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    #[default]
    Light,
    Dark,
    System,
}

impl Tone {
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Light, "浅色"), (Self::Dark, "深色"), (Self::System, "随系统")];
}

/// 黑体 / 宋体: the face of the text; headings stay 黑体.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Face {
    #[default]
    Sans,
    Serif,
}

impl Face {
    pub const ALL: [(Self, &'static str); 2] = [(Self::Sans, "黑体"), (Self::Serif, "宋体")];
}
