//! The console that a command was called from. The program is a window's (Windows gives it no console
//! of its own); called with a command it prints where it was called, or into the file or pipe it was given.

use std::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::{GENERIC_READ, GENERIC_WRITE, HANDLE, INVALID_HANDLE_VALUE};
use windows_sys::Win32::Storage::FileSystem::{
    CreateFileW, FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_TYPE_UNKNOWN, GetFileType, OPEN_EXISTING,
};
use windows_sys::Win32::System::Console::{
    ATTACH_PARENT_PROCESS, AttachConsole, ENABLE_VIRTUAL_TERMINAL_PROCESSING, GetConsoleMode,
    GetStdHandle, STD_ERROR_HANDLE, STD_HANDLE, STD_INPUT_HANDLE, STD_OUTPUT_HANDLE,
    SetConsoleMode, SetStdHandle,
};

/// Attaches to the caller's console, if there is one. A stream that was redirected stays as it is.
pub fn attach() {
    let streams = [STD_INPUT_HANDLE, STD_OUTPUT_HANDLE, STD_ERROR_HANDLE];
    let given = streams.map(redirected);
    if given.iter().all(Option::is_some) {
        return;
    }
    // SAFETY: no pointers; without a console to attach to, it fails and nothing is printed anywhere.
    if unsafe { AttachConsole(ATTACH_PARENT_PROCESS) } == 0 {
        return;
    }
    for (stream, given) in streams.into_iter().zip(given) {
        // Attaching may have replaced what was given.
        let Some(handle) = given.or_else(|| open(stream)) else { continue };
        // SAFETY: a handle that is open, and stays open until the process ends.
        unsafe { SetStdHandle(stream, handle) };
    }
}

/// What the caller put in the stream's place: a file, a pipe, another console.
fn redirected(stream: STD_HANDLE) -> Option<HANDLE> {
    // SAFETY: no pointers of ours; GetFileType answers UNKNOWN for a handle that is none.
    let (handle, known) = unsafe {
        let handle = GetStdHandle(stream);
        (handle, GetFileType(handle) != FILE_TYPE_UNKNOWN)
    };
    (!handle.is_null() && handle != INVALID_HANDLE_VALUE && known).then_some(handle)
}

fn open(stream: STD_HANDLE) -> Option<HANDLE> {
    let name = if stream == STD_INPUT_HANDLE { "CONIN$\0" } else { "CONOUT$\0" };
    let name: Vec<u16> = name.encode_utf16().collect();
    // SAFETY: the name ends in a zero and lives until the call returns; no security, no template.
    let handle = unsafe {
        CreateFileW(
            name.as_ptr(),
            GENERIC_READ | GENERIC_WRITE,
            FILE_SHARE_READ | FILE_SHARE_WRITE,
            null(),
            OPEN_EXISTING,
            0,
            null_mut(),
        )
    };
    if handle == INVALID_HANDLE_VALUE {
        return None;
    }
    let mut mode = 0;
    // SAFETY: an open console handle and a place for its mode. Old consoles refuse: then the progress
    // line is not erased, and nothing else is lost.
    unsafe {
        if stream != STD_INPUT_HANDLE && GetConsoleMode(handle, &raw mut mode) != 0 {
            SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
        }
    }
    Some(handle)
}
