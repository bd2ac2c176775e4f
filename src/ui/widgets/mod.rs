//! The controls of the window, drawn as in the mock. Every one has a name that a screen reader can
//! say; none knows what the program is about.

pub mod asked;
pub mod bar;
mod breaking;
pub mod button;
pub mod card;
pub mod check;
pub mod contents;
pub mod date_field;
pub mod field;
pub mod label;
pub mod modal;
pub mod table;
pub mod tag;
pub mod toast;

pub use asked::{Answer, Asked, Question};
pub use button::{cross, icon_button, link, plain, primary, quiet, segment};
pub use card::{card, card_in, empty, hairline, rows_of};
pub use contents::contents;
pub use field::{TextField, combo, search_box};
pub use label::{h2, line, note, serif_quote, small, strong};
pub use tag::{Tone, chip, dot, filter_chip, tag};
