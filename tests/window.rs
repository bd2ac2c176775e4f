//! The window, driven as a clerk drives it: by the names of its controls, without a display. Every
//! journey ends with facts read back from a registry that was opened anew.

#[path = "window/desk.rs"]
mod desk;
#[path = "window/easel.rs"]
mod easel;
#[path = "window/staff.rs"]
mod staff;

#[path = "window/after.rs"]
mod after;
#[path = "window/beginning.rs"]
mod beginning;
#[path = "window/campaign.rs"]
mod campaign;
#[path = "window/career.rs"]
mod career;
#[path = "window/composing.rs"]
mod composing;
#[path = "window/declared.rs"]
mod declared;
#[path = "window/entry.rs"]
mod entry;
#[path = "window/every_page.rs"]
mod every_page;
#[path = "window/evidence.rs"]
mod evidence;
#[path = "window/habits.rs"]
mod habits;
#[path = "window/import.rs"]
mod import;
#[path = "window/keyboard.rs"]
mod keyboard;
#[path = "window/people.rs"]
mod people;
#[path = "window/pictures.rs"]
mod pictures;
#[path = "window/preview.rs"]
mod preview;
#[path = "window/publicity.rs"]
mod publicity;
#[path = "window/receive.rs"]
mod receive;
#[path = "window/roster.rs"]
mod roster;
#[path = "window/rules.rs"]
mod rules;
#[path = "window/settings.rs"]
mod settings;
#[path = "window/submission.rs"]
mod submission;
#[path = "window/theme.rs"]
mod theme;
#[path = "window/year.rs"]
mod year;
