//! Loading the graphics driver ahead of its use. Windows loads the one for OpenGL when it is first asked for its
//! pixel formats, which takes about as long as making a window: both can be done at once.

use std::ptr::null_mut;
use windows_sys::Win32::Graphics::Gdi::{GetDC, ReleaseDC};
use windows_sys::Win32::Graphics::OpenGL::{DescribePixelFormat, PIXELFORMATDESCRIPTOR};

/// Begins to load it, on a thread of its own; whoever needs it earlier waits for it as if nothing had been begun.
/// A fault in a driver ends the program, here as anywhere: what is being tried must have been written down.
pub fn load() {
    // Without a thread it is loaded when it is needed.
    let _ = std::thread::Builder::new().name("driver".to_owned()).spawn(|| {
        let size = size_of::<PIXELFORMATDESCRIPTOR>() as u32;
        let mut format = PIXELFORMATDESCRIPTOR::default();
        // SAFETY: the screen's device context is released by the thread that asked for it; the description is
        // as large as is said. What is described does not matter.
        unsafe {
            let screen = GetDC(null_mut());
            if !screen.is_null() {
                DescribePixelFormat(screen, 1, size, &raw mut format);
                ReleaseDC(null_mut(), screen);
            }
        }
    });
}
