//! One window: the program started a second time brings the first one forward. Windows only; elsewhere
//! the registry's own lock tells that it is open already.

use std::ptr::null;
use windows_sys::Win32::Foundation::{ERROR_ALREADY_EXISTS, GetLastError};
use windows_sys::Win32::System::Threading::CreateMutexW;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    FindWindowW, IsIconic, SW_RESTORE, SetForegroundWindow, ShowWindow,
};

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

/// Brings a window that is open to the front; whether there is one.
pub fn bring_forward() -> bool {
    let title = wide(super::TITLE);
    // SAFETY: the title ends in a zero and lives until the call returns; a window that is gone by the
    // time it is named makes the calls fail, nothing else.
    unsafe {
        let window = FindWindowW(null(), title.as_ptr());
        if window.is_null() {
            return false;
        }
        if IsIconic(window) != 0 {
            ShowWindow(window, SW_RESTORE);
        }
        SetForegroundWindow(window);
    }
    true
}

fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}
