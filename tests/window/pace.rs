//! How long the window's own thread takes for a frame with very many people.

use super::desk::*;
use eframe::egui::Key;
use std::time::{Duration, Instant};
use xueshi::ledger::{IdNumber, Person};

/// The longest of some frames.
fn longest(desk: &mut Desk, frames: usize, mut touch: impl FnMut(&mut Desk, usize)) -> Duration {
    let mut longest = Duration::ZERO;
    for nr in 0..frames {
        touch(desk, nr);
        let begun = Instant::now();
        desk.window.step();
        longest = longest.max(begun.elapsed());
    }
    longest
}

/// Not a gate of the ordinary run: `cargo test --release --test window pace -- --ignored --nocapture`.
#[test]
#[ignore = "measures; meaningful in release builds only"]
fn a_hundred_thousand_people_stay_fluid() {
    let mut desk = Desk::prepared(|registry| {
        registry
            .transact("准备", |tx| {
                for n in 0..100_000u32 {
                    let id = IdNumber::parse(&format!("43310119{n:09}X")).unwrap();
                    let names = ["张伟", "李娜", "王芳", "刘洋", "陈静", "杨军", "赵敏", "黄磊"];
                    let name =
                        format!("{}{}", names[n as usize % 8], ["", "明", "华"][n as usize % 3]);
                    tx.save_person(&Person::new(name, id))?;
                }
                Ok(())
            })
            .unwrap();
    });
    desk.click("人员");
    let scrolled = longest(&mut desk, 30, |desk, nr| {
        desk.window.get_field("查找人员").focus();
        if nr % 2 == 0 {
            desk.window.key_press(Key::PageDown);
        }
    });
    let typed = longest(&mut desk, 4, |desk, nr| {
        desk.window.get_field("查找人员").type_text(&"zwmh"[nr..=nr]);
    });
    println!("scrolling {scrolled:?}, typing {typed:?}");
    assert!(scrolled < Duration::from_millis(16), "scrolling takes {scrolled:?}");
    assert!(typed < Duration::from_millis(16), "typing takes {typed:?}");
}
