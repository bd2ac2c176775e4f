//! The drives that can be pulled out: USB sticks and disks, by letter or folder, with label and space.
//! Looking takes as long as a drive takes to answer: never on the window's own thread.

use std::path::PathBuf;

/// A drive that is plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drive {
    /// `E:\`, `/media/向明/优盘`
    pub path: PathBuf,
    /// What it was called when it was formatted; may be empty.
    pub label: String,
    /// Bytes left.
    pub free: u64,
}

impl Drive {
    /// `优盘 (E:)`, as Explorer says it; elsewhere the label.
    pub fn name(&self) -> String {
        let label = if self.label.is_empty() { "U 盘" } else { &self.label };
        let path = self.path.display().to_string();
        match path.trim_end_matches('\\') {
            letter if letter.ends_with(':') => format!("{label} ({letter})"),
            _ => label.to_owned(),
        }
    }
}

/// Those that are there now and answer.
pub fn plugged_in() -> Vec<Drive> {
    system::plugged_in()
}

#[cfg(not(windows))]
mod system {
    use super::{Drive, PathBuf};

    pub fn plugged_in() -> Vec<Drive> {
        let table = std::fs::read_to_string("/proc/self/mounts").unwrap_or_default();
        let answering = |path: PathBuf| {
            let free = fs4::available_space(&path).ok()?;
            let label = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Some(Drive { path, label, free })
        };
        mounted(&table).into_iter().filter_map(answering).collect()
    }

    /// The folders that desktops put pluggable drives in, from the system's table.
    pub(super) fn mounted(table: &str) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = table
            .lines()
            .filter_map(|line| line.split(' ').nth(1).map(plain))
            .filter(|folder| {
                let inside = |parent| folder.strip_prefix(parent).is_some_and(|it| !it.is_empty());
                inside("/media/") || inside("/run/media/")
            })
            .map(PathBuf::from)
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The table writes blanks and the like as `\040`.
    fn plain(field: &str) -> String {
        let mut bytes = Vec::with_capacity(field.len());
        let mut rest = field.as_bytes();
        while let Some((&first, after)) = rest.split_first() {
            let octal = after.get(..3).filter(|_| first == b'\\');
            let value = octal
                .and_then(|digits| std::str::from_utf8(digits).ok())
                .and_then(|digits| u8::from_str_radix(digits, 8).ok());
            match value {
                Some(value) => {
                    bytes.push(value);
                    rest = &after[3..];
                }
                None => {
                    bytes.push(first);
                    rest = after;
                }
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(windows)]
mod system {
    use super::{Drive, PathBuf};
    use std::mem::size_of;
    use std::ptr::{null, null_mut};
    use windows_sys::Win32::Foundation::{CloseHandle, INVALID_HANDLE_VALUE};
    use windows_sys::Win32::Storage::FileSystem::{
        BusTypeSd, BusTypeUsb, CreateFileW, FILE_SHARE_READ, FILE_SHARE_WRITE, GetDiskFreeSpaceExW,
        GetDriveTypeW, GetLogicalDrives, GetVolumeInformationW, OPEN_EXISTING,
    };
    use windows_sys::Win32::System::Diagnostics::Debug::{
        SEM_FAILCRITICALERRORS, SetThreadErrorMode,
    };
    use windows_sys::Win32::System::IO::DeviceIoControl;
    use windows_sys::Win32::System::Ioctl::{
        IOCTL_STORAGE_QUERY_PROPERTY, PropertyStandardQuery, STORAGE_DEVICE_DESCRIPTOR,
        STORAGE_PROPERTY_QUERY, StorageDeviceProperty,
    };
    use windows_sys::Win32::System::WindowsProgramming::{DRIVE_FIXED, DRIVE_REMOVABLE};

    pub fn plugged_in() -> Vec<Drive> {
        let mut before = 0;
        // SAFETY: a place for the mode that was set before. An empty card reader is no box on the screen.
        unsafe { SetThreadErrorMode(SEM_FAILCRITICALERRORS, &raw mut before) };
        // SAFETY: takes nothing.
        let letters = unsafe { GetLogicalDrives() };
        let found = (b'A'..=b'Z')
            .filter(|letter| letters & (1 << (letter - b'A')) != 0)
            .map(char::from)
            .filter(|&letter| can_be_pulled_out(letter))
            .filter_map(answering)
            .collect();
        // SAFETY: null where the mode before is not wanted.
        unsafe { SetThreadErrorMode(before, null_mut()) };
        found
    }

    /// Sticks say so; disks in a case say that they are fixed, but that they hang on a USB.
    fn can_be_pulled_out(letter: char) -> bool {
        let root = wide(&format!("{letter}:\\"));
        // SAFETY: the name ends in a zero and lives until the call returns.
        match unsafe { GetDriveTypeW(root.as_ptr()) } {
            DRIVE_REMOVABLE => true,
            DRIVE_FIXED => hangs_on_usb(letter),
            _ => false,
        }
    }

    fn hangs_on_usb(letter: char) -> bool {
        let name = wide(&format!("\\\\.\\{letter}:"));
        let shared = FILE_SHARE_READ | FILE_SHARE_WRITE;
        // SAFETY: the name ends in a zero and lives until the call returns. No access is asked for: that
        // needs no rights, and is enough to ask.
        let device =
            unsafe { CreateFileW(name.as_ptr(), 0, shared, null(), OPEN_EXISTING, 0, null_mut()) };
        if device == INVALID_HANDLE_VALUE {
            return false;
        }
        let question = STORAGE_PROPERTY_QUERY {
            PropertyId: StorageDeviceProperty,
            QueryType: PropertyStandardQuery,
            AdditionalParameters: [0],
        };
        let mut answer = STORAGE_DEVICE_DESCRIPTOR::default();
        let mut told = 0;
        // SAFETY: question and answer are given with their own sizes; a longer answer is cut off, and the
        // bus stands in its first part. The handle is open, and closed once.
        let answered = unsafe {
            let answered = DeviceIoControl(
                device,
                IOCTL_STORAGE_QUERY_PROPERTY,
                (&raw const question).cast(),
                size_of::<STORAGE_PROPERTY_QUERY>() as u32,
                (&raw mut answer).cast(),
                size_of::<STORAGE_DEVICE_DESCRIPTOR>() as u32,
                &raw mut told,
                null_mut(),
            );
            CloseHandle(device);
            answered
        };
        answered != 0 && matches!(answer.BusType, BusTypeUsb | BusTypeSd)
    }

    /// Its label and space; `None` when there is no medium in it.
    fn answering(letter: char) -> Option<Drive> {
        let path = format!("{letter}:\\");
        let root = wide(&path);
        let mut label = [0_u16; 261];
        let mut free = 0;
        // SAFETY: the name ends in a zero and lives until the calls return; the label's length is its own;
        // what is not asked for may be null.
        let (named, measured) = unsafe {
            let length = label.len() as u32;
            let none = null_mut;
            let named = GetVolumeInformationW(
                root.as_ptr(),
                label.as_mut_ptr(),
                length,
                none(),
                none(),
                none(),
                null_mut(),
                0,
            );
            (named, GetDiskFreeSpaceExW(root.as_ptr(), &raw mut free, null_mut(), null_mut()))
        };
        if measured == 0 {
            return None;
        }
        let length = label.iter().position(|&unit| unit == 0).unwrap_or(0);
        let label =
            if named == 0 { String::new() } else { String::from_utf16_lossy(&label[..length]) };
        Some(Drive { path: PathBuf::from(path), label, free })
    }

    fn wide(text: &str) -> Vec<u16> {
        text.encode_utf16().chain([0]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drive_is_named_as_the_system_names_it() {
        let drive = |path: &str, label: &str| Drive {
            path: PathBuf::from(path),
            label: label.to_owned(),
            free: 0,
        };
        assert_eq!(drive("E:\\", "报送").name(), "报送 (E:)");
        assert_eq!(drive("E:\\", "").name(), "U 盘 (E:)");
        assert_eq!(drive("/media/向明/报送", "报送").name(), "报送");
    }

    #[cfg(not(windows))]
    #[test]
    fn pluggable_drives_are_found_in_the_systems_table() {
        let table = "/dev/sda1 / ext4 rw 0 0\n\
             /dev/sdb1 /media/向明/单位\\040U盘 vfat rw 0 0\n\
             tmpfs /media tmpfs rw 0 0\n\
             /dev/sdc1 /run/media/xm/DATA\\134x exfat rw 0 0\n\
             /dev/sdb1 /media/向明/单位\\040U盘 vfat rw 0 0\n\
             /dev/sdd1 /mnt/disk ext4 rw 0 0\n";
        assert_eq!(
            system::mounted(table),
            [PathBuf::from("/media/向明/单位 U盘"), PathBuf::from("/run/media/xm/DATA\\x")]
        );
    }
}
