//! One window: the program started a second time brings the first one forward, and hands over the package
//! it was asked to look at. Windows only; elsewhere the registry's own lock tells that it is open already.

use super::calls::Calls;
use std::path::PathBuf;
use std::ptr::null;
use std::sync::Arc;
use windows_sys::Win32::Foundation::{ERROR_ALREADY_EXISTS, GetLastError, HWND};
use windows_sys::Win32::System::Threading::CreateMutexW;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    FindWindowW, IsIconic, MSG, PostMessageW, RegisterWindowMessageW, SW_RESTORE,
    SetForegroundWindow, ShowWindow,
};
use winit::platform::windows::EventLoopBuilderExtWindows;

/// What winit calls its windows: a folder of the program's name, open in Explorer, has the same title.
const KIND: &str = "Window Class";

/// Whether this process is the first of this user's to open a window.
pub fn is_first() -> bool {
    let name = wide("Local\\xueshi-window");
    // SAFETY: the name ends in a zero and lives until the call returns. The mutex is never closed: it
    // lasts as long as the process, and so does what it says.
    unsafe {
        CreateMutexW(null(), 0, name.as_ptr());
        GetLastError() != ERROR_ALREADY_EXISTS
    }
}

/// Whether a window is open.
pub fn is_open() -> bool {
    !find().is_null()
}

/// Brings the window that is open to the front and rings its bell.
pub fn bring_forward() {
    let window = find();
    // SAFETY: a window that is gone by the time it is named makes the calls fail, nothing else.
    unsafe {
        if IsIconic(window) != 0 {
            ShowWindow(window, SW_RESTORE);
        }
        SetForegroundWindow(window);
        PostMessageW(window, ring(), 0, 0);
    }
}

/// Hears the bell in the window's messages. What was handed over is fetched beside the window's own thread.
pub fn bell(
    settings: &Option<PathBuf>,
    calls: &Arc<Calls>,
) -> Option<eframe::EventLoopBuilderHook> {
    let (settings, calls) = (settings.clone()?, Arc::clone(calls));
    let ring = ring();
    Some(Box::new(move |builder| {
        builder.with_msg_hook(move |message| {
            // SAFETY: winit hands over the message it has just taken from the queue.
            if unsafe { (*message.cast::<MSG>()).message } != ring {
                return false;
            }
            let (settings, calls) = (settings.clone(), Arc::clone(&calls));
            // Without a thread the package is not looked at; the window is in front all the same.
            let _ = std::thread::Builder::new()
                .name("bell".to_owned())
                .spawn(move || calls.collect(&settings));
            true
        });
    }))
}

/// The number of the bell's message, the same in all programs of a session.
fn ring() -> u32 {
    let name = wide("xueshi-handed-over");
    // SAFETY: the name ends in a zero and lives until the call returns.
    unsafe { RegisterWindowMessageW(name.as_ptr()) }
}

fn find() -> HWND {
    let (kind, title) = (wide(KIND), wide(super::TITLE));
    // SAFETY: both texts end in a zero and live until the call returns.
    unsafe { FindWindowW(kind.as_ptr(), title.as_ptr()) }
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}
